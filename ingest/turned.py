"""Text that does not stand level on its page: stamps set askew, and what runs up the margin."""

from __future__ import annotations

from corpus.records import Line

#: The box of a line that is not level is taller than this many letter sizes.
TALL = 2.0
#: Fewer letters than this are a large initial or a sign.
SHORTEST = 4


def part_turned(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part a page's level lines from a stamp set askew and from text that runs up beside all others.

    Text that runs up within the page is a table's head and stays; so does all text of a page that is drawn on its side.
    """
    found = [line for line in lines if line.size and line.box and line.box.bottom - line.box.top > TALL * line.size]
    found = [line for line in found if not line.style and len(line.text) >= SHORTEST]
    if not found or len(found) * 2 > len(lines):
        return lines, []
    taken = set(map(id, found))
    level = [line for line in lines if id(line) not in taken]
    left = min(line.box.x0 for line in level if line.box)
    right = max(line.box.x1 for line in level if line.box)
    apart = [line for line in found if _is_askew(line) or _is_outside(line, left, right)]
    taken = set(map(id, apart))
    return [line for line in lines if id(line) not in taken], apart


def _is_askew(line: Line) -> bool:
    assert line.box is not None
    return line.box.x1 - line.box.x0 > TALL * (line.size or 1.0)


def _is_outside(line: Line, left: float, right: float) -> bool:
    assert line.box is not None
    return line.box.x1 <= left or line.box.x0 >= right
