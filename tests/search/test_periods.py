"""Seasons, decades and spoken days: read as the days that they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.port import Engine
from search.dated import find_times
from search.find import Question, search
from search.periods import read_period, write_decades
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

AUTUMN = make_paper("Brev\n\nBroen males.", date="2011-10-04")
SAID = make_paper("Notat\n\nBroen blev malet i efteråret 2011.", date="2014-02-01")
SPRING = make_paper("Brev\n\nBroen ses efter.", date="2011-04-04")
NINETIES = make_paper("Brev\n\nFærgen sejler.", date="1994-06-01")
TOLD = make_paper("Notat\n\nFærgen sejlede i 1990'erne.", date="2015-01-01")
OPENING = make_paper("Nyt\n\nSlusen åbner lørdag den 3. maj kl. 10.", date="2016-04-20")
OTHER_YEAR = make_paper("Nyt\n\nSlusen lukker den 3. maj.", date="2017-04-20")
DAYS = make_paper("Nyt\n\nTeltet står åbent den 7.-9. juli på torvet.", date="2012-05-02")
PAPERS = (DAYS, AUTUMN, SAID, SPRING, NINETIES, TOLD, OPENING, OTHER_YEAR)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("periods") / "index", PAPERS)
    yield made
    made.close()


def whole(engine: Engine, query: str) -> set[str]:
    """Ask the papers, and give those that hold everything."""
    return {hit.id for hit in search(MemoryArchive(PAPERS), engine, Question(query)).hits if not hit.partial}


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("foråret 2013", ((20130301, 20130531),)),
        ("sommer 2013", ((20130601, 20130831),)),
        ("vinteren 2013", ((20130101, 20130231), (20131201, 20131231))),
        ("1980erne", ((19800101, 19891231),)),
        ("70erne", ((19700101, 19791231),)),
        ("10erne", ((20100101, 20191231),)),
        ("tresserne", ((19600101, 19691231),)),
    ],
)
def test_period_is_its_days(typed: str, stretches: tuple[tuple[int, int], ...]) -> None:
    """A season with its year and a decade are stretches of days."""
    period = read_period(typed.split())
    assert period is not None
    assert period.stretches == stretches


@pytest.mark.parametrize("typed", ["sommer", "sommerhus 2013", "1985erne", "tyverne", "vinter 13", ""])
def test_other_words_are_no_period(typed: str) -> None:
    """A season without a year, other years and other words are what they are."""
    assert read_period(typed.split()) is None


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("færger i 1990'erne", "færger i 1990erne"),
        ("90’erne", "90erne"),
        ('"1990\'erne"', '"1990\'erne"'),
        ("2010-90'erne", "2010-90'erne"),
        ("hallerne", "hallerne"),
    ],
)
def test_decade_is_written_as_one_word(typed: str, written: str) -> None:
    """The apostrophe of a decade goes, except within quotes and numbers."""
    assert write_decades(typed) == written


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("fjerde juli 2012", "2012-07-04"), ("enogtyvende maj 2012", "2012-05-21"), ("efteråret 2011", "efteråret 2011")],
)
def test_spoken_times_are_times(typed: str, shown: str) -> None:
    """A day in words is a day."""
    assert [time.shown for time in find_times(typed.split())] == [shown]


@pytest.mark.parametrize("typed", ["fjerde skole 2012", "anden maj"])
def test_ordinals_beside_other_words_are_no_day(typed: str) -> None:
    """An ordinal without month and year is a word."""
    assert find_times(typed.split()) == []


def test_season_finds_papers_of_it_and_on_it(engine: Engine) -> None:
    """Papers born in the season, and those that name it."""
    assert whole(engine, "efteråret 2011") == {AUTUMN.id, SAID.id}


@pytest.mark.parametrize("typed", ["1990'erne", "færgen i halvfemserne", "90'erne"])
def test_decade_finds_papers_of_it_and_on_it(engine: Engine, typed: str) -> None:
    """However a decade is written, papers born in it and those that name it are found."""
    assert whole(engine, typed) == {NINETIES.id, TOLD.id}


@pytest.mark.parametrize("typed", ["3. maj 2016", "slusen tredje maj 2016"])
def test_day_is_found_in_a_paper_of_its_year(engine: Engine, typed: str) -> None:
    """Who writes `den 3. maj` means the year of his paper."""
    assert whole(engine, typed) == {OPENING.id}


def test_day_is_found_where_a_stretch_of_days_begins(engine: Engine) -> None:
    """Of `7.-9. juli` the seventh is found too."""
    assert whole(engine, "7. juli 2012") == {DAYS.id}
