"""Agenda items: minutes and agendas cut at their headings, a decision paper as one item."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from corpus.bodies import body_key
from corpus.records import Item
from ingest.facts import shapes
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.headings import Heading, find_chain, find_unnumbered, heads_decision, section_of
from ingest.facts.numbers import cite_across
from ingest.facts.outcomes import Decision, judge, judge_told, split_sentences
from ingest.facts.rows import read_columns, read_row
from ingest.facts.votes import read_votes

PaperKind = Literal["minutes", "agenda", "decision"]

_MINUTES = re.compile(r"referat(?:et)?\b|beslutningsprotokol\b|\bprotokol\b(?! for)|mødeprotokol", re.IGNORECASE)
_AGENDA = re.compile(r"(?<!af )(?<!af ny )dagsorden(?:en)?\b|mødeindkaldelse|indkaldes til", re.IGNORECASE)
_LETTER = re.compile(r"^(?:kære|med venlig hilsen|venlig hilsen|de bedste hilsner|mange hilsner|mvh)\b", re.IGNORECASE)
_OTHER_PAPER = re.compile(
    r"^(?:(?:orienterings)?notat|høringssvar|høringsbrev|svar på spørgsmål|pressemeddelelse)\b", re.IGNORECASE
)
_PROPOSES = re.compile(
    r"indstiller?(?:,| til| over|:)|\bindstilles\b|det foreslås,|foreslår?, at [A-ZÆØÅ]"
    r"|udskrift af (?:beslutnings)?protokol",
    re.I,
)
_MEETING = re.compile(
    r"^(?:mødedato|til ?stede|tilstedeværende|fraværende|fravær|afbud|mødested|mødetidspunkt|starttidspunkt)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:mødet (?:er )?(?:sluttede?|hævet|slut|blev (?:hævet|afsluttet))|underskrift(?:er|sblad)?$"
    r"|underskrevet (?:af|den)|referent:|"
    r"dagsordenen (?:er )?(?:udsendt|lagt|offentliggjort)|til top|næste ordinære møde)\b",
    re.IGNORECASE,
)
_DECISION_INLINE = re.compile(r"(?:^|(?<=[.:;] ))beslutning(?: [^:.]{0,80})?: ?(?=\S)", re.IGNORECASE)
_DAY = r"(?:den |d\. ?)?[0-9]{1,2}(?:\. ?[a-zæøå]{3,9}\.? ?|[./-] ?[0-9]{1,2}[./-] ?)(?:[0-9]{2}){1,2}"
#: `Havneudvalgets beslutning i mødet den 3. maj 2011: Godkendt`, whose day may have stops.
_DECISION_OF_BODY = re.compile(
    rf"(?:(?P<body>[A-ZÆØÅ][\w ,-]{{2,70}}?)s b|B)(?:eslutning|ESLUTNING)(?! af )(?: [^:.;]{{1,60}}?)??"
    rf"(?: {_DAY}(?:,? \(?(?:pkt|punkt|sag)\.? ?[0-9]{{1,4}}\)?)?)?: ?(?=\S)"
)
#: A row whose first cell is the heading and whose only other one the decision.
_DECISION_CELL = re.compile(r"(?:[Bb]eslutning|BESLUTNING):?\t(?=[A-ZÆØÅ\"”“][^\t]*$)")
#: `Klima- og Planudvalget, 5. marts 2019, pkt. 30:` heads what that body decided.
_BODY_DECIDES = re.compile(
    r"[A-ZÆØÅ][\w ,-]{0,60}(?:udvalget|udvalg|rådet|byråd|bestyrelsen|repræsentationen|agistraten)"
    r"(?: for [\w ,]{3,40})?(?:,? (?:den |d\. ?)?[0-9]{1,2}[./-] ?(?:[0-9]{1,2}[./-]|[a-z]{3,9}) ?[0-9]{2,4})?"
    r"(?:,? (?:pkt\.?|punkt|sag)(?: nr\.?)? ?[0-9]{1,4})?: ?",
)
_BODY_AND_DAY = re.compile(
    r"[A-ZÆØÅ][\w -]{0,60}(?:udvalget|udvalg|rådet|byråd|bestyrelsen|repræsentationen|agistraten)"
    r"[ ,]+(?:den |d\. ?)?[0-9][^:]{5,40}: ?$"
)
_CLOSED = re.compile(r"^\W?lukket\b|\(lukket(?: \w+)?\)|lukket (?:punkt|sag|dagsorden)|for lukkede døre", re.IGNORECASE)
_CLOSED_LINE = re.compile(r"lukket(?: sag| punkt)?(?:$| ?[-:])", re.IGNORECASE)
_REMARK = re.compile(
    r"protokolbemærkning|til(?:ført)? protokol|bemærkning(?:er)? til protokol|mindretalsudtalelse", re.IGNORECASE
)
#: Lines that end what stands under the heading of a decision.
_AFTER_DECISION = re.compile(r"^(?:fraværende|afbud|bilag|ikke til stede|inhabil)\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"^(?:[\w.-]+@|www\.|sags?(?:nr|nummer|behandler|id)|j\.? ?nr|dok|dato|mødedato|mødested|sted|udvalg:|til |fra "
    r"|sag:|tlf|telefon|side \d|(?:\w{1,30} ){0,2}til ?stede\b|tilstedeværende|fraværende|afbud|deltagere)"
    r"|\bkommune$|^indstilling|^udskrift|^dagsorden|^notat|^referat|^beslutning|^bilag",
    re.IGNORECASE,
)
_EXTRACT = re.compile(r"\budskrift af (?:beslutnings|for)?protokol|protokoludskrift", re.IGNORECASE)
#: A heading that a lost line break has set after the names that sign the proposal.
_DECISION_GLUED = re.compile(r"[A-ZÆØÅ][a-zæøåé-]+ (?:Beslutning|BESLUTNING)$")
_DECIDING = {"indstilling", "indstilling og beslutning", "beslutning", "beslutningspunkter", "beslutningstema"}
#: The head of a paper is looked at this far.
_HEAD_LINES = 40


def find_items(document: Document, draft: Draft) -> None:
    """Tell minutes, agenda and decision from the structure, and cut the former into items; a decision is one item."""
    chain = find_chain(document, draft)
    kind = _kind_of(document, draft, chain)
    if kind is None and len(chain) < 2 and (said := _said_kind(document.lines[:_HEAD_LINES])):
        chain = find_unnumbered(document)
        kind = said if chain and not _is_letter(document) else None
    draft.paper = kind
    if kind in ("minutes", "agenda"):
        last = _last_line(document, chain[-1].last_line)
        end = document.lines[last].start if last < len(document.lines) else len(document.string)
        draft.numbers = cite_across(draft.numbers, [heading.start for heading in chain], end)
        draft.items.extend(_meeting_items(document, draft, chain, kind))
    elif kind == "decision":
        draft.items.append(_decision_item(document, draft, chain))


def complete_items(_: Document, draft: Draft) -> None:
    """Give a decision's item the document's title where its heading bears no number; run after the titles."""
    if len(draft.items) == 1 and draft.title and draft.items[0].value.number is None:
        found = draft.items[0]
        draft.items[0] = replace(found, value=replace(found.value, title=draft.title.value))


def _kind_of(document: Document, draft: Draft, chain: tuple[Heading, ...]) -> PaperKind | None:
    head = document.lines[: min(_HEAD_LINES, chain[0].line if chain else _HEAD_LINES)]
    if len(chain) > 1:
        if said := _said_kind(head):
            return "minutes" if said == "agenda" and _decides(document, chain) else said
        if any(_MEETING.match(line.text) for line in head) and chain[0].shape != "run-in":
            return "minutes" if _decides(document, chain) else "agenda"
        said = _said_by_page(document) if sum(heading.marked for heading in chain) > 1 else None
        if said or _holds_several(document, draft, chain):
            return "minutes" if said == "minutes" or _decides(document, chain) else "agenda"
    return "decision" if _is_decision(document, draft, chain) else None


def _holds_several(document: Document, draft: Draft, chain: tuple[Heading, ...]) -> bool:
    """Tell whether two marked headings or more each head a case: with its own number or a proposal or decision."""
    owned = [seen.start for seen in draft.numbers if seen.use == "own_case"]
    cases = 0
    for heading, lines in zip(chain, _lines_of(document, chain), strict=True):
        if heading.marked and lines:
            at = bisect.bisect_left(owned, heading.start)
            numbered = at < len(owned) and owned[at] < lines[-1].end
            cases += numbered or any(section_of(line.text) in _DECIDING for line in lines)
    return cases > 1


def _said_by_page(document: Document) -> PaperKind | None:
    """Read the kind from the title of a web page."""
    title = dict(document.meta).get("title", "") if document.media_type == "text/html" else ""
    if _MINUTES.search(title):
        return "minutes"
    return "agenda" if _AGENDA.search(title) else None


def _is_letter(document: Document) -> bool:
    return any(_LETTER.match(line.text) for line in document.lines)


def _said_kind(head: tuple[TextLine, ...]) -> PaperKind | None:
    """Read the kind from the paper's own heading; `Referat` wins over `Dagsorden`."""
    short = [line.text for line in head if len(line.text) < 110 and not line.text.endswith((".", ","))]
    if any(_MINUTES.search(text) for text in short):
        return "minutes"
    return "agenda" if any(_AGENDA.search(text) for text in short) else None


def _decides(document: Document, chain: tuple[Heading, ...]) -> bool:
    """Tell whether the items hold decisions: half of them have a heading for one."""
    deciding = sum(any(_decision_head(line) for line in lines) for lines in _lines_of(document, chain))
    return 2 * deciding >= len(chain)


def _is_decision(document: Document, draft: Draft, chain: tuple[Heading, ...]) -> bool:
    lines = document.lines
    if any(_OTHER_PAPER.match(line.text) for line in lines[:4]) or _is_letter(document):
        return False
    sections = {section for line in lines if (section := section_of(line.text))}
    proposes = _PROPOSES.search(document.flat) is not None
    strong = sections & _DECIDING
    numbered = bool(chain) and chain[0].line < 25 and chain[0].marked
    old = any(seen.use == "own_case" and seen.number.scheme == "committee" for seen in draft.numbers)
    if (numbered and (proposes or strong)) or (old and proposes):
        return True
    inline = any(_DECISION_INLINE.match(line.text) for line in lines)
    if "indstilling" in strong and section_of(lines[0].text) == "indstilling":
        return True
    return "beslutning" in strong or (proposes and bool(strong or inline)) or _is_extract(lines)


def _is_extract(lines: tuple[TextLine, ...]) -> bool:
    """Tell a copy of one decision from the book of minutes."""
    return any(len(line.text) < 160 and _EXTRACT.search(line.text) for line in lines[:20])


def _lines_of(document: Document, chain: tuple[Heading, ...]) -> Iterator[tuple[TextLine, ...]]:
    """Yield the lines of every item, its heading not included."""
    ends = [heading.line for heading in chain[1:]] + [_last_line(document, chain[-1].last_line)]
    for heading, end in zip(chain, ends, strict=True):
        yield document.lines[heading.last_line + 1 : end]


def _last_line(document: Document, first: int) -> int:
    """Return the index of the first line after the last item: closing words, signatures, margin."""
    for line in document.lines[first + 1 :]:
        if line.role == "margin" or _CLOSING.match(line.text):
            return line.index
    return len(document.lines)


def _meeting_items(
    document: Document, draft: Draft, chain: tuple[Heading, ...], kind: PaperKind
) -> Iterator[Found[Item]]:
    own = _own_body(draft, chain[0].start)
    numbers = [seen for seen in draft.numbers if seen.use == "own_case"]
    at = 0
    columns = read_columns(document, chain)
    for heading, lines in zip(chain, _lines_of(document, chain), strict=True):
        end = lines[-1].end if lines else heading.end
        cases = []
        while at < len(numbers) and numbers[at].start < end:
            if numbers[at].start >= heading.start:
                cases.append(numbers[at].number.norm)
            at += 1
        item = _item(document, heading.printed or None, heading.title, tuple(dict.fromkeys(cases)), heading.start, end)
        row = read_row(document, heading, columns) if columns else None
        if row:
            item = replace(item, title=row.title)
        if kind == "minutes" and row and row.decision:
            item = _with_decision(document, item, judge(_sentences(document, [row.decision])), [row.decision])
        elif kind == "minutes":
            item = _decide(document, item, lines, own)
        rule = f"heading-{heading.shape}"
        yield Found(
            _close(document, item, lines), heading.start, heading.end, rule, HIGH if heading.weight > 2 else MIDDLE
        )


def _decision_item(document: Document, draft: Draft, chain: tuple[Heading, ...]) -> Found[Item]:
    cases = tuple(dict.fromkeys(seen.number.norm for seen in draft.numbers if seen.use == "own_case"))
    heading = _decision_heading(document, chain)
    body_end = document.body_end or len(document.string)
    if heading:
        start, end, rest = heading.start, heading.end, document.lines[heading.last_line + 1 :]
        item = _item(document, heading.printed, heading.title, cases, 0, body_end)
        rule, confidence = f"heading-{heading.shape}", HIGH
    else:
        line = _untitled(document)
        start, end, rest = (line.start, line.end, document.lines) if line else (0, 0, document.lines)
        item = _item(document, None, line.text if line else None, cases, 0, body_end)
        rule, confidence = "whole-paper", LOW
    told = _is_extract(document.lines)
    own = _own_body(draft, next((line.start for line in document.lines if section_of(line.text)), None))
    item = _close(document, _decide(document, item, rest, own, told=told), rest)
    return Found(item, start, end, rule, confidence)


def _decision_heading(document: Document, chain: tuple[Heading, ...]) -> Heading | None:
    """Return the heading of a paper with one item: it stands before the first section."""
    if not chain:
        return None
    first = next((line.index for line in document.lines if section_of(line.text)), len(document.lines))
    for heading in chain:
        if heading.line < max(first, 1) and section_of(heading.title) is None:
            return heading
    return None


def _untitled(document: Document) -> TextLine | None:
    """Return the first line that may be the title of a paper without a numbered heading."""
    return next(
        (
            line
            for line in document.lines[:25]
            if len(line.text) > 8 and not _NO_TITLE.search(line.text) and not line.text.endswith((".", ",", ":"))
        ),
        None,
    )


def _item(
    document: Document, number: str | None, title: str | None, cases: tuple[str, ...], start: int, end: int
) -> Item:
    return Item(number, title, cases, None, start, end, document.page_at(start))


def _close(document: Document, item: Item, lines: tuple[TextLine, ...]) -> Item:
    heading = document.line_at(item.start)
    shown = f"{item.title or ''} {heading.text[:80] if heading and item.number else ''}"
    closed = (
        bool(_CLOSED.search(shown))
        or any(_CLOSED_LINE.match(line.text) for line in lines[:2])
        or any("for lukkede døre" in line.text.lower() and "punkt" in line.text.lower()[:40] for line in lines[:8])
    )
    return replace(item, closed=True) if closed else item


def _own_body(draft: Draft, before: int | None = None) -> str | None:
    """Return the body whose paper it is: the first committee named; where `before` is given, before it."""
    first = draft.committees[0] if draft.committees else None
    return first.value if first and (before is None or first.start < before) else None


def _decision_head(line: TextLine) -> bool:
    """Tell whether a line heads a decision (`Beslutning i Havneudvalget den …`, `Beslutning: Godkendt`)."""
    return section_of(line.text) == "beslutning" or _decision_inline(line) is not None


def _decision_inline(line: TextLine) -> re.Match[str] | None:
    """Find a heading with the decision after it on its line."""
    if "beslutning" not in line.text.lower() or heads_decision(line.text):
        return None
    found = _DECISION_CELL.match(line.text) or _DECISION_INLINE.search(line.text)
    return found or _decision_of_body(line.text)


def _decision_of_body(text: str) -> re.Match[str] | None:
    """Find the heading `Havneudvalgets beslutning i mødet den 3. maj 2011:` with the decision after it."""
    found = _DECISION_OF_BODY.match(text)
    return found if found and (found["body"] is None or shapes.is_organisation(found["body"])) else None


def _is_glued(line: TextLine) -> bool:
    return line.text.endswith(("Beslutning", "BESLUTNING")) and _DECISION_GLUED.search(line.text) is not None


def _decide(document: Document, item: Item, lines: tuple[TextLine, ...], own: str | None, *, told: bool = True) -> Item:
    """Set what was decided: under the own body's heading where the paper holds the decisions of several.

    `told` lets sentences count that stand under no heading of a decision.
    """
    parts = list(_decision_parts(lines)) or list(reversed(list(_decision_parts(lines, bodies=True))))
    if parts:
        chosen = next((part for part in parts if own and body_key(own) in part[0]), parts[-1])
        spans = chosen[1]
        decision = judge(_sentences(document, spans))
    else:
        spans = [(line.start, line.end) for line in lines]
        decision = judge_told(_sentences(document, spans)) if told else None
    return _with_decision(document, item, decision, spans)


def _with_decision(document: Document, item: Item, decision: Decision | None, spans: list[tuple[int, int]]) -> Item:
    said = " ".join(document.flat[start:end] for start, end in spans)
    since = (
        " ".join(document.flat[max(start, decision.start) : end] for start, end in spans if end > decision.start)
        if decision
        else ""
    )
    rejects = decision is not None and decision.outcome == "rejected"
    remark = next(
        (document.string[start:end] for start, end in spans if _REMARK.search(document.flat, start, end)), None
    )
    return replace(
        item,
        outcome=decision.outcome if decision else None,
        decision=document.string[decision.start : decision.end] if decision else None,
        votes=read_votes(since, rejects=rejects) or read_votes(said, rejects=rejects),
        remark=remark,
    )


def _decision_parts(
    lines: tuple[TextLine, ...], *, bodies: bool = False
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield every decision of an item: its heading in lower case, and the spans of its text.

    `bodies` lets a body with its day (`Byrådet den 26. marts 2009:`) head a decision without any other heading.
    """
    head: str | None = "" if bodies and any(_BODY_AND_DAY.match(line.text) for line in lines) else None
    if bodies and head is not None:
        first = next(at for at, line in enumerate(lines) if _BODY_AND_DAY.match(line.text))
        lines = lines[first:]
    spans: list[tuple[int, int]] = []
    for line in lines:
        inline = _decision_inline(line)
        if inline or section_of(line.text) == "beslutning" or _is_glued(line):
            if spans and head is not None:
                yield head, spans
                spans, head = [], ""
            head = f"{head or ''} {(inline.group() if inline else line.text).lower()}"
            if inline:
                spans.append((line.start + inline.end(), line.end))
        elif head is not None:
            if section_of(line.text) or _AFTER_DECISION.match(line.text) or _CLOSING.match(line.text):
                if spans:
                    yield head, spans
                spans, head = [], None
            elif body := _BODY_DECIDES.match(line.text):
                if spans:
                    yield head, spans
                head, spans = line.text[: body.end()].lower(), []
                if body.end() < len(line.text):
                    spans.append((line.start + body.end(), line.end))
            else:
                spans.append((line.start, line.end))
    if head is not None and spans:
        yield head, spans


def _sentences(document: Document, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for start, end in spans:
        for first, last in split_sentences(document.flat[start:end]):
            yield start + first, start + last, document.flat[start + first : start + last]
