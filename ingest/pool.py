"""Workers that can be killed: each file is read in a process with limits of its own; one crash costs one file.

Pebble keeps the processes: it kills one that runs over its time, starts another, and fails only the task that died.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, TimeoutError, wait
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from corpus.bodies import add_registers, added_registers
from corpus.errors import ReadError
from corpus.files import FileStore
from corpus.settings import body_registers
from ingest.discover import Found
from ingest.extract import Extraction, extract, read_file
from ingest.readers import ReadOptions


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. `seconds` is wall time, `memory` bytes of address space of a worker."""

    seconds: float = 120.0
    memory: int = 3 * 1024**3


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and where its original is kept (None: it stays where it is)."""

    found: Found
    files: str | None
    options: ReadOptions
    #: The file that holds the bytes, where that is not the path itself: an original in the archive.
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an extraction, or the reason why there is none."""

    found: Found
    extraction: Extraction | None = None
    code: str | None = None
    message: str | None = None


def extract_all(tasks: Iterator[Task], workers: int, limits: Limits) -> Iterator[Outcome]:
    """Yield an outcome for each task, as they come; few tasks are taken ahead of the workers."""
    with _pool(workers, limits) as pool:
        waiting: dict[Future[Outcome], Task] = {}
        try:
            more = True
            while more or waiting:
                while more and len(waiting) < workers * 4:
                    task = next(tasks, None)
                    more = task is not None
                    if task:
                        waiting[pool.schedule(read_one, (task,), timeout=limits.seconds)] = task
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield _outcome_of(future, waiting.pop(future), limits)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def extract_safely(path: str, options: ReadOptions, limits: Limits) -> Extraction:
    """Extract one file in a worker of its own; raise ReadError with the reason where there is nothing.

    Without an archive the registers of bodies are those that the environment names.
    """
    if not added_registers():
        add_registers(body_registers())
    found = Found(os.path.abspath(path))
    outcome = next(extract_all(iter([Task(found, None, options)]), 1, limits))
    if outcome.extraction is None:
        raise ReadError(outcome.message or "", path=path, code=outcome.code)
    return outcome.extraction


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


def _outcome_of(future: Future[Outcome], task: Task, limits: Limits) -> Outcome:
    try:
        return future.result()
    except TimeoutError:
        return Outcome(task.found, code="time-limit", message=f"ikke læst færdig på {limits.seconds:.0f} sekunder")
    except (ProcessExpired, CancelledError):
        return Outcome(task.found, code="crashed", message="læseprocessen døde")
    except MemoryError:
        return Outcome(task.found, code="memory-limit", message="læsningen brugte mere hukommelse end tilladt")


def _pool(workers: int, limits: Limits) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.extract"])
    return ProcessPool(
        max_workers=workers, max_tasks=2000, context=context, initializer=_confine, initargs=(limits, added_registers())
    )


def _confine(limits: Limits, registers: tuple[Path, ...]) -> None:
    """Set the worker's limits: memory, no core dumps, one thread for OCR; Ctrl-C is the parent's to handle.

    The worker knows the bodies that its parent knows.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    sys.setrecursionlimit(3000)
    add_registers(registers)
