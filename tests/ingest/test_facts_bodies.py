"""Committees and departments in running text."""

from __future__ import annotations

from functools import partial

import pytest

from corpus.records import Text
from ingest.facts import find_facts
from ingest.facts.bodies import find_bodies
from ingest.facts.draft import Document, Draft
from tests.growth import assert_linear


def bodies_of(text: str) -> Draft:
    draft = Draft()
    find_bodies(Document(Text(text)), draft)
    return draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "med Børne- og Ungdomsudvalget og Socialudvalgets tilslutning",
            ["Børne- og Ungdomsudvalget", "Socialudvalget"],
        ),
        ("i Økonomi- og Social- og Sundhedsudvalget", ["Økonomiudvalget", "Social- og Sundhedsudvalget"]),
        ("fra Børne- og Ungdoms- og Socialudvalget", ["Børne- og Ungdomsudvalget", "Socialudvalget"]),
        ("Indre By og Christianshavns Lokaludvalg", ["Indre By Lokaludvalg", "Christianshavns Lokaludvalg"]),
        ("Kgs. Enghave Lokaludvalgs svar", ["Kongens Enghave Lokaludvalg"]),
        ("formand for Valby\nLokaludvalg", ["Valby Lokaludvalg"]),
        ("Teknik- og\nMiljøudvalgets møde", ["Teknik- og Miljøudvalget"]),
        ("Teknik\u2010 og  Miljøudvalget", ["Teknik- og Miljøudvalget"]),
        ("Klima-, natur- og havneudvalget", ["Klima-, Natur- og Havneudvalget"]),
        ("Social og Sundhedsudvalget", ["Social- og Sundhedsudvalget"]),
        ("Venstre og Havneudvalget", ["Havneudvalget"]),
        ("Udvalget for Havn, Fiskeri og Strand drøftede sagen", ["Udvalget for Havn, Fiskeri og Strand"]),
        ("Udvalget for Demokrati- og Serviceudviklings sag", ["Udvalget for Demokrati- og Serviceudvikling"]),
        ("Når Egelund Byråd har vedtaget budgettet", ["Egelund Byråd"]),
        ("Byrådet i Egelund Kommune mødtes, og byrådets formand", ["Byrådet"]),
        ("Teknisk Udvalgs referat", ["Teknisk Udvalg"]),
        ("3. Baggrund\nTeknisk Udvalg drøftede planen", ["Teknisk Udvalg"]),
        ("Det Sociale Udvalg udsatte sagen, og Det Grønne Råd er hørt", ["Det Sociale Udvalg", "Det Grønne Råd"]),
        (
            "Udvalg for regional udvikling\nReferat\n\nUdvalg for regional udvikling tog sagen af.",
            ["Udvalg for regional udvikling"],
        ),
        ("Udvalget for kultur drøftede.", []),
        ('Udvalget "Aktiv Hele Livet - Sundhed"', ["Udvalget Aktiv Hele Livet - Sundhed"]),
        ("Egelund Kommunes svar på SOU alm. del", []),
        ("Rådet for Socialt Udsatte og ældrerådet", ["Rådet for Socialt Udsatte", "Ældrerådet"]),
        ("Egelund Kommunes Havneudvalg", ["Havneudvalget"]),
        ("Havne- og Fiskeriudvalget (HFU) mødtes. HFU drøftede sagen.", ["Havne- og Fiskeriudvalget"]),
        ("forelægges ØU og BR den 3. maj", ["Økonomiudvalget", "Borgerrepræsentationen"]),
        ("J.nr. BR 411/05", []),
        ("behandlet i ØU 12/6 2012", ["Økonomiudvalget"]),
        ("KLIMA- OG HAVNEUDVALGET", ["Klima- og Havneudvalget"]),
        ("Udvalget for Skov, Udvalget for Strand & Sø", ["Udvalget for Skov", "Udvalget for Strand og Sø"]),
        (
            "Teknik- & Havneudvalget og Udvalget for Havn, By & Land",
            ["Teknik- og Havneudvalget", "Udvalget for Havn, By og Land"],
        ),
        ("REFERAT FRA UDVALGET FOR HAVN, STRAND\nOG FISKERI\nMØDEDATO", ["Udvalget for Havn, Strand og Fiskeri"]),
        ("UDVALGET FOR HAVN & STRAND DAGSORDEN", ["Udvalget for Havn og Strand"]),
        ("Udvalget for Havn og Strand\nReferat af møde", ["Udvalget for Havn og Strand"]),
        ("Børn og Unge-udvalget og § 17, stk. 4-udvalget", ["Børn og Unge-udvalget"]),
        ("i Kultur, Havn og Strand-udvalgets møde", ["Kultur, Havn og Strand-udvalget"]),
        ("Kommunen og Strand-udvalget, et Havn og Strand-udvalg", []),
        ("SSP-udvalget, HMU-udvalget og AMO-udvalget", ["SSP-udvalget"]),
        ("Havlev Magistrat har vedtaget svaret", ["Havlev Magistrat"]),
        ("Havlev Kommunes Magistrat mødtes, og magistraten drøftede sagen", ["Magistraten"]),
        ("Byen havde en magistrat og et bydelsråd", []),
        ("Vestby Bydelsråds svar", ["Vestby Bydelsråd"]),
        (
            "Lokaludvalgets Trafikudvalg, Byrådets Havneudvalg og Ældrerådets Festudvalg",
            ["Byrådet", "Havneudvalget", "Ældrerådet"],
        ),
        ("brev fra Havlev Erhvervsråd, erhvervsrådet og Erhvervsrådets formand", []),
        ("Egelund Kommune: KFU drøftede sagen", []),
        ("xxxxudvalget, fagudvalg, lokaludvalg og udvalget", []),
        ("MED-udvalget, HovedMED og Hovedudvalget", []),
        ("Arbejdsgruppen Socialudvalget mødes på tirsdag", []),
        ("Folketingets Socialudvalg", []),
        ("Planklagenævnet i området gav et godt råd til Kvarterrådet", []),
        ("www.valbylokaludvalg.kk.dk og post@socialudvalget.example", []),
        ("Referat - Havneudvalget", ["Havneudvalget"]),
        ("Socialborgmesteren og Borgerrepræsentationens Sekretariat", []),
    ],
)
def test_committees_in_text(text: str, expected: list[str]) -> None:
    """Each committee that a text names is found once, in canonical form, and nothing that only looks like one."""
    assert [found.value for found in bodies_of(text).committees] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Børne- og Ungdomsforvaltningens notat", ["Børne- og Ungdomsforvaltningen"]),
        ("Havne- og Fiskeriforvaltningen indstiller", ["Havne- og Fiskeriforvaltningen"]),
        ("Fra Borgmesterens Afdeling", ["Borgmesterens Afdeling"]),
        ("Teknisk Forvaltning svarer", ["Teknisk Forvaltning"]),
        ("TMF og BIF er enige", ["Teknik- og Miljøforvaltningen", "Beskæftigelses- og Integrationsforvaltningen"]),
        ("Punkt Forvaltning Frist", []),
        ("Statsforvaltningen og forvaltningen", []),
        ("Vand- og Ejendomsforvaltningen, og forkert ejendomsforvaltning", ["Vand- og Ejendomsforvaltningen"]),
        ("Fra Magistratens 4. Afdeling til Magistraten", ["Magistratens 4. Afdeling"]),
    ],
)
def test_departments_in_text(text: str, expected: list[str]) -> None:
    """Departments are kept apart from committees."""
    assert [found.value for found in bodies_of(text).departments] == expected


def test_mentions_keep_their_place() -> None:
    """Every mention has the span of its printed form, repeated ones too."""
    text = "Socialudvalget bad Socialudvalgets formand, jf. Kultur- og\nFritidsudvalget"
    spans = [text[found.start : found.end] for found in bodies_of(text).bodies]
    assert spans == ["Socialudvalget", "Socialudvalgets", "Kultur- og\nFritidsudvalget"]


@pytest.mark.parametrize("piece", ["Børne- og ", "Udvalget for A", "udvalg", "A- ", "Aa, Bb og ", "BR ", "råd råd"])
def test_time_is_linear(piece: str) -> None:
    """Text made to be slow takes time in proportion to its length."""
    bodies_of("Socialudvalget")
    assert_linear(*(partial(bodies_of, piece * count) for count in (4_000, 16_000)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regionsrådet har bedt Forretningsudvalget om en plan.", ("Regionsrådet", "Forretningsudvalget")),
        ("Lokaludvalgets Forretningsudvalg og Forretningsudvalget mødes.", ()),
    ],
)
def test_the_first_committee_of_a_region_is_a_body(text: str, expected: tuple[str, ...]) -> None:
    """`Forretningsudvalget` is a body of a region, elsewhere a working group."""
    assert find_facts(Text(text)).committees == expected


def test_a_department_may_bear_its_themes_before_a_hyphen() -> None:
    """`Børn og Unge-forvaltningen` is one department, without the municipality before it."""
    text = "Aftale mellem Havlev Kommune, Børn og Unge-forvaltningen og Bådelauget."
    assert find_facts(Text(text)).departments == ("Børn og Unge-forvaltningen",)


def test_the_board_of_the_fire_service_is_a_body() -> None:
    """A municipality's beredskabskommission decides in meetings."""
    facts = find_facts(Text("Beredskabskommissionen har den 4. april 2014 anbefalet at opføre en ny station."))
    assert facts.committees == ("Beredskabskommissionen",)
    assert [(one.body, one.date) for one in facts.references] == [("Beredskabskommissionen", "2014-04-04")]
