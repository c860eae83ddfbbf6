"""Rows of labels in the head of a letter, each with its value in the row below (`Deres ref. | Sagsnr. | Dato`)."""

from __future__ import annotations

from ingest.facts import shapes
from ingest.facts.draft import Document, TextLine

#: No row of labels is longer, nor stands further down.
_LONGEST, _LAST = 160, 15


def label_above(document: Document, line: TextLine, offset: int) -> str:
    """Give the label above the cell at `offset`, in lower case; empty where the row has none, or is one of several."""
    if not 0 < line.index < _LAST or len(line.text) > 2 * _LONGEST:
        return ""
    above, below = document.lines[line.index - 1], document.lines[line.index + 1 : line.index + 2]
    count = line.text.count("\t")
    labels = [cell.strip() for cell in above.text.split("\t")] if len(above.text) <= _LONGEST else []
    if len(labels) != count + 1 or any(one.text.count("\t") == count for one in below):
        return ""
    if not all(shapes.is_label(label) for label in labels):
        return ""
    return labels[document.string.count("\t", line.start, offset)].lower()
