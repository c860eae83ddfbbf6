"""What is known of a document, step by step: the steps stand here in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from corpus.records import DatedFact, Facts, Place, Text
from ingest.facts.bodies import find_bodies
from ingest.facts.dates import find_dated, settle_roles
from ingest.facts.doc_type import find_doc_type
from ingest.facts.draft import MIDDLE, Document, Draft, Found
from ingest.facts.items import complete_items, find_items
from ingest.facts.numbers import find_own_numbers
from ingest.facts.recipients import find_recipients
from ingest.facts.references import find_references
from ingest.facts.signatories import find_signatories
from ingest.facts.title import find_title

T = TypeVar("T")

#: Every step adds to the draft, and may read what the steps before it found.
STEPS: tuple[Callable[[Document, Draft], None], ...] = (
    find_own_numbers,
    find_bodies,
    find_items,
    find_dated,
    find_title,
    find_signatories,
    find_doc_type,
    find_recipients,
    complete_items,
    find_references,
    settle_roles,
)


def find_facts(
    text: Text,
    *,
    name: str = "",
    media_type: str = "",
    meta: tuple[tuple[str, str], ...] = (),
    scanned: frozenset[int] = frozenset(),
) -> Facts:
    """Find everything that the text says of its document; `name` is the file's name, `meta` what the file says.

    `scanned` are the pages that were read by OCR: nothing that stands there is quite sure.
    """
    document = Document(text, name=name, media_type=media_type, meta=meta, scanned=scanned)
    draft = Draft()
    for find in STEPS:
        find(document, draft)
    return _compose(document, draft)


def _compose(document: Document, draft: Draft) -> Facts:
    places: list[Place] = []

    def keep(key: str, found: Iterable[Found[T]]) -> tuple[T, ...]:
        once = _once(_plain(seen) for seen in found)
        places.extend(_place(document, key, index, seen) for index, seen in enumerate(once))
        return tuple(seen.value for seen in once)

    return Facts(
        doc_type=next(iter(keep("doc_type", [draft.doc_type] if draft.doc_type else [])), "other"),
        title=next(iter(keep("title", [draft.title] if draft.title else [])), None),
        case_numbers=keep("case_numbers", draft.case_numbers),
        document_numbers=keep("document_numbers", draft.document_numbers),
        date=next(iter(keep("date", [draft.date] if draft.date else [])), None),
        dates=keep("dates", _strongest(draft.dates)),
        signatories=keep("signatories", draft.signatories),
        recipients=keep("recipients", draft.recipients),
        committees=keep("committees", draft.committees),
        departments=keep("departments", draft.departments),
        items=keep("items", draft.items),
        references=keep("references", draft.references),
        places=tuple(places),
    )


def _place(document: Document, key: str, index: int, seen: Found[T]) -> Place:
    page = document.page_at(seen.start)
    sure = min(seen.confidence, MIDDLE) if page in document.scanned else seen.confidence
    return Place(key, index, seen.start, seen.end, page, seen.rule, sure)


#: Fonts that do not name their letters leave control characters in the text; no value holds one.
_CONTROLS = dict.fromkeys((*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)))


def _plain(seen: Found[T]) -> Found[T]:
    """Leave out the control characters of a value and of its fields."""
    value: Any = seen.value
    if isinstance(value, str):
        return seen if value.isprintable() else replace(seen, value=cast(T, value.translate(_CONTROLS)))
    shown = {field.name: getattr(value, field.name) for field in fields(value)}
    plain = {name: one.translate(_CONTROLS) for name, one in shown.items() if _is_unprintable(one)}
    return replace(seen, value=replace(value, **plain)) if plain else seen


def _is_unprintable(value: object) -> bool:
    return isinstance(value, str) and not value.isprintable()


def _once(found: Iterable[Found[T]]) -> list[Found[T]]:
    """Keep the first of every value."""
    seen: dict[T, Found[T]] = {}
    for one in found:
        seen.setdefault(one.value, one)
    return list(seen.values())


#: Of the roles that one date has in its several places, the one that says most is kept.
_ROLES = ("document", "deadline", "signing", "meeting", "reference", "mention")


def _strongest(dates: Iterable[Found[DatedFact]]) -> list[Found[DatedFact]]:
    """Keep one role for every date, in the order of first mention."""
    best: dict[str, Found[DatedFact]] = {}
    for one in dates:
        kept = best.get(one.value.date)
        if kept is None or _ROLES.index(one.value.role) < _ROLES.index(kept.value.role):
            best[one.value.date] = one
    return list(best.values())
