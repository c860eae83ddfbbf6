"""Words as the archive has them: misspelt, typed on a foreign keyboard, written apart, known by their halves only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.port import Engine
from search.find import Question, search
from search.results import ResultPage
from search.spelling import find_corrections, find_near
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers

CHILDREN = make_paper("Høring\n\nRøsterne i en børnehøring om legepladser på Ærøgade er samlet i et notat.")
SIGNER = make_paper("Brev\n\nGårdejer Valdemar Åkjær spørger til hegnet om sin mark ved Tranevej.")
PUMPS = make_paper("Notat\n\nPumpestationen ved havnen er skiftet. Støj fra vejen er målt ved tre huse.")
POOLS = make_paper("Svømmehaller i byen\n\nTaksterne i de to svømmehaller er uændrede.", title="Svømmehaller i byen")
LESSONS = make_paper("Tilsyn\n\nSvømmehaller ses efter, om svømmehaller er åbne.")
PAPERS = (CHILDREN, SIGNER, PUMPS, POOLS, LESSONS)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("forms") / "index", PAPERS)
    yield made
    made.close()


def ask(engine: Engine, query: str) -> ResultPage:
    """Ask the papers."""
    return search(MemoryArchive(PAPERS), engine, Question(query))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bornehoring", "børnehøring"),
        ("bornehøring", "børnehøring"),
        ("boernehoering", "børnehøring"),
        ("Aerogade", "ærøgade"),
        ("Akjaer", "åkjær"),
        ("Aakjaer", "åkjær"),
        ("Tranvej", "tranevej"),
        ("legeplasdser", "legepladser"),
        ("legeplads", "legepladser"),
        ("qranevej", "tranevej"),
        ("ranevej", "tranevej"),
        ("rtanevej", "tranevej"),
        ("tqranevej", "tranevej"),
        ("qranevaj", "tranevej"),
    ],
)
def test_correction_reads_letters_of_another_keyboard(engine: Engine, typed: str, meant: str) -> None:
    """A Danish letter without its sign is no edit, wherever it stands; an edit or an inflection may be beside it."""
    assert find_corrections(typed, engine)[0] == meant


@pytest.mark.parametrize("typed", ["tra", "xqzzkwvj", "2010-11", ""])
def test_correction_of_what_is_like_no_word_is_none(engine: Engine, typed: str) -> None:
    """Short words, figures, and words that are like nothing are left as they are."""
    assert find_corrections(typed, engine) == ()


def test_near_words_keep_their_letters(engine: Engine) -> None:
    """Within so many edits a letter without its sign is another letter."""
    assert find_near("tranevaj", 1, engine) == ("tranevej",)
    assert find_near("akjer", 1, engine) == ()


def test_neighbours_of_a_corrected_word_count(engine: Engine) -> None:
    """What was meant is searched for as if it were typed, and offered."""
    page = ask(engine, "Valdemr Akjaer")
    assert (page.hits[0].id, page.suggestions) == (SIGNER.id, ("valdemar åkjær",))


@pytest.mark.parametrize("typed", ["pumpestationsstøj", "havnepumpestation"])
def test_unknown_compound_is_found_by_its_halves(engine: Engine, typed: str) -> None:
    """A compound that the archive has not leads to the paper with both its halves, wherever they stand."""
    page = ask(engine, typed)
    assert ([hit.id for hit in page.hits], page.suggestions) == ([PUMPS.id], ())


def test_half_of_an_unknown_compound_is_part_of_what_is_asked(engine: Engine) -> None:
    """Of a compound with a half that the archive has not, papers with the other half hold a part."""
    page = ask(engine, "pumpestationsregnskab")
    assert (page.total, [(hit.id, hit.partial) for hit in page.hits]) == (0, [(PUMPS.id, True)])


@pytest.mark.parametrize("typed", ["havnepumpestasion", "gårdejermarrk", "markhegnett"])
def test_unknown_compound_is_found_by_a_half_put_right(engine: Engine, typed: str) -> None:
    """A compound that the archive has not, with one half misspelt, leads to the paper with both."""
    hits = ask(engine, typed).hits
    assert (hits[0].partial, hits[0].id in (PUMPS.id, SIGNER.id)) == (False, True)


@pytest.mark.parametrize("typed", ["regnskabskontor", "vejregnskab"])
def test_halves_that_tell_nothing_are_not_looked_for(engine: Engine, typed: str) -> None:
    """Halves that no paper has, and very short ones, lead nowhere."""
    assert ask(engine, typed).hits == ()


@pytest.mark.parametrize(("typed", "meant"), [("statjon", "station"), ("statiom", "station")])
def test_correction_knows_words_within_others(engine: Engine, typed: str, meant: str) -> None:
    """A misspelt word that papers have only as a part of a compound is put right."""
    assert find_corrections(typed, engine) == (meant,)


def test_foreign_spelling_is_read(engine: Engine) -> None:
    """An x is as good as a ks where papers spell so, and the other way round."""
    assert ask(engine, "taxter").hits[0].id == POOLS.id


def test_title_with_the_compound_stands_first(engine: Engine) -> None:
    """Two words that make a compound mean the paper that is titled by it."""
    assert ask(engine, "svømme haller").hits[0].id == POOLS.id


def test_kind_of_paper_may_be_the_head_of_a_compound(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Who asks for a hearing on something by one word gets the hearing before a memo."""
    text = "Cykelparkering\n\nI parkeringen ved stationen er der nu plads til hundrede cykler, og en høring om den."
    memo, hearing = make_paper(text, doc_type="memo"), make_paper(text + " Svar inden jul.", doc_type="hearing")
    made = index_papers(tmp_path_factory.mktemp("kinds") / "index", (memo, hearing))
    page = search(MemoryArchive((memo, hearing)), made, Question("cykelparkeringshøring"))
    assert [hit.id for hit in page.hits] == [hearing.id, memo.id]
    made.close()
