"""Papers of meetings as other councils write them: whose number is whose, lists of contents, the body that met."""

from __future__ import annotations

import pytest

from corpus.records import Facts, Text, meeting_body
from ingest.facts import find_facts


def facts_of(text: str) -> Facts:
    return find_facts(Text(text))


def cases_of(facts: Facts) -> list[tuple[str, ...]]:
    return [item.case_numbers for item in facts.items]


def cited_cases(facts: Facts) -> list[tuple[str | None, int | None]]:
    return [(one.target, one.item) for one in facts.references if one.kind == "case"]


HEAD = "Egelund Kommune\n\nReferat af møde i Havneudvalget den 4. maj 2021\n\nTil stede: Asta Lind (A), formand\n\n"
TWO_CASES = (
    HEAD
    + """4. Ny mole

Sagsnr. 21/000417

Sagen hænger sammen med sag 20/9912, som behandles senere på mødet. Se også sag 18/3311.

Beslutning

Godkendt.

5. Havneplan 2030

Sagsnr. 20/009912

Beslutning

Godkendt. Udvalget bad om, at sag 20/9912 følges op.
"""
)


def test_item_cites_the_number_that_another_item_owns() -> None:
    """A number in an item's running text is cited there, and is the own one of the item whose metadata it is."""
    facts = facts_of(TWO_CASES)
    assert cases_of(facts) == [("21/417",), ("20/9912",)]
    assert cited_cases(facts) == [("20/9912", 0), ("18/3311", 0)]
    assert facts.case_numbers == ("21/417", "20/9912")


def test_number_of_the_whole_paper_is_own_in_every_item() -> None:
    """What only the paper's head owns is cited nowhere."""
    text = HEAD.replace("Til stede", "Sagsnr. 20/9912\n\nTil stede") + TWO_CASES.removeprefix(HEAD).replace(
        "Sagsnr. 20/009912", "Udvalget drøftede planen."
    )
    assert cited_cases(facts_of(text)) == [("18/3311", 0)]


ITEMS = [("Godkendelse af dagsorden", "21/2"), ("Ny mole ved Sønderkaj", "21/417"), ("Eventuelt", "21/3")]
AGENDA = "Egelund Kommune\n\nDagsorden for Havneudvalget den 4. maj 2021\n\n"
BODY = "\n\n".join(
    f"{number}. {title}\nSagsnr. {case}\n\nSagsfremstilling\n\nSe brev af {number}. april 2021."
    for number, (title, case) in enumerate(ITEMS, 1)
)


@pytest.mark.parametrize(
    "entry", ["Pkt. {} {}", "Punkt {}: {}", "Punkt {} {} ........ 3", "{} {}", "{}. {}\t4", "Sag {}  {}"]
)
def test_contents_are_no_items(entry: str) -> None:
    """A list of what comes, whatever its entries look like, leaves the items where their text stands."""
    contents = "\n".join(entry.format(number, title) for number, (title, _) in enumerate(ITEMS, 1))
    facts = facts_of(f"{AGENDA}{contents}\n\n{BODY}")
    assert [(item.number, item.title) for item in facts.items] == [
        (str(number), title) for number, (title, _) in enumerate(ITEMS, 1)
    ]
    assert cases_of(facts) == [(case,) for _, case in ITEMS]
    assert [one.item for one in facts.references if one.kind == "letter"] == [0, 1, 2]
    assert facts.title == "Dagsorden for Havneudvalget den 4. maj 2021"


def test_long_entry_of_contents_goes_on_in_the_next_line() -> None:
    """A broken entry does not end the list of contents."""
    contents = "Pkt. 1 Godkendelse af dagsorden\nPkt. 2 Ny mole ved\nSønderkaj\nPkt. 3 Eventuelt"
    assert cases_of(facts_of(f"{AGENDA}{contents}\n\n{BODY}")) == [(case,) for _, case in ITEMS]


def test_items_without_text_are_no_contents() -> None:
    """An agenda that is only a list of titles has them as its items."""
    titles = "\n".join(f"Pkt. {number} {title}" for number, (title, _) in enumerate(ITEMS, 1))
    assert [item.title for item in facts_of(AGENDA + titles).items] == [title for title, _ in ITEMS]


def test_list_of_attachments_ends_at_the_next_item() -> None:
    """A document number in the list is the attachment's; the item under the list is none of its entries."""
    contents = "\n".join(f"Punkt {number}  {title}" for number, (title, _) in enumerate(ITEMS, 1))
    listed = "Bilag:\n1. Kort over kajen (dok.nr. 2021-098812)\n2. Overslag\n\n3 Eventuelt"
    text = (
        f"{AGENDA}{contents}\n\n1 Godkendelse af dagsorden\nSagsnr. 21/2\n\n2 Ny mole ved Sønderkaj\nSagsnr. 21/417\n\n"
    )
    facts = facts_of(text + listed)
    assert facts.document_numbers == ()
    assert [item.title for item in facts.items] == [title for title, _ in ITEMS]
    attached = [(one.label, one.title, one.item) for one in facts.references if one.kind == "attachment"]
    assert attached == [("Bilag 1", "Kort over kajen", 1), ("Bilag 2", "Overslag", 1)]
    assert [(one.target, one.item) for one in facts.references if one.kind == "document"] == [("2021-98812", 1)]


def test_body_of_a_meeting_stands_in_the_head() -> None:
    """A committee that only an item's text names is not the one that met."""
    item = "1. Ny mole\nSagsnr. 21/2\nSagen sendes til Økonomiudvalget.\n\nBeslutning\n\nGodkendt.\n\n"
    more = "2. Eventuelt\nSagsnr. 21/3\n\nBeslutning\n\nIntet."
    assert meeting_body(facts_of("Referat fra møde i bestyrelsen\n12.01.2021\n\n" + item + more)) is None
    assert meeting_body(
        facts_of("Referat\n12.01.2021\n\n" + item + more + "\n\nMødet sluttede kl. 18.\n\nHavneudvalget")
    ) == ("Havneudvalget")
    assert meeting_body(facts_of("Referat\nUDVALGET FOR BØRN OG FAMILIE\n12.01.2021\n\n" + item + more)) == (
        "Udvalget for Børn og Familie"
    )
    assert meeting_body(facts_of("Referat af møde i Havneudvalget\n12.01.2021\n\n" + item + more)) == "Havneudvalget"


@pytest.mark.parametrize("duration", ["(20 min.)", "(ca. 5 minutter)", "(kl. 17.00-17.20)", "[15 min]"])
def test_time_of_an_item_is_no_part_of_its_title(duration: str) -> None:
    """How long an item may take stands behind its case number, which is its own."""
    text = f"{HEAD}1. Velkomst {duration}\n\nGodkendt.\n\n2. Svar om havnen (2015-0215678) {duration}\n\nGodkendt."
    facts = facts_of(text)
    assert [item.title for item in facts.items] == ["Velkomst", "Svar om havnen"]
    assert cases_of(facts) == [(), ("2015-215678",)]


def test_lettered_points_are_no_part_of_the_heading_above() -> None:
    """`a.` and `b)` under a heading open points of their own."""
    text = HEAD + "1. Velkomst\n2. Nyt fra\na. formanden\nb) havnen\n3. Nye pæle til den\ngamle mole\n"
    assert [item.title for item in facts_of(text).items] == ["Velkomst", "Nyt fra", "Nye pæle til den gamle mole"]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Budgettet, som Økonomiudvalget oversendte til Byrådet den 27. august 2019, er vedtaget.", "Økonomiudvalget"),
        ("Økonomiudvalget anbefalede sagen over for Byrådet den 27. august 2019.", "Økonomiudvalget"),
        ("Økonomiudvalget sendte sagen til Byrådets møde den 27. august 2019.", "Byrådet"),
        ("Sagen forelægges Byrådet den 27. august 2019.", "Byrådet"),
        ("Kulturudvalget afslog den 27. august 2019 en ansøgning.", "Kulturudvalget"),
    ],
)
def test_who_sends_a_matter_on_meets_that_day(sentence: str, body: str) -> None:
    """A body that sent a matter to another did so on its own day."""
    found = [one.body for one in find_facts(Text(sentence)).references if one.kind == "meeting"]
    assert found == [body]


def test_the_day_under_next_meeting_is_the_own_bodys() -> None:
    """`Næste møde` heads the day on which the paper's own body meets."""
    text = "Handicaprådet\n\nReferat\n\nMødedato: 5. november 2015\n\n1. Tak\nIntet.\n\n2. Næste møde\n14. januar 2016."
    meetings = [(one.body, one.date) for one in find_facts(Text(text)).references if one.kind == "meeting"]
    assert meetings == [("Handicaprådet", "2016-01-14")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Sejlklubben klagede den 5. april 2012 over larmen.", "letter"),
        ("Sejlklubben har den 5. april 2012 gjort indsigelse mod molen.", "letter"),
        ("Der er den 5. april 2012 givet påbud om larmen.", "letter"),
        ("Forvaltningen meddelte den 5. april 2012 byggetilladelse til skuret.", "letter"),
        ("Havneudvalget gav den 5. april 2012 tilladelse til molen.", "meeting"),
        ("Kajen er den 5. april 2012 målt op.", None),
    ],
)
def test_what_was_written_or_granted_on_a_day_is_a_paper(said: str, kind: str | None) -> None:
    """A complaint, an injunction, a permission goes out as a letter; what a body grants, it grants at its meeting."""
    facts = facts_of(f"Notat om molen\n\n3. maj 2013\n\n{said} Molen er lang.")
    assert [(one.kind, one.date) for one in facts.references] == ([(kind, "2012-04-05")] if kind else [])


@pytest.mark.parametrize(
    ("to", "body"),
    [
        ("Til medlemmerne af Havneudvalget", "Havneudvalget"),
        ("Til Havneudvalget og Skoleudvalget", None),
        ("Til havnefogeden", None),
    ],
)
def test_your_meeting_is_that_of_the_body_written_to(to: str, body: str | None) -> None:
    """`Jeres møde` in a letter to one body; of two nobody knows which."""
    facts = facts_of(
        f"Roklubben\n\n3. maj 2013\n\n{to}\n\nMolen\n\nVi har læst referatet af jeres møde den 5. april 2013."
    )
    assert [one.body for one in facts.references if one.kind == "meeting"] == ([body] if body else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Du ansøgte den 11. marts 2014 om tilskud til broen.",
        "Ejerne påklagede den 11. marts 2014 tilladelsen.",
        "Havlev Kommune traf den 11. marts 2014 afgørelse om broen.",
        "Astrid Holm (Å) har den 11. marts 2014 stillet følgende spørgsmål:",
        "Havnekontoret har den 11. marts 2014 udsendt et notat til lejerne.",
    ],
)
def test_who_applied_or_asked_wrote_a_letter(sentence: str) -> None:
    """An application, questions and what was sent out are cited by their day."""
    assert [(one.kind, one.date) for one in find_facts(Text(sentence)).references] == [("letter", "2014-03-11")]


def test_where_a_matter_was_before_is_the_papers_own_body() -> None:
    """`Sagen blev behandlet den …` with the number of an item names no body: the one whose paper it is."""
    text = HEAD + "4. Ny mole\n\nSagen blev behandlet den 13. april 2021 (punkt 8).\n\nBeslutning\n\nGodkendt.\n"
    found = [(one.body, one.date, one.number) for one in facts_of(text).references if one.kind == "meeting"]
    assert found == [("Havneudvalget", "2021-04-13", "8")]


def test_minutes_of_a_day_are_of_the_own_body() -> None:
    """`referat fra den …` in an agenda is of the body's last meeting."""
    text = "Havnerådet\n\nDagsorden\n\n20. april 2016\n\n1. Godkendelse af referat fra den 27. januar 2016\n\n2. Broer"
    meetings = [(one.body, one.date) for one in find_facts(Text(text)).references if one.kind == "meeting"]
    assert meetings == [("Havnerådet", "2016-01-27")]
