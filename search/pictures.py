"""A trail as pictures (SVG): its time with a row for each body, and the graph of what belongs together."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import drawsvg

from search.graph import Edge, Graph
from search.steps import Step, Trail
from search.wording import Words

#: The timeline in pixels: its width, where the rows begin and end, and the height of one.
WIDTH, LEFT, RIGHT, ROW, TOP = 900, 250, 30, 44, 34
#: The graph in pixels: columns of bodies, papers and cases, the height of a paper and of its row.
BODIES, PAPER, PAPER_END, CASES, BOX, PITCH = 190, 258, 650, 748, 38, 50
#: Beyond so many steps marks bear no numbers, and time is drawn to scale.
NUMBERED = 36
#: Dates nearer than this are not written below the marks.
DATE = 72
_INK, _FAINT, _GAP = "#1a1a1a", "#8a8a8a", "#a4303f"
_COLOURS = {
    "decided": "#2a7f4f",
    "recommended": "#33658a",
    "proposed": "#7aa2c0",
    "rejected": "#a4303f",
    "postponed": "#b8860b",
    "withdrawn": "#b8860b",
    "heard": "#6d4c9f",
    "answered": "#9a7fc4",
    "followed_up": "#3d8f8f",
}
_OTHER = "#777777"
#: How each kind of reference is drawn: colour and dashes.
_LINKS = {
    "letter": ("#6d4c9f", None),
    "meeting": ("#33658a", None),
    "attachment": ("#b8860b", None),
    "document": ("#2a7f4f", None),
    "near_duplicate": ("#3d8f8f", "5 3"),
    "told": (_GAP, "2 3"),
}


def draw_timeline(trail: Trail, words: Words) -> str:
    """Draw a mark for each dated step; hollow ones are announced, or missing in the archive."""
    steps = [(number, step) for number, step in enumerate(trail.shown, 1) if step.date]
    rows = list(dict.fromkeys(_row_of(step, words) for _, step in steps)) or ["-"]
    height = TOP + ROW * len(rows) + 46
    picture = drawsvg.Drawing(WIDTH, height, font_family="Georgia, serif")
    picture.append(drawsvg.Rectangle(0, 0, WIDTH, height, fill="white"))
    for number, name in enumerate(rows):
        y = TOP + ROW * number
        picture.append(drawsvg.Text(_cut(name, 33), 13, LEFT - 20, y + 5, text_anchor="end", fill=_INK))
        picture.append(drawsvg.Line(LEFT, y, WIDTH - RIGHT, y, stroke="#e2e2e2"))
    if steps:
        _draw_steps(picture, steps, rows, words)
        _draw_legend(picture, [step for _, step in steps], height - 10, words)
    return str(picture.as_svg())


def _draw_steps(picture: drawsvg.Drawing, steps: Sequence[tuple[int, Step]], rows: list[str], words: Words) -> None:
    across = _places([_day(step.date or "") for _, step in steps])
    points = [(x, TOP + ROW * rows.index(_row_of(step, words))) for x, (_, step) in zip(across, steps, strict=True)]
    for (x0, y0), (x1, y1) in pairwise(points):
        picture.append(drawsvg.Line(x0, y0, x1, y1, stroke="#c4c4c4", stroke_width=1.3))
    radius = 10 if len(steps) <= NUMBERED else 4
    for (number, step), (x, y) in zip(steps, points, strict=True):
        _draw_mark(picture, step, number if radius > 4 else None, (x, y), radius, words)
    bottom, last = TOP + ROW * len(rows) - 10, -float(DATE)
    for (_, step), x in zip(steps, across, strict=True):
        if x - last >= DATE:
            picture.append(drawsvg.Text(words.day(step), 11, x, bottom, text_anchor="middle", fill="#555555"))
            last = x


def _draw_mark(
    picture: drawsvg.Drawing, step: Step, number: int | None, at: tuple[float, float], radius: int, words: Words
) -> None:
    colour = _colour(step)
    hollow = not step.real
    mark = drawsvg.Circle(*at, radius, fill="white" if hollow else colour, stroke=colour, stroke_width=2)
    if step.gap:
        mark.args["stroke-dasharray"] = "3 2"
    told = " ".join(part for part in (words.day(step), words.stage(step), words.gap(step)) if part)
    mark.append_title(f"{told}: {step.paper.title or step.paper.path}")
    picture.append(mark)
    if number is not None:
        ink = colour if hollow else "white"
        picture.append(drawsvg.Text(str(number), 11, at[0], at[1] + 4, text_anchor="middle", fill=ink))


def _places(days: Sequence[int]) -> list[float]:
    """Give places from left to right: few steps apart by the logarithm of their days, many by the days themselves."""
    low, high = LEFT + 16, WIDTH - RIGHT - 16
    gaps = [later - earlier for earlier, later in pairwise(days)]
    weights = [1 + math.log1p(gap) for gap in gaps] if len(days) <= NUMBERED else [float(gap) for gap in gaps]
    whole = sum(weights) or 1
    places = [float(low)]
    for weight in weights:
        places.append(places[-1] + weight * (high - low) / whole)
    return places


def _draw_legend(picture: drawsvg.Drawing, steps: Iterable[Step], y: float, words: Words) -> None:
    """Name the colours that are used, from left to right."""
    x: float = LEFT
    for stage, step in {step.stage: step for step in steps}.items():
        name = words.stages.get(stage, stage.replace("_", " "))
        if x + 7 * len(name) + 24 > WIDTH:
            return
        picture.append(drawsvg.Rectangle(x, y - 9, 9, 9, fill=_COLOURS.get(step.stage, _OTHER)))
        picture.append(drawsvg.Text(name, 11, x + 13, y, fill="#555555"))
        x += 6.1 * len(name) + 30


# --- the graph --------------------------------------------------------------------------------------------------------


def draw_graph(graph: Graph, words: Words) -> str:
    """Draw the papers in the order of time, their bodies to the left, their cases to the right, references as arcs."""
    height = 34 + PITCH * max(1, len(graph.steps)) + 44
    picture = drawsvg.Drawing(WIDTH, height, font_family="Georgia, serif")
    picture.append(drawsvg.Rectangle(0, 0, WIDTH, height, fill="white"))
    tops = [40 + PITCH * number for number in range(len(graph.steps))]
    middles = [top + BOX / 2 for top in tops]
    members = [[at for at, own in enumerate(graph.body_of) if own == body] for body in range(len(graph.bodies))]
    filed = [[at for at, own in enumerate(graph.cases_of) if case in own] for case in range(len(graph.cases))]
    bodies, cases = _spread(members, middles), _spread(filed, middles)
    for body, own in enumerate(members):
        for at in own:
            picture.append(_curve((BODIES + 6, bodies[body]), (PAPER, middles[at]), "#b9c6d2"))
    for case, own in enumerate(filed):
        for at in own:
            picture.append(_curve((PAPER_END, middles[at]), (CASES - 6, cases[case]), "#d8d2c4"))
    for edge in graph.edges:
        picture.append(_arc(edge, middles))
    for step, top in zip(graph.steps, tops, strict=True):
        _draw_paper(picture, step, top, words)
    for name, y in zip(graph.bodies, bodies, strict=True):
        picture.append(drawsvg.Text(_cut(name, 30), 11, BODIES, y + 4, text_anchor="end", fill=_INK))
    for name, y in zip(graph.cases, cases, strict=True):
        picture.append(drawsvg.Text(_cut(name, 21), 12, CASES, y + 4, fill=_INK))
    for name, x, anchor in (
        (words.bodies, BODIES, "end"),
        (words.papers, PAPER, "start"),
        (words.cases, CASES, "start"),
    ):
        picture.append(drawsvg.Text(name, 12, x, 20, text_anchor=anchor, fill=_FAINT, font_style="italic"))
    _draw_kinds(picture, graph, height - 14, words)
    return str(picture.as_svg())


def _draw_paper(picture: drawsvg.Drawing, step: Step, top: float, words: Words) -> None:
    colour = _GAP if step.gap else _colour(step)
    box = drawsvg.Rectangle(PAPER, top, PAPER_END - PAPER, BOX, rx=4, fill="white", stroke=colour, stroke_width=1.5)
    if not step.real:
        box.args["stroke-dasharray"] = "4 3"
    picture.append(box)
    picture.append(drawsvg.Rectangle(PAPER, top, 5, BOX, rx=2, fill=colour))
    stage = words.stage(step) + (f" ({words.announced})" if step.announced else "")
    picture.append(drawsvg.Text(f"{words.day(step)}  {stage}", 11, PAPER + 13, top + 15, fill=colour))
    title = words.gap(step) or step.paper.title or step.paper.path.rsplit("/", 1)[-1]
    picture.append(drawsvg.Text(_cut(title, 56), 12, PAPER + 13, top + 31, fill=_INK))


def _spread(members: Sequence[Sequence[int]], middles: Sequence[float]) -> list[float]:
    """Place each node beside the middle of its papers, no two nearer than a line."""
    wanted = [sum(middles[at] for at in own) / len(own) if own else 0.0 for own in members]
    places = [0.0] * len(wanted)
    last = 20.0
    for node in sorted(range(len(wanted)), key=lambda node: wanted[node]):
        last = places[node] = max(wanted[node], last + 18)
    return places


def _curve(start: tuple[float, float], end: tuple[float, float], colour: str) -> drawsvg.Path:
    """Draw a line that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    path = drawsvg.Path(stroke=colour, stroke_width=1.4, fill="none")
    return path.M(*start).C(middle, start[1], middle, end[1], *end)


def _arc(edge: Edge, middles: Sequence[float]) -> drawsvg.Path:
    """Draw a reference as an arc to the right of the papers, the wider the further they are apart."""
    colour, dashes = _LINKS.get(edge.kind, (_OTHER, None))
    one, other = middles[edge.source] + 5, middles[edge.target] - 5
    out = PAPER_END + min(80, 14 + abs(edge.source - edge.target) * 9)
    path = drawsvg.Path(stroke=colour, stroke_width=1.5, fill="none")
    if dashes:
        path.args["stroke-dasharray"] = dashes
    return path.M(PAPER_END, one).C(out, one, out, other, PAPER_END, other)


def _draw_kinds(picture: drawsvg.Drawing, graph: Graph, y: float, words: Words) -> None:
    x: float = PAPER
    for kind in dict.fromkeys(edge.kind for edge in graph.edges):
        colour, dashes = _LINKS.get(kind, (_OTHER, None))
        line = drawsvg.Line(x, y - 4, x + 22, y - 4, stroke=colour, stroke_width=2)
        if dashes:
            line.args["stroke-dasharray"] = dashes
        name = words.links.get(kind, kind)
        picture.append(line)
        picture.append(drawsvg.Text(name, 11, x + 28, y, fill="#555555"))
        x += 50 + 6 * len(name)
    if graph.total > len(graph.steps):
        said = words.graph_cut.format(len(graph.steps), graph.total)
        picture.append(drawsvg.Text(said, 11, BODIES, y, text_anchor="end", fill="#555555"))


def _row_of(step: Step, words: Words) -> str:
    return step.body or words.papers


def _colour(step: Step) -> str:
    return _COLOURS.get(step.stage, _OTHER)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _day(date: str) -> int:
    return datetime.date.fromisoformat(date if len(date) == len("2010-05-31") else date + "-01").toordinal()
