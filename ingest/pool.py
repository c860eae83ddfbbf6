"""Workers that can be killed: each file is read in a process with limits of its own; one crash costs one file.

Pebble keeps the processes: it kills one that runs over its time, starts another, and fails only the task that died.
"""

from __future__ import annotations

import multiprocessing.util
import os
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from pebble import CONSTS, ProcessExpired, ProcessPool

from corpus.bodies import add_registers, added_registers, stated_council
from corpus.collector import collecting_rarely
from corpus.errors import ReadError, SagssporError
from corpus.settings import body_registers
from ingest.parcels import Extraction, Found, Outcome, Task, pack, unpack
from ingest.readers.options import ReadOptions

#: Handing over one file costs half of what reading a short letter does: small files go in parcels of so much work.
PARCEL_SECONDS, PARCEL_FILES, PARCEL_BYTES = 0.05, 32, 1_000_000
#: So much is taken ahead: the workers have enough while a batch is written, and what they gave back has room.
AHEAD_SECONDS, AHEAD_FILES, AHEAD_BYTES = 2.0, 800, 32_000_000
#: A worker is replaced after so many parcels: what libraries never give back does not add up.
PARCELS = 400
#: So often in a row all workers may die before the import gives up.
MOST_BREAKS = 5
#: So long a worker waits for the lock of the pipes, which is held while one parcel is handed over. Where a worker was
#: killed with it, it is never free again: all give up, end with this code, and the pool begins anew.
LOCK_SECONDS, _GAVE_UP = 2.5, 1
#: Bytes of the longest folder for temporary files in which a socket's address fits: Linux takes 107, less what
#: multiprocessing adds.
_LONGEST_TEMPORARY = 107 - len("/pymp-12345678/listener-12345678")
#: Imported once, before the workers are forked.
_PRELOADED = ("ingest.pool", "ingest.worker", "ingest.readers.pdf", "ingest.readers.docx", "numpy", "spacy.matcher")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. `seconds` is wall time, `memory` bytes of address space of a worker."""

    seconds: float = 120.0
    memory: int = 3 * 1024**3


def extract_all(tasks: Iterator[Task], workers: int, limits: Limits) -> Generator[Outcome, None, None]:
    """Yield an outcome for each task, as they come; some seconds' work is taken ahead of the workers."""
    crew = _Crew(workers, limits)
    with collecting_rarely():
        while not crew.is_done:
            with _pool(workers, limits) as pool:
                try:
                    yield from crew.work(pool, tasks)
                except BrokenProcessPool as exc:
                    # A worker was killed at a moment at which nobody knows what it read: all begin anew.
                    pool.stop()  # type: ignore[no-untyped-call]
                    crew.begin_again(exc)
                except BaseException:
                    pool.stop()  # type: ignore[no-untyped-call]
                    raise


#: What a worker gives back of a parcel: an outcome for each file, but for those that it left, packed, and the seconds
#: it took.
_Read = tuple[bytes, float]


@dataclass(slots=True)
class _Crew:
    """The parcels under way. A parcel is sized by the seconds that files took lately; a slow file goes alone."""

    workers: int
    limits: Limits
    pool: ProcessPool | None = None
    is_done: bool = False
    #: Parcels that go out before all others.
    left: list[tuple[Task, ...]] = field(default_factory=list)
    #: How often all workers ended at once, with nothing read between.
    breaks: int = 0
    waiting: dict[Future[_Read], tuple[Task, ...]] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    #: How often a worker died over a file.
    died: Counter[str] = field(default_factory=Counter)
    #: Seconds that a file takes, of late.
    pace: float = 1.0

    def work(self, pool: ProcessPool, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """Yield what the workers of a pool read, until there is no more; raise BrokenProcessPool when they are gone."""
        self.pool = pool
        self._send_left()
        more = True
        while more or self.waiting:
            while more and self.has_room():
                parcel = self.pack(tasks)
                more = bool(parcel)
                self.send(parcel)
            yield from self.receive()
        self.is_done = True

    def begin_again(self, cause: BrokenProcessPool) -> None:
        """Take back what was handed out; raise SagssporError where that did not help several times."""
        self.breaks += 1
        if self.breaks > MOST_BREAKS:
            message = f"No document can be read: the processes that read do not start, or die at once ({_root(cause)})."
            hint = "See how many processes and how much memory you may have (ulimit -a), and TMPDIR; then go on."
            raise SagssporError(message, hint=hint, code="workers") from cause
        self.left += self.waiting.values()
        self.waiting.clear()
        self.files = self.bytes = 0

    def has_room(self) -> bool:
        """Tell whether the workers could run out of work while the parent writes a batch."""
        least = len(self.waiting) < self.workers * 4
        ahead = self.files * self.pace < AHEAD_SECONDS * self.workers and self.files < AHEAD_FILES
        return least or (ahead and self.bytes < AHEAD_BYTES)

    def pack(self, tasks: Iterator[Task]) -> tuple[Task, ...]:
        """Take the next tasks that make a parcel; none where there are no more."""
        parcel: list[Task] = []
        room = max(1, min(PARCEL_FILES, int(PARCEL_SECONDS / self.pace)))
        size = 0
        while len(parcel) < room and size < PARCEL_BYTES and (task := next(tasks, None)):
            parcel.append(task)
            size += task.found.size or 0
        return tuple(parcel)

    def send(self, parcel: tuple[Task, ...]) -> None:
        """Give a parcel to the next free worker."""
        if parcel and self.pool:
            try:
                future = self.pool.schedule(read_parcel, (parcel,), timeout=self.limits.seconds)
            except RuntimeError as exc:
                self.left.append(parcel)
                raise BrokenProcessPool from exc
            self.waiting[future] = parcel
            self._count(parcel, 1)

    def receive(self) -> Iterator[Outcome]:
        """Wait for a worker, and give what is read; what is left of a parcel, and all of a failed one, goes alone."""
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        for future in done:
            if isinstance(future.exception(), BrokenProcessPool):
                raise BrokenProcessPool from future.exception()
            parcel = self.waiting.pop(future)
            self._count(parcel, -1)
            if future.exception() is not None and self._may_go_again(parcel, future):
                self._send_alone(parcel)
                continue
            outcomes, seconds = _read_of(future, parcel[0], self.limits)
            self.pace, self.breaks = (self.pace + seconds / len(outcomes)) / 2, 0
            yield from outcomes
            self._send_alone(parcel[len(outcomes) :])

    def _may_go_again(self, parcel: tuple[Task, ...], future: Future[_Read]) -> bool:
        """Tell whether one file is not known to be the cause: a worker may also be killed from outside."""
        if len(parcel) > 1:
            return True
        error, path = future.exception(), parcel[0].found.path
        if not isinstance(error, ProcessExpired):
            return False
        self.died[path] += 1
        # Who gave up waiting for another says nothing against the file.
        return self.died[path] <= (MOST_BREAKS if error.exitcode == _GAVE_UP else 1)

    def _send_alone(self, tasks: tuple[Task, ...]) -> None:
        self.left += [(task,) for task in tasks]
        self._send_left()

    def _send_left(self) -> None:
        while self.left:
            self.send(self.left.pop())

    def _count(self, parcel: tuple[Task, ...], sign: int) -> None:
        self.files += sign * len(parcel)
        self.bytes += sign * sum(task.found.size or 0 for task in parcel)


def extract_safely(path: str, options: ReadOptions, limits: Limits) -> Extraction:
    """Extract one file in a worker of its own; raise ReadError with the reason where there is nothing.

    Without an archive the registers of bodies are those that the environment names.
    """
    if not added_registers() and not stated_council():
        add_registers(body_registers())
    found = Found(os.path.abspath(path))
    outcome = next(extract_all(iter([Task(found, None, options)]), 1, limits))
    if outcome.extraction is None:
        raise ReadError(outcome.message or "", path=path, code=outcome.code)
    return outcome.extraction


def read_parcel(tasks: tuple[Task, ...]) -> _Read:
    """Read files in a worker; give what became of them, packed, and the seconds it took."""
    from ingest.worker import read_tasks

    started = time.monotonic()
    outcomes = read_tasks(tasks)
    return pack(outcomes), time.monotonic() - started


def _read_of(future: Future[_Read], task: Task, limits: Limits) -> tuple[list[Outcome], float]:
    """Give what a worker read; where it was killed or died over a file, the reason why there is nothing."""
    try:
        packed, seconds = future.result()
        return unpack(packed), seconds
    except TimeoutError:
        code, message = "time-limit", f"ikke læst færdig på {limits.seconds:.0f} sekunder"
    except (ProcessExpired, CancelledError):
        code, message = "crashed", "læseprocessen døde"
    except MemoryError:
        code, message = "memory-limit", "læsningen brugte mere hukommelse end tilladt"
    return [Outcome(task.found, code=code, message=message)], limits.seconds


def _root(error: BaseException) -> BaseException:
    """Give what an error came from."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _shorten_sockets() -> None:
    """Let the workers' sockets lie in /tmp where TMPDIR is too long for their addresses, as Python does from 3.14."""
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_TEMPORARY:
        usual, tempfile.tempdir = tempfile.tempdir, "/tmp"
        try:
            multiprocessing.util.get_temp_dir()
        finally:
            tempfile.tempdir = usual


def _pool(workers: int, limits: Limits) -> ProcessPool:
    _shorten_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return ProcessPool(
        max_workers=workers,
        max_tasks=PARCELS,
        context=context,
        initializer=_confine,
        initargs=(limits.memory, added_registers(), stated_council()),
    )


def _confine(memory: int, registers: tuple[Path, ...], council: str | None) -> None:
    from ingest.worker import confine

    # Pebble waits a minute, and does so twice.
    CONSTS.channel_lock_timeout = LOCK_SECONDS
    confine(memory, registers, council)
