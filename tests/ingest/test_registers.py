"""A council's own register of bodies, in facts and in workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.bodies import add_registers
from corpus.records import Text
from ingest.facts import find_facts
from ingest.pool import Limits, extract_safely
from ingest.readers import ReadOptions

REGISTER = """place = "Egelund Kommune"

[[body]]
name = "Havne- og Fiskeriudvalget"
kind = "committee"
short = ["HFU", "BR"]
also = ["Fiskeriudvalget"]

[[body]]
name = "Social og Sundhed"
kind = "committee"

[[body]]
name = "Kystcentret"
kind = "department"
"""
PAPER = (
    "Egelund Kommune\n\nFiskeriudvalgets møde\n\nHFU og BR bad Kystcentret om tal for social og sundhed. "
    "Sagen forelægges Social og Sundhed den 4. maj 2012."
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Path]:
    """A register of a council that the program does not know."""
    path = tmp_path / "egelund.toml"
    path.write_text(REGISTER, "utf-8")
    yield path
    add_registers([])


def test_registered_names_are_found(register: Path) -> None:
    """Every spelling, abbreviation and bare theme leads to the registered name, only while the register is there."""
    before = find_facts(Text(PAPER))
    add_registers([register])
    facts = find_facts(Text(PAPER))
    add_registers([])
    assert facts.committees == ("Havne- og Fiskeriudvalget", "Social og Sundhed")
    assert facts.departments == ("Kystcentret",)
    assert find_facts(Text(PAPER)) == before
    assert before.committees == ("Fiskeriudvalget",)


def test_meeting_of_a_body_without_a_head_word(register: Path) -> None:
    """A registered theme meets like any committee."""
    add_registers([register])
    (meeting,) = [one for one in find_facts(Text(PAPER)).references if one.kind == "meeting"]
    assert (meeting.body, meeting.date) == ("Social og Sundhed", "2012-05-04")


def test_abbreviations_are_those_of_the_council_named(register: Path) -> None:
    """`BR` is Copenhagen's, unless the paper names a council whose register has it too."""
    add_registers([register])
    assert find_facts(Text("Københavns Kommune\n\nSagen sendes til BR.")).committees == ("Borgerrepræsentationen",)
    assert find_facts(Text("Egelund Kommune\n\nSagen sendes til BR.")).committees == ("Havne- og Fiskeriudvalget",)
    assert find_facts(Text("Havlev Kommune\n\nSagen sendes til BR.")).committees == ()


def test_abbreviations_are_those_of_the_council_stated(register: Path, tmp_path: Path) -> None:
    """A paper that names no council is read as the archive's own council's, in workers too, others as theirs."""
    paper = "Sagen sendes til BR og TMU."
    in_file = tmp_path / "notat.txt"
    in_file.write_text(paper, "utf-8")
    add_registers([], "Havlev Kommune")
    assert find_facts(Text(paper)).committees == ()
    assert find_facts(Text(f"Københavns Kommune\n\n{paper}")).committees[:1] == ("Borgerrepræsentationen",)
    assert extract_safely(str(in_file), ReadOptions(), Limits()).record.facts.committees == ()
    add_registers([register], "Egelund Kommune")
    assert find_facts(Text(paper)).committees == ("Havne- og Fiskeriudvalget",)
    add_registers([])
    assert find_facts(Text(paper)).committees == ("Borgerrepræsentationen", "Teknik- og Miljøudvalget")


def test_workers_know_the_registers(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker has the bodies before its first document; without an archive the environment names them."""
    monkeypatch.setenv("SAGSSPOR_BODIES", os.fspath(register))
    paper = tmp_path / "notat.txt"
    paper.write_text(PAPER, "utf-8")
    extraction = extract_safely(str(paper), ReadOptions(), Limits())
    assert extraction.record.facts.committees == ("Havne- og Fiskeriudvalget", "Social og Sundhed")
