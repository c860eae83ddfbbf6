"""Mails: which of its parts is the body, bodies that are empty or RTF alone, and RTF that was edited."""

from __future__ import annotations

import struct

import pytest

from corpus.errors import ReadError
from ingest.readers import read
from ingest.readers.rtf import unpack_rtf, without_deleted
from tests.ingest.papers import make_ole
from tests.ingest.test_readers import lines_of

PLAIN = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
#: A tree of parts: the kind with its text, or `mixed`/`alternative`/`related` with its parts.
Tree = tuple[str, "str | list[Tree]"]


def _write(tree: Tree, depth: int = 0) -> str:
    kind, content = tree
    if isinstance(content, str):
        return f"Content-Type: {kind}\n\n{content}\n"
    parts = "".join(f"--graense{depth}x\n{_write(part, depth + 1)}\n" for part in content)
    return f'Content-Type: multipart/{kind}; boundary="graense{depth}x"\n\n{parts}--graense{depth}x--\n'


def _mail(tree: Tree) -> bytes:
    head = "From: a@fjordby.example\nTo: b@fjordby.example\nSubject: Svar\nMIME-Version: 1.0\n"
    return (head + _write(tree)).encode()


ANSWER = "<p>Grundejerforeningen er imod planen.</p><p>Venlig hilsen<br>Ulla Brix</p>"
READ = ["Grundejerforeningen er imod planen.", "Venlig hilsen", "Ulla Brix"]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (("mixed", [(HTML, ANSWER), (PLAIN, "Mailen er scannet.")]), [*READ, "Mailen er scannet."]),
        (("mixed", [(PLAIN, "Kort."), (HTML, "<p>Fod</p>")]), ["Kort.", "Fod"]),
        (("mixed", [(PLAIN, "Kort svar."), (HTML, "<p>Kort svar.</p>")]), ["Kort svar."]),
        (("alternative", [(PLAIN, "Vi er imod planen."), (HTML, "<p>Vi er <b>imod</b> planen.</p>")]),
         ["Vi er imod planen."]),
        (("alternative", [(PLAIN, "Se HTML-versionen."), (HTML, ANSWER)]), READ),
        (("alternative", [(PLAIN, " "), ("related", [(HTML, ANSWER)])]), READ),
        (("mixed", [("alternative", [(PLAIN, "Vi er imod."), (HTML, "<p>Vi er imod.</p>")]), (PLAIN, "Fod")]),
         ["Vi er imod.", "Fod"]),
        (("alternative", [(PLAIN, "For og imod."), ("mixed", [(HTML, "<p>For</p>"), (HTML, "<p>og imod.</p>")])]),
         ["For og imod."]),
        (("mixed", [(HTML, "<!-- intet -->"), (PLAIN, "Fod")]), ["Fod"]),
        ((HTML, "<style>p {}</style>"), []),
        ((HTML, "<!-- intet -->"), []),
    ],
)  # fmt: skip
def test_read_mail_body(tree: Tree, expected: list[str]) -> None:
    """Of the forms in one multipart/alternative the first is read unless it is a stub; what stands beside stays."""
    assert lines_of(read(_mail(tree), "x.eml")) == ["Svar", *expected]


@pytest.mark.parametrize(
    ("kind", "disposition", "names"),
    [
        ("text/calendar", 'attachment; filename="moede.ics"', ["moede.ics"]),
        ("text/calendar", 'inline; filename="moede.ics"', ["moede.ics"]),
        ("text/calendar", "inline", []),
        ("application/pkcs7-signature", 'attachment; filename="smime.p7s"', []),
    ],
)
def test_read_mail_calendars_with_a_name_are_attached(kind: str, disposition: str, names: list[str]) -> None:
    """A calendar file that somebody attached is a member; the calendar's form of an invitation is none."""
    part = (f"{kind}\nContent-Disposition: {disposition}", "BEGIN:VCALENDAR\nEND:VCALENDAR")
    reading = read(_mail(("mixed", [(PLAIN, "Vi ses."), part])), "x.eml")
    assert [member.name for member in reading.members] == names


def _packed(rtf: bytes) -> bytes:
    r"""Pack RTF that begins with `{\rtf1\ansi`: that from the window, the rest as it stands."""
    start = rb"{\rtf1\ansi"
    assert rtf.startswith(start)
    rest = rtf[len(start) :]
    body = b"\1" + struct.pack(">H", len(start) - 2) + rest[:7]
    body += b"".join(b"\0" + rest[at : at + 8] for at in range(7, len(rest), 8))
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body


RTF = rb"{\rtf1\ansi\ansicpg1252 Vi er imod planen, men for g\'e5gaden.\par Ulla Brix\par}"


@pytest.mark.parametrize("packed", [_packed(RTF), struct.pack("<II4sI", len(RTF) + 12, len(RTF), b"MELA", 0) + RTF])
def test_read_msg_of_rtf_only(packed: bytes) -> None:
    """A body that Outlook kept as RTF alone is read."""
    streams = [("__substg1.0_0037001F", "Svar".encode("utf-16-le")), ("__substg1.0_10090102", packed)]
    reading = read(make_ole(streams), "x.msg")
    assert lines_of(reading) == ["Svar", "Vi er imod planen, men for gågaden.", "Ulla Brix"]
    assert reading.marks == ()


def test_read_msg_of_rtf_that_is_none_is_marked() -> None:
    """A body of RTF that cannot be unpacked is said to be missing; subject and attachments stay."""
    streams = [
        ("__substg1.0_0037001F", "Svar".encode("utf-16-le")),
        ("__substg1.0_10090102", b"intet af dette er RTF"),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", "Bilag.txt".encode("utf-16-le")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", b"Hej"),
    ]
    reading = read(make_ole(streams), "x.msg")
    assert lines_of(reading) == ["Svar"]
    assert [mark.code for mark in reading.marks] == ["member-not-read"]
    assert [member.name for member in reading.members] == ["Bilag.txt"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        [("__substg1.0_1000001F", "\r\n \r\n".encode("utf-16-le"))],
        [("__substg1.0_10130102", b"<html><body><!-- intet --></body></html>")],
    ],
)
def test_read_msg_without_a_body_keeps_its_attachments(body: list[tuple[str, bytes]]) -> None:
    """A mail that only brings an attachment is its subject and its members."""
    streams = [
        ("__substg1.0_0037001F", "Svar".encode("utf-16-le")),
        *body,
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", "Bilag.txt".encode("utf-16-le")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", b"Hej"),
    ]
    reading = read(make_ole(streams), "x.msg")
    assert lines_of(reading) == ["Svar"]
    assert [member.name for member in reading.members] == ["Bilag.txt"]
    assert reading.marks == ()


@pytest.mark.parametrize("size", [0, 9, 17, 20, 30])
def test_unpack_rtf_that_is_cut_gives_what_is_left(size: int) -> None:
    """Whatever is missing at the end, what stood before it is unpacked, and no more than the limit."""
    cut = unpack_rtf(_packed(RTF)[:size], 1000)
    assert cut is None if size < 12 else RTF.startswith(cut or b"")
    assert len(unpack_rtf(_packed(RTF), 20) or b"") < 20 + 8 * 17


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (rb"{\rtf1 Vi {\deleted afviser }{\revised giver }lov.}", rb"{\rtf1 Vi {}{\revised giver }lov.}"),
        (rb"{\rtf1 {\b\deleted\revauth1 a{b}c\par}d}", rb"{\rtf1 {\b}d}"),
        (rb"{\rtf1 a\deleted b\deleted0 c}", rb"{\rtf1 a\deleted0 c}"),
        (rb"{\rtf1 {a\deleted b\plain c}d}", rb"{\rtf1 {a\plain c}d}"),
        (rb"{\rtf1 \{\deleted a\}b}", rb"{\rtf1 \{}"),
        (rb"{\rtf1 {\deleted a\bin2 }}b}c}", rb"{\rtf1 {}c}"),
        (rb"{\rtf1 \deletedx a}", rb"{\rtf1 \deletedx a}"),
        (rb"\deleted a", rb"\deleted a"),
    ],
)
def test_without_deleted_cuts_what_was_deleted(rtf: bytes, expected: bytes) -> None:
    """Deleted text ends with its group, or where the format is set anew; braces and raw bytes stay balanced."""
    assert without_deleted(rtf) == expected


def test_read_rtf_edited_with_notes() -> None:
    """Deleted and hidden text is no text of a letter; a footnote follows under its number."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252 \pard Vi {\deleted afviser }{\revised giver }lov.{\footnote\pard Se brevet.\par}"
        rb" {\v Internt}\par Kaj Lindegaard\par}"
    )
    reading = read(rtf, "x.rtf")
    assert lines_of(reading) == ["Vi giver lov.", "Kaj Lindegaard", "1 Se brevet."]
    assert [line.style for line in reading.pages[0].lines if line.text][-1] == "footnote"


HEAD = b"From: a@x.example\nTo: b@x.example\nSubject: Svar\nMIME-Version: 1.0\n"


def test_what_programs_tell_each_other_of_a_mail_is_no_attachment() -> None:
    """A receipt's parts for machines are left out."""
    parts = b"--B\nContent-Type: message/delivery-status\n\nA: b\n--B\nContent-Type: text/rfc822-headers\n\nA: b\n"
    head = b"Content-Type: multipart/report; boundary=B\n\n--B\nContent-Type: text/plain\n\nKan ikke leveres.\n"
    reading = read(HEAD + head + parts + b"--B--\n", "x.eml")
    assert lines_of(reading) == ["Svar", "Kan ikke leveres."]
    assert reading.members == ()


def test_what_a_saved_page_looks_like_is_no_attachment() -> None:
    """A page saved with its pictures is a mail in form; its pictures and styles go with the page."""
    page = b"--B\nContent-Type: text/html\n\n<p>Ja.</p>\n--B\nContent-Type: text/css\nContent-Location: a.css\n\np{}\n"
    picture = b"--B\nContent-Type: image/gif\nContent-Location: a.gif\n\nGIF89a\n--B--\n"
    reading = read(HEAD + b"Content-Type: multipart/related; boundary=B\n\n" + page + picture, "x.mht")
    assert lines_of(reading) == ["Svar", "Ja."]
    assert reading.members == ()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"\x78\x9f\x3e\x22\x01\x00", "not-supported", "winmail.dat"),
        (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x00", "not-supported", "signatur"),
        (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80\x00", "encrypted", "krypteret"),
        (b"\x00\x01\x02\x03\x04", "not-supported", "filtypen"),
    ],
)
def test_what_cannot_be_unpacked_says_why(data: bytes, code: str, words: str) -> None:
    """Outlook's packed attachments, and mails inside a signature or a cipher."""
    with pytest.raises(ReadError) as caught:
        read(data + bytes(range(32)) * 20, "smime.p7m")
    assert caught.value.code == code
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("From: a@x.example\nTo: {}\nSubject: Svar\nDate: Mon, 3 May 2021 12:00:00 +0200\n\n", "x"),
        ("From: a@x.example\nTo: {}\nSubject: Svar\n\n", "x.eml"),
        ("From: a@x.example\nTo: {}\nSubject: Svar\nMIME-Version: 1.0\n\n", "x"),
    ],
)
def test_a_mail_to_many_is_a_mail(head: str, name: str) -> None:
    """Its header is longer than what tells most kinds of files."""
    many = ", ".join(f"b{number}@fjordby.example" for number in range(400))
    assert lines_of(read((head.format(many) + "Kom til møde.\n").encode(), name)) == ["Svar", "Kom til møde."]


def test_a_mail_with_an_enormous_header_is_read_within_limits() -> None:
    """What is kept of a header is bounded."""
    data = b"From: a@x.example\nTo: " + b"b@x.example, " * 100_000 + b"\nSubject: " + b"x" * 1_000_000 + b"\n\nBrev.\n"
    reading = read(data, "x.eml")
    assert lines_of(reading)[-1] == "Brev."
    assert all(len(value) <= 4_000 for _, value in reading.meta)
