"""Who voted how: the side, the count and the parties of every statement."""

from __future__ import annotations

from functools import partial

import pytest

from corpus.records import Vote
from ingest.facts.votes import read_votes
from tests.growth import assert_linear


def shown(words: str) -> str:
    """Write votes short: `for 5 AV, against 1 Ø`."""
    return ", ".join(
        " ".join(str(part) for part in (vote.side, vote.count, "".join(vote.parties)) if part)
        for vote in read_votes(words)
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A, B og F stemte for, mens V og O stemte imod.", "for ABF, against VO"),
        ("Venstre og DF stemte imod, mens A, B og F stemte for.", "for ABF, against VO"),
        ("Indstillingen blev vedtaget. A og V (5) stemte for, mod stemte Ø (1).", "for 5 AV, against 1 Ø"),
        ("Enhedslisten stemte imod.", "against Ø"),
        ("Liste Ø stemmer imod.", "against Ø"),
        ("Indstillingen blev godkendt, idet SF stemte imod.", "against F"),
        ("Radikale Venstre stemte imod.", "against B"),
        ("Byrådet vedtog indstillingen, Ø stemte imod.", "against Ø"),
        ("V, C og O stemte imod indstillingens 2. at-punkt.", "against VCO"),
        ("Pkt. 2: Ø stemte imod.", "against Ø"),
        ("Rådmand Eva Lind (V) og Bo P. Ås (C) stemte imod.", "against VC"),
        ("Et flertal bestående af A, B og V stemte for, et mindretal (O) stemte imod.", "for ABV, against O"),
        ("Medlemmerne fra Venstre og DF stemte imod.", "against VO"),
        ("Socialdemokratiets 5 medlemmer stemte imod.", "against 5 A"),
        (
            "11 stemte for (A, F og V), 8 stemte imod (C og O), og 2 undlod at stemme (B).",
            "for 11 AFV, against 8 CO, abstain 2 B",
        ),
        ("A, B og Å (32) stemte for. C, I, O og V (23) stemte imod.", "for 32 ABÅ, against 23 CIOV"),
        ("SF undlod at stemme.", "abstain F"),
        ("V stemte hverken for eller imod.", "abstain V"),
        ("C stemte blankt.", "abstain C"),
    ],
)
def test_voters_before_the_verb(words: str, expected: str) -> None:
    """Who stands before `stemte for` voted so."""
    assert shown(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("For stemte 13 (A, B, Ø) og imod stemte 12 (C, O, V).", "for 13 ABØ, against 12 COV"),
        ("For stemte: A og F. Undlod at stemme: C.", "for AF, abstain C"),
        ("For stemte: A, B og F Imod stemte: O og V Undlod at stemme: C", "for ABF, against OV, abstain C"),
        ("For stemte: A (4), B (1), F (1) og Ø (1). Imod stemte: V (3).", "for 7 ABFØ, against 3 V"),
        ("For stemte 16 medlemmer (A, B, F). Imod stemte 9 medlemmer (V, O).", "for 16 ABF, against 9 VO"),
        ("Imod stemte 1: Bo Ås (O).", "against 1 O"),
        ("Imod stemte Liste L og Enhedslisten.", "against LØ"),
        ("Imod stemte O. For stemte A, B og I.", "for ABI, against O"),
        ("Imod stemte O og V, fordi A ikke havde svaret.", "against OV"),
        ("Imod forslaget stemte V og O.", "against VO"),
        ("Hverken for eller imod stemte V og C.", "abstain VC"),
        ("Stemte for: A, B. Stemte imod: V.", "for AB, against V"),
        ("9 stemte for: A, B og F. 4 stemte imod: V og O.", "for 9 ABF, against 4 VO"),
        ("For: A, B og F. Imod: O og V.", "for ABF, against OV"),
        ("For: 5 (A, B, F, V), Imod: 2 (O, Ø)", "for 5 ABFV, against 2 OØ"),
        ("For stemte A og F, imod stemte O, mens C undlod at stemme.", "for AF, against O, abstain C"),
    ],
)
def test_voters_after_the_verb(words: str, expected: str) -> None:
    """Who stands after `For stemte` or `stemte for:` voted so."""
    assert shown(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Godkendt med 19 stemmer mod 6.", "for 19, against 6"),
        ("Godkendt med 4 mod 3 stemmer.", "for 4, against 3"),
        ("Vedtaget med 20 stemmer for, 5 imod.", "for 20, against 5"),
        ("Vedtaget med stemmerne 17 for og 8 imod.", "for 17, against 8"),
        ("Der stemte 13 for og 12 imod.", "for 13, against 12"),
        ("Forslaget faldt, idet 8 stemte for og 17 imod.", "for 8, against 17"),
        ("Tiltrådt med 6 for og 1 imod.", "for 6, against 1"),
        ("Godkendt med 17 stemmer for. Imod stemte 8.", "for 17, against 8"),
        ("Vedtaget med 5 stemmer (A, B og V) mod 2 stemmer (Ø).", "for 5 ABV, against 2 Ø"),
        ("Vedtaget med 13 stemmer for (A, B, F) og 12 stemmer imod (C, O).", "for 13 ABF, against 12 CO"),
        ("Anbefalet med 8 stemmer mod 2. Imod stemte: O og V.", "for 8, against 2 OV"),
        ("1 medlem undlod at stemme.", "abstain 1"),
    ],
)
def test_counts_of_both_sides(words: str, expected: str) -> None:
    """Counts are read with the parties in brackets beside them, and joined with a later list of parties."""
    assert shown(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Godkendt uden afstemning.",
        "Forslaget fra V, A og B stemte for.",
        "For stemte A, B, C stemte imod.",
        "Venstre stemte ikke for.",
        "Hverken A eller B stemte for.",
        "Alle undtagen O stemte for.",
        "Ingen fra V stemte imod.",
        "Ingen stemte imod.",
        "Godkendt med 7 stemmer og 3 undlod at møde.",
        "Enhedslisten stemte for sit eget ændringsforslag.",
        "Ændringsforslaget blev forkastet med 20 stemmer mod 5. For stemte O.",
        "Venstre afgav denne bemærkning: “Enhedslisten stemte imod.”",
        "I udvalget stemte Asta Lind.",
        "9 af udvalgets 11 medlemmer stemte for.",
        "A stemte for pkt. 1 og imod pkt. 2.",
        "Økonomiudvalget stemte for med undtagelse af V.",
    ],
)
def test_no_vote_where_it_is_open_whose(words: str) -> None:
    """Negation, exceptions, amendments and lists that two clauses may claim give no vote."""
    assert shown(words) == ""


def test_votes_after_an_amendment() -> None:
    """The votes on an amendment are passed over, those on the decision after it are read."""
    words = "Et ændringsforslag fra O blev forkastet med 20 stemmer mod 5. For stemte O. Godkendt med 22 stemmer mod 3."
    assert shown(words) == "for 22, against 3"


@pytest.mark.parametrize(
    "piece", ["A stemte for ", "stemte ", "A, B og ", "(A, ", "5 stemmer (", "For stemte ", "Bo P. ", '"a', "5 for og "]
)
def test_time_is_linear(piece: str) -> None:
    """Text made to be slow takes time in proportion to its length."""
    assert_linear(*(partial(read_votes, "Imod stemte A. " + piece * count) for count in (2_000, 8_000)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "V foreslog at sende sagen tilbage. For stemte 9, imod stemte 14. Forslaget faldt. Indstillingen kom til "
            "afstemning: 12 stemte for, 10 imod, 1 undlod. Godkendt.",
            (Vote("for", 12, ()), Vote("against", 10, ()), Vote("abstain", 1, ())),
        ),
        ("Udsat. Forslaget om at sende sagen i høring blev forkastet med 3 stemmer for og 5 imod.", ()),
        (
            "Godkendt med 5 stemmer for og 2 imod. V stillede forslag om en bro. Forslaget faldt.",
            (Vote("for", 5, ()), Vote("against", 2, ())),
        ),
        (
            "Godkendt med 5 stemmer for og 2 imod. 1 undlod.",
            (Vote("for", 5, ()), Vote("against", 2, ()), Vote("abstain", 1, ())),
        ),
    ],
)
def test_votes_are_those_of_the_ballot_that_decided(text: str, expected: tuple[Vote, ...]) -> None:
    """What a motion got that fell is told of no other decision."""
    assert read_votes(text, rejects=False) == expected


def test_votes_on_a_motion_that_fell_are_those_of_its_rejection() -> None:
    """Where the decision is that it fell, its ballot decided."""
    text = "Forslaget blev forkastet med 3 stemmer for og 5 imod."
    assert read_votes(text, rejects=True) == (Vote("for", 3, ()), Vote("against", 5, ()))
