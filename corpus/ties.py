"""What ties a dated letter to who cites it: a case number, own or cited, a person, a body, a subject, or a plan.

A reference to a letter gives only its day. The joins go from the citing paper's keys to the papers of that day with the
same key, so that a day with a thousand letters costs no more than one with three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from corpus.tables import bodies, documents, numbers, parties, references

#: Papers that a letter's date can mean.
LETTERS = ("letter", "hearing", "hearing_response", "memo", "email", "other")
#: Where two papers may have a key in common, by how close it ties them. A plan that both name makes a candidate beside
#: those that a case, or a name, ties: whose letters of one day speak of it, nobody can tell apart.
BESIDE, BY_NAME, BY_CASE = range(3)
_COMMON = (
    ("instrument", BESIDE, (references,)),
    ("case", BY_CASE, (numbers, references)),
    ("name", BY_NAME, (parties, bodies)),
)


def ways(cited: Any) -> Iterator[Any]:
    """Yield, for each way to be tied to the reference `cited`, a selection of the letters.

    Their columns are `doc`, and `close`: `BESIDE`, or the higher the closer. Keys and days are read from indexes alone.
    """
    for tie, close, mine, theirs in _pairs():
        keys = (mine.c.doc == cited.c.doc, theirs.c.key == mine.c.key, theirs.c.dated == cited.c.date)
        yield sa.select(theirs.c.doc, sa.literal(close).label("close")).where(
            *keys,
            *(condition for each in (mine, theirs) for condition in _of_kind(each, tie)),
            theirs.c.doc != cited.c.doc,
            documents.c.doc == theirs.c.doc,
            documents.c.doc_type.in_(LETTERS),
        )


@cache
def _pairs() -> tuple[tuple[str, int, Any, Any], ...]:
    """Give the tables of each way, with what ties and how close: what the citing paper has, and what the letter has."""
    return tuple(
        (tie, close, table.alias(), other.alias())
        for tie, close, tables in _COMMON
        for table in tables
        for other in tables
    )


def _of_kind(table: Any, tie: str) -> Iterator[Any]:
    if table.element in (numbers, references):
        yield table.c.kind == tie
    if table.element is references:
        # References to cases and plans have no date; said, it lets the index go on to the citing paper's.
        yield table.c.date.is_(None)


@cache
def letters_cited_by() -> Any:
    """Select the letters that the documents `docs` may mean, with `citing`, `date` and `close`; at most `limit`."""
    cited = references.alias("cited")
    asked = (cited.c.kind == "letter", cited.c.doc.in_(sa.bindparam("docs", expanding=True)))
    tied = (way.add_columns(cited.c.doc.label("citing"), cited.c.date).where(*asked) for way in ways(cited))
    return sa.union(*tied).limit(sa.bindparam("limit", type_=sa.Integer))


@cache
def citing_letter() -> Any:
    """Select the documents that cite a letter of the day `day` and are tied to the document `letter`.

    The letter's keys are read once; each citing paper is then asked for one of them.
    """
    letter: Any = sa.bindparam("letter")
    tied = []
    for tie, _, tables in _COMMON:
        keys = [sa.select(each.c.key).where(each.c.doc == letter, *_of_kind(each, tie)) for each in _aliases(tables)]
        among = sa.union(*keys)
        for mine in _aliases(tables):
            has = (mine.c.doc == references.c.doc, *_of_kind(mine, tie), mine.c.key.in_(among))
            tied.append(sa.select(mine.c.doc).where(*has).correlate(references).exists())
    of_day = (references.c.kind == "letter", references.c.key.is_(None), references.c.date == sa.bindparam("day"))
    return sa.select(references.c.doc).where(*of_day, references.c.doc != letter, sa.or_(*tied)).distinct()


def _aliases(tables: Sequence[Any]) -> Iterator[Any]:
    return (table.alias() for table in tables)
