"""What belongs to what: references out of and into documents, joined on keys when they are read.

Nothing is stored here. A reference keeps its key, a document its own keys; an answer that arrives a year after the
letter that cites it is found by the same join. A case number resolves to the case and a meeting to the meeting: their
papers are members. For documents, letters and attachments exactly one candidate makes a link; several are candidates.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.instruments import same_instrument
from corpus.papers import (
    Link,
    Paper,
    State,
    first_members,
    first_references,
    paper_query,
    read_link,
    read_paper,
    reference_query,
)
from corpus.register import names_of
from corpus.resolver import CHUNK, LIMIT, Resolver
from corpus.rows import WHOLE_MEETINGS, read_signature
from corpus.similarity import NEAR, bands, resemblance
from corpus.tables import documents, inputs, judgements, meetings, numbers, references, sketches

__all__ = ["EXPECTED", "Link", "Links", "Paper", "State", "Verdict", "pairs"]

Verdict = Literal["confirmed", "rejected"]
#: Kinds of references whose target could be in the archive: laws and instruments are cited, not filed.
EXPECTED = ("case", "document", "letter", "meeting")
#: Verdicts of a document's judged references: (kind, what it shows) -> target -> verdict.
Judged = dict[tuple[str, str], dict[str, str]]


class Links:
    """The joins over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    # --- cases -------------------------------------------------------------------------------------------------

    def members(self, key: str, limit: int = LIMIT) -> list[Paper]:
        """Give the papers whose own case number this is, oldest first; of a meeting, the items."""
        with self.engine.connect() as to:
            return first_members(to, "case", key, limit)

    def case_numbers(self, key: str) -> dict[str, int]:
        """Count the forms in which the first papers of a case give its number."""
        some = sa.select(numbers.c.value).where(numbers.c.kind == "case", numbers.c.key == key)
        value = some.order_by(numbers.c.dated).limit(1000).subquery().c.value
        with self.engine.connect() as to:
            return {str(form): int(n) for form, n in to.execute(sa.select(value, sa.func.count()).group_by(value))}

    def keys_like(self, pattern: str, limit: int = 10) -> list[tuple[str, str]]:
        """Give the cases, as (key, number), whose printed number matches an SQL LIKE pattern."""
        query = (
            sa.select(numbers.c.key, sa.func.min(numbers.c.value))
            .where(numbers.c.kind == "case", numbers.c.value.like(pattern, escape="\\"))
            .group_by(numbers.c.key)
            .order_by(numbers.c.key)
            .limit(limit)
        )
        with self.engine.connect() as to:
            return [(key, value) for key, value in to.execute(query)]

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

    def out_of(self, id_: str, limit: int = LIMIT) -> list[Link]:
        """Give every reference of a document, resolved as far as the archive goes."""
        return self.out_of_all([id_], limit).get(id_, [])

    def out_of_all(self, ids: Sequence[str], limit: int = LIMIT) -> dict[str, list[Link]]:
        """Give the references of many documents, resolved together."""
        query = reference_query().order_by(None).order_by(references.c.doc, references.c.ordinal)
        found: dict[str, list[Link]] = {}
        with self.engine.connect() as to:
            resolver = Resolver(to)
            for part in _parts(list(dict.fromkeys(ids))):
                rows = to.execute(query.where(documents.c.id.in_(part))).mappings().all()
                said = _judgements(to, part)
                for link in resolver.resolve(_capped(rows, limit)):
                    own = link.source.id
                    found.setdefault(own, []).append(_judged(link, said[own]) if own in said else link)
        return found

    def judge(self, link: Link, target: str, verdict: Verdict, who: str) -> None:
        """Keep what a person says of a link: its target is confirmed (the only one) or rejected."""
        key = {"source": link.source.id, "kind": link.kind, "shown": _said(link), "target": target}
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with self.engine.begin() as to:
            to.execute(sa.delete(judgements).filter_by(**key))
            to.execute(sa.insert(judgements).values(**key, verdict=verdict, who=who, at=at))

    def into(self, id_: str, limit: int = LIMIT) -> list[Link]:
        """Give the references of other documents that resolve to this one by its number, date or meeting."""
        with self.engine.connect() as to:
            conditions = list(_conditions_into(to, id_))
            rows = [row for each in conditions for row in first_references(to, each, limit) if row["id"] != id_]
            said = _judgements(to, list({row["id"] for row in rows}))
            found = (_judged(link, said.get(link.source.id, {})) for link in Resolver(to).resolve(rows))
            links = [
                link for link in found if link.state == "resolved" and any(paper.id == id_ for paper in link.targets)
            ]
        unique = {(link.source.id, link.kind, link.start, link.shown): link for link in links}
        return sorted(unique.values(), key=lambda link: (link.source.date or "", link.source.id, link.start))[:limit]

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
            asked = ours | {key}
            same = [
                found
                for found in to.scalars(_instruments())
                if found in ours or (found not in others and any(same_instrument(each, found) for each in asked))
            ]
            return {found: _printed_name(to, found) for found in same}

    def naming(self, keys: Sequence[str], limit: int = LIMIT) -> list[Link]:
        """Give the references to an instrument under any of its keys, oldest first."""
        named = sa.and_(references.c.kind == "instrument", references.c.key.in_(keys))
        with self.engine.connect() as to:
            return [read_link(row, "resolved", ()) for row in first_references(to, named, limit)]

    def paper(self, id_: str) -> Paper:
        """Give one document as a link's end."""
        with self.engine.connect() as to:
            return read_paper(to.execute(paper_query().where(documents.c.id == id_)).mappings().one())

    # --- every link of the archive -----------------------------------------------------------------------------

    def ids(self) -> Iterator[str]:
        """Yield the id of every document, in the order in which they came."""
        with self.engine.connect() as to:
            yield from to.scalars(sa.select(documents.c.id).order_by(documents.c.doc))


def _conditions_into(to: Connection, id_: str) -> Iterator[Any]:
    """Give what references must have to mean a document, one condition for each kind of key."""
    doc = to.scalar(sa.select(documents.c.doc).where(documents.c.id == id_))
    own = to.execute(sa.select(numbers.c.kind, numbers.c.key).where(numbers.c.doc == doc)).all()
    for kind in ("case", "document"):
        if keys := [key for of, key in own if of == kind]:
            yield sa.and_(references.c.kind == kind, references.c.key.in_(keys))
    date = to.scalar(sa.select(documents.c.date).where(documents.c.doc == doc))
    if date:
        yield sa.and_(references.c.kind == "letter", references.c.key.is_(None), references.c.date == date)
    for body, day in to.execute(sa.select(meetings.c.body, meetings.c.date).where(meetings.c.doc == doc)).all():
        yield sa.and_(references.c.kind == "meeting", references.c.key == body, references.c.date == day)


def _capped(rows: Sequence[Any], limit: int) -> list[Any]:
    """Give the first references of each document; `rows` come document by document."""
    return [row for _, own in groupby(rows, key=lambda row: row["doc"]) for row in islice(own, limit)]


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _instruments() -> Any:
    """Select every key of an instrument once: each step of the recursion jumps to the next key of the index."""
    first = sa.select(sa.func.min(references.c.key).label("key")).where(references.c.kind == "instrument")
    steps = first.cte("names", recursive=True)
    following = sa.select(sa.func.min(references.c.key)).where(
        references.c.kind == "instrument", references.c.key > steps.c.key
    )
    every = steps.union_all(sa.select(following.scalar_subquery()).where(steps.c.key.is_not(None)))
    return sa.select(every.c.key).where(every.c.key.is_not(None), every.c.key != "")


def _printed_name(to: Connection, key: str) -> str:
    """Give a name as printed: of the first thousand mentions under one key, the first by the alphabet."""
    some = sa.select(references.c.shown).where(references.c.kind == "instrument", references.c.key == key).limit(1000)
    return str(to.scalar(sa.select(sa.func.min(some.subquery().c.shown))))


def _said(link: Link) -> str:
    """What a reference shows, by which a judgement finds it again when the document is read anew."""
    return " ".join(part for part in (link.label, link.shown, link.date) if part)


def _judgements(to: Connection, ids: Sequence[str]) -> dict[str, Judged]:
    """Give, for each judged reference of documents, the verdict on each target."""
    found: dict[str, Judged] = {}
    for row in to.execute(sa.select(judgements).where(judgements.c.source.in_(ids))).mappings():
        said = found.setdefault(row["source"], {})
        said.setdefault((row["kind"], row["shown"]), {})[row["target"]] = row["verdict"]
    return found


def _judged(link: Link, said: Judged) -> Link:
    verdicts = said.get((link.kind, _said(link)), {})
    confirmed = tuple(paper for paper in link.targets if verdicts.get(paper.id) == "confirmed")
    if confirmed:
        return replace(link, targets=confirmed, state="resolved", rule="confirmed", confidence=1.0)
    left = tuple(paper for paper in link.targets if verdicts.get(paper.id) != "rejected")
    if len(left) == len(link.targets):
        return link
    state: State = "missing" if not left else "resolved" if len(left) == 1 else link.state
    return replace(link, targets=left, state=state)


def pairs(links: Iterable[Link]) -> Iterator[tuple[Link, Paper]]:
    """Yield each link with each of its targets."""
    for link in links:
        for paper in link.targets:
            yield link, paper
