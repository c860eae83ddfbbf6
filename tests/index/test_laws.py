"""Acts among words, and the keys under which papers cite them."""

from __future__ import annotations

import pytest

from corpus.laws import laws
from corpus.records import Reference
from index.analysis import stem, words_of
from index.entries import entries_of
from index.laws import citation_keys, find_laws
from tests.index.papers import make_paper


def named(text: str) -> list[tuple[int, int, str]]:
    """Give the acts that a text names, with the places of their names."""
    return [(law.start, law.end, law.key) for law in find_laws([stem(word) for word in words_of(text)])]


def test_every_name_of_the_register_is_found() -> None:
    """Each name, alone, is the name of an act, to its last word."""
    for law in laws():
        for name in law.names:
            assert [(start, end) for start, end, _ in named(name)] == [(0, len(words_of(name)))], name


@pytest.mark.parametrize(
    "text",
    [
        *(
            "service loven",
            "service lov",
            "serviceloven",
            "Servicelovens",
            "SERVICELOVEN",
            "servicelov",
            "socialserviceloven",
        ),
        *(
            "lov om social service",
            "Lov om Social Service",
            "loven om social service",
            "bekendtgørelse af lov om social service",
        ),
    ],
)
def test_one_act_under_all_its_names(text: str) -> None:
    """Names, inflections and capitals make no difference."""
    assert [key for _, _, key in named(text)] == ["servicelov"]


def test_the_longer_name_is_taken() -> None:
    """Of two names that begin alike the longer one counts, and words that name no act are none."""
    assert [key for _, _, key in named("lov om leje af almene boliger og lov om leje")] == ["almenlejelov", "lejelov"]
    assert named("en lov om cykler ved broen i brevet") == []


@pytest.mark.parametrize(
    ("printed", "keys"),
    [
        ("servicelovens §§ 83 og 86", ["servicelov §", "servicelov § 83", "servicelov § 86", "§ 83", "§ 86"]),
        ("SEL §§ 83, 86", ["servicelov §", "servicelov § 83", "servicelov § 86", "§ 83", "§ 86"]),
        ("FVL § 24, stk. 1", ["forvaltningslov §", "forvaltningslov § 24", "forvaltningslov § 24 stk 1"]),
        ("planlovens §§ 5 - 6", ["planlov §", "planlov § 5", "planlov § 6", "§ 5", "§ 6"]),
        ("planlovens § 5, 2. pkt.", ["planlov §", "planlov § 5"]),
        ("§ 5 i barnets lov", ["barn lov §", "barn lov § 5"]),
        ("GDPR artikel 6, stk. 1", ["databeskyttelsesforordning §"]),
        ("affaldsbekendtgørelsens § 12", ["affaldsbekendtgør §", "affaldsbekendtgør § 12"]),
        ("§ 83 a i lov om social service", ["servicelov §", "servicelov § 83 a"]),
        (
            "lov om folkeskolen § 40, stk. 2, nr. 2",
            ["folkeskolelov §", "folkeskolelov § 40", "folkeskolelov § 40 stk 2"],
        ),
        ("paragraf 12 i vandløbsloven", ["vandløbslov §", "vandløbslov § 12"]),
        ("Bygningsreglement 2010", ["br10 §", "bygningsreglement §"]),
        ("digelovens § 4", ["digelov §", "digelov § 4"]),
        ("§ 4 i digeloven", ["digelov §", "digelov § 4"]),
        ("lov om diger og sluser § 4", ["lov om diger og slus §", "lov om diger og slus § 4"]),
        ("bekendtgørelse nr. 77 af 3. marts 2009", []),
    ],
)
def test_keys_of_a_citation(printed: str, keys: list[str]) -> None:
    """A citation is known by its act, and by each paragraph; an act that nobody registered by its own words."""
    assert list(citation_keys(printed)) == keys


def test_an_act_that_changes_another_is_another() -> None:
    """A paragraph of `lov om ændring af …` is none of the act that it changes."""
    assert "servicelov §" not in citation_keys("lov om ændring af lov om social service § 3")


def test_a_paper_is_indexed_under_the_act_and_as_printed() -> None:
    """The entry has the name as printed, for beginnings of names, and the act's own keys."""
    paper = make_paper("Svar om hjælp", references=(Reference("law", target="servicelovens § 83 a"),))
    laws_of = [value for name, value in entries_of(paper)[0].keys if name == "law"]
    assert laws_of == ["servicelovens § 83 a", "servicelov §", "servicelov § 83 a"]
