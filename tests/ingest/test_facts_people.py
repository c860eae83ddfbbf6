"""The shapes of short lines: people, titles, addresses, organisations."""

import pytest

from ingest.facts import shapes


@pytest.mark.parametrize(
    "text",
    [
        "Bodil Hestehave",
        "Hassan Al-Jabiri",
        "Ayşe Demirci",
        "Jens-Ole Brandstrup",
        "H.C. Lund",
        "Rasmus Tidemand",
        "Lone de Vries",
    ],
)
def test_people_are_told(text: str) -> None:
    """Two to five words with capitals are a person."""
    assert shapes.is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Center for Trafik",
        "Københavns Kommune",
        "Foreningen Lindevang",
        "Borgmester Hans Hansen",
        "Daglig leder",
        "Videre proces",
        "Budgetaftale 2013",
        "Ny bro over åen",
        "Sønder Boulevard 7",
        "Rådhuset",
        "Kontorchef",
        "Hans Hansen Kontorchef",
        "Valby Lokaludvalg",
    ],
)
def test_other_lines_are_no_people(text: str) -> None:
    """An organisation, a title, a street and a heading are no person."""
    assert not shapes.is_person(text)


@pytest.mark.parametrize(
    "text",
    ["Adm. direktør", "Kst. vicedirektør", "Formand, Valby Lokaludvalg", "1. viceborgmester", "Byggesagsbehandler"],
)
def test_titles_are_told(text: str) -> None:
    """The words that a name bears are read whole."""
    assert shapes.read_role(text) == text


@pytest.mark.parametrize(
    "text", ["Islands Brygge 37", "2300 København S", "Lindevangs Allé 44", "205 80 Malmö", "Bisiddervej 18, 2. tv."]
)
def test_addresses_are_told(text: str) -> None:
    """Street and postcode are address lines."""
    assert shapes.is_address(text)


@pytest.mark.parametrize(
    "text", ["Startredegørelse for Havnekaj 12", "Takstblad 2018", "Dispensation til skur på Rugmarken 7"]
)
def test_titles_with_a_street_are_no_addresses(text: str) -> None:
    """A title that ends in a street or a year is no address."""
    assert not shapes.is_address(text)
