"""Bytes of a document -> pages of lines. Third-party parsers live in this package only.

The media type comes from the content (`media.py`); each format has a module of its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from corpus.errors import ReadError
from corpus.records import Reading
from ingest.readers.media import CMS_ENVELOPED, CMS_SIGNED, TNEF, detect
from ingest.readers.options import OcrMode, ReadOptions

__all__ = ["OcrMode", "ReadOptions", "read"]


Reader = Callable[[bytes, ReadOptions], Reading]

_DEFAULTS = ReadOptions()
_OFFICE = ("doc", "rtf", "pptx", "xlsx", "ppt", "xls")
_READERS = {
    "pdf": ("ingest.readers.pdf", "read_pdf"),
    "docx": ("ingest.readers.docx", "read_docx"),
    "odt": ("ingest.readers.odt", "read_odt"),
    "text": ("ingest.readers.text", "read_text"),
    "html": ("ingest.readers.html", "read_html"),
    "calendar": ("ingest.readers.calendar", "read_calendar"),
    "mail": ("ingest.readers.mail", "read_mail"),
    "msg": ("ingest.readers.msg", "read_msg"),
    "zip": ("ingest.readers.archive", "read_zip"),
    "7z": ("ingest.readers.archive", "read_7z"),
    "image": ("ingest.readers.image", "read_image"),
}


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
    """Call the reader of the kind that the content shows; each is imported when it is first needed."""
    kind = detect(data, name)
    if kind == "unknown":
        raise _refuse(data)
    if kind in _OFFICE:
        from ingest.readers.office import read_office

        return read_office(data, kind, options)
    module, function = _READERS[kind]
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader(data, options)


def _refuse(data: bytes) -> ReadError:
    """Say why a file of no kind that can be read is not, as far as its first bytes tell."""
    head = data[:64]
    if head.startswith(TNEF):
        return ReadError("vedhæftninger pakket af Outlook (winmail.dat) kan ikke læses", code="not-supported")
    if CMS_ENVELOPED in head:
        return ReadError("indholdet er krypteret (S/MIME)", code="encrypted")
    if CMS_SIGNED in head:
        return ReadError("indholdet er pakket i en digital signatur (S/MIME) og kan ikke læses", code="not-supported")
    return ReadError("filtypen understøttes ikke", code="not-supported")
