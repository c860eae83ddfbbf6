"""How far something is: a bar on a terminal, a line now and then elsewhere, JSON Lines for machines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ingest.run import Progress

#: Seconds between two lines where there is no terminal, and between two events.
LINE_SECONDS, EVENT_SECONDS = 10.0, 1.0
#: A bar appears after so many seconds: what is done before needs none.
PATIENCE = 1.0
#: Before so many seconds, no rate tells what is to come.
KNOWN_AFTER = 3.0
#: The rate is that of the last so many seconds.
WINDOW = 30.0

Tell = Callable[[int, int], None]


class Pace:
    """How fast something goes of late."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.marks: deque[tuple[float, int]] = deque([(self.started, 0)])

    def note(self, done: int) -> None:
        """Note how much is done now."""
        now = time.monotonic()
        if now - self.marks[-1][0] >= 0.25:
            self.marks.append((now, done))
        while len(self.marks) > 2 and now - self.marks[1][0] > WINDOW:
            self.marks.popleft()

    def per_second(self, done: int) -> float:
        """Give the rate, 0 where nothing is known yet."""
        then, before = self.marks[0]
        passed = time.monotonic() - then
        return (done - before) / passed if passed > 0 else 0.0

    def left(self, done: int, total: int) -> float | None:
        """Give the seconds that the rest takes at this rate; None where there is none yet."""
        rate = self.per_second(done)
        return (total - done) / rate if rate > 0 and time.monotonic() - self.started >= KNOWN_AFTER else None


class Course:
    """Where an import is, put together from what it tells after each file."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.reasons: Counter[str] = Counter()
        self.files, self.found, self.scanned = 0, 0, False

    def follow(self, progress: Progress) -> None:
        """Take in one file or member."""
        self.files, self.found, self.scanned = progress.files, max(progress.found, progress.files), progress.scanned
        if progress.state == "failed":
            self.reasons[progress.reason or "failed"] += 1
        self.pace.note(self.files)

    def total(self) -> str:
        """Say how many files there are, as far as the scan knows."""
        return f"{self.found:,}" if self.scanned else f"at least {self.found:,}"

    def time_left(self) -> str:
        """Say how long the rest takes; while the scan goes on, it takes at least so long."""
        left = self.pace.left(self.files, self.found)
        if left is None:
            return "time left not known yet"
        return f"{'' if self.scanned else 'at least '}{clock(left)} left"

    def failures(self) -> str:
        """Say what failed, by reason."""
        said = ", ".join(f"{count} {reason}" for reason, count in self.reasons.most_common(4))
        return f"{self.reasons.total():,} failed ({said})" if said else ""

    def line(self) -> str:
        """Say all of it."""
        said = f"{self.files:,} of {self.total()} files, {self.pace.per_second(self.files):.0f}/s, {self.time_left()}"
        return f"{said}, {self.failures()}" if self.reasons else said

    def event(self) -> dict[str, Any]:
        """Give all of it for machines."""
        left = self.pace.left(self.files, self.found)
        return {
            "schema": 1,
            "event": "progress",
            "files": self.files,
            "found": self.found,
            "scanned": self.scanned,
            "per_second": round(self.pace.per_second(self.files), 1),
            "seconds_left": None if left is None else round(left, 1),
            "failed": dict(self.reasons),
        }


def clock(seconds: float) -> str:
    """Say a time as m:ss, or h:mm:ss."""
    whole = round(seconds)
    minutes, hours = whole // 60 % 60, whole // 3600
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def print_event(shown: dict[str, Any]) -> None:
    """Print one object as one line."""
    click.echo(json.dumps(shown, ensure_ascii=False))


@contextmanager
def _import_bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    course, shown = Course(), 0.0
    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("looking for files", total=None)

        def tell(progress: Progress) -> None:
            nonlocal shown
            course.follow(progress)
            if time.monotonic() - shown >= 0.2:
                shown = time.monotonic()
                bar.update(task, completed=course.files, total=course.found, description=course.line())

        yield tell


@contextmanager
def import_progress(*, quiet: bool, as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """Show how an import goes: events, a bar, lines, or nothing."""
    if quiet:
        yield _follow_nobody
    elif as_json:
        yield _event_teller()
    elif not sys.stderr.isatty():
        yield _line_teller()
    else:
        with _import_bar() as shown:
            yield shown


def _follow_nobody(_progress: Progress) -> None:
    """Say nothing."""


def _event_teller() -> Callable[[Progress], None]:
    course, told = Course(), time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal told
        course.follow(progress)
        if progress.state == "failed":
            failure = {"path": progress.path, "code": progress.reason, "message": progress.message}
            print_event({"schema": 1, "event": "failed", **failure})
        elif progress.state not in ("read", "unchanged"):
            print_event({"schema": 1, "event": "file", "path": progress.path, "state": progress.state})
        if time.monotonic() - told >= EVENT_SECONDS:
            told = time.monotonic()
            print_event(course.event())

    return tell


def _line_teller() -> Callable[[Progress], None]:
    course, told = Course(), time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal told
        course.follow(progress)
        if time.monotonic() - told >= LINE_SECONDS:
            told = time.monotonic()
            click.echo(course.line(), err=True)

    return tell


@contextmanager
def _bar(work: str, unit: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    started, shown, pace = time.monotonic(), 0.0, Pace()
    columns = (TextColumn(work), BarColumn(bar_width=24), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=None, visible=False)

        def tell(done: int, total: int) -> None:
            nonlocal shown
            pace.note(done)
            now = time.monotonic()
            if now - started >= PATIENCE and now - shown >= 0.2:
                shown, left = now, pace.left(done, total)
                said = f"{done:,} of {total:,}{unit}" + ("" if left is None else f", {clock(left)} left")
                bar.update(task, completed=done, total=total, description=said, visible=True)

        yield tell


@contextmanager
def meter(work: str, *, unit: str = "", quiet: bool = False) -> Iterator[Tell]:
    """Show how far `work` is, once it takes more than a second; what it tells is (done, total)."""
    if quiet:
        yield _tell_nobody
    elif sys.stderr.isatty():
        with _bar(work, unit) as tell:
            yield tell
    else:
        yield _meter_lines(work, unit)


def _tell_nobody(_done: int, _total: int) -> None:
    """Say nothing."""


def _meter_lines(work: str, unit: str) -> Tell:
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= LINE_SECONDS:
            told = time.monotonic()
            click.echo(f"{work}: {done:,} of {total:,}{unit}", err=True)

    return tell
