"""What a paper points to: meetings, letters, attachments, laws and instruments."""

from __future__ import annotations

from functools import partial

import pytest

from corpus.records import Reference, Text
from ingest.facts import find_facts
from tests.growth import assert_linear

LETTER = "Egelund Kommune\n\nHavnen\n\n{}\n\nMed venlig hilsen\n\nBo Ås\n\nDato: 4. maj 2012"


def references_of(text: str, kind: str) -> list[Reference]:
    return [one for one in find_facts(Text(text)).references if one.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Havneudvalget drøftede sagen på sit møde den 6. februar 2012.", [("Havneudvalget", "2012-02-06")]),
        (
            "Sagen forelægges Havneudvalget den 6. juni 2012 og Byrådet den 12. juni 2012.",
            [("Havneudvalget", "2012-06-06"), ("Byrådet", "2012-06-12")],
        ),
        (
            "Efter høringen behandles planen i Havneudvalget den 20. juni 2012, i Økonomiudvalget den 26. juni 2012.",
            [("Havneudvalget", "2012-06-20"), ("Økonomiudvalget", "2012-06-26")],
        ),
        (
            "Havneudvalget er spurgt. Udvalget besluttede den 6. februar 2012 at vente.",
            [("Havneudvalget", "2012-02-06")],
        ),
        ("Resultatet forelægges Havneudvalget senest den 9. juni 2012.", [("Havneudvalget", "2012-06-09")]),
        ("Byrådet i Egelund Kommune vedtog den 25. april 2012 planen.", [("Byrådet", "2012-04-25")]),
        ("Havneudvalgets beslutning af 25. april 2012 følges.", [("Havneudvalget", "2012-04-25")]),
        ("Den blev tiltrådt af Byrådet den 15. april 2012.", [("Byrådet", "2012-04-15")]),
        ("Havneudvalget, 10. april 2012, pkt. 65: Anbefales.", [("Havneudvalget", "2012-04-10")]),
        ("Havneudvalget beder om svar senest den 30. juni 2012.", []),
        ("Havneudvalget holder borgermøde den 30. juni 2012.", []),
        ("Havneudvalget godkendte, at taksten gælder fra den 1. juli 2012.", []),
        ("Vi deltog i møde i Ministeriet den 7. april 2012, hvor sagen blev drøftet.", []),
        ("Havneudvalget har fået brev af 30. april 2012.", []),
        ("Havneudvalget meddelte den 5. april 2012 afslag.", [("Havneudvalget", "2012-04-05")]),
        ("Havneudvalget har i en anden sag den 5. april 2012 givet afslag.", [("Havneudvalget", "2012-04-05")]),
        ("Havneudvalget frigav den 5. april 2012 pengene.", [("Havneudvalget", "2012-04-05")]),
        ("Havneudvalget drøftede en redegørelse den 5. april 2012.", [("Havneudvalget", "2012-04-05")]),
        (
            "Planen er godkendt af Byrådet den 5. april 2011, senest revideret den 12. april 2012.",
            [("Byrådet", "2011-04-05"), ("Byrådet", "2012-04-12")],
        ),
        (
            "Planen er drøftet i Havneudvalget 3/4 og Byrådet 12/4.",
            [("Havneudvalget", "2012-04-03"), ("Byrådet", "2012-04-12")],
        ),
        ("Den blev sendt i høring i Havneudvalget den 5. april 2012.", []),
        ("Den blev sendt i høring i Udsatterådet og Havneudvalget 5/4 2012.", []),
        ("Havneudvalget er orienteret om HBL-mødet den 5. april 2012.", []),
    ],
)
def test_cited_meetings(sentence: str, expected: list[tuple[str, str]]) -> None:
    """A body with the day on which it meets, met or will decide is a meeting; other days beside a body are none."""
    found = references_of(LETTER.format(sentence), "meeting")
    assert [(one.body, one.date) for one in found] == expected


def test_trail_line_keeps_number_and_outcome() -> None:
    """A line of a trail gives the item's number at that meeting and what was decided."""
    lines = "Havneudvalget, 10. april 2012, pkt. 65: Anbefales.\n\nByrådet, 24. april 2012, pkt. 12: Udsat."
    found = references_of(LETTER.format(lines), "meeting")
    assert [(one.body, one.number, one.outcome) for one in found] == [
        ("Havneudvalget", "65", "recommended"),
        ("Byrådet", "12", "postponed"),
    ]


MINUTES = """Referat af møde i Havneudvalget

Mødedato: 3. marts 2020

1. Ny mole

Udvalget bad den 5. februar 2019 (pkt. 14) om en beregning. Sagen blev senest behandlet den 7. maj 2019 (pkt. 22).

Beslutning

Udsat til mødet den 14. april 2020.

2. Orientering fra Klima- og Strandudvalget

Udvalget har den 19. januar 2020 vedtaget en plan.

Beslutning

Taget til efterretning.
"""


def test_meetings_of_the_body_meant() -> None:
    """`udvalget` is the paper's own body, unless the item's title names another; its own day is no reference."""
    found = references_of(MINUTES, "meeting")
    assert [(one.body, one.date, one.number, one.item) for one in found] == [
        ("Havneudvalget", "2019-02-05", "14", 0),
        ("Havneudvalget", "2019-05-07", "22", 0),
        ("Havneudvalget", "2020-04-14", None, 0),
        ("Klima- og Strandudvalget", "2020-01-19", None, 1),
    ]


def test_a_body_named_in_an_item_is_not_whose_meeting_it_is() -> None:
    """Where the head names no body, `udvalget` of a day is nobody's."""
    text = MINUTES.replace("Referat af møde i Havneudvalget", "Social og sundhed\n\nReferat")
    text = text.replace("Udvalget bad", "Byrådet er hørt. Udvalget bad")
    assert [one.body for one in references_of(text, "meeting") if one.item == 0] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tak for dit brev af 5. april 2012 om molen.", ["2012-04-05"]),
        ("Tak for jeres henvendelse d. 5. april 2012.", ["2012-04-05"]),
        ("Jf. notat fra Havnekontoret af 5. april 2012.", ["2012-04-05"]),
        ("I jeres ansøgning, dateret den 5. april 2012, skriver I.", ["2012-04-05"]),
        ("Vi svarer på spørgsmål fra Asta Lind (A) stillet den 5. april 2012.", ["2012-04-05"]),
        ("Evalueringen af 5. april 2012 viser fremgang.", ["2012-04-05"]),
        ("Ministeriet har den 5. april 2012 modtaget ansøgningen.", ["2012-04-05"]),
        ("Du har i din henvendelse af 3. ds. klaget.", ["2012-05-03"]),
        ("Vi har den 10. april 2012 modtaget jeres brev af 5. april 2012.", ["2012-04-05"]),
        ("Tak for jeres brev af 5. april 2012, som vi modtog den 7. april 2012.", ["2012-04-05"]),
        ("Vi har modtaget jeres høring af 5. april 2012, sag 12/4433.", ["2012-04-05"]),
        ("Havneudvalget drøftede henvendelsen den 5. april 2012.", []),
        ("Planen er i høring fra den 5. april 2012.", []),
        ("Jf. bekendtgørelse nr. 12 af 5. april 2012.", []),
        ("Molen blev færdig den 5. april 2012.", []),
        ("Vi klager over kommunens afslag af 5. april 2012.", ["2012-04-05"]),
        ("Jf. fogedens påtegning af 5. april 2012.", ["2012-04-05"]),
        ("Du skrev i mail 5. april 2012 om molen.", ["2012-04-05"]),
        ("Tak for tegninger af 5/4.", ["2012-04-05"]),
        ("Havneudvalget har svaret den 5. april 2012, at molen bliver.", ["2012-04-05"]),
        ("Sejlklubben svarede os torsdag den 5. april 2012.", ["2012-04-05"]),
        ("Vi skrev til jer den 5. april 2012.", ["2012-04-05"]),
        ("Lejen er nedskrevet den 5. april 2012, og aftalen skrevet under den 6. april 2012.", []),
        ("Havneudvalget svarede på mødet den 5. april 2012, at molen bliver.", []),
        (
            "Der kom svar:\n\nAfsender\tDato\nHavnelauget\t5. april 2012\nSejlklubben\t6. april 2012",
            ["2012-04-05", "2012-04-06"],
        ),
        ("Arbejdet følger planen:\n\nOpgave\tDato\nPæle\t5. april 2012", []),
    ],
)
def test_cited_letters(sentence: str, expected: list[str]) -> None:
    """A dated paper is cited by its date; a day on which something was done to it is not its date."""
    assert [one.date for one in references_of(LETTER.format(sentence), "letter")] == expected


@pytest.mark.parametrize("sentence", ["Om underskrivelsen den 5. april 2012.", "Jf. beskrivelsen den 5. april 2012."])
def test_acts_named_like_papers_are_no_letters(sentence: str) -> None:
    """A signing and a description are no letters, though their names end like one."""
    assert references_of(LETTER.format(sentence), "letter") == []


FOLLOWING = """Referat af møde i Havneudvalget

Mødedato: 3. marts 2020

1. Ny mole

{}

2. Takster

{}
"""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Charter for Havnebyer gælder.", "Efter charteret er taksten fri.", ("instrument", "Charter for Havnebyer")),
        ("Se Badeplan 2010-2014.", "Badeplan 2010-2014 gælder.", ("instrument", "Badeplan 2010-2014")),
        ("Se Badeplan 2010-2014 og Klapplan 2019.", "Planen gælder.", None),
        ("Intet.", "Charteret gælder.", None),
        ("Jf. brev af 5. april 2019.", "Det ovennævnte brev er svaret.", ("letter", "2019-04-05")),
        ("Jf. brev af 5. april 2019.", "Det ovennævnte notat er svaret.", None),
        ("Jf. brev af 5. april 2019 og brev af 6. april 2019.", "Det ovennævnte brev er svaret.", None),
        ("Se også sag 2015-4455.", "Det er samme sag.", ("case", "2015-4455")),
        ("Se også sag 2015-4455 og 2015-4466.", "Det er samme sag.", None),
        ("Se også sag 2015-4455.", "Sagsnr. 2019-7788\n\nDet er samme sag.", None),
        ("Byrådet vedtog den 5. april 2019 en plan.", "På ovennævnte møde var der fem.", ("meeting", "2019-04-05")),
    ],
)
def test_short_forms_mean_the_one_thing_named_before(first: str, second: str, expected: tuple[str, str] | None) -> None:
    """What a later item names in short is a reference of that item, where one thing only can be meant."""
    later = [one for one in find_facts(Text(FOLLOWING.format(first, second))).references if one.item == 1]
    assert [(one.kind, one.target or one.date) for one in later] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Et notat er vedlagt (Bilag 1).", [("Bilag 1", None)]),
        ("Det fremgår af bilag 4-6.", [("Bilag 4", None), ("Bilag 5", None), ("Bilag 6", None)]),
        ("Bilag 2A og 2B kan ses på kontoret.", [("Bilag 2A", None), ("Bilag 2B", None)]),
        (
            "- Kort over molen (bilag 1)\n- Beregning (bilag 2)",
            [("Bilag 1", "Kort over molen"), ("Bilag 2", "Beregning")],
        ),
        ("Bilag: Nye tal om havnen", [(None, "Nye tal om havnen")]),
        ("Vedlagt: Projektbeskrivelse", [(None, "Projektbeskrivelse")]),
        ("Den er en del af Havneaftale 2009/2010 (vedlagt) og gælder nu.", [(None, "Havneaftale 2009/2010")]),
        ("Se bilag 1.\n\nBilag 1 - Kort over molen", [("Bilag 1", "Kort over molen")]),
        (
            "Bilag\n\n1. Kort over molen\n2. Beregning (kun til udvalget)",
            [("Bilag 1", "Kort over molen"), ("Bilag 2", "Beregning")],
        ),
        (
            "Materiale\n\n- Kort over molen (pdf)\n- Beregning (PDF, 1,2 MB)",
            [(None, "Kort over molen"), (None, "Beregning")],
        ),
        ("Bilag\n\n1. Kort over molen (pdf)", [("Bilag 1", "Kort over molen")]),
        ("Ansøgningen sendes som fil (pdf).", []),
        ("Bilag (2)\n\n1. Kort over molen\n2. Beregning", [("Bilag 1", "Kort over molen"), ("Bilag 2", "Beregning")]),
        (
            "Bilag 1.1 Kort over molen\nBilag 1.2 Beregning",
            [("Bilag 1.1", "Kort over molen"), ("Bilag 1.2", "Beregning")],
        ),
        ("Se bilag 1. 2. pladsen er fri.", [("Bilag 1", None)]),
        ("Ingen bilag.", []),
        ("En kort beskrivelse er vedlagt.", []),
    ],
)
def test_attachments(sentence: str, expected: list[tuple[str | None, str | None]]) -> None:
    """An attachment is found once, by label, and takes its title from the mention that has one."""
    found = references_of(LETTER.format(sentence), "attachment")
    assert [(one.label, one.title) for one in found] == expected


def test_attachment_does_not_name_itself() -> None:
    """The label at an attachment's head is the document's own."""
    assert references_of("Bilag 3\n\nTakster for havnen\n\nTaksterne står her.", "attachment") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Efter planlovens § 17, stk. 1, høres naboerne.", ["planlovens § 17, stk. 1"]),
        ("Det følger af servicelovens §§ 83 og 86.", ["servicelovens §§ 83 og 86"]),
        ("Efter tilbudslovens § 15 a-d.", ["tilbudslovens § 15 a-d"]),
        ("Efter servicelovens §§ 83, 83 a, 86 og 104 samt 3 andre love.", ["servicelovens §§ 83, 83 a, 86 og 104"]),
        ("Det sker efter § 83 a i lov om social service og tager tid.", ["§ 83 a i lov om social service"]),
        (
            "Lov om støtte til havne, moler og broer samt om strande § 22.",
            ["Lov om støtte til havne, moler og broer samt om strande § 22"],
        ),
        (
            "Se lov om havne § 5, jf. lovbekendtgørelse nr. 380 af 18. maj 1994.",
            ["lov om havne § 5, jf. lovbekendtgørelse nr. 380 af 18. maj 1994"],
        ),
        ("Jf. bekendtgørelse nr. 588 af 6. april 2011 om moler.", ["bekendtgørelse nr. 588 af 6. april 2011"]),
        ("Den vejledende grænse i vejledning nr. 5/1984.", ["vejledning nr. 5/1984"]),
        ("Efter dagtilbudslovens 32, stk. 1, kan det ske.", ["dagtilbudslovens 32, stk. 1"]),
        ("Efter databeskyttelsesforordningens artikel 6 kan det ske.", ["databeskyttelsesforordningens artikel 6"]),
        ("Efter havnebekendtgørelsens § 13, stk. 3, skal det ske.", ["havnebekendtgørelsens § 13, stk. 3"]),
        ("Det kræver Bygningsreglement 2010.", ["Bygningsreglement 2010"]),
        ("Afgørelsen er begrundet, jf. FVL § 24, stk. 1.", ["FVL § 24, stk. 1"]),
        ("Hjælp gives efter SEL §§ 83 og 86.", ["SEL §§ 83 og 86"]),
        ("Med PSEL § 83, X-SEL § 3, sel § 4, DSB § 5 og SEL §", []),
        ("Samtalen holdes efter barnets lovs § 5, stk. 2.", ["barnets lovs § 5, stk. 2"]),
        ("Samtalen følger af § 5 i barnets lov og tager tid.", ["§ 5 i barnets lov"]),
        ("Efter § 11 i den kommunale styrelseslov kan det ske.", ["§ 11 i den kommunale styrelseslov"]),
        ("Hjemlen er GDPR artikel 6, stk. 1, litra e.", ["GDPR artikel 6, stk. 1, litra e"]),
        ("Hjemlen er GDPR art. 9.", ["GDPR art. 9"]),
        ("Det kræver BR18 § 40, stk. 2.", ["BR18 § 40, stk. 2"]),
        ("Det kræver Bygningsreglement 2018 (BR18).", ["Bygningsreglement 2018 (BR18)"]),
        (
            "Efter bygningsreglementets § 40 og § 41 i bygningsreglementet.",
            [
                "bygningsreglementets § 40",
                "§ 41 i bygningsreglementet",
            ],
        ),
        (
            "Efter § 17, stk. 4, i lov om kommunernes styrelse Havneudvalget for 2014.",
            ["§ 17, stk. 4, i lov om kommunernes styrelse"],
        ),
        ("Til lov om havne\n\nKære formand", ["lov om havne"]),
        ("Efter lov om Udbetaling Danmark gives støtte.", ["lov om Udbetaling Danmark"]),
        ("Efter § 32, stk. 4, i barnets lov om samtaler.", ["§ 32, stk. 4, i barnets lov"]),
        ("Efter barnets lovs § 32 og barnets lov § 33.", ["barnets lovs § 32", "barnets lov § 33"]),
        (
            "Efter lov om havnens pligt til at underrette skippere.",
            ["lov om havnens pligt til at underrette skippere"],
        ),
        ("Vi bruger lov om havne til at bygge moler.", ["lov om havne"]),
        ("Efter serviceloven, § 85.", ["serviceloven, § 85"]),
        ("Efter § 3, stk. 2 i bekendtgørelse om moler.", ["§ 3, stk. 2 i bekendtgørelse om moler"]),
        ("Barnets love og BR 40.", []),
        ("Forretningsordenens § 18 og aftalens § 4 gælder.", []),
        ("§ Sekretariatet orienterede om molen.", []),
        ("Henvendelse om lukkeloven.", []),
        ("Udvalget gav lov til at sejle § 3.", []),
    ],
)
def test_laws(sentence: str, expected: list[str]) -> None:
    """Laws are cited as printed, with paragraph or number; a paper's own paragraphs and bullets are none."""
    assert [one.target for one in references_of(LETTER.format(sentence), "law")] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Målene i Havneplan 2013-2020 er nået.", ["Havneplan 2013-2020"]),
        ("Havnepolitikken 2013 - 2016s mål er nået.", ["Havnepolitikken 2013 - 2016"]),
        ("Vi ændrer integrationspolitikkens mål.", ["integrationspolitikken"]),
        ("Havnebarometrets tal er nye.", ["Havnebarometret"]),
        ("Havneindeksets tal er nye, men nettoprisindekset 2010 gælder.", ["Havneindekset"]),
        ("Bo Ås\nBilag\nKlapplan 2030 gælder.", ["Klapplan 2030"]),
        ("Trafikplan for Sydhavn\nHavneudvalget indstillede et svar.", ["Trafikplan for Sydhavn"]),
        ("Egelund Kommunes havnepolitik gælder.", ["Egelund Kommunes havnepolitik"]),
        ("Byrådet tiltrådte Charter for Grønne Havne i går.", ["Charter for Grønne Havne"]),
        ("Byen underskriver Green Harbours Charter nu.", ["Green Harbours Charter"]),
        ("Det fremgår af Bydelsplan for Egelund 2013-2016, at", ["Bydelsplan for Egelund 2013-2016"]),
        (
            "Vi har indgået Partnerskabsaftale om grøn havn 2022-2025 med skolen.",
            ["Partnerskabsaftale om grøn havn 2022-2025"],
        ),
        ("Området er omfattet af lokalplan nr. 87.", ["lokalplan nr. 87"]),
        ("Vi sender tillæg nr. 6 til Kommuneplan 2017-2029 i høring.", ["tillæg nr. 6 til Kommuneplan 2017-2029"]),
        ("Den bygger på Ældrepolitikken ”Liv i havnen” og", ["Ældrepolitikken ”Liv i havnen”"]),
        ("Børne- og havnepolitikken 2013-2016 gælder.", ["Børne- og havnepolitikken 2013-2016"]),
        ("En ny forretningsorden er vedtaget.", ["forretningsorden"]),
        ("Kommuneplan 2017-2029 gælder. Kommuneplanen ændres ikke.", ["Kommuneplan 2017-2029"]),
        ("Planen og politikken ændres, og aftalen for Havneudvalget forelægges.", []),
        ("Tidsplanen og handleplanen følger en lejeaftale om molen.", []),
        ("Lov om aktiv socialpolitik § 11 gælder.", []),
        ("Vi har en rygepolitik og ingen strategi.", []),
        ("En lokalplan giver planlægningen ro.", []),
        ("Lokalplan 123 og lokalplan nr. 33.01.B03 ophæves.", ["Lokalplan 123", "lokalplan nr. 33.01.B03"]),
        ("Ejendommen ligger i Byplanvedtægt 14 og i lokalplan L-23.", ["Byplanvedtægt 14", "lokalplan L-23"]),
        ("Kommuneplantillæg 7 vedtages.", ["Kommuneplantillæg 7"]),
        ("Tillæg 3 til Badeplan 2015-2025 vedtages.", ["Tillæg 3 til Badeplan 2015-2025"]),
        ("Tillæg 5 til badeplanen vedtages.", ["Tillæg 5 til badeplanen"]),
        ("Tillæg nr. 2 til lejekontrakten er et tillæg på 3 til 5 kr.", []),
        ("Kommuneplanens rammer følges, og masterplanen er klar.", []),
        (
            "Masterplan for Søparken og helhedsplanen for havnen.",
            ["Masterplan for Søparken", "helhedsplanen for havnen"],
        ),
        ("Helhedsplanen for borgeren er personlig.", []),
        ("Regulativ for husholdningsaffald gælder.", ["Regulativ for husholdningsaffald"]),
        ("Vi følger FN’s verdensmål og Dogme 2000.", ["FN’s verdensmål", "Dogme 2000"]),
        ("Byen tiltrådte PORTCITIES’ charter i maj.", ["PORTCITIES’ charter"]),
        ("Byen tiltrådte Charter on Green Harbours i maj.", ["Charter on Green Harbours"]),
        ("Vi har læst Charter for Grønne Havne og vurderer, at det er godt.", ["Charter for Grønne Havne"]),
        ("Detailhandelsstrategi for Midtbyen foreslås.", ["Detailhandelsstrategi for Midtbyen"]),
        ("Charter for Børnenes Havn vedtages af alle.", ["Charter for Børnenes Havn"]),
        ("Charter for frivillighed tiltrådt i går.", ["Charter for frivillighed"]),
        ("Havnepolitikken og Badeplan 2015-2019 gælder.", ["Havnepolitikken", "Badeplan 2015-2019"]),
        ("Efter Grøn strategi 2030 og den grønne politik 2020.", ["Grøn strategi 2030"]),
        ("Vi har haft en Badestrategi siden 2010.", ["Badestrategi"]),
        ("Tekst:\n- badestrategi for midtbyen\n- en rygepolitik", []),
        ("Vi er part i Kulturaftale Sydfjorden 2013-2016.", ["Kulturaftale Sydfjorden 2013-2016"]),
        ("I budgetforlig 2019-2022 er det aftalt; et forlig fra 2018 gælder ikke.", ["budgetforlig 2019-2022"]),
        (
            "Efter § 2 i styrelsesvedtægten og kasse- og regnskabsregulativet.",
            [
                "styrelsesvedtægten",
                "kasse- og regnskabsregulativet",
            ],
        ),
        (
            "Efter Retningslinjer for badepuljen 2018 og retningslinjer for tilskud.",
            ["Retningslinjer for badepuljen 2018"],
        ),
        ("Kvalitetsstandarder for badning og hjælp 2024", ["Kvalitetsstandarder for badning og hjælp 2024"]),
        ("Efter kvalitetsstandarder for badning.", []),
        ("Vi har Beredskabsplan mod storm 2015, ikke en plan mod vold.", ["Beredskabsplan mod storm 2015"]),
        ("Den erstatter Handleplan for storm i nære farvande (2009).", ["Handleplan for storm i nære farvande (2009)"]),
        ("BADE- OG HAVNEPOLITIK 2015-2019 gælder.", ["BADE- OG HAVNEPOLITIK 2015-2019"]),
        ("Vinduerne i stueplan males, og i kælderplanen lægges gulv.", []),
    ],
)
def test_instruments(sentence: str, expected: list[str]) -> None:
    """An instrument is named once as first printed, without genitive -s; bare short forms are none."""
    assert [one.target for one in references_of(LETTER.format(sentence), "instrument")] == expected


PIECES = [
    "lov om a ",
    "§ 3, ",
    "Bilag 1, 2, ",
    "(vedlagt) A ",
    "plan for A og ",
    "Charter on ",
    "brev fra a til b ",
    "Kommunes ",
]


@pytest.mark.parametrize("piece", [*PIECES, "møde i a ", "Udvalget den 3. maj 2019 ", "politik for a ", "bilag 1 og "])
def test_time_is_linear(piece: str) -> None:
    """Text made to be slow takes time in proportion to its length."""
    assert_linear(*(partial(find_facts, Text(piece * count)) for count in (1_000, 4_000)))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("1 Havnenotat\n2 Udvikling i antal både", [("Bilag 1", "Havnenotat"), ("Bilag 2", "Udvikling i antal både")]),
        ("1 Havnenotat", [("Bilag 1", "Havnenotat")]),
        ("2019 Regnskab\nKort", [(None, "2019 Regnskab"), (None, "Kort")]),
        ("1. Kort\n2. Plan\n\nOle Bæk-Lund              / Karin Dahl", [("Bilag 1", "Kort"), ("Bilag 2", "Plan")]),
        ("1. Kort\n\nTidligere beslutninger: Byrådet 19-12-2018", [("Bilag 1", "Kort")]),
    ],
)
def test_list_of_attachments_without_signs(lines: str, expected: list[tuple[str | None, str]]) -> None:
    """Numbers that run from 1 need no stop behind them; signers and other sections under the list are none."""
    found = references_of(
        f"5. Ny mole\n\nIndstilling\n\nDet indstilles, at molen bygges.\n\nBilag\n{lines}", "attachment"
    )
    assert [(one.label, one.title) for one in found] == expected


def test_file_of_mail_has_label_and_title() -> None:
    """The name of a mail's file is read as a line of the text is, and is one with what the text says of it."""
    text = Text("Til udvalget\n\nHermed bilag 2 (Notat om både) til mødet.\n\nMange hilsner\n\nBo Ås")
    facts = find_facts(text, meta=(("attachments", "Bilag 2 - Notat om både.txt\nKort over havnen.pdf"),))
    found = [(one.label, one.title) for one in facts.references if one.kind == "attachment"]
    assert sorted(found, key=str) == [("Bilag 2", "Notat om både"), (None, "Kort over havnen")]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Vedlagt\n1. Tal pr. bro\n2. Politiets brev", [("Bilag 1", "Tal pr. bro"), ("Bilag 2", "Politiets brev")]),
        (
            "Bilag:\nKort over molen\nNotat om skygger\n\nHavneudvalget\nMøde den 4. maj",
            [
                (None, "Kort over molen"),
                (None, "Notat om skygger"),
            ],
        ),
        (
            "Bilag\n\nBilag 1 Kort\nBilag 2 Budget\n\nHavn og Mole\nSekretariatet",
            [
                ("Bilag 1", "Kort"),
                ("Bilag 2", "Budget"),
            ],
        ),
        ("Bilag til punkt 3: Udkast til standard", [(None, "Udkast til standard")]),
    ],
)
def test_list_of_attachments_ends_with_its_block(listed: str, expected: list[tuple[str | None, str]]) -> None:
    """Entries set close end where another block begins, be it a letterhead or a page's foot."""
    found = references_of(
        f"Egelund Kommune\n\nHavnen\n\nMolen er målt i maj, og tallene følger.\n\n{listed}", "attachment"
    )
    assert [(one.label, one.title) for one in found] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Baggrunden er lov om mole-, bro- og havnedrift, som trådte i kraft i fjor.",
            ["lov om mole-, bro- og havnedrift"],
        ),
        (
            "Vi følger lov om vurdering af planer og programmer, som er ny.",
            ["lov om vurdering af planer og programmer"],
        ),
        ("Vi følger lov om havne og vurderer molen.", ["lov om havne"]),
    ],
)
def test_name_of_law_goes_on_over_suspended_hyphens_and_nouns(sentence: str, expected: list[str]) -> None:
    """What is listed in a law's name belongs to it, and a verb that only looks alike does not."""
    assert [one.target for one in references_of(LETTER.format(sentence), "law")] == expected


def test_list_of_attachments_with_access_and_document() -> None:
    """A list may say of each entry who may read it and its document; neither is its title, and both are cited."""
    text = (
        "5. Mole\n\nSag: 361-2014-733\n\nIndstilling\n\nGodkendes.\n\nBilag:\n"
        "1 Åben Kort over molen\t361-2014-204418\n2 Lukket Tilbud\t361-2014-204420"
    )
    found = references_of(text, "attachment")
    assert [(one.label, one.title) for one in found] == [("Bilag 1", "Kort over molen"), ("Bilag 2", "Tilbud")]
    assert [one.target for one in references_of(text, "document")] == ["361-2014-204418", "361-2014-204420"]
    assert find_facts(Text(text)).case_numbers == ("361-2014-733",)


def test_latest_on_a_weekday_is_a_deadline() -> None:
    """`Senest på tirsdag` says until when."""
    facts = find_facts(Text(LETTER.format("Jeg skal bruge jeres svar senest på tirsdag den 8. maj.")))
    assert [(str(one.date), one.role) for one in facts.dates if one.role == "deadline"] == [("2012-05-08", "deadline")]


def test_a_letter_at_the_end_of_a_word_is_no_attachments() -> None:
    """`bilaga 1` and `bilagene` have no letter of an attachment; `bilag A` has."""
    text = "Se bilaga 1 og bilagene. Kortet er vedlagt som bilag A, tabellen som bilag2."
    assert [one.label for one in find_facts(Text(text)).references] == ["Bilag A", "Bilag 2"]


def test_a_law_that_comes_into_force_ends_before_that() -> None:
    """`trådte lov om … i kraft` closes the name."""
    facts = find_facts(Text("Den 1. juli 2007 trådte lov om social service i kraft, og loven sætter et loft."))
    assert [one.target for one in facts.references] == ["lov om social service"]


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("Udkast til forslag til lov om ændring af lov om social service er sendt ud.", []),
        (
            "Jf. lov nr. 397 af 27. april 2007 om ændring af lov om social service.",
            ["lov nr. 397 af 27. april 2007"],
        ),
    ],
)
def test_a_law_that_amends_another_cites_it_not(text: str, laws: list[str]) -> None:
    """A bill is no law yet, and what an act amends is part of the act's name."""
    assert [one.target for one in find_facts(Text(text)).references if one.kind == "law"] == laws
