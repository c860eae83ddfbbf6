"""Sources to PDF: a body column and a margin column, drawn in the orders that real files have.

Only the built-in fonts are used, page streams are not compressed and the file bears no time, so that a rendering is
the same everywhere. Head keys: `layout` (letter-right, letter-left, page), `order` (body, margin, middle, interleaved,
halves), `running` (the running head), `pages: no` (no page line), `hyphens: no`, `bullet`, `font`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.samples.markup import Source, strip_marks

WIDTH, HEIGHT = A4
TOP, BOTTOM = HEIGHT - 72, 78
_SYLLABLE = re.compile(r"(?<=[aeiouyæøå])([bcdfghjklmnpqrstvwxz]{0,4})([bcdfghjklmnpqrstvwxz])(?=[aeiouyæøå])", re.I)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of one column: where it stands, in points from the lower left, and how it looks."""

    page: int
    x: float
    y: float
    text: str
    font: str
    size: float
    column: str = "body"


@dataclass(slots=True)
class Pen:
    """Sets lines one below the other and turns the page at its foot."""

    left: float
    width: float
    font: str
    size: float
    hyphens: bool
    page: int = 1
    y: float = TOP

    def feed(self, height: float) -> None:
        """Move down, over to the next page where there is no room."""
        self.y -= height
        if self.y < BOTTOM:
            self.page, self.y = self.page + 1, TOP


def render_pdf(source: Source) -> bytes:
    """Give the source as a PDF file."""
    layout = source.head.get("layout", "page")
    left, width, margin_left = {
        "letter-right": (62.0, 318.0, 416.0),
        "letter-left": (205.0, 325.0, 58.0),
        "page": (72.0, 450.0, 0.0),
    }[layout]
    font = source.head.get("font", "Helvetica")
    pen = Pen(left, width, font, 10.5, source.head.get("hyphens") != "no")
    body = list(_draw_body(source, pen))
    margin = list(_draw_margin(source.margin, margin_left, font, 122))
    margin += _draw_foot(source.foot, margin_left, font, 122)
    return _write(source, body, margin, pen.page)


def _bold(font: str) -> str:
    return {"Times-Roman": "Times-Bold"}.get(font, f"{font}-Bold")


def _draw_body(source: Source, pen: Pen) -> Iterable[Drawn]:
    for block in source.body:
        if block == "[page]":
            pen.page, pen.y = pen.page + 1, TOP
            continue
        for number, raw in enumerate(strip_marks(block).splitlines()):
            if number and raw.startswith(("|", "- ")) is False:
                pen.feed(0)
            yield from _draw_line(raw, pen, source.head.get("bullet", "-"))
        pen.feed(9)


def _draw_line(raw: str, pen: Pen, bullet: str) -> Iterable[Drawn]:
    if raw.startswith("|"):
        yield from _draw_row(raw, pen)
        return
    if " || " in raw:
        yield from _draw_columns(raw.split(" || "), pen, pen.width / 2, pen.font)
        return
    size, font, indent = pen.size, pen.font, 0.0
    if heading := re.match(r"#+ ", raw):
        size, font = (13.5, _bold(pen.font)) if len(heading[0]) == 2 else (10.5, _bold(pen.font))
        raw = raw[heading.end() :]
    elif raw.startswith("- "):
        raw, indent = f"{bullet} {raw[2:]}", 12.0
    elif re.match(r"\d\. (at |[A-ZÆØÅ])", raw) and len(raw) > 40:
        indent = 14.0
    for count, line in enumerate(wrap(raw, pen.width - indent, font, size, pen.hyphens and font == pen.font)):
        pen.feed(size * 1.32)
        yield Drawn(pen.page, pen.left + (indent if count else 0), pen.y, line, font, size)


def _draw_row(raw: str, pen: Pen) -> Iterable[Drawn]:
    cells = [cell.strip() for cell in raw.strip("|").split("|")]
    yield from _draw_columns(cells, pen, pen.width / len(cells), pen.font)


def _draw_columns(cells: list[str], pen: Pen, step: float, font: str) -> Iterable[Drawn]:
    pen.feed(pen.size * 1.45)
    for number, cell in enumerate(cells):
        if cell:
            yield Drawn(pen.page, pen.left + number * step, pen.y, cell, font, pen.size)


def _draw_margin(blocks: Iterable[str], left: float, font: str, width: float) -> Iterable[Drawn]:
    y = TOP
    for block in blocks:
        for raw in strip_marks(block).splitlines():
            for line in wrap(raw, width, font, 8.5, False):
                y -= 11
                yield Drawn(1, left, y, line, font, 8.5, "margin")
        y -= 8


def _draw_foot(blocks: Iterable[str], left: float, font: str, width: float) -> list[Drawn]:
    lines = list(_draw_margin(blocks, left, font, width))
    lowest = min((line.y for line in lines), default=0.0)
    shift = BOTTOM + 4 - lowest
    return [Drawn(1, line.x, line.y + shift, line.text, line.font, line.size, "margin") for line in lines]


def wrap(text: str, width: float, font: str, size: float, hyphens: bool) -> list[str]:
    """Break `text` into lines of at most `width` points, at blanks and real hyphens, or inside long words."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if stringWidth(trial, font, size) <= width:
            line = trial
            continue
        head, tail = (
            _break_word(word, width - stringWidth(line + " ", font, size), font, size) if hyphens else ("", word)
        )
        if head:
            lines.append(f"{line} {head}" if line else head)
        elif line:
            lines.append(line)
        line = tail
    return [*lines, line]


def _break_word(word: str, room: float, font: str, size: float) -> tuple[str, str]:
    """Split a long word after a syllable so that its head fits in `room`; no head where none fits."""
    if len(word) < 9 or not re.fullmatch(r"[A-Za-zÆØÅæøå]+[.,;:]?", word):
        return "", word
    for cut in reversed([match.start(2) for match in _SYLLABLE.finditer(word)]):
        if 3 <= cut <= len(word) - 3 and stringWidth(word[:cut] + "-", font, size) <= room:
            return word[:cut] + "-", word[cut:]
    return "", word


def _write(source: Source, body: list[Drawn], margin: list[Drawn], pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle("")
    for page in range(1, pages + 1):
        drawn = [line for line in body if line.page == page]
        beside = [line for line in margin if line.page == page]
        _draw_frame(canvas, source, page, pages)
        for line in _order(drawn, beside, source.head.get("order", "body")):
            canvas.setFont(line.font, line.size)
            canvas.drawString(line.x, line.y, line.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _order(body: list[Drawn], margin: list[Drawn], order: str) -> list[Drawn]:
    """Give the order in which the lines stand in the file."""
    half = len(body) // 2
    if order == "margin":
        return margin + body
    if order == "middle":
        return body[:half] + margin + body[half:]
    if order == "halves":
        return body[half:] + margin + body[:half]
    if order == "interleaved":
        return sorted(body + margin, key=lambda line: (-line.y, line.x))
    return body + margin


def _draw_frame(canvas: Canvas, source: Source, page: int, pages: int) -> None:
    canvas.setFont("Helvetica", 8)
    if (running := source.head.get("running")) and (page > 1 or source.head.get("first") == "yes"):
        canvas.drawString(62, HEIGHT - 40, strip_marks(running))
    if source.head.get("pages") != "no" and pages > 1:
        canvas.drawRightString(WIDTH - 62, 40, f"Side {page} af {pages}")
