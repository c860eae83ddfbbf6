"""What belongs to what: references out of and into documents, joined on keys when they are read.

Nothing is stored here. A reference keeps its key, a document its own keys; an answer that arrives a year after the
letter that cites it is found by the same join. A case number resolves to the case and a meeting to the meeting: their
papers are members. For documents, letters and attachments exactly one candidate makes a link; several are candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.collector import collecting_rarely
from corpus.database import parts
from corpus.judged import Verdict, as_judged, judge_link
from corpus.names import known_names, same_names
from corpus.numbers import Number, parse
from corpus.papers import (
    MENTIONS,
    OUTSIDE,
    Link,
    Listing,
    Paper,
    State,
    first_members,
    paper_query,
    read_link,
    read_paper,
    reference_query,
)
from corpus.register import names_of
from corpus.resolver import LIMIT, Resolver
from corpus.rows import WHOLE_MEETINGS, read_signature
from corpus.similarity import NEAR, bands, resemblance
from corpus.tables import IS_CASE, documents, inputs, meetings, numbers, references, sketches
from corpus.ties import LETTERS, citing_beside, citing_letter

__all__ = ["EXPECTED", "Link", "Links", "Paper", "State", "Verdict", "pairs"]

#: Kinds of references whose target could be in the archive: laws and instruments are cited, not filed.
EXPECTED = ("case", "document", "letter", "meeting")


class Links:
    """The joins over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    # --- cases -------------------------------------------------------------------------------------------------

    def members(self, key: str, limit: int = LIMIT) -> list[Paper]:
        """Give the papers whose own case number this is, oldest first; of a meeting, the items."""
        with self.engine.connect() as to:
            return first_members(to, "case", key, limit)

    def citing(self, key: str, limit: int = LIMIT) -> list[Link]:
        """Give the first references to a case from papers, and items of meetings, outside it, oldest first."""
        with self.engine.connect() as to:
            return [read_link(row, "resolved", ()) for row in OUTSIDE.page(to, limit, key=key)]

    def case_numbers(self, key: str) -> dict[str, int]:
        """Count the forms in which the first papers of a case give its number."""
        some = sa.select(numbers.c.value).where(numbers.c.kind == "case", numbers.c.key == key)
        value = some.order_by(numbers.c.dated).limit(1000).subquery().c.value
        with self.engine.connect() as to:
            return {str(form): int(n) for form, n in to.execute(sa.select(value, sa.func.count()).group_by(value))}

    def with_serial(self, serial: str, limit: int = 10) -> list[tuple[str, str]]:
        """Give the cases, as (key, number), of any year and kind with a running number."""
        query = sa.select(numbers.c.key, sa.func.min(numbers.c.value)).where(IS_CASE, numbers.c.serial == serial)
        with self.engine.connect() as to:
            found = to.execute(query.group_by(numbers.c.key).order_by(numbers.c.key).limit(limit))
            return [(key, value) for key, value in found]

    def numbers_with_serial(self, serial: str) -> tuple[Number, ...]:
        """Give the first hundred case numbers with a running number, given without its leading zeros."""
        return tuple(number for _, value in self.with_serial(serial, 100) if (number := parse(value)))

    def own_cases(self, id_: str) -> list[tuple[str, str, int | None]]:
        """Give a document's own case numbers as (key, number, item)."""
        query = (
            sa.select(numbers.c.key, numbers.c.value, numbers.c.item)
            .join(documents, documents.c.doc == numbers.c.doc)
            .where(documents.c.id == id_, numbers.c.kind == "case")
        )
        with self.engine.connect() as to:
            return [(key, value, item) for key, value, item in to.execute(query)]

    # --- documents ---------------------------------------------------------------------------------------------

    def out_of(self, id_: str, limit: int = LIMIT, offset: int = 0) -> list[Link]:
        """Give a page of the references of a document, resolved as far as the archive goes."""
        return self.out_of_all([id_], limit, offset).get(id_, [])

    @collecting_rarely()
    def out_of_all(self, ids: Sequence[str], limit: int = LIMIT, offset: int = 0) -> dict[str, list[Link]]:
        """Give the references of many documents, resolved together; of each the same page."""
        found: dict[str, list[Link]] = {}
        with self.engine.connect() as to:
            resolver = Resolver(to)
            for part in parts(list(dict.fromkeys(ids))):
                rows = to.execute(_OUT_OF, {"ids": part}).mappings().all()
                for link in as_judged(to, resolver.resolve(_paged(rows, limit, offset))):
                    found.setdefault(link.source.id, []).append(link)
        return found

    def count_out_of(self, id_: str) -> int:
        """Count the references of a document."""
        with self.engine.connect() as to:
            return int(to.scalar(_COUNT_OUT_OF, {"id": id_}) or 0)

    def judge(self, link: Link, target: str, verdict: Verdict, who: str) -> None:
        """Keep what a person says of a link: its target is confirmed (the only one) or rejected."""
        with self.engine.begin() as to:
            judge_link(to, link, target, verdict, who)

    @collecting_rarely()
    def into(self, id_: str, limit: int = LIMIT, offset: int = 0) -> list[Link]:
        """Give references of other documents that resolve to this one by its number, date or meeting, oldest first.

        A page is cut before what is ambiguous is left out: it may show fewer than `limit`, and the next one more.
        """
        with self.engine.connect() as to:
            if (meant := _into(to, id_)) is None:
                return []
            found = as_judged(to, Resolver(to).resolve(_MEANING.page(to, limit, offset, **meant)))
            links = [
                link for link in found if link.state == "resolved" and any(paper.id == id_ for paper in link.targets)
            ]
        unique = {(link.source.id, link.kind, link.start, link.shown): link for link in links}
        return sorted(unique.values(), key=lambda link: (link.source.date or "", link.source.id, link.start))

    def unnumbered_answers(self, id_: str) -> list[Link]:
        """Give the references to a hearing, by its day, of answers that bear no case number; they are few or none."""
        with self.engine.connect() as to:
            doc = to.scalar(_DOC, {"id": id_})
            day = to.scalar(_DAY, {"doc": doc})
            found = set(to.scalars(_ANSWERS, {"letter": doc, "day": day})) if day else set()
        return [link for link in self.into(id_) if link.kind == "letter" and link.source.id in found] if found else []

    def count_into(self, id_: str) -> int:
        """Count the references of other documents that may mean this one."""
        with self.engine.connect() as to:
            meant = _into(to, id_)
            return 0 if meant is None else _MEANING.count(to, **meant)

    def attachments_of(self, id_: str) -> list[Paper]:
        """Give what stood inside a mail or an archive file; also what was filed elsewhere with the same content."""
        outer = sa.select(inputs.c.path).where(inputs.c.id == id_)
        inner = sa.select(inputs.c.id).where(inputs.c.parent.in_(outer))
        query = paper_query().where(documents.c.id.in_(inner)).order_by(documents.c.path)
        with self.engine.connect() as to:
            return [read_paper(row) for row in to.execute(query.limit(LIMIT)).mappings()]

    def of_meetings(self, id_: str) -> list[Paper]:
        """Give the other papers of the meetings to which a document belongs."""
        own = sa.select(meetings.c.body, meetings.c.date).join(documents, documents.c.doc == meetings.c.doc)
        with self.engine.connect() as to:
            found: dict[str, Paper] = {}
            for body, date in to.execute(own.where(documents.c.id == id_)).all():
                query = paper_query(meetings).where(meetings.c.body == body, meetings.c.date == date)
                found |= {row["id"]: read_paper(row) for row in to.execute(query.limit(LIMIT)).mappings()}
        return [paper for paper in found.values() if paper.id != id_]

    def near(self, id_: str, limit: int = LIMIT) -> list[tuple[Paper, float]]:
        """Give the versions and copies of a document with their resemblance (0 to 1), most alike first."""
        own = sa.select(documents.c.doc, documents.c.doc_type, documents.c.record).where(documents.c.id == id_)
        with self.engine.connect() as to:
            doc, doc_type, packed = to.execute(own).one()
            signed = read_signature(packed) if doc_type not in WHOLE_MEETINGS else ()
            docs = sa.select(sketches.c.doc).where(sketches.c.band.in_(bands(signed)), sketches.c.doc != doc).distinct()
            query = paper_query().add_columns(documents.c.record).where(documents.c.doc.in_(docs.limit(limit)))
            found = [
                (read_paper(row), resemblance(signed, read_signature(row["record"])))
                for row in to.execute(query).mappings()
            ]
        return sorted(((paper, alike) for paper, alike in found if alike >= NEAR), key=lambda each: -each[1])

    # --- instruments -------------------------------------------------------------------------------------------

    def instrument_keys(self, key: str) -> dict[str, str]:
        """Give every key that names the same instrument as `key`, each with its name as printed."""
        with self.engine.connect() as to:
            ours, others = names_of(to, key)
            same = known_names(to, ours).union(same_names(to, sorted(ours | {key}), others))
            printed = {found: _printed_name(to, found) for found in sorted(same)}
        return {found: name for found, name in printed.items() if name is not None}

    def naming(self, keys: Sequence[str], limit: int = LIMIT) -> list[Link]:
        """Give the references to an instrument under any of its keys, oldest first."""
        with self.engine.connect() as to:
            return [read_link(row, "resolved", ()) for row in MENTIONS.page(to, limit, keys=keys)]

    def paper(self, id_: str) -> Paper:
        """Give one document as a link's end."""
        with self.engine.connect() as to:
            return read_paper(to.execute(paper_query().where(documents.c.id == id_)).mappings().one())

    # --- every link of the archive -----------------------------------------------------------------------------

    def ids(self) -> Iterator[str]:
        """Yield the id of every document, in the order in which they came."""
        with self.engine.connect() as to:
            yield from to.scalars(sa.select(documents.c.id).order_by(documents.c.doc))


def _into(to: Connection, id_: str) -> dict[str, Any] | None:
    """Give what `_MEANING` asks of references that may mean a document; None where it has no number, day or meeting."""
    doc = to.scalar(_DOC, {"id": id_})
    own = to.execute(_NUMBERS, {"doc": doc}).all()
    cases, named = ([key for of, key in own if of == kind] for kind in ("case", "document"))
    day = to.scalar(_DAY, {"doc": doc})
    citing = list(to.scalars(citing_letter(), {"letter": doc, "day": day})) if day else []
    if citing and not cases:
        citing += to.scalars(citing_beside(), {"docs": citing, "day": day})
    held = to.execute(_MEETINGS, {"doc": doc}).all()
    if not (cases or named or day or held):
        return None
    at = {"bodies": [body for body, _ in held], "days": [date for _, date in held]}
    return {"doc": doc, "cases": cases, "documents": named, "letter_day": day, "citing": citing, **at}


def _paged(rows: Sequence[Any], limit: int, offset: int) -> list[Any]:
    """Give a page of the references of each document; `rows` come document by document."""
    every = (islice(own, offset, offset + limit) for _, own in groupby(rows, key=lambda row: row["doc"]))
    return [row for page in every for row in page]


def _printed() -> Any:
    """Select the first name by the alphabet of the first thousand mentions under one key."""
    of_key = (references.c.kind == "instrument", references.c.key == sa.bindparam("key"))
    some = sa.select(references.c.shown).where(*of_key).limit(1000).subquery()
    return sa.select(sa.func.min(some.c.shown))


def _meaning() -> Any:
    """Give one condition for each kind of key by which references may mean the document `doc`.

    A document is a paper of one meeting at most.
    """
    kind, key, date = references.c.kind, references.c.key, references.c.date
    of_day = (key.is_(None), date == sa.bindparam("letter_day"), references.c.doc.in_(_among("citing")))
    by_key = (
        sa.and_(kind == "case", key.in_(_among("cases"))),
        sa.and_(kind == "document", key.in_(_among("documents"))),
        sa.and_(kind == "letter", *of_day),
        sa.and_(kind == "meeting", key.in_(_among("bodies")), date.in_(_among("days"))),
    )
    return sa.and_(sa.or_(*by_key), references.c.doc != sa.bindparam("doc"))


def _among(name: str) -> Any:
    return sa.bindparam(name, expanding=True)


#: The statements, made once: making them for each answer cost more than asking them.
_PRINTED = _printed()
_MEANING = Listing(reference_query(), references, _meaning())
_OF_DOC: Any = sa.bindparam("doc")
_DOC = sa.select(documents.c.doc).where(documents.c.id == sa.bindparam("id"))
_NUMBERS = sa.select(numbers.c.kind, numbers.c.key).where(numbers.c.doc == _OF_DOC)
_DAY = sa.select(documents.c.date).where(documents.c.doc == _OF_DOC, documents.c.doc_type.in_(LETTERS))
_MEETINGS = sa.select(meetings.c.body, meetings.c.date).where(meetings.c.doc == _OF_DOC)
_ANSWERS = sa.select(documents.c.id).where(
    documents.c.doc.in_(citing_letter()),
    documents.c.doc_type.in_(("hearing_response", "email")),
    ~sa.exists().where(numbers.c.doc == documents.c.doc, numbers.c.kind == "case"),
)
_OUT_OF = (
    reference_query()
    .order_by(None)
    .order_by(references.c.doc, references.c.ordinal)
    .where(documents.c.id.in_(_among("ids")))
)
_COUNT_OUT_OF = sa.select(sa.func.count()).select_from(references).where(references.c.doc == _DOC.scalar_subquery())


def _printed_name(to: Connection, key: str) -> str | None:
    """Give a name as printed; None where no document has it any more."""
    name: str | None = to.scalar(_PRINTED, {"key": key})
    return name


def pairs(links: Iterable[Link]) -> Iterator[tuple[Link, Paper]]:
    """Yield each link with each of its targets."""
    for link in links:
        for paper in link.targets:
            yield link, paper
