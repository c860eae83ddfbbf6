"""Records as an import would make them, without files: letters, decisions, and meetings of hundreds of pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from corpus.archive import Archive
from corpus.ledger import Input, Tally
from corpus.records import (
    Box,
    DatedFact,
    DocType,
    Facts,
    Item,
    Outcome,
    Place,
    Record,
    Reference,
    Segment,
    Signatory,
    Text,
)
from tests.benchmarks.vocabulary import person, vocabulary

COMMITTEES = tuple(
    f"{name}udvalget"
    for name in (
        *("Teknik- og Miljø", "Børne- og Ungdoms", "Beskæftigelses- og Integrations", "Kultur- og Fritids", "Økonomi"),
        *("Social", "Sundheds- og Omsorgs", "Plan- og By", "Ældre- og Handicap", "Landdistrikts", "Folkeoplysnings"),
    )
)
DEPARTMENTS = ("Teknik- og Miljøforvaltningen", "Socialforvaltningen", "Økonomiforvaltningen", "Børneforvaltningen")
INSTRUMENTS = ("Boligplan 2014-2018", "Cykelstrategi", "Charter om åbne byer", "Integrationspolitik 2011-2014")
TYPES: tuple[DocType, ...] = ("letter", "decision", "hearing", "hearing_response", "memo", "attachment", "email")
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
#: Words of a paper; one paper in `MEETING_EVERY` is a meeting's, of so many pages, an item on each third page.
WORDS, MEETING_EVERY, PAGES, ITEM_PAGES = 350, 1000, (100, 500), 3
_OUTCOMES: tuple[Outcome, ...] = ("approved", "recommended", "noted", "postponed")
#: Of a paper's words so many in a hundred belong to its case's matter.
_TOPICAL = 15


@dataclass(slots=True)
class _Draft:
    """A text while it is written, line by line."""

    pieces: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    offset: int = 0
    words: int = 0

    def write(self, line: str, gap: str = "\n") -> tuple[int, int]:
        """Write a line and give its place."""
        start, end = self.offset, self.offset + len(line)
        top = 60.0 + len(self.segments) % 45 * 14
        self.segments.append(Segment(start, end, self.page, Box(70.9, top, 500.2, top + 12), "body", 11.0))
        self.pieces += (line, gap)
        self.offset = end + len(gap)
        return start, end

    @property
    def page(self) -> int:
        """The page on which the next line stands."""
        return 1 + self.words // WORDS


class Papers:
    """A deterministic stream of papers; two runs with the same size give the same."""

    def __init__(self, size: int, seed: int = 7):
        self.size = size
        self.cases = max(1, size // 6)
        self.rng = np.random.default_rng(seed)
        self.words = vocabulary()

    def records(self) -> Iterator[Record]:
        """Yield the papers."""
        for number in range(self.size):
            if number % MEETING_EVERY == MEETING_EVERY // 2:
                yield self._meeting(number)
            else:
                yield self._paper(number)

    def meetings(self) -> Iterator[Record]:
        """Yield minutes of meetings only, their lengths spread evenly over `PAGES`."""
        for number in range(self.size):
            yield self._meeting(number, int(self.rng.integers(*PAGES)))

    def _paper(self, number: int) -> Record:
        rng = self.rng
        draft = _Draft()
        picks = rng.integers(0, 1 << 30, 12).tolist()
        case = int(self.cases * rng.random() ** 1.5)
        date = day_of(picks[0])
        committee, other = COMMITTEES[picks[1] % 11], COMMITTEES[picks[2] % 11]
        department, signer = DEPARTMENTS[picks[3] % 4], person(picks[4] % 2000)
        draft.write(department)
        draft.write(written_day(date))
        own = draft.write(f"Sagsnr. {case_number(case)}", "\n\n")
        title = " ".join(self._line(case, 5))
        titled = draft.write(title, "\n\n")
        draft.write(f"Til {committee}")
        self._write_body(draft, case, WORDS - 30)
        cited = int(self.cases * rng.random() ** 1.5)
        stood = draft.write(f"Der henvises til sag {case_number(cited)} og {INSTRUMENTS[picks[5] % 4]}.")
        draft.write(f"{other} hørte sagen den {written_day(day_of(picks[6]))}.", "\n\n")
        draft.write("Med venlig hilsen")
        signed = draft.write(signer)
        references = (
            Reference("case", target=case_number(cited)),
            Reference("instrument", target=INSTRUMENTS[picks[5] % 4]),
            Reference("meeting", body=other, date=day_of(picks[6])),
        )
        facts = Facts(
            doc_type=TYPES[picks[7] % len(TYPES)],
            title=title,
            case_numbers=(case_number(case),),
            document_numbers=(f"{date[:4]}-{500_000 + number}",),
            date=date,
            dates=(DatedFact(date, "document"), DatedFact(day_of(picks[6]), "meeting")),
            signatories=(Signatory(signer, "kontorchef"),),
            recipients=(committee,),
            committees=(committee, other) if committee != other else (committee,),
            departments=(department,),
            references=references,
            places=(
                Place("title", 0, *titled, 1, "title-line", 0.95),
                Place("case_numbers", 0, *own, 1, "label", 0.99),
                Place("signatories", 0, *signed, 1, "closing", 0.97),
                *(Place("references", index, *stood, 1, "cited", 0.95) for index in range(3)),
            ),
        )
        return make_record(number, draft, facts)

    def _meeting(self, number: int, pages: int | None = None) -> Record:
        rng = self.rng
        draft = _Draft()
        committee, date = COMMITTEES[int(rng.integers(0, 11))], day_of(int(rng.integers(0, 1 << 30)))
        draft.write(f"Referat af møde i {committee} den {written_day(date)}", "\n\n")
        items: list[Item] = []
        while draft.page < (pages or int(rng.integers(*PAGES))) or not items:
            case = int(self.cases * rng.random() ** 1.5)
            start, page = draft.offset, draft.page
            title = " ".join(self._line(case, 6)).capitalize()
            draft.write(f"{len(items) + 1}. {title} ({case_number(case)})", "\n\n")
            self._write_body(draft, case, WORDS * ITEM_PAGES)
            draft.write("Beslutning: Godkendt.", "\n\n")
            outcome = _OUTCOMES[len(items) % 4]
            numbers = (case_number(case),)
            item = Item(str(len(items) + 1), title, numbers, outcome, start, draft.offset, page, "Godkendt.")
            items.append(item)
            if len(items) * ITEM_PAGES >= PAGES[1]:
                break
        facts = Facts(
            doc_type="minutes",
            title=f"Referat {committee}",
            case_numbers=tuple(dict.fromkeys(each for item in items for each in item.case_numbers)),
            date=date,
            dates=(DatedFact(date, "meeting"),),
            committees=(committee,),
            items=tuple(items),
        )
        return make_record(number, draft, facts)

    def _write_body(self, draft: _Draft, case: int, words: int) -> None:
        """Write sentences of 7 to 21 words, as lines; some lines end a paragraph."""
        line = self._line(case, words)
        cuts = np.cumsum(self.rng.integers(7, 22, words // 7 + 1)).tolist()
        start = 0
        for count, end in enumerate(cuts):
            part = line[start : min(end, words)]
            if not part:
                break
            text = " ".join(part)
            draft.write(text[0].upper() + text[1:] + ".", "\n\n" if count % 4 == 3 else " ")
            draft.words += len(part)
            start = end

    def _line(self, case: int, count: int) -> list[str]:
        """Draw words, some of them the matter's own."""
        words = self.words.words
        drawn = list(map(words.__getitem__, self.words.draw(self.rng, count).tolist()))
        for place in self.rng.integers(0, count, count * _TOPICAL // 100 + 1).tolist():
            drawn[place] = words[topic_word(case, place % 20)]
        return drawn


def topic_word(case: int, place: int) -> int:
    """Give one of the twenty words of a case's matter, as a place in the vocabulary: rather common to rare."""
    mixed = (case * 2_654_435_761 + place * 40_503) & 0xFFFFFFFF
    return 150 + int((mixed / 2**32) ** 3 * 60_000)


def case_number(case: int) -> str:
    """Give a case's printed number."""
    return f"{2000 + case % 22}-{10_000 + case}"


def day_of(pick: int) -> str:
    """Give one of the days of 2000 to 2021."""
    return f"{2000 + pick % 22}-{1 + pick // 22 % 12:02}-{1 + pick // 264 % 28:02}"


def written_day(date: str) -> str:
    """Give a day as papers write it."""
    year, month, day = date.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}"


def make_record(number: int, draft: _Draft, facts: Facts) -> Record:
    """Give the record of a written text; signatures of near duplicates are left out."""
    sha256 = hashlib.sha256(f"paper {number}".encode()).hexdigest()
    text = Text("".join(draft.pieces), tuple(draft.segments), draft.page)
    return Record(sha256[:16], sha256, f"/arkiv/{number:07}.pdf", draft.offset, "application/pdf", text, facts)


def fill(archive: Archive, size: int, batch: int = 500) -> tuple[int, int]:
    """Put papers into an archive's catalogue; give how many bytes and words of text they have."""
    run = archive.catalogue.ledger.begin_run(["/arkiv"])
    waiting: list[tuple[Record | None, Input]] = []
    written = words = 0
    for record in Papers(size).records():
        waiting.append((record, Input(record.path, record.size, 1, "imported", id=record.id)))
        written += len(record.text.string.encode())
        words += record.text.string.count(" ")
        if len(waiting) >= batch:
            archive.catalogue.put(waiting, run)
            waiting = []
    archive.catalogue.put(waiting, run)
    archive.catalogue.ledger.close_run(run, Tally({"imported": size}), "finished")
    return written, words
