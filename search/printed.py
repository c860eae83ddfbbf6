"""A trail to hand on: a table (CSV), and one page with both pictures that prints well (HTML)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import jinja2
from markupsafe import Markup

from search.graph import Graph
from search.pictures import draw_graph, draw_timeline
from search.steps import Trail
from search.wording import DANISH, ENGLISH, Words, say_changes, say_copies, say_rest, say_votes

COLUMNS = (
    *("date", "stage", "body", "announced", "outcome", "title", "item", "page", "id", "path", "quote"),
    *("gap", "votes", "changes", "deadline"),
)


def to_csv(trail: Trail) -> str:
    """Give one row a step, in the order of time; a cell that a spreadsheet would run is written as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for step in trail.shown:
        paper = step.paper
        # What only another paper tells of, that paper's outcome says nothing about.
        outcome = paper.outcome if step.real else None
        cells = (step.date, step.stage, step.body, int(step.announced), outcome, paper.title, paper.number)
        more = (step.gap, say_votes(step.votes, ENGLISH), "; ".join(say_changes(step, ENGLISH)), step.deadline)
        writer.writerow([_cell(value) for value in (*cells, step.page, paper.id, paper.path, step.quote, *more)])
    return out.getvalue()


def to_html(trail: Trail, graph: Graph | None = None, words: Words = DANISH) -> str:
    """Give one page with the pictures and every step; it needs no other file."""
    template = (Path(__file__).parent / "templates" / "trail.html").read_text(encoding="utf-8")
    page = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template)
    return page.render(
        trail=trail,
        others=[name for name in trail.names if name != trail.name],
        timeline=_picture(draw_timeline(trail, words)),
        graph=_picture(draw_graph(graph, words)) if graph and graph.steps else None,
        words=words,
        votes=lambda step: say_votes(step.votes, words),
        changes=lambda step: "; ".join(say_changes(step, words)),
        copies=lambda step: say_copies(trail, step, words),
        rest=list(say_rest(trail, words)),
    )


def _picture(drawn: str) -> Markup:
    """The pictures are made of our own marks, their texts escaped by drawsvg."""
    return Markup(drawn.partition("?>")[2])


def _cell(value: object) -> object:
    """A value that begins with a sign of a formula gets an apostrophe, as spreadsheets want it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
