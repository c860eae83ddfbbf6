"""Reading order of lines with boxes: furniture out, margin aside, columns and tables in order, paragraphs joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.records import Line, Page
from ingest.breaks import body_rows
from ingest.columns import part_margin
from ingest.feet import part_foot
from ingest.flow import Row
from ingest.furniture import part_furniture
from ingest.grids import flow_lines
from ingest.turned import part_turned
from ingest.unboxed import margin_rows


def arrange_boxed(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[Row]:
    """Give the rows of a document with boxes: the body page by page, notes that cut a sentence, then the margins."""
    flows: list[tuple[int, list[Line]]] = []
    notes: list[tuple[int, list[Line]]] = []
    margin: list[tuple[Line, int]] = []
    for at, (page, lines) in enumerate(part_furniture(pages), 1):
        lines, turned = part_turned(lines)
        foot: list[Line] = []
        note: list[Line] = []
        if at < len(pages):
            lines, foot, note = part_foot(lines, page.height)
        body, aside = part_margin(lines, page.width)
        flows.append((page.number, flow_lines(body, page.width)))
        if note:
            notes.append((page.number, [replace(line, style="footnote") for line in note]))
        margin += [(line, page.number) for line in aside + foot + turned]
    return _with_placeless(body_rows(flows + notes), pages) + margin_rows(margin)


def _with_placeless(rows: list[Row], pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[Row]:
    """Put the lines of which the reader knows no place after the others of their page."""
    placeless = [
        Row(line, page.number, "paragraph") for page, lines in pages for line in lines if line.box is None and line.text
    ]
    if not placeless:
        return rows
    merged = sorted([*rows, *placeless], key=lambda row: row.page)
    return [
        replace(row, gap="paragraph") if before.line.box is None else row
        for before, row in pairwise([merged[0], *merged])
    ]
