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
#: those that a case, or a name, ties: whose letters of one day speak of it, nobody can tell apart. What nothing ties
#: may be what another paper of the case cites (`fellow`).
BESIDE, BY_NAME, BY_CASE, BY_FELLOW = range(4)
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


@cache
def citing_alike() -> Any:
    """Select, as `citing`, `date` and `fellow`, what papers of one case cite a letter of one day with `docs`."""
    cited, other = references.alias("cited"), references.alias("other")
    return (
        sa.select(cited.c.doc.label("citing"), cited.c.date, other.c.doc.label("fellow"))
        .where(cited.c.doc.in_(sa.bindparam("docs", expanding=True)), cited.c.kind == "letter", *fellow(cited, other))
        .limit(sa.bindparam("limit", type_=sa.Integer))
    )


@cache
def citing_beside() -> Any:
    """Select the papers that cite a letter of the day `day`, as do papers of the same case, `docs`."""
    cited = references.alias("cited")
    of_docs = (cited.c.doc.in_(sa.bindparam("docs", expanding=True)), cited.c.date == sa.bindparam("day"))
    alike = sa.select(cited.c.doc).where(*of_docs, *fellow(cited, references)).correlate(references).exists()
    of_day = (references.c.kind == "letter", references.c.key.is_(None), references.c.date == sa.bindparam("day"))
    return sa.select(references.c.doc).where(*of_day, alike).distinct()


def lost_letter() -> Any:
    """Tell whether `refs` cites a letter without a case number that another paper of the case cites, and is tied to.

    That paper is tied to none of the day by a case: it would mean that one.
    """
    other = references.alias("other")
    found = [way.correlate(other, references) for way in ways(other)]
    by_case = [way for way, close in zip(found, _closeness(), strict=True) if close == BY_CASE]
    unnumbered = (~has_case(documents.c.doc), documents.c.doc != references.c.doc)
    tied = (way.where(*unnumbered).exists() for way in found)
    none_by_case = (~way.exists() for way in by_case)
    query = sa.select(other.c.doc).where(*fellow(references, other), sa.or_(*tied), *none_by_case)
    return query.correlate(references).exists()


def _closeness() -> list[int]:
    return [close for _, close, _, _ in _pairs()]


def fellow(cited: Any, other: Any) -> Iterator[Any]:
    """Give what is true of two references to a letter of one day by papers, or items of meetings, of one case.

    A letter that bears no number is tied by a name to who answers it, and hardly to who decides on it later: within one
    case both mean the same one.
    """
    mine, theirs = numbers.alias("mine"), numbers.alias("theirs")
    yield from (other.c.kind == cited.c.kind, other.c.key.is_(None), other.c.date == cited.c.date)
    yield other.c.doc != cited.c.doc
    one_case = sa.select(mine.c.doc).where(
        *(mine.c.doc == cited.c.doc, mine.c.kind == "case", _of_item(mine, cited)),
        *(theirs.c.doc == other.c.doc, theirs.c.kind == "case", theirs.c.key == mine.c.key, _of_item(theirs, other)),
    )
    yield one_case.correlate(cited, other).exists()


def has_case(doc: Any) -> Any:
    """Tell whether a paper has a case number of its own."""
    own = numbers.alias("own")
    return sa.exists().where(own.c.doc == doc, own.c.kind == "case")


def _of_item(number: Any, cited: Any) -> Any:
    return sa.or_(number.c.item.is_(None), number.c.item == cited.c.item)


def _aliases(tables: Sequence[Any]) -> Iterator[Any]:
    return (table.alias() for table in tables)
