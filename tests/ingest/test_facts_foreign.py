"""Letters in English and Swedish from across the border."""

from __future__ import annotations

import pytest

from corpus.records import Facts, Text
from ingest.facts import find_facts

ENGLISH = (
    "Borough of Westmere\n\n17 March 2011\n\nOur ref: HB/11/042\n\nDear Mayor,\n\nHarbour Baths Network\n\n"
    "Thank you for your letter of 23 February 2011 about the network of harbour baths. The Council approved the text at"
    " its meeting on 9 March 2011. Could you send us the questionnaire by 30 April 2011? The visit will be on 2 June"
    " 2011, and we look forward to it.\n\nYours sincerely\n\nJane Ashdown\nPolicy Officer\n\nEnc. Map of the baths"
)
SWEDISH = (
    "Havsköpings kommun\n\n2010-03-29\n\nInbjudan om badhus\n\nTack för ert brev av den 9 mars 2010 om badhus och hamn."
    " Kulturnämnden beslutade den 24 mars 2010 att bjuda in er till ett möte. Vi ber om svar senast den 20 april 2010,"
    " och programmet bifogas (bilaga 1).\n\nMed vänlig hälsning\n\nGunilla Åkerblad\nHandläggare"
)


def facts_of(text: str) -> Facts:
    return find_facts(Text(text))


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            ENGLISH,
            {
                "2011-03-17": "document",
                "2011-02-23": "reference",
                "2011-03-09": "meeting",
                "2011-04-30": "deadline",
                "2011-06-02": "mention",
            },
        ),
        (
            SWEDISH,
            {
                "2010-03-29": "document",
                "2010-03-09": "reference",
                "2010-03-24": "meeting",
                "2010-04-20": "deadline",
            },
        ),
    ],
)
def test_days_of_a_foreign_letter_have_their_roles(text: str, roles: dict[str, str]) -> None:
    """`your letter of`, `by` and `ert brev av den` say what a day is."""
    assert {fact.date: fact.role for fact in facts_of(text).dates} == roles


def test_english_words_mean_nothing_in_danish() -> None:
    """`by` is a town in a Danish text."""
    text = (
        "Kære Bo\n\nDer er fest i Havlev by 3. maj 2012, og alle er velkomne til at tage et stykke kage med.\n\nHilsen"
    )
    assert [fact.role for fact in facts_of(text).dates] == ["mention"]


def test_a_foreign_letter_is_cited_by_its_date() -> None:
    """The letter that is answered is a reference."""
    for text, day in ((ENGLISH, "2011-02-23"), (SWEDISH, "2010-03-09")):
        assert [one.date for one in facts_of(text).references if one.kind == "letter"] == [day]


def test_the_subject_of_an_english_letter_stands_under_its_greeting() -> None:
    """A line by itself under `Dear …` is the title, and `Our ref:` is the case."""
    facts = facts_of(ENGLISH)
    assert (facts.title, facts.case_numbers) == ("Harbour Baths Network", ("HB/11/042",))
    assert [(one.name, one.role) for one in facts.signatories] == [("Jane Ashdown", "Policy Officer")]
    assert [one.title for one in facts.references if one.kind == "attachment"] == ["Map of the baths"]


def test_a_danish_line_under_the_greeting_is_no_title() -> None:
    """A Danish letter greets and goes on."""
    assert facts_of("Kære Bo\n\nTak for sidst\n\nVi vil gerne høre mere om havnen og om de nye broer.").title is None


def test_a_swedish_attachment_is_no_lettered_one() -> None:
    """`bilaga 1` is not `Bilag A`."""
    assert [one.label for one in facts_of(SWEDISH).references if one.kind == "attachment"] == []


def test_your_reference_is_another_case() -> None:
    """`Your ref:` is the recipient's number."""
    facts = facts_of("Dear Mayor,\n\nYour ref: 2010-16508\n\nThank you for the note and for the maps of the harbour.")
    assert facts.case_numbers == ()
    assert [one.target for one in facts.references if one.kind == "case"] == ["2010-16508"]
