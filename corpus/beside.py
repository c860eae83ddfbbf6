"""What is printed beside a reference: `brev af 3. maj 2012 (jeres sagsnr. 2011-4711)` gives one letter twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: Signs between a day and the number of the same paper.
BESIDE = 24

#: A line that the page's width broke is joined by a blank: one that is left ends what it says.
_SENTENCE_END = re.compile(r"[.!?;] +[A-ZÆØÅ]|\n")

Beside = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A number or a day that a paper cites, and where in its text; `date` is a letter's, `key` a number's."""

    kind: str
    key: str | None
    date: str | None
    item: int | None
    start: int
    end: int


def beside(row: Any, kinds: Beside, printed: Sequence[Printed]) -> Printed | None:
    """Give the nearest reference of some kinds within `BESIDE` signs of a reference's row, in the same agenda item."""
    if row["end"] <= row["start"]:
        return None
    near = [
        (gap, each.start < row["start"], each)
        for each in printed
        if each.kind in kinds
        and each.kind != row["kind"]
        and each.item == row["ref_item"]
        and each.end > each.start
        and (gap := max(each.start - row["end"], row["start"] - each.end, 0)) <= BESIDE
    ]
    return min(near, key=lambda found: (*found[:2], found[2].start))[2] if near else None


def goes_on(between: str) -> bool:
    """Tell whether no sentence and no line ends in what stands between two references."""
    return _SENTENCE_END.search(between) is None
