"""What is in the archive, and what is not: counts, the ledger, the last runs."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpus.archive import Archive
from corpus.records import SCHEMA
from search.terminal import bold


def status_json(archive: Archive) -> dict[str, Any]:
    """Give the archive's counts; `failures` are grouped by reason."""
    catalogue = archive.catalogue
    reasons = Counter((each.state, each.reason or "", each.message or "") for each in catalogue.failures())
    return {
        "schema": SCHEMA,
        "archive": str(archive.folder.absolute()),
        "documents": catalogue.count(),
        "types": catalogue.count_by_type(),
        "ledger": catalogue.counts(),
        "failures": [
            {"state": state, "reason": reason, "message": message, "count": count}
            for (state, reason, message), count in reasons.most_common()
        ],
        "tesseract": shutil.which("tesseract") is not None,
        "runs": catalogue.last_runs(5),
    }


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
        counts = ", ".join(f"{count} {state}" for state, count in run["counts"].items()) or "nothing"
        ended = "" if run["ended"] else " (not finished)"
        yield f"  Run {run['run']}  {run['started']}  {counts}{ended}"
