"""Danish dates, text <-> calendar: every form that municipal papers print, ranges and missing years included."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.text import flatten

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_FORMS: dict[str, int] = {month: number for number, month in enumerate(MONTHS, 1)}
_FORMS |= {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_FORMS |= {"sept": 9, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "oct": 10}
_FORMS |= {"januari": 1, "februari": 2, "mars": 3, "augusti": 8}
_MONTH = "|".join(sorted(_FORMS, key=len, reverse=True))
#: Abbreviations that are words of their own (`jul` is Christmas) and so ask for their full stop before a year.
_WORDS = frozenset(("jul", "mar", "jan", "may", "dec", "sep", "apr", "aug", "jun"))
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_A_YEAR = re.compile(_YEAR)
_WEEKDAY = r"(?:man|tirs|ons|tors|fre|lør|søn)dag"

_LONG = re.compile(
    rf"(?<![\w,/:])(?<![0-9]\.)(?P<day>[0-3]?[0-9])(?P<stop>\.[ -]{{0,2}}"
    rf"|-)?[ ]{{0,2}}(?P<month>{_MONTH})(?![a-zæøå])"
    rf"(?:(?:\.[ -]{{0,2}}|[ -]{{1,2}})(?P<year>{_YEAR})|, {{0,2}}(?P<later>{_YEAR}))?"
)
_NUMERIC = re.compile(
    r"(?<![\w/-])(?<![0-9][.,:])(?P<day>[0-3]?[0-9])"
    r"(?:\.(?P<month>[01]?[0-9])\. ?(?P<year>(?:19|20)?[0-9]{2})"
    r"|-(?P<month2>[01]?[0-9])-(?P<year2>(?:19|20)?[0-9]{2})"
    r"|/(?P<month3>[01]?[0-9])(?: ?[-/ ] ?|\.)(?P<year3>(?:19|20)[0-9]{2}|[0-9]{2}))"
    r"(?![\w/%])(?![.,:-][0-9])(?!-[a-zæøå])"
)
_BETWEEN = r"(?: {0,2}- {0,2}| {1,2}(?:til og med|til|og) {1,2})(?:den |d\. ?)?"
#: Two days in figures, the first often without its year: `1/1-31/12 2019`, `1.1.-31.12.2019`.
_SPAN = re.compile(
    r"(?<![\w/-])(?<![0-9][.,:])(?P<day>[0-3]?[0-9])"
    rf"(?:(?P<one>/(?P<month>[01]?[0-9])(?:[ /-](?P<year>{_YEAR}))?){_BETWEEN}"
    r"(?P<end>[0-3]?[0-9])/(?P<end_month>[01]?[0-9])"
    r"(?:(?: ?[-/ ] ?|\.)(?P<end_year>(?:19|20)[0-9]{2})|[-/](?P<end_year2>[0-9]{2}))"
    rf"|(?P<one2>\.(?P<month2>[01]?[0-9])(?:\. ?(?P<year2>{_YEAR})|\.)?){_BETWEEN}"
    r"(?P<end2>[0-3]?[0-9])\.(?P<end_month2>[01]?[0-9])\. ?(?P<end_year3>(?:19|20)[0-9]{2}))"
    r"(?![\w/%])(?![.,:-][0-9])(?!-[a-zæøå])"
)
_SHORT = re.compile(
    rf"(?:(?<!\w)den|(?<!\w)d\.|{_WEEKDAY}|senest|inden) {{0,2}}"
    r"(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])(?![\w/-])(?![., ][0-9])"
)
#: A day and month in figures behind a body or a dated paper: `forelægges Byrådet 7/9`, `tegninger af 8/10`.
_BEHIND = re.compile(
    r"(?:(?:udvalg(?:et)?|råd(?:et)?|kommunalbestyrelse(?:n)?|repræsentation(?:en)?|magistrat(?:en)?|møde(?:t)?) "
    r"|(?:brev|mail|skrivelse|henvendelse|ansøgning|notat|referat|tegning|svar)(?:e[nt]|er|erne)? af )$"
)
_FIGURES_ONLY = re.compile(
    r"(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])(?![\w/%-])(?![., ][0-9])(?! ?(?:flertal|del|af |time|år))"
)
_ISO = re.compile(r"(?<![\w./-])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w/-])")
_MONTH_YEAR = re.compile(
    rf"(?<![\w/])(?<![0-9]\. )(?<![0-9]\.)(?P<month>{_MONTH})(?P<stop>\.)?"
    rf"(?: ?(?:-|og|/) ?(?P<month2>{_MONTH})(?P<stop2>\.)?)?"
    rf",? {{1,2}}(?P<year>{_YEAR})(?![-/][0-9])"
)
_ENGLISH = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH}) {{1,2}}(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?, {{1,2}}(?P<year>{_YEAR})"
)
_DENNES = re.compile(r"(?<![\w.,])(?P<day>[0-3]?[0-9])\. ?(?:(?P<same>s\. ?m|samme måned)|ds|dennes|d\.m)(?!\w)\.?")

_FIGURES = re.compile("[0-9]+")
#: What may follow a day's figures: a month's first letter too, since a blank there may be lost.
_AFTER_DAY = frozenset(".-/ " + "".join({name[0] for name in _FORMS}))
#: No longer than this are two months before a year.
_WIDEST = 30

#: Earlier days of a list or range that share the month after them: `4. - 18. maj`, `3. og 4. oktober`.
_DAYS_BEFORE = re.compile(
    r"(?<![\w,.:/-])(?P<day>[0-3]?[0-9])(?:\.? ?- ?|\. {1,2}(?:og|til|eller|samt) {1,2}|\., ?)"
    rf"(?:{_WEEKDAY} )?(?:den |d\. ?)?$"
)
#: What stands between the two ends of a range.
_RANGE = re.compile(rf"\.?,? {{0,2}}(?:-|til(?: og med)?|til og)? {{0,2}}(?:{_WEEKDAY} )?(?:den |d\. ?)?")
_LIST = re.compile(rf",? {{0,2}}(?:og|eller|samt)? {{0,2}}(?:{_WEEKDAY} )?(?:den |d\. ?)?")
#: A day without its full stop (`den 5 april`) needs a word before it; in a table it may be a figure.
_DEN = re.compile(rf"(?:(?<!\w)den|(?<!\w)d\.|{_WEEKDAY}|,) {{0,2}}$")
_YEARLY_AFTER = re.compile(r",? {0,2}(?:hvert år|hver år|årligt|i hvert)(?!\w)")
_YEARLY_BEFORE = re.compile(rf"(?:hvert år|årligt|hver år)(?: senest| inden| pr\.)?,?(?: {_WEEKDAY})?(?: den| d\.)? ?$")
#: `den 3.5.12`, `senest d. 3-5-12`, `Dato: 3.5.12`: no class stands after these.
_DATED = re.compile(r"(?<!\w)(?:den|d\.|dato:) ?$")
#: A KLE class looks like a date with a year of two digits.
_CLASS_BEFORE = re.compile(
    r"(?:kle|emne|emnenr|klasse|nr|nummer|journal|plan|version|(?<!\w)v|afsnit|punkt|pkt|kap|kapitel|figur|tabel|bilag)"
    r"[. :]{0,3}$"
)
#: After these a figure before a month is not its day: `nr. 3 maj 2012`, a row of a table.
_FIGURE_BEFORE = re.compile(
    rf"{_CLASS_BEFORE.pattern}|(?<!\w)(?:side|s|kl|uge|årgang|hefte|udgave)[. :]{{0,3}}$|[0-9][.,%]? {{0,3}}$"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text; `None` for the parts that are not printed. `opens` and `closes` are the ends of a range."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    opens: bool = False
    closes: bool = False

    @property
    def iso(self) -> str | None:
        """`YYYY-MM-DD`, `YYYY-MM` where no day is printed, `None` where the year or month is missing."""
        if self.year is None or self.month is None:
            return None
        return f"{self.year:04}-{self.month:02}" + ("" if self.day is None else f"-{self.day:02}")


def is_year(text: str) -> bool:
    """Tell whether a text is a year of the last century or of this one, and nothing else."""
    return _A_YEAR.fullmatch(text) is not None


def read_date(text: str) -> str | None:
    """Read `text`, all of it, as one date in any form; `None` where it is none or has no year.

    >>> read_date("d. 4. maj 2012")
    '2012-05-04'
    """
    lower = flatten(text).lower().strip()
    for mention in find_dates(lower):
        around = lower[: mention.start] + lower[mention.end :]
        return mention.iso if re.sub(rf"{_WEEKDAY}|den|d\.|[ ,.]", "", around) == "" else None
    return None


def find_dates(lower: str) -> list[DateMention]:
    """Find every date in `lower` (flat and in lower case), in order; recurring days (`1. maj hvert år`) are none.

    A range gives two mentions; the end that is printed without month or year has those of the other end.
    """
    taken: list[DateMention] = []
    for mention in sorted(_match(lower), key=lambda mention: (mention.start, -mention.end)):
        if taken and mention.start < taken[-1].end:
            continue
        whole = _in_its_month(lower, mention, taken)
        if whole and not _recurs(lower, whole):
            taken.extend([*_days_before(lower, whole), whole])
    return _pair(lower, taken)


def _in_its_month(lower: str, mention: DateMention, taken: list[DateMention]) -> DateMention | None:
    """Give `den 15. s.m.` the month of the date before it; `None` where there is none near."""
    found = _DENNES.match(lower, mention.start) if mention.month is None else None
    if found is None or not found["same"]:
        return mention
    before = taken[-1] if taken and mention.start - taken[-1].end < 200 else None
    return replace(mention, month=before.month, year=before.year) if before and before.month else None


def complete(mentions: Iterable[DateMention], own: str | None) -> list[DateMention]:
    """Give mentions without year the year of the document's `own` date, `3. ds.` its month too; drop the rest."""
    own_year, own_month = (int(own[:4]), int(own[5:7])) if own else (None, None)
    filled = (
        mention
        if mention.iso
        else replace(mention, year=own_year, month=own_month if mention.month is None else mention.month)
        for mention in mentions
    )
    return [mention for mention in filled if mention.iso and _exists(mention.day, mention.month, mention.year)]


def _match(lower: str) -> Iterator[DateMention]:
    """Try a pattern only where its figures stand: a scan of the whole text for each would take ten times as long."""
    last = before_last = 0
    for figures in _FIGURES.finditer(lower):
        start, end = figures.span()
        following = lower[end : end + 1]
        if end - start <= 2 and following in _AFTER_DAY:
            yield from _from_day(lower, start, following, last)
        elif end - start == 4:
            if following == "-" and (found := _ISO.match(lower, start)):
                yield from _mention(start, found.end(), found["day"], found["month"], found["year"])
            if lower[start - 1 : start] == " ":
                yield from _to_year(lower, start, last, before_last)
        last, before_last = end, last


def _from_day(lower: str, start: int, following: str, last: int) -> Iterator[DateMention]:
    """Match what has its day at `start`; the figures before it end at `last`."""
    if following in "./" and (found := _SPAN.match(lower, start)):
        yield from _span(lower, found)
    if following in "./-" and (found := _NUMERIC.match(lower, start)):
        yield from _numeric(lower, found)
    if following == "/":
        found = _SHORT.search(lower, max(last, start - 9), start + 9)
        if found is None and _BEHIND.search(lower, max(last, start - 24), start):
            found = _FIGURES_ONLY.match(lower, start)
        if found and found.start("day") == start:
            yield from _mention(start, found.end(), found["day"], found["month"], None)
    elif found := _LONG.match(lower, start):
        if found["stop"] is not None or _needs_no_stop(lower, found):
            yield from _mention(start, found.end(), found["day"], found["month"], found["year"] or found["later"])
    elif following == "." and (found := _DENNES.match(lower, start)):
        yield DateMention(start, found.end(), int(found["day"]), None, None)


def _to_year(lower: str, start: int, last: int, before_last: int) -> Iterator[DateMention]:
    """Match what has its year at `start`, a month before it; two groups of figures end before it."""
    low = start - _WIDEST
    if found := _ENGLISH.search(lower, max(before_last, low, 0), start + 9):
        yield from _mention(found.start(), found.end(), found["day"], found["month"], found["year"])
    if found := _MONTH_YEAR.search(lower, max(last, low, 0), start + 9):
        yield from _months(found)


def _numeric(lower: str, found: re.Match[str]) -> Iterator[DateMention]:
    month = found["month"] or found["month2"] or found["month3"]
    year = found["year"] or found["year2"] or found["year3"]
    padded = len(found["day"]) == len(month) == 2
    if len(year) == 2 and not found["month3"] and not _is_short_date(lower, found.start(), padded):
        return
    if re.match(r" [a-zæøå][0-9]{2}(?!\w)", lower[found.end() : found.end() + 5]):
        return
    yield from _mention(found.start(), found.end(), found["day"], month, year)


def _span(lower: str, found: re.Match[str]) -> Iterator[DateMention]:
    """Give both days of a range in figures; `_pair` gives the first the year it lacks."""
    if _CLASS_BEFORE.search(lower, max(0, found.start() - 20), found.start()):
        return
    one, end = ("one", "end") if found["one"] else ("one2", "end2")
    month, year = found["month"] or found["month2"], found["year"] or found["year2"]
    end_month = found["end_month"] or found["end_month2"]
    end_year = found["end_year"] or found["end_year2"] or found["end_year3"]
    both = [
        *_mention(found.start(), found.end(one), found["day"], month, year),
        *_mention(found.start(end), found.end(), found[end], end_month, end_year),
    ]
    yield from both if len(both) == 2 else ()


def _needs_no_stop(lower: str, found: re.Match[str]) -> bool:
    """Tell a day without its full stop: after a word that says so, or before month and year (`3 maj 2012`)."""
    start = found.start()
    if _DEN.search(lower, max(0, start - 12), start):
        return True
    return bool(found["year"]) and not _FIGURE_BEFORE.search(lower, max(0, start - 20), start)


def _is_short_date(lower: str, start: int, padded: bool) -> bool:
    """Tell `04.05.15`, and `25.1.10` after a word, from a section's number and a KLE class."""
    if _DATED.search(lower, max(0, start - 7), start):
        return True
    after_word = start > 1 and lower[start - 1] == " " and lower[start - 2].isalpha()
    return (padded or after_word) and not _CLASS_BEFORE.search(lower, max(0, start - 20), start)


def _months(found: re.Match[str]) -> Iterator[DateMention]:
    """Give the one or two months before a year (`sep.-nov. 2012`)."""
    if found["month2"] and _is_month(found["month2"], found["stop2"]):
        yield from _mention(found.start("month"), found.end("month"), None, found["month"], found["year"])
        yield from _mention(found.start("month2"), found.end(), None, found["month2"], found["year"])
    elif not found["month2"] and _is_month(found["month"], found["stop"]):
        yield from _mention(found.start(), found.end(), None, found["month"], found["year"])


def _is_month(name: str, stop: str | None) -> bool:
    return bool(stop) or name not in _WORDS


def _mention(start: int, end: int, day: str | None, month: str, year: str | None) -> Iterator[DateMention]:
    number = _FORMS.get(month) or int(month) if month.isdigit() or month in _FORMS else 0
    full = None if year is None else int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 60 else 2000)
    if _exists(None if day is None else int(day), number, full):
        yield DateMention(start, end, None if day is None else int(day), number, full)


def _exists(day: int | None, month: int | None, year: int | None) -> bool:
    if month is None:
        return True
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def _recurs(lower: str, mention: DateMention) -> bool:
    if mention.year is not None:
        return False
    if _YEARLY_AFTER.match(lower, mention.end):
        return True
    return bool(_YEARLY_BEFORE.search(lower, max(0, mention.start - 40), mention.start))


def _days_before(lower: str, mention: DateMention) -> list[DateMention]:
    """Find the earlier days of a list or range that this mention closes, at most four."""
    days: list[DateMention] = []
    start = mention.start
    while mention.day and mention.month and len(days) < 4:
        found = _DAYS_BEFORE.search(lower, max(0, start - 24), start)
        if found is None or not 0 < int(found["day"]) < mention.day:
            break
        day = DateMention(found.start(), found.end("day"), int(found["day"]), mention.month, mention.year)
        days.insert(0, day)
        start = day.start
    return days


def _pair(lower: str, mentions: list[DateMention]) -> list[DateMention]:
    """Mark the ends of ranges, and give an end without a year the year of the other."""
    for at in range(len(mentions) - 2, -1, -1):
        one, other = mentions[at], mentions[at + 1]
        between = lower[one.end : other.start]
        if len(between) > 28 or (one.day is None) != (other.day is None):
            continue
        span = _RANGE.fullmatch(between) and ("-" in between or "til" in between)
        if not span and not (one.year is None and _LIST.fullmatch(between)):
            continue
        year = one.year if one.year or one.month is None else _year_before(one, other) if span else other.year
        mentions[at] = replace(one, year=year, opens=bool(span))
        mentions[at + 1] = replace(other, closes=bool(span))
    return mentions


def _year_before(one: DateMention, other: DateMention) -> int | None:
    """Give the year of a range's first day by its last: `1. november til 31. marts 2020` begins in 2019."""
    later = other.year is not None and (one.month or 0, one.day or 0) > (other.month or 0, other.day or 0)
    return other.year - 1 if later and other.year else other.year
