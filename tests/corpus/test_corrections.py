"""A person's correction wins over what was extracted, and stays."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import UsageError
from corpus.ledger import Input
from corpus.links import Links
from corpus.records import Facts, Record, Signatory, Text
from corpus.rows import number_key

ID = "a" * 16


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "archive")
    put(archive)
    return archive


def put(archive: Archive) -> None:
    """Import the one letter, whose case number the extraction got wrong."""
    facts = Facts(doc_type="letter", title="Brev", case_numbers=("2011-1",))
    record = Record(ID, ID * 4, "/in/brev.txt", 4, "text/plain", Text("Brev"), facts)
    archive.catalogue.put([(record, Input("/in/brev.txt", 4, 1, "imported"))], archive.catalogue.ledger.begin_run([]))


def facts_of(archive: Archive) -> Facts:
    record = archive.catalogue.record(ID)
    assert record
    return record.facts


def test_correction_shows_everywhere_at_once(archive: Archive) -> None:
    """A corrected case number is in the record, in the list and in the case, and the index is told."""
    before = archive.catalogue.last_change()
    archive.catalogue.correct(ID, "case_numbers", "2010 - 0016508; 2011-2", "ida")
    assert facts_of(archive).case_numbers == ("2010-16508", "2011-2")
    assert archive.catalogue.heads([ID])[ID].case_numbers == ("2010-16508", "2011-2")
    links = Links(archive.catalogue)
    assert [paper.id for paper in links.members(number_key("2010-16508"))] == [ID]
    assert not links.members(number_key("2011-1"))
    assert archive.catalogue.changes_after(before, 10) == [(before + 1, ID)]


def test_correction_survives_reimport(archive: Archive) -> None:
    """The file imported again, from another folder or after a rebuild of the catalogue's rows, stays corrected."""
    archive.catalogue.correct(ID, "title", "Brev om havnen", "ida")
    put(archive)
    assert facts_of(archive).title == "Brev om havnen"
    assert archive.catalogue.heads([ID])[ID].title == "Brev om havnen"


def test_undo_brings_back_what_stood_before(archive: Archive) -> None:
    """Undoing takes back the newest correction only; the list keeps both with who made them."""
    archive.catalogue.correct(ID, "title", "Første", "ida")
    archive.catalogue.correct(ID, "title", "Anden", "bo")
    assert archive.catalogue.undo(ID, "title")
    assert facts_of(archive).title == "Første"
    assert archive.catalogue.undo(ID, "title")
    assert facts_of(archive).title == "Brev"
    assert not archive.catalogue.undo(ID, "title")
    assert [(each.who, each.undone) for each in archive.catalogue.corrections(ID)] == [("ida", True), ("bo", True)]


def test_corrected_value_names_its_rule(archive: Archive) -> None:
    """The place of a corrected value says that a person set it."""
    archive.catalogue.correct(ID, "signatories", "Asta Vindtved, direktør; Bo Lund", "ida")
    facts = facts_of(archive)
    assert facts.signatories == (Signatory("Asta Vindtved", "direktør"), Signatory("Bo Lund"))
    assert [place.rule for place in facts.places if place.key == "signatories"] == ["correction", "correction"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("doc_type", "novel"), ("date", "i går"), ("case_numbers", "ikke et nummer"), ("colour", "red")],
)
def test_impossible_value_is_refused(archive: Archive, field: str, value: str) -> None:
    """What a field cannot hold is refused, and nothing is written."""
    with pytest.raises(UsageError):
        archive.catalogue.correct(ID, field, value, "ida")
    assert not archive.catalogue.corrections()
