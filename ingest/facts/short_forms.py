"""Short forms of what the document has named before: `samme sag`, `ovennævnte brev`, `charteret`.

A short form stands for the one thing of its kind that was named before it; where there are two, or none, it is left
alone. It gives a reference of its own where it stands in another agenda item than the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.records import Reference
from corpus.text import places_of
from ingest.facts.draft import MIDDLE, Document, Draft, Found

_POINTERS = ("samme", "ovennævnte", "ovenstående", "førnævnte", "nævnte", "omtalte", "pågældende")
_POINTS = rf"(?:{'|'.join(_POINTERS)})"
_PAPERS = (
    "brev", "skrivelse", "henvendelse", "ansøgning", "notat", "redegørelse", "klage", "indsigelse", "høringssvar",
    "rapport", "udtalelse", "mail",
)  # fmt: skip
#: The definite head alone, and how the names that it may stand for write it.
_INSTRUMENTS = {
    "charteret": "chart",
    "chartret": "chart",
    "chartert": "chart",
    "politikken": "politik",
    "strategien": "strategi",
    "planen": "plan",
    "aftalen": "aftale",
    "barometeret": "baromet",
    "barometret": "baromet",
    "konventionen": "konvention",
    "indekset": "indeks",
}
_SHORT = re.compile(
    rf"(?<![\w-])(?:(?P<case>{_POINTS} sag(?:snr\.?|snummer)?)|{_POINTS} (?P<paper>{'|'.join(_PAPERS)})(?:et|en|n)?"
    rf"|(?P<meeting>{_POINTS} møde)|(?P<instrument>{'|'.join(_INSTRUMENTS)})s?)(?![\w-])"
)
#: How every short form begins.
_WORDS = (*(f"{word} " for word in _POINTERS), *_INSTRUMENTS)


def find_short_forms(document: Document, draft: Draft, named: list[Found[Reference]]) -> Iterator[Found[Reference]]:
    """Yield what every short form stands for; `named` are the references by name, in the order of the text."""
    forms = [form for place in places_of(document.lower, _WORDS) if (form := _SHORT.match(document.lower, place))]
    if not forms:
        return
    seen = _Seen(document)
    names = iter(named)
    ahead = next(names, None)
    for short in forms:
        while ahead and ahead.end <= short.start():
            seen.add(ahead)
            ahead = next(names, None)
        value = seen.only(short, _own_cases(draft, short.start()))
        if value:
            yield Found(value, short.start(), short.end(), "short-form", MIDDLE)


def _own_cases(draft: Draft, offset: int) -> tuple[str, ...]:
    """Give the case numbers that `samme sag` may mean without naming them: the item's, else the document's."""
    item = draft.item_at(offset)
    return draft.items[item].value.case_numbers if item is not None else tuple(f.value for f in draft.case_numbers)


class _Seen:
    """What was named so far, by the short forms that may stand for it; each thing once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.values: dict[str, dict[Reference, None]] = {}

    def add(self, found: Found[Reference]) -> None:
        """Take in one reference."""
        value = replace(found.value, item=None, number=None, outcome=None)
        for sort in _sorts(value, self.document.lower[found.start : found.end]):
            self.values.setdefault(sort, {}).setdefault(value)

    def only(self, short: re.Match[str], own: tuple[str, ...]) -> Reference | None:
        """Give the one thing that a short form can mean."""
        if short["case"]:
            found = self.values.get("case", {})
            return next(iter(found)) if len(found) == 1 and not own else None
        sort = short["paper"] or ("meeting" if short["meeting"] else _INSTRUMENTS[short["instrument"]])
        found = self.values.get(sort, {})
        return next(iter(found)) if len(found) == 1 else None


def _sorts(value: Reference, printed: str) -> Iterable[str]:
    """Name the short forms of a reference; a letter's are those nouns that its citation has."""
    if value.kind in ("case", "meeting"):
        return (value.kind,)
    if value.kind == "letter":
        return tuple(paper for paper in _PAPERS if paper in printed)
    if value.kind == "instrument":
        name = (value.target or "").lower()
        return tuple(head for head in dict.fromkeys(_INSTRUMENTS.values()) if head in name)
    return ()
