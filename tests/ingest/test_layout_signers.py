"""Signers side by side: every name with its own title, date and line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from ingest.layout import compose
from ingest.readers import read
from tests.ingest.papers import Placed, make_pdf, stack

TEXT = stack(
    ("Bom på Engvej", "Aftalen gælder fra årsskiftet og kan siges op af begge parter", "med seks måneders varsel.")
)
LINE = "." * 30
NAMES = (("Ole Bach-Nygaard", "Borgmester"), ("Karin Stæhrmose", "Kommunaldirektør"))
PARTIES = (
    ("For Engby Kommune", "Dato: 12/5 2011", LINE, "Ulla Brix Holm", "Borgmester"),
    ("For Idrætsforeningen Lyn", "Dato: 14/5 2011", LINE, "Kaj Lindegaard", "Formand"),
)
COLUMNS: dict[str, Sequence[Sequence[str]]] = {
    "names over titles": NAMES,
    "three names": (*NAMES, ("Palle Grynderup", "Konstitueret", "vejchef")),
    "parties": PARTIES,
    "place and date": (
        ("Engby, den 3. april 2012", LINE, "(Ulla Brix Holm)"),
        ("Ørsted, den 28/3 2012", LINE, "(Valdemar Krog)"),
    ),
    "the same labels": (
        ("Kommunen", "Navn: Gudrun Bisgaard", "Titel: Centerchef", "Dato: 11. maj 2010"),
        ("Foreningen", "Navn: Villy Rørdam", "Titel: Kasserer", "Dato: 17. maj 2010"),
    ),
    "telephone": (("Jens Gadegaard", "Direktør", "Direkte: 97 00 12 10"), ("Kirstine Lybæk", "Afdelingschef")),
    "reached beside": (("Lis Hjortebjerg", "Sagsbehandler"), ("Direkte 97 00 12 31", "lis@engby.example")),
    "signed": (("sign. Ole Bo Thestrup", "direktør"), ("sign. Marie Kjøller", "vicedirektør")),
    "copies and attachments": (("Bilag:", "Kort over området", "Støjberegning"), ("Kopi:", "Vejkontoret", "Politiet")),
    "members and absent": (("Mødt:", "Asta Grønning", "Bent Ploug"), ("Afbud:", "Eva Kattrup")),
}


def place(columns: Sequence[Sequence[str]], *, top: float = 200, centred: bool = False) -> list[Placed]:
    placed: list[Placed] = []
    for left, column in zip((70.0, 245.0, 420.0), columns, strict=False):
        for left_of, at, size, text in stack(column, left=left, top=top):
            inset = (150 - stringWidth(text, "Helvetica", size)) / 2 if centred else 0.0
            placed.append((left_of + inset, at, size, text))
    return placed


def lines_of(*placed: Placed) -> list[str]:
    string = compose(read(make_pdf([[*TEXT, *placed]]), "aftale.pdf")).string
    return [line for line in string.partition("varsel.")[2].split("\n") if line]


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("name", COLUMNS)
def test_compose_signers_are_read_one_after_the_other(name: str, centred: bool) -> None:
    """Columns of signers, flush or centred, are read from top to bottom each."""
    columns = COLUMNS[name]
    assert lines_of(*place(columns, centred=centred)) == [line for column in columns for line in column]


def test_compose_signers_have_room_for_the_hand() -> None:
    """A wide space between the parties' names and those who sign does not part the one from the other."""
    heads = [column[:1] for column in PARTIES]
    hands = [column[3:] for column in PARTIES]
    expected = [line for head, hand in zip(heads, hands, strict=True) for line in (*head, *hand)]
    assert lines_of(*place(heads), *place(hands, top=270)) == expected


def test_compose_rows_of_signers_are_read_row_by_row() -> None:
    """Of two rows of signers without a head over them, the upper comes first."""
    lower = (("Preben Hjulmand", "Formand"), ("Susanne Vrå", "Kasserer"))
    expected = [line for columns in (NAMES, lower) for column in columns for line in column]
    assert lines_of(*place(NAMES), *place(lower, top=250)) == expected


TABLES: dict[str, Sequence[Sequence[str]]] = {
    "figures": (("Anne Holm", "Bent Ploug"), ("12.500", "9.300")),
    "years": (("Udvalg", "Teknik", "Kultur"), ("2010", "1.100", "950")),
    "words": (("Sted", "Engvej", "Skolevej"), ("Tiltag", "Ny bom", "Bump"), ("Ansvarlig", "Vejkontoret", "Skolen")),
    "names and functions": (
        ("Anne Holm", "Bent Ploug", "Conny Riis", "Dan Ebbe"),
        ("Leder af Dagplejen", "Sekretær i Børn", "Lærer", "Konsulent"),
    ),
    "names go on as a table": (
        ("Anne Holm", "Bent Ploug", "Conny Riis", "Dan Ebbe", "Eva Kold", "Finn Dam"),
        ("Engvej 1", "Engvej 12", "Engvej 14", "Engvej 2", "Engvej 31", "Engvej 7"),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_compose_table_is_no_signers(name: str) -> None:
    """A table is read row by row."""
    columns = TABLES[name]
    assert lines_of(*place(columns)) == ["\t".join(row) for row in zip(*columns, strict=True)]


PLAIN = {
    "Hilsen\n\nOle Bach-Nygaard        Karin Stæhrmose\nBorgmester              Kommunaldirektør\n": (
        "Hilsen\n\nOle Bach-Nygaard\nBorgmester\n\nKarin Stæhrmose\nKommunaldirektør"
    ),
    "Venlig hilsen\nOle Bach-Nygaard        Karin Stæhrmose\nBorgmester              Direktør\n": (
        "Venlig hilsen\n\nOle Bach-Nygaard\nBorgmester\n\nKarin Stæhrmose\nDirektør"
    ),
    "For Engby Kommune       For Lyn\n\nDato: 12/5 2011         Dato: 14/5 2011\n\n"
    "Ulla Brix Holm          Kaj Lindegaard\n": (
        "For Engby Kommune\nDato: 12/5 2011\nUlla Brix Holm\n\nFor Lyn\nDato: 14/5 2011\nKaj Lindegaard"
    ),
    "Ole Jensen      Radikale Venstre\nAnne Holm       Venstre\n": "Ole Jensen\tRadikale Venstre\nAnne Holm\tVenstre",
    "Navn          Udvalg\nOle Jensen    Teknik\n": "Navn\tUdvalg\nOle Jensen\tTeknik",
}


@pytest.mark.parametrize("text", PLAIN)
def test_compose_plain_text_signers(text: str) -> None:
    """In plain text too signers are read one after the other, and a table row by row."""
    assert compose(read(text.encode(), "referat.txt")).string == PLAIN[text]
