"""The head of a letter as two rows: labels, and their values below."""

from __future__ import annotations

from corpus.records import Text
from ingest.facts import find_facts

HEAD = "Havlev Havn\nKajen 1\n4777 Havlev\n\nDeres ref.\tVores ref.\tDato\tSagsbehandler\n"
VALUES = "EMN-2011-04418\t11/5529\t14-10-2011\tUlla Brix\n"
BODY = "\nSvar om broer\n\nKære Bo\n\nTak for sidst, vi vender tilbage om broerne og om de nye master ved havnen."


def test_values_have_the_labels_above_them() -> None:
    """The first is another's case, the second the own one, and the third the letter's day."""
    facts = find_facts(Text(HEAD + VALUES + BODY))
    assert (facts.case_numbers, facts.date) == (("11/5529",), "2011-10-14")
    assert [one.target for one in facts.references if one.kind == "case"] == ["EMN-2011-4418"]


def test_rows_of_a_table_bear_no_labels_of_the_paper() -> None:
    """Several rows under a head are a list, none of whose days is the paper's own."""
    facts = find_facts(Text(HEAD + VALUES + "EMN-2011-04419\t11/5530\t15-10-2011\tUlla Brix\n" + BODY))
    assert facts.date is None
