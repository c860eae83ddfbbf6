"""The recount: originals against their hashes, catalogue against ledger, index against catalogue."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.database import check_pages
from corpus.errors import ArchiveError
from corpus.ledger import Original
from corpus.records import SCHEMA
from corpus.text import count_of
from index.engines import has_index
from index.query import Term
from index.sync import open_engine, rebuild

_log = logging.getLogger("sagsspor.check")
#: As `--json` prints it: kind, message, and whether it is mended by now.
Fault = dict[str, Any]


def check_archive(
    archive: Archive,
    *,
    repair: bool,
    quick: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> dict[str, Any]:
    """Give every fault found; the caller holds the lock. With `repair`, leftovers go and a wrong index is rebuilt.

    Raises ArchiveError where the catalogue itself is damaged: nothing can be counted by it.

    `quick` looks at sizes and times, and hashes nothing. `tell` hears how many originals of how many are done.
    """
    if not quick:
        check_pages(archive.catalogue.engine)
    recount = _Recount(archive, quick=quick)
    faults = [*recount.faults(tell), *_strays(archive, recount.known, repair=repair), *_ledger(archive)]
    faults += _index(archive, repair=repair)
    for fault in faults:
        _log.warning("%s", fault["message"], extra={"fields": {"kind": fault["kind"], "mended": fault["mended"]}})
    _log.info("recounted", extra={"fields": {"documents": len(recount.known), "faults": len(faults)}})
    return {
        "schema": SCHEMA,
        "documents": archive.catalogue.count(),
        "originals": {"kept": recount.kept, "in_place": recount.in_place, "not_kept": recount.not_kept},
        "faults": faults,
        "repaired": repair,
    }


def fault_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the faults for a terminal."""
    for fault in shown["faults"]:
        yield f"{fault['kind']}: {fault['message']}"
    counts = shown["originals"]
    if counts["in_place"] or counts["not_kept"]:
        said = f"Originals: {counts['kept']:,} in the archive, {counts['in_place']:,} where they were found"
        lost = f"; of {counts['not_kept']:,} older versions there was no copy" if counts["not_kept"] else ""
        yield f"{said}{lost}."
    faults, mended = len(shown["faults"]), sum(fault["mended"] for fault in shown["faults"])
    told = f", {mended:,} of them mended" if mended else ""
    yield f"{count_of(shown['documents'], 'document')}, {count_of(faults, 'fault')}{told}."


class _Recount:
    """Looks at every original: the archive's own, and those that were left where they were."""

    def __init__(self, archive: Archive, *, quick: bool):
        self.archive = archive
        self.quick = quick
        self.known: set[str] = set()
        self.kept, self.in_place, self.not_kept = 0, 0, 0

    def faults(self, tell: Callable[[int, int], None]) -> Iterator[Fault]:
        total = self.archive.catalogue.count()
        for done, original in enumerate(self.archive.catalogue.ledger.originals(), 1):
            self.known.add(original.sha256)
            path = self.archive.files.path_of(original.sha256)
            if path.exists():
                self.kept += 1
                if not self.quick and _hash(path) != original.sha256:
                    yield _fault("original-damaged", f"the original of {original.path} is not what was imported")
            elif not original.in_place:
                yield _fault("original-missing", f"the original of {original.path} is not in the archive")
            elif not original.seen:
                self.not_kept += 1
            else:
                self.in_place += 1
                yield from self._left(original)
            tell(done, total)

    def _left(self, original: Original) -> Iterator[Fault]:
        """An original that was left in place is there while one of its paths has its content."""
        if self.archive.find_original(original) is not None and self.quick:
            return
        hashes = [_hash(Path(path)) for path, _, _ in original.seen]
        if original.sha256 in hashes:
            return
        if any(hashes):
            said = "is not any more what was imported; import it again to have the new version"
            yield _fault("original-changed", f"{original.path} {said}")
        else:
            yield _fault("original-vanished", f"{original.path} is not there any more; what was read of it stays")


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _strays(archive: Archive, known: set[str], *, repair: bool) -> Iterator[Fault]:
    for sha256 in archive.files.hashes():
        if sha256 not in known:
            yield _fault("orphan", f"files/{sha256[:2]}/{sha256[2:]} belongs to no document", mended=repair)
            if repair:
                archive.files.remove(sha256)
    unfinished = archive.files.remove_unfinished() if repair else archive.files.unfinished()
    if unfinished:
        yield _fault("unfinished", f"{unfinished} files were left half written by a killed import", mended=repair)


def _ledger(archive: Archive) -> Iterator[Fault]:
    for id_ in archive.catalogue.ledger.without_input():
        yield _fault("ledger", f"document {id_} stands in no line of the ledger")
    for path in archive.catalogue.ledger.without_document():
        yield _fault("ledger", f"{path} counts as imported, but its document is not there")


def _index(archive: Archive, *, repair: bool) -> list[Fault]:
    wrong = _index_wrong(archive)
    if wrong and repair:
        rebuild(archive)
    return [_fault("index", wrong, mended=repair)] if wrong else []


def _index_wrong(archive: Archive) -> str | None:
    if not has_index(archive.index_folder):
        return "there is no index"
    try:
        engine = open_engine(archive)
    except ArchiveError as exc:
        return exc.message
    indexed, documents = engine.count(Term("kind", "document")), archive.catalogue.count()
    return f"the index holds {indexed} documents, the catalogue {documents}" if indexed != documents else None


def _fault(kind: str, message: str, *, mended: bool = False) -> Fault:
    return {"kind": kind, "message": message, "mended": mended}
