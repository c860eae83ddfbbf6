"""Whom a paper is addressed to."""

import pytest

from corpus.records import Text
from ingest.facts import find_facts

PROSE = (
    "Kommunen har nu gennemgået alle de bemærkninger, der kom ind i foråret, og forslaget er "
    "ændret på tre punkter undervejs."
)
HEADS = [
    (f"Til Høringsparterne\n\nHøring om broer\n\n{PROSE}", ["Høringsparterne"]),
    (
        f"Til\nForældrebestyrelsen i Åhuset\nMED-udvalget i Havlev\n\nHøring om broer\n\n{PROSE}",
        ["Forældrebestyrelsen i Åhuset", "MED-udvalget i Havlev"],
    ),
    (f"Til Havlev Kommune\nAtt.: Eva Holm\n\nHøring om broer\n\n{PROSE}", ["Havlev Kommune", "Eva Holm"]),
    (
        "Broudvalget\nBorgmesteren\n\nBroministeriet\nStorgade 1\n1216 København K\nAtt.: Søren "
        f"Lund\n\nKære Søren Lund\n\n{PROSE}",
        ["Broministeriet", "Søren Lund"],
    ),
    (
        "Vejforvaltningen\nCenter for Drift\n\nHr. Bo Lund\nÅvej 18, 2. tv.\n4999 Havlev\n\nSne på "
        f"broen\n\nKære Bo Lund\n\n{PROSE}",
        ["Bo Lund"],
    ),
    (
        "Tove og Per Lund\nÅvej 12\n4999 Havlev\n\nHavlev Kommune\n\n10. maj 2021\n\nStøj fra "
        f"broen\n\n{PROSE}\n\nVenlig hilsen\n\nTove Lund",
        ["Havlev Kommune"],
    ),
    (
        f"Havlev Kommune\n\nHaveforeningen Lunden v/ formand Bo Ås Lund\nÅvej 4\n4999 Havlev\n\nNy bro\n\n{PROSE}",
        ["Haveforeningen Lunden", "Bo Ås Lund"],
    ),
    (
        f"Havlev Kommune\n\nEjerforeningen Lunden\nv/ Bo Lund\nÅvej 4\n4999 Havlev\n\nNy bro over åen\n\n{PROSE}",
        ["Ejerforeningen Lunden", "Bo Lund"],
    ),
    (
        "Havlev Kommune\nÅvej 1\n4999 Havlev\n\nBo Lund\nÅvej 4\n4999 Havlev\n\nVejteam\nSagsbehandler: Eva Holm\n\n"
        f"Afslag på overkørsel\n\n{PROSE}\n\nVenlig hilsen\n\nEva Holm",
        ["Bo Lund"],
    ),
    (
        "Broudvalget\n\nDAGSORDEN\nfor mødet den 3. maj 2005\n\nBR 485/05\nNy bro\n\nDet indstilles, at den bygges.",
        [],
    ),
    (f"Havlev Kommune\nÅvej 1\n4999 Havlev\n\nSagsnr. 20/4433\n\nNy bro\n\nKære Bo Lund\n\n{PROSE}", []),
    (f"Havlev Kommune\nÅvej 1\n4999 Havlev\n\nStøj fra broen\n\nKære kommune\n\n{PROSE}", ["Havlev Kommune"]),
    (f"Borgmesterens Afdeling\nRådhuset, 4999 Havlev\n\nKære Eva Holm\n\n{PROSE}", []),
    (f"City of Havlev\n\nMr. Ole Berg\nMain Street 1\n\n12 May 2010\n\nDear Mr. Berg,\n\n{PROSE}", ["Ole Berg"]),
    (f"Rådet for Broer\n\nÅbningstid på broen\n\nKære Rådet for Broer\n\n{PROSE}", ["Rådet for Broer"]),
    (f"Havlev Kommune\nÅhuset\n\nHavlev, d. 31. maj 2024\n\nNyt gulv i garderoben\n\nKære forældre\n\n{PROSE}", []),
    (
        f"Vej og Park\n\nTil Ejerforeningen Lunden\nv/ formand Bo Ås\nLunden 22\n4999 Havlev\n\nNye broer\n\n{PROSE}",
        ["Ejerforeningen Lunden", "Bo Ås"],
    ),
    (
        "Havlev Kommune\nÅvej 1\n4999 Havlev\n\nMette og Bo Lund\nÅvej 4\n4999 Havlev\n\nDato: 27-05-2020\n"
        f"Byggesagsbehandler: Eva Holm\n\nByggetilladelse til et hus\n\n{PROSE}",
        ["Mette og Bo Lund"],
    ),
    (
        f"Havlev Kommune\nHR og Løn\n\nBo Lund\nÅvej 4\n4999 Havlev\n\nAnsættelsesbrev\n\n{PROSE}",
        ["Bo Lund"],
    ),
    (
        f"Boligselskabet Bro\nc/o Eva Holm\nÅvej 4\n4999 Havlev\n\nNye broer\n\n{PROSE}",
        ["Boligselskabet Bro", "Eva Holm"],
    ),
    (
        "Eva Holm\nÅvej 4\n4999 Havlev\n\nHavlev Kommune\nPlan og Byg\nÅvej 1\n4999 Havlev\n\nNye broer\n\n"
        f"Kære Eva Holm\n\n{PROSE}",
        ["Eva Holm"],
    ),
    (f"Til Ejerforeningen Lunden v/ formand Bo Ås\n\nNye broer\n\n{PROSE}", ["Ejerforeningen Lunden", "Bo Ås"]),
    (
        f"Til Vejforvaltningen\nCenter for Park og Natur\nAtt. Bo Lund\n\nHøringssvar om broer\n\n{PROSE}",
        ["Vejforvaltningen", "Center for Park og Natur", "Bo Lund"],
    ),
    (f"Til Broudvalget\nVejforvaltningen\n\nNye broer\n\n{PROSE}", ["Broudvalget"]),
    (
        f"Havlev Kommune\nAtt.: Eva Holm\n\nÅs Fiskeriforening\n14. februar 2009\n\nAnsøgning om en bro\n\n{PROSE}",
        ["Havlev Kommune", "Eva Holm"],
    ),
    (f"Sendes til: Broudvalget, Det Fælles Elevråd\n\nNye broer\n\n{PROSE}", ["Broudvalget", "Det Fælles Elevråd"]),
    (f"Til Byrådet\t3. maj 2018\n\nNye broer\n\n{PROSE}", ["Byrådet"]),
    (f"Til: Byrådet\tBroudvalget\n\nNye broer\n\n{PROSE}", ["Byrådet", "Broudvalget"]),
    (f"Bo Lund\t03-05-2018\nÅvej 4\tSagsnr. 18/4433\n\n4999 Havlev\n\nNye broer\n\n{PROSE}", ["Bo Lund"]),
    (f"Nye tal om broer\n\n{PROSE}", []),
    (
        "Referat fra Broudvalget\n\nTil stede: Bo Lund, Eva Holm\n\n1. Godkendelse af dagsorden\n\n"
        "Beslutning: Godkendt.\n\n2. Broer\n\nBeslutning: Godkendt.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_recipients_are_read(text: str, expected: list[str]) -> None:
    """The sender stands first, addresses and `Att.` are left out, a salutation alone names no one."""
    assert list(find_facts(Text(text)).recipients) == expected


ASKED = [
    (
        "Til høringsparterne: Beboerforeningen Bro, Havlev Sejlklub, Havlev Handelsforening, Ældrerådet og Havlev "
        "Naturforening",
        ["Beboerforeningen Bro", "Havlev Sejlklub", "Havlev Handelsforening", "Ældrerådet", "Havlev Naturforening"],
    ),
    ("Til Havlev Sejlklub, Havlev Roklub og Ældrerådet", ["Havlev Sejlklub", "Havlev Roklub", "Ældrerådet"]),
    (
        "Til høringsparterne: Beboerforeningen Bro, Havlev Sejlklub, Havlev\nHandelsforening, Broens Venneforening,\n"
        "DOF Havlev og Ældrerådet",
        [
            "Beboerforeningen Bro",
            "Havlev Sejlklub",
            "Havlev Handelsforening",
            "Broens Venneforening",
            "DOF Havlev",
            "Ældrerådet",
        ],
    ),
    (
        "Høringsparter:\n\nHavlev Sejlklub\n\nÆldrerådet\n\nHavlev Roklub",
        ["Havlev Sejlklub", "Ældrerådet", "Havlev Roklub"],
    ),
    ("Høringsparter:\n\n- Havlev Sejlklub\n\n- Ældrerådet", ["Havlev Sejlklub", "Ældrerådet"]),
    ("Høringsparter: Havlev Sejlklub og Ældrerådet", ["Havlev Sejlklub", "Ældrerådet"]),
    ("Til Havlev Sejlklub; Plan og Byg; Ældrerådet", ["Havlev Sejlklub", "Plan og Byg", "Ældrerådet"]),
    ("Til Økonomiudvalget og Børne- og Familieudvalget", ["Økonomiudvalget", "Børne- og Familieudvalget"]),
    ("Til Beskæftigelses- og Integrationsudvalget", ["Beskæftigelses- og Integrationsudvalget"]),
    ("Til Teknik- og Miljøforvaltningen, Center for Broer", ["Teknik- og Miljøforvaltningen, Center for Broer"]),
    ("Til Høje-Taastrup Kommune, Plan og Byg", ["Høje-Taastrup Kommune, Plan og Byg"]),
    ("Til Ejere, lejere og naboer ved broen", ["Ejere, lejere og naboer ved broen"]),
]


@pytest.mark.parametrize(("to", "expected"), ASKED)
def test_each_party_of_a_list_is_a_recipient(to: str, expected: list[str]) -> None:
    """A list is cut where its pieces are names of parties, and hides no title below it."""
    head = "Havlev Kommune\nVej og Havn\n\nDato: 21. januar 2019\nSagsnr. 2018-7710"
    closing = "Venlig hilsen\n\nKim Holm\nVejchef"
    facts = find_facts(Text(f"{head}\n\n{to}\n\nHøring om den nye bro\n\n{PROSE}\n\n{closing}"))
    assert list(facts.recipients) == expected
    assert facts.title == "Høring om den nye bro"


def test_recipients_of_a_mail_stand_in_its_header() -> None:
    """The name is taken where the header has one."""
    meta = (("to", "Ulla Brix <ulbr@havlev.example>, lone@havlev.example"),)
    facts = find_facts(Text("Hej"), name="a.eml", media_type="message/rfc822", meta=meta)
    assert facts.recipients == ("Ulla Brix", "lone@havlev.example")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("medlemmer@havlev.example", ("medlemmerne af Broudvalget",)),
        ("Lone Ås <lone@havlev.example>", ("Lone Ås",)),
    ],
)
def test_recipients_of_a_mail_without_names_stand_in_its_first_line(to: str, expected: tuple[str, ...]) -> None:
    """Where the header has addresses only, the first line says for whom the mail is."""
    body = Text("Bilag til mødet\n\nTil medlemmerne af Broudvalget\n\nHermed eftersendes bilag.")
    assert find_facts(body, name="a.eml", media_type="message/rfc822", meta=(("to", to),)).recipients == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Ejere og beboere af Teglvænget 7, 10 og 12", ("Ejere og beboere af Teglvænget 7, 10 og 12",)),
        ("Bygherre:\nFamilien Hougaard\nMarkskellet 22\n6899 Havlev", ("Familien Hougaard",)),
        ("Familien Hougaard\nMarkskellet 22\n6899 Havlev\n\nByggesagsbehandler\tBo Ås", ("Familien Hougaard",)),
    ],
)
def test_recipients_of_a_notice_about_a_house(head: str, expected: tuple[str, ...]) -> None:
    """Neighbours together, whoever builds, but not who handles the case."""
    text = f"{head}\n\nNaboorientering om ny carport\n\nHavlev Kommune har fået en ansøgning om en carport.\n\nHilsen"
    assert find_facts(Text(text)).recipients == expected


def test_a_meeting_to_which_an_agenda_is_issued_gets_nothing() -> None:
    """`til Havnerådets møde` names what an agenda is for."""
    text = "TILLÆGSDAGSORDEN\n\ntil Havnerådets møde tirsdag den 14. juni 2022 kl. 17.00\n\n1. Broer\n\n2. Master"
    facts = find_facts(Text(text))
    assert (facts.recipients, facts.title) == ((), "TILLÆGSDAGSORDEN til Havnerådets møde")


def test_parties_above_the_title_of_a_hearing_are_its_recipients() -> None:
    """Without address or `Til` several parties stand one under the other; a sender alone is none."""
    asks = "Høringssvar skal være os i hænde senest fredag den 6. maj 2011."
    body = f"Høring om nye broer\n\n{asks}\n\nMed venlig hilsen\n\nBo Ås"
    facts = find_facts(Text(f"Skolebestyrelsen på Nordskolen\nHandicaprådet\n\n{body}"))
    assert facts.recipients == ("Skolebestyrelsen på Nordskolen", "Handicaprådet")
    for sender in ("Havlev Kommune\nBørn og Undervisning", "Teknik og Miljø\nVej og Park"):
        assert find_facts(Text(f"{sender}\n\n{body}")).recipients == ()
