"""The lines of one PDF page, from PDFium's text, rectangles and fonts, through as few calls as can be.

PDFium's own line breaks are kept; a line is cut where a wide gap parts it (table cells, a column beside it), with
PDFium's rectangles, one call or two a line: boxes of single letters cost five times as much.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from corpus.records import Box, Line
from corpus.text import normalise

#: A gap of this many letter sizes parts two pieces of one line. A justified line's blanks stay below it.
WIDE_GAP = 0.75
#: More letters than this on one page are no letter: the text is taken without boxes.
MAX_PAGE_CHARS = 200_000
#: So many rectangles of one line are looked at.
MAX_LINE_RECTS = 400
#: A line that rises or falls by no more than this part of its length is level.
LEVEL = 0.03
_LINE_END = re.compile("\r\n|\ufffe|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)

#: Left, bottom, right and top in the page's own coordinates.
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own coordinates become points from its upper left corner, as it is seen."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Give a rectangle of the page's own coordinates as a box."""
        x0, x1 = left - self.left, right - self.left
        y0, y1 = bottom - self.bottom, top - self.bottom
        if self.rotation == 0:
            return Box(x0, self.height - y1, x1, self.height - y0)
        if self.rotation == 90:
            return Box(y0, x0, y1, x1)
        if self.rotation == 180:
            return Box(self.width - x1, y0, self.width - x0, y1)
        return Box(self.width - y1, self.height - x1, self.width - y0, self.height - x0)


def clean(text: str) -> str:
    """Give text from PDFium in the form we keep."""
    if text.isascii():
        return text.replace("\0", "")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return normalise(text)


class PageText:
    """Reads the lines of one page; what PDFium writes into is made once."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self.handle = text_page
        self.frame = frame
        self.left, self.bottom, self.right, self.top = (ctypes.c_double() for _ in range(4))
        self.loose = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.name = ctypes.create_string_buffer(96)
        self.flags = ctypes.c_int()

    def lines(self) -> tuple[Line, ...]:
        """Give the page's lines in the order of the file."""
        count = pdfium.FPDFText_CountChars(self.handle)
        if count <= 0:
            return ()
        text = self._text(count)
        if count > MAX_PAGE_CHARS:
            return tuple(Line(line) for part in _LINE_END.split(text) if (line := clean(part).strip()))
        return tuple(self._cut(text, aligned=len(text) == count))

    def _text(self, count: int) -> str:
        """Give the page's text with one character for each of PDFium's own."""
        buffer = (ctypes.c_ushort * (count * 2 + 2))()
        got = max(0, pdfium.FPDFText_GetText(self.handle, 0, count, buffer) - 1)
        units = bytes(memoryview(buffer))[: got * 2]
        text = units.decode("utf-16-le", "replace")
        return text if len(text) == got else "".join(map(chr, buffer[:got]))

    def _cut(self, text: str, *, aligned: bool) -> Iterator[Line]:
        """Walk PDFium's own lines and cut each at its wide gaps; `aligned` says that letters and text count alike."""
        start = 0
        for match in [*_LINE_END.finditer(text), None]:
            end = match.start() if match else len(text)
            line = text[start:end]
            stripped = line.strip()
            if stripped:
                first = start + len(line) - len(line.lstrip())
                hyphen = "-" if match is not None and match[0] == "\ufffe" else ""
                yield from self._measure(stripped + hyphen, *self._span(first, end, aligned))
            start = match.end() if match else end

    def _span(self, start: int, end: int, aligned: bool) -> tuple[int, int]:
        """Give the first of PDFium's letters in a part of the text, and how many there are."""
        if aligned:
            return start, end - start
        first = pdfium.FPDFText_GetCharIndexFromTextIndex(self.handle, start)
        last = pdfium.FPDFText_GetCharIndexFromTextIndex(self.handle, end - 1)
        return first, last - first + 1

    def _measure(self, text: str, first: int, length: int) -> Iterator[Line]:
        rects = self._rects(first, length) if first >= 0 and length > 0 else []
        if not rects:
            yield Line(clean(text))
            return
        size, bold = self._font(first)
        groups = _group(rects, size)
        if len(groups) == 1:
            yield self._line(text, groups[0], first, size, bold)
        else:
            yield from self._parts(groups, first, length, text[len(text) - text.endswith("-") :])

    def _rects(self, first: int, length: int) -> list[Rect]:
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        found = []
        for index in range(min(pdfium.FPDFText_CountRects(self.handle, first, length), MAX_LINE_RECTS)):
            if pdfium.FPDFText_GetRect(self.handle, index, left, top, right, bottom):
                found.append((left.value, bottom.value, right.value, top.value))
        return found

    def _font(self, index: int) -> tuple[float, bool]:
        """Give the size in points of the letter at `index` and whether it is bold."""
        size = pdfium.FPDFText_GetFontSize(self.handle, index)
        if pdfium.FPDFText_GetMatrix(self.handle, index, self.matrix):
            scale = abs(self.matrix.d) if self.matrix.c == 0 else (self.matrix.c**2 + self.matrix.d**2) ** 0.5
            size *= scale or 1.0
        bold = pdfium.FPDFText_GetFontWeight(self.handle, index) >= 600
        if not bold and pdfium.FPDFText_GetFontInfo(self.handle, index, self.name, 96, self.flags) > 0:
            bold = _BOLD.search(self.name.value) is not None
        return (size if 0.5 < size < 500 else 10.0), bold

    def _parts(self, groups: list[Rect], first: int, length: int, hyphen: str) -> Iterator[Line]:
        """Share the letters of one line out to its groups, by the place of each letter; its hyphen follows the last."""
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        parts: list[list[str]] = [[] for _ in groups]
        starts = [-1] * len(groups)
        now = 0
        for index in range(first, first + length):
            sign = chr(pdfium.FPDFText_GetUnicode(self.handle, index))
            if not sign.isspace() and pdfium.FPDFText_GetCharBox(self.handle, index, left, right, bottom, top):
                now = _group_at(groups, (left.value + right.value) / 2, (bottom.value + top.value) / 2, now)
                if starts[now] < 0:
                    starts[now] = index
            parts[now].append("-" if sign == "\ufffe" else sign)
        if parts[now][-1:] != [hyphen]:
            parts[now].append(hyphen)
        for group, part, start in zip(groups, parts, starts, strict=True):
            text = "".join(part).strip()
            if text and start >= 0:
                yield self._line(text, group, start, *self._font(start))

    def _line(self, text: str, rect: Rect, index: int, size: float, bold: bool) -> Line:
        """Make a line; its box takes the height of the font, so that level lines of one row share top and bottom."""
        left, bottom, right, top = rect
        loose = self.loose
        level = self.frame.rotation in (0, 180) and abs(self.matrix.b) <= LEVEL * abs(self.matrix.a)
        if level and pdfium.FPDFText_GetLooseCharBox(self.handle, index, loose):
            low, high = loose.bottom, loose.top
            if high - low < 3 * size:
                bottom, top = low, high
        return Line(clean(text), self.frame.box(left, bottom, right, top), round(size, 1), bold)


def _group(rects: list[Rect], size: float) -> list[Rect]:
    """Join rectangles that follow each other on one line without a wide gap."""
    groups = [rects[0]]
    for rect in rects[1:]:
        last = groups[-1]
        same_row = abs((rect[1] + rect[3]) - (last[1] + last[3])) / 2 < 0.7 * size
        if same_row and -size < rect[0] - last[2] < WIDE_GAP * size:
            groups[-1] = (min(last[0], rect[0]), min(last[1], rect[1]), max(last[2], rect[2]), max(last[3], rect[3]))
        else:
            groups.append(rect)
    return groups


def _group_at(groups: list[Rect], x: float, y: float, now: int) -> int:
    order: list[int] = [now, *range(len(groups))]
    for at in order:
        left, bottom, right, top = groups[at]
        if left - 0.5 <= x <= right + 0.5 and bottom - 0.5 <= y <= top + 0.5:
            return at
    return now
