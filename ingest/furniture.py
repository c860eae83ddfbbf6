"""Page furniture of pages with boxes: page numbers and running heads, which the text leaves out."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.records import Line, Page
from ingest.entries import is_page_line, is_worded_page_line
from ingest.labels import is_labelled

#: The part of a page, from its upper and from its lower edge, in which furniture stands.
ZONE = 0.12
#: A head that is smaller than the body by this factor is no text of the page.
SMALLER = 0.92
_DIGITS = re.compile(r"\d+")

#: On the first page a head stands in this part of the height and is this much smaller: above it may be the sender.
FIRST_ZONE, FIRST_SMALLER = 0.06, 0.82
#: The part of a document's later pages on which a head is repeated, where it looks like text, and like a heading.
OFTEN, NEARLY_ALWAYS = 0.4, 0.8

Pages = Sequence[tuple[Page, Sequence[Line]]]
_Key = tuple[str, str, int]


def part_furniture(pages: Pages) -> Iterator[tuple[Page, list[Line]]]:
    """Yield each page with its lines of text only, those with a box."""
    size = _body_size(pages)
    counts = _count(pages)
    start = min((line.box.top for line in pages[0][1] if line.box), default=0.0) if pages else 0.0
    for number, (page, lines) in enumerate(pages):
        boxed = [line for line in lines if line.box is not None]
        height = page.height or max((line.box.bottom for line in boxed if line.box), default=0.0)
        spaces: _Spaces | None = None
        kept: list[Line] = []
        heads: list[Line] = []
        for line in boxed:
            zone = _zone(line, height)
            count = counts[_key(line, zone)] if zone else 0
            if count > 1:
                spaces = spaces or _Spaces.of(boxed)
            if zone and (
                _is_page_number(line, zone) or (spaces and _is_repeated(line, zone, count, len(pages), size, spaces))
            ):
                if zone == "head":
                    heads.append(line)
            else:
                kept.append(line)
        if not heads:
            kept = _without_head(kept, height, size, start if number else None)
        elif number:
            kept = _without_rest(kept, heads, height, size, start)
        yield page, kept


def _zone(line: Line, height: float) -> str | None:
    assert line.box is not None
    if line.box.bottom < height * ZONE:
        return "head"
    return "foot" if line.box.top > height * (1 - ZONE) else None


def _key(line: Line, zone: str) -> _Key:
    assert line.box is not None
    return zone, _DIGITS.sub("#", line.text.casefold()), round(line.box.top / 4)


def _count(pages: Pages) -> Counter[_Key]:
    """Count on how many pages the same stands in the same place of a zone, numbers aside."""
    counts: Counter[_Key] = Counter()
    for page, lines in pages:
        height = page.height or 0.0
        counts.update({_key(line, zone) for line in lines if line.box is not None and (zone := _zone(line, height))})
    return counts


@dataclass(frozen=True, slots=True)
class _Spaces:
    """The upper and lower edges of a page's lines, sorted, and the usual space between two."""

    tops: list[float]
    bottoms: list[float]
    usual: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Spaces:
        edges = sorted((line.box.top, line.box.bottom) for line in lines if line.box)
        gaps = [b[0] - a[1] for a, b in pairwise(edges) if b[0] > a[1]]
        return cls([top for top, _ in edges], sorted(edge for _, edge in edges), median(gaps) if gaps else 0.0)

    def is_apart(self, line: Line, zone: str) -> bool:
        """Say whether a wide space parts a line from the page's inside, wider than from a line further out."""
        assert line.box is not None
        after = bisect.bisect_right(self.tops, line.box.bottom)
        before = bisect.bisect_left(self.bottoms, line.box.top) - 1
        below = self.tops[after] - line.box.bottom if after < len(self.tops) else None
        above = line.box.top - self.bottoms[before] if before >= 0 else None
        inner, outer = (below, above) if zone == "head" else (above, below)
        return inner is None or (inner > 1.5 * self.usual + 2 and (outer is None or outer <= inner))


def _is_page_number(line: Line, zone: str) -> bool:
    return is_worded_page_line(line.text) or (zone == "foot" and is_page_line(line.text))


def _is_repeated(line: Line, zone: str, count: int, pages: int, size: float | None, spaces: _Spaces) -> bool:
    """Say whether a line is a running head or foot: repeated, and smaller than the body or apart from it."""
    if count < 2:
        return False
    if size and line.size and line.size < size * SMALLER:
        return count >= 3 or count >= OFTEN * (pages - 1)
    if not spaces.is_apart(line, zone):
        return False
    emphasised = line.bold or bool(size and line.size and line.size > size * 1.05)
    return count >= (NEARLY_ALWAYS if emphasised else OFTEN) * (pages - 1)


def _body_size(pages: Pages) -> float | None:
    counts: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            if line.size:
                counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else None


def _without_head(lines: list[Line], height: float, size: float | None, start: float | None) -> list[Line]:
    """Leave out a running head that is not repeated: above where the first page began (`start`), or small.

    On the first page, where `start` is None, only a small line close to the upper edge is one.
    """
    first = min(lines, key=lambda line: line.box.top if line.box else 0.0, default=None)
    if first is None or first.box is None:
        return lines
    head: list[Line] = []
    rest: list[Line] = []
    for line in lines:
        (head if line.box and abs(line.box.top - first.box.top) < 3 else rest).append(line)
    below = min((line.box.top for line in rest if line.box), default=None)
    if below is None or first.box.bottom > height * (ZONE if start is not None else FIRST_ZONE):
        return lines
    ratio = first.size / size if size and first.size else 1.0
    gap, tall = below - first.box.bottom, first.box.bottom - first.box.top
    if start is None:
        is_head = ratio < FIRST_SMALLER and gap > 2 * tall and not any(is_labelled(line.text) for line in head)
    else:
        above = first.box.bottom < start - 1 and below > start - 2 * tall
        is_head = gap > 0.8 * tall and (above or ratio < SMALLER or is_page_line(first.text))
    return rest if is_head else lines


def _without_rest(lines: list[Line], heads: list[Line], height: float, size: float | None, start: float) -> list[Line]:
    """Leave out what stands level with a head that is gone, or above it, where a space parts it from the text.

    Above where the first page began (`start`) it may be as large as the text; further down it is small.
    """
    low = max(line.box.bottom for line in heads if line.box)
    rest: list[Line] = []
    out: list[Line] = []
    for line in lines:
        (out if line.box and line.box.top + line.box.bottom < 2 * low else rest).append(line)
    bottom = max((line.box.bottom for line in out if line.box), default=0.0)
    below = min((line.box.top for line in rest if line.box), default=0.0)
    tall = max((line.box.bottom - line.box.top for line in out if line.box), default=0.0)
    is_small = bool(size) and all(line.size and line.size < (size or 0.0) * SMALLER for line in out)
    apart = below - max(bottom, low) > 0.8 * tall and bottom < height * ZONE
    return rest if apart and (is_small or bottom < start - 1) else lines
