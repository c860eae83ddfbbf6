"""Commands that read papers without an archive, and the demo: extract, explain, debug, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.importing import import_paths, report_json
from commands.shell import Shell, json_option, ocr_mode, print_answer, reading_options
from corpus.errors import UsageError

if TYPE_CHECKING:
    from ingest.parcels import Extraction

ROOT = Path(__file__).parent.parent
DEMO = "sagsspor-demo"
#: More runs than somebody plays with the demo.
RUNS = 1000


@click.command()
@click.argument("file", type=click.Path())
@reading_options
@json_option
def extract(file: str, as_json: bool, **options: Any) -> None:
    """Print what is known of one file, without an archive. Members of mails and ZIP files come under `children`."""
    from ingest.extract import extraction_to_json
    from search.document import record_lines

    extraction = _extract(file, **options)
    print_answer(extraction_to_json(extraction), record_lines(extraction.record), as_json)


@click.command()
@click.argument("file", type=click.Path())
@reading_options
@json_option
def explain(file: str, as_json: bool, **options: Any) -> None:
    """Say where each value of a file was seen, by which rule, and how sure it is. Needs no archive."""
    from search.document import why_json, why_lines

    record = _extract(file, **options).record
    print_answer(why_json(record), why_lines(record), as_json)


@click.group()
def debug() -> None:
    """For those who mend Sagsspor."""


@debug.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--png", type=click.Path(path_type=Path), required=True, metavar="OUT", help="Where to write it.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
def layout(file: Path, png: Path, page: int) -> None:
    """Draw a PDF's page with the lines' boxes and their reading order: body blue, margin red."""
    from ingest.picture import draw_layout

    draw_layout(file, page).save(png, "PNG")
    click.echo(f"{png}: page {page} of {file}")


@click.command()
@click.option("--archive", "folder", metavar="DIR", help=f"Where to make it.  [default: {DEMO}]")
@json_option
@click.pass_obj
def demo(shell: Shell, folder: str | None, as_json: bool) -> None:
    """Import the sample archive and show a search, a case and a trail."""
    from search.demo import run_demo

    folder = folder or shell.option or DEMO
    shell = Shell(folder)
    sample = str(ROOT / "corpus" / "sample")
    _refuse_other(shell, sample)
    report = import_paths(shell, [sample], quiet=as_json)
    with shell.open() as archive:
        shown, lines = run_demo(archive, folder)
        print_answer({"schema": 1, "import": report_json(report), **shown}, lines, as_json)


def _refuse_other(shell: Shell, sample: str) -> None:
    """Raise UsageError where the archive has been given anything but the sample."""
    from corpus.archive import CATALOGUE

    if not (Path(str(shell.option)) / CATALOGUE).exists():
        return
    with shell.open() as archive:
        if any(run.paths != (sample,) for run in archive.catalogue.ledger.runs(RUNS)):
            hint = "Name a new folder with --archive."
            raise UsageError(f"{shell.option} is an archive with other papers.", path=shell.option, hint=hint)


def _extract(file: str, *, ocr: str, timeout: float, memory: int) -> Extraction:
    from ingest.discover import check_paths
    from ingest.pool import Limits, extract_safely
    from ingest.readers import ReadOptions

    check_paths([file])
    return extract_safely(file, ReadOptions(ocr=ocr_mode(ocr)), Limits(timeout, memory * 1024**2))
