"""HTML: what of a web page is the paper, by names, by what is folded away, and by what stands in cells."""

from __future__ import annotations

import pytest

from corpus.errors import ReadError
from ingest.readers import read
from tests.ingest.test_readers import lines_of


def _page(body: str, *, main: bool = True) -> bytes:
    inner = f"<main>{body}</main>" if main else body
    return f"<!DOCTYPE html><html><body>{inner}</body></html>".encode()


@pytest.mark.parametrize(
    "attribute",
    [
        'id="1-social-og-sundhedsplan"',
        'class="agenda-item social"',
        'id="menu-i-skolernes-kantiner"',
        'class="item alert"',
        'id="navigation-paa-fjorden"',
    ],
)
def test_read_html_keeps_items_named_like_furniture(attribute: str) -> None:
    """An agenda item is kept whatever words its id holds; one whose whole class is furniture, for what it holds."""
    item = f"<div {attribute}><h2>1. Havnebad</h2><p>Sagsnr. 2019-301</p><p>Beslutning: Godkendt.</p></div>"
    rest = "<div><h2>2. Kajen</h2><p>Drøftet.</p></div>"
    assert lines_of(read(_page(item + rest), "x.html")) == [
        "1. Havnebad",
        "Sagsnr. 2019-301",
        "Beslutning: Godkendt.",
        "2. Kajen",
        "Drøftet.",
    ]


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="cookie-banner"><h2>Vi bruger cookies</h2><p>Læs om dem.</p></div>',
        '<div id="main-menu"><a href="/a">Borger</a> <a href="/b">Politik</a></div>',
        '<div class="social"><a href="/del">Facebook</a></div>',
        '<div class="share-buttons"><h3>Del siden</h3><a href="/f">Facebook</a></div>',
        '<div class="skip-link">Spring over</div>',
        '<div class="modal" hidden><h2>Log ind</h2></div>',
        '<span class="sr-only">Aktuel side:</span>',
    ],
)
def test_read_html_leaves_furniture_out_by_its_name(furniture: str, main: bool) -> None:
    """What is named as furniture by all of a class or id, and holds no part of a paper, is left out."""
    page = _page(furniture + "<h1>Referat</h1><p>Havnebadet åbner den 1. maj.</p>", main=main)
    assert lines_of(read(page, "x.html")) == ["Referat", "Havnebadet åbner den 1. maj."]


@pytest.mark.parametrize("hidden", ['style="display: none"', 'aria-hidden="true"', "hidden"])
@pytest.mark.parametrize("main", [True, False])
def test_read_html_keeps_what_is_folded_away(hidden: str, main: bool) -> None:
    """Decisions in an accordion that is closed are part of the paper, and once; other hidden text is not."""
    folded = f"<div {hidden}><p>Sagsnr. 2019-202</p><h3>Beslutning</h3><p>Udsat.</p></div>"
    page = _page(
        f"<h1>Referat</h1><h2>1. Badebroen</h2>{folded}<div {hidden}><p>Tak for din besked.</p></div>"
        f"<p>Tavle <span {hidden}>Sagsnr. 2019-999</span> B</p>{folded}",
        main=main,
    )
    assert lines_of(read(page, "x.html")) == [
        "Referat",
        "1. Badebroen",
        "Sagsnr. 2019-202",
        "Beslutning",
        "Udsat.",
        "Tavle B",
    ]


def test_read_html_cells_hold_what_is_shown() -> None:
    """A word over two tags is one; hidden text and scripts in a cell are left out; the caption stands above."""
    table = (
        "<table><caption>Takster, sagsnr. 2019-204</caption><tr class='header'><th>Ydelse</th><th>Pris</th></tr>"
        "<tr><td><b>M</b>adkasse</td><td>49 kr.<span style='display:none'> før 99 kr.</span></td></tr>"
        "<tr><td>Vask<script>var pris = 1;</script></td><td><a href='#n'>20&nbsp;kr.</a><br>om ugen</td></tr></table>"
    )
    reading = read(_page(table, main=False), "x.html")
    assert lines_of(reading) == [
        "Takster, sagsnr. 2019-204",
        "Ydelse\tPris",
        "Madkasse\t49 kr.",
        "Vask\t20 kr. om ugen",
    ]


def test_read_html_of_comments_only_is_damaged() -> None:
    """A page without anything in it is told as one that cannot be read."""
    with pytest.raises(ReadError, match="HTML"):
        read(b"<!doctype html><!-- intet -->", "x.html")


def test_read_html_leaves_out_what_was_deleted() -> None:
    """A word that is struck out as deleted is no text; one that is only struck through may be."""
    page = _page("<p>Prisen er <del>40</del><ins>50</ins> kr, før <s>45</s>.</p>")
    assert lines_of(read(page, "x.html")) == ["Prisen er 50 kr, før 45."]


def test_read_html_passes_over_pictures_in_the_page_and_templates() -> None:
    """A picture may be written into the page, letter for letter."""
    picture = f'<img alt="Kort" src="data:image/png;base64,{"iVBO" * 100_000}">'
    page = _page(f"<p>Kortet {picture}viser byen.</p><template><p>Navn</p></template><noscript>Slå til</noscript>")
    assert lines_of(read(page, "x.html")) == ["Kortet viser byen."]


@pytest.mark.parametrize(
    ("paragraph", "bold"),
    [
        ("<p><strong>Godkendelse af dagsorden</strong></p>", True),
        ("<p> <b>Godkendelse</b> <b>af dagsorden</b> </p>", True),
        ("<p><b>Sagsnr.:</b> 19/4417</p>", False),
        ("<p>Godkendelse</p>", False),
    ],
)
def test_read_html_tells_a_paragraph_in_bold_letters(paragraph: str, bold: bool) -> None:
    """A paragraph is bold where all that it shows is, and the next one is judged by itself."""
    lines = [line for line in read(_page(f"{paragraph}<p>Tekst om broer.</p>"), "x.html").pages[0].lines if line.text]
    assert [line.bold for line in lines] == [bold, False]
