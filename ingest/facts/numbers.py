"""Case and document numbers: which are the document's own, and which it cites.

A number is the document's own where it stands like metadata: alone with its label on a line or in a cell, at a line's
head after a label, in brackets that close a heading. A number in running text is cited, unless it is the own one again.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.numbers import Number, NumberMention, find_numbers, parse, read_file_name
from ingest.facts import shapes
from ingest.facts.continued import pair_continued, read_continued
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found, NumberSeen, NumberUse, TextLine
from ingest.facts.head_rows import label_above

_WORD = re.compile(r"\w+")
_LABEL_LINE = re.compile(
    r"(?:(?P<foreign>deres|jeres) )?(?:(?P<document>dok(?:ument)?\.? ?(?:løbe)?(?:nr|nummer|id))|(?:sags?|journal"
    r"|j\.?)[ -]?(?:nr|nummer|id)|(?:vores |vor )?ref(?:erence)?)[.: ]{0,3}"
)
_LONGEST_LABEL = 30
_ITEM_HEAD = re.compile(r"(?:[-•*·] )?(?:(?:ad|punkt|pkt\.?|sag|sag nr\.?|nr\.?) ?)?[0-9]{1,4}[a-z]?[.:) ]")
_BILAG = re.compile(r"bilag(?: \(?vedlagt\)?| til sagen)?:?")
_LIST_HEAD = re.compile(
    r"(?:[-•*·]|\(?(?P<number>[0-9]{1,2})(?:[.):]|[ \t]{1,4}(?=[a-zæøå]{3}))|bilag [0-9a-z]{1,3}\b)"
)
_NUMBER_LINE = re.compile(r"[A-ZÆØÅ]{0,5}[ 0-9/.‐-―−-]{4,30}")
_SHORT_NUMBER = re.compile(r"[0-9]{2}/[0-9]{1,2}")
#: `Regnskab (dok. 31877-10)`, an entry of such a list without sign or number.
_LIST_BRACKET = re.compile(r"[^\s(][^(\t\n]{2,120} \((?:dok|sag|j\.)[^()\n]{3,40}\)")
#: What follows a number that ends its cell.
_ENDS_CELL = re.compile(r" {0,2}(?:$|\t| {2}|[,;)\]]|\.$)")
#: `Høringssvar mærkes sagsnr. …`: how an answer to the paper is to name its case.
_MARKED = re.compile(
    r"(?<!\w)(?:mrk\.?|mærke(?:t|s)|anfør(?:es)?|angiv(?:es)?|oplys(?:es)?|opgiv(?:es)?)(?: med)?"
    r":? [\"”“]?(?:[\wæøå -]{2,40}[,:] )?$"
)
#: What such a paper is called answers another's case.
_ANSWERS = re.compile(r"(?:høringssvar|bemærkninger|indsigelse|udtalelse|klage|kommentarer)(?!\w)")
_Labels = dict[int, re.Match[str]]
_OPENS_TITLE = re.compile(r"(?: -|:)? [A-ZÆØÅ]")
_LABELLED = ("label-at-line-start", "label-above")
_STRIP = re.compile(r"[()\[\]]")
#: No sign or number of a list's entry is longer.
_LIST_SIGN = 5
#: What stands beside a number that is alone in its cell is no longer than this.
_SHORT = 60


def find_own_numbers(document: Document, draft: Draft) -> None:
    """Find every mention of a number, and the document's own numbers among them."""
    attached = _attachment_lines(document)
    stacked = _stacked_labels(document)
    mentions = [mention for mention in find_numbers(document.flat, unlisted=True) if _is_sure(document, mention)]
    seen = [_judge(document, mention, attached, stacked) for mention in mentions]
    seen += _short_ones(document, mentions)
    seen.sort(key=lambda one: one.start)
    draft.numbers = pair_continued(document, _agree(_without_answered(document, seen)))
    draft.case_numbers = _own(draft.numbers, "own_case")
    draft.document_numbers = _own(draft.numbers, "own_document")
    named = read_file_name(document.name)
    if named and not draft.case_numbers and not any(seen.number.key == named.key for seen in draft.numbers):
        draft.case_numbers.append(Found(named.norm, 0, 0, "file-name", LOW))


def _without_answered(document: Document, seen: list[NumberSeen]) -> list[NumberSeen]:
    """Cite the number in an answer's heading where a label gives the answer one of its own."""
    labelled = {one.number.key for one in seen if one.use == "own_case" and one.rule in _LABELLED}
    if not labelled:
        return seen
    return [
        replace(one, use="cited_case")
        if one.use == "own_case"
        and one.rule not in _LABELLED
        and one.number.key not in labelled
        and _answers(document, one)
        else one
        for one in seen
    ]


def _answers(document: Document, seen: NumberSeen) -> bool:
    line = document.line_at(seen.start)
    return line is not None and _ANSWERS.match(document.lower, line.start) is not None


def _is_sure(document: Document, mention: NumberMention) -> bool:
    """Tell a number of no known form by its place: its label opens the line, and nothing stands beside it."""
    if mention.number.scheme != "unlisted":
        return True
    line = document.line_at(mention.start)
    if line is None or mention.label_start is None:
        return False
    if mention.label_start > line.start + 2 and document.string[mention.label_start - 1] != "\t":
        return False
    return _ENDS_CELL.match(document.string, mention.end, line.end) is not None


def _short_ones(document: Document, mentions: list[NumberMention]) -> list[NumberSeen]:
    """Find numbers too short to be told by their form (`20/44`), alone under an item's heading.

    They count where the paper has another number of that year, or a second one like them.
    """
    years = Counter(mention.number.year for mention in mentions if mention.number.scheme == "acadre")
    taken = {mention.start for mention in mentions}
    found = []
    for above, line in zip(document.lines, document.lines[1:], strict=False):
        if len(line.text) > 5 or line.start in taken or not _SHORT_NUMBER.fullmatch(line.text):
            continue
        if _ITEM_HEAD.match(document.lower, above.start) and (number := parse(line.text)):
            found.append(NumberSeen(number, "own_case", line.start, line.end, "number-line", LOW))
            years[number.year] += 1
    return [seen for seen in found if years[seen.number.year] > 1]


def _own(numbers: list[NumberSeen], use: NumberUse) -> list[Found[str]]:
    first: dict[str, NumberSeen] = {}
    for seen in numbers:
        if seen.use == use:
            first.setdefault(seen.number.key, seen)
    return [Found(seen.number.norm, seen.start, seen.end, seen.rule, seen.confidence) for seen in first.values()]


def _judge(document: Document, mention: NumberMention, attached: frozenset[int], stacked: _Labels) -> NumberSeen:
    line = document.line_at(mention.start)
    number, label = _case_of(mention), mention.label
    if line is None or (mention.foreign and line.index not in stacked):
        return _seen(mention, number, label or "case", own=False, rule="foreign-label")
    if label != "document" and (continued := read_continued(document.lower, mention)):
        return _seen(mention, number, "case", own=False, rule=continued)
    above = stacked.get(line.index) or (None if label else _label_above(document, line, mention))
    if above:
        own = not above["foreign"]
        return _seen(mention, number, "document" if above["document"] else "case", own=own, rule="label-above")
    kind = label or ("document" if number.suffix else "case")
    if line.index in attached and (label is None or (mention.label_start or 0) > line.start + _LIST_SIGN):
        if label is None and number.scheme == "council":
            kind = "document"
        return _seen(mention, number, kind, own=False, rule="attachment-list")
    named = mention.label_start or 0
    if label == "case" and _MARKED.search(document.lower, max(0, named - 64), named):
        return _seen(mention, number, kind, own=True, rule="marked")
    rule = _own_rule(document, line, mention)
    return _seen(mention, number, kind, own=rule is not None, rule=rule or "running-text")


def _seen(mention: NumberMention, number: Number, kind: str, *, own: bool, rule: str) -> NumberSeen:
    use: NumberUse = "own_case"
    if kind == "document":
        use = "own_document" if own else "cited_document"
    elif not own:
        use = "cited_case"
    sure = LOW if mention.doubt or number.scheme == "unlisted" else HIGH if mention.label or not own else MIDDLE
    return NumberSeen(number, use, mention.start, mention.end, rule, sure)


def _case_of(mention: NumberMention) -> Number:
    """Cut a document's suffix from a number that bears a case's label."""
    return (mention.number.case or mention.number) if mention.label == "case" else mention.number


def _own_rule(document: Document, line: TextLine, mention: NumberMention) -> str | None:
    """Name the rule by which a number is the document's own; `None` for one in running text."""
    lower = document.lower
    if (
        mention.label_start is not None
        and mention.label_start <= line.start + 2
        and not lower.startswith("sag ", line.start)
    ):
        return "label-at-line-start"
    if _heads_title(document, line, mention):
        return "heading-number"
    if _is_bare(_cell(document, line, mention), mention):
        return "label-line" if mention.label else "number-line"
    closing = shapes.DURATION.sub("", document.flat[mention.end : min(line.end, mention.end + _SHORT)])
    if (
        closing in (")", "]")
        and len(line.text) <= 250
        and (
            _ITEM_HEAD.match(lower, line.start) or lower.startswith("emne:", line.start) or _is_heading(document, line)
        )
    ):
        return "heading-bracket"
    if closing.startswith(") ") and closing[2:3].isupper() and _opens_line(document, line, mention):
        return "heading-bracket"
    if not closing and len(line.text) <= 250 and (_ITEM_HEAD.match(lower, line.start) or _is_heading(document, line)):
        return "heading-end"
    return None


def _opens_line(document: Document, line: TextLine, mention: NumberMention) -> bool:
    """Tell a heading's number whose line goes on with the next line's text, its break lost."""
    before = document.flat[line.start : min(mention.start, line.start + 201)]
    return (
        len(before) <= 200
        and bool(_ITEM_HEAD.match(before.lower()))
        and ". " not in before[5:]
        and before.endswith("(")
    )


def _heads_title(document: Document, line: TextLine, mention: NumberMention) -> bool:
    """Tell `Sag 14/21877 Renovering af Skibhus Skole`: a paragraph of one line that a number opens."""
    if mention.label_start != line.start or len(line.text) > 160 or line.text.endswith((".", ":", ",")):
        return False
    return _OPENS_TITLE.match(document.flat, mention.end) is not None and _is_heading(document, line)


def _is_heading(document: Document, line: TextLine) -> bool:
    """Tell a heading without number: marked as one, or a paragraph of one line among the first ones."""
    if line.bold or line.style in ("heading", "title"):
        return True
    following = document.lines[line.index + 1 : line.index + 2]
    return line.first and line.index < 12 and len(line.text) <= 160 and all(after.first for after in following)


def _cell(document: Document, line: TextLine, mention: NumberMention) -> str:
    """Give what stands beside a mention in its cell of the line, without the mention and its label, long ones cut."""
    label_start = mention.label_start if mention.label_start is not None else mention.start
    low, high = max(line.start, label_start - _SHORT), min(line.end, mention.end + _SHORT)
    start = document.string.rfind("\t", low, mention.start) + 1 or low
    end = document.string.find("\t", mention.end, high)
    return document.flat[start : max(start, label_start)] + " " + document.flat[mention.end : end if end > 0 else high]


def _is_bare(rest: str, mention: NumberMention) -> bool:
    """Tell whether little but the number stands there (`Bilag 2 til sag …`, `Åbent - …`, `Vedr. sagsnr. …`)."""
    if not rest.strip() or len(rest) > _SHORT:
        return len(rest) <= _SHORT
    further = list(find_numbers(rest))
    for other in reversed(further):
        rest = rest[: other.label_start if other.label_start is not None else other.start] + rest[other.end :]
    words = _WORD.findall(rest)
    return len(words) <= (4 if mention.label else 3) and sum(map(len, words)) <= 24 and not rest.endswith(".")


def _label_above(document: Document, line: TextLine, mention: NumberMention) -> re.Match[str] | None:
    """Find the label of a number that stands alone on its line, where other lines stand between the two."""
    if "\t" in line.text:
        return _LABEL_LINE.fullmatch(label_above(document, line, mention.start))
    if line.end - line.start > mention.end - mention.start + _SHORT:
        return None
    if _STRIP.sub("", document.flat[line.start : line.end]).strip(" .:") != document.flat[mention.start : mention.end]:
        return None
    skipped = 0
    for above in reversed(document.lines[max(0, line.index - 8) : line.index]):
        label = _label_line(document, above)
        if label and skipped == 0:
            return label
        if label:
            skipped -= 1
        elif _WORD.fullmatch(above.text[:1]) and next(find_numbers(above.text), None):
            skipped += 1
    return None


def _stacked_labels(document: Document) -> _Labels:
    """Pair labels that stand one under the other with the numbers under them: the first with the first."""
    found: _Labels = {}
    labels: list[re.Match[str]] = []
    values: list[int] = []
    for line in (*document.lines, None):
        label = _label_line(document, line) if line else None
        if line and not label and labels and _NUMBER_LINE.fullmatch(line.text):
            values.append(line.index)
            continue
        if values and len(labels) == len(values) > 1:
            found.update(zip(values, labels, strict=True))
        if values or not label:
            labels = []
        if label:
            labels.append(label)
        values = []
    return found


def _label_line(document: Document, line: TextLine) -> re.Match[str] | None:
    short = line.end - line.start <= _LONGEST_LABEL
    return _LABEL_LINE.fullmatch(document.lower, line.start, line.end) if short else None


def _attachment_lines(document: Document) -> frozenset[int]:
    """Give the lines of lists under a heading `Bilag`: numbers in them are those of the attachments."""
    found: set[int] = set()
    inside, count = False, 0
    for line in document.lines if "bilag" in document.lower else ():
        if document.lower.startswith("bilag", line.start) and _BILAG.fullmatch(document.lower, line.start, line.end):
            inside, count = True, 0
        elif inside:
            entry = _LIST_HEAD.match(document.lower, line.start, line.end)
            if entry is None:
                inside = _LIST_BRACKET.fullmatch(document.lower, line.start, line.end) is not None
            else:
                inside = entry["number"] is None or int(entry["number"]) == count + 1
            count += inside
            found |= {line.index} if inside else set()
    return frozenset(found)


def _agree(numbers: list[NumberSeen]) -> list[NumberSeen]:
    """Let every mention of an own number be an own one, wherever it stands."""
    own = {seen.number.key: seen.use for seen in reversed(numbers) if seen.use.startswith("own")}
    return [
        replace(seen, use=own[seen.number.key], agreed=True)
        if seen.number.key in own and not seen.use.startswith("own")
        else seen
        for seen in numbers
    ]


def cite_across(numbers: list[NumberSeen], starts: Sequence[int], end: int) -> list[NumberSeen]:
    """Make citations of the mentions in one agenda item that agreed with another item's own number.

    `starts` are where the items begin, `end` is where the last one ends; a number that only the paper's head owns is
    own wherever it stands.
    """
    at = [bisect.bisect_right(starts, seen.start) if seen.start < end else 0 for seen in numbers]
    owners: dict[str, set[int]] = {}
    for seen, item in zip(numbers, at, strict=True):
        if item and not seen.agreed and seen.use.startswith("own"):
            owners.setdefault(seen.number.key, set()).add(item)
    return [
        replace(seen, use="cited_document" if seen.use == "own_document" else "cited_case")
        if item and seen.agreed and item not in owners.get(seen.number.key, {item})
        else seen
        for seen, item in zip(numbers, at, strict=True)
    ]
