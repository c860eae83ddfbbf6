"""Commands that answer: search, suggest, analyse, case, trail, show, links."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import click

from commands.shell import Asking, Shell, json_option, print_answer, print_lines
from corpus.records import DocType

if TYPE_CHECKING:
    from corpus.archive import Archive
    from search.steps import Trail


def page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command show its lists page by page."""
    limit = click.IntRange(1, 10_000)
    command = click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Leave out so many.")(
        command
    )
    return click.option("--limit", type=limit, default=200, show_default=True, help="At most so many of each.")(command)


@click.command(cls=Asking)
@click.argument("query")
@click.option("--committee", metavar="NAME", help="Only papers that name this body (abbreviations count).")
@click.option("--signatory", metavar="NAME", help="Only papers signed by this person.")
@click.option("--type", "doc_type", type=click.Choice(get_args(DocType)), help="Only papers of this type.")
@click.option("--from", "date_from", metavar="DATE", help="Only papers from then on: 2010, 2010-05 or 2010-05-31.")
@click.option("--to", "date_to", metavar="DATE", help="Only papers up to then.")
@click.option("--all", "every_word", is_flag=True, help="Only papers that hold every word.")
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest", "case"]), default="relevance", show_default=True
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0, 100_000), default=0, help="Leave out so many hits.")
@click.option("--fold", is_flag=True, help="Show copies and versions as one hit (text output always does).")
@click.option("--explain", is_flag=True, help="Say of each hit which word matched through what.")
@click.option("--facets", is_flag=True, help="Count what is found by body, year, type and so on (--json always does).")
@json_option
@click.pass_obj
def search(shell: Shell, /, query: str, as_json: bool, fold: bool, facets: bool, **options: Any) -> None:
    """Search by case number, by words, or both.

    \b
    sagsspor search 2010-16508                         a case number, in any spelling
    sagsspor search "høring om cykelparkering"         words; those that hold all of them first
    sagsspor search '"på Nørrebro" OG tryghed'         phrases and operators (docs/query.md)
    """
    from search.find import Question, search
    from search.reader import open_reader
    from search.terminal import result_lines

    with shell.open() as archive:
        reader, engine = open_reader(archive)
        question = Question(query=query, fold=fold or not as_json, with_facets=facets or as_json, **options)
        page = search(reader, engine, question).to_json()
    print_answer(page, result_lines(page), as_json)


@click.command()
@click.argument("prefix")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
@click.pass_obj
def suggest(shell: Shell, prefix: str, limit: int, as_json: bool) -> None:
    """Complete a word from the archive's own words, those in most papers first."""
    from search.reader import open_reader
    from search.spelling import complete

    with shell.open() as archive:
        _, engine = open_reader(archive)
        found = complete(prefix, engine, limit=limit)
    shown = {
        "schema": 1,
        "prefix": prefix,
        "suggestions": [{"word": word, "documents": count} for word, count in found],
    }
    print_answer(shown, [f"{word}  {count}" for word, count in found], as_json)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@json_option
def analyse(words: tuple[str, ...], as_json: bool) -> None:
    """Show how words are taken: their exact form, stem, and the parts of a compound. Needs no archive."""
    from search.words import analyse_words

    found = list(analyse_words(words))
    lines = [
        f"{each.typed}  exact {each.exact}  stem {each.stem}  parts {' '.join(each.parts) or '-'}"
        f"  ({' + '.join(each.pieces) or 'no compound'})"
        for each in found
    ]
    print_answer({"schema": 1, "words": [each.to_json() for each in found]}, lines, as_json)


@click.command()
@click.argument("sagsnr")
@page_options
@json_option
@click.pass_obj
def case(shell: Shell, sagsnr: str, limit: int, offset: int, as_json: bool) -> None:
    """Show a case: its papers in time, what it cites and what cites it. Any spelling of the number will do."""
    from search.case import show_case
    from search.terminal import case_lines

    with shell.open() as archive:
        page = show_case(archive, sagsnr, limit, offset)
        print_answer(page.to_json(), case_lines(page), as_json)


@click.command()
@click.argument("name", metavar="NAME|SAGSNR|DOC")
@click.option("--csv", "form", flag_value="csv", help="Print a table for a spreadsheet.")
@click.option("--html", "form", flag_value="html", help="Print one page that prints well.")
@click.option("--svg", "form", flag_value="svg", help="Print the picture: time by body.")
@click.option("--graph", "form", flag_value="graph", help="Print the picture: papers, bodies, cases, and their links.")
@click.option("--english", is_flag=True, help="Write page and picture in English, not Danish.")
@click.option("--limit", type=click.IntRange(1, 1000), default=200, show_default=True, help="Mentions on a page.")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Leave out so many mentions.")
@json_option
@click.pass_obj
def trail(shell: Shell, name: str, form: str | None, english: bool, limit: int, offset: int, as_json: bool) -> None:
    """Follow a charter, a policy, a plan, a case or a document's matter through bodies and years."""
    from search.terminal import trail_lines
    from search.trail import follow

    with shell.open() as archive:
        steps = follow(archive, name, limit=limit, offset=offset)
        if form:
            click.echo(_printed(archive, steps, form, english), nl=form != "csv")
        else:
            print_answer(steps.to_json(), trail_lines(steps), as_json)


def _printed(archive: Archive, trail: Trail, form: str, english: bool) -> str:
    """Give a trail as a table, a picture or a page."""
    from search import pictures, printed, wording
    from search.graph import graph_of

    words = wording.ENGLISH if english else wording.DANISH
    if form == "csv":
        return printed.to_csv(trail)
    if form == "svg":
        return pictures.draw_timeline(trail, words)
    graph = graph_of(archive, trail)
    return pictures.draw_graph(graph, words) if form == "graph" else printed.to_html(trail, graph, words)


@click.command()
@click.argument("one", metavar="DOC")
@click.argument("other", metavar="DOC")
@json_option
@click.pass_obj
def compare(shell: Shell, one: str, other: str, as_json: bool) -> None:
    """Show what differs between two versions of one paper."""
    from search.compare import change_lines, compare

    with shell.open() as archive:
        shown = compare(archive, one, other)
    print_answer(shown, change_lines(shown), as_json)


@click.command()
@click.argument("doc")
@click.option("--text", is_flag=True, help="Print the clean text, page by page.")
@click.option("--why", is_flag=True, help="Print where each value was seen, by which rule, and how sure it is.")
@click.option("--box", nargs=2, type=int, metavar="START END", help="Print page and rectangle of a passage.")
@page_options
@json_option
@click.pass_obj
def show(
    shell: Shell,
    doc: str,
    text: bool,
    why: bool,
    box: tuple[int, int] | None,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Show one document: by its id (the first digits will do), its path or its file name."""
    from search import document

    with shell.open() as archive:
        record = document.find_document(archive, doc)
        if box:
            print_answer(document.boxes_json(record, *box), document.box_lines(record, *box), as_json)
        elif text and not as_json:
            print_lines(document.text_lines(record))
        elif why and not as_json:
            print_lines(document.why_lines(record))
        else:
            page = document.show_document(archive, record, limit, offset)
            print_answer(page.to_json(), page.lines(), as_json)


@click.command()
@click.argument("doc", required=False)
@click.option("--pairs", is_flag=True, help="List the members of cases and meetings as pairs of documents, too.")
@click.option("--cases", is_flag=True, help="List the members of each case, too.")
@json_option
@click.pass_obj
def links(shell: Shell, doc: str | None, pairs: bool, cases: bool, as_json: bool) -> None:
    """Print the links of the archive, or of one document, one a line (JSON Lines with --json)."""
    from search.network import links_json

    with shell.open() as archive:
        for row in links_json(archive, doc, pairs=pairs, cases=cases):
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else _link_line(row))


def _link_line(row: dict[str, Any]) -> str:
    return f"{row['kind']:<15} {row['state']:<10} {row['from_path']} -> {row['to_path'] or row['shown']}"


@click.command()
@page_options
@json_option
@click.pass_obj
def missing(shell: Shell, limit: int, offset: int, as_json: bool) -> None:
    """List what the archive's documents point to and the archive does not hold, most cited first."""
    from search.network import missing_json, missing_lines

    with shell.open() as archive:
        shown = missing_json(archive, limit, offset)
    print_answer(shown, missing_lines(shown), as_json)


@click.command()
@click.argument("named", metavar="SAGSNR|DOC")
@click.option("--limit", type=click.IntRange(1, 1000), default=200, show_default=True, help="Answers on a page.")
@click.option("--offset", type=click.IntRange(0, 100_000), default=0, help="Leave out so many answers.")
@json_option
@click.pass_obj
def hearing(shell: Shell, named: str, limit: int, offset: int, as_json: bool) -> None:
    """Show a hearing: who was asked, by when, who answered what and when, and what the decision says of it."""
    from search.hearing import show_hearing
    from search.terminal import hearing_lines

    with shell.open() as archive:
        page = show_hearing(archive, named, limit=limit, offset=offset)
        print_answer(page.to_json(), hearing_lines(page), as_json)


@click.group()
def saved() -> None:
    """Keep searches by name, and ask what is new to them."""


@saved.command("add", cls=Asking)
@click.argument("name")
@click.argument("query")
@click.option("--committee", metavar="NAME", help="Only papers that name this body.")
@click.option("--type", "doc_type", type=click.Choice(get_args(DocType)), help="Only papers of this type.")
@json_option
@click.pass_obj
def add_saved(shell: Shell, /, name: str, query: str, as_json: bool, **options: Any) -> None:
    """Keep QUERY as NAME; what is in the archive now counts as seen."""
    from search.find import Question
    from search.saved import list_questions, save_question

    with shell.open() as archive:
        save_question(archive, name, Question(query=query, every_word=True, **options))
        shown = list_questions(archive)
    print_answer(shown, [f"{each['name']}: {each['query']}" for each in shown["saved"]], as_json)


@saved.command("list")
@json_option
@click.pass_obj
def list_saved(shell: Shell, as_json: bool) -> None:
    """List the saved searches."""
    from search.saved import list_questions

    with shell.open() as archive:
        shown = list_questions(archive)
    print_answer(shown, [f"{each['name']}: {each['query']}" for each in shown["saved"]], as_json)


@saved.command("new")
@click.argument("name")
@click.option("--since", type=click.IntRange(0), metavar="CHANGE", help="New since this change.  [default: last asked]")
@json_option
@click.pass_obj
def new_saved(shell: Shell, name: str, since: int | None, as_json: bool) -> None:
    """Show only what came in since NAME was last asked; nothing is printed where nothing is new."""
    from search.saved import ask_saved, note_asked
    from search.terminal import result_lines

    with shell.open() as archive:
        page, last = ask_saved(archive, name, since=since)
        print_answer(page, result_lines(page) if page["hits"] else [], as_json)
        note_asked(archive, name, last)


@saved.command("forget")
@click.argument("name")
@json_option
@click.pass_obj
def forget_saved(shell: Shell, name: str, as_json: bool) -> None:
    """Forget the saved search NAME."""
    from search.saved import forget_question, list_questions

    with shell.open() as archive:
        forget_question(archive, name)
        shown = list_questions(archive)
    print_answer(shown, [], as_json)
