"""The interpreter's search for dead cycles: records, rows and entries make none, and die by their counts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Search a hundred times as rarely: among many small objects the search took a third of the time.

    What is there before the first such work, libraries most of all, stays: no search goes through it again. It took
    30 ms, now and then, of a page that takes 20.
    """
    _keep_what_is_there()
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@cache
def _keep_what_is_there() -> None:
    gc.freeze()
