"""A query tree without what only ranks."""

from __future__ import annotations

import pytest

from index.analysis import stem
from index.query import AllOf, AnyOf, BestOf, Boost, Constant, Except, Nothing, Phrase, Prefer, Query, Term, members

BOLIG = Term("stem", stem("boliger"))
EXACT = Term("exact", "boliger")
PARTS = Term("parts", stem("boliger"))
PHRASE = Phrase("stem", (stem("grønne"), stem("boliger")))
CASES: list[tuple[Query, Query]] = [
    (Boost(Constant(BOLIG, 2.0), 3.0), BOLIG),
    (Prefer(BOLIG, (PARTS,)), BOLIG),
    (BestOf((EXACT, BOLIG, PARTS)), AnyOf((BOLIG, PARTS))),
    (BestOf((EXACT, PARTS)), AnyOf((EXACT, PARTS))),
    (BestOf((Phrase("exact", ("grønne", "boliger")), PHRASE)), PHRASE),
    (AnyOf((BestOf((BOLIG, PARTS)), Constant(BOLIG, 4.0))), AnyOf((BOLIG, PARTS))),
    (AllOf((AllOf((BOLIG, PARTS)), Boost(PARTS, 2.0))), AllOf((BOLIG, PARTS))),
    (Except(Boost(BOLIG, 2.0), Constant(PARTS, 1.0)), Except(BOLIG, PARTS)),
    (AllOf(()), AllOf(())),
    (AnyOf(()), Nothing()),
]


@pytest.mark.parametrize(("query", "expected"), CASES, ids=range(len(CASES)))
def test_members_leave_out_what_only_ranks(query: Query, expected: Query) -> None:
    """Weights, preferences and doubles go; a word as typed stays only where its stem is not asked."""
    assert members(query) == expected
