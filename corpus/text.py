"""Pure functions that make text: Unicode form, dashes, white space, counts.

`flatten` keeps the length, so that offsets found in its result are offsets of the original; the others do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_DASHES = tuple((sign, "-") for sign in DASHES)
_BREAKS = tuple((sign, " ") for sign in "\n\r\t\v\f")
_FLAT = (
    *(*_BREAKS, *_DASHES, *((sign, " ") for sign in SPACES + "\u2028\u2029")),
    *(("\u2019", "'"), ("\u2018", "'")),
)
_UNSEEN = tuple((sign, "") for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad\0")


def flatten(text: str) -> str:
    """Turn every white space into a blank, every dash into `-`, curly apostrophes straight; the length stays."""
    return _replace(text, _BREAKS if text.isascii() else _FLAT)


def fold_dashes(text: str) -> str:
    """Turn every kind of dash into `-`; the length stays."""
    return _replace(text, _DASHES)


def _replace(text: str, signs: tuple[tuple[str, str], ...]) -> str:
    """Replace sign by sign those that are there: `str.translate` looks every letter up."""
    for sign, plain in signs:
        if sign in text:
            text = text.replace(sign, plain)
    return text


def places_of(text: str, words: Iterable[str]) -> list[int]:
    """Give where any of the words stands, in order: a few words one by one are found faster than by a pattern."""
    found: list[int] = []
    for word in words:
        place = text.find(word)
        while place >= 0:
            found.append(place)
            place = text.find(word, place + 1)
    return sorted(found)


def matches_of(pattern: re.Pattern[str], text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with one of the words: a pattern is tried only where one stands."""
    end = 0
    for place in places_of(text, words):
        match = pattern.match(text, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def fold_spaces(text: str) -> str:
    """Turn runs of white space into one blank and strip both ends."""
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Bring text from a file into the form we keep: NFC, without zero-width signs, soft hyphens and NUL."""
    return text.replace("\0", "") if text.isascii() else unicodedata.normalize("NFC", _replace(text, _UNSEEN))


def count_of(number: int, noun: str) -> str:
    """Give a count with its English noun: `1 file`, `2,000 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
