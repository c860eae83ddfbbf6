"""Commands that bring papers in: import, retry, reprocess, failed, runs, run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.progress import import_progress, meter, print_event
from commands.shell import (
    FOREVER,
    Shell,
    Writing,
    json_option,
    ocr_mode,
    print_answer,
    print_lines,
    reading_options,
)
from corpus.errors import UsageError
from corpus.text import count_of

if TYPE_CHECKING:
    from corpus.archive import Archive
    from index.sync import Follower
    from ingest.run import Import, Report

_workers = click.option("--workers", type=click.IntRange(1, 256), help="Reading processes.  [default: one a core]")
_in_place = click.option(
    "--in-place/--copy",
    default=None,
    help="Leave originals where they are and keep their hash only, or keep a copy of each.  "
    "[default: copy, or what `in_place` of the archive's sagsspor.toml says]",
)
#: Seconds without a change after which a file in a watched folder counts as written.
REST_SECONDS = 2.0
#: So many failures are listed at the end of a run; `failed` lists all.
SHOWN_FAILURES = 20
_quiet = click.option("--quiet", "-q", is_flag=True, help="Print the summary only.")


@click.command("import", cls=Writing)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_workers
@reading_options
@click.option("--dry-run", is_flag=True, help="Say what would be read; write nothing.")
@_in_place
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
    if watch:
        _watch(shell, roots, quiet=quiet, as_json=as_json, options=options)
    report = import_paths(shell, roots, quiet=quiet, as_json=as_json, **options)
    _tell(report, as_json)


def _watch(shell: Shell, roots: list[str], *, quiet: bool, as_json: bool, options: dict[str, Any]) -> NoReturn:
    """Import again whenever something changed and has rested; files that do not rest yet wait for the next round.

    The folders are watched while an import goes on, so that nothing that comes meanwhile is overlooked.
    """
    from watchfiles import DefaultFilter, watch

    from corpus.settings import archive_path

    step = int(REST_SECONDS * 1000)
    changes = watch(
        *roots,
        # What this writes to the archive must not begin a round, where the archive lies below a root.
        watch_filter=DefaultFilter(ignore_paths=[archive_path(shell.option).absolute()]),
        step=step,
        debounce=60_000,
        rust_timeout=step,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    try:
        next(changes)
    except OSError as exc:
        hint = "Let the kernel watch more folders: `sysctl fs.inotify.max_user_watches=1000000`, or watch fewer."
        raise UsageError(f"The folders cannot be watched: {exc}", path=roots[0], hint=hint) from exc
    shell.wait = shell.wait or FOREVER
    is_due = True
    while True:
        if is_due:
            report = import_paths(shell, roots, quiet=quiet, as_json=as_json, rest=REST_SECONDS, **options)
            if as_json:
                print_event(_finished(report))
            elif set(report.counts) - {"unchanged"}:
                _print_report(report)
        is_due = bool(next(changes)) or (is_due and report.resting > 0)


@click.command(cls=Writing)
@click.option("--reason", metavar="CODE", help="Only files that failed for this reason (see `failed`).")
@_workers
@_in_place
@reading_options
@_quiet
@json_option
@click.pass_obj
def retry(shell: Shell, /, reason: str | None, quiet: bool, as_json: bool, **options: Any) -> None:
    """Read again the files that failed, or that wait for OCR."""
    with shell.open() as archive:
        waiting = archive.catalogue.ledger.retryable(reason)
        if reason and not waiting:
            failures = archive.catalogue.ledger.failures()
            known = sorted({each.reason for each in failures if each.reason and each.state == "failed"})
            reasons = f"; the reasons of others are {', '.join(known)}" if known else ""
            click.echo(f"No file failed for the reason {reason!r}{reasons}.", err=True)
    there = [path for path in waiting if os.path.lexists(path)]
    report = import_paths(shell, there, again=True, kind="retry", quiet=quiet, as_json=as_json, **options)
    report.vanished += sorted(set(waiting) - set(there))
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
    options |= {"again": True, "originals": True, "kind": "reprocess"}
    report = import_paths(shell, [], quiet=quiet, as_json=as_json, **options)
    _tell(report, as_json)


@click.command()
@click.option("--failed-to", type=click.Path(file_okay=False), metavar="DIR", help="Copy the failed files there.")
@json_option
@click.pass_obj
def failed(shell: Shell, failed_to: str | None, as_json: bool) -> None:
    """List the files that did not get in, by reason."""
    from search.runs import copy_failed, failed_json, failed_lines

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
    from search.runs import runs_json, runs_lines

    with shell.open() as archive:
        shown = runs_json(archive, limit)
    print_answer(shown, runs_lines(shown), as_json)


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@json_option
@click.pass_obj
def run(shell: Shell, number: int, as_json: bool) -> None:
    """Show one import: what it read, how long it took, what it counted, and what failed and why."""
    from search.runs import run_json, run_lines

    with shell.open() as archive:
        shown = run_json(archive, number)
    print_answer(shown, run_lines(shown), as_json)


def import_paths(
    shell: Shell,
    roots: Sequence[str],
    *,
    workers: int | None = None,
    ocr: str = "auto",
    timeout: float = 120.0,
    memory: int = 3072,
    quiet: bool = False,
    as_json: bool = False,
    in_place: bool | None = None,
    **how: Any,
) -> Report:
    """Import files and folders and show how it goes; `how` is the rest of `ImportOptions`."""
    from corpus.archive import Archive
    from corpus.settings import archive_path, cores, leaves_in_place
    from ingest.discover import absolute
    from ingest.pool import Limits
    from ingest.readers import ReadOptions
    from ingest.run import Import, ImportOptions

    folder = archive_path(shell.option)
    options = ImportOptions(
        workers=workers or cores(),
        limits=Limits(timeout, memory * 1024**2),
        read=ReadOptions(ocr=ocr_mode(ocr)),
        in_place=leaves_in_place(folder) if in_place is None else in_place,
        **how,
    )
    work: Import | None = None
    try:
        with (
            Archive.create(folder) as archive,
            shell.lock(archive, options.kind),
            _follow(archive, quiet or as_json) as follower,
            import_progress(quiet=quiet, as_json=as_json) as tell,
        ):
            shown = [absolute(root) for root in roots]
            if as_json and not quiet:
                begun = {"kind": options.kind, "archive": str(folder.absolute()), "paths": shown}
                print_event({"schema": 1, "event": "started", **begun, "workers": options.workers})
            work = Import(archive, options, on_progress=tell, on_batch=follower.follow)
            report = work.run(roots)
            if report.counts["unchanged"] and not options.in_place:
                report.left_in_place = any(map(archive.catalogue.ledger.leaves_in_place, shown))
            return report
    except KeyboardInterrupt:
        if work:
            _tell_stopped(work.report, as_json)
        raise


@contextmanager
def _follow(archive: Archive, quiet: bool) -> Iterator[Follower]:
    """Bring the index up to date, which shows how far it is where that takes long, and keep it so."""
    from index.sync import Follower

    follower = Follower(archive)
    with meter("Indexing what was read before", unit=" changes", quiet=quiet) as tell:
        follower.follow(finish=True, tell=tell)
    with follower:
        yield follower


def _tell_stopped(report: Report, as_json: bool) -> None:
    """Say how far a run came that somebody stopped."""
    from search.runs import said_counts

    if as_json:
        print_event(_finished(report))
    else:
        said = said_counts(dict(report.counts), dict(report.reasons))
        click.echo(f"Run {report.run} stops: {said}. The same import goes on from there.", err=True)


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
        print_event(_finished(report))
    else:
        _print_report(report)
    if report.counts["failed"]:
        sys.exit(1)


def _finished(report: Report) -> dict[str, Any]:
    return {"event": "finished", **report_json(report)}


def report_json(report: Report) -> dict[str, Any]:
    """Give what a run did."""
    failures = [{"path": each.path, "code": each.reason, "message": each.message} for each in report.failures]
    return {
        "schema": 1,
        "run": report.run,
        "outcome": report.outcome,
        "counts": {state: count for state, count in report.counts.items() if count},
        "reasons": dict(report.reasons),
        "total": report.counts.total(),
        "files": report.files,
        "members": report.counts.total() - report.files,
        "on_disk": report.found,
        "ledger_lines": report.lines,
        "resting": report.resting,
        "dropped": report.dropped,
        "left_in_place": report.left_in_place,
        "seconds": round(report.seconds, 3),
        "vanished": report.vanished,
        "killed_runs": report.killed,
        "failures": failures,
    }


def _print_report(report: Report) -> None:
    for number in report.killed:
        click.echo(f"Run {number} was killed; what it had written is whole, and this run went on from there.", err=True)
    for failure in report.failures[:SHOWN_FAILURES]:
        click.echo(f"{failure.path}: {failure.message} ({failure.reason})", err=True)
    if len(report.failures) > SHOWN_FAILURES:
        rest = len(report.failures) - SHOWN_FAILURES
        click.echo(f"... and {rest:,} more: `sagsspor failed` lists all.", err=True)
    print_lines(_report_lines(report))


def _report_lines(report: Report) -> Iterator[str]:
    from search.runs import said_counts

    counts = report.counts
    said = said_counts(dict(counts), dict(report.reasons))
    yield f"{count_of(counts.total(), 'file')} and members: {said} in {report.seconds:.1f} s."
    if report.found:
        members = counts.total() - report.files
        inside = f"; members inside them: {members:,}" if members else ""
        yield f"On disk: {count_of(report.found, 'file')}; in the ledger: {report.lines:,} of them{inside}."
    if report.found != report.lines:
        yield f"Not accounted for: {count_of(abs(report.found - report.lines), 'file')}. Please report this."
    if report.vanished:
        yield f"Imported before and gone: {count_of(len(report.vanished), 'file')}, whose documents stay."
    if report.left_in_place:
        yield "Originals of unchanged files stay where they were left before; `backup --include-in-place` copies them."
    if report.dropped:
        yield f"Failed before and gone now: {count_of(report.dropped, 'file')}, dropped from the ledger."
    if report.resting:
        yield f"Still being written: {count_of(report.resting, 'file')}, for the next round."
    if not any(counts[state] for state in ("imported", "replaced", "duplicate")):
        yield "Nothing new: the archive is as it was."
