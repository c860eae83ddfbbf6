"""What the document points to: cases, documents, letters, meetings, attachments, laws and instruments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.records import Reference
from ingest.facts.attachments import find_attachments
from ingest.facts.continued import CONTINUED
from ingest.facts.draft import Document, Draft, Found, NumberSeen
from ingest.facts.instruments import find_instruments
from ingest.facts.laws import find_laws
from ingest.facts.meetings import find_meetings_and_letters
from ingest.facts.short_forms import find_short_forms


def find_references(document: Document, draft: Draft) -> None:
    """Add every reference in the order of the text, each with the agenda item in which it stands."""
    laws = list(find_laws(document))
    taken = [(found.start, found.end) for found in laws]
    found = [
        *_numbers(draft),
        *find_meetings_and_letters(document, draft, taken),
        *find_attachments(document, draft),
        *laws,
        *find_instruments(document, draft, taken),
    ]
    placed = [_placed(draft, one) for one in sorted(found, key=lambda one: (one.start, one.end))]
    short = [_placed(draft, one) for one in find_short_forms(document, draft, placed)]
    draft.references.extend(sorted([*placed, *short], key=lambda one: (one.start, one.end)))


def _numbers(draft: Draft) -> Iterator[Found[Reference]]:
    """Yield the cited case and document numbers; of one case the mention that says how it goes on, where one does."""
    telling = {_cited(draft, seen) for seen in draft.numbers if seen.rule in CONTINUED}
    for seen in draft.numbers:
        if seen.rule not in CONTINUED and _cited(draft, seen) in telling:
            continue
        if seen.use == "cited_case":
            yield Found(Reference("case", target=seen.number.norm), seen.start, seen.end, seen.rule, seen.confidence)
        elif seen.use == "cited_document":
            yield Found(
                Reference("document", target=seen.number.norm), seen.start, seen.end, seen.rule, seen.confidence
            )


def _cited(draft: Draft, seen: NumberSeen) -> tuple[str, int | None]:
    return seen.number.key, draft.item_at(seen.start)


def _placed(draft: Draft, found: Found[Reference]) -> Found[Reference]:
    return replace(found, value=replace(found.value, item=draft.item_at(found.start)))
