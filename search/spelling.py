"""Did you mean: the archive's own words that are near to a word it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from index.analysis import fold
from index.port import Engine

#: Words that are looked at for one misspelt word; beyond it a first letter too is taken as typed.
MOST_WORDS = 60_000
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u"})


def find_corrections(word: str, engine: Engine, *, edits: int | None = None, limit: int = 3) -> tuple[str, ...]:
    """Give the archive's words nearest to `word`, best first: fewest edits, then most papers.

    A swap of two letters is one edit, a Danish letter typed as its foreign spelling none. Words under four letters are
    taken as they are, from eight letters on two edits are allowed.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word = fold(word)
    allowed = edits if edits is not None else 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    if not allowed or not word.isalpha():
        return ()
    seen: dict[str, int] = {}
    for prefix in _prefixes(word):
        seen |= dict(engine.terms_with_prefix("exact", prefix, MOST_WORDS))
        near = process.extract(
            word,
            [each for each in seen if abs(len(each) - len(word)) <= allowed],
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=200,
        )
        if near:
            best = sorted((int(distance), -seen[term], term) for term, distance, _ in near if term.isalpha())
            closest = best[0][0] if best else 0
            return tuple(term for distance, _, term in best if distance <= (allowed if edits else closest))[:limit]
    return ()


def _prefixes(word: str) -> Iterator[str]:
    yield word[:2]
    yield word[:1]
    yield word[1:2]
    yield ""


def complete(prefix: str, engine: Engine, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """Give the archive's words that begin so, most papers first."""
    found = engine.terms_with_prefix("exact", fold(prefix), MOST_WORDS)
    return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:limit])
