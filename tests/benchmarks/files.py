"""Files as a council's folders hold them: PDF with and without a margin letterhead, DOCX, TXT and HTML."""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import docx
import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Record
from tests.benchmarks.papers import Papers

#: Of eight files four are PDF, two of these with a margin column; two are DOCX, one is TXT, one HTML.
KINDS = ("plain.pdf", "docx", "margin.pdf", "txt", "plain.pdf", "docx", "margin.pdf", "html")
_TOP, _BOTTOM, _LEADING, _SIZE = 780, 90, 15, 9.5
_ROWS = (_TOP - _BOTTOM) // _LEADING
#: The font that reportlab brings: embedded in part, with its own encoding, as office programs embed theirs.
_FONT = "Vera"
_MARGIN = (
    *("Dato", "Sagsnr.", "Dokumentnr.", "", "Sagsbehandler", "Asta Vindhøj", "", "Plan og Byg", "Rådhusgade 4"),
    *("2999 Klintrup", "", "Telefon", "5555 0100", "", "E-mail", "plan@klintrup.example", "", "www.klintrup.example"),
)


def write_files(folder: Path, size: int) -> list[Path]:
    """Write so many files into folders of a hundred; give their paths."""
    paths = []
    for number, record in enumerate(Papers(size * 10, seed=3).records()):
        if number == size:
            break
        kind = KINDS[number % len(KINDS)]
        path = folder / f"{number // 100:03}" / f"brev-{number:06}.{kind.rpartition('.')[2]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_file(record, kind))
        paths.append(path)
    return paths


def make_file(record: Record, kind: str) -> bytes:
    """Give a letter in one of the `KINDS`."""
    paragraphs = [part.strip() for part in record.text.string.split("\n\n") if part.strip()]
    match kind:
        case "plain.pdf":
            return make_pdf(paragraphs)
        case "margin.pdf":
            return make_pdf(paragraphs[1:], margin=_margin(record))
        case "docx":
            return _docx(paragraphs)
        case "html":
            return _html(paragraphs)
        case _:
            return "\n\n".join(textwrap.fill(part, 88) for part in paragraphs).encode()


def _margin(record: Record) -> tuple[str, ...]:
    """Give the letterhead in the margin, each value under its label."""
    values = {
        "Dato": record.facts.date or "",
        "Sagsnr.": record.facts.case_numbers[0],
        "Dokumentnr.": (record.facts.document_numbers or ("",))[0],
    }
    return tuple(line for label in _MARGIN for line in ((label, values[label]) if label in values else (label,)))


def make_pdf(paragraphs: Sequence[str], margin: Sequence[str] = ()) -> bytes:
    """Draw wrapped paragraphs, with a margin column at the right of the first page and a line at each page's foot."""
    stream, canvas = _blank()
    page, y = 1, _TOP
    _draw_margin(canvas, margin)
    for line in _lines(paragraphs, 62 if margin else 82):
        if y < _BOTTOM:
            _turn(canvas, page)
            page, y = page + 1, _TOP
        canvas.setFont(_FONT, _SIZE)
        canvas.drawString(70, y, line)
        y -= _LEADING
    _turn(canvas, page)
    canvas.save()
    return stream.getvalue()


def _blank() -> tuple[io.BytesIO, Canvas]:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, "Vera.ttf"))
    stream = io.BytesIO()
    return stream, Canvas(stream, pagesize=A4, pageCompression=1)


def _draw_margin(canvas: Canvas, margin: Sequence[str]) -> None:
    canvas.setFont(_FONT, 8)
    for number, line in enumerate(margin):
        canvas.drawString(450, _TOP - 60 - number * 11, line)


def _turn(canvas: Canvas, page: int) -> None:
    canvas.setFont(_FONT, 8)
    canvas.drawString(500, 40, f"Side {page}")
    canvas.showPage()


def _lines(paragraphs: Sequence[str], width: int) -> Iterator[str]:
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            yield from textwrap.wrap(line, width)
        yield ""


def _docx(paragraphs: Sequence[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _html(paragraphs: Sequence[str]) -> bytes:
    body = "\n".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    furniture = '<nav><a href="/">Forside</a> <a href="/politik">Politik</a></nav>'
    head = '<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Brev</title></head>'
    return f"{head}<body>{furniture}<main>{body}</main><footer>Klintrup Kommune</footer></body></html>".encode()


def long_pdf(pages: int) -> bytes:
    """Give a PDF of so many pages."""
    letters = Papers(100_000, seed=4).records()
    return _full_pages(list(_lines([next(letters).text.string], 82))[:_ROWS] for _ in range(pages))


def write_meetings(folder: Path, size: int) -> int:
    """Write so many minutes of 100 to 500 pages, with items; give how many pages they have."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = 0
    for number, record in enumerate(islice(Papers(1_000_000, seed=6).meetings(), size)):
        lines = list(_lines(record.text.string.split("\n\n"), 82))
        starts = range(0, len(lines), _ROWS)
        pages += len(starts)
        (folder / f"referat-{number}.pdf").write_bytes(_full_pages(lines[at : at + _ROWS] for at in starts))
    return pages


def write_scans(folder: Path, size: int) -> None:
    """Write so many letters of one page as pictures in a PDF, without a text layer."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(islice(Papers(10_000, seed=8).records(), size)):
        drawn = pypdfium2.PdfDocument(make_file(record, "plain.pdf"))
        picture = drawn[0].render(scale=200 / 72, grayscale=True).to_pil()
        picture.save(folder / f"scan-{number:03}.pdf", resolution=200)
        drawn.close()


def _full_pages(pages: Iterable[Sequence[str]]) -> bytes:
    stream, canvas = _blank()
    for number, page in enumerate(pages, 1):
        canvas.setFont(_FONT, _SIZE)
        for row, line in enumerate(page):
            canvas.drawString(70, _TOP - row * _LEADING, line)
        _turn(canvas, number)
    canvas.save()
    return stream.getvalue()
