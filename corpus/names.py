"""The index of instruments' names: which of a hundred thousand may be the one that is asked for.

The rules of `corpus/instruments.py` compare two names; here are the few that are worth comparing. A name stays until a
document that had it is removed and no other has it: who reads asks the references, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy.engine import Connection

from corpus.database import insert_rows, parts
from corpus.instruments import LONG, MOST_WORDS, blocks_of, cluster, joined, owners_form, sought_parts, split_key
from corpus.tables import documents, name_parts, references

#: How much alike, of a hundred, a name is that somebody may have meant.
NEAR = 70
#: Names that are counted of a word, to begin with the rarest.
_COUNTED = 1000


def add_names(to: Connection, keys: Iterable[str]) -> None:
    """Enter the names that are not there yet."""
    every = {key for key in keys if key}
    for part in parts(sorted(every - known_names(to, every))):
        insert_rows(to, name_parts, [row for key in part for row in _rows(key)])


def known_names(to: Connection, keys: Iterable[str]) -> set[str]:
    """Give those of the names that are there."""
    return {key for part in parts(set(keys)) for key in to.scalars(_KNOWN, {"parts": [_entry(key) for key in part]})}


def names_in(to: Connection, ids: Iterable[str]) -> set[str]:
    """Give the names that documents have."""
    return {key for part in parts(ids) for key in to.scalars(_NAMES_IN, {"ids": part}) if key}


def drop_unused_names(to: Connection, keys: Iterable[str]) -> None:
    """Take out those of the names that no document has any more."""
    for key in keys:
        if to.scalar(_IS_USED, {"key": key}) is None:
            to.execute(_DROP, {"parts": [row["part"] for row in _rows(key)], "key": key})


def write_names(to: Connection) -> None:
    """Make the index anew from the references."""
    to.execute(sa.delete(name_parts))
    add_names(to, to.scalars(_EVERY).all())


def same_names(to: Connection, asked: Sequence[str], others: set[str]) -> list[str]:
    """Give the names that are one instrument with one of those asked for, by the alphabet; none of the `others`."""
    forms = filter(None, map(owners_form, asked))
    wanted = {*asked, *_begun_by(to, forms)} - (others - set(asked))
    found = wanted.union(*(_near(to, key) for key in sorted(wanted)))
    found |= _begun_by(to, filter(None, map(owners_form, found)))
    return cluster(asked, sorted(known_names(to, found) - others))


def nearest_names(to: Connection, key: str, limit: int = 3) -> list[str]:
    """Give the names that are spelt most like one that is not there, best first."""
    every = to.scalars(_WHOLE).all()
    return [name for name, _, _ in process.extract(key, every, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=limit)]


def _begun_by(to: Connection, forms: Iterable[str]) -> set[str]:
    """Give the names that are, or begin with, an owner's form."""
    every = set(forms)
    return set(to.scalars(_BEGUN_BY, {"parts": sorted(every)})) if every else set()


def _near(to: Connection, key: str) -> set[str]:
    """Give the names that may have all words of a key, or, where these are many, may have all of theirs among them.

    The former have its rarest word. The latter have three words or more, and so one that is not its commonest.
    """
    words, years = split_key(key)
    count, near = (_COUNT_OF_YEARS, _NEAR_OF_YEARS) if years else (_COUNT, _NEAR)
    of_years = {"years": ["", joined(years)]} if years else {}
    size = len(words)
    all_of_them = [size] if size < LONG else list(range(min(size, MOST_WORDS), MOST_WORDS + 1))
    asked: list[dict[str, Any]] = [{"parts": sought_parts(word), "words": all_of_them, **of_years} for word in words]
    rarest = sorted(asked, key=lambda each: int(to.scalar(count, each) or 0))
    found = set(to.scalars(near, rarest[0])) if rarest else set()
    if size > LONG:
        some_of_them = list(range(LONG, min(size, MOST_WORDS + 1)))
        parts_of_some = sorted({part for each in rarest[:-1] for part in each["parts"]})
        found |= set(to.scalars(near, {"parts": parts_of_some, "words": some_of_them, **of_years}))
    return found


def _entry(key: str) -> str:
    """Give the part under which a name stands as a whole."""
    return f"={key}"


def _rows(key: str) -> list[dict[str, Any]]:
    blocks = [{"part": each.part, "words": each.words, "years": each.years, "key": key} for each in blocks_of(key)]
    return [{"part": _entry(key), "words": 0, "years": "", "key": key}, *blocks]


def _every() -> Any:
    """Select every key of an instrument once: each step of the recursion jumps to the next key of the index."""
    first = sa.select(sa.func.min(references.c.key).label("key")).where(references.c.kind == "instrument")
    steps = first.cte("keys", recursive=True)
    following = sa.select(sa.func.min(references.c.key)).where(
        references.c.kind == "instrument", references.c.key > steps.c.key
    )
    every = steps.union_all(sa.select(following.scalar_subquery()).where(steps.c.key.is_not(None)))
    return sa.select(every.c.key).where(every.c.key.is_not(None), every.c.key != "")


def _among(column: Any, name: str) -> Any:
    return column.in_(sa.bindparam(name, expanding=True))


def _counted(query: Any) -> Any:
    return sa.select(sa.func.count()).select_from(query.limit(_COUNTED).subquery())


#: The statements, made once.
_EVERY = _every()
_KNOWN = sa.select(name_parts.c.key).where(_among(name_parts.c.part, "parts"))
_WHOLE = sa.select(name_parts.c.key).where(name_parts.c.part >= "=", name_parts.c.part < ">")
_NAMES_IN = (
    sa.select(references.c.key)
    .join(documents, documents.c.doc == references.c.doc)
    .where(_among(documents.c.id, "ids"), references.c.kind == "instrument")
)
_BEGUN_BY = sa.select(name_parts.c.key).where(_among(name_parts.c.part, "parts"), name_parts.c.words == 0)
_NEAR = sa.select(name_parts.c.key).where(_among(name_parts.c.part, "parts"), _among(name_parts.c.words, "words"))
_NEAR_OF_YEARS = _NEAR.where(_among(name_parts.c.years, "years"))
_COUNT, _COUNT_OF_YEARS = _counted(_NEAR), _counted(_NEAR_OF_YEARS)
_IS_USED = (
    sa.select(references.c.key)
    .where(references.c.kind == "instrument", references.c.key == sa.bindparam("key"))
    .limit(1)
)
_DROP = sa.delete(name_parts).where(_among(name_parts.c.part, "parts"), name_parts.c.key == sa.bindparam("key"))
