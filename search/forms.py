"""The forms in which the archive may have a typed word: apart, together, on another keyboard, its parts scattered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index import query as tree
from index.analysis import stem
from index.compounds import heads, tails
from index.port import Engine
from index.query import all_of, any_of

#: What a part of a compound counts beside a word of its own.
PARTS = 0.35
_FOREIGN = (("ae", "æ"), ("oe", "ø"))


def write_apart(word: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways a compound may be written as two words: `ældreudvalg` as `ældre udvalg`."""
    if word.isalpha():
        for head, tail in zip(heads(word), tails(word), strict=True):
            bare = head[:-1] if head.endswith("s") and len(head) > 4 else head
            for first in dict.fromkeys((stem(head), stem(bare))):
                yield first, stem(tail)


def written_together(words: Sequence[str], engine: Engine) -> dict[str, tuple[str, ...]]:
    """Give for each of two neighbours the compounds they may make: `cykel sti` is `cykelsti`."""
    found: dict[str, tuple[str, ...]] = {}
    for left, right in pairwise(words):
        if not (left.isalpha() and right.isalpha()):
            continue
        joined = dict.fromkeys(stem(left + link + right) for link in ("", "s", "e"))
        known = tuple(each for each in joined if engine.frequency("stem", each) or engine.frequency("parts", each))
        for word in (left, right):
            found[word] = found.get(word, ()) + known
    return found


def scatter(word: str, engine: Engine) -> tuple[tree.Query, tuple[str, ...]] | None:
    """Give the halves of a compound that the archive has not, anywhere in a paper, and their stems.

    Every cut counts whose halves the archive has; `None` where it has those of no cut.
    """
    pairs = [pair for pair in _halves(word) if all(_frequency(half, engine) for half in pair)]
    if not pairs:
        return None
    either = any_of(*(all_of(*map(_anywhere, pair)) for pair in pairs))
    return either, tuple(dict.fromkeys(stem(half) for pair in pairs for half in pair))


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield every way to cut a compound in two, without the linking s, longest head first."""
    found = list(zip(heads(word), tails(word), strict=True)) if word.isalpha() else []
    for head, tail in reversed(found):
        yield head, tail
        if head.endswith("s") and len(head) > 4:
            yield head[:-1], tail


def _anywhere(word: str) -> tree.Query:
    return any_of(tree.Term("stem", stem(word)), tree.Boost(tree.Term("parts", stem(word)), PARTS))


def foreign_forms(word: str, engine: Engine) -> list[str]:
    """Give what a word typed on a foreign keyboard may be, where the archive has it more often than the word itself."""
    forms = [word]
    for typed, meant in _FOREIGN:
        forms += [form.replace(typed, meant) for form in forms if typed in form]
    return [form for form in forms[1:] if _frequency(form, engine) > _frequency(word, engine)]


def is_unknown(forms: Sequence[str], phrases: Sequence[tuple[str, ...]], engine: Engine) -> bool:
    """Tell whether the archive has none of these forms, nor any of the phrases that may stand for them."""
    if any(_frequency(form, engine) for form in forms):
        return False
    return not any(engine.count(tree.Phrase("stem", phrase)) for phrase in phrases)


def _frequency(word: str, engine: Engine) -> int:
    base = stem(word)
    return engine.frequency("exact", word) + engine.frequency("stem", base) + engine.frequency("parts", base)
