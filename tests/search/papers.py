"""The papers that docs/query.md asks, and an archive in memory that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.numbers import Number, parse
from corpus.records import Head, HeadItem, Item, PageText, Record, Reference, Signatory
from index.engines.tantivy_engine import TantivyEngine
from index.entries import entries_of
from index.port import Engine
from search.results import CaseHead
from tests.index.papers import make_paper

ASTA = Signatory("Asta Brohave", "centerchef")
CHARTER = make_paper(
    "Indstilling om charter\n\nBeskæftigelses- og Integrationsudvalget skal tiltræde charteret for integreret by.\n"
    "Sagen følger integrationspolitikken. Det underskrives den 12. februar 2010.",
    doc_type="decision",
    case_numbers=("2010-16508",),
    date="2010-01-20",
    committees=("Beskæftigelses- og Integrationsudvalget",),
    signatories=(ASTA,),
    references=(Reference("instrument", target="Charter om integrerede byer"),),
)
ANSWER = make_paper(
    "Svar til byernes netværk\n\nTak for brevet om charter. Vi deltager med en leder- og medarbejderskare, og vores\n"
    "partnerskabs-aftale ligger ved. De integrerede byerne mødes igen.",
    doc_type="letter",
    case_numbers=("2010-16508",),
    date="2010-02-12",
    document_numbers=("2010-16508-4",),
    signatories=(ASTA,),
)
NOTE = make_paper(
    "Notat om boligpolitik\n\nDet integrationspolitiske afsnit er skrevet om. Et udvalg for ældre er hørt, og et\n"
    "ældre udvalg af tal er brugt. Se sag 2010-16508.",
    doc_type="memo",
    case_numbers=("18/33412",),
    date="2010-03-05",
    references=(Reference("case", target="2010-16508"),),
)
NOISE = make_paper(
    "Støj ved børnehaven\n\nForældrene klager over støj fra vejen. Børnehaven ligger på Åbenbro ved cykelstien.\n"
    "Lov om miljøbeskyttelse § 42 gælder.",
    doc_type="letter",
    date="2009-06-02",
    references=(Reference("law", target="Lov om miljøbeskyttelse § 42"),),
)
COUNT = make_paper(
    "Natoptælling 2017\n\nDer blev talt 41 hjemløse. Tallene er lagt i skemaet.",
    doc_type="attachment",
    case_numbers=("EMN-2017-2087",),
    date="2017-10-03",
)
_MINUTES = (
    "Referat\n\n1. Godkendelse af dagsorden\nGodkendt.\n\n2. Legepladser i parken\nDer købes gynger til legepladserne."
    "\nGodkendt.\n\n3. Gynger på torvet\nUdsat til næste møde.\n\n" + "Bemærkninger om budget og drift følger. " * 60
)
MINUTES = make_paper(
    _MINUTES,
    doc_type="minutes",
    date="2018-05-08",
    committees=("Teknik- og Miljøudvalget",),
    case_numbers=("2018-10077", "2018-10078", "2018-10079"),
    items=(
        Item("1", "Godkendelse af dagsorden", ("2018-10077",), "approved", 9, 50, 1),
        Item("2", "Legepladser i parken", ("2018-10078",), "approved", 50, _MINUTES.index("3. G"), 1),
        Item("3", "Gynger på torvet", ("2018-10079",), "postponed", _MINUTES.index("3. G"), len(_MINUTES), 1),
    ),
)
SWING = make_paper("Brev om gynger\n\nEn gynge i parken er knækket.", doc_type="email", date="2018-06-01")
PAPERS = (CHARTER, ANSWER, NOTE, NOISE, COUNT, MINUTES, SWING)


class MemoryArchive:
    """An archive that keeps its records in memory; the groups are given with it."""

    def __init__(self, records: Iterable[Record], groups: dict[str, str] | None = None):
        self.records = {record.id: record for record in records}
        self.groups = groups or {}

    def heads(self, ids: Sequence[str]) -> dict[str, Head]:
        """Give what a list shows of each document."""
        return {id_: self._head(self.records[id_]) for id_ in ids if id_ in self.records}

    def _head(self, record: Record) -> Head:
        facts = record.facts
        return Head(
            record.id,
            record.path,
            facts.title,
            facts.doc_type,
            facts.date,
            facts.case_numbers,
            self.groups.get(record.id),
            len(facts.items),
            record.text.pages,
        )

    def head_items(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], HeadItem]:
        """Give what a list shows of agenda items."""
        items = {place: self.records[place[0]].facts.items[place[1]] for place in places}
        return {
            place: HeadItem(item.number, item.title, item.page, item.start, item.end) for place, item in items.items()
        }

    def short_texts(self, ids: Sequence[str]) -> dict[str, tuple[PageText, ...]]:
        """Give the slices of short documents."""
        return {id_: tuple(self.pages(id_)) for id_ in ids if self.records[id_].text.pages < 3}

    def pages(self, id_: str, start: int = 0, end: int | None = None) -> Iterator[PageText]:
        """Yield the slices of a document's text in order."""
        del start, end
        text = self.records[id_].text
        for page in range(1, text.pages + 1):
            found = [segment for segment in text.segments if segment.page == page]
            if found:
                yield PageText(page, found[0].start, text.string[found[0].start : found[-1].end])

    def case_of(self, number: Number) -> CaseHead | None:
        """Give the case that has this number as its own."""
        own = [record for record in self.records.values() if number.key in _keys(record.facts.case_numbers)]
        dates = sorted(record.facts.date for record in own if record.facts.date)
        return CaseHead(number.norm, own[0].facts.title, len(own), dates[0], dates[-1]) if own else None

    def with_serial(self, serial: str) -> tuple[Number, ...]:
        """Give the case numbers with a serial."""
        shown = sorted({each for record in self.records.values() for each in record.facts.case_numbers})
        return tuple(number for each in shown if (number := parse(each)) and number.serial == serial)


def _keys(numbers: Iterable[str]) -> set[str]:
    return {number.key for shown in numbers if (number := parse(shown))}


def index_papers(folder: Path, records: Iterable[Record]) -> Engine:
    """Make an index of the papers."""
    engine = TantivyEngine.create(folder)
    for record in records:
        engine.write(entries_of(record))
    engine.commit("1")
    return engine
