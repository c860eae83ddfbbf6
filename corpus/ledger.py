"""The ledger: one line for every file ever seen, members of archives included, and the runs that wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import tables
from corpus.database import CHUNK, new_key, now, parts
from corpus.settings import program_version

#: Files of a folder that are asked whether they were left in place: an import leaves all of them or none.
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Input:
    """One line of the ledger: what became of one file, or of one member of an archive or a mail.

    `modified` is in nanoseconds since 1970. `state` is `imported`, `duplicate`, `failed` or `skipped`.
    """

    path: str
    size: int | None
    modified: int | None
    state: str
    reason: str | None = None
    message: str | None = None
    id: str | None = None
    parent: str | None = None
    #: The document's original stays where it is; the archive keeps no copy.
    in_place: bool = False
    #: An older version that is read anew: the path's line is the newer one's, and stays.
    older: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One import: what it was (`import`, `retry`, `reprocess`), when (UTC), and what it counted.

    `outcome` is `finished`, `stopped` (by Ctrl-C or an error), `killed`, or None while it runs. `files` are those that
    the scan met on disk, `vanished` those that it did not meet any more; None where a run from before does not say.
    """

    run: int
    kind: str
    paths: tuple[str, ...]
    started: str
    ended: str | None
    outcome: str | None
    seconds: float | None
    program: str | None
    files: int | None
    vanished: int | None
    counts: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has counted so far: lines by state, failures by reason, files met, seconds."""

    counts: Mapping[str, int]
    reasons: Mapping[str, int] = field(default_factory=dict)
    files: int | None = None
    seconds: float | None = None
    vanished: int | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document came as. `seen` has each path with size and time; an older version has none left."""

    id: str
    sha256: str
    path: str
    seen: tuple[tuple[str, int | None, int | None], ...]
    in_place: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """What the archive has: documents by type, most first; those that wait for OCR; its own originals' bytes.

    `in_place` counts the documents whose originals were left where they were.
    """

    types: tuple[tuple[str, int], ...]
    waiting: int
    size: int
    in_place: int


class Ledger:
    """The lines and runs of one catalogue. A line is written together with its document (`Catalogue.put`)."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def begin_run(self, paths: Sequence[str], kind: str = "import") -> int:
        """Open a run and give its number."""
        shown = json.dumps(list(paths), ensure_ascii=False)
        values = {"started": now(), "paths": shown, "kind": kind, "program": program_version()}
        with self.engine.begin() as to:
            return new_key(to.execute(sa.insert(tables.runs).values(values)))

    def close_run(self, run: int, tally: Tally, outcome: str) -> None:
        """Close a run with what it counted."""
        with self.engine.begin() as to:
            _write_run(to, run, _tally_row(tally) | {"ended": now(), "outcome": outcome})

    def note_killed(self) -> list[int]:
        """Give the runs that were killed, once; the caller holds the archive, so that none is under way."""
        table = tables.runs
        open_ones = sa.and_(table.c.ended.is_(None), table.c.outcome.is_(None))
        with self.engine.begin() as to:
            found = list(to.scalars(sa.select(table.c.run).where(open_ones).order_by(table.c.run)))
            if found:
                to.execute(sa.update(table).where(open_ones).values(outcome="killed"))
        return found

    def runs(self, limit: int) -> list[Run]:
        """Give the newest runs, newest first."""
        query = sa.select(tables.runs).order_by(tables.runs.c.run.desc()).limit(limit)
        with self.engine.connect() as to:
            return [_read_run(row) for row in to.execute(query).mappings()]

    def run(self, number: int) -> Run | None:
        """Give one run; None where there is none of that number."""
        with self.engine.connect() as to:
            row = to.execute(sa.select(tables.runs).where(tables.runs.c.run == number)).mappings().first()
        return _read_run(row) if row else None

    def failures_of(self, run: int) -> list[Input]:
        """Give the lines that a run left as failed or skipped and that no later run has touched."""
        return self._failures(tables.inputs.c.run == run)

    def inputs(self, paths: Sequence[str]) -> dict[str, Input]:
        """Give the ledger's lines of the paths that it knows."""
        table = tables.inputs
        found: dict[str, Input] = {}
        with self.engine.connect() as to:
            for part in parts(paths):
                for row in to.execute(sa.select(table).where(table.c.path.in_(part))).mappings():
                    found[row["path"]] = _read_input(row)
        return found

    def paths_below(self, root: str) -> list[str]:
        """Give the files on disk, at `root` or below it, that the ledger knows."""
        table = tables.inputs
        query = sa.select(table.c.path).where(table.c.parent.is_(None), _below(root)).order_by(table.c.path)
        with self.engine.connect() as to:
            return list(to.scalars(query))

    def leaves_in_place(self, root: str) -> bool:
        """Tell whether any of the first files at a path, or below it, has its original there and not in the archive."""
        inputs, documents = tables.inputs, tables.documents
        some = sa.select(inputs.c.id).where(_below(root), inputs.c.id.is_not(None)).limit(LOOKED_AT)
        left = sa.select(documents.c.doc).where(documents.c.id.in_(some), documents.c.in_place == 1).limit(1)
        with self.engine.connect() as to:
            return to.scalar(left) is not None

    def drop(self, paths: Sequence[str]) -> list[str]:
        """Drop the lines of files that never became a document, of those named; give them. The others stay."""
        table, documents = tables.inputs, tables.documents
        dropped: list[str] = []
        with self.engine.begin() as to:
            for part in parts(paths):
                wanted = sa.and_(table.c.path.in_(part), table.c.id.is_(None), table.c.parent.is_(None))
                wanted &= table.c.path.not_in(sa.select(documents.c.path).where(documents.c.path.in_(part)))
                dropped += to.scalars(sa.select(table.c.path).where(wanted))
                to.execute(sa.delete(table).where(wanted))
        return dropped

    def unknown(self, hashes: Sequence[str]) -> list[str]:
        """Give those of some originals' hashes of which there is no document."""
        documents = tables.documents
        with self.engine.connect() as to:
            ids = [sha256[:16] for sha256 in hashes]
            known = set(to.scalars(sa.select(documents.c.sha256).where(documents.c.id.in_(ids))))
        return [sha256 for sha256 in hashes if sha256 not in known]

    def failures(self) -> list[Input]:
        """Give every line of the ledger that did not become a document, by reason and path."""
        return self._failures(sa.true())

    def _failures(self, wanted: Any) -> list[Input]:
        table = tables.inputs
        query = sa.select(table).where(table.c.state.in_(("failed", "skipped")), wanted)
        with self.engine.connect() as to:
            return [_read_input(row) for row in to.execute(query.order_by(table.c.reason, table.c.path)).mappings()]

    def failure_counts(self) -> list[tuple[str, str, str, int]]:
        """Count the lines that did not become a document by state, reason and message, most first."""
        table = tables.inputs
        columns = [table.c.state, sa.func.coalesce(table.c.reason, ""), sa.func.coalesce(table.c.message, "")]
        query = sa.select(*columns, sa.func.count()).where(table.c.state.in_(("failed", "skipped"))).group_by(*columns)
        with self.engine.connect() as to:
            found = [(str(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in to.execute(query)]
        return sorted(found, key=lambda each: (-each[3], each[:3]))

    def retryable(self, reason: str | None) -> list[str]:
        """Give the files on disk that failed (for one reason), or hold a member that did, or wait for OCR."""
        table = tables.inputs
        query = sa.select(table.c.path).where(table.c.state == "failed").order_by(table.c.path)
        if reason:
            query = query.where(table.c.reason == reason)
        with self.engine.connect() as to:
            failed = list(to.scalars(query))
            waiting = [] if reason not in (None, "needs-ocr") else list(to.scalars(_waiting_for_ocr()))
        return list(dict.fromkeys(path.split("!/", 1)[0] for path in (*failed, *waiting)))

    def counts(self) -> dict[str, int]:
        """Count the lines of the ledger by state."""
        table = tables.inputs
        with self.engine.connect() as to:
            found = to.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
            return {str(state): int(count) for state, count in found}

    def count_files(self) -> tuple[int, int]:
        """Count the lines of files on disk, and those of members inside them."""
        table = tables.inputs
        query = sa.select(table.c.parent.is_(None), sa.func.count()).group_by(table.c.parent.is_(None))
        with self.engine.connect() as to:
            found = {bool(is_file): int(count) for is_file, count in to.execute(query)}
        return found.get(True, 0), found.get(False, 0)

    def members_of(self, id_: str) -> list[tuple[str, tuple[str, ...]]]:
        """Give the documents inside a document, each with every path at which it was found; none that was removed."""
        lines = tables.inputs
        inside = sa.select(lines.c.id).where(lines.c.parent.in_(sa.select(lines.c.path).where(lines.c.id == id_)))
        query = sa.select(lines.c.id, lines.c.path).where(lines.c.id.in_(inside), lines.c.state != "removed")
        query = query.order_by(lines.c.id, lines.c.path)
        found: dict[str, tuple[str, ...]] = {}
        with self.engine.connect() as to:
            for member, path in to.execute(query):
                found[str(member)] = (*found.get(str(member), ()), str(path))
        return list(found.items())

    def count_originals(self) -> int:
        """Count the documents that came as files of their own, but for those that came inside another one first."""
        table = tables.documents
        with self.engine.connect() as to:
            return int(to.scalar(sa.select(sa.func.count()).where(table.c.parent.is_(None))) or 0)

    def stock(self) -> Stock:
        """Count the documents, what they wait for and their originals, in one go through them."""
        table = tables.documents
        is_kept = sa.and_(table.c.parent.is_(None), table.c.in_place == 0)
        columns = (
            table.c.doc_type,
            sa.func.count(),
            sa.func.sum(sa.case((table.c.unread > 0, 1), else_=0)),
            sa.func.sum(sa.case((is_kept, table.c.size), else_=0)),
            sa.func.sum(table.c.in_place),
        )
        with self.engine.connect() as to:
            found = to.execute(sa.select(*columns).group_by(table.c.doc_type)).all()
        types = sorted(((str(row[0]), int(row[1])) for row in found), key=lambda each: (-each[1], each[0]))
        return Stock(tuple(types), *(sum(int(row[place]) for row in found) for place in (2, 3, 4)))

    def originals(self) -> Iterator[Original]:
        """Yield the original of every document that came as a file of its own, older versions included."""
        table, last = tables.documents, 0
        columns = [table.c[name] for name in ("doc", "id", "sha256", "path", "parent", "in_place")]
        while True:
            query = sa.select(*columns).where(table.c.doc > last).order_by(table.c.doc).limit(CHUNK)
            with self.engine.connect() as to:
                found = to.execute(query).mappings().all()
                seen = self._seen(to, [row["id"] for row in found])
            if not found:
                return
            for row in found:
                paths = seen.get(row["id"], ())
                if paths or row["parent"] is None:
                    path = row["path"] if row["parent"] is None else paths[0][0]
                    yield Original(row["id"], row["sha256"], path, paths, bool(row["in_place"]))
            last = found[-1]["doc"]

    def original_of(self, id_: str) -> Original | None:
        """Give the original of one document; None where it came inside another file only, or is not there."""
        table = tables.documents
        with self.engine.connect() as to:
            row = to.execute(sa.select(table).where(table.c.id == id_)).mappings().first()
            paths = self._seen(to, [id_]).get(id_, ())
        if row is None or not (paths or row["parent"] is None):
            return None
        path = row["path"] if row["parent"] is None else paths[0][0]
        return Original(id_, row["sha256"], path, paths, bool(row["in_place"]))

    def _seen(self, to: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, int | None, int | None], ...]]:
        table = tables.inputs
        query = sa.select(table.c.id, table.c.path, table.c.size, table.c.modified)
        query = query.where(table.c.id.in_(ids), table.c.parent.is_(None)).order_by(table.c.path)
        found: dict[str, tuple[tuple[str, int | None, int | None], ...]] = {}
        for id_, path, size, modified in to.execute(query):
            found[id_] = (*found.get(id_, ()), (path, size, modified))
        return found

    def without_input(self) -> list[str]:
        """Give the documents that no line of the ledger names, and whose path has none.

        The line of an older version's path is the newer one's, or tells that the file there cannot be read now.
        """
        table, inputs = tables.documents, tables.inputs
        replaced = sa.select(table.c.replaces).where(table.c.replaces.is_not(None))
        query = sa.select(table.c.id).where(
            table.c.id.not_in(sa.select(inputs.c.id).where(inputs.c.id.is_not(None))),
            table.c.id.not_in(replaced),
            table.c.path.not_in(sa.select(inputs.c.path)),
        )
        with self.engine.connect() as to:
            return list(to.scalars(query))

    def without_document(self) -> list[str]:
        """Give the paths that count as imported and whose document is not there."""
        table, inputs = tables.documents, tables.inputs
        query = sa.select(inputs.c.path).outerjoin(table, inputs.c.id == table.c.id).where(table.c.id.is_(None))
        with self.engine.connect() as to:
            return list(to.scalars(query.where(inputs.c.state.in_(("imported", "duplicate")))))


def input_row(entry: Input, run: int, **changed: Any) -> dict[str, Any]:
    """Give the row of a line."""
    names = ("path", "size", "modified", "state", "reason", "message", "id", "parent")
    return {name: getattr(entry, name) for name in names} | {"run": run} | changed


def _read_input(row: Any) -> Input:
    names = ("path", "size", "modified", "state", "reason", "message", "id", "parent")
    return Input(**{name: row[name] for name in names})


def _waiting_for_ocr() -> Any:
    return (
        sa.select(tables.inputs.c.path)
        .join(tables.documents, tables.documents.c.id == tables.inputs.c.id)
        .where(tables.documents.c.unread > 0)
        .order_by(tables.inputs.c.path)
    )


def _below(root: str) -> Any:
    """Give the condition for a path at or below a folder; the key's order finds it, and `0` follows `/`."""
    path, folder = tables.inputs.c.path, root.rstrip("/")
    return sa.or_(path == root, sa.and_(path >= folder + "/", path < folder + "0"))


def note_run(to: Connection, run: int, tally: Tally) -> None:
    """Write down how far a run is, so that one that is killed is known by what it did."""
    _write_run(to, run, _tally_row(tally))


def _write_run(to: Connection, run: int, values: dict[str, Any]) -> None:
    to.execute(sa.update(tables.runs).where(tables.runs.c.run == run).values(values))


def _tally_row(tally: Tally) -> dict[str, Any]:
    shown = {"counts": json.dumps(dict(tally.counts)), "reasons": json.dumps(dict(tally.reasons))}
    return shown | {"files": tally.files, "seconds": tally.seconds, "vanished": tally.vanished}


def _read_run(row: Any) -> Run:
    return Run(
        row["run"],
        row["kind"],
        tuple(json.loads(row["paths"])),
        row["started"],
        row["ended"],
        row["outcome"],
        row["seconds"],
        row["program"],
        row["files"],
        row["vanished"],
        tuple(json.loads(row["counts"] or "{}").items()),
        tuple(json.loads(row["reasons"] or "{}").items()),
    )
