"""The only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path

ARCHIVE_VARIABLE = "SAGSSPOR_ARCHIVE"
ENGINE_VARIABLE = "SAGSSPOR_ENGINE"
DEFAULT_ARCHIVE = "archive"


def archive_path(option: str | None) -> Path:
    """Give the archive's folder: the option, else SAGSSPOR_ARCHIVE, else `./archive`."""
    return Path(option or os.environ.get(ARCHIVE_VARIABLE) or DEFAULT_ARCHIVE)


def engine_name() -> str:
    """Give the engine that makes and reads the index: SAGSSPOR_ENGINE, else `tantivy`; `whoosh` is pure Python."""
    return os.environ.get(ENGINE_VARIABLE) or "tantivy"


def cores() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
