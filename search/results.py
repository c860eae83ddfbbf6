"""The page of answers: frozen values, and the JSON that `sagsspor search --json` prints (docs/json.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.records import SCHEMA
from index.port import Facet


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The case that a typed number names: what a page of answers shows of it before its papers."""

    number: str
    title: str | None
    documents: int
    first: str | None
    last: str | None

    def to_json(self) -> dict[str, Any]:
        """Give the case as JSON."""
        return {
            "number": self.number,
            "title": self.title,
            "documents": self.documents,
            "first": self.first,
            "last": self.last,
        }


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the found words marked; `marks` are offsets in `text`."""

    text: str
    page: int
    marks: tuple[tuple[int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Give the passage as JSON."""
        return {"text": self.text, "page": self.page, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An agenda item in a hit: its place in the paper's list of items, and what is shown of it."""

    index: int
    number: str | None
    title: str | None
    page: int
    score: float

    def to_json(self) -> dict[str, Any]:
        """Give the item as JSON."""
        return {
            "index": self.index,
            "number": self.number,
            "title": self.title,
            "page": self.page,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a word counts in a hit: the layer through which it matched, and a word of the paper that did."""

    word: str
    through: str
    found: str | None

    def to_json(self) -> dict[str, Any]:
        """Give the reason as JSON."""
        return {"word": self.word, "through": self.through, "found": self.found}


@dataclass(frozen=True, slots=True)
class ResultHit:
    """One document found: `item` is its best agenda item, `items` more of them, `folded` how many copies there are."""

    id: str
    path: str
    title: str | None
    case_numbers: tuple[str, ...]
    date: str | None
    doc_type: str
    score: float
    page: int
    group: str | None
    snippets: tuple[Snippet, ...]
    item: FoundItem | None = None
    items: tuple[FoundItem, ...] = ()
    partial: bool = False
    folded: int = 0
    reasons: tuple[Reason, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the hit as JSON; `reasons` stand there only where they were asked for."""
        shown: dict[str, Any] = {
            "id": self.id,
            "item": self.item.to_json() if self.item else None,
            "items": [item.to_json() for item in self.items],
            "path": self.path,
            "title": self.title,
            "case_numbers": list(self.case_numbers),
            "date": self.date,
            "doc_type": self.doc_type,
            "score": self.score,
            "partial": self.partial,
            "page": self.page,
            "group": self.group,
            "folded": self.folded,
            "snippets": [snippet.to_json() for snippet in self.snippets],
        }
        if self.reasons:
            shown["reasons"] = [reason.to_json() for reason in self.reasons]
        return shown


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to one question."""

    query: str
    case: CaseHead | None
    candidates: tuple[str, ...]
    notice: str | None
    total: int
    total_partial: int
    hits: tuple[ResultHit, ...]
    facets: tuple[Facet, ...]
    suggestions: tuple[str, ...]
    groups: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the page as JSON."""
        return {
            "schema": SCHEMA,
            "query": self.query,
            "case": self.case.to_json() if self.case else None,
            "candidates": list(self.candidates),
            "notice": self.notice,
            "total": self.total,
            "total_partial": self.total_partial,
            "groups": self.groups,
            "hits": [hit.to_json() for hit in self.hits],
            "facets": {
                facet.name: [{"value": each.value, "count": each.count} for each in facet.values]
                for facet in self.facets
            },
            "approximate": [facet.name for facet in self.facets if not facet.exact],
            "suggestions": list(self.suggestions),
        }
