"""The lock of an archive's one writer, and who holds it.

The kernel lets go of the lock when its holder dies, however it dies: the file says who holds it, never whether.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.database import now
from corpus.errors import ArchiveError, BusyError

LOCK = "lock"
#: Seconds between two looks at a lock that is waited for.
PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an archive: a process of a machine, since when (UTC), and what for."""

    pid: int
    host: str
    since: str
    work: str

    def is_gone(self) -> bool:
        """Say whether the process is surely not there any more; of another machine nothing is sure."""
        if self.host != os.uname().nodename:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


@contextmanager
def hold(
    folder: Path, work: str, *, wait: float = 0.0, on_wait: Callable[[BusyError], None] = lambda _: None
) -> Iterator[None]:
    """Hold the archive in `folder` as its one writer; raise BusyError where another does, after `wait` seconds.

    `on_wait` is told once that there is somebody to wait for.
    """
    handle = _open(folder)
    try:
        _take(handle, folder, wait, on_wait)
        mine = Holder(os.getpid(), os.uname().nodename, now(), work)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(asdict(mine)).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def holder_of(folder: Path) -> Holder | None:
    """Give who writes to an archive now; None where nobody does."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _read(handle) or Holder(0, "?", "?", "?")
    else:
        return None
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    try:
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as exc:
        hint = "Who writes to an archive must own its folder."
        raise ArchiveError(f"{folder} cannot be written: {exc.strerror}.", path=str(folder), hint=hint) from exc


def _take(handle: int, folder: Path, wait: float, on_wait: Callable[[BusyError], None]) -> None:
    until, told = time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as exc:
            busy = _busy(folder, _read(handle))
            if time.monotonic() >= until:
                raise busy from exc
        except OSError as exc:
            hint = "Keep the archive on a file system that knows locks: a local disk, or NFS 4."
            raise ArchiveError(f"{folder} cannot be locked: {exc.strerror}.", path=str(folder), hint=hint) from exc
        if not told:
            on_wait(busy)
            told = True
        time.sleep(PAUSE)


def _read(handle: int) -> Holder | None:
    try:
        seen = json.loads(os.pread(handle, 1000, 0))
        return Holder(int(seen["pid"]), str(seen["host"]), str(seen["since"]), str(seen["work"]))
    except (ValueError, KeyError, TypeError):
        return None


def _busy(folder: Path, holder: Holder | None) -> BusyError:
    if holder is None:
        message = f"Another process is writing to the archive {folder}."
    else:
        who = f"Process {holder.pid} on {holder.host}"
        message = f"{who} has been writing to the archive {folder} since {holder.since} ({holder.work})."
    if holder and holder.is_gone():
        message = f"The archive {folder} is held, but not by process {holder.pid}, which is gone ({holder.work})."
        hint = f"What it started may go on, or it runs in a container: `fuser {folder / LOCK}` tells."
    else:
        hint = "Wait until it is done, or let this one wait with --wait; searching goes on meanwhile."
    return BusyError(message, path=str(folder), hint=hint)
