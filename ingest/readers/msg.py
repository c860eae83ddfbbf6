"""MSG: Outlook's mails, whose properties are streams of an OLE container."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta

import olefile

from corpus.errors import ReadError
from corpus.records import Line, Mark, Member, Page, Reading
from corpus.text import fold_spaces, normalise
from ingest.readers.html import html_lines
from ingest.readers.office import read_office
from ingest.readers.options import ReadOptions
from ingest.readers.rtf import unpack_rtf
from ingest.readers.text import decode, text_lines

MEDIA_TYPE = "application/vnd.ms-outlook"
_BROKEN = (
    OSError,
    ValueError,
    IndexError,
    struct.error,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    MemoryError,
)
#: MAPI's properties: sender's name and address, shown recipients, subject.
_META = (("from", ("0C1A", "0C1F")), ("to", ("0E04",)), ("cc", ("0E03",)), ("subject", ("0037",)))
_SUBMITTED, _DELIVERED = 0x00390040, 0x0E060040


def read_msg(data: bytes, options: ReadOptions) -> Reading:
    """Read a mail that Outlook saved, with its attachments as members."""
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as container:
            return _read(container, options)
    except _BROKEN as exc:
        raise ReadError("mailen er beskadiget", code="damaged") from exc


def _read(container: olefile.OleFileIO[str], options: ReadOptions) -> Reading:
    meta = []
    for name, codes in _META:
        values = [value for code in codes if (value := _text(container, "", code))]
        if values:
            meta.append((name, fold_spaces(" ".join(dict.fromkeys(values)))[:4000]))
    if date := _date(container):
        meta.append(("date", date))
    body, marks = _body(container, options)
    subject = dict(meta).get("subject", "")
    lines = [Line(subject, style="title"), Line(""), *body] if subject else body
    members, left_out = _attachments(container, options)
    if members:
        meta.append(("attachments", "\n".join(member.name for member in members)))
    return Reading(MEDIA_TYPE, (Page(1, tuple(lines)),), marks + left_out, tuple(meta), members)


def _body(container: olefile.OleFileIO[str], options: ReadOptions) -> tuple[list[Line], tuple[Mark, ...]]:
    """Give the body in the first of its forms that says anything: plain, HTML, RTF."""
    lines = list(text_lines(_text(container, "", "1000")))
    if not any(line.text for line in lines):
        lines = html_lines(decode(_stream(container, "__substg1.0_10130102")) or _text(container, "", "1013"))
    if any(line.text for line in lines):
        return lines, ()
    packed = _stream(container, "__substg1.0_10090102")
    if not packed:
        return [], ()
    try:
        rtf = unpack_rtf(packed, options.max_unpacked_bytes) or b""
        pages = read_office(rtf, "rtf", options).pages if rtf.startswith(b"{\\rtf") else ()
    except ReadError:
        pages = ()
    mark = Mark("member-not-read", "mailens tekst (RTF) kan ikke læses")
    return [line for page in pages for line in page.lines], () if pages else (mark,)


def _stream(container: olefile.OleFileIO[str], path: str) -> bytes:
    return bytes(container.openstream(path).read()) if container.exists(path) else b""


def _text(container: olefile.OleFileIO[str], folder: str, code: str) -> str:
    prefix = f"{folder}/__substg1.0_{code}" if folder else f"__substg1.0_{code}"
    if wide := _stream(container, prefix + "001F"):
        return normalise(wide.decode("utf-16-le", "replace"))
    return normalise(decode(_stream(container, prefix + "001E")))


def _date(container: olefile.OleFileIO[str]) -> str | None:
    """Give when the mail was sent, from the fixed-size properties: sixteen bytes each after the header."""
    properties = _stream(container, "__properties_version1.0")
    for at in range(32, len(properties) - 15, 16):
        tag, _, ticks = struct.unpack_from("<IIQ", properties, at)
        if tag in (_SUBMITTED, _DELIVERED) and 0 < ticks < 4 * 10**17:
            return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat(
                timespec="seconds"
            )
    return None


def _attachments(
    container: olefile.OleFileIO[str], options: ReadOptions
) -> tuple[tuple[Member, ...], tuple[Mark, ...]]:
    members: list[Member] = []
    folders = sorted({entry[0] for entry in container.listdir() if entry[0].startswith("__attach_version1.0")})
    total = 0
    for folder in folders:
        content = _stream(container, f"{folder}/__substg1.0_37010102")
        name = _text(container, folder, "3707") or _text(container, folder, "3704") or f"vedhaeftet-{len(members) + 1}"
        total += len(content)
        if len(members) >= options.max_members or total > options.max_unpacked_bytes:
            return tuple(members), (Mark("max-members", f"kun de første {len(members)} vedhæftede filer er læst"),)
        if content:
            members.append(Member(name, content))
    embedded = sum(not container.exists(f"{folder}/__substg1.0_37010102") for folder in folders)
    marks = (Mark("member-not-read", f"{embedded} mail(s) lagt ind i mailen er ikke læst"),) if embedded else ()
    return tuple(members), marks
