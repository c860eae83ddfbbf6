"""Records as the engine's entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.numbers import parse
from index import layout
from index.analysis import analyse
from index.entries import case_order, date_number, entries_of, name_keys
from tests.index.papers import AGENDA, ANSWER, HEARING


def keys_of(paper: object, field: str) -> list[str]:
    """Give the values of one raw field of a paper's own entry."""
    return [value for name, value in entries_of(paper)[0].keys if name == field]  # type: ignore[arg-type]


def test_entries_of_a_letter_is_one() -> None:
    """A paper without items is one entry, with its own keys."""
    (entry,) = entries_of(HEARING)
    assert (entry.id, entry.item, entry.date, entry.year) == (HEARING.id, None, 20140302, 2014)
    assert dict(entry.keys)["kind"] == "document"
    number = parse("2014-30771")
    assert number is not None
    assert keys_of(HEARING, "case") == [number.key]
    assert keys_of(ANSWER, "cites") == [number.key]


def test_entries_of_a_meeting_are_its_items_too() -> None:
    """Every item of a meeting is a small document with its own words, title and case number."""
    whole, first, second = entries_of(AGENDA)
    assert (first.id, second.id) == (f"{AGENDA.id}#0", f"{AGENDA.id}#1")
    assert "gyng" in layout.read(second.text)[1]
    assert "gyng" not in layout.read(first.text)[1]
    assert "gyng" in layout.read(whole.text)[1]
    assert [len([key for key in entry.keys if key[0] == "case"]) for entry in (whole, first, second)] == [2, 1, 1]
    assert first.facets == ()


def test_entries_of_a_meeting_lose_no_word() -> None:
    """A meeting's paper is analysed stretch by stretch, and holds what it would hold analysed at once."""
    whole, *items = entries_of(AGENDA)
    assert whole.text == analyse(AGENDA.text.string).text
    for entry, item in zip(items, AGENDA.facts.items, strict=True):
        assert entry.text == analyse(AGENDA.text.string[item.start : item.end]).text


def test_entries_hold_full_names_of_bodies() -> None:
    """A paper is found by the full name of a body that it names by its abbreviation only."""
    record = replace(HEARING, facts=replace(HEARING.facts, committees=("Beskæftigelses- og Integrationsudvalget",)))
    assert "integrationsudvalg" in entries_of(record)[0].parts.split()


def test_entries_give_facets_as_shown() -> None:
    """Facets keep the spelling that is shown, keys the one that is joined on."""
    (entry,) = entries_of(HEARING)
    assert ("committee", "Teknik- og Miljøudvalget") in entry.facets
    assert ("signatory", "asta brohave") in entry.keys
    assert ("year", "2014") in entry.facets


@pytest.mark.parametrize(
    ("text", "number"), [("2014-03-02", 20140302), ("2014-03", 20140301), (None, None), ("2014", 20140101)]
)
def test_date_number(text: str | None, number: int | None) -> None:
    """A date is a number that sorts; a month counts as its first day."""
    assert date_number(text) == number


def test_case_order_by_year_then_serial() -> None:
    """Cases sort by year and serial, not by letters; papers without a case come last."""
    orders = [case_order((number,)) for number in ("2009-17", "2014-500", "2014-30771", "15/3")]
    assert orders == sorted(orders)
    assert case_order(()) > max(orders)


def test_name_keys_whole_and_each() -> None:
    """A signer is found by the whole name and by each part of it."""
    assert name_keys("Birgit Aagaard-Lund") == ("birgit ågård lund", "birgit", "ågård", "lund")
