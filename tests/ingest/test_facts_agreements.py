"""Agreements: their heading, their parties and the days on which they were signed."""

from __future__ import annotations

import pytest

from corpus.records import Text
from ingest.facts import find_facts

BODY = (
    "§ 1 Formål\n\nAftalen skal give unge adgang til værfterne.\n\n§ 2 Tilskud\n\nKommunen betaler 310.000 kr. om året."
    "\n\n"
)
PARTNERS = (
    "Partnerskabsaftale\n\nom lokale værfter\n\nmellem\n\nHavlev Kommune (herefter kommunen)\n\nog\n\nBådelauget\n\n"
)
SIGNED = (
    "Havlev, den 2. december 2021\nFor Havlev Kommune\nLisbet Holm\nDirektør\n\n"
    "Havlev, den 29. november 2021\nFor Bådelauget\nRune Thorsager\nFormand"
)


def test_an_agreement_is_named_by_its_first_lines() -> None:
    """Its kind and its subject are the title, not its parties nor its first paragraph."""
    facts = find_facts(Text(PARTNERS + BODY + SIGNED))
    assert (facts.title, facts.doc_type) == ("Partnerskabsaftale om lokale værfter", "other")


def test_two_parties_sign_on_two_days() -> None:
    """The first day is the document's own, the other one a day of signing."""
    facts = find_facts(Text(PARTNERS + BODY + SIGNED))
    assert [(fact.date, fact.role) for fact in facts.dates] == [("2021-12-02", "document"), ("2021-11-29", "signing")]


def test_a_meeting_above_a_name_is_no_signing() -> None:
    """`Næste møde, den …` may stand over who took the minutes."""
    text = f"{PARTNERS}{BODY}{SIGNED}\n\nNæste møde, den 3. maj 2022\nBo Lund"
    assert [fact.role for fact in find_facts(Text(text)).dates][-1] != "signing"


def test_parties_sign_a_budget_with_no_title() -> None:
    """The party under a name is no title, and ends no list of signers."""
    names = ("Bodil Krarup", "Allan Due", "Semra Yildirim", "Kjeld Nørlem", "Tina Ravnholt")
    parties = ("Socialdemokratiet", "Venstre", "SF", "Radikale Venstre", "Dansk Folkeparti")
    signed = "\n\n".join(f"____________\n{name}\n{party}" for name, party in zip(names, parties, strict=True))
    head = "Budgetaftale 2020-2023\n\nHavlev Kommune\n\nAftale mellem Socialdemokratiet, Venstre og SF\n\n"
    facts = find_facts(
        Text(
            f"{head}Partierne er enige.\n\n1. Havne\n\nDer bygges broer.\n\nHavlev, den 12. september 2019\n\n{signed}"
        )
    )
    assert facts.title == "Budgetaftale 2020-2023"
    assert [(one.name, one.role) for one in facts.signatories] == [(name, None) for name in names]


@pytest.mark.parametrize("of", ["aftalen af 3. maj 2018", "økonomiaftalen mellem KL og regeringen af 3. maj 2018"])
def test_the_day_of_an_agreement_is_no_meeting(of: str) -> None:
    """An agreement is dated, whoever takes it up in the sentence."""
    facts = find_facts(Text(f"Økonomiudvalget drøftede budgettet på grundlag af {of}."))
    assert [fact.role for fact in facts.dates] == ["mention"]


@pytest.mark.parametrize(
    "signed",
    [
        "Havlev, den 2. december 2021\tHavlev, den 29. november 2021\nLisbet Holm\tRune Thorsager",
        "Havlev, den 2. december 2021\n_____\nLisbet Holm\n\nHavlev, den 29. november 2021\n_____\nRune Thorsager",
    ],
)
def test_two_parties_sign_beside_each_other_or_over_a_line(signed: str) -> None:
    """The day beside the first one, and the one over a line to sign on, is of signing too."""
    facts = find_facts(Text(PARTNERS + BODY + signed))
    assert ("2021-11-29", "signing") in [(fact.date, fact.role) for fact in facts.dates]


def test_an_end_without_notice_is_no_letter() -> None:
    """`uden varsel den …` names a day, no warning of that day."""
    facts = find_facts(Text("Aftalen ophører uden varsel den 31. december 2020."))
    assert facts.references == ()
