"""DOCX: what Word does not show, paragraphs whose end was deleted, and documents taken in whole."""

from __future__ import annotations

import docx
import pytest

from ingest.readers import read
from tests.ingest.papers import part_of, replace_part, save_docx
from tests.ingest.test_readers import lines_of

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"


def _with_body(body: str) -> bytes:
    """Put XML before what stands in a document's body."""
    document = docx.Document()
    document.add_paragraph("Venlig hilsen")
    content = save_docx(document)
    part = part_of(content, "word/document.xml").decode()
    return replace_part(content, "word/document.xml", part.replace("<w:body>", "<w:body>" + body).encode())


def _p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _control(content: str, prompt: bool = True) -> str:
    shown = "<w:showingPlcHdr/>" if prompt else ""
    return f"<w:sdt><w:sdtPr>{shown}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


ENDLESS = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
STYLED = '<w:rStyle w:val="Pladsholdertekst"/>'
CELL = "<w:tbl><w:tr><w:tc>{}</w:tc>{}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_p(_r("Hegnet bliver. ") + _r("Internt, sagsnr. 2018-9999.", "<w:vanish/>")), ["Hegnet bliver."]),
        (_p(_r("Hegnet bliver.", '<w:vanish w:val="0"/>')), ["Hegnet bliver."]),
        (_p(_r("Hegnet bliver."), "<w:rPr><w:vanish/></w:rPr>"), ["Hegnet bliver."]),
        (_p(_r("Fra den 1. april "), ENDLESS) + _p(_r("2019 til maj.")), ["Fra den 1. april 2019 til maj."]),
        (_p(_r("Et "), ENDLESS) + _p(_r("to "), ENDLESS) + _p(_r("tre.")), ["Et to tre."]),
        (_p("", ENDLESS) + _p(_r("Hegnet bliver.")), ["Hegnet bliver."]),
        (CELL.format(_p(_r("Hegn"), ENDLESS), f"<w:tc>{_p(_r('Skur'))}</w:tc>"), ["Hegn\tSkur"]),
        (_p(_r("Sag "), ENDLESS) + CELL.format(_p(_r("Hegn")), ""), ["Sag", "Hegn"]),
        (_control(_p(_r("Klik her for at angive tekst."))), []),
        (_p(_r("Dato: ") + _control(_r("Dags dato", STYLED))), ["Dato:"]),
        (_control(_p(_r("Klik her for at angive tekst.")), prompt=False), ["Klik her for at angive tekst."]),
        (_p(_r("Sagsnr. ") + _control(_r("2019-4471"))), ["Sagsnr. 2019-4471"]),
        ("<w:tbl><w:tr>" + _control(f"<w:tc>{_p(_r('Vælg en dato'))}</w:tc>") + f"<w:tc>{_p(_r('Skur'))}</w:tc>"
         "</w:tr></w:tbl>", ["\tSkur"]),
    ],
)  # fmt: skip
def test_read_docx_reads_what_is_shown(body: str, expected: list[str]) -> None:
    """Hidden text and prompts are no text, a filled-in control is; a deleted end joins paragraphs, not cells."""
    assert lines_of(read(_with_body(body), "x.docx")) == [*expected, "Venlig hilsen"]


def _with_chunk(name: str, chunk: bytes, times: int = 1) -> bytes:
    content = _with_body(_p(_r("Afgørelse")) + '<w:altChunk r:id="rIdX"/>' * times)
    relations = part_of(content, "word/_rels/document.xml.rels").decode()
    relation = f'<Relationship Id="rIdX" Type="{_RELATION}" Target="{name}"/></Relationships>'
    content = replace_part(
        content, "word/_rels/document.xml.rels", relations.replace("</Relationships>", relation).encode()
    )
    return replace_part(content, f"word/{name}", chunk)


@pytest.mark.parametrize(
    ("name", "chunk"),
    [
        ("a.htm", b"<html><body><p>Hegnet bliver.</p></body></html>"),
        ("a.txt", b"Hegnet bliver.\r\n"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>Hegnet bliver.</p></body></html>"),
        ("a.rtf", rb"{\rtf1\ansi Hegnet bliver.\par}"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_read_docx_takes_in_whole_documents(name: str, chunk: bytes, times: int) -> None:
    """A page or a text inside a document is read where it stands, once."""
    reading = read(_with_chunk(name, chunk, times), "x.docx")
    assert lines_of(reading) == ["Afgørelse", "Hegnet bliver.", "Venlig hilsen"]
    assert reading.marks == ()


@pytest.mark.parametrize("chunk", [b"PK\x03\x04 intet arkiv", b""])
def test_read_docx_marks_what_it_cannot_take_in(chunk: bytes) -> None:
    """A document inside a document that is not read leaves a mark."""
    reading = read(_with_chunk("a.docx", chunk), "x.docx")
    assert lines_of(reading) == ["Afgørelse", "Venlig hilsen"]
    assert [mark.code for mark in reading.marks] == ["member-not-read"]


_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _forms(*choices: str, fallback: str = "") -> str:
    forms = "".join(f'<mc:Choice Requires="w">{choice}</mc:Choice>' for choice in choices)
    return f"<mc:AlternateContent {_MC}>{forms}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_forms(_p(_r("Hegn")), _p(_r("Hegn")), fallback=_p(_r("Hegn"))), ["Hegn"]),
        (_p(f"<w:r>{_forms('<w:t>Hegn</w:t>', '<w:t>Skur</w:t>', fallback='<w:t>Mur</w:t>')}</w:r>"), ["Hegn"]),
        (CELL.format(_p(_r("Hegn")), f'<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{_p(_r("Skur"))}</w:tc>'),
         ["Hegn"]),
    ],
)  # fmt: skip
def test_read_docx_takes_one_form_of_what_has_several(body: str, expected: list[str]) -> None:
    """Newer programs read the first form, older ones the last; a cell that was deleted has none."""
    assert lines_of(read(_with_body(body), "x.docx")) == [*expected, "Venlig hilsen"]


def test_read_docx_heads_that_say_the_same_are_read_once() -> None:
    """Each section has heads of its own, most often the same."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Havlev Kommune"
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Havlev Kommune"
    document.add_paragraph("Kære Bo")
    assert lines_of(read(save_docx(document), "x.docx")) == ["Havlev Kommune", "Kære Bo"]


@pytest.mark.parametrize(
    ("inner", "bold"),
    [
        (_r("Godkendelse af dagsorden", "<w:b/>"), True),
        (_r("Godkendelse ", "<w:b/>") + _r(" ") + _r("af dagsorden", "<w:b/>"), True),
        (_r("Sagsnr.: ", "<w:b/>") + _r("19/4417"), False),
        (_r("Godkendelse", '<w:b w:val="0"/>'), False),
        (_r("Godkendelse"), False),
    ],
)
def test_read_docx_tells_a_paragraph_in_bold_letters(inner: str, bold: bool) -> None:
    """A paragraph is bold where all that it shows is."""
    first = read(_with_body(_p(inner)), "x.docx").pages[0].lines[0]
    assert first.bold is bold
