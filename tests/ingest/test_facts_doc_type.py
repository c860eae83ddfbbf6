"""The kind of a paper, from its structure, head and wording."""

import pytest

from corpus.records import Segment, Text
from ingest.facts import find_facts

PROSE = (
    "Kommunen har nu gennemgået alle de bemærkninger, der kom ind i foråret, og forslaget er "
    "ændret på tre punkter undervejs."
)
KINDS = [
    (f"Frivilligcharter for Havlev\n\n{PROSE}\n\nHavlev, den 3. maj 2018\n\nBo Lund\nBorgmester", "other"),
    (f"Delegationsplan for Moleudvalget\n\n{PROSE}\n\nSagsnr. 21/417\n\nDato: 3. maj 2018", "other"),
    (f"Årsberetning for Havnerådet 2018\n\n{PROSE}\n\nSagsnr. 21/417\n\nDato: 3. maj 2018", "other"),
    (
        f"Bo Lund\nÅvej 4\n4999 Havlev\n\nTilladelse til skur\n\nKære Bo Lund\n\n{PROSE}\n\nVenlig hilsen\n\nKim Holm",
        "letter",
    ),
    (f"Offentlig høring af forslag til broplan\n\n{PROSE}\n\nVenlig hilsen\n\nKim Holm", "hearing"),
    (
        f"Giv jeres bidrag til en ny politik\n\n{PROSE} I kan sende et skriftligt høringssvar til "
        "os.\n\nVenlig hilsen\n\nKim Holm",
        "hearing",
    ),
    (
        f"Afslag på skur\n\nKære Bo Lund\n\n{PROSE} Eventuelle bemærkninger skal være os i hænde til maj.\n\nVenlig "
        "hilsen\n\nKim Holm",
        "letter",
    ),
    (
        "Kære kommune\n\nJeg er imod skuret.\n\nHøringssvar til sag 21/417.\n\nHilsen Bo Lund, den 1. april 2021",
        "hearing_response",
    ),
    (f"Høringssvar fra skolebestyrelsen på Åskolen\n\n{PROSE}", "hearing_response"),
    (f"Svar fra Ungerådet til høringen om badebroen\n\n{PROSE}", "hearing_response"),
    (f"Bemærkninger til lokalplan 4-27\n\n{PROSE}\n\nVenlig hilsen\n\nKim Holm", "hearing_response"),
    (f"Notat\n\nHvidbog over høringssvar til lokalplan 7.4\n\n{PROSE}", "memo"),
    (f"Fremsendelse af høringssvar\n\n{PROSE}", "hearing_response"),
    (f"NOTAT\n\nTil Teknisk Udvalg\n\nStatus på broer\n\n{PROSE}", "memo"),
    (f"Svar på spørgsmål om broer\n\n{PROSE}\n\nMed venlig hilsen\n\nKim Holm, områdechef", "memo"),
    (f"Bilag 1\n\nKortlægning af broer 2012\n\n{PROSE}", "attachment"),
    (f"12. Ny bro (2010-16508)\n\nIndstilling\n\nForvaltningen indstiller, at broen bygges.\n\n{PROSE}", "decision"),
    (
        "Referat fra Broudvalget\n\n1. Godkendelse af dagsorden\n\nBeslutning: Godkendt.\n\n2. Nye "
        "broer\n\nBeslutning: Godkendt.",
        "minutes",
    ),
    ("Dagsorden for Broudvalget\n\n1. Godkendelse af dagsorden\n\n2. Nye broer\n\n3. Eventuelt", "agenda"),
    (f"Samarbejdsaftale 2009-2011\n\nMellem Havlev Kommune og Foreningen indgås hermed følgende.\n\n{PROSE}", "other"),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_doc_type_is_told(text: str, expected: str) -> None:
    """Each kind of paper is known by what it is, not by its file."""
    assert find_facts(Text(text)).doc_type == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Notat: Høringssvar om broplanen", "memo"),
        ("Notat – Høringssvar vedr. broplanen", "memo"),
        ("Hvidbog: Høringssvar om broplanen", "memo"),
        ("Hvidbog – bemærkninger til lokalplan 3", "memo"),
        ("Oversigt: Høringssvar til broplanen", "memo"),
        ("Vurdering af indsigelser mod lokalplan 3", "memo"),
        ("Indkomne høringssvar", "memo"),
        ("Kvittering for modtagelse af høringssvar", "letter"),
        ("Svar på jeres høringssvar", "letter"),
        ("Tak for høringssvar om havnen", "letter"),
        ("Vedr. jeres høringssvar om havnen", "letter"),
        ("Notat: Høringssvar fra Ældrerådet om broplanen", "hearing_response"),
        ("Høringssvar om broplanen", "hearing_response"),
        ("Bemærkninger til broplanen", "hearing_response"),
    ],
)
def test_a_paper_about_the_answers_is_no_answer(subject: str, expected: str) -> None:
    """What stands before the colon is no part of the title, yet says whether others' answers are told of."""
    head = "Havlev Kommune\nVej og Havn\n\nDato: 20. marts 2019\nSagsnr. 2018-7710"
    assert find_facts(Text(f"{head}\n\n{subject}\n\n{PROSE}\n\nKim Holm\nVejchef")).doc_type == expected


@pytest.mark.parametrize(("shown", "expected"), [("Notat", "memo"), ("Notat om broer", "letter")])
def test_a_letterhead_says_that_a_paper_is_a_memo(shown: str, expected: str) -> None:
    """A line of the margin that is nothing but `Notat` tells the kind, whoever signs."""
    body = f"Nye broer\n\n{PROSE}\n\nVenlig hilsen\n\nKim Holm\n\n"
    segments = (Segment(0, len(body), 1), Segment(len(body), len(body) + len(shown), 1, role="margin"))
    assert find_facts(Text(body + shown, segments)).doc_type == expected


def test_a_mail_is_a_mail_whatever_it_says() -> None:
    """The format decides."""
    assert find_facts(Text("Referat af møde"), name="a.eml", media_type="message/rfc822").doc_type == "email"


def test_a_printed_mail_is_a_mail() -> None:
    """A mail that was saved as text is known by its head; its files are attachments, its subject's number its own."""
    head = "Fra: Bo Lund\nSendt: 3. maj 2018 14:22\nTil: Kim Holm\nEmne: Ny mole (sagsnr. 18/4170)\n"
    facts = find_facts(
        Text(f"{head}Vedhæftede filer: Kort_over_molen.pdf; Budget.xlsx\n\nHej Kim\n\n{PROSE}\n\nMvh\nBo")
    )
    assert (facts.doc_type, facts.case_numbers) == ("email", ("18/4170",))
    assert [one.title for one in facts.references if one.kind == "attachment"] == ["Kort over molen", "Budget"]


def test_a_memo_has_no_head_of_a_mail() -> None:
    """A memo's `Til`, `Fra`, `Dato` and `Emne` make no mail."""
    text = f"Notat\n\nTil: Teknisk Udvalg\nFra: Havnekontoret\nDato: 3. maj 2018\nEmne: Broer\n\n{PROSE}"
    assert find_facts(Text(text)).doc_type == "memo"


@pytest.mark.parametrize(("greeting", "expected"), [("Kære Bo Lund\n\n", "letter"), ("", "memo")])
def test_an_answer_to_questions_is_a_letter_to_whom_it_greets(greeting: str, expected: str) -> None:
    """Who is greeted in an answer to questions is written to."""
    text = f"Svar på spørgsmål om broer\n\n{greeting}{PROSE}\n\nMed venlig hilsen\n\nKim Holm, områdechef"
    assert find_facts(Text(text)).doc_type == expected


def test_answers_due_make_a_hearing() -> None:
    """A letter that says when the answers are due asks for them."""
    asks = "Høringssvarene skal være os i hænde senest 3. maj."
    text = f"Ny ordning for molen\n\n{PROSE} {asks}\n\nVenlig hilsen\n\nKim Holm"
    assert find_facts(Text(text)).doc_type == "hearing"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Naboorientering om ny carport på Teglvænget 9", "hearing"),
        ("Partshøring om ny carport på Teglvænget 9", "hearing"),
        ("Udtalelse vedrørende forslag til havneplan", "hearing_response"),
        ("Udtalelse vedrørende klage over havneplanen", "letter"),
        ("Høringssvar nr. 27", "hearing_response"),
    ],
)
def test_kinds_of_letters_by_their_titles(title: str, expected: str) -> None:
    """Neighbours are asked, a board of appeal is answered."""
    assert find_facts(Text(f"{title}\n\n{PROSE}\n\nMed venlig hilsen\n\nKim Holm")).doc_type == expected


def test_a_paper_headed_indstilling_is_a_decision() -> None:
    """`Indstilling` over a proposal says what the paper is, whatever the proposal's own words."""
    text = (
        "Indstilling\n\nTil Havlev Byråd\nFra Magistratens 5. Afdeling\nDato 11. november 2008\n\n"
        "Flere broer i havnen\n\n1. Resume\nByrådet har afsat midler til broer.\n\n"
        "2. Beslutningspunkter\nAt 1) der bygges to broer."
    )
    facts = find_facts(Text(text))
    assert (facts.doc_type, [item.title for item in facts.items]) == ("decision", ["Flere broer i havnen"])


def test_a_contract_on_results_is_other() -> None:
    """A compound of `kontrakt` names a contract, whoever signs it."""
    text = "Resultatkontrakt 2015\n\nmellem Havlev og Skolen\n\nHavlev, den 29. januar 2015\n\nBo Ås\nDirektør"
    assert find_facts(Text(text)).doc_type == "other"
