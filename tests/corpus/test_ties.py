"""Which letter of a day, and which attachment, a paper means: what ties them, and whose it is said to be."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.links import Link, Links
from corpus.missing import find_missing
from corpus.records import DocType, Facts, Reference, Signatory
from tests.corpus.test_catalogue import put, record
from tests.corpus.test_links import ASTA, CASE, DAY, cite

PLAN, OTHER_PLAN = Reference("instrument", target="Havneplan"), Reference("instrument", target="Skolepladsplan")
IB = (Signatory("Ib Lund"),)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def letter_of(archive: Archive, number: int) -> Link:
    found = Links(archive.catalogue).out_of(f"{number:016x}")
    return next(each for each in found if each.kind == "letter")


def told(link: Link) -> tuple[str, list[int]]:
    return link.state, sorted(int(paper.id, 16) for paper in link.targets)


@pytest.mark.parametrize(
    ("plan", "doc_type", "expected"),
    [
        (PLAN, "hearing", ("resolved", [1])),
        (OTHER_PLAN, "hearing", ("missing", [])),
        (PLAN, "minutes", ("missing", [])),
    ],
)
def test_a_plan_that_both_name_ties_a_letter(
    archive: Archive, plan: Reference, doc_type: DocType, expected: tuple[str, list[int]]
) -> None:
    """An answer without a number means the letter of the day that names its plan; seen from the letter, too."""
    put(archive, record(1, Facts(doc_type=doc_type, date="2012-05-03", references=(PLAN,))))
    put(archive, cite(2, "Svar på brev af 3. maj 2012 om Havneplan.", (DAY, "3. maj 2012"), (plan, "Havneplan")))
    assert told(letter_of(archive, 2)) == expected
    into = [link.source.id for link in Links(archive.catalogue).into(f"{1:016x}") if link.kind == "letter"]
    assert into == [f"{2:016x}"] * len(expected[1])


@pytest.mark.parametrize("own", [(CASE,), ()], ids=["by case", "by name"])
def test_of_letters_of_one_day_about_one_plan_none_is_chosen(archive: Archive, own: tuple[str, ...]) -> None:
    """That one of them bears the number, or the name, does not say that it is meant: the other need not bear any."""
    named = () if own else ASTA
    put(archive, record(1, Facts(doc_type="letter", date="2012-05-03", case_numbers=own, signatories=named)))
    put(archive, record(2, Facts(doc_type="hearing_response", date="2012-05-03", references=(PLAN,))))
    text = "Der henvises til brev af 3. maj 2012 om Havneplan."
    put(
        archive,
        cite(3, text, (DAY, "3. maj 2012"), (PLAN, "Havneplan"), case_numbers=own, signatories=named),
        cite(4, text, (DAY, "3. maj 2012"), case_numbers=own, signatories=named),
    )
    assert told(letter_of(archive, 3)) == ("ambiguous", [1, 2])
    assert told(letter_of(archive, 4)) == ("resolved", [1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tak for jeres brev af 3. maj 2012.", ("conflicting", [1, 2])),
        ("Tak for brev af 3. maj 2012.", ("conflicting", [1, 2])),
        ("Deres brev af 3. maj 2012 er modtaget.", ("conflicting", [1, 2])),
        ("Vi har læst dit seneste brev af 3. maj 2012.", ("conflicting", [1, 2])),
        ("Naboerne skriver i deres brev af 3. maj 2012, at broen larmer.", ("resolved", [1])),
        ("Der henvises til brev af 3. maj 2012.", ("resolved", [1])),
    ],
)
def test_your_letter_is_one_by_whom_the_paper_goes_to(
    archive: Archive, text: str, expected: tuple[str, list[int]]
) -> None:
    """A letter of the case and the day that somebody else wrote is not chosen over one of the addressee's own."""
    put(archive, record(1, Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=ASTA)))
    put(archive, record(2, Facts(doc_type="letter", date="2012-05-03", signatories=IB)))
    put(archive, cite(3, text, (DAY, "brev af 3. maj 2012"), case_numbers=(CASE,), recipients=("Ib Lund",)))
    assert told(letter_of(archive, 3)) == expected


@pytest.mark.parametrize(
    ("of_letter", "of_answer", "expected"),
    [
        ((), CASE, ("resolved", [1])),
        ((), "2012-900", ("missing", [])),
        (("2012-900",), CASE, ("missing", [])),
    ],
    ids=["same case", "other case", "numbered letter"],
)
def test_a_letter_without_a_number_is_what_another_paper_of_the_case_means(
    archive: Archive, of_letter: tuple[str, ...], of_answer: str, expected: tuple[str, list[int]]
) -> None:
    """A decision cites by its day the letter that the case's answer thanks its writer for; nothing else ties it."""
    put(archive, record(1, Facts(doc_type="letter", date="2012-05-03", case_numbers=of_letter, signatories=ASTA)))
    said = (DAY, "brev af 3. maj 2012")
    put(archive, cite(2, "Tak for brev af 3. maj 2012.", said, case_numbers=(of_answer,), recipients=("Asta Brohave",)))
    put(archive, cite(3, "En beboer har i brev af 3. maj 2012 klaget.", said, case_numbers=(CASE,)))
    assert told(letter_of(archive, 3)) == expected
    into = [int(link.source.id, 16) for link in Links(archive.catalogue).into(f"{1:016x}") if link.kind == "letter"]
    assert into == ([2, 3] if expected[1] else [2])
    assert find_missing(archive.catalogue, 10)[1] == (0 if expected[1] else 1)


@pytest.mark.parametrize(
    ("head", "own", "to", "expected"),
    [
        ("Roklubben Ternen", (), "Roklubben Ternen", ("resolved", [1])),
        ("Roklubben Ternen v/ Ib Lund", (), "Roklubben Ternen", ("resolved", [1])),
        ("Roklubben Ternen", (), "Bådklubben", ("missing", [])),
        ("Havby Kommune", (), "Havby Kommune", ("missing", [])),
        ("Roklubben Ternen", ("2012-900",), "Roklubben Ternen", ("missing", [])),
        ("3. maj 2012", (), "3. maj 2012", ("missing", [])),
    ],
    ids=["name", "care of", "other name", "council", "numbered", "no name"],
)
def test_an_association_is_answered_by_the_name_at_the_head_of_its_letter(
    archive: Archive, head: str, own: tuple[str, ...], to: str, expected: tuple[str, list[int]]
) -> None:
    """The answer goes to the association, and not to who signed for it; what the council wrote has a number."""
    letter = Facts(doc_type="letter", date="2012-05-03", case_numbers=own, signatories=ASTA)
    put(archive, record(1, letter, f"{head}\nHavnegade 4\n\nHavby Kommune\n\nVi vil ro."))
    put(archive, cite(2, "Tak for jeres brev af 3. maj 2012.", (DAY, "brev af 3. maj 2012"), recipients=(to,)))
    assert told(letter_of(archive, 2)) == expected
    assert find_missing(archive.catalogue, 10)[1] == (0 if expected[1] else 1)


@pytest.mark.parametrize(
    ("points", "state"),
    [
        ("- Svar af 3. maj 2012 fra Roklubben Ternen\n- Svar af 3. maj 2012 fra Ib Lund", "resolved"),
        ("- Svar af 3. maj 2012 fra Roklubben Ternen", "conflicting"),
    ],
)
def test_a_list_of_answers_of_one_day_means_each(archive: Archive, points: str, state: str) -> None:
    """One bears the case's number, the other its sender's name only: the list has a point for each."""
    numbered = Facts(doc_type="hearing_response", date="2012-05-03", case_numbers=(CASE,), signatories=IB)
    put(archive, record(1, numbered))
    named = Facts(doc_type="hearing_response", date="2012-05-03", signatories=ASTA)
    put(archive, record(2, named, "Roklubben Ternen\n\nVi vil ro."))
    put(archive, cite(3, f"Der er svar:\n\n{points}", (DAY, "Svar af 3. maj 2012"), case_numbers=(CASE,)))
    assert told(letter_of(archive, 3)) == (state, [1, 2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tak for brevet af 3. maj 2012.", ("resolved", [2])),
        ("Der henvises til brevet af 3. maj 2012.", ("ambiguous", [1, 2])),
    ],
)
def test_a_body_thanks_for_its_own_of_letters_to_several(
    archive: Archive, text: str, expected: tuple[str, list[int]]
) -> None:
    """Of a letter merged to several committees, the one that answers means that to itself."""
    for number, body in ((1, "Socialudvalget"), (2, "Skoleudvalget")):
        letter = Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), recipients=(body,))
        put(archive, record(number, letter))
    said = (DAY, "brevet af 3. maj 2012")
    put(archive, cite(3, text, said, case_numbers=(CASE,), committees=("Skoleudvalget",)))
    assert told(letter_of(archive, 3)) == expected


def test_your_letter_decides_between_letters_of_a_case(archive: Archive) -> None:
    """Of two letters of the case on one day the one by the addressee is meant."""
    for number, signed in ((1, ASTA), (2, IB)):
        facts = Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=signed)
        put(archive, record(number, facts))
    for number, text in ((3, "Tak for jeres brev af 3. maj 2012."), (4, "Vi så et brev af 3. maj 2012.")):
        put(archive, cite(number, text, (DAY, "brev af 3. maj 2012"), case_numbers=(CASE,), recipients=("Ib Lund",)))
    assert told(letter_of(archive, 3)) == ("resolved", [2])
    assert told(letter_of(archive, 4)) == ("ambiguous", [1, 2])


@pytest.mark.parametrize(
    ("title", "listed", "expected"),
    [
        ("Oplæg til proces", "Oplæg til proces", ("missing", [])),
        ("Bilag 1 - Oplæg til proces", "Oplæg til proces", ("missing", [])),
        ("Oplæg til proces", "Kort over havnen", ("resolved", [1])),
        ("Forslag til havneplan, 2. udgave", "Oplæg til proces", ("resolved", [1])),
    ],
)
def test_an_attachment_that_another_paper_lists_is_not_meant_by_its_label(
    archive: Archive, title: str, listed: str, expected: tuple[str, list[int]]
) -> None:
    """Each meeting on a case has a Bilag 1 of its own: one that the first lists by its title is not the second's."""
    own = (CASE,)
    attachment = record(1, Facts(doc_type="attachment", title=title, case_numbers=own))
    put(archive, replace(attachment, path="/in/bilag 1.txt"))
    for number, wanted in ((2, listed), (3, "Forslag til havneplan")):
        attached = (Reference("attachment", label="Bilag 1", title=wanted),)
        put(archive, record(number, Facts(doc_type="decision", case_numbers=own, references=attached)))
    link = Links(archive.catalogue).out_of(f"{3:016x}")[0]
    assert told(link) == expected
