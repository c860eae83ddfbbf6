"""Pages of a PDF that need care: ruled tables whose cells hold several lines are read by pdfplumber.

PDFium gives the lines of such a table without saying which belong to one cell; the rules on the page do. pdfplumber
takes 150 ms for a page where PDFium takes 2, so that a cheap measure picks the pages.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.records import Box, Line, Page
from corpus.text import fold_spaces, normalise

#: Fewer drawn paths than this rule no table; of more, or of more letters, no page of a paper consists.
LEAST_PATHS, MOST_PATHS, MOST_LETTERS = 6, 3_000, 20_000
#: Pages of one document that pdfplumber reads at most.
MOST_PAGES = 100
MOST_TABLES = 50
#: A column's lines begin this close to each other, in points.
EDGE = 3.0
#: Lines of one cell follow each other within this many letter sizes.
CLOSE = 1.35
#: What pdfminer lets through on broken files.
_BROKEN = (
    ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, AssertionError, OSError, EOFError,
    NotImplementedError, OverflowError, ZeroDivisionError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    """One table as pdfplumber found it: where it stands, and its rows of cells."""

    box: Box
    rows: tuple[Line, ...]


def needs_care(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> bool:
    """Say whether a page holds a ruled table with cells of several lines.

    Such a table shows rows of several pieces, and between them pieces alone that begin where a column begins.
    """
    if not len(lines) >= 6 or sum(len(line.text) for line in lines) > MOST_LETTERS:
        return False
    rows = _rows(lines)
    edges = [piece.box.x0 for row in rows if len(row) >= 2 for piece in row if piece.box]
    if len(edges) < 4:
        return False
    shown = sorted(edges)
    partial = sum(
        len(row) < len(before) and _is_close(before[0], row[0]) and all(_is_near(piece, shown) for piece in row)
        for before, row in pairwise(rows)
    )
    return partial >= 1 and LEAST_PATHS <= _count_paths(page) <= MOST_PATHS


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line.box), key=lambda line: line.box.top if line.box else 0.0):
        first = rows[-1][0].box if rows else None
        if first and line.box and line.box.top - first.top < 0.5 * (first.bottom - first.top):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_close(before: Line, line: Line) -> bool:
    """Say whether a line stands no further under another than the lines of one paragraph do."""
    if before.box is None or line.box is None:
        return False
    return line.box.top - before.box.top < CLOSE * (line.size or line.box.bottom - line.box.top)


def _is_near(piece: Line, edges: list[float]) -> bool:
    return piece.box is not None and any(abs(edge - piece.box.x0) <= EDGE for edge in edges[:200])


def _count_paths(page: pypdfium2.PdfPage) -> int:
    count = min(pdfium.FPDFPage_CountObjects(page.raw), MOST_PATHS + 1)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index)) for index in range(count))
    return sum(kind == pdfium.FPDF_PAGEOBJ_PATH for kind in kinds)


def read_tables(data: bytes, pages: list[Page], numbers: Sequence[int]) -> list[Page]:
    """Give the pages with the ruled tables on those numbers read anew; PDFium's lines stand where there are none."""
    if not numbers:
        return pages
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    at = {page.number: index for index, page in enumerate(pages)}
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number in numbers[:MOST_PAGES]:
                tables = _find_tables(document.pages[number - 1])
                if tables:
                    pages[at[number]] = _with_tables(pages[at[number]], tables)
                document.pages[number - 1].close()
    except (*_BROKEN, PDFException, PSException, PdfminerException):
        return pages
    return pages


def _find_tables(page: Any) -> list[_Table]:
    tables = []
    for found in page.find_tables()[:MOST_TABLES]:
        texts = found.extract()
        if len(texts) < 2 or max(map(len, texts)) < 2:
            continue
        lines = tuple(
            Line(text, Box(*row.bbox), style="cell")
            for row, cells in zip(found.rows, texts, strict=True)
            if (text := "\t".join(_cell_text(cell) for cell in cells)).strip()
        )
        tables.append(_Table(Box(*found.bbox), lines))
    return tables


def _cell_text(cell: str | None) -> str:
    """Join the lines of a cell; a word that its width broke is whole again."""
    text = ""
    for line in normalise(cell or "").split("\n"):
        broken = text.endswith("-") and line[:1].islower() and not line.startswith(("og ", "eller ", "samt "))
        text = text[:-1] + line if broken else f"{text} {line}"
    return fold_spaces(text)


def _with_tables(page: Page, tables: Sequence[_Table]) -> Page:
    """Put the rows of tables in the place of the lines that stood in them, unless words would be lost."""
    lines = list(page.lines)
    for table in tables:
        inside = [line for line in lines if _is_inside(line, table.box)]
        old = sum(len(line.text.replace(" ", "")) for line in inside)
        new = sum(len("".join(row.text.split())) for row in table.rows)
        if not inside or abs(old - new) > 0.04 * old + 3:
            continue
        taken = set(map(id, inside))
        size = inside[0].size
        rows = [replace(row, size=size) for row in table.rows]
        place = next(index for index, line in enumerate(lines) if id(line) in taken)
        rest = [line for line in lines[place:] if id(line) not in taken]
        lines = [*lines[:place], *rows, *rest]
    return page if len(lines) == len(page.lines) else replace(page, lines=tuple(lines), reader="pdfplumber")


def _is_inside(line: Line, box: Box) -> bool:
    if line.box is None:
        return False
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.top + line.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1
