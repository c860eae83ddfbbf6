"""How many answers a hearing had is read from the decision, however short the sentence."""

from pathlib import Path

import pytest

from tests.search.test_hearing import DECISION, HEARING, page_of

SAID = "Planen har været i høring, og der er kommet tre høringssvar."


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Der kom 3 høringssvar.", [3]),
        ("Fire høringssvar kom ind.", [4]),
        ("Planen har været i høring.", []),
        ("Høringen er slut.", []),
    ],
)
def test_count_of_answers_in_a_short_sentence(tmp_path: Path, said: str, counts: list[int]) -> None:
    """A sentence that counts the answers says so much; one that does not is no count."""
    decision = DECISION.replace(SAID, said)
    assert said in decision
    assert [counted.count for counted in page_of(tmp_path, HEARING, decision).counted] == counts
