"""Ctrl-C at a moment at which nothing is half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

#: What asks a command to stop: Ctrl-C, a service manager, a terminal that is closed.
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until what stands below is done, and take effect then.

    An exception in the middle of a transaction keeps it open as long as its traceback lives: who then writes again, as
    an import that closes its run, would wait for itself.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Callable[..., Any]] = {
        sign: handler for sign in STOPPING if callable(handler := signal.getsignal(sign))
    }
    for sign in before:
        signal.signal(sign, lambda sign, _frame: came.append(sign))
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
        for sign in came[:1]:
            before[sign](sign, None)
