"""One document from bytes to record: the straight path. Pure; it runs in a worker."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.records import Mark, Member, Reading, Record, Text, record_to_json
from corpus.similarity import signature
from ingest.facts import find_facts
from ingest.layout import compose
from ingest.parcels import Extraction, Failure
from ingest.readers import ReadOptions, read

#: A mail in a ZIP in a mail in a ZIP is the deepest that is read.
MAX_DEPTH = 4
#: A file larger than this is not read: 256 MB.
MAX_BYTES = 256 * 1024 * 1024


def read_file(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a whole file; raise ReadError where it is too large or may not be read."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > limit:
                raise ReadError(f"filen er større end {limit // 1024**2} MB", path=str(path), code="too-large")
            return file.read(limit)
    except PermissionError as exc:
        raise ReadError("filen må ikke læses", path=str(path), code="no-permission") from exc
    except FileNotFoundError as exc:
        raise ReadError("filen findes ikke længere", path=str(path), code="vanished") from exc
    except IsADirectoryError as exc:
        raise ReadError("er en mappe, ikke en fil", path=str(path), code="not-a-file") from exc
    except OSError as exc:
        raise ReadError(f"kan ikke læses: {exc.strerror}", path=str(path), code="not-readable") from exc


def extract(data: bytes, path: str, options: ReadOptions, parent: str | None = None, depth: int = 0) -> Extraction:
    """Give the record of a document and of its members; raise ReadError where the document itself has none."""
    name = path.rsplit("/", 1)[-1]
    reading = read(data, name, options=options)
    text = compose(reading)
    _refuse_ruin(reading, text, path)
    scanned = frozenset(page.number for page in reading.pages if page.source == "ocr")
    facts = find_facts(text, name=name, media_type=reading.media_type, meta=reading.meta, scanned=scanned)
    sha256 = hashlib.sha256(data).hexdigest()
    marks, members = _members_within(reading, depth)
    record = Record(
        id=sha256[:16],
        sha256=sha256,
        path=path,
        size=len(data),
        media_type=reading.media_type,
        text=text,
        facts=facts,
        marks=marks,
        meta=reading.meta,
        parent=parent,
        signature=signature(text.string),
        readers=_readers_used(reading),
    )
    children, failures = _extract_members(members, record, options, depth)
    return Extraction(record, children, failures)


def _refuse_ruin(reading: Reading, text: Text, path: str) -> None:
    """A file that is cut off before its first readable word is a failure; one that is cut later is marked."""
    for mark in reading.marks:
        if mark.code in ("truncated", "damaged") and not text.string.strip():
            raise ReadError(mark.message, path=path, code=mark.code)


def _members_within(reading: Reading, depth: int) -> tuple[tuple[Mark, ...], tuple[Member, ...]]:
    if reading.members and depth >= MAX_DEPTH:
        mark = Mark("nested-too-deep", f"indlejret mere end {MAX_DEPTH} lag dybt; indholdet er ikke læst")
        return (*reading.marks, mark), ()
    return reading.marks, reading.members


def _readers_used(reading: Reading) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for page in reading.pages:
        name = page.reader or page.source
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts.items()))


def _extract_members(
    members: tuple[Member, ...], record: Record, options: ReadOptions, depth: int
) -> tuple[tuple[Extraction, ...], tuple[Failure, ...]]:
    children: list[Extraction] = []
    failures: list[Failure] = []
    for index, member in enumerate(members, 1):
        path = f"{record.path}!/{index}/{_safe_name(member.name)}"
        try:
            children.append(extract(member.data, path, options, record.id, depth + 1))
        except ReadError as exc:
            failures.append(Failure(path, len(member.data), exc.code, exc.message))
    return tuple(children), tuple(failures)


def _safe_name(name: str) -> str:
    """Give a member's name as a path may show it: `..`, drive letters and signs that are not printable are gone."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    shown = "/".join("".join(sign if sign.isprintable() else "_" for sign in part) for part in parts)
    return shown[:200] or "uden navn"


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    """Give the record with its members under `children`; one that could not be read is its error object."""
    children = [extraction_to_json(child) for child in extraction.children]
    failures = [
        {"path": failure.path, "error": {"code": failure.code, "message": failure.message}}
        for failure in extraction.failures
    ]
    return record_to_json(extraction.record, (*children, *failures))
