"""The query tree that engines understand: frozen, typed, and with every term analysed already.

The meaning is the port's, not an engine's: `Phrase.gap` counts the extra words between (0: side by side, in order;
above 0 an engine may take two words without inflection for one), `Fuzzy.edits` are Levenshtein's, a phrase of one word
is a term, `Except` of everything is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from index.analysis import stem

#: Letters of a beginning that are compared: Tantivy refuses an automaton of more than a thousand bytes.
LONGEST_START = 200


@dataclass(frozen=True, slots=True)
class Term:
    """Entries that hold a term in a field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries that hold the words of a text field one after the other."""

    field: str
    words: tuple[str, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Entries that hold a term that begins so, exact however many terms that are; of a long text its first letters."""

    field: str
    text: str

    @property
    def start(self) -> str:
        """The letters that are compared."""
        return self.text[:LONGEST_START]


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Entries that hold a term within so many edits (1 or 2)."""

    field: str
    text: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Range:
    """Entries whose number lies from `low` to `high`, both included; `None` leaves an end open. None at all is none."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Entries that match every part; the scores add up. Of nothing: every entry."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Entries that match at least one part; the scores add up. Of nothing: no entry."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """Entries that match at least one part; the best part's score counts, and `tie` times the others'."""

    parts: tuple[Query, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Prefer:
    """Entries that match `main`; the scores of the `extra` parts that match too are added."""

    main: Query
    extra: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """Entries that match `main` and not `without`."""

    main: Query
    without: Query


@dataclass(frozen=True, slots=True)
class Boost:
    """The same entries, their scores times `factor`."""

    part: Query
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """The same entries, each with this score; one below zero is for the `extra` of a `Prefer` only."""

    part: Query
    score: float


@dataclass(frozen=True, slots=True)
class Every:
    """Every entry."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No entry."""


Query: TypeAlias = (
    Term
    | Phrase
    | Prefix
    | Fuzzy
    | Range
    | AllOf
    | AnyOf
    | BestOf
    | Prefer
    | Except
    | Boost
    | Constant
    | Every
    | Nothing
)


def all_of(*parts: Query) -> Query:
    """Give the parts together, without wrapping a single one."""
    return parts[0] if len(parts) == 1 else AllOf(parts)


def any_of(*parts: Query) -> Query:
    """Give the parts as alternatives, without wrapping a single one."""
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def members(query: Query) -> Query:
    """Give a query that the same entries match, without what only their scores are for: to count, and for facets."""
    match query:
        case Boost(part) | Constant(part) | Prefer(part):
            return members(part)
        case AllOf(parts):
            wanted = dict.fromkeys(each for part in parts for each in _flat(members(part), AllOf))
            return all_of(*wanted) if wanted else query
        case AnyOf(parts) | BestOf(parts):
            found = dict.fromkeys(each for part in parts for each in _flat(members(part), AnyOf))
            return any_of(*_needed(found)) if found else Nothing()
        case Except(main, without):
            return Except(members(main), members(without))
        case _:
            return query


def _flat(query: Query, kind: type[AllOf] | type[AnyOf]) -> tuple[Query, ...]:
    return query.parts if isinstance(query, kind) and query.parts else (query,)


def _needed(parts: Collection[Query]) -> Iterator[Query]:
    """Leave out words as they stand, and phrases of them, where they are asked for in any inflection too."""
    known = set(parts)
    for part in parts:
        match part:
            case Term("exact", text) if Term("stem", stem(text)) in known:
                continue
            case Phrase("exact", words, gap) if Phrase("stem", tuple(map(stem, words)), gap) in known:
                continue
        yield part
