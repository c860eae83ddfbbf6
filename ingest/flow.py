"""Rows of a document in reading order, each with the gap before it, on their way to a `Text`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Box, Line, Role, Segment, Text
from ingest.hyphens import HYPHENS, Words, join_words

#: What parts a row from the one before: nothing but the page's width (`flow`), a line break or an empty line.
Gap = Literal["flow", "line", "paragraph"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line in its place, with the gap before it."""

    line: Line
    page: int
    gap: Gap = "line"
    role: Role = "body"


def union(boxes: Sequence[Box]) -> Box:
    """Give the smallest box around all boxes."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def write_text(rows: Sequence[Row], pages: int) -> Text:
    """Write rows into one string; hyphens at the ends of wrapped lines are undone where the word is one."""
    words: Words | None = None
    pieces: list[str] = []
    segments: list[Segment] = []
    offset = 0
    for index, row in enumerate(rows):
        text = row.line.text
        following = rows[index + 1] if index + 1 < len(rows) else None
        if following is not None and following.gap == "flow":
            glue = " "
            if text[-1:] in HYPHENS:
                words = words or Words.of(row.line.text for row in rows)
                text, glue = join_words(text, following.line.text, words)
        else:
            glue = "" if following is None else "\n\n" if following.gap == "paragraph" else "\n"
        line = row.line
        end = offset + len(text)
        segments.append(Segment(offset, end, row.page, line.box, row.role, line.size, line.bold, line.style))
        pieces += (text, glue)
        offset = end + len(glue)
    return Text("".join(pieces), tuple(segments), pages)
