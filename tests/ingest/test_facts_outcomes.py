"""Outcomes: the decision word of one sentence."""

from __future__ import annotations

import pytest

from ingest.facts.outcomes import read_outcome


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Der gives ikke dispensation til tagterrassen.", "rejected"),
        ("Udvalget meddeler ikke landzonetilladelse.", "rejected"),
        ("Dispensation gives ikke.", "rejected"),
        ("Tilskud ydes derfor ikke.", "rejected"),
        ("Udvalget meddelte afslag på ansøgningen.", "rejected"),
        ("Udvalget meddeler dispensation.", "approved"),
        ("Der meddeles byggetilladelse.", "approved"),
        ("Udvalget meddeler, at molen er lukket.", None),
        ("I henhold til indstillingen.", "approved"),
        ("I henhold til forvaltningens indstilling.", "approved"),
        ("I henhold til indstillingen fra foreningen er molen lukket.", None),
        ("Efterretning.", "noted"),
        ("Efterretningstjenesten holder møde.", None),
        ("Intet at bemærke.", None),
        ("Intet at referere.", None),
        ("Intet til referat.", None),
    ],
)
def test_outcome_of_short_decision(words: str, expected: str | None) -> None:
    """What an authority gives or refuses, and decisions of a few words, are read; a report of nothing is none."""
    assert read_outcome(words) == expected
