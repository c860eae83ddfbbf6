"""Words of a question that are one thing and not a word each: a paragraph, an act by its letters, an amount."""

from __future__ import annotations

from dataclasses import dataclass

from index import query as tree

#: What another name or spelling of a thing counts beside the one that was typed.
OTHERWISE = 0.5
#: Words side by side, several times.
Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The words from `start` to before `end` as one thing: how it is shown, what holds it, what is marked for it."""

    start: int
    end: int
    shown: str
    query: tree.Query
    phrases: Phrases
    forms: frozenset[str] = frozenset()
