"""Amounts in a question, as papers write them: `1,1` is one figure, and `750000` stands as `750.000`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from index import query as tree
from index.analysis import chunk_of
from index.port import Engine
from search.units import OTHERWISE, Unit

_DECIMAL = re.compile(r"(?:[0-9]{1,6}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}),[0-9]{1,2}")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}")
#: Four figures may be a year.
_PLAIN = re.compile(r"(?!(?:19|20)[0-9]{2}$)[1-9][0-9]{3,11}")
_FOUR = 4
#: What may stand at the ends of a typed amount: `(750.000,-)`, `1,1%`.
_AROUND = "()\"'.,;:!?%-"


def find_amounts(typed: Sequence[str], engine: Engine, numbers: Collection[str] = ()) -> Iterator[Unit]:
    """Yield the amounts among typed chunks, with the places of their words; `numbers` may be those of cases.

    A figure of thousands is one where the archive has its other spelling; of four figures, which may be a number of
    any kind, where it has only that.
    """
    at = 0
    for chunk in typed:
        words = tuple(token.exact for token in chunk_of(chunk).tokens)
        bare = chunk.strip(_AROUND)
        if len(words) == 2 and _DECIMAL.fullmatch(bare):
            yield Unit(at, at + 2, bare, tree.Phrase("exact", words), (words,))
        elif len(words) == 1 and bare not in numbers and (other := _respell(bare)) and _is_had(other, bare, engine):
            terms = (tree.Term("exact", bare), tree.Boost(tree.Term("exact", other), OTHERWISE))
            yield Unit(at, at + 1, bare, tree.BestOf(terms, 0.1), (), frozenset((bare, other)))
        at += len(words)


def _respell(figure: str) -> str | None:
    if _GROUPED.fullmatch(figure):
        return figure.replace(".", "")
    return f"{int(figure):,}".replace(",", ".") if _PLAIN.fullmatch(figure) else None


def _is_had(spelled: str, typed: str, engine: Engine) -> bool:
    is_amount = len(typed.replace(".", "")) > _FOUR or not engine.frequency("exact", typed)
    return is_amount and engine.frequency("exact", spelled) > 0
