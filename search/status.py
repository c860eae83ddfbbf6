"""What is in the archive, and what is not: counts, the ledger, the last runs."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.archive import Archive
from corpus.errors import ArchiveError
from corpus.records import SCHEMA
from index.engines import has_index
from index.sync import open_engine
from search.terminal import bold

if TYPE_CHECKING:
    from corpus.upgrade import Upgrade


def status_json(archive: Archive) -> dict[str, Any]:
    """Give the archive's counts; `failures` are grouped by reason."""
    catalogue = archive.catalogue
    reasons = Counter((each.state, each.reason or "", each.message or "") for each in catalogue.ledger.failures())
    return {
        "schema": SCHEMA,
        "archive": str(archive.folder.absolute()),
        "documents": catalogue.count(),
        "types": catalogue.count_by_type(),
        "ledger": catalogue.ledger.counts(),
        "failures": [
            {"state": state, "reason": reason, "message": message, "count": count}
            for (state, reason, message), count in reasons.most_common()
        ],
        "tesseract": shutil.which("tesseract") is not None,
        "runs": catalogue.ledger.last_runs(5),
    }


def failed_json(archive: Archive) -> dict[str, Any]:
    """Give every file that did not become a document, with its reason, by reason and path."""
    return {
        "schema": SCHEMA,
        "failures": [
            {"path": each.path, "state": each.state, "code": each.reason, "message": each.message, "size": each.size}
            for each in archive.catalogue.ledger.failures()
        ],
    }


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


def upgrade_json(folder: Path, done: Upgrade, *, dry_run: bool) -> dict[str, Any]:
    """Give what an upgrade did, and what the index needs."""
    return {
        "schema": SCHEMA,
        "archive": str(folder.absolute()),
        "from": done.found,
        "to": done.reached,
        "steps": [{"version": version, "title": title} for version, title in done.steps],
        "copy": str(done.copy.absolute()) if done.copy else None,
        "index": None if dry_run and done.steps else index_json(folder),
        "dry_run": dry_run,
    }


def index_json(folder: Path) -> dict[str, Any]:
    """Give the state of an archive's index: `fits`, `behind` (it follows by itself), `missing` or `rebuild`."""
    with Archive.open(folder) as archive:
        last = archive.catalogue.last_change()
        if not has_index(archive.index_folder):
            return {"state": "missing", "behind": last, "message": None}
        try:
            behind = last - int(open_engine(archive).payload() or 0)
        except ArchiveError as exc:
            return {"state": "rebuild", "behind": last, "message": exc.message}
        return {"state": "behind" if behind > 0 else "fits", "behind": max(behind, 0), "message": None}


def upgrade_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give an upgrade for a terminal."""
    if not shown["steps"]:
        yield f"{shown['archive']}: version {shown['to']}, nothing to do."
    else:
        would = "would go" if shown["dry_run"] else "went"
        yield f"{shown['archive']}: the catalogue {would} from version {shown['from']} to {shown['to']}."
    for step in shown["steps"]:
        yield f"  {step['version']}  {step['title']}"
    if shown["copy"]:
        yield f"  The catalogue as it was: {shown['copy']}. Delete it when all is well."
    if shown["index"]:
        yield "  " + index_line(shown["index"])


def index_line(seen: dict[str, Any]) -> str:
    """Give the index's state for a terminal, and what to do."""
    if seen["state"] == "rebuild":
        return f"Index: must be made anew. {seen['message']} Run `sagsspor reindex`; no original is read."
    if seen["state"] == "missing":
        return "Index: not there; the next search makes it."
    if seen["state"] == "behind":
        return f"Index: {seen['behind']} changes behind; the next search or import brings it up to date."
    return "Index: fits the catalogue."


def run_line(run: dict[str, Any]) -> str:
    """Give one import for a terminal."""
    counts = ", ".join(f"{count} {state}" for state, count in run["counts"].items()) or "nothing"
    return f"Run {run['run']}  {run['started']}  {counts}{'' if run['ended'] else ' (not finished)'}"


def status_lines(seen: dict[str, Any]) -> Iterator[str]:
    """Give the status for a terminal."""
    yield bold(f"{seen['archive']}: {seen['documents']} documents")
    yield "  " + (", ".join(f"{count} {kind}" for kind, count in seen["types"].items()) or "empty")
    yield "  Files and members: " + (", ".join(f"{count} {state}" for state, count in seen["ledger"].items()) or "none")
    for failure in seen["failures"]:
        yield f"    {failure['count']:>6} {failure['state']}: {failure['message']} ({failure['reason']})"
    if not seen["tesseract"]:
        yield "  Scanned pages are not read: install Tesseract with `apt-get install tesseract-ocr tesseract-ocr-dan`."
    for run in seen["runs"]:
        yield "  " + run_line(run)
