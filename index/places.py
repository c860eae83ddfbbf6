"""The numbers that name and sort entries: one integer for each order, so that ties break by id in every engine."""

from __future__ import annotations

from index.port import Entry

NUMBERS = ("date", "year", "newest", "oldest", "by_case")
#: An entry's document and item; an engine that keeps columns reads ids from these instead of from stored values.
IDENTITY = ("document", "item")
#: Papers without a date come last in either order.
_UNDATED = 99_999_999
_SPREAD = 36


def numbers_of(entry: Entry) -> dict[str, int]:
    """Give an entry's numeric fields; `date` and `year` only where it has a date."""
    place = _place(entry)
    found = {
        "newest": (entry.date or 0) << _SPREAD | ((1 << _SPREAD) - 1 - place),
        "oldest": (entry.date or _UNDATED) << _SPREAD | place,
        "by_case": entry.case_order,
    }
    return found | {"date": entry.date, "year": entry.date // 10000} if entry.date else found


def identity_of(entry: Entry) -> tuple[int, int]:
    """Give an id as two integers: the document's sixteen hexadecimal digits, and the item's index + 1 or 0."""
    return int(entry.doc, 16), 0 if entry.item is None else entry.item + 1


def id_of(document: int, item: int) -> str:
    """Give the id of an entry back."""
    return f"{document:016x}#{item - 1}" if item else f"{document:016x}"


def _place(entry: Entry) -> int:
    """Give the place of an id among ids of one day: its first figures, then the item's."""
    document, item = identity_of(entry)
    return (document >> 36) << 8 | min(255, item)
