"""The scan goes ahead of who reads, tells what stops it, and can be left."""

import threading
from pathlib import Path

import pytest

from corpus.errors import UsageError
from ingest import scan
from ingest.scan import Scan


def files(folder: Path, count: int) -> Path:
    for number in range(count):
        (folder / f"{number:04}.txt").touch()
    return folder


def test_scan_meets_every_file_in_order(tmp_path: Path) -> None:
    """All files come, in order, and the scan knows when there are no more."""
    looked = Scan([str(files(tmp_path, 450))])
    found = [each.path for part in looked.parts() for each in part]
    assert found == [str(tmp_path / f"{number:04}.txt") for number in range(450)]
    assert (looked.found, looked.is_over) == (450, True)


def test_scan_is_ahead_of_its_reader(tmp_path: Path) -> None:
    """Before the second part is asked for, the number of all files is known."""
    looked = Scan([str(files(tmp_path, 900))])
    parts = looked.parts()
    next(parts)
    looked._thread.join(timeout=30)
    assert (looked.found, looked.is_over) == (900, True)
    assert sum(map(len, parts)) == 900 - scan.PART


def test_scan_of_what_is_not_there_begins_nothing(tmp_path: Path) -> None:
    """A path that is not there stops the import before it begins."""
    with pytest.raises(UsageError, match="does not exist"):
        Scan([str(tmp_path / "nix")])


def test_scan_that_is_left_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that nobody follows any more ends, even where it waits for room, and does not claim to be over."""
    monkeypatch.setattr(scan, "AHEAD", 1)
    looked = Scan([str(files(tmp_path, 1500))])
    next(looked.parts())
    looked.close()
    assert not [each for each in threading.enumerate() if each.name == "scan"]
    assert not looked.is_over
