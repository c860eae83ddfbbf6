"""Time that a test may look at: the processor's, with more than one chance, since the machine does other work too."""

from __future__ import annotations

import time
from collections.abc import Callable

_CHANCES = 3


def seconds_of(work: Callable[[], object]) -> float:
    """Give the processor time that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def assert_within(limit: float, work: Callable[[], object]) -> None:
    """Fail where a call never takes less than `limit` seconds."""
    taken: list[float] = []
    while len(taken) < _CHANCES:
        taken.append(seconds_of(work))
        if taken[-1] < limit:
            return
    raise AssertionError(f"took {taken} seconds, more than {limit}")


def assert_linear(small: Callable[[], object], four_times: Callable[[], object]) -> None:
    """Fail where four times the input takes ever more than eight times as long."""
    taken: list[tuple[float, float]] = []
    while len(taken) < _CHANCES:
        taken.append((seconds_of(small), seconds_of(four_times)))
        if taken[-1][1] < 8 * taken[-1][0] + 0.2:
            return
    raise AssertionError(f"seconds of one and of four times as much: {taken}")
