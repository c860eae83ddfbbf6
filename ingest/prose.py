"""Columns of prose on a page: newsletters in two or three columns, read one column after the other."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import groupby, pairwise

from corpus.records import Box, Line

#: Columns of prose have this many lines each, of at least this part of the page's width; of three, the other.
LINES, WIDTH, WIDTH_OF_THREE = 5, 0.24, 0.18
#: Where the second of two columns begins, and where the second and the third of three, as parts of the width.
_SECOND = (0.4, 0.62)
_THIRDS = ((0.26, 0.42), (0.58, 0.74))
#: A second column may end early, with text or signers: so many lines beside so many.
_SHORT, _LONG = 3, 10
#: It begins within this many points of the height where the first does.
_LEVEL = 40.0
#: Lines that follow each other within this many letter sizes are one paragraph.
_TIGHT = 1.5
#: Headings over all columns are no more than this part of a page's lines.
_THROUGH = 0.23
#: Of prose this part of the lines begins with a small letter.
_RUNNING = 0.33


def part_columns(lines: list[Line], width: float | None) -> list[list[Line]]:
    """Cut a page with columns of prose into bands that are read one after the other; one band where it has none."""
    edges = _edges(lines, width)
    if not edges:
        return [lines]
    cells = _row_tops(_columns(lines, edges))
    bands: list[list[Line]] = []
    above: list[Line] = []
    for line in sorted(lines, key=lambda line: (_box(line).top, not _crosses(line, edges))):
        if _crosses(line, edges):
            bands += [*_side_by_side(above, edges, cells), [line]]
            above = []
        else:
            above.append(line)
    bands += _side_by_side(above, edges, cells)
    return [band for band in bands if band]


def _side_by_side(lines: Sequence[Line], edges: Sequence[float], cells: Sequence[float]) -> list[list[Line]]:
    """Cut lines, sorted from the top, into their columns; into the columns of each row where they are rows of cells."""
    bands: list[list[Line]] = []
    for row in _cut_rows(lines, cells):
        columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
        for line in row:
            columns[sum(_box(line).x0 >= edge - 2 for edge in edges)].append(line)
        bands += columns
    return bands


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _crosses(line: Line, edges: Sequence[float]) -> bool:
    return any(_box(line).x0 < edge - 2 and _box(line).x1 > edge for edge in edges)


def _edges(lines: list[Line], width: float | None) -> list[float]:
    """Give the left edges of a page's second and third columns of prose; none where it has one column."""
    if width is None or len(lines) < 3 * LINES:
        return []
    low, high = _THIRDS[0][0] * width, _THIRDS[1][1] * width
    if sum(line.box is not None and low < line.box.x0 < high for line in lines) < _SHORT:
        return []
    wide = [line for line in lines if _box(line).x1 - _box(line).x0 > width * WIDTH]
    second = _common_left(wide, width, _SECOND)
    if second is not None and _is_clear(lines, second) and min(map(len, _columns(wide, [second]))) >= LINES:
        return [second]
    second = _common_left(lines, width, _SECOND)
    if second is not None and _is_clear(lines, second):
        left, right = _columns(lines, [second])
        if _ends_early(left, right, width):
            return [second]
    return _edges_of_three(lines, width)


def _is_clear(lines: Sequence[Line], edge: float) -> bool:
    """Say whether few lines run through an edge, as headings do."""
    return sum(_crosses(line, [edge]) for line in lines) <= _THROUGH * len(lines)


def _edges_of_three(lines: list[Line], width: float) -> list[float]:
    wide = [line for line in lines if _box(line).x1 - _box(line).x0 > width * WIDTH_OF_THREE]
    found = [_common_left(wide, width, third) for third in _THIRDS]
    edges = [edge for edge in found if edge is not None]
    if len(edges) < len(_THIRDS):
        return []
    columns = _columns(wide, edges)
    if min(map(len, columns)) < LINES or not all(map(_runs_on, columns)) or _begin_together(columns):
        return []
    return edges if all(_is_clear(lines, edge) for edge in edges) else []


def _common_left(wide: Sequence[Line], width: float, within: tuple[float, float]) -> float | None:
    """Give the left edge that most lines have within a part of the width, a little before it."""
    lefts: dict[int, int] = {}
    for line in wide:
        if within[0] * width < _box(line).x0 < within[1] * width:
            at = round(_box(line).x0 / 3)
            lefts[at] = lefts.get(at, 0) + 1
    return max(lefts, key=lambda key: lefts[key]) * 3.0 - 3 if lefts else None


def _columns(wide: Sequence[Line], edges: Sequence[float]) -> list[list[Line]]:
    """Give the lines that end before the first edge, and those that begin at each and end before the next."""
    first = [line for line in wide if _box(line).x1 <= edges[0]]
    others = [
        [line for line in wide if abs(_box(line).x0 - left - 3) <= 4 and _box(line).x1 <= right]
        for left, right in pairwise([*edges, float("inf")])
    ]
    return [first, *others]


def _runs_on(column: Sequence[Line]) -> bool:
    return sum(line.text[:1].islower() for line in column) >= _RUNNING * len(column)


def _ends_early(left: list[Line], right: list[Line], width: float) -> bool:
    """Say whether a short second column goes on with the prose of the first, which fills half the page and no more."""
    left = [line for line in left if _box(line).x1 - _box(line).x0 > width * WIDTH]
    if len(right) < _SHORT or len(left) < _LONG or not _runs_on(left):
        return False
    tops = [min(_box(line).top for line in column) for column in (left, right)]
    prose = [line for line in right if _box(line).x1 - _box(line).x0 > width * WIDTH]
    whole = len(_starts(right)) == 1 or (len(prose) >= _SHORT and _runs_on(prose))
    return abs(tops[0] - tops[1]) <= _LEVEL and whole and not _begin_together((left, right))


def _starts(column: Sequence[Line]) -> list[float]:
    """Give the heights at which a column's paragraphs begin."""
    ordered = sorted(column, key=lambda line: _box(line).top)
    apart = [b for a, b in pairwise(ordered) if _box(b).top - _box(a).top > _TIGHT * (b.size or 10.0)]
    return [_box(line).top for line in (*ordered[:1], *apart)]


def _row_tops(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Give the heights at which rows of cells begin; none where the columns are prose that runs down the page."""
    if len(columns) > 2 or not all(columns) or not _begin_together(columns):
        return []
    first, second = map(_starts, columns)
    return [top for top in second if _is_among(top, first)]


def _is_among(top: float, starts: Sequence[float]) -> bool:
    at = bisect.bisect_left(starts, top - 3)
    return at < len(starts) and starts[at] <= top + 3


def _cut_rows(lines: Sequence[Line], tops: Sequence[float]) -> list[list[Line]]:
    """Cut lines, sorted from the top, where rows of cells begin."""
    return [list(row) for _, row in groupby(lines, lambda line: bisect.bisect_right(tops, _box(line).top + 3))]


def _begin_together(columns: Sequence[Sequence[Line]]) -> bool:
    """Say whether most paragraphs begin level with one of the first column, as the cells of a table do."""
    first, *others = map(_starts, columns)
    inner = [top for tops in others for top in tops[1:]]
    return 2 * sum(_is_among(top, first) for top in inner) > len(inner)
