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
        ("Udvalget kan tiltræde indstillingen.", "approved"),
        ("Udvalget kan ikke tiltræde indstillingen.", "rejected"),
        ("Der var enighed om at støtte forslaget.", "approved"),
        ("Der var enighed om at anbefale forslaget.", "recommended"),
        ("Udvalget er enigt i indstillingen.", "approved"),
        ("Udvalget er ikke enigt i indstillingen.", None),
        ("Bestyrelsen bakker op om forslaget.", "approved"),
        ("Som forvaltningens indstilling.", "approved"),
        ("Som forvaltningens indstilling viser, er molen dyr.", None),
        ("Hjemsendes til udvalget.", "referred"),
        ("Tilbage til forvaltningen.", "referred"),
        ("Sagen trækkes.", "withdrawn"),
        ("Udvalget genoptager sagen i juni.", "postponed"),
        ("Ti stemte imod forslaget, som dermed bortfaldt.", "rejected"),
    ],
)
def test_outcome_of_short_decision(words: str, expected: str | None) -> None:
    """What an authority gives or refuses, and decisions of a few words, are read; a report of nothing is none."""
    assert read_outcome(words) == expected
