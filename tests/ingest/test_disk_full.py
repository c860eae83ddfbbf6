"""A disk that is really full: small file systems under the catalogue, the originals and the index."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.test_run import ROOT, import_command, letters, run_import, state

#: What stays free beside what one letter needs, in bytes: less than three hundred letters take.
ROOM = {"catalogue": 300_000, "files": 400_000, "index": 60_000}


def mount(folder: Path, size: int, *more: str) -> bool:
    """Mount a file system of so many bytes in memory, or with `remount` give it that size."""
    options = ",".join((*more, f"size={size}"))
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    return done.returncode == 0


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Give a folder on a disk of so many bytes; skip where the machine allows none."""
    folder.mkdir()
    if not sys.platform.startswith("linux") or shutil.which("mount") is None or not mount(folder, size):
        pytest.skip("no small file system can be mounted here (it takes root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def used(path: Path) -> int:
    """Give what files take on a disk of pages of 4,096 bytes."""
    return sum(-(-each.lstat().st_size // 4096) * 4096 for each in (path, *path.rglob("*")))


def move(path: Path, to: Path) -> None:
    """Move a file or folder to another disk and leave a link in its place."""
    shutil.move(path, to / path.name)
    path.symlink_to(to / path.name)


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted(ROOM))
def test_import_goes_on_after_a_full_disk(tmp_path: Path, part: str) -> None:
    """Where a part of the archive has no room left the import says so and stops; with room it becomes whole."""
    folder, archive = letters(tmp_path / "in", 300), tmp_path / "archive"
    run_import(tmp_path / "whole", folder)
    run_import(archive, folder / "brev-0.txt")
    kept = archive if part == "catalogue" else archive / part
    beside = tmp_path / "beside"
    beside.mkdir()
    if part == "catalogue":
        move(archive / "files", beside)
        move(archive / "index", beside)
    with small_disk(tmp_path / "disk", used(kept) + ROOM[part]) as disk:
        move(kept, disk)
        done = subprocess.run(import_command(archive, folder), cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        assert any(word in done.stderr.lower() for word in ("room", "full", "space")), done.stderr
        assert mount(disk, 100_000_000, "remount")
        report = run_import(archive, folder)
        assert report.counts["failed"] == 0
        assert state(archive) == state(tmp_path / "whole")
