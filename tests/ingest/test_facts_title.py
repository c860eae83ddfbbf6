"""The title of every kind of paper."""

import pytest

from corpus.records import Segment, Text
from ingest.facts import find_facts

PROSE = (
    "Kommunen har nu gennemgået alle de bemærkninger, der kom ind i foråret, og forslaget er "
    "ændret på tre punkter undervejs."
)
TITLES = [
    (
        f"12. Ny bro over åen (2010-16508)\n\nIndstilling\n\nForvaltningen indstiller, at broen bygges.\n\n{PROSE}",
        "Ny bro over åen",
    ),
    (
        f"Til Høringsparterne\n\nHøring om forslag til Broplan 2013-2020\n\n{PROSE}",
        "Høring om forslag til Broplan 2013-2020",
    ),
    (
        "Havlev Kommune\nVej og Park\n\nBo Lund\nÅvej 4\n4999 Havlev\n\nDato 01.06.2012\nSagsnr. "
        f"396-2012-44871\n\nTilladelse til skur på Åvej 4\n\n{PROSE}",
        "Tilladelse til skur på Åvej 4",
    ),
    (f"Ministeriet for Broer\nStorgade 1\n1216 København K\nAtt.: Søren Lund\n\nKære Søren Lund\n\n{PROSE}", None),
    (f"Kære\n\n{PROSE}", None),
    (f"Vedr.: Ansøgning om tilskud til bro\n\n{PROSE}", "Ansøgning om tilskud til bro"),
    (f"NOTAT\n\nTil Teknisk Udvalg\n\nStatus på broer\n\n{PROSE}", "Status på broer"),
    (
        "NOTAT\n\nEftersyn af broer\n\nDato: 7. marts 2012\nSagsnr.: 12/001188\n\nVi har set tre broer:\n\n"
        f"- Åbroen\n- Engbroen\n- Mosebroen\n\n{PROSE}",
        "Eftersyn af broer",
    ),
    (f"Bilag 1\n\nKortlægning af broer 2012\n\n{PROSE}", "Kortlægning af broer 2012"),
    ("Bilag 3\nSkitse af ny bro over åen\n\nBroen bliver fire meter bred.", "Skitse af ny bro over åen"),
    (
        "Dagsorden for ordinært møde i Broudvalget\n\nMødedato: 4. marts 2013\n\n1. Ny bro\n\n2. Gamle broer",
        "Dagsorden for ordinært møde i Broudvalget",
    ),
    (
        "Broudvalget\n\nDagsorden\n\nTid: kl. 13.00\n\n1. Ny bro ..... 2\n2. Gamle broer ..... 3\n\n"
        "1. Ny bro\n\n2. Gamle broer",
        None,
    ),
    (
        "Byrådet i Havlev Kommune\n\nSag 14/21877 Renovering af Havlev Skole\n\nIndstilling\n\n"
        "Broudvalget indstiller, at skolen renoveres.\n\nBeslutning\n\nGodkendt.",
        "Renovering af Havlev Skole",
    ),
    (
        "Borgerrepræsentationen\n\nDAGSORDEN\nfor mødet torsdag den 13. oktober 2005\n\nBR 485/05\nNy bro for alle\n\n"
        "Økonomiudvalget indstiller, at Borgerrepræsentationen godkender broen.",
        "Ny bro for alle",
    ),
    (f"Samarbejdsaftale 2009-2011\n\n{PROSE}", "Samarbejdsaftale 2009-2011"),
    (
        "Mødedato: 11. maj 2017\nSag: 2017-0165502\n\nBehandling af forslag om broer\n\n"
        f"Medlemsforslag fra Bo Lund (F) og Kim Holm (A)\n\n{PROSE}",
        "Behandling af forslag om broer",
    ),
    (
        f"Havlev Kommune\n\n14. marts 2022\nSag: 22/012345-7\n\nVedr. jeres ansøgning om skur på Åvej\n\n{PROSE}",
        "jeres ansøgning om skur på Åvej",
    ),
    (f"NOTAT\n\nSag: 2014-0190021\nEmne: Ny bro over åen\n\n{PROSE}", "Ny bro over åen"),
    (f"Notat\nNy bro\n\nDato: 4. maj 2019\nSagsbehandler: Eva Holm\n\n{PROSE}", "Ny bro"),
    (f"Notat\nBroforvaltningen\n\nDato: 4. maj 2019\n\n{PROSE}", None),
    (f"Vedtægt for Broforeningen i Havlev Kommune\n\n{PROSE}", "Vedtægt for Broforeningen i Havlev Kommune"),
    (f"NOTAT\n\nSag: S19-12345\n\n{PROSE}", None),
    (f"NOTAT\n\nSag: Ny bro over åen\n\n{PROSE}", "Ny bro over åen"),
    (
        f"NOTAT\n\nEmne: Anmodning om tillægsbevilling til broen over åen ved Havlev,\nherunder stillads\n\n{PROSE}",
        "Anmodning om tillægsbevilling til broen over åen ved Havlev, herunder stillads",
    ),
    (f"Havlev Kommune\n\nBroforeningen\n\n18. januar 2021\nSagsnr. 21/4433\n\nBroveje\n\n{PROSE}", "Broveje"),
    (f"Havlev Kommune\n\n18. januar 2021\n\nBroforeningen\n\n{PROSE}", None),
    (f"Havlev Kommune\n\n18. januar 2021\n\nEva Holm\n\n{PROSE}", None),
    (
        f"Havlev Kommune\n\nDato: 4. maj 2019\n\nHøring af forslag til broplan.\n\n{PROSE}",
        "Høring af forslag til broplan.",
    ),
    ("Bilag 3\nBroernes tilstand\n\nTre broer er lukket.", "Broernes tilstand"),
    ("Bilag 3\n\nSagsnr. 14/21877\n\nBroernes tilstand\n\nTre broer er lukket.", "Broernes tilstand"),
    ("Bilag 3\n\nTre broer er lukket.\n\nDe åbner igen til maj.", None),
    (
        "Bilag 3\nTidsplan for broen\nSagsnr. 14/21877\n\nBehandling i Broudvalget 3. maj 2022\nHøring 10. maj 2022",
        "Tidsplan for broen",
    ),
    (
        "Havlev Kommune\n\nTirsdag den 4. december 2018 kl. 16.00\n\nReferat fra mødet i "
        "Broudvalget\n\n71. Godkendelse af dagsorden\n\n"
        "Beslutning: Godkendt.\n\n72. Nye broer\n\nBeslutning: Godkendt.",
        "Referat fra mødet i Broudvalget",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_title_is_the_subject_of_the_paper(text: str, expected: str | None) -> None:
    """Sender, address, labels and dates are passed over; a letter with a salutation only has none."""
    assert find_facts(Text(text)).title == expected


def test_title_of_a_mail_is_its_subject() -> None:
    """A case number in brackets is no part of a subject."""
    facts = find_facts(
        Text("Hej"), name="a.eml", media_type="message/rfc822", meta=(("subject", "SV: Ny frist (sag 20/11042)"),)
    )
    assert facts.title == "Ny frist"


def test_a_heading_set_large_over_two_lines_is_one_title() -> None:
    """Marked lines of one paragraph make one title."""
    first, second = "En ganske lang overskrift om broerne over", "åen ved Havlev"
    text = f"{first}\n{second}\n\n{PROSE}"
    cut = len(first) + 1
    segments = (
        Segment(0, len(first), 1, bold=True, size=16),
        Segment(cut, cut + len(second), 1, bold=True, size=16),
        Segment(cut + len(second) + 2, len(text), 1, size=11),
    )
    assert find_facts(Text(text, segments)).title == f"{first} {second}"


def test_no_value_holds_a_control_character() -> None:
    """What a font without names for its letters leaves in the text is in no fact."""
    facts = find_facts(Text(f"Afg\x01relse om bro\x02en\n\n{PROSE}\n\nVenlig hilsen\n\nBo Lund\nBro\x05chef"))
    assert facts.title == "Afgrelse om broen"
    assert [(one.name, one.role) for one in facts.signatories] == [("Bo Lund", "Brochef")]


def test_day_of_a_time_table_is_not_the_papers_own() -> None:
    """A line that says when a body treats the matter dates no paper."""
    text = "Bilag 3\nTidsplan for broen\n\nBehandling i Broudvalget 3. maj 2022\nHøring 10. maj - 5. juli 2022"
    assert find_facts(Text(text)).date is None


ITEMS = "1. Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt.\n\n2. Ny mole\n\nBeslutning\n\nGodkendt.\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Referat\nHavneudvalget\nTorsdag den 12. oktober 2017 kl. 16.30", "Referat Havneudvalget"),
        ("REFERAT\nFOR\nHAVNE- OG MOLEUDVALGETS MØDE\nDEN 11-05-2010", "REFERAT FOR HAVNE- OG MOLEUDVALGETS MØDE"),
        ("EGELUND KOMMUNE\nDagsorden\nfor\nHavneudvalgets møde\n4. maj 2018", "Dagsorden for Havneudvalgets møde"),
        ("Dagsorden\nfor Havneudvalgets ordinære møde\n\n4. maj 2018", "Dagsorden for Havneudvalgets ordinære møde"),
        ("Referat\n\nfra møde i Havneudvalget\n\n4. maj 2018", "Referat fra møde i Havneudvalget"),
        ("Referat\nUdvalg: Havneudvalget\nMødedato: 4. maj 2018\nMedlemmer: Bo Lund (A), formand, Eva Holm", None),
        ("Havneudvalget\n\nReferat\n\nTid: kl. 13", None),
    ],
)
def test_heading_of_a_meeting_on_several_lines_is_one_title(head: str, expected: str | None) -> None:
    """The kind of the paper goes with the body below it; a label with its value is no title."""
    assert find_facts(Text(f"{head}\n\n{ITEMS}")).title == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Vedr. Deres klage over afslag på skur", "Deres klage over afslag på skur"),
        ("Emne: Kontakt til havnens naboer", "Kontakt til havnens naboer"),
        ("Vedr.: Sagsnr. 2012-44871", None),
        ("Ansøgning om ny mole [Sagsnr. 02.34.02-P19-4-20]", "Ansøgning om ny mole"),
        ("Høringssvar om ny mole, sagsnr. 2011-98213", "Høringssvar om ny mole"),
        ("Høringssvar om mole - J.nr. 11/4432", "Høringssvar om mole"),
        ("Klage over mole - jeres sagsnr. 2013-01877", "Klage over mole"),
        ("Invitation til møde om skolebusser, sag 22/10455", "Invitation til møde om skolebusser"),
        ("Ansøgning om tilskud, 2. runde 2020", "Ansøgning om tilskud, 2. runde 2020"),
    ],
)
def test_subject_behind_its_label_is_the_title_without_a_number(line: str, expected: str | None) -> None:
    """Words that begin like a label are a subject behind `Vedr.`; a number with its label is no part of it."""
    assert find_facts(Text(f"Egelund Kommune\n\n{line}\n\nKære Bo Lund\n\n{PROSE}")).title == expected


def test_heading_of_the_paper_is_no_heading_of_a_section() -> None:
    """Of headings set alike the first line's is the paper's where more of them follow in the text."""
    lines = ("Charter for havnen i Egelund", "Hvorfor et charter?", PROSE, "Hvad lover vi?", PROSE)
    text = "\n\n".join(lines)
    segments, at = [], 0
    for line in lines:
        segments.append(Segment(at, at + len(line), 1, bold=line != PROSE, size=10 if line == PROSE else 12))
        at += len(line) + 2
    assert find_facts(Text(text, tuple(segments))).title == "Charter for havnen i Egelund"


def test_kind_of_a_meetings_paper_over_its_day_is_the_title() -> None:
    """Under `REFERAT` a line that says only when the meeting was is no title, and `til` over a meeting no recipient."""
    items = "Ad 1. Nye broer\nVedtaget.\n\nAd 2. Eventuelt\nIntet."
    facts = find_facts(
        Text(f"Egelund Kommune\nBroudvalget\n\nREFERAT\n\naf møde mandag den 5. maj 2003 i lokale 2\n\n{items}")
    )
    assert facts.title == "REFERAT"
    facts = find_facts(Text(f"Egelund Kommune\n\nDAGSORDEN\ntil\nBROUDVALGETS MØDE\nden 5. maj 2003\n\n{items}"))
    assert facts.recipients == ()


def test_the_day_beside_a_heading_is_no_part_of_it() -> None:
    """The head of minutes may bear the day in a cell of its own."""
    assert find_facts(Text(f"Havlev Kommune\nReferat af møde\t21-03-2023\n\n{ITEMS}")).title == "Referat af møde"


def test_the_largest_letters_are_the_title() -> None:
    """Of several bold lines in the head the one in far larger type is the title."""
    lines = ("Havlev Kommune offentliggør forslag til", "Lokalplan 12.1 for Rugmarken", "og tillæg til planen", PROSE)
    text, segments, at = "\n\n".join(lines), [], 0
    for line, size in zip(lines, (10, 14, 10, 10), strict=True):
        segments.append(Segment(at, at + len(line), 1, bold=line != PROSE, size=size))
        at += len(line) + 2
    assert find_facts(Text(text, tuple(segments))).title == "Lokalplan 12.1 for Rugmarken"


def test_a_long_subject_in_bold_letters_is_the_title() -> None:
    """A subject of two lines is no running text where it is set in bold."""
    subject = "Høringssvar over udkast til forslag til lov om havne og broer (Initiativer på området for både)"
    lines = ("Havneministeriet", subject, PROSE)
    text, segments, at = "\n\n".join(lines), [], 0
    for line in lines:
        segments.append(Segment(at, at + len(line), 1, bold=line == subject))
        at += len(line) + 2
    assert find_facts(Text(text, tuple(segments))).title == subject


def test_a_bold_section_under_a_bold_title_is_not_the_title() -> None:
    """Where lines set like the head's last one go on in the text, the one right above it is the title."""
    lines = (
        "Notat",
        "Dato: 4. marts 2024",
        "Erfaringer med delebiler",
        "Kort om ordningen",
        PROSE,
        "Videre forløb",
        PROSE,
    )
    text, segments, at = "\n\n".join(lines), [], 0
    for line in lines:
        segments.append(Segment(at, at + len(line), 1, bold=line in lines[2:4] or line == lines[5]))
        at += len(line) + 2
    assert find_facts(Text(text, tuple(segments))).title == "Erfaringer med delebiler"
