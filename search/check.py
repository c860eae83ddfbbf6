"""The recount: originals against their hashes, catalogue against ledger, index against catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from corpus.archive import Archive
from corpus.errors import ArchiveError
from corpus.records import SCHEMA
from index.engines import has_index
from index.query import Term
from index.sync import open_engine, rebuild


def check_archive(archive: Archive, *, repair: bool) -> dict[str, Any]:
    """Give every fault found; the caller holds the lock. With `repair`, leftovers go and a wrong index is rebuilt."""
    faults = [*_files(archive, repair=repair), *_ledger(archive)]
    index_faults = list(_index(archive))
    if index_faults and repair:
        rebuild(archive)
    return {
        "schema": SCHEMA,
        "documents": archive.catalogue.count(),
        "faults": faults + index_faults,
        "repaired": repair,
    }


def fault_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the faults for a terminal."""
    for fault in shown["faults"]:
        yield f"{fault['kind']}: {fault['message']}"
    faults = len(shown["faults"])
    mended = " (mended where possible)" if faults and shown["repaired"] else ""
    yield f"{shown['documents']} documents, {faults} faults{mended}."


def _files(archive: Archive, *, repair: bool) -> Iterator[dict[str, str]]:
    kept = archive.catalogue.originals()
    stored = set(archive.files.hashes())
    for sha256, path in kept.items():
        if sha256 not in stored:
            yield _fault("original-missing", f"the original of {path} is not in the archive")
        elif hashlib.sha256(archive.files.path_of(sha256).read_bytes()).hexdigest() != sha256:
            yield _fault("original-damaged", f"the original of {path} is not what was imported")
    for sha256 in sorted(stored - kept.keys()):
        yield _fault("orphan", f"files/{sha256[:2]}/{sha256[2:]} belongs to no document")
        if repair:
            archive.files.remove(sha256)
    unfinished = archive.files.remove_unfinished() if repair else archive.files.unfinished()
    if unfinished:
        yield _fault("unfinished", f"{unfinished} files were left half written by a killed import")


def _ledger(archive: Archive) -> Iterator[dict[str, str]]:
    for id_ in archive.catalogue.ledger.without_input():
        yield _fault("ledger", f"document {id_} stands in no line of the ledger")
    for path in archive.catalogue.ledger.without_document():
        yield _fault("ledger", f"{path} counts as imported, but its document is not there")


def _index(archive: Archive) -> Iterator[dict[str, str]]:
    if not has_index(archive.index_folder):
        yield _fault("index", "there is no index")
        return
    try:
        engine = open_engine(archive)
    except ArchiveError as exc:
        yield _fault("index", exc.message)
        return
    indexed, documents = engine.count(Term("kind", "document")), archive.catalogue.count()
    if indexed != documents:
        yield _fault("index", f"the index holds {indexed} documents, the catalogue {documents}")


def _fault(kind: str, message: str) -> dict[str, str]:
    return {"kind": kind, "message": message}
