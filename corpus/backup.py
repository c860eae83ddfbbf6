"""A backup is one tar file: the catalogue as it was at one moment, and every original that it names.

It can be made while an import runs: SQLite copies one snapshot, and an original is always there before its line in the
catalogue is. The index is left out: it is made anew from the catalogue.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from corpus import tables
from corpus.archive import CATALOGUE, Archive
from corpus.catalogue import Catalogue
from corpus.database import copy_database
from corpus.errors import ArchiveError, UsageError
from corpus.ledger import Original
from corpus.lock import LOCK
from corpus.settings import SETTINGS_FILE

#: Where a backup is unpacked, within the archive's folder.
UNPACKED = ".restored"
_log = logging.getLogger("sagsspor.backup")
#: Told after each original: how many of how many are done.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What went into a backup, and what did not: originals left in place, and such as are changed or gone."""

    documents: int
    originals: int
    in_place: int
    lost: int


def write_backup(
    archive: Archive, target: Path, *, include_in_place: bool = False, tell: Tell = lambda _done, _total: None
) -> Backup:
    """Write a backup to `target`, whole or not at all.

    With `include_in_place` it holds copies of the originals that were left where they are, too, and the archive that is
    made of it needs them there no more.
    """
    if target.exists():
        raise UsageError(f"{target} is there already.", path=str(target), hint="Name a new file.")
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as name:
            snapshot = Path(name) / CATALOGUE
            copy_database(archive.folder / CATALOGUE, snapshot)
            with part.open("wb") as file:
                with tarfile.open(fileobj=file, mode="w") as tar:
                    done = _Writer(archive, snapshot, tar, include_in_place).write(tell)
                file.flush()
                os.fsync(file.fileno())
        part.replace(target)
    except OSError as exc:
        raise ArchiveError(f"The backup cannot be written: {exc.strerror or exc}.", path=str(target)) from exc
    finally:
        part.unlink(missing_ok=True)
    _log.info("backup written", extra={"fields": {"file": str(target), **asdict(done)}})
    return done


class _Writer:
    """Puts originals, settings and at the end the catalogue into a tar file."""

    def __init__(self, archive: Archive, snapshot: Path, tar: tarfile.TarFile, include_in_place: bool):
        self.archive = archive
        self.snapshot = snapshot
        self.tar = tar
        self.include_in_place = include_in_place
        self.written, self.left, self.lost = 0, 0, 0
        self.copied: list[str] = []

    def write(self, tell: Tell) -> Backup:
        catalogue = Catalogue.open(f"sqlite:///{self.snapshot}")
        total = catalogue.count()
        for done, original in enumerate(catalogue.ledger.originals(), 1):
            self._add(original)
            tell(done, total)
        with catalogue.engine.begin() as to:
            for id_ in self.copied:
                to.execute(sa.update(tables.documents).where(tables.documents.c.id == id_).values(in_place=0))
        catalogue.close()
        self.tar.add(self.snapshot, CATALOGUE)
        if (self.archive.folder / SETTINGS_FILE).is_file():
            self.tar.add(self.archive.folder / SETTINGS_FILE, SETTINGS_FILE)
        return Backup(total, self.written, self.left, self.lost)

    def _add(self, original: Original) -> None:
        name = f"files/{original.sha256[:2]}/{original.sha256[2:]}"
        path = self.archive.files.path_of(original.sha256)
        if path.exists():
            self.tar.add(path, name)
            self.written += 1
        elif not original.in_place:
            self.lost += 1
        elif not self.include_in_place:
            self.left += 1
        elif (path_there := _unchanged(original)) is None:
            self.lost += 1
        else:
            self.tar.add(path_there, name)
            self.copied.append(original.id)
            self.written += 1


def _unchanged(original: Original) -> Path | None:
    """Give a file that still has the content that was imported."""
    for path, _, _ in original.seen:
        try:
            with Path(path).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == original.sha256:
                    return Path(path)
        except OSError:
            continue
    return None


def restore_backup(source: Path, folder: Path, *, tell: Tell = lambda _done, _total: None) -> int:
    """Make the archive of a backup in a new folder, whole or not at all; give how many documents it has.

    A backup of an older version is brought up to this one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", path=str(folder), hint="Restore into a new folder.")
    was_there, part = folder.exists(), folder / UNPACKED
    try:
        part.mkdir(parents=True)
        _unpack(source, part, tell)
        if not (part / CATALOGUE).is_file():
            raise ArchiveError(f"{source} is no whole backup: it has no catalogue.", path=str(source))
        count = _upgraded(part)
        # The catalogue comes last: without it, the folder is no archive.
        for child in sorted(part.iterdir(), key=lambda child: child.name == CATALOGUE):
            child.replace(folder / child.name)
    except OSError as exc:
        raise ArchiveError(f"The archive cannot be written: {exc.strerror or exc}.", path=str(folder)) from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if not was_there and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
    _log.info("backup restored", extra={"fields": {"archive": str(folder), "documents": count}})
    return count


def _unpack(source: Path, folder: Path, tell: Tell) -> None:
    try:
        size = source.stat().st_size
        with tarfile.open(source) as tar:
            for member in tar:
                tar.extract(member, folder, filter="data")
                tell(member.offset_data + member.size, size)
    except (tarfile.TarError, EOFError) as exc:
        raise ArchiveError(f"{source} is no backup that can be read: {exc}", path=str(source)) from exc


def _upgraded(folder: Path) -> int:
    from corpus.upgrade import upgrade_archive

    done = upgrade_archive(folder)
    if done.copy:
        done.copy.unlink()
    (folder / LOCK).unlink(missing_ok=True)
    with Archive.open(folder) as archive:
        return archive.catalogue.count()
