"""Short papers with many references: cases, meetings, letters, a charter that a tenth of all papers name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import sqlalchemy as sa

from corpus import rows, tables
from corpus.archive import Archive
from corpus.database import insert_rows
from corpus.ledger import Input, input_row
from corpus.names import add_names
from corpus.records import DatedFact, DocType, Facts, Item, Place, Record, Reference, Segment, Signatory, Text
from corpus.rows import Row
from corpus.similarity import PERMUTATIONS
from tests.benchmarks.papers import COMMITTEES, DEPARTMENTS, case_number, day_of, written_day
from tests.benchmarks.vocabulary import person

CHARTER = "Charter om åbne byer"
MATTER = "Havneplan for Nordre Kaj 2012-2016"
#: Standing cases, each with one paper in a hundred; a charter in one of ten; a matter with so many steps.
STANDING, STEPS = 5, 200
_TYPES: tuple[DocType, ...] = ("letter", "decision", "hearing", "hearing_response", "memo", "attachment", "email")
_FILLER = "Sagen er drøftet med de berørte parter, og der er afsat midler til opgaven i det kommende år. "


def standing_case(number: int) -> str:
    """Give the printed number of a standing case."""
    return f"1999-{900_000 + number}"


def papers(first: int, last: int, whole: int, seed: int) -> Iterator[Record]:
    """Yield the papers `first` to `last` of an archive that is to hold `whole`."""
    rng = np.random.default_rng(seed)
    for number in range(first, last):
        picks = rng.integers(0, 1 << 30, 12).tolist()
        step = whole // STEPS
        if number % step == step // 2:
            yield _step(number, picks, rng)
        elif number % 100 < STANDING:
            yield _paper(number, picks, standing_case(number % 100), whole, rng)
        else:
            yield _paper(number, picks, case_number(picks[0] % (whole // 6 + 1)), whole, rng)


def _paper(number: int, picks: Sequence[int], own: str, whole: int, rng: np.random.Generator) -> Record:
    date = day_of(picks[1])
    cited, other = case_number(picks[2] % (whole // 6 + 1)), COMMITTEES[picks[3] % 11]
    third = Reference("instrument", target=CHARTER) if picks[4] % 10 == 0 else _third(picks, whole)
    references = (
        Reference("case", target=cited),
        Reference("meeting", body=other, date=day_of(picks[5])),
        third,
    )
    signer = person(picks[6] % 2000)
    facts = Facts(
        doc_type=_TYPES[picks[7] % len(_TYPES)],
        title=f"Om opgaven {number}",
        case_numbers=(own,),
        document_numbers=(f"{date[:4]}-{2_000_000 + number}",),
        date=date,
        dates=(DatedFact(date, "document"),),
        signatories=(Signatory(signer),),
        committees=(COMMITTEES[picks[8] % 11],),
        departments=(DEPARTMENTS[picks[9] % 4],),
        references=references,
    )
    said = (f"Der henvises til sag {cited}.", f"{other} mødtes den {written_day(references[1].date or '')}.")
    named = third.target or third.title or f"brevet af {written_day(third.date or '')}"
    return _record(number, facts, (f"Sagsnr. {own}", *said, f"Se {named}."), rng)


def _third(picks: Sequence[int], whole: int) -> Reference:
    match picks[10] % 4:
        case 0:
            return Reference("letter", date=day_of(picks[11]))
        case 1:
            return Reference("document", target=f"{day_of(picks[11])[:4]}-{2_000_000 + picks[11] % whole}")
        case 2:
            return Reference("instrument", target=f"Plan for bydel {picks[11] % 400} {2000 + picks[11] % 20}-2022")
        case _:
            return Reference("attachment", label="Bilag 1", title=f"Oversigt {picks[11] % 1000}")


def _step(number: int, picks: Sequence[int], rng: np.random.Generator) -> Record:
    """Give a decision on the matter."""
    date, body = day_of(picks[1]), COMMITTEES[picks[3] % 11]
    item = Item("4", f"{MATTER}: status", (case_number(picks[0] % 1000),), "approved", 0, 200, 1, "Godkendt.")
    references = (
        Reference("instrument", target=MATTER, item=0),
        Reference("meeting", body=COMMITTEES[picks[4] % 11], date=day_of(picks[5]), item=0),
        Reference("case", target=case_number(picks[2] % 1000), item=0),
    )
    facts = Facts(
        doc_type="decision",
        title=f"{MATTER}: status",
        case_numbers=item.case_numbers,
        date=date,
        committees=(body,),
        items=(item,),
        references=references,
    )
    lines = (f"{body} den {written_day(date)}.", f"{MATTER}: status.", "Se mødet.", "Beslutning: Godkendt.")
    return _record(number, facts, lines, rng)


def _record(number: int, facts: Facts, lines: Sequence[str], rng: np.random.Generator) -> Record:
    """Make a record with its references on lines of their own, and a signature that no other paper has a band of."""
    string = "\n".join((*lines[:1], _FILLER * 3, *lines[1:]))
    sha256 = hashlib.sha256(f"linked {number}".encode()).hexdigest()
    cuts = [0, *(place for place, sign in enumerate(string) if sign == "\n"), len(string)]
    spans = [(start, end) for start, end in pairwise(cuts) if end > start]
    places = tuple(
        Place("references", index, start + 1, end, 1, "cited", 0.95)
        for index, (start, end) in enumerate(spans[2 : 2 + len(facts.references)])
    )
    segments = tuple(Segment(start, end, 1) for start, end in spans)
    signed = tuple(rng.integers(0, 1 << 32, PERMUTATIONS).tolist())
    path = f"/arkiv/{number:07}.docx"
    text = Text(string, segments)
    whole = replace(facts, places=places)
    return Record(sha256[:16], sha256, path, len(string), "text/plain", text, whole, signature=signed)


def put(archive: Archive, records: Iterator[Record], batch: int = 500) -> int:
    """Put records into the catalogue in batches; give how many."""
    run = archive.catalogue.ledger.begin_run(["/arkiv"])
    count = 0
    while part := list(islice(records, batch)):
        entries = [(each, Input(each.path, each.size, 1, "imported", id=each.id)) for each in part]
        archive.catalogue.put(entries, run)
        count += len(part)
    return count


def fill(archive: Archive, records: Iterator[Record], batch: int = 10_000) -> None:
    """Write records that are known to be new straight into the tables, their rows table by table."""
    engine = archive.catalogue.engine
    with engine.connect() as to:
        doc = int(to.scalar(sa.select(sa.func.max(tables.documents.c.doc))) or 0)
    while part := list(enumerate(islice(records, batch), doc + 1)):
        doc = part[-1][0]
        found = _rows_of(part)
        with engine.begin() as to:
            for table, made in found.items():
                insert_rows(to, table, made)
            add_names(to, {row["key"] for row in found[tables.references] if row["kind"] == "instrument"})


def _rows_of(part: Sequence[tuple[int, Record]]) -> dict[sa.Table, list[Row]]:
    found: dict[sa.Table, list[Row]] = {}
    for doc, record in part:
        text, facts = record.text, record.facts
        entry = Input(record.path, record.size, 1, "imported", id=record.id)
        found.setdefault(tables.documents, []).append({"doc": doc, **rows.document_row(record, None, None)})
        found.setdefault(tables.changes, []).append({"id": record.id})
        found.setdefault(tables.inputs, []).append(input_row(entry, 1))
        for table, made in (
            (tables.numbers, rows.number_rows(facts, text.string)),
            (tables.references, rows.reference_rows(facts)),
            (tables.bodies, rows.body_rows(facts)),
            (tables.parties, rows.party_rows(facts, text.string)),
            (tables.meetings, rows.meeting_rows(facts)),
            (tables.items, rows.item_rows(facts)),
            (tables.texts, rows.text_rows(text)),
            (tables.sketches, rows.band_rows(record)),
        ):
            found.setdefault(table, []).extend({"doc": doc, **row} for row in made)
    return {table: sorted(made, key=_band) if table is tables.sketches else made for table, made in found.items()}


def _band(row: Row) -> int:
    return int(row["band"])
