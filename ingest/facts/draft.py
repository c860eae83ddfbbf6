"""What every step of `find_facts` sees, and what it adds to.

A step is a function `find_<kind>(document: Document, draft: Draft) -> None`: it reads the document and what earlier
steps found, and sets or extends its own keys of the draft. It never changes what another step found. Lists hold values
in the order of first mention; a step may add one value several times, `find_facts` keeps the first.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeVar

from corpus.numbers import Number
from corpus.records import DatedFact, DocType, Item, Reference, Role, Segment, Signatory, Style, Text
from corpus.text import flatten
from ingest.facts.foreign import is_foreign
from ingest.facts.quoted import quoted_spans

T = TypeVar("T")
#: What a number is to the document in which it stands.
NumberUse = Literal["own_case", "own_document", "cited_case", "cited_document"]

HIGH = 0.99
MIDDLE = 0.9
LOW = 0.6

#: Abbreviations after whose full stop a sentence goes on.
ABBREVIATIONS = frozenset(
    """adm afd afs art att bek bekg bl bla ca cirk d dok e eks evt f fmd ff fhv fx gns hhv hr inkl jf jfr j jan feb mar
    apr jun jul aug sep sept okt nov dec kap kgs kl kr kst lb lbek lbk litra lov m max md mdr mio mia min mr mht mv nr
    nuv o obl p pkt pr prof ref resp s sagsnr sagnr sag sk skt soc sr st stk str tel tlf u ugtl vedl vedr vej verd vha
    vs årh årl ø""".split()  # noqa: SIM905
)
_MAILS = ("message/rfc822", "application/vnd.ms-outlook")
_STOP = re.compile(r"[.!?](?=[\"'”»)\]]{0,2} )")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One value and where it was seen."""

    value: T
    start: int
    end: int
    rule: str
    confidence: float = HIGH


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """One mention of a case or document number, and what it is to the document."""

    number: Number
    use: NumberUse
    start: int
    end: int
    rule: str
    confidence: float = HIGH
    #: Whether it is the document's own only because the same number stands like metadata elsewhere.
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the text with words in it, trimmed, and how it looked; `first` stands at a paragraph's head."""

    index: int
    start: int
    end: int
    text: str
    first: bool
    page: int
    role: Role
    size: float | None
    bold: bool
    style: Style | None


class Document:
    """The text in the forms that the steps read; `flat` and `lower` keep the length, so all offsets are the text's."""

    def __init__(
        self,
        text: Text,
        *,
        name: str = "",
        media_type: str = "",
        meta: tuple[tuple[str, str], ...] = (),
        scanned: frozenset[int] = frozenset(),
    ) -> None:
        self.text = text
        self.name = name
        self.media_type = media_type
        self.meta = meta
        #: The pages that were read by OCR.
        self.scanned = scanned
        self.string = text.string
        #: Every white space a blank, every dash `-`, apostrophes straight.
        self.flat = flatten(text.string)
        #: `flat` in lower case, character by character.
        self.lower = _lower(self.flat)
        #: The sentences of the runs that were asked for.
        self._cut: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """Lines with words in them, in the order of the text."""
        return tuple(_cut_lines(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> TextLine | None:
        """Return the line that holds `offset`, or the last one before it."""
        at = bisect.bisect_right(self._line_starts, offset) - 1
        return self.lines[at] if at >= 0 else None

    def ends_short_line(self, offset: int) -> bool:
        """Tell whether a line ends at `offset` that is too short to go on: names do not run over such an end."""
        if self.string[offset : offset + 1] != "\n":
            return False
        return offset - self.string.rfind("\n", max(0, offset - _FULL_LINE), offset) <= _FULL_LINE and (
            offset < _FULL_LINE or "\n" in self.string[offset - _FULL_LINE : offset]
        )

    @property
    def is_mail(self) -> bool:
        """Tell whether the text is a mail, by its media type or its file's name."""
        return self.media_type in _MAILS or self.name.lower().endswith((".eml", ".msg"))

    @cached_property
    def is_foreign(self) -> bool:
        """Tell whether the text is in English or Swedish."""
        return is_foreign(self.lower)

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        return quoted_spans(self.lines) if self.is_mail else []

    def is_quoted(self, offset: int) -> bool:
        """Tell whether `offset` stands in what a mail quotes of another one."""
        at = bisect.bisect_right(self._quoted, (offset, len(self.string) + 1)) - 1
        return at >= 0 and offset < self._quoted[at][1]

    @cached_property
    def body_end(self) -> int:
        """Where the running text ends and the trailing margin block begins; the text's length where there is none."""
        end = len(self.string)
        for line in reversed(self.lines):
            if line.role != "margin":
                break
            end = line.start
        return end

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end of every paragraph (apart by an empty line)."""
        starts = [line.start for line in self.lines if line.first]
        ends = [line.end for line, after in zip(self.lines, self.lines[1:], strict=False) if after.first]
        return tuple(zip(starts, [*ends, *(line.end for line in self.lines[-1:])], strict=True))

    def paragraph_at(self, offset: int) -> tuple[int, int]:
        """Return the span of the paragraph that holds `offset`, or of the last one before it."""
        at = bisect.bisect_right(self.paragraphs, (offset, len(self.string) + 1)) - 1
        return self.paragraphs[at] if at >= 0 else (0, 0)

    @cached_property
    def _runs(self) -> list[tuple[int, int]]:
        return _join_runs(self.lines)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence that holds `offset`, or of the last one before it.

        The end of a line ends a sentence, but for that of a full line of running text.
        """
        at = bisect.bisect_right(self._runs, (offset, len(self.string) + 1)) - 1
        if at < 0:
            return 0, 0
        if at not in self._cut:
            self._cut[at] = _cut_sentences(self.flat, *self._runs[at])
        sentences = self._cut[at]
        return sentences[max(0, bisect.bisect_right(sentences, (offset, len(self.string) + 1)) - 1)]

    def page_at(self, offset: int) -> int:
        """Return the page on which the character at `offset` stands."""
        at = bisect.bisect_right(self._segment_starts, offset) - 1
        return self.text.segments[at].page if at >= 0 else 1

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.start for segment in self.text.segments]


@dataclass(slots=True)
class Draft:
    """What the steps have found so far."""

    #: Every mention of a number, the document's own and cited ones, in the order of the text.
    numbers: list[NumberSeen] = field(default_factory=list)
    #: Every mention of a body in canonical form, repeated ones too, in the order of the text.
    bodies: list[Found[str]] = field(default_factory=list)
    #: What the paper's structure makes it, where it holds agenda items.
    paper: Literal["minutes", "agenda", "decision"] | None = None
    doc_type: Found[DocType] | None = None
    title: Found[str] | None = None
    case_numbers: list[Found[str]] = field(default_factory=list)
    document_numbers: list[Found[str]] = field(default_factory=list)
    date: Found[str] | None = None
    #: Every mention of a calendar date, completed, with its role there; a date may come several times.
    dates: list[Found[DatedFact]] = field(default_factory=list)
    signatories: list[Found[Signatory]] = field(default_factory=list)
    recipients: list[Found[str]] = field(default_factory=list)
    committees: list[Found[str]] = field(default_factory=list)
    departments: list[Found[str]] = field(default_factory=list)
    items: list[Found[Item]] = field(default_factory=list)
    references: list[Found[Reference]] = field(default_factory=list)

    def item_at(self, offset: int) -> int | None:
        """Return the index of the agenda item that holds `offset`."""
        at = bisect.bisect_right(self.items, offset, key=lambda found: found.value.start) - 1
        return at if at >= 0 and offset < self.items[at].value.end else None


def _lower(flat: str) -> str:
    lower = flat.lower()
    return lower if len(lower) == len(flat) else "".join(c if len(c.lower()) > 1 else c.lower() for c in flat)


def _cut_lines(text: Text) -> list[TextLine]:
    lines: list[TextLine] = []
    start, first = 0, True
    # Lines and segments are both in the order of the text: the segment of a line is the last that does not begin later.
    segment, following = _NOWHERE, iter(text.segments)
    after = next(following, None)
    for raw in text.string.split("\n"):
        shown = raw.strip()
        if shown:
            at = start if shown[0] == raw[0] else start + len(raw) - len(raw.lstrip())
            while after and after.start <= at:
                segment, after = after, next(following, None)
            lines.append(
                TextLine(
                    len(lines), at, at + len(shown), shown, first,
                    segment.page, segment.role, segment.size, segment.bold, segment.style,
                )
            )  # fmt: skip
        first = not shown
        start += len(raw) + 1
    return lines


#: What is taken for the segment of a line before the first one.
_NOWHERE = Segment(0, 0, 1)


#: A line this long that ends without a stop goes on in the next one.
_FULL_LINE = 45
_BULLET = re.compile(r"[-•*·–] |[0-9]{1,2}[.)] |[a-z]\) ")


def _join_runs(lines: tuple[TextLine, ...]) -> list[tuple[int, int]]:
    """Join the lines of a paragraph that were broken by a page's width only."""
    runs: list[tuple[int, int]] = []
    before: TextLine | None = None
    for line in lines:
        if before and _goes_on(before, line):
            runs[-1] = (runs[-1][0], line.end)
        else:
            runs.append((line.start, line.end))
        before = line
    return runs


def _goes_on(line: TextLine, after: TextLine) -> bool:
    if after.first or len(line.text) < _FULL_LINE or line.text[-1] in ".:;!?" or "\t" in line.text + after.text:
        return False
    if _BULLET.match(after.text):
        return False
    return after.text[0].islower() or after.text[0].isdigit() or line.text[-1] == "," or line.text[-1].islower()


def _cut_sentences(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    for stop in _STOP.finditer(flat, start, end):
        if stop.end() < end and _ends_sentence(flat, stop.start(), stop.end()):
            spans.append((start, stop.end()))
            start = stop.end() + 1
    return [*spans, (start, end)] if start < end else spans


def _ends_sentence(flat: str, stop: int, after: int) -> bool:
    following = flat[after : after + 4].lstrip("\"'”»)] ")[:1]
    if flat[stop] != ".":
        return not following.islower()
    if following.islower():
        return False
    start, low = stop, max(0, stop - 20)
    while start > low and flat[start - 1].isalnum():
        start -= 1
    word = flat[start:stop]
    return not ((word.isdigit() and len(word) < 3) or word.lower() in ABBREVIATIONS)
