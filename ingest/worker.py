"""What runs in a worker: the files of a parcel, one after the other, within its limits.

Imported before the workers are forked, with all that reads: the parent, which reads nothing, does without.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
from pathlib import Path

from corpus.bodies import add_registers
from corpus.errors import ReadError
from corpus.files import FileStore
from ingest.extract import extract, read_file
from ingest.parcels import Outcome, Task

#: After so many seconds a worker leaves the rest of a parcel to others.
LEAVE_SECONDS = 2.0


def confine(memory: int, registers: tuple[Path, ...], council: str | None) -> None:
    """Set the worker's limits: bytes of memory, no core dumps, one thread for OCR; Ctrl-C is the parent's to handle.

    The worker knows the bodies that its parent knows, and the council.
    """
    allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
    if allowed != resource.RLIM_INFINITY:
        memory = min(memory, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    sys.setrecursionlimit(3000)
    add_registers(registers, council)
    # What was imported stays as long as the worker: no search for dead cycles goes over it, or touches shared memory.
    gc.freeze()


def read_tasks(tasks: tuple[Task, ...]) -> list[Outcome]:
    """Read files one after the other; what is not begun when the time for a parcel is over is left to others."""
    started = time.monotonic()
    outcomes: list[Outcome] = []
    for task in tasks:
        outcomes.append(read_one(task))
        if time.monotonic() - started > LEAVE_SECONDS:
            break
    return outcomes


def read_one(task: Task) -> Outcome:
    """Read one file in the worker: its original is stored by hash, then it is extracted."""
    found = task.found
    try:
        data = read_file(Path(task.source or found.path))
        extraction = extract(data, found.path, task.options)
        if task.files:
            FileStore(Path(task.files)).put(extraction.record.sha256, data)
        return Outcome(found, extraction)
    except ReadError as exc:
        return Outcome(found, code=exc.code, message=exc.message)
    except MemoryError:
        return Outcome(found, code="memory-limit", message="læsningen brugte mere hukommelse end tilladt")
    except OSError as exc:
        return Outcome(found, code="disk" if task.files else "not-readable", message=str(exc.strerror or exc))
    except Exception as exc:  # noqa: BLE001 - the worker's edge: a bug in a parser costs one document
        return Outcome(found, code="crashed", message=f"læseren fejlede ({type(exc).__name__}: {exc})"[:500])
