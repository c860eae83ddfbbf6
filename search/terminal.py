"""Answers as text for a terminal or a pipe: plain lines, marked words in bold where the terminal can show it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus.links import Paper
from corpus.text import count_of
from search.case import CasePage, Quoted
from search.steps import Step, Trail
from search.wording import ENGLISH, say_changes, say_copies, say_rest, say_votes

if TYPE_CHECKING:
    from search.hearing import Answer, HearingPage

WIDTH = 100
#: How a case that goes on under another number is told.
RELATED = {"continued-as": "Goes on as case", "continued-from": "Was before case"}
FATES = {"open": "open", "followed": "passed, papers came after it", "passed": "passed, nothing came after it"}


FACET_NAMES = {
    "committee": "committees",
    "department": "departments",
    "year": "years",
    "doc_type": "types",
    "signatory": "signers",
    "case": "cases",
}
#: Values of a facet that a terminal shows; `--json` has twenty.
FACET_VALUES = 8


def bold(text: str) -> str:
    """Mark words; click takes the marking out again where the output is no terminal."""
    return click.style(text, bold=True)


def faint(text: str) -> str:
    """Show what is there for reference only."""
    return click.style(text, dim=True)


def case_lines(page: CasePage) -> Iterator[str]:
    """Give the case page, line by line."""
    yield bold(f"Case {page.number}  {page.title or ''}".rstrip())
    if page.total:
        when = f"{page.first} to {page.last}, " if page.first else ""
        items = f", {len(page.items)} as agenda items" if page.items else ""
        yield f"  {when}{page.total} papers{items}"
    for name, values in (("Bodies", page.bodies), ("People", page.people)):
        if values:
            yield from wrapped(f"{name}: ", ", ".join(values[:12]), 2)
    others = [spelling for spelling in page.spellings if spelling != page.number]
    if others:
        yield "  Also written " + ", ".join(others)
    for each in page.related:
        if each.reason in RELATED:
            yield f"  {RELATED[each.reason]} {each.number}"
    yield ""
    for paper in page.papers:
        yield "  " + paper_line(paper)
    if page.more.documents:
        yield faint(f"  more: {count_of(page.more.documents, 'paper')} (--offset)")
    yield from _case_links(page)
    if page.deadlines or page.missing:
        yield ""
        yield bold("Open ends")
    for due in page.deadlines:
        setting = " and ".join(dict.fromkeys(paper.title or file_name(paper.path) for paper in (due.paper, *due.also)))
        yield f"  {due.date}  deadline ({FATES[due.state]}), set by {setting}"
    for link in page.missing:
        yield from link_lines(link)


def _case_links(page: CasePage) -> Iterator[str]:
    """Give what a case cites, what cites it, and the cases beside it."""
    yield from link_list("Cites", page.cites, page.more.references)
    yield from link_list("Cited by", page.cited_by, page.more.cited_by, show_source=True)
    named = {each.number for each in page.related if each.reason in RELATED}
    beside = [each for each in page.related if each.number not in named]
    if beside:
        yield ""
        yield bold(f"Related cases ({len(beside)})")
        for each in beside:
            papers = "1 paper" if each.papers == 1 else f"{each.papers} papers"
            yield f"  {each.number:<20} {each.reason.replace('-', ' ')} ({papers})"


def paper_line(paper: Paper) -> str:
    """Give one line for a paper: date, type, title, outcome, where."""
    item = f" item {paper.number}" if paper.item is not None and paper.number else ""
    outcome = f" [{paper.outcome}]" if paper.outcome else ""
    where = faint(f"{paper.id}{'#' + str(paper.item) if paper.item is not None else ''} p. {paper.page}")
    title = paper.title or file_name(paper.path)
    return f"{paper.date or '    -     '}  {paper.doc_type + item:<18} {title}{outcome}  {where}"


def link_list(heading: str, found: Sequence[Quoted], more: int, *, show_source: bool = False) -> Iterator[str]:
    """Give a page of links under a heading, and how many come after it."""
    if found:
        yield ""
        yield bold(f"{heading} ({len(found)})")
    listed: set[tuple[Paper, ...]] = set()
    for each in found:
        again = not show_source and len(each.link.targets) > 1 and each.link.targets in listed
        listed.add(each.link.targets)
        yield from link_lines(each, show_source=show_source, again=again)
    if more:
        yield faint(f"  more: {more} references (--offset)")


def link_lines(quoted: Quoted, *, show_source: bool = False, again: bool = False) -> Iterator[str]:
    """Give a link: what is cited, how sure it is, the papers unless they were listed just before, and the sentence."""
    link = quoted.link
    shown = " ".join(part for part in (link.label, link.shown, link.date) if part)
    # A law or a charter is cited, not filed: that the archive does not hold it says nothing.
    state = "" if link.kind in ("law", "instrument") else f" ({link.state})"
    yield f"  {link.kind} {shown}{state}"
    if again:
        yield faint(f"    the same {count_of(len(link.targets), 'paper')} as above")
    for paper in [link.source] if show_source else () if again else link.targets:
        yield "    " + paper_line(paper)
    if quoted.quote:
        yield from wrapped("    ", f"”{quoted.quote}” (p. {link.page})", 4)


def hearing_lines(page: HearingPage) -> Iterator[str]:
    """Give a hearing: who was asked, who answered what, what was decided, and what is missing."""
    yield bold(f"Hearing {page.title or file_name(page.paper.path)}")
    yield "  " + paper_line(page.paper)
    if page.others:
        yield f"  The case has {count_of(len(page.others), 'more hearing')}:"
        yield from (f"    {paper_line(other)}" for other in page.others)
    yield from wrapped("Asked: ", ", ".join(page.asked) or "not said", 2)
    yield "  Deadline: " + (", ".join(page.deadlines) or "not said")
    for quote in dict.fromkeys((page.asked_in, page.deadline_in)):
        if quote:
            yield from wrapped("    ", f"”{quote.text}” (p. {quote.page})", 4)
    yield ""
    yield bold(f"Answers ({len(page.answers) + page.more})")
    for answer in page.answers:
        yield from _answer_lines(answer)
    if page.more:
        yield faint(f"  {page.more} more")
    for counted in page.counted:
        yield from wrapped("  ", f"{counted.count} answers are spoken of: ”{counted.quote.text}”", 4)
    if page.silent:
        yield from wrapped("No answer in the archive from: ", ", ".join(page.silent), 2)
    yield ""
    yield bold(f"Decisions ({len(page.decisions)})")
    if page.open:
        yield "  " + click.style(ENGLISH.gaps["hearing"], fg="yellow")
    for each in page.decisions:
        yield "  " + paper_line(each.paper)
        for said in each.said:
            yield from wrapped("    ", f"”{said.text}” (p. {said.page})", 4)


def _answer_lines(answer: Answer) -> Iterator[str]:
    late = "  after the deadline" if answer.late else ""
    stance = ENGLISH.stances[answer.stance] if answer.stance else "no stand found"
    stance += ", with remarks" if answer.remarks and answer.stance in ("for", "against") else ""
    yield f"  {answer.paper.date or '    -     '}  {bold(answer.sender or 'sender not found')}: {stance}{late}"
    yield "    " + faint(f"{file_name(answer.paper.path)}  {answer.paper.id}  by the {answer.through} it cites")
    for said in answer.said:
        yield from wrapped("    ", f"”{said.quote}” (p. {said.page})", 4)


def trail_lines(trail: Trail) -> Iterator[str]:
    """Give the trail, step by step, without copies of papers in other formats."""
    yield bold(f"Trail of {trail.name}")
    others = [name for name in trail.names if name != trail.name]
    if others:
        yield from wrapped("  Also named ", ", ".join(others), 4)
    yield ""
    for number, step in enumerate(trail.shown, 1):
        yield from _step_lines(trail, number, step)
    for rest in say_rest(trail, ENGLISH):
        yield faint(rest)


def _step_lines(trail: Trail, number: int, step: Step) -> Iterator[str]:
    body = f" by {step.body}" if step.body else ""
    said = " (announced)" if step.announced else ""
    due = f", deadline {step.deadline}" if step.deadline and step.real else ""
    yield f"{number:>3}. {ENGLISH.day(step):<10}  {bold(ENGLISH.stage(step))}{body}{said}{due}"
    if step.gap:
        yield "      " + click.style(ENGLISH.gap(step), fg="yellow")
    yield "      " + ("" if step.real else "told by ") + paper_line(step.paper)
    if copies := say_copies(trail, step, ENGLISH):
        yield faint(f"      {copies}")
    if step.votes:
        yield f"      {say_votes(step.votes, ENGLISH)}"
    if step.changes:
        yield from wrapped("      ", "; ".join(say_changes(step, ENGLISH)), 6)
    if step.quote:
        yield from wrapped("      ", f"”{step.quote}” (p. {step.page})", 6)


def wrapped(lead: str, text: str, indent: int) -> Iterator[str]:
    """Break a long line at blanks; `lead` opens it."""
    first = lead if lead.startswith(" ") else " " * indent + lead
    yield from textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * indent) or [first]


def file_name(path: str) -> str:
    """Give the last part of a path."""
    return path.rsplit("/", 1)[-1]


def marked(text: str, marks: list[list[int]]) -> str:
    """Give a snippet with its marked words in bold."""
    parts, at = [], 0
    for start, end in marks:
        parts += [text[at:start], bold(text[start:end])]
        at = end
    return "".join([*parts, text[at:]]).replace("\n", " ")


def result_lines(page: dict[str, Any]) -> Iterator[str]:
    """Give a page of hits from its JSON shape."""
    if page["notice"]:
        yield click.style(str(page["notice"]), fg="yellow")
    if page["case"]:
        case = page["case"]
        yield bold(f"Case {case['number']}  {case.get('title') or ''}".rstrip()) + f"  → sagsspor case {case['number']}"
        yield ""
    for candidate in page["candidates"]:
        yield f"Did you mean case {candidate}?  → sagsspor case {candidate}"
    if not page["hits"]:
        yield "Nothing found."
    for number, hit in enumerate(page["hits"], 1):
        yield from _hit_lines(number, hit)
    if page["suggestions"]:
        yield "Did you mean: " + ", ".join(page["suggestions"]) + "?"
    if page["hits"]:
        partial = f", {page['total_partial']} more hold some of the words" if page["total_partial"] else ""
        yield faint(f"{count_of(page['total'], 'document')}{partial}")
    yield from _facet_lines(page)


def _facet_lines(page: dict[str, Any]) -> Iterator[str]:
    counted = {name: values for name, values in page["facets"].items() if values}
    if counted:
        yield ""
    for name, values in counted.items():
        about = "about " if name in page["approximate"] else ""
        shown = ", ".join(f"{each['value']} ({about}{each['count']})" for each in values[:FACET_VALUES])
        more = ", …" if len(values) > FACET_VALUES else ""
        yield from wrapped(f"  {FACET_NAMES[name]:<11} ", shown + more, 14)


def _hit_lines(number: int, hit: dict[str, Any]) -> Iterator[str]:
    cases = f"  ({', '.join(hit['case_numbers'][:3])})" if hit["case_numbers"] else ""
    item = hit["item"]
    folded = f"  + {hit['folded']} copies or versions" if hit["folded"] else ""
    title = (item or {}).get("title") or hit["title"] or file_name(hit["path"])
    place = f" item {item['number']} of {hit['title'] or file_name(hit['path'])}" if item else ""
    yield f"{number:>3}. {bold(title)}{cases}{folded}"
    where = f"{hit['id']}  {file_name(hit['path'])} p. {hit['page']}"
    yield faint(f"     {hit['date'] or 'no date'}  {hit['doc_type']}{place}  {where}")
    for snippet in hit["snippets"][:2]:
        yield from wrapped("     ", marked(snippet["text"], snippet["marks"]), 5)
    for reason in hit.get("reasons", ()):
        yield faint(
            f"     {reason['word']}: {reason['through']}" + (f", in {reason['found']}" if reason["found"] else "")
        )
