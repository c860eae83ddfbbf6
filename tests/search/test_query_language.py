"""The written grammar: every example in docs/query.md runs, and finds as many papers as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.port import Engine
from search.find import Question, search
from search.parse import FIELDS, Both, Dated, Either, In, Not, Quote, Word, first_day, last_day, parse
from tests.search.papers import PAPERS, MemoryArchive, index_papers

GRAMMAR = (Path(__file__).parents[2] / "docs" / "query.md").read_text("utf-8")
EXAMPLES = [(typed, int(papers)) for typed, papers in re.findall(r"^\| `([^|]+)` \|[^|]+\| (\d+) \|$", GRAMMAR, re.M)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an index of the papers."""
    made = index_papers(tmp_path_factory.mktemp("grammar") / "index", PAPERS)
    yield made
    made.close()


def test_grammar_has_examples() -> None:
    """The tables of the grammar are read as tests."""
    assert len(EXAMPLES) > 45
    assert "`udvalg:`" in GRAMMAR


@pytest.mark.parametrize(("typed", "papers"), EXAMPLES)
def test_grammar_example(engine: Engine, typed: str, papers: int) -> None:
    """An example of the grammar finds as many papers as stand behind it."""
    page = search(MemoryArchive(PAPERS), engine, Question(typed, limit=20))
    shown = [(hit.title, hit.partial) for hit in page.hits]
    assert page.total == papers, shown
    assert sum(not hit.partial for hit in page.hits) == papers


@pytest.mark.parametrize("name", re.findall(r"`(\w+):`", GRAMMAR))
def test_grammar_field_is_known(name: str) -> None:
    """Every field that the grammar names is one."""
    assert name in FIELDS


READINGS = [
    ("charter OG støj", (Both((Word("charter"), Word("støj"))),)),
    ("charter AND støj", (Both((Word("charter"), Word("støj"))),)),
    ("a ELLER b", (Either((Word("a"), Word("b"))),)),
    ("charter og støj", ()),
    ("IKKE a", (Not(Word("a")),)),
    ("NOT NOT a", (Not(Word("a")),)),
    ('"på Nørrebro"', (Quote("på Nørrebro"),)),
    ("”på Nørrebro”", (Quote("på Nørrebro"),)),
    ('="på Nørrebro"', (Quote("på Nørrebro", exact=True),)),
    ("titel: charter", (In("title", Word("charter")),)),
    ("title:charter", (In("title", Word("charter")),)),
    ('udvalg:"Børne- og Skoleudvalget"', (In("committee", Quote("Børne- og Skoleudvalget")),)),
    ("dato:2009..2010", (Dated(20090101, 20101231),)),
    ("dato:[2009-05 TO 2010]", (Dated(20090501, 20101231),)),
    ("dato:[2009-05 TIL 2010-02-03]", (Dated(20090501, 20100203),)),
    ("dato:2010-02..", (Dated(20100201, None),)),
    ("efter:2010", (Dated(20100101, None),)),
    ("efter:1. maj 2010", (Dated(20100501, None),)),
    ("dato: d. 4/1 2021", (Dated(20210104, 20210104),)),
    ("dato:maj 2010", (Dated(20100501, 20100531),)),
    ("dato:1. maj 2009..3. juni 2010", (Dated(20090501, 20100603),)),
    ("dato:..3. maj 2010", (Dated(None, 20100503),)),
    ("dato:[* TIL 1. maj 2010]", (Dated(None, 20100501),)),
    ("dato:[ 1. maj 2009 - 2010]", (Dated(20090501, 20101231),)),
    ("før:2010-05", (Dated(None, 20100531),)),
    ("(a OG (b ELLER c)) IKKE d", (Both((Word("a"), Either((Word("b"), Word("c"))))), Not(Word("d")))),
    ("besluttet om X?", ()),
    ("kl. 12:30", ()),
]


@pytest.mark.parametrize(("typed", "strict"), READINGS)
def test_parse_reads(typed: str, strict: tuple[object, ...]) -> None:
    """Operators, phrases, fields and ranges are strict; small letters, question marks and times are words."""
    assert parse(typed).strict == strict


NOTICES = [
    ('"charter', "quotation mark"),
    ("(charter", "bracket"),
    ("charter OG", "OG has nothing to join"),
    ("felt:charter", "no field “felt”"),
    ("dato:snart", "no date"),
    ("dato:2010-02-30", "no date"),
    ("dato:2010-01..2010-13", "“2010-13” is no date"),
    ("x" * 3000, "cut after 2000 characters"),
    ("x" * 300, "cut after 100 characters"),
    ("(" * 60 + "a" + ")" * 60, "nest deeper"),
    ("ord " * 200, "first 100 words"),
    (" ".join(f"{letter}x*" for letter in "abcdefghijklmn"), "10 words may end"),
]


@pytest.mark.parametrize(("typed", "notice"), NOTICES)
def test_parse_says_what_it_left_out(typed: str, notice: str) -> None:
    """A slip or a limit gives a line that says what was done."""
    assert any(notice in said for said in parse(typed).notices)


@pytest.mark.parametrize("typed", ["charter", "høring om støj", "2010-16508 charter", "støj, larm og uro", "a-kasse"])
def test_parse_plain_query_has_no_notice(typed: str) -> None:
    """What is plainly typed is read without remark."""
    assert parse(typed).notices == ()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2010", 20100101, 20101231),
        ("2010-05", 20100501, 20100531),
        ("2010-05-17", 20100517, 20100517),
        ("12.01.2018", 20180112, 20180112),
        ("3. maj 2012", 20120503, 20120503),
        ("2010-99", None, None),
        ("2010-05-32", None, None),
        ("2010-02-30", None, None),
        ("2012-02-29", 20120229, 20120229),
        ("i maj", None, None),
        ("", None, None),
    ],
)
def test_day_is_read_as_people_write_it(typed: str, first: int | None, last: int | None) -> None:
    """A limit may be a year, a month or a day, by ISO or in Danish; a month 99 is none."""
    assert (first_day(typed), last_day(typed)) == (first, last)
