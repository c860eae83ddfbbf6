"""Lines as readers saw them -> the clean text in reading order, with its map back to page and box."""

from __future__ import annotations

from corpus.records import Line, Reading, Text
from ingest.boxed import arrange_boxed
from ingest.flow import Row, write_text
from ingest.signs import mend_line
from ingest.unboxed import arrange_unboxed

#: Formats whose lines a program wrapped at a width; everywhere else a line ends where the writer ended it.
_WRAPPED = frozenset(("text/plain", "message/rfc822"))


def compose(reading: Reading) -> Text:
    """Put lines in reading order and join those that only the page's width broke.

    The body comes first, page by page; the margin letterhead follows it as a block of its own. Running heads and page
    lines are left out. Every segment of the result is one source line.
    """
    rows = arrange(reading)
    return write_text(rows, max(1, len(reading.pages)))


def arrange(reading: Reading) -> list[Row]:
    """Give the rows of a reading in reading order, each with the gap before it."""
    pages = [(page, [mended for line in page.lines if (mended := _mend(line)) is not None]) for page in reading.pages]
    boxed = sum(line.box is not None for _, lines in pages for line in lines)
    total = sum(bool(line.text) for _, lines in pages for line in lines)
    if boxed * 2 > total:
        return arrange_boxed(pages)
    return arrange_unboxed(pages, wrapped=reading.media_type in _WRAPPED)


def _mend(line: Line) -> Line | None:
    """Give the line with its signs mended; None for a boxed line of which nothing is left."""
    mended = mend_line(line)
    return None if not mended.text and line.box is not None else mended
