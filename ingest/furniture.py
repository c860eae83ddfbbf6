"""Page furniture of pages with boxes: page numbers and running heads, which the text leaves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from corpus.records import Line, Page
from ingest.entries import is_page_line, is_worded_page_line

#: The part of a page, from its upper and from its lower edge, in which furniture stands.
ZONE = 0.12
#: A head that is smaller than the body by this factor is no text of the page.
SMALLER = 0.92
_DIGITS = re.compile(r"\d+")

Pages = Sequence[tuple[Page, Sequence[Line]]]


def part_furniture(pages: Pages) -> Iterator[tuple[Page, list[Line]]]:
    """Yield each page with its lines of text only, those with a box."""
    repeated = _repeated(pages)
    few = len(pages) < 3
    size = _body_size(pages)
    start = _first_top(pages)
    for number, (page, lines) in enumerate(pages):
        boxed = [line for line in lines if line.box is not None]
        height = page.height or max((line.box.bottom for line in boxed if line.box), default=0.0)
        apart = _is_apart(boxed, size) if few else _always
        kept = [line for line in boxed if not _is_furniture(line, height, repeated, apart)]
        yield page, _without_head(kept, height, size, start) if number else kept


def _zone(line: Line, height: float) -> str | None:
    assert line.box is not None
    if line.box.bottom < height * ZONE:
        return "head"
    return "foot" if line.box.top > height * (1 - ZONE) else None


def _key(line: Line, zone: str) -> tuple[str, str, int]:
    assert line.box is not None
    return zone, _DIGITS.sub("#", line.text.casefold()), round(line.box.top / 4)


def _repeated(pages: Pages) -> frozenset[tuple[str, str, int]]:
    """Find what stands in the same place of the zones of several pages, numbers aside."""
    if len(pages) < 2:
        return frozenset()
    counts: Counter[tuple[str, str, int]] = Counter()
    for page, lines in pages:
        height = page.height or 0.0
        keys = {_key(line, zone) for line in lines if line.box is not None and (zone := _zone(line, height))}
        counts.update(keys)
    least = 2 if len(pages) < 6 else 3
    return frozenset(key for key, count in counts.items() if count >= least)


def _always(_: Line) -> bool:
    return True


def _is_apart(lines: Sequence[Line], size: float | None) -> Callable[[Line], bool]:
    """Give a test of lines: smaller than the body, or further from the next line than lines of the page are."""
    edges = sorted((line.box.top, line.box.bottom) for line in lines if line.box)
    gaps = [b[0] - a[1] for a, b in pairwise(edges) if b[0] > a[1]]
    usual = median(gaps) if gaps else 0.0

    def test(line: Line) -> bool:
        if size and line.size and line.size < SMALLER * size:
            return True
        assert line.box is not None
        below = min((top - line.box.bottom for top, _ in edges if top > line.box.bottom), default=float("inf"))
        above = min((line.box.top - bottom for _, bottom in edges if bottom < line.box.top), default=float("inf"))
        return min(below, above) > 1.5 * usual + 2

    return test


def _is_furniture(
    line: Line, height: float, repeated: frozenset[tuple[str, str, int]], apart: Callable[[Line], bool]
) -> bool:
    zone = _zone(line, height)
    if zone is None:
        return False
    if is_worded_page_line(line.text) or (is_page_line(line.text) and zone == "foot"):
        return True
    return _key(line, zone) in repeated and bool(re.search(r"\w", line.text)) and apart(line)


def _body_size(pages: Pages) -> float | None:
    counts: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            if line.size:
                counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else None


def _first_top(pages: Pages) -> float:
    """Give where the text of the pages begins, most often."""
    tops = [min((line.box.top for line in lines if line.box), default=0.0) for _, lines in pages[:1]]
    return median(tops) if tops else 0.0


def _without_head(lines: list[Line], height: float, size: float | None, start: float) -> list[Line]:
    """Leave out the running head of a later page: above where the first page began, or smaller than the body."""
    tops = sorted((line for line in lines if line.box), key=lambda line: line.box.top if line.box else 0.0)
    if len(tops) < 2:
        return lines
    first = tops[0]
    head = [line for line in tops if line.box and first.box and abs(line.box.top - first.box.top) < 3]
    rest = [line for line in tops if line not in head]
    if not rest or first.box is None or rest[0].box is None or first.box.bottom > height * ZONE:
        return lines
    gap = rest[0].box.top - first.box.bottom
    tall = first.box.bottom - first.box.top
    above = first.box.bottom < start - 1
    small = bool(size and first.size and first.size < size * SMALLER)
    if gap > tall * 0.8 and (above or small or is_page_line(first.text)):
        return [line for line in lines if line not in head]
    return lines
