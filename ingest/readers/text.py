"""Plain text: bytes of whatever encoding -> lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from corpus.records import Line, Mark, Page, Reading
from corpus.text import normalise
from ingest.readers.options import ReadOptions
from ingest.readers.side_column import part_column

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: æ, ø and å of cp850 and of a Mac, which are signs of no word in cp1252; then those of cp1252 and of UTF-8.
_OLD_DANISH = re.compile(
    rb"[A-Za-z][\x86\x91\x9b][a-z]|[A-Z][\x8f\x9d]|[\x8f\x9d][A-Za-z]|\bp\x86[ \r\n]|[ \r\n]\x86[a-z]"
)
_MAC_DANISH = re.compile(rb"[A-Za-z][\x8c\xbe\xbf][a-z]")
_NEW_DANISH = re.compile(rb"[\xe6\xf8\xe5\xc6\xd8\xc5]")
_UTF8_DANISH = re.compile(rb"\xc3[\xa5\xa6\xb8\x85\x86\x98]")
_LOOKED_AT = 200_000

#: Texts side by side in one line of plain text stand this far apart.
_GAP = re.compile(r"(?<=[^\s:]) {3,}(?=\S)")
#: Gaps of two blanks, and small letters after wider ones: many of them are running text set to a full width.
_JUSTIFIED = re.compile(r"(?<=\S)  (?=\S)|(?<=\S) {3,}(?=[a-zæøå])")
_ENTRY = re.compile(r" {0,40}(?:\d{1,4}[.)]?|[-•*·–]|[a-z][.)]) +")


#: A line begins far to the right, or at the left, of so many blanks.
_FAR, _NEAR = 36, 8


def decode(data: bytes) -> str:
    """Turn bytes into a string: the byte order mark, else UTF-8, else UTF-16 by its zeros, else cp1252 or cp850."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 64 and error.start >= len(data) - 4:  # cut inside its last letter
            return data.decode("utf-8", "ignore")
    if (wide := _wide_encoding(data)) is not None:
        return data.decode(wide, "replace")
    return _decode_single(data)


def _wide_encoding(data: bytes) -> str | None:
    head = data[:4096]
    if len(head) < 8:
        return None
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else None


def _decode_single(data: bytes) -> str:
    """Decode one-byte text: cp850 or a Mac's where its Danish letters stand in words and those of cp1252 do not."""
    mostly_utf8 = data.decode("utf-8", "replace")
    if mostly_utf8.count("\ufffd") * 50 < sum(byte >= 0xC2 for byte in data[:_LOOKED_AT]):
        return mostly_utf8
    head = data[:_LOOKED_AT]
    if not _NEW_DANISH.search(data):
        old, mac = len(_OLD_DANISH.findall(head)), len(_MAC_DANISH.findall(head))
        if old or mac:
            return data.decode("cp850" if old >= mac else "mac_roman", "replace")
    if _UTF8_DANISH.search(data):
        return "\n".join(_decode_line(line) for line in data.split(b"\n"))
    return _decode_windows(data)


def _decode_line(line: bytes) -> str:
    """Decode one line of a text that was put together of pieces in UTF-8 and in cp1252."""
    mostly = line.decode("utf-8", "replace")
    wrong = mostly.count("\ufffd")
    right = len(mostly) - len(mostly.encode("ascii", "ignore")) - wrong
    return _decode_windows(line) if wrong > right else mostly


def _decode_windows(data: bytes) -> str:
    return data.decode("cp1252", "replace") if not _undefined(data) else data.decode("latin-1")


def _undefined(data: bytes) -> bool:
    return any(code in data for code in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def split_pages(text: str) -> list[str]:
    """Cut text at its form feeds; a text without any is one page."""
    pages = text.split("\f")
    return pages if len(pages) < 2 or pages[-1].strip() else pages[:-1]


def text_lines(text: str) -> tuple[Line, ...]:
    """Make a line of each line of a text; an empty one parts paragraphs, a gap of blanks parts cells by a tab."""
    cleaned = normalise(text.replace("\r\n", "\n").replace("\r", "\n"))
    body, margin = part_column(cleaned.split("\n"))
    beside = [Line(""), *(Line(line.strip(), style="textbox") for line in margin)] if margin else []
    return (*(Line(_part_cells(line.rstrip())) for line in _far_apart(body)), *beside)


def _far_apart(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, with an empty one between a line at the left and one set far to the right of its end."""
    before = ""
    for line in lines:
        apart = len(line) - len(line.lstrip()) >= max(_FAR, len(before.rstrip()) + 4)
        if before.strip() and line.strip() and apart and len(before) - len(before.lstrip()) < _NEAR:
            yield ""
        yield line
        before = line


def _part_cells(line: str) -> str:
    """Put a tab between texts side by side; the gap after a label, a number or a bullet parts none."""
    if "   " not in line.lstrip() or len(_JUSTIFIED.findall(line)) > 4:
        return line
    opened = _ENTRY.match(line)
    start = opened.end() if opened else 0
    return line[:start] + _GAP.sub("\t", line[start:])


def read_text(data: bytes, options: ReadOptions) -> Reading:
    """Read plain text of any usual encoding."""
    text = decode(data)
    marks: tuple[Mark, ...] = ()
    if len(text) > options.max_chars:
        text, marks = text[: options.max_chars], (Mark("max-chars", f"kun de første {options.max_chars} tegn er læst"),)
    pages = split_pages(text)[: options.max_pages]
    return Reading(
        "text/plain",
        tuple(Page(number, text_lines(page)) for number, page in enumerate(pages, 1)),
        marks,
    )
