"""Mails: headers as metadata, the subject and the body as text, each attachment a member."""

from __future__ import annotations

import email.header
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message

from corpus.errors import ReadError
from corpus.records import Line, Mark, Member, Page, Reading
from corpus.text import fold_spaces, normalise
from ingest.readers.calendar import calendar_lines
from ingest.readers.html import html_lines
from ingest.readers.options import ReadOptions
from ingest.readers.text import decode, text_lines

MEDIA_TYPE = "message/rfc822"
_HEADERS = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references")
#: Parts deeper than this are no mail that a program wrote.
MAX_DEPTH = 20
MAX_PARTS = 5_000
#: How a saved page looks and moves.
_LOOKS = ("text/css", "text/javascript", "application/javascript", "application/x-javascript")
#: What programs tell each other of a mail, beside what they tell people.
_RECEIPTS = (
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
)  # fmt: skip
_SURROGATE = re.compile("[\udc80-\udcff]")


class _RawHeaders(email.policy.Compat32):
    """Give headers as they stand, bytes of no charset decoded: the library's own header has lost them."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # as the policy calls it
        """Decode a header in which the parser left bytes as surrogates."""
        return decode(value.encode("utf-8", "surrogateescape")) if _SURROGATE.search(value) else value


def read_mail(data: bytes, options: ReadOptions) -> Reading:
    """Read a mail in MIME form."""
    try:
        message = email.parser.BytesParser(policy=_RawHeaders()).parsebytes(data)
        meta = _headers(message)
        subject = dict(meta).get("subject", "")
        body, members, marks = _split(message, subject, options)
    except RecursionError as exc:
        raise ReadError("mailen er indlejret for dybt", code="nested-too-deep") from exc
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as exc:  # what the parser lets through
        raise ReadError("mailen er beskadiget", code="damaged") from exc
    lines = (Line(subject, style="title"), Line(""), *body) if subject else tuple(body)
    if members:
        meta = (*meta, ("attachments", "\n".join(member.name for member in members)))
    return Reading(MEDIA_TYPE, (Page(1, tuple(lines)),), tuple(marks), meta, tuple(members))


def decode_header(value: str) -> str:
    """Decode a header with encoded words in any charset."""
    try:
        parts = email.header.decode_header(value)
    except (MessageError, ValueError, LookupError):
        parts = [(value, None)]
    texts = [text if isinstance(text, str) else _decode_part(text, charset) for text, charset in parts]
    shown = "".join(texts)
    return fold_spaces(normalise(shown.encode("utf-8", "replace").decode("utf-8")))


def _decode_part(data: bytes, charset: str | None) -> str:
    """Decode an encoded word, or what stands between two: the library wrote its letters as `raw-unicode-escape`."""
    if charset is None:
        try:
            return data.decode("raw-unicode-escape")
        except ValueError:
            pass
    return _decode_bytes(data, charset)


def _decode_bytes(data: bytes, charset: str | None) -> str:
    if charset and charset.lower() not in ("unknown-8bit", "x-unknown", "us-ascii"):
        name = "cp1252" if charset.lower() in ("iso-8859-1", "latin-1", "latin1") else charset
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            pass
    return decode(data)


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    found = []
    for name in _HEADERS:
        values = message.get_all(name)
        if values:
            text = decode_header(", ".join(str(value) for value in values[:50]))[:4000]
            found.append((name, _iso_date(text) if name == "date" else text))
    return tuple(found)


def _iso_date(text: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A part that holds content; `choice` is the multipart/alternative around it, `branch` the one of its forms."""

    part: Message
    choice: int | None = None
    branch: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text of one part of the body."""

    leaf: _Leaf
    lines: tuple[Line, ...]

    @property
    def length(self) -> int:
        return sum(len(line.text) for line in self.lines)


def _split(message: Message, subject: str, options: ReadOptions) -> tuple[list[Line], list[Member], list[Mark]]:
    """Part a mail into the lines of its body, with when and where it invites to, and its attachments."""
    pieces: list[_Piece] = []
    calendar = ""
    members: list[Member] = []
    marks: list[Mark] = []
    total = 0
    for leaf in _leaves(message, marks):
        part = leaf.part
        kind = part.get_content_type()
        name = _file_name(part)
        if not name and part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            text = _decode_bytes(_payload(part), part.get_content_charset())
            pieces.append(_Piece(leaf, tuple(text_lines(text) if kind == "text/plain" else html_lines(text))))
            continue
        if kind == "text/calendar" and _is_invitation(leaf):
            calendar = calendar or _decode_bytes(_payload(part), part.get_content_charset())
            continue
        if _is_decoration(part):
            continue
        content = _message_bytes(part) if kind == "message/rfc822" else _payload(part)
        total += len(content)
        if len(members) >= options.max_members or total > options.max_unpacked_bytes:
            marks.append(Mark("max-members", f"kun de første {len(members)} vedhæftede filer er læst"))
            break
        members.append(Member(name or _default_name(part, len(members) + 1), content))
    body = _body(pieces)
    invited, left_out = calendar_lines(calendar, subject=subject, described=any(line.text for line in body))
    return [*body, *invited], members, [*marks, *left_out]


def _is_invitation(leaf: _Leaf) -> bool:
    """Say whether a calendar is the mail itself or a form of its text, and no file that goes with it."""
    part = leaf.part
    return part.get_content_disposition() != "attachment" and (leaf.choice is not None or not part.get_filename())


def _body(pieces: list[_Piece]) -> list[Line]:
    """Join the parts of a body in their order: of alternatives one form, of parts that say the same the first."""
    lengths: dict[int, dict[int, int]] = {}
    for piece in pieces:
        if piece.leaf.choice is not None:
            branches = lengths.setdefault(piece.leaf.choice, {})
            branches[piece.leaf.branch] = branches.get(piece.leaf.branch, 0) + piece.length
    chosen = {choice: _best_branch(branches) for choice, branches in lengths.items()}
    lines: list[Line] = []
    said: set[str] = {""}
    for piece in pieces:
        if piece.leaf.choice is None or chosen[piece.leaf.choice] == piece.leaf.branch:
            text = " ".join(" ".join(line.text for line in piece.lines).split())
            if text not in said:
                said.add(text)
                lines += [*piece.lines, Line("")]
    return lines


def _best_branch(lengths: dict[int, int]) -> int:
    """Choose the first form, the plainest, unless it is a stub of the longest (`Se HTML-versionen`)."""
    most = max(lengths.values())
    return next(branch for branch, length in lengths.items() if length * 2 >= most)


def _leaves(message: Message, marks: list[Mark]) -> Iterator[_Leaf]:
    """Yield the parts of a mail that hold content; a mail in a mail is one of them, and is not opened."""
    stack: list[tuple[_Leaf, int]] = [(_Leaf(message), 0)]
    count = 0
    while stack:
        leaf, depth = stack.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            marks.append(
                Mark("nested-too-deep", "mailen har for mange eller for dybt indlejrede dele; resten er ikke læst")
            )
            return
        part = leaf.part
        if not part.is_multipart() or part.get_content_maintype() != "multipart":
            yield leaf
            continue
        held = [child for child in part.get_payload() if isinstance(child, Message)]
        if part.get_content_subtype() == "alternative" and leaf.choice is None:
            inner = [_Leaf(child, count, branch) for branch, child in enumerate(held)]
        else:
            inner = [_Leaf(child, leaf.choice, leaf.branch) for child in held]
        stack += [(child, depth + 1) for child in reversed(inner)]


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _message_bytes(part: Message) -> bytes:
    children = part.get_payload()
    inner = children[0] if isinstance(children, list) and children else None
    return inner.as_bytes() if isinstance(inner, Message) else _payload(part)


def _file_name(part: Message) -> str:
    name = part.get_filename()
    return decode_header(name) if name else ""


def _default_name(part: Message, number: int) -> str:
    endings = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
    return f"vedhaeftet-{number}{endings.get(part.get_content_type(), '')}"


def _is_decoration(part: Message) -> bool:
    """Say whether a part is no attachment: a logo, what a saved page looks like, a signature or receipt of the mail."""
    kind = part.get_content_type()
    if part.get_content_disposition() != "attachment":
        placed = part.get("content-id") is not None or part.get("content-location") is not None
        if placed and (part.get_content_maintype() in ("image", "font") or kind in _LOOKS):
            return True
    return kind in _RECEIPTS
