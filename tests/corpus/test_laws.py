"""The register of acts, and the paragraphs of a citation."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.laws import LONGEST_RUN, Paragraph, laws, lettered, read_paragraphs, versions_of


def test_every_act_has_names_of_its_own() -> None:
    """No name stands for two acts, in any case of letters, and no letters do."""
    names = Counter(name for law in laws() for name in {each.casefold() for each in law.names})
    assert [name for name, count in names.items() if count > 1] == []
    letters = Counter(each for law in laws() for each in law.letters)
    assert [each for each, count in letters.items() if count > 1] == []
    assert len(laws()) >= 100


def test_letters_are_capitals() -> None:
    """Letters stand for an act in capitals; what is a version of another names one of the register."""
    assert all(letters.isupper() and len(letters) > 1 for letters in lettered())
    assert {law.of for law in laws() if law.of} <= {law.name for law in laws()}


def test_versions_of_the_building_code() -> None:
    """The building code is found with each year's."""
    code = next(law for law in laws() if law.name == "bygningsreglementet")
    assert {law.name for law in versions_of(code)} >= {"bygningsreglementet", "BR10", "BR15", "BR18"}
    assert [law.name for law in versions_of(lettered()["SEL"])] == ["serviceloven"]


@pytest.mark.parametrize(
    ("words", "keys", "end"),
    [
        ("§ 13", ["13"], 2),
        ("§ 013", ["13"], 2),
        ("§ 83 a", ["83 a"], 3),
        ("§ 83a", ["83 a"], 2),
        ("§ 83 i lov", ["83"], 2),
        ("§ 13 stk 2 nr 4", ["13 stk 2"], 4),
        ("§ 83 a stk 2", ["83 a stk 2"], 5),
        ("§ 83 og 86", ["83", "86"], 4),
        ("§ 5 stk 2 og 3", ["5 stk 2"], 4),
        ("§ 5-8", ["5", "6", "7", "8"], 2),
        ("§ 8-5", ["8"], 2),
        ("§ 1-9999", ["1"], 2),
        ("§ 5 og bilag", ["5"], 2),
        ("§ fem", [], 1),
        ("§", [], 1),
    ],
)
def test_paragraphs_behind_a_sign(words: str, keys: list[str], end: int) -> None:
    """Letters, parts, lists and runs are read; `i` is a word, and what follows a part is of the part."""
    found, stop = read_paragraphs(words.split(), 0)
    assert ([each.key for each in found], stop) == (keys, end)


def test_a_run_of_paragraphs_is_bounded() -> None:
    """A run stands for so many paragraphs at most."""
    longest, _ = read_paragraphs(["§", f"1-{LONGEST_RUN}"], 0)
    assert len(longest) == LONGEST_RUN
    assert read_paragraphs(["§", f"1-{LONGEST_RUN + 1}"], 0)[0] == (Paragraph("1"),)
