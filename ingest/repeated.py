"""Lines that come again in paper after paper: letterheads, labels, names, headings."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
#: Longer lines are running text, which does not come again, and would fill the memory.
_SHORT = 120
_MOST = 4096


def remembered(judge: Callable[[str], T]) -> Callable[[str], T]:
    """Let a pure function of a line remember what it said of short ones."""
    known = lru_cache(maxsize=_MOST)(judge)

    @wraps(judge)
    def ask(line: str) -> T:
        return known(line) if len(line) <= _SHORT else judge(line)

    return ask
