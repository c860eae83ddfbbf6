"""What documents point to and the archive does not hold: one query for each kind of reference, over its keys.

The rules are those of `corpus/resolver.py`, asked the other way round: a reference is missing where no other document
has its key. A paper of which a person judged a link is resolved by itself, since its links are what the person says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.beside import BESIDE
from corpus.bodies import body_key
from corpus.catalogue import Catalogue
from corpus.links import EXPECTED, Link, Links
from corpus.rows import number_key
from corpus.tables import documents, judgements, meetings, numbers, references
from corpus.ties import lost_letter, ways

#: Papers that are named of those that cite a thing.
SOURCES = 10

#: Kind, key and date: what references to one thing have in common.
Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that is not there: what is printed of it, how many papers cite it, and the paths of the first of them."""

    kind: str
    shown: str | None
    date: str | None
    cited: int
    sources: tuple[str, ...]


def find_missing(catalogue: Catalogue, limit: int, offset: int = 0) -> tuple[list[Missing], int]:
    """Give a page of what is missing, most cited first, and how much is missing in all."""
    judged = _judged(catalogue)
    with catalogue.engine.connect() as to:
        # What people judged is counted apart and only ever moves things up: the page is among so many.
        found, total = _first(to, offset + limit + len(judged))
        known = _counts_of(to, judged)
        for thing, links in judged.items():
            found[thing] = known.get(thing, 0) + len({link.source.id for link in links})
        page = sorted(found, key=lambda key: _rank(key, found[key]))[offset : offset + limit]
        named = _named(to, page)
    for thing, links in judged.items():
        named[thing] += ((link.source.path, link.shown) for link in links)
    return [_missing(thing, found[thing], named[thing]) for thing in page], total + len(judged.keys() - known.keys())


def _first(to: Connection, count: int) -> tuple[dict[Key, int], int]:
    """Give the most cited things that are missing, with the number of citing papers, and how many are missing."""
    every = sa.union_all(*(_counted(kind) for kind in EXPECTED)).subquery()
    found = every.c
    order = (found.cited.desc(), found.kind, *(sa.func.coalesce(found[name], "") for name in ("key", "date")))
    query = sa.select(every, sa.func.count().over().label("total")).order_by(*order).limit(max(count, 1))
    rows = to.execute(query).all()
    return {(row.kind, row.key, row.date): row.cited for row in rows}, rows[0].total if rows else 0


def _counts_of(to: Connection, things: Iterable[Key]) -> dict[Key, int]:
    """Give the number of citing papers of some things, of those that are missing."""
    wanted, found = set(things), {}
    for kind in {thing[0] for thing in wanted}:
        for row in to.execute(_counted(kind).where(*_among(kind, wanted))):
            found[row.kind, row.key, row.date] = row.cited
    return {thing: found[thing] for thing in wanted & found.keys()}


def _missing(thing: Key, cited: int, named: Sequence[tuple[str, str | None]]) -> Missing:
    shown = next((shown for _, shown in named if shown), None)
    return Missing(thing[0], shown, thing[2], cited, tuple(dict.fromkeys(path for path, _ in named))[:SOURCES])


def _rank(thing: Key, cited: int) -> tuple[Any, ...]:
    return -cited, thing[0], thing[1] or "", thing[2] or ""


def _judged(catalogue: Catalogue) -> dict[Key, list[Link]]:
    """Give what is missing of the papers that people judged."""
    with catalogue.engine.connect() as to:
        ids = list(to.scalars(sa.select(judgements.c.source).distinct()))
    found: dict[Key, list[Link]] = defaultdict(list)
    for links in Links(catalogue).out_of_all(ids).values():
        for link in links:
            if link.state == "missing" and link.kind in EXPECTED:
                found[link.kind, _key_of(link), link.date].append(link)
    return found


def _key_of(link: Link) -> str | None:
    if not link.shown or link.kind == "letter":
        return None
    return body_key(link.shown) if link.kind == "meeting" else number_key(link.shown)


def _counted(kind: str) -> Any:
    """Select kind, key, date and the number of citing papers of each missing thing of a kind, from indexes alone."""
    thing = references.c.kind, references.c.key, references.c.date
    cited = sa.func.count(references.c.doc.distinct())
    return sa.select(*thing, cited.label("cited")).where(*_unmet(kind)).group_by(*thing)


def _named(to: Connection, page: Iterable[Key]) -> dict[Key, list[tuple[str, str | None]]]:
    """Give, of each missing thing of a page, the paths of the first papers that cite it, with what they print of it."""
    found: dict[Key, list[tuple[str, str | None]]] = defaultdict(list)
    order = (references.c.dated, documents.c.id)
    place = sa.func.row_number().over(partition_by=(references.c.key, references.c.date), order_by=order)
    columns = references.c.key, references.c.date, documents.c.path, references.c.shown
    named = sa.select(*columns, place.label("place")).join(documents, documents.c.doc == references.c.doc)
    wanted = list(page)
    for kind in dict.fromkeys(thing[0] for thing in wanted):
        first = named.where(*_unmet(kind), *_among(kind, wanted)).subquery()
        query = sa.select(first).where(first.c.place <= 2 * SOURCES).order_by(first.c.place)
        for key, date, path, shown, _ in to.execute(query):
            found[kind, key, date].append((path, shown))
    return found


def _among(kind: str, things: Iterable[Key]) -> Iterator[Any]:
    """Give what is true of references to things of a kind; of some more, where these differ in key and date."""
    of_kind = [(key, date) for of, key, date in things if of == kind]
    yield _one_of(references.c.key, {key for key, _ in of_kind})
    yield _one_of(references.c.date, {date for _, date in of_kind})


def _one_of(column: Any, values: set[str | None]) -> Any:
    """Compare with values of which one may be null, in a way that an index serves."""
    some = [value for value in values if value is not None]
    conditions = [column.in_(some)] if some else []
    return sa.or_(*conditions, column.is_(None)) if None in values else sa.and_(*conditions)


def _unmet(kind: str) -> Iterator[Any]:
    """Give what is true of references of a kind that no other document meets, and that no person judged."""
    yield references.c.kind == kind
    if kind in ("case", "document"):
        yield ~_exists(numbers, numbers.c.kind == kind, numbers.c.key == references.c.key)
    elif kind == "meeting":
        yield ~_exists(meetings, meetings.c.body == references.c.key, meetings.c.date == references.c.date)
    elif kind == "letter":
        # Most letters are tied by a body, the last of these ways: asked first, it leaves least for the others.
        yield from (~way.correlate(references).exists() for way in reversed(list(ways(references))))
        yield ~_numbered_letter()
        yield ~lost_letter()
    yield references.c.doc.not_in(
        sa.select(documents.c.doc).join(judgements, judgements.c.source == documents.c.id).scalar_subquery()
    )


def _exists(table: Any, *conditions: Any) -> Any:
    return sa.select(table.c.doc).where(*conditions, table.c.doc != references.c.doc).correlate(references).exists()


def _numbered_letter() -> Any:
    """Tell whether the document number printed beside a letter's day is that of another paper of the day."""
    number = references.alias("number")
    return _exists(
        numbers,
        number.c.doc == references.c.doc,
        number.c.kind == "document",
        number.c.item.is_not_distinct_from(references.c.item),
        number.c.start - references.c.end <= BESIDE,
        references.c.start - number.c.end <= BESIDE,
        numbers.c.kind == "document",
        numbers.c.key == number.c.key,
        numbers.c.dated == references.c.date,
    )
