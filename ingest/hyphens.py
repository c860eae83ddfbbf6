"""Hyphens at line ends: `integrati-` `onspolitik` is one word, `Beskæftigelses-` `og` keeps hyphen and blank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

HYPHENS = "-\u2010\u00ad\u2011"
_WORD = re.compile(r"[^\W\d_]{2,60}(?:[-\u2010\u2011][^\W\d_]{1,60}){0,3}")
_LAST = re.compile(r"([\w.]{1,80})[-\u2010\u00ad\u2011]$")
_FIRST = re.compile(r"[^\W_]{1,80}")
#: After a suspended hyphen comes the word that joins it to the next compound.
_JOINING = frozenset((
    "og", "eller", "samt", "til", "og/eller", "and", "or", "und", "m.fl.", "m.v.", "mv.", "men", "som",
    "både",
))  # fmt: skip
#: Short forms that a real hyphen follows: `e-mail`, `a-kasse`, `ikke-kommerciel`. Capitals are told apart elsewhere.
_PREFIXES = frozenset(("e", "a", "b", "c", "k", "p", "u", "ikke", "socio", "non"))
#: Words of which two make a pair with its hyphen: `dansk-tysk`, `rød-grøn`.
_PAIRED = re.compile(
    r"(?:dansk|svensk|norsk|finsk|islandsk|tysk|engelsk|fransk|polsk|tyrkisk|arabisk|nordisk|europæisk|amerikansk|russisk|"
    r"rød|grøn|blå|gul|hvid|sort|brun|nord|syd|øst|vest|politisk|økonomisk|teknisk|social|kulturel|faglig)(?:e|t|ske)?$"
)
_VOWELS = frozenset("aeiouyæøåéöäü")


@dataclass(slots=True)
class Words:
    """The words that a document writes itself, lower case: whole ones, and those with a real hyphen inside."""

    whole: set[str] = field(default_factory=set)
    hyphened: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Words:
        """Collect the words of lines; the last word of a line that ends in a hyphen is none."""
        words = cls()
        for line in lines:
            for match in _WORD.finditer(line):
                word = match[0].lower()
                if match.end() < len(line) and line[match.end()] in HYPHENS:
                    continue
                if "-" in word or "\u2010" in word or "\u2011" in word:
                    words.hyphened.add(word.replace("\u2010", "-").replace("\u2011", "-"))
                else:
                    words.whole.add(word)
        return words


def join_words(before: str, after: str, words: Words) -> tuple[str, str]:
    """Give the end of a wrapped line and what parts it from the next one: a blank, or nothing within a word.

    Rules in order: a blank before the hyphen is a dash; a joining word, a capital or a digit after it keeps it; a
    word that the document writes with or without the hyphen elsewhere decides; else it was set by the page's width.
    """
    before = before.rstrip()
    if not before or before[-1] not in HYPHENS:
        return before, " "
    match = _LAST.search(before)
    first = _FIRST.match(after.lstrip())
    if match is None or first is None:
        return before, " " if match is None else ""
    if before[-1] == "\u00ad":
        return before[:-1], ""
    left, right = match[1], first[0]
    if _is_suspended(left, right, after):
        return before, " "
    if is_real(left, right, words):
        return before, ""
    return before[:-1], ""


def _is_suspended(left: str, right: str, after: str) -> bool:
    """Say whether the hyphen stands for the end of a compound: `job-, skole- og`, `støtte- og`."""
    if right.lower() in _JOINING and not after[len(right) : len(right) + 1].isalpha():
        return True
    return left[-1:].isdigit() and right[:1].isdigit() is False and right[:1].isupper()


def is_real(left: str, right: str, words: Words) -> bool:
    """Say whether `left-right` is written with its hyphen also where no line ends."""
    whole, hyphened = (left + right).lower(), f"{left}-{right}".lower()
    if hyphened in words.hyphened:
        return True
    if whole in words.whole:
        return False
    if left[-1:].isdigit() or right[:1].isdigit() or "." in left[:-1]:
        return True
    if right[:1].isupper():
        return True
    if len(left) > 1 and left.isupper() and not right.isupper():
        return True
    if left.lower() in _PREFIXES or (_PAIRED.match(left.lower()) and _PAIRED.match(right.lower())):
        return True
    return not _VOWELS.intersection(left.lower())
