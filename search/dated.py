"""Days and months among the words of a query, as queries: in every way that papers write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import MONTHS
from index import query as tree
from index.analysis import stem
from index.query import all_of, any_of
from search.facts import read_day, read_month

#: What a paper of the day, and one of the month, has for its date; and how far words apart count for a month.
BORN, BORN_IN_MONTH, APART = 8.0, 4.0, 0.4


@dataclass(frozen=True, slots=True)
class Time:
    """A day or a month that a query names: the words it takes, how papers write it, and what is asked for it."""

    start: int
    end: int
    shown: str
    #: The ways to write it in one word, and in several, as stems or as they stand.
    forms: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    query: tree.Query
    #: What a paper that bears the date has besides.
    born: tree.Query


def find_times(words: Sequence[str]) -> list[Time]:
    """Give the days and months among folded words, none within another."""
    found: list[Time] = []
    at = 0
    while at < len(words):
        if time := next(_at(words, at), None):
            found.append(time)
        at = time.end if time else at + 1
    return found


def _at(words: Sequence[str], at: int) -> Iterator[Time]:
    for size in (3, 2, 1):
        if day := read_day(words[at : at + size]):
            yield _day(day, at, at + size)
    if month := read_month(words[at : at + 2]):
        yield _month(words[at], *month, at)


def _day(day: date, start: int, end: int) -> Time:
    written = (str(day.day), MONTHS[day.month - 1], str(day.year))
    stems = tuple(stem(word) for word in written)
    pads = ("", "02")
    forms = {
        f"{day.day:{pad}}{sign}{day.month:{pad}}{sign}{year}"
        for pad in pads
        for sign in ".-/"
        for year in (f"{day.year}", f"{day:%y}")
    }
    forms |= {f"{day.day}/{day.month}-{year}" for year in (f"{day.year}", f"{day:%y}")}
    forms.add(day.isoformat())
    spaced = (f"{day.day}/{day.month}", f"{day.year}")
    number = day.year * 10000 + day.month * 100 + day.day
    born = tree.Constant(tree.Range("date", number, number), BORN)
    phrases = (tree.Phrase("stem", stems), tree.Phrase("exact", spaced))
    terms = (tree.Term("exact", form) for form in sorted(forms))
    query = tree.BestOf((*phrases, *terms, born), 0.2)
    return Time(start, end, day.isoformat(), frozenset(forms), (stems, spaced), query, born)


def _month(typed: str, year: int, month: int, at: int) -> Time:
    names = dict.fromkeys((MONTHS[month - 1], typed))
    phrases = tuple((stem(name), str(year)) for name in names)
    first = year * 10000 + month * 100
    born = tree.Constant(tree.Range("date", first + 1, first + 31), BORN_IN_MONTH)
    either = any_of(
        *(tree.Term(layer, word) for phrase in phrases for layer, word in (("stem", phrase[0]), ("exact", typed)))
    )
    apart = tree.Boost(all_of(either, tree.Term("exact", str(year))), APART)
    query = tree.BestOf((*(tree.Phrase("stem", phrase) for phrase in phrases), apart, born), 0.2)
    return Time(at, at + 2, f"{year}-{month:02}", frozenset(), phrases, query, born)
