"""An attachment that bears no case number is found among what came with the paper that names it."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import neighbours
from corpus.archive import Archive
from corpus.links import Link, Links
from corpus.records import Facts, Record, Reference
from tests.corpus.test_catalogue import put, record

MAP = Reference("attachment", label="Bilag 1", title="Kort over kolonihaverne")
UNTITLED = Reference("attachment", label="Bilag 1")


def lie(number: int, name: str, kind: str = "attachment", title: str | None = None, *named: Reference) -> Record:
    """Make a record of a file in the folder of an association's papers."""
    facts = Facts(doc_type=kind, title=title, references=named)  # type: ignore[arg-type]
    return replace(record(number, facts), path=f"/in/haver/{name}")


def within(number: int, name: str, kind: str = "attachment", title: str | None = None, *named: Reference) -> Record:
    """Make a record of a member of an archive file."""
    return replace(lie(number, f"brev.zip!/{number}/{name}", kind, title, *named), parent=f"{99:016x}")


def resolve(folder: Path, *records: Record) -> Link:
    """Give the link of the last of the records, which is not numbered by a case."""
    made = Archive.create(folder / "archive")
    put(made, *records)
    return Links(made.catalogue).out_of(records[-1].id)[0]


def meant(link: Link) -> tuple[str, list[int]]:
    """Give the state of a link, and the numbers of what it means."""
    return link.state, sorted(int(paper.id, 16) for paper in link.targets)


@pytest.mark.parametrize(
    ("named", "others", "expected"),
    [
        (UNTITLED, (("Bilag 1.pdf", "attachment", "Målestok 1:500"),), ("resolved", [1])),
        (UNTITLED, (("Bilag 12.pdf", "attachment", None),), ("missing", [])),
        (MAP, (("kort.pdf", "attachment", "Kort over kolonihaverne"),), ("resolved", [1])),
        (UNTITLED, (("Bilag 1.pdf", "attachment", None), ("bilag_1.docx", "attachment", None)), ("ambiguous", [1, 2])),
        (MAP, (("Bilag 1.pdf", "letter", "Tak for mødet"),), ("missing", [])),
    ],
)
def test_an_attachment_in_the_same_archive_file(
    tmp_path: Path, named: Reference, others: tuple[tuple[str, str, str | None], ...], expected: tuple[str, list[int]]
) -> None:
    """A letter's attachment is the member of its sending that has the label or the title."""
    members = [within(number, *other) for number, other in enumerate(others, 1)]
    letter = within(8, "Brev.txt", "letter", "Nye haver", named)
    assert meant(resolve(tmp_path, record(99), *members, letter)) == expected


@pytest.mark.parametrize(
    ("case", "named", "expected"),
    [
        ("2011-4711", MAP, ("resolved", [1])),
        ("2011-4712", MAP, ("missing", [])),
        ("2011-4711", UNTITLED, ("missing", [])),
    ],
)
def test_an_attachment_that_came_in_a_mail_about_the_case(
    tmp_path: Path, case: str, named: Reference, expected: tuple[str, list[int]]
) -> None:
    """The mail bears the number, its attachment the title only; a label says nothing of another sending."""
    mail = record(99, Facts(doc_type="email", case_numbers=("2011-4711",)))
    decision = record(8, Facts(doc_type="decision", case_numbers=(case,), references=(named,)))
    members = (within(1, "kort.pdf", "other", MAP.title), within(2, "Bilag 1.pdf", "other", "Regnskab"))
    assert meant(resolve(tmp_path, mail, *members, decision)) == expected


@pytest.mark.parametrize(("named", "expected"), [(UNTITLED, ("missing", [])), (MAP, ("resolved", [1]))])
def test_a_label_that_two_letters_of_a_sending_use(
    tmp_path: Path, named: Reference, expected: tuple[str, list[int]]
) -> None:
    """Where another member names a Bilag 1, too, the label alone says nothing; the title does."""
    members = (within(1, "Bilag 1.pdf", title=MAP.title), within(2, "Svar.txt", "letter", "Svar", UNTITLED))
    assert meant(resolve(tmp_path, record(99), *members, within(8, "Brev.txt", "letter", "Haver", named))) == expected


@pytest.mark.parametrize(
    ("named", "files", "expected"),
    [
        (MAP, (("07 Bilag 1 Kort over kolonihaverne.pdf", "Målestok 1:500"),), ("resolved", [1])),
        (MAP, (("bilag_1_kort_over_kolonihaverne.pdf", None),), ("resolved", [1])),
        (MAP, (("Bilag 1.pdf", "Kort over kolonihaverne"),), ("resolved", [1])),
        (MAP, (("Bilag 2 Kort over kolonihaverne.pdf", None),), ("missing", [])),
        (MAP, (("Bilag 1 Budget.pdf", "Budget"),), ("missing", [])),
        (UNTITLED, (("Bilag 1.pdf", None),), ("missing", [])),
        (MAP, (("gammelt/Bilag 1 Kort over kolonihaverne.pdf", None),), ("missing", [])),
        (
            MAP,
            (("Bilag 1 Kort over kolonihaverne.pdf", None), ("Bilag 1 - Kort over kolonihaverne (2).pdf", None)),
            ("ambiguous", [1, 2]),
        ),
    ],
)
@pytest.mark.parametrize("most", [neighbours.MOST, 0])
def test_an_attachment_in_the_same_folder(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    named: Reference,
    files: tuple[tuple[str, str | None], ...],
    expected: tuple[str, list[int]],
) -> None:
    """A file of the folder is meant where label and title agree; in a large one, if its name begins with the label."""
    monkeypatch.setattr(neighbours, "MOST", most)
    if most == 0 and files[0][0].startswith("07"):
        expected = ("missing", [])
    filed = [lie(number, name, title=title) for number, (name, title) in enumerate(files, 1)]
    assert meant(resolve(tmp_path, *filed, lie(8, "brev.txt", "letter", "Nye haver", named))) == expected


def test_of_several_in_the_case_the_one_that_came_along(tmp_path: Path) -> None:
    """Two Bilag 1 are filed under the case; the one that came in the letter's own archive file is meant."""
    case = ("2011-4711",)
    filed = record(1, Facts(doc_type="attachment", title="Bilag 1", case_numbers=case))
    member, letter = within(2, "Bilag 1.pdf"), within(8, "Brev.txt", "letter", "Nye haver", UNTITLED)
    member, letter = (replace(each, facts=replace(each.facts, case_numbers=case)) for each in (member, letter))
    assert meant(resolve(tmp_path, record(99), filed, member, letter)) == ("resolved", [2])
