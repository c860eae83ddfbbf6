"""The ledger: one line for every file ever seen, members of archives included, and the runs that wrote them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import tables
from corpus.database import new_key, now, parts


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


class Ledger:
    """The lines and runs of one catalogue. A line is written together with its document (`Catalogue.put`)."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def begin_run(self, paths: Sequence[str]) -> int:
        """Open a run and give its number."""
        values = {"started": now(), "paths": json.dumps(list(paths), ensure_ascii=False)}
        with self.engine.begin() as to:
            return new_key(to.execute(sa.insert(tables.runs).values(values)))

    def end_run(self, run: int, counts: dict[str, int]) -> None:
        """Close a run with its counts by state."""
        values = {"ended": now(), "counts": json.dumps(counts)}
        with self.engine.begin() as to:
            to.execute(sa.update(tables.runs).where(tables.runs.c.run == run).values(values))

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
        below = sa.or_(table.c.path == root, table.c.path.startswith(root.rstrip("/") + "/", autoescape=True))
        with self.engine.connect() as to:
            return list(
                to.scalars(sa.select(table.c.path).where(table.c.parent.is_(None), below).order_by(table.c.path))
            )

    def failures(self) -> list[Input]:
        """Give every line of the ledger that did not become a document, by reason and path."""
        table = tables.inputs
        query = sa.select(table).where(table.c.state.in_(("failed", "skipped"))).order_by(table.c.reason, table.c.path)
        with self.engine.connect() as to:
            return [_read_input(row) for row in to.execute(query).mappings()]

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

    def last_runs(self, limit: int) -> list[dict[str, Any]]:
        """Give the newest runs, newest first."""
        query = sa.select(tables.runs).order_by(tables.runs.c.run.desc()).limit(limit)
        with self.engine.connect() as to:
            return [
                {
                    "run": row["run"],
                    "started": row["started"],
                    "ended": row["ended"],
                    "paths": json.loads(row["paths"]),
                    "counts": json.loads(row["counts"] or "{}"),
                }
                for row in to.execute(query).mappings()
            ]

    def without_input(self) -> list[str]:
        """Give the documents that no line of the ledger names."""
        table, inputs = tables.documents, tables.inputs
        query = sa.select(table.c.id).outerjoin(inputs, inputs.c.id == table.c.id).where(inputs.c.id.is_(None))
        with self.engine.connect() as to:
            return [id_ for id_ in to.scalars(query) if not self._was_replaced(to, id_)]

    def _was_replaced(self, to: Connection, id_: str) -> bool:
        """An older version of a file is a document without a path: the path is the newer one's."""
        query = sa.select(tables.documents.c.id).where(tables.documents.c.replaces == id_)
        return to.scalar(query) is not None

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
