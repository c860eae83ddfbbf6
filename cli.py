"""The command line: parse options, open the archive, call one function of a package, print.

Only click and the standard library are imported here at the top, so that `--help` answers at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

import click

from corpus.errors import ReadError, SagssporError
from corpus.records import DocType

if TYPE_CHECKING:
    from corpus.archive import Archive
    from ingest.readers import OcrMode
    from ingest.run import Report

F = TypeVar("F", bound=Callable[..., Any])

TYPES = get_args(DocType)


def json_option(command: F) -> F:
    """Give a command its `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md gives its shape).")(command)


def _ocr_mode(chosen: str) -> OcrMode:
    """Narrow what click has checked."""
    return cast("OcrMode", chosen)


class Shell:
    """What every command shares: where the archive is, and how to print."""

    def __init__(self, archive: str | None):
        self.option = archive

    def open(self) -> Archive:
        """Open the archive for reading."""
        from corpus.archive import Archive
        from corpus.settings import archive_path

        return Archive.open(archive_path(self.option))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--archive", metavar="DIR", help="The archive's folder.  [default: $SAGSSPOR_ARCHIVE, else ./archive]")
@click.version_option(package_name="sagsspor", prog_name="sagsspor")
@click.pass_context
def main(context: click.Context, archive: str | None) -> None:
    r"""Sagsspor: read, index and trace the papers of a municipal council.

    \b
    Start with:
      sagsspor demo                        see it work on a sample archive
      sagsspor import FOLDER               read documents into the archive
      sagsspor search 2010-16508           find a case by its number, in any spelling
      sagsspor search "integrationspolitik"
      sagsspor trail "Integrating Cities Charter"

    Exit codes: 0 done; 1 done, but some documents failed; 2 wrong use or unusable archive; 3 not there;
    4 archive busy; 70 a bug; 130 stopped by Ctrl-C.
    """
    context.obj = Shell(archive)


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--workers", type=click.IntRange(1, 256), help="Reading processes.  [default: one a core]")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Read scanned pages with Tesseract.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 86400),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up a document that takes longer.",
)
@click.option(
    "--memory",
    type=click.IntRange(512, 1_000_000),
    default=3072,
    show_default=True,
    metavar="MB",
    help="Memory that a reading process may use.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print the summary only.")
@json_option
@click.pass_obj
def import_command(
    shell: Shell,
    paths: tuple[str, ...],
    workers: int | None,
    ocr: str,
    timeout: float,
    memory: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read documents, and folders of documents, into the archive.

    The archive is made where there is none. Files that did not change since the last import are not read again.
    Ctrl-C stops after what is read so far; the next import goes on from there.
    """
    report = _import(shell, paths, workers, ocr, timeout, memory, quiet=quiet or as_json)
    if as_json:
        _print_json(_report_json(report))
    else:
        _print_report(report)
    if report.counts["failed"]:
        sys.exit(1)


def _import(
    shell: Shell, paths: Iterable[str], workers: int | None, ocr: str, timeout: float, memory: int, *, quiet: bool
) -> Report:
    from corpus.archive import Archive
    from corpus.settings import archive_path, cores
    from index.sync import Follower
    from ingest.discover import check_paths
    from ingest.pool import Limits
    from ingest.readers import ReadOptions
    from ingest.run import Import, ImportOptions

    roots = check_paths(paths)
    options = ImportOptions(workers or cores(), Limits(timeout, memory * 1024**2), ReadOptions(ocr=_ocr_mode(ocr)))
    with (
        Archive.create(archive_path(shell.option)) as archive,
        archive.lock(),
        Follower(archive) as follower,
        _progress(quiet) as tell,
    ):
        return Import(archive, options, on_progress=tell, on_batch=follower.follow).run(roots)


@contextlib.contextmanager
def _progress(quiet: bool) -> Any:
    """Show a bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} read"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)
        failed = 0

        def tell(progress: Any) -> None:
            nonlocal failed
            failed += progress.state == "failed"
            bar.update(task, completed=progress.done, description=f"{failed} failed" if failed else "")
            if not console.is_terminal and progress.done % 1000 == 0:
                click.echo(f"{progress.done} read, {failed} failed", err=True)

        yield tell


def _report_json(report: Report) -> dict[str, Any]:
    failures = [{"path": each.path, "code": each.reason, "message": each.message} for each in report.failures]
    return {
        "schema": 1,
        "run": report.run,
        "counts": dict(report.counts),
        "total": report.counts.total(),
        "seconds": round(report.seconds, 3),
        "failures": failures,
    }


def _print_report(report: Report) -> None:
    for failure in report.failures:
        click.echo(f"{failure.path}: {failure.message} ({failure.reason})", err=True)
    counts = report.counts
    order = ("imported", "replaced", "duplicate", "unchanged", "skipped", "failed")
    said = ", ".join(f"{counts[state]} {state}" for state in order if counts[state])
    click.echo(f"{counts.total()} files and members: {said or 'nothing'} in {report.seconds:.1f} s.")
    if not (counts["imported"] or counts["replaced"] or counts["duplicate"]):
        click.echo("Nothing new: the archive is as it was.")


@main.command()
@click.argument("query")
@click.option("--committee", metavar="NAME", help="Only papers that name this body (abbreviations count).")
@click.option("--signatory", metavar="NAME", help="Only papers signed by this person.")
@click.option("--type", "doc_type", type=click.Choice(TYPES), help="Only papers of this type.")
@click.option("--from", "date_from", metavar="DATE", help="Only papers from this day on: 2010, 2010-05 or 2010-05-31.")
@click.option("--to", "date_to", metavar="DATE", help="Only papers up to this day.")
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest", "case"]), default="relevance", show_default=True
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0, 100_000), default=0, help="Leave out so many hits.")
@json_option
@click.pass_obj
def search(shell: Shell, /, query: str, as_json: bool, **options: Any) -> None:
    r"""Search by case number, by words, or both.

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
        page = search(reader, engine, Question(query=query, **options)).to_json()
    _print(page, result_lines(page), as_json)


@main.command()
@click.argument("sagsnr")
@json_option
@click.pass_obj
def case(shell: Shell, sagsnr: str, as_json: bool) -> None:
    """Show a case: its papers in time, what it cites and what cites it. Any spelling of the number will do."""
    from search.case import show_case
    from search.terminal import case_lines

    with shell.open() as archive:
        page = show_case(archive, sagsnr)
        _print(page.to_json(), case_lines(page), as_json)


@main.command()
@click.argument("name")
@json_option
@click.pass_obj
def trail(shell: Shell, name: str, as_json: bool) -> None:
    """Follow a charter, a policy, a plan or a case through bodies and years."""
    from search.terminal import trail_lines
    from search.trail import follow

    with shell.open() as archive:
        steps = follow(archive, name)
        _print(steps.to_json(), trail_lines(steps), as_json)


@main.command()
@click.argument("doc")
@click.option("--text", is_flag=True, help="Print the clean text, page by page.")
@click.option("--why", is_flag=True, help="Print where each value was seen, by which rule, and how sure it is.")
@click.option("--box", nargs=2, type=int, metavar="START END", help="Print page and rectangle of a passage.")
@json_option
@click.pass_obj
def show(shell: Shell, doc: str, text: bool, why: bool, box: tuple[int, int] | None, as_json: bool) -> None:
    """Show one document: by its id (the first digits will do), its path or its file name."""
    from search.document import (
        box_lines,
        boxes_json,
        document_json,
        document_lines,
        find_document,
        text_lines,
        why_lines,
    )

    with shell.open() as archive:
        record = find_document(archive, doc)
        if box:
            _print(boxes_json(record, *box), box_lines(record, *box), as_json)
        elif text and not as_json:
            _print_lines(text_lines(record))
        elif why and not as_json:
            _print_lines(why_lines(record))
        else:
            _print(document_json(archive, record), document_lines(archive, record), as_json)


@main.command()
@click.argument("file", type=click.Path())
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Read scanned pages with Tesseract.",
)
@click.option("--timeout", type=click.FloatRange(1, 86400), default=120.0, show_default=True, metavar="SECONDS")
@json_option
def extract(file: str, ocr: str, timeout: float, as_json: bool) -> None:
    """Print what is known of one file, without an archive. Members of mails and ZIP files come under `children`."""
    from ingest.extract import extraction_to_json
    from ingest.pool import Limits, extract_safely
    from ingest.readers import ReadOptions
    from search.document import record_lines

    extraction = extract_safely(file, ReadOptions(ocr=_ocr_mode(ocr)), Limits(timeout))
    _print(extraction_to_json(extraction), record_lines(extraction.record), as_json)


@main.command()
@json_option
@click.pass_obj
def status(shell: Shell, as_json: bool) -> None:
    """Say what is in the archive: documents by type, the ledger, the last runs, what failed."""
    from search.status import status_json, status_lines

    with shell.open() as archive:
        seen = status_json(archive)
    _print(seen, status_lines(seen), as_json)


@main.command()
@click.argument("doc", required=False)
@click.option("--pairs", is_flag=True, help="List the members of cases and meetings as pairs of documents, too.")
@json_option
@click.pass_obj
def links(shell: Shell, doc: str | None, pairs: bool, as_json: bool) -> None:
    """Print the links of the archive, or of one document, one a line (JSON Lines with --json)."""
    from search.network import links_json

    with shell.open() as archive:
        for row in links_json(archive, doc, pairs=pairs):
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else _link_line(row))


def _link_line(row: dict[str, Any]) -> str:
    return f"{row['kind']:<15} {row['state']:<10} {row['from_path']} -> {row['to_path'] or row['shown']}"


@main.command()
@click.option(
    "--archive", "folder", default="sagsspor-demo", show_default=True, metavar="DIR", help="Where to make it."
)
@json_option
def demo(folder: str, as_json: bool) -> None:
    """Import the sample archive and show a search, a case and a trail."""
    from search.demo import run_demo

    shell = Shell(folder)
    sample = Path(__file__).parent / "corpus" / "sample"
    report = _import(shell, [str(sample)], None, "auto", 120.0, 3072, quiet=as_json)
    with shell.open() as archive:
        shown, lines = run_demo(archive, folder)
    _print({"schema": 1, "import": _report_json(report), **shown}, lines, as_json)


def _print(shown: dict[str, Any], lines: Iterable[str], as_json: bool) -> None:
    if as_json:
        _print_json(shown)
    else:
        _print_lines(lines)


def _print_json(shown: dict[str, Any]) -> None:
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def run() -> None:
    """Run a command; turn every error into one clear line (or object) and the right exit code."""
    try:
        main.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as exc:
        _fail(SagssporError(exc.format_message(), code="usage"), exc.exit_code, show=exc.show)
    except SagssporError as exc:
        _fail(exc, exc.exit_code)
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as exc:
        if os.environ.get("SAGSSPOR_DEBUG"):
            raise
        hint = "Set SAGSSPOR_DEBUG=1 to see where, and report it."
        _fail(SagssporError(f"A bug: {type(exc).__name__}: {exc}", code="bug", hint=hint), 70)


def _fail(error: SagssporError, exit_code: int, show: Callable[[], None] | None = None) -> None:
    if "--json" in sys.argv:
        _print_json(error.to_json())
    elif show:
        show()
    else:
        prefix = f"{error.path}: " if error.path and isinstance(error, ReadError) else ""
        click.echo(f"sagsspor: {prefix}{error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    run()
