"""Commands that bring papers in: import, retry, reprocess, failed, runs."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.shell import Shell, Writing, json_option, ocr_mode, print_answer, print_json, reading_options

if TYPE_CHECKING:
    from ingest.run import ImportOptions, Progress, Report

_workers = click.option("--workers", type=click.IntRange(1, 256), help="Reading processes.  [default: one a core]")
_quiet = click.option("--quiet", "-q", is_flag=True, help="Print the summary only.")


@click.command("import", cls=Writing)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_workers
@reading_options
@click.option("--dry-run", is_flag=True, help="Say what would be read; write nothing.")
@click.option("--verify", is_flag=True, help="Hash files that kept size and time, too.")
@click.option("--watch", is_flag=True, help="Go on: import what comes, once it rests. Ctrl-C ends it.")
@_quiet
@json_option
@click.pass_obj
def import_(
    shell: Shell,
    /,
    paths: tuple[str, ...],
    dry_run: bool,
    watch: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Read documents, and folders of documents, into the archive.

    The archive is made where there is none. Files that did not change since the last import are not read again.
    Ctrl-C stops after what is read so far; the next import goes on from there.
    """
    from ingest.discover import check_paths

    roots = check_paths(paths)
    if dry_run:
        _dry_run(shell, roots, as_json)
        return
    report = import_paths(shell, roots, quiet=quiet or as_json, **options)
    if watch:
        _watch(shell, roots, report, as_json, options)
    _tell(report, as_json)


def _watch(shell: Shell, roots: list[str], report: Report, as_json: bool, options: dict[str, Any]) -> None:
    """Import again whenever something changed and has rested for two seconds."""
    from watchfiles import watch

    while True:
        if as_json:
            click.echo(json.dumps(report_json(report), ensure_ascii=False))
        elif set(report.counts) - {"unchanged"}:
            _print_report(report)
        # A pause of `step` without a further change ends a group of changes: what is being written is left to rest.
        next(watch(*roots, step=2000, debounce=60_000, raise_interrupt=True))
        report = import_paths(shell, roots, quiet=True, **options)


@click.command(cls=Writing)
@click.option("--reason", metavar="CODE", help="Only files that failed for this reason (see `failed`).")
@_workers
@reading_options
@_quiet
@json_option
@click.pass_obj
def retry(shell: Shell, /, reason: str | None, quiet: bool, as_json: bool, **options: Any) -> None:
    """Read again the files that failed, or that wait for OCR."""
    with shell.open() as archive:
        waiting = archive.catalogue.ledger.retryable(reason)
    report = import_paths(shell, waiting, again=True, quiet=quiet or as_json, **options)
    _tell(report, as_json)


@click.command(cls=Writing)
@_workers
@reading_options
@_quiet
@json_option
@click.pass_obj
def reprocess(shell: Shell, /, quiet: bool, as_json: bool, **options: Any) -> None:
    """Extract everything anew from the originals that the archive keeps. Corrections stay."""
    with shell.open():
        pass
    report = import_paths(shell, [], again=True, originals=True, quiet=quiet or as_json, **options)
    _tell(report, as_json)


@click.command()
@click.option("--failed-to", type=click.Path(file_okay=False), metavar="DIR", help="Copy the failed files there.")
@json_option
@click.pass_obj
def failed(shell: Shell, failed_to: str | None, as_json: bool) -> None:
    """List the files that did not get in, by reason."""
    from search.status import copy_failed, failed_json, failed_lines

    with shell.open() as archive:
        shown = failed_json(archive)
    if failed_to:
        shown["copied"] = copy_failed(shown, failed_to)
    print_answer(shown, failed_lines(shown), as_json)


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@json_option
@click.pass_obj
def runs(shell: Shell, limit: int, as_json: bool) -> None:
    """List the imports, newest first, with their counts."""
    from search.status import run_line

    with shell.open() as archive:
        found = archive.catalogue.ledger.last_runs(limit)
    print_answer({"schema": 1, "runs": found}, map(run_line, found), as_json)


def import_paths(
    shell: Shell,
    roots: Sequence[str],
    *,
    workers: int | None = None,
    ocr: str = "auto",
    timeout: float = 120.0,
    memory: int = 3072,
    again: bool = False,
    verify: bool = False,
    originals: bool = False,
    quiet: bool = False,
) -> Report:
    """Import files and folders; `again` reads them even where they did not change, `originals` the archive's own."""
    from corpus.archive import Archive
    from corpus.settings import archive_path, cores
    from index.sync import Follower
    from ingest.pool import Limits
    from ingest.readers import ReadOptions
    from ingest.run import Import, ImportOptions

    limits = Limits(timeout, memory * 1024**2)
    options: ImportOptions = ImportOptions(
        workers or cores(), limits, ReadOptions(ocr=ocr_mode(ocr)), again, verify, originals
    )
    with (
        Archive.create(archive_path(shell.option)) as archive,
        shell.lock(archive, "import"),
        Follower(archive) as follower,
        _progress(quiet) as tell,
    ):
        return Import(archive, options, on_progress=tell, on_batch=follower.follow).run(roots)


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Show a bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} done, {task.speed:.0f}/s {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)
        failures = 0

        def tell(progress: Any) -> None:
            nonlocal failures
            failures += progress.state == "failed"
            bar.update(task, completed=progress.done, description=f", {failures} failed" if failures else "")
            if not console.is_terminal and progress.done % 1000 == 0:
                click.echo(f"{progress.done} done, {failures} failed", err=True)

        yield tell


def _dry_run(shell: Shell, roots: list[str], as_json: bool) -> None:
    from corpus.archive import Archive
    from corpus.settings import archive_path
    from ingest.run import predict

    folder = archive_path(shell.option)
    catalogue = Archive.open(folder).catalogue if folder.is_dir() else None
    counts = predict(catalogue, roots)
    lines = [f"Would read {counts['read']} files; {counts['unchanged']} unchanged, {counts['skipped']} skipped."]
    print_answer({"schema": 1, "dry_run": True, "counts": dict(counts)}, lines, as_json)


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        print_json(report_json(report))
    else:
        _print_report(report)
    if report.counts["failed"]:
        sys.exit(1)


def report_json(report: Report) -> dict[str, Any]:
    """Give what a run did."""
    failures = [{"path": each.path, "code": each.reason, "message": each.message} for each in report.failures]
    return {
        "schema": 1,
        "run": report.run,
        "counts": {state: count for state, count in report.counts.items() if count},
        "total": report.counts.total(),
        "seconds": round(report.seconds, 3),
        "vanished": report.vanished,
        "failures": failures,
    }


def _print_report(report: Report) -> None:
    for failure in report.failures:
        click.echo(f"{failure.path}: {failure.message} ({failure.reason})", err=True)
    counts = report.counts
    order = ("imported", "replaced", "duplicate", "unchanged", "skipped", "removed", "failed")
    said = ", ".join(f"{counts[state]} {state}" for state in order if counts[state])
    click.echo(f"{counts.total()} files and members: {said or 'nothing'} in {report.seconds:.1f} s.")
    if report.vanished:
        click.echo(f"{len(report.vanished)} files that were imported before are not there any more; they stay in.")
    if not any(counts[state] for state in ("imported", "replaced", "duplicate")):
        click.echo("Nothing new: the archive is as it was.")
