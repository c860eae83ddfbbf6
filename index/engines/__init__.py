"""The engines behind the port; each is imported only where it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from index.port import VERSION_FILE, Engine

if TYPE_CHECKING:
    from index.engines.tantivy_engine import TantivyEngine
    from index.engines.whoosh_engine import WhooshEngine

NAMES = ("tantivy", "whoosh")


def open_engine(folder: Path, name: str = "tantivy") -> Engine:
    """Open the index in `folder`; raise ArchiveError where it was made by another engine or version."""
    return _engine(name).open(folder)


def create_engine(folder: Path, name: str = "tantivy") -> Engine:
    """Make an empty index in `folder`."""
    return _engine(name).create(folder)


def has_index(folder: Path) -> bool:
    """Tell whether an index was made in `folder`."""
    return (folder / VERSION_FILE).exists()


def _engine(name: str) -> type[TantivyEngine] | type[WhooshEngine]:
    if name == "tantivy":
        from index.engines import tantivy_engine

        return tantivy_engine.TantivyEngine
    if name == "whoosh":
        from index.engines import whoosh_engine

        return whoosh_engine.WhooshEngine
    raise UsageError(f"There is no engine “{name}”.", hint=f"Choose one of {', '.join(NAMES)}.")
