"""RTF, sheets and slides: letters, tables, boxes and pictures as the library tells of them."""

from __future__ import annotations

import pytest

from ingest.readers import read
from ingest.readers.office import _lines_and_tables
from tests.ingest.papers import make_zip
from tests.ingest.test_readers import lines_of

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_M = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (rb"\ansi Sag\~4 og e\_post, op\-deling", ["Sag\u00a04 og e-post, opdeling"]),
        (rb"\mac K\'bere Ulla p\'8c \'aer\'bf", ["Kære Ulla på Ærø"]),
        (rb"\pca K\'91re Ulla p\'86 \'92r\'9b", ["Kære Ulla på Ærø"]),
        (b"\\ansi\\ansicpg1252 K\xe6re Ulla", ["Kære Ulla"]),
        (b"\\ansi\\ansicpg1252 K\xc3\xa6re Ulla", ["Kære Ulla"]),
        (rb"\ansi\uc1 K\u230?re \u8364\'80 5", ["Kære € 5"]),
        (rb"\ansi A\\~B", ["A\\~B"]),
        (rb"\ansi F\'f8r\par{\pict\pngblip 89504e470d0a}\par Efter", ["Før", "Efter"]),
        (rb"\ansi F\'f8r\par{\pict\wmetafile8\bin4 }}{{}\par Efter", ["Før", "Efter"]),
        (rb"\ansi\trowd\cellx1\cellx2 Post\cell Bel\'f8b\cell\row\trowd\cellx1\cellx2 Hegn\cell 12\cell\row\pard Slut",
         ["Post\tBeløb", "Hegn\t12", "Slut"]),
        (rb"\ansi F\'f8r{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard {\b Boks} et\par}}}\par Efter",
         ["Før", "Efter", "Boks et"]),
        (rb"\ansi F\'f8r{\shp{\*\shpinst{\shptxt Uden slut", ["Før"]),
    ],
)  # fmt: skip
def test_read_rtf(rtf: bytes, expected: list[str]) -> None:
    """Letters of every set, fixed blanks and hyphens, tables by cells, boxes after the body, no pictures."""
    assert lines_of(read(b"{\\rtf1" + rtf + b"\\par}", "x.rtf")) == expected


def _types() -> bytes:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{sheet}.{kind}+xml"/>' for part, kind in parts
    )
    rels = f'<Default Extension="rels" ContentType="{_P.replace("http://schemas", "application/vnd")}"/>'
    return f'<Types xmlns="{_P}/content-types">{rels}{overrides}</Types>'.encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_P}/relationships">{rows}</Relationships>'.encode()


def _workbook(rows: str) -> bytes:
    styles = f'<styleSheet {_M}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheets = '<sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets>'
    return make_zip(
        [
            ("[Content_Types].xml", _types()),
            ("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", f'<workbook {_M} xmlns:r="{_R}">{sheets}</workbook>'.encode()),
            (
                "xl/_rels/workbook.xml.rels",
                _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
            ),
            ("xl/styles.xml", styles.encode()),
            ("xl/worksheets/sheet1.xml", f"<worksheet {_M}><sheetData>{rows}</sheetData></worksheet>".encode()),
        ]
    )


def _text(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_sheets_rows_keep_their_cells() -> None:
    """A line in a cell is a blank, a day has no hour, a formula that failed shows nothing."""
    head = f'<row r="1">{_text("A1", "Post")}{_text("B1", "Dato")}{_text("C1", "Beløb")}{_text("D1", "Note")}</row>'
    numbers = '<c r="B2" s="1"><v>44319</v></c><c r="C2"><v>12.5</v></c>'
    body = f'<row r="2">{_text("A2", "Gynger og" + chr(10) + "hegn")}{numbers}'
    reading = read(_workbook(f'{head}{body}<c r="D2" t="e"><v>#REF!</v></c></row>'), "x.xlsx")
    assert lines_of(reading) == ["Budget", "Post\tDato\tBeløb\tNote", "Gynger og hegn\t2021-05-03\t12.5"]
    assert [line.style for line in reading.pages[0].lines if "\t" in line.text] == ["cell", "cell"]


def test_a_table_that_stands_nowhere_in_the_text_changes_nothing() -> None:
    """The text is what counts; so many tables that are not there are not looked for one by one."""
    lines = _lines_and_tables("Post Beløb\nSlut", [[["Nej", "Nej"]]] * 100_000)
    assert [line.text for line in lines] == ["Post Beløb", "Slut"]
