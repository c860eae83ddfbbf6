"""A file read in this process, as a worker reads it."""

from __future__ import annotations

from pathlib import Path

from ingest.extract import extract, read_file
from ingest.parcels import Extraction
from ingest.readers import ReadOptions


def extract_file(path: Path) -> Extraction:
    """Read the file at `path` and give all that is known of it and of its members."""
    return extract(read_file(path), path.absolute().as_posix(), ReadOptions())
