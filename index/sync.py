"""The index follows the catalogue: what changed since its last commit is put, and the commit remembers how far.

A crash between the two leaves the index behind, never ahead; whoever opens the archive next brings it up to date.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.archive import Archive
from corpus.collector import collecting_rarely
from corpus.errors import ArchiveError, BusyError, SagssporError
from corpus.links import Links
from corpus.settings import engine_name
from index.engines import create_engine, has_index
from index.engines import open_engine as open_folder
from index.entries import entries_of
from index.port import Engine

_log = logging.getLogger("sagsspor.index")
#: Changes that are read from the catalogue at once, and seconds between two commits of one run.
BATCH = 200
COMMIT_SECONDS = 5.0


class Follower:
    """The index, open for writing, while the caller holds the archive's lock."""

    def __init__(
        self,
        archive: Archive,
        folder: Path | None = None,
    ):
        self.archive = archive
        self.engine = _open_or_create(folder or archive.index_folder)
        self.done = min(_payload(self.engine), archive.catalogue.last_change())
        self.written = self.done
        self.committed_at = time.monotonic()

    def __enter__(self) -> Self:
        self.follow(finish=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was committed before an error is in the index, too; the error stays the one that is told.
        is_told = kind is not None and not issubclass(kind, KeyboardInterrupt)
        with contextlib.suppress(*((SagssporError, OSError, ValueError) if is_told else ())):
            self.follow(finish=True)
        self.engine.close()

    def follow(self, *, finish: bool = False, tell: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Put what changed; commit when it is time to, or to `finish`. `tell` hears how many changes are in."""
        catalogue = self.archive.catalogue
        last = catalogue.last_change() if finish else 0
        while changes := catalogue.changes_after(self.written, BATCH):
            self._put(list(dict.fromkeys(id_ for _, id_ in changes)))
            self.written = changes[-1][0]
            tell(self.written, max(last, self.written))
        waited = time.monotonic() - self.committed_at
        if self.written > self.done and (finish or waited >= COMMIT_SECONDS):
            self.engine.commit(str(self.written))
            self.done, self.committed_at = self.written, time.monotonic()
            _log.debug("index committed", extra={"fields": {"change": self.done}})

    def fill(self, tell: Callable[[int, int], None]) -> None:
        """Put every document into an empty index, however often it changed; `tell` hears how many are in."""
        catalogue = self.archive.catalogue
        last, total, done = catalogue.last_change(), catalogue.count(), 0
        ids = Links(catalogue).ids()
        while batch := list(islice(ids, BATCH)):
            self._put(batch, fresh=True)
            done += len(batch)
            tell(done, max(done, total))
        self.written = last

    def _put(self, ids: list[str], *, fresh: bool = False) -> None:
        with collecting_rarely():
            papers = self.archive.catalogue.texts_and_facts(ids)
            for record, group in papers:
                self.engine.write(entries_of(record, group), fresh=fresh)
        self.engine.delete(set(ids) - {record.id for record, _ in papers})


def open_index(archive: Archive) -> Engine:
    """Open the index for reading; bring it up to date first where it is behind and nobody else is at it.

    Who may not write to the archive has it as it is; raise ArchiveError where there is none.
    """
    if not archive.is_writable:
        if not has_index(archive.index_folder):
            hint = "Who owns its folder makes one by `sagsspor reindex`."
            raise ArchiveError("There is no index.", path=str(archive.index_folder), hint=hint)
        return open_engine(archive)
    if has_index(archive.index_folder):
        engine = open_engine(archive)
        if _payload(engine) >= archive.catalogue.last_change():
            return engine
        engine.close()
    try:
        with archive.lock(), Follower(archive):
            pass
    except BusyError:
        # Another process is importing: it will bring the index up to date; what is there answers meanwhile.
        if not has_index(archive.index_folder):
            raise
    return open_engine(archive)


def open_engine(archive: Archive) -> Engine:
    """Open the index as it is."""
    return open_folder(archive.index_folder, engine_name())


def rebuild(archive: Archive, tell: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Make the index anew beside the old one and swap them at the end; the caller holds the archive's lock.

    Who searches meanwhile sees the old one; a kill or Ctrl-C leaves it in its place. No original is read. `tell` hears
    how many documents of how many are in.
    """
    new, old = archive.folder / "index.new", archive.folder / "index.old"
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        follower = Follower(archive, new)
        follower.fill(tell)
        with follower:
            pass
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if archive.index_folder.exists():
        archive.index_folder.rename(old)
    new.rename(archive.index_folder)
    shutil.rmtree(old, ignore_errors=True)
    _log.info("index made anew", extra={"fields": {"change": archive.catalogue.last_change()}})


def _open_or_create(folder: Path) -> Engine:
    if has_index(folder):
        return open_folder(folder, engine_name())
    shutil.rmtree(folder, ignore_errors=True)
    return create_engine(folder, engine_name())


def _payload(engine: Engine) -> int:
    return int(engine.payload() or 0)
