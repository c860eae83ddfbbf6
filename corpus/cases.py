"""What a case page reads of the catalogue: each list is a page of an index, each count is read from an index alone.

A standing case has ten thousand papers. Its lists are paged in the order of time; what is said of the whole (names,
spellings, neighbours) is counted over its first `SAMPLE` papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.database import parts
from corpus.judged import as_judged
from corpus.papers import (
    MEMBERS,
    OUTSIDE,
    Link,
    Paper,
    first_members,
    means_case,
    of_item,
    paper_query,
    read_link,
    read_paper,
    reference_query,
)
from corpus.resolver import Resolver
from corpus.rows import read_deadlines
from corpus.tables import CONTINUED, bodies, documents, numbers, parties, references

#: Papers over which names, spellings and neighbours of a case are counted.
SAMPLE = 500
#: References after a page that are counted; where there are more, it is said that there are these.
AHEAD = 2000
#: Numbers that one case may have had; where more go on as one another, a case was split or cases were put together.
CHAIN = 6
#: Kinds of references that point to no papers: laws and instruments are named, not filed.
NAMED = ("law", "instrument")
#: How another case stands to one, which goes on as it, was it before, shares papers with it, cites it, is cited by it.
Reason = Literal["continued-as", "continued-from", "shares-papers", "cites", "cited-by"]
#: What a paper says of its own case says the reverse of the case that it names.
REVERSED: dict[str, Reason] = {"continued-as": "continued-from", "continued-from": "continued-as"}


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
        with self.engine.connect() as to:
            first, last = to.execute(_ENDS, {"key": key}).one()
            return Span(MEMBERS.count(to, kind="case", key=key), first, last)

    def papers(self, key: str, limit: int, offset: int = 0) -> list[Paper]:
        """Give the papers of a case, oldest first; of a meeting, the items."""
        with self.engine.connect() as to:
            return first_members(to, "case", key, limit, offset)

    def spellings(self, key: str) -> list[str]:
        """Give how the case's own papers print its number, the commonest spelling first."""
        with self.engine.connect() as to:
            return list(to.scalars(_SPELLINGS, {"key": key}))

    def bodies(self, key: str, limit: int) -> list[str]:
        """Give the committees that the papers of a case name, those in most papers first."""
        with self.engine.connect() as to:
            return list(to.scalars(_BODIES, {"key": key, "most": limit}))

    def people(self, key: str, limit: int) -> list[str]:
        """Give who signs papers of a case, those of most papers first."""
        with self.engine.connect() as to:
            return list(to.scalars(_PEOPLE, {"key": key, "most": limit}))

    def deadlines(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Give the deadlines that documents set, as (date, document)."""
        with self.engine.connect() as to:
            found = to.execute(_RECORDS, {"ids": ids})
            return sorted({(date, id_) for id_, packed in found for date in read_deadlines(packed)})

    def cited(self, key: str, limit: int, offset: int = 0) -> Page:
        """Give the references out of a case to other papers, resolved, in the order of its own papers.

        Those that mean only papers of the case itself are counted and left out. Counted are at most `AHEAD` after the
        page: each costs a look into an index.
        """
        with self.engine.connect() as to:
            places, total = _page_of_cited(to, key, limit, offset)
            found = list(as_judged(to, Resolver(to).resolve(_references_at(to, places))))
            kept = _pointing_outside(to, key, found)
        return Page(tuple(kept), total)

    def citing(self, key: str, limit: int, offset: int = 0) -> Page:
        """Give the references to a case from papers, and items of meetings, outside it, oldest first."""
        with self.engine.connect() as to:
            rows = OUTSIDE.page(to, limit, offset, key=key)
            total = OUTSIDE.count(to, key=key) if offset or len(rows) == limit else len(rows)
        return Page(tuple(read_link(row, "resolved", ()) for row in rows), total)

    def related(self, key: str, limit: int) -> list[Related]:
        """Give the cases beside one, each with every reason: first what it goes on as, or was, then by papers."""
        with self.engine.connect() as to:
            found = [*_continued(to, key), *_shared(to, key), *_cited(to, key), *_citing(to, key)]
        others = {(other, related.reason): related for other, related in found if other != key}
        ranked = sorted(others.values(), key=lambda each: (each.reason not in REVERSED, -each.papers, each.number))
        return ranked[:limit]

    def continued(self, key: str) -> dict[str, str]:
        """Give the numbers, by their keys, under which a case went on or was before: with its own `CHAIN` at most.

        Where papers tell of more, they tell of no one case: nothing is given.
        """
        found: dict[str, str] = {}
        waiting = [key]
        with self.engine.connect() as to:
            while waiting:
                told = _continued(to, waiting.pop())
                new = {other: each.number for other, each in told if other != key and other not in found}
                found |= new
                waiting += new
                if len(found) >= CHAIN:
                    return {}
        return found

    def memberships(self, id_: str | None = None) -> Iterator[tuple[str, Paper]]:
        """Yield every case number with each of its papers, or those of one document, case by case."""
        query = paper_query(numbers).add_columns(numbers.c.value).where(numbers.c.kind == "case")
        query = query.order_by(numbers.c.key, numbers.c.dated, numbers.c.doc, numbers.c.item)
        with self.engine.connect() as to:
            for row in to.execute(query.where(documents.c.id == id_) if id_ else query).mappings():
                yield row["value"], read_paper(row)


def _page_of_cited(to: Connection, key: str, limit: int, offset: int) -> tuple[Sequence[Any], int]:
    """Give the places (document, ordinal) of a page of a case's references, and how many there are up to `AHEAD` after.

    How many each paper has is read from indexes alone, and as far as it is counted; places only of the page's papers.
    """
    before, total, docs = 0, 0, []
    counted = to.execute(_CITED_BY_PAPER, {"key": key})
    for doc, count in counted:
        if total <= offset:
            before = total
        total += count
        if total > offset and (total - count < offset + limit):
            docs.append(doc)
        if total >= offset + limit + AHEAD:
            break
    counted.close()
    places = to.execute(_CITED_AT, {"key": key, "docs": docs, "most": limit, "past": offset - before}) if docs else None
    return places.all() if places else (), min(total, offset + limit + AHEAD)


def _references_at(to: Connection, places: Sequence[tuple[int, int]]) -> list[Any]:
    """Fetch references by their places (document, ordinal), in this order."""
    wanted = {at: place for place, at in enumerate(places)}
    rows = to.execute(_CITED, {"docs": list({doc for doc, _ in wanted})}).mappings()
    found = {wanted[at]: row for row in rows if (at := (row["doc"], row["ordinal"])) in wanted}
    return [found[place] for place in sorted(found)]


def _pointing_outside(to: Connection, key: str, links: Sequence[Link]) -> list[Link]:
    """Leave out the links that mean only papers of the case: most mean one paper, or none of it."""
    inside = _members_among(to, key, {link.targets[0].id for link in links if link.targets})
    open_ = [link for link in links if len(link.targets) > 1 and link.targets[0].id in inside]
    inside |= _members_among(to, key, {paper.id for link in open_ for paper in link.targets[1:]} - inside)
    return [link for link in links if not link.targets or any(paper.id not in inside for paper in link.targets)]


def _members_among(to: Connection, key: str, ids: set[str]) -> set[str]:
    return {id_ for part in parts(ids) for id_ in to.scalars(_AMONG, {"key": key, "ids": part})}


def _continued(to: Connection, key: str) -> list[tuple[str, Related]]:
    """What papers say: the case's own of another number, and other cases' of this one; only numbers have such rules."""
    said, heard = to.execute(_GOES_ON, {"key": key}).all(), to.execute(_WENT_ON, {"key": key}).all()
    return [
        *((other, Related(number, rule, papers)) for other, number, rule, papers in said),
        *((other, Related(number, REVERSED[rule], papers)) for other, number, rule, papers in heard),
    ]


def _shared(to: Connection, key: str) -> list[tuple[str, Related]]:
    """Cases whose number the same papers, or the same items, have as their own too."""
    found = to.execute(_SHARED, {"key": key})
    return [(other, Related(number, "shares-papers", papers)) for other, number, papers in found]


def _cited(to: Connection, key: str) -> list[tuple[str, Related]]:
    found = to.execute(_CITED_CASES, {"key": key})
    return [(other, Related(number, "cites", papers)) for other, number, papers in found if number]


def _citing(to: Connection, key: str) -> list[tuple[str, Related]]:
    found = to.execute(_CITING_CASES, {"key": key})
    return [(other, Related(number, "cited-by", papers)) for other, number, papers in found]


# --- the statements, made once: making them for each page took half of its time ---------------------------------------

_KEY: Any = sa.bindparam("key")
_MOST, _PAST = sa.bindparam("most", type_=sa.Integer), sa.bindparam("past", type_=sa.Integer)
_MINE, _OTHER = numbers.alias("mine"), numbers.alias("other")


def _own(table: Any = numbers) -> tuple[Any, ...]:
    return table.c.kind == "case", table.c.key == _KEY


def _end(edge: Any) -> Any:
    """Give the first or the last day; asked for both at once, SQLite would read all of them."""
    return sa.select(edge(numbers.c.dated)).where(*_own(), numbers.c.dated > "").scalar_subquery()


def _spellings() -> Any:
    some = sa.select(sa.func.coalesce(numbers.c.printed, numbers.c.value).label("form")).where(*_own())
    form = some.order_by(numbers.c.dated).limit(SAMPLE).subquery().c.form
    return sa.select(form).group_by(form).order_by(sa.func.count().desc(), form)


def _sample() -> Any:
    """Select the first papers of a case, as `doc` and `item`, from the index alone."""
    first = sa.select(numbers.c.doc, numbers.c.item).where(*_own()).order_by(numbers.c.dated, numbers.c.doc)
    return first.limit(SAMPLE).subquery("sample")


def _ranked(table: Any, condition: Any) -> Any:
    """Select the names in a table of those papers, those in most of them first."""
    named = sa.select(sa.func.min(table.c.name)).where(table.c.doc.in_(sa.select(_sample().c.doc)), condition)
    most = sa.func.count(table.c.doc.distinct()).desc()
    return named.group_by(table.c.key).order_by(most, sa.func.min(table.c.name)).limit(_MOST)


def _cited_by(columns: Sequence[Any]) -> Any:
    """Select the references of a case but for those to itself."""
    itself = sa.and_(references.c.kind == "case", references.c.key == _KEY)
    joined = references.join(_MINE, _MINE.c.doc == references.c.doc)
    asked = (*_own(_MINE), of_item(_MINE), references.c.kind.not_in(NAMED), ~itself)
    return sa.select(*columns).select_from(joined).where(*asked)


def _cases(column: Any, shown: Any, papers: Any, joined: Any) -> Any:
    """Select cases by their key, each with a form of its number and how many papers there are."""
    return sa.select(column, sa.func.min(shown), papers).select_from(joined).group_by(column)


def _continuing(column: Any, shown: Any) -> Any:
    joined = references.join(_MINE, _MINE.c.doc == references.c.doc)
    papers = sa.func.count(references.c.doc.distinct())
    query = sa.select(column, sa.func.min(shown), references.c.rule, papers).select_from(joined)
    return query.where(CONTINUED, of_item(_MINE)).group_by(column, references.c.rule)


def _sharing() -> Any:
    sample = _sample()
    same = sa.or_(_OTHER.c.item == sample.c.item, sa.and_(_OTHER.c.item.is_(None), sample.c.item.is_(None)))
    query = _cases(_OTHER.c.key, _OTHER.c.value, sa.func.count(), sample.join(_OTHER, _OTHER.c.doc == sample.c.doc))
    return query.where(_OTHER.c.kind == "case", _OTHER.c.key != _KEY, same)


def _cited_cases() -> Any:
    sample = _sample()
    papers, joined = sa.func.count(sample.c.doc.distinct()), sample.join(references, references.c.doc == sample.c.doc)
    query = _cases(references.c.key, references.c.shown, papers, joined)
    return query.where(references.c.kind == "case", of_item(sample))


def _citing_cases() -> Any:
    cited = sa.select(references.c.doc, references.c.item).where(means_case(_KEY)).order_by(references.c.dated)
    sample = cited.limit(SAMPLE).subquery("sample")
    same = sa.or_(_OTHER.c.item.is_(None), _OTHER.c.item == sample.c.item)
    papers, joined = sa.func.count(sample.c.doc.distinct()), sample.join(_OTHER, _OTHER.c.doc == sample.c.doc)
    return _cases(_OTHER.c.key, _OTHER.c.value, papers, joined).where(_OTHER.c.kind == "case", same)


_IDS: Any = documents.c.id.in_(sa.bindparam("ids", expanding=True))
_RECORDS = sa.select(documents.c.id, documents.c.record).where(_IDS)
_AMONG = sa.select(documents.c.id).where(
    _IDS, sa.select(numbers.c.doc).where(*_own(), numbers.c.doc == documents.c.doc).exists()
)
_ENDS = sa.select(_end(sa.func.min), _end(sa.func.max))
_SPELLINGS = _spellings()
_BODIES = _ranked(bodies, bodies.c.kind == "committee")
_PEOPLE = _ranked(parties, parties.c.relation == "signatory")
_CITED_BY_PAPER = (
    _cited_by((_MINE.c.doc, sa.func.count())).group_by(_MINE.c.dated, _MINE.c.doc).order_by(_MINE.c.dated, _MINE.c.doc)
)
_CITED_AT = (
    _cited_by((references.c.doc, references.c.ordinal))
    .where(_MINE.c.doc.in_(sa.bindparam("docs", expanding=True)))
    .order_by(_MINE.c.dated, _MINE.c.doc, references.c.ordinal)
    .limit(_MOST)
    .offset(_PAST)
)
_CITED = (
    reference_query()
    .order_by(None)
    .add_columns(references.c.ordinal)
    .where(references.c.doc.in_(sa.bindparam("docs", expanding=True)))
)
_GOES_ON = _continuing(references.c.key, references.c.shown).where(*_own(_MINE))
_WENT_ON = _continuing(_MINE.c.key, _MINE.c.value).where(references.c.key == _KEY, _MINE.c.kind == "case")
_SHARED, _CITED_CASES, _CITING_CASES = _sharing(), _cited_cases(), _citing_cases()
