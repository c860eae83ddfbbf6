"""A page as a picture with the lines' boxes and their reading order drawn on it: for those who mend the layout."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from corpus.errors import UsageError
from ingest.extract import read_file
from ingest.flow import Row
from ingest.layout import arrange
from ingest.readers import ReadOptions, read
from ingest.readers.raster import render_page

#: Pixels for a point: 144 dpi shows small print and fits on a screen.
SCALE = 2.0
COLOURS = {"body": "#1b6ca8", "margin": "#c0392b", "header": "#888888", "footer": "#888888"}


def draw_layout(path: Path, page: int = 1) -> Image.Image:
    """Draw one page of a PDF; body boxes are blue, margin boxes red, numbers and lines give the order.

    Raises UsageError where the file is no PDF or has no such page.
    """
    data = read_file(path)
    reading = read(data, path.name, options=ReadOptions())
    if reading.media_type != "application/pdf":
        raise UsageError(f"{path} is no PDF: only its pages have a picture.", path=str(path))
    if not 1 <= page <= len(reading.pages):
        raise UsageError(f"{path} has {len(reading.pages)} pages.", path=str(path), hint="Choose one with --page.")
    picture = render_page(data, page, SCALE)
    rows = [row for row in arrange(reading) if row.page == page and row.line.box]
    _draw(picture, rows)
    return picture


def _draw(picture: Image.Image, rows: list[Row]) -> None:
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=15)
    last: tuple[float, float] | None = None
    for number, row in enumerate(rows, 1):
        box = row.line.box
        assert box is not None
        colour = COLOURS[row.role]
        edges = tuple(edge * SCALE for edge in (box.x0, box.top, box.x1, box.bottom))
        pen.rectangle(edges, outline=colour, width=2)
        start = (edges[0], (edges[1] + edges[3]) / 2)
        if last:
            pen.line((*last, *start), fill="#d0a000", width=1)
        pen.text((edges[0] - 24, edges[1]), str(number), fill=colour, font=font)
        last = (edges[2], start[1])
