"""Readers: bytes of each format -> lines, by documents made in the test."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import py7zr
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from corpus.errors import ReadError
from corpus.records import Reading
from ingest.readers import ReadOptions, read
from ingest.readers.media import detect
from ingest.readers.ocr import languages
from tests.ingest.papers import (
    LETTER,
    letter_docx,
    letter_pdf,
    make_mail,
    make_ole,
    make_pdf,
    make_picture,
    make_zip,
    part_of,
    replace_part,
    save_docx,
    save_picture,
    stack,
)


def lines_of(reading: Reading) -> list[str]:
    return [line.text for page in reading.pages for line in page.lines if line.text]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (letter_pdf(), "brev.txt", "pdf"),
        (letter_docx(), "brev.pdf", "docx"),
        (make_zip([("a.txt", b"a")]), "brev.docx", "zip"),
        (make_zip([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), "x", "xlsx"),
        (make_mail("Hej"), "brev", "mail"),
        (b"From: Ulla\nTo: Kaj\n\nHej", "brev.txt", "text"),
        (b"Sagsnr.: 2010-16508\nDato: 1. maj 2010\n\nBrev", "brev.txt", "text"),
        (b"<!DOCTYPE html><html><body>Hej</body></html>", "x.pdf", "html"),
        (b"\xff\xfe" + "<html><p>Hej</p></html>".encode("utf-16-le"), "x", "html"),
        (b"{\\rtf1 Hej}", "x.doc", "rtf"),
        (b"7z\xbc\xaf\x27\x1c", "x", "7z"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "x", "doc"),
        (b"II*\0abc", "x", "image"),
        ("Kære alle".encode("utf-16-le"), "x", "text"),
        (bytes(range(256)) * 10, "x.txt", "unknown"),
    ],
)
def test_detect_goes_by_content(content: bytes, name: str, kind: str) -> None:
    """The kind of a file comes from its content, whatever its name says."""
    assert detect(content, name) == kind


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Kære Åse".encode(), "Kære Åse"),
        ("\ufeffKære Åse".encode(), "Kære Åse"),
        ("Kære Åse".encode("cp1252"), "Kære Åse"),
        ("Kære “Åse” – på øen".encode("cp1252"), "Kære “Åse” – på øen"),
        ("Kære Åse på Sønderø".encode("cp850"), "Kære Åse på Sønderø"),
        ("Ka\u0308re A\u030ase".encode(), "Käre Åse"),
        ("Kære Åse".encode("utf-16"), "Kære Åse"),
        ("Kære Åse på øen".encode("utf-16-le"), "Kære Åse på øen"),
        ("del\u00adta\u200bger".encode(), "deltager"),
        (b"K\xc3\xa6re \xc3\x85se" * 20 + b"\xc3", "Kære Åse" * 20),
    ],
)
def test_read_text_of_any_encoding(content: bytes, expected: str) -> None:
    """Text comes out composed, without soft hyphens, from every usual encoding."""
    assert lines_of(read(content, "brev.txt")) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Jens Ødegård          Åse Krøyer", "Jens Ødegård\tÅse Krøyer"),
        ("  borgmester   kommunaldirektør", "  borgmester\tkommunaldirektør"),
        ("Voksen      45 kr.     fra 1. maj", "Voksen\t45 kr.\tfra 1. maj"),
        ("Dato:     3. maj 2012", "Dato:     3. maj 2012"),
        ("1.   Godkendelse af dagsorden", "1.   Godkendelse af dagsorden"),
        ("  -    en ny mole", "  -    en ny mole"),
        ("Udvalget  drøftede  sagen", "Udvalget  drøftede  sagen"),
        ("den   nye   mole   i   havnen   er   lang", "den   nye   mole   i   havnen   er   lang"),
        ("sendt  i  høring  indtil   maj   2012  hos", "sendt  i  høring  indtil   maj   2012  hos"),
    ],
)
def test_read_text_parts_cells_at_wide_gaps(line: str, expected: str) -> None:
    """Three blanks or more part texts side by side; after a label, a number or a bullet they part nothing."""
    assert lines_of(read(f"Brev\n{line}\nSlut".encode(), "brev.txt"))[1] == expected


def test_read_text_pages_end_at_form_feeds() -> None:
    """A form feed begins a page."""
    reading = read(b"Side et\n\fSide to\n\f", "brev.txt")
    assert [[line.text for line in page.lines if line.text] for page in reading.pages] == [["Side et"], ["Side to"]]


def test_read_pdf_gives_lines_with_boxes() -> None:
    """Each line has its text, its size and its place from the page's upper left corner."""
    reading = read(make_pdf([[(70, 100, 12, "Møde om haltider")]]), "x.pdf")
    (line,) = reading.pages[0].lines
    assert line.text == "Møde om haltider"
    assert line.size == 12
    assert line.box is not None
    assert line.box.x0 == pytest.approx(70, abs=2)
    assert line.box.top < 100 < line.box.bottom + 1
    assert reading.pages[0].source == "text"


def test_read_pdf_parts_columns_on_one_height() -> None:
    """What stands on one height with a wide gap between is several lines."""
    reading = read(make_pdf([[(70, 100, 11, "Anlæg"), (300, 100, 11, "Takst"), (420, 100, 11, "45 kr.")]]), "x.pdf")
    assert lines_of(reading) == ["Anlæg", "Takst", "45 kr."]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_read_pdf_boxes_lie_on_the_turned_page(turn: int) -> None:
    """On a page that is shown turned every box lies within the page as it is seen."""
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf([stack(LETTER)]))
    document[0].set_rotation(turn)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    (page,) = read(stream.getvalue(), "x.pdf").pages
    assert set(lines_of(read(stream.getvalue(), "x.pdf"))) == set(LETTER)
    assert page.width is not None
    assert page.height is not None
    for line in page.lines:
        assert line.box is not None
        assert 0 <= line.box.x0 < line.box.x1 <= page.width
        assert 0 <= line.box.top < line.box.bottom <= page.height


def test_read_pdf_with_password_says_so() -> None:
    """A PDF that asks for a password is an error with that reason."""
    with pytest.raises(ReadError, match="krypteret med adgangskode") as caught:
        read(make_pdf([stack(LETTER)], password="hemmelig"), "laast.pdf")
    assert caught.value.code == "encrypted"


def test_read_pdf_page_limit_is_a_mark() -> None:
    """Pages beyond the limit are not read, and a mark says how many there were."""
    reading = read(letter_pdf(4), "x.pdf", options=ReadOptions(max_pages=2))
    assert len(reading.pages) == 2
    assert [mark.message for mark in reading.marks] == ["kun de første 2 af 4 sider er læst"]


def test_read_pdf_attached_files_are_members() -> None:
    """A file attached to a PDF is a member."""
    import pypdfium2

    document = pypdfium2.PdfDocument(letter_pdf())
    document.new_attachment("Takster.txt").set_data(b"Voksen 45 kr.")
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    (member,) = read(stream.getvalue(), "x.pdf").members
    assert (member.name, member.data) == ("Takster.txt", b"Voksen 45 kr.")


def test_read_docx_agrees_with_python_docx() -> None:
    """The paragraphs and cells are those that python-docx itself gives."""
    document = docx.Document()
    document.add_heading("Takster 2018", level=1)
    for paragraph in LETTER:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Anlæg", "Pris"), ("Østhallen", "310 kr.")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    content = save_docx(document)
    again = docx.Document(io.BytesIO(content))
    expected = [paragraph.text for paragraph in again.paragraphs if paragraph.text]
    expected += ["\t".join(cell.text for cell in row.cells) for row in again.tables[0].rows]
    reading = read(content, "x.docx")
    assert lines_of(reading) == expected
    assert reading.pages[0].lines[0].style == "heading"
    assert [line.style for line in reading.pages[0].lines if "\t" in line.text] == ["cell", "cell"]


def test_read_docx_headers_footers_and_their_styles() -> None:
    """Headers stand first and footers last, each marked as what it is."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kultur- og Fritidsudvalget 05-12-2017"
    document.sections[0].footer.paragraphs[0].text = "Side 1 af 2"
    document.add_paragraph("Godkendt.")
    lines = [line for line in read(save_docx(document), "x.docx").pages[0].lines if line.text]
    assert [(line.text, line.style) for line in lines] == [
        ("Kultur- og Fritidsudvalget 05-12-2017", "header"),
        ("Godkendt.", None),
        ("Side 1 af 2", "footer"),
    ]


def _with_xml(body: str) -> bytes:
    plain = letter_docx(["her"])
    document = part_of(plain, "word/document.xml").decode()
    start, end = (
        document.index("<w:p>") if "<w:p>" in document else document.index("<w:p "),
        document.index("<w:sectPr"),
    )
    return replace_part(plain, "word/document.xml", (document[:start] + body + document[end:]).encode())


def _p(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def _r(content: str) -> str:
    return f"<w:r>{content}</w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            _p(
                _r("<w:t>Ny </w:t>")
                + f"<w:del>{_r('<w:delText>gammel </w:delText>')}</w:del><w:ins>{_r('<w:t>tekst</w:t>')}</w:ins>"
            ),
            ["Ny tekst"],
        ),
        (_p(_r("<w:t>Dok.nr.</w:t><w:tab/><w:t>2017</w:t><w:noBreakHyphen/><w:t>12</w:t>")), ["Dok.nr.\t2017-12"]),
        (_p(_r("<w:t>Rådhuset</w:t><w:br/><w:t>7777 Vesterlund</w:t>")), ["Rådhuset", "7777 Vesterlund"]),
        (f"<w:sdt><w:sdtContent>{_p(_r('<w:t>I et felt</w:t>'))}</w:sdtContent></w:sdt>", ["I et felt"]),
        (_p(f"<w:hyperlink>{_r('<w:t>vesterlund.example</w:t>')}</w:hyperlink>"), ["vesterlund.example"]),
        (_p(_r("<w:instrText> PAGE </w:instrText><w:t>Tekst</w:t>")), ["Tekst"]),
        (_p(f"<w:moveFrom>{_r('<w:t>flyttet</w:t>')}</w:moveFrom>" + _r("<w:t>bliver</w:t>")), ["bliver"]),
    ],
)
def test_read_docx_runs(body: str, expected: list[str]) -> None:
    """Insertions are in, deletions out; breaks, tabs, fields and controls come out as they are shown."""
    assert lines_of(read(_with_xml(body), "x.docx")) == expected


def test_read_docx_text_box_is_read_once() -> None:
    """A text box is read from the newer form only, and marked as a text box."""
    box = "<w:txbxContent><w:p><w:r><w:t>Sagsnr. 18/28145</w:t></w:r></w:p></w:txbxContent>"
    choice = f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    reading = read(_with_xml(f"<w:p><w:r><w:t>Kære Ulla</w:t>{choice}</w:r></w:p>"), "x.docx")
    assert [(line.text, line.style) for line in reading.pages[0].lines if line.text] == [
        ("Kære Ulla", None),
        ("Sagsnr. 18/28145", "textbox"),
    ]


def test_read_docx_lists_show_their_numbers() -> None:
    """Numbered paragraphs get the numbers that Word draws, bullets a dash."""
    document = docx.Document()
    for text in ("at planen godkendes", "at sagen sendes i høring"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Bilag 1", style="List Bullet")
    lines = lines_of(read(save_docx(document), "x.docx"))
    assert lines == ["1. at planen godkendes", "2. at sagen sendes i høring", "- Bilag 1"]


def test_read_docx_pages_turn_where_word_turned_them() -> None:
    """A page break set by the writer begins a page."""
    document = docx.Document()
    document.add_paragraph("Første side").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("Anden side")
    reading = read(save_docx(document), "x.docx")
    assert [[line.text for line in page.lines if line.text] for page in reading.pages] == [
        ["Første side"],
        ["Anden side"],
    ]


def test_read_docx_footnotes_follow_the_body() -> None:
    """A footnote stands after the body with its number."""
    document = docx.Document()
    run = document.add_paragraph("Tallet er talt op").add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "7")
    run._r.append(reference)
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="7"><w:p><w:r><w:t>Talt i uge 44.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    content = replace_part(save_docx(document), "word/footnotes.xml", notes.encode())
    assert lines_of(read(content, "x.docx")) == ["Tallet er talt op", "1 Talt i uge 44."]


PAGE = """<!DOCTYPE html><html><head><title>Referat | Fjordby</title><script>var a = "skjult";</script></head><body>
<header><a href="/">Fjordby Kommune</a></header><nav><ul><li><a href="#a">Punkt 1: Haltider</a></li></ul></nav>
<div class="cookie-banner">Vi bruger cookies. <button>Accepter</button></div>
<main><h1>Punkt 1: Haltider</h1><p>Mødedato: 05-12-2017<br>Mødested: Rådhuset</p>
<ol><li>at timerne fordeles,</li><li>at børn går forud.</li></ol><ul><li>Bilag 1</li></ul>
<table><tr><th>Hal</th><th>Timer</th></tr><tr><td>Øst</td><td>12</td></tr></table>
<p style="display:none">skjult</p><p><a href="#top">Til toppen</a> <a href="#">Udskriv punkt</a></p></main>
<footer>Telefon 59 12 44 07</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_read_html_leaves_the_page_furniture_out(encoding: str) -> None:
    """Of an agenda page only the paper is read: no navigation, cookie notice, buttons or hidden text."""
    reading = read(PAGE.encode(encoding), "x.html")
    assert lines_of(reading) == [
        "Punkt 1: Haltider",
        "Mødedato: 05-12-2017",
        "Mødested: Rådhuset",
        "1. at timerne fordeles,",
        "2. at børn går forud.",
        "- Bilag 1",
        "Hal\tTimer",
        "Øst\t12",
    ]
    assert reading.meta == (("title", "Referat | Fjordby"),)


def test_read_mail_headers_body_and_attachments() -> None:
    """Headers are metadata, the subject heads the text, attachments are members with their names."""
    reading = read(make_mail("Hej Ulla\n\nTaksterne er vedlagt.", [("Takster på øen.pdf", b"%PDF-x")]), "x.eml")
    meta = dict(reading.meta)
    assert meta["from"] == "Åse Nørregård <aase@fjordby.example>"
    assert meta["date"] == "2017-11-07T10:15:00+01:00"
    assert lines_of(reading) == ["Legepladsen ved Møllestien", "Hej Ulla", "Taksterne er vedlagt."]
    assert [(member.name, member.data) for member in reading.members] == [("Takster på øen.pdf", b"%PDF-x")]


RAW_MAIL = """From: Ældrerådet <raad@example.dk>
To: Åse Krøyer <ak@example.dk>, =?utf-8?q?J=C3=B8rgen?= Ødegård <jo@example.dk>
Subject: Høring om bænke – på
 Åboulevarden
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain

Hej
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="Bænke på øen.pdf"

abc
--x--
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_read_mail_with_headers_of_no_charset(encoding: str) -> None:
    """Headers and names of attachments in bare bytes are read, beside encoded words too."""
    reading = read(RAW_MAIL.encode(encoding), "x.eml")
    meta = dict(reading.meta)
    assert meta["from"] == "Ældrerådet <raad@example.dk>"
    assert meta["to"] == "Åse Krøyer <ak@example.dk>, Jørgen Ødegård <jo@example.dk>"
    assert meta["subject"] == lines_of(reading)[0] == "Høring om bænke – på Åboulevarden"
    assert [member.name for member in reading.members] == ["Bænke på øen.pdf"]


def test_read_mail_keeps_bare_bytes_of_a_mail_inside_it() -> None:
    """A forwarded mail whose headers are bare bytes is a member with the same headers."""
    outer = "From: a@example.dk\nTo: b@example.dk\nContent-Type: multipart/mixed; boundary=y\n\n"
    outer += "--y\nContent-Type: message/rfc822\n\n"
    (member,) = read((outer + RAW_MAIL + "\n--y--\n").encode(), "x.eml").members
    assert dict(read(member.data, "y.eml").meta)["from"] == "Ældrerådet <raad@example.dk>"


def test_read_mail_of_html_only() -> None:
    """A mail whose body is HTML only is read from it."""
    raw = b"From: a@x.example\nTo: b@x.example\nSubject: Hej\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
    assert lines_of(read(raw + "<p>Kære Åse</p><p>Godkendt.</p>".encode(), "x.eml")) == ["Hej", "Kære Åse", "Godkendt."]


def test_read_mail_in_mail_is_a_member() -> None:
    """A forwarded mail is a member that can be read by itself."""
    from email import message_from_bytes
    from email.message import EmailMessage

    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@x.example", "b@x.example", "Videresendt"
    outer.set_content("Se nedenfor")
    outer.add_attachment(message_from_bytes(make_mail("Inderst", subject="Indre")))
    (member,) = read(outer.as_bytes(), "x.eml").members
    assert lines_of(read(member.data, member.name)) == ["Indre", "Inderst"]


def test_read_msg_headers_body_and_attachments() -> None:
    """A mail that Outlook saved is read like any other: headers, body, attachments."""
    mail = make_ole(
        [
            ("__substg1.0_0037001F", "Takster på øen".encode("utf-16-le")),
            ("__substg1.0_0C1A001F", "Åse Nørregård".encode("utf-16-le")),
            ("__substg1.0_0E04001F", "Kaj Lindegaard".encode("utf-16-le")),
            ("__substg1.0_1000001F", "Hej Kaj\r\n\r\nTaksterne er vedlagt.".encode("utf-16-le")),
            ("__attach_version1.0_#00000000/__substg1.0_3707001F", "Takster.txt".encode("utf-16-le")),
            ("__attach_version1.0_#00000000/__substg1.0_37010102", b"Voksen 45 kr."),
        ]
    )
    reading = read(mail, "x.msg")
    assert reading.media_type == "application/vnd.ms-outlook"
    meta = dict(reading.meta)
    assert [meta[key] for key in ("from", "to", "subject")] == ["Åse Nørregård", "Kaj Lindegaard", "Takster på øen"]
    assert lines_of(reading) == ["Takster på øen", "Hej Kaj", "Taksterne er vedlagt."]
    (member,) = reading.members
    assert (member.name, member.data.rstrip(b"\0")) == ("Takster.txt", b"Voksen 45 kr.")


def test_read_zip_members_keep_their_names() -> None:
    """Entries are members; what Macs leave in archives is none."""
    reading = read(make_zip([("bilag/Åben.txt", b"a"), ("__MACOSX/._x", b"b"), ("b.txt", b"c")]), "x.zip")
    assert [(member.name, member.data) for member in reading.members] == [("bilag/Åben.txt", b"a"), ("b.txt", b"c")]


def test_read_zip_with_one_damaged_entry_keeps_the_others() -> None:
    """A damaged entry is a mark, and the others are read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"AAAAAAAA")
        archive.writestr("b.txt", b"BBBBBBBB")
    reading = read(stream.getvalue().replace(b"AAAAAAAA", b"AAAAXAAA"), "x.zip")
    assert [member.name for member in reading.members] == ["b.txt"]
    assert [mark.code for mark in reading.marks] == ["member-damaged"]


@pytest.mark.parametrize("password", [None, "hemmelig"])
def test_read_7z(password: str | None) -> None:
    """A 7z archive's entries are members; a locked one is an error with that reason."""
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w", password=password) as archive:
        archive.writestr(b"Brev", "bilag/brev.txt")
    if password:
        with pytest.raises(ReadError) as caught:
            read(stream.getvalue(), "x.7z")
        assert caught.value.code == "encrypted"
    else:
        (member,) = read(stream.getvalue(), "x.7z").members
        assert (member.name, member.data) == ("bilag/brev.txt", b"Brev")


def test_read_rtf() -> None:
    """RTF is read with its letters."""
    assert lines_of(read(rb"{\rtf1\ansi\ansicpg1252 K\'e6re \'c5se\par Godkendt.}", "x.rtf")) == [
        "Kære Åse",
        "Godkendt.",
    ]


ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
    "<text:h>Dispensation</text:h><text:p><text:span>Rugmarken 7<text:line-break/>8888 Kærlund</text:span></text:p>"
    "<text:list><text:list-item><text:p>Et skur</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Frist</text:p></table:table-cell>"
    "<table:table-cell><text:p>29. juni</text:p></table:table-cell></table:table-row></table:table>"
    "</office:text></office:body></office:document-content>"
)


def test_read_odt() -> None:
    """OpenDocument text is read with headings, line breaks, lists and tables."""
    content = make_zip([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", ODT.encode())])
    assert lines_of(read(content, "x.odt")) == [
        "Dispensation",
        "Rugmarken 7",
        "8888 Kærlund",
        "- Et skur",
        "Frist\t29. juni",
    ]


needs_tesseract = pytest.mark.skipif(languages("dan+eng") is None, reason="Tesseract is not installed")


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_read_picture_of_text(form: str) -> None:
    """A scan is read with places and confidences."""
    reading = read(save_picture(make_picture(["Referat af udvalgets sidste"]), form), "scan")
    assert lines_of(reading) == ["Referat af udvalgets sidste"]
    (line,) = reading.pages[0].lines
    assert line.confidence is not None
    assert line.confidence > 0.6
    assert reading.pages[0].source == "ocr"


@needs_tesseract
def test_read_scanned_pdf_beside_text_pages() -> None:
    """Only the page without a text layer goes through Tesseract."""
    import pypdfium2

    stream = io.BytesIO()
    make_picture(["Referat af udvalgets sidste"]).save(stream, "PDF", resolution=150)
    document = pypdfium2.PdfDocument(letter_pdf())
    document.import_pages(pypdfium2.PdfDocument(stream.getvalue()))
    out = io.BytesIO()
    document.save(out)
    reading = read(out.getvalue(), "x.pdf")
    assert [page.source for page in reading.pages] == ["text", "ocr"]
    assert reading.pages[1].lines[0].text == "Referat af udvalgets sidste"


@needs_tesseract
def test_read_many_frames_are_pages() -> None:
    """Each frame of a TIFF is a page."""
    pictures = [make_picture([f"Referat af punkt {name}"]) for name in ("fire", "fem")]
    reading = read(save_picture(pictures[0], "TIFF", pictures[1:]), "scan.tif")
    assert [[line.text for line in page.lines] for page in reading.pages] == [
        ["Referat af punkt fire"],
        ["Referat af punkt fem"],
    ]


def test_read_scan_without_tesseract_is_marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where Tesseract is missing a scan is imported without text, with a mark that names the command."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("tesseract") is None
    languages.cache_clear()
    try:
        reading = read(save_picture(make_picture(LETTER), "PNG"), "scan.png")
    finally:
        languages.cache_clear()
    assert [page.source for page in reading.pages] == ["none"]
    (mark,) = reading.marks
    assert mark.code == "needs-ocr"
    assert "apt install tesseract-ocr" in mark.message


def test_read_scan_never_recognised_when_told_so() -> None:
    """With recognition switched off a scan has no text and no mark."""
    reading = read(save_picture(make_picture(LETTER), "PNG"), "scan.png", options=ReadOptions(ocr="never"))
    assert (lines_of(reading), reading.marks) == ([], ())


def _ruled_table() -> bytes:
    """Draw a ruled table whose cells hold several lines, one of them with a broken word."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for x in (70, 250, 450, 520):
        canvas.line(x, 740, x, 620)
    for y in (740, 715, 670, 620):
        canvas.line(70, y, 520, y)
    cells = [(75, 722, "Anlæg"), (255, 722, "Anvendelse"), (455, 722, "Takst")]
    cells += [
        (75, 698, "Østhallen"),
        (255, 698, "Leje til forenin-"),
        (255, 685, "ger og skoler"),
        (455, 698, "310 kr."),
    ]
    cells += [(75, 650, "Svømmehal"), (75, 637, "i Fjordby"), (255, 650, "Voksne"), (455, 650, "45 kr.")]
    for x, y, text in cells:
        canvas.drawString(x, y, text)
    canvas.save()
    return stream.getvalue()


def test_read_pdf_ruled_table_goes_to_pdfplumber() -> None:
    """A page with a ruled table of several lines a cell is read row by row, and the page says by which reader."""
    (page,) = read(_ruled_table(), "takster.pdf").pages
    assert page.reader == "pdfplumber"
    assert [line.text for line in page.lines] == [
        "Anlæg\tAnvendelse\tTakst",
        "Østhallen\tLeje til foreninger og skoler\t310 kr.",
        "Svømmehal i Fjordby\tVoksne\t45 kr.",
    ]
    assert {line.style for line in page.lines} == {"cell"}


def test_read_pdf_plain_page_stays_with_pdfium() -> None:
    """A page without tables is PDFium's."""
    assert [page.reader for page in read(letter_pdf(2), "x.pdf").pages] == ["pdfium", "pdfium"]
