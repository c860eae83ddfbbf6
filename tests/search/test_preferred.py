"""What a question asks for rather than names: whose act it is, the body's meeting of a day, the words as typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.port import Engine
from search.find import Question, search
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

HEARING = make_paper("Badebroen\n\nHøringen er om badebroen ved havnen.", doc_type="hearing")
ANSWER = make_paper(
    "Badebroen\n\nRoklubben vil gerne have badebroen, selv om høringen er kort.", doc_type="hearing_response"
)
COMPLAINT = make_paper(
    "Larm\n\nBådene larmer ved badebroen, og i går aftes var det hele natten. Det klages der over.", doc_type="letter"
)
NOISE = make_paper(
    "Larm\n\nBåde larmer ved badebroen hele natten. Det klages der over.",
    doc_type="memo",
)
PRICE = make_paper("Overslag\n\nPæle: 40.000 kr. Dæk: 90.000 kr. Badebroen i alt: 130.000 kr.", doc_type="attachment")
MEASURED = make_paper("Støjmålinger\n\nStøjmålingerne ved vejen er fra maj.", doc_type="memo")
NOISY = make_paper("Måling\n\nDer er støj ved vejen, og en måling af vandstanden.", doc_type="memo")
PLAN = make_paper("Klimahandlingsplan\n\nKlimahandlingsplanen gælder til 2030.", doc_type="memo")
WEATHER = make_paper("Budget\n\nEn plan for kajen. Byens klima er mildt, og planen er kort.", doc_type="memo")
MET = make_paper(
    "Havneudvalget\n\nMøde i Havneudvalget den 3. maj 2012. Bolværket er godkendt, og en lang dagsorden er nået.",
    doc_type="minutes",
    date="2012-05-03",
    committees=("Havneudvalget",),
)
LATER = make_paper(
    "Havneudvalget den 3. maj 2012\n\nHavneudvalget den 3. maj 2012 godkendte bolværket.",
    doc_type="letter",
    date="2012-06-20",
    committees=("Havneudvalget",),
)
NOTED = make_paper("Referat\n\nTaget til følge.", doc_type="memo")
TO_NOTE = make_paper("Indstilling\n\nForvaltningen mener, at ansøgningen fra klubben tages til følge.", doc_type="memo")
PASSED = make_paper("Kajen\n\nKajen er godkendt efter en lang debat om pæle og bolværk.", doc_type="decision")
PAINTED = make_paper("Kajen\n\nKajen er malet.", doc_type="decision")
PAPERS = (
    PAINTED,
    PASSED,
    HEARING,
    ANSWER,
    COMPLAINT,
    NOISE,
    PRICE,
    MEASURED,
    NOISY,
    PLAN,
    WEATHER,
    MET,
    LATER,
    NOTED,
    TO_NOTE,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("preferred") / "index", PAPERS)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("hvem svarede på høringen om badebroen", ANSWER),
        ("hvem klagede over larm ved badebroen", COMPLAINT),
        ("hvad koster badebroen", PRICE),
        ("hvornår blev kajen vedtaget", PASSED),
        ("måling af støj", MEASURED),
        ("klimaplan", PLAN),
        ("Havneudvalget 3. maj 2012", MET),
        ('"tages til følge"', TO_NOTE),
        ('"taget til følge"', NOTED),
    ],
)
def test_what_is_asked_for_comes_first(engine: Engine, query: str, first: object) -> None:
    """An answer, a letter, a price, a compound turned or shortened, the meeting itself, the form that was typed."""
    found = search(MemoryArchive(PAPERS), engine, Question(query)).hits
    assert found[0].id == first.id, [hit.title for hit in found]  # type: ignore[attr-defined]
