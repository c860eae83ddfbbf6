"""Ctrl-C at any moment of an import: what is read is in, the run is closed, and nothing lies about."""

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.archive import Archive
from corpus.interrupts import uninterrupted
from index.sync import Follower
from ingest.run import Import, ImportOptions, Progress
from search.check import check_archive
from tests.ingest.test_run import letters, run_import, state


@pytest.fixture(autouse=True)
def by_ctrl_c() -> Iterator[None]:
    """Let SIGINT do what it does in a command, whatever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_uninterrupted_lets_ctrl_c_wait() -> None:
    """What stands below is done to its end, and then the command stops; an outer block holds an inner one's back."""
    done = []

    def work() -> None:
        with uninterrupted():
            with uninterrupted():
                press_ctrl_c()
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inner", "outer"]
    with pytest.raises(KeyboardInterrupt):
        press_ctrl_c()


def assert_stopped_well(tmp_path: Path, folder: Path) -> None:
    """The run is closed as stopped, nothing is wrong with the archive, and the next import makes it whole."""
    with Archive.open(tmp_path / "stopped") as archive, archive.lock():
        assert archive.catalogue.ledger.runs(1)[0].outcome == "stopped"
        assert check_archive(archive, repair=False)["faults"] == []
    run_import(tmp_path / "stopped", folder)
    run_import(tmp_path / "whole", folder)
    assert state(tmp_path / "stopped") == state(tmp_path / "whole")


@pytest.mark.parametrize("statement", range(1, 8))
def test_ctrl_c_within_a_transaction(tmp_path: Path, statement: int) -> None:
    """Ctrl-C while a batch is written lets it be written, once."""
    folder = letters(tmp_path / "in", 40)
    with Archive.create(tmp_path / "stopped") as archive, archive.lock(), Follower(archive) as follower:
        told = Import(archive, ImportOptions(workers=1), on_progress=lambda _: None, on_batch=follower.follow)
        writes: list[str] = []

        def watch(_cursor: Any, sql: str, *_: Any) -> None:
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                writes.append(sql)
                if len(writes) == statement + 1:
                    press_ctrl_c()

        for kind in ("do_execute", "do_executemany"):
            sa.event.listen(archive.catalogue.engine, kind, watch)
        with pytest.raises(KeyboardInterrupt):
            told.run([str(folder)])
        assert archive.catalogue.count() == 40
        assert sum(sql.startswith("INSERT INTO documents ") for sql in writes) == 1
    assert_stopped_well(tmp_path, folder)


@pytest.mark.parametrize("when", [("read", 1), ("read", 30), ("imported", 1), ("imported", 20)])
def test_ctrl_c_between_files(tmp_path: Path, when: tuple[str, int]) -> None:
    """Ctrl-C while files are read keeps those that were; of those that were not no original is left."""
    folder = letters(tmp_path / "in", 300)
    with Archive.create(tmp_path / "stopped") as archive, archive.lock(), Follower(archive) as follower:
        met = itertools.count(1)

        def watch(progress: Progress) -> None:
            if progress.state == when[0] and next(met) == when[1]:
                press_ctrl_c()

        with pytest.raises(KeyboardInterrupt):
            Import(archive, ImportOptions(workers=2), on_progress=watch, on_batch=follower.follow).run([str(folder)])
        assert archive.catalogue.count() >= when[1]
    assert_stopped_well(tmp_path, folder)
