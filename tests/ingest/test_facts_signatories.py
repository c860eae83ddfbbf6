"""Who signs, and with what title."""

from pathlib import Path

import pytest

from corpus.records import Box, Segment, Text
from ingest.facts import find_facts
from tests.extraction import extract_file

PROSE = (
    "Kommunen har nu gennemgået alle de bemærkninger, der kom ind i foråret, og forslaget er "
    "ændret på tre punkter undervejs."
)
SIGNED = [
    ("Venlig hilsen\n\nBo Lund", [("Bo Lund", None)]),
    ("Med venlig hilsen\n\nBo Lund\nKontorchef\nHavlev Kommune, Vej og Park", [("Bo Lund", "Kontorchef")]),
    ("Med venlig hilsen\n\nBo Lund\nFormand\n\nEva Holm\nKasserer", [("Bo Lund", "Formand"), ("Eva Holm", "Kasserer")]),
    ("Med venlig hilsen\n\nBo Lund\nEva Holm\nFormand\nKasserer", [("Bo Lund", "Formand"), ("Eva Holm", "Kasserer")]),
    ("Med venlig hilsen\n\nBo Lund\tEva Holm\nFormand\tKasserer", [("Bo Lund", "Formand"), ("Eva Holm", "Kasserer")]),
    (
        "Venlig hilsen\n\nBo Lund\nBorgmester\n\n/ Eva Holm\nDirektør",
        [("Bo Lund", "Borgmester"), ("Eva Holm", "Direktør")],
    ),
    ("Venlig hilsen\n\nBo Lund, områdechef", [("Bo Lund", "områdechef")]),
    ("Venlig hilsen\n\nBo Lund centerchef", [("Bo Lund", "centerchef")]),
    ("Venlig hilsen\n\nBo Lund og Eva Holm", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Venlig hilsen\n\nRådhuset\n1599 Havlev\n\nTelefon\n33 66 28 51\n\nBo Lund", [("Bo Lund", None)]),
    ("Venlig hilsen\n\ne.b. Signe Lund", [("Signe Lund", None)]),
    ("Med venlig hilsen\n\np.v.\nSigne Lund\ncand.jur.", [("Signe Lund", "cand.jur.")]),
    ("Venlig hilsen\n\nBo Lund\nMiljømedarbejder, cand.techn.soc.", [("Bo Lund", "Miljømedarbejder, cand.techn.soc.")]),
    ("Venlig hilsen\n\nBo Lund, fmd.", [("Bo Lund", "fmd.")]),
    ("Hilsen Bo Lund, den 1. april 2021", [("Bo Lund", None)]),
    ("Yours sincerely,\n\nBo Lund\nLord Mayor", [("Bo Lund", "Lord Mayor")]),
    ("På vegne af Å Lokaludvalg\n\nBo Lund\nforperson", [("Bo Lund", "forperson")]),
    (
        "Bo Lund\nvicedirektør\nEva Holm-Dahl\ncenterchef",
        [("Bo Lund", "vicedirektør"), ("Eva Holm-Dahl", "centerchef")],
    ),
    ("Videre proces\n\nIngen.\n\nBo Lund / Eva Holm\n\nBilag", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Videre proces\n\nIngen.\n\nBo Lund /\nEva Holm\n\nBilag", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Videre proces\n\nIngen.\n\nBo Lund\n\n/\n\nEva Holm\n\nBilag", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Beslutning\n\nTiltrådt.\n\nJENS PETER DAM / LISE FROST", [("JENS PETER DAM", None), ("LISE FROST", None)]),
    ("Venlig hilsen\n\nLISE FROST\nDirektør", [("LISE FROST", "Direktør")]),
    ("Venlig hilsen Bo Lund", [("Bo Lund", None)]),
    (
        "Venlig hilsen\n\nBo Lund\nKontorchef\n\nKopi til:\nEva Holm, vejchef\nDirektør Kim Bro\nBorgmester Ida Dahl",
        [("Bo Lund", "Kontorchef")],
    ),
    ("Venlig hilsen\n\nKopi sendt til:\nEva Holm\nKim Bro", []),
    (
        "Kopi til:\nEva Holm, vejchef\nDirektør Kim Bro\n\nBo Lund\nKontorchef",
        [("Bo Lund", "Kontorchef")],
    ),
    (
        "Havlev Kommune\n\n..........\nBo Lund\nBorgmester\n\nBroforeningen\n\n.......... Eva Holm\nFormand",
        [("Bo Lund", "Borgmester"), ("Eva Holm", "Formand")],
    ),
    ("Broforeningen\n\n_ _ _ _ _ _ Eva Holm\nFormand", [("Eva Holm", "Formand")]),
    ("Sign.\n\nBo Lund\tEva Holm\n\nKim Bro", [("Bo Lund", None), ("Eva Holm", None), ("Kim Bro", None)]),
    (
        "Mødet hævet kl.: 10:35\n\nBo Lund\tEva Holm\n\nKim Bro",
        [("Bo Lund", None), ("Eva Holm", None), ("Kim Bro", None)],
    ),
    ("Mødet sluttede kl. 10.35.\n\nUNDERSKREVET AF\n\nBo Lund\nFormand", [("Bo Lund", "Formand")]),
    ("Mødet sluttede kl. 10.35.\n\nNæste møde er den 3. maj.", []),
    ("For Broforeningen\nBo Lund\n\nFor Radikale Åer\nEva Holm", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Dato og underskrift:\n\n________\nBo Lund\n\n________\nEva Holm", [("Bo Lund", None), ("Eva Holm", None)]),
    ("Underskrevet digitalt af\nBo Lund\n3. maj 2021", [("Bo Lund", None)]),
    ("Mvh Bo Lund, skolechef", [("Bo Lund", "skolechef")]),
    ("Med venlig hilsen\n\nBo Lund (sign.)", [("Bo Lund", None)]),
    (
        "Venlig hilsen\n\nBo Lund / Eva Holm\nBorgmester / Direktør",
        [("Bo Lund", "Borgmester"), ("Eva Holm", "Direktør")],
    ),
    ("Referent: Tove Lisberg", [("Tove Lisberg", "Referent")]),
    (
        "Underskrifter\n\nBo Lund\nFormand\n\nEva Holm\n\nKim Bro",
        [("Bo Lund", "Formand"), ("Eva Holm", None), ("Kim Bro", None)],
    ),
    (
        "Havlev, den 10. december 2014\n\nBo Lund\nEva Holm\nStadsgartner\nFormand",
        [("Bo Lund", "Stadsgartner"), ("Eva Holm", "Formand")],
    ),
]


@pytest.mark.parametrize(("end", "expected"), SIGNED)
def test_signers_and_titles_are_read(end: str, expected: list[tuple[str, str | None]]) -> None:
    """Closing, slash, titles and side by side: the names come in order, each with its own title."""
    text = f"Nye broer i kommunen\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{end}"
    assert [(one.name, one.role) for one in find_facts(Text(text)).signatories] == expected


def test_titles_under_names_side_by_side_are_told_by_their_place() -> None:
    """Where the page is known, a title belongs to the name that it stands under."""
    lines = ["Venlig hilsen", "Bo Lund", "Eva Holm", "Formand", "Kim Bro"]
    boxes = [
        Box(60, 300, 150, 312),
        Box(60, 325, 120, 337),
        Box(300, 325, 360, 337),
        Box(60, 340, 110, 352),
        Box(300, 370, 350, 382),
    ]
    text, segments = PROSE + "\n\n", [Segment(0, len(PROSE), 1)]
    for shown, box in zip(lines, boxes, strict=True):
        segments.append(Segment(len(text), len(text) + len(shown), 1, box))
        text += shown + "\n"
    found = find_facts(Text(text, tuple(segments))).signatories
    assert [(one.name, one.role) for one in found] == [("Bo Lund", "Formand"), ("Eva Holm", None), ("Kim Bro", None)]


def test_names_in_a_head_or_beside_a_label_sign_nothing() -> None:
    """A recipient, the handler of a case and those present are no signers."""
    text = f"Havlev Kommune\nAtt.: Bo Lund\n\nNye broer\n\n{PROSE}\n\nSagsbehandler\nEva Holm\n\nTil stede: Kim Bro"
    assert find_facts(Text(text)).signatories == ()


def test_the_name_under_an_old_indstilling_signs_it() -> None:
    """The indstilling of 1999-2005 bears one name in a paragraph of its own."""
    head = "3. Støj fra pumpen\n\nMFU 53/2000\n\nINDSTILLING\n\nForvaltningen foreslår, at sagen udsættes."
    text = f"{head}\n\n{PROSE}\n\nBILAG (VEDLAGT)\n\nKort over området\n\nTage Holm"
    assert [one.name for one in find_facts(Text(text)).signatories] == ["Tage Holm"]


def test_signers_side_by_side_in_plain_text_are_two(tmp_path: Path) -> None:
    """Blanks between two names in a text file part them, and the titles under them."""
    paper = tmp_path / "brev.txt"
    names = "Jens Ødegård          Åse Krøyer\nborgmester            kommunaldirektør"
    paper.write_text(f"Kære Lone Vig\n\n{PROSE}\n\n{PROSE}\n\nMed venlig hilsen\n\n{names}\n", "utf-8")
    signed = [(one.name, one.role) for one in extract_file(paper).record.facts.signatories]
    assert signed == [("Jens Ødegård", "borgmester"), ("Åse Krøyer", "kommunaldirektør")]
