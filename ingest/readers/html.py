"""HTML: the paper on a page of a web site, without the site's navigation, cookie notice and furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.errors import ReadError
from corpus.records import Line, Reading, Style
from corpus.text import fold_spaces, normalise
from ingest.readers.blocks import Blocks, page_of
from ingest.readers.html_furniture import HEADINGS, is_furniture, is_hidden, text_length
from ingest.readers.options import ReadOptions
from ingest.readers.text import decode

_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "body", "html", "form", "fieldset", "address", "blockquote",
    "pre", "dl", "dt", "dd", "figure", "figcaption", "details", "summary", "center", "header", "footer", "hr",
    "caption", "legend", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "menu", "table", "thead",
    "tbody", "tfoot", "tr", "td", "th",
))  # fmt: skip
_PHRASES = re.compile(
    r"(?:til top(?:pen)?|tilbage(?: til .{1,40})?|udskriv(?: (?:punkt|side|siden))?|print(?: side)?|"
    r"se alle bilag|fold (?:alle )?(?:ud|ind|sammen)|vis (?:mere|alle|flere)|skjul|luk|del|læs op|lyt|"
    r"forrige(?: punkt)?|næste(?: punkt)?|download|"
    r"om mødet|(?:gå|spring) til (?:indhold|hovedindhold)|acceptér? alle|åbent punkt|you are here.{0,60}|"
    r"størrelse: ?px|hent som pdf|del på .{1,20})$",
    re.IGNORECASE,
)
#: Elements deeper than this are read as one run of text: Python's stack has an end.
MAX_DEPTH = 120


def read_html(data: bytes, options: ReadOptions) -> Reading:
    """Read the paper of a web page; nothing is fetched."""
    root = parse_html(decode(data))
    pages, marks = page_of(_lines_of(root), options)
    return Reading("text/html", pages, marks, _metadata(root))


def html_lines(data: str) -> list[Line]:
    """Give the lines of a piece of HTML, such as a mail's body; none where it holds nothing but comments."""
    try:
        root = parse_html(data)
    except ReadError:
        return []
    return _lines_of(root)


def _lines_of(root: Any) -> list[Line]:
    paper = _paper(root)
    walk = _Walk(Blocks(), total=text_length(root), outer=paper.tag not in ("main", "article"))
    walk.walk(paper, depth=0)
    return _without_phrases(walk.blocks.lines)


def parse_html(text: str) -> Any:
    """Parse HTML of any quality, without network and entities from outside."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError) as exc:
        raise ReadError("siden er ikke læsbar HTML", code="damaged") from exc
    if root is None:
        raise ReadError("siden er ikke læsbar HTML", code="damaged")
    return root


def _paper(root: Any) -> Any:
    """Give the element that holds the paper: `main` or the one article, else the whole body."""
    body = root.find("body")
    body = body if body is not None else root
    total = max(1, text_length(body))
    for path in (".//main", ".//*[@role='main']", ".//article", ".//*[@id='content']", ".//*[@id='main']"):
        found = body.findall(path)
        if len(found) == 1 and text_length(found[0]) > 0.25 * total:
            return found[0]
    return body


class _Walk:
    """Walks down a page and collects the lines of its paper."""

    def __init__(self, blocks: Blocks, *, total: int, outer: bool, in_cell: bool = False) -> None:
        self.blocks = blocks
        self.inline: list[str] = []
        self.links: list[str] = []
        #: How many elements of bold letters are open, and whether all text collected so far stands in one.
        self.bold = 0
        self.all_bold = True
        #: The length of the page's text, and whether it has no element for the paper alone.
        self.total = total
        self.outer = outer
        #: A cell that is a link within the page belongs to its row.
        self.in_cell = in_cell
        self.head = ""
        #: What has been read, up to so many lines.
        self.read: set[str] = {""}
        self.looked_at = 0

    def walk(self, element: Any, depth: int) -> None:
        """Collect what stands in an element that is known to be none of the furniture."""
        self._children(element, depth, None)
        self._flush(None)

    def _inner(self, *, in_cell: bool) -> _Walk:
        return _Walk(Blocks(), total=self.total, outer=self.outer, in_cell=in_cell)

    def _flush(self, style: Style | None) -> None:
        """Write the text collected so far as a paragraph, unless it is nothing but links within the page."""
        text = "".join(self.inline)
        lines = [fold_spaces(line) for line in text.split("\n")]
        whole = fold_spaces(text)
        if whole and not self._is_navigation(whole):
            first = True
            for line in lines:
                if line:
                    self.blocks.put((self.head if first else "") + line, style, bold=self.all_bold)
                    first = False
                elif not first:
                    self.blocks.part()
            if not first:
                self.head = ""
        self.inline.clear()
        self.links.clear()
        self.all_bold = True

    def _is_navigation(self, text: str) -> bool:
        return bool(self.links) and not self.in_cell and fold_spaces(" ".join(self.links)) == text

    def _is_furniture(self, element: Any) -> bool:
        return is_furniture(element, outer=self.outer, total=self.total)

    def _children(self, element: Any, depth: int, style: Style | None) -> None:
        if element.text:
            self._collect(element.text, element)
        for child in element:
            if isinstance(child.tag, str) and not self._is_furniture(child):
                if depth >= MAX_DEPTH:
                    self._collect(" ".join(child.itertext()), element)
                elif is_hidden(child):
                    self._folded(child, depth + 1, style)
                else:
                    self._element(child, depth + 1, style)
            if child.tail:
                self._collect(child.tail, element)

    def _collect(self, text: str, parent: Any) -> None:
        self.inline.append(_collapse(text, parent))
        self.all_bold = self.all_bold and (self.bold > 0 or not text.strip())

    def _folded(self, element: Any, depth: int, style: Style | None) -> None:
        """Collect what opens at a click, unless all of it has been read before: a copy for print or for phones."""
        inner = self._inner(in_cell=False)
        inner._element(element, depth, style)
        inner._flush(style)
        self._flush(style)
        lines = self.blocks.lines
        self.read.update(line.text for line in lines[self.looked_at :])
        self.looked_at = len(lines)
        if any(line.text not in self.read for line in inner.blocks.lines):
            self.blocks.part()
            lines += inner.blocks.lines
            self.blocks.part()

    def _element(self, element: Any, depth: int, style: Style | None) -> None:
        tag = element.tag
        if tag == "br":
            self.inline.append("\n")
        elif tag == "table":
            self._flush(style)
            self.blocks.part()
            self._table(element, depth)
            self.blocks.part()
        elif tag in ("ul", "ol", "menu"):
            self._flush(style)
            self._list(element, depth)
        elif tag in _BLOCKS:
            self._block(element, depth, "heading" if tag in HEADINGS else style)
        else:
            if tag == "a" and (element.get("href") or "").startswith(("#", "javascript:")):
                self.links.append("".join(element.itertext()))
            self.bold += tag in ("b", "strong")
            self._children(element, depth, style)
            self.bold -= tag in ("b", "strong")

    def _block(self, element: Any, depth: int, style: Style | None) -> None:
        self._flush(style)
        self.blocks.part()
        self._children(element, depth, style)
        self._flush(style)
        self.blocks.part()

    def _list(self, element: Any, depth: int) -> None:
        """Write a list, one entry a line, numbered as a browser shows it."""
        self.blocks.part()
        number = _start(element)
        for child in element:
            if not isinstance(child.tag, str) or self._is_furniture(child):
                continue
            if child.tag != "li":
                self._element(child, depth + 1, None)
                continue
            self.head = f"{_shown(number, element.get('type'))}. " if element.tag == "ol" else "- "
            before = len(self.blocks.lines)
            self._children(child, depth + 1, None)
            self._flush(None)
            self.head = ""
            number += 1
            _close_up(self.blocks.lines, before)
        self.blocks.part()

    def _table(self, element: Any, depth: int) -> None:
        for caption in element.iterchildren("caption"):
            if not self._is_left_out(caption):
                self._block(caption, depth + 1, None)
        rows = [self._cells(row) for row in _rows(element) if not self._is_left_out(row)]
        if any(_holds_blocks(cell) for row in rows for cell in row):
            for row in rows:
                for cell in row:
                    self._block(cell, depth + 2, None)
            return
        for row in rows:
            texts = [self._cell_text(cell, depth + 2) for cell in row]
            if any(texts):
                self.blocks.put("\t".join(texts), "cell" if len(texts) > 1 else None)

    def _cells(self, row: Any) -> list[Any]:
        return [cell for cell in row if cell.tag in ("td", "th") and not self._is_left_out(cell)]

    def _is_left_out(self, element: Any) -> bool:
        """Say whether a part of a table is not shown; its class says how it looks (`<tr class="header">`)."""
        return is_hidden(element) and self._is_furniture(element)

    def _cell_text(self, cell: Any, depth: int) -> str:
        inner = self._inner(in_cell=True)
        inner.walk(cell, depth)
        return fold_spaces(" ".join(line.text for line in inner.blocks.lines))


def _collapse(text: str, parent: Any) -> str:
    return text if parent.tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)


def _start(element: Any) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def _shown(number: int, kind: str | None) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        return chr(ord(kind) + number - 1)
    return str(number)


def _close_up(lines: list[Line], start: int) -> None:
    """Take the empty lines out of one entry, so that a list has none between its entries."""
    lines[start:] = [line for line in lines[start:] if line.text]


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            yield from _rows(child)


def _holds_blocks(cell: Any) -> bool:
    """Say whether a cell holds more than a table's cell does: headings, lists, tables, several paragraphs."""
    counts: dict[str, int] = {}
    for child in cell.iter("table", "ul", "ol", "p", "h1", "h2", "h3", "h4", "div"):
        counts[child.tag] = counts.get(child.tag, 0) + 1
    return bool(counts.keys() - {"p", "div"}) or counts.get("p", 0) + counts.get("div", 0) > 2


def _without_phrases(lines: list[Line]) -> list[Line]:
    """Leave out the lines that are buttons of the page and no text of the paper."""
    return [line for line in lines if not line.text or not _PHRASES.match(line.text.strip(" ›»>|"))]


def _metadata(root: Any) -> tuple[tuple[str, str], ...]:
    title = root.find(".//title")
    if title is None or not title.text:
        return ()
    return (("title", fold_spaces(normalise(title.text))[:1000]),)
