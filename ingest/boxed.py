"""Reading order of lines with boxes: furniture out, margin aside, columns and tables in order, paragraphs joined."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Line, Page
from ingest.breaks import body_rows
from ingest.columns import part_margin
from ingest.flow import Row
from ingest.furniture import part_furniture
from ingest.grids import flow_lines
from ingest.unboxed import margin_rows


def arrange_boxed(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[Row]:
    """Give the rows of a document with boxes: the body page by page, then what stood in its margins."""
    flows: list[tuple[int, list[Line]]] = []
    margin: list[tuple[Line, int]] = []
    for page, lines in part_furniture(pages):
        body, aside = part_margin(lines, page.width)
        flows.append((page.number, flow_lines(body, page.width)))
        margin += [(line, page.number) for line in aside]
    return body_rows(flows) + margin_rows(margin)
