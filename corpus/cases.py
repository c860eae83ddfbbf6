"""What a case page reads of the catalogue: each list is a page of an index, each count is read from an index alone.

A standing case has ten thousand papers. Its lists are paged in the order of time; what is said of the whole (names,
spellings, neighbours) is counted over its first `SAMPLE` papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.judged import as_judged
from corpus.papers import (
    Link,
    Paper,
    count,
    first_members,
    first_references,
    from_outside,
    means_case,
    of_item,
    paper_query,
    read_link,
    read_paper,
    reference_query,
)
from corpus.resolver import Resolver
from corpus.rows import unpack
from corpus.tables import CONTINUED, bodies, documents, numbers, parties, references

#: Papers over which names, spellings and neighbours of a case are counted.
SAMPLE = 500
#: References after a page that are counted; where there are more, it is said that there are these.
AHEAD = 2000
#: Kinds of references that point to no papers: laws and instruments are named, not filed.
NAMED = ("law", "instrument")
#: How another case stands to one, which goes on as it, was it before, shares papers with it, cites it, is cited by it.
Reason = Literal["continued-as", "continued-from", "shares-papers", "cites", "cited-by"]
#: What a paper says of its own case says the reverse of the case that it names.
_REVERSED: dict[str, Reason] = {"continued-as": "continued-from", "continued-from": "continued-as"}


@dataclass(frozen=True, slots=True)
class Related:
    """Another case, how it stands to the one asked for, and how many papers say so."""

    number: str
    reason: Reason
    papers: int


@dataclass(frozen=True, slots=True)
class Span:
    """How many papers a case has, and the first and the last day of a dated one."""

    papers: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of links, and how many there are before, on and after it."""

    links: tuple[Link, ...]
    total: int


class Cases:
    """The reads of a case page over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    def span(self, key: str) -> Span:
        """Count the papers of a case and give its first and last day."""
        dated = sa.select(sa.func.min(numbers.c.dated), sa.func.max(numbers.c.dated))
        with self.engine.connect() as to:
            first, last = to.execute(dated.where(*_own(key), numbers.c.dated > "")).one()
            return Span(count(to, numbers, sa.and_(*_own(key))), first, last)

    def papers(self, key: str, limit: int, offset: int = 0) -> list[Paper]:
        """Give the papers of a case, oldest first; of a meeting, the items."""
        with self.engine.connect() as to:
            return first_members(to, "case", key, limit, offset)

    def spellings(self, key: str) -> list[str]:
        """Give how the case's own papers print its number, the commonest spelling first."""
        some = sa.select(sa.func.coalesce(numbers.c.printed, numbers.c.value).label("form")).where(*_own(key))
        form = some.order_by(numbers.c.dated).limit(SAMPLE).subquery().c.form
        with self.engine.connect() as to:
            return list(to.scalars(sa.select(form).group_by(form).order_by(sa.func.count().desc(), form)))

    def bodies(self, key: str, limit: int) -> list[str]:
        """Give the committees that the papers of a case name, those in most papers first."""
        with self.engine.connect() as to:
            return _ranked(to, bodies, bodies.c.kind == "committee", key, limit)

    def people(self, key: str, limit: int) -> list[str]:
        """Give who signs papers of a case, those of most papers first."""
        with self.engine.connect() as to:
            return _ranked(to, parties, parties.c.relation == "signatory", key, limit)

    def deadlines(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Give the deadlines that documents set, as (date, document)."""
        query = sa.select(documents.c.id, documents.c.record).where(documents.c.id.in_(ids))
        with self.engine.connect() as to:
            dates = [(fact, id_) for id_, packed in to.execute(query) for fact in unpack(packed)["facts"]["dates"]]
        return sorted({(fact["date"], id_) for fact, id_ in dates if fact["role"] == "deadline"})

    def cited(self, key: str, limit: int, offset: int = 0) -> Page:
        """Give the references out of a case to other papers, resolved, in the order of its own papers.

        Those that mean only papers of the case itself are counted and left out. Counted are at most `AHEAD` after the
        page: each costs a look into an index.
        """
        with self.engine.connect() as to:
            mine = numbers.alias("mine")
            asked = (*_own(key, mine), of_item(mine), references.c.kind.not_in(NAMED), ~_names(key))
            joined = references.join(mine, mine.c.doc == references.c.doc)
            ahead = sa.select(sa.literal(1)).select_from(joined).where(*asked).limit(offset + limit + AHEAD)
            total = int(to.scalar(sa.select(sa.func.count()).select_from(ahead.subquery())) or 0)
            rows = _out_of(to, mine, asked, limit, offset) if total > offset else []
            found = list(as_judged(to, Resolver(to).resolve(rows)))
            inside = _members_among(to, key, (paper.id for link in found for paper in link.targets))
        kept = (link for link in found if not link.targets or any(paper.id not in inside for paper in link.targets))
        return Page(tuple(kept), total)

    def citing(self, key: str, limit: int, offset: int = 0) -> Page:
        """Give the references to a case from papers, and items of meetings, outside it, oldest first."""
        outside = from_outside(key)
        with self.engine.connect() as to:
            rows = first_references(to, outside, limit, offset)
            total = count(to, references, outside) if offset or len(rows) == limit else len(rows)
        return Page(tuple(read_link(row, "resolved", ()) for row in rows), total)

    def related(self, key: str, limit: int) -> list[Related]:
        """Give the cases beside one, each with every reason: first what it goes on as, or was, then by papers."""
        with self.engine.connect() as to:
            found = [*_continued(to, key), *_shared(to, key), *_cited(to, key), *_citing(to, key)]
        others = {(other, related.reason): related for other, related in found if other != key}
        ranked = sorted(others.values(), key=lambda each: (each.reason not in _REVERSED, -each.papers, each.number))
        return ranked[:limit]

    def memberships(self, id_: str | None = None) -> Iterator[tuple[str, Paper]]:
        """Yield every case number with each of its papers, or those of one document, case by case."""
        query = paper_query(numbers).add_columns(numbers.c.value).where(numbers.c.kind == "case")
        query = query.order_by(numbers.c.key, numbers.c.dated, numbers.c.doc, numbers.c.item)
        with self.engine.connect() as to:
            for row in to.execute(query.where(documents.c.id == id_) if id_ else query).mappings():
                yield row["value"], read_paper(row)


def _own(key: str, table: Any = numbers) -> tuple[Any, ...]:
    return table.c.kind == "case", table.c.key == key


def _names(key: str) -> Any:
    return sa.and_(references.c.kind == "case", references.c.key == key)


def _sample(key: str) -> Any:
    """Select the first papers of a case, as `doc` and `item`, from the index alone."""
    return (
        sa.select(numbers.c.doc, numbers.c.item)
        .where(*_own(key))
        .order_by(numbers.c.dated, numbers.c.doc)
        .limit(SAMPLE)
        .subquery("sample")
    )


def _ranked(to: Connection, table: Any, condition: Any, key: str, limit: int) -> list[str]:
    docs = sa.select(_sample(key).c.doc)
    query = sa.select(sa.func.min(table.c.name)).where(table.c.doc.in_(docs), condition).group_by(table.c.key)
    most = sa.func.count(table.c.doc.distinct()).desc()
    return list(to.scalars(query.order_by(most, sa.func.min(table.c.name)).limit(limit)))


def _out_of(to: Connection, mine: Any, asked: Sequence[Any], limit: int, offset: int) -> list[Any]:
    """Leaf through the references of a case in the order of its index, and fetch those of one page."""
    page = sa.select(references.c.doc, references.c.ordinal).join(mine, mine.c.doc == references.c.doc).where(*asked)
    page = page.order_by(mine.c.dated, mine.c.doc, references.c.ordinal).limit(limit).offset(offset)
    wanted = {(doc, ordinal): place for place, (doc, ordinal) in enumerate(to.execute(page))}
    query = reference_query().order_by(None).add_columns(references.c.ordinal)
    rows = to.execute(query.where(references.c.doc.in_({doc for doc, _ in wanted}))).mappings()
    found = {wanted[at]: row for row in rows if (at := (row["doc"], row["ordinal"])) in wanted}
    return [found[place] for place in sorted(found)]


def _members_among(to: Connection, key: str, ids: Iterable[str]) -> set[str]:
    own = sa.select(numbers.c.doc).where(*_own(key), numbers.c.doc == documents.c.doc)
    return set(to.scalars(sa.select(documents.c.id).where(documents.c.id.in_(set(ids)), own.exists())))


def _continued(to: Connection, key: str) -> list[tuple[str, Related]]:
    """What papers say: the case's own of another number, and other cases' of this one; only numbers have such rules."""
    mine, papers = numbers.alias("mine"), sa.func.count(references.c.doc.distinct())
    joined = references.join(mine, mine.c.doc == references.c.doc)
    ours = sa.select(references.c.key, sa.func.min(references.c.shown), references.c.rule, papers).select_from(joined)
    ours = ours.where(CONTINUED, *_own(key, mine), of_item(mine))
    theirs = sa.select(mine.c.key, sa.func.min(mine.c.value), references.c.rule, papers).select_from(joined)
    theirs = theirs.where(CONTINUED, references.c.key == key, mine.c.kind == "case", of_item(mine))
    said = to.execute(ours.group_by(references.c.key, references.c.rule)).all()
    heard = to.execute(theirs.group_by(mine.c.key, references.c.rule)).all()
    return [
        *((other, Related(number, rule, papers)) for other, number, rule, papers in said),
        *((other, Related(number, _REVERSED[rule], papers)) for other, number, rule, papers in heard),
    ]


def _shared(to: Connection, key: str) -> list[tuple[str, Related]]:
    """Cases whose number the same papers, or the same items, have as their own too."""
    sample, other = _sample(key), numbers.alias("other")
    same = sa.or_(other.c.item == sample.c.item, sa.and_(other.c.item.is_(None), sample.c.item.is_(None)))
    joined = sample.join(other, other.c.doc == sample.c.doc)
    query = sa.select(other.c.key, sa.func.min(other.c.value), sa.func.count()).select_from(joined)
    query = query.where(other.c.kind == "case", other.c.key != key, same).group_by(other.c.key)
    return [(other, Related(number, "shares-papers", papers)) for other, number, papers in to.execute(query)]


def _cited(to: Connection, key: str) -> list[tuple[str, Related]]:
    sample = _sample(key)
    joined = sample.join(references, references.c.doc == sample.c.doc)
    query = sa.select(references.c.key, sa.func.min(references.c.shown), sa.func.count(sample.c.doc.distinct()))
    query = query.select_from(joined).where(references.c.kind == "case", of_item(sample))
    found = to.execute(query.group_by(references.c.key))
    return [(other, Related(number, "cites", papers)) for other, number, papers in found if number]


def _citing(to: Connection, key: str) -> list[tuple[str, Related]]:
    cited = sa.select(references.c.doc, references.c.item).where(means_case(key)).order_by(references.c.dated)
    sample, theirs = cited.limit(SAMPLE).subquery("sample"), numbers.alias("theirs")
    same = sa.or_(theirs.c.item.is_(None), theirs.c.item == sample.c.item)
    query = sa.select(theirs.c.key, sa.func.min(theirs.c.value), sa.func.count(sample.c.doc.distinct()))
    query = query.select_from(sample.join(theirs, theirs.c.doc == sample.c.doc)).where(theirs.c.kind == "case", same)
    found = to.execute(query.group_by(theirs.c.key))
    return [(other, Related(number, "cited-by", papers)) for other, number, papers in found]
