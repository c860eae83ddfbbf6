"""Which line ends are the page's width and which the writer's: wrapped lines, address lines, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.records import Box, Line
from ingest.entries import ends_sentence, first_word, starts_entry
from ingest.flow import Gap, Row

#: A line follows the one above at the text's own distance up to this factor.
LEADING_SLACK = 1.16
#: Sizes this far apart are two kinds of text.
SIZE_SLACK = 1.1

#: Lines that begin this many points right of a column's left edge are indented in it; further, they stand apart.
REACH = 100.0
#: A line that lacks no more than this part of the width was wrapped where a sentence goes on with a small letter.
NEARLY = 0.1
#: Fewer lines than this show no right edge.
LEAST = 4
#: Dots or a line to fill in that end a line, and a page number after them; they stand in so many last letters.
_LED = re.compile(r"[._…]{4}[._… ]{0,30}\d{0,4}$")
_LED_ENDS = frozenset("._…0123456789")
_LEADER = 40

#: Where no line is longer than this and none surely wrapped, all were ended by their writer: addresses, signers.
SHORT = 40

Flow = tuple[int, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of one column begin, and the right edge that its wrapped lines reach."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a document's lines run: the columns they stand in, and their distance as a multiple of their size."""

    columns: tuple[_Column, ...]
    leading: float

    def right_of(self, line: Line) -> float | None:
        """Give the right edge that wrapped lines reach where `line` stands; None where there are too few to know."""
        left = _box(line).x0
        for column in self.columns:
            if column.left <= left <= column.left + REACH:
                return column.right
        return None


def body_rows(flows: Sequence[Flow]) -> list[Row]:
    """Give the rows of all pages' bodies with the gap before each."""
    measure = _measure(flows)
    rows: list[Row] = []
    previous: Line | None = None
    number = 0
    for page, lines in flows:
        for line in lines:
            gap: Gap = "paragraph"
            if previous is not None:
                gap = _gap(previous, line, measure) if page == number else _page_gap(previous, line, measure)
            rows.append(Row(line, page, gap))
            previous, number = line, page
    return rows


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _measure(flows: Sequence[Flow]) -> _Measure:
    pairs = [(a, b) for _, lines in flows for a, b in pairwise(lines) if _is_pair(a, b)]
    sure = [(a, b) for a, b in pairs if b.text[:1].islower() and len(a.text) > 25 and not a.bold]
    distances = [(_box(b).top - _box(a).top) / _size(a) for a, b in sure or pairs]
    distances = [distance for distance in distances if 0.5 < distance < 2.6]
    plain = [line for _, lines in flows for line in lines if line.style != "cell"]
    return _Measure(tuple(_columns(plain, sure)), median(distances) if distances else 1.2)


def _columns(lines: Sequence[Line], sure: Sequence[tuple[Line, Line]]) -> Iterator[_Column]:
    """Yield the columns in which enough lines stand, each with the edge that its surely wrapped lines reach."""
    rest = sorted(lines, key=lambda line: _box(line).x0)
    while rest:
        left = _box(rest[0]).x0
        count = sum(_box(line).x0 <= left + REACH for line in rest)
        inside, rest = rest[:count], rest[count:]
        if count < LEAST:
            continue
        right = max(_box(line).x1 for line in inside)
        reach = sorted(_box(a).x1 + _word_width(b) for a, b in sure if left <= _box(a).x0 <= left + REACH)
        if len(reach) >= 3:
            yield _Column(left, min(right, reach[len(reach) // 12]))
        elif reach or any(len(line.text) > SHORT for line in inside):
            yield _Column(left, right)


def _is_pair(a: Line, b: Line) -> bool:
    if a.style == "cell" or b.style == "cell":
        return False
    return 0 < _box(b).top - _box(a).top < 2.6 * _size(a) and _same_size(a, b)


def _size(line: Line) -> float:
    return line.size or max(1.0, _box(line).bottom - _box(line).top)


def _same_size(a: Line, b: Line) -> bool:
    one, other = _size(a), _size(b)
    return one <= other * SIZE_SLACK and other <= one * SIZE_SLACK


def _word_width(line: Line) -> float:
    """Give the width of a line's first word with the blank before it, from the line's own letters."""
    box = _box(line)
    each = (box.x1 - box.x0) / max(1, len(line.text))
    return each * (len(first_word(line.text)) + 0.6)


def _fits(a: Line, b: Line, measure: _Measure) -> bool:
    """Say whether the first word of the next line would have fitted on this one, so that the writer ended it."""
    right = measure.right_of(a)
    if right is None:
        return not (a.bold and b.bold and len(a.text) > 25)
    return _box(a).x1 + _word_width(b) <= right - 0.5


def _nearly_fills(a: Line, b: Line, measure: _Measure) -> bool:
    """Say whether a long line ends close to the right edge in the midst of a sentence that goes on below."""
    right = measure.right_of(a)
    if right is None or len(a.text) <= 40 or ends_sentence(a.text) or a.text.endswith(",") or not b.text[:1].islower():
        return False
    return right - _box(a).x1 <= NEARLY * (right - _box(a).x0)


def _gap(a: Line, b: Line, measure: _Measure) -> Gap:
    if a.style == "cell" or b.style == "cell":
        return "line" if a.style == b.style else "paragraph"
    distance = _box(b).top - _box(a).top
    if distance <= 0 or not _same_size(a, b):
        return _page_gap(a, b, measure) if distance <= 0 else "paragraph"
    close = distance <= LEADING_SLACK * measure.leading * _size(a)
    if not close:
        return "line" if starts_entry(a.text) and starts_entry(b.text) else "paragraph"
    if a.bold != b.bold:
        return "paragraph"
    return _close_gap(a, b, measure)


def _close_gap(a: Line, b: Line, measure: _Measure) -> Gap:
    """Tell a wrapped line from one that its writer ended, where both stand at the text's own distance."""
    if a.text[-1] in _LED_ENDS and _LED.search(a.text[-_LEADER:]):
        return "line"
    fits = _fits(a, b, measure)
    if starts_entry(b.text) and (fits or a.text.endswith((".", ":", ";", ",", "!", "?")) or starts_entry(a.text)):
        return "line"
    if not fits or _nearly_fills(a, b, measure):
        return "flow"
    if _breaks_word(a, b):
        return "flow"
    if starts_entry(a.text) and _box(b).x0 > _box(a).x0 + 4 and b.text[:1].islower():
        return "flow"
    if ends_sentence(a.text) and len(b.text) > 40:
        return "paragraph"
    return "line"


def _page_gap(a: Line, b: Line, measure: _Measure) -> Gap:
    """Join a sentence that runs over to the next page or column."""
    if a.style == "cell" and b.style == "cell":
        return "line"
    if a.style or b.style or not _same_size(a, b) or a.bold != b.bold:
        return "paragraph"
    if starts_entry(b.text):
        return "line" if starts_entry(a.text) else "paragraph"
    if ends_sentence(a.text) or (_fits(a, b, measure) and not _breaks_word(a, b)):
        return "paragraph"
    return "flow"


def _breaks_word(a: Line, b: Line) -> bool:
    return a.text.endswith("-") and b.text[:1].islower() and len(a.text) > 20
