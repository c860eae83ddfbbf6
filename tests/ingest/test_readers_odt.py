"""OpenDocument: the numbers of lists and headings, and what stands in the cells of its tables."""

from __future__ import annotations

import pytest

from ingest.readers import read
from tests.ingest.papers import make_zip
from tests.ingest.test_readers import lines_of

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
)
#: Two levels, of which the second shows both; and one of bullets that is named for numbers.
STYLES = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1" text:start-value="3"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
    '</text:list-style><text:list-style style:name="L2">'
    '<text:list-level-style-number text:level="1" style:num-suffix=")" style:num-format="a"/></text:list-style>'
    '<text:list-style style:name="Nummer"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:list-style style:name="Uden">'
    '<text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>'
    '<style:style style:name="P9" style:list-style-name=""/>'
)
OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
)


def _p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _list(items: str, attributes: str = 'text:style-name="L1"') -> str:
    return f"<text:list {attributes}>{items}</text:list>"


def _item(content: str, attributes: str = "") -> str:
    return f"<text:list-item {attributes}>{content}</text:list-item>"


def _row(*cells: str) -> str:
    inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


def _table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def _note(text: str) -> str:
    return (
        f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{_p(text)}</text:note-body></text:note>"
    )


def _lines(body: str) -> list[str]:
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = f"<office:document-styles {_NAMES}><office:styles>{OUTLINE}</office:styles></office:document-styles>"
    parts = [
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.encode()),
        ("styles.xml", styles.encode()),
    ]
    return lines_of(read(make_zip(parts), "x.odt"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_list(_item(_p("Skuret")) + _item(_p("Hegnet"))), ["3. Skuret", "4. Hegnet"]),
        (_list(_item(_p("Skuret"))) + _p("Vedtaget.") + _list(_item(_p("Hegnet"))),
         ["3. Skuret", "Vedtaget.", "3. Hegnet"]),
        (_list(_item(_p("Skuret"))) + _p("Vedtaget.")
         + _list(_item(_p("Hegnet")), 'text:style-name="L1" text:continue-numbering="true"'),
         ["3. Skuret", "Vedtaget.", "4. Hegnet"]),
        (_list(_item(_p("Skuret")), 'xml:id="a" text:style-name="L1"') + _list(_item(_p("Andet")))
         + _list(_item(_p("Hegnet")), 'text:style-name="L1" text:continue-list="a"'),
         ["3. Skuret", "3. Andet", "4. Hegnet"]),
        (_list(_item(_p("Skuret"), 'text:start-value="9"') + _item(_p("Hegnet"))), ["9. Skuret", "10. Hegnet"]),
        (_list(_item(_p("Skuret") + _list(_item(_p("Tag")) + _item(_p("Dør")), "")) + _item(_p("Hegnet"))),
         ["3. Skuret", "3.1 Tag", "3.2 Dør", "4. Hegnet"]),
        (_list(_item(_p("Skuret"))) + _list(_item(_list(_item(_p("Tag")), "")),
         'text:style-name="L1" text:continue-numbering="true"'), ["3. Skuret", "3.1 Tag"]),
        (_list(_item(_p("at skuret fjernes,") + _p("se bilag,")) + _item(_p("at hegnet bliver.")),
         'text:style-name="L2"'), ["a) at skuret fjernes,", "se bilag,", "b) at hegnet bliver."]),
        (_list(_item(_p("Skuret")), 'text:style-name="Nummer"'), ["- Skuret"]),
        (_list(_item(_p("Skuret")), 'text:style-name="Uden"'), ["Skuret"]),
        (_list("<text:list-header>" + _p("Vilkår") + "</text:list-header>" + _item(_p("Skuret"))),
         ["Vilkår", "3. Skuret"]),
        ('<text:h text:outline-level="1">Skuret</text:h><text:h text:outline-level="2">Sagen</text:h>'
         '<text:h text:outline-level="1" text:style-name="P9">Bilag</text:h>'
         '<text:h text:outline-level="1">Hegnet</text:h>',
         ["1. Skuret", "Sagen", "Bilag", "2. Hegnet"]),
    ],
)  # fmt: skip
def test_read_odt_lists_show_their_numbers(body: str, expected: list[str]) -> None:
    """A list is numbered as its style is defined, whatever the style is called, and goes on where it says so."""
    assert _lines(body) == expected


def test_read_odt_notes_in_cells_follow_the_body() -> None:
    """A note that a cell refers to is kept, in the order of the text."""
    body = _table(_row(_p("Post"), _p("Beløb" + _note("Uden moms."))), _row(_p("Tag"), _p("30 kr."))) + _p(
        "I alt" + _note("Se bilag.")
    )
    assert _lines(body) == ["Post\tBeløb", "Tag\t30 kr.", "I alt", "1 Uden moms.", "2 Se bilag."]


def test_read_odt_tables_in_cells_are_read_once() -> None:
    """The rows of a table inside a cell stand there alone, and header rows belong to their table."""
    inner = _table(_row(_p("Tag"), _p("Rødt")))
    body = _table(f"<table:table-header-rows>{_row(_p('Del'), _p('Hus'))}</table:table-header-rows>",
                  _row(_p("Skuret") + inner, _p("Hegnet")))  # fmt: skip
    assert _lines(body) == ["Del\tHus", "Skuret", "Tag\tRødt", "Hegnet"]
