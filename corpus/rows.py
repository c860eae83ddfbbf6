"""A record as rows of the catalogue's tables, and back again. Pure: no database is touched here."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from corpus.bodies import body_key
from corpus.database import RESTORE
from corpus.errors import ArchiveError
from corpus.instruments import instrument_key, own_instrument
from corpus.numbers import parse
from corpus.records import (
    Box,
    DatedFact,
    Facts,
    Item,
    Mark,
    Place,
    Record,
    Reference,
    Segment,
    Signatory,
    Text,
    Vote,
    facts_to_json,
    meeting_body,
)
from corpus.similarity import bands
from corpus.text import flatten, fold_spaces

Row = dict[str, Any]

#: Scheme, prefix, year, serial and suffix make the key of a number.
_KEY_PARTS = 5
#: Papers of a whole meeting: their formulas are alike, not they.
WHOLE_MEETINGS = ("minutes", "agenda")
#: Words of a title that tell what a hearing is about: so many at most, known by so many first letters, whatever they
#: end in; and how those begin that any hearing may have.
_LONG_WORD, _MOST_WORDS, _BEGINNING = re.compile(r"[^\W\d_]{6,}"), 12, 8
_OF_EVERY_HEARING = (
    *("høring", "forslag", "udkast", "kommun", "bemærk", "indsig", "vedrør", "angåen", "offent", "udtale", "besvar"),
    *("ændrin", "revide", "forvalt", "byråde", "udvalg", "foreni", "bestyr"),
)
#: Papers that may be the policy or plan whose name their title is.
_INSTRUMENTS = ("attachment", "memo", "other")
#: Slices of text are cut at page borders, and here at the latest, so that a snippet reads little.
SLICE = 20_000


def pack(value: Any) -> bytes:
    """Write a JSON value small: level 1 of zlib costs a third of level 6 and is 8 % larger."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(data: bytes) -> Any:
    """Read what `pack` wrote."""
    return json.loads(_inflate(data))


def _inflate(data: bytes) -> bytes:
    """Give the bytes that were compressed; their checksum tells where a disk gave back others."""
    try:
        return zlib.decompress(data)
    except zlib.error as exc:
        raise ArchiveError(f"The catalogue is damaged: {exc}.", hint=RESTORE) from exc


@lru_cache(maxsize=16384)
def number_key(value: str) -> str:
    """Give the join key of a printed number; one that fits no scheme is its own key."""
    number = parse(value)
    return number.key if number else fold_spaces(value).upper()


def serial_of(key: str) -> str | None:
    """Give the running number from the join key of a number (`Number.key`)."""
    parts = key.split("|")
    return parts[3] or None if len(parts) == _KEY_PARTS else None


#: A title printed before a name: `Socialborgmester Torben …`, `Att.: integrationsminister Birthe …`.
_TITLE = re.compile(
    r"^(?:att\.?:? *)?(?:\S{0,40}(?:borgmester|direktør|minister|chef|konsulent|sekretær|formand|person|rådmand) +)?"
)

#: The name at the head of a letter: a line of its own without figures that is no label, sentence or council, and what
#: may follow it.
_SENDER = re.compile(r"(?!(?:Til|Kære|Att|Vedr|Notat|Brev|Udkast)\b)[A-ZÆØÅ][^\d:;?!@]{3,69}(?<!ommune)(?<!\.)")
_CARE_OF = re.compile(r", | v/ ?| att\.")

#: Two first names with one family name after them: each of the two may sign alone.
_COUPLE = re.compile(r"^([A-ZÆØÅ][\w-]{1,20}) (?:og|&) ([A-ZÆØÅ][\w-]{1,20}) ((?:[A-ZÆØÅ][\w.-]{1,30} ?){1,3})$")


def name_key(name: str) -> str:
    """Give the join key of a name as printed: lower case, without the title before it."""
    return _TITLE.sub("", fold_spaces(name).casefold()).strip(" .,;:")


def name_keys(name: str) -> tuple[str, ...]:
    """Give the join keys of a name, and of each of a couple (`Tove og Erling Bjerrum`)."""
    couple = _COUPLE.match(fold_spaces(name))
    both = (f"{couple[1]} {couple[3]}", f"{couple[2]} {couple[3]}") if couple else ()
    return tuple(dict.fromkeys(map(name_key, (name, *both))))


def reference_key(reference: Reference) -> str | None:
    """Give the key by which a reference finds what it points to; a letter is found by its day."""
    target = reference.target
    if reference.kind in ("case", "document"):
        return number_key(target) if target else None
    if reference.kind == "instrument":
        return instrument_key(target) if target else None
    if reference.kind == "meeting":
        return body_key(reference.body) if reference.body else None
    if reference.kind == "letter":
        return None
    if reference.kind == "attachment":
        return name_key(reference.title) if reference.title else None
    return name_key(target) if target else None


def document_row(record: Record, replaces: str | None, group: str | None) -> Row:
    """Give the row of `documents`; what no query asks for is packed in `record`."""
    facts = record.facts
    rest = {
        "facts": facts_to_json(facts),
        "marks": [[mark.code, mark.message] for mark in record.marks],
        "meta": [list(pair) for pair in record.meta],
        "readers": [list(pair) for pair in record.readers],
        "signature": list(record.signature),
    }
    return {
        "id": record.id,
        "sha256": record.sha256,
        "path": record.path,
        "size": record.size,
        "media_type": record.media_type,
        "doc_type": facts.doc_type,
        "title": facts.title,
        "date": facts.date,
        "pages": record.text.pages,
        "unread": sum(mark.code == "needs-ocr" for mark in record.marks),
        "parent": record.parent,
        "replaces": replaces,
        "group": group or record.id,
        "record": pack(rest),
    }


def text_rows(text: Text) -> Iterator[Row]:
    """Cut the text where its page changes, and where a slice grows too long."""
    slices: list[list[Segment]] = []
    for segment in text.segments:
        last = slices[-1] if slices else None
        if last and last[-1].page == segment.page and segment.end - last[0].start <= SLICE:
            last.append(segment)
        else:
            slices.append([segment])
    starts = [0] + [part[0].start for part in slices[1:]]
    ends = [*starts[1:], len(text.string)]
    for ordinal, (part, start, end) in enumerate(zip(slices or [[]], starts, ends, strict=True)):
        yield {
            "ordinal": ordinal,
            "page": part[0].page if part else 1,
            "start": start,
            "text": zlib.compress(text.string[start:end].encode("utf-8", "surrogatepass"), 1),
            "segments": pack([_segment_row(segment) for segment in part]),
        }


def item_rows(facts: Facts) -> Iterator[Row]:
    """Give the agenda items that lists and joins need; their full shape is in the record."""
    for ordinal, item in enumerate(facts.items):
        yield {
            "ordinal": ordinal,
            "number": item.number,
            "title": item.title,
            "outcome": item.outcome,
            "page": item.page,
            "start": item.start,
            "end": item.end,
            "closed": int(item.closed),
        }


def number_rows(facts: Facts, text: str = "") -> Iterator[Row]:
    """Give the document's own numbers; those of an item carry its index, the others none.

    `text` is what the places of the numbers count in: it gives their spelling.
    """
    printed = _spellings(facts, text)
    seen: set[tuple[int | None, str, str]] = set()
    for item, kind, value in _own_numbers(facts):
        key = number_key(value)
        if (item, kind, key) not in seen:
            seen.add((item, kind, key))
            named = {"item": item, "kind": kind, "key": key, "value": value, "serial": serial_of(key)}
            yield {**named, "printed": printed.get((kind, key)), "dated": facts.date or ""}


def _own_numbers(facts: Facts) -> Iterator[tuple[int | None, str, str]]:
    """Give item, kind and value; a number of the items is theirs, unless the document is one item."""
    of_items = {number_key(value) for item in facts.items for value in item.case_numbers}
    for value in facts.case_numbers:
        if len(facts.items) == 1 or number_key(value) not in of_items:
            yield None, "case", value
    if len(facts.items) != 1:
        yield from ((index, "case", value) for index, item in enumerate(facts.items) for value in item.case_numbers)
    yield from ((None, "document", value) for value in facts.document_numbers)


def _spellings(facts: Facts, text: str) -> dict[tuple[str, str], str]:
    """Give, by kind and key, how the text spells a number where it stands first."""
    found: dict[tuple[str, str], str] = {}
    values = {"case_numbers": ("case", facts.case_numbers), "document_numbers": ("document", facts.document_numbers)}
    for place in facts.places:
        if place.key in values and place.end > place.start:
            kind, numbers = values[place.key]
            spelt = fold_spaces(flatten(text[place.start : place.end]))
            if spelt and place.index < len(numbers):
                found.setdefault((kind, number_key(numbers[place.index])), spelt)
    return found


def reference_rows(facts: Facts) -> Iterator[Row]:
    """Give the references with their keys and places."""
    places = {place.index: place for place in facts.places if place.key == "references"}
    for ordinal, reference in enumerate(facts.references):
        place = places.get(ordinal)
        yield {
            "ordinal": ordinal,
            "item": reference.item,
            "kind": reference.kind,
            "key": reference_key(reference),
            "date": reference.date,
            "number": reference.number,
            "label": reference.label,
            "shown": reference.target or reference.body or reference.title,
            "start": place.start if place else 0,
            "end": place.end if place else 0,
            "page": place.page if place else 1,
            "rule": place.rule if place else "unknown",
            "confidence": place.confidence if place else 0.5,
            "dated": facts.date or "",
        }
    yield from _own_instrument_row(facts)


def _own_instrument_row(facts: Facts) -> Iterator[Row]:
    """Give the policy or plan that a paper is, where nothing but its title names it: so its trail holds it."""
    name = own_instrument(facts.title) if facts.doc_type in _INSTRUMENTS else None
    key = instrument_key(name) if name else None
    if not name or any(key == reference_key(each) for each in facts.references if each.kind == "instrument"):
        return
    place = next((place for place in facts.places if place.key == "title"), None)
    yield {
        "ordinal": len(facts.references),
        "item": None,
        "kind": "instrument",
        "key": key,
        "date": None,
        "number": None,
        "label": None,
        "shown": name,
        "start": place.start if place else 0,
        "end": place.end if place else 0,
        "page": place.page if place else 1,
        "rule": "own-name",
        "confidence": place.confidence if place else 0.5,
        "dated": facts.date or "",
    }


def body_rows(facts: Facts) -> Iterator[Row]:
    """Give every body that the document names."""
    for kind, names in (("committee", facts.committees), ("department", facts.departments)):
        for name in names:
            yield {"key": body_key(name), "name": name, "kind": kind, "dated": facts.date or ""}


def party_rows(facts: Facts, text: str) -> Iterator[Row]:
    """Give who signs and to whom the document goes; of a hearing, and an answer without a case, what they are about.

    A citizen answers `jeres høringsbrev af 3. maj` without a number: the day and a word of the title tie the two. An
    association's letter is answered by its name, which stands in the head, and not below it.
    """
    dated = facts.date or ""
    for person in facts.signatories:
        yield {"relation": "signatory", "key": name_key(person.name), "name": person.name, "dated": dated}
    for name in facts.recipients:
        for key in name_keys(name):
            yield {"relation": "recipient", "key": key, "name": name, "dated": dated}
    if sender := _sender(facts, text):
        yield {"relation": "sender", "key": name_key(sender), "name": sender, "dated": dated}
    for word in _subject(facts):
        yield {"relation": "subject", "key": f"emne:{word}", "name": word, "dated": dated}


def _sender(facts: Facts, text: str) -> str | None:
    """Give the first line of a letter without a case number, where it is a name; one of the council's own has one."""
    if facts.doc_type not in ("letter", "hearing_response") or facts.case_numbers:
        return None
    line = _CARE_OF.split(fold_spaces(text.lstrip().split("\n", 1)[0][:200]))[0]
    others = (*facts.recipients, *facts.departments, facts.title or "")
    known = {name_key(name) for name in others}
    return line if _SENDER.fullmatch(line) and name_key(line) not in known else None


def _subject(facts: Facts) -> Iterable[str]:
    """Give the beginnings of the words by which the titles of a hearing and its answers meet."""
    answers = facts.doc_type == "hearing_response"
    numbered = facts.case_numbers or any(reference.kind == "case" for reference in facts.references)
    if facts.doc_type != "hearing" and (not answers or numbered):
        return ()
    words = _LONG_WORD.findall((facts.title or "").casefold())
    return dict.fromkeys(word[:_BEGINNING] for word in words[:_MOST_WORDS] if not word.startswith(_OF_EVERY_HEARING))


def meeting_rows(facts: Facts) -> Iterator[Row]:
    """Give the meeting whose paper this is: its body, and the paper's own date."""
    body = meeting_body(facts)
    if body and facts.date:
        yield {"body": body_key(body), "date": facts.date}


def band_rows(record: Record) -> Iterator[Row]:
    """Give the keys by which near duplicates meet; whole meetings meet by their items, not by their formulas."""
    if record.facts.doc_type not in WHOLE_MEETINGS:
        yield from ({"band": band} for band in bands(record.signature))


def read_signature(packed: bytes) -> tuple[int, ...]:
    """Give only the signature of a packed record."""
    return tuple(unpack(packed)["signature"])


def read_deadlines(packed: bytes) -> list[str]:
    """Give the days of a packed record's deadlines; most have none, and are not read."""
    data = _inflate(packed)
    dates = json.loads(data)["facts"]["dates"] if b'"deadline"' in data else ()
    return [fact["date"] for fact in dates if fact["role"] == "deadline"]


def read_text(rows: list[tuple[int, int, bytes, bytes]], pages: int) -> Text:
    """Put the slices of a text (page, start, text, segments) together again."""
    string = "".join(_inflate(data).decode("utf-8", "surrogatepass") for _, _, data, _ in rows)
    segments = tuple(_read_segment(row) for _, _, _, packed in rows for row in unpack(packed))
    return Text(string, segments, pages)


def read_slice(data: bytes) -> str:
    """Give the text of one slice."""
    return _inflate(data).decode("utf-8", "surrogatepass")


def read_facts(shown: dict[str, Any], *, evidence: bool = True) -> Facts:
    """Read what `facts_to_json` gave; without its `evidence` (places, and dates by their roles) in half the time."""
    return Facts(
        doc_type=shown["doc_type"],
        title=shown["title"],
        case_numbers=tuple(shown["case_numbers"]),
        document_numbers=tuple(shown["document_numbers"]),
        date=shown["date"],
        dates=tuple(DatedFact(**fact) for fact in shown["dates"]) if evidence else (),
        signatories=tuple(Signatory(**person) for person in shown["signatories"]),
        recipients=tuple(shown["recipients"]),
        committees=tuple(shown["committees"]),
        departments=tuple(shown["departments"]),
        items=tuple(_read_item(item) for item in shown["items"]),
        references=tuple(Reference(**reference) for reference in shown["references"]),
        places=tuple(Place(**place) for place in shown["places"]) if evidence else (),
    )


def read_record(row: Row, text: Text, *, evidence: bool = True) -> Record:
    """Put a record together from its row and its text; see `read_facts`."""
    rest = unpack(row["record"])
    return Record(
        id=row["id"],
        sha256=row["sha256"],
        path=row["path"],
        size=row["size"],
        media_type=row["media_type"],
        text=text,
        facts=read_facts(rest["facts"], evidence=evidence),
        marks=tuple(Mark(*mark) for mark in rest["marks"]),
        meta=tuple((name, value) for name, value in rest["meta"]),
        parent=row["parent"],
        signature=tuple(rest["signature"]),
        readers=tuple((name, pages) for name, pages in rest["readers"]),
    )


def _read_item(shown: dict[str, Any]) -> Item:
    votes = tuple(Vote(vote["side"], vote["count"], tuple(vote["parties"])) for vote in shown["votes"])
    return Item(**{**shown, "case_numbers": tuple(shown["case_numbers"]), "votes": votes})


def _segment_row(segment: Segment) -> list[Any]:
    box = segment.box
    return [
        segment.start,
        segment.end,
        segment.page,
        [_tenth(box.x0), _tenth(box.top), _tenth(box.x1), _tenth(box.bottom)] if box else None,
        segment.role,
        segment.size,
        int(segment.bold),
        segment.style,
    ]


def _tenth(points: float) -> float:
    """Give the nearest tenth of a point, at a third of what `round` costs."""
    return (points * 10 + 0.5) // 1 / 10


def _read_segment(row: list[Any]) -> Segment:
    start, end, page, box, role, size, bold, style = row
    return Segment(start, end, page, Box(*box) if box else None, role, size, bool(bold), style)
