"""The small print under a page's text: contact lines and notes, past which a sentence runs on to the next page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.records import Line
from ingest.entries import ends_sentence
from ingest.furniture import SMALLER
from ingest.grids import visual_rows
from ingest.labels import count_marginal, is_letterhead

#: The part of a page, from its lower edge, in which small print stands.
FOOT = 0.2
#: Left edges this many points apart are one column's.
FLUSH = 4.0
_CUT = re.compile(r"\s[·•|–-]\s|, ")
_NOTE = re.compile(r"\(?\d{1,2}[.)]? ?(?=[^\W\d_])")


def part_foot(lines: list[Line], height: float | None) -> tuple[list[Line], list[Line], list[Line]]:
    """Part the lines of a page into its text, the contact lines under it, and the notes that cut a sentence."""
    size = _text_size(lines)
    rows = visual_rows([line for line in lines if line.box])
    at = len(rows)
    while at and height and size and all(_is_small(line, size, height) for line in rows[at - 1]):
        at -= 1
    foot = [line for row in rows[at:] for line in row]
    if not foot or not at or not _is_apart(rows[at - 1], rows[at]):
        return lines, [], []
    taken = set(map(id, foot))
    text = [line for line in lines if id(line) not in taken]
    if _NOTE.match(foot[0].text):
        cut = not any(line.style == "cell" or ends_sentence(line.text) for line in rows[at - 1])
        return (text, [], foot) if cut else (lines, [], [])
    return (text, _by_columns(rows[at:]), []) if _is_contact(foot) else (lines, [], [])


def _by_columns(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Give lines column by column where each stands flush with one of the first row, else row by row."""
    lefts = [line.box.x0 for line in rows[0] if line.box]
    columns: list[list[Line]] = [[] for _ in lefts]
    for line in (line for row in rows for line in row if line.box):
        at = next((index for index, left in enumerate(lefts) if line.box and abs(line.box.x0 - left) <= FLUSH), None)
        if at is None:
            return [line for row in rows for line in row]
        columns[at].append(line)
    return [line for column in columns for line in column]


def _text_size(lines: Sequence[Line]) -> float | None:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size or 0.0] += len(line.text)
    return counts.most_common(1)[0][0] if counts else None


def _is_small(line: Line, size: float, height: float) -> bool:
    if line.box is None or not line.size:
        return False
    return line.box.top > height * (1 - FOOT) and line.size < size * SMALLER


def _is_apart(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Say whether a space of nearly a line parts two rows."""
    bottom = max(line.box.bottom for line in above if line.box)
    tops = [(line.box.top, line.box.bottom - line.box.top) for line in row if line.box]
    return min(top for top, _ in tops) - bottom > 0.8 * max(tall for _, tall in tops)


def _is_contact(lines: Sequence[Line]) -> bool:
    """Say whether lines tell where the sender is reached: an address of the net or a telephone, mostly with others."""
    cells = [cell for line in lines for cell in _CUT.split(line.text)]
    return any(map(is_letterhead, cells)) and count_marginal(cells) * 3 >= len(cells)
