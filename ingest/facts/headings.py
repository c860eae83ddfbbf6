"""Headings of agenda items: candidates by their shape, and the chain of numbers that they make.

A numbered line is a heading when its number goes on from the heading before, and by what stands around it: a case
number at its end or under it, a section's heading under it, heavy type. A list of contents and the lists inside an
item make chains too; the heaviest chain is the meeting's.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.bodies import find_body
from corpus.numbers import parse
from corpus.text import fold_spaces
from ingest.facts import shapes
from ingest.facts.draft import Document, Draft, TextLine
from ingest.repeated import remembered

Shape = Literal["keyword", "numbered", "row", "run-in"]

_KEYWORD = re.compile(
    r"^(?:[-•*·] {0,2})?(?:(?:lukket|åbent?|åben) )?(?:dagsordens?punkt|punkt|pkt|ad|sag|nr)\.? {0,2}(?:(?:nr|pkt"
    r"|punkt|sag)\.? {0,2})?"
    r"(\d{1,4})(?![\d/]|[-.]\d)[ \t.:)–-]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:[-•*·] {0,2})?(\d{1,4})(?:\. |\.(?!\d)|\) |: |\t+)(?=[^\d\s]|\d+ |\d+\.? [a-zæøå])")
_ROW = re.compile(r"^(?:[-•*·] {0,2})?(\d{1,3}) {1,4}(?=[A-ZÆØÅ\"”“]|\((?:[Åå]ben|[Ll]ukket))")
_ALONE = re.compile(r"^(?:punkt |pkt\.? |ad )?(\d{1,4})\.?$", re.IGNORECASE)
_RUN_IN = re.compile(
    r"^([A-ZÆØÅ][^.!?:]{2,60}(?<! nr)(?<! pr)(?<! kl)(?<! d)(?<!\bjf)(?<! ca)(?<!\d))\. (?=[A-ZÆØÅ0-9])"
)
_NEXT_MEETING = re.compile(r"^(næste (?:ordinære )?møde) (?:er|holdes|afholdes|bliver)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[ \t]*\((?:(?:sagsnr|sag|j)\.?(?:nr)?\.?:? ?)?([^()]{0,40})\)$", re.IGNORECASE)
#: What stands between a title and its case number, and what may stand after it on a line where breaks were lost.
_NUMBER_OPENS = re.compile(
    r"[ \t]*(?:\(|(?<=[ \t(])(?:sags?\.? ?(?:nr|nummer|id)\.?|sag|j\.? ?nr\.?):?)[ \t]*$", re.IGNORECASE
)
_ACCESS = re.compile(
    r"^(?:\((?:åbent?|lukket)(?: sag| punkt)?\) ?|åbent?(?: sag| punkt)? ?[-–] (?=[A-ZÆØÅ0-9\"”“»]))", re.IGNORECASE
)
#: `3.1 Bylivspuljen`, a part of item 3.
_PART = re.compile(r"^(\d{1,4})\.(\d{1,2})[.)]?[ \t]+(?=[A-ZÆØÅ\"”“])")
#: The items that nearly every meeting has; papers without numbers are cut from the first of them on.
_STANDING = re.compile(
    r"^(?:(?:velkomst og )?godkendelse af (?:dags|referat)|velkommen|velkomst|eventuelt$|evt\.?$|meddelelser"
    r"|siden sidst|bordet rundt|nyt fra|orientering fra|næste møde$)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\)?[ \t]+[A-ZÆØÅ]")
#: What `Ad 2: Godkendt med en rettelse` says is a decision about a point of the proposal.
_VERDICT = re.compile(
    r"(?:Ikke )?(?:[Gg]odkendt|[Tt]iltrådt|[Vv]edtaget|[Aa]nbefal[et]\w|Taget til"
    r"|Udsat|Drøftet|Indstilles|Følges)\b"
)
#: Who may read an item, and that it has attachments, behind its title.
_ASIDE = re.compile(r"[ \t]*\((?:lukket|bilag|vedlagt)(?: sag| punkt| vedlagt| vedlægges)?\)$", re.IGNORECASE)
_LEADERS = re.compile(r"(?: ?\.){3,} ?\d{0,4}$|\t+\d{1,4}$|…+ ?\d{0,4}$")
#: A point under a heading (`a. …`, `ii) …`).
_LETTERED = re.compile(r"[a-zæøå]{1,2}[.)](?: |$)")
#: The page of an entry of a list of contents, where only a blank stands before it.
_PAGE = re.compile(r" \d{1,4}$")
_OPENING = re.compile(r"[A-ZÆØÅ0-9\"”“„'»(§]")

#: Headings of the sections of an item, in lower case, without colon.
_SECTIONS = frozenset(
    section.strip()
    for section in """
    indstilling;indstilling og beslutning;beslutning;beslutninger;problemstilling;løsning;økonomi;videre proces;
    politisk handlerum;resume;resumé;sagsresume;sagsresumé;sagsfremstilling;sagsbeskrivelse;sagens kerne;retsgrundlag;
    lovgrundlag;økonomiske konsekvenser;høring;beslutningskompetence;beslutningstema;beslutningspunkter;bilag;
    vedlagte bilag;bilagsliste;bilagsoversigt;bilagsfortegnelse;bilag til sagen;bilag til punktet;bilag vedlagt;
    bilag (vedlagt);fraværende;afbud;
    baggrund;miljøvurdering;tidligere beslutninger;indledning;
    sagsforløb;personalemæssige konsekvenser;miljømæssige konsekvenser;formål;kommunikation;sagsgang;vurdering;
    forvaltningens indstilling;administrationens indstilling;administrationen indstiller;supplerende oplysninger;
    forvaltningens bemærkninger;konsekvenser;borgerinddragelse;sagens parter;andre konsekvenser
    """.split(";")  # noqa: SIM905
)
#: The sections whose headings decide, each with the spellings that lack one of its letters.
_MISSPELT = tuple(
    (section, frozenset(section[:at] + section[at + 1 :] for at in range(len(section))))
    for section in ("indstilling", "beslutning", "sagsfremstilling", "sagsbeskrivelse")
)
_MISSPELT_LENGTHS = frozenset(len(section) + by for section, _ in _MISSPELT for by in (-1, 0, 1))
_SECTION = re.compile(
    r"(?:indstilling|beslutning|sagsfremstilling|sagsbeskrivelse|resum[eé]|sagsresum[eé]|bilag(?: \([0-9]{1,2}\))?"
    r"|fraværende|afbud)"
    r"(?::| i | fra |$| \w+(?:udvalget|rådet|udvalg) )|[\wæøå -]{5,60}(?:s|udvalgets) beslutning\b",
    re.IGNORECASE,
)
_MONTHS = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,7}"
_DAY = (
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:\. ?{_MONTHS}\.?|[./-] ?[0-9]{{1,2}}[./-]?)(?: ?[0-9]{{2,4}})?)"
)
#: `Beslutning Udvalget for Teknik og Miljø den 3. maj 2020`: nothing but the body and its day, either of them or both.
_DECISION = re.compile(
    r"beslutning(?:er)?[,:]? (?:(?:fra|i|på|ved)(?: mødet)?(?: i)? )?(?P<body>[^\d:;]{3,70}?)??"
    r"(?: (?:19|20)[0-9]{2}-(?:19|20)[0-9]{2})?,? ?"
    rf"(?:(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,? )?(?:den |d\. ?)?(?P<day>{_DAY})"
    r"(?:,? \(?(?:pkt|punkt|sag)\.?(?: nr\.?)? ?[0-9]{1,4}\)?)?)?[:.]?",
    re.IGNORECASE,
)
#: The name of a body as it is made, each of its words in capitals but for the small ones.
_BODY = re.compile(
    r"(?:Det )?(?:[A-ZÆØÅ][\wé-]{0,30},?(?: og| &)? ){0,5}(?:[A-ZÆØÅ][\wé-]{0,40})?"
    r"(?:[Uu]dvalg(?:et)?|[Rr]åd(?:et)?|[Bb]estyrelsen|[Rr]epræsentationen|[Mm]agistrat(?:en)?|[Nn]ævn(?:et)?)"
    r"(?: for (?:[\wé-]{1,30},?(?: og| &)?(?: |$)){1,7})?"
)
_MEETING_DECISION = re.compile(r"\bbeslutning i (?:mødet|møde) den", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"^(?:sags?(?:nr|nummer|id)|sags-id|j\.? ?nr|journal ?nr)\b|^sag: ?\d{2,4}[-/]\d", re.IGNORECASE
)


_FIRST = frozenset("0123456789-•*·PpAaSsNnDdLlÅå")
_WEIGHTS: dict[Shape, float] = {"keyword": 4.0, "numbered": 1.0, "row": 0.5, "run-in": 0.8}
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (("keyword", _KEYWORD), ("numbered", _NUMBERED), ("row", _ROW))


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line that may head an item: the number as printed, the title without it and its case number."""

    line: int
    last_line: int
    number: int
    printed: str
    title: str
    start: int
    end: int
    shape: Shape
    weight: float
    #: Whether a case number or a keyword marks it; no list has those.
    marked: bool


@remembered
def section_of(line: str) -> str | None:
    """Return the section that a line heads (`beslutning`, `bilag`), in lower case, or `None` for running text."""
    if len(line) > 120:
        return None
    word = fold_spaces(line).lower().rstrip(": ")
    if word in _SECTIONS:
        return "beslutning" if word == "beslutninger" else word.split(" (")[0]
    if len(word) in _MISSPELT_LENGTHS and word.isalpha() and (meant := _meant(word)):
        return meant
    if heads_decision(line):
        return "beslutning"
    text = word if line.isupper() else fold_spaces(line)
    found = _SECTION.match(text) or ("beslutning i" in word and _MEETING_DECISION.search(text))
    if not found:
        return None
    return "beslutning" if "beslutning" in found.group().lower() else re.split(r"\W", word)[0]


def _meant(word: str) -> str | None:
    """Give the section whose heading a word alone on its line misspells: a letter lost, doubled, wrong or displaced."""
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    for section, spellings in _MISSPELT:
        if word in spellings or section in shorter or shorter & spellings:
            return section
    return None


@remembered
def heads_decision(line: str) -> bool:
    """Tell a line that says only that somebody decided, who and when (`Beslutning Teknisk Udvalg den 3. maj 2020`)."""
    text = fold_spaces(line)
    found = _DECISION.fullmatch(text) if len(text) < 120 and text[:10].lower() == "beslutning" else None
    if found is None:
        return False
    body = found["body"] or ""
    if not body:
        return found["day"] is not None
    return _BODY.fullmatch(body.title() if text.isupper() else body) is not None or find_body(body) is not None


def find_chain(document: Document, draft: Draft) -> tuple[Heading, ...]:
    """Return the headings of the items: the heaviest chain of rising numbers."""
    candidates = _without_contents(document, list(_candidates(document, draft)))
    chains = [_heaviest(group) for group in _by_shape(candidates)]
    chain = max(chains, key=lambda chain: sum(heading.weight for heading in chain), default=())
    return tuple(part for heading in _with_ends(document, chain) for part in _parts_of(document, draft, *heading))


def _with_ends(document: Document, chain: tuple[Heading, ...]) -> Iterator[tuple[Heading, int]]:
    """Yield every heading with the line on which the next one begins."""
    ends = [heading.line for heading in chain[1:]] + [len(document.lines)] * bool(chain)
    yield from zip(chain, ends, strict=True)


def _parts_of(document: Document, draft: Draft, heading: Heading, end: int) -> list[Heading]:
    """Give a heading, and those of its parts (`3.1 …`, `3.2 …`) where one of them bears a case number."""
    parts: list[Heading] = []
    for line in document.lines[heading.last_line + 1 : end]:
        match = _PART.match(line.text) if line.text[0].isdigit() and len(line.text) < 300 else None
        if match and int(match.group(1)) == heading.number and int(match.group(2)) == len(parts) + 1:
            printed = f"{match.group(1)}.{match.group(2)}"
            start = line.start + match.end()
            if part := _weigh(document, draft, line, line, str(heading.number), start, "numbered"):
                parts.append(replace(part, printed=printed))
    return [heading, *parts] if any(part.marked for part in parts) else [heading]


def find_unnumbered(document: Document) -> tuple[Heading, ...]:
    """Return the headings of minutes without numbers: lines that look like the first standing item's, two at least."""
    lines = document.lines
    opens = next((line for line in lines if _STANDING.match(line.text) and _stands_out(document, line)), None)
    if opens is None:
        return ()
    alike = [line for line in lines[opens.index :] if _looks_like(document, line, opens)]
    found = tuple(
        Heading(line.index, line.index, at, "", line.text.rstrip(" :"), line.start, line.end, "numbered", 1.0, False)
        for at, line in enumerate(alike, 1)
    )
    return found if len(found) > 1 else ()


def _stands_out(document: Document, line: TextLine) -> bool:
    """Tell a short line with text right under it, or one that is set as a heading."""
    if line.role != "body" or len(line.text) > 90 or line.text[-1] in ".,;?!" or not _OPENING.match(line.text):
        return False
    if section_of(line.text) or _NUMBER_LABEL.match(line.text) or shapes.is_label(line.text):
        return False
    if line.bold or line.style in ("heading", "title"):
        return True
    below = document.lines[line.index + 1 : line.index + 2]
    return line.first and bool(below) and not below[0].first and not shapes.is_person(line.text)


def _looks_like(document: Document, line: TextLine, other: TextLine) -> bool:
    same = (line.bold, line.style, line.size) == (other.bold, other.style, other.size)
    return same and _stands_out(document, line) and not shapes.is_closing(line.text)


def _without_contents(document: Document, headings: list[Heading]) -> list[Heading]:
    """Leave out the lists of contents before the first item: lines without text between them that all come again."""
    last = {_entry(heading): at for at, heading in enumerate(headings)}
    kept: list[Heading] = []
    first = 0
    while first < len(headings):
        stop = first + 1
        while stop < len(headings) and _follows(document, headings[stop - 1], headings[stop]):
            stop += 1
        again = sum(last[_entry(heading)] >= stop for heading in headings[first:stop])
        if stop - first == 1 or 3 * again < 2 * (stop - first):
            if again:
                break
            kept += headings[first:stop]
        first = stop
    return kept + headings[first:]


def _entry(heading: Heading) -> tuple[int, str]:
    return heading.number, _PAGE.sub("", heading.title)[:16].casefold()


def _follows(document: Document, heading: Heading, after: Heading) -> bool:
    """Tell the next entry of a list: the next number, with a line that goes on with a title between them at most."""
    between = document.lines[heading.last_line + 1 : after.line]
    return (
        heading.number < after.number
        and len(between) < 2
        and not any(section_of(line.text) or _NUMBER_LABEL.match(line.text) or len(line.text) > 80 for line in between)
    )


def _by_shape(candidates: Iterable[Heading]) -> list[list[Heading]]:
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
    section, listed, count, signed = "", -2, 0, False
    for line in lines:
        if section_here := section_of(line.text):
            section, listed, count, signed = section_here, line.index, 0, "bilag" not in section_here
            continue
        heading = _read_heading(document, draft, line)
        if listed == line.index - 1 and ("bilag" in section or section.startswith("indstilling")):
            bare = None if signed else _ROW.match(line.text)
            entry, signed = bare or _NUMBERED.match(line.text), bare is None
            if entry and int(entry.group(1)) == count + 1 and not (heading and heading.marked):
                listed, count = line.index, count + 1
                continue
            if not line.first or not entry:
                listed = line.index if "bilag" in section and heading is None else listed
        if heading is not None:
            section = ""
            yield heading


def _read_heading(document: Document, draft: Draft, line: TextLine) -> Heading | None:
    if line.role != "body" or len(line.text) > 600 or line.text[0] not in _FIRST:
        return None
    for shape, pattern in _SHAPES:
        if match := pattern.match(line.text):
            if match.end() == len(line.text) or _number_starts(draft, line.start + match.end()):
                return _heading_below(document, draft, line, match.group(1), shape)
            return _weigh(document, draft, line, line, match.group(1), line.start + match.end(), shape)
    alone = _ALONE.match(line.text)
    return _heading_below(document, draft, line, alone.group(1), "numbered") if alone else None


def _heading_below(document: Document, draft: Draft, line: TextLine, printed: str, shape: Shape) -> Heading | None:
    """Read a heading whose number stands on a line of its own, the title on the next."""
    if line.index + 1 >= len(document.lines):
        return None
    below = document.lines[line.index + 1]
    if section_of(below.text) or _NUMBER_LABEL.match(below.text):
        return None
    return _weigh(document, draft, line, below, printed, below.start, shape)


def _weigh(
    document: Document, draft: Draft, line: TextLine, titled: TextLine, printed: str, start: int, shape: Shape
) -> Heading | None:
    """Judge what follows a number: its title, and what speaks for a heading."""
    title, end, numbered = _cut_title(document, draft, start, titled.end)
    if not title or not _OPENING.match(title) or title.lower().startswith(("at ", "at,")):
        return None
    if shape == "keyword" and _VERDICT.match(title) and line.text[:2].lower() == "ad":
        return None
    weight = _WEIGHTS[shape]
    cell = _first_cell(document, start, titled.end)
    run_in = _read_run_in(document, titled, title) if shape == "numbered" and not (numbered or cell) else None
    if run_in:
        title, shape, weight = run_in, "run-in", _WEIGHTS["run-in"]
    elif _runs_on(cell or title, shape):
        return None
    elif not numbered or "\t" in line.text:
        title, titled, end = _continue(document, title, titled, end)
    if len(title) > 250:
        return None
    weight += 3.0 * numbered + 2.0 * (titled.style in ("heading", "title") or titled.bold)
    weight += _weight_below(document, draft, titled)
    if title.lower() in _SECTIONS and shape != "run-in":
        weight -= 1.5
    below = document.lines[titled.index + 1 : titled.index + 3]
    marked = numbered or shape == "keyword" or any(_NUMBER_LABEL.match(one.text) for one in below)
    return Heading(line.index, titled.index, int(printed), printed, title, line.start, end, shape, weight, marked)


def _runs_on(title: str, shape: Shape) -> bool:
    """Tell what ends as no heading does."""
    if title.endswith((",", ";", " og", " eller")):
        return True
    return title.endswith(".") and shape != "keyword" and not _STANDING.fullmatch(title)


def _first_cell(document: Document, start: int, end: int) -> str:
    """Give the title in a row of a table, whose other cells may be sentences; nothing where it is no row."""
    cell, tab, _ = document.string[start:end].partition("\t")
    return trim_title(cell) if tab else ""


def _read_run_in(document: Document, line: TextLine, title: str) -> str | None:
    """Return the title that opens its own text (`1. Økonomi. Regnskabet viser …`)."""
    if following := _NEXT_MEETING.match(title):
        return following.group(1)
    goes_on = line.index + 1 < len(document.lines) and not document.lines[line.index + 1].first
    run_in = _RUN_IN.match(title) if title.endswith(".") or (goes_on and len(title) > 45) else None
    return run_in.group(1) if run_in else None


def _continue(document: Document, title: str, line: TextLine, end: int) -> tuple[str, TextLine, int]:
    """Take in lines that go on with a title broken in a narrow column: short, in lower case, no sentence."""
    for below in document.lines[line.index + 1 : line.index + 3]:
        if not below.text[0].islower() or len(below.text) > 80 or below.text.endswith((".", ",", ":", ";")):
            break
        if _LETTERED.match(below.text):
            break
        title, line, end = f"{title} {below.text}", below, below.end
    return fold_spaces(title), line, end


def _weight_below(document: Document, draft: Draft, line: TextLine) -> float:
    """Weigh what stands under a heading: a number's label or a section's heading speak for an item."""
    following = document.lines[line.index + 1 : line.index + 4]
    for near, below in enumerate(following):
        if _NUMBER_LABEL.match(below.text) or section_of(below.text) or _is_number(draft, below):
            return 3.0 if near < 2 else 2.0
        if _NUMBERED.match(below.text) or _KEYWORD.match(below.text) or _ROW.match(below.text):
            break
    return 1.0 if following and following[0].first and line.first else 0.0


def _number_starts(draft: Draft, offset: int) -> bool:
    """Tell whether a case number stands where the title should: `3. BTU 396/2002`, the title below."""
    at = bisect.bisect_left(draft.numbers, offset, key=lambda seen: seen.start)
    return at < len(draft.numbers) and draft.numbers[at].start == offset


def _is_number(draft: Draft, line: TextLine) -> bool:
    """Tell whether a line is one case number, bare."""
    at = bisect.bisect_left(draft.numbers, line.start, key=lambda seen: seen.start)
    return at < len(draft.numbers) and draft.numbers[at].start == line.start and draft.numbers[at].end >= line.end - 1


def _cut_title(document: Document, draft: Draft, start: int, end: int) -> tuple[str, int, bool]:
    """Give the title between two offsets without its case number, where it ends, and whether it had one."""
    string = document.string
    if string[end - 1 : end] in (")", "]") and (duration := shapes.DURATION.search(string, max(start, end - 30), end)):
        end = duration.start()
    at = bisect.bisect_left(draft.numbers, start, key=lambda seen: seen.start)
    for seen in draft.numbers[at : at + 3]:
        if seen.start >= end:
            break
        opened = _NUMBER_OPENS.search(string, max(start, seen.start - 40), seen.start)
        closes = end - seen.end <= 1
        goes_on = _GOES_ON.match(string, seen.end, end) is not None
        if (opened and (closes or goes_on)) or (closes and seen.use == "own_case"):
            stop = opened.start() if opened else seen.start
            return trim_title(string[start:stop]), min(end, seen.end + 1), True
    title = _LEADERS.sub("", string[start:end]).rstrip()
    bracketed = _BRACKETS.search(title)
    if bracketed and (not bracketed.group(1).strip() or parse(bracketed.group(1)) is not None):
        return trim_title(title[: bracketed.start()]), end, bool(bracketed.group(1).strip())
    name, _, last = title.rpartition(" ")
    number = parse(last) if name and last[-1:].isdigit() else None
    if number and any(seen.number.key == number.key for seen in draft.numbers[at : at + 3]):
        return trim_title(name), end, True
    return trim_title(title), end, False


def trim_title(title: str) -> str:
    """Fold white space, and leave out who may read an item and what follows its title."""
    return _ASIDE.sub("", _ACCESS.sub("", fold_spaces(title))).rstrip(" -–:,")
