"""Marked sources to expected answers: the labels in the shape of the annotation contract, and the clean text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tests.samples.markup import Mark, MarkupError, Source, read_marks, strip_marks

MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli"]
MONTHS += ["august", "september", "oktober", "november", "december"]
_LONG = re.compile(rf"(\d{{1,2}})\. ?({'|'.join(MONTHS)})\s+(\d{{4}})", re.I)
_MONTH = re.compile(rf"({'|'.join(MONTHS)}) (\d{{4}})", re.I)
_NUMERIC = re.compile(r"(\d{1,2})[-./](\d{1,2})[-. ](\d{4})")
_ISO = re.compile(r"\d{4}-\d\d(-\d\d)?")
ROLES = {"dd": "document", "dm": "meeting", "dl": "deadline", "ds": "signing", "dr": "reference", "dn": "mention"}
ROLES |= {"meet": "meeting", "letter": "reference"}


def read_date(words: str) -> str:
    """Give the date written in `words` as `YYYY-MM-DD`, or `YYYY-MM` where no day is given."""
    flat = " ".join(words.split())
    if match := _LONG.search(flat):
        return f"{match[3]}-{MONTHS.index(match[2].lower()) + 1:02}-{int(match[1]):02}"
    if match := _NUMERIC.search(flat):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := _MONTH.search(flat):
        return f"{match[2]}-{MONTHS.index(match[1].lower()) + 1:02}"
    if match := _ISO.search(flat):
        return match[0]
    raise MarkupError(f"no date in {words!r}")


def date_of(mark: Mark) -> str:
    """Give a mark's date; the value wins, and of `meet:BODY@DATE` the part after the at-sign."""
    value = mark.value or ""
    if mark.tag == "meet":
        value = value.partition("@")[2]
    return value or read_date(mark.words)


def value_of(mark: Mark) -> str:
    """Give what the mark stands for: its value, or its words on one line."""
    return mark.value or " ".join(mark.words.split())


def marked_text(source: Source) -> str:
    """Give the whole source in reading order, marks in: body, then the margin column, then its foot."""
    head = "\n".join(source.head[key] for key in ("to", "attach") if key in source.head)
    blocks = (*source.body, *source.margin, *source.foot)
    return "\n\n".join(([head] if head else []) + list(blocks))


def clean_text(source: Source) -> str:
    """Give the text that the program is expected to find, in reading order."""
    lines = (block for block in (*source.body, *source.margin, *source.foot) if block != "[page]")
    return "\n\n".join(plain_block(block) for block in lines) + "\n"


def plain_block(block: str) -> str:
    """Give a block as plain lines: no marks, no signs of headings, columns apart by a blank."""
    lines = []
    for line in strip_marks(block).splitlines():
        line = re.sub(r"^#+ ", "", line)
        if line.startswith("|"):
            line = " ".join(cell.strip() for cell in line.strip("|").split("|"))
        lines.append(line.replace(" || ", "\n"))
    return "\n".join(lines)


def find_labels(source: Source) -> dict[str, Any]:
    """Give the expected answer for a source."""
    marks = read_marks(marked_text(source))[1]
    dates = _dates(source, marks)
    own = next((date for date, role in dates.items() if role == "document"), None)
    return {
        "doc_type": source.head["type"],
        "title": next((value_of(mark) for mark in marks if mark.tag == "t"), None),
        "case_numbers": _values(marks, "own", "ownnext"),
        "document_numbers": _values(marks, "owndoc"),
        "date": own,
        "dates": [{"date": date, "role": role} for date, role in dates.items()],
        "signatories": _signatories(marks),
        "recipients": _values(marks, "to"),
        "committees": _values(marks, "c"),
        "departments": _values(marks, "f"),
        "items": _items(source, marks),
        "references": _references(marks),
    }


def _values(marks: Iterable[Mark], *tags: str) -> list[str]:
    return list(dict.fromkeys(value_of(mark) for mark in marks if mark.tag in tags))


def _dates(source: Source, marks: list[Mark]) -> dict[str, str]:
    found = {source.head["sent"][:10]: "document"} if "sent" in source.head else {}
    for mark in marks:
        if mark.tag in ROLES:
            date = date_of(mark)
            if mark.tag == "dd":
                found[date] = "document"
            found.setdefault(date, ROLES[mark.tag])
    return found


def _signatories(marks: list[Mark]) -> list[dict[str, str | None]]:
    people = {" ".join(mark.words.split()): mark.value or None for mark in reversed(marks) if mark.tag == "s"}
    return [{"name": name, "role": role} for name, role in reversed(people.items())]


def _items(source: Source, marks: list[Mark]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    waiting: list[str] = []
    for mark in marks:
        if mark.tag == "item":
            number, _, outcome = (mark.value or "").partition(":")
            title = " ".join(mark.words.split())
            items.append(
                {"number": number or None, "title": title, "case_numbers": waiting, "outcome": outcome or None}
            )
            waiting = []
        elif mark.tag == "ownnext":
            waiting.append(value_of(mark))
        elif mark.tag == "own" and items and value_of(mark) not in items[-1]["case_numbers"]:
            items[-1]["case_numbers"].append(value_of(mark))
    if source.head["type"] == "decision":
        items[0]["case_numbers"] = _values(marks, "own", "ownnext")
    return items


def _references(marks: list[Mark]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    spellings: dict[str, dict[str, Any]] = {}
    for mark in marks:
        if mark.tag == "ins":
            _note_instrument(found, spellings, mark)
        elif (reference := _reference(mark)) and reference not in found:
            found.append(reference)
    return found


def _note_instrument(found: list[dict[str, Any]], spellings: dict[str, dict[str, Any]], mark: Mark) -> None:
    words = value_of(mark)
    known = spellings.get(mark.key or words.casefold())
    if known is None:
        known = spellings[mark.key or words.casefold()] = {"kind": "instrument", "target": words}
        found.append(known)
    elif words.casefold() not in {name.casefold() for name in [known["target"], *known.get("also", [])]}:
        known.setdefault("also", []).append(words)


def _reference(mark: Mark) -> dict[str, Any] | None:
    if mark.tag in ("case", "law"):
        return {"kind": mark.tag, "target": value_of(mark)}
    if mark.tag == "doc":
        return {"kind": "document", "target": value_of(mark)}
    if mark.tag == "letter":
        return {"kind": "letter", "date": date_of(mark)}
    if mark.tag == "meet":
        return {"kind": "meeting", "body": (mark.value or "").partition("@")[0], "date": date_of(mark)}
    if mark.tag == "att":
        return {"kind": "attachment", "label": mark.value or None, "title": " ".join(mark.words.split())}
    if mark.tag == "attl":
        return {"kind": "attachment", "label": value_of(mark), "title": None}
    return None
