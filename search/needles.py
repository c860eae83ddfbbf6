"""What is looked for in the texts of one answer, and where in a text it may stand.

A first look only: a text is looked through as Latin-1, in which each letter is a byte and keeps its place, as bytes are
searched ten times as fast as letters of either case. What Latin-1 has not, and `?`, counts as a hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, TypeAlias

from corpus.numbers import Number
from index.analysis import Token
from search.forms import Meaning

_ALIKE = str.maketrans("äö?éèêëáàâóòôíìüúùýñç\x85\xa0", "æø-eeeeaaaoooiiuuuync  ")
_FOLDED = "".join(chr(code).lower() for code in range(256)).translate(_ALIKE).translate(dict.fromkeys(range(32), " "))
_FOLD = _FOLDED.encode("latin-1")
#: The end of a chunk whose word goes on in a later one.
_HANGING = re.compile(rb"-[,;:)]*(?![^ -])")
_NUMBER_GAP = rb"(?: ?[-/.:] ?| )"
_SPELLINGS = {"å": ("å", "aa")}
#: In short words the vowel may change with the inflection: `barn` and `børn`, `bog` and `bøger`, `ung` and `yngre`.
_BENDING = {"a": ("a", "æ", "ø"), "o": ("o", "ø"), "å": ("å", "aa", "æ"), "u": ("u", "y")}
_LONGEST_BENT = 5
#: Letters with several spellings in one beginning: what comes behind them is left to the second look.
_MOST_SPELT = 4
NUMBER, HANGING = -1, -2

#: Start and end in a text, and which of the beginnings stands there: `NUMBER`, `HANGING` or a count from 0.
Place: TypeAlias = tuple[int, int, int]


class Mark(NamedTuple):
    """A found word in a text: which of the query's, -1 for a number, and how near to it."""

    start: int
    end: int
    word: int
    weight: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What one chunk of text holds of the query: marks, the words that phrases ask for with their places, its size."""

    marks: tuple[Mark, ...]
    phrased: tuple[tuple[int, Token], ...]
    words: int


@dataclass(frozen=True, slots=True)
class Needles:
    """What is looked for in the texts of one answer; `seen` keeps what its chunks were found to hold."""

    meanings: tuple[Meaning, ...]
    numbers: tuple[re.Pattern[bytes], ...]
    #: Beginnings of words in each of their spellings, with a number for each beginning.
    beginnings: tuple[tuple[bytes, int], ...]
    phrase_words: frozenset[str]
    #: Every form, stem and part of any word, for a first look; and every beginning.
    words: frozenset[str]
    prefixes: tuple[str, ...]
    seen: dict[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """A text that was looked through: as folded, with the places where something may stand, in order."""

    text: str
    folded: bytes
    places: list[Place]

    def between(self, low: int, high: int) -> list[Place]:
        """Give the places that lie between two offsets."""
        first, last = bisect_left(self.places, (low,)), bisect_left(self.places, (high,))
        return [place for place in self.places[first:last] if place[1] <= high]


def needles_of(meanings: tuple[Meaning, ...], numbers: tuple[Number, ...]) -> Needles:
    """Make ready, once for an answer, what its snippets look for."""
    phrase_words = frozenset(word for meaning in meanings for phrase in meaning.phrases for word in phrase)
    words = phrase_words.union(*(meaning.exact | meaning.stems | meaning.parts for meaning in meanings))
    prefixes = tuple(prefix for meaning in meanings for prefix in meaning.prefixes)
    beginnings = sorted({_beginning(form) for form in (*words, *prefixes)} - {""})
    spelt = {spelling: which for which, form in enumerate(_shortest(beginnings)) for spelling in _spell(form)}
    printed = sorted({_spell_number(number) for number in numbers if number.serial or number.norm})
    return Needles(meanings, tuple(map(re.compile, printed)), tuple(spelt.items()), phrase_words, words, prefixes)


def _beginning(form: str) -> str:
    """Give so much of a word as its inflections share: all but the last letter or two of a long one."""
    return form[: max(4, len(form) - 2)] if form.isalpha() else form


def _shortest(beginnings: list[str]) -> Iterator[str]:
    """Leave out what begins with another; they come in order."""
    last = None
    for beginning in beginnings:
        if last is None or not beginning.startswith(last):
            yield beginning
            last = beginning


def _spell(beginning: str) -> Iterator[bytes]:
    """Yield the spellings of a beginning, folded."""
    spellings = _BENDING if len(beginning) <= _LONGEST_BENT else _SPELLINGS
    several = [at for at, letter in enumerate(beginning) if letter in spellings]
    shown = beginning[: several[_MOST_SPELT]] if len(several) > _MOST_SPELT else beginning
    for letters in product(*(spellings.get(letter, letter) for letter in shown)):
        yield fold_letters("".join(letters))


def _spell_number(number: Number) -> bytes:
    """Give a pattern for a number in its printed spellings: any dash, blanks about it, zeros in front of the serial."""
    pieces = [re.escape(fold_letters(piece)) for piece in re.split(r"[-/:. ]", number.norm) if piece]
    # Patterns that begin with letters are found faster: that no figure stands before them is asked behind them.
    first, *rest = pieces if len(pieces) > 1 else (rb"0{0,5}" + pieces[0],)
    before = rb"(?<![0-9])" if not rest else rb"(?<![0-9]" + first + rb")"
    numbered = [rb"0{0,5}" + piece for piece in rest]
    return before + first + rb"(?![0-9])" if not rest else _NUMBER_GAP.join((first + before, *numbered)) + rb"(?![0-9])"


def fold_letters(text: str) -> bytes:
    """Give a text as bytes in which letters that count as the same are the same; each keeps its place."""
    return text.encode("latin-1", "replace").translate(_FOLD)


def look_through(text: str, needles: Needles) -> Looked:
    """Find where in a text a beginning of a word, or a number, stands, or a word hangs."""
    folded = fold_letters(text)
    places = [(*found.span(), NUMBER) for pattern in needles.numbers for found in pattern.finditer(folded)]
    for spelling, which in needles.beginnings:
        at = folded.find(spelling)
        while at >= 0:
            end = at + len(spelling)
            places.append((at, end, which))
            at = folded.find(spelling, end)
    if needles.beginnings:
        places += [(*found.span(), HANGING) for found in _HANGING.finditer(folded)]
    places.sort()
    return Looked(text, folded, places)
