"""Did you mean: the archive's own words and numbers that are near to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numbers import Number, candidates, parse
from index import query as tree
from index.analysis import fold
from index.port import Engine
from index.query import all_of

#: Words that are looked at for one misspelt word; where more begin alike, longer beginnings are taken as typed.
MOST_WORDS = 60_000
#: A run of figures and separators that may be a number in a spelling of its own, letters in front included.
_RUN = re.compile(r"(?<![\w\"])(?:[A-Za-zÆØÅæøå]{1,4}[ -]?)?[0-9]{1,4}(?:[ ]?[-/.:_ ][ ]?[0-9]{1,7}){1,4}(?![\w\"])")
#: Letters at the beginning that are taken as typed where a word one edit away begins so.
_SURE = 4
_DOCUMENTS = tree.Term("kind", "document")
_PIECE = re.compile(r"[A-ZÆØÅ]+|[0-9]+")
_KLE = re.compile(r"([0-9]{2})\D?([0-9]{2})\D?([0-9]{2})[ -]?([A-ZÆØÅ][0-9]{2})[ -]?([0-9]{1,5})[ -]([0-9]{2})")
_FUSED = re.compile(r"((?:19|20)[0-9]{2})([0-9]{3,7})|([0-9]{2})([0-9]{4,6})")


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


def settle_numbers(query: str, engine: Engine) -> str:
    """Write numbers in a spelling of their own (`emn 2017 02087`, `18 / 33412`) as the archive's number they mean.

    Nothing is changed where the archive has no such number: what looks like one may be words.
    """

    def settle(found: re.Match[str]) -> str:
        known = next((number for number in _readings(found[0]) if is_known(number, engine)), None)
        apart = "" if query[: found.start()].endswith("-") else " "
        return f"{apart}{known.norm} " if known else found[0]

    return _RUN.sub(settle, query) if any(map(str.isdecimal, query)) else query


def is_known(number: Number, engine: Engine) -> bool:
    """Tell whether any paper of the archive bears or cites a number."""
    return any(engine.frequency(field, number.key) for field in ("case", "number", "cites"))


def _readings(text: str) -> Iterator[Number]:
    """Yield the numbers that a run of figures may be."""
    pieces = _PIECE.findall(text.upper())
    spellings = [text, "-".join(pieces), "/".join(pieces)]
    if pieces[0].isalpha():
        spellings += [pieces[0] + "-".join(pieces[1:]), pieces[0] + " " + "/".join(pieces[1:])]
    if kle := _KLE.fullmatch(text.upper()):
        spellings.append(f"{kle[1]}.{kle[2]}.{kle[3]}-{kle[4]}-{kle[5]}-{kle[6]}")
    yield from (number for spelling in spellings if (number := parse(spelling)))


def guess_numbers(word: str) -> tuple[Number, ...]:
    """Give the numbers that one word of figures may be: `201016508` is 2010-16508 without its dash."""
    found = list(candidates(word))
    if fused := _FUSED.fullmatch(word):
        spelling = f"{fused[1]}-{fused[2]}" if fused[1] else f"{fused[3]}/{fused[4]}"
        if number := parse(spelling):
            found.append(number)
    return tuple(dict.fromkeys(found))
