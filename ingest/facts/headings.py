"""Headings of agenda items: candidates by their shape, and the chain of numbers that they make.

A numbered line is a heading when its number goes on from the heading before, and by what stands around it: a case
number at its end or under it, a section's heading under it, heavy type. A list of contents and the lists inside an
item make chains too; the heaviest chain is the meeting's.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.numbers import parse
from corpus.text import fold_spaces
from ingest.facts.draft import Document, Draft, TextLine

Shape = Literal["keyword", "numbered", "row", "run-in"]

_KEYWORD = re.compile(
    r"^(?:[-•*·] {0,2})?(?:(?:lukket|åbent?|åben) )?(?:dagsordens?punkt|punkt|pkt|ad|sag|nr)\.? {0,2}(?:(?:nr|pkt"
    r"|punkt|sag)\.? {0,2})?"
    r"(\d{1,4})(?![\d/]|[-.]\d)[ \t.:)–-]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:[-•*·] {0,2})?(\d{1,4})(?:\. ?|\) |\t+)(?=[^\d\s]|\d+ |\d+\.? [a-zæøå])")
_ROW = re.compile(r"^(?:[-•*·] {0,2})?(\d{1,3}) {1,4}(?=[A-ZÆØÅ\"”“])")
_ALONE = re.compile(r"^(?:punkt |pkt\.? |ad )?(\d{1,4})\.?$", re.IGNORECASE)
_RUN_IN = re.compile(r"^([A-ZÆØÅ][^.!?:]{2,60}(?<! nr)(?<! pr)(?<! kl)(?<!\bjf)(?<! ca)(?<!\d))\. (?=[A-ZÆØÅ0-9])")
_NEXT_MEETING = re.compile(r"^(næste (?:ordinære )?møde) (?:er|holdes|afholdes|bliver)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[ \t]*\((?:(?:sagsnr|sag|j)\.?(?:nr)?\.?:? ?)?([^()]{0,40})\)$", re.IGNORECASE)
_LEADERS = re.compile(r"(?: ?\.){3,} ?\d{0,4}$|\t+\d{1,4}$|…+ ?\d{0,4}$")
_OPENING = re.compile(r"[A-ZÆØÅ0-9\"”“„'»(§]")

#: Headings of the sections of an item, in lower case, without colon.
_SECTIONS = frozenset(
    section.strip()
    for section in """
    indstilling;indstilling og beslutning;beslutning;beslutninger;problemstilling;løsning;økonomi;videre proces;
    politisk handlerum;resume;resumé;sagsresume;sagsresumé;sagsfremstilling;sagsbeskrivelse;sagens kerne;retsgrundlag;
    lovgrundlag;økonomiske konsekvenser;høring;beslutningskompetence;beslutningstema;beslutningspunkter;bilag;
    bilag vedlagt;bilag (vedlagt);fraværende;afbud;baggrund;miljøvurdering;tidligere beslutninger;indledning;
    sagsforløb;personalemæssige konsekvenser;miljømæssige konsekvenser;formål;kommunikation;sagsgang;vurdering;
    forvaltningens indstilling;administrationens indstilling;administrationen indstiller;supplerende oplysninger;
    forvaltningens bemærkninger;konsekvenser;borgerinddragelse;sagens parter;andre konsekvenser
    """.split(";")  # noqa: SIM905
)
_SECTION = re.compile(
    r"^(?:indstilling|beslutning|sagsfremstilling|sagsbeskrivelse|resum[eé]|sagsresum[eé]|bilag|fraværende|afbud)"
    r"(?::| i | fra |$| \w+(?:udvalget|rådet|udvalg) )|\bbeslutning i (?:mødet|møde) den|^[\wæøå -]{5,60}(?:s"
    r"|udvalgets) beslutning\b",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(r"^(?:sags?(?:nr|nummer|id)|sags-id|j\.? ?nr|journal ?nr)\b", re.IGNORECASE)


_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (("keyword", _KEYWORD), ("numbered", _NUMBERED), ("row", _ROW))


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line that may head an item: the number as printed, the title without it and its case number."""

    line: int
    number: int
    printed: str
    title: str
    start: int
    end: int
    shape: Shape
    weight: float
    #: A number of a case or a keyword marks it: no list has those.
    marked: bool


def section_of(line: str) -> str | None:
    """Return the section that a line heads (`beslutning`, `bilag`), in lower case, or `None` for running text."""
    if len(line) > 120:
        return None
    word = fold_spaces(line).lower().rstrip(": ")
    if word in _SECTIONS:
        return word.split(" (")[0]
    found = _SECTION.search(word if line.isupper() else fold_spaces(line))
    if not found:
        return None
    return "beslutning" if "beslutning" in found.group().lower() else re.split(r"\W", word)[0]


def find_chain(document: Document, draft: Draft) -> tuple[Heading, ...]:
    """Return the headings of the items: the heaviest chain of rising numbers."""
    chains = [_heaviest(group) for group in _by_shape(_candidates(document, draft))]
    return max(chains, key=lambda chain: sum(heading.weight for heading in chain), default=())


def _by_shape(candidates: Iterator[Heading]) -> list[list[Heading]]:
    groups: dict[str, list[Heading]] = {}
    for heading in candidates:
        groups.setdefault(heading.shape, []).append(heading)
    return list(groups.values())


def _heaviest(headings: list[Heading]) -> tuple[Heading, ...]:
    """Choose the chain of rising numbers with the most weight; a number left out costs, five end the chain."""
    best: dict[int, tuple[float, int]] = {}
    before: list[int | None] = []
    for index, heading in enumerate(headings):
        weight, previous = 0.0, None
        for gap in range(1, 6):
            known = best.get(heading.number - gap)
            if known and known[0] - (gap - 1) > weight:
                weight, previous = known[0] - (gap - 1), known[1]
        before.append(previous)
        total = weight + heading.weight
        if heading.number not in best or total >= best[heading.number][0]:
            best[heading.number] = (total, index)
    chain: list[Heading] = []
    at: int | None = max(best.values())[1] if best else None
    while at is not None:
        chain.append(headings[at])
        at = before[at]
    return tuple(reversed(chain))


def _candidates(document: Document, draft: Draft) -> Iterator[Heading]:
    lines = document.lines
    ends = [seen.end for seen in draft.numbers]
    section, listed, count = "", -2, 0
    for line in lines:
        if section_here := section_of(line.text):
            section, listed, count = section_here, line.index, 0
            continue
        heading = _read_heading(document, draft, line, ends)
        if listed == line.index - 1 and section.startswith(("bilag", "indstilling")):
            entry = _NUMBERED.match(line.text)
            if entry and int(entry.group(1)) == count + 1 and not (heading and heading.marked):
                listed, count = line.index, count + 1
                continue
            if not line.first or not entry:
                listed = line.index if section.startswith("bilag") and heading is None else listed
        if heading is not None:
            section = ""
            yield heading


def _read_heading(document: Document, draft: Draft, line: TextLine, ends: list[int]) -> Heading | None:
    if (
        line.role != "body"
        or len(line.text) > 400
        or not (line.text[:1].isdigit() or line.text[:1] in "-•*·PpAaSsNnDdLlÅå")
    ):
        return None
    for shape, pattern in _SHAPES:
        if match := pattern.match(line.text):
            return _heading_after(document, draft, line, match, shape, ends)
    alone = _ALONE.match(line.text)
    return _heading_below(document, draft, line, alone, ends) if alone else None


def _heading_after(
    document: Document, draft: Draft, line: TextLine, match: re.Match[str], shape: Shape, ends: list[int]
) -> Heading | None:
    if match.end() == len(line.text):
        return _heading_below(document, draft, line, match, ends)
    weight = 4.0 if shape == "keyword" else 0.5 if shape == "row" else 1.0
    return _weigh(document, draft, line, line, match, line.start + match.end(), shape, weight, ends)


def _heading_below(
    document: Document, draft: Draft, line: TextLine, match: re.Match[str], ends: list[int]
) -> Heading | None:
    """Read a heading whose number stands on a line of its own, the title on the next."""
    if line.index + 1 >= len(document.lines):
        return None
    below = document.lines[line.index + 1]
    if section_of(below.text) or _NUMBER_LABEL.match(below.text):
        return None
    keyword = not match.group().strip()[0].isdigit()
    shape: Shape = "keyword" if keyword else "numbered"
    weight = 4.0 if keyword else 1.0
    return _weigh(document, draft, line, below, match, below.start, shape, weight, ends)


def _weigh(
    document: Document,
    draft: Draft,
    line: TextLine,
    titled: TextLine,
    match: re.Match[str],
    start: int,
    shape: Shape,
    weight: float,
    ends: list[int],
) -> Heading | None:
    title, numbered = _cut_title(document, draft, start, titled.end, ends)
    if not title or not _OPENING.match(title):
        return None
    run_in = _RUN_IN.match(title) if title.endswith(".") else None
    if run_in and shape == "numbered" and not numbered:
        title, shape, weight = run_in.group(1), "run-in", 0.8
    elif shape == "numbered" and (following := _NEXT_MEETING.match(title)):
        title, shape, weight = following.group(1), "run-in", 0.8
    elif title.endswith((",", ";", " og", " eller")) or (title.endswith(".") and shape != "keyword"):
        return None
    if len(title) > 250 or title.lower().startswith(("at ", "at,")):
        return None
    weight += (
        3.0 * numbered
        + 2.0 * (titled.style in ("heading", "title") or titled.bold)
        + _weight_below(document, draft, titled)
    )
    if title.lower() in _SECTIONS and shape != "run-in":
        weight -= 1.5
    below = document.lines[titled.index + 1 : titled.index + 3]
    marked = numbered or shape == "keyword" or any(_NUMBER_LABEL.match(one.text) for one in below)
    return Heading(
        line.index, int(match.group(1)), match.group(1), title, line.start, titled.end, shape, weight, marked
    )


def _weight_below(document: Document, draft: Draft, line: TextLine) -> float:
    """Weigh what stands under a heading: a number's label or a section's heading speak for an item."""
    following = document.lines[line.index + 1 : line.index + 4]
    for near, below in enumerate(following):
        if _NUMBER_LABEL.match(below.text) or section_of(below.text) or _is_number(draft, below):
            return 3.0 if near < 2 else 2.0
        if _NUMBERED.match(below.text) or _KEYWORD.match(below.text) or _ROW.match(below.text):
            break
    return 1.0 if following and following[0].first and line.first else 0.0


def _is_number(draft: Draft, line: TextLine) -> bool:
    """Tell whether a line is one case number, bare."""
    at = bisect.bisect_left(draft.numbers, line.start, key=lambda seen: seen.start)
    return at < len(draft.numbers) and draft.numbers[at].start == line.start and draft.numbers[at].end >= line.end - 1


def _cut_title(document: Document, draft: Draft, start: int, end: int, ends: list[int]) -> tuple[str, bool]:
    """Give the title between two offsets without its case number, and whether it had one."""
    numbered = False
    at = bisect.bisect_right(ends, end) - 1
    if at >= 0 and draft.numbers[at].start > start and end - draft.numbers[at].end <= 1:
        seen = draft.numbers[at]
        before = document.string[start : seen.start].rstrip()
        bracket = before.endswith("(") or re.search(r"\([^()]{1,20}$", before) is not None
        if bracket or seen.use == "own_case":
            start, end, numbered = start, start + len(re.sub(r"\([^()]{0,20}$", "", before).rstrip()), True
    title = _LEADERS.sub("", document.string[start:end]).rstrip()
    bracketed = _BRACKETS.search(title)
    if bracketed and (not bracketed.group(1).strip() or parse(bracketed.group(1)) is not None):
        title, numbered = title[: bracketed.start()], numbered or bool(bracketed.group(1).strip())
    return fold_spaces(title).rstrip(" -–:,"), numbered
