"""DOCX: python-docx's element classes over just the parts that hold text.

`docx.Document` reads every part of the package first, which takes ten times as long as the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.parser import parse_xml
from lxml import etree

from corpus.errors import ReadError
from corpus.records import Line, Mark, Page, Reading, Style
from corpus.text import normalise
from ingest.readers.docx_chunks import Chunks, relations_of
from ingest.readers.docx_hidden import chosen_form, is_deleted_cell, is_hidden_run, is_prompt, lacks_end
from ingest.readers.docx_numbering import Numbering
from ingest.readers.options import ReadOptions
from ingest.readers.package import Package, open_package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Deleted and moved-away text, fallbacks for older programs, and what is no text.
_SKIPPED = frozenset((
    "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rPr", "sectPr", "pict_",
    "commentReference", "annotationRef", "proofErr", "bookmarkStart", "bookmarkEnd", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "object_",
))  # fmt: skip
_HEADING = re.compile(r"(?:heading|overskrift)\s?\d?", re.IGNORECASE)
_TAG = re.compile(rb"<([A-Za-z0-9]{1,20}:style)[\s>]")
_TITLE = re.compile(r"(?:title|titel)$", re.IGNORECASE)
_BLANK = Line("")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parse(part: bytes) -> Any:
    try:
        if _STRICT.encode() in part[:4096]:
            part = part.replace(_STRICT.encode(), _W[1:-1].encode())
        return parse_xml(part)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ReadError("dokumentets indhold er beskadiget (XML)", code="damaged") from exc


@dataclass(frozen=True, slots=True)
class _ParagraphStyle:
    """What a paragraph style says that the text needs: its name, its list and the style under it."""

    name: str
    number: tuple[str, int] | None = None
    base: str = ""


@dataclass(slots=True)
class _Styles:
    """The paragraph styles in use. Only these are parsed: the whole part is a hundred times the text."""

    package: Package
    _part: bytes | None = None
    _known: dict[str, _ParagraphStyle] = field(default_factory=dict)

    def get(self, identity: str) -> _ParagraphStyle:
        found = self._known.get(identity)
        if found is None:
            if self._part is None:
                self._part = self.package.part("word/styles.xml") or b""
            found = self._known[identity] = _read_style(self._part, identity)
        return found

    def style_of(self, identity: str) -> Style | None:
        name = identity if _HEADING.match(identity) else self.get(identity).name
        if _HEADING.match(name):
            return "heading"
        return "title" if _TITLE.match(name) else None

    def list_of(self, identity: str) -> tuple[str, int] | None:
        """Give the list of a style, or of one that it is based on."""
        for _ in range(6):
            style = self.get(identity)
            if style.number is not None or not style.base:
                return style.number
            identity = style.base
        return None


def _read_style(part: bytes, identity: str) -> _ParagraphStyle:
    """Parse one style out of the part of styles; its name is its identity where it is not there."""
    place = part.find(b'styleId="%s"' % identity.encode())
    start = part.rfind(b"<", 0, place) if place >= 0 else -1
    match = _TAG.match(part, start) if start >= 0 else None
    end = part.find(b"</%s>" % match[1], place) if match else -1
    if match is None or end < 0:
        return _ParagraphStyle(identity)
    prefix = match[1].partition(b":")[0]
    piece = b'<x xmlns:%s="%s">%s</%s></x>' % (prefix, _W[1:-1].encode(), part[start:end], match[1])
    root = etree.fromstring(piece, _fragment_parser())
    style = root[0] if root is not None and len(root) else None
    if style is None:
        return _ParagraphStyle(identity)
    name, base, number = style.find(_W + "name"), style.find(_W + "basedOn"), style.find(f"{_W}pPr/{_W}numPr")
    return _ParagraphStyle(
        name.get(_W + "val", identity) if name is not None else identity,
        number_of(number) if number is not None else None,
        base.get(_W + "val", "") if base is not None else "",
    )


def _fragment_parser() -> etree.XMLParser:
    """Give a parser for a piece that lacks the declarations of its part."""
    return etree.XMLParser(recover=True, resolve_entities=False, no_network=True)


def number_of(element: Any) -> tuple[str, int] | None:
    """Give the list and the level that a `w:numPr` names; None where it names no list."""
    identity, level = element.find(_W + "numId"), element.find(_W + "ilvl")
    if identity is None:
        return None
    depth = level.get(_W + "val", "0") if level is not None else "0"
    return identity.get(_W + "val", "0"), int(depth) if depth.isdigit() else 0


@dataclass(slots=True)
class _Walk:
    """Collects the lines of one part while walking down its elements."""

    styles: _Styles
    numbering: Numbering
    pages: list[list[Line]] = field(default_factory=lambda: [[]])
    notes: list[str] = field(default_factory=list)
    #: Which element turns the page: what Word last rendered, else the breaks that the writer set.
    page_break: str = ""
    chunks: Chunks | None = None
    #: The text of a paragraph whose end was deleted: the next one begins with it.
    carried: str = ""

    def put(self, text: str, style: Style | None = None, *, bold: bool = False) -> None:
        self.pages[-1].append(Line(normalise(text).strip(" "), bold=bold, style=style))

    def part(self) -> None:
        """End a paragraph: an empty line parts it from the next one."""
        if self.pages[-1] and self.pages[-1][-1].text:
            self.pages[-1].append(_BLANK)

    def blocks(self, parent: Any, style: Style | None = None) -> None:
        for child in parent.iterchildren():
            name = _local(child)
            if name == "AlternateContent":
                self.blocks(chosen_form(child), style)
            elif name == "p":
                self.paragraph(child, style)
            elif name == "tbl":
                self.flush()
                self.table(child, style)
            elif name == "altChunk" and self.chunks is not None:
                self.flush()
                self.part()
                self.pages[-1] += self.chunks.lines(child)
                self.part()
            elif name not in _SKIPPED and not (name == "sdt" and is_prompt(child)):
                self.blocks(child, style)

    def flush(self) -> None:
        """Write what was carried out of a last paragraph without an end."""
        if self.carried.strip():
            self.put(self.carried)
            self.part()
        self.carried = ""

    def paragraph(self, element: Any, style: Style | None = None) -> None:
        text, boxes, turns, bold = _runs(element, self)
        properties = element.find(_W + "pPr")
        if properties is not None and lacks_end(properties):
            self.carried += text
        else:
            text, self.carried = self.carried + text, ""
            self._put_paragraph(text, properties, style, bold=bold)
        for box in boxes:
            self.part()
            self.blocks(box, "textbox")
            self.part()
        self.pages.extend([] for _ in range(turns))

    def _put_paragraph(self, text: str, properties: Any, style: Style | None, *, bold: bool) -> None:
        styled = properties is not None and text.strip() and style not in ("header", "footer")
        head, own_style = self._head(properties) if styled else ("", None)
        chosen = style or own_style
        if head:
            self._open_list()
        lines = list(text.split("\n"))
        for index, line in enumerate(lines):
            if line.strip():
                self.put((head if index == 0 else "") + line, chosen, bold=bold)
            elif index:
                self.part()
        if head:
            self.pages[-1].append(Line("", style="list"))
        else:
            self.part()

    def _open_list(self) -> None:
        """Entries of one list follow each other without an empty line."""
        lines = self.pages[-1]
        if lines and lines[-1].style == "list" and not lines[-1].text:
            lines.pop()

    def _head(self, properties: Any) -> tuple[str, Style | None]:
        """Give the number or bullet that Word draws before a paragraph, and what its style says."""
        named = properties.find(_W + "pStyle")
        identity = named.get(_W + "val", "") if named is not None else ""
        element = properties.find(_W + "numPr")
        number = number_of(element) if element is not None else self.styles.list_of(identity) if identity else None
        head = self.numbering.next(*number) if number else ""
        return head, self.styles.style_of(identity) if identity else None

    def table(self, element: Any, style: Style | None) -> None:
        rows = [_cells(row) for row in _descend(element, "tr")]
        grids = [[self._cell(cell, style) for cell in row] for row in rows]
        self.part()
        if _is_layout(grids):
            for row in grids:
                for cell in row:
                    for line in cell:
                        self.pages[-1].append(line)
                    self.part()
            return
        for row in grids:
            texts = [" ".join(line.text for line in cell if line.text).replace("\t", " ") for cell in row]
            if any(texts):
                self.put("\t".join(texts), style or "cell")
        self.part()

    def _cell(self, element: Any, style: Style | None) -> list[Line]:
        parent = element.getparent()
        if parent is not None and _local(parent) == "sdtContent" and is_prompt(parent.getparent()):
            return []
        inner = _Walk(self.styles, self.numbering, notes=self.notes, chunks=self.chunks)
        inner.blocks(element, style)
        inner.flush()
        return [line for page in inner.pages for line in page]


def _is_layout(grids: list[list[list[Line]]]) -> bool:
    """Say whether a table only places blocks side by side: few rows, and cells of several paragraphs or lines."""
    if len(grids) > 2:
        return False
    filled = [[line for line in cell if line.text] for row in grids for cell in row]
    return sum(len(cell) >= 2 for cell in filled) >= 1 and sum(map(len, filled)) > len(filled)


def _descend(element: Any, name: str) -> list[Any]:
    """Give the children of that name, also those inside content controls and kept insertions."""
    found: list[Any] = []
    for child in element.iterchildren():
        local = _local(child)
        if local == name:
            found.append(child)
        elif local in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found.extend(_descend(child, name))
    return found


def _cells(row: Any) -> list[Any]:
    deleted = row.find(f"{_W}trPr/{_W}del")
    return [] if deleted is not None else [cell for cell in _descend(row, "tc") if not is_deleted_cell(cell)]


def _runs(paragraph: Any, walk: _Walk) -> tuple[str, list[Any], int, bool]:
    """Give a paragraph's text, the text boxes anchored in it, how many page breaks it holds, and if all is bold."""
    pieces: list[str] = []
    boxes: list[Any] = []
    turns, bold = 0, True
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = _local(element)
        if name == "t":
            pieces.append(element.text or "")
            bold = bold and (_is_bold(element.getparent()) or not pieces[-1].strip())
        elif name in _SIGNS:
            pieces.append(_SIGNS[name])
        elif name == "br":
            kind = element.get(_W + "type")
            pieces.append("\n" if kind != "page" else "")
            turns += kind == "page" and walk.page_break == "br"
        elif name == "lastRenderedPageBreak":
            turns += walk.page_break == name
        elif name == "sym":
            pieces.append(_symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            walk.notes.append(f"{name[:-9]}:{element.get(_W + 'id', '')}")
        elif name == "txbxContent":
            boxes.append(element)
        elif (name == "r" and is_hidden_run(element)) or (name == "sdt" and is_prompt(element)):
            continue
        elif name == "AlternateContent":
            stack.append(iter(chosen_form(element)))
        elif name and name not in _SKIPPED and name != "pPr":
            stack.append(iter(element))
    return "".join(pieces), boxes, turns, bold


def _is_bold(run: Any) -> bool:
    """Tell a run that is set in bold letters by itself; what its style says is not asked."""
    switch = run.find(f"{_W}rPr/{_W}b") if run is not None else None
    return switch is not None and switch.get(_W + "val", "1") not in ("0", "false", "off")


_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


def _symbol(element: Any) -> str:
    """Give a sign of a symbol font: a bullet where the font has one, else nothing that can be read."""
    code = element.get(_W + "char", "")
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if 0xE000 <= value <= 0xF8FF:
        return "\uf0b7" if value in (0xF0B7, 0xF0A7, 0xF0A8, 0xF06E, 0xF0D8) else ""
    return chr(value) if 0x20 <= value < 0xD800 else ""


def read_docx(data: bytes, options: ReadOptions) -> Reading:
    """Read the body, headers, footers, text boxes, tables and notes of a DOCX; tracked deletions are left out."""
    package = open_package(data, options)
    main = _main_part(package)
    part = package.part(main)
    if part is None:
        raise ReadError("filen er ikke et Word-dokument, selv om den ligner", code="damaged")
    root = _parse(part)
    related = relations_of(package, main, _parse)
    chunks = Chunks(package, related, options)
    walk = _Walk(_Styles(package), Numbering(package, _parse), page_break=_page_break(part), chunks=chunks)
    body = root.find(_W + "body")
    walk.blocks(body if body is not None else root)
    walk.flush()
    _read_notes(package, walk)
    heads, feet = _read_heads(package, root, related, walk)
    pages = [heads + walk.pages[0], *walk.pages[1:]]
    pages[-1] = pages[-1] + feet
    kept, marks = _within(pages, options)
    return Reading(MEDIA_TYPE, kept, (*marks, *chunks.marks), _core_properties(package))


def _page_break(part: bytes) -> str:
    return "lastRenderedPageBreak" if b"lastRenderedPageBreak" in part else "br"


def _within(pages: list[list[Line]], options: ReadOptions) -> tuple[tuple[Page, ...], tuple[Mark, ...]]:
    kept: list[Page] = []
    chars = 0
    for number, lines in enumerate(pages[: options.max_pages], 1):
        chars += sum(len(line.text) for line in lines)
        if chars > options.max_chars:
            return tuple(kept), (Mark("max-chars", f"kun de første {options.max_chars} tegn er læst"),)
        kept.append(Page(number, tuple(lines)))
    return tuple(kept), ()


def _main_part(package: Package) -> str:
    if "word/document.xml" in package.names:
        return "word/document.xml"
    part = package.part("_rels/.rels")
    for relation in _parse(part).iterchildren() if part else ():
        if _local(relation) == "Relationship" and relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _read_notes(package: Package, walk: _Walk) -> None:
    """Put the foot- and endnotes that the text refers to after the body, numbered as Word numbers them."""
    for kind in ("footnote", "endnote"):
        wanted = [note.partition(":")[2] for note in walk.notes if note.startswith(kind)]
        part = package.part(f"word/{kind}s.xml") if wanted else None
        if part is None:
            continue
        notes = {note.get(_W + "id", ""): note for note in _parse(part).iterchildren()}
        for number, identity in enumerate(dict.fromkeys(wanted), 1):
            if identity not in notes:
                continue
            lines = walk._cell(notes[identity], "footnote")
            text = " ".join(line.text for line in lines if line.text)
            walk.part()
            walk.put(f"{number} {text}", "footnote")


def _read_heads(package: Package, root: Any, related: dict[str, str], walk: _Walk) -> tuple[list[Line], list[Line]]:
    """Give the lines of all headers and of all footers, each text once."""
    found: dict[Style, list[Line]] = {"header": [], "footer": []}
    seen: set[str] = set()
    said: set[tuple[Line, ...]] = set()
    for reference in root.iter(_W + "headerReference", _W + "footerReference"):
        style: Style = "header" if _local(reference) == "headerReference" else "footer"
        path = related.get(reference.get(_R_ID), "")
        part = package.part(path) if path not in seen else None
        seen.add(path)
        lines = tuple(walk._cell(_parse(part), style)) if part is not None else ()
        if lines and lines not in said:
            said.add(lines)
            found[style] += [*lines, _BLANK]
    return found["header"], found["footer"]


def _core_properties(package: Package) -> tuple[tuple[str, str], ...]:
    part = package.part("docProps/core.xml")
    if part is None:
        return ()
    try:
        root = parse_xml(part)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    names = {"title": "title", "creator": "author", "subject": "subject", "created": "created"}
    return tuple(
        (names[_local(child)], normalise(child.text)[:1000])
        for child in root.iterchildren()
        if _local(child) in names and child.text
    )
