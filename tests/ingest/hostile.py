"""Hostile files, made by a script: broken, locked, bombed and deeply nested papers of every format.

python -m tests.ingest.hostile FOLDER      writes them all, for trials with other programs
"""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from tests.ingest.papers import (
    LETTER,
    letter_docx,
    letter_pdf,
    make_mail,
    make_picture,
    make_zip,
    part_of,
    replace_part,
    save_picture,
)

Hostile = tuple[str, bytes]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: A secret that a reader must never fetch; tests look for it.
SECRET = "file:///etc/passwd"


def hostile_files() -> Iterator[Hostile]:
    """Yield every hostile file as its name and its bytes; the same ones every time."""
    yield from _truncated()
    yield from _flipped()
    yield from _hostile_pdfs()
    yield from _hostile_docx()
    yield from _hostile_archives()
    yield from _hostile_mails()
    yield from _hostile_texts()
    yield from _hostile_pictures()
    yield from _hostile_office()


def _originals() -> list[Hostile]:
    return [
        ("brev.pdf", letter_pdf(5)),
        ("brev.docx", letter_docx()),
        ("brev.zip", make_zip([("a.txt", b"Brev" * 90), ("b.pdf", letter_pdf())])),
        ("brev.eml", make_mail("\n".join(LETTER), [("brev.pdf", letter_pdf())])),
        ("brev.png", save_picture(make_picture(LETTER), "PNG")),
        ("brev.tif", save_picture(make_picture(LETTER), "TIFF")),
    ]


def _truncated() -> Iterator[Hostile]:
    for name, content in _originals():
        for part in (0.02, 0.3, 0.7, 0.99):
            yield f"afkortet-{int(part * 100)}-{name}", content[: int(len(content) * part)]


def _flipped() -> Iterator[Hostile]:
    for name, content in _originals():
        for seed in (1, 2):
            chance = random.Random(seed)
            damaged = bytearray(content)
            for _ in range(max(8, len(content) // 400)):
                damaged[chance.randrange(8, len(content))] ^= 1 << chance.randrange(8)
            yield f"vendte-bit-{seed}-{name}", bytes(damaged)


def pdf_of(objects: list[bytes], head: bytes = b"%PDF-1.7\n") -> bytes:
    """Make a PDF of numbered objects, the first one its catalogue."""
    out = bytearray(head)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _page(contents: bytes, resources: bytes = b"", entries: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> %s >>"
            % (resources, entries),
            _stream(contents),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *extra,
        ]
    )


_FONT = b"/Font << /F1 5 0 R >>"


def _hostile_pdfs() -> Iterator[Hostile]:
    yield "laast.pdf", _locked_pdf()
    picture = _stream(
        b"\x00", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    yield (
        "30000-billeder.pdf",
        _page(b"q 595 0 0 842 0 0 cm /I Do Q " * 30_000, b"/XObject << /I 6 0 R >>", extra=(picture,)),
    )
    yield (
        "side-i-ring.pdf",
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
    )
    yield (
        "million-sider.pdf",
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 1000000 >>"]),
    )
    yield "form-i-ring.pdf", _page(
        b"/X Do", b"/XObject << /X 6 0 R >>",
        extra=(
            _stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>"),
        ),
    )  # fmt: skip
    yield "dybe-lister.pdf", _page(b"[" * 100_000 + b"]" * 100_000 + b" TJ", _FONT)
    yield "dyb-ordbog.pdf", pdf_of([b"<< /A " * 50_000 + b">> " * 50_000, b"<< /Type /Pages /Kids [] /Count 0 >>"])
    yield "uden-stoerrelse.pdf", _page(b"BT /F1 12 Tf (Brev) Tj ET", _FONT, b"/MediaBox [0 0 0 0]")
    yield "uhyre-side.pdf", _page(b"BT /F1 12 Tf 9 9 Td (Brev) Tj ET", _FONT, b"/MediaBox [0 0 9000000 9000000]")
    yield "uhyre-skrift.pdf", _page(b"BT /F1 1e30 Tf 1e30 -1e30 Td (Brev om sagen) Tj ET", _FONT)
    yield "nul-skrift.pdf", _page(b"BT /F1 0 Tf (Brev om sagen) Tj ET", _FONT)
    yield "mange-bogstaver.pdf", _page(b"BT /F1 1 Tf 9 9 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 40_000 + b"ET", _FONT)
    yield (
        "mange-steder.pdf",
        _page(
            b"BT /F1 8 Tf "
            + b"".join(b"1 0 0 1 %d %d Tm (x) Tj " % (n * 37 % 590, n * 91 % 840) for n in range(20_000))
            + b"ET",
            _FONT,
        ),
    )
    yield "bombe.pdf", _bomb_pdf()
    yield "xfa.pdf", _xfa_pdf()
    yield (
        "javascript.pdf",
        pdf_of(
            [
                b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> >>",
                b"<< /Type /Pages /Kids [] /Count 0 >>",
            ]
        ),
    )
    yield "forkert-xref.pdf", letter_pdf().replace(b"startxref\n", b"startxref\n99999999")
    yield "pdf-i-stoej.pdf", b"\x00\xff" * 300 + letter_pdf()
    yield "kun-hoved.pdf", b"%PDF-1.7\n"


def _locked_pdf() -> bytes:
    from tests.ingest.papers import make_pdf, stack

    return make_pdf([stack(LETTER)], password="hemmelig")


def _bomb_pdf() -> bytes:
    """Pack a stream twice, a thousand bytes of it for each byte of the file and again."""
    packed = zlib.compress(zlib.compress(b"BT ET " * 30_000_000, 9), 9)
    stream = _stream(packed, b"/Filter [/FlateDecode /FlateDecode]")
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream,
        ]
    )


def _xfa_pdf() -> bytes:
    xfa = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRET}">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">&e;</xdp:xdp>'
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 4 0 R /Fields [] >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            _stream(xfa.encode()),
        ]
    )


def _word(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return replace_part(letter_docx(), "word/document.xml", xml.encode())


def _hostile_docx() -> Iterator[Hostile]:
    yield "xxe.docx", _word("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRET}">]>')
    lol = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield "milliarder.docx", _word("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", f"<!DOCTYPE x [{lol}]>")
    yield "fremmed-dtd.docx", _word("<w:p/>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')
    deep = "<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000
    yield "dyb.docx", _word(deep)
    yield "dybe-tabeller.docx", _word("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60)
    yield "uden-krop.docx", replace_part(letter_docx(), "word/document.xml", b"<a/>")
    yield "uden-dokument.docx", make_zip([("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<a/>")])
    yield "ingen-zip.docx", b"dette er ikke en zip " * 20
    yield "bombe.docx", replace_part(letter_docx(), "word/document.xml", b" " * 300_000_000)
    yield "nummer-i-ring.docx", replace_part(letter_docx(), "word/numbering.xml", b"<w:numbering xmlns:w='x'>")
    rels = part_of(letter_docx(), "word/_rels/document.xml.rels").replace(
        b"</Relationships>", b'<Relationship Id="rId99" Type="header" Target="../../../../etc/passwd"/></Relationships>'
    )
    yield "vej-ud.docx", replace_part(letter_docx(), "word/_rels/document.xml.rels", rels)


def _hostile_archives() -> Iterator[Hostile]:
    yield "bombe.zip", make_zip([("nuller.txt", b"\0" * 400_000_000)])
    yield (
        "navne.zip",
        make_zip(
            [
                ("../../etc/cron.d/x", b"tekst"),
                ("/rod.txt", b"tekst"),
                ("C:\\x\\y.txt", b"tekst"),
                ("a" * 300 + ".txt", b"tekst"),
            ]
        ),
    )
    yield "nul-i-navn.zip", make_zip([("abc.txt", b"tekst")]).replace(b"abc.txt", b"a\0c.txt")
    yield "forkert-kode.zip", make_zip([("abc.txt", b"tekst")]).replace(b"abc.txt", b"\xff\xfe\x80.txt")
    yield "laast.zip", _locked_zip()
    yield "overlap.zip", _overlapping_zip()
    yield "mange.zip", make_zip([(f"{n}.txt", b"x") for n in range(5_000)])
    yield "tom.zip", make_zip([])
    yield "quine.zip", _nested_zip(60)
    yield "afkortet.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x01" * 60
    yield "hoved.7z", b"7z\xbc\xaf\x27\x1c"


def _locked_zip() -> bytes:
    content = bytearray(make_zip([("brev.txt", b"tekst" * 50)]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark) + at
        content[place] |= 1
    return bytes(content)


def _overlapping_zip() -> bytes:
    """Let every entry of the directory point to one big member."""
    content = make_zip([("stor.txt", b"a" * 900_000)])
    start = content.find(b"PK\x01\x02")
    end = content.find(b"PK\x05\x06")
    entry = content[start:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3000, 3000, len(entry) * 3000, start, 0)
    return content[:start] + entry * 3000 + tail


def _nested_zip(depth: int) -> bytes:
    content = b"bunden"
    for level in range(depth):
        content = make_zip([(f"{level}.zip", content)])
    return content


def _hostile_mails() -> Iterator[Hostile]:
    content = make_mail("inderst")
    for _ in range(9):
        outer = EmailMessage()
        outer["From"], outer["To"], outer["Subject"] = "a@x.example", "b@x.example", "Videresendt"
        outer.set_content("se nedenfor")
        outer.add_attachment(content, maintype="application", subtype="octet-stream", filename="../../x.eml")
        content = outer.as_bytes()
    yield "mail-i-mail.eml", content
    head = "From: a@x.example\nTo: b@x.example\nSubject: Dyb\nMIME-Version: 1.0\n"
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000))
    yield "dybe-dele.eml", (head + deep + "Content-Type: text/plain\n\nbrev\n").encode()
    yield (
        "uden-slut.eml",
        (head + 'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/html\n\n<b').encode(),
    )
    yield (
        "forkert-kode.eml",
        (head + "Content-Type: text/plain; charset=findes-ikke\n\nK\xe6re alle\n").encode("latin-1"),
    )
    yield (
        "forkert-base64.eml",
        (head + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!====\n").encode(),
    )
    yield "hoved.eml", b"From: a\nTo: b\nSubject: " + b"=?utf-8?q?=C3?=" * 20_000 + b"\nDate: i morgen\n\nbrev\n"
    parts = "".join(f"--b\nContent-Disposition: attachment; filename={n}.txt\n\nhej\n" for n in range(10_000))
    yield "mange-filer.eml", (head + f"Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n").encode()
    yield "mange-modtagere.eml", b"From: a@x.example\nTo: " + b"b@x.example, " * 80_000 + b"\nSubject: x\n\nbrev\n"
    yield "citater.eml", (head + "\n\nVi er imod planen.\n" + "Fra: x\nDen 1. maj kl. 12.00 skrev\n" * 20_000).encode()
    event = "BEGIN:VEVENT\nSUMMARY:M\u00f8de\nDTSTART:20210503T130000\n"
    yield "uden-ende.ics", ("BEGIN:VCALENDAR\n" + event * 50_000).encode()
    yield "nul-i-hoved.eml", b"From: a\0b\nTo: b\nSubject: \xff\xfe\nMIME-Version: 1.0\n\nbrev\n"


def _hostile_texts() -> Iterator[Hostile]:
    yield "tom.txt", b""
    yield "blank.txt", b" \r\n\t\n" * 100
    yield "nuller.txt", b"\0" * 100_000
    yield "stoej.txt", random.Random(3).randbytes(50_000)
    yield "forkert-utf8.txt", b"K\xc3\xa6re alle \xff\xfe\xf0\x9f om \xed\xa0\x80 sagen " * 200
    yield "afkortet-utf16.txt", "Kære alle om sagen".encode("utf-16")[:-1]
    yield "en-linje.txt", b"a" * 5_000_000
    yield "bindestreger.txt", b"- " * 500_000
    yield "mange-linjer.txt", b"a-\n" * 300_000
    yield "cifre.txt", b"1. " * 300_000
    yield "parenteser.html", b"<html><body>" + b"<div>" * 100_000 + b"brev"
    yield "xxe.html", f'<!DOCTYPE html [<!ENTITY e SYSTEM "{SECRET}">]><html><body><p>&e;</p></body></html>'.encode()
    yield "billeder.html", b"<html><body><p>Brev</p>" + b'<img src="http://127.0.0.1:9/x.png">' * 500
    yield "tabeller.html", b"<html><body>" + b"<table><tr><td>" * 2_000 + b"brev"
    yield "attributter.html", b"<html><body><p " + b"a=1 " * 100_000 + b">brev</p>"
    yield "dyb.rtf", b"{\\rtf1 " + b"{" * 100_000 + b"}" * 100_000 + b"}"
    yield "uden-slut.rtf", b"{\\rtf1\\ansi K\\'e6re alle {\\b om sagen"
    yield "bokse.rtf", b"{\\rtf1 " + b"{\\shptxt x}" * 20_000 + b"{\\shptxt " * 300
    yield "korte-afsnit.txt", b"x\n\n" * 60_000
    yield "objekt.rtf", b"{\\rtf1 {\\object\\objdata " + b"41" * 50_000 + b"}}"


def _hostile_pictures() -> Iterator[Hostile]:
    head = b"\x89PNG\r\n\x1a\n"
    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + size + struct.pack(">I", zlib.crc32(b"IHDR" + size))
    yield "uhyre.png", head + chunk
    yield "hoved.png", head
    yield "ring.tif", b"II*\0\x08\0\0\0" + b"\x01\0" + b"\0\x01\x03\0\x01\0\0\0\x01\0\0\0" + b"\x08\0\0\0"
    yield "hoved.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40


def _hostile_office() -> Iterator[Hostile]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "hoved.doc", ole + b"\0" * 600
    yield "stoej.doc", ole + random.Random(4).randbytes(20_000)
    yield "stoej.msg", ole + "__substg1.0_0037001F".encode("utf-16-le") + random.Random(5).randbytes(20_000)
    yield "laast.docx", ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2_000
    yield "stoej.xlsx", make_zip([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<nej")])
    yield "bombe.xlsx", _bomb_sheet()
    yield (
        "xxe.odt",
        make_zip(
            [
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRET}">]><x>&e;</x>'.encode()),
            ]
        ),
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = f'xmlns:t="{urn}:table:1.0" xmlns:x="{urn}:text:1.0"'
    cell = f'<t:table-cell t:number-columns-repeated="16384"><x:p>{"x" * 5_000}</x:p></t:table-cell>'
    row = f'<t:table-row t:number-rows-repeated="1048576">{cell}</t:table-row>'
    sheet = [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]
    yield "gentaget.ods", make_zip([*sheet, ("content.xml", f"<t:table {names}>{row * 30}</t:table>".encode())])
    yield "bombe-type.ods", make_zip([("mimetype", sheet[0][1] + b" " * 100_000_000), ("content.xml", b"<x/>")])
    yield "tom.odt", make_zip([("mimetype", b"application/vnd.oasis.opendocument.text")])
    yield "stoej.pptx", make_zip([("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"\xff\xff")])


def _bomb_sheet() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c>" * 80_000_000)
    return stream.getvalue()


def write_all(folder: Path) -> int:
    """Write every hostile file into a folder; give how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(hostile_files())
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return len(files)


if __name__ == "__main__":
    sys.stdout.write(f"{write_all(Path(sys.argv[1]))} files\n")
