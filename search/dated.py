"""Days, months, seasons and decades among the words of a query, as queries: in every way that papers write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import MONTHS
from index import query as tree
from index.analysis import stem
from index.query import all_of, any_of
from search.facts import read_day, read_month
from search.periods import Period, read_period

#: What a paper of the day, one of the month, and one of a season or decade has for its date.
BORN, BORN_IN_MONTH, BORN_IN_PERIOD = 8.0, 4.0, 2.0
#: How far words apart count for a month, and a day without its year in a paper of that year.
APART = 0.4
_ORDINALS = (
    *("første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende"),
    *("niende", "tiende", "ellevte", "tolvte", "trettende", "fjortende", "femtende", "sekstende"),
    *("syttende", "attende", "nittende", "tyvende", "enogtyvende", "toogtyvende"),
    *("treogtyvende", "fireogtyvende", "femogtyvende", "seksogtyvende", "syvogtyvende"),
    *("otteogtyvende", "niogtyvende", "tredivte", "enogtredivte"),
)
_DAYS = {word: str(day) for day, word in enumerate(_ORDINALS, 1)}


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a query names: the words it takes, how papers write it, and what is asked for it."""

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
    """Give the times among folded words, none within another."""
    found: list[Time] = []
    at = 0
    while at < len(words):
        if time := next(_at(words, at), None):
            found.append(time)
        at = time.end if time else at + 1
    return found


def _at(words: Sequence[str], at: int) -> Iterator[Time]:
    written = (_DAYS.get(words[at], words[at]), *words[at + 1 : at + 3])
    for size in (3, 2, 1):
        if day := read_day(written[:size]):
            yield _day(day, at, at + size)
    if month := read_month(words[at : at + 2]):
        yield _month(words[at], *month, at)
    if period := read_period(words[at : at + 2]):
        yield _period(period, words, at)


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
    within = tree.Boost(all_of(tree.Range("year", day.year, day.year), tree.Phrase("stem", stems[:2], 1)), APART)
    query = tree.BestOf((*phrases, *terms, within, born), 0.2)
    return Time(start, end, day.isoformat(), frozenset(forms), (stems, spaced, stems[:2]), query, born)


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


def _period(period: Period, words: Sequence[str], at: int) -> Time:
    ranges = (tree.Range("date", first, last) for first, last in period.stretches)
    born = tree.Constant(any_of(*ranges), BORN_IN_PERIOD)
    phrase = tuple(map(stem, words[at : at + period.size]))
    layers: list[tree.Query] = [tree.Term("exact", form) for form in sorted(period.forms)]
    if period.size > 1:
        layers.append(tree.Phrase("stem", phrase))
        layers.append(tree.Boost(all_of(*(tree.Term("stem", word) for word in phrase)), APART))
    phrases = (phrase,) if period.size > 1 else ()
    return Time(at, at + period.size, period.shown, period.forms, phrases, tree.BestOf((*layers, born), 0.2), born)
