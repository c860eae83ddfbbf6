"""A trail to hand on: the table, the page and the picture hold every step and nothing that runs."""

import csv
import io
from xml.etree import ElementTree as ET

from corpus.links import Paper
from search.pictures import draw_timeline
from search.printed import to_csv, to_html
from search.steps import Step, Trail
from search.wording import DANISH, ENGLISH


def step(date: str | None, stage: str, body: str | None, title: str, *, announced: bool = False) -> Step:
    paper = Paper("a" * 16, None, "/arkiv/indstilling.pdf", "decision", title, date, 1, "approved")
    return Step(date, stage, body, paper, 2, "Godkendt.", ("Havnecharter",), announced)


TRAIL = Trail(
    "havnecharter",
    "Havnecharter",
    ("Havnecharter", "Charter om havnen"),
    (
        step("2011-08-29", "recommended", "Teknik- og Miljøudvalget", "Tilslutning <script>alert(1)</script>"),
        step("2011-09", "decided", "Byrådet", "=SUM(A1:A9)"),
        step("2012-01-01", "signed", None, "Brev", announced=True),
        step(None, "mentioned", None, "Notat"),
    ),
)


def test_csv_has_a_row_for_each_step_and_no_formula() -> None:
    """Every step is a row; a title that a spreadsheet would run is text."""
    rows = list(csv.DictReader(io.StringIO(to_csv(TRAIL))))
    assert [row["date"] for row in rows] == ["2011-08-29", "2011-09", "2012-01-01", ""]
    assert rows[1]["title"] == "'=SUM(A1:A9)"
    # What is only announced has no outcome of its own: `approved` is the paper's that announces it.
    assert [row["outcome"] for row in rows] == ["approved", "approved", "", "approved"]


def test_html_escapes_what_papers_say() -> None:
    """A title with markup is shown, not run; the page is Danish, in English on request."""
    page = to_html(TRAIL)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert 'lang="da"' in page
    assert "besluttet" in page
    assert "decided" in to_html(TRAIL, words=ENGLISH)


def test_svg_draws_every_dated_step() -> None:
    """The picture is well-formed and has a mark for each dated step, hollow where it is only announced."""
    picture = ET.fromstring(draw_timeline(TRAIL, DANISH))
    marks = [mark for mark in picture.iter() if mark.tag.endswith("circle")]
    assert len(marks) == 3
    assert [mark.get("fill") == "white" for mark in marks] == [False, False, True]


def test_svg_of_nothing_dated_is_a_picture() -> None:
    """A trail without dates gives an empty picture and no error."""
    ET.fromstring(draw_timeline(Trail("x", "x", ("x",), (step(None, "mentioned", None, "Notat"),)), DANISH))
