"""Running heads and feet of plain text that keeps its pages: what stands beside a page number, heads that repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.records import Line, Page
from corpus.text import fold_spaces
from ingest.entries import is_worded_page_line

#: So many lines with text at the upper edge of a page may be its head.
_HEAD = 2
#: A head stands on this part of the later pages at least; a shorter one may be that of a section (`Beslutning`).
_OFTEN, _SHORTEST = 0.6, 20

Pages = Sequence[tuple[Page, Sequence[Line]]]


def part_running(pages: Pages) -> list[tuple[Page, list[Line]]]:
    """Give the pages without running heads and feet; where one heads the paper, it stays there without its number."""
    numbered = Counter(rest for _, lines in pages for line in lines if (rest := _beside_number(line)))
    heads = Counter(text for _, lines in pages[1:] for text in {lines[at].text for at in _heads(lines)})
    often = max(2.0, _OFTEN * (len(pages) - 1)) if len(pages) > 2 else 1.0
    repeated = {text for text, count in heads.items() if count >= often and len(text) >= _SHORTEST}
    if len(pages) == 2:
        repeated &= {pages[0][1][at].text for at in _heads(pages[0][1])}
    return [
        (page, list(_without(lines, {rest for rest in numbered if numbered[rest] > 1}, repeated, first=number == 0)))
        for number, (page, lines) in enumerate(pages)
    ]


def _without(lines: Sequence[Line], numbered: set[str], repeated: set[str], *, first: bool) -> Iterator[Line]:
    heads = frozenset(_heads(lines))
    for at, line in enumerate(lines):
        rest = _beside_number(line)
        if rest in numbered:
            if first and at in heads:
                yield replace(line, text=rest or "")
        elif first or at not in heads or line.text not in repeated:
            yield line


def _beside_number(line: Line) -> str | None:
    """Give what stands beside the page number of a line; None where it bears none beside other text."""
    if "\t" not in line.text:
        return None
    cells = line.text.split("\t")
    others = [cell for cell in cells if not is_worded_page_line(cell)]
    return fold_spaces(" ".join(others)) or None if len(others) < len(cells) else None


def _heads(lines: Sequence[Line]) -> list[int]:
    """Give the places of the first lines with text, page numbers aside."""
    full = (at for at, line in enumerate(lines) if line.text and not is_worded_page_line(line.text))
    return [at for at, _ in zip(full, range(_HEAD), strict=False)]
