"""The files that an import will read: paths given by a person -> regular files, each once, in a stable order."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from corpus.archive import CATALOGUE
from corpus.errors import UsageError
from corpus.lock import LOCK
from ingest.parcels import Found

#: Files that systems leave in folders and that hold nothing to read, and how the names of those begin and end that
#: office programs leave: a paper's owner and lock while it is open, and what they write before they save.
_LEFT_OVER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory"})
_LEFT_OVER_FORM = re.compile(r"(?:~\$|\._|\.~lock\..{0,300}#$)|.{0,300}\.tmp$", re.IGNORECASE | re.DOTALL)
#: What an archive's folder holds of its own, and what is said of it.
_OWN = re.compile(rf"files|index(?:\..*)?|{re.escape(LOCK)}|{re.escape(CATALOGUE)}.*")
_READ = "et Sagsspor-arkiv; det, der er i det, er allerede læst"


def discover(paths: Iterable[str]) -> Iterator[Found]:
    """Yield every file below `paths`; folders by name, links followed to files but never to folders.

    A folder that is an archive, as the one that is being written to, is passed over and named.
    Raises UsageError for a path that does not exist: that is a slip of the keyboard, not a bad document.
    """
    roots = check_paths(paths)
    if len(roots) == 1:
        yield from _walk(roots[0])
        return
    seen: set[str] = set()
    for root in roots:
        for found in _walk(root):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def check_paths(paths: Iterable[str]) -> list[str]:
    """Give the paths absolute; raise UsageError for one that does not exist."""
    roots = [os.path.abspath(path) for path in paths]
    for root in roots:
        if not os.path.lexists(root):
            raise UsageError(f"{root} does not exist.", path=root, hint="Check the spelling of the path.")
    return roots


def absolute(path: str) -> str:
    """Give the path as the ledger writes it: absolute, with `/`, every byte printable."""
    return os.path.abspath(path).replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_left_over(name: str) -> bool:
    """Tell whether a system or an office program left a file of this name; it holds nothing to read."""
    return name.casefold() in _LEFT_OVER or _LEFT_OVER_FORM.match(name) is not None


def _is_of_archive(path: str) -> bool:
    """Tell whether a path is one of an archive's own files, or below one: its originals are read already."""
    here = Path(path).resolve()
    return any(
        (folder / CATALOGUE).is_file() and _OWN.fullmatch(below.name)
        for below, folder in pairwise((here, *here.parents))
    )


def _walk(path: str) -> Iterator[Found]:
    if _is_of_archive(path):
        yield Found(absolute(path), None, None, "skipped", "archive", _READ)
        return
    if not Path(path).is_dir():
        yield _look_at(path)
        return
    pending = [path]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as exc:
            yield Found(absolute(folder), None, None, "failed", *_why(exc))
            continue
        if any(entry.name == CATALOGUE for entry in entries):
            yield Found(absolute(folder), None, None, "skipped", "archive", _READ)
            continue
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield _look_at(entry.path)
        pending += [entry.path for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]


def _look_at(path: str) -> Found:
    shown = absolute(path)
    if is_left_over(Path(path).name):
        return Found(shown, None, None, "skipped", "furniture", "efterladt af styresystem eller kontorprogram")
    try:
        seen = Path(path).stat()
    except OSError as exc:
        return Found(shown, None, None, "failed", *_why(exc))
    if stat.S_ISDIR(seen.st_mode):
        return Found(shown, None, None, "skipped", "linked-folder", "et link til en mappe; importér mappen selv")
    if not stat.S_ISREG(seen.st_mode):
        return Found(shown, None, None, "skipped", "not-a-file", "ikke en almindelig fil")
    if shown != path:
        return Found(shown, seen.st_size, None, "failed", "bad-name", "filnavnet er ikke gyldig UTF-8; omdøb filen")
    return Found(shown, seen.st_size, seen.st_mtime_ns)


def _why(exc: OSError) -> tuple[str, str]:
    if isinstance(exc, PermissionError):
        return "no-permission", "ingen adgang: filen eller mappen må ikke læses"
    if isinstance(exc, FileNotFoundError):
        return "vanished", "filen findes ikke længere"
    return "not-readable", f"kan ikke læses: {exc.strerror or exc}"
