"""Documents that a DOCX takes in whole (`w:altChunk`): programs that merge papers leave them for Word to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import ReadError
from corpus.records import Line, Mark, Reading
from ingest.readers.html import read_html
from ingest.readers.mail import read_mail
from ingest.readers.media import detect
from ingest.readers.options import ReadOptions
from ingest.readers.package import Package
from ingest.readers.text import read_text

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def relations_of(package: Package, part: str, parse: Callable[[bytes], Any]) -> dict[str, str]:
    """Give the parts that a part refers to by id, as names in the package; none where the list of them is damaged."""
    folder, _, name = part.rpartition("/")
    try:
        content = package.part(f"{folder}/_rels/{name}.rels")
        targets = {item.get("Id", ""): item.get("Target", "") for item in parse(content)} if content else {}
    except ReadError:
        return {}
    return {
        identity: target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        for identity, target in targets.items()
    }


@dataclass(slots=True)
class Chunks:
    """Reads the documents inside a document, each once."""

    package: Package
    #: The names of parts by id; empty where the part refers to none.
    parts: dict[str, str]
    options: ReadOptions
    marks: list[Mark] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)

    def lines(self, element: Any) -> list[Line]:
        """Give the lines of the document that an element takes in; leave a mark where it cannot be read."""
        part = self.parts.get(element.get(_R_ID, ""), "")
        if part in self._read:
            return []
        self._read.add(part)
        try:
            content = self.package.part(part)
            reading = _read_chunk(content, part, self.options) if content else None
        except ReadError:
            reading = None
        if reading is None:
            self.marks.append(Mark("member-not-read", "et dokument lagt ind i dokumentet er ikke læst"))
            return []
        return [line for page in reading.pages for line in page.lines]


def _read_chunk(content: bytes, name: str, options: ReadOptions) -> Reading | None:
    kind = detect(content, name)
    if kind == "html":
        return read_html(content, options)
    if kind == "text":
        return read_text(content, options)
    if kind == "mail":  # a web page saved with its pictures
        return read_mail(content, options)
    if kind == "rtf":
        from ingest.readers.office import read_office

        return read_office(content, "rtf", options)
    return None
