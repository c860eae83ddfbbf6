"""Papers of meetings as other councils write them: whose number is whose, lists of contents, the body that met."""

from __future__ import annotations

from corpus.records import Facts, Text
from ingest.facts import find_facts


def facts_of(text: str) -> Facts:
    return find_facts(Text(text))


def cases_of(facts: Facts) -> list[tuple[str, ...]]:
    return [item.case_numbers for item in facts.items]


def cited_cases(facts: Facts) -> list[tuple[str | None, int | None]]:
    return [(one.target, one.item) for one in facts.references if one.kind == "case"]


HEAD = "Egelund Kommune\n\nReferat af møde i Havneudvalget den 4. maj 2021\n\nTil stede: Asta Lind (A), formand\n\n"
TWO_CASES = (
    HEAD
    + """4. Ny mole

Sagsnr. 21/000417

Sagen hænger sammen med sag 20/9912, som behandles senere på mødet. Se også sag 18/3311.

Beslutning

Godkendt.

5. Havneplan 2030

Sagsnr. 20/009912

Beslutning

Godkendt. Udvalget bad om, at sag 20/9912 følges op.
"""
)


def test_item_cites_the_number_that_another_item_owns() -> None:
    """A number in an item's running text is cited there, and is the own one of the item whose metadata it is."""
    facts = facts_of(TWO_CASES)
    assert cases_of(facts) == [("21/417",), ("20/9912",)]
    assert cited_cases(facts) == [("20/9912", 0), ("18/3311", 0)]
    assert facts.case_numbers == ("21/417", "20/9912")


def test_number_of_the_whole_paper_is_own_in_every_item() -> None:
    """What only the paper's head owns is cited nowhere."""
    text = HEAD.replace("Til stede", "Sagsnr. 20/9912\n\nTil stede") + TWO_CASES.removeprefix(HEAD).replace(
        "Sagsnr. 20/009912", "Udvalget drøftede planen."
    )
    assert cited_cases(facts_of(text)) == [("18/3311", 0)]
