"""Names of bodies: one canonical form and one key for every spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.bodies import abbreviations, add_registers, body_key, canonical, find_body, kind, register
from corpus.errors import UsageError


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Socialudvalgets", "Socialudvalget"),
        ("Socialudvalg", "Socialudvalget"),
        ("Teknik- og\nMiljøudvalget", "Teknik- og Miljøudvalget"),
        ("Teknik\u2010 og Miljøudvalgets", "Teknik- og Miljøudvalget"),
        ("Børne,- Fritids,- og Havneudvalg", "Børne-, Fritids- og Havneudvalget"),
        ("Børne- Fritids- og Havneudvalget", "Børne-, Fritids- og Havneudvalget"),
        ("KLIMA- OG HAVNEUDVALGET", "Klima- og Havneudvalget"),
        ("Klima -og Havneudvalget", "Klima- og Havneudvalget"),
        ("Klima- og havneudvalget", "Klima- og Havneudvalget"),
        ("social og sundhedsudvalget", "Social- og Sundhedsudvalget"),
        ("Kgs. Enghave Lokaludvalg", "Kongens Enghave Lokaludvalg"),
        ("Christianshavn Lokaludvalgs", "Christianshavns Lokaludvalg"),
        ("TMF", "Teknik- og Miljøforvaltningen"),
        ("Byrådet i Egelund Kommune", "Byrådet"),
        ("Egelund Byråds", "Egelund Byråd"),
        ("teknisk udvalg", "Teknisk Udvalg"),
        ("Havneforvaltningens", "Havneforvaltningen"),
    ],
)
def test_canonical_name(printed: str, expected: str) -> None:
    """A body has one canonical form, however its name is inflected, broken or misspelt."""
    assert canonical(printed) == expected


@pytest.mark.parametrize("body", register(), ids=lambda body: body.name)
def test_canonical_name_is_stable(body) -> None:
    """A registered name is its own canonical form, also in the genitive and in lower case."""
    assert canonical(body.name) == body.name
    assert canonical(body.name.lower()) == body.name
    assert canonical(canonical(body.name + "s")) == body.name


def test_body_key_of_a_council() -> None:
    """The council of a municipality has one key under all of its forms; another body has its own."""
    assert len({body_key(name) for name in ("Byrådet", "Egelund Byråd", "Byrådet i Egelund Kommune", "byrådets")}) == 1
    assert body_key("Egelund Kommunalbestyrelse") == body_key("Kommunalbestyrelsen")
    assert body_key("Kgs. Enghave Lokaludvalg") == body_key("Kongens Enghave Lokaludvalgs")
    assert body_key("Ungebyrådet") != body_key("Byrådet") != body_key("Landsbyrådet")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Havne- og Fiskeriudvalget", "committee"),
        ("Udvalget for Skov og Strand", "committee"),
        ("Ældrerådets", "committee"),
        ("Havneforvaltningen", "department"),
        ("Borgmesterens Afdeling", "department"),
        ("Socialborgmesteren", None),
        ("Havnekontoret", None),
    ],
)
def test_kind_of_body(name: str, expected: str | None) -> None:
    """A name says whether it is a committee's or a department's."""
    assert kind(name) == expected


def test_abbreviations_name_registered_bodies() -> None:
    """Every abbreviation leads to a name of the register."""
    names = {body.name for body in register()}
    assert abbreviations()["BIU"] == "Beskæftigelses- og Integrationsudvalget"
    assert set(abbreviations().values()) <= names


def test_renamed_bodies_have_years_and_an_heir() -> None:
    """A name that ended says when, and its heir is in the register and was there afterwards."""
    ended = [body for body in register() if body.became]
    assert ended
    for body in ended:
        heir = find_body(body.became or "")
        assert heir is not None
        assert body.until is not None
        assert heir.until is None or heir.until > body.until


def test_added_register_wins(tmp_path: Path) -> None:
    """An administrator's TOML file adds names and abbreviations, which win over the packaged ones."""
    path = tmp_path / "egelund.toml"
    path.write_text(
        'place = "Egelund Kommune"\n[[body]]\nname = "Havn og Strand"\nkind = "committee"\nshort = ["BIU"]\n'
    )
    try:
        add_registers([path])
        assert canonical("havn og strand") == "Havn og Strand"
        assert kind("Havn og Strands") == "committee"
        assert kind("Havn og Strand") == "committee"
        assert canonical("BIU") == "Havn og Strand"
    finally:
        add_registers([])
    assert canonical("BIU") == "Beskæftigelses- og Integrationsudvalget"


@pytest.mark.parametrize("content", ["body = 3", "[[body]]\nname = 'X'", "[[body]]\nname='X'\nkind='club'", "]"])
def test_added_register_that_is_none(tmp_path: Path, content: str) -> None:
    """A file that is no register is refused with a sentence and a hint."""
    path = tmp_path / "egelund.toml"
    path.write_text(content)
    with pytest.raises(UsageError) as caught:
        add_registers([path])
    assert caught.value.path == str(path)
    assert caught.value.hint
