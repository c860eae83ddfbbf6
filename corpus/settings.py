"""The only reader of the environment."""

from __future__ import annotations

import getpass
import os
import tomllib
from pathlib import Path

from corpus.errors import UsageError

ARCHIVE_VARIABLE = "SAGSSPOR_ARCHIVE"
ENGINE_VARIABLE = "SAGSSPOR_ENGINE"
BODIES_VARIABLE = "SAGSSPOR_BODIES"
LOG_VARIABLE = "SAGSSPOR_LOG"
DEFAULT_ARCHIVE = "archive"
#: Settings of one archive, in its folder.
SETTINGS_FILE = "sagsspor.toml"


def archive_path(option: str | None) -> Path:
    """Give the archive's folder: the option, else SAGSSPOR_ARCHIVE, else `./archive`.

    Raises `UsageError` for a name that is not UTF-8: the catalogue below it could not be opened.
    """
    named = option or os.environ.get(ARCHIVE_VARIABLE) or DEFAULT_ARCHIVE
    shown = os.fsencode(named).decode("utf-8", "replace")
    if shown != named:
        raise UsageError(f"The archive's name is not UTF-8: {shown}.", path=shown, hint="Name a folder in UTF-8.")
    return Path(named)


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
    bodies = _settings_of(folder).get("bodies", [])
    if not isinstance(bodies, list) or not all(isinstance(name, str) for name in bodies):
        hint = 'Write bodies = ["register.toml"].'
        raise UsageError("`bodies` is no list of paths.", path=str(folder / SETTINGS_FILE), hint=hint)
    return tuple((folder / name).absolute() for name in bodies)


def council(folder: Path) -> str | None:
    """Give the council whose papers an archive holds: `council` of its `sagsspor.toml`; None where it does not say."""
    found = _settings_of(folder).get("council")
    if found is not None and not (isinstance(found, str) and found.strip()):
        hint = 'Write council = "Egelund Kommune", as a register of bodies names its `place`.'
        raise UsageError("`council` is no name.", path=str(folder / SETTINGS_FILE), hint=hint)
    return found.strip() if found else None


def leaves_in_place(folder: Path) -> bool:
    """Say whether imports leave originals where they are: `in_place` of the archive's `sagsspor.toml`, else no."""
    found = _settings_of(folder).get("in_place", False)
    if not isinstance(found, bool):
        hint = "Write in_place = true."
        raise UsageError("`in_place` is neither true nor false.", path=str(folder / SETTINGS_FILE), hint=hint)
    return found


def _settings_of(folder: Path) -> dict[str, object]:
    path = folder / SETTINGS_FILE
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise UsageError(f"The settings cannot be read: {exc}", path=str(path)) from exc


def log_level() -> str | None:
    """Give how much is logged where no option says it: SAGSSPOR_LOG (debug, info, warning, error), else nothing."""
    return os.environ.get(LOG_VARIABLE) or None


def user_name() -> str:
    """Give who runs the program; `uid 1000` where the environment does not say and the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


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
