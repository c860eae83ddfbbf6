"""Minutes that are a table: number and title in the first cell, what was said in the second."""

from __future__ import annotations

import docx

from corpus.records import Facts, Text
from ingest.facts import find_facts
from ingest.layout import compose
from ingest.readers import read
from tests.ingest.papers import save_docx

HEAD = "Ældrerådet i Havlev Kommune\n\nReferat af møde nr. 2\n\nTid: Tirsdag den 7. februar 2023 kl. 10\n\n"
ROWS = (
    "1. Godkendelse af dagsorden\tDagsordenen godkendt.\n"
    "2. Nyt fra formanden\tFormanden orienterede. Orienteringen blev taget til efterretning.\n"
    "3. Takster for broerne\tPunktet blev udsat til mødet den 7. marts 2023.\n"
    "4. Eventuelt\tIntet."
)
TITLES = ["Godkendelse af dagsorden", "Nyt fra formanden", "Takster for broerne", "Eventuelt"]


def facts_of(text: str) -> Facts:
    return find_facts(Text(HEAD + text))


def test_rows_under_a_head_are_items() -> None:
    """A head `Pkt. | Referat` names the columns; the second cell holds the decision."""
    facts = facts_of("Pkt.\tReferat\n" + ROWS)
    assert (facts.doc_type, [item.title for item in facts.items]) == ("minutes", TITLES)
    assert [item.outcome for item in facts.items] == ["approved", "noted", "postponed", None]


def test_rows_without_a_head_are_items() -> None:
    """Rows of two cells make a table by themselves."""
    facts = facts_of(ROWS)
    assert [item.title for item in facts.items] == TITLES
    assert [item.number for item in facts.items] == ["1", "2", "3", "4"]


def test_rows_in_an_agenda_decide_nothing() -> None:
    """A row of an agenda tells what a matter is about."""
    text = "Dagsorden\n\nHavnerådet\n\n" + ROWS
    assert [item.outcome for item in find_facts(Text(text)).items] == [None] * 4


def test_who_took_the_minutes_may_have_a_title() -> None:
    """`Referent: Maja Thurø, sekretær` signs with the title."""
    facts = facts_of(ROWS + "\n\nReferent: Maja Thurø, sekretær")
    assert [(one.name, one.role) for one in facts.signatories] == [("Maja Thurø", "sekretær")]


def test_day_of_a_cited_meeting_in_a_title_does_not_cut_it() -> None:
    """`d. 15/3` in a title is no end of a sentence, and a full line does not hide it."""
    text = HEAD + (
        "1. Godkendelse af dagsorden og referat fra mødet d. 15/3\nGodkendt.\n\n2. Meddelelser\nIntet.\n\n"
        "3. Takster for broerne\nGodkendt."
    )
    assert find_facts(Text(text)).items[0].title == "Godkendelse af dagsorden og referat fra mødet d. 15/3"


def test_remarks_in_brackets_are_no_part_of_a_title() -> None:
    """Who may read an item, and that it has attachments, is said behind its title."""
    text = HEAD + "1. Godkendelse af dagsorden\n\n2. Køb af kaj (Lukket punkt)\n\n3. Svar om takster (bilag vedlagt)"
    items = find_facts(Text(text)).items
    assert [item.title for item in items] == ["Godkendelse af dagsorden", "Køb af kaj", "Svar om takster"]
    assert [item.closed for item in items] == [False, True, False]


def test_bold_lines_head_the_items_of_a_paper_without_numbers() -> None:
    """A Word file's headings may be no more than bold."""
    headings = ("Godkendelse af dagsorden", "Høringssvar om broer", "Eventuelt")
    document = docx.Document()
    document.add_paragraph("Havlev Udsatteråd")
    document.add_paragraph("Referat fra møde den 12. juni 2019")
    for heading in headings:
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph("Rådet godkendte udkastet.")
    reading = read(save_docx(document), "referat.docx")
    facts = find_facts(compose(reading), media_type=reading.media_type)
    assert (facts.doc_type, tuple(item.title for item in facts.items)) == ("minutes", headings)


def test_points_of_a_decision_are_no_items() -> None:
    """`Ad 1: Godkendt med en rettelse` tells of the proposal's first point, and the body may bear its years."""
    text = (
        "Udvalget for Børn og Kultur 2014-2017\n\n06-05-2015 16:00\n\n58. Kulturstrategi - godkendelse af udkast\n\n"
        "Sagsnr. 15/3312\n\nIndstilling\n\nDirektøren indstiller, at udkastet godkendes.\n\n"
        "Beslutning Udvalget for Børn og Kultur 2014-2017 den 06-05-2015\n\n"
        "Ad 1: Godkendt med en rettelse på side 7. Ad 2: Godkendt."
    )
    items = find_facts(Text(text)).items
    assert [(item.number, item.outcome) for item in items] == [("58", "approved")]


def test_a_number_beside_a_title_decides_nothing() -> None:
    """A case number in the second cell is no decision: that stands below."""
    text = HEAD + "".join(
        f"{at}. {title}\t19/441{at}\n\nBeslutning\n\nGodkendt.\n\n"
        for at, title in enumerate(("Broer", "Master", "Både"), 1)
    )
    facts = find_facts(Text(text))
    assert [(item.title, item.outcome) for item in facts.items] == [
        ("Broer", "approved"),
        ("Master", "approved"),
        ("Både", "approved"),
    ]
