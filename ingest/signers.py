"""Signers side by side: names over titles, parties with date and dotted line, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.records import Box, Line
from ingest.labels import is_contact, is_labelled

#: More columns than this, or more rows, are a table's.
MOST_COLUMNS, MOST_ROWS = 4, 14
#: The lines of a signer follow each other within this many letter sizes; a title goes on within fewer.
_APART, _NEXT = 3.0, 1.4
#: Under the parties' names there is room of this many letter sizes for the hand.
_ROOM = 8.0
#: Left edges, and middles, this many points apart are one column's.
_EDGE, _MIDDLE = 5.0, 8.0
#: A name over a title goes on for no more lines than this.
_MOST_LINES = 5
#: So many names under each other, words beside them, are a list.
_LIST = 3
#: A pitch wider than the closest by this factor parts one row of signers from the next.
_WIDER = 1.5
_NAME = re.compile(
    r"(?:[A-ZÆØÅ][\w.'’]{0,30}|[a-z]{2,3})(?:[- ](?:[A-ZÆØÅ(][\w.'’)-]{0,30}|af|von|van|de|el|al)){1,5}$"
)
_PARTY = re.compile(r"(?:For|På vegne af) [A-ZÆØÅ]", re.IGNORECASE)
_DATED = re.compile(
    r"(?:[A-ZÆØÅ][\w. -]{1,30},? )?(?:den|d\.) {0,3}(?:\d{1,2}[./ ]|[._…]{2})|Dato\b|Sted\b", re.IGNORECASE
)
_RULE = re.compile(r"(?:[^\W\d_]{2,15} {0,3}:? {0,3})?[._…]{5}")
_LABEL = re.compile(r"[A-ZÆØÅ][\w .-]{1,25}(?=:)")
_HEAD = re.compile(r"[A-ZÆØÅ][\w ./-]{1,30}:$")
_LISTED = re.compile(r"(?:bilag|kopi|kopi til|vedlagt|mødt|til stede|afbud|fraværende|deltagere):$", re.IGNORECASE)
_SIGNED = re.compile(r"^(?:sign\.?|sgn\.?|/s/|/) {0,3}", re.IGNORECASE)
_FIGURES = re.compile(r"[.,%() -]{0,3}\d[\d.,%() -]*$")
_REACHED = re.compile(r"[A-ZÆØÅ]\w{2,15}(?: \w{2,15})?\.?:? \+?\d[\d ]{6,15}$")
_DIGITS = re.compile(r"\d{2}|:")


def are_signers(columns: Sequence[Sequence[str]]) -> bool:
    """Say whether columns of lines are read one after the other.

    They are names over titles, parties that sign with date and line, the same labels in each, or lists of names under
    labels.
    """
    if not 2 <= len(columns) <= MOST_COLUMNS:
        return False
    lines = [line for column in columns for line in column]
    if not all(columns) or any(len(line) > 60 or _FIGURES.match(line) for line in lines):
        return False
    return _are_named(columns) or all(map(_is_party, columns)) or _share_labels(columns) or all(map(_is_list, columns))


def _is_name(line: str) -> bool:
    return _NAME.match(_SIGNED.sub("", line, count=1).strip("() ")) is not None and not _PARTY.match(line)


def _are_named(columns: Sequence[Sequence[str]]) -> bool:
    """Say whether columns are signers each, or one with how that is reached beside; names beside words are a list."""
    first, *others = columns
    if not _is_signer(first):
        return False
    if len(first) >= _LIST and all(map(_is_name, first)):
        return all(map(_is_signer, others)) and all(_is_name(line) for column in others for line in column)
    return all(_is_signer(column) or (len(first) > 1 and all(map(_is_reached, column))) for column in others)


def _is_signer(column: Sequence[str]) -> bool:
    """Say whether a column is a name with its title, and no figures but where the signer is reached."""
    plain = not any(_DIGITS.search(line) and not _is_reached(line) for line in column)
    return len(column) <= _MOST_LINES and _is_name(column[0]) and plain


def _is_reached(line: str) -> bool:
    return bool(_REACHED.match(line)) or is_labelled(line) or is_contact(line)


def begins_signer(text: str) -> bool:
    """Say whether a line can be the first of a signer: the line for the hand, or the name."""
    return bool(_RULE.match(text)) or _is_name(text)


def _is_party(column: Sequence[str]) -> bool:
    """Say whether a column has a name, and the place, date or line that one signs with."""
    return any(map(_is_name, column)) and any(map(_is_formal, column))


def _is_formal(line: str) -> bool:
    return bool(_PARTY.match(line) or _DATED.match(line) or _RULE.match(line))


def _share_labels(columns: Sequence[Sequence[str]]) -> bool:
    """Say whether the same two labels or more come in each column, in one order, and with them most of its lines."""
    labels = [[match[0] for line in column if (match := _LABEL.match(line))] for column in columns]
    return (
        len(labels[0]) >= 2
        and all(found == labels[0] for found in labels)
        and all(len(found) * 3 >= len(column) * 2 for found, column in zip(labels, columns, strict=True))
    )


def _is_list(column: Sequence[str]) -> bool:
    """Say whether a column is names under a label, or anything under one that heads lists: `Afbud:`, `Kopi:`."""
    if len(column) < 2 or not _HEAD.match(column[0]):
        return False
    return bool(_LISTED.match(column[0])) or all(_is_name(line) or _HEAD.match(line) for line in column)


# --- lines without boxes, their cells apart by a tab -----------------------------------------------------------------


def count_cells(line: str) -> int:
    """Give how many texts stand side by side on a line; 1 where it has too many for signers."""
    count = line.count("\t") + 1
    return count if count <= MOST_COLUMNS else 1


def split_signers(lines: Sequence[str]) -> list[list[str]] | None:
    """Give the columns of lines with equally many cells, where these are signers; None where they are a table.

    Names stand side by side with names: beside a name, a party's name or an office is a table's.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines[: MOST_ROWS + 1]]
    if len(rows) > MOST_ROWS or any(len({_is_name(cell) for cell in row}) > 1 for row in rows):
        return None
    columns = [list(filter(None, column)) for column in zip(*rows, strict=True)]
    return columns if are_signers(columns) else None


# --- lines with boxes ------------------------------------------------------------------------------------------------


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _size(line: Line) -> float:
    return line.size or (_box(line).bottom - _box(line).top)


def read_signers(rows: Sequence[list[Line]], start: int) -> tuple[list[Line], int] | None:
    """Give the lines of signers whose first row is at `start`, in reading order, and the row after them.

    None where the rows are no signers, or a table that goes on after them.
    """
    if not any(map(_opens, rows[start : start + 2])):
        return None
    columns, end = _gather(rows, start)
    if end < len(rows) and len(rows[end]) > 1 and _room(rows[end - 1], rows[end]) < _APART * _size(rows[end][0]):
        return None
    if not are_signers([[line.text for line in column] for column in columns]):
        return None
    return list(_in_order(columns, rows[start:end])), end


def _opens(row: Sequence[Line]) -> bool:
    """Say whether a row can be the first or the second of signers."""
    return all(
        begins_signer(line.text) or _is_formal(line.text) or _LABEL.match(line.text) or _is_reached(line.text)
        for line in row
    )


def _gather(rows: Sequence[list[Line]], start: int) -> tuple[list[list[Line]], int]:
    """Give the columns that begin with the row at `start`, and where the rows that stand in them end."""
    columns = [[line] for line in rows[start]]
    end = start + 1
    signed = False
    while end < min(len(rows), start + MOST_ROWS) and len(columns) <= MOST_COLUMNS:
        row = rows[end]
        signed = signed or any(_is_name(line.text) for line in rows[end - 1])
        if not _follows(rows[end - 1], row, signed):
            break
        places = [_column_of(columns, line) for line in row]
        if None in places or len(set(places)) < len(places):
            break
        for line, place in zip(row, places, strict=True):
            columns[place or 0].append(line)
        end += 1
    return columns, end


def _room(above: Sequence[Line], row: Sequence[Line]) -> float:
    return _box(row[0]).top - max(_box(line).bottom for line in above)


def _follows(above: Sequence[Line], row: Sequence[Line], signed: bool) -> bool:
    size = _size(row[0])
    if len(row) == 1:
        return _box(row[0]).top - max(_box(line).top for line in above) <= _NEXT * size
    return _room(above, row) <= (_APART if signed else _ROOM) * size


def _column_of(columns: Sequence[Sequence[Line]], line: Line) -> int | None:
    """Give the column in which a line stands: flush with its first one or centred under it, clear of the next."""
    box = _box(line)
    for index, column in enumerate(columns):
        first = _box(column[0])
        if abs(box.x0 - first.x0) <= _EDGE or abs(box.x0 + box.x1 - first.x0 - first.x1) <= 2 * _MIDDLE:
            following = columns[index + 1] if index + 1 < len(columns) else ()
            return index if all(box.x1 < _box(other).x0 for other in following) else None
    return None


def _in_order(columns: Sequence[Sequence[Line]], rows: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield parties one after the other; of signers without a head over them, each row of signers by itself."""
    tops = [_box(row[0]).top for row in rows]
    closest = min((b - a for a, b in pairwise(tops)), default=0.0)
    headed = not all(begins_signer(line.text) for line in rows[0])
    edges = [
        top
        for (before, top), row in zip(pairwise(tops), rows[1:], strict=True)
        if not headed and top - before > _WIDER * closest and all(begins_signer(line.text) for line in row)
    ]
    for low, high in pairwise([tops[0] - 1, *(edge - 1 for edge in edges), float("inf")]):
        for column in columns:
            yield from (line for line in column if low <= _box(line).top < high)
