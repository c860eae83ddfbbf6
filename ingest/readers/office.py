"""The office formats that kreuzberg reads: DOC, RTF, PPTX and XLSX. Its own recognition of pictures is switched off."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator

import kreuzberg

from corpus.errors import ReadError
from corpus.records import Line, Page, Reading
from corpus.text import normalise
from ingest.readers.blocks import page_of
from ingest.readers.options import ReadOptions
from ingest.readers.package import open_package
from ingest.readers.rtf import without_deleted

MEDIA_TYPES = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "xls": "application/vnd.ms-excel",
}
#: A note as the library writes it, and the sign in the text that points to it.
_NOTE = re.compile(r"\[\^(\d{1,4})\]:\s{0,9}")
_NOTE_SIGN = re.compile(r"\[\^\d{1,4}\]")
_RULE = re.compile(r"\|?[\s:|-]*-{3}[\s:|-]*\|?$")
_MARK = re.compile(r"(?:#{1,6}\s+|<!--.{0,200}-->\s*$)")
#: RTF's groups deeper than this are an attack on its reader.
MAX_GROUPS = 500
_LOCKED = re.compile(r"encrypt|password|protected", re.IGNORECASE)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what the library prints off the terminal while it runs."""
    kept = os.dup(2)
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(sink)


def read_office(data: bytes, kind: str, options: ReadOptions) -> Reading:
    """Read a DOC, RTF, PPTX or XLSX through kreuzberg."""
    media_type = MEDIA_TYPES[kind]
    _check(data, kind, options)
    if kind == "rtf":
        data = without_deleted(data)
    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)  # type: ignore[call-arg]
    try:
        with quiet():
            result = kreuzberg.extract_bytes_sync(data, media_type, config)
    except (kreuzberg.KreuzbergError, ValueError, OSError, RuntimeError) as exc:
        if _LOCKED.search(str(exc)):
            raise ReadError("filen er krypteret med adgangskode", code="encrypted") from exc
        raise ReadError("filen er beskadiget eller af en form, der ikke kan læses", code="damaged") from exc
    pages, marks = page_of(_lines(str(result.content)), options)
    if kind == "rtf" and not any(line.text for page in pages for line in page.lines):
        pages = (Page(1, ()),)
    return Reading(media_type, pages, marks)


def _check(data: bytes, kind: str, options: ReadOptions) -> None:
    """Keep bombs from a library whose limits are not ours."""
    if kind == "rtf" and _deepest(data) > MAX_GROUPS:
        raise ReadError("filen er indlejret for dybt", code="nested-too-deep")
    if data.startswith(b"PK"):
        package = open_package(data, options)
        total = 0
        for info in package.archive.infolist():
            total += info.file_size
            if total > options.max_unpacked_bytes or info.file_size > max(
                2**24, info.compress_size * options.max_ratio
            ):
                raise ReadError("filen fylder for meget udpakket (arkivbombe)", code="archive-bomb")
    elif "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise ReadError("filen er krypteret med adgangskode", code="encrypted")


def _deepest(data: bytes) -> int:
    depth = deepest = 0
    for match in re.finditer(rb"[{}]", data):
        depth += 1 if match[0] == b"{" else -1
        deepest = max(deepest, depth)
    return deepest


def _lines(content: str) -> list[Line]:
    """Make lines of the library's text; its Markdown tables become rows with tabs."""
    lines: list[Line] = []
    for raw in normalise(content).replace("\r\n", "\n").split("\n"):
        text = raw.strip()
        if _RULE.match(text):
            continue
        if note := _NOTE.match(text):
            lines.append(Line(f"{note[1]} {text[note.end() :]}", style="footnote"))
            continue
        if "[^" in text:
            text = _NOTE_SIGN.sub("", text)
        if text.startswith("|") and text.endswith("|") and len(text) > 2:
            cells = [cell.strip() for cell in text[1:-1].split("|")]
            lines.append(Line("\t".join(cells), style="cell"))
        elif match := _MARK.match(text):
            if text[match.end() :]:
                lines.append(Line(text[match.end() :], style="heading"))
        else:
            lines.append(Line(text))
    return lines
