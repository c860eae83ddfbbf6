"""What people corrected: kept apart from what was extracted, with who and when, and winning over it.

A correction belongs to a document's content (its id): it survives that the file is imported again, moved, or extracted
anew. The newest correction of a field counts; undoing one brings back what stood before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.dates import read_date
from corpus.errors import UsageError
from corpus.numbers import parse
from corpus.records import DocType, Facts, Place, Signatory
from corpus.tables import corrections
from corpus.text import fold_spaces

SINGLE = ("doc_type", "title", "date")
LISTS = ("case_numbers", "document_numbers", "signatories", "recipients", "committees", "departments")
FIELDS = (*SINGLE, *LISTS)


@dataclass(frozen=True, slots=True)
class Correction:
    """One value that a person set; `value` is what the person typed, lists apart by `;`, empty for "says nothing"."""

    number: int
    id: str
    field: str
    value: str
    who: str
    at: str
    undone: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {name: getattr(self, name) for name in ("number", "id", "field", "value", "who", "at", "undone")}


def check_value(field: str, value: str) -> str:
    """Give a typed value as it is kept; raise UsageError where the field cannot hold it."""
    value = fold_spaces(value)
    if field not in FIELDS:
        raise UsageError(f"{field!r} cannot be corrected.", hint="One of " + ", ".join(FIELDS) + ".")
    if field == "doc_type" and value not in get_args(DocType):
        raise UsageError(f"{value!r} is no type of document.", hint="One of " + ", ".join(get_args(DocType)) + ".")
    if field == "date" and value:
        date = read_date(value)
        if date is None or len(date) != len("2010-05-31"):
            raise UsageError(f"{value!r} is no date.", hint="Write it as 2010-05-31.")
        return date
    if field in ("case_numbers", "document_numbers"):
        for part in _parts(value):
            if parse(part) is None:
                raise UsageError(f"{part!r} is no case or document number.", hint="Write it as it is printed.")
    return value


def apply(facts: Facts, made: Iterable[Correction]) -> Facts:
    """Give the facts as people corrected them; a corrected value's place names the rule `correction`."""
    for correction in made:
        if not correction.undone:
            facts = _apply_one(facts, correction)
    return facts


def _apply_one(facts: Facts, correction: Correction) -> Facts:
    value = _read(correction.field, correction.value)
    places = [place for place in facts.places if place.key != correction.field]
    count = len(value) if isinstance(value, tuple) else int(value is not None)
    places += [Place(correction.field, index, 0, 0, 1, "correction", 1.0) for index in range(count)]
    return replace(facts, **{correction.field: value, "places": tuple(places)})


def _read(field: str, value: str) -> Any:
    if field == "doc_type":
        return cast("DocType", value)
    if field in SINGLE:
        return value or None
    if field == "signatories":
        return tuple(_read_person(part) for part in _parts(value))
    if field in ("case_numbers", "document_numbers"):
        return tuple(number.norm for part in _parts(value) if (number := parse(part)))
    return tuple(_parts(value))


def _read_person(part: str) -> Signatory:
    name, _, role = (each.strip() for each in part.partition(","))
    return Signatory(name, role or None)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


# --- the table ----------------------------------------------------------------------------------------------------

#: Made once, since whatever reads facts asks this.
_OF_DOCUMENTS = (
    sa.select(corrections)
    .where(corrections.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(corrections.c.number)
)


def corrections_of(to: Connection, ids: Sequence[str]) -> dict[str, list[Correction]]:
    """Give the corrections of documents, oldest first."""
    found: dict[str, list[Correction]] = {}
    for row in to.execute(_OF_DOCUMENTS, {"ids": ids}).mappings():
        found.setdefault(row["id"], []).append(_correction(row))
    return found


def all_corrections(to: Connection) -> list[Correction]:
    """Give every correction ever made, oldest first."""
    return [_correction(row) for row in to.execute(sa.select(corrections).order_by(corrections.c.number)).mappings()]


def add_correction(to: Connection, id_: str, field: str, value: str, who: str, at: str) -> None:
    """Write down one correction."""
    to.execute(sa.insert(corrections).values(id=id_, field=field, value=json.dumps(value), who=who, at=at, undone=0))


def undo_correction(to: Connection, id_: str, field: str) -> bool:
    """Take back the newest correction of a field; give whether there was one."""
    table = corrections
    newest = sa.select(sa.func.max(table.c.number)).where(
        table.c.id == id_, table.c.field == field, table.c.undone == 0
    )
    number = to.scalar(newest)
    if number is not None:
        to.execute(sa.update(table).where(table.c.number == number).values(undone=1))
    return number is not None


def _correction(row: Any) -> Correction:
    names = ("number", "id", "field", "who", "at")
    return Correction(**{name: row[name] for name in names}, value=json.loads(row["value"]), undone=bool(row["undone"]))
