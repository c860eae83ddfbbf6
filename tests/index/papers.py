"""Papers for the tests of the index: small, fictional, and made by hand."""

from __future__ import annotations

import hashlib

from corpus.records import Facts, Item, Record, Reference, Segment, Signatory, Text


def make_paper(text: str, **facts: object) -> Record:
    """Make a record of one page with a title taken from the first line."""
    number = hashlib.sha256(text.encode()).hexdigest()
    shown = {"title": text.split("\n", 1)[0], **facts}
    return Record(
        id=number[:16],
        sha256=number,
        path=f"/papers/{number[:6]}.txt",
        size=len(text),
        media_type="text/plain",
        text=Text(text, (Segment(0, len(text), 1),)),
        facts=Facts(**shown),  # type: ignore[arg-type]
    )


HEARING = make_paper(
    "Høring om boligpolitikken\n\nUdvalget for ældre har bedt om svar inden sommer. Der lægges vægt på cykelstier.",
    doc_type="hearing",
    case_numbers=("2014-30771",),
    document_numbers=("2014-400312",),
    date="2014-03-02",
    committees=("Teknik- og Miljøudvalget",),
    signatories=(Signatory("Asta Brohave", "centerchef"),),
)
ANSWER = make_paper(
    "Svar om boliger\n\nÆldrerådet takker. En leder- og medarbejderskare mødtes. Sagen er 2014-30771.",
    doc_type="hearing_response",
    case_numbers=("2014-30990",),
    date="2014-04-11",
    departments=("Teknik- og Miljøforvaltningen",),
    references=(Reference("case", target="2014-30771"), Reference("instrument", target="Boligplan 2014-2018")),
)
UNDATED = make_paper("Notat om stier\n\nEn cykel står ved stien. Aabenraa Kommune er nævnt.", doc_type="memo")

_AGENDA_TEXT = (
    "Dagsorden\n\n1. Skolebestyrelsesmøde\nBestyrelsen mødes om gården.\n\n2. Legepladsen\nDer mangler gynger og sand."
)
AGENDA = make_paper(
    _AGENDA_TEXT,
    doc_type="agenda",
    date="2014-04-11",
    items=(
        Item("1", "Skolebestyrelsesmøde", ("2014-500",), None, 11, 65, 1),
        Item("2", "Legepladsen", ("2014-501",), None, 65, len(_AGENDA_TEXT), 1),
    ),
    case_numbers=("2014-500", "2014-501"),
    committees=("Børne- og Ungdomsudvalget",),
)
PAPERS = (HEARING, ANSWER, UNDATED, AGENDA)
