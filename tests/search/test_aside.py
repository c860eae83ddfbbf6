"""Work beside other work gives what it gives by itself, whether or not a processor is free for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from search import aside

FREE, BUSY = "0.20 0.18 0.12 0/80 11206\n", "9.20 8.18 7.12 9999/9999 11206\n"


@pytest.mark.parametrize(
    ("said", "free"), [(FREE, True), (BUSY, False), ("", False), ("x x x x/x", False), (None, False)]
)
def test_free_processor_is_told_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, free: bool
) -> None:
    """A processor is free where fewer threads want one than there are; where the system says nothing, none is."""
    monkeypatch.setattr(aside, "_LOAD", tmp_path / "loadavg")
    if said is not None:
        (tmp_path / "loadavg").write_text(said)
    assert aside.has_free_processor() is free


@pytest.mark.parametrize("said", [FREE, BUSY])
def test_work_gives_its_answer_or_its_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """What was begun gives its answer, and raises its error, where it is waited for, and not before."""
    (tmp_path / "loadavg").write_text(said)
    monkeypatch.setattr(aside, "_LOAD", tmp_path / "loadavg")
    assert aside.begin(lambda: 42)() == 42
    failing = aside.begin(lambda: [][0])
    with pytest.raises(IndexError):
        failing()


def test_thread_ends_with_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stays behind a search that could get in the way of a fork."""
    (tmp_path / "loadavg").write_text(FREE)
    monkeypatch.setattr(aside, "_LOAD", tmp_path / "loadavg")
    found: list[threading.Thread] = []
    aside.begin(lambda: found.append(threading.current_thread()))()
    found[0].join(timeout=10)
    assert not found[0].is_alive() or found[0] is threading.main_thread()
