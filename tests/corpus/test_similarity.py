"""Copies and versions are found by what their texts have in common."""

import random

import pytest

from corpus.similarity import NEAR, bands, resemblance, signature

WORDS = "havnen skolen vejen parken udvalget forvaltningen borgerne planen støtten cyklerne træerne pladsen".split()


def letter(seed: int, words: int = 300) -> list[str]:
    """Make a letter of words; the numbers in it make its shingles its own."""
    rng = random.Random(seed)
    return [rng.choice(WORDS) + str(rng.randrange(50)) for _ in range(words)]


def test_merged_letter_is_near_its_template() -> None:
    """A letter with the placeholders filled in is near its template, and meets it in a band."""
    template = letter(1)
    filled = [word if at % 40 else "Socialudvalget" for at, word in enumerate(template)]
    one, other = signature(" ".join(template)), signature(" ".join(filled))
    assert resemblance(one, other) >= NEAR
    assert set(bands(one)) & set(bands(other))


def test_other_letters_are_not_near() -> None:
    """Two letters about different things are far apart."""
    assert resemblance(signature(" ".join(letter(1))), signature(" ".join(letter(2)))) < 0.2


@pytest.mark.parametrize("text", ["", "Kort brev om havnen"])
def test_short_text_has_no_signature(text: str) -> None:
    """A text of a few words is not compared at all: it resembles nothing, not even itself."""
    assert signature(text) == ()
    assert resemblance(signature(text), signature(text)) == 0
