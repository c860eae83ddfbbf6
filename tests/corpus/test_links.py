"""References of many papers are resolved together, and long lists are cut by date without reading them whole."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.links import Links
from corpus.records import Facts, Record, Reference, Segment, Text
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
