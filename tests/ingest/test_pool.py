"""Workers and what they are handed: every task has one outcome, whatever becomes of the worker."""

import inspect
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest import pool
from ingest.parcels import Found, Outcome, Task
from ingest.pool import Limits, extract_all, read_parcel
from ingest.readers import ReadOptions

ROOT = Path(__file__).parent.parent.parent


def tasks(folder: Path, count: int) -> Iterator[Task]:
    """Write so many letters, every tenth of them empty, and give the tasks to read them."""
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"Brev {number} om havnen" if number % 10 else "", encoding="utf-8")
        yield Task(Found(str(path), path.stat().st_size, 1), str(folder / "files"), ReadOptions())


def told(outcomes: list[Outcome]) -> list[tuple[str, str | None]]:
    return sorted((Path(outcome.found.path).name, outcome.code) for outcome in outcomes)


def expected(count: int) -> list[tuple[str, str | None]]:
    return sorted((f"{number}.txt", None if number % 10 else "empty") for number in range(count))


def test_every_task_has_one_outcome(tmp_path: Path) -> None:
    """Parcels of many sizes give each file once, and a bad one costs only itself."""
    assert told(list(extract_all(tasks(tmp_path / "in", 500), 2, Limits()))) == expected(500)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals here")
def test_worker_killed_from_outside_costs_no_file(tmp_path: Path) -> None:
    """The files of a worker that was killed are read by another one."""
    outcomes: list[Outcome] = []
    for outcome in extract_all(tasks(tmp_path / "in", 400), 2, Limits()):
        outcomes.append(outcome)
        if len(outcomes) in (60, 200):
            os.kill(a_worker(), signal.SIGKILL)
    assert told(outcomes) == expected(400)


def extract_in(folder: Path, *, temporary: Path | None = None, memory: int | None = None) -> tuple[int, str]:
    """Run `sagsspor extract` on one letter, with that TMPDIR and that limit of memory; give its code and output."""

    def limit() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    letter = folder / "brev.txt"
    letter.write_text("Brev om havnen", encoding="utf-8")
    environment = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
    command = [sys.executable, "-m", "cli", "extract", str(letter)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200, preexec_fn=limit
    )
    return done.returncode, done.stdout + done.stderr


def test_long_temporary_folder_is_no_hindrance(tmp_path: Path) -> None:
    """A TMPDIR that is too long for a socket's address holds everything but the socket."""
    temporary = tmp_path / ("midlertidig-" * 10)
    temporary.mkdir()
    code, shown = extract_in(tmp_path, temporary=temporary)
    assert (code, "Brev om havnen" in shown) == (0, True), shown
    assert list(temporary.iterdir()) == []


def test_less_memory_than_workers_ask_for_is_enough(tmp_path: Path) -> None:
    """Where the machine allows a process less than the workers' limit, that is their limit."""
    code, shown = extract_in(tmp_path, memory=1_500_000_000)
    assert (code, "Brev om havnen" in shown) == (0, True), shown


def test_workers_that_cannot_start_are_told(tmp_path: Path) -> None:
    """Where no worker lives long enough to read, the command says so, and what to look at."""
    code, shown = extract_in(tmp_path, memory=160_000_000)
    assert code == 1
    assert "No document can be read: the processes that read do not start" in shown
    assert "ulimit" in shown


def a_worker() -> int:
    """Find a process that reads: the children of the server that forks them."""
    return next(child.pid for server in psutil.Process().children() for child in server.children())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals here")
def test_worker_killed_with_the_lock_costs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the lock of the pipes went with a worker, the others soon give up and new ones read the rest."""
    monkeypatch.setattr(pool, "read_parcel", read_or_die)
    assert told(list(extract_all(tasks(tmp_path / "in", 100), 2, Limits()))) == expected(100)
    assert (tmp_path / "in" / "killed").exists()


def read_or_die(parcel: tuple[Task, ...]) -> tuple[bytes, float]:
    """Die once with Pebble's lock taken, then read as workers do."""
    mark = Path(parcel[0].found.path).with_name("killed")
    if any(task.found.path.endswith("7.txt") for task in parcel) and not mark.exists():
        mark.touch()
        next(
            frame.frame.f_locals["channel"] for frame in inspect.stack() if "channel" in frame.frame.f_locals
        ).mutex.acquire()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_parcel(parcel)
