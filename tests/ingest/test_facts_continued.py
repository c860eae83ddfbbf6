"""A number under which a case goes on, or was before, is cited with the rule that says so, not the paper's own."""

from functools import partial

import pytest

from corpus.records import Facts, Segment, Text
from ingest.facts import find_facts
from tests.growth import assert_linear


def facts_of(string: str) -> Facts:
    return find_facts(Text(string, (Segment(0, len(string), 1),), 1))


def continued(facts: Facts) -> dict[str | None, str]:
    """Give the rule of each cited case."""
    rules = {place.index: place.rule for place in facts.places if place.key == "references"}
    return {each.target: rules[index] for index, each in enumerate(facts.references) if each.kind == "case"}


@pytest.mark.parametrize(
    ("said", "number", "rule"),
    [
        ("Sagen fortsættes under sagsnr. 2014-7788.", "2014-7788", "continued-as"),
        ("Arbejdet videreføres i sag 2014 - 007788, hvor budgettet ligger.", "2014-7788", "continued-as"),
        ("Sagen behandles fremover under ny sag 18/28145.", "18/28145", "continued-as"),
        ("Sagen fortsætter nu som sagsnummer EMN-2017-01234.", "EMN-2017-1234", "continued-as"),
        ("Sagen er overført til den nye sag nr. 2014-7788.", "2014-7788", "continued-as"),
        ("Sagen flyttes herefter til et nyt journalnr. 306-2009-600.", "306-2009-600", "continued-as"),
        ("Sagen er afløst af sagsnr. 2014-7788.", "2014-7788", "continued-as"),
        ("Sagen har fået nyt sagsnr. 2014-7788.", "2014-7788", "continued-as"),
        ("Tidligere sagsnr. 2011-4711", "2011-4711", "continued-from"),
        ("Tidl. j.nr.: 27.03.00-P19-1-15", "27.03.00-P19-1-15", "continued-from"),
        ("Sagen er fortsat fra sag 2011-4711.", "2011-4711", "continued-from"),
        ("Denne sag er en fortsættelse af sagsnr. 2011-4711.", "2011-4711", "continued-from"),
        ("Sagen er tidligere behandlet under sagsnr. 2011-4711.", "2011-4711", "continued-from"),
        ("Sagen afløser sag 2011-4711.", "2011-4711", "continued-from"),
        ("Notatet hører til sagen (fortsætter sag 2011-4711).", "2011-4711", "continued-from"),
    ],
)
def test_number_of_a_continued_case(said: str, number: str, rule: str) -> None:
    """Both directions are told apart, and the paper keeps its own number."""
    facts = facts_of(f"Sagsnr. 2013-1200\n\nNotat om havnen\n\n{said}\n\nForvaltningen følger arbejdet.")
    assert facts.case_numbers == ("2013-1200",)
    assert continued(facts) == {number: rule}


OLD, NEW = "2013-1200", "2014-7788"


@pytest.mark.parametrize(
    ("own", "said", "expected"),
    [
        (
            NEW,
            f"Sag {OLD} om broen er overført til nyt system og videreføres som sagsnr. {NEW}.",
            {OLD: "continued-from"},
        ),
        (
            OLD,
            f"Sag {OLD} om broen er overført til nyt system og videreføres som sagsnr. {NEW}.",
            {NEW: "continued-as"},
        ),
        (OLD, f"Sag {OLD} er overført til sagsnr. {NEW}.", {NEW: "continued-as"}),
        (NEW, f"Sag {OLD} er overført til sagsnr. {NEW}.", {OLD: "continued-from"}),
        (NEW, f"Den tidligere sag {OLD} er afløst af sag {NEW}.", {OLD: "continued-from"}),
        (OLD, f"Sag {NEW} afløser sag {OLD}.", {NEW: "continued-as"}),
        (NEW, f"Sag {NEW} er overført fra sag {OLD}.", {OLD: "continued-from"}),
        ("2015-3", f"Sag {OLD} er overført til sagsnr. {NEW}.", {OLD: "running-text", NEW: "running-text"}),
        (NEW, f"Budgettet i sag {OLD} er flyttet til sag {NEW}.", {OLD: "running-text"}),
        (NEW, f"Sag {OLD} er slut. Sagen videreføres i sag {NEW}.", {OLD: "running-text"}),
    ],
)
def test_a_sentence_about_two_cases_is_read_from_either(own: str, said: str, expected: dict[str, str]) -> None:
    """Under which number the paper is filed says which of the two is the other; of third cases it tells nothing."""
    facts = facts_of(f"Sagsnr. {own}\n\nNotat om havnen\n\n{said}\n\nForvaltningen følger arbejdet.")
    assert facts.case_numbers == (own,)
    assert continued(facts) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Spørgsmålet behandles fortsat i sag 2014-7788.",
        "Forvaltningen henviser til den tidligere sag 2014-7788 om broen.",
        "Brevet er flyttet til sag 2014-7788.",
        "Arbejdet fortsætter. Se sag 2014-7788.",
        "Udvalget har tidligere drøftet sag 2014-7788.",
    ],
)
def test_a_case_that_is_only_cited(said: str) -> None:
    """Another case that is spoken of, or still going on, is not this case under another number."""
    facts = facts_of(f"Sagsnr. 2013-1200\n\nNotat om havnen\n\n{said} Det er lagt i planen for året.")
    assert set(continued(facts)) == {"2014-7788"}
    assert not continued(facts)["2014-7788"].startswith("continued")


def test_the_mention_that_says_it_is_kept() -> None:
    """A number that is cited before it is said to be the new one is one reference, with the rule that tells more."""
    facts = facts_of(
        "Sagsnr. 2013-1200\n\nNotat om havnen\n\nBudgettet ligger på sag 2014-7788, som er ny i år.\n\n"
        "Sagen fortsættes under sagsnr. 2014-7788."
    )
    assert continued(facts) == {"2014-7788": "continued-as"}


def test_hostile_text_costs_no_more() -> None:
    """Long runs of words that open a rule are read in a time that grows with their length alone."""
    texts = ["sagen fortsættes nu under sagen overføres " * times + "2014-7788 " * times for times in (500, 2000)]
    assert_linear(*(partial(facts_of, text) for text in texts))
