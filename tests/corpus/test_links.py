"""References of many papers are resolved together, and long lists are cut by date without reading them whole."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import Archive
from corpus.links import Links
from corpus.records import DocType, Facts, Item, Place, Record, Reference, Segment, Signatory, Text
from corpus.rows import number_key
from tests.corpus.test_catalogue import put, record

CASE = "2011-4711"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "archive")
    dates = ("2012-03-01", None, "2011-01-15", "2011-01-15", "2013-06-30")
    for number, date in enumerate(dates):
        put(made, record(number, Facts(doc_type="memo", date=date, case_numbers=(CASE,))))
        cited = (Reference("case", target=CASE), Reference("instrument", target="Havneplan 2011"))
        put(made, record(10 + number, Facts(doc_type="letter", date=date, references=cited)))
    return made


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 200])
def test_first_page_of_a_case_is_its_oldest_papers(archive: Archive, limit: int) -> None:
    """Undated papers come first, then by date, and papers of one day by id, however short the page is."""
    members = Links(archive.catalogue).members(number_key(CASE), limit)
    assert [paper.id for paper in members] == [f"{number:016x}" for number in (1, 2, 3, 0, 4)][:limit]


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_first_page_of_an_instrument_is_its_oldest_mentions(archive: Archive, limit: int) -> None:
    """The list of who names a charter is cut in the same order."""
    links = Links(archive.catalogue)
    named = links.naming(list(links.instrument_keys("havneplan 2011")), limit)
    assert [link.source.id for link in named] == [f"{number:016x}" for number in (11, 12, 13, 10, 14)][:limit]


def test_papers_resolved_together_give_what_each_gives_alone(archive: Archive) -> None:
    """The links of many papers are those of each of them."""
    links = Links(archive.catalogue)
    ids = list(links.ids())
    together = links.out_of_all(ids)
    assert {id_: together.get(id_, []) for id_ in ids} == {id_: links.out_of(id_) for id_ in ids}
    assert sum(len(found) for found in together.values()) == 10


def test_every_page_of_a_text_is_found_by_its_offsets(archive: Archive) -> None:
    """An offset gives the slice that holds it; a document that is not there gives none."""
    string = "\n".join(f"side {page} " + "ord " * 50 for page in (1, 2, 3))
    starts = [string.index(f"side {page}") for page in (1, 2, 3)]
    ends = [*starts[1:], len(string)]
    segments = tuple(Segment(start, end, page) for page, (start, end) in enumerate(zip(starts, ends, strict=True), 1))
    put(archive, Record("c" * 16, "c" * 64, "/in/c.pdf", 1, "application/pdf", Text(string, segments, 3)))
    places = [("c" * 16, offset) for offset in (0, starts[1] - 1, starts[1], len(string) - 1)]
    found = archive.catalogue.slices_at([*places, ("d" * 16, 0)])
    assert [found[place].page for place in places] == [1, 1, 2, 3]
    assert len(found) == len(places)
    read = [part.page for part in archive.catalogue.pages("c" * 16, starts[1], starts[1] + 5)]
    assert read == [2]
    assert [part.page for part in archive.catalogue.pages("c" * 16, starts[1] + 5)] == [2, 3]


def cite(number: int, text: str, *named: tuple[Reference, str], date: str = "2012-06-01", **more: Any) -> Record:
    """Make a letter in which references stand where their words do."""
    places = tuple(
        Place("references", index, text.index(words), text.index(words) + len(words), 1, "cited", 0.9)
        for index, (_, words) in enumerate(named)
    )
    references = tuple(reference for reference, _ in named)
    facts = Facts(doc_type="letter", date=date, references=references, places=places, **more)
    return record(number, facts, text)


DAY = Reference("letter", date="2012-05-03")
NUMBER = Reference("case", target=CASE)
ASTA = (Signatory("Asta Brohave"),)


@pytest.mark.parametrize(
    ("text", "own", "state", "found"),
    [
        ("Tak for brevet af 3. maj 2012 (jeres sagsnr. 2011-4711).", CASE, "resolved", [1]),
        ("Tak for brevet af 3. maj 2012 (jeres sagsnr. 2011-4711).", "2012-900", "conflicting", [1, 2]),
        ("Sag 2011-4711, brevet af 3. maj 2012.", "2012-900", "conflicting", [1, 2]),
        ("Tak for brevet af 3. maj 2012 (jeres sagsnr. 2011-4711).", None, "resolved", [1]),
        ("Tak for brevet af 3. maj 2012. I sag 2011-4711 er intet nyt.", "2012-900", "resolved", [1]),
        ("- brevet af 3. maj 2012\n- sagsnr. 2011-4711", "2012-900", "resolved", [1]),
        ("Tak for brevet af 3. maj 2012, som er lagt på den sag med sagsnr. 2011-4711.", "2012-900", "resolved", [1]),
    ],
)
def test_a_day_and_the_number_beside_it(
    tmp_path: Path, text: str, own: str | None, state: str, found: list[int]
) -> None:
    """A letter of the day that bears another number than the one printed beside the day is at odds with it."""
    made = Archive.create(tmp_path / "odds")
    numbers = (own,) if own else ()
    put(made, record(1, Facts(doc_type="letter", date="2012-05-03", case_numbers=numbers, signatories=ASTA)))
    put(made, record(2, Facts(doc_type="memo", date="2011-01-01", case_numbers=(CASE,))))
    put(made, cite(3, text, (DAY, "3. maj 2012"), (NUMBER, "2011-4711"), signatories=ASTA))
    link = next(each for each in Links(made.catalogue).out_of(f"{3:016x}") if each.kind == "letter")
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


def test_a_number_beside_it_decides_between_letters_of_a_day(tmp_path: Path) -> None:
    """Of two letters of one day to the same person, the one with the number printed beside the day is meant."""
    made = Archive.create(tmp_path / "odds")
    for number, case in ((1, CASE), (2, "2012-900")):
        put(made, record(number, Facts(doc_type="letter", date="2012-05-03", case_numbers=(case,), signatories=ASTA)))
    text = "Tak for brevet af 3. maj 2012 (jeres sagsnr. 2011-4711)."
    put(made, cite(3, text, (DAY, "3. maj 2012"), (NUMBER, "2011-4711"), signatories=ASTA))
    put(made, cite(4, "Tak for brevet af 3. maj 2012.", (DAY, "3. maj 2012"), signatories=ASTA))
    links = Links(made.catalogue)
    states = {number: links.out_of(f"{number:016x}")[0] for number in (3, 4)}
    assert (states[3].state, [paper.id for paper in states[3].targets]) == ("resolved", [f"{1:016x}"])
    assert states[4].state == "ambiguous"


@pytest.mark.parametrize(
    ("text", "state", "found"),
    [
        ("Tak for brevet af 3. maj 2012 fra Ib Lund.", "resolved", [1]),
        ("Tak for brevet af 3. maj 2012 fra borgmester Asta Brohave, som er lagt på sagen.", "conflicting", [1, 2]),
        ("Asta Brohave har i brevet af 3. maj 2012 bedt om svar.", "conflicting", [1, 2]),
        ("Asta Brohaves fælles brev er ude. Vi har brevet af 3. maj 2012.", "resolved", [1]),
        ("Vi har Asta Brohaves brevet af 3. maj 2012 liggende.", "conflicting", [1, 2]),
        ("Vi sendte brevet af 3. maj 2012 til Havnens Venner.", "conflicting", [1, 2]),
        ("Vi sendte brevet af 3. maj 2012 til Bodil Krag og de andre.", "resolved", [1]),
        ("Tak for brevet af 3. maj 2012. Fra Asta Brohave er intet nyt.", "resolved", [1]),
        ("Tak for brevet af 3. maj 2012 fra Per Ravn, som ingen kender.", "resolved", [1]),
        ("Tak for brevet af 3. maj 2012 fra Else Vig, hvis eget er fra en anden dag.", "resolved", [1]),
    ],
)
def test_a_day_and_the_names_around_it(tmp_path: Path, text: str, state: str, found: list[int]) -> None:
    """A letter of the case and the day that somebody else wrote or got than the sentence says is at odds with it."""
    made = Archive.create(tmp_path / "odds")
    asta, ib, else_ = ((Signatory(name),) for name in ("Asta Brohave", "Ib Lund", "Else Vig"))
    own = Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=ib, recipients=("Bodil Krag",))
    put(made, record(1, own))
    put(made, record(2, Facts(doc_type="letter", date="2012-05-03", signatories=asta, recipients=("Havnens Venner",))))
    put(made, record(4, Facts(doc_type="letter", date="2012-05-07", signatories=else_)))
    put(made, cite(3, text, (DAY, "brevet af 3. maj 2012"), case_numbers=(CASE,)))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


def test_a_name_decides_between_letters_of_a_day(tmp_path: Path) -> None:
    """Of two letters of a case on one day the one is meant whose writer is named; one without a writer stays."""
    made = Archive.create(tmp_path / "odds")
    for number, signed in ((1, ASTA), (2, ())):
        letter = Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=signed)
        put(made, record(number, letter))
    put(made, record(5, Facts(doc_type="letter", date="2012-05-03", signatories=(Signatory("Ib Lund"),))))
    texts = {3: "Se brevet af 3. maj 2012 fra Asta Brohave.", 4: "Se brevet af 3. maj 2012 fra Ib Lund."}
    for number, text in texts.items():
        put(made, cite(number, text, (DAY, "brevet af 3. maj 2012"), case_numbers=(CASE,)))
    found = {number: Links(made.catalogue).out_of(f"{number:016x}")[0] for number in texts}
    assert (found[3].state, [paper.id for paper in found[3].targets]) == ("resolved", [f"{1:016x}"])
    assert found[4].state == "ambiguous"


@pytest.mark.parametrize(
    ("text", "state", "found"),
    [
        ("Rådet svarede på forvaltningens breve af 3. maj 2012.", "resolved", [1, 2]),
        ("Se skrivelserne fra Havnekontoret af 3. maj 2012.", "resolved", [1, 2]),
        ("Se notaterne, dateret den 3. maj 2012.", "resolved", [1, 2]),
        ("Se brevet af 3. maj 2012.", "ambiguous", [1, 2]),
        ("De mange breve er læst. Se brevet af 3. maj 2012.", "ambiguous", [1, 2]),
    ],
)
def test_several_letters_of_a_day_are_cited_at_once(tmp_path: Path, text: str, state: str, found: list[int]) -> None:
    """The plural means all letters of the day that the case ties to the paper; the singular one that is not known."""
    made = Archive.create(tmp_path / "plural")
    for number in (1, 2):
        put(made, record(number, Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,))))
    put(made, record(4, Facts(doc_type="letter", date="2012-05-03", case_numbers=("2012-900",))))
    put(made, cite(3, text, (DAY, "3. maj 2012"), case_numbers=(CASE,)))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


def test_several_letters_without_a_case_stay_apart(tmp_path: Path) -> None:
    """`Mine breve af 3. maj` by one of two who wrote to the same office on that day does not mean the other's."""
    made = Archive.create(tmp_path / "office")
    for number in (1, 2):
        put(made, record(number, Facts(doc_type="letter", date="2012-05-03", recipients=("Havnekontoret",))))
    put(
        made,
        cite(3, "Jeg savner svar på mine breve af 3. maj 2012.", (DAY, "3. maj 2012"), recipients=("Havnekontoret",)),
    )
    assert Links(made.catalogue).out_of(f"{3:016x}")[0].state == "ambiguous"


@pytest.mark.parametrize(
    ("text", "state", "found"),
    [
        ("Jeg savner svar på mine breve af 3. maj 2012.", "resolved", [1]),
        ("I vores mail af 3. maj 2012 stod det.", "resolved", [1]),
        ("I forvaltningens mail af 3. maj 2012 stod det.", "ambiguous", [1, 2]),
    ],
)
def test_a_letter_of_who_writes(tmp_path: Path, text: str, state: str, found: list[int]) -> None:
    """Of several letters of a day to one office, `mit brev` is the one that the same person signed."""
    made = Archive.create(tmp_path / "own")
    for number, signed in ((1, "Asta Brohave"), (2, "Ib Lund")):
        to = Facts(
            doc_type="letter", date="2012-05-03", signatories=(Signatory(signed),), recipients=("Havnekontoret",)
        )
        put(made, record(number, to))
    put(made, cite(3, text, (DAY, "3. maj 2012"), signatories=ASTA, recipients=("Havnekontoret",)))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Bådklubben, brev af 3. maj 2012\n\nKlubben er imod.\n\nRoklubben, mail af 3. maj 2012\n\nDen er for.",
            "resolved",
        ),
        ("- Høringssvar af 3. maj 2012 fra Bådklubben\n- Høringssvar af 3. maj 2012 fra Roklubben", "resolved"),
        ("1. Brev fra Bådklubben af 3. maj 2012\n2. Brev fra Roklubben af 3. maj 2012.", "resolved"),
        ("Bådklubben, brev af 3. maj 2012\n\nKlubben er imod.\n\nBådklubben, brev af 3. maj 2012", "ambiguous"),
        ("Bådklubbens brev af 3. maj 2012 er læst. Vi svarer snart på det brev af 3. maj 2012.", "ambiguous"),
        ("Brev af 3. maj 2012 er læst, og vi svarer\nsnart. I brev af 3. maj 2012 står mere. Alt vel.", "ambiguous"),
    ],
)
def test_a_list_with_a_point_for_each_letter_of_a_day(tmp_path: Path, text: str, state: str) -> None:
    """Headings or points that cite two letters of a day by different words mean both; prose, and one point, one."""
    made = Archive.create(tmp_path / "list")
    for number in (1, 2):
        put(made, record(number, Facts(doc_type="hearing_response", date="2012-05-03", case_numbers=(CASE,))))
    put(made, cite(3, text, (DAY, "3. maj 2012"), case_numbers=(CASE,)))
    assert Links(made.catalogue).out_of(f"{3:016x}")[0].state == state


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tak for jeres brev af 3. maj 2012 til Havneudvalget.", ((DAY, "3. maj 2012"),)),
        (
            "Tak for jeres brev 2011-4711 af 3. maj 2012 til Havneudvalget.",
            ((NUMBER, "2011-4711"), (DAY, "3. maj 2012")),
        ),
    ],
)
def test_one_of_the_letters_that_went_to_several_bodies(
    tmp_path: Path, text: str, named: tuple[tuple[Reference, str], ...]
) -> None:
    """Of one writer's letters of a day, on one case, the one to the body that the sentence names is meant."""
    made = Archive.create(tmp_path / "merged")
    for number, body in ((1, "Havneudvalget"), (2, "Skoleudvalget"), (3, "Kulturudvalget")):
        merged = Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=ASTA, recipients=(body,))
        put(made, record(number, merged))
    put(made, cite(5, text, *named, recipients=("Asta Brohave",)))
    link = next(each for each in Links(made.catalogue).out_of(f"{5:016x}") if each.kind == "letter")
    assert (link.state, [paper.id for paper in link.targets]) == ("resolved", [f"{1:016x}"])


@pytest.mark.parametrize(("dated", "state"), [("2012-05-03", "resolved"), ("2012-05-09", "conflicting")])
def test_a_document_number_and_the_day_beside_it(tmp_path: Path, dated: str, state: str) -> None:
    """A document's number that is of a paper of another day, where a letter of the printed day is there too."""
    made = Archive.create(tmp_path / "odds")
    put(made, record(1, Facts(doc_type="memo", date=dated, document_numbers=("2012-55123",))))
    put(made, record(2, Facts(doc_type="memo", date="2012-05-03", signatories=ASTA)))
    named = (DAY, "3. maj 2012"), (Reference("document", target="2012-55123"), "2012-55123")
    put(made, cite(3, "Se notat af 3. maj 2012 (dok.nr. 2012-55123).", *named, signatories=ASTA))
    found = Links(made.catalogue).out_of(f"{3:016x}")
    assert {link.state for link in found} == {state}
    assert {paper.id for link in found for paper in link.targets} >= {f"{1:016x}"}


@pytest.mark.parametrize(("printed", "state"), [(CASE, "resolved"), ("2010-16508", "conflicting")])
def test_an_item_and_the_number_beside_it(tmp_path: Path, printed: str, state: str) -> None:
    """An item that bears another case number than the one printed beside it, which other papers have."""
    made = Archive.create(tmp_path / "odds")
    items = tuple(Item(str(at), "Havnen", (case,), None, 0, 1, 1) for at, case in ((4, "2012-900"), (5, CASE)))
    minutes = Facts(doc_type="minutes", date="2012-05-03", committees=("Byrådet",), items=items)
    put(made, record(1, minutes), record(2, Facts(doc_type="memo", case_numbers=("2010-16508",))))
    named = (Reference("meeting", body="Byrådet", date="2012-05-03", number="5"), "pkt. 5")
    number = (Reference("case", target=printed), printed)
    put(made, cite(3, f"Byrådet den 3. maj 2012, pkt. 5 (sagsnr. {printed})", named, number))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert link.state == state
    assert (f"{1:016x}", 1) in [(paper.id, paper.item) for paper in link.targets]


@pytest.mark.parametrize(
    ("filed", "state", "found"),
    [
        ((("Bilag 1 Takster", 1),), "resolved", [1]),
        ((("Bilag 2 Takster 2012", 1), ("Bilag 1 Kort over havnen", 2)), "conflicting", [1, 2]),
        ((("Takster 2012", 1), ("Bilag 1 Kort over havnen", 2)), "resolved", [1]),
        ((("Bilag 1 Takster 2012", 1), ("Bilag 12 Kort over havnen", 2)), "resolved", [1]),
        ((("Bilag 12 Kort over havnen", 2),), "missing", []),
    ],
)
def test_label_and_title_of_an_attachment(
    tmp_path: Path, filed: tuple[tuple[str, int], ...], state: str, found: list[int]
) -> None:
    """The title of one attachment under the label of another is at odds; Bilag 1 is not Bilag 12."""
    made = Archive.create(tmp_path / "odds")
    for title, number in filed:
        put(made, record(number, Facts(doc_type="attachment", title=title, case_numbers=(CASE,))))
    attached = Reference("attachment", label="Bilag 1", title="Takster 2012")
    put(made, record(3, Facts(doc_type="memo", case_numbers=(CASE,), references=(attached,))))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


def test_the_letter_of_a_busy_day_is_found(tmp_path: Path) -> None:
    """Three hundred letters of one day do not hide the one that shares a person with the citing paper."""
    made = Archive.create(tmp_path / "busy")
    for number in range(1, 301):
        signer = ASTA if number == 250 else (Signatory(f"Ib Lund {number}"),)
        put(made, record(number, Facts(doc_type="letter", date="2012-05-03", signatories=signer)))
    put(made, cite(999, "Tak for brevet af 3. maj 2012.", (DAY, "3. maj 2012"), signatories=ASTA))
    link = Links(made.catalogue).out_of(f"{999:016x}")[0]
    assert (link.state, [int(paper.id, 16) for paper in link.targets]) == ("resolved", [250])


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_pages_of_a_document_join_to_the_whole(tmp_path: Path, limit: int) -> None:
    """What a paper points to, and what points to it by case, number, day and meeting, is leafed through in order."""
    made = Archive.create(tmp_path / "pages")
    own = Facts(
        doc_type="hearing",
        date="2012-05-03",
        case_numbers=(CASE,),
        document_numbers=("2012-55123",),
        signatories=ASTA,
        references=tuple(Reference("case", target=f"2010-{number}") for number in range(1000, 1005)),
    )
    put(made, record(1, own))
    meaning = (NUMBER, Reference("document", target="2012-55123"), DAY, NUMBER, DAY)
    for number, reference in enumerate(meaning, 2):
        facts = Facts(doc_type="letter", date=f"2012-06-{number:02}", references=(reference,), signatories=ASTA)
        put(made, record(number, facts))
    links, id_ = Links(made.catalogue), f"{1:016x}"
    assert (links.count_out_of(id_), links.count_into(id_)) == (5, 5)
    out = [link.shown for at in range(0, 5, limit) for link in links.out_of(id_, limit, at)]
    assert out == [f"2010-{number}" for number in range(1000, 1005)]
    into = [link.source.id for at in range(0, 5, limit) for link in links.into(id_, limit, at)]
    assert into == [f"{number:016x}" for number in range(2, 7)]
    assert links.into("f" * 16) == []


@pytest.mark.parametrize(("papers", "state", "found"), [(5, "ambiguous", [1, 2]), (1001, "resolved", [2])])
def test_attachments_of_a_large_case_are_those_of_the_day(
    tmp_path: Path, papers: int, state: str, found: list[int]
) -> None:
    """In a case of a thousand papers many are Bilag 1: that of the citing paper's day, or an undated one, is meant."""
    made = Archive.create(tmp_path / "large")
    for number, date in ((1, "2011-01-01"), (2, "2012-05-03")):
        put(made, record(number, Facts(doc_type="attachment", title="Bilag 1", date=date, case_numbers=(CASE,))))
    attached = (Reference("attachment", label="Bilag 1"),)
    put(made, record(3, Facts(doc_type="memo", date="2012-05-03", case_numbers=(CASE,), references=attached)))
    put(made, *(record(number, Facts(doc_type="memo", case_numbers=(CASE,))) for number in range(10, 10 + papers)))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert (link.state, sorted(int(paper.id, 16) for paper in link.targets)) == (state, found)


@pytest.mark.parametrize(
    ("wanted", "filed", "found"),
    [
        ("Hvidbog", (("attachment", "Hvidbog om skoleveje"),), [1]),
        ("Kort", (("attachment", "Kort over havnen"),), []),
        ("Oversigt", (("attachment", "Oversigt over puljer"),), []),
        ("Høringssvar fra bestyrelsen", (("hearing_response", "Høringssvar fra bestyrelsen i Egebo"),), [1]),
        ("Notat om de seks mål", (("memo", "Havnens mål og midler: gennemgang"), ("memo", "Budget 2012")), []),
        ("Notat om parkering", (("memo", "Cykler, biler og parkering i byen"), ("memo", "Budget 2012")), [1]),
        ("Notat om parkering", (("letter", "Cykler, biler og parkering i byen"),), []),
        ("Parkering", (("memo", "Parkering i byen"),), []),
        ("Måling af havnestøjen", (("memo", "Måling af havnestøj 2011-2012"), ("memo", "Budget 2012")), [1]),
        ("Måling af havnestøj 2013", (("memo", "Måling af havnestøj 2011-2012"),), []),
        ("Budgetnotat", (("decision", "Budgetnotat"), ("minutes", "Budgetnotat")), []),
    ],
)
def test_papers_that_are_attached_and_filed_for_themselves(
    tmp_path: Path, wanted: str, filed: tuple[tuple[DocType, str], ...], found: list[int]
) -> None:
    """A title means a memo or an answer whose title it opens, or names by type and word; never a decision."""
    made = Archive.create(tmp_path / "filed")
    for number, (kind, title) in enumerate(filed, 1):
        put(made, record(number, Facts(doc_type=kind, title=title, case_numbers=(CASE,))))
    attached = (Reference("attachment", label="Bilag 1", title=wanted),)
    put(made, record(9, Facts(doc_type="decision", title="Beslutning", case_numbers=(CASE,), references=attached)))
    link = Links(made.catalogue).out_of(f"{9:016x}")[0]
    assert [int(paper.id, 16) for paper in link.targets] == found


def test_an_item_has_the_attachments_of_its_own_case(tmp_path: Path) -> None:
    """Of two items with a Bilag 1 each, each means the one that is filed under its own number."""
    made = Archive.create(tmp_path / "items")
    cases = (CASE, "2012-900")
    items = tuple(Item(str(n), "Sag", (case,), None, 0, 1, 1) for n, case in enumerate(cases))
    attached = tuple(Reference("attachment", label="Bilag 1", item=n) for n in range(2))
    put(made, record(9, Facts(doc_type="minutes", items=items, case_numbers=cases, references=attached)))
    for number, case in enumerate(cases):
        put(made, record(number, Facts(doc_type="attachment", title="Bilag 1", case_numbers=(case,))))
    links = Links(made.catalogue).out_of(f"{9:016x}")
    assert [[int(paper.id, 16) for paper in link.targets] for link in links] == [[0], [1]]


def test_an_answer_means_the_attachment_that_its_hearing_lists(tmp_path: Path) -> None:
    """`Bilag 3` in an answer, not filed apart, is part of the hearing of the case that lists it; Bilag 4 of none."""
    made = Archive.create(tmp_path / "lists")
    listed = (Reference("attachment", label="Bilag 3", title="Takster"),)
    put(made, record(1, Facts(doc_type="hearing", case_numbers=(CASE,), references=listed)))
    named = tuple(Reference("attachment", label=label) for label in ("Bilag 3", "Bilag 4"))
    put(made, record(2, Facts(doc_type="hearing_response", case_numbers=(CASE,), references=named)))
    put(made, record(3, Facts(doc_type="memo", case_numbers=(CASE,), references=named)))
    links = Links(made.catalogue)
    assert [[paper.id for paper in link.targets] for link in links.out_of(f"{2:016x}")] == [[f"{1:016x}"], []]
    assert [link.state for link in links.out_of(f"{3:016x}")] == ["missing", "missing"]


@pytest.mark.parametrize(
    ("title", "more", "state"),
    [
        ("Svar på høring om havneplanen", {}, "resolved"),
        ("Bemærkninger til forslag til Havneplan", {}, "resolved"),
        ("Høringssvar fra naboerne om skolevejen", {}, "missing"),
        ("Høringssvar", {}, "missing"),
        ("Høringssvar om havneplanen", {"case_numbers": ("2012-900",)}, "missing"),
        ("Høringssvar om havneplanen", {"doc_type": "letter"}, "missing"),
    ],
)
def test_an_answer_without_a_number_and_the_hearing_of_the_day(
    tmp_path: Path, title: str, more: dict[str, Any], state: str
) -> None:
    """It cites a hearing's day and has a word of its title; one with another case's number, and a letter, do not so."""
    made = Archive.create(tmp_path / "subject")
    asks = Facts(doc_type="hearing", title="Høring om forslag til Havneplanen", date="2012-05-03", case_numbers=(CASE,))
    put(made, record(1, asks), record(2, replace(asks, date="2012-05-04")))
    answers = Facts(
        **{"doc_type": "hearing_response", "title": title, "date": "2012-06-01", "references": (DAY,), **more}
    )
    put(made, record(3, answers))
    link = Links(made.catalogue).out_of(f"{3:016x}")[0]
    assert link.state == state
    cited = {each.source.id for each in Links(made.catalogue).into(f"{1:016x}")}
    assert cited == ({f"{3:016x}"} if state == "resolved" else set())


def test_an_answer_means_what_its_hearing_means_by_a_label(tmp_path: Path) -> None:
    """`Bilag 3` in an answer is the paper, without a number and a label, that came with the hearing that lists it."""
    made = Archive.create(tmp_path / "sent")
    listed = (Reference("attachment", label="Bilag 3", title="Takster for bådpladser"),)
    hearing = record(1, Facts(doc_type="hearing", case_numbers=(CASE,), references=listed))
    sent = record(4, Facts(doc_type="attachment", title="Takster for bådpladser"))
    put(made, replace(hearing, parent="e" * 16), replace(sent, parent="e" * 16))
    named = (Reference("attachment", label="Bilag 3"),)
    put(made, record(2, Facts(doc_type="hearing_response", case_numbers=(CASE,), references=named)))
    link = Links(made.catalogue).out_of(f"{2:016x}")[0]
    assert (link.state, [paper.id for paper in link.targets]) == ("resolved", [f"{4:016x}"])


@pytest.mark.parametrize("name", ["Asta og Ib Brohave", "Ib & Asta Brohave", "Asta Brohave"])
def test_a_couple_is_answered_by_each_of_the_two(tmp_path: Path, name: str) -> None:
    """A letter to a couple answers the one that either of them signed."""
    made = Archive.create(tmp_path / "couple")
    put(made, record(1, Facts(doc_type="letter", date="2012-05-03", signatories=ASTA)))
    put(made, cite(2, "Tak for brevet af 3. maj 2012.", (DAY, "3. maj 2012"), recipients=(name,)))
    link = Links(made.catalogue).out_of(f"{2:016x}")[0]
    assert link.state == "resolved"
