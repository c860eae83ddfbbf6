"""Danish compounds: `boligpolitikken` is `bolig` and `politik`.

A word is split after a walk over all ways to cut it into known words, cheapest way first: rare words, short words and
many parts cost. The lexicon (`data/danish.marisa`, a memory-mapped automaton) is part of the program, so that index and
query always split alike; words that it does not know, names above all, may stand first: `Engholmskolen` is `engholm`
and `skole`.
"""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LONGEST = 40
SHORTEST = 3
_UNSEEN = 70
_ENDLESS = 1_000_000
#: What one more part costs, and a part of three letters or one that is no lemma, in tenths of powers of ten.
_PART, _SHORT, _BENT, _LINK = 12, 14, 6, 2
#: A word of the lexicon is split where the parts are hardly rarer than the word; a common word is one idea of its own.
_COMMON, _DEARER_COMMON, _DEARER = 53, 52, 84
#: What each part of a word outside the lexicon may cost on average.
_FAIR = 72
#: Two letters that do stand in compounds.
_TWO = frozenset(("by", "sø", "tv", "it", "eu", "ny", "is", "te", "øl", "ph", "bo"))
_TWO_HEADS = frozenset(("by", "sø", "ø", "å", "tv", "øl"))
_TWO_ANYWHERE = _TWO | _TWO_HEADS


def read_words(name: str) -> frozenset[str]:
    """Read a list of words from `data/`, lines with `#` left out."""
    text = importlib.resources.files("index").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


#: Prefixes, endings and function words.
_NEVER = read_words("never_parts.txt")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of one form."""

    rarity: int
    is_lemma: bool
    cut: int
    put: str
    bends: bool

    def lemma_of(self, form: str) -> str:
        """Give the lemma where Snowball would not meet it, else the form itself."""
        return form[: len(form) - self.cut] + self.put if self.bends else form


@lru_cache(maxsize=1)
def lexicon() -> Any:
    """Open the automaton that has an entry for each form."""
    import marisa_trie

    with importlib.resources.as_file(importlib.resources.files("index") / "data" / "danish.marisa") as path:
        return marisa_trie.BytesTrie().mmap(str(path))


@lru_cache(maxsize=1)
def forms() -> Any:
    """Open the automaton of the forms alone: it finds what a word begins with six times as fast as the other."""
    import marisa_trie

    with importlib.resources.as_file(importlib.resources.files("index") / "data" / "forms.marisa") as path:
        return marisa_trie.Trie().mmap(str(path))


@lru_cache(maxsize=16_384)
def look_up(word: str) -> Entry | None:
    """Give the lexicon's entry of a form, or of the form without its genitive -s."""
    known, form = forms(), word
    if form not in known:
        form = word.removesuffix("s")
        if form not in known:
            return None
    data = lexicon()[form][0]
    bends = len(data) > 2
    return Entry(data[0], bool(data[1]), data[2] if bends else 0, data[3:].decode() if bends else "", bends)


@lru_cache(maxsize=16_384)
def split(word: str) -> tuple[str, ...]:
    """Cut a lower-case word into its parts, the last one inflected as it stands; empty where it is no compound.

    Linking letters are dropped: `integrationspolitikken` gives `integration`, `politikken`.
    """
    if not 5 < len(word) <= LONGEST or not word.isalpha():
        return ()
    known = look_up(word)
    ways = _walk(word)
    if known is None:
        return ways[1] if ways and ways[0] <= _FAIR * len(ways[1]) else _split_name(word)
    dearer = _DEARER_COMMON if known.rarity < _COMMON else _DEARER
    return ways[1] if ways and ways[0] - known.rarity <= dearer else ()


def stretches(word: str) -> tuple[str, ...]:
    """Give the parts of a compound and every run of neighbouring parts short of the whole, as they stand in it.

    `skolebestyrelsesmøde` gives `skole`, `bestyrelse`, `møde`, `skolebestyrelse`, `bestyrelsesmøde`.
    """
    parts = split_fully(word)
    starts = _starts(word, parts)
    found = dict.fromkeys(parts)
    for first in range(len(parts)):
        for last in range(first + 1, len(parts)):
            if (first, last) != (0, len(parts) - 1):
                found[word[starts[first] : starts[last] + len(parts[last])]] = None
    return tuple(found)


def tails(word: str) -> tuple[str, ...]:
    """Give what a suspended hyphen before this word may stand for: `skare` of `medarbejderskare`."""
    parts = split_fully(word)
    return tuple(word[start:] for start in _starts(word, parts)[1:])


def heads(word: str) -> tuple[str, ...]:
    """Give what a hyphen in front of a later word may stand for: `bygge` of `byggegrunde og -projekter`."""
    parts = split_fully(word)
    return tuple(word[:start] for start in _starts(word, parts)[1:])


@lru_cache(maxsize=16_384)
def split_fully(word: str) -> tuple[str, ...]:
    """Cut a word into parts, and these again until none can be cut."""
    parts = split(word)
    if not parts:
        return ()
    return tuple(piece for part in parts for piece in (split_fully(part) or (part,)))


def _starts(word: str, parts: tuple[str, ...]) -> list[int]:
    starts, at = [], 0
    for part in parts:
        if not word.startswith(part, at):
            at += 1
        starts.append(at)
        at += len(part)
    return starts


def _walk(word: str) -> tuple[int, tuple[str, ...]] | None:
    """Find the cheapest way to cut the whole word into two or more known parts.

    A known word is read as the next part as it stands, with a linking s or e, or at the end with a genitive -s.
    """
    size = len(word)
    prefixes = forms().prefixes
    costs = [_ENDLESS] * (size + 1)
    costs[0] = 0
    came = [(0, "")] * (size + 1)
    for start in range(size - 1):
        if (spent := costs[start]) + _PART >= costs[size]:
            continue
        for piece in prefixes(word[start:] if start else word[:-1]):
            if len(piece) < SHORTEST and piece not in _TWO_ANYWHERE:
                continue
            end = start + len(piece)
            after = word[end : end + 1]
            if end >= size - 1 and after in ("", "s"):
                if start and spent + (cost := _cost(piece, True)) < costs[size]:
                    costs[size], came[size] = spent + cost, (start, piece + after)
                continue
            total = spent + _cost(piece, False)
            if total < costs[end]:
                costs[end], came[end] = total, (start, piece)
            if after in ("s", "e") and len(piece) > 2 and end + 1 < size:
                total += _LINK if after == "s" else _LINK * 6
                if total < costs[end + 1]:
                    costs[end + 1], came[end + 1] = total, (start, piece)
    return (costs[size], _trace(came)) if costs[size] < _ENDLESS else None


def _trace(came: list[tuple[int, str]]) -> tuple[str, ...]:
    found, at = [], len(came) - 1
    while at:
        at, part = came[at]
        found.append(part)
    return tuple(reversed(found))


@lru_cache(maxsize=16_384)
def _cost(piece: str, last: bool) -> int:
    """Give what a known word costs as a part; endless where it cannot be one."""
    if piece in _NEVER or (len(piece) < SHORTEST and piece not in (_TWO_HEADS if last else _TWO)):
        return _ENDLESS
    found = look_up(piece)
    if found is None or (len(piece) <= 4 and found.rarity >= _UNSEEN):
        return _ENDLESS
    bent = 0 if last or found.is_lemma else _BENT
    return found.rarity + _PART + bent + (_SHORT if len(piece) <= SHORTEST else 0)


def _head_limit(head: str) -> int:
    return 58 if len(head) > 5 else 48 if len(head) > 4 else 42


def _split_name(word: str) -> tuple[str, ...]:
    """Cut an unknown first part off the longest well-known head: `lindevangskvarteret`."""
    for at in range(4, len(word) - 2):
        head, name = word[at:], word[:at]
        found = look_up(head)
        if found is None or head in _NEVER or found.rarity > _head_limit(head):
            continue
        return (name.removesuffix("s") if len(name) > 5 else name, head)
    return ()
