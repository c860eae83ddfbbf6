"""Acts under all their names: the register of those that municipalities cite, and the paragraphs of a citation.

What a document prints stays as it is printed; that `servicelovens § 83` and `lov om social service § 83` are one is
for the index and for questions to know.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_PACKAGED = Path(__file__).parent / "data" / "laws" / "common.toml"
SIGN = "§"
SIGNS = (SIGN, "paragraf")
#: A letter of a paragraph, `83 a`; `i` is the word of `§ 83 i serviceloven`.
_LETTER = re.compile(r"[a-hj-zæøå]")
_NUMBER = re.compile(r"([0-9]{1,4})([a-zæøå])?")
_RANGE = re.compile(r"([0-9]{1,4})-([0-9]{1,4})")
_JOINS = frozenset(("og", "eller", "samt"))
#: Paragraphs that `§§ 5-40` stands for at most; a longer run is its first.
LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class Law:
    """An act as the register knows it; `name` is the one that people use, `letters` are its abbreviations."""

    title: str
    name: str
    also: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    #: The name of the act of which this is one version.
    of: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once."""
        return tuple(dict.fromkeys((self.name, self.title, *self.also)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `83`, its letter and the part of it that is meant, where these are said."""

    number: str
    letter: str = ""
    part: str = ""

    @property
    def written(self) -> str:
        """The paragraph without its part: `83 a`."""
        return f"{self.number} {self.letter}" if self.letter else self.number

    @property
    def key(self) -> str:
        """The paragraph in one spelling: `83 a stk 2`; what it is part of has a key that it begins with."""
        return f"{self.written} stk {self.part}" if self.part else self.written


@cache
def laws() -> tuple[Law, ...]:
    """Give every act of the packaged register."""
    entries = tomllib.loads(_PACKAGED.read_text("utf-8"))["law"]
    return tuple(
        Law(
            entry["title"],
            entry["name"],
            tuple(entry.get("also", ())),
            tuple(entry.get("letters", ())),
            entry.get("of"),
        )
        for entry in entries
    )


@cache
def lettered() -> Mapping[str, Law]:
    """Give the act behind each abbreviation, in capitals."""
    return MappingProxyType({letters: law for law in laws() for letters in law.letters})


def versions_of(law: Law) -> Iterator[Law]:
    """Yield an act and those that are versions of it: the building code, and each year's."""
    yield law
    yield from (each for each in laws() if each.of == law.name)


def read_paragraphs(words: Sequence[str], start: int) -> tuple[tuple[Paragraph, ...], int]:
    """Read the paragraphs that follow a sign at `start` among folded words, and where they end.

    `§ 83`, `§ 83 a`, `§ 13 stk 2`, `§ 83 og 86`, `§ 5-8`; none where no number follows.
    """
    found: list[Paragraph] = []
    at = start + 1
    while at < len(words) and (run := _read_run(words[at])):
        at += 1
        if len(run) == 1 and not run[0].letter and at < len(words) and _LETTER.fullmatch(words[at]):
            run = (Paragraph(run[0].number, words[at]),)
            at += 1
        if len(run) == 1 and at + 1 < len(words) and words[at] == "stk" and (part := words[at + 1]).isdecimal():
            return (*found, Paragraph(run[0].number, run[0].letter, part)), at + 2
        found += run
        if not (at + 1 < len(words) and words[at] in _JOINS and _NUMBER.fullmatch(words[at + 1])):
            break
        at += 1
    return tuple(found), at


def _read_run(word: str) -> tuple[Paragraph, ...]:
    if number := _NUMBER.fullmatch(word):
        return (Paragraph(number[1].lstrip("0") or "0", number[2] or ""),)
    if run := _RANGE.fullmatch(word):
        low, high = int(run[1]), int(run[2])
        return tuple(
            Paragraph(str(each)) for each in range(low, high + 1 if 0 <= high - low < LONGEST_RUN else low + 1)
        )
    return ()
