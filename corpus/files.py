"""The originals, kept by content hash: `files/ab/cdef…`. What is there once is never written again."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import ArchiveError

#: How the name of a file begins that is not whole yet.
_NEW = ".new-"


class FileStore:
    """The folder of originals; a name is a SHA-256, so a file can be checked against it at any time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Give where the original with this hash lies, or would lie."""
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, sha256: str, data: bytes) -> Path:
        """Store `data` under its hash; a kill leaves the whole file or none. `sync` makes it safe from a power cut."""
        target = self.path_of(sha256)
        if _is_whole(target, len(data)):
            return target
        new = target.with_name(f"{_NEW}{os.getpid()}-{target.name}")
        try:
            _write(new, data)
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        return target

    def sync(self) -> None:
        """Wait until the disk has all that was put: once for a batch; a wait for each file would be most of its time.

        Raises ArchiveError where the disk does not take it.
        """
        try:
            _sync(self.folder)
        except OSError as exc:
            raise ArchiveError(
                f"The archive cannot be written: {exc.strerror}.", path=str(self.folder), hint="Make room, then go on."
            ) from exc

    def remove(self, sha256: str) -> bool:
        """Remove an original; give whether it was there."""
        path = self.path_of(sha256)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def hashes(self, *, since: float = 0.0) -> Iterator[str]:
        """Yield the hash of every original, in order; those written `since` a moment, in seconds since 1970."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith(_NEW) and (not since or path.stat().st_mtime >= since):
                yield path.parent.name + path.name

    def unfinished(self) -> int:
        """Count what a killed writer left behind."""
        return len(list(self.folder.glob(f"*/{_NEW}*")))

    def remove_unfinished(self) -> int:
        """Remove what a killed writer left behind; give how many files that were."""
        left = list(self.folder.glob(f"*/{_NEW}*"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _is_whole(path: Path, size: int) -> bool:
    """Tell whether a file is there; one of another size is what a power cut left."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        file.write(data)


def _sync(folder: Path) -> None:
    """Write back one file system, where the system can; else all of them."""
    syncfs = _syncfs()
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(handle)


@cache
def _syncfs() -> Any:
    """Give Linux's `syncfs`, which Python does not offer; None elsewhere."""
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
