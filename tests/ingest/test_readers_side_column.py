"""The margin column of a letter in plain text."""

from __future__ import annotations

import pytest

from ingest.layout import compose
from ingest.readers import read
from ingest.readers.side_column import part_column
from tests.ingest.papers import make_pdf, stack

BODY = (
    "Egelund Kommune",
    "Havnekontoret",
    "",
    "Ny mole ved Sønderhavn",
    "",
    "Rådet har fået kommunens brev om molen og",
    "takker for, at vi bliver hørt. Vi har set på",
    "tegningerne og har to bemærkninger til dem.",
    "",
    "Molen bør være så bred, at to kørestole kan",
    "passere hinanden uden for bænkene.",
)
MARGIN = (
    "Dato: 4. maj 2012",
    "Sagsnr. 12/4711",
    "",
    "Havnerådet",
    "c/o Rådhuset",
    "Strandvej 1",
    "4999 Egelund",
    "",
    "Tlf. 55 00 11 22",
)


def beside(left: tuple[str, ...], right: tuple[str, ...], at: int) -> list[str]:
    """Set two columns side by side, the right one at a place."""
    lines = max(len(left), len(right))
    pairs = zip(left + ("",) * (lines - len(left)), right + ("",) * (lines - len(right)), strict=True)
    return [f"{one:<{at}}{other}".rstrip() for one, other in pairs]


@pytest.mark.parametrize(("left", "right", "at"), [(BODY, MARGIN, 50), (MARGIN, BODY, 24)])
def test_margin_beside_the_body_is_read_by_itself(left: tuple[str, ...], right: tuple[str, ...], at: int) -> None:
    """Whichever side the margin is on, the body's lines come without it, and lines below both stay."""
    below = ["", "Molen bliver dyr, men den er ventet af alle i byen, og pengene er fundet."]
    body, margin = part_column([*beside(left, right, at), *below])
    assert [line.strip() for line in body if line.strip()] == [line for line in (*BODY, below[1]) if line]
    assert [line.strip() for line in margin if line.strip()] == [line for line in MARGIN if line]


def test_line_that_only_the_margin_has_parts_no_sentence() -> None:
    """Where the column's lines stand between those of the body, a sentence goes on over them."""
    lines = []
    for one, other in zip(BODY[5:], MARGIN, strict=False):
        lines += [one, " " * 50 + other] if other else [one]
    body, _ = part_column([*lines, *beside(BODY[5:8], ("Tlf. 55 00 11 22", "Mail", "bo@havn.example"), 50)])
    assert body[:2] == [BODY[5], BODY[6]]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "År                  Beløb     Sagsnr.",
            *(f"20{at}                {at}.000    {at}/4711" for at in range(10, 20)),
        ],
        beside(("Mødedato: 4. maj 2012", "Mødested: Havnen", "Sagsnr.: 12/4711", "Dato: 5. maj 2012"), MARGIN[3:7], 40),
        beside(BODY[5:], ("Kim Holm", "Bo Lund", "Asta Lind", "Ib Ås", "Ea Bo", "Kaj Ek"), 60),
        beside(BODY[5:], tuple(line.upper() for line in BODY[5:]), 60),
        list(BODY),
        [],
    ],
)
def test_what_is_no_margin_stays(lines: list[str]) -> None:
    """Tables, forms, lists of people and two columns of text are left as they are."""
    assert part_column(lines) == (lines, [])


def test_margin_in_plain_text_follows_the_body() -> None:
    """A letter's text comes whole, and the margin's number and date after it."""
    lines = [*beside(BODY, MARGIN, 50), "", "Venlig hilsen", "", "Bo Ås"]
    text = compose(read("\n".join(lines).encode(), "brev.txt")).string
    assert "Rådet har fået kommunens brev om molen og takker for, at vi bliver hørt." in text
    assert text.index("Bo Ås") < text.index("Dato: 4. maj 2012") < text.index("Sagsnr. 12/4711")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("1 Kort over molen     361-2014-204418", "2 Budget     361-2014-204420"), "204418\n2 Budget"),
        (("Pkt. 13 Molen og havnen i Egelund by", "Sagsnr. 05/2207"), "by\nSagsnr. 05/2207"),
        (("Rådet har drøftet molen på sit møde den", "4. maj 2012 og er enigt."), "møde den 4. maj 2012 og"),
    ],
)
def test_rows_and_labels_keep_their_lines_and_days_do_not(lines: tuple[str, str], kept: str) -> None:
    """In wrapped text a row and a number's label stand on their own; `den` goes on with its day."""
    text = compose(read("\n".join((*BODY[5:], "", *lines)).encode(), "brev.txt")).string
    assert kept in text.replace("\t", " ")


def test_hyphen_behind_a_bullet_far_from_its_text_is_kept() -> None:
    """The first line of an entry keeps its hyphen though PDFium cuts it from its bullet."""
    page = [
        *stack(BODY[5:8]),
        (70, 140, 11, "•"),
        (100, 140, 11, "sammensætningen af havnens besty-"),
        (100, 154, 11, "relse og havnens drift"),
    ]
    text = compose(read(make_pdf([page]), "brev.pdf")).string
    assert "sammensætningen af havnens bestyrelse og havnens drift" in text
