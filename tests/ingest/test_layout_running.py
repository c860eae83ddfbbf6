"""Running heads and feet of plain text that keeps its pages."""

from __future__ import annotations

from ingest.layout import compose
from ingest.readers import read

BODY = "Udvalget har drøftet de nye broer ved havnen i byen\nog har bedt forvaltningen om at lave et nyt forslag.\n"


def text_of(text: str) -> str:
    return compose(read(text.encode(), "referat.txt")).string


def test_a_foot_with_its_page_number_is_left_out() -> None:
    """What stands beside `Side 2` on several pages is furniture, and no sentence runs on from it."""
    pages = [
        f"{number}: Broer og master\n\n{BODY}\nHavlev Byråd 21-03-2023          Side {number}\n" for number in (1, 2)
    ]
    text = text_of("\f".join(pages))
    assert "Side" not in text
    assert "21-03-2023" not in text
    assert [line for line in text.split("\n") if "master" in line] == ["1: Broer og master", "2: Broer og master"]


def test_a_head_that_opens_the_paper_stays_there_once() -> None:
    """On the first page a running head may be the title."""
    head = "Referat af møde i Havlev Byråd den 3. maj 2019"
    text = text_of("\f".join(f"Havlev Kommune\n{head}\n\n{number}. Broer\n\n{BODY}" for number in (1, 2, 3)))
    assert text.count(head) == 1
    assert text.index(head) < text.index("1. Broer")


def test_what_ends_several_pages_is_no_foot() -> None:
    """The absent are named at the end of each item, which may be a page."""
    pages = [f"{number}. Broer\n\n{BODY}\nFraværende: Poul Erik Sandgaard (A)\n" for number in (1, 2, 3)]
    assert text_of("\f".join(pages)).count("Fraværende") == 3


def test_what_stands_beside_a_page_number_once_stays() -> None:
    """A list of contents has page numbers beside its entries."""
    text = text_of("Indhold\n\nBroer i havnen        Side 3\nMaster og pæle        Side 7\n\n" + BODY)
    assert "Broer i havnen" in text
    assert "Master og pæle" in text


def test_the_town_of_an_address_is_no_letterhead() -> None:
    """Where every line is a paragraph, a postcode above labels closes the recipient's address."""
    text = text_of(
        "Bo Lund\n\nHavnegade 2\n\n8880 Havlev\n\nDato: 9. januar 2008\n\nJ.nr.: 07/14420\n\nKære Bo\n\n" + BODY
    )
    assert text.index("8880 Havlev") < text.index("Kære Bo")


def test_an_item_with_a_colon_begins_a_line() -> None:
    """`2: Master` at the head of a page begins an item, whatever the last line of the page before ends with."""
    page = f"1: Broer\n\n{BODY}\nAlle var til stede ved mødet i byens nye rådhus"
    assert "2: Master" in text_of(f"{page}\f2: Master\n\n{BODY}").split("\n")


def test_a_day_set_far_right_is_apart_from_the_address() -> None:
    """The day and number under an address, set to the right, are no lines of it."""
    head = "Trafikministeriet\nFrederiksholms Kanal 27\n1220 København K\n" + " " * 45 + "Havlev, d. 2/6-2006\n"
    text = text_of(f"{head}{' ' * 45}J.nr. 2006-1189\n\nKære minister\n\n{BODY}")
    assert text.startswith("Trafikministeriet\nFrederiksholms Kanal 27\n1220 København K\n\n")


def test_at_whom_an_address_is_reached_is_a_line_of_it() -> None:
    """`v/formand …` under a name with the day beside it is not the day's end."""
    head = f"Foreningen Havlev Gamle Skole{' ' * 24}14. marts 1995\nv/formand Åge Ås\nKirkebakken 4\n7799 Havlev\n\n"
    assert "v/formand Åge Ås" in text_of(head + BODY).split("\n")


def test_a_field_with_its_day_is_a_line_of_its_own() -> None:
    """`Høringsfrist: 7. december` under a full heading is not the end of it."""
    text = text_of(f"2. Høring om broer og pæle ved havnen i byen (2018-02982)\nHøringsfrist: 7. december 2018\n{BODY}")
    assert "Høringsfrist: 7. december 2018" in text.split("\n")
