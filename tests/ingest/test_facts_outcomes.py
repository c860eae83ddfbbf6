"""Outcomes: the decision word of one sentence."""

from __future__ import annotations

import pytest

from ingest.facts.outcomes import judge_told, read_outcome, split_sentences


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


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Rådet afslog ansøgningen fra roklubben, da puljen er tom.", "rejected"),
        ("Ansøgningen kan ikke imødekommes.", "rejected"),
        ("Styregruppen tog status til efterretning.", "noted"),
        (
            "Et af A, V og C stillet ændringsforslag om at udskyde sagen blev forkastet med 18 stemmer mod 31. "
            "Forslaget blev herefter vedtaget med 33 stemmer mod 16.",
            "approved",
        ),
        ("Udvalget gav afslag på ansøgningen.", "rejected"),
        ("Der blev bevilget 12.000 kr. til Sommer på Molen.", "approved"),
        ("Dagsordenen og referatet fra mødet den 3. maj 2022 blev godkendt.", "approved"),
        ("Teknisk Udvalg har sendt planen for molen i høring. Rådet drøftede planen.", "discussed"),
        ("Byrådet har godkendt planen for molen.", "approved"),
        ("Der blev bevilget for lidt i fjor, syntes flere.", None),
    ],
)
def test_outcome_of_told_decision(told: str, expected: str | None) -> None:
    """Without a heading a sentence that tells a decision counts, and before it none of what was done before."""
    decision = judge_told((start, end, told[start:end]) for start, end in split_sentences(told))
    assert (decision.outcome if decision else None) == expected


def test_what_is_adopted_after_talk_is_approved() -> None:
    """In the present tense too a decision stands before what was talked over."""
    said = "Bestyrelsen drøftede oplægget. Princippet vedtages med en tilføjelse."
    decision = judge_told((start, end, said[start:end]) for start, end in split_sentences(said))
    assert decision is not None
    assert decision.outcome == "approved"
