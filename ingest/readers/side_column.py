"""The margin column of a letter in plain text that keeps its page's shape: a block of its own, beside no sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.labels import LONGEST, count_marginal, is_label, is_labelled

#: Where a text begins after a gap, or far right on a line of its own.
_BEGINS = re.compile(r"(?<=\S) {2,}(?=\S)|^ {16,}(?=\S)")
#: A column begins no nearer to the left edge, and no further from it.
_LEFTMOST, _RIGHTMOST = 16, 120
#: Fewer lines beside running text are a head or a table, no column.
_LEAST = 4
#: A page with more lines keeps them as they are.
_MOST = 400
_GOES_ON = re.compile(r"[a-zæøå0-9(]")


@dataclass(frozen=True, slots=True)
class _Split:
    """The lines from `start` to `end`, each cut in two at one place."""

    start: int
    end: int
    left: tuple[str, ...]
    right: tuple[str, ...]


def part_column(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the lines of a page without its margin column, and those of the column; none where there is no such one."""
    split = _split(lines) if len(lines) <= _MOST else None
    if split is None:
        return list(lines), []
    for body, margin in ((split.left, split.right), (split.right, split.left)):
        if _is_prose(body) and _is_margin(margin):
            return [*_closed(lines[: split.start], body), *lines[split.end :]], list(margin)
    return list(lines), []


def _split(lines: Sequence[str]) -> _Split | None:
    """Cut at the place where most lines have a text begin, over all lines in a row that none crosses."""
    starts = [_starts(line) for line in lines]
    counts = Counter(start for found in starts for start in found)
    if not counts:
        return None
    place, count = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
    if count < _LEAST:
        return None
    best, begin = range(0), 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not (place in starts[at] or len(lines[at].rstrip()) < place - 1):
            hits = [index for index in range(begin, at) if place in starts[index]]
            if len(hits) > sum(place in starts[index] for index in best):
                best = range(hits[0], hits[-1] + 1)
            begin = at + 1
    cut = [(lines[at][: place - 1].rstrip(), lines[at][place:].rstrip()) for at in best]
    return _Split(best.start, best.stop, tuple(left for left, _ in cut), tuple(right for _, right in cut))


def _starts(line: str) -> frozenset[int]:
    if "  " not in line or len(line) > 4 * _RIGHTMOST:
        return frozenset()
    return frozenset(found.end() for found in _BEGINS.finditer(line) if _LEFTMOST <= found.end() <= _RIGHTMOST)


def _is_prose(texts: Sequence[str]) -> bool:
    """Tell running text: lines that go on with a small letter in the next one, and hardly a label."""
    full = [text.strip() for text in texts if text.strip()]
    wrapped = sum(len(a) > 20 and _GOES_ON.match(b) is not None for a, b in pairwise(full))
    return len(full) >= _LEAST and wrapped >= 2 and count_marginal(full) * 4 <= len(full)


def _is_margin(texts: Sequence[str]) -> bool:
    """Tell a letterhead: short lines, two labels at least, a third of all of them labels, values and addresses."""
    full = [text.strip() for text in texts if text.strip()]
    if len(full) < _LEAST or any(len(text) > LONGEST or "  " in text for text in full):
        return False
    return sum(is_label(text) or is_labelled(text) for text in full) > 1 and count_marginal(full) * 3 >= len(full)


def _closed(before: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Put the body under what stands before it, without empty lines where only the column had text in a sentence."""
    kept = list(before)
    for text in texts:
        sentence = len(kept) > 1 and not kept[-1] and len(kept[-2]) > 20 and kept[-2][-1] not in ".!?:;"
        if sentence and text[:1].islower():
            kept.pop()
        kept.append(text)
    return kept
