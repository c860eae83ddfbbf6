"""`links` prints every link of the archive, however many a document has, and the members of cases."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.records import Facts, Item, Reference
from search.network import links_json
from tests.corpus.test_catalogue import put, record

MANY = 250


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "archive")
    items = tuple(Item(str(n), "Havnen", (f"2012-{100 + n}",), None, 0, 1, 1) for n in range(2))
    references = tuple(Reference("case", target=f"2010-{1000 + n}", item=n % 2) for n in range(MANY))
    put(made, record(1, Facts(doc_type="minutes", date="2012-05-03", items=items, references=references)))
    for number in range(2, 120):
        put(
            made, record(number, Facts(case_numbers=("2010-1000",), references=(Reference("case", target="2012-101"),)))
        )
    return made


def test_every_link_is_printed(archive: Archive) -> None:
    """Neither a paper's two hundred and first link nor the hundred and first paper is left out."""
    rows = list(links_json(archive, None))
    assert len({row["shown"] for row in rows if row["from_path"] == "/in/1.txt"}) == MANY
    assert sum(row["from_path"] == "/in/1.txt" and row["to"] is not None for row in rows) == 118
    assert [row["to"] for row in rows if row["from_path"] != "/in/1.txt"] == [f"{1:016x}#1"] * 118
    assert list(links_json(archive, "1.txt")) == [row for row in rows if row["from_path"] == "/in/1.txt"]


def test_members_of_cases_are_printed(archive: Archive) -> None:
    """Each case's members come with the number, items of meetings as the meeting's document and item."""
    rows = [row for row in links_json(archive, None, cases=True) if row["relation"] == "member"]
    assert {(row["kind"], row["state"], row["to"]) for row in rows} == {("case", "resolved", None)}
    members = [(row["shown"], row["from"]) for row in rows]
    assert [each for each in members if each[0].startswith("2012")] == [
        ("2012-100", f"{1:016x}#0"),
        ("2012-101", f"{1:016x}#1"),
    ]
    assert sum(number == "2010-1000" for number, _ in members) == 118
    one = [row for row in links_json(archive, "2.txt", cases=True) if row["relation"] == "member"]
    assert [(row["shown"], row["from"]) for row in one] == [("2010-1000", f"{2:016x}")]


@pytest.mark.parametrize(("plan", "addition"), [(1, 2), (2, 1)])
def test_addition_and_plan_are_a_pair_whichever_came_first(tmp_path: Path, plan: int, addition: int) -> None:
    """A paper that names an addition to a plan is tied to one that names the plan, once, and never to itself."""
    archive = Archive.create(tmp_path / "archive")
    named = {plan: ("Kommuneplan 2019",), addition: ("Tillæg nr. 4 til Kommuneplan 2019", "Kommuneplan 2019-2031")}
    for number, names in named.items():
        references = tuple(Reference("instrument", target=name) for name in names)
        put(archive, record(number, Facts(references=references)))
    rows = [row for row in links_json(archive, None, pairs=True) if row["relation"] == "mentions" and row["to"]]
    assert [{row["from_path"], row["to_path"]} for row in rows] == [{"/in/1.txt", "/in/2.txt"}]


def test_pairs_of_one_document_are_all_its_pairs(tmp_path: Path) -> None:
    """Asked for one document, whichever it is, its fellows are told; of the whole archive each pair once."""
    archive = Archive.create(tmp_path / "archive")
    put(archive, *(record(number, Facts(case_numbers=("2010-1000",))) for number in range(1, 4)))
    for number in range(1, 4):
        assert len([row for row in links_json(archive, f"{number}.txt", pairs=True) if row["to"]]) == 2
    assert len([row for row in links_json(archive, None, pairs=True) if row["to"]]) == 3
