"""Who signs: after the closing of a letter, under an indstilling, at the end of minutes, with the titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Box, Signatory
from ingest.facts import shapes
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.head import head_lines, is_date_line
from ingest.repeated import remembered

_CELLS = re.compile(r"\t| {3,}")
_JOINED = re.compile(r"/| og (?=[A-ZÆØÅ])")
_LABELLED = re.compile(
    r"(?P<role>referent|formand|ordstyrer|dirigent|mødeleder|protokolfører):\s*(?P<name>[^:]{4,50})", re.IGNORECASE
)
_PEOPLE_LABEL = re.compile(
    r"(?:sagsbehandler|kontakt|kontaktperson|til ?stede|deltagere|afbud|fraværende|att|kopi|cc|direkte"
    r"|ved|til|indsendt af)\b",
    re.IGNORECASE,
)
#: Those under it get the paper; they do not sign it.
_COPY = re.compile(
    r"(?:(?:en )?(?:kopi|genpart)(?: er)?(?: (?:(?:frem|ud|af)?sendt|sendes))?(?: til\b| ?:|$)|b?cc\b|c\. ?c\.)",
    re.IGNORECASE,
)
#: The line to sign on, before the name on it.
_DOTTED = re.compile(r"(?:[._…–-] ?){4,300}(?=[A-ZÆØÅ])")
#: `Hilsen Bo Ås, den 1. april 2021`.
_DATED = re.compile(r",? (?:den |d\. ?)?[0-9]{1,2}[./ -].{2,20}$")
#: The parties of town councils.
_PARTY = re.compile(
    r"(?:(?:for )?(?:Socialdemokrat(?:iet|erne)|Venstre|SF|Socialistisk Folkeparti|(?:Det )?Radikale Venstre"
    r"|(?:De |Det )?Konservative(?: Folkeparti)?|Dansk Folkeparti|Enhedslisten|Liberal Alliance|Alternativet"
    r"|Nye Borgerlige|Kristendemokraterne|Danmarksdemokraterne|Moderaterne|Løsgænger|[\wæøåÆØÅ-]{2,25}listen))"
    r"(?: \([A-ZÆØÅ]{1,3}\))?",
)
_MOST = 16
#: No name with its title is longer.
_LONGEST = 140


@dataclass(slots=True)
class _Signer:
    name: str
    start: int
    end: int
    role: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    box: Box | None


def find_signatories(document: Document, draft: Draft) -> None:
    """Find the signers in order, each once, with the title printed with the name."""
    head = len(head_lines(document))
    found: list[tuple[_Signer, str, float]] = []
    found += [(signer, "closing", HIGH) for signer in _after_closings(document)]
    found += [(signer, "closing", HIGH) for signer in _behind_closings(document)]
    found += [(signer, "indstilling", HIGH) for signer in _under_proposals(document)]
    found += [(signer, "labelled", HIGH) for signer in _labelled(document)]
    found = [one for one in found if not document.is_quoted(one[0].start)]
    read = {signer.start for signer, _, _ in found}
    titled = (signer for signer in _with_titles(document, head) if not document.is_quoted(signer.start))
    found += [(signer, "name-and-title", MIDDLE) for signer in titled if signer.start not in read]
    if not found:
        found = [(signer, "name-alone", MIDDLE) for signer in _standing_alone(document, draft, min(head, 6))]
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
        dated = line.index > 5 and "," in line.text[:40] and is_date_line(document, line)
        if shapes.is_closing(line.text) or dated:
            yield from _read_signers(document, document.lines[line.index + 1 : line.index + 1 + _MOST])


def _behind_closings(document: Document) -> Iterator[_Signer]:
    """Find the signer on the closing's own line."""
    for line in document.lines:
        rest = _DATED.sub("", shapes.closing_name(line.text) or "")
        name, role = _read_name(rest) if rest else (None, None)
        if name:
            start = line.start + line.text.find(name)
            yield _Signer(name, start, start + len(name), role)


def _read_signers(document: Document, lines: Sequence[TextLine]) -> list[_Signer]:
    """Read names and titles until a line is neither; an organisation under a title is passed over."""
    signers: list[_Signer] = []
    untitled: list[_Signer] = []
    titles: list[_Title] = []
    skipped = 0
    for line in lines:
        if line.role == "margin" or _is_rule(line.text) or (signers and _names_parties(line.text)):
            continue
        if _COPY.match(line.text):
            break
        closing = shapes.is_closing(line.text)
        names = [] if closing else _names_in(document, line, capitals=True)
        found = [] if names else _titles_in(document, line, len(untitled))
        if names or closing:
            _give(untitled, titles)
            untitled = ([] if titles else untitled) + [name for name in names if not name.role]
            titles, skipped = [], 0
            signers += names
        elif found and untitled and len(titles) + len(found) <= len(untitled):
            titles += found
        elif not signers and (_is_strewn(line.text) or shapes.stands_for_another(line.text)):
            continue
        elif not signers or skipped or not shapes.is_organisation(line.text):
            break
        else:
            skipped = 1
    _give(untitled, titles)
    return signers


def _give(untitled: list[_Signer], titles: list[_Title]) -> None:
    """Give each title to the name that stands above it on the page; without boxes in order, or to the last ones."""
    pairs = [(title, _above(untitled, title)) for title in titles]
    if all(signer for _, signer in pairs):
        for title, signer in pairs:
            if signer:
                signer.role = title.text
        return
    for signer, title in zip(untitled[len(untitled) - len(titles) :], titles, strict=True):
        signer.role = title.text


def _above(untitled: list[_Signer], title: _Title) -> _Signer | None:
    """Find the name that begins where a title begins, higher up."""
    if title.box is None or any(signer.box is None for signer in untitled):
        return None
    level = [
        signer
        for signer in untitled
        if signer.box and abs(signer.box.x0 - title.box.x0) < 15 and signer.box.top < title.box.top
    ]
    return max(level, key=lambda signer: signer.box.top if signer.box else 0.0, default=None)


def _is_rule(text: str) -> bool:
    """Tell the line to sign on, with no name beside it."""
    return len(text) > 3 and not any(c.isalnum() for c in text)


def _names_parties(text: str) -> bool:
    """Tell the party, or those side by side, for which the signers above sign: no title."""
    return len(text) < _LONGEST and all(_PARTY.fullmatch(cell.strip()) for cell in _CELLS.split(text))


def _is_strewn(text: str) -> bool:
    """Tell a line of the sender's address that stands between the closing and the name."""
    return shapes.is_address(text) or shapes.is_label(text) or not any(c.isalpha() for c in text)


def _titles_in(document: Document, line: TextLine, names: int) -> list[_Title]:
    """Read the titles that a line is, in cells where signers stand side by side; empty where it is something else."""
    parts = re.split(r" ?/ ", line.text) if names > 1 else _CELLS.split(line.text)
    cells = [cell for part in parts for cell in _CELLS.split(part) if cell.strip()]
    titles = [shapes.read_role(cell) or (_lone_word(cell) if names == 1 else None) for cell in cells]
    box = _box(document, line) if len(cells) == 1 else None
    return [_Title(title, box) for title in titles if title] if all(titles) else []


def _box(document: Document, line: TextLine) -> Box | None:
    segment = document.text.segment_at(line.start)
    return segment.box if segment else None


def _names_in(document: Document, line: TextLine, *, capitals: bool = False) -> list[_Signer]:
    """Read the one or more names that a line is; empty where it is something else.

    `capitals` takes names set in capitals too (`JENS DAM`), where no heading can stand.
    """
    signers: list[_Signer] = []
    at = line.start
    box = _box(document, line) if "\t" not in line.text else None
    for cell in _CELLS.split(line.text) if "\t" in line.text or "   " in line.text else (line.text,):
        for part in _JOINED.split(cell) if "/" in cell or " og " in cell else (cell,):
            name, role = _read_name(part)
            if capitals and name is None and _is_person_in_capitals(part):
                name = part.strip()
            if part.strip() and name is None:
                return []
            if name:
                start = line.text.find(name, max(0, at - line.start)) + line.start
                signers.append(_Signer(name, start, start + len(name), role, box))
                at = start + len(name)
    return signers


def _is_person_in_capitals(text: str) -> bool:
    words = text.split()
    return text.isupper() and not any(len(word) < 3 for word in words) and shapes.is_person(text.title())


@remembered
def _read_name(text: str) -> tuple[str | None, str | None]:
    shown = shapes.undecorate(_DOTTED.sub("", text, count=1) if text[:1] in "._…–-" else text)
    if len(shown) > _LONGEST:
        return None, None
    if shapes.is_person(shown):
        return shown.strip(" ,;:"), None
    name, comma, role = shown.partition(",")
    if comma and shapes.is_person(name):
        title = shapes.read_role(role.strip())
        return (name.strip(), title) if title else (None, None)
    words = shown.split()
    for at in range(min(len(words) - 1, 4), 1, -1):
        title = shapes.read_role(" ".join(words[at:]))
        if title and shapes.is_person(" ".join(words[:at])):
            return " ".join(words[:at]), title
    title = shapes.read_role(words[0]) if len(words) > 2 else None
    return (" ".join(words[1:]), title) if title and shapes.is_person(" ".join(words[1:])) else (None, None)


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
        names = _names_in(document, line, capitals=True)
        if text == "/" and 0 < line.index < len(lines) - 1:
            pair = [_names_in(document, lines[at], capitals=True) for at in (line.index - 1, line.index + 1)]
            if all(pair):
                yield from (name for side in pair for name in side)
            continue
        if len(names) > 1:
            yield from names
        elif len(names) == 1 and text.endswith("/") and line.index + 1 < len(lines):
            yield from names
            yield from _names_in(document, lines[line.index + 1])
        elif len(names) == 1 and text.startswith("/") and line.index:
            yield from _names_in(document, lines[line.index - 1])
            yield from names


def _labelled(document: Document) -> Iterator[_Signer]:
    for line in document.lines:
        found = _LABELLED.fullmatch(line.text) if len(line.text) < 80 else None
        name, role = _read_name(found["name"]) if found else (None, None)
        if found and name:
            start = line.start + found.start("name")
            yield _Signer(name, start, line.end, role or found["role"])


def _with_titles(document: Document, head: int) -> Iterator[_Signer]:
    """Find a name with its title under it or beside it, after the running text has begun."""
    lines = document.lines
    copied = -1
    for line in lines[max(head, 1) :]:
        if _COPY.match(line.text) or (copied == line.index - 1 and _goes_on_copying(lines, line)):
            copied = line.index
        if (
            copied == line.index
            or line.role == "margin"
            or len(line.text) > 110
            or _PEOPLE_LABEL.match(lines[line.index - 1].text)
        ):
            continue
        names = _names_in(document, line)
        if names and all(name.role for name in names):
            yield from names
        elif names and any(
            _titles_in(document, below, 0) for below in lines[line.index + 1 : line.index + 3] if below.role != "margin"
        ):
            yield from (name for name in _read_signers(document, lines[line.index : line.index + 5]) if name.role)


def _goes_on_copying(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Tell a line of the list under `Kopi til:`: it ends at a gap, but for one right under the label."""
    return (not line.first or _COPY.match(lines[line.index - 1].text) is not None) and not shapes.is_closing(line.text)


def _standing_alone(document: Document, draft: Draft, head: int) -> list[_Signer]:
    """Take the last name that is a paragraph of its own, in a paper of a meeting (`Indstilling` of 1999-2005)."""
    if draft.paper is None:
        return []
    lines = [line for line in document.lines[head:] if line.role != "margin"]
    for line in reversed(lines):
        below = document.lines[line.index + 1 : line.index + 2]
        alone = line.first and all(after.first or is_date_line(document, after) for after in below)
        if (
            alone
            and not _PEOPLE_LABEL.match(document.lines[line.index - 1].text)
            and (names := _names_in(document, line))
        ):
            return names
    return []
