"""Amounts in a search, in the spellings of papers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.port import Engine
from search.find import Question, search
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

PAPERS = {
    "decimal": make_paper("Anlæg af sti\n\nStien koster 1,1 mio. kr. i alt."),
    "other": make_paper("Anlæg af bro\n\nBroen koster 1,4 mio. kr. og 2,1 mio. kr. hvert år."),
    "grouped": make_paper("Tilskud til foreningen\n\nDer gives 750.000 kr. i tilskud."),
    "plain": make_paper("Regnskab\n\nKonto 12 viser 62500 kr."),
    "both": make_paper("Budget\n\nTil vejen er der 62.500 kr."),
    "small": make_paper("Leje\n\nLejen er 2.450 kr., og 1.300 kr. er betalt."),
    "place": make_paper("Adresse\n\nKommunen har hus på 1300 Havneby.", case_numbers=("2012-41877",)),
    "figure": make_paper("Opgørelse\n\nDer er brugt 41.877 kr. og 2.012 timer."),
    "year": make_paper("Plan\n\nPlanen gælder fra 2012."),
}
NAMES = {paper.path: name for name, paper in PAPERS.items()}


@pytest.fixture(scope="module")
def archive() -> MemoryArchive:
    """Give the papers."""
    return MemoryArchive(PAPERS.values())


@pytest.fixture(scope="module")
def engine(archive: MemoryArchive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give their index."""
    made = index_papers(tmp_path_factory.mktemp("amounts") / "index", archive.records.values())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("1,1 mio. kr.", ["decimal"]),
        ("1,1", ["decimal"]),
        ("sti (1,1 mio.)", ["decimal"]),
        ("+1,1 sti", ["decimal"]),
        ("1,4 mio", ["other"]),
        ("4,1 mio", []),
        ("750000", ["grouped"]),
        ("750000 kr", ["grouped"]),
        ("750.000,-", ["grouped"]),
        ("750000 OG tilskud", ["grouped"]),
        ("62500", ["plain", "both"]),
        ("62.500", ["both", "plain"]),
        ("2450", ["small"]),
        ("1300", ["place"]),
        ("1.300", ["small"]),
        ("2012", ["year"]),
        ("41.877 kr", ["figure"]),
        ("750", []),
    ],
)
def test_an_amount_is_found_in_any_spelling(
    archive: MemoryArchive, engine: Engine, query: str, names: list[str]
) -> None:
    """A comma binds its figures; thousands are found with their points and without; a year and a number stay so."""
    page = search(archive, engine, Question(query))
    assert sorted(NAMES[hit.path] for hit in page.hits if not hit.partial) == sorted(names)


def test_the_spelling_that_was_typed_comes_first(archive: MemoryArchive, engine: Engine) -> None:
    """Of two spellings of one amount the one typed counts more."""
    for query, first in (("62500", "plain"), ("62.500", "both")):
        assert NAMES[search(archive, engine, Question(query)).hits[0].path] == first


def test_a_serial_of_the_archive_is_a_number(archive: MemoryArchive, engine: Engine) -> None:
    """Figures that a case has for its serial are asked for as the case."""
    assert NAMES[search(archive, engine, Question("41877")).hits[0].path] == "place"


def test_an_amount_is_marked(archive: MemoryArchive, engine: Engine) -> None:
    """What is found is marked, in the spelling of the paper."""
    for query, marked in (("750000", ["750.000"]), ("1,1", ["1", "1"])):
        snippet = search(archive, engine, Question(query)).hits[0].snippets[0]
        assert [snippet.text[start:end] for start, end in snippet.marks] == marked
