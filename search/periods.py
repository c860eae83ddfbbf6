"""Seasons and decades among the words of a query: `efteråret 2013`, `1990'erne`, `halvfemserne`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import is_year
from index.analysis import stem

#: The first and last month of each; winter, of which a year has two ends, as two stretches.
_SEASONS = {
    stem(name): months
    for name, months in {
        "forår": ((3, 5),),
        "sommer": ((6, 8),),
        "efterår": ((9, 11),),
        "vinter": ((1, 2), (12, 12)),
    }.items()
}
_SPOKEN = {
    "fyrrerne": 1940,
    "halvtredserne": 1950,
    "tresserne": 1960,
    "halvfjerdserne": 1970,
    "firserne": 1980,
    "halvfemserne": 1990,
    "nullerne": 2000,
}
_DECADE = re.compile(r"(?P<century>19|20)?(?P<ten>[0-9])0erne")
_TYPED = re.compile(r"(?<![\w.-])((?:19|20)?[0-9]0)(?:['’]|\.)?erne(?!\w)", re.IGNORECASE)
#: Decades without their century from here on are of the last one.
_LAST_CENTURY = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: the words of a query that name it, how papers write it, and its days as yyyymmdd."""

    size: int
    shown: str
    forms: frozenset[str]
    stretches: tuple[tuple[int, int], ...]


def write_decades(query: str) -> str:
    """Write `1990'erne` and `90'erne` as one word, which an apostrophe cuts, except within quotes."""
    if "erne" not in query.lower():
        return query
    return _TYPED.sub(lambda found: found[0] if query[: found.start()].count('"') % 2 else found[1] + "erne", query)


def read_period(words: Sequence[str]) -> Period | None:
    """Read the period that folded words begin with; `None` for anything else."""
    return _season(words) or (_decade(words[0]) if words else None)


def _season(words: Sequence[str]) -> Period | None:
    months = _SEASONS.get(stem(words[0])) if len(words) > 1 and is_year(words[1]) else None
    if not months:
        return None
    year = int(words[1]) * 10_000
    stretches = tuple((year + first * 100 + 1, year + last * 100 + 31) for first, last in months)
    return Period(2, f"{words[0]} {words[1]}", frozenset(), stretches)


def _decade(word: str) -> Period | None:
    found = _DECADE.fullmatch(word)
    if found:
        century = int(found["century"] or ("19" if int(found["ten"]) >= _LAST_CENTURY else "20"))
        first = century * 100 + int(found["ten"]) * 10
    elif word in _SPOKEN:
        first = _SPOKEN[word]
    else:
        return None
    spoken = {name for name, year in _SPOKEN.items() if year == first}
    # An apostrophe cuts `1990'erne`, and leaves the year.
    forms = frozenset({str(first), f"{first}erne", f"{first % 100:02}erne", *spoken})
    return Period(1, f"{first}erne", forms, ((first * 10_000 + 101, (first + 9) * 10_000 + 1231),))
