"""A trail holds what belongs to the matter, and nothing that only shares its name."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.ledger import Input
from corpus.records import DatedFact, DocType, Facts, Place, Record, Reference, Segment, Text
from search.trail import follow

PAPERS = {
    "brev-2008": ("2008-12-01", "Vi nærmer os boligpolitikkens mål for perioden 2007 – 2010.", "boligpolitikken"),
    "brev-2012": ("2012-02-01", "Tallene viser, at boligpolitikken virker.", "boligpolitikken"),
    "hoering": ("2010-08-01", "Udkast til boligpolitik for 2011-2014 er i høring.", "boligpolitik for 2011-2014"),
    "anden": ("2012-03-01", "Skolepolitik 2011-2014 er vedtaget.", "Skolepolitik 2011-2014"),
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "archive")
    for number, (name, (date, text, instrument)) in enumerate(PAPERS.items()):
        start = text.index(instrument)
        place = Place("references", 0, start, start + len(instrument), 1, "instrument", 0.9)
        references = (Reference("instrument", target=instrument),)
        facts = Facts(doc_type="letter", title=name, date=date, references=references, places=(place,))
        shown = Text(text, (Segment(0, len(text), 1),))
        record = Record(f"{number:016x}", "0" * 64, f"/in/{name}", 4, "text/plain", shown, facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported"))], 1)
    return archive


def titles(archive: Archive, typed: str) -> list[str | None]:
    return [step.paper.title for step in follow(archive, typed).steps]


def test_trail_of_a_period_leaves_other_periods_out(archive: Archive) -> None:
    """A paper that names the policy without years belongs, unless its sentence speaks of another period."""
    assert titles(archive, "boligpolitik 2011-2014") == ["hoering", "brev-2012"]
    assert titles(archive, "boligpolitik 2007-2010") == ["brev-2008", "brev-2012"]


def test_trail_without_years_holds_every_period(archive: Archive) -> None:
    """Asked without years, a policy's trail holds all of them, and no other policy."""
    assert titles(archive, "Boligpolitikken") == ["brev-2008", "hoering", "brev-2012"]


def test_trail_of_years_that_nobody_names(archive: Archive) -> None:
    """A policy that is named only without years, and for others, is not there for these."""
    with pytest.raises(NotFoundError, match="of these years"):
        follow(archive, "boligpolitik 2019-2022")


def test_trail_of_what_nobody_names(archive: Archive) -> None:
    """A name that no paper has is an error that says what to try."""
    with pytest.raises(NotFoundError, match="names"):
        follow(archive, "Ukendt plan")


def test_an_undated_attachment_stands_by_the_paper_that_lists_it(tmp_path: Path) -> None:
    """A day of which it tells is when something happens in it; one that nobody lists is put in order by that."""
    archive = Archive.create(tmp_path / "attached")
    listing = (Reference("attachment", label="Bilag 1", title="Procesplan for broen"),)
    told = (DatedFact("2019-10-01", "mention"),)
    papers = (
        Facts(doc_type="memo", date="2019-03-01", title="Ny bro", case_numbers=("2019-77",), references=listing),
        Facts(doc_type="letter", date="2019-06-01", title="Brev om broen", case_numbers=("2019-77",)),
        Facts(doc_type="attachment", title="Procesplan for broen", case_numbers=("2019-77",), dates=told),
        Facts(doc_type="attachment", title="Støj fra vejen", case_numbers=("2019-77",), dates=told),
    )
    for number, facts in enumerate(papers):
        text = Text(facts.title or "", (Segment(0, len(facts.title or ""), 1),))
        record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", text, facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported"))], 1)
    steps = follow(archive, "2019-77", today="2020-01-01").steps
    assert [(step.paper.title, step.date or step.placed) for step in steps] == [
        ("Ny bro", "2019-03-01"),
        ("Procesplan for broen", "2019-03-01"),
        ("Brev om broen", "2019-06-01"),
        ("Støj fra vejen", "2019-10-01"),
    ]


@pytest.mark.parametrize(("doc_type", "held"), [("other", True), ("attachment", True), ("letter", False)])
def test_a_trail_holds_the_policy_itself(archive: Archive, doc_type: DocType, held: bool) -> None:
    """The policy, which points to nothing, is a step of its own trail; a letter under its name is none."""
    title = "Boligpolitik 2011-2014"
    text = Text(f"{title}\n\nAlle skal bo godt.", (Segment(0, 40, 1),))
    facts = Facts(doc_type=doc_type, title=title, places=(Place("title", 0, 0, len(title), 1, "subject-line", 0.9),))
    made = Record("a" * 16, "a" * 64, "/in/politik.docx", 4, "text/plain", text, facts)
    archive.catalogue.put([(made, Input(made.path, 4, 1, "imported"))], 1)
    assert (title in titles(archive, "boligpolitik 2011-2014")) == held
