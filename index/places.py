"""The numbers that name and sort entries: one integer for each order, so that ties break by id in every engine."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from index.port import Entry

NUMBERS = ("date", "year", "newest", "oldest", "by_case")
#: An entry's document and item; an engine that keeps columns reads ids from these instead of from stored values.
IDENTITY = ("document", "item")
#: Hits of one score that are sorted by id; more of them stand in the order of the index.
MOST_TIED = 50
#: Papers without a date come last in either order.
_UNDATED = 99_999_999
_SPREAD = 36
#: Bits of a day since `_FIRST`, as papers of one case are sorted by; those without one come last.
_DAYS, _FIRST = 16, datetime.date(1900, 1, 1)


def numbers_of(entry: Entry) -> dict[str, int]:
    """Give an entry's numeric fields; `date` and `year` only where it has a date."""
    place = _place(entry)
    found = {
        "newest": (entry.date or 0) << _SPREAD | ((1 << _SPREAD) - 1 - place),
        "oldest": (entry.date or _UNDATED) << _SPREAD | place,
        "by_case": entry.case_order << _DAYS | _day_of(entry.date),
    }
    return found | {"date": entry.date, "year": entry.date // 10000} if entry.date else found


def identity_of(entry: Entry) -> tuple[int, int]:
    """Give an id as two integers: the document's sixteen hexadecimal digits, and the item's index + 1 or 0."""
    return int(entry.doc, 16), 0 if entry.item is None else entry.item + 1


def id_of(document: int, item: int) -> str:
    """Give the id of an entry back."""
    return f"{document:016x}#{item - 1}" if item else f"{document:016x}"


def _day_of(day: int | None) -> int:
    last = (1 << _DAYS) - 1
    if day is None:
        return last
    found = datetime.date(day // 10000, day // 100 % 100, day % 100) - _FIRST
    return min(last - 1, max(0, found.days))


def order_ties(hits: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Sort hits (score, id) of equal scores by id, but for more than `MOST_TIED` of them.

    `hits` are the best ones in the engine's order, `MOST_TIED` more than are shown. So a hit has one place, on whatever
    page it is shown: a group that is cut at the end is either too large or not shown.
    """
    found: list[tuple[float, str]] = []
    for _, group in groupby(hits, key=itemgetter(0)):
        tied = list(group)
        found += sorted(tied, key=itemgetter(1)) if len(tied) <= MOST_TIED else tied
    return found


def whole_ties(scores: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of ordered scores so that it holds whole groups of equal ones."""
    while 0 < start < len(scores) and scores[start - 1] == scores[start]:
        start -= 1
    while 0 < end < len(scores) and scores[end - 1] == scores[end]:
        end += 1
    return start, end


def _place(entry: Entry) -> int:
    """Give the place of an id among ids of one day: its first figures, then the item's."""
    document, item = identity_of(entry)
    return (document >> 36) << 8 | min(255, item)
