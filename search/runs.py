"""What imports did: the list of them, one of them, and what failed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.ledger import Input, Run
from corpus.records import SCHEMA
from search.terminal import bold


def runs_json(archive: Archive, limit: int) -> dict[str, Any]:
    """Give the newest imports, newest first."""
    return {"schema": SCHEMA, "runs": [run_to_json(run) for run in archive.catalogue.ledger.runs(limit)]}


def run_json(archive: Archive, number: int) -> dict[str, Any]:
    """Give one import, with the lines that it left as failed; raise NotFoundError where there is none."""
    run = archive.catalogue.ledger.run(number)
    if run is None:
        raise NotFoundError(f"There is no run {number}.", hint="See `sagsspor runs`.")
    return {
        "schema": SCHEMA,
        **run_to_json(run),
        "failures": _failures_json(archive.catalogue.ledger.failures_of(number)),
    }


def run_to_json(run: Run) -> dict[str, Any]:
    """Give one import as the list has it."""
    return {
        "run": run.run,
        "kind": run.kind,
        "started": run.started,
        "ended": run.ended,
        "outcome": run.outcome,
        "seconds": None if run.seconds is None else round(run.seconds, 1),
        "program": run.program,
        "paths": list(run.paths),
        "files": run.files,
        "vanished": run.vanished,
        "counts": dict(run.counts),
        "reasons": dict(run.reasons),
        "total": sum(count for _, count in run.counts),
    }


def runs_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the imports for a terminal."""
    if not shown["runs"]:
        yield "Nothing was imported yet."
    yield from map(run_line, shown["runs"])


def run_line(run: dict[str, Any]) -> str:
    """Give one import as one line."""
    said = said_counts(run["counts"], run["reasons"])
    rest = "" if run["outcome"] == "finished" else f" ({run['outcome'] or 'under way'})"
    return f"Run {run['run']:>4}  {run['started'][:19].replace('T', ' ')}  {_took(run):>8}  {run['kind']}: {said}{rest}"


def _took(run: dict[str, Any]) -> str:
    if run["seconds"] is None:
        return "?"
    minutes, seconds = divmod(run["seconds"], 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{int(seconds):02}" if hours or minutes else f"{seconds:.1f} s"


def run_lines(run: dict[str, Any]) -> Iterator[str]:
    """Give one import for a terminal."""
    yield bold(f"Run {run['run']}: {run['kind']}, {run['outcome'] or 'under way, or killed'}")
    yield f"  Started   {run['started']}" + (f", ended {run['ended']}" if run["ended"] else "")
    yield f"  Took      {_took(run)}" + (f" with Sagsspor {run['program']}" if run["program"] else "")
    yield f"  Of        {', '.join(run['paths'][:5]) or 'the originals that the archive has'}" + (
        f" and {len(run['paths']) - 5:,} more" if len(run["paths"]) > 5 else ""
    )
    if run["files"] is not None:
        yield f"  Files     {run['files']:,} on disk, members inside them {run['total'] - run['files']:,}"
    yield f"  Counts    {said_counts(run['counts'], run['reasons'])}"
    if run["vanished"]:
        yield f"  Vanished  {run['vanished']:,} files were there before and not any more"
    for each in run["failures"]:
        yield f"  {each['path']}: {each['message']} ({each['code']})"
    if run["reasons"] and sum(run["reasons"].values()) > sum(each["state"] == "failed" for each in run["failures"]):
        yield "  Some of what failed was read, or failed again, in a later run."


#: The states of the ledger's lines, in the order in which they are told.
STATES = ("imported", "replaced", "duplicate", "unchanged", "skipped", "removed", "failed")


def said_counts(counts: dict[str, int], reasons: dict[str, int]) -> str:
    """Say how many there are of each state, and why those failed that did."""
    said = ", ".join(f"{counts[state]:,} {state}" for state in STATES if counts.get(state))
    why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items(), key=lambda each: -each[1]))
    return (f"{said} ({why})" if why else said) or "nothing"


def failed_json(archive: Archive) -> dict[str, Any]:
    """Give every file that did not become a document, with its reason, by reason and path."""
    return {
        "schema": SCHEMA,
        "failures": _failures_json(archive.catalogue.ledger.failures()),
    }


def _failures_json(found: list[Input]) -> list[dict[str, Any]]:
    return [
        {"path": each.path, "state": each.state, "code": each.reason, "message": each.message, "size": each.size}
        for each in found
    ]


def failed_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the failures for a terminal, each reason with its count before its files."""
    for code, group in groupby(shown["failures"], key=lambda each: (each["code"], each["state"])):
        files = list(group)
        yield bold(f"{code[0]} ({len(files)} {code[1]})")
        for each in files:
            yield f"  {each['path']}: {each['message']}"
    if not shown["failures"]:
        yield "Nothing failed."
    elif any(each["state"] == "failed" for each in shown["failures"]):
        yield "Read them again with `sagsspor retry`, those of one reason with `--reason CODE`."


def copy_failed(shown: dict[str, Any], folder: str) -> int:
    """Copy the failed files on disk to a folder; give how many. Names that meet get their number in the list."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    copied = 0
    for number, each in enumerate(shown["failures"], 1):
        path = Path(each["path"])
        if each["state"] == "failed" and path.is_file() and os.access(path, os.R_OK):
            name = target / path.name
            shutil.copy2(path, name if not name.exists() else target / f"{number}-{path.name}")
            copied += 1
    return copied
