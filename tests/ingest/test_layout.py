"""Layout: lines with and without boxes -> the clean text in reading order."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from corpus.records import Line, Page, Reading, Text
from ingest.layout import compose
from ingest.readers import ReadOptions, read
from ingest.readers.ocr import languages
from tests.ingest.papers import BODY, LETTER, Placed, letter_pdf, make_pdf, stack

MARGIN = ("7. maj 2013", "Sagsnr.", "2013-68911", "Telefon", "97 11 22 33", "www.vesterlund.example")
PROSE = (
    "Lokaludvalget støtter, at der bliver bygget flere aflåste",
    "cykelrum ved stationen, men ønsker, at lejen bliver holdt",
    "på et niveau, hvor også unge under uddannelse kan være",
    "med. Træerne på hjørnet af pladsen bør blive stående, og",
    "der bør findes plads til ladcykler ved institutionerne.",
)


def text_of_pdf(*pages: list[Placed]) -> str:
    return compose(read(make_pdf(pages), "brev.pdf")).string


def text_of(text: str) -> str:
    return compose(read(text.encode(), "brev.txt")).string


def margin(left: float, lines: tuple[str, ...] = MARGIN) -> list[Placed]:
    return stack(lines, left=left, top=90, size=8, leading=11)


ORDERS = {
    "body first": lambda body, aside: body + aside,
    "margin first": lambda body, aside: aside + body,
    "mixed": lambda body, aside: sorted(body + aside, key=lambda line: line[1]),
    "lower half first": lambda body, aside: body[3:] + aside + body[:3],
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("body_left", "margin_left"), [(70, 430), (210, 70)])
def test_compose_margin_follows_the_body(order: str, body_left: float, margin_left: float) -> None:
    """A margin column, left or right and drawn in any order, comes after the body as a block of its own."""
    body = stack(("Svar om cykelrum ved stationen", *PROSE), left=body_left, top=80)
    text = text_of_pdf(ORDERS[order](body, margin(margin_left)))
    assert " ".join(PROSE) in text
    assert text.endswith("7. maj 2013\n\nSagsnr.\n2013-68911\n\nTelefon\n97 11 22 33\n\nwww.vesterlund.example")


def test_compose_margin_has_its_role_and_place() -> None:
    """The segments of the margin say that they are one, and hold their boxes."""
    text = compose(read(make_pdf([stack(PROSE) + margin(430)]), "brev.pdf"))
    found = [segment for segment in text.segments if segment.role == "margin"]
    assert [text.string[segment.start : segment.end] for segment in found] == list(MARGIN)
    assert all(segment.box is not None and segment.box.x0 > 400 for segment in found)


def test_compose_joins_wrapped_lines_and_broken_words() -> None:
    """Wrapped lines are one; a broken word is joined, suspended and real hyphens stay."""
    filler = "Det har udvalget besluttet efter en lang drøftelse af sagen"
    body = stack((filler, *BODY, "slut."))
    text = text_of_pdf(body)
    assert "en ny integrationspolitik og bedt Beskæftigelses- og Integrationsforvaltningen om" in text
    assert "EUROCITIES-arbejdsgruppen" in text


def test_compose_keeps_address_lines_apart() -> None:
    """Short lines under each other stay lines; a wide distance parts paragraphs."""
    address = ("Integrationsrådet", "Rådhusgade 4", "7777 Vesterlund")
    text = text_of_pdf(stack(address) + stack(PROSE, top=160))
    assert text.startswith("Integrationsrådet\nRådhusgade 4\n7777 Vesterlund\n\n" + PROSE[0])


def test_compose_leaves_page_lines_and_running_heads_out() -> None:
    """Page numbers and what is repeated at the head of every page are no text, and a sentence runs over the page."""
    heads = [[(70, 40, 8, "Børne- og Skoleudvalget 04-12-2018"), (480, 810, 8, f"Side {n} af 2")] for n in (1, 2)]
    text = text_of_pdf([*stack(PROSE[:3], top=700), *heads[0]], [*heads[1], *stack(PROSE[3:])])
    assert text == " ".join(PROSE)


@pytest.mark.parametrize("line", ["Side 2 af 2", "1 af 17", "side ii", "- 4 -", "12", "Side 198"])
def test_compose_knows_page_lines(line: str) -> None:
    """Page lines of all usual forms are left out at the foot of a page."""
    assert line not in text_of_pdf([*stack(PROSE), (300, 815, 9, line)])


def test_compose_table_rows_are_lines_with_tabs() -> None:
    """A table is read row by row with its cells apart, the second line of a cell joined to its first."""
    rows = [
        [(70, 100, 11, "Anlæg"), (280, 100, 11, "Billettype"), (450, 100, 11, "Takst")],
        [(70, 122, 11, "Østhallen"), (280, 122, 11, "Leje pr. time for"), (450, 122, 11, "310 kr.")],
        [(280, 135, 11, "foreninger")],
        [(70, 157, 11, "Fjordby Svømmehal"), (280, 157, 11, "Voksen"), (450, 157, 11, "45 kr.")],
    ]
    text = text_of_pdf([cell for row in rows for cell in row])
    assert text.splitlines() == [
        "Anlæg\tBillettype\tTakst",
        "Østhallen\tLeje pr. time for foreninger\t310 kr.",
        "Fjordby Svømmehal\tVoksen\t45 kr.",
    ]


def test_compose_table_of_case_numbers_is_no_margin() -> None:
    """A right column of a table under `Sagsnr.` stays in its rows."""
    cells: list[Placed] = []
    for index, (number, title, case) in enumerate(
        [
            ("Pkt.", "Tekst", "Sagsnr."),
            ("1", "Budget", "18/28145"),
            ("2", "Takster", "18/30771"),
            ("3", "Haller", "18/19022"),
        ]
    ):
        top = 100 + 20 * index
        cells += [(70, top, 11, number), (200, top, 11, title), (400, top, 11, case)]
    assert text_of_pdf(cells).splitlines()[1:] == ["1\tBudget\t18/28145", "2\tTakster\t18/30771", "3\tHaller\t18/19022"]


def test_compose_signers_side_by_side_are_read_one_by_one() -> None:
    """Two names with their titles side by side are two blocks, each name with its own title."""
    signers = [(70, 300, 11, "Kirsten Elkjær"), (320, 300, 11, "Bo Steensgaard"), (70, 315, 11, "formand")]
    text = text_of_pdf([*stack(PROSE), *signers, (320, 315, 11, "næstformand")])
    assert text.replace("\n\n", "\n").endswith("Kirsten Elkjær\nformand\nBo Steensgaard\nnæstformand")


def test_compose_two_columns_of_prose_are_read_one_after_the_other() -> None:
    """A page in two columns is read down the left one first."""
    short = [f"Linje {n} om den nye skolestruktur i byen" for n in range(1, 25)]
    page = stack(short[:12], left=50) + stack(short[12:], left=320)
    mixed = sorted(page, key=lambda line: line[1])
    found = text_of_pdf(mixed)
    positions = [found.index(f"Linje {n} om") for n in range(1, 25)]
    assert positions == sorted(positions)


@pytest.mark.parametrize("bullet", ["\u2022", "-", "\u00b7"])
def test_compose_bullets_head_their_entries(bullet: str) -> None:
    """A bullet drawn before its entry becomes a dash at its head."""
    page = [(70, 100, 11, bullet), (90, 100, 11, "Er placeringen den rigtige"), (70, 116, 11, bullet)]
    assert text_of_pdf([*page, (90, 116, 11, "Hvem rydder op")]) == "- Er placeringen den rigtige\n- Hvem rydder op"


def test_compose_plain_text_margin_is_taken_out_of_the_sentence() -> None:
    """A letterhead in the middle of a sentence of plain text follows the body, and the sentence is whole."""
    text = text_of(
        "Vi ønsker at udvikle ordningen med kontaktpersoner i Gadelandet og i\n\n"
        "Rådhuset\n7777 Vesterlund\n\nTelefon\n97 11 22 33\n\nE-mail\nskole@vesterlund.example\n\n"
        "Bakkevænget som en ny vej ind i foreningslivet.\n\nVenlig hilsen\n\nKaj Lindegaard\n"
    )
    assert "i Gadelandet og i Bakkevænget som en ny vej" in text
    assert text.endswith(
        "Kaj Lindegaard\n\nRådhuset\n7777 Vesterlund\n\nTelefon\n97 11 22 33\n\nE-mail\nskole@vesterlund.example"
    )


def test_compose_plain_text_labels_without_letterhead_stay() -> None:
    """The labels of a note stay where they are where no address or telephone makes them a letterhead."""
    text = "Til alle udvalg\n\nDato: 3. maj 2021\nSagsnr. 2021-912\n\nReglerne skal gennemgås."
    assert text_of(text) == text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Forvaltningen foreslår, at planen vedtages med de ændrin-\n"
            "ger, der står i bilag 2, og at pengene tages fra puljen til\n"
            "trafik. Det koster 4,6 mio. kr. og er færdigt i november.\n",
            "Forvaltningen foreslår, at planen vedtages med de ændringer, der står i bilag 2, "
            "og at pengene tages fra puljen til trafik. Det koster 4,6 mio. kr. og er færdigt i november.",
        ),
        ("- Er målene klare\n- Hvem gør hvad", "- Er målene klare\n- Hvem gør hvad"),
        ("Kære Ulla\n\nGodkendt.", "Kære Ulla\n\nGodkendt."),
        ("\uf0b7 Er målene klare", "- Er målene klare"),
        ("T I L S Y N E T", "TILSYNET"),
        ("\ufb01rmaet", "firmaet"),
    ],
)
def test_compose_plain_text(lines: str, expected: str) -> None:
    """Wrapped lines are joined, entries and short lines stay, signs are mended."""
    assert text_of(lines) == expected


def test_compose_tail_markers_move_to_the_head_of_their_entry() -> None:
    """A number or dash that was drawn after the first line of its entry stands before it."""
    text = text_of(
        "Forvaltningen indstiller til udvalget og til rådet i byen,\n\n"
        "at udvalget over for rådet anbefaler, at kommunen tiltræder 1.\n"
        "den nye aftale om legepladser i de nordiske byer.\n\n"
        "Aftalens indhold svarer til kommunens egen politik og -\n"
        "de mål, der allerede er vedtaget for børn i byens parker.\n"
    )
    assert "\n\n1. at udvalget over for rådet anbefaler, at kommunen tiltræder den nye aftale" in text
    assert "\n\n- Aftalens indhold svarer til kommunens egen politik og de mål" in text


def test_compose_without_lines_is_empty() -> None:
    """A document without text gives the empty text and keeps its number of pages."""
    assert compose(Reading("application/pdf", (Page(1, (), source="none"), Page(2, ())))) == Text("", (), 2)


def test_compose_marks_title_and_cells() -> None:
    """What the format says of a line is kept on its segment."""
    reading = Reading("text/html", (Page(1, (Line("Takster", style="heading"), Line(""), Line("a\tb", style="cell"))),))
    assert [segment.style for segment in compose(reading).segments] == ["heading", "cell"]


def test_compose_page_of_every_line() -> None:
    """Each page's text maps back to that page."""
    text = compose(read(letter_pdf(3), "x.pdf"))
    for segment in text.segments:
        assert text.page_at(segment.start) == segment.page
    assert {segment.page for segment in text.segments} == {1, 2, 3}


SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize("folder", ["gold", "seeds"])
def test_compose_labelled_papers(folder: str) -> None:
    """On the labelled papers the words and their order agree with the expected text."""
    gold = SHARED / folder
    if not gold.is_dir():
        pytest.skip("the labelled papers are not here")
    sys.path.insert(0, str(SHARED))
    try:
        from score import text_scores
    finally:
        sys.path.pop(0)
    ocr = languages("dan+eng") is not None
    right = extra = missing = 0
    orders = []
    for expected in sorted(gold.glob("*.txt.gold")):
        path = expected.with_name(expected.name.removesuffix(".txt.gold"))
        reading = read(path.read_bytes(), path.name, options=ReadOptions(ocr="auto" if ocr else "never"))
        if not ocr and all(page.source == "none" for page in reading.pages):
            continue
        hit, more, less, order = text_scores(expected.read_text("utf-8"), compose(reading).string)
        right, extra, missing = right + hit, extra + more, missing + less
        orders.append(order)
    assert 2 * right / (2 * right + extra + missing) >= 0.995
    assert sum(orders) / len(orders) >= 0.995


def test_compose_is_the_same_twice() -> None:
    """The same bytes give the same text."""
    content = letter_pdf(2)
    first, second = (compose(read(content, "x.pdf")) for _ in range(2))
    assert json.dumps(first.string) == json.dumps(second.string)
    assert first.segments == second.segments
    assert LETTER[0] in first.string


def test_compose_keeps_a_heading_that_heads_several_pages() -> None:
    """A heading that happens to head pages at the same place is text; the running head above it is not."""
    body = [f"Punkt {number} blev drøftet af udvalget i lang tid i går" for number in range(1, 12)]
    pages = [
        [(62, 40, 8, "Havneby Kommune, Teknisk Udvalg"), (70, 70, 11, first), *stack(body, top=92)]
        for first in ("Beslutning", "Bilag 2: Hvidbog", "Beslutning", "Indstilling", "Beslutning")
    ]
    text = text_of_pdf(*pages)
    assert text.count("Beslutning") == 3
    assert text.count("Bilag 2: Hvidbog") == 1
    assert "Havneby Kommune" not in text


def test_compose_keeps_a_greeting_that_stands_alike_on_two_pages() -> None:
    """The first line of two letters in one file is text on both pages."""
    letter = stack(("Kære nabo", *PROSE), top=70)
    assert text_of_pdf(letter, letter).count("Kære nabo") == 2
