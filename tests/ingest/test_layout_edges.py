"""What stands at a page's edges: running heads, contact lines, notes, head blocks set to the right."""

from __future__ import annotations

from functools import partial

import pytest

from corpus.records import Box, Line, Page, Reading
from ingest.layout import compose
from ingest.readers import read
from tests.growth import assert_linear
from tests.ingest.papers import Placed, make_pdf, stack

FIRST = (
    "Foreningen har i foråret målt trafikken på Engvej og fundet, at der",
    "kører flere biler end ventet. Vi har talt med naboerne, og de fleste",
    "er enige i, at en bom vil hjælpe, hvis den bliver sat op inden næste",
)
SECOND = ("skoleår, så børnene kan cykle trygt til skole. Vi hører gerne fra jer,", "når sagen har været for udvalget.")
WHOLE = " ".join((*FIRST, *SECOND))


def text_of(*pages: list[Placed]) -> str:
    return compose(read(make_pdf(pages), "brev.pdf")).string


def ending(*rest: Placed) -> list[Placed]:
    return [*stack(FIRST, top=700), *rest]


HEADS: dict[str, list[Placed]] = {
    "level with the page number": [(70, 45, 9, "Grundejerforeningen Engvej"), (480, 45, 9, "Side 2")],
    "above the page number": [(440, 40, 8, "Sagsnr. 2021-004411"), (440, 51, 8, "Side 2 af 2")],
    "as large as the text": [(70, 35, 11, "Bom på Engvej"), (70, 48, 11, "4. maj 2021"), (70, 61, 11, "Side 2")],
}


@pytest.mark.parametrize("head", HEADS)
def test_compose_head_of_a_later_page_goes_with_its_page_number(head: str) -> None:
    """What stands level with the page number in a later page's head, or above it, parts no sentence."""
    title = stack(("Bom på Engvej",), top=90)
    assert text_of([*title, *ending()], [*HEADS[head], *stack(SECOND, top=100)]).endswith(WHOLE)


def test_compose_text_that_begins_level_with_the_page_number_stays() -> None:
    """A page number beside the first line of the text takes nothing of the text with it."""
    title = stack(("Bom på Engvej",), top=90)
    page = [*stack(SECOND, top=90), (500.0, 90.0, 9.0, "Side 2")]
    assert text_of([*title, *ending()], page).endswith(WHOLE)


FEET: dict[str, list[Placed]] = {
    "one line": [(70, 800, 8, "Tlf. 97 00 12 12 · www.engby.example")],
    "columns": [
        *stack(("Vejkontoret", "Markvej 2", "7777 Engby"), top=785, size=8, leading=10),
        *stack(("Telefon 97 00 12 12", "EAN 5798000000000"), left=220, top=785, size=8, leading=10),
        *stack(("vej@engby.example", "www.engby.example"), left=380, top=785, size=8, leading=10),
    ],
}


@pytest.mark.parametrize("foot", FEET)
def test_compose_contact_foot_belongs_to_the_margin(foot: str) -> None:
    """The small contact lines under the first page follow the body, and the sentence runs over the page."""
    text = compose(read(make_pdf([ending(*FEET[foot]), stack(SECOND, top=90)]), "brev.pdf"))
    assert text.string.startswith(WHOLE + "\n\n")
    assert {segment.role for segment in text.segments if segment.start > len(WHOLE)} == {"margin"}


def test_compose_small_text_under_a_page_is_no_contact_foot() -> None:
    """Small print that tells of no way to reach the sender stays where it is."""
    text = text_of(ending((70, 800, 8, "Tallene er opgjort i uge 14 og 15.")), stack(SECOND, top=90))
    assert text.index("Tallene er opgjort") < text.index(SECOND[0])


def test_compose_signature_as_large_as_the_text_stays() -> None:
    """A signer's telephone at the end of a page is no contact foot."""
    signer = stack(("Kaj Lindegaard", "Tlf. 97 00 12 12"), top=770)
    text = compose(read(make_pdf([ending(*signer), stack(SECOND, top=90)]), "brev.pdf"))
    assert all(segment.role == "body" for segment in text.segments)


@pytest.mark.parametrize("note", ["1) Tællingen er lavet af foreningen selv.", "1 Tællingen er lavet af foreningen."])
def test_compose_note_under_a_page_follows_the_sentence_it_cut(note: str) -> None:
    """A note at the foot of a page stands after the sentence that runs on to the next page."""
    assert text_of(ending((70, 790, 8, note)), stack(SECOND, top=90)) == f"{WHOLE}\n\n{note}"


def test_compose_note_under_a_whole_sentence_stays_on_its_page() -> None:
    """A note under a page that ends with its sentence is read with that page."""
    page = [*stack((*FIRST, "skoleår."), top=700), (70.0, 790.0, 8.0, "1) Tællingen er foreningens egen.")]
    text = text_of(page, stack(("Vi hører gerne fra jer.",), top=90))
    assert text.endswith("skoleår.\n\n1) Tællingen er foreningens egen.\n\nVi hører gerne fra jer.")


def boxed(left: float, right: float, top: float, text: str) -> Line:
    """Give a line of ten points that ends at `right`."""
    return Line(text, Box(left, top, right, top + 10), 10.0)


def test_compose_head_block_set_to_the_right_is_a_margin() -> None:
    """A date and a case number that end at the same edge stand apart from the address beside them."""
    lines = [
        boxed(60, 160, 80, "Forsamlingshuset Lyst"),
        boxed(460, 530, 80, "8. juni 2017"),
        boxed(60, 120, 94, "Bygaden 12"),
        boxed(450, 530, 94, "Sagsnr. 17/9922"),
        boxed(60, 140, 108, "7777 Engby"),
        boxed(400, 530, 108, "Sagsbehandler: Lis Dal"),
        boxed(60, 400, 170, "Vi giver hermed tilskud til et nyt gulv i den store sal."),
    ]
    text = compose(Reading("application/pdf", (Page(1, tuple(lines), 595.0, 842.0),)))
    assert text.string.startswith("Forsamlingshuset Lyst\nBygaden 12\n7777 Engby\n\nVi giver hermed")
    assert text.string.endswith("8. juni 2017\n\nSagsnr. 17/9922\n\nSagsbehandler: Lis Dal")


def test_compose_table_set_to_the_right_is_no_margin() -> None:
    """A column of case numbers that end at the same edge stays in its rows."""
    rows = [("1. Budget", "Sagsnr. 18/1"), ("2. Takster", "Sagsnr. 18/3077"), ("3. Haller", "Sagsnr. 18/190")]
    lines = []
    for index, (title, case) in enumerate(rows):
        top = 100 + 20 * index
        lines += [boxed(60, 120, top, title), boxed(530 - 5 * len(case), 530, top, case)]
    text = compose(Reading("application/pdf", (Page(1, tuple(lines), 595.0, 842.0),)))
    assert text.string.splitlines() == ["\t".join(row) for row in rows]


def test_compose_short_letter_joins_a_line_that_nearly_fills_the_width() -> None:
    """A long line close to the right edge runs on where its sentence does; a greeting and short lines do not."""
    lines = [
        boxed(70, 482, 200, "Tak for brevet af 2. juni 2009. Kommunen har ikke penge til nye net på"),
        boxed(70, 480, 214, "banen i år, men vi tager ønsket med i drøftelserne af budgettet næste år"),
        boxed(70, 160, 228, "og giver besked."),
        boxed(70, 525, 260, "Klubben kan søge puljen til foreninger, når den bliver slået op til efteråret."),
    ]
    text = compose(Reading("application/pdf", (Page(1, tuple(lines), 595.0, 842.0),)))
    assert "nye net på banen i år, men" in text.string
    assert "næste år og giver besked.\n\nKlubben" in text.string


def test_compose_wrapped_cell_of_a_wide_table_is_joined() -> None:
    """The second line of a cell comes before the cell beside it, also where it stands further down than usual."""
    rows = [
        [(70, 100, 10, "Punkt"), (120, 100, 10, "Emne"), (440, 100, 10, "Sagsnr.")],
        [(70, 122, 10, "1"), (120, 122, 10, "Valg af medlem til bestyrelsen for Museet på"), (440, 122, 10, "2014-5")],
        [(120, 135.5, 10, "Bakken")],
        [(70, 157, 10, "2"), (120, 157, 10, "Budget"), (440, 157, 10, "2014-81")],
    ]
    assert text_of([cell for row in rows for cell in row]).splitlines() == [
        "Punkt\tEmne\tSagsnr.",
        "1\tValg af medlem til bestyrelsen for Museet på Bakken\t2014-5",
        "2\tBudget\t2014-81",
    ]


def test_compose_page_number_in_a_cell_of_a_running_head_is_left_out() -> None:
    """The page number beside a case number in a header is no text; the case number stays."""
    lines = (Line("Sagsnr. 2019-004411\tSide 2 af 7", style="header"), Line(""), Line("§ 1. Rådet har ni medlemmer."))
    text = compose(Reading("application/vnd.openxmlformats", (Page(1, lines),))).string
    assert "Side 2" not in text
    assert "Sagsnr. 2019-004411" in text


def test_many_short_paragraphs_cost_in_proportion() -> None:
    """A list of one word a paragraph may be long."""
    readings = [Reading("text/plain", (Page(1, (Line("hegn"), Line("")) * times),)) for times in (8_000, 32_000)]
    small, large = (partial(compose, reading) for reading in readings)
    assert_linear(small, large)
