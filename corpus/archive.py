"""An archive on disk: a folder with the catalogue, the originals and the index, and the lock of its one writer."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.bodies import add_registers
from corpus.catalogue import Catalogue
from corpus.errors import ArchiveError, BusyError
from corpus.files import FileStore
from corpus.settings import SETTINGS_FILE, body_registers

CATALOGUE = "sagsspor.db"


class Archive:
    """Everything that one archive holds, opened. Use it as a context manager."""

    def __init__(self, folder: Path, catalogue: Catalogue):
        self.folder = folder
        self.catalogue = catalogue
        self.files = FileStore(folder / "files")
        self.index_folder = folder / "index"

    @classmethod
    def open(cls, folder: Path) -> Archive:
        """Open the archive in `folder`; raise ArchiveError where there is none."""
        _refuse_file(folder)
        if not (folder / CATALOGUE).is_file():
            raise ArchiveError(
                f"There is no archive in {folder}.",
                path=str(folder),
                hint="Make one with `sagsspor import PATH`, or name another with --archive or SAGSSPOR_ARCHIVE.",
            )
        add_registers(body_registers(folder))
        return cls(folder, Catalogue.open(f"sqlite:///{folder / CATALOGUE}"))

    @classmethod
    def create(cls, folder: Path) -> Archive:
        """Open the archive in `folder`, and make it where there is none yet."""
        _refuse_file(folder)
        if folder.exists() and not (folder / CATALOGUE).exists() and _holds_files(folder):
            raise ArchiveError(
                f"{folder} holds other files and is no archive.", path=str(folder), hint="Choose an empty folder."
            )
        add_registers(body_registers(folder))
        try:
            (folder / "files").mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise ArchiveError(f"{folder} cannot be made: {exc.strerror}.", path=str(folder)) from exc
        return cls(folder, Catalogue.open(f"sqlite:///{folder / CATALOGUE}", create=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.catalogue.close()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the archive as its one writer; raise BusyError, with the holder's number, where another one does.

        The kernel lets go of the lock when its holder dies, however it dies.
        """
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                holder = os.read(handle, 20).decode("ascii", "replace").strip() or "?"
                raise BusyError(
                    f"Process {holder} is writing to the archive {self.folder}.",
                    path=str(self.folder),
                    hint="Wait until it is done; searching goes on meanwhile.",
                ) from exc
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(handle)


def _holds_files(folder: Path) -> bool:
    """Tell whether there is more in a folder than settings that were put there beforehand."""
    return any(child.name != SETTINGS_FILE for child in folder.iterdir())


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(f"{folder} is a file, not an archive.", path=str(folder), hint="Name a folder.")
