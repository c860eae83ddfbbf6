"""Figures in a query: the archive's own number in any spelling, and with any form of its year."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.records import Signatory
from index.port import Engine
from search.dated import find_times
from search.facts import read_day, read_month
from search.find import Question, search
from search.parse import Dated, parse
from search.results import ResultPage
from tests.index.papers import make_paper
from tests.search.papers import PAPERS, MemoryArchive, index_papers


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(Path(tmp_path_factory.mktemp("settling")) / "index", PAPERS)
    yield made
    made.close()


def ask(engine: Engine, query: str) -> ResultPage:
    """Ask the papers."""
    return search(MemoryArchive(PAPERS), engine, Question(query))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("10-16508", "2010-16508"),
        ("10/16508", "2010-16508"),
        ("2010/16508", "2010-16508"),
        ("16508/2010", "2010-16508"),
        ("sag 16508/10", "2010-16508"),
        ("396-2010-16508", "2010-16508"),
        ("sagsnr:10-16508", "2010-16508"),
        ("2018-33412", "18/33412"),
        ("j.nr. 2018/033412", "18/33412"),
        ("EMN20172087", "EMN-2017-2087"),
        ("10–16508", "2010-16508"),
        ("0016508-2010", "2010-16508"),
        ("sag nr. 0016508", "2010-16508"),
        ("sagsnr.:201016508", "2010-16508"),
        ("j.nr. 100016508", "2010-16508"),
        ("Journal nr 16508", "2010-16508"),
        ("sagsnr:16508", "2010-16508"),
        ("17/02087", "EMN-2017-2087"),
    ],
)
def test_serial_and_year_are_one_number(engine: Engine, typed: str, number: str) -> None:
    """Another form of the year, another sign or another order mean the archive's number, and the answer is the same."""
    found, meant = ask(engine, typed), ask(engine, number)
    assert {hit.id for hit in found.hits} == {hit.id for hit in meant.hits}
    assert found.total == meant.total > 0


def test_what_was_read_as_another_number_is_said(engine: Engine) -> None:
    """A notice says which number was meant; the archive's own spelling needs none."""
    assert "“10-16508” was read as 2010-16508." in (ask(engine, "10-16508").notice or "")
    assert ask(engine, "2010-16508").notice is None


@pytest.mark.parametrize("typed", ["2011-16508", "10-16509", "10.16.508", '"10-16508"', "12-2010", "sag 2010"])
def test_other_serials_and_years_mean_nothing(engine: Engine, typed: str) -> None:
    """Where the year or the serial is another one, and in quotation marks, no number is put for it."""
    assert "was read as" not in (ask(engine, typed).notice or "")


@pytest.mark.parametrize("typed", ["16508", "0016508", "33412", "sag nr. 016508"])
def test_serial_alone_finds_its_case(engine: Engine, typed: str) -> None:
    """The papers of the only case with a serial come first, however many zeros it has."""
    number = "18/33412" if "33412" in typed else "2010-16508"
    own = [hit.id for hit in ask(engine, number).hits]
    assert ask(engine, typed).hits[0].id in own


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("07.11.17", date(2017, 11, 7)),
        ("18-12-18", date(2018, 12, 18)),
        ("11/2-10", date(2010, 2, 11)),
        ("18032013", date(2013, 3, 18)),
        ("20130318", date(2013, 3, 18)),
        ("12 februar 2010", date(2010, 2, 12)),
        ("12/2 2010", date(2010, 2, 12)),
        ("31.02.2010", None),
        ("2010-16508", None),
        ("27.35.04", None),
        ("99999999", None),
    ],
)
def test_days_in_any_form(typed: str, day: date | None) -> None:
    """A day is read in every form that papers print, and nothing else is."""
    assert read_day(typed.split()) == day


@pytest.mark.parametrize(
    ("typed", "month"), [("maj 2013", (2013, 5)), ("dec 2018", (2018, 12)), ("plan 2018", None), ("maj 13", None)]
)
def test_month_and_year(typed: str, month: tuple[int, int] | None) -> None:
    """A month with its year is one time."""
    assert read_month(typed.split()) == month


def test_times_do_not_overlap() -> None:
    """The month of a whole day is no month besides."""
    assert [time.shown for time in find_times("mødet 12 maj 2013 og juni 2014".split())] == ["2013-05-12", "2014-06"]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("før 2003", Dated(None, 20021231)),
        ("efter 2003", Dated(20040101, None)),
        ("siden 1. maj 2010", Dated(20100501, None)),
        ("mellem 2008 og maj 2010", Dated(20080101, 20100531)),
    ],
)
def test_only_a_time_is_a_stretch_of_days(typed: str, asked: Dated) -> None:
    """A query that is nothing but a time before, after or between is asked of the papers' dates."""
    assert parse(typed).strict == (asked,)


@pytest.mark.parametrize("typed", ["støj før 2003", "før jul", "efter 2003 støj", "mellem 2008"])
def test_words_beside_a_time_stay_words(typed: str) -> None:
    """Beside other words they are words."""
    assert parse(typed).strict == ()


def test_month_finds_papers_of_its_days(engine: Engine) -> None:
    """A month finds the papers dated in it, also where they print the day in figures only."""
    dated = {record.id for record in PAPERS if (record.facts.date or "").startswith("2010-02")}
    assert dated <= {hit.id for hit in ask(engine, "februar 2010").hits}


def test_a_paper_of_a_kind_and_day_is_that_days_own(tmp_path: Path) -> None:
    """Beside the kind of a paper a day is the paper's own: those that only mention it come after it."""
    own = make_paper("Mødet i udvalget\n\n1. Takster for havnen", doc_type="minutes", date="2017-12-05")
    text = "Referat af møde\n\nRapporten blev behandlet den 5. december 2017, og igen den 5. december 2017."
    other = make_paper(text, doc_type="minutes", date="2018-12-04")
    made = index_papers(tmp_path / "index", [own, other])
    for query in ("referat 5. december 2017", "udvalgsreferat 5/12 2017", "referat af møde 05.12.2017"):
        assert search(MemoryArchive([own, other]), made, Question(query)).hits[0].id == own.id, query
    made.close()


def test_to_and_from_say_who_wrote_and_who_got_it(tmp_path: Path) -> None:
    """`til` asks for the letters that somebody got, `fra` for those that somebody wrote."""
    asta, bo = "Asta Brohave", "Bo Engholm"
    letters = [
        make_paper(
            f"Brev om gynger\n\nTil {to}\n\nVenlig hilsen\n{by}",
            doc_type="letter",
            signatories=(Signatory(by),),
            recipients=(to,),
        )
        for by, to in ((asta, bo), (bo, asta))
    ]
    made = index_papers(tmp_path / "index", letters)
    for place, query in ((0, f"brev til {bo}"), (1, f"brev fra {bo}"), (0, f"brev fra {asta} til {bo}")):
        page = search(MemoryArchive(letters), made, Question(query))
        assert page.hits[0].id == letters[place].id, query
    made.close()


def test_answers_to_a_hearing_are_letters_too(tmp_path: Path) -> None:
    """Who asks for a letter finds the answer to a hearing and the mail, behind what is a letter alone."""
    kinds = ("hearing_response", "email", "letter", "memo")
    papers = [make_paper(f"Om broen\n\nBroen er smal. {kind}", doc_type=kind) for kind in kinds]
    made = index_papers(tmp_path / "index", papers)
    page = search(MemoryArchive(papers), made, Question("breve om broen"))
    assert page.hits[0].id == papers[2].id
    assert {hit.id for hit in page.hits if not hit.partial} == {paper.id for paper in papers[:3]}
    made.close()
