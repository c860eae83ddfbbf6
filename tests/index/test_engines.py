"""One contract for all engines: the set of hits, exact totals and the fixed orders; scores are the engine's own."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import ArchiveError, BusyError, UsageError
from corpus.numbers import parse
from corpus.records import Reference
from index.analysis import stem
from index.engines import NAMES, create_engine, has_index, open_engine
from index.engines.tantivy_engine import TantivyEngine
from index.engines.whoosh_engine import WhooshEngine
from index.entries import entries_of
from index.port import VERSION_FILE, Engine, read_payload
from index.query import (
    LONGEST_START,
    AllOf,
    AnyOf,
    BestOf,
    Boost,
    Constant,
    Every,
    Except,
    Fuzzy,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Range,
    Term,
)
from tests.index.papers import AGENDA, ANSWER, HEARING, PAPERS, UNDATED, make_paper

ENGINES = [TantivyEngine, WhooshEngine]
Kind = type[TantivyEngine] | type[WhooshEngine]
PAPER_NAMES = {HEARING.id: "hearing", ANSWER.id: "answer", UNDATED.id: "undated", AGENDA.id: "agenda"}


@pytest.fixture(params=ENGINES, ids=["tantivy", "whoosh"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Give each engine in turn."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def engine(kind: Kind, tmp_path: Path) -> Iterator[Engine]:
    """Give an index that holds the papers."""
    made = kind.create(tmp_path / "index")
    for paper in PAPERS:
        made.write(entries_of(paper))
    made.commit("4")
    yield made
    made.close()


def found(engine: Engine, query: Query) -> set[str]:
    """Give the names of the entries that match, `agenda#1` for an item."""
    hits = engine.search(query, limit=100)
    assert hits.total == len(hits.hits) == engine.count(query)
    return {hit.id.replace(hit.doc, PAPER_NAMES[hit.doc]) for hit in hits.hits}


def case(number: str) -> Term:
    """Give the query for a case number."""
    parsed = parse(number)
    assert parsed is not None
    return Term("case", parsed.key)


def in_stem(word: str) -> Term:
    """Give the query for a word in any inflection."""
    return Term("stem", stem(word))


DOCUMENTS = Term("kind", "document")
ALL = {"hearing", "answer", "undated", "agenda"}
QUERIES: list[tuple[Query, set[str]]] = [
    (case("2014-30771"), {"hearing"}),
    (Term("cites", case("2014-30771").text), {"answer"}),
    (case("2014-501"), {"agenda", "agenda#1"}),
    (Term("exact", "stien"), {"undated"}),
    (in_stem("sti"), {"undated"}),
    (Term("parts", stem("sti")), {"hearing"}),
    (Term("parts", stem("lederskare")), {"answer"}),
    (Term("title", stem("bolig")), {"answer"}),
    (Term("exact", "åbenrå"), {"undated"}),
    (Term("exact", "Stien"), set()),
    (Term("signatory", "asta brohave"), {"hearing"}),
    (Term("signatory", "brohave"), {"hearing"}),
    (Term("signatory", "asta bro"), set()),
    (Term("instrument", "boligplan 2014-2018"), {"answer"}),
    (Phrase("exact", ("udvalget", "for", "ældre")), {"hearing"}),
    (Phrase("exact", ("for", "udvalget")), set()),
    (Phrase("exact", ("udvalget", "ældre")), set()),
    (Phrase("exact", ("udvalget", "ældre"), 1), {"hearing"}),
    (Phrase("exact", ("stien",)), {"undated"}),
    (Phrase("exact", ()), set()),
    (Prefix("exact", "cykel"), {"hearing", "undated"}),
    (Prefix("exact", "cykels"), {"hearing"}),
    (Prefix("exact", "c.*"), set()),
    (Fuzzy("exact", "cykle", 1), set()),
    (Fuzzy("exact", "cykle", 2), {"undated"}),
    (Fuzzy("exact", "cykl", 1), {"undated"}),
    (Fuzzy("exact", "bykel", 1), {"undated"}),
    (Range("date", 20140101, 20140331), {"hearing"}),
    (Range("date", None, 20140401), {"hearing"}),
    (Range("date", 20140411, None), {"answer", "agenda", "agenda#0", "agenda#1"}),
    (AllOf((Range("date", None, None), DOCUMENTS)), {"hearing", "answer", "agenda"}),
    (Range("year", 2014, 2014), {"hearing", "answer", "agenda", "agenda#0", "agenda#1"}),
    (AllOf((in_stem("udvalg"), in_stem("ældre"))), {"hearing"}),
    (AllOf((in_stem("udvalg"), in_stem("cykel"))), set()),
    (AnyOf((in_stem("udvalg"), in_stem("cykel"))), {"hearing", "undated"}),
    (AllOf(()), ALL | {"agenda#0", "agenda#1"}),
    (AnyOf(()), set()),
    (AnyOf((in_stem("cykel"), Boost(in_stem("ubåd"), 2.0), Constant(Term("title", "ubåd"), 1.0))), {"undated"}),
    (BestOf((in_stem("ubåd"), Term("title", "ubåd"))), set()),
    (AllOf((in_stem("cykel"), BestOf((in_stem("ubåd"), Boost(Term("parts", "ubåd"), 0.5))))), set()),
    (Except(in_stem("cykel"), AnyOf((in_stem("ubåd"), Term("parts", "ubåd")))), {"undated"}),
    (BestOf((in_stem("ubåd"), in_stem("sti"))), {"undated"}),
    (BestOf((in_stem("udvalg"), in_stem("cykel")), 0.1), {"hearing", "undated"}),
    (Prefer(in_stem("udvalg"), (in_stem("cykel"),)), {"hearing"}),
    (Prefer(in_stem("udvalg"), ()), {"hearing"}),
    (Except(Every(), in_stem("udvalg")), {"answer", "undated", "agenda", "agenda#0", "agenda#1"}),
    (Except(DOCUMENTS, AnyOf((in_stem("udvalg"), in_stem("cykel")))), {"answer", "agenda"}),
    (Boost(in_stem("udvalg"), 3.0), {"hearing"}),
    (Constant(AllOf((DOCUMENTS, Range("date", 20140411, None))), 2.0), {"answer", "agenda"}),
    (AllOf((DOCUMENTS, Every())), ALL),
    (Nothing(), set()),
    (AllOf((DOCUMENTS, Nothing())), set()),
    (in_stem("gynge"), {"agenda", "agenda#1"}),
]


@pytest.mark.parametrize(("query", "names"), QUERIES, ids=[str(query) for query, _ in QUERIES])
def test_search_finds_the_same_set(engine: Engine, query: Query, names: set[str]) -> None:
    """Every kind of query finds the same entries in every engine, and the total is exact."""
    assert found(engine, query) == names


@pytest.mark.parametrize("letter", ["t", "ø", "𠀀"])
def test_a_long_beginning_is_compared_by_its_first_letters(kind: Kind, tmp_path: Path, letter: str) -> None:
    """Of a long name so many letters are compared, in every engine, however many bytes a letter has."""
    engine: Engine = kind.create(tmp_path / "index")
    name = (letter * 9 + " ") * (LONGEST_START // 10)
    paper = make_paper("Om planen", references=(Reference("instrument", target=f"{name}for 2014"),))
    engine.write(entries_of(paper))
    engine.commit("1")
    for asked in (name, f"{name}for 2014", f"{name}for 2019", f"{name}x" * 3):
        assert engine.count(Prefix("instrument", asked)) == 1
    assert engine.count(Prefix("instrument", name[1:])) == 0
    engine.close()


def ranked(engine: Engine, query: Query) -> list[str]:
    """Give the names of the hits in order."""
    return [hit.id.replace(hit.doc, PAPER_NAMES[hit.doc]) for hit in engine.search(query, limit=100).hits]


def test_search_orders_by_constant(engine: Engine) -> None:
    """Constants decide the order, alternatives take the best, equal scores break by id."""
    query = BestOf((Constant(in_stem("cykel"), 5.0), Constant(in_stem("udvalg"), 9.0), Constant(in_stem("gynge"), 5.0)))
    ties = sorted([UNDATED.id, AGENDA.id, f"{AGENDA.id}#1"])
    assert [hit.id for hit in engine.search(query, limit=9).hits] == [HEARING.id, *ties]
    assert [hit.score for hit in engine.search(query, limit=9).hits] == [9.0, 5.0, 5.0, 5.0]


def test_search_puts_below_what_is_not_preferred(engine: Engine) -> None:
    """What is preferred by less than nothing stands below all others, and nothing is left out."""
    every = [hit.id for hit in engine.search(Constant(DOCUMENTS, 1.0), limit=10).hits]
    below = Prefer(Constant(DOCUMENTS, 1.0), (Constant(Term("doc", every[0]), -4.0),))
    found = engine.search(below, limit=10)
    assert [hit.id for hit in found.hits] == [*every[1:], every[0]]
    assert found.total == len(every)


def test_search_prefers_the_shorter_paper(kind: Kind, tmp_path: Path) -> None:
    """A word weighs more in a short paper than once in a long one, and more where it stands often."""
    engine = kind.create(tmp_path / "index")
    short, often = (
        make_paper("Støj\n\nom støj fra havnen"),
        make_paper("Støj ved havnen\n\nstøj og støj om støj fra støj"),
    )
    long = make_paper("Havnen\n\n" + "vand og kraner ved kajen, " * 80 + " støj")
    for paper in (long, short, often):
        engine.write(entries_of(paper))
    engine.commit()
    assert [hit.id for hit in engine.search(in_stem("støj"), limit=3).hits][-1] == long.id
    engine.close()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (
            "newest",
            [*sorted(("answer", "agenda"), key={"answer": ANSWER.id, "agenda": AGENDA.id}.get), "hearing", "undated"],
        ),
        (
            "oldest",
            ["hearing", *sorted(("answer", "agenda"), key={"answer": ANSWER.id, "agenda": AGENDA.id}.get), "undated"],
        ),
        ("case", ["agenda", "hearing", "answer", "undated"]),
    ],
)
def test_search_sorts(engine: Engine, sort: str, names: list[str]) -> None:
    """By date either way, ties by id and the undated last; by case with those without one last."""
    hits = engine.search(DOCUMENTS, limit=10, sort=sort).hits  # type: ignore[arg-type]
    assert [PAPER_NAMES[hit.doc] for hit in hits] == names


def test_search_pages_join_to_the_whole(engine: Engine) -> None:
    """Pages of two make up the page of all, in the same order."""
    query = AnyOf((DOCUMENTS, Term("kind", "item"), in_stem("cykel")))
    whole = ranked(engine, query)
    pages = [engine.search(query, limit=2, offset=at).hits for at in range(0, 8, 2)]
    assert [hit.id.replace(hit.doc, PAPER_NAMES[hit.doc]) for page in pages for hit in page] == whole
    assert engine.search(query, limit=0).total == len(whole)


def test_pages_of_many_equal_hits_join_to_the_whole(kind: Kind, tmp_path: Path) -> None:
    """Of more equal hits than are sorted by id each is on one page, whatever the size of the page."""
    many: Engine = kind.create(tmp_path / "index")
    for number in range(130):
        many.write(entries_of(make_paper(f"Brev {number}\n\nom gynger")))
    many.commit("1")
    for limit in (7, 50):
        pages = [many.search(DOCUMENTS, limit=limit, offset=at).hits for at in range(0, 130, limit)]
        shown = [hit.id for page in pages for hit in page]
        assert len(shown) == len(set(shown)) == 130
    many.close()


def test_papers_of_a_case_stand_by_date(kind: Kind, tmp_path: Path) -> None:
    """Sorted by case, the papers of one case stand from the oldest to the newest, and one without a date last."""
    made: Engine = kind.create(tmp_path / "index")
    dates = ("2014-05-03", None, "1998-01-31", "2014-05-02")
    for date in dates:
        made.write(entries_of(make_paper(f"Brev fra {date}", date=date, case_numbers=("2014-4711",))))
    made.commit("1")
    found = made.search(DOCUMENTS, limit=9, sort="case").hits
    papers = {make_paper(f"Brev fra {date}").id: date for date in dates}
    assert [papers[hit.id] for hit in found] == ["1998-01-31", "2014-05-02", "2014-05-03", None]
    made.close()


def test_hit_names_its_item(engine: Engine) -> None:
    """A hit tells the document and the item that it stands for."""
    (hit,) = engine.search(AllOf((in_stem("gynge"), Term("kind", "item"))), limit=5).hits
    assert (hit.doc, hit.item) == (AGENDA.id, 1)


def test_facets_count_documents(engine: Engine) -> None:
    """Facets count documents, most first, then by value; several values of one document count each."""
    facets = {
        facet.name: [(each.value, each.count) for each in facet.values]
        for facet in engine.facets(DOCUMENTS, ("year", "doc_type", "committee", "case"))
    }
    assert facets["year"] == [("2014", 3)]
    assert sorted(facets["doc_type"]) == [("agenda", 1), ("hearing", 1), ("hearing_response", 1), ("memo", 1)]
    assert ("Teknik- og Miljøudvalget", 1) in facets["committee"]
    assert len(facets["case"]) == 4
    assert engine.facets(Nothing(), ("year",))[0].values == ()


def test_threads_get_the_same_answers(engine: Engine) -> None:
    """An engine that says so answers several threads at once what it answers one."""
    queries = [in_stem("gynge"), DOCUMENTS, Prefix("exact", "cykel"), Nothing()] * 10
    alone = [(engine.search(query, limit=5), engine.facets(query, ("year", "case"))) for query in queries]
    with ThreadPoolExecutor(4 if engine.threads else 1) as pool:
        hits = pool.map(lambda query: engine.search(query, limit=5), queries)
        facets = pool.map(lambda query: engine.facets(query, ("year", "case")), queries)
        assert list(zip(hits, facets, strict=True)) == alone


def test_terms_with_prefix_in_order(engine: Engine) -> None:
    """Completion gives the archive's own words with their frequencies."""
    assert engine.terms_with_prefix("exact", "cykel") == [("cykel", 1), ("cykelstier", 1)]
    assert engine.terms_with_prefix("exact", "cykel", 1) == [("cykel", 1)]
    assert engine.terms_with_prefix("exact", "qx") == []
    assert engine.frequency("exact", "cykel") == 1
    assert engine.frequency("exact", "qx") == 0


def test_write_replaces_a_document_and_its_items(engine: Engine) -> None:
    """Putting a document again leaves one of it, and none of the items that it has no more."""
    engine.write(entries_of(AGENDA)[:1])
    engine.write(entries_of(HEARING))
    engine.commit("5")
    assert found(engine, Term("doc", AGENDA.id)) == {"agenda"}
    assert found(engine, in_stem("udvalg")) == {"hearing"}


def test_delete_takes_items_too(engine: Engine) -> None:
    """A deleted document is gone with its items, after the commit and not before."""
    engine.delete([AGENDA.id])
    assert "agenda#1" in found(engine, in_stem("gynge"))
    engine.commit("5")
    assert found(engine, in_stem("gynge")) == set()


def test_open_again_finds_what_was_committed(kind: Kind, tmp_path: Path) -> None:
    """What was committed is there for the next process, with what the commit was told; what was not is gone."""
    engine: Engine = kind.create(tmp_path / "index")
    assert engine.payload() is None
    engine.write(entries_of(HEARING))
    engine.commit("17")
    engine.write(entries_of(ANSWER))
    engine.close()
    again: Engine = kind.open(tmp_path / "index")
    assert again.payload() == "17"
    assert found(again, Every()) == {"hearing"}
    again.close()


def test_reader_answers_while_a_writer_works(kind: Kind, tmp_path: Path) -> None:
    """A reader sees the last commit until it refreshes, whatever a writer does meanwhile."""
    writer: Engine = kind.create(tmp_path / "index")
    writer.write(entries_of(HEARING))
    writer.commit("1")
    reader: Engine = kind.open(tmp_path / "index")
    writer.write(entries_of(ANSWER))
    assert found(reader, Every()) == {"hearing"}
    writer.commit("2")
    assert found(reader, Every()) == {"hearing"}
    reader.refresh()
    assert found(reader, Every()) == {"hearing", "answer"}
    assert reader.payload() == "2"
    reader.close()
    writer.close()


def test_second_writer_is_refused(kind: Kind, tmp_path: Path) -> None:
    """While one process writes, another one is told so."""
    first: Engine = kind.create(tmp_path / "index")
    first.write(entries_of(HEARING))
    second: Engine = kind.open(tmp_path / "index")
    with pytest.raises(BusyError):
        second.write(entries_of(ANSWER))
    second.close()
    first.close()


def test_folder_that_went_is_no_second_writer(kind: Kind, tmp_path: Path) -> None:
    """Where the index's folder is gone the reason is said, and no other process is named."""
    engine: Engine = kind.create(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(ArchiveError, match="cannot be written"):
        engine.write(entries_of(HEARING))


@pytest.mark.parametrize("name", NAMES)
def test_engine_is_chosen_by_name(tmp_path: Path, name: str) -> None:
    """An index is made and opened by its engine's name, and refused to the other one."""
    create_engine(tmp_path / "index", name).close()
    assert has_index(tmp_path / "index")
    open_engine(tmp_path / "index", name).close()
    (other,) = set(NAMES) - {name}
    with pytest.raises(ArchiveError):
        open_engine(tmp_path / "index", other)
    with pytest.raises(UsageError):
        open_engine(tmp_path / "index", "xapian")


def _break(folder: Path, change: Callable[[Path], object]) -> None:
    change(folder / VERSION_FILE)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text(json.dumps(json.loads(path.read_text()) | {"analysis": "0"})),
        lambda path: path.write_text(json.dumps(json.loads(path.read_text()) | {"engine": "other"})),
        lambda path: path.write_text(json.dumps(json.loads(path.read_text()) | {"format": "5"})),
    ],
    ids=["missing", "broken", "analysis", "engine", "format"],
)
def test_open_refuses_another_version(kind: Kind, tmp_path: Path, change: Callable[[Path], object]) -> None:
    """An index of another version says what to run; it is never rebuilt in silence."""
    kind.create(tmp_path / "index").close()
    _break(tmp_path / "index", change)
    with pytest.raises(ArchiveError) as refused:
        kind.open(tmp_path / "index")
    assert "sagsspor reindex" in (refused.value.hint or "")


def _write_until_killed(kind: Kind, folder: Path) -> None:
    engine = kind.open(folder)
    for number in range(10_000):
        engine.write(entries_of(make_paper(f"Brev {number}\n\nom vejvand og kloakker {number}")))
        engine.commit(str(number + 1))


@pytest.mark.slow
def test_kill_in_the_middle_of_commits(kind: Kind, tmp_path: Path) -> None:
    """A writer killed at any moment leaves an index that opens, holds all it said it held, and can be written."""
    folder = tmp_path / "index"
    kind.create(folder).close()
    for wait in (0.0, 0.15, 0.3):
        before = read_payload(folder)
        process = multiprocessing.get_context("fork").Process(target=_write_until_killed, args=(kind, folder))
        process.start()
        while read_payload(folder) == before:
            time.sleep(0.005)
        time.sleep(wait)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        engine: Engine = kind.open(folder)
        assert engine.count(in_stem("vejvand")) >= int(engine.payload() or 0)
        engine.write(entries_of(HEARING))
        engine.commit("0")
        assert engine.count(Term("doc", HEARING.id)) == 1
        engine.close()


@pytest.mark.slow
def test_index_does_not_grow_under_small_commits(kind: Kind, tmp_path: Path) -> None:
    """Two hundred commits that put the same few papers again leave an index of about their size."""
    engine: Engine = kind.create(tmp_path / "index")
    papers = [make_paper(f"Brev {number}\n\n" + "om vejvand, kloakker og kældre. " * 40) for number in range(5)]
    sizes, counts = [], []
    for turn in range(200):
        engine.write(entries_of(papers[turn % 5]))
        engine.commit(str(turn))
        if turn % 20 == 19:
            files = [path for path in (tmp_path / "index").iterdir() if path.is_file()]
            sizes.append(sum(path.stat().st_size for path in files))
            counts.append(len(files))
    assert engine.count(DOCUMENTS) == 5
    assert max(sizes[-3:]) < 4 * sizes[0]
    assert max(counts[-3:]) < 120
    engine.close()
