"""Danish compounds: `boligpolitikken` is `bolig` and `politik`.

A word is split after a walk over all ways to cut it into known words, cheapest way first: rare words, short words and
many parts cost. Words that the lexicon does not know, names above all, may stand first: `Engholmskolen` is `engholm`
and `skole`.
"""

from __future__ import annotations

from functools import lru_cache

from index.lexicon import IS_COMPOUND, NEVER, lexicon, read_words

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
#: Prefixes, endings and function words.
_NEVER = read_words("never_parts.txt")
#: Those of them that may stand last, though not before others.
_HEADS = read_words("head_parts.txt")
#: What ends nouns in -ering and -ing, and genitives, and is no word there: `sorte-ring`, `mål-ingen`, `pligt-ens`.
_ENDINGS = frozenset(("enes", "ens", "rens", "ingen", "ring", "ringe", "ringen", "ringer", "ringene", "ringerne"))
_NEVER_LAST = (_NEVER - _HEADS) | _ENDINGS


@lru_cache(maxsize=16_384)
def split(word: str) -> tuple[str, ...]:
    """Cut a lower-case word into its parts, the last one inflected as it stands; empty where it is no compound.

    Linking letters are dropped: `integrationspolitikken` gives `integration`, `politikken`.
    """
    if not 5 < len(word) <= LONGEST or not word.isalpha():
        return ()
    known = lexicon().find(word)
    if known is not None and not lexicon().marks[known] & IS_COMPOUND:
        return ()
    ways = _walk(word)
    if ways and (known is not None or ways[0] <= _FAIR * len(ways[1]) or ways[0] <= _FAIR * _count(ways[1])):
        return ways[1]
    return _split_name(word) if known is None else ()


def _count(parts: tuple[str, ...]) -> int:
    """Count the words that the parts hold: the lexicon's rare compounds cost as much as what they are made of."""
    return sum(len(split_fully(part)) or 1 for part in parts)


def is_compound(form: str, rarity: int) -> bool:
    """Judge for the lexicon whether a form is two words rather than one."""
    ways = _walk(form) if 5 < len(form) <= LONGEST else None
    return ways is not None and ways[0] - rarity <= (_DEARER_COMMON if rarity < _COMMON else _DEARER)


def is_cut_alike(form: str, lemma: str) -> bool:
    """Judge for the lexicon whether an inflected form is cut where its lemma is."""
    own, whole = _walk(form), _walk(lemma)
    return own is not None and whole is not None and own[1][:-1] == whole[1][:-1]


def cost_of(form: str, rarity: int, *, is_lemma: bool, last: bool) -> int:
    """Work out for the lexicon what a form costs as a part of a compound."""
    short = len(form) < SHORTEST and form not in (_TWO_HEADS if last else _TWO)
    if form in (_NEVER_LAST if last else _NEVER) or short or (len(form) <= 4 and rarity >= _UNSEEN):
        return NEVER
    return rarity + _PART + (0 if last or is_lemma else _BENT) + (_SHORT if len(form) <= SHORTEST else 0)


def stretches(word: str) -> tuple[str, ...]:
    """Give the parts of a compound and every run of neighbouring parts short of the whole, as they stand in it.

    `skolebestyrelsesmøde` gives `skole`, `bestyrelse`, `møde`, `skolebestyrelse`, `bestyrelsesmøde`.
    """
    parts = split_fully(word)
    if len(parts) < 3:
        return parts
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
    return lexicon().cut(word) or split_anew(word)


def split_anew(word: str) -> tuple[str, ...]:
    """Do so by the rules, also where the lexicon has the parts."""
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
    size, known = len(word), lexicon()
    prefixes, inner, last = known.forms.iter_prefixes_with_ids, known.inner, known.last
    costs = [_ENDLESS] * (size + 1)
    costs[0] = 0
    came = [(0, "")] * (size + 1)
    for start in range(size - 1):
        if (spent := costs[start]) + _PART >= costs[size]:
            continue
        for piece, number in prefixes(word[start:] if start else word[:-1]):
            end = start + len(piece)
            if end >= size - 1 and (end == size or word[end] == "s"):
                if start and last[number] != NEVER and spent + last[number] < costs[size]:
                    costs[size], came[size] = spent + last[number], (start, word[start:])
                continue
            if inner[number] == NEVER:
                continue
            total = spent + inner[number]
            if total < costs[end]:
                costs[end], came[end] = total, (start, piece)
            if word[end] in "se" and len(piece) > 2 and end + 1 < size and not piece[-1] == word[end] == "s":
                total += _LINK if word[end] == "s" else _LINK * 6
                if total < costs[end + 1]:
                    costs[end + 1], came[end + 1] = total, (start, piece)
    return (costs[size], _trace(came)) if costs[size] < _ENDLESS else None


def _trace(came: list[tuple[int, str]]) -> tuple[str, ...]:
    found, at = [], len(came) - 1
    while at:
        at, part = came[at]
        found.append(part)
    return tuple(reversed(found))


def _head_limit(head: str) -> int:
    return 58 if len(head) > 5 else 48 if len(head) > 4 else 42


def _split_name(word: str) -> tuple[str, ...]:
    """Cut an unknown first part off the longest well-known head: `lindevangskvarteret`."""
    known = lexicon()
    for at in range(4, len(word) - 2):
        head, name = word[at:], word[:at]
        found = known.find(head)
        if found is None or head in _NEVER or head in _ENDINGS or known.rarity[found] > _head_limit(head):
            continue
        return (name.removesuffix("s") if len(name) > 5 else name, head)
    return ()
