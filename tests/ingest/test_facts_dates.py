"""The own date of a document, and the role of every other."""

from functools import partial

import pytest

from corpus.records import Text
from ingest.facts import find_facts
from tests.growth import assert_within

OWN = [
    ("Dato: 1. oktober 2018\n\nHøring om skolen", "2018-10-01"),
    ("Kære Lone\n\nTak for sidst den 3. maj 2012.\n\nVenlig hilsen\n\nBo Lund\n\n25. maj 2012", "2012-05-25"),
    ("Havlev d. 8/5 2013\n\nBemærkninger", "2013-05-08"),
    ("Frist d. 8/5 2013\n\nBemærkninger", None),
    ("Dato: 5.2.19\n\nBemærkninger", "2019-02-05"),
    ("Havlev, den 8. maj 2013\n\nBemærkninger", "2013-05-08"),
    ("Dato:\n5. december 2012\n\nSagsnr.: 2012-104418", "2012-12-05"),
    ("Mødedato: 22.04.2021, kl. 17:30\nMødested: Rådhuset", "2021-04-22"),
    ("tirsdag den 18. december 2018 kl. 17.00 i Byrådssalen\n\nDagsorden", "2018-12-18"),
    ("Mødedato: 20.03.2000\n\nDAGSORDEN for ordinært møde mandag den 28. februar 2000", "2000-02-28"),
    ("Dato: 2. maj 2012\n\nIndkaldelse til møde i Broudvalget den 9. maj 2012", "2012-05-02"),
    ("Referat af møde i Beskæftigelses- og Integrationsudvalget den 9. maj 2012", "2012-05-09"),
    ("Økonomiudvalget, ordinært møde den 21. juni 2016\n\n11. Analyse", "2016-06-21"),
    ("Referat fra Ældrerådets møde tirsdag den 8. november 2022 kl. 9.30 i Byrådssalen", "2022-11-08"),
    ("REFERAT fra møde d. 1. februar 2023 kl. 12:30-15 i Regionshuset", "2023-02-01"),
    ("Referat af møde nr. 7 torsdag den 14. marts 2013", "2013-03-14"),
    ("Ældreudvalget - 08-12-2009\n\n12. Madservice", "2009-12-08"),
    ("Indstilling\n\nBeslutning i Teknisk Udvalg den 07-11-2017\n\nGodkendt", "2017-11-07"),
    (
        "1. Økonomi. To stillinger opslås i hele perioden med en samlet frist den\n20/10-2017.\n\nIb Rask\n12/9-2017",
        "2017-09-12",
    ),
    ("Som drøftet på mødet den 6. februar 2012 er fristen den 1. maj 2012.", None),
    ("Høringsfrist:\n17. oktober 2016", None),
    ("Odense, d. 3.5.12\n\nBemærkninger", "2012-05-03"),
    ("Dato: 3 maj 2012\n\nBemærkninger", "2012-05-03"),
    ("Taksterne gælder fra den 1. januar 2018.", None),
    ("7. Ny mole\n\nHavneudvalgets beslutning i mødet den 3. maj 2011: Indstillingen blev godkendt.", "2011-05-03"),
    ("7. Ny mole\n\nByrådets beslutning af 3. maj 2011: Molen bygges ikke.", None),
    (
        f"7. Ny mole\n\nBeslutning i Havneudvalget den 3. maj 2011: Molen bygges, {'som alle ønsker, ' * 20}",
        "2011-05-03",
    ),
    ("Referat\n\nByrådet i Havlev Kommune, 3. maj 2020, kl. 17.00\n\nMolen", "2020-05-03"),
    ("NOTAT\t3. maj 2018\n\nNy mole", "2018-05-03"),
    ("Havlev Kommune\tDato: 3. maj 2018\n\nNy mole", "2018-05-03"),
    ("Til høringsparterne\t3. maj 2018\n\nNy mole", "2018-05-03"),
    ("Ny mole\n\nSvarfrist\t3. maj 2018", None),
    ("Høring om ny mole\n\nPubliceret: 3. maj 2018\n\nMolen bygges i sten.", "2018-05-03"),
    ("Høring om ny mole\n\nPubliceret: 3. maj 2018 | Høringsfrist: 1. juni 2018\n\nMolen bygges.", "2018-05-03"),
    (
        "Svar om havnen\n\nMolen er med i kommunens havne-\n3. maj 2018\nSagsnr.\n2018-7721\nplan for året.",
        "2018-05-03",
    ),
    ("Aftale om havnen\n\nIndgået mellem Molelisten og Havnepartiet den 3. maj 2018.\n\nHavnen", "2018-05-03"),
    ("Ny mole\n\nAftalen om leje er indgået i andre havne, sidst den 3. maj 2018, og gælder.", None),
    ("Bilag 2 til Havneudvalget den 3. maj 2018\n\nNy mole", None),
    ("Ny mole\n\nBeslutning i Havneudvalget den 3. maj 2018, pkt. 12:\nGodkendt", "2018-05-03"),
    ("Ny mole\n\nStenene leveres\t3. maj 2018\nBolværket\t4. juni 2018", None),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_own_date_stands_where_dates_of_papers_stand(text: str, expected: str | None) -> None:
    """A date line, a label or a meeting's head is the own date; one in running text is not."""
    assert find_facts(Text(text)).date == expected


def test_mail_date_comes_from_its_header() -> None:
    """A mail bears the day on which it was sent."""
    for sent in ("2017-11-02T23:22:05+01:00", "Thu, 02 Nov 2017 23:22:05 +0100"):
        facts = find_facts(Text("Hej Ulla"), name="a.eml", media_type="message/rfc822", meta=(("date", sent),))
        assert facts.date == "2017-11-02"
        assert facts.dates[0].role == "document"


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("Tue, 05 Apr 2022 23:30:00 +0000", "2022-04-06"),
        ("Tue, 05 Apr 2022 21:30:00 +0000", "2022-04-05"),
        ("2022-01-05T23:30:00+00:00", "2022-01-06"),
        ("2022-01-05T22:30:00+00:00", "2022-01-05"),
        ("2022-01-05T23:30:00", "2022-01-05"),
        ("Wed, 05 Jan 2022 20:30:00 -0500", "2022-01-06"),
    ],
)
def test_mail_date_is_the_day_in_denmark(sent: str, day: str) -> None:
    """Servers write the time of Greenwich; a mail sent after midnight is of the day that it was here."""
    facts = find_facts(Text("Hej Ulla"), name="a.eml", media_type="message/rfc822", meta=(("date", sent),))
    assert facts.date == day


ROLES = [
    ("Vi har modtaget jeres høring af 29. marts 2021, sag 21/4433, i Havneudvalget.", "2021-03-29", "reference"),
    ("Byrådet følger LBK nr. 47 af 15/01/2019 om møder.", "2019-01-15", "mention"),
    ("Svar sendes senest d. 29.3.21 til forvaltningen.", "2021-03-29", "deadline"),
    ("Udvalget behandlede sagen på mødet d. 5.6.12.", "2012-06-05", "meeting"),
    ("Høringsperioden løber fra 1/11-31/12 2019.", "2019-12-31", "deadline"),
    ("Svar sendes senest mandag den 13. maj 2013 kl. 12.", "2013-05-13", "deadline"),
    ("Høringsfristen udløb den 13. maj 2013.", "2013-05-13", "deadline"),
    ("Forslaget har været i høring i perioden 1. oktober 2018 – 23. november 2018.", "2018-11-23", "deadline"),
    ("Forslaget har været i høring i perioden 1. oktober 2018 – 23. november 2018.", "2018-10-01", "mention"),
    ("Fristen for den første rapport rykkes fra marts til maj 2013.", "2013-05", "deadline"),
    ("Skriftlige indlæg modtages frem til den 15/11-2023.", "2023-11-15", "deadline"),
    ("Det indstilles, at udkastet sendes i høring til den 31. januar 2018.", "2018-01-31", "deadline"),
    ("Broen er lukket for lastbiler frem til maj 2022.", "2022-05", "mention"),
    ("Socialudvalget drøftede sagen på sit møde den 6. februar 2012.", "2012-02-06", "meeting"),
    ("Sagen forelægges Byrådet den 28. maj 2015.", "2015-05-28", "meeting"),
    ("Næste møde holdes torsdag den 9. juni 2016.", "2016-06-09", "meeting"),
    ("Rapporten blev senest behandlet den 5. december 2017 (pkt. 68).", "2017-12-05", "meeting"),
    ("Chartret underskrives ved årsmødet den 11. juni 2015.", "2015-06-11", "signing"),
    ("Sagen forelægges Byrådet den 12. maj 2010 og underskrives den 22. maj 2010.", "2010-05-12", "meeting"),
    ("Sagen forelægges Byrådet den 12. maj 2010 og underskrives den 22. maj 2010.", "2010-05-22", "signing"),
    ("Tak for jeres brev af 17. april 2015 om åbningstiden.", "2015-04-17", "reference"),
    ("Revisionen pegede i beretning af 12. april 2016 på ordningen.", "2016-04-12", "reference"),
    ("Ministeriet har den 14. juni 2011 modtaget kommunens ansøgning.", "2011-06-14", "reference"),
    ("Reglerne står i bekendtgørelse nr. 615 af 19. juli 1993.", "1993-07-19", "mention"),
    ("Den erstatter forretningsorden af 10. januar 2018.", "2018-01-10", "mention"),
    ("Aftalen gælder fra 1. januar 2009 til 31. december 2011.", "2011-12-31", "mention"),
    ("I forlængelse af vores møde den 9. januar 2008 sender jeg udkastet.", "2008-01-09", "mention"),
    ("Aftalen udløber den 1. oktober 2017, og Byrådet drøfter den på sit møde.", "2017-10-01", "mention"),
    ("Aftalen udløber den 1. oktober 2017, og Byrådet drøfter den på mødet den 5. juni 2017.", "2017-06-05", "meeting"),
    ("Høringspart\tHøringsfrist\nÆldrerådet\t30. oktober 2020", "2020-10-30", "deadline"),
    ("Punkt\tAnsvarlig\tFrist\nBidrag til regnskab\tAlle\t17. april 2018", "2018-04-17", "deadline"),
    ("Havneudvalget får en plan senest i februar 2022.", "2022-02", "deadline"),
    ("Broen har været drøftet flere gange, senest i juni 2019.", "2019-06", "mention"),
    ("Planen blev sendt i høring i Havnerådet og Ældrerådet den 1. juni 2015.", "2015-06-01", "mention"),
    ("Havneudvalget behandlede sagen første gang den 9. marts 2021.", "2021-03-09", "meeting"),
    ("Havneudvalget får en opgørelse første gang den 9. marts 2021.", "2021-03-09", "deadline"),
    ("Havneudvalget har den 13. juni 2016 givet afslag.", "2016-06-13", "meeting"),
    ("Planen blev sendt i høring i Udsatterådet og Moleudvalget 1/6-15.", "2015-06-01", "mention"),
    ("Byrådsmedlem Bo Lund har i mail 1/6 2015 spurgt til molen.", "2015-06-01", "reference"),
    ("Tak for jeres tegning af 1. juni 2015.", "2015-06-01", "reference"),
    ("Han klager over kommunens afslag af 1. juni 2015.", "2015-06-01", "reference"),
    ("Udvalget har været på besigtigelse den 1. juni 2015.", "2015-06-01", "mention"),
    ("Afsender\tModtaget\nMolelauget\t2. maj 2015\nHavnelauget\t1. juni 2015", "2015-06-01", "reference"),
    ("Afsender\tBemærkning\nHavnelauget, 1. juni 2015\tMolen er for lav", "2015-06-01", "reference"),
    ("Opgave\tBemærkning\nHavnelauget, 1. juni 2015\tMolen er for lav", "2015-06-01", "mention"),
    ("Punkt\tAnsvarlig\tFrist\n2. behandling i Byrådet\tAlle\t4. oktober 2018", "2018-10-04", "mention"),
]


@pytest.mark.parametrize(("text", "date", "role"), ROLES[:-1])
def test_role_comes_from_the_words_around(text: str, date: str, role: str) -> None:
    """Each date has the role that its sentence or its column gives it."""
    assert {fact.date: fact.role for fact in find_facts(Text(text)).dates}[date] == role


def test_a_body_in_a_deadline_column_is_a_meeting() -> None:
    """The row of a body's own treatment is no deadline."""
    text, date, _ = ROLES[-1]
    assert {fact.date: fact.role for fact in find_facts(Text(text)).dates}[date] in ("meeting", "mention")


def test_a_figure_in_the_cell_before_a_month_is_no_day() -> None:
    """In a table a figure may stand before a month; only within one cell it is its day."""
    facts = find_facts(Text("Optælling\n\nBorgere\t18\tnov. 2012\nMedarbejdere\t4 december 2012"))
    assert [found.date for found in facts.dates] == ["2012-11", "2012-12-04"]


def test_days_without_year_take_the_own_year() -> None:
    """`3. ds.` and a day without a year are completed, recurring days left out."""
    text = "Dato: 11. februar 2010\n\nTak for din mail af 3. ds. Mødet er den 14. april. Prisen ændres 1. maj hvert år."
    assert [fact.date for fact in find_facts(Text(text)).dates] == ["2010-02-11", "2010-02-03", "2010-04-14"]


def test_facts_take_linear_time() -> None:
    """Hostile text costs no more than its length."""
    units = (
        "1. maj 2012, ",
        "møde den ",
        "A B / C D\n",
        "Hans Hansen\n",
        "Venlig hilsen\n",
        "Sagsnr.\n",
        "2010-1234\n",
        "frist ",
        "\n",
    )
    for unit in units:
        text = Text(unit * (40_000 // len(unit)))
        assert_within(4, partial(find_facts, text))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (
            "MODTAGET\n02 OKT 2019\nHavnerådet\n\nKære Bo\n\nHavlev, den 30. september 2019\n\nTak for sidst",
            "2019-09-30",
        ),
        ("Modtaget den 2. oktober 2019\n\nHavnerådet\n\nHavlev, den 30. september 2019\n\nKære Bo", "2019-09-30"),
        ("Høringssvar nr. 27\n\nIndsendt af: Bo Ås\n\nIndsendt: 12.10.2020 kl. 21:14\n\nVi siger nej.", "2020-10-12"),
    ],
)
def test_a_stamp_is_no_date_of_the_papers_own(text: str, own: str) -> None:
    """When a paper came is not when it was written; on a portal it is the day on which it was sent."""
    assert find_facts(Text(text)).date == own


def test_the_day_of_a_bodys_decision_is_told_by_the_items_number() -> None:
    """Of several bodies that decided, the one that took the matter as this item gave the paper its day."""
    text = (
        "8. Nye broer\n\nSagsnr.: 19/4417\n\nIndstilling\n\nForvaltningen indstiller, at broerne bygges.\n\n"
        "Havneudvalget, 13. februar 2019, pkt. 4:\n\nDrøftet.\n\nHavneudvalget, 9. april 2019, pkt. 8:\n\nAnbefales."
    )
    assert find_facts(Text(text)).date == "2019-04-09"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("5. Næste møde\nDen 14. januar 2016.", "meeting"),
        ("Referat\n\nNæste møde:\ntorsdag den 14. januar 2016", "meeting"),
        ("Sagen bedes forelagt for Byrådet inden den 14. januar 2016.", "deadline"),
        ("Hun blev indkaldt til det ordinære møde den 14. januar 2016.", "meeting"),
        ("Referatet fra den 14. januar 2016 blev godkendt.", "meeting"),
        ("Eftersendelse af bilag til byrådsmødet den 14. januar 2016.", "meeting"),
    ],
)
def test_roles_of_days_of_meetings(text: str, role: str) -> None:
    """A day under `Næste møde` is a meeting's, one before which a body is to see a matter a deadline."""
    assert [fact.role for fact in find_facts(Text(text)).dates] == [role]


def test_the_kind_of_a_paper_with_its_day_dates_it() -> None:
    """`Referat 20-05-2014` in the head bears the day of the meeting; a sentence that begins so does not."""
    text = "Havneudvalget\n\nReferat 20-05-2014\n\n12. Broer\n\nUdsat.\n\n13. Master\n\nGodkendt."
    assert find_facts(Text(text)).date == "2014-05-20"
    assert find_facts(Text("Kære Bo\n\nReferat 20-05-2014 er sendt til havnens lejere i går.")).date is None


def test_the_next_meeting_is_not_the_papers_own() -> None:
    """`Næste møde: …` at the end does not date minutes whose head bears their day."""
    text = "Referat\n\nMødedato: 22.11.2018, kl. 19:00\n\n1. Tak\n\nIntet.\n\nNæste møde: 13. december 2018 kl. 19.00"
    assert find_facts(Text(text)).date == "2018-11-22"


def test_a_period_until_a_day_is_no_meeting() -> None:
    """`frem til den …` closes what a body decided."""
    text = "Havneudvalget besluttede den 6. september 2022 at reservere pladser frem til den 31. december 2023."
    assert [fact.role for fact in find_facts(Text(text)).dates] == ["meeting", "mention"]


def test_a_line_with_its_own_deadline_heads_no_column() -> None:
    """`2. Høring … Høringsfrist: 7. december 2018` names no deadlines for the days below it."""
    text = "2. Høring om broer Høringsfrist: 7. december 2018\nDet er svaret.\nBilag 1. Brev af 25. oktober 2018"
    assert [fact.role for fact in find_facts(Text(text)).dates] == ["deadline", "reference"]
