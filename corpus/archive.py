"""An archive on disk: a folder with the catalogue, the originals and the index, and the lock of its one writer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.bodies import add_registers
from corpus.catalogue import Catalogue
from corpus.database import may_write
from corpus.errors import ArchiveError, BusyError
from corpus.files import FileStore
from corpus.ledger import Original
from corpus.lock import LOCK, hold
from corpus.settings import SETTINGS_FILE, body_registers, council

CATALOGUE = "sagsspor.db"
NEW_CATALOGUE = CATALOGUE + ".new"
#: Seconds that another process may take to make the archive that this one wants to make, too.
MAKING = 20.0


class Archive:
    """Everything that one archive holds, opened. Use it as a context manager."""

    def __init__(self, folder: Path, catalogue: Catalogue):
        self.folder = folder
        self.catalogue = catalogue
        self.files = FileStore(folder / "files")
        self.index_folder = folder / "index"

    @classmethod
    def open(cls, folder: Path) -> Archive:
        """Open the archive in `folder`; raise ArchiveError where there is none, or one of another version."""
        path = catalogue_of(folder)
        add_registers(body_registers(folder), council(folder))
        return cls(folder, Catalogue.open(f"sqlite:///{path}"))

    @classmethod
    def create(cls, folder: Path) -> Archive:
        """Open the archive in `folder`, and make it where there is none yet."""
        _refuse_file(folder)
        if folder.exists() and not (folder / CATALOGUE).exists() and _holds_files(folder):
            raise ArchiveError(
                f"{folder} holds other files and is no archive.", path=str(folder), hint="Choose an empty folder."
            )
        add_registers(body_registers(folder), council(folder))
        try:
            (folder / "files").mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise ArchiveError(f"{folder} cannot be made: {exc.strerror}.", path=str(folder)) from exc
        if not (folder / CATALOGUE).exists():
            with hold(folder, "make", wait=MAKING):
                _make_catalogue(folder)
        return cls(folder, Catalogue.open(f"sqlite:///{folder / CATALOGUE}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.catalogue.close()

    @property
    def is_writable(self) -> bool:
        """Whether this process may write to the archive; another one's can be searched all the same."""
        return may_write(self.folder, self.folder / CATALOGUE, self.folder / LOCK)

    def find_original(self, original: Original) -> Path | None:
        """Give where the bytes of a document lie: the archive's own copy, else a file that kept its size and time."""
        kept = self.files.path_of(original.sha256)
        if kept.exists():
            return kept
        for path, size, modified in original.seen if original.in_place else ():
            with contextlib.suppress(OSError):
                seen = Path(path).stat()
                if (seen.st_size, seen.st_mtime_ns) == (size, modified):
                    return Path(path)
        return None

    def lock(
        self, work: str = "write", *, wait: float = 0.0, on_wait: Callable[[BusyError], None] = lambda _: None
    ) -> AbstractContextManager[None]:
        """Hold the archive as its one writer; raise BusyError, which says who does, where another one holds it."""
        return hold(self.folder, work, wait=wait, on_wait=on_wait)


def catalogue_of(folder: Path) -> Path:
    """Give the catalogue's file, whatever its version; raise ArchiveError where there is no archive."""
    _refuse_file(folder)
    if not (folder / CATALOGUE).is_file():
        raise ArchiveError(
            f"There is no archive in {folder}.",
            path=str(folder),
            hint="Make one with `sagsspor import PATH`, or name another with --archive or SAGSSPOR_ARCHIVE.",
        )
    return folder / CATALOGUE


def _make_catalogue(folder: Path) -> None:
    """Make an empty catalogue, whole or not at all; the caller holds the lock."""
    new = folder / NEW_CATALOGUE
    for left in folder.glob(NEW_CATALOGUE + "*"):
        left.unlink()
    if not (folder / CATALOGUE).exists():
        Catalogue.open(f"sqlite:///{new}", create=True).close()
        new.replace(folder / CATALOGUE)


def _holds_files(folder: Path) -> bool:
    """Tell whether there is more in a folder than settings put there beforehand, or an archive half made."""
    ours = (SETTINGS_FILE, LOCK)
    for child in folder.iterdir():
        if child.name == "files" and child.is_dir() and not any(child.iterdir()):
            continue
        if child.name not in ours and not child.name.startswith(NEW_CATALOGUE):
            return True
    return False


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(f"{folder} is a file, not an archive.", path=str(folder), hint="Name a folder.")
