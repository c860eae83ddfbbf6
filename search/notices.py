"""What an answer says of a question that can have none: periods that end before they begin, names nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import query as tree
from index.port import Engine
from search.facts import body_query, label_query, name_query, read_type
from search.parse import Ask, Both, Dated, Either, In

#: Types of paper as people write them.
_TYPES = "brev, indstilling, høring, høringssvar, notat, referat, dagsorden, bilag, mail"
_SAID = {
    "committee": "names the body",
    "department": "names the administration",
    "signatory": "is signed by",
    "recipient": "is sent to",
    "attachment": "names the attachment",
    "law": "names the act",
    "instrument": "names the plan or policy",
}


def note_asks(asks: Sequence[Ask]) -> Iterator[str]:
    """Yield what is wrong with what was asked, whatever the archive holds."""
    for ask in _each(asks):
        if isinstance(ask, Dated):
            yield from note_period(ask.low, ask.high)
        elif isinstance(ask, In) and ask.name == "doc_type" and read_type(ask.ask.text) is None:
            yield f"There is no type “{ask.ask.text}”; types are {_TYPES}."


def note_period(low: int | None, high: int | None) -> Iterator[str]:
    """Yield a notice where a stretch of days, as yyyymmdd, holds none."""
    if low and high and low > high:
        yield f"The period from {_shown(low)} to {_shown(high)} ends before it begins."


def note_unknown(names: Sequence[tuple[str, str]], engine: Engine) -> Iterator[str]:
    """Yield those names, each with its field, that no paper of the archive has."""
    for name, text in dict.fromkeys(names):
        if name in _SAID and any(map(str.isalnum, text)) and not engine.count(_query(name, text)):
            yield f"No paper {_SAID[name]} “{text}”."


def names_asked(asks: Sequence[Ask]) -> list[tuple[str, str]]:
    """Give the names asked for in fields, each with its field."""
    return [(ask.name, ask.ask.text) for ask in _each(asks) if isinstance(ask, In)]


def _each(asks: Sequence[Ask]) -> Iterator[Ask]:
    """Yield what must hold, also within brackets."""
    for ask in asks:
        if isinstance(ask, Both | Either):
            yield from _each(ask.parts)
        else:
            yield ask


def _query(name: str, text: str) -> tree.Query:
    if name in ("committee", "department"):
        return body_query(text)
    return name_query(name, text) if name in ("signatory", "recipient") else label_query(name, text)


def _shown(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"
