"""OpenDocument sheets: the name of each, and its rows with tabs between their cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.records import Line
from corpus.text import fold_spaces, normalise
from ingest.readers.blocks import Blocks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_P = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
#: A cell or row that is said to stand so many times is written no more often: sheets repeat to their edges.
_MOST_CELLS, _MOST_ROWS = 60, 100
_ROWS = (_TABLE + "table-row", _TABLE + "table-rows", _TABLE + "table-row-group", _TABLE + "table-header-rows")


def sheet_lines(root: Any, max_chars: int) -> list[Line]:
    """Give the lines of all sheets; a little more than `max_chars` of them at most."""
    blocks = Blocks()
    chars = 0
    for table in root.iter(_TABLE + "table"):
        blocks.part()
        blocks.put(table.get(_TABLE + "name", ""), "heading")
        blocks.part()
        for row in _rows(table):
            text = "\t".join(_cells(row)).rstrip("\t")
            for _ in range(_times(row, "number-rows-repeated", _MOST_ROWS) if text else 0):
                blocks.put(text, "cell")
                chars += len(text)
                if chars > max_chars:
                    return blocks.lines
    return blocks.lines


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren(*_ROWS):
        if child.tag == _ROWS[0]:
            yield child
        else:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
        text = fold_spaces(normalise(" ".join("".join(line.itertext()) for line in cell.iterchildren(_P))))
        for _ in range(_times(cell, "number-columns-repeated", _MOST_CELLS)):
            yield text.replace("\t", " ")


def _times(element: Any, name: str, most: int) -> int:
    times = element.get(_TABLE + name, "1")
    return min(int(times), most) if times.isdecimal() and len(times) < 9 else 1
