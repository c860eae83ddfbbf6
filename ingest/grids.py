"""Rows of a page: pieces on one row are cells of a table, columns of text, signers side by side, or one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.records import Box, Line
from ingest.entries import is_marker
from ingest.flow import union
from ingest.prose import part_columns
from ingest.signers import read_signers

#: A gap below this many letter sizes is a wide blank, no border between cells.
CELL_GAP = 1.5
#: The second line of a cell stands at most this many letter sizes under the first; rows of a table stand wider.
SECOND_LINE = 1.27
#: Where the rows of a table stand far wider, so many.
LEADING = 1.5
_WORD = re.compile(r"[^\W\d_]{2}")


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _size(line: Line) -> float:
    return line.size or (_box(line).bottom - _box(line).top)


def flow_lines(lines: Sequence[Line], width: float | None) -> list[Line]:
    """Give a page's lines in reading order; table rows become one line each with tabs between the cells."""
    ordered: list[Line] = []
    for band in part_columns(list(lines), width):
        ordered += _order(band)
    return ordered


def visual_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that stand on one row, from top to bottom, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_place):
        box = _box(line)
        if rows and _on_row(box, _box(rows[-1][0])) and not any(_covers(box, _box(other)) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: _box(line).x0) if len(row) > 1 else row for row in rows]


def _place(line: Line) -> tuple[float, float]:
    box = _box(line)
    return box.top + box.bottom, box.x0


def _on_row(a: Box, b: Box) -> bool:
    low = min(a.bottom - a.top, b.bottom - b.top)
    return abs((a.top + a.bottom) - (b.top + b.bottom)) / 2 < 0.45 * low


def _covers(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3 * min(a.x1 - a.x0, b.x1 - b.x0)


def _order(lines: list[Line]) -> list[Line]:
    rows = [_close_gaps(row) for row in visual_rows(lines)]
    ordered: list[Line] = []
    at = 0
    while at < len(rows):
        if len(rows[at]) < 2:
            ordered += rows[at]
            at += 1
            continue
        signers = read_signers(rows, at)
        if signers is not None:
            ordered += signers[0]
            at = signers[1]
            continue
        end = _grid_end(rows, at)
        ordered += _read_grid(rows[at:end])
        at = end
    return ordered


def _close_gaps(row: list[Line]) -> list[Line]:
    """Join pieces of a row that are one line: a wide blank, a bullet or number before its entry or drawn after it."""
    closed = [row[0]]
    for line in row[1:]:
        last = closed[-1]
        if _box(line).x0 - _box(last).x1 < CELL_GAP * _size(line) or (len(closed) == 1 and is_marker(last.text)):
            closed[-1] = merge(last, line, " ")
        else:
            closed.append(line)
    if len(closed) == 2 and is_marker(closed[1].text) and not closed[1].text[:1].isalnum():
        return [merge(closed[1], closed[0], " ")]
    return closed


def merge(first: Line, second: Line, glue: str) -> Line:
    """Make one line of two, with the box around both."""
    return replace(
        first,
        text=f"{first.text}{glue}{second.text}",
        box=union((_box(first), _box(second))),
        size=second.size if is_marker(first.text) else first.size,
        bold=second.bold if is_marker(first.text) else first.bold and second.bold,
    )


def _grid_end(rows: list[list[Line]], start: int) -> int:
    """Give where a run of rows with several pieces ends; a piece alone that continues a cell belongs to it."""
    end = start + 1
    while end < len(rows):
        if len(rows[end]) >= 2:
            gap = _box(rows[end][0]).top - max(_box(line).bottom for line in rows[end - 1])
            if gap > 3 * _size(rows[end][0]):
                break
        elif not _continues(rows, start, end):
            break
        end += 1
    return end


def _continues(rows: list[list[Line]], start: int, at: int) -> bool:
    """Say whether a row with one piece is the second line of a cell above it."""
    line = rows[at][0]
    box = _box(line)
    above = rows[at - 1]
    pitch = box.top - _box(above[0]).top
    if pitch > SECOND_LINE * _size(line) and not _is_much_closer(pitch, rows[start:at], _size(line)):
        return False
    edges = _left_edges([piece for row in rows[start:at] if len(row) > 1 for piece in row])
    column = next((index for index, edge in enumerate(edges) if -3 <= box.x0 - edge <= 5), None)
    if column is None:
        return False
    if column + 1 < len(edges) and box.x1 > edges[column + 1] - 2:
        return False
    if column > 0:
        return True
    pitches = [_box(b[0]).top - _box(a[0]).top for a, b in zip(rows[start:at], rows[start + 1 : at], strict=False)]
    return not pitches or pitch < 0.93 * median(pitches)


def _is_much_closer(pitch: float, rows: Sequence[list[Line]], size: float) -> bool:
    """Say whether a line stands at a text's distance under a row of a table whose rows stand far wider."""
    tops = [_box(row[0]).top for row in rows if len(row) > 1]
    pitches = [b - a for a, b in pairwise(tops)]
    return pitch <= LEADING * size and bool(pitches) and pitch < 0.8 * min(pitches)


def _left_edges(lines: Sequence[Line]) -> list[float]:
    """Give the left edges of columns, those closer than four points as one."""
    edges: list[float] = []
    for left in sorted(_box(line).x0 for line in lines):
        if not edges or left - edges[-1] > 4:
            edges.append(left)
    return edges


def _read_grid(rows: list[list[Line]]) -> list[Line]:
    """Read a run of rows, row by row."""
    lines: list[list[Line]] = []
    for row in rows:
        if len(row) == 1 and lines and _extend_cell(lines[-1], row[0]):
            continue
        if lines and len(row) > 1 and _is_second_line(lines[-1], row):
            for piece in row:
                _extend_cell(lines[-1], piece)
            continue
        lines.append(list(row))
    return [_table_row(row) for row in lines]


def _extend_cell(row: list[Line], piece: Line) -> bool:
    """Put the second line of a cell after its first; say whether there was one."""
    for index, cell in enumerate(row):
        if _is_under(_box(cell), piece):
            row[index] = _continued(cell, piece)
            return True
    return False


def _is_under(cell: Box, piece: Line) -> bool:
    """Say whether a piece is flush with a cell; words may be set to its right edge or its middle."""
    box = _box(piece)
    if abs(cell.x0 - box.x0) <= 4:
        return True
    flush = abs(cell.x1 - box.x1) <= 2 or abs(cell.x0 + cell.x1 - box.x0 - box.x1) <= 4
    return flush and _WORD.search(piece.text) is not None


def _continued(cell: Line, piece: Line) -> Line:
    if cell.text.endswith("-") and piece.text[:1].islower():
        return merge(replace(cell, text=cell.text[:-1]), piece, "")
    return merge(cell, piece, " ")


def _is_second_line(above: list[Line], row: list[Line]) -> bool:
    """Say whether a row of several pieces holds the second lines of the cells above, its first cell empty."""
    box = _box(row[0])
    known = [_box(line) for line in above]
    return (
        box.top - max(cell.top for cell in known) < SECOND_LINE * _size(row[0])
        and box.x0 > known[0].x0 + 4
        and all(any(_is_under(cell, piece) for cell in known) for piece in row)
    )


def _table_row(row: list[Line]) -> Line:
    if len(row) == 1:
        return replace(row[0], style="cell")
    return replace(
        row[0],
        text="\t".join(line.text for line in row),
        box=union([_box(line) for line in row]),
        bold=all(line.bold for line in row),
        style="cell",
    )
