"""The forms in which the archive may have a typed word: written apart, on another keyboard, its parts scattered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def halve(word: str) -> tuple[str, ...]:
    """Give a compound's first part and the rest, cut as late as it may be; nothing for another word."""
    found = list(zip(heads(word), tails(word), strict=True)) if word.isalpha() else []
    return found[-1] if found else ()


def scatter(word: str) -> tree.Query | None:
    """Give the parts of a compound that the archive has not, anywhere in a paper."""
    pieces = halve(word)
    if not pieces:
        return None
    return all_of(
        *(
            any_of(tree.Term("stem", stem(piece)), tree.Boost(tree.Term("parts", stem(piece)), PARTS))
            for piece in pieces
        )
    )


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
