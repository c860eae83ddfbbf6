"""ODT: OpenDocument text with lxml.

kreuzberg 4.10 drops what follows a line break inside a span, so that addresses and signatures are lost.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from corpus.errors import ReadError
from corpus.records import Line, Reading, Style
from corpus.text import normalise
from ingest.readers.blocks import Blocks, page_of
from ingest.readers.options import ReadOptions
from ingest.readers.package import open_package

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
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
    walk = _Walk()
    for body in root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"):
        walk.blocks_of(body, None)
    for number, note in enumerate(walk.notes, 1):
        walk.blocks.put_paragraph(f"{number} {note}", "footnote")
    lines = _page_furniture(package.part("styles.xml")) + walk.blocks.lines
    pages, marks = page_of(lines, options)
    return Reading(MEDIA_TYPE, pages, marks)


def _parse(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ReadError("dokumentets indhold er beskadiget (XML)", code="damaged") from exc


def _page_furniture(part: bytes | None) -> list[Line]:
    if part is None:
        return []
    walk = _Walk()
    for element in _parse(part).iter():
        if _local(element) in ("header", "header-first", "footer", "footer-first"):
            walk.blocks_of(element, "header" if _local(element).startswith("header") else "footer")
    return walk.blocks.lines


class _Walk:
    """Collects the lines of an OpenDocument."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.notes: list[str] = []

    def blocks_of(self, parent: Any, style: Style | None, head: str = "") -> None:
        for child in parent:
            name = _local(child)
            if name in ("p", "h"):
                self._paragraph(child, style or ("heading" if name == "h" else None), head)
                head = ""
            elif name == "list":
                self.blocks.part()
                for number, item in enumerate((e for e in child if _local(e) == "list-item"), 1):
                    before = len(self.blocks.lines)
                    self.blocks_of(item, style, _entry_head(child, number))
                    self.blocks.lines[before:] = [line for line in self.blocks.lines[before:] if line.text]
                self.blocks.part()
            elif name == "table":
                self._table(child)
            elif name and name not in _SKIPPED:
                self.blocks_of(child, style, head)

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
        for row in element.iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"):
            cells = [cell for cell in row if _local(cell) == "table-cell"]
            inner = [self._cell(cell) for cell in cells]
            if any(len(lines) > 1 for lines in inner):
                for lines in inner:
                    for line in lines:
                        self.blocks.put(line)
                    self.blocks.part()
            elif any(inner):
                self.blocks.put("\t".join(lines[0] if lines else "" for lines in inner), "cell")
        self.blocks.part()

    def _cell(self, cell: Any) -> list[str]:
        walk = _Walk()
        walk.blocks_of(cell, None)
        return [line.text for line in walk.blocks.lines if line.text]


def _fold(text: str | None) -> str:
    return " ".join(text.split("\n")).replace("\t", " ") if text else ""


def _entry_head(element: Any, number: int) -> str:
    """Give what stands before a list's entry: its number where the style is named for numbers, else a bullet."""
    style = (element.get(_TEXT + "style-name") or "").lower()
    return f"{number}. " if "num" in style or "nummer" in style else "- "
