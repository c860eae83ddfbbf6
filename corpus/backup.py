"""A backup is one tar file: the catalogue as it was at one moment, and every original that it names.

It can be made while an import runs: SQLite copies one snapshot, and an original is always there before its line in the
catalogue is. The index is left out: it is made anew from the catalogue.
"""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from pathlib import Path

from corpus.archive import CATALOGUE, Archive
from corpus.catalogue import Catalogue
from corpus.errors import ArchiveError, UsageError


def write_backup(archive: Archive, target: Path) -> int:
    """Write a backup to `target`, whole or not at all; give how many originals are in it."""
    if target.exists():
        raise UsageError(f"{target} is there already.", path=str(target), hint="Name a new file.")
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as name:
            snapshot = Path(name) / CATALOGUE
            _copy_database(archive.folder / CATALOGUE, snapshot)
            with tarfile.open(part, "w") as tar:
                tar.add(snapshot, CATALOGUE)
                count = _add_originals(archive, snapshot, tar)
        part.replace(target)
    except OSError as exc:
        raise ArchiveError(f"The backup cannot be written: {exc.strerror or exc}.", path=str(target)) from exc
    finally:
        part.unlink(missing_ok=True)
    return count


def restore_backup(source: Path, folder: Path) -> int:
    """Make the archive of a backup in an empty folder; give how many documents it has."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", path=str(folder), hint="Restore into a new folder.")
    try:
        with tarfile.open(source) as tar:
            folder.mkdir(parents=True, exist_ok=True)
            tar.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as exc:
        raise ArchiveError(f"{source} is no backup that can be read: {exc}", path=str(source)) from exc
    with Archive.open(folder) as archive:
        return archive.catalogue.count()


def _copy_database(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    other.close()
    one.close()


def _add_originals(archive: Archive, snapshot: Path, tar: tarfile.TarFile) -> int:
    catalogue = Catalogue.open(f"sqlite:///{snapshot}")
    count = 0
    for sha256 in catalogue.originals():
        path = archive.files.path_of(sha256)
        if path.exists():
            tar.add(path, f"files/{sha256[:2]}/{sha256[2:]}")
            count += 1
    catalogue.close()
    return count
