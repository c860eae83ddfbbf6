"""Small fictional papers in each format, made in memory for the tests of readers and layout."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

import docx
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

#: A line of a page: left edge, distance from the upper edge, size, text.
Placed = tuple[float, float, float, str]

LETTER = (
    "Kære Ulla Brix",
    "Tak for jeres henvendelse om legepladsen ved Møllestien. Udvalget har set på sagen.",
    "Pladsen får nye gynger, og hegnet bliver sat i stand inden sommerferien.",
    "Venlig hilsen",
    "Kaj Lindegaard",
)
BODY = (
    "Udvalget har på sit møde drøftet en ny integrati-",
    "onspolitik og bedt Beskæftigelses- og",
    "Integrationsforvaltningen om at komme med et oplæg til",
    "EUROCITIES-arbejdsgruppen om de tre byer.",
)


def make_pdf(pages: Sequence[Sequence[Placed]], *, password: str | None = None, compress: int = 0) -> bytes:
    """Draw lines at their places; with a password the PDF is locked."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=compress, encrypt=password)
    for lines in pages:
        for left, top, size, text in lines:
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, A4[1] - top, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def stack(
    lines: Sequence[str], *, left: float = 70, top: float = 80, size: float = 11, leading: float = 14
) -> list[Placed]:
    """Place lines under each other."""
    return [(left, top + index * leading, size, line) for index, line in enumerate(lines)]


def letter_pdf(pages: int = 1) -> bytes:
    """Make a letter with a page line on each page."""
    drawn = []
    for number in range(1, pages + 1):
        drawn.append([*stack(LETTER, leading=28), (480, 810, 8, f"Side {number} af {pages}")])
    return make_pdf(drawn)


def letter_docx(paragraphs: Sequence[str] = LETTER) -> bytes:
    """Make a DOCX of plain paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return save_docx(document)


def save_docx(document: Any) -> bytes:
    """Give a python-docx document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def replace_part(package: bytes, name: str, content: bytes) -> bytes:
    """Give a package with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return stream.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    """Give one part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def make_zip(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """Make a ZIP of entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def make_mail(
    text: str, attachments: Sequence[tuple[str, bytes]] = (), subject: str = "Legepladsen ved Møllestien"
) -> bytes:
    """Make a mail with attachments."""
    message = EmailMessage()
    message["From"] = "Åse Nørregård <aase@fjordby.example>"
    message["To"] = "Kaj Lindegaard <kaj@fjordby.example>"
    message["Subject"] = subject
    message["Date"] = "Tue, 07 Nov 2017 10:15:00 +0100"
    message["Message-ID"] = "<1@fjordby.example>"
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def make_picture(lines: Sequence[str], *, size: tuple[int, int] = (1240, 500), turn: int = 0) -> Image.Image:
    """Draw lines as a scan at 150 dpi would show them."""
    image = Image.new("L", size, 255)
    drawing = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=28)
    for index, line in enumerate(lines):
        drawing.text((80, 60 + index * 50), line, fill=0, font=font)
    return image.rotate(turn, expand=True, fillcolor=255) if turn else image


def save_picture(image: Image.Image, form: str, frames: Sequence[Image.Image] = ()) -> bytes:
    """Give a picture's bytes."""
    stream = io.BytesIO()
    extra: dict[str, Any] = {"save_all": True, "append_images": list(frames)} if frames else {}
    image.save(stream, form, dpi=(150, 150), **extra)
    return stream.getvalue()


def make_ole(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """Make an OLE container of streams, one folder deep (`folder/name`); each is filled up with zeros to 4 KB."""
    entries: list[tuple[str, int, list[int], bytes]] = [("Root Entry", 5, [], b"")]
    folders: dict[str, int] = {"": 0}
    for path, content in streams:
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = len(entries)
            entries[0][2].append(len(entries))
            entries.append((folder, 1, [], b""))
        entries[folders[folder]][2].append(len(entries))
        entries.append((name, 2, [], content.ljust(4096, b"\0")))
    sectors: list[bytes] = []
    table: list[int] = []

    def store(content: bytes) -> int:
        first, count = len(sectors), -(-len(content) // 512)
        for index in range(count):
            sectors.append(content[index * 512 : (index + 1) * 512].ljust(512, b"\0"))
            table.append(first + index + 1 if index + 1 < count else _END)
        return first

    starts = [store(content) if content else _END for *_, content in entries]
    directory = store(b"".join(_ole_entry(entries, index, starts[index]) for index in range(len(entries))))
    place = len(sectors)
    table.append(0xFFFFFFFD)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, directory, 0, 4096, _END, 0, _END, 0, place) + b"\xff" * (4 * 108)
    return head + b"".join(sectors) + fat


def _ole_entry(entries: Sequence[tuple[str, int, list[int], bytes]], at: int, start: int) -> bytes:
    """Write one entry of the directory; the entries of a folder hang on each other to the right."""
    name, kind, children, content = entries[at]
    parent = next((entry for entry in entries if at in entry[2]), None)
    right = _NONE
    if parent is not None and parent[2][-1] != at:
        right = parent[2][parent[2].index(at) + 1]
    coded = name.encode("utf-16-le") + b"\0\0"
    child = children[0] if children else _NONE
    return coded.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(coded), kind, 1, _NONE, right, child, start, len(content)
    )


_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
