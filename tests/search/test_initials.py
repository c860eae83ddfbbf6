"""Letters in a query: the initials of a body, words in capitals, hyphenated words that hold a small word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines.whoosh_engine import WhooshEngine
from index.entries import entries_of
from index.port import Engine
from search.find import Question, search
from search.initials import bodies_of, find_letters, write_bodies
from search.results import ResultPage
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

UNION = make_paper("Svar fra KL\n\nFremsendt til orientering: KL's vejledning om tilsyn med legepladser.")
MEETING = make_paper("Indbydelse\n\nDer holdes møde kl. 9 og igen kl. 14 om tilsyn med legepladser.")
JOINT = make_paper("Udtalelse\n\nMED-udvalget har drøftet legepladserne og støtter forslaget.")
OTHER = make_paper("Notat\n\nForvaltningen har drøftet sagen med udvalget og vender tilbage med et udvalg af planer.")
SCHOOLS = make_paper(
    "Takster i klubber\n\nIndstilling om takster.", committees=("Børne- og Uddannelsesudvalget",), doc_type="decision"
)
ROADS = make_paper("Vejplan\n\nIndstilling om veje.", committees=("Vej- og Parkudvalget",), doc_type="decision")
PLANNERS = make_paper("Lokalplan\n\nOm haver.", departments=("Vej- og Parkforvaltningen",), doc_type="memo")
COUNCIL = make_paper("Referat\n\nPrivatskolers tilskud.", committees=("Kommunalbestyrelsen",), doc_type="decision")
PARTY = make_paper("Brev\n\nDansk Folkeparti foreslår et hegn om gården.")
PAPERS = (UNION, MEETING, JOINT, OTHER, SCHOOLS, ROADS, PLANNERS, COUNCIL, PARTY)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("initials") / "index", PAPERS)
    yield made
    made.close()


def ask(engine: Engine, query: str) -> ResultPage:
    """Ask the papers."""
    return search(MemoryArchive(PAPERS), engine, Question(query))


def ids(page: ResultPage) -> list[str]:
    """Give the ids of the hits in order."""
    return [hit.id for hit in page.hits]


def test_letters_in_capitals_are_no_small_ones(engine: Engine) -> None:
    """`KL` asks for the association, of which hours of the day say nothing; in small letters it is both."""
    assert ids(ask(engine, "KL")) == [UNION.id]
    assert ids(ask(engine, "KL legepladser"))[0] == UNION.id
    assert set(ids(ask(engine, "kl legepladser"))) >= {UNION.id, MEETING.id}


@pytest.mark.parametrize("typed", ["MED-udvalget", "MED-udvalg", "med-udvalget", "hvad siger MED-udvalget"])
def test_hyphenated_word_keeps_its_small_word(engine: Engine, typed: str) -> None:
    """What is written with a hyphen is one word: `MED-udvalget` is no `med udvalget`."""
    page = ask(engine, typed)
    assert (ids(page)[0], page.total) == (JOINT.id, 1)
    assert "MED-udvalget" in page.hits[0].snippets[0].text


def test_small_word_in_capitals_counts_beside_others(engine: Engine) -> None:
    """`MED udvalget` in two words leads to the same paper first."""
    assert ids(ask(engine, "MED udvalget"))[0] == JOINT.id


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("B&U udvalget", SCHOOLS),
        ("B & U udvalg", SCHOOLS),
        ("B&U-udvalgets takster", SCHOOLS),
        ("BUU", SCHOOLS),
        ("VPU", ROADS),
        ("V&P-forvaltningen", PLANNERS),
        ("VPF", PLANNERS),
        ("KB", COUNCIL),
        ("DF hegn", PARTY),
    ],
)
def test_initials_lead_to_a_body_of_the_archive(engine: Engine, typed: str, paper: object) -> None:
    """A body that papers of the archive name is found by its initials, whatever the registers say."""
    assert ask(engine, typed).hits[0].id == paper.id  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["B & W udvalget", '"B&U udvalget"', "R&D afdelingen", "vpu", "lys & varme"])
def test_other_letters_are_left_as_typed(engine: Engine, typed: str) -> None:
    """Initials of no known body, quoted ones and words are what they are."""
    assert write_bodies(typed, engine) == typed
    assert bodies_of(typed, engine) == ()


def test_letters_of_a_query_in_capitals_are_words() -> None:
    """Who types everything in capitals names nothing by it."""
    assert find_letters(["KL", "høring"]) == {"kl": "KL"}
    assert find_letters(["MED"]) == {"med": "MED"}
    assert find_letters(["HØRING", "OM", "VEJE"]) == {}
    assert find_letters(["2010-16508", "Kl", "i"]) == {}


def test_initials_are_found_by_either_engine(tmp_path: Path) -> None:
    """Whoosh answers the same."""
    made = WhooshEngine.create(tmp_path / "whoosh")
    made.write(entry for paper in PAPERS for entry in entries_of(paper))
    made.commit("1")
    assert ids(ask(made, "B&U udvalget"))[0] == SCHOOLS.id
    assert ids(ask(made, "KL")) == [UNION.id]
    made.close()
