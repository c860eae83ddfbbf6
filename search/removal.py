"""Taking documents out of an archive: withdrawn papers are gone from catalogue, index and files; the log says why."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.links import Links
from corpus.numbers import read_typed
from corpus.papers import Paper
from corpus.text import count_of
from index.sync import Follower
from search.case import typed_keys
from search.document import find_document

_log = logging.getLogger("sagsspor.remove")
#: More papers of one case than any has.
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What somebody names: its documents, with what is inside them, and the meetings that hold an item of a case.

    The meetings stay: other cases are in them, too.
    """

    name: str
    ids: tuple[str, ...]
    meetings: tuple[str, ...] = ()


def find_withdrawn(archive: Archive, named: str) -> Withdrawn:
    """Give the document named, or the documents of the case with that number; raise NotFoundError for neither."""
    try:
        record = find_document(archive, named)
    except NotFoundError:
        # Only what is a number for sure: nothing is removed by a guess.
        for key, number in typed_keys(named).items():
            sure = read_typed(named).exact or number == named
            papers = Links(archive.catalogue).members(key, ALL) if sure else []
            if papers:
                return _of_case(archive, number, papers)
        raise
    return Withdrawn(record.id, _with_members(archive, (record.id,)))


def _of_case(archive: Archive, name: str, papers: list[Paper]) -> Withdrawn:
    own = dict.fromkeys(paper.id for paper in papers if paper.item is None)
    meetings = dict.fromkeys(paper.id for paper in papers if paper.item is not None and paper.id not in own)
    return Withdrawn(name, _with_members(archive, tuple(own)), tuple(meetings))


@dataclass(frozen=True, slots=True)
class Remains:
    """Where the content of removed documents still is: files on disk, and (id, path) of documents it came inside."""

    left: tuple[str, ...]
    within: tuple[tuple[str, str], ...]


def remove_all(archive: Archive, ids: tuple[str, ...], reason: str, who: str) -> Remains:
    """Remove documents while the caller holds the archive; files on disk that they came as stay.

    The index finds them no more, but its files hold their words until it is made anew.
    """
    ledger = archive.catalogue.ledger
    originals = [original for id_ in ids if (original := ledger.original_of(id_))]
    with Follower(archive):
        archive.catalogue.remove(ids, reason, who)
        for original in originals:
            archive.files.remove(original.sha256)
        for id_ in ids:
            _log.info("removed %s", id_, extra={"fields": {"id": id_, "reason": reason, "by": who}})
    return Remains(tuple(path for original in originals for path, _, _ in original.seen), _outer(archive, ids))


def _outer(archive: Archive, ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give the documents of the archive, by id and path, in whose originals these ones lie."""
    paths = [path for id_ in ids for path in archive.catalogue.paths_of(id_) if "!/" in path]
    roots = list(dict.fromkeys(path.split("!/", 1)[0] for path in paths))
    found = [(line.id, path) for path, line in archive.catalogue.ledger.inputs(roots).items() if line.id]
    there = archive.catalogue.heads([id_ for id_, _ in found])
    return tuple((id_, path) for id_, path in found if id_ in there)


def _with_members(archive: Archive, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Add what is inside these documents and nowhere else."""
    found = dict.fromkeys(ids)
    pending = list(ids)
    while pending:
        for member, paths in archive.catalogue.ledger.members_of(pending.pop()):
            roots = {path.split("!/", 1)[0] for path in paths}
            outer = {path.split("!/", 1)[0] for id_ in found for path in archive.catalogue.paths_of(id_)}
            if member not in found and all("!/" in path for path in paths) and roots <= outer:
                found[member] = None
                pending.append(member)
    return tuple(found)


def removal_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give a removal for a terminal."""
    yield f"Removed {shown['removed']}, {count_of(len(shown['documents']), 'document')} ({shown['reason']})."
    yield from (f"  {path} is left as it is." for path in shown["left"] if Path(path).exists())
    for outer in shown["within"]:
        yield f"  The content still lies in {outer['path']} ({outer['id']}), whose original is kept."
    yield from (f"  {id_} stays: it has an item of the case." for id_ in shown["meetings"])
    if not shown["reindexed"]:
        yield "  It is found no more; files of the index may hold words of it until `sagsspor reindex`."
