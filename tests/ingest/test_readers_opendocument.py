"""OpenDocument: what is not shown, what stands beside the text, and its other forms: slides, sheets, flat files."""

from __future__ import annotations

import pytest

from corpus.errors import ReadError
from ingest.readers import ReadOptions, read
from tests.ingest.papers import make_zip
from tests.ingest.test_readers import lines_of

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
_NAMES = " ".join(f'xmlns:{short}="{_URN}{name}:1.0"' for short, name in _SPACES.items())
NAMES = f'{_NAMES} xmlns:svg="{_URN}svg-compatible:1.0" xmlns:presentation="{_URN}presentation:1.0"'
HIDDEN = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
MEDIA = "application/vnd.oasis.opendocument."


def _package(body: str, *, kind: str = "text", styles: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{HIDDEN}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    parts = [("mimetype", (MEDIA + kind).encode()), ("content.xml", content.encode())]
    if styles:
        common = f"<office:document-styles {NAMES}>{styles}</office:document-styles>"
        parts.append(("styles.xml", common.encode()))
    return make_zip(parts)


def _lines(body: str, **options: str) -> list[str]:
    return lines_of(read(_package(body, **options), "x.odt"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:p>Vist<text:span text:style-name="T1"> skjult</text:span></text:p>', ["Vist"]),
        ('<text:p text:style-name="T1">Skjult</text:p><text:p>Vist</text:p>', ["Vist"]),
        ('<text:section text:display="none"><text:p>Skjult</text:p></text:section><text:p>Vist</text:p>', ["Vist"]),
        ('<text:p>Vist<text:hidden-text text:is-hidden="true">skjult</text:hidden-text></text:p>', ["Vist"]),
        ("<text:p>Kære <text:placeholder>&lt;Navn&gt;</text:placeholder>Bo</text:p>", ["Kære Bo"]),
        ("<text:p>Bo<office:annotation><text:p>Husk!</text:p></office:annotation> Ås</text:p>", ["Bo Ås"]),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Væk</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>Bo<text:change/> Ås</text:p>",
            ["Bo Ås"],
        ),
    ],
)
def test_what_is_not_shown_is_not_read(body: str, expected: list[str]) -> None:
    """Hidden text, prompts, comments and tracked deletions are no text."""
    assert _lines(body) == expected


def test_pictures_titles_and_descriptions_stand_in_no_line() -> None:
    """They are for those who do not see the picture."""
    picture = "<draw:frame><draw:image/><svg:title>Kort</svg:title><svg:desc>Et kort over byen</svg:desc></draw:frame>"
    assert _lines(f"<text:p>Før {picture}efter</text:p>") == ["Før efter"]


def test_shapes_with_text_are_boxes() -> None:
    """A shape that is anchored in a paragraph says something of its own."""
    shape = "<draw:custom-shape><text:p>Adgang forbudt</text:p></draw:custom-shape>"
    assert _lines(f"<text:p>Skiltet {shape}er sat op.</text:p>") == ["Skiltet er sat op.", "Adgang forbudt"]


def test_notes_of_several_paragraphs_keep_their_words_apart() -> None:
    """Tabs and ends of paragraphs are blanks; comments in a note are no text."""
    comment = "<office:annotation><text:p>Husk!</text:p></office:annotation>"
    body = f"<text:p>Se<text:tab/>loven</text:p><text:p>og{comment} planen</text:p>"
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
    assert _lines(f"<text:p>Reglerne{note}.</text:p>") == ["Reglerne.", "1 Se loven og planen"]


def test_headers_and_footers_that_are_shown_are_read_once() -> None:
    """Each kind of page has its own, most often the same."""
    head = "<style:header><text:p>Havlev Kommune</text:p></style:header>"
    foot = '<style:footer style:display="false"><text:p>Skjult</text:p></style:footer>'
    pages = "".join(
        f'<style:master-page style:name="{name}">{head}{foot}</style:master-page>' for name in ("Standard", "Første")
    )
    styles = f"<office:master-styles>{pages}</office:master-styles>"
    assert _lines("<text:p>Kære Bo</text:p>", styles=styles) == ["Havlev Kommune", "Kære Bo"]


def test_slides_are_read_with_their_notes() -> None:
    """The media type says what they are."""
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes><draw:page-thumbnail/>{box.format('Sig velkommen')}</presentation:notes>"
    data = _package(f"<draw:page>{box.format('Ny legeplads')}{notes}</draw:page>", kind="presentation")
    reading = read(data, "x.odp")
    assert lines_of(reading) == ["Ny legeplads", "Sig velkommen"]
    assert reading.media_type == MEDIA + "presentation"


def _sheet(rows: str, name: str = "Budget") -> bytes:
    return _package(f'<table:table table:name="{name}">{rows}</table:table>', kind="spreadsheet")


def _cell(text: str, times: int = 1) -> str:
    attributes = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {attributes}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def test_sheets_keep_their_columns() -> None:
    """An empty cell is a place in its row; what is repeated to the sheet's edges is nothing."""
    rows = (
        f"<table:table-row>{_cell('Post')}{_cell('Beløb', 2)}{_cell('', 16000)}"
        f"</table:table-row><table:table-row>{_cell('Gynger')}{_cell('')}{_cell('12.000')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048000">{_cell("", 16000)}</table:table-row>'
    )
    reading = read(_sheet(rows), "x.ods")
    assert lines_of(reading) == ["Budget", "Post\tBeløb\tBeløb", "Gynger\t\t12.000"]
    assert reading.media_type == MEDIA + "spreadsheet"


def test_a_sheet_that_repeats_without_end_is_cut() -> None:
    """Nine bytes may stand for a million cells of a long text."""
    row = f'<table:table-row table:number-rows-repeated="1048576">{_cell("x" * 10_000, 16384)}</table:table-row>'
    reading = read(_sheet(row * 50), "x.ods", options=ReadOptions(max_chars=1_000_000))
    assert [mark.code for mark in reading.marks] == ["max-chars"]


def test_a_flat_file_is_read_like_its_package() -> None:
    """One file of XML holds content and styles."""
    body = "<office:body><office:text><text:p>Kære Bo</text:p></office:text></office:body>"
    data = f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{MEDIA}text">{body}</office:document>'
    assert lines_of(read(data.encode(), "x.fodt")) == ["Kære Bo"]
    with pytest.raises(ReadError) as caught:
        read(data.encode()[:-40], "x.fodt")
    assert caught.value.code == "damaged"
