"""A trail to hand on: a table (CSV), a picture (SVG), and one page that prints well (HTML)."""

from __future__ import annotations

import csv
import datetime
import io
from itertools import pairwise
from pathlib import Path

import drawsvg
import jinja2
from markupsafe import Markup

from search.steps import Step, Trail
from search.wording import DANISH, Words

COLUMNS = ("date", "stage", "body", "announced", "outcome", "title", "item", "page", "id", "path", "quote")
#: The picture's size in pixels: the rows grow with the bodies.
WIDTH, LEFT, RIGHT, ROW, TOP = 900, 250, 30, 44, 40
#: Labels nearer than this go below the line.
LABEL = 75
_COLOURS = {
    "decided": "#2a7f4f",
    "recommended": "#33658a",
    "rejected": "#a4303f",
    "postponed": "#b8860b",
    "withdrawn": "#b8860b",
    "heard": "#6d4c9f",
    "answered": "#9a7fc4",
}
_OTHER = "#777777"


def to_csv(trail: Trail) -> str:
    """Give one row a step, in the order of time; a cell that a spreadsheet would run is written as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for step in trail.steps:
        paper = step.paper
        cells = (step.date, step.stage, step.body, int(step.announced), paper.outcome, paper.title, paper.number)
        writer.writerow([_cell(value) for value in (*cells, step.page, paper.id, paper.path, step.quote)])
    return out.getvalue()


def to_html(trail: Trail, words: Words = DANISH) -> str:
    """Give one page with the picture and every step; it needs no other file."""
    template = (Path(__file__).parent / "templates" / "trail.html").read_text(encoding="utf-8")
    others = [name for name in trail.names if name != trail.name]
    # The picture is made of our own marks, its texts escaped by drawsvg.
    picture = Markup(to_svg(trail, words).partition("?>")[2])
    page = jinja2.Environment(autoescape=True).from_string(template)
    return page.render(
        trail=trail, others=others, picture=picture, words=words, stage=lambda step: _stage_of(step, words)
    )


def to_svg(trail: Trail, words: Words = DANISH) -> str:
    """Draw time from left to right, a row for each body, a mark for each step; hollow ones are announced."""
    dated = [step for step in trail.steps if step.date]
    rows = list(dict.fromkeys(_row_of(step, words) for step in dated)) or ["-"]
    height = TOP + ROW * len(rows) + 40
    picture = drawsvg.Drawing(WIDTH, height, font_family="Georgia, serif")
    picture.append(drawsvg.Rectangle(0, 0, WIDTH, height, fill="white"))
    for number, name in enumerate(rows):
        y = TOP + ROW * number
        picture.append(drawsvg.Text(name, 14, LEFT - 20, y + 5, text_anchor="end", fill="#1a1a1a"))
        picture.append(drawsvg.Line(LEFT, y, WIDTH - RIGHT, y, stroke="#dddddd"))
    if dated:
        _draw_steps(picture, dated, rows, words)
    return str(picture.as_svg())


def _draw_steps(picture: drawsvg.Drawing, dated: list[Step], rows: list[str], words: Words) -> None:
    days = [_day(step.date or "") for step in dated]
    first, last = min(days), max(days)
    scale = (WIDTH - LEFT - RIGHT - 30) / max(1, last - first)
    points = [
        (LEFT + 15 + (day - first) * scale, TOP + ROW * rows.index(_row_of(step, words)))
        for step, day in zip(dated, days, strict=True)
    ]
    for (x0, y0), (x1, y1) in pairwise(points):
        picture.append(drawsvg.Line(x0, y0, x1, y1, stroke="#bbbbbb", stroke_width=1.5))
    below: dict[float, float] = {}
    for step, (x, y) in zip(dated, points, strict=True):
        colour = _COLOURS.get(step.stage, _OTHER)
        mark = drawsvg.Circle(x, y, 7, fill="white" if step.announced else colour, stroke=colour, stroke_width=2)
        mark.append_title(f"{step.date} {step.stage}: {step.paper.title or step.paper.path}")
        picture.append(mark)
        above = x - below.get(y, -WIDTH) >= LABEL
        if above:
            below[y] = x
        picture.append(
            drawsvg.Text(_stage_of(step, words), 10, x, y - 11 if above else y + 19, text_anchor="middle", fill="#333")
        )
    bottom = TOP + ROW * len(rows)
    for day, anchor, x in ((first, "start", LEFT), (last, "end", WIDTH - RIGHT)):
        shown = datetime.date.fromordinal(day).isoformat()
        picture.append(drawsvg.Text(shown, 12, x, bottom + 10, text_anchor=anchor, fill="#555555"))


def _row_of(step: Step, words: Words) -> str:
    return step.body or words.papers


def _stage_of(step: Step, words: Words) -> str:
    return words.stages.get(step.stage, step.stage)


def _day(date: str) -> int:
    return datetime.date.fromisoformat(date if len(date) == len("2010-05-31") else date + "-01").toordinal()


def _cell(value: object) -> object:
    """A value that begins with a sign of a formula gets an apostrophe, as spreadsheets want it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
