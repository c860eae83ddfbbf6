"""Bytes of a document -> pages of lines. Third-party parsers live in this package only.

The media type comes from the content (`media.py`); each format has a module of its own.
"""

from __future__ import annotations

from corpus.errors import ReadError
from corpus.records import Reading
from ingest.readers.media import detect
from ingest.readers.options import OcrMode, ReadOptions

__all__ = ["OcrMode", "ReadOptions", "read"]


_DEFAULTS = ReadOptions()


def read(data: bytes, name: str, *, options: ReadOptions = _DEFAULTS) -> Reading:
    """Read a document's bytes; `name` only decides between formats whose content looks alike.

    Raises ReadError with one of its codes and a short reason for people.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("filen er tom", path=name, code="empty")
    if len(data) > options.max_bytes:
        raise ReadError(f"filen er større end {options.max_bytes // 1024**2} MB", path=name, code="too-large")
    try:
        return _read(data, name, options)
    except ReadError as exc:
        if exc.path is None:
            exc.path = name
        raise


def _read(data: bytes, name: str, options: ReadOptions) -> Reading:
    kind = detect(data, name)
    if kind == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf(data, options)
    if kind == "docx":
        from ingest.readers.docx import read_docx

        return read_docx(data, options)
    if kind == "text":
        from ingest.readers.text import read_text

        return read_text(data, options)
    raise ReadError("filtypen understøttes ikke", code="not-supported")
