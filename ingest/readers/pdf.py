"""PDF through pypdfium2: every page's text as lines with boxes, read page by page so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2

from corpus.errors import ReadError
from corpus.records import Mark, Member, Page, Reading
from corpus.text import normalise
from ingest.readers.options import ReadOptions
from ingest.readers.pdf_lines import Frame, PageText
from ingest.readers.pdf_tables import needs_care, read_tables
from ingest.readers.salvage import salvage_pdf
from ingest.readers.scans import is_drawable, needs_recognition, recognise_pages


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


@dataclass(slots=True)
class _Found:
    """What is met while the pages are read: marks, and the numbers of the pages that need another reader."""

    marks: list[Mark] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)

    def mark(self, code: str, message: str) -> None:
        self.marks.append(Mark(code, message))


def read_pdf(data: bytes, options: ReadOptions) -> Reading:
    """Read every page: its text layer, ruled tables with care, scans through Tesseract.

    A page without text has the source `none`.
    """
    found = _Found()
    document = open_pdf(data)
    try:
        count = len(document)
        pages = _within(_read_pages(document, min(count, options.max_pages), found, options), count, found, options)
        pages = read_tables(data, pages, found.tables)
        pages, marks = recognise_pages(document, pages, found.scans, options)
        found.marks += marks
        if count > options.max_pages:
            found.mark("max-pages", f"kun de første {options.max_pages} af {count} sider er læst")
        members = tuple(_attached_files(document, options, found.marks))
        meta = _metadata(document)
    finally:
        document.close()
    if not is_complete(data):
        pages = _readable(pages, found.scans)
        found.mark("truncated", f"filen er afkortet efter side {len(pages)}")
    if not pages:
        code, message = ("damaged", "beskadiget") if is_complete(data) else ("truncated", "afkortet")
        raise ReadError(f"filen er {message}, ingen sider kan læses", code=code)
    return Reading("application/pdf", tuple(pages), tuple(found.marks), meta, members)


def _within(pages: Iterator[Page], count: int, found: _Found, options: ReadOptions) -> list[Page]:
    """Collect pages until they hold more letters than the limit allows."""
    kept: list[Page] = []
    chars = 0
    for page in pages:
        kept.append(page)
        chars += sum(len(line.text) for line in page.lines)
        if chars > options.max_chars:
            found.mark("max-chars", f"teksten er for lang; læst til og med side {page.number} af {count}")
            break
    return kept


def _readable(pages: list[Page], scans: list[int]) -> list[Page]:
    """Leave out the last pages of a cut file, whose text was cut off; a scan keeps its place."""
    last = max((page.number for page in pages if page.lines or page.number in scans), default=0)
    return [page for page in pages if page.number <= last]


def _read_pages(document: pypdfium2.PdfDocument, count: int, found: _Found, options: ReadOptions) -> Iterator[Page]:
    """Yield the pages one by one, each closed before the next is opened."""
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            found.missing.append(number)
            continue
        try:
            read = _read_page(page, number)
            _judge(page, read, found, options)
            yield read
        except pypdfium2.PdfiumError:
            found.missing.append(number)
        finally:
            page.close()
    if found.missing:
        shown = ", ".join(map(str, found.missing[:10])) + (" …" if len(found.missing) > 10 else "")
        found.mark("page-damaged", f"side {shown} kan ikke læses")


def _judge(page: pypdfium2.PdfPage, read: Page, found: _Found, options: ReadOptions) -> None:
    """Note whether a page needs Tesseract or pdfplumber, by cheap measures of it."""
    if needs_recognition(page, read.lines, options):
        if is_drawable(page):
            found.scans.append(read.number)
        else:
            found.mark("max-objects", f"side {read.number} har for mange billeder til at blive genkendt")
    elif needs_care(page, read.lines):
        found.tables.append(read.number)


def _read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        lines = PageText(text_page.raw, _frame(page, width, height)).lines()
    finally:
        text_page.close()
    return Page(number, lines, width, height, "text" if lines else "none", "pdfium")


def _frame(page: pypdfium2.PdfPage, width: float, height: float) -> Frame:
    left, bottom, _, _ = page.get_bbox()
    return Frame(left, bottom, width, height, page.get_rotation())


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
