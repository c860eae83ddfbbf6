"""ODT: OpenDocument text with lxml.

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

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_SKIPPED = frozenset((
    "annotation", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "ruby-text", "note", "image", "object", "index-title-template", "table-of-content-source",
    "soft-page-break",
))  # fmt: skip


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def read_odt(data: bytes, options: ReadOptions) -> Reading:
    """Read an OpenDocument text: body, tables, lists, text boxes and notes."""
    package = open_package(data, options)
    part = package.part("content.xml")
    if part is None:
        raise ReadError("filen er ikke et OpenDocument, selv om den ligner", code="damaged")
    if b"manifest:encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise ReadError("filen er krypteret med adgangskode", code="encrypted")
    root = _parse(part)
    styles_part = package.part("styles.xml")
    styles = _parse(styles_part) if styles_part else None
    lists = Lists()
    for styled in (root,) if styles is None else (styles, root):
        lists.load(styled)
    walk = _Walk(lists)
    for body in root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"):
        walk.blocks_of(body, None)
    for number, note in enumerate(walk.notes, 1):
        walk.blocks.put_paragraph(f"{number} {note}", "footnote")
    lines = _page_furniture(styles, lists) + walk.blocks.lines
    pages, marks = page_of(lines, options)
    return Reading(MEDIA_TYPE, pages, marks)


def _parse(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ReadError("dokumentets indhold er beskadiget (XML)", code="damaged") from exc


def _page_furniture(styles: Any, lists: Lists) -> list[Line]:
    if styles is None:
        return []
    walk = _Walk(lists)
    for element in styles.iter():
        if _local(element) in ("header", "header-first", "footer", "footer-first"):
            walk.blocks_of(element, "header" if _local(element).startswith("header") else "footer")
    return walk.blocks.lines


class _Walk:
    """Collects the lines of an OpenDocument."""

    def __init__(self, lists: Lists, notes: list[str] | None = None) -> None:
        self.blocks = Blocks()
        self.lists = lists
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
            elif name and name not in _SKIPPED:
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
        boxes: list[Any] = []
        text = "".join(self._inline(element, boxes))
        if text.strip():
            self.blocks.put_paragraph(head + text, style)
        else:
            self.blocks.part()
        for box in boxes:
            self.blocks_of(box, "textbox")
            self.blocks.part()

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
            elif name == "text-box":
                boxes.append(child)
            elif name and name not in _SKIPPED:
                pieces += self._inline(child, boxes)
            pieces.append(_fold(child.tail))
        return pieces

    def _note(self, element: Any) -> None:
        body = next((child for child in element if _local(child) == "note-body"), None)
        if body is not None:
            self.notes.append(normalise(" ".join("".join(body.itertext()).split())))

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
        walk = _Walk(self.lists, self.notes)
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
