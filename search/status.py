"""What is in the archive, and what is not: counts, the ledger, the last runs."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.records import SCHEMA
from search.terminal import bold


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
