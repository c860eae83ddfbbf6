"""The originals, kept by content hash: `files/ab/cdef…`. What is there once is never written again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


class FileStore:
    """The folder of originals; a name is a SHA-256, so a file can be checked against it at any time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Give where the original with this hash lies, or would lie."""
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, sha256: str, data: bytes) -> Path:
        """Store `data` under its hash; a kill leaves the whole file or none."""
        target = self.path_of(sha256)
        if target.exists():
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return target

    def remove(self, sha256: str) -> bool:
        """Remove an original; give whether it was there."""
        path = self.path_of(sha256)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def hashes(self) -> Iterator[str]:
        """Yield the hash of every original, in order."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith(".new-"):
                yield path.parent.name + path.name

    def unfinished(self) -> int:
        """Count what a killed writer left behind."""
        return len(list(self.folder.glob("*/.new-*")))

    def remove_unfinished(self) -> int:
        """Remove what a killed writer left behind; give how many files that were."""
        left = list(self.folder.glob("*/.new-*"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)
