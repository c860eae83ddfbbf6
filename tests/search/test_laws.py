"""Acts under all their names in a search, and paragraphs with their acts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.records import Reference
from index.port import Engine
from search.find import Question, search
from search.results import ResultPage
from tests.index.papers import make_paper
from tests.search.papers import MemoryArchive, index_papers


def cite(title: str, text: str, *targets: str) -> object:
    """Make a paper that cites these acts."""
    return make_paper(f"{title}\n\n{text}", references=tuple(Reference("law", target=each) for each in targets))


PAPERS = {
    "long": cite("Svar om hjælp", "Hjælpen gives efter § 83 i lov om social service.", "§ 83 i lov om social service"),
    "short": cite("Nyt tilbud", "Det følger af servicelovens § 104.", "servicelovens § 104"),
    "letter": cite("Træning", "Træningen er bevilget efter servicelovens § 83 a.", "servicelovens § 83 a"),
    "named": cite("Om loven", "Serviceloven er ændret, og bus 83 kører igen."),
    "letters": cite("Afgørelse", "Støtte efter SEL § 18 til foreninger; se punkt 104."),
    "plan": cite(
        "Lokalplan", "Der er lokalplanpligt, jf. lov om planlægning § 13, stk. 2.", "lov om planlægning § 13, stk. 2"
    ),
    "other": cite("Dispensation", "Efter planlovens § 19 gives lov til 13 skure.", "planlovens § 19"),
    "board": cite(
        "Forretningsorden", "Den er fastsat efter lov om kommunernes styrelse § 2.", "lov om kommunernes styrelse § 2"
    ),
    "code": cite("Byggesag", "Carporten skal holde Bygningsreglement 2018.", "Bygningsreglement 2018"),
    "dike": cite("Diget", "Diget hører under digelovens § 4. Der er 13 pæle.", "digelovens § 4"),
    "list": cite(
        "Tilskud", "Efter almenboliglovens §§ 91, 92 og 115 gives 44 kr.", "almenboliglovens §§ 91, 92 og 115"
    ),
    "data": cite("Hjemmel", "Det har hjemmel i GDPR art. 44, stk. 1.", "GDPR art. 44, stk. 1"),
    "union": cite("Oversigt", "Se forordningens artikel 44. Der er 115 rækker.", "forordningens artikel 44"),
    "seal": cite("Sælen", "En sel er et gammelt ord for et seletøj, og 18 heste gik i sele."),
}
NAMES = {paper.path: name for name, paper in PAPERS.items()}  # type: ignore[attr-defined]
SERVICE = {"long", "short", "letter", "named", "letters"}


@pytest.fixture(scope="module")
def archive() -> MemoryArchive:
    """Give the papers."""
    return MemoryArchive(PAPERS.values())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(archive: MemoryArchive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give their index."""
    made = index_papers(tmp_path_factory.mktemp("laws") / "index", archive.records.values())
    yield made
    made.close()


def held(page: ResultPage) -> list[str]:
    """Give the names of the papers that hold everything, best first."""
    return [NAMES[hit.path] for hit in page.hits if not hit.partial]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("serviceloven", SERVICE),
        ("servicelovens", SERVICE),
        ("SERVICELOVEN", SERVICE),
        ("lov om social service", SERVICE),
        ("socialserviceloven", SERVICE),
        ("kommunestyrelsesloven", {"board"}),
        ("styrelsesloven", {"board"}),
        ("planloven", {"plan", "other"}),
        ("BR18", {"code"}),
        ("bygningsreglementet", {"code"}),
        ("BR10", set()),
        ("SEL", {*SERVICE, "seal"}),
        ("+SEL træning", {"letter"}),
        ("ABL?", {"list"}),
        ("PL", set()),
        ("+serviceloven træning", {"letter"}),
        ("serviceloven OG træning", {"letter"}),
        ("(styrelsesloven ELLER BR18)", {"board", "code"}),
        ('"lov om social service"', {"long"}),
    ],
)
def test_an_act_is_found_under_all_its_names(
    archive: MemoryArchive, engine: Engine, query: str, names: set[str]
) -> None:
    """Papers that name an act otherwise hold it too; in quotation marks a name is only itself."""
    assert set(held(search(archive, engine, Question(query)))) == names


def test_the_name_as_typed_comes_first(archive: MemoryArchive, engine: Engine) -> None:
    """Another name of the act counts less than the one that was typed."""
    assert held(search(archive, engine, Question("lov om social service")))[0] == "long"
    assert held(search(archive, engine, Question("planloven"))) == ["other", "plan"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("serviceloven § 83", ["long", "letter"]),
        ("§ 83 serviceloven", ["long", "letter"]),
        ("hvad siger § 83 i serviceloven", ["long", "letter"]),
        ("serviceloven paragraf 83", ["long", "letter"]),
        ("lov om social service §83", ["long", "letter"]),
        ("SEL § 83", ["long", "letter"]),
        ("§ 83 SEL", ["long", "letter"]),
        ("SEL § 18", ["letters"]),
        ("serviceloven § 18", ["letters"]),
        ("sel § 18", ["letters"]),
        ("§ 104 sel", ["short"]),
        ("§ 104 i sel", ["short"]),
        ("service loven § 104", ["short"]),
        ("serviceloven § 83 a", ["letter"]),
        ("servicelovens § 104", ["short"]),
        ("planloven § 13", ["plan"]),
        ("planlovens § 13, stk. 2", ["plan"]),
        ("lov om planlægning § 19", ["other"]),
        ("digeloven § 4", ["dike"]),
        ("§ 115", ["list"]),
        ("§ 92", ["list"]),
        ("§§ 92-93", ["list"]),
        ("almenboligloven § 92", ["list"]),
        ("ABL §§ 91, 92", ["list"]),
        ("ABL §§ 91 - 92", ["list"]),
        ("artikel 44", ["data", "union"]),
        ("art. 44", ["data", "union"]),
        ("databeskyttelsesforordningen artikel 44", ["data"]),
        ("gdpr art. 44", ["data"]),
        ("digeloven § 13", []),
        ("§ 13", ["plan"]),
        ("paragraf 13", ["plan"]),
        ("§13", ["plan"]),
        ('"§ 13"', ["plan"]),
        ("planloven -§13", ["other"]),
        ("(serviceloven § 104) ELLER BR18", ["short", "code"]),
        ("§§ 83-86 serviceloven", ["long", "letter"]),
        ("servicelovens §§ 82-84", ["long", "letter"]),
        ("§§ 100-110 i serviceloven", ["short"]),
        ("planloven §§ 14-18", []),
    ],
)
def test_a_paragraph_is_its_acts(archive: MemoryArchive, engine: Engine, query: str, names: list[str]) -> None:
    """A paragraph is asked for with its act, or as a sign and a number side by side; a mere number is none."""
    assert sorted(held(search(archive, engine, Question(query)))) == sorted(names)


def test_the_paragraph_itself_comes_first(archive: MemoryArchive, engine: Engine) -> None:
    """Who asks for § 83 means it before § 83 a."""
    assert held(search(archive, engine, Question("serviceloven § 83"))) == ["long", "letter"]


@pytest.mark.parametrize("query", ["sel", "18 sel", "sel og § 18 heste"])
def test_letters_are_words_but_beside_a_sign(archive: MemoryArchive, engine: Engine, query: str) -> None:
    """Small letters stand for an act beside a paragraph only."""
    assert "short" not in [NAMES[hit.path] for hit in search(archive, engine, Question(query)).hits]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("lov:serviceloven", SERVICE),
        ('lov:"lov om social service"', SERVICE),
        ("lov:SEL", SERVICE),
        ("lov:sel", SERVICE),
        ('lov:"serviceloven § 83"', {"long"}),
        ('lov:"SEL § 83 a"', {"letter"}),
        ('lov:"SEL § 18"', {"letters"}),
        ('lov:"planloven § 13"', {"plan"}),
        ('lov:"planloven § 13, stk. 2"', {"plan"}),
        ("lov:bygningsreglementet", {"code"}),
        ("lov:digelovens", {"dike"}),
        ('lov:"servicelovens §§ 83-90"', {"long"}),
        ('lov:"servicelovens §§ 83-110"', {"long", "short"}),
        ('lov:"servicelovens §§ 83 og 104"', set()),
        ('lov:"digeloven § 4"', {"dike"}),
    ],
)
def test_the_field_of_acts_joins_all_names(archive: MemoryArchive, engine: Engine, query: str, names: set[str]) -> None:
    """Behind `lov:` every name of an act is the act; a paragraph is just this one."""
    assert set(held(search(archive, engine, Question(query)))) == names


def test_an_unknown_act_is_said(archive: MemoryArchive, engine: Engine) -> None:
    """Where no paper names the act, that is said."""
    page = search(archive, engine, Question("lov:museumsloven"))
    assert page.notice is not None
    assert "No paper names the act" in page.notice


@pytest.mark.parametrize(
    "query",
    ["§ 1 " * 500, "§" * 2000, "serviceloven § 1-60 " * 90, "§ " + "1-60 " * 90, 'lov:"' + "§ 1-60 " * 90 + '"'],
    ids=lambda query: query[:24],
)
def test_a_query_of_many_signs_is_answered(archive: MemoryArchive, engine: Engine, query: str) -> None:
    """However many paragraphs are asked for, there is an answer, and no paper that holds them all."""
    assert "long" not in held(search(archive, engine, Question(query)))


def test_what_is_cited_is_marked(archive: MemoryArchive, engine: Engine) -> None:
    """The act under its other name and the paragraph are marked; the explanation names the paragraph."""
    hit = search(archive, engine, Question("serviceloven § 83", explain=True)).hits[0]
    snippet = hit.snippets[0]
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["§", "83", "lov", "om", "social", "service"]
    assert [(reason.word, reason.found) for reason in hit.reasons] == [("§ 83", "§"), ("serviceloven", "lov")]
