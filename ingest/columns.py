"""The margin column of a letter, told from the body and from the columns of a table."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from corpus.records import Box, Line
from ingest.labels import LONGEST, count_marginal, is_date, is_dated, is_label, is_labelled, is_letterhead

#: A margin begins right of this part of the page's width, or ends left of the other.
RIGHT_FROM, LEFT_TO = 0.42, 0.42
#: Edges this close are one column's.
EDGE = 4.0
#: A margin's lines may be set in from its edge by this many points.
INDENT = 14.0
#: A gap of this many line heights ends a block of a column.
GAP = 5.0
#: Lines whose middles are this close, in line heights, stand on one row.
SAME_ROW = 0.3


def part_margin(lines: Sequence[Line], width: float | None) -> tuple[list[Line], list[Line]]:
    """Part a page's lines into the body and the margin column, the margin from top to bottom."""
    boxed = [line for line in lines if line.box is not None]
    if width is None or len(boxed) < 4:
        return boxed, []
    best: list[Line] = []
    for candidate in (_right_margin(boxed, width), _left_margin(boxed, width)):
        if len(candidate) > len(best):
            best = candidate
    if not best:
        return boxed, []
    taken = set(map(id, best))
    return [line for line in boxed if id(line) not in taken], sorted(best, key=lambda line: _box(line).top)


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _edges(places: Iterable[float]) -> list[float]:
    """Give the edges at which at least two lines begin, or end."""
    ordered = sorted(places)
    edges: list[float] = []
    start = 0
    for end in range(1, len(ordered) + 1):
        if end == len(ordered) or ordered[end] - ordered[end - 1] > EDGE:
            if end - start >= 2:
                edges.append(ordered[start])
            start = end
    return edges


def _right_columns(lines: list[Line], width: float) -> Iterator[tuple[float, list[Line]]]:
    """Yield the columns right of the middle that have an edge in common, with the left edge of each."""
    short = [line for line in lines if len(line.text) <= LONGEST]
    for edge in _edges(_box(line).x0 for line in short):
        if edge >= width * RIGHT_FROM:
            yield edge, [line for line in lines if edge - EDGE <= _box(line).x0 <= edge + INDENT]
    aside = [line for line in short if _box(line).x0 >= width * RIGHT_FROM]
    for edge in _edges(_box(line).x1 for line in aside):
        column = [line for line in aside if edge - EDGE <= _box(line).x1 <= edge + EDGE]
        if any(is_date(line.text) or is_dated(line.text) for line in column):  # else it may be a table's
            yield min(_box(line).x0 for line in column), column


def _right_margin(lines: list[Line], width: float) -> list[Line]:
    best: list[Line] = []
    for edge, column in _right_columns(lines, width):
        column = _clear_of(column, [line for line in lines if _box(line).x0 < edge - EDGE], edge)
        found = [line for block in _blocks(column) if _is_margin(block, lines, edge) for line in block]
        found = _with_addresses(found, column)
        if len(found) > len(best):
            best = found
    return best


def _blocks(column: list[Line]) -> list[list[Line]]:
    """Cut a column where a wide gap parts its lines: a letterhead above, signers below."""
    blocks: list[list[Line]] = []
    for line in sorted(column, key=lambda line: _box(line).top):
        if blocks and _box(line).top - _box(blocks[-1][-1]).bottom < GAP * (_box(line).bottom - _box(line).top):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _with_addresses(found: list[Line], column: list[Line]) -> list[Line]:
    """Add the blocks of a margin column that hold no label but an address or a date."""
    if not found:
        return found
    taken = set(map(id, found))
    for block in _blocks([line for line in column if id(line) not in taken]):
        texts = [line.text for line in block]
        if any(map(is_letterhead, texts)) or (len(texts) == 1 and is_date(texts[0])):
            found = found + block
    return found


def _left_margin(lines: list[Line], width: float) -> list[Line]:
    left = min(_box(line).x0 for line in lines)
    for edge in _edges(_box(line).x0 for line in lines):  # the left edge of the body beside it
        if not left + EDGE * 4 < edge < width * (LEFT_TO + 0.1):
            continue
        column = [line for line in lines if _box(line).x1 < edge and _box(line).x0 < edge - EDGE]
        body = [line for line in lines if _box(line).x0 >= edge - EDGE]
        crossing = [line for line in lines if _box(line).x0 < edge - EDGE and _box(line).x1 >= edge]
        if crossing and any(_overlaps(line, other) for line in column for other in crossing):
            continue
        if sum(len(line.text) for line in body) > 3 * sum(len(line.text) for line in column) and _is_margin(
            column, lines, None
        ):
            return column
    return []


def _overlaps(line: Line, other: Line) -> bool:
    a, b = _box(line), _box(other)
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * min(a.bottom - a.top, b.bottom - b.top)


def _clear_of(column: list[Line], others: list[Line], edge: float) -> list[Line]:
    """Leave out of a right column the lines beside which a line of the body runs through its edge."""
    through = [line for line in others if _box(line).x1 > edge + EDGE]
    return [line for line in column if not any(_overlaps(line, other) for other in through)]


def _is_margin(column: list[Line], lines: list[Line], edge: float | None) -> bool:
    """Say whether a column is a letterhead: labels or dates, short lines, and no rows shared with a table."""
    texts = [line.text for line in sorted(column, key=lambda line: _box(line).top)]
    if len(texts) < 2 or any(len(text) > LONGEST + 15 for text in texts):
        return False
    labels = sum(is_label(text) or is_labelled(text) for text in texts)
    dates = sum(map(is_date, texts))
    evidence = count_marginal(texts) / len(texts)
    if not labels or dates > 2 + labels or (evidence < 0.4 and not any(map(is_letterhead, texts))):
        return False
    taken = set(map(id, column))
    others = [line for line in lines if id(line) not in taken]
    aligned = _aligned(column, others)
    if aligned == len(column) and len(column) >= 3 and (evidence < 0.9 or labels * 2 < len(texts)):
        return False
    return aligned < len(column) or _is_smaller(column, others) or (evidence >= 0.9 and edge is not None)


def _aligned(column: Sequence[Line], others: Sequence[Line]) -> int:
    """Count the lines of a column that share a row with a line beside it."""
    middles = sorted((_box(line).top + _box(line).bottom) / 2 for line in others)
    count = 0
    for line in column:
        box = _box(line)
        middle, slack = (box.top + box.bottom) / 2, SAME_ROW * (box.bottom - box.top)
        at = bisect.bisect_left(middles, middle - slack)
        count += at < len(middles) and middles[at] <= middle + slack
    return count


def _is_smaller(column: Sequence[Line], others: Sequence[Line]) -> bool:
    ours = [line.size for line in column if line.size]
    theirs = [line.size for line in others if line.size]
    return bool(ours and theirs) and median(ours) < 0.92 * median(theirs)
