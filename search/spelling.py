"""Did you mean: the archive's own words that are near to what was typed."""

from __future__ import annotations

from index import query as tree
from index.analysis import fold
from index.port import Engine
from index.query import all_of

#: Words that are looked at for one misspelt word; where more begin alike, longer beginnings are taken as typed.
MOST_WORDS = 60_000
#: Letters at the beginning that are taken as typed where a word one edit away begins so.
_SURE = 4
_DOCUMENTS = tree.Term("kind", "document")


def find_corrections(word: str, engine: Engine, *, edits: int | None = None, limit: int = 3) -> tuple[str, ...]:
    """Give the archive's words nearest to `word`, best first: fewest edits, then most papers.

    A swap of two letters is one edit. Words under four letters are taken as they are, from seven letters on two edits
    are allowed. With `edits` every word within so many is given, not the nearest only.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word = fold(word)
    allowed = edits if edits is not None else 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    if not allowed or not word.isalpha():
        return ()
    for prefix in dict.fromkeys((word[:_SURE], word[:2], word[:1], word[1:2], "")):
        known = engine.terms_with_prefix("exact", prefix, MOST_WORDS)
        alike = {term: count for term, count in known if abs(len(term) - len(word)) <= allowed and term.isalpha()}
        near = process.extract(word, list(alike), scorer=OSA.distance, score_cutoff=allowed, limit=200)
        ranked = sorted((int(distance), -alike[term], term) for term, distance, _ in near if term != word)
        if ranked and (prefix != word[:_SURE] or (ranked[0][0] == 1 and edits is None)):
            furthest = allowed if edits else ranked[0][0]
            return tuple(term for distance, _, term in ranked if distance <= furthest)[:limit]
    return ()


def complete(prefix: str, engine: Engine, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """Give the archive's words that begin so with the papers that hold them, most first."""
    found = engine.terms_with_prefix("exact", fold(prefix), MOST_WORDS) if prefix.strip() else []
    words = [word for word, _ in sorted(found, key=lambda each: (-each[1], each[0]))[:limit]]
    # The terms are counted by entries, of which a meeting's paper is several.
    counted = [(word, engine.count(all_of(tree.Term("exact", word), _DOCUMENTS))) for word in words]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))
