"""OpenDocument with lxml: text and slides; sheets are read by `ods.py`.

kreuzberg 4.10 drops what follows a line break inside a span, so that addresses and signatures are lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.errors import ReadError
from corpus.records import Line, Reading, Style
from corpus.text import normalise
from ingest.readers.blocks import Blocks, page_of
from ingest.readers.odt_lists import Lists, OpenList
from ingest.readers.options import ReadOptions
from ingest.readers.package import open_package

MEDIA_TYPE = "application/vnd.oasis.opendocument."
_FORMS = ("text", "spreadsheet", "presentation", "graphics")
_SKIPPED = frozenset((
    "annotation", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "ruby-text", "note", "image", "object", "index-title-template", "table-of-content-source",
    "soft-page-break", "placeholder", "hidden-text", "binary-data", "page-thumbnail",
))  # fmt: skip
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_DRAW, _STYLE = f"{{{_URN}drawing:1.0}}", f"{{{_URN}style:1.0}}"
_OFFICE, _TEXT = f"{{{_URN}office:1.0}}", f"{{{_URN}text:1.0}}"
#: Titles and descriptions of pictures, for those who do not see them.
_SVG = f"{{{_URN}svg-compatible:1.0}}"
#: Parts of a drawing that hold others; each other shape holds text of its own.
_HOLDERS = ("frame", "a", "g")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) and not tag.startswith(_SVG) else ""


def read_odt(data: bytes, options: ReadOptions) -> Reading:
    """Read an OpenDocument: body, tables, lists, text boxes and notes; sheets row by row."""
    content, styles_part, kind = _parts(data, options)
    media_type = MEDIA_TYPE + kind
    root = _parse(content)
    if kind == "spreadsheet":
        from ingest.readers.ods import sheet_lines

        pages, marks = page_of(sheet_lines(root, options.max_chars), options)
        return Reading(media_type, pages, marks)
    styles = _parse(styles_part) if styles_part else None
    lists = Lists()
    for styled in (root,) if styles is None else (styles, root):
        lists.load(styled)
    common = _hidden_styles(styles.find(_OFFICE + "styles")) if styles is not None else frozenset()
    walk = _Walk(lists, common | _hidden_styles(root))
    for body in root.iter(_OFFICE + "body"):
        walk.blocks_of(body, None)
    for number, note in enumerate(walk.notes, 1):
        walk.blocks.put_paragraph(f"{number} {note}", "footnote")
    lines = _page_furniture(styles, lists) + walk.blocks.lines
    pages, marks = page_of(lines, options)
    return Reading(media_type, pages, marks)


def _parts(data: bytes, options: ReadOptions) -> tuple[bytes, bytes | None, str]:
    """Give the parts of content and styles, and what form of document it is; one flat file is both parts."""
    if not data.startswith(b"PK"):
        return data, data, _form_of(data[:8192])
    package = open_package(data, options)
    part = package.part("content.xml")
    if part is None:
        raise ReadError("filen er ikke et OpenDocument, selv om den ligner", code="damaged")
    if b"manifest:encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise ReadError("filen er krypteret med adgangskode", code="encrypted")
    return part, package.part("styles.xml"), _form_of(package.part("mimetype") or b"")


def _form_of(head: bytes) -> str:
    return next((form for form in _FORMS if (MEDIA_TYPE + form).encode() in head), _FORMS[0])


def _parse(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ReadError("dokumentets indhold er beskadiget (XML)", code="damaged") from exc


def _hidden_styles(root: Any) -> frozenset[str]:
    """Name the styles whose text is not shown."""
    found = root.iter(_STYLE + "text-properties") if root is not None else ()
    return frozenset(
        element.getparent().get(_STYLE + "name", "") for element in found if element.get(_TEXT + "display") == "none"
    )


def _page_furniture(styles: Any, lists: Lists) -> list[Line]:
    """Give the lines of all headers and footers that are shown, each text once."""
    if styles is None:
        return []
    lines: list[Line] = []
    seen: set[tuple[str, ...]] = {()}
    hidden = _hidden_styles(styles)
    for master in styles.iter(_STYLE + "master-page"):
        for element in master:
            name = _local(element)
            if not name.startswith(("header", "footer")) or element.get(_STYLE + "display") == "false":
                continue
            walk = _Walk(lists, hidden)
            walk.blocks_of(element, "header" if name.startswith("header") else "footer")
            text = tuple(line.text for line in walk.blocks.lines if line.text)
            lines += walk.blocks.lines if text not in seen else []
            seen.add(text)
    return lines


class _Walk:
    """Collects the lines of an OpenDocument."""

    def __init__(self, lists: Lists, hidden: frozenset[str], notes: list[str] | None = None) -> None:
        self.blocks = Blocks()
        self.lists = lists
        #: The styles whose text is not shown.
        self.hidden = hidden
        self.notes: list[str] = [] if notes is None else notes

    def blocks_of(self, parent: Any, style: Style | None, head: str = "", listed: OpenList | None = None) -> None:
        """Collect the blocks in an element; `head` stands before the first, which is an entry of the list `listed`."""
        for child in parent:
            name = _local(child)
            if name in ("p", "h"):
                number = self.lists.heading(child) if name == "h" and listed is None else ""
                self._paragraph(child, style or ("heading" if name == "h" else None), head or number)
                head = ""
            elif name == "list":
                self._list(child, style, listed)
            elif name == "table":
                self._table(child)
            elif name and name not in _SKIPPED and child.get(_TEXT + "display") != "none":
                self.blocks_of(child, style, head, listed)

    def _list(self, element: Any, style: Style | None, outer: OpenList | None) -> None:
        listed = self.lists.open(element, outer)
        self.blocks.part()
        for item in element:
            if _local(item) not in ("list-item", "list-header"):
                continue
            first = next((_local(child) for child in item if _local(child)), "list")
            before = len(self.blocks.lines)
            numbered = _local(item) == "list-item" and first != "list"
            self.blocks_of(item, style, self.lists.head(listed, item) if numbered else "", listed)
            self.blocks.lines[before:] = [line for line in self.blocks.lines[before:] if line.text]
        self.blocks.part()

    def _paragraph(self, element: Any, style: Style | None, head: str) -> None:
        if self._is_hidden(element):
            return
        boxes: list[Any] = []
        text = "".join(self._inline(element, boxes))
        if text.strip():
            self.blocks.put_paragraph(head + text, style)
        else:
            self.blocks.part()
        for box in boxes:
            self.blocks_of(box, "textbox")
            self.blocks.part()

    def _is_hidden(self, element: Any) -> bool:
        return bool(self.hidden) and element.get(_TEXT + "style-name") in self.hidden

    def _inline(self, element: Any, boxes: list[Any]) -> list[str]:
        pieces = [_fold(element.text)]
        for child in element:
            name = _local(child)
            if name == "line-break":
                pieces.append("\n")
            elif name == "tab":
                pieces.append("\t")
            elif name == "s":
                pieces.append(" ")
            elif name == "note":
                self._note(child)
            elif name and name not in _SKIPPED and child.tag.startswith(_DRAW) and name not in _HOLDERS:
                boxes.append(child)
            elif name and name not in _SKIPPED and not self._is_hidden(child):
                pieces += self._inline(child, boxes)
            pieces.append(_fold(child.tail))
        return pieces

    def _note(self, element: Any) -> None:
        body = next((child for child in element if _local(child) == "note-body"), None)
        if body is not None:
            text = " ".join(line.text for line in self._cell(body))
            self.notes.append(normalise(" ".join(text.split())))

    def _table(self, element: Any) -> None:
        self.blocks.part()
        for row in _rows(element):
            inner = [self._cell(cell) for cell in row if _local(cell) == "table-cell"]
            if any(len(lines) > 1 for lines in inner):
                for lines in inner:
                    self.blocks.lines += lines
                    self.blocks.part()
            elif any(inner):
                self.blocks.put("\t".join(lines[0].text if lines else "" for lines in inner), "cell")
        self.blocks.part()

    def _cell(self, cell: Any) -> list[Line]:
        walk = _Walk(self.lists, self.hidden, self.notes)
        walk.blocks_of(cell, None)
        return [line for line in walk.blocks.lines if line.text]


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of the tables in its cells."""
    for child in table:
        if _local(child) == "table-row":
            yield child
        elif _local(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _fold(text: str | None) -> str:
    return " ".join(text.split("\n")).replace("\t", " ") if text else ""
