"""Items that are rows of a table: its head names the columns (`Nr. | Sag | Sagsnr. | Beslutning`), or it has two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.text import fold_spaces
from ingest.facts.draft import Document
from ingest.facts.headings import Heading, trim_title

_TITLES = frozenset(("sag", "emne", "titel", "overskrift", "sagens titel", "dagsordenspunkt", "indhold"))
_DECISIONS = frozenset(("beslutning", "konklusion", "referat", "beslutning/konklusion"))
_NUMBERS = frozenset(("nr", "punkt", "pkt", "punkt nr", "pkt. nr", "sag nr", "#"))
_NUMBER = re.compile(r"[0-9]{1,4}[.):]? {1,4}(?=[^\d\s])")
_WORD = re.compile(r"[a-zæøå]{3}")
#: So many rows of two cells make a table without a head.
_ROWS = 3
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


def read_columns(document: Document, headings: Sequence[Heading]) -> Columns | None:
    """Read the head of the table right above the first heading; without one, two cells are the title and the rest."""
    return _named_columns(document, headings[0].line) or _two_columns(document, headings)


def _two_columns(document: Document, headings: Sequence[Heading]) -> Columns | None:
    """Tell rows right under each other, each a title with its number and what was said of it."""
    rows = [document.lines[heading.line].text for heading in headings]
    paired = all(row.count("\t") == 1 and _NUMBER.match(row) and _WORD.search(row.partition("\t")[2]) for row in rows)
    close = all(after.line == heading.line + 1 for heading, after in pairwise(headings))
    return Columns(2, 0, 1) if paired and close and len(rows) >= _ROWS else None


def _named_columns(document: Document, line: int) -> Columns | None:
    """Read the columns from the line above; `None` where it names none."""
    above = document.lines[line - 1].text if line else ""
    if "\t" not in above or len(above) > 120:
        return None
    names = [fold_spaces(cell).lower().rstrip(".: ") for cell in above.split("\t")]
    titles = [at for at, name in enumerate(names) if name in _TITLES]
    decisions = [at for at, name in enumerate(names) if name in _DECISIONS]
    if len(titles) > 1 or len(decisions) > 1 or not (names[0] in _NUMBERS or titles == [0]):
        return None
    if not titles and not decisions:
        return None
    return Columns(len(names), titles[0] if titles else 0, decisions[0] if decisions else None)


def read_row(document: Document, heading: Heading, columns: Columns) -> Row | None:
    """Read a heading's row by the columns, its title with the lines that go on with it; `None` where it has others."""
    shown = document.lines[heading.line]
    cells = shown.text.split("\t") if len(shown.text) < _LONGEST else []
    if len(cells) != columns.count or not cells[columns.title].strip():
        return None
    goes_on = document.string[shown.end : max(shown.end, heading.end)]
    title = _NUMBER.sub("", trim_title(cells[columns.title] + goes_on), count=1).strip(" .:")
    if columns.decision is None or not cells[columns.decision].strip():
        return Row(title, None)
    start = shown.start + sum(len(cell) + 1 for cell in cells[: columns.decision])
    return Row(title, (start, start + len(cells[columns.decision])))
