"""Who signs: after the closing of a letter, under an indstilling, at the end of minutes; with the title printed there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Signatory
from ingest.facts import shapes
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.head import head_lines, is_date_line

_CELLS = re.compile(r"\t| {3,}")
_LABELLED = re.compile(
    r"(?P<role>referent|formand|ordstyrer|dirigent|mødeleder|protokolfører):\s*(?P<name>[^:]{4,50})", re.IGNORECASE
)
_PEOPLE_LABEL = re.compile(
    r"(?:sagsbehandler|kontakt|kontaktperson|til ?stede|deltagere|afbud|fraværende|att|kopi|cc|direkte|ved|til|indsendt af)\b",
    re.IGNORECASE,
)
_MOST = 12


@dataclass(slots=True)
class _Signer:
    name: str
    start: int
    end: int
    role: str | None = None


def find_signatories(document: Document, draft: Draft) -> None:
    """Find the signers in order, each once, with the title printed with the name."""
    head = len(head_lines(document))
    found: list[tuple[_Signer, str, float]] = []
    found += [(signer, "closing", HIGH) for signer in _after_closings(document)]
    found += [(signer, "indstilling", HIGH) for signer in _under_proposals(document)]
    found += [(signer, "labelled", HIGH) for signer in _labelled(document)]
    found += [(signer, "name-and-title", MIDDLE) for signer in _with_titles(document, head)]
    if not found:
        found = [(signer, "last-line", MIDDLE) for signer in _at_end(document, draft, head)]
    draft.signatories = _merge(found)


def _merge(found: list[tuple[_Signer, str, float]]) -> list[Found[Signatory]]:
    """Order by place, keep each name once, with a title from wherever one stands."""
    found.sort(key=lambda one: one[0].start)
    kept: dict[str, tuple[_Signer, str, float]] = {}
    for signer, rule, sure in found:
        known = kept.setdefault(signer.name.lower(), (signer, rule, sure))[0]
        known.role = known.role or signer.role
    return [Found(Signatory(one.name, one.role), one.start, one.end, rule, sure) for one, rule, sure in kept.values()]


def _after_closings(document: Document) -> Iterator[_Signer]:
    for line in document.lines:
        if shapes.is_closing(line.text):
            yield from _read_signers(document.lines[line.index + 1 : line.index + 1 + _MOST])


def _read_signers(lines: Sequence[TextLine]) -> list[_Signer]:
    """Read names and titles until a line is neither; two signers side by side stand in cells."""
    signers: list[_Signer] = []
    row: list[_Signer] = []
    skipped = 0
    for line in lines:
        if line.role == "margin":
            continue
        if shapes.is_closing(line.text):
            row = []
            continue
        names = _names_in(line)
        if names:
            signers, row, skipped = signers + names, names, 0
        elif row and _give_titles(line, row):
            skipped = 0
        elif not signers or skipped > 0 or not shapes.is_organisation(line.text):
            break
        else:
            skipped += 1
    return signers


def _names_in(line: TextLine) -> list[_Signer]:
    """Read the one or more names that a line is; empty where it is something else."""
    signers: list[_Signer] = []
    at = line.start
    for cell in _CELLS.split(line.text):
        for part in cell.split("/"):
            name, role = _read_name(part)
            if part.strip() and name is None:
                return []
            if name:
                start = line.text.find(name, max(0, at - line.start)) + line.start
                signers.append(_Signer(name, start, start + len(name), role))
                at = start + len(name)
    return signers


def _read_name(text: str) -> tuple[str | None, str | None]:
    shown = shapes.undecorate(text.strip())
    if shapes.is_person(shown):
        return shown.strip(" ,;:"), None
    name, comma, role = shown.partition(",")
    if comma and shapes.is_person(name):
        title = shapes.read_role(role.strip())
        return (name.strip(), title) if title else (None, None)
    first, _, rest = shown.partition(" ")
    title = shapes.read_role(first)
    return (rest, title) if title and shapes.is_person(rest) else (None, None)


def _give_titles(line: TextLine, row: list[_Signer]) -> bool:
    """Give the titles on a line to the signers above it; `False` where the line is no title."""
    if any(signer.role for signer in row):
        return False
    cells = [cell for cell in _CELLS.split(line.text) if cell.strip()]
    titles = [shapes.read_role(cell) or (_lone_word(cell) if len(row) == 1 else None) for cell in cells]
    if not all(titles) or len(titles) > len(row):
        return False
    for signer, title in zip(row[-len(titles) :], titles, strict=True):
        signer.role = title
    return True


def _lone_word(text: str) -> str | None:
    """Take one word under a name for its title (`Landinspektør`), where it names no organisation or place."""
    word = text.strip(" ,;")
    return (
        word
        if 5 <= len(word) <= 30 and word.isalpha() and not shapes.is_organisation(word) and not shapes.is_label(word)
        else None
    )


def _under_proposals(document: Document) -> Iterator[_Signer]:
    """Find `A / B`, on one line or over two."""
    lines = document.lines
    for line in lines:
        if "/" not in line.text or len(line.text) > 110:
            continue
        text = line.text.strip()
        names = _names_in(line)
        if len(names) > 1:
            yield from names
        elif len(names) == 1 and text.endswith("/") and line.index + 1 < len(lines):
            yield from names
            yield from _names_in(lines[line.index + 1])
        elif len(names) == 1 and text.startswith("/") and line.index:
            yield from _names_in(lines[line.index - 1])
            yield from names


def _labelled(document: Document) -> Iterator[_Signer]:
    for line in document.lines:
        found = _LABELLED.fullmatch(line.text) if len(line.text) < 80 else None
        if found and shapes.is_person(found["name"]):
            start = line.start + found.start("name")
            yield _Signer(found["name"].strip(), start, line.end, found["role"])


def _with_titles(document: Document, head: int) -> Iterator[_Signer]:
    """Find a name with its title under it or beside it, after the running text has begun."""
    lines = document.lines
    for line in lines[max(head, 1) :]:
        if line.role == "margin" or len(line.text) > 110 or _PEOPLE_LABEL.match(lines[line.index - 1].text):
            continue
        names = _names_in(line)
        if not names:
            continue
        if all(name.role for name in names):
            yield from names
        elif line.index + 1 < len(lines) and lines[line.index + 1].role != "margin":
            below = lines[line.index + 1]
            if all(shapes.read_role(cell) for cell in _CELLS.split(below.text)) and _give_titles(below, names):
                yield from names


def _at_end(document: Document, draft: Draft, head: int) -> list[_Signer]:
    """Take the name that ends the text of a paper of a meeting, with nothing or a date after it."""
    body = [line for line in document.lines[head:] if line.role != "margin"]
    if draft.paper is None or not body:
        return []
    last = body[-2:] if len(body) > 1 and is_date_line(document, body[-1]) else body[-1:]
    return (
        _names_in(last[0]) if last[0].first and not _PEOPLE_LABEL.match(document.lines[last[0].index - 1].text) else []
    )
