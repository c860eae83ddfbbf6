"""A document's page names its versions and copies, with what differs, and leafs through its links."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.records import Facts, Record, Reference
from corpus.similarity import signature
from search.document import find_document, show_document
from search.versions import COMPARED
from tests.corpus.test_catalogue import put, record

LINES = [
    f"Punkt {number}: havnen får {number + 2} nye broer, som åbnes i foråret efter planen." for number in range(12)
]


def version(number: int, *lines: str) -> Record:
    """Make a paper of these lines, signed as an import signs it."""
    text = "\n".join(lines)
    return replace(record(number, Facts(doc_type="letter", title="Broer"), text), signature=signature(text))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "archive")
    put(made, version(1, *LINES))
    return made


def test_versions_are_named_with_what_differs(archive: Archive) -> None:
    """A version with one line less and two more, and a copy, are told from another paper; the most alike first."""
    put(archive, version(2, *LINES[1:], "Kajen hæves med en meter.", "Der plantes seks lindetræer ved kajen."))
    put(archive, version(3, *LINES))
    put(archive, version(4, *[f"Skolen nummer {n} bygges om med {n} nye klasser til sommer." for n in range(12)]))
    page = show_document(archive, find_document(archive, f"{1:016x}"))
    assert [(int(each.paper.id, 16), each.removed, each.added) for each in page.versions] == [(3, 0, 0), (2, 1, 2)]
    assert page.versions[0].resemblance == 1.0
    shown = "\n".join(page.lines())
    assert "1 lines only here, 2 only there" in shown
    assert f"sagsspor compare {1:016x} {2:016x}" in shown
    assert [each["added"] for each in page.to_json()["versions"]] == [0, 2]


def test_lines_of_the_most_alike_versions_are_counted(archive: Archive) -> None:
    """A letter that was merged for many has all of them named, and the lines of ten counted."""
    for number in range(2, COMPARED + 5):
        put(archive, version(number, *LINES, f"Til nummer {number}."))
    versions = show_document(archive, find_document(archive, f"{1:016x}")).versions
    assert [each.added for each in versions] == [1] * COMPARED + [None] * 3


def test_a_document_without_versions_names_none(archive: Archive) -> None:
    """Where nothing resembles it, the page has no such part."""
    page = show_document(archive, find_document(archive, f"{1:016x}"))
    assert page.versions == ()
    assert not any("Versions" in line for line in page.lines())


def test_links_of_a_document_come_page_by_page(archive: Archive) -> None:
    """A paper with many references shows the first, and says how many are left."""
    references = tuple(Reference("case", target=f"2010-{number}") for number in range(1000, 1010))
    put(archive, record(2, Facts(document_numbers=("2012-55123",), references=references)))
    for number in range(3, 8):
        put(archive, record(number, Facts(references=(Reference("document", target="2012-55123"),))))
    found = find_document(archive, f"{2:016x}")
    page = show_document(archive, found, 4)
    assert (len(page.links), page.more_links, len(page.cited_by), page.more_cited_by) == (4, 6, 4, 1)
    last = show_document(archive, found, 4, 8)
    assert [each.link.shown for each in last.links] == ["2010-1008", "2010-1009"]
    assert (last.more_links, last.cited_by, last.more_cited_by) == (0, (), 0)
    assert any("more: 6" in line for line in page.lines())
