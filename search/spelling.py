"""Did you mean: the archive's own words that are near to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from index import query as tree
from index.analysis import fold, stem
from index.lexicon import lexicon
from index.port import Engine
from index.query import all_of

#: Words with one beginning that are compared; of more, the first by the alphabet.
MOST_WORDS = 60_000
#: Letters at the beginning of which at most one is wrong; from so many letters on a word tells enough by two more.
_SURE, _TELLING = 4, 10
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé"
#: From so many letters on one edit is allowed, and two; and by so much an inflection may be longer.
_SHORTEST, _LONG, _LONGEST_ENDING = 4, 7, 5
#: What may stand for a Danish letter on another keyboard.
_PLAIN_LETTER = re.compile(r"ae|oe|.")
_MEANT_LETTERS = {
    "a": ("a", "å", "æ"),
    "å": ("å", "a"),
    "æ": ("æ", "a", "ae"),
    "ae": ("ae", "æ"),
    "o": ("o", "ø"),
    "ø": ("ø", "o", "oe"),
    "oe": ("oe", "ø"),
}
_PLAIN = str.maketrans("æøå", "aoa")
#: Edits with other signs, fewer papers first, the word.
_Ranked: TypeAlias = tuple[tuple[int, int], int, str]
_DOCUMENTS = tree.Term("kind", "document")


def find_corrections(word: str, engine: Engine, *, far: bool = True, limit: int = 3) -> tuple[str, ...]:
    """Give the archive's words nearest to `word`, best first.

    First fewest edits, then fewest other signs and the first letter as typed, then most papers. A swap of two letters
    is one edit; a Danish letter written without its sign is none. Words under four letters are taken as they are, from
    seven letters on two edits are allowed, at most one of them among the first four letters. An inflected word may be
    nearer than one with two edits. Words that papers have only within others come last. Unless `far`, the first letters
    are taken as typed.
    """
    word = fold(word)
    allowed = 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2
    if len(word) < _SHORTEST - 1 or not word.isalpha():
        return ()
    known = _known(word[: _lengths(word)[0]] if allowed else word, engine)
    ranked = _rank(word, known, allowed)
    if (not ranked or ranked[0][0][0] > 1) and allowed:
        if inflected := _rank_stems(word, known, min(1, allowed)):
            return inflected[:limit]
        for length in _lengths(word) if far else ():
            known |= {term: count for start in _starts(word, length) for term, count in _terms(start, engine)}
            if ranked := _rank(word, known, allowed):
                break
    return _nearest(ranked or (_rank_parts(word, engine, min(1, allowed)) if far else []))[:limit]


def find_near(word: str, edits: int, engine: Engine, *, limit: int = 50) -> tuple[str, ...]:
    """Give the archive's words within so many edits, fewest first, then those of most papers; to mark and to tell.

    At most one edit is among the first four letters.
    """
    word = fold(word)
    known = {term: count for start in _starts(word, _SURE) for term, count in _terms(start, engine)}
    near = _within(word, {term: term for term in _alike(known, word, edits)}, edits)
    ranked = sorted((distance, -known[term], term) for term, distance in near if term != word)
    return tuple(term for _, _, term in ranked)[:limit]


def is_near(word: str, other: str) -> bool:
    """Tell whether two words are one edit apart, their Danish letters aside."""
    return any(True for _ in _within(_plainly(word), {other: _plainly(other)}, 1))


def _known(prefix: str, engine: Engine) -> dict[str, int]:
    """Give the words that begin so, on any keyboard, with how many entries hold them."""
    return {term: count for each in _spellings(prefix) for term, count in _terms(each, engine)}


def _lengths(word: str) -> tuple[int, ...]:
    """Give how many first letters hold at most one edit: few of them have far more words to compare."""
    return (_SURE,) if len(word) < _TELLING else (_SURE + 2, _SURE)


def _starts(word: str, length: int) -> Iterator[str]:
    """Yield how a word may begin that has one edit in so many first letters, or none."""
    yield word[:length]
    for at in range(length):
        before, after = word[:at], word[at + 1 : length + 1]
        yield before + word[at + 1 : length + 2]
        yield before + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 : length + 1]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + word[at:length]


def _terms(prefix: str, engine: Engine) -> list[tuple[str, int]]:
    return engine.terms_with_prefix("exact", prefix, MOST_WORDS)


def _nearest(ranked: Sequence[_Ranked]) -> tuple[str, ...]:
    return tuple(term for (edits, _), _, term in ranked if edits == ranked[0][0][0])


def _alike(known: Mapping[str, int], word: str, allowed: int) -> list[str]:
    return [term for term in known if abs(len(term) - len(word)) <= allowed and term.isalpha()]


def _spellings(prefix: str) -> Iterator[str]:
    """Yield a beginning of a word with each of its vowels as the Danish letter that it may stand for."""
    pieces = [_MEANT_LETTERS.get(piece, (piece,)) for piece in _PLAIN_LETTER.findall(prefix)]
    yield from dict.fromkeys("".join(letters) for letters in product(*pieces))


def _plainly(words: str) -> str:
    """Write words without Danish letters; `ae` and `oe` are no more than their signs."""
    return words.replace("ae", "a").replace("oe", "o").translate(_PLAIN)


def _all_plainly(words: Sequence[str]) -> list[str]:
    """Write many words so: in one, which is ten times as fast as each by itself."""
    return _plainly("\n".join(words)).split("\n") if words else []


def _within(word: str, written: Mapping[str, str], allowed: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of the words that are so near to a word, with their distance."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for _, distance, key in process.extract(word, written, scorer=OSA.distance, score_cutoff=allowed, limit=200):
        yield key, int(distance)


def _rank(word: str, known: Mapping[str, int], allowed: int) -> list[_Ranked]:
    plain = _plainly(word)
    shortest, longest = len(plain) - allowed, len(word) + allowed
    alike = [term for term in known if shortest <= len(term) <= longest and term.isalpha()]
    written = dict(zip(alike, _all_plainly(alike), strict=True))
    near = dict(_within(plain, written, allowed))
    signs = dict(_within(word, {term: term for term in near}, _LONGEST_ENDING))
    first = plain[:1]
    return sorted(
        ((near[term], signs.get(term, _LONGEST_ENDING) + (written[term][:1] != first)), -known[term], term)
        for term in near
        if term != word
    )


def _rank_stems(word: str, known: Mapping[str, int], allowed: int) -> tuple[str, ...]:
    """Give the words whose stem is so near to the word's, most papers first."""
    plain = _plainly(stem(word))
    alike = _alike(known, word, _LONGEST_ENDING)
    stems = dict(zip(alike, _all_plainly([stem(term) for term in alike]), strict=True))
    near = _within(plain, stems, allowed)
    return tuple(term for _, _, term in sorted((distance, -known[term], term) for term, distance in near))


def _rank_parts(word: str, engine: Engine, allowed: int) -> list[_Ranked]:
    """Give the parts of compounds that are near to the word's stem; as stems, of which only words can be offered."""
    base, is_word = stem(word), lexicon().find
    known = {
        term: count
        for each in _spellings(base[: _lengths(base)[0]])
        for term, count in engine.terms_with_prefix("parts", each, MOST_WORDS)
        if is_word(term) is not None
    }
    return _rank(base, known, allowed)


def complete(prefix: str, engine: Engine, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """Give the archive's words that begin so with the papers that hold them, most first."""
    found = engine.terms_with_prefix("exact", fold(prefix), MOST_WORDS) if prefix.strip() else []
    words = [word for word, _ in sorted(found, key=lambda each: (-each[1], each[0]))[:limit]]
    # The terms are counted by entries, of which a meeting's paper is several.
    counted = [(word, engine.count(all_of(tree.Term("exact", word), _DOCUMENTS))) for word in words]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))
