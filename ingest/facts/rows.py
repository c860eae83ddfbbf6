"""Items that are rows of a table whose head names the columns (`Nr. | Sag | Sagsnr. | Beslutning`)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.text import fold_spaces
from ingest.facts.draft import Document
from ingest.facts.headings import Heading

_TITLES = frozenset(("sag", "emne", "titel", "overskrift", "sagens titel", "dagsordenspunkt", "indhold"))
_DECISIONS = frozenset(("beslutning", "konklusion", "referat", "beslutning/konklusion"))
_NUMBERS = frozenset(("nr", "punkt", "pkt", "punkt nr", "pkt. nr", "sag nr", "#"))
#: No row that is read by its columns is longer.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cell of a row holds what: `decision` is `None` where the table has none."""

    count: int
    title: int
    decision: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """The title of an item, and the span of its decision."""

    title: str
    decision: tuple[int, int] | None


def read_columns(document: Document, line: int) -> Columns | None:
    """Read the head of the table right above a line; `None` where no such line names the columns."""
    above = document.lines[line - 1].text if line else ""
    if "\t" not in above or len(above) > 120:
        return None
    names = [fold_spaces(cell).lower().rstrip(".: ") for cell in above.split("\t")]
    titles = [at for at, name in enumerate(names) if name in _TITLES]
    decisions = [at for at, name in enumerate(names) if name in _DECISIONS]
    if names[0] not in _NUMBERS or len(titles) != 1 or len(decisions) > 1:
        return None
    return Columns(len(names), titles[0], decisions[0] if decisions else None)


def read_row(document: Document, heading: Heading, columns: Columns) -> Row | None:
    """Read a heading's row by the columns, its title with the lines that go on with it; `None` where it has others."""
    shown = document.lines[heading.line]
    cells = shown.text.split("\t") if len(shown.text) < _LONGEST else []
    if len(cells) != columns.count or not cells[columns.title].strip():
        return None
    goes_on = document.string[shown.end : max(shown.end, heading.end)]
    title = fold_spaces(cells[columns.title] + goes_on).strip(" .:")
    if columns.decision is None or not cells[columns.decision].strip():
        return Row(title, None)
    start = shown.start + sum(len(cell) + 1 for cell in cells[: columns.decision])
    return Row(title, (start, start + len(cells[columns.decision])))
