"""The only reader of the environment."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from corpus.errors import UsageError

ARCHIVE_VARIABLE = "SAGSSPOR_ARCHIVE"
ENGINE_VARIABLE = "SAGSSPOR_ENGINE"
BODIES_VARIABLE = "SAGSSPOR_BODIES"
DEFAULT_ARCHIVE = "archive"
#: Settings of one archive, in its folder.
SETTINGS_FILE = "sagsspor.toml"


def archive_path(option: str | None) -> Path:
    """Give the archive's folder: the option, else SAGSSPOR_ARCHIVE, else `./archive`."""
    return Path(option or os.environ.get(ARCHIVE_VARIABLE) or DEFAULT_ARCHIVE)


def engine_name() -> str:
    """Give the engine that makes and reads the index: SAGSSPOR_ENGINE, else `tantivy`; `whoosh` is pure Python."""
    return os.environ.get(ENGINE_VARIABLE) or "tantivy"


def body_registers(folder: Path | None = None) -> tuple[Path, ...]:
    """Give the registers of bodies to read: those of SAGSSPOR_BODIES, then `bodies` of the archive's `sagsspor.toml`.

    Paths in the variable are apart by the system's sign for lists of paths, those in the file count from its folder.
    Raises `UsageError` where the file is no TOML or `bodies` no list of paths.
    """
    named = (Path(part) for part in os.environ.get(BODIES_VARIABLE, "").split(os.pathsep) if part)
    return (*(path.absolute() for path in named), *(_listed_registers(folder) if folder else ()))


def _listed_registers(folder: Path) -> tuple[Path, ...]:
    path = folder / SETTINGS_FILE
    try:
        bodies = tomllib.loads(path.read_text("utf-8")).get("bodies", [])
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise UsageError(f"The settings cannot be read: {exc}", path=str(path)) from exc
    if not isinstance(bodies, list) or not all(isinstance(name, str) for name in bodies):
        raise UsageError("`bodies` is no list of paths.", path=str(path), hint='Write bodies = ["register.toml"].')
    return tuple((folder / name).absolute() for name in bodies)


def cores() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def program_version() -> str:
    """Give the version of the installed program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("sagsspor")
    except PackageNotFoundError:
        return "unknown"
