"""One transaction of an import: what it has to know is read first, what it writes is written together at its end.

A statement costs a tenth of a millisecond, and a document has rows in ten tables: by itself each would take longer than
its text takes to index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus import tables
from corpus.corrections import Correction, corrections_of
from corpus.database import parts
from corpus.similarity import PERMUTATIONS, ROWS

Row = dict[str, Any]
#: So many papers that share a band with a new one are asked for.
SHARING_LIMIT = 50
#: Made once: a list of values would be written out anew for each paper, which takes longer than to look them up.
_SHARING = (
    sa.select(tables.sketches.c.doc)
    .where(tables.sketches.c.band.in_([sa.bindparam(f"band{at}") for at in range(PERMUTATIONS // ROWS)]))
    .distinct()
    .limit(SHARING_LIMIT)
)


class Batch:
    """What is known of the documents and paths of one batch, and the rows that wait to be written."""

    def __init__(self, to: Connection, ids: Sequence[str], paths: Sequence[str]):
        self.to = to
        documents, inputs, removals = tables.documents, tables.inputs, tables.removals
        self.removed = {id_ for (id_,) in self._find(sa.select(removals.c.id), removals.c.id, ids)}
        self.documents: dict[str, tuple[int, str]] = {
            id_: (doc, path)
            for id_, doc, path in self._find(
                sa.select(documents.c.id, documents.c.doc, documents.c.path), documents.c.id, ids
            )
        }
        self.ids: dict[str, str | None] = dict(self._find(sa.select(inputs.c.path, inputs.c.id), inputs.c.path, paths))
        self.corrections: dict[str, list[Correction]] = {}
        for part in parts(list(dict.fromkeys(ids))):
            self.corrections |= corrections_of(to, part)
        #: Documents of which the archive has the original now, wherever that was left before.
        self.kept: list[int] = []
        self._rows: dict[sa.Table, list[Row]] = {}
        self._inputs: dict[str, Row] = {}
        #: The documents of this batch by their bands.
        self._sketched: dict[int, list[int]] = {}

    def _find(self, query: Any, column: Any, values: Sequence[str]) -> Iterator[Any]:
        for part in parts(list(dict.fromkeys(values))):
            yield from self.to.execute(query.where(column.in_(part)))

    def add(self, table: sa.Table, rows: Iterable[Row]) -> None:
        """Keep rows of a table until the end."""
        self._rows.setdefault(table, []).extend(rows)

    def note(self, row: Row) -> None:
        """Keep the line of the ledger for a path; a later one of the same path takes its place."""
        self._inputs[row["path"]] = row
        self.ids[row["path"]] = row["id"]

    def sketch(self, doc: int, bands: Sequence[int]) -> None:
        """Keep the bands of a new document."""
        self.add(tables.sketches, [{"doc": doc, "band": band} for band in bands])
        for band in bands:
            self._sketched.setdefault(band, []).append(doc)

    def sharing(self, bands: Sequence[int]) -> list[int]:
        """Give some of the documents that share a band with a paper, those of this batch first."""
        found = dict.fromkeys(doc for band in bands for doc in self._sketched.get(band, ()))
        if bands:
            found |= dict.fromkeys(self.to.scalars(_SHARING, {f"band{at}": band for at, band in enumerate(bands)}))
        return list(found)

    def write(self) -> None:
        """Write what was kept."""
        for part in parts(list(self._inputs)):
            self.to.execute(sa.delete(tables.inputs).where(tables.inputs.c.path.in_(part)))
        if self._inputs:
            self.to.execute(sa.insert(tables.inputs), list(self._inputs.values()))
        for table, rows in self._rows.items():
            if rows:
                self.to.execute(sa.insert(table), rows)
        documents = tables.documents
        for kept in parts(self.kept):
            self.to.execute(
                sa.update(documents).where(documents.c.doc.in_(kept), documents.c.in_place == 1).values(in_place=0)
            )
        self._rows, self._inputs, self.kept = {}, {}, []
