"""What a file is, by its first bytes and its parts; its name decides only where these leave a choice."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from ingest.readers.package import BROKEN

Kind = Literal[
    "pdf",
    "docx",
    "text",
    "html",
    "calendar",
    "mail",
    "zip",
    "7z",
    "image",
    "msg",
    "doc",
    "odt",
    "rtf",
    "pptx",
    "xlsx",
    "ppt",
    "xls",
    "unknown",
]

#: What a package that cannot be opened should be, by its name.
_PACKAGES: dict[str, Kind] = {
    "docx": "docx", "docm": "docx", "pptx": "pptx", "xlsx": "xlsx", "odt": "odt", "ods": "odt", "odp": "odt",
}  # fmt: skip
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF87a", b"GIF89a", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How Outlook's packed attachments begin, and the identifiers of signed and of encrypted content (RFC 5652).
TNEF = b"\x78\x9f\x3e\x22"
_CMS = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
CMS_SIGNED, CMS_ENVELOPED = _CMS + b"\x02", _CMS + b"\x03"
_HTML = re.compile(rb"<(?:!doctype\s{1,4}html|html|head|body|title|meta|div|table|p|h1)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"^(?:return-path|received|from|to|cc|subject|date|message-id|mime-version|x-[a-z-]{1,40}|reply-to|sender|"
    rb"delivered-to|content-type|dkim-signature|authentication-results)[ \t]{0,8}:",
    re.IGNORECASE,
)
#: Headers may be long: a mail to many names them all.
_HEADERS = 65_536
#: Byte order marks and blanks.
_BEFORE = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]{0,8}:")


def detect(data: bytes, name: str) -> Kind:
    """Name the kind of a file; `unknown` where it is none that can be read."""
    head = data[:4096]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_package(data, name)
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return _detect_ole(data, name)
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(TNEF) or (head[:1] == b"\x30" and _CMS in head[:64]):
        return "unknown"
    return _detect_text(data, head, name)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _detect_package(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = _read_start(archive, "mimetype") if "mimetype" in names else b""
    except BROKEN:
        return _PACKAGES.get(_suffix(name), "zip")
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "odt"
    if "[Content_Types].xml" in names:
        if any(part.startswith("ppt/") for part in names):
            return "pptx"
        if any(part.startswith("xl/") for part in names):
            return "xlsx"
        return "docx"
    return "docx" if "word/document.xml" in names else "zip"


def _read_start(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack the first bytes of a member, which may be a bomb."""
    with archive.open(name) as file:
        return file.read(80)


def _detect_ole(data: bytes, name: str) -> Kind:
    """Tell apart the formats inside OLE's container by the names of their streams (UTF-16)."""
    if "__substg1.0_".encode("utf-16-le") in data:
        return "msg"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if "PowerPoint Document".encode("utf-16-le") in data:
        return "ppt"
    if "Workbook".encode("utf-16-le") in data:
        return "xls"
    return "msg" if _suffix(name) == "msg" else "doc"


def _detect_text(data: bytes, head: bytes, name: str) -> Kind:
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = plain.lstrip(_BEFORE)
    if start.startswith(b"<") and _HTML.search(plain):
        return "html"
    if start.startswith(b"<") and b"<office:document" in plain:
        return "odt"
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    if _looks_like_mail(data[:_HEADERS].lstrip(_BEFORE) if plain is head else start, name):
        return "mail"
    if _suffix(name) in ("html", "htm", "xhtml") and _HTML.search(plain):
        return "html"
    if _suffix(name) == "docx" or not _is_text(data):
        return "docx" if _suffix(name) in ("docx", "docm") else "unknown"
    return "text"


def _looks_like_mail(start: bytes, name: str) -> bool:
    """Say whether a file begins with at least two header lines of which one only mails have, or is named a mail."""
    if not _HEADER.match(start):
        return False
    lines = start.splitlines()[:40]
    known = 0
    for line in lines:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        if not _HEADER.match(line) and not line.startswith(b"From ") and line is not lines[-1]:  # which may be cut
            return False
        known += bool(_MAIL.match(line))
    strong = re.search(rb"(?im)^(?:mime-version|message-id|received|return-path)[ \t]{0,8}:", start)
    return known >= 3 or (known >= 2 and (strong is not None or _suffix(name) == "eml"))


def _is_text(data: bytes) -> bool:
    """Say whether bytes are text in some encoding: hardly any control signs among them."""
    head = data[:65_536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    zeros = head.count(0)
    if zeros > len(head) * 0.3:  # UTF-16 without a mark
        return max(head[1::2].count(0), head[0::2].count(0)) > len(head) * 0.3 and zeros < len(head) * 0.6
    strange = sum(head.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 26, 27))
    return strange <= len(head) * 0.02
