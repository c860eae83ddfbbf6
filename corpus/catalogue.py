"""The catalogue: the truth about what is in the archive. Its ledger is a file of its own (`ledger.py`).

Every method that writes is one transaction. A change of a document leaves a row in `changes`; the index follows them by
number (`index/sync.py`), so that a crash between the two heals when the index is opened next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import heads, rows, tables
from corpus.batch import Batch
from corpus.collector import collecting_rarely
from corpus.corrections import (
    Correction,
    add_correction,
    all_corrections,
    apply,
    check_value,
    corrections_of,
    undo_correction,
)
from corpus.database import now, open_database, parts
from corpus.ledger import Input, Ledger, Tally, input_row, note_run
from corpus.names import drop_unused_names, names_in
from corpus.records import Facts, Head, HeadItem, PageText, Record, Text
from corpus.similarity import bands

#: Tables that repeat facts of a record for joins, but for its bands.
DERIVED = (
    tables.items,
    tables.numbers,
    tables.references,
    tables.bodies,
    tables.parties,
    tables.meetings,
)


def _one_of(column: sa.Column[Any], name: str) -> Any:
    return column.in_(sa.bindparam(name, expanding=True))


#: Statements that lists of papers ask again and again, made once: to build one takes longer than to run it.
_STRINGS = (
    sa.select(tables.texts.c.doc, tables.texts.c.text)
    .where(_one_of(tables.texts.c.doc, "docs"))
    .order_by(tables.texts.c.doc, tables.texts.c.ordinal)
)
_DOCUMENTS = sa.select(tables.documents).where(_one_of(tables.documents.c.id, "ids"))
_PACKED = sa.select(tables.documents.c.id, tables.documents.c.record).where(_one_of(tables.documents.c.id, "ids"))
_TEXT = (
    sa.select(*(tables.texts.c[name] for name in ("page", "start", "text", "segments")))
    .where(tables.texts.c.doc == sa.bindparam("doc"))
    .order_by(tables.texts.c.ordinal)
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What one put did, and what it replaces.

    The document was new (`imported`), known from another path (`duplicate`) or from this one (`unchanged`), or it was
    `removed` before.
    """

    id: str
    state: str
    replaces: str | None = None


class Catalogue:
    """The records, texts, ledger and runs of one archive, in one database."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.ledger = Ledger(engine)

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Catalogue:
        """Open the database at `url`; raise ArchiveError where its tables are another version's."""
        return cls(open_database(url, create=create))

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    # --- writing -----------------------------------------------------------------------------------------------

    def put(
        self,
        entries: Iterable[tuple[Record | None, Input]],
        run: int,
        *,
        anew: bool = False,
        tally: Callable[[Sequence[Stored]], Tally] | None = None,
    ) -> list[Stored]:
        """Store records and their lines of the ledger, all or none; give what became of each record.

        A document that is there already stays as it is, or with `anew` becomes what the record says. What `tally`
        counts of the outcome is written down for the run with them.
        """
        waiting = list(entries)
        with collecting_rarely(), self.engine.begin() as to:
            batch = Batch(
                to, [record for record, _ in waiting if record is not None], [each.path for _, each in waiting]
            )
            stored = [self._put_one(batch, record, entry, run, anew) for record, entry in waiting]
            batch.write()
            if tally:
                note_run(to, run, tally(stored))
        return stored

    def _put_one(self, batch: Batch, record: Record | None, entry: Input, run: int, anew: bool) -> Stored:
        if record is None:
            if not entry.older:
                batch.note(input_row(entry, run))
            return Stored("", entry.state)
        if record.id in batch.removed:
            batch.note(input_row(entry, run, state="removed", id=record.id))
            return Stored(record.id, "removed")
        known = batch.ids.get(entry.path)
        replaces = known if known and known != record.id and not entry.older else None
        doc, first = batch.documents.get(record.id, (None, entry.path))
        before: str | None = None
        # A document is `imported` at the path that brought it first, `duplicate` at every other.
        state = "imported" if first == entry.path else "duplicate"
        if doc is not None and anew and state == "imported":
            batch.settle(doc)
            batch.forget(doc)
            before = self._forget(batch.to, doc)
        if doc is None or (anew and state == "imported"):
            self._insert(batch, record, replaces or before, doc, in_place=entry.in_place)
        elif entry.parent is None and not entry.in_place:
            batch.kept.append(doc)
        if doc is not None and "!/" in first and "!/" not in entry.path:
            # What came inside a mail first is shown at the file's path, in whichever order the two arrive.
            batch.settle(doc)
            table = tables.documents
            found = {"path": entry.path, "in_place": int(entry.in_place)}
            batch.to.execute(sa.update(table).where(table.c.doc == doc).values(found))
            batch.documents[record.id] = doc, entry.path
        batch.add(tables.changes, [{"id": record.id}])
        if not entry.older:
            batch.note(input_row(entry, run, state=state, id=record.id))
        return Stored(record.id, "unchanged" if known == record.id and not anew else state, replaces)

    def _forget(self, to: Connection, doc: int) -> str | None:
        """Remove a document's rows; give what it replaced."""
        replaced: str | None = to.scalar(sa.select(tables.documents.c.replaces).where(tables.documents.c.doc == doc))
        self._forget_bands(to, doc)
        for table in (*DERIVED, tables.texts, tables.documents):
            to.execute(sa.delete(table).where(table.c.doc == doc))
        return replaced

    def _forget_bands(self, to: Connection, doc: int) -> None:
        """Remove a document's bands by their keys; there is no other way to them."""
        table = tables.sketches
        packed = to.scalar(sa.select(tables.documents.c.record).where(tables.documents.c.doc == doc))
        wanted = bands(rows.read_signature(packed)) if packed else []
        to.execute(sa.delete(table).where(table.c.band.in_(wanted), table.c.doc == doc))

    def _insert(self, batch: Batch, record: Record, replaces: str | None, doc: int | None, *, in_place: bool) -> None:
        facts = apply(record.facts, batch.corrections.get(record.id, ()))
        shown = replace(record, facts=facts)
        is_sketched = facts.doc_type not in rows.WHOLE_MEETINGS
        row = rows.document_row(record, replaces, batch.group_of(record) if is_sketched else None)
        row |= {"doc_type": facts.doc_type, "title": facts.title, "date": facts.date, "in_place": int(in_place)}
        doc = batch.add_document(row, doc)
        batch.documents[record.id] = doc, record.path
        for table, found in _derived_rows(shown):
            batch.add(table, ({"doc": doc, **each} for each in found))
        if is_sketched:
            batch.sketch(doc, record, row["group"])
        batch.add(tables.texts, ({"doc": doc, **each} for each in rows.text_rows(record.text)))

    def _rewrite_facts(self, to: Connection, doc: int, record: Record, made: Sequence[Correction]) -> None:
        """Write what queries see of a document as people corrected it; the extracted facts stay in `record`."""
        facts = apply(record.facts, made)
        self._forget_bands(to, doc)
        for table in DERIVED:
            to.execute(sa.delete(table).where(table.c.doc == doc))
        shown = replace(record, facts=facts)
        for table, found in (*_derived_rows(shown), (tables.sketches, rows.band_rows(shown))):
            if new := [{"doc": doc, **row} for row in found]:
                to.execute(sa.insert(table), new)
        columns = {"doc_type": facts.doc_type, "title": facts.title, "date": facts.date}
        to.execute(sa.update(tables.documents).where(tables.documents.c.doc == doc).values(columns))

    # --- corrections -------------------------------------------------------------------------------------------

    def correct(self, id_: str, field: str, value: str, who: str) -> None:
        """Set a field of a document as a person says; raise UsageError where the field cannot hold the value."""
        kept = check_value(field, value)
        with self.engine.begin() as to:
            add_correction(to, id_, field, kept, who, now())
            self._follow_corrections(to, id_)

    def undo(self, id_: str, field: str) -> bool:
        """Take back the newest correction of a field; give whether there was one."""
        with self.engine.begin() as to:
            undone = undo_correction(to, id_, field)
            self._follow_corrections(to, id_)
        return undone

    def corrections(self, id_: str | None = None) -> list[Correction]:
        """Give the corrections of one document, or all, oldest first."""
        with self.engine.connect() as to:
            return corrections_of(to, [id_]).get(id_, []) if id_ else all_corrections(to)

    def _follow_corrections(self, to: Connection, id_: str) -> None:
        table = tables.documents
        row = to.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
        record = rows.read_record(dict(row), self._text(to, row["doc"], row["pages"]))
        self._rewrite_facts(to, row["doc"], record, corrections_of(to, [id_]).get(id_, []))
        to.execute(sa.insert(tables.changes).values(id=id_))

    def derive(self, to: Connection, tell: Callable[[int, int], None]) -> None:
        """Write anew from the records what the tables of facts repeat, where a migration made them empty."""
        table = tables.documents
        docs = to.execute(sa.select(table.c.doc, table.c.id).order_by(table.c.doc)).all()
        for done, (_, id_) in enumerate(docs):
            row = to.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
            record = rows.read_record(dict(row), self._text(to, row["doc"], row["pages"]))
            self._rewrite_facts(to, row["doc"], record, corrections_of(to, [id_]).get(id_, []))
            tell(done + 1, len(docs))

    def remove(self, ids: Sequence[str], reason: str, who: str) -> None:
        """Remove documents and all that is derived from them; they do not come back when their files are imported."""
        removed = {"state": "removed", "reason": "removed", "message": reason}
        with self.engine.begin() as to:
            named = names_in(to, ids)
            for id_ in ids:
                for doc in to.scalars(sa.select(tables.documents.c.doc).where(tables.documents.c.id == id_)).all():
                    self._forget(to, doc)
                    to.execute(sa.delete(tables.corrections).where(tables.corrections.c.id == id_))
                    to.execute(sa.insert(tables.removals).values(id=id_, reason=reason, who=who, at=now()))
                    to.execute(sa.update(tables.inputs).where(tables.inputs.c.id == id_).values(removed))
                    to.execute(sa.insert(tables.changes).values(id=id_))
            drop_unused_names(to, named)

    # --- following changes -------------------------------------------------------------------------------------

    def last_change(self) -> int:
        """Give the number of the newest change, 0 in an empty archive."""
        with self.engine.connect() as to:
            return int(to.scalar(sa.select(sa.func.max(tables.changes.c.sequence))) or 0)

    def changes_after(self, sequence: int, limit: int) -> list[tuple[int, str]]:
        """Give the changes after `sequence` as (number, document id), oldest first."""
        table = tables.changes
        query = sa.select(table.c.sequence, table.c.id).where(table.c.sequence > sequence).order_by(table.c.sequence)
        with self.engine.connect() as to:
            return [(number, id_) for number, id_ in to.execute(query.limit(limit))]

    def ids_since(self, sequence: int) -> set[str]:
        """Give the documents whose first change came after `sequence`."""
        table = tables.changes
        first = sa.select(table.c.id).group_by(table.c.id).having(sa.func.min(table.c.sequence) > sequence)
        with self.engine.connect() as to:
            return set(to.scalars(first))

    # --- saved questions ---------------------------------------------------------------------------------------

    def save_question(self, name: str, question: str, sequence: int) -> None:
        """Keep a question (JSON) under a name, asked at change `sequence`."""
        with self.engine.begin() as to:
            to.execute(sa.delete(tables.saved).where(tables.saved.c.name == name))
            to.execute(sa.insert(tables.saved).values(name=name, question=question, sequence=sequence))

    def saved_questions(self) -> dict[str, tuple[str, int]]:
        """Give question and last change asked at, by name."""
        with self.engine.connect() as to:
            return {row.name: (row.question, row.sequence) for row in to.execute(sa.select(tables.saved))}

    def forget_question(self, name: str) -> bool:
        """Forget a question; give whether there was one."""
        with self.engine.begin() as to:
            return bool(to.execute(sa.delete(tables.saved).where(tables.saved.c.name == name)).rowcount)

    # --- reading -----------------------------------------------------------------------------------------------

    def count(self) -> int:
        """Count the documents."""
        with self.engine.connect() as to:
            return int(to.scalar(sa.select(sa.func.count()).select_from(tables.documents)) or 0)

    def records(self, ids: Sequence[str]) -> list[Record]:
        """Give whole records in the order of `ids`; an id that is not there is left out."""
        found: dict[str, Record] = {}
        with self.engine.connect() as to:
            for part in parts(ids):
                made = corrections_of(to, part)
                for row in to.execute(_DOCUMENTS, {"ids": part}).mappings():
                    record = rows.read_record(dict(row), self._text(to, row["doc"], row["pages"]))
                    facts = apply(record.facts, made.get(record.id, ()))
                    found[record.id] = replace(record, facts=facts)
        return [found[id_] for id_ in ids if id_ in found]

    def texts_and_facts(self, ids: Sequence[str]) -> list[tuple[Record, str]]:
        """Give records without segments and evidence, which the index does not need, each with its group."""
        found: dict[str, tuple[Record, str]] = {}
        with self.engine.connect() as to:
            for part in parts(ids):
                made = corrections_of(to, part)
                shown = to.execute(_DOCUMENTS, {"ids": part}).mappings().all()
                strings = self._strings(to, [row["doc"] for row in shown])
                for row in shown:
                    text = Text(strings.get(row["doc"], ""), (), row["pages"])
                    record = rows.read_record(dict(row), text, evidence=False)
                    if corrected := made.get(record.id):
                        record = replace(record, facts=apply(record.facts, corrected))
                    found[record.id] = record, row["group"]
        return [found[id_] for id_ in ids if id_ in found]

    def _strings(self, to: Connection, docs: Sequence[int]) -> dict[int, str]:
        slices: dict[int, list[str]] = {}
        for doc, data in to.execute(_STRINGS, {"docs": docs}):
            slices.setdefault(doc, []).append(rows.read_slice(data))
        return {doc: "".join(found) for doc, found in slices.items()}

    def facts_of(self, ids: Sequence[str]) -> dict[str, Facts]:
        """Give what is known of documents in the order of `ids`, without their texts."""
        found: dict[str, Facts] = {}
        with self.engine.connect() as to:
            for part in parts(list(dict.fromkeys(ids))):
                made = corrections_of(to, part)
                for id_, packed in to.execute(_PACKED, {"ids": part}):
                    found[id_] = apply(rows.read_facts(rows.unpack(packed)["facts"]), made.get(id_, ()))
        return {id_: found[id_] for id_ in ids if id_ in found}

    def slices_at(self, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], PageText]:
        """Give the slices of texts in which offsets of documents (id, offset) stand."""
        with self.engine.connect() as to:
            return heads.read_slices_at(to, places)

    def record(self, id_: str) -> Record | None:
        """Give one whole record, None where it is not there."""
        found = self.records([id_])
        return found[0] if found else None

    def _text(self, to: Connection, doc: int, pages: int) -> Any:
        return rows.read_text([tuple(row) for row in to.execute(_TEXT, {"doc": doc})], pages)

    def pages(self, id_: str, start: int = 0, end: int | None = None) -> Iterator[PageText]:
        """Yield the slices of a document's text in order; with offsets, only those that hold something between them."""
        with self.engine.connect() as to:
            yield from heads.read_pages(to, id_, start, end)

    def short_texts(self, ids: Sequence[str]) -> dict[str, tuple[PageText, ...]]:
        """Give the slices of short texts in one go; longer ones are left to `pages`."""
        with self.engine.connect() as to:
            return heads.read_short_texts(to, ids)

    def heads(self, ids: Sequence[str]) -> dict[str, Head]:
        """Give what a list shows of each document."""
        found: dict[str, Head] = {}
        with self.engine.connect() as to:
            for part in parts(list(dict.fromkeys(ids))):
                found |= heads.read_heads(to, part)
        return found

    def head_items(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], HeadItem]:
        """Give what a list shows of agenda items, by document and place among its items."""
        with self.engine.connect() as to:
            return heads.read_items(to, places)

    def resolve_id(self, prefix: str) -> list[str]:
        """Give the ids that start with `prefix`, or the document at that path; at most ten."""
        documents, inputs = tables.documents, tables.inputs
        with self.engine.connect() as to:
            by_path = list(to.scalars(sa.select(inputs.c.id).where(inputs.c.path == prefix, inputs.c.id.is_not(None))))
            if by_path:
                return by_path
            name = prefix.casefold()
            if len(name) < 4 or set(name) - set("0123456789abcdef"):
                return list(
                    to.scalars(
                        sa.select(inputs.c.id).where(inputs.c.path.endswith("/" + prefix, autoescape=True)).limit(10)
                    )
                )
            # No hexadecimal digit comes after `g`. A range is served by an index, LIKE is not.
            begins = (documents.c.id >= name, documents.c.id < f"{name}g")
            return list(to.scalars(sa.select(documents.c.id).where(*begins).limit(10)))

    def paths_of(self, id_: str) -> list[str]:
        """Give every path at which a document was found: files before members, then by name."""
        table = tables.inputs
        with self.engine.connect() as to:
            found = to.scalars(sa.select(table.c.path).where(table.c.id == id_))
            return sorted(found, key=lambda path: ("!/" in path, path))


def _derived_rows(record: Record) -> tuple[tuple[sa.Table, Iterator[dict[str, Any]]], ...]:
    """Give the rows that repeat a record's facts for joins, but for its bands."""
    facts = record.facts
    return (
        (tables.items, rows.item_rows(facts)),
        (tables.numbers, rows.number_rows(facts, record.text.string)),
        (tables.references, rows.reference_rows(facts)),
        (tables.bodies, rows.body_rows(facts)),
        (tables.parties, rows.party_rows(facts, record.text.string)),
        (tables.meetings, rows.meeting_rows(facts)),
    )
