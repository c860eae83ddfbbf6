"""Lines collected block by block, for the formats that say where paragraphs end and pages do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.records import Line, Mark, Page, Style
from corpus.text import normalise
from ingest.readers.options import ReadOptions


@dataclass(slots=True)
class Blocks:
    """Lines on their way to a page; an empty line parts paragraphs."""

    lines: list[Line] = field(default_factory=list)

    def put(self, text: str, style: Style | None = None, *, bold: bool = False) -> None:
        """Add a line if it shows anything."""
        if clean := normalise(text).strip(" \u00a0"):
            self.lines.append(Line(clean, bold=bold, style=style))

    def part(self) -> None:
        """End a paragraph."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def put_paragraph(self, text: str, style: Style | None = None) -> None:
        """Add a paragraph of one or more lines."""
        for line in text.split("\n"):
            self.put(line, style)
        self.part()


def page_of(lines: list[Line], options: ReadOptions) -> tuple[tuple[Page, ...], tuple[Mark, ...]]:
    """Make the one page of a format without pages, as long as the limits allow."""
    chars = 0
    for index, line in enumerate(lines):
        chars += len(line.text)
        if chars > options.max_chars:
            mark = Mark("max-chars", f"kun de første {options.max_chars} tegn er læst")
            return (Page(1, tuple(lines[:index])),), (mark,)
    return (Page(1, tuple(lines)),), ()
