"""spaCy, for the names that registers know: built once in a process, imported in workers only.

`blank("da")` cuts words; a `PhraseMatcher` finds the names without regard to case. It sees copies of equal length
(`document.flat`) in windows around head words: over a whole letter it costs five times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from corpus.bodies import Body, register

#: Characters before and after a head word in which its name may stand.
_BEFORE = 70
_AFTER = 50


@cache
def _danish() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import PhraseMatcher

    danish = spacy.blank("da")
    matcher = PhraseMatcher(danish.vocab, attr="LOWER")
    for body in register():
        matcher.add(body.name, [danish.make_doc(spelling) for spelling in _spellings(body)])
    return danish, matcher


def _spellings(body: Body) -> set[str]:
    names = {body.name, *body.also}
    names |= {name.replace("- og ", " og ").replace("-, ", ", ") for name in names if name.endswith(("et", "en"))}
    return names | {f"{name}s" for name in names} | {f"{name}'s" for name in names}


def find_names(flat: str, heads: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and canonical name of every registered name near the head words at `heads` (rising offsets)."""
    danish, matcher = _danish()
    for start, end in _windows(flat, heads):
        with danish.memory_zone():
            doc = danish.make_doc(flat[start:end])
            for key, first, after in matcher(doc):
                last = doc[after - 1]
                yield start + doc[first].idx, start + last.idx + len(last), danish.vocab.strings[key]


def _windows(flat: str, heads: Iterable[int]) -> list[tuple[int, int]]:
    """Cut the text around the heads at blanks, windows that touch made one."""
    windows: list[tuple[int, int]] = []
    for head in heads:
        start = flat.rfind(" ", 0, max(0, head - _BEFORE)) + 1 if head > _BEFORE else 0
        end = flat.find(" ", head + _AFTER)
        end = len(flat) if end < 0 else end
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows
