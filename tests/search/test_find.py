"""search(): what is found, in which order, and what the page says of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.records import Item, Record
from index.port import Engine
from search.find import Question, search
from search.results import ResultPage
from search.spelling import complete
from tests.growth import assert_within
from tests.index.papers import make_paper
from tests.search.papers import (
    ANSWER,
    CHARTER,
    COUNT,
    MINUTES,
    NOISE,
    NOTE,
    PAPERS,
    SWING,
    MemoryArchive,
    index_papers,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("find") / "index", PAPERS)
    yield made
    made.close()


def ask(engine: Engine, query: str, **options: object) -> ResultPage:
    """Ask the papers."""
    return search(MemoryArchive(PAPERS), engine, Question(query, **options))  # type: ignore[arg-type]


def ids(page: ResultPage) -> list[str]:
    """Give the ids of the hits in order."""
    return [hit.id for hit in page.hits]


SPELLINGS = [
    "2010-16508",
    "2010 16508",
    "2010 - 0016508",
    "2010‑16508",
    "2010–0016508",
    "sagsnr. 2010-16508",
    "Sag nr.: 2010-0016508",
    "sagsnr:2010-16508",
    "  2010-16508  ",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_number_leads_to_the_case(engine: Engine, typed: str) -> None:
    """In any spelling: the case, its own papers, and then the one that mentions it."""
    page = ask(engine, typed)
    assert page.case is not None
    assert (page.case.number, page.case.documents) == ("2010-16508", 2)
    assert set(ids(page)[:2]) == {CHARTER.id, ANSWER.id}
    assert ids(page)[2:] == [NOTE.id]


def test_number_without_its_dash_is_a_candidate(engine: Engine) -> None:
    """Figures that may be a case number offer it, and find its papers all the same."""
    page = ask(engine, "201016508")
    assert page.case is None
    assert page.candidates == ("2010-16508",)
    assert set(ids(page)[:2]) == {CHARTER.id, ANSWER.id}


@pytest.mark.parametrize(
    ("typed", "total", "candidates"),
    [
        ("dok.nr. 2010-16508", 0, ("2010-16508",)),
        ("doknr:2010-16508", 0, ("2010-16508",)),
        ("doknr:2010-0016508-4", 1, ("2010-16508",)),
        ('doknr:"2010-16508-4"', 1, ()),
        ("dok: 2010-16508-4", 1, ("2010-16508",)),
    ],
)
def test_number_of_a_document_is_no_case(engine: Engine, typed: str, total: int, candidates: tuple[str, ...]) -> None:
    """Behind its label or field it finds the one paper that has it; the case is offered, not answered."""
    page = ask(engine, typed)
    assert (page.case, page.total, page.total_partial, page.candidates) == (None, total, 0, candidates)


def test_number_of_an_item_finds_the_item(engine: Engine) -> None:
    """An item's number finds the meeting's paper, and names the item."""
    (hit,) = ask(engine, "2018-10079").hits
    assert (hit.id, hit.item and hit.item.number, hit.item and hit.item.title) == (MINUTES.id, "3", "Gynger på torvet")


def test_words_all_before_some(engine: Engine) -> None:
    """Papers that hold all words come first and are counted; those with some of them follow and are counted apart."""
    page = ask(engine, "charter integrationspolitik netværk")
    assert (page.total, page.total_partial) == (0, 3)
    page = ask(engine, "charter integrationspolitik")
    assert (page.total, page.total_partial) == (1, 2)
    assert ids(page)[0] == CHARTER.id
    assert [hit.partial for hit in page.hits] == [False, True, True]


def test_words_every_word_is_strict(engine: Engine) -> None:
    """With every word asked for, nothing follows, function words and all."""
    page = ask(engine, "charter integrationspolitik", every_word=True)
    assert (page.total, page.total_partial, ids(page)) == (1, 0, [CHARTER.id])


def test_title_before_text(engine: Engine) -> None:
    """A word in the title weighs more than in the text."""
    assert ids(ask(engine, "charter"))[0] == CHARTER.id
    assert ids(ask(engine, "støj"))[0] == NOISE.id


def test_long_paper_does_not_drown_nor_crowd_out(engine: Engine) -> None:
    """A letter of one line and the best item of a long paper stand side by side; each paper is one hit."""
    page = ask(engine, "gynger")
    assert (page.total, sorted(ids(page))) == (2, sorted([SWING.id, MINUTES.id]))
    hit = next(hit for hit in page.hits if hit.id == MINUTES.id)
    assert hit.item is not None
    assert {hit.item.number, *(item.number for item in hit.items)} == {"2", "3"}
    assert "gynge" in hit.snippets[0].text.lower()


FILLER = "Forvaltningen redegør for budget, drift og tidsplan, og udvalget drøfter sagen nærmere. "


def make_meeting(*items: tuple[str, str], title: str = "Referat") -> Record:
    """Give minutes with items of these titles and texts."""
    text, found = f"{title}\n\n", []
    for number, (name, body) in enumerate(items, 1):
        start = len(text)
        text += f"{number}. {name}\n{body}\n\n"
        found.append(Item(str(number), name, (), None, start, len(text), 1))
    return make_paper(text, doc_type="minutes", date="2018-05-08", items=tuple(found))


@pytest.mark.parametrize("query", ["gynger vandløb", "gynger +vandløb", "gynger vandløb -festival"])
def test_item_with_all_words_before_words_apart(tmp_path: Path, query: str) -> None:
    """A meeting that treats the words in one item stands before one that has them here and there; both hold all."""
    apart = make_meeting(("Gynger", "Der er gynger. " * 3 + FILLER), ("Vandløb", "Der er vandløb. " * 3 + FILLER))
    one = make_meeting(
        ("Parken", FILLER * 4 + "Der er gynger. " + FILLER * 2 + "Et vandløb løber forbi. " + FILLER * 4),
        ("Vejen", FILLER * 4),
    )
    letter = make_paper("Brev\n\nDer er vandløb i skoven.")
    papers = [apart, one, letter]
    engine = index_papers(tmp_path / "index", papers)
    page = search(MemoryArchive(papers), engine, Question(query))
    assert page.total == 2
    first = one if "-" not in query else apart  # Where a word is refused, papers are looked at as wholes.
    assert (ids(page)[0], set(ids(page)[:2])) == (first.id, {one.id, apart.id})
    engine.close()


def test_meeting_named_by_its_title_is_no_words_apart(tmp_path: Path) -> None:
    """Minutes that are asked for by their title stand before a letter that mentions them."""
    minutes = make_meeting(("Gynger", FILLER), ("Vandløb", FILLER), title="Referat fra Brohave Byråd")
    letter = make_paper("Brev\n\nVi har læst, hvad der stod i referat fra mødet i Brohave Byråd. " + FILLER)
    engine = index_papers(tmp_path / "index", [letter, minutes])
    assert ids(search(MemoryArchive([letter, minutes]), engine, Question("referat Brohave Byråd")))[0] == minutes.id
    engine.close()


def test_corrected_word_is_offered(engine: Engine) -> None:
    """A word that the archive does not have is taken for its nearest, and the right query is offered."""
    page = ask(engine, "hjemløse nattoptælling")
    assert (ids(page), page.suggestions) == ([COUNT.id], ("hjemløse natoptælling",))
    assert ask(engine, "hjemløse natoptælling").suggestions == ()


FILTERS: list[tuple[dict[str, object], set[str]]] = [
    ({"committee": "BIU"}, {CHARTER.id}),
    ({"committee": "Beskæftigelses- og Integrationsudvalgets"}, {CHARTER.id}),
    ({"committee": "Teknik- og Miljøudvalget"}, set()),
    ({"signatory": "asta brohave"}, {CHARTER.id, ANSWER.id}),
    ({"signatory": "Brohave"}, {CHARTER.id, ANSWER.id}),
    ({"signatory": "Asta Bro"}, set()),
    ({"doc_type": "letter"}, {ANSWER.id}),
    ({"date_from": "2010-02"}, {ANSWER.id}),
    ({"date_to": "2010-01-20"}, {CHARTER.id}),
    ({"date_from": "2010", "date_to": "2010"}, {CHARTER.id, ANSWER.id}),
]


@pytest.mark.parametrize(("options", "expected"), FILTERS)
def test_options_limit_the_answer(engine: Engine, options: dict[str, object], expected: set[str]) -> None:
    """An option leaves only papers with that fact, in total, hits and facets."""
    page = ask(engine, "charter", **options)
    assert (set(ids(page)), page.total) == (expected, len(expected))
    kinds = next(facet for facet in page.facets if facet.name == "doc_type")
    assert sum(each.count for each in kinds.values) == len(expected)


@pytest.mark.parametrize(
    ("typed", "options", "notice"),
    [
        ("type:vrøvl charter", {}, "There is no type “vrøvl”"),
        ("dato:2011..2010", {}, "The period from 2011-01-01 to 2010-12-31 ends before it begins."),
        ("charter", {"date_from": "2011", "date_to": "2010-05"}, "The period from 2011-01-01 to 2010-05-31"),
        ("charter", {"committee": "Broudvalget"}, "No paper names the body “Broudvalget”."),
        ("charter OG udvalg:Broudvalget", {}, "No paper names the body “Broudvalget”."),
        ("underskriver:Tøndermose", {}, "No paper is signed by “Tøndermose”."),
        ("charter", {"committee": "BIU", "signatory": "Tøndermose"}, "No paper is signed by “Tøndermose”."),
        ("udvalg:BIU type:brev", {}, None),
        ("charter", {"committee": "BIU"}, None),
    ],
)
def test_what_cannot_be_answered_is_said(
    engine: Engine, typed: str, options: dict[str, object], notice: str | None
) -> None:
    """An unknown type, a period without days and a name that no paper has give a notice; nothing else does."""
    said = ask(engine, typed, **options).notice
    assert said.startswith(notice) if notice and said else said == notice


@pytest.mark.parametrize("name", ["udvalg", "afdeling", "underskriver", "modtager", "lov", "bilag", "titel"])
@pytest.mark.parametrize("text", ["q" * 90, "q" * 90 + "*", '"' + "q" * 90 + '"'], ids=["word", "beginning", "quote"])
def test_what_is_no_word_finds_nothing_behind_a_field(engine: Engine, name: str, text: str) -> None:
    """Letters without end are no word, and no paper has them; they do not stand for any paper."""
    assert ask(engine, f"{name}:{text}").total == 0
    assert ask(engine, "charter", signatory="q" * 90).total == 0


def test_body_under_two_names_is_one_facet(tmp_path: Path) -> None:
    """A body's names are one value, under the name that most papers use; a paper with both names counts once."""
    names = [("Byrådet",), ("Byrådet",), ("Egelund Byråd",), ("Byrådet", "Egelund Byråd"), ("Broudvalget",)]
    papers = [make_paper(f"Vandløb {number}", committees=each) for number, each in enumerate(names)]
    page = search(MemoryArchive(papers), index_papers(tmp_path / "index", papers), Question("vandløb"))
    (bodies,) = (facet for facet in page.facets if facet.name == "committee")
    assert [(each.value, each.count) for each in bodies.values] == [("Byrådet", 4), ("Broudvalget", 1)]


def test_option_with_a_wrong_date(engine: Engine) -> None:
    """A date option that is none says what to write."""
    with pytest.raises(UsageError, match="no date"):
        ask(engine, "charter", date_from="i går")


def test_options_without_a_query_list_papers(engine: Engine) -> None:
    """An empty query with an option lists what has that fact; without one it asks nothing."""
    assert set(ids(ask(engine, "", signatory="Brohave"))) == {CHARTER.id, ANSWER.id}
    assert (ask(engine, "").total, ask(engine, " ?! ").hits) == (0, ())


@pytest.mark.parametrize(("sort", "first"), [("newest", SWING.id), ("oldest", MINUTES.id), ("case", MINUTES.id)])
def test_sort(engine: Engine, sort: str, first: str) -> None:
    """Papers are sorted as asked, each once."""
    page = ask(engine, "gynger", sort=sort)
    assert ids(page)[0] == first
    assert len(set(ids(page))) == page.total == 2


def test_pages_join_to_the_whole(engine: Engine) -> None:
    """Pages of one hit make up the page of all, across the border of the two groups."""
    whole = ids(ask(engine, "charter integrationspolitik"))
    assert [ids(ask(engine, "charter integrationspolitik", limit=1, offset=at))[0] for at in range(3)] == whole
    assert ids(ask(engine, "charter integrationspolitik", offset=3)) == []


def test_not_leaves_out_and_counts(engine: Engine) -> None:
    """What must not stand in a paper leaves out the whole paper, also where only one item holds it."""
    assert set(ids(ask(engine, "gynger IKKE torvet"))) == {SWING.id}
    page = ask(engine, "IKKE gynger")
    assert page.total == len(PAPERS) - 2
    assert MINUTES.id not in ids(page)


def test_fold_shows_one_of_a_group(tmp_path: Path) -> None:
    """Copies are one hit with a count where folding is asked for; the total still counts papers."""
    copies = [make_paper(f"Brev om vandløb\n\nÅen er gået over sine bredder. Kopi {number}.") for number in range(3)]
    archive = MemoryArchive(copies, {copy.id: "one" for copy in copies})
    engine = index_papers(tmp_path / "index", copies)
    page = search(archive, engine, Question("vandløb", fold=True))
    assert (page.total, page.groups, len(page.hits), page.hits[0].folded) == (3, 1, 1, 2)
    assert search(archive, engine, Question("vandløb")).groups is None
    engine.close()


def test_fold_fills_the_page(tmp_path: Path) -> None:
    """Folding goes on until the page is full: copies do not push other papers off it."""
    copies = [make_paper(f"Brev om vandløb\n\nVandløb og vandløb. Kopi {number}.") for number in range(6)]
    other = make_paper("Notat\n\nom et vandløb ved skoven og meget andet, som ikke har med vand at gøre")
    archive = MemoryArchive([*copies, other], {copy.id: "one" for copy in copies})
    engine = index_papers(tmp_path / "index", [*copies, other])
    page = search(archive, engine, Question("vandløb", fold=True, limit=2))
    assert ([hit.folded for hit in page.hits], page.hits[1].id, page.groups) == ([5, 0], other.id, 2)
    engine.close()


def test_explain_says_what_matched(engine: Engine) -> None:
    """For each word the layer is told through which it was found, and the word of the paper."""
    page = ask(engine, "politik lederskare natoptælling", explain=True)
    told = {hit.id: {reason.word: (reason.through, reason.found) for reason in hit.reasons} for hit in page.hits}
    assert told[NOTE.id]["politik"] == ("part", "boligpolitik")
    assert told[ANSWER.id]["lederskare"] == ("part", "leder")
    assert told[COUNT.id]["natoptælling"] == ("exact", "Natoptælling")
    assert told[COUNT.id]["politik"] == ("facts", None)


def test_snippet_marks_what_it_shows(engine: Engine) -> None:
    """A suspended hyphen's word is marked at the hyphen, and a phrase goes on behind it."""
    page = ask(engine, "lederskare")
    (snippet,) = next(hit for hit in page.hits if hit.id == ANSWER.id).snippets
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["leder"]
    page = ask(engine, '"leder og medarbejderskare"')
    (snippet,) = next(hit for hit in page.hits if hit.id == ANSWER.id).snippets
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["leder", "og", "medarbejderskare"]


def test_page_as_json_has_its_keys(engine: Engine) -> None:
    """The JSON has every key that the contract names, and nothing that JSON cannot say."""
    shown = json.loads(json.dumps(ask(engine, "2010-16508 charter").to_json()))
    assert {"schema", "query", "case", "candidates", "notice", "total", "total_partial", "hits", "facets"} <= set(shown)
    hit = shown["hits"][0]
    wanted = {"id", "item", "path", "title", "case_numbers", "date", "doc_type", "score", "page", "group", "snippets"}
    assert wanted <= set(hit)
    assert shown["facets"]["year"] == [{"value": "2010", "count": 2}]
    assert shown["case"]["number"] == "2010-16508"


def test_document_gone_from_the_catalogue_is_left_out(engine: Engine) -> None:
    """An index that is ahead of the catalogue names no paper that is not there."""
    archive = MemoryArchive([paper for paper in PAPERS if paper is not CHARTER])
    assert CHARTER.id not in ids(search(archive, engine, Question("charter")))


def test_complete_gives_the_archives_words(engine: Engine) -> None:
    """Completion offers words of the archive, names too, the commonest first."""
    assert [word for word, _ in complete("integr", engine)] == [
        "integrationspolitikken",
        "integrationspolitiske",
        "integrationsudvalget",
        "integrerede",
        "integreret",
    ]
    assert complete("Aaben", engine)[0][0] == "åbenbro"
    # The minutes say it, two of their items do, and a mail: two papers.
    assert complete("gynger", engine) == (("gynger", 2),)
    assert complete("  ", engine) == ()


HOSTILE = [
    "a" * 100_000,
    "ord " * 25_000,
    "(" * 10_000,
    "*",
    "~~~",
    "\0",
    "og i på",
    "\u202ecetrahc\u202c",
    "<script>alert(1)</script>",
    "'; DROP TABLE documents;--",
    '"' * 999,
    "x~2 " * 300,
    " ".join(f"{chr(97 + at % 26)}{chr(97 + at // 26)}*" for at in range(300)),
    " ".join(f"ukendtord{at}x" for at in range(400)),
    "NOT " * 400,
    "(a ELLER b) " * 150,
    '"' + "og " * 600 + '"',
    "dato:..",
    "dato:9999-99-99",
    "2010-" + "1" * 5000,
    "１２３ ½ ² 🎉 ﬁﬂ İı ß",
    "sagsnr:" + "9" * 90,
    "integrationspolitikkensudvalgsbestyrelsesmødeplan" * 40,
    "titel:*",
    "bilag:(",
    "31.02.2010 99. januar 2010",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_query_is_answered(engine: Engine, query: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever is typed is answered within a second, and nothing is said on stderr."""
    assert_within(1.0, lambda: json.dumps(ask(engine, query).to_json()))
    assert capfd.readouterr().err == ""


_PIECES = """( ) " : * ~ + - = ^ [ ] { } ? . , / & | § OG ELLER IKKE NOT udvalg: dato: sagsnr: TO .. 2010-16508
charter støj 2010 201016508 gynger ældre x~2 int* =" \ue000 \ue010 \ue0111 \ue0000\ue001"""
_WORDS = "charter støj gynger by politik udvalg cykelsti svar"
PIECES, WORDS = st.sampled_from(_PIECES.split()), st.sampled_from(_WORDS.split())


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES | st.text(max_size=6), max_size=14), blank=st.sampled_from(["", " "]))
def test_any_query_is_answered(engine: Engine, pieces: list[str], blank: str) -> None:
    """Any mixture of operators, fields, numbers and text is answered, its totals and marks in order."""
    assert_within(2.0, lambda: ask(engine, blank.join(pieces)))
    page = ask(engine, blank.join(pieces))
    assert page.total >= sum(not hit.partial for hit in page.hits)
    assert len(page.hits) == len(set(ids(page))) <= 10
    for hit in page.hits:
        for snippet in hit.snippets:
            ends = [0, *(at for mark in snippet.marks for at in mark), len(snippet.text)]
            assert ends == sorted(ends)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=4))
def test_totals_do_not_depend_on_the_page(engine: Engine, words: list[str]) -> None:
    """Totals are exact: they count what all pages show together, and the first group ends where its total says."""
    page = ask(engine, " ".join(words), limit=50)
    assert (page.total, page.total_partial) == (
        sum(not hit.partial for hit in page.hits),
        sum(hit.partial for hit in page.hits),
    )
    assert sorted(page.hits, key=lambda hit: hit.partial) == list(page.hits)


@pytest.mark.parametrize(
    "query", ["charter integrationspolitik", "2010-16508", "gynger", "støj ELLER vandløb", "xyzzy"]
)
def test_counting_aside_changes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    """An answer is the same where the engine counts in a thread of its own and where it has only one."""
    shown = ask(engine, query).to_json()
    monkeypatch.setattr(engine, "threads", not engine.threads)
    assert ask(engine, query).to_json() == shown


def test_plain_search_loads_no_parser() -> None:
    """Plain words are answered without Whoosh, SQLAlchemy or spaCy: start-up counts."""
    import subprocess

    code = (
        "import sys, search.find, search.parse; search.parse.parse('charter 2010-16508 støj');"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'whoosh', 'sqlalchemy', 'spacy', 'rapidfuzz'}))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_minutes_before_the_agenda(tmp_path: Path) -> None:
    """Of two papers that say the same, the one with the decisions comes first."""
    agenda = make_paper("Punkt om kajen\n\nKajen fornyes i foråret.", doc_type="agenda")
    minutes = make_paper("Punkt om kajen\n\nKajen fornyes i sommeren.", doc_type="minutes")
    engine = index_papers(tmp_path / "index", [agenda, minutes])
    page = search(MemoryArchive([agenda, minutes]), engine, Question("fornyes kajen"))
    assert ids(page) == [minutes.id, agenda.id]
    engine.close()


def test_abbreviation_finds_full_name_and_back(tmp_path: Path) -> None:
    """A paper with only the letters is found by the full name, one with only the name by the letters."""
    body = ("Kultur- og Fritidsudvalget",)
    named = make_paper("Brev\n\nKultur- og Fritidsudvalget har drøftet taksten.", committees=body)
    letters = make_paper("Note\n\nKFU har drøftet taksten.", committees=body)
    engine = index_papers(tmp_path / "index", [named, letters])
    archive = MemoryArchive([named, letters])
    for typed in ("KFU takst", "Kultur- og Fritidsudvalget takst", "fritidsudvalg takst"):
        assert search(archive, engine, Question(typed)).total == 2, typed
    engine.close()


def test_item_facts_do_not_leak_into_others(engine: Engine) -> None:
    """The best item is one that holds the words; the others of the paper are not named."""
    hit = ask(engine, "legepladser").hits[0]
    assert hit.item is not None
    assert (hit.item.number, hit.items) == ("2", ())


def test_record_replaced_in_the_index_is_found_once(tmp_path: Path) -> None:
    """A paper put again with other facts is found by the new ones only."""
    engine = index_papers(tmp_path / "index", [CHARTER])
    changed = replace(CHARTER, facts=replace(CHARTER.facts, signatories=()))
    from index.entries import entries_of

    engine.write(entries_of(changed))
    engine.commit("2")
    archive = MemoryArchive([changed])
    assert search(archive, engine, Question("underskriver:Brohave")).total == 0
    assert search(archive, engine, Question("charter")).total == 1
    engine.close()
