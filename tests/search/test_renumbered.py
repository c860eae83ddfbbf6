"""A case that went on under another number is one matter: its trail runs over both."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.cases import CHAIN, Cases
from corpus.records import Item, Outcome, Record, Reference
from corpus.rows import number_key
from search.trail import follow
from tests.corpus.test_catalogue import put
from tests.search.test_case import cited

OLD, NEW, LAST, APART = "2011-4711", "2014-7788", "18/28145", "2012-1500"
AFTER = "2025-01-01"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def goes_on(number: int, date: str, own: str, other: str, rule: str = "continued-from") -> Record:
    """Make a note that tells under which number its case was before, or goes on."""
    return cited(number, date, Reference("case", target=other), case=own, rule=rule)


def decision(number: int, date: str, case: str, decided: str) -> Record:
    """Make the decision of a committee that recommends, or approves."""
    made = cited(number, date, case=case)
    outcome: Outcome = "recommended" if decided.startswith("Anbefales") else "approved"
    item = Item("4", "Ny bro", (case,), outcome, 0, 4, 1, decision=decided)
    return replace(made, facts=replace(made.facts, doc_type="decision", title="Ny bro", items=(item,)))


def ids(archive: Archive, typed: str) -> list[str]:
    return [step.paper.id for step in follow(archive, typed, today=AFTER).steps]


@pytest.mark.parametrize("typed", [OLD, NEW, LAST])
def test_trail_runs_over_every_number_of_a_case(archive: Archive, typed: str) -> None:
    """Whichever of them is asked, and whichever of two papers tells of the change; another case stays out."""
    put(
        archive,
        cited(1, "2011-01-01", case=OLD),
        goes_on(2, "2014-01-01", NEW, OLD),
        goes_on(3, "2018-01-01", NEW, LAST, "continued-as"),
        cited(4, "2018-02-02", case=LAST),
        cited(5, "2012-02-02", case=APART),
    )
    assert ids(archive, typed) == [f"{number:016x}" for number in (1, 2, 3, 4)]
    trail = follow(archive, typed, today=AFTER)
    assert trail.name == typed
    assert set(trail.names) == {OLD, NEW, LAST}
    assert [step.names for step in trail.steps] == [(OLD,), (NEW,), (NEW,), (LAST,)]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_such_a_trail_join_to_the_whole(archive: Archive, limit: int) -> None:
    """A paper of one number that cites the other is one paper of the matter."""
    put(archive, cited(1, "2011-01-01", case=OLD), goes_on(2, "2014-01-01", NEW, OLD), cited(3, "2015-01-01", case=NEW))
    whole = ids(archive, OLD)
    leafed = [
        step.paper.id
        for offset in range(0, 3, limit)
        for step in follow(archive, OLD, limit=limit, offset=offset, today=AFTER).steps
    ]
    assert leafed == whole == [f"{number:016x}" for number in (1, 2, 3)]


def test_a_decision_under_the_new_number_closes_what_the_old_one_left_open(archive: Archive) -> None:
    """A recommendation waits for no decision that was taken under the next number."""
    put(archive, decision(1, "2013-12-01", OLD, "Anbefales vedtaget."))
    assert [step.gap for step in follow(archive, OLD, today=AFTER).steps] == [None, "decision"]
    put(
        archive,
        goes_on(2, "2014-01-01", NEW, OLD),
        decision(3, "2014-02-01", NEW, "Godkendt."),
    )
    steps = follow(archive, OLD, today=AFTER).steps
    assert [(step.stage, step.gap) for step in steps] == [("recommended", None), ("written", None), ("decided", None)]


def test_word_of_the_new_number_follows_nothing_up(archive: Archive) -> None:
    """A note that a case has got a new number cites its old one, and is no report on what was decided."""
    note = goes_on(2, "2014-01-01", NEW, OLD)
    put(archive, decision(1, "2013-12-01", OLD, "Godkendt."), replace(note, facts=replace(note.facts, doc_type="memo")))
    assert [step.stage for step in follow(archive, NEW, today=AFTER).steps] == ["decided", "reported"]


def test_a_case_into_which_many_went_is_no_continuation(archive: Archive) -> None:
    """Where a standing case takes up more than `CHAIN` others, the trail of each is its own."""
    put(archive, *(goes_on(number, "2014-01-01", NEW, f"2013-{900 + number}") for number in range(1, CHAIN + 1)))
    put(archive, cited(50, "2013-01-01", case="2013-901"))
    assert Cases(archive.catalogue).continued(number_key(NEW)) == {}
    assert ids(archive, "2013-901")[0] == f"{50:016x}"
    assert f"{2:016x}" not in ids(archive, "2013-901")
