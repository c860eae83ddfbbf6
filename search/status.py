"""What is in the archive, and what is not: counts, the ledger, the last runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.archive import CATALOGUE, Archive
from corpus.errors import ArchiveError
from corpus.ledger import Stock
from corpus.lock import holder_of
from corpus.records import SCHEMA
from corpus.settings import program_version
from corpus.tables import REVISION
from corpus.text import count_of
from index.engines import has_index
from index.sync import open_engine
from search.runs import run_line, run_to_json, said_counts
from search.terminal import bold

if TYPE_CHECKING:
    from corpus.upgrade import Upgrade


def status_json(archive: Archive) -> dict[str, Any]:
    """Give the archive's counts and what a monitor watches: the last run, failures, the index, room, who writes."""
    catalogue = archive.catalogue
    files, members = catalogue.ledger.count_files()
    runs = [run_to_json(run) for run in catalogue.ledger.runs(5)]
    holder, stock = holder_of(archive.folder), catalogue.ledger.stock()
    return {
        "schema": SCHEMA,
        "archive": str(archive.folder.absolute()),
        "program": program_version(),
        "version": REVISION,
        "documents": sum(count for _, count in stock.types),
        "types": dict(stock.types),
        "ledger": catalogue.ledger.counts(),
        "files": files,
        "members": members,
        "failures": [
            {"state": state, "reason": reason, "message": message, "count": count}
            for state, reason, message, count in catalogue.ledger.failure_counts()
        ],
        "in_place": stock.in_place,
        "waiting_for_ocr": stock.waiting,
        "index": index_json(archive),
        "disk": _disk_json(archive, stock),
        "writer": asdict(holder) if holder else None,
        "tesseract": shutil.which("tesseract") is not None,
        "last_run": runs[0] if runs else None,
        "runs": runs,
    }


def _disk_json(archive: Archive, stock: Stock) -> dict[str, int]:
    """Give bytes: what the file system has left, the catalogue with its log, the index, the originals' sum."""
    catalogue = sum(path.stat().st_size for path in archive.folder.glob(f"{CATALOGUE}*"))
    index = sum(path.stat().st_size for path in archive.index_folder.glob("**/*") if path.is_file())
    free = shutil.disk_usage(archive.folder).free
    return {"free": free, "catalogue": catalogue, "index": index, "originals": stock.size}


def upgrade_json(folder: Path, done: Upgrade, *, dry_run: bool, reindexed: bool) -> dict[str, Any]:
    """Give what an upgrade did, and what the index needs."""
    return {
        "schema": SCHEMA,
        "archive": str(folder.absolute()),
        "from": done.found,
        "to": done.reached,
        "steps": [{"version": version, "title": title} for version, title in done.steps],
        "copy": str(done.copy.absolute()) if done.copy else None,
        "index": None if dry_run and done.steps else _index_of(folder),
        "reindexed": reindexed,
        "dry_run": dry_run,
    }


def _index_of(folder: Path) -> dict[str, Any]:
    with Archive.open(folder) as archive:
        return index_json(archive)


def index_json(archive: Archive) -> dict[str, Any]:
    """Give the state of the index: `fits`, `behind` (it follows by itself), `missing` or `rebuild`."""
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
    if shown["reindexed"]:
        yield "  The index was made anew."
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


def status_lines(seen: dict[str, Any]) -> Iterator[str]:
    """Give the status for a terminal."""
    yield bold(f"{seen['archive']}: {count_of(seen['documents'], 'document')}")
    yield "  " + (", ".join(f"{count:,} {kind}" for kind, count in seen["types"].items()) or "empty")
    counted = said_counts(seen["ledger"], {})
    yield f"  Ledger: {seen['files']:,} files, members inside them {seen['members']:,}: {counted}"
    yield from _last_count(seen["last_run"])
    for failure in seen["failures"]:
        yield f"    {failure['count']:>6,} {failure['state']}: {failure['message']} ({failure['reason']})"
    if seen["in_place"]:
        yield f"  Originals left where they were found: those of {count_of(seen['in_place'], 'document')}."
    if seen["waiting_for_ocr"]:
        hint = "`sagsspor retry --reason needs-ocr`"
        yield f"  Pages wait for OCR in {count_of(seen['waiting_for_ocr'], 'document')}: {hint}."
    if not seen["tesseract"]:
        yield "  Scanned pages are not read: install Tesseract with `apt-get install tesseract-ocr tesseract-ocr-dan`."
    yield "  " + index_line(seen["index"])
    yield "  Disk: " + ", ".join(f"{name} {size / 1024**2:,.0f} MB" for name, size in seen["disk"].items())
    if seen["writer"]:
        who = seen["writer"]
        yield f"  Process {who['pid']} on {who['host']} has been writing since {who['since']} ({who['work']})."
    yield from ("  " + run_line(run) for run in seen["runs"])


def _last_count(run: dict[str, Any] | None) -> Iterator[str]:
    if run and run["files"] is not None and run["kind"] == "import":
        paths = ", ".join(run["paths"][:3]) + (", ..." if len(run["paths"]) > 3 else "")
        yield f"    Run {run['run']} met {run['files']:,} files on disk below {paths}"
