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
from corpus.database import insert_rows, insert_values, parts
from corpus.names import add_names
from corpus.records import Record
from corpus.rows import read_signature
from corpus.similarity import NEAR, PERMUTATIONS, ROWS, bands, resemblance

Row = dict[str, Any]
#: So many papers that share a band with a new one are compared with it.
NEAR_LIMIT = 50


def _one_of(name: str) -> Any:
    return sa.bindparam(name, expanding=True)


#: Made once: a list of values would be written out anew for each paper, which takes longer than to look them up.
_SHARING = (
    sa.select(tables.sketches.c.doc)
    .where(tables.sketches.c.band.in_([sa.bindparam(f"band{at}") for at in range(PERMUTATIONS // ROWS)]))
    .distinct()
    .limit(NEAR_LIMIT)
)
_KNOWN_BANDS = sa.select(tables.sketches.c.band).where(tables.sketches.c.band.in_(_one_of("bands"))).distinct()
_SIGNED = sa.select(tables.documents.c.doc, tables.documents.c.group, tables.documents.c.record).where(
    tables.documents.c.doc.in_(_one_of("docs"))
)
_NEWEST = sa.select(sa.func.coalesce(sa.func.max(tables.documents.c.doc), 0))


class Batch:
    """What is known of the documents and paths of one batch, and the rows that wait to be written."""

    def __init__(self, to: Connection, records: Sequence[Record], paths: Sequence[str]):
        self.to = to
        documents, inputs, removals = tables.documents, tables.inputs, tables.removals
        ids = [record.id for record in records]
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
        #: Those that wait to be written, by key.
        self._new: dict[int, Row] = {}
        self._last = int(to.scalar(_NEWEST) or 0)
        self._rows: dict[sa.Table, list[Row]] = {}
        self._inputs: dict[str, Row] = {}
        self._lines = set(self.ids)
        self._bands = {record.id: bands(record.signature) for record in records}
        self._known_bands = self._find_bands()
        self._sketches: list[tuple[int, int]] = []
        #: The documents of this batch by their bands.
        self._sketched: dict[int, list[int]] = {}
        #: Group and signature of documents, as far as they were asked for.
        self._signed: dict[int, tuple[str, tuple[int, ...]]] = {}

    def _find(self, query: Any, column: Any, values: Sequence[str]) -> Iterator[Any]:
        for part in parts(list(dict.fromkeys(values))):
            yield from self.to.execute(query.where(column.in_(part)))

    def _find_bands(self) -> set[int]:
        """Give the bands of the batch that the archive has, too: most papers have none, and so no version in it."""
        every = (band for of_record in self._bands.values() for band in of_record)
        return {band for part in parts(every) for band in self.to.scalars(_KNOWN_BANDS, {"bands": part})}

    def add(self, table: sa.Table, rows: Iterable[Row]) -> None:
        """Keep rows of a table until the end."""
        self._rows.setdefault(table, []).extend(rows)

    def add_document(self, row: Row, doc: int | None) -> int:
        """Keep the row of a document, which has the key `doc` or gets one; give its key."""
        if doc is None:
            doc = self._last = self._last + 1
        self._new[doc] = {"doc": doc, **row}
        return doc

    def note(self, row: Row) -> None:
        """Keep the line of the ledger for a path; a later one of the same path takes its place."""
        self._inputs[row["path"]] = row
        self.ids[row["path"]] = row["id"]

    # --- versions and copies ---------------------------------------------------------------------------------------

    def group_of(self, record: Record) -> str | None:
        """Give the group of the nearest version or copy that is in the archive, or this batch, already."""
        if not (docs := self._sharing(self._bands[record.id])[:NEAR_LIMIT]):
            return None
        self._sign([doc for doc in docs if doc not in self._signed])
        near = [self._signed[doc] for doc in docs if doc in self._signed]
        score, group = max(((resemblance(record.signature, signed), of) for of, signed in near), default=(0.0, None))
        return group if score >= NEAR else None

    def sketch(self, doc: int, record: Record, group: str) -> None:
        """Keep the bands of a new document: the next ones of the batch may be versions of it."""
        self._signed[doc] = group, record.signature
        self._sketches += [(band, doc) for band in self._bands[record.id]]
        for band in self._bands[record.id]:
            self._sketched.setdefault(band, []).append(doc)

    def _sharing(self, sketched: Sequence[int]) -> list[int]:
        """Give some of the documents that share a band with a paper, those of this batch first."""
        found = dict.fromkeys(doc for band in sketched for doc in self._sketched.get(band, ()))
        if not self._known_bands.isdisjoint(sketched):
            found |= dict.fromkeys(self.to.scalars(_SHARING, {f"band{at}": band for at, band in enumerate(sketched)}))
        return list(found)

    def _sign(self, docs: Sequence[int]) -> None:
        for doc, group, packed in self.to.execute(_SIGNED, {"docs": docs}) if docs else ():
            self._signed[doc] = group, read_signature(packed)

    # --- writing ---------------------------------------------------------------------------------------------------

    def settle(self, doc: int) -> None:
        """Write what was kept where this document is among it, so that statements reach it."""
        if doc in self._new:
            self.write()

    def forget(self, doc: int) -> None:
        """Forget what is known of a document whose rows are removed."""
        self._signed.pop(doc, None)

    def write(self) -> None:
        """Write what was kept."""
        for part in parts(path for path in self._inputs if path in self._lines):
            self.to.execute(sa.delete(tables.inputs).where(tables.inputs.c.path.in_(part)))
        self._lines |= self._inputs.keys()
        insert_rows(self.to, tables.inputs, list(self._inputs.values()))
        insert_rows(self.to, tables.documents, list(self._new.values()))
        for table, rows in self._rows.items():
            insert_rows(self.to, table, rows)
        add_names(self.to, {row["key"] for row in self._rows.get(tables.references, ()) if row["kind"] == "instrument"})
        # In the order of their tree, of which each page is then fetched once.
        insert_values(self.to, tables.sketches, ("band", "doc"), sorted(self._sketches))
        documents = tables.documents
        for kept in parts(self.kept):
            self.to.execute(
                sa.update(documents).where(documents.c.doc.in_(kept), documents.c.in_place == 1).values(in_place=0)
            )
        self._rows, self._inputs, self._new, self._sketches, self.kept = {}, {}, {}, [], []
