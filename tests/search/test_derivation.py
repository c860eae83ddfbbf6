"""Nouns and verbs of one another: below what holds the word itself, and for a word that no paper has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.port import Engine
from search.derivation import related_stems
from search.find import Question, search
from search.results import ResultPage
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

NOUN = make_paper("Ekspropriation ved havnen\n\nKajen overtages ved ekspropriation efter en besigtigelse.")
VERB = make_paper("Brev\n\nVi har besigtiget kajen og vil renovere den. Affald indsamles ved porten.")
RENEWAL = make_paper("Budget\n\nRenovering af kajen koster det samme som en indsamling.")
GOALS = make_paper("Plan\n\nDer er mål for støj, og regn ledes i søen. Udledningen måles.")
PAPERS = (NOUN, VERB, RENEWAL, GOALS)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("derivation") / "index", PAPERS)
    yield made
    made.close()


def ask(engine: Engine, query: str) -> ResultPage:
    """Ask the papers."""
    return search(MemoryArchive(PAPERS), engine, Question(query))


@pytest.mark.parametrize(
    ("typed", "related"),
    [
        ("ekspropriere", {"ekspropriation"}),
        ("eksproprieret", {"ekspropriation"}),
        ("besigtigede", {"besigtig"}),
        ("besigtigelsen", {"besig"}),
        ("renoveringen", {"renov"}),
        ("renoverede", {"renovering"}),
        ("indsamling", {"indsaml"}),
        ("indsamlede", {"indsamling"}),
        ("udleder", {"udledning"}),
        ("måling", set()),
        ("regning", set()),
        ("havn", set()),
        ("2010-16508", set()),
    ],
)
def test_noun_and_verb_belong_together(engine: Engine, typed: str, related: set[str]) -> None:
    """Endings that make one of the other lead to it where the archive has it; short words lead nowhere."""
    assert set(related_stems(typed, engine)) == related


def test_word_that_no_paper_has_is_found_by_its_noun(engine: Engine) -> None:
    """The noun stands in for its verb, and no other word is offered for it."""
    page = ask(engine, "ekspropriere")
    assert ([hit.id for hit in page.hits], page.total, page.suggestions) == ([NOUN.id], 1, ())


def test_papers_with_the_word_stand_before_those_with_its_verb(engine: Engine) -> None:
    """A word that papers have is asked for; those with its verb only follow, and do not count as holding it."""
    page = ask(engine, "renovering")
    assert [(hit.id, hit.partial) for hit in page.hits] == [(RENEWAL.id, False), (VERB.id, True)]
    assert (page.total, page.total_partial) == (1, 1)


def test_what_is_strict_takes_no_noun_for_a_verb(engine: Engine) -> None:
    """Quoted words, and all words of `every word`, are asked for themselves."""
    assert ask(engine, '"renovering af kajen"').total_partial == 0
    page = search(MemoryArchive(PAPERS), engine, Question("renovering", every_word=True))
    assert [hit.id for hit in page.hits] == [RENEWAL.id]
