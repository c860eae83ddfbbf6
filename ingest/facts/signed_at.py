"""The place and day over a party's signature: `Havby, den 3. maj 2019`."""

from __future__ import annotations

import re

from ingest.facts import shapes
from ingest.facts.draft import Document

_SIGNED_AT = re.compile(r"(?!.{0,25}møde)[a-zæøåé][\wæøå. -]{1,25}, (?:den |d\. ?)\x00[ .,]{0,3}")
#: The same where two sign side by side.
_SIGNED_CELL = re.compile(r"[A-ZÆØÅ][\wé. -]{1,25}, (?:den |d\. ?)[0-9]{1,2}[./-] ?[\w./ -]{2,16}")
#: Above are the head and its own day.
_HEAD = 6
_LONGEST, _LONGEST_ROW = 60, 120


def signs_below(document: Document, start: int, end: int) -> bool:
    """Tell whether the day from `start` to `end` stands over `For Havby Kommune` or a name, or beside another such."""
    line = document.line_at(start)
    if line is None or line.index < _HEAD:
        return False
    if "\t" in line.text:
        cells = line.text.split("\t") if len(line.text) < _LONGEST_ROW else [""]
        return all(_SIGNED_CELL.fullmatch(cell.strip()) for cell in cells)
    marked = document.lower[line.start : start] + "\0" + document.lower[end : line.end]
    if len(line.text) > _LONGEST or not _SIGNED_AT.fullmatch(marked):
        return False
    following = document.lines[line.index + 1 : line.index + 4]
    below = next((one.text for one in following if any(c.isalnum() for c in one.text)), "")
    return below.startswith("For ") or shapes.is_person(below)
