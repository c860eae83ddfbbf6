"""Work beside other work: what an engine does without Python's lock, on a processor that has nothing to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
#: Here Linux says how many threads of all processes want a processor this moment: `0.20 0.18 0.12 1/80 11206`.
_LOAD = Path("/proc/loadavg")


def begin(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a piece of work in a thread of its own; what is given waits for it, and does it where nobody has begun.

    Where no processor is free it is not begun: two threads that take turns need longer than one.
    """
    if not has_free_processor():
        return work
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(work)
    pool.shutdown(wait=False)
    return lambda: work() if begun.cancel() else begun.result()


def has_free_processor() -> bool:
    """Tell whether a processor has nothing to do this moment; no where the system does not say."""
    try:
        wanting = int(_LOAD.read_bytes().split()[3].partition(b"/")[0])
    except (OSError, ValueError, IndexError):
        return False
    return wanting < (os.cpu_count() or 1)
