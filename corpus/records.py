"""What a document is: the frozen values that every package passes on.

All offsets (`start`, `end`) count Unicode code points in `Text.string`; pages count from 1; boxes are in points with
the origin at the page's upper left corner. `None` means "the document does not say".
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = 1

DocType = Literal[
    "letter",
    "decision",
    "hearing",
    "hearing_response",
    "memo",
    "minutes",
    "agenda",
    "attachment",
    "email",
    "other",
]
DateRole = Literal["document", "meeting", "deadline", "signing", "reference", "mention"]
ReferenceKind = Literal["case", "document", "letter", "meeting", "attachment", "law", "instrument"]
Outcome = Literal[
    "approved",
    "recommended",
    "noted",
    "discussed",
    "postponed",
    "withdrawn",
    "rejected",
    "referred",
    "other",
]
#: Where on the page a line belongs; `body` and `margin` make the text, `header` and `footer` are left out of it.
Role = Literal["body", "margin", "header", "footer"]
#: What the format itself says of a line; `None` where it says nothing.
Style = Literal["title", "heading", "list", "cell", "header", "footer", "textbox", "footnote"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader saw it; the cells of a table row are apart by a tab."""

    text: str
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    style: Style | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader saw it, its lines in the order of the file, not yet of reading."""

    number: int
    lines: tuple[Line, ...]
    width: float | None = None
    height: float | None = None
    source: Literal["text", "ocr", "none"] = "text"
    #: The library that read the page where a format has several: `pdfium`, `pdfplumber`, `tesseract`.
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a user must know about how a document was read: a limit that was hit, a page that is missing."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file: an attachment of a mail, an entry of an archive."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives: pages of lines, and the files that stood inside."""

    media_type: str
    pages: tuple[Page, ...]
    marks: tuple[Mark, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of the text that one source line became: where it stands on the page, and how it looked."""

    start: int
    end: int
    page: int
    box: Box | None = None
    role: Role = "body"
    size: float | None = None
    bold: bool = False
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The clean text of a document in reading order, with the map back to its pages.

    Paragraphs are apart by an empty line, lines that were broken only by the page's width are joined by a blank.
    `segments` are in the order of `start` and do not overlap; pages need not rise (a margin block follows the body).
    """

    string: str
    segments: tuple[Segment, ...] = ()
    pages: int = 1

    def segment_at(self, offset: int) -> Segment | None:
        """Return the segment that holds `offset`, or the last one before it."""
        at = bisect.bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1
        return self.segments[at] if at >= 0 else None

    def page_at(self, offset: int) -> int:
        """Return the page on which the character at `offset` stands."""
        segment = self.segment_at(offset)
        return segment.page if segment else 1

    def segments_in(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the segments that share characters with `start`..`end`."""
        at = max(0, bisect.bisect_right(self.segments, start, key=lambda segment: segment.start) - 1)
        for segment in self.segments[at:]:
            if segment.start >= end:
                return
            if segment.end > start:
                yield segment


@dataclass(frozen=True, slots=True)
class Place:
    """Where one value of a record was seen, by which rule, and how sure that rule is (0 to 1).

    `key` is the record's key (`"dates"`), `index` the value's position in its list (0 for a single value).
    """

    key: str
    index: int
    start: int
    end: int
    page: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A calendar date, `YYYY-MM-DD` or `YYYY-MM`, and what it is the date of."""

    date: str
    role: DateRole


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and the title printed with the name."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a document points to. Which fields are set depends on `kind` (docs/json.md); `item` is an index."""

    kind: ReferenceKind
    target: str | None = None
    date: str | None = None
    body: str | None = None
    label: str | None = None
    title: str | None = None
    #: The item's number at a cited meeting, as printed (`pkt. 65`).
    number: str | None = None
    #: The decision word of a trail line (`pkt. 65: Anbefales.`).
    outcome: Outcome | None = None
    #: Index of the agenda item of this document in which the reference stands.
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """Who voted how: `side` is for, against or abstain; parties by letter, or a bare count."""

    side: Literal["for", "against", "abstain"]
    count: int | None = None
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One agenda item: the unit of a case and of a trail."""

    number: str | None
    title: str | None
    case_numbers: tuple[str, ...]
    outcome: Outcome | None
    start: int
    end: int
    page: int
    #: The sentence that says what was decided.
    decision: str | None = None
    votes: tuple[Vote, ...] = ()
    remark: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a document from its text; docs/json.md says what each key holds."""

    doc_type: DocType = "other"
    title: str | None = None
    case_numbers: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    date: str | None = None
    dates: tuple[DatedFact, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    references: tuple[Reference, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its identity, its text, what is known of it, and how it was read.

    `id` is the first 16 hex digits of the SHA-256 of its content; `path` is absolute with `/`, members of a mail or an
    archive as `mail.eml!/2/Takst.pdf`; `parent` is the id of the document it stood in.
    """

    id: str
    sha256: str
    path: str
    size: int
    media_type: str
    text: Text
    facts: Facts = field(default_factory=Facts)
    marks: tuple[Mark, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    parent: str | None = None
    #: MinHash of the text (corpus/similarity.py); empty where it is too short to compare.
    signature: tuple[int, ...] = ()
    #: Readers used, with the number of pages each: (("pdfium", 3), ("tesseract", 1)).
    readers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeadItem:
    """What a list of hits shows of an agenda item; `start` and `end` are offsets in the document's text."""

    number: str | None
    title: str | None
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a list of hits shows of a document: its identity and its own facts, without its text."""

    id: str
    path: str
    title: str | None
    doc_type: DocType
    date: str | None
    case_numbers: tuple[str, ...] = ()
    #: Documents with the same group are copies, versions or the papers of one meeting; None where it stands alone.
    group: str | None = None
    #: How many agenda items it has.
    items: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class PageText:
    """A slice of a document's clean text that stands on one page; `start` is its offset in the whole text.

    The slices come in the order of the text and join to the whole of it; a page may come more than once (a margin block
    follows the body).
    """

    page: int
    start: int
    text: str


def meeting_body(facts: Facts) -> str | None:
    """Give the body whose meeting's paper this is: the first one named in its head, else behind its items.

    One that only the text of the items names is another body.
    """
    if facts.doc_type not in ("minutes", "agenda", "decision") or not facts.committees:
        return None
    places = sorted((place.index, place.start) for place in facts.places if place.key == "committees")
    if facts.doc_type == "decision" or not places or not facts.items:
        return facts.committees[0]
    heads = [index for index, start in places if start < facts.items[0].start]
    behind = [index for index, start in places if start >= facts.items[-1].end]
    return next((facts.committees[index] for index in (*heads, *behind)), None)


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """Give the keys of the annotation contract (docs/json.md)."""
    return {
        "doc_type": facts.doc_type,
        "title": facts.title,
        "case_numbers": list(facts.case_numbers),
        "document_numbers": list(facts.document_numbers),
        "date": facts.date,
        "dates": [{"date": fact.date, "role": fact.role} for fact in facts.dates],
        "signatories": [{"name": person.name, "role": person.role} for person in facts.signatories],
        "recipients": list(facts.recipients),
        "committees": list(facts.committees),
        "departments": list(facts.departments),
        "items": [item_to_json(item) for item in facts.items],
        "references": [reference_to_json(reference) for reference in facts.references],
        "places": [
            {
                "key": place.key,
                "index": place.index,
                "start": place.start,
                "end": place.end,
                "page": place.page,
                "rule": place.rule,
                "confidence": place.confidence,
            }
            for place in facts.places
        ],
    }


def item_to_json(item: Item) -> dict[str, Any]:
    """Give an agenda item as JSON; every key is always there."""
    return {
        "number": item.number,
        "title": item.title,
        "case_numbers": list(item.case_numbers),
        "outcome": item.outcome,
        "start": item.start,
        "end": item.end,
        "page": item.page,
        "decision": item.decision,
        "votes": [{"side": vote.side, "count": vote.count, "parties": list(vote.parties)} for vote in item.votes],
        "remark": item.remark,
        "closed": item.closed,
    }


#: The keys that each kind of reference always shows; the others show only where they say something.
REFERENCE_KEYS: dict[str, tuple[str, ...]] = {
    "case": ("target",),
    "document": ("target",),
    "letter": ("date",),
    "meeting": ("body", "date"),
    "attachment": ("label", "title"),
    "law": ("target",),
    "instrument": ("target",),
}


def reference_to_json(reference: Reference) -> dict[str, Any]:
    """Give a reference as JSON with the keys of its kind, and the further ones that are set."""
    shown: dict[str, Any] = {"kind": reference.kind}
    shown |= {key: getattr(reference, key) for key in REFERENCE_KEYS[reference.kind]}
    for key in ("number", "outcome", "item"):
        if (value := getattr(reference, key)) is not None:
            shown[key] = value
    return shown


def record_to_json(record: Record, children: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """Give the whole record in the shape that `sagsspor extract --json` prints."""
    return {
        "schema": SCHEMA,
        "id": record.id,
        "path": record.path,
        "media_type": record.media_type,
        "size": record.size,
        "pages": record.text.pages,
        "parent": record.parent,
        **facts_to_json(record.facts),
        "marks": [{"code": mark.code, "message": mark.message} for mark in record.marks],
        "meta": dict(record.meta),
        "readers": dict(record.readers),
        "text": record.text.string,
        "children": list(children),
    }
