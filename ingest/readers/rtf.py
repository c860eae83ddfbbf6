"""RTF before the library reads it: unpacked from a mail of Outlook's, without what was deleted, in letters it knows."""

from __future__ import annotations

import re

#: What the window of MS-OXRTFCP holds before the first byte.
_WINDOW = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab"
    rb"\tx"
)
_WINDOW_SIZE = 4096
#: Braces, escapes, raw bytes, and the words that begin and end deleted text.
_TOKEN = re.compile(rb"[{}]|\\bin(\d{1,9}) ?|\\(deleted|plain)(-?\d{1,9})?(?![a-z])|\\[^a-z]")
#: The character sets that the library takes for Windows', by the word in the head.
_SETS = ((rb"\mac", "mac_roman"), (rb"\pca", "cp850"), (rb"\pc", "cp865"))
_HEAD = re.compile(rb"\\(?:mac|pca|pc)(?![a-z])")
_BYTE = re.compile(rb"\\'([89a-fA-F][0-9a-fA-F])")
_SIGNS = re.compile(rb"\\\\|\\[~_]|[\x80-\xff]")
_BOX = re.compile(rb"\{\s{0,4}\\shptxt(?![a-z])")
_BRACE = re.compile(rb"[{}]|\\[{}\\]")


def prepare_rtf(data: bytes) -> bytes:
    """Give an RTF without deleted text, in Windows' letters, with the text of its boxes after the body."""
    return _with_boxes(_in_known_letters(without_deleted(data)))


def _in_known_letters(data: bytes) -> bytes:
    r"""Write letters of other sets, bare ones of Windows', fixed blanks and hyphens as the library reads them."""
    if rb"\bin" in data:
        return data
    head = _HEAD.search(data[:200])
    if head:
        encoding = dict(_SETS)[head[0]]
        data = _BYTE.sub(lambda found: _unicode(bytes.fromhex(found[1].decode()).decode(encoding)), data)
    bare = not data.isascii() and _is_not_utf8(data)
    return _SIGNS.sub(lambda found: _sign(found[0], bare), data)


def _unicode(letter: str) -> bytes:
    return rb"\u%d?" % ord(letter)


def _is_not_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _sign(sign: bytes, bare: bool) -> bytes:
    if sign == rb"\~":
        return rb"\'a0"
    if sign == rb"\_":
        return b"-"
    return rb"\'%02x" % sign[0] if bare and sign[0] >= 0x80 else sign


def _with_boxes(data: bytes) -> bytes:
    """Put the text of shapes, which the library passes over, as paragraphs at the end."""
    end = data.rfind(b"}")
    if rb"\shptxt" not in data or end < 0:
        return data
    boxes: list[bytes] = []
    at = 0
    while box := _BOX.search(data, at):
        depth, at = 1, box.end()
        while depth and (brace := _BRACE.search(data, at)):
            at = brace.end()
            depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth:
            break
        boxes.append(rb"\par {" + data[box.end() : at])
    return data[:end] + b"".join(boxes) + data[end:]


def unpack_rtf(data: bytes, limit: int) -> bytes | None:
    """Unpack the RTF of a mail (MS-OXRTFCP), `limit` bytes of it at most; None where it is none."""
    kind, packed = data[8:12], data[16 : int.from_bytes(data[:4], "little") + 4]
    if kind == b"MELA":
        return packed[: min(limit, int.from_bytes(data[4:8], "little"))]
    return _unpack(packed, limit) if kind == b"LZFu" else None


def _unpack(packed: bytes, limit: int) -> bytes:
    """Follow the tokens: a byte as it stands, or a place and a length in the window of the last 4,096 bytes."""
    window = bytearray(_WINDOW.ljust(_WINDOW_SIZE, b" "))
    written = len(_WINDOW)
    out = bytearray()
    at = 0
    while at < len(packed) and len(out) < limit:
        control, at = packed[at], at + 1
        for bit in range(8):
            paired = control >> bit & 1
            token, at = packed[at : at + 1 + paired], at + 1 + paired
            place, length = divmod(int.from_bytes(token, "big"), 16) if paired else (0, -1)
            if len(token) < 1 + paired or (paired and place == written % _WINDOW_SIZE):
                return bytes(out)
            for step in range(length + 2):
                sign = window[(place + step) % _WINDOW_SIZE] if paired else token[0]
                window[written % _WINDOW_SIZE] = sign
                out.append(sign)
                written += 1
    return bytes(out)


def without_deleted(data: bytes) -> bytes:
    r"""Leave out the text that was deleted with changes tracked: from `\deleted` to the end of its group."""
    if rb"\deleted" not in data:
        return data
    kept = bytearray()
    at = begun = depth = deleted = 0
    while token := _TOKEN.search(data, at):
        at = token.end()
        if token[1]:
            at += int(token[1])
        elif token[0] == b"{":
            depth += 1
        elif token[0] == b"}":
            depth -= 1
        on = token[2] == b"deleted" and token[3] != b"0"
        if on and not deleted and depth > 0:
            kept += data[begun : token.start()]
            deleted = depth
        elif deleted and (depth < deleted or (token[2] and not on and depth == deleted)):
            begun, deleted = token.start(), 0
    return bytes(kept) + (b"" if deleted else data[begun:])
