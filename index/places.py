"""The numbers by which entries are sorted: one integer for each order, so that ties break by id in every engine."""

from __future__ import annotations

import re

from index.port import Entry

NUMBERS = ("date", "year", "newest", "oldest", "by_case")
#: Papers without a date come last in either order.
_UNDATED = 99_999_999
_SPREAD = 36
_HEX = re.compile(r"[0-9a-f]{8}")


def numbers_of(entry: Entry) -> dict[str, int]:
    """Give an entry's numeric fields; `date` and `year` only where it has a date."""
    place = _place(entry)
    found = {
        "newest": (entry.date or 0) << _SPREAD | ((1 << _SPREAD) - 1 - place),
        "oldest": (entry.date or _UNDATED) << _SPREAD | place,
        "by_case": entry.case_order,
    }
    return found | {"date": entry.date, "year": entry.date // 10000} if entry.date else found


def _place(entry: Entry) -> int:
    """Give the place of an id among ids of one day: its first figures, then the item's."""
    start = entry.id[:8]
    head = int(start, 16) >> 4 if _HEX.fullmatch(start) else 0
    return head << 8 | min(255, 0 if entry.item is None else entry.item + 1)
