"""Agenda items: where they begin, what they are called, what was decided."""

from __future__ import annotations

import pytest

from corpus.records import Item, Text, Vote
from ingest.facts import find_facts
from ingest.facts.draft import Document, Draft
from ingest.facts.items import find_items
from ingest.facts.outcomes import read_outcome
from tests.growth import assert_linear


def items_of(text: str) -> tuple[Item, ...]:
    return find_facts(Text(text)).items


def kind_of(document: Document) -> str | None:
    """Tell as what a paper is cut into items."""
    draft = Draft()
    find_items(document, draft)
    return draft.paper


HEAD = "Egelund Kommune\n\nReferat af møde i Havneudvalget\n\nTil stede: Asta Lind (A), formand\n\n"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["1. Godkendelse af dagsorden", "2. Ny mole"], [("1", "Godkendelse af dagsorden"), ("2", "Ny mole")]),
        (["Punkt 84: Ny mole", "Punkt 85: Takster"], [("84", "Ny mole"), ("85", "Takster")]),
        (["Ad 3. Ny mole", "Ad 4. Takster"], [("3", "Ny mole"), ("4", "Takster")]),
        (["Sag nr. 130 Ny mole", "Sag nr. 131 Takster"], [("130", "Ny mole"), ("131", "Takster")]),
        (["Sag nr. 130\nNy mole", "Sag nr. 131\nTakster"], [("130", "Ny mole"), ("131", "Takster")]),
        (["Pkt. 7 Ny mole", "Pkt. 8 Takster"], [("7", "Ny mole"), ("8", "Takster")]),
        (["Nr.2 - Ny mole", "Nr.3 - Takster"], [("2", "Ny mole"), ("3", "Takster")]),
        (["SAG NR. 8\nNy mole", "SAG NR. 9\nTakster"], [("8", "Ny mole"), ("9", "Takster")]),
        (["Åbent punkt 5: Ny mole", "Lukket punkt 6: Salg"], [("5", "Ny mole"), ("6", "Salg")]),
        (["12. Ny mole (2019-0104433)", "13. Takster ( )"], [("12", "Ny mole"), ("13", "Takster")]),
        (["12\n\nNy mole", "13\n\nTakster"], [("12", "Ny mole"), ("13", "Takster")]),
        (["4. Ny mole\nSagsnr. 19/4433", "5. Takster\nSagsnr. 19/4434"], [("4", "Ny mole"), ("5", "Takster")]),
        (["4. Ny mole Sagsnr. 19/4433", "5. Takster Sagsnr. 19/4434"], [("4", "Ny mole"), ("5", "Takster")]),
        (
            ["1 (Åben) Ny mole\nSagsnr. 018512-2013", "2 (Lukket) Takster\nSagsnr. 018520-2013"],
            [("1", "Ny mole"), ("2", "Takster")],
        ),
        (["3. Ny mole", "4. Evt."], [("3", "Ny mole"), ("4", "Evt.")]),
        (["3. Ny mole", "7. Takster"], [("3", "Ny mole"), ("7", "Takster")]),
        (
            ["9. Budget 2020 og 2021", "10. 2. behandling af planen"],
            [("9", "Budget 2020 og 2021"), ("10", "2. behandling af planen")],
        ),
    ],
)
def test_headings_of_items(headings: list[str], expected: list[tuple[str, str]]) -> None:
    """Every style of heading gives an item with its number and its title without the case number."""
    text = HEAD + "\n\n".join(f"{heading}\n\nBeslutning\n\nGodkendt." for heading in headings)
    assert [(item.number, item.title) for item in items_of(text)] == expected
    assert {item.outcome for item in items_of(text)} == {"approved"}


MEETING = (
    HEAD
    + """Indholdsfortegnelse

11. Godkendelse af dagsorden ........ 2
12. Ny mole ........ 3
13. Lukket: Salg af areal ........ 4

11. Godkendelse af dagsorden

Beslutning

Dagsordenen blev godkendt, idet punkt 15 udgår.

12. Ny mole

Sagsnr. 19/4433

Indstilling

Forvaltningen indstiller,

1. at molen bygges,
2. at pladsen lukkes.

Bilag

1. Kort over molen
2. Beregning

Beslutning

1. og 2. at-punkt blev anbefalet med 5 stemmer mod 2. Imod stemte: O og V.

Venstre afgav følgende protokolbemærkning: "Molen er for dyr."

13. Lukket: Salg af areal

Punktet behandles for lukkede døre.

Beslutning

Udsat.

Mødet sluttede kl. 18.

Asta Lind
formand
"""
)


def test_meeting_is_cut_once() -> None:
    """A list of contents doubles no item, and the lists inside an item are none."""
    items = items_of(MEETING)
    assert [(item.number, item.title) for item in items] == [
        ("11", "Godkendelse af dagsorden"),
        ("12", "Ny mole"),
        ("13", "Lukket: Salg af areal"),
    ]
    assert [item.outcome for item in items] == ["approved", "recommended", "postponed"]
    assert [item.case_numbers for item in items] == [(), ("19/4433",), ()]
    assert [item.closed for item in items] == [False, False, True]


def test_item_keeps_its_span_and_words() -> None:
    """An item runs from its heading to the next, and quotes its decision, its votes and its remark."""
    item = items_of(MEETING)[1]
    assert MEETING[item.start : item.end].startswith("12. Ny mole\n\nSagsnr.")
    assert MEETING[item.start : item.end].endswith('for dyr."')
    assert item.decision == "1. og 2. at-punkt blev anbefalet med 5 stemmer mod 2."
    assert item.votes == (Vote("for", 5), Vote("against", 2, ("O", "V")))
    assert item.remark == 'Venstre afgav følgende protokolbemærkning: "Molen er for dyr."'


def test_references_carry_their_item() -> None:
    """A reference inside an item has the item's index."""
    references = find_facts(Text(MEETING)).references
    labelled = [(one.label, one.title, one.item) for one in references if one.kind == "attachment"]
    assert labelled == [("Bilag 1", "Kort over molen", 1), ("Bilag 2", "Beregning", 1)]


def test_agenda_of_a_table() -> None:
    """The rows of an agenda's table are its items, without outcomes."""
    rows = "209\tGodkendelse af dagsorden\n210\tTakster\t19/4477\n211\tNy mole ved\n\nfiskerihavnen\n\n212\tEventuelt"
    items = items_of(f"Egelund Kommune\n\nDagsorden til Byrådets møde\n\nPkt.\tTekst\n{rows}")
    assert [item.number for item in items] == ["209", "210", "211", "212"]
    assert [item.title for item in items][1:3] == ["Takster", "Ny mole ved fiskerihavnen"]
    assert items[1].case_numbers == ("19/4477",)
    assert {item.outcome for item in items} == {None}


def test_rows_of_minutes_are_read_by_their_columns() -> None:
    """Where the head of a table names its columns, title and decision come from their own cells."""
    table = (
        "Nr.\tSag\tSagsnr.\tBeslutning\n"
        "1\tGodkendelse af dagsorden\t15/20440\tGodkendt\n"
        "2\tNy mole 2016\t15/20443\tAnbefales over for Byrådet\n"
        "3\tTakster for plads\t15/20450\t\n\n"
        "i havnen\n"
        "4\tSejlende bibliotek\t15/19000\tDrøftet"
    )
    items = items_of(f"Referat af møde i Havneudvalget\n\nMandag den 9. november 2015 kl. 17.00\n\n{table}")
    assert [(item.number, item.title, item.outcome, item.case_numbers) for item in items] == [
        ("1", "Godkendelse af dagsorden", "approved", ("15/20440",)),
        ("2", "Ny mole 2016", "recommended", ("15/20443",)),
        ("3", "Takster for plads i havnen", None, ("15/20450",)),
        ("4", "Sejlende bibliotek", "discussed", ("15/19000",)),
    ]


def test_decision_is_one_item() -> None:
    """A decision paper is one item; of several bodies' decisions the own body's counts."""
    text = """Udvalg: Byrådet

211. Ny mole

Indstilling

Forvaltningen indstiller til Havneudvalget, at molen anbefales godkendt.

Beslutning Havneudvalget den 04-12-2018

Anbefales.

Beslutning Byrådet den 18-12-2018

Godkendt med 19 stemmer mod 6.
"""
    items = items_of(text)
    assert [(item.number, item.title, item.outcome) for item in items] == [("211", "Ny mole", "approved")]
    trail = [(one.body, one.date) for one in find_facts(Text(text)).references if one.kind == "meeting"]
    assert ("Havneudvalget", "2018-12-04") in trail


def test_parts_of_an_item_with_numbers_of_their_own_are_items() -> None:
    """`3.1` with a case number is an item beside `3`; parts without any stay inside their item."""
    parts = "2. Meddelelser\n2.1 Fra formanden\nOrienteret.\n2.2 Fra kontoret\nOrienteret.\n\n"
    parts += "3. Sager\n3.1 Ny mole (2013-0031415)\nGodkendt.\n3.2 Takster (2013-0041877)\nUdsat.\n\n4. Eventuelt"
    items = items_of(HEAD + "1. Godkendelse af dagsorden\nGodkendt.\n\n" + parts)
    assert [(item.number, item.title) for item in items][2:5] == [
        ("3", "Sager"),
        ("3.1", "Ny mole"),
        ("3.2", "Takster"),
    ]
    assert [item.number for item in items] == ["1", "2", "3", "3.1", "3.2", "4"]
    assert [(item.case_numbers, item.outcome) for item in items][3:5] == [
        (("2013-31415",), "approved"),
        (("2013-41877",), "postponed"),
    ]


def test_minutes_without_numbers_are_cut_at_their_headings() -> None:
    """From the first standing item on, lines that look like its heading are items without a number."""
    text = HEAD + (
        "Godkendelse af dagsorden\nDagsordenen blev godkendt.\n\nBudget 2023\nUdvalget drøftede budgettet.\n\n"
        "Eventuelt\nIntet.\n\nNæste møde er den 3. maj 2023.\n\nReferent: Asta Lind"
    )
    assert [(item.number, item.title, item.outcome) for item in items_of(text)] == [
        (None, "Godkendelse af dagsorden", "approved"),
        (None, "Budget 2023", "discussed"),
        (None, "Eventuelt", None),
    ]


def test_decision_of_the_own_body_among_those_of_a_trail() -> None:
    """Under one heading the bodies before stand with day and number; the own body's words and votes count."""
    text = """Egelund Byråd

Referat af møde den 26. marts 2019

6. Ny mole

Beslutning
Havneudvalget, 5. marts 2019, pkt. 30:
Anbefales ikke.
Byrådet:
Et ændringsforslag fra SF blev forkastet med 20 stemmer mod 7.
Forslaget blev vedtaget. Imod stemte F og Ø.

7. Takster

Beslutning
Byrådet:
Ansøgningen blev ikke imødekommet.
"""
    items = items_of(text)
    assert [item.outcome for item in items] == ["approved", "rejected"]
    assert items[0].votes == (Vote("against", None, ("F", "Ø")),)


def test_decisions_headed_by_a_body_and_its_day() -> None:
    """Without a heading `Beslutning` the lines with body and day head what each body decided."""
    text = """Kommunalbestyrelsen

Beslutningsprotokol fra møde nr. 14 den 26. marts 2009

1 Salg af Havnevej 6
82.02.00G10-0251

Indstilling, beslutningstema
Det foreslås, at buddet accepteres.

Økonomiudvalget den 18. marts 2009:
Indstillingen anbefales.

Kommunalbestyrelsen den 26. marts 2009:
Godkendt.

2 Personalesag
Lukket - 81.00.00P00-0012

Kommunalbestyrelsen den 26. marts 2009:
Udsat.
"""
    items = items_of(text)
    assert [(item.number, item.outcome, item.closed) for item in items] == [
        ("1", "approved", False),
        ("2", "postponed", True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MEETING, "minutes"),
        ("Dagsorden for Havneudvalget\n\n1. Ny mole\n\n2. Takster\n\n3. Eventuelt", "agenda"),
        ("7. Ny mole (2019-104433)\n\nIndstilling\n\nForvaltningen indstiller, at molen bygges.", "decision"),
        ("NOTAT\n\n1. Baggrund\n\nMolen er gammel.\n\n2. Økonomi\n\nDen koster penge.", None),
        ("Kære Asta Lind\n\nVi svarer på tre spørgsmål:\n\n1. Hvornår?\n2. Hvor?\n\nMed venlig hilsen\n\nBo Ås", None),
    ],
)
def test_kind_of_paper(text: str, expected: str | None) -> None:
    """Minutes, agenda and decision are told by structure; a letter or note with a list is none of them."""
    assert kind_of(Document(Text(text))) == expected


@pytest.mark.parametrize(
    ("heading", "outcome"),
    [
        ("Havneudvalgets beslutning i mødet den 3. maj 2011: Indstillingen blev godkendt.", "approved"),
        ("Beslutning i Havneudvalget den 3. maj 2011, pkt. 4: Udsat.", "postponed"),
        ("Havneudvalgets beslutning: Anbefales.", "recommended"),
        ("Beslutning\tGodkendt.", "approved"),
        ("Beslutning\tjuni 2011", None),
        ("Beslutning\tAnsvarlig\tFrist", None),
        ("Rederiet noterede sig Havneudvalgets beslutning: Godkendt.", None),
    ],
)
def test_decision_behind_its_heading(heading: str, outcome: str | None) -> None:
    """A decision may stand on the line of its heading, behind a body's name, a day, or in the next cell."""
    text = HEAD + f"Pkt. 1 Ny mole\n\n{heading}\n\nPkt. 2 Takster\n\nBeslutning\n\nGodkendt."
    assert items_of(text)[0].outcome == outcome


PORTAL = """Teknisk Udvalg

12. marts 2019 kl. 16.00

Medlemmer til stede: Asta Lind (A), Bo Ås (V)

Punkt 1: Ny cykelsti

Sagsnr. 2019-0011223

Indstilling

Forvaltningen indstiller, at stien anlægges.

Beslutning

Godkendt.

Punkt 2: Takster for parkering

Sagsnr. 2019-0044556

Indstilling

Forvaltningen indstiller, at taksterne hæves.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PORTAL + "\nBeslutning\n\nUdsat.", ("minutes", ["approved", "postponed"])),
        (PORTAL.replace("Beslutning\n\nGodkendt.\n", ""), ("agenda", [None, None])),
    ],
)
def test_several_headings_with_cases_are_a_meeting(text: str, expected: tuple[str, list[str | None]]) -> None:
    """A page that nowhere calls itself minutes is cut at its headings, each item with its own number and outcome."""
    items = items_of(text)
    assert [item.case_numbers for item in items] == [("2019-11223",), ("2019-44556",)]
    assert (kind_of(Document(Text(text))), [item.outcome for item in items]) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Referat - Teknisk Udvalg", "minutes"), ("Dagsorden 12. marts", "agenda"), ("Egelund", None)],
)
def test_title_of_a_page_says_what_it_is(title: str, expected: str | None) -> None:
    """Where only the page's title says so, its marked headings are items of minutes or of an agenda."""
    text = Text("Teknisk Udvalg\n\nPunkt 1: Ny cykelsti\n\nGodkendt.\n\nPunkt 2: Takster\n\nUdsat.")
    page = Document(text, media_type="text/html", meta=(("title", title),))
    assert kind_of(page) == expected


def test_marked_points_of_one_decision_stay_one_item() -> None:
    """A list of what is proposed (`Ad 1.`, `Ad 2.`) inside one decision makes no meeting of it."""
    text = (
        "7. Ny mole (2019-104433)\n\nIndstilling\n\nForvaltningen indstiller, at molen bygges.\n\nSagsfremstilling\n\n"
    )
    text += "Ad 1. Molen\n\nDen er gammel.\n\nAd 2. Pladsen\n\nDen er lille.\n\nBeslutning\n\nGodkendt."
    assert [(item.title, item.outcome) for item in items_of(text)] == [("Ny mole", "approved")]


def test_those_present_are_no_title() -> None:
    """The line that lists who came is the title of neither the paper nor its item."""
    text = "Medlemmer til stede: Asta Lind (A), Bo Ås (V)\n\nNy mole ved havnen\n\nIndstilling\n\n"
    facts = find_facts(Text(text + "Forvaltningen indstiller, at molen bygges.\n\nBeslutning\n\nGodkendt."))
    assert [item.title for item in facts.items] == [facts.title] == ["Ny mole ved havnen"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Godkendt.", "approved"),
        ("Indstillingen følges.", "approved"),
        ("Godkendt, idet sagen sendes i høring næste år.", "approved"),
        ("Byrådet tiltrådte Økonomiudvalgets indstilling.", "approved"),
        ("Asta Lind (A) blev valgt.", "approved"),
        ("Anbefales godkendt.", "recommended"),
        ("Havneudvalget indstiller til Byrådet, at planen vedtages.", "recommended"),
        ("Anbefales, idet Bo Ås (O) tog forbehold.", "recommended"),
        ("Udvalget tog redegørelsen af 4. maj 2002 til efterretning.", "noted"),
        ("Orienteringen blev taget til efterretning.", "noted"),
        ("Drøftet. Udvalget ønsker et temamøde.", "discussed"),
        ("Udsættes til næste møde.", "postponed"),
        ("Udvalget drøftede udkastet og besluttede at udsætte sagen.", "postponed"),
        ("Punktet udgik.", "withdrawn"),
        ("Sagen blev taget af dagsordenen.", "withdrawn"),
        ("Forslaget blev dermed ikke vedtaget.", "rejected"),
        ("Forslaget blev forkastet med 6 stemmer mod 4.", "rejected"),
        ("Der meddeles afslag.", "rejected"),
        ("Ændringsforslaget blev ikke vedtaget. Indstillingen blev herefter godkendt.", "approved"),
        ("Sendes i offentlig høring i otte uger.", "referred"),
        ("Oversendt til budgetforhandlingerne.", "referred"),
        ("Intet.", None),
        ("Udvalget godkendte ikke indstillingen.", "rejected"),
        ("Et flertal (A) godkendte ikke forslaget.", "rejected"),
        ("Anbefales ikke.", "rejected"),
        ("BUU anbefaler ikke forslaget.", "rejected"),
        ("Byrådet vedtog derfor ikke lokalplanen.", "rejected"),
        ("Indstillingen følges ikke.", "rejected"),
        ("Ansøgningen imødekommes ikke.", "rejected"),
        ("Udvalget tiltrådte ej indstillingen.", "rejected"),
        ("Udvalget kan ikke støtte forslaget.", "rejected"),
        ("Udvalget kunne ikke tilslutte sig indstillingen.", "rejected"),
        ("Redegørelsen blev ikke taget til efterretning.", "rejected"),
        ("Udvalget tog ikke redegørelsen til efterretning.", "rejected"),
        ("Godkendt dog ikke pkt. 3.", "approved"),
        ("Godkendt, idet der ikke er bemærkninger.", "approved"),
        ("Udvalget godkendte ikke blot planen, men også budgettet.", "approved"),
        ("Udvalget godkendte indstillingen da der ikke var indsigelser.", "approved"),
        ("Sagen blev ikke udsat. Indstillingen blev godkendt.", "approved"),
        ("Sagen oversendes ikke til Byrådet.", None),
        ("Udvalget besluttede ikke at gå videre.", None),
        ("Økonomiudvalget indstiller, at sagen godkendes.", "recommended"),
        ("ØU indstiller, at planen vedtages.", "recommended"),
        ("Havneudvalget indstillede at planen vedtages endeligt.", "recommended"),
        ("Teknisk Udvalg indstiller ikke planen til vedtagelse.", "rejected"),
        ("Udvalget tilslutter sig ikke indstillingen.", "rejected"),
        ("Sagen sendes ikke i høring. Forslaget blev godkendt.", "approved"),
        ("Udvalget tog redegørelsen, som ikke er ny, til efterretning.", "noted"),
    ],
)
def test_outcome_of_decision_words(words: str, expected: str | None) -> None:
    """The first word of decision in the sentences decides, negated or not; amendments and reservations do not."""
    assert read_outcome(words) == expected


@pytest.mark.parametrize("verb", ["vedtages", "godkendes", "imødekommes", "følges", "gennemføres"])
@pytest.mark.parametrize("subject", ["forslaget", "ansøgningen om en ny mole", "planen for havnen"])
@pytest.mark.parametrize(
    "lead",
    ["Udvalget anbefaler, at", "Anbefales, at", "Havneudvalget indstiller over for Byrådet at", "Det anbefales, 1. at"],
)
def test_what_is_recommended_is_read_with_its_negation(lead: str, subject: str, verb: str) -> None:
    """To recommend that a matter is not carried is to reject it; a second denial, or a reason, changes nothing."""
    assert read_outcome(f"{lead} {subject} {verb}.") == "recommended"
    assert read_outcome(f"{lead} {subject} ikke {verb}.") == "rejected"
    assert read_outcome(f"{lead} {subject} ikke {verb}, da molen allerede er godkendt.") == "rejected"
    assert read_outcome(f"{lead} {subject} {verb}, da molen ikke er godkendt.") == "recommended"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Udvalget indstiller til Byrådet, at ansøgningen afvises.", "rejected"),
        ("Udvalget indstiller, 1. at ansøgningen afslås, 2. at ejeren underrettes.", "rejected"),
        ("Økonomiudvalget anbefaler, at der gives afslag.", "rejected"),
        ("Et flertal anbefaler, at Byrådet forkaster forslaget.", "rejected"),
        ("Udvalget anbefaler at afvise forslaget.", "rejected"),
        ("Anbefales afvist.", "rejected"),
        ("Udvalget anbefaler, at sagen ikke afvises.", "recommended"),
        ("Sagen blev ikke afvist. Indstillingen blev godkendt.", "approved"),
        ("Udvalget anbefaler, at indsigelserne afvises, og at lokalplanen vedtages.", "recommended"),
        ("Udvalget anbefaler, at indsigelserne ikke imødekommes.", "recommended"),
        ("Udvalget anbefaler, at forslaget godkendes, idet ændringsforslaget afvises.", "recommended"),
        ("Udvalget anbefaler, at planen vedtages, men at vejen ikke godkendes.", "recommended"),
        ("Anbefales med den ændring, at pkt. 3 ikke vedtages.", "recommended"),
        ("Udvalget anbefaler, at sagen udsættes.", "recommended"),
    ],
)
def test_what_a_recommendation_comes_to(words: str, expected: str) -> None:
    """Only where nothing but a refusal of the matter itself is recommended is it rejected."""
    assert read_outcome(words) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "1. A\n",
        "Punkt 3: a\n",
        "1. Å\n\nBeslutning\n\nGodkendt.\n\n",
        "12 A\n",
        ". . . ",
        "tog a b ",
        "anbefaler a ",
        "anbefaler, at ikke ",
        "Beslutning den 3. maj 2011 ",
        "Beslutning\tA",
        "Rådets beslutning i ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    """Text made to be slow takes time in proportion to its length."""
    documents = [Document(Text(piece * count)) for count in (2_000, 8_000)]
    assert_linear(*(lambda each=each: find_items(each, Draft()) for each in documents))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Ikke godkendt.", "rejected"),
        ("Ikke tiltrådt.", "rejected"),
        ("Mette Brask blev valgt.", "approved"),
        ("Som næstformand valgtes Bo Ås (A).", "approved"),
        ("Fremsendes med anbefaling.", "recommended"),
        ("Oversendes til byrådet med udvalgets anbefaling.", "recommended"),
        ("Oversendes til byrådet.", "referred"),
        ("Der er afsat 40.000 kr. i budgettet.", None),
    ],
)
def test_outcome_of_minutes_without_headings_of_decisions(sentence: str, outcome: str | None) -> None:
    """A bare decision word, or a sentence that tells who was chosen, decides also under no heading."""
    text = HEAD + f"Pkt. 1 Ny mole\n\n{sentence}\n\nPkt. 2 Takster\n\nGodkendt."
    assert items_of(text)[0].outcome == outcome
