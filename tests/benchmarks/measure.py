"""Clocks, percentiles, memory, and tables: what every benchmark prints with."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import psutil

ROOT = Path(__file__).parents[2]
_SUBREAPER = 36


@dataclass(slots=True)
class Cost:
    """Seconds by the wall and of processor time (user and system, ended children included), and MB at the peak.

    `own` is the peak of memory that is no mapped file: what the system cannot take back.
    """

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    own: float = 0.0


def cpu_seconds() -> float:
    """Give the processor time of this process and of its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


@contextmanager
def clock() -> Iterator[Cost]:
    """Measure a block."""
    cost = Cost()
    wall, cpu = time.perf_counter(), cpu_seconds()
    try:
        yield cost
    finally:
        cost.wall, cost.cpu, cost.peak = time.perf_counter() - wall, cpu_seconds() - cpu, peak_memory()


def peak_memory() -> float:
    """Give this process's peak of resident memory in MB; `ru_maxrss` would count the parent's before the exec."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(work: Callable[..., Any], *values: Any) -> tuple[Any, Cost]:
    """Run a function of a module in a process of its own, and give its answer with what it cost."""
    # An executor's process may have children of its own, as an import has; a pool's may not.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_clocked, work, values).result()


def _clocked(work: Callable[..., Any], values: Sequence[Any]) -> tuple[Any, Cost]:
    peaks, is_over = [0.0], threading.Event()
    watch = threading.Thread(target=_watch_memory, args=(peaks, is_over))
    watch.start()
    try:
        with clock() as cost:
            answer = work(*values)
    finally:
        is_over.set()
        watch.join()
    cost.own = max(peaks)
    return answer, cost


def _watch_memory(peaks: list[float], is_over: threading.Event) -> None:
    while not is_over.wait(0.2):
        used = psutil.Process().memory_info()
        peaks.append((used.rss - getattr(used, "shared", 0)) / 2**20)


def run_program(command: Sequence[str]) -> float:
    """Run a program to its end, and wait for what it leaves behind, so that all it cost is counted.

    Gives the peak of resident memory, in MB, of its largest process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def at(values: Sequence[float], share: float) -> float:
    """Give a percentile by the nearest rank; `share` is 0 to 1."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def milliseconds(values: Sequence[float]) -> tuple[str, str, str]:
    """Give p50, p95 and p99 of seconds in milliseconds."""
    return tuple(f"{at(values, share) * 1000:.2f}" for share in (0.5, 0.95, 0.99))  # type: ignore[return-value]


def seconds_of(work: Callable[[], Any]) -> float:
    """Time one call by the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cpu_of(work: Callable[[], Any]) -> float:
    """Time one call by the processor: what it costs on a machine that others use too."""
    start = time.process_time()
    work()
    return time.process_time() - start


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table as Markdown prints one."""
    shown = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [list(heads), *shown]) for column in range(len(heads))]
    click.echo(f"\n{title}\n")
    for row in (list(heads), ["-" * width for width in widths], *shown):
        click.echo("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")


def size_of(folder: Path) -> int:
    """Give the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
