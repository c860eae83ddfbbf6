"""Headings: what heads an item, a section of it, a decision."""

from __future__ import annotations

import pytest

from ingest.facts.headings import section_of
from tests.ingest.test_facts_items import HEAD, items_of


@pytest.mark.parametrize(
    "line",
    [
        "Beslutning Havne- og Byudvalget den 11-11-2019",
        "Beslutning Udvalget for Havn og Strand den 3. maj 2020",
        "Beslutning Kommunalbestyrelsen den 3. maj 2020",
        "Beslutning Teknisk Udvalg den 3/5-2020",
        "BESLUTNING TEKNISK UDVALG DEN 3. MAJ 2020",
        "Beslutning den 3. maj 2020",
        "Beslutning, Havneudvalget, 3. maj",
        "Beslutning: Byrådet den 3. maj 2020",
        "Beslutning Børn og Unge-udvalget",
        "Beslutning fra Havneudvalget, 16. marts 2010, pkt. 5:",
    ],
)
def test_heading_of_body_and_day_is_decision(line: str) -> None:
    """A line that names the deciding body, its day or both heads what was decided."""
    assert section_of(line) == "beslutning"
    (item,) = items_of(f"5. Ny mole\n\nIndstilling\n\nDet indstilles, at molen bygges.\n\n{line}\n\nGodkendt.")
    assert item.outcome == "approved"


@pytest.mark.parametrize(
    "line",
    ["Beslutning om Havneudvalget", "Beslutning truffet den 3. maj 2020", "Beslutning skal træffes senest 3. maj 2020"],
)
def test_words_about_decision_are_no_heading(line: str) -> None:
    """What says more of a decision than whose it is and of which day heads none."""
    assert section_of(line) is None


@pytest.mark.parametrize("line", ["Bilag til punktet", "Bilagsfortegnelse:"])
def test_list_of_attachments_is_section(line: str) -> None:
    """The several headings of a list of attachments are one section."""
    assert "bilag" in (section_of(line) or "")


def test_numbers_with_colon_head_items() -> None:
    """Items numbered `237: …` are found behind a list of contents that has a blank before its pages."""
    contents = "Indholdsfortegnelse\nPunkt Overskrift Side\n237 Spørgetid 2\n238 Ny mole 2\n239 Takster i havnen 3\n"
    items = "237: Spørgetid\nIngen spørgsmål.\n\n238: Ny mole\nSagsnr. 21/7754\nBeslutning\nGodkendt.\n\n"
    last = "239: Takster i havnen\nSagsnr. 21/7755\nBeslutning\nUdsat."
    found = items_of(HEAD + contents + items + last)
    assert [(one.number, one.title, one.outcome) for one in found] == [
        ("237", "Spørgetid", None),
        ("238", "Ny mole", "approved"),
        ("239", "Takster i havnen", "postponed"),
    ]


def test_last_body_decides_a_paper_that_went_from_one_to_another() -> None:
    """Where no head says whose paper it is, the decision is that of the body that had it last."""
    paper = (
        "Nr. 44\nNy mole\n\nIndstilling\n\nHavn og By indstiller til Havneudvalget og Byrådet, at molen bygges.\n\n"
        "Beslutning i Havneudvalget den 14. maj 2018\n\nHavneudvalget indstiller til Byrådet, at sagen godkendes.\n\n"
        "Beslutning i Byrådet den 18. juni 2018\n\nVedtaget."
    )
    (item,) = items_of(paper)
    assert item.outcome == "approved"
    (item,) = items_of(f"Havneudvalget\n\n{paper}")
    assert item.outcome == "recommended"


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("BESLUTNIG", "beslutning"),
        ("Besluttning:", "beslutning"),
        ("INDSTLLING", "indstilling"),
        ("Indstiling", "indstilling"),
        ("Sagsfremstiling", "sagsfremstilling"),
        ("Sagsbeskirvelse", "sagsbeskrivelse"),
        ("Bestilling", None),
        ("Udstilling", None),
        ("Fremstilling", None),
    ],
)
def test_misspelt_heading_of_decision_is_read(line: str, section: str | None) -> None:
    """A word alone on its line that is a letter off heads the section that was meant; other words head none."""
    assert section_of(line) == section


def test_access_in_front_of_title_is_no_part_of_it() -> None:
    """`Åbent -` before a title says who may read it, and `Sag:` with a number under it makes it an item's."""
    (item,) = items_of("4. Åbent - Plan for molen\n\nSag: 14/20733\n\nIndstilling\n\nDet indstilles, at molen bygges.")
    assert (item.number, item.title) == ("4", "Plan for molen")
    (item,) = items_of("17. Tag på bådhuset\n\nSag: 361-2014-20733\n\nIndstilling:\nDet indstilles, at taget skiftes.")
    assert (item.number, item.title) == ("17", "Tag på bådhuset")
