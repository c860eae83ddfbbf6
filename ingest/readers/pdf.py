"""PDF through pypdfium2: every page's text as lines with boxes, read page by page so that memory stays flat.

PDFium's own line breaks are kept; a line is cut where a wide gap parts it (table cells, a column beside it), with
PDFium's rectangles, one call or two a line: boxes of single letters cost five times as much.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import ReadError
from corpus.records import Box, Line, Mark, Member, Page, Reading
from corpus.text import normalise
from ingest.readers.options import ReadOptions
from ingest.readers.salvage import salvage_pdf
from ingest.readers.scans import is_drawable, needs_recognition, recognise_pages

#: A gap of this many line heights parts two pieces of one line. A justified line's blanks stay below it.
WIDE_GAP = 0.75
#: More letters or rectangles than this on one page are no letter: the text is taken without boxes.
MAX_PAGE_CHARS = 200_000
MAX_PAGE_RECTS = 400
_LINE_END = re.compile("\r\n|\ufffe|\r|\n")
_BOLD = (b"Bold", b"bold", b"Black", b"Heavy", b"Semibold", b"SemiBold", b"Demi")


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a page's own coordinates become points from its upper left corner, as it is seen."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, x1 = left - self.left, right - self.left
        y0, y1 = bottom - self.bottom, top - self.bottom
        if self.rotation == 90:
            return Box(y0, x0, y1, x1)
        if self.rotation == 180:
            return Box(self.width - x1, y0, self.width - x0, y1)
        if self.rotation == 270:
            return Box(self.width - y1, self.height - x1, self.width - y0, self.height - x0)
        return Box(x0, self.height - y1, x1, self.height - y0)


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; raise ReadError where it is locked or broken beyond what PDFium repairs."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > 0:
            return document
        document.close()
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).lower() or b"/Encrypt" in data[-2048:]:
            raise ReadError("filen er krypteret med adgangskode", code="encrypted") from exc
        if "security" in str(exc).lower():
            raise ReadError("filens kryptering understøttes ikke", code="encrypted") from exc
    return _open_salvaged(data)


def _open_salvaged(data: bytes) -> pypdfium2.PdfDocument:
    cut = not is_complete(data)
    code, message = ("truncated", "filen er afkortet") if cut else ("damaged", "filen er beskadiget")
    repaired = salvage_pdf(data)
    if repaired is None:
        raise ReadError(f"{message}, ingen sider kan læses", code=code)
    try:
        document = pypdfium2.PdfDocument(repaired)
        if len(document) > 0:
            return document
    except pypdfium2.PdfiumError as exc:
        raise ReadError(f"{message}, ingen sider kan læses", code=code) from exc
    raise ReadError(f"{message}, ingen sider kan læses", code=code)


def is_complete(data: bytes) -> bool:
    """Say whether the file ends as a PDF does."""
    return b"%%EOF" in data[-4096:]


def read_pdf(data: bytes, options: ReadOptions) -> Reading:
    """Read the text layer of every page; a page without one has the source `none`."""
    document = open_pdf(data)
    try:
        count = len(document)
        pages: list[Page] = []
        marks: list[Mark] = []
        scans: list[int] = []
        chars = 0
        for page in _read_pages(document, min(count, options.max_pages), marks, scans, options):
            pages.append(page)
            chars += sum(len(line.text) for line in page.lines)
            if chars > options.max_chars:
                marks.append(Mark("max-chars", f"teksten er for lang; læst til og med side {page.number} af {count}"))
                break
        pages, found = recognise_pages(document, pages, scans, options)
        marks += found
        if count > options.max_pages:
            marks.append(Mark("max-pages", f"kun de første {options.max_pages} af {count} sider er læst"))
        members = tuple(_attached_files(document, options, marks))
        meta = _metadata(document)
    finally:
        document.close()
    if not is_complete(data):
        pages = _readable(pages, scans)
        marks.append(Mark("truncated", f"filen er afkortet efter side {len(pages)}"))
    if not pages:
        code, message = ("damaged", "beskadiget") if is_complete(data) else ("truncated", "afkortet")
        raise ReadError(f"filen er {message}, ingen sider kan læses", code=code)
    return Reading("application/pdf", tuple(pages), tuple(marks), meta, members)


def _readable(pages: list[Page], scans: list[int]) -> list[Page]:
    """Leave out the last pages of a cut file, whose text was cut off; a scan keeps its place."""
    last = max((page.number for page in pages if page.lines or page.number in scans), default=0)
    return [page for page in pages if page.number <= last]


def _read_pages(
    document: pypdfium2.PdfDocument, count: int, marks: list[Mark], scans: list[int], options: ReadOptions
) -> Iterator[Page]:
    """Yield the pages one by one; the numbers of those without a usable text layer go to `scans`."""
    missing: list[int] = []
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            missing.append(index + 1)
            continue
        try:
            found = _read_page(page, index + 1)
            if needs_recognition(page, found.lines, options):
                if is_drawable(page):
                    scans.append(index + 1)
                else:
                    marks.append(Mark("max-objects", f"side {index + 1} har for mange billeder til at blive genkendt"))
            yield found
        except pypdfium2.PdfiumError:
            missing.append(index + 1)
        finally:
            page.close()
    if missing:
        shown = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
        marks.append(Mark("page-damaged", f"side {shown} kan ikke læses"))


def _read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        lines = _read_lines(text_page.raw, _frame(page, width, height))
    finally:
        text_page.close()
    return Page(number, lines, width, height, "text" if lines else "none")


def _frame(page: pypdfium2.PdfPage, width: float, height: float) -> _Frame:
    left, bottom, _, _ = page.get_bbox()
    return _Frame(left, bottom, width, height, page.get_rotation())


def _read_lines(text_page: Any, frame: _Frame) -> tuple[Line, ...]:
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ()
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    got = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    units = bytes(memoryview(buffer))[: max(0, got - 1) * 2]
    text = units.decode("utf-16-le", "replace")
    if len(text) * 2 != len(units):  # signs beyond the first plane: keep one character a unit while counting
        text = "".join(map(chr, buffer[: got - 1]))
    if count > MAX_PAGE_CHARS:
        return tuple(Line(clean) for part in _LINE_END.split(text) if (clean := _clean(part).strip()))
    return tuple(_cut_lines(text_page, text, frame))


def _clean(text: str) -> str:
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return normalise(text)


def _cut_lines(text_page: Any, text: str, frame: _Frame) -> Iterator[Line]:
    """Walk PDFium's own lines and cut each at its wide gaps."""
    start = 0
    char_index = pdfium.FPDFText_GetCharIndexFromTextIndex
    while start < len(text):
        match = _LINE_END.search(text, start)
        end = match.start() if match else len(text)
        following = match.end() if match else len(text)
        line = text[start:end]
        if match and match.group() == "\ufffe":
            line += "-"
        stripped = line.strip()
        if stripped:
            first = char_index(text_page, start + len(line) - len(line.lstrip()))
            last = char_index(text_page, min(end, len(text)) - 1) if end > start else first
            if first >= 0 and last >= first:
                yield from _measure(text_page, stripped, first, last - first + 1, frame)
            else:
                yield Line(_clean(stripped))
        start = following


def _measure(text_page: Any, text: str, first: int, length: int, frame: _Frame) -> Iterator[Line]:
    rects = _rects(text_page, first, length)
    if not rects:
        return
    size, bold, loose = _font(text_page, first)
    groups = _group(rects, size)
    if len(groups) == 1:
        yield _line(text, groups[0], loose, size, bold, frame)
        return
    yield from _measure_parts(text_page, groups, first, length, frame)


_Rect = tuple[float, float, float, float]  # left, bottom, right, top


def _rects(text_page: Any, first: int, length: int) -> list[_Rect]:
    number = min(pdfium.FPDFText_CountRects(text_page, first, length), MAX_PAGE_RECTS)
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    found = []
    for index in range(number):
        if pdfium.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            found.append((left.value, bottom.value, right.value, top.value))
    return found


def _font(text_page: Any, index: int) -> tuple[float, bool, _Rect | None]:
    """Give the size in points of the letter at `index`, whether it is bold, and its box with ascent and descent."""
    rect = pdfium.FS_RECTF()
    loose = None
    if pdfium.FPDFText_GetLooseCharBox(text_page, index, rect):
        loose = (rect.left, rect.bottom, rect.right, rect.top)
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    bold = pdfium.FPDFText_GetFontWeight(text_page, index) >= 600
    if not bold:
        name = ctypes.create_string_buffer(96)
        flags = ctypes.c_int()
        if pdfium.FPDFText_GetFontInfo(text_page, index, name, 96, flags) > 0:
            bold = any(mark in name.value for mark in _BOLD)
    return (size if 0.5 < size < 500 else 10.0), bold, loose


def _group(rects: list[_Rect], size: float) -> list[_Rect]:
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


def _measure_parts(text_page: Any, groups: list[_Rect], first: int, length: int, frame: _Frame) -> Iterator[Line]:
    """Share the letters of one line out to its groups, by the place of each letter."""
    parts: list[list[str]] = [[] for _ in groups]
    starts = [-1] * len(groups)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    now = 0
    for index in range(first, first + length):
        sign = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if not sign.isspace() and pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            now = _group_at(groups, (left.value + right.value) / 2, (bottom.value + top.value) / 2, now)
            if starts[now] < 0:
                starts[now] = index
        parts[now].append("-" if sign == "\ufffe" else sign)
    for group, part, start in zip(groups, parts, starts, strict=True):
        text = "".join(part).strip()
        if text and start >= 0:
            size, bold, loose = _font(text_page, start)
            yield _line(text, group, loose, size, bold, frame)


def _group_at(groups: list[_Rect], x: float, y: float, now: int) -> int:
    order: list[int] = [now, *range(len(groups))]
    for at in order:
        left, bottom, right, top = groups[at]
        if left - 0.5 <= x <= right + 0.5 and bottom - 0.5 <= y <= top + 0.5:
            return at
    return now


def _line(text: str, rect: _Rect, loose: _Rect | None, size: float, bold: bool, frame: _Frame) -> Line:
    """Make a line; its box takes the height of the font, so that lines of one row share top and bottom."""
    left, bottom, right, top = rect
    if loose is not None and loose[3] - loose[1] < 3 * size and frame.rotation in (0, 180):
        bottom, top = loose[1], loose[3]
    return Line(_clean(text), frame.box(left, bottom, right, top), round(size, 1), bold)


def _metadata(document: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    try:
        found = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeDecodeError, ValueError):
        return ()
    names = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created"}
    return tuple((names[key], normalise(str(value))[:1000]) for key, value in found.items() if key in names and value)


def _attached_files(document: pypdfium2.PdfDocument, options: ReadOptions, marks: list[Mark]) -> Iterator[Member]:
    """Yield the files attached to a PDF, as far as the limits allow."""
    total = 0
    count = min(document.count_attachments(), options.max_members)
    for index in range(count):
        try:
            attachment = document.get_attachment(index)
            content = bytes(attachment.get_data())
            name = attachment.get_name()
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            marks.append(Mark("member-damaged", f"vedhæftet fil {index + 1} kan ikke læses"))
            continue
        total += len(content)
        if len(content) > options.max_member_bytes or total > options.max_unpacked_bytes:
            marks.append(Mark("max-member-bytes", f"vedhæftet fil {index + 1} er for stor og ikke læst"))
            return
        yield Member(name or f"bilag-{index + 1}", content)
