"""What a mail quotes of an earlier one is not its own."""

import pytest

from corpus.records import Facts, Segment, Text
from ingest.facts import find_facts

OWN = """Kære Ulla

Tak for jeres forslag. Vi tager gyngerne med i næste års plan.

Venlig hilsen
Kaj Lindegaard
Parkchef
"""
EARLIER = """Kære Kaj

Vi vil gerne have nye gynger ved Møllestien, senest 1. juni 2021.

Dato: 2. maj 2021

Venlig hilsen
Ulla Brix
Formand"""
OUTLOOK = (
    "Fra: Ulla Brix <ulla@fjordby.example>\nSendt: 3. maj 2021 12:11\nTil: Kaj Lindegaard <kaj@havlev.example>\n"
    "Emne: Gynger ved Møllestien\n\n"
)
SIGNED = "\n".join(f"> {line}".rstrip() for line in EARLIER.split("\n"))
QUOTES = {
    "outlook": OUTLOOK + EARLIER,
    "outlook-bold": OUTLOOK.replace("Fra:", "*Fra:*").replace("Sendt:", "*Sendt:*") + EARLIER,
    "outlook-one-line": OUTLOOK.replace("\n", " ") + "\n\n" + EARLIER,
    "dato": OUTLOOK.replace("Sendt:", "Dato:") + EARLIER,
    "rule": "-----Oprindelig meddelelse-----\n" + EARLIER,
    "gmail": "Den man. 3. maj 2021 kl. 12.11 skrev Ulla Brix <ulla@fjordby.example>:\n\n" + EARLIER,
    "gmail-broken": "Den man. 3. maj 2021 kl. 12.11 skrev Ulla Brix <\nulla@fjordby.example>:\n\n" + EARLIER,
    "gmail-signs": "Den man. 3. maj 2021 kl. 12.11 skrev Ulla Brix <ulla@fjordby.example>:\n\n" + SIGNED,
    "signs": SIGNED,
}


def _mail(body: str, *, name: str = "svar.eml") -> Facts:
    subject = "Gynger ved Møllestien"
    string = f"{subject}\n\n{body}"
    segments = (Segment(0, len(subject), 1, style="title"), Segment(len(subject) + 2, len(string), 1))
    return find_facts(Text(string, segments), name=name)


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_who_signed_what_is_quoted_did_not_sign_the_mail(quote: str) -> None:
    """The quoted mail's signer and day are its own; what it asks for by a day still is a deadline."""
    facts = _mail(f"{OWN}\n{quote}")
    assert [signer.name for signer in facts.signatories] == ["Kaj Lindegaard"]
    assert facts.date is None
    assert ("2021-06-01", "deadline") in {(found.date, found.role) for found in facts.dates}


def test_an_answer_below_the_quote_is_the_mails_own() -> None:
    """Lines with a sign end where the signs do."""
    facts = _mail(f"Den 3. maj 2021 kl. 12.11 skrev Ulla Brix:\n{SIGNED}\n\n{OWN}")
    assert [signer.name for signer in facts.signatories] == ["Kaj Lindegaard"]


@pytest.mark.parametrize(
    "note", ["", "Til orientering.\n", "Kære Bo\n\nSe nedenfor.\n\nVenlig hilsen\nKaj Lindegaard\n"]
)
def test_a_mail_that_only_passes_another_on_keeps_what_it_passes_on(note: str) -> None:
    """Of its own it says nothing."""
    facts = _mail(f"{note}\n{OUTLOOK}{EARLIER}")
    assert "Ulla Brix" in [signer.name for signer in facts.signatories]
    assert facts.date == "2021-05-03"


@pytest.mark.parametrize(
    "text",
    [
        "Avisen den 3. maj 2021 skrev, at gyngerne er væk:\n\n",
        "Den 3. maj 2021 skrev Bo Ås til os:\n\n",
        "Fra: Havlev\nTil: Fjordby\nDato: 3. maj 2021\n\n",
        "Emne: Gynger\n\n",
    ],
)
def test_what_only_looks_like_a_quote_is_the_mails_own(text: str) -> None:
    """A letter may tell what somebody wrote, or say from where to where."""
    facts = _mail(
        f"Vi har set på jeres forslag om gyngerne.\n\n{text}Det er vi kede af.\n\nVenlig hilsen\nKaj Lindegaard"
    )
    assert [signer.name for signer in facts.signatories] == ["Kaj Lindegaard"]


def test_a_paper_that_is_no_mail_quotes_nothing() -> None:
    """A note that prints a correspondence is one paper."""
    facts = _mail(f"{OWN}\n{OUTLOOK}{EARLIER}", name="notat.txt")
    assert {signer.name for signer in facts.signatories} == {"Kaj Lindegaard", "Ulla Brix"}
