"""The office formats that kreuzberg reads: DOC, RTF, PPTX and XLSX. Its own recognition of pictures is switched off."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence

import kreuzberg

from corpus.errors import ReadError
from corpus.records import Line, Page, Reading
from corpus.text import fold_spaces, normalise
from ingest.readers.blocks import page_of
from ingest.readers.options import ReadOptions
from ingest.readers.package import open_package
from ingest.readers.rtf import prepare_rtf

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
#: A day in a sheet; a formula that failed.
_MIDNIGHT = re.compile(r"(?<=^\d{4}-\d\d-\d\d) 00:00:00$")
_FAILED = "#ERR: "
#: Tables that are not found in the text, after which no more are looked for.
_MOST_MISSED = 20
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
        data = prepare_rtf(data)
    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)  # type: ignore[call-arg]
    try:
        with quiet():
            result = kreuzberg.extract_bytes_sync(data, media_type, config)
    except (kreuzberg.KreuzbergError, ValueError, OSError, RuntimeError) as exc:
        if _LOCKED.search(str(exc)):
            raise ReadError("filen er krypteret med adgangskode", code="encrypted") from exc
        raise ReadError("filen er beskadiget eller af en form, der ikke kan læses", code="damaged") from exc
    lines = [*_lines_and_tables(str(result.content), [table.cells for table in result.tables])]
    pages, marks = page_of([line for line in lines if not _is_label(line.text, kind)], options)
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


def _lines_and_tables(content: str, tables: Sequence[Sequence[Sequence[str]]]) -> Iterator[Line]:
    """Give the lines of the library's text; a table that stands there row by row gets tabs between its cells."""
    at = missed = 0
    for rows in tables:
        plain = "\n".join(" ".join(row) for row in rows).strip()
        place = content.find(plain, at) if plain and missed < _MOST_MISSED else -1
        if place < 0:
            missed += 1
            continue
        yield from _lines(content[at:place])
        for row in rows:
            if text := "\t".join(_cell(value) for value in row).rstrip("\t"):
                yield Line(text, style="cell")
        at = place + len(plain)
    yield from _lines(content[at:])


def _cell(value: str) -> str:
    """Give what a cell shows: a day without an hour that nobody wrote, nothing for a formula that failed."""
    text = fold_spaces(normalise(value).replace("\t", " "))
    return "" if text.startswith(_FAILED) else _MIDNIGHT.sub("", text)


def _is_label(text: str, kind: str) -> bool:
    """Say whether a line is the library's own: where a picture stands, or that a slide's notes follow."""
    return (text.startswith("[Image: ") and text.endswith("]")) or (kind == "pptx" and text == "Notes:")


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
