"""A case page shows one page of each list, counts the rest, and says what became of what the case left open."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.cases import Cases
from corpus.errors import NotFoundError
from corpus.links import Links
from corpus.papers import Paper
from corpus.records import DatedFact, DocType, Facts, Item, Place, Record, Reference, Segment, Signatory, Text
from corpus.rows import number_key
from search.case import CasePage, show_case
from search.hearing import show_hearing
from search.removal import find_withdrawn
from search.terminal import case_lines
from search.trail import follow
from tests.corpus.test_catalogue import put, record

CASE, OTHER, LATER = "2011-4711", "2011-5000", "2014-7788"
TODAY = datetime.date(2012, 6, 1)


def cited(number: int, date: str, *references: Reference, case: str | None = CASE, rule: str = "cited") -> Record:
    """Make a letter whose text is its references, one a line."""
    lines = [reference.target or reference.body or reference.date or "" for reference in references]
    text, places, at = "\n".join(lines) or "Brev", [], 0
    for index, line in enumerate(lines):
        places.append(Place("references", index, at, at + len(line), 1, rule, 0.9))
        at += len(line) + 1
    own = (case,) if case else ()
    facts = Facts(doc_type="letter", date=date, case_numbers=own, references=references, places=tuple(places))
    id_ = f"{number:016x}"
    return Record(id_, id_ * 4, f"/in/{number}.txt", 4, "text/plain", Text(text, (Segment(0, len(text), 1),), 1), facts)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


@pytest.fixture
def standing(archive: Archive) -> Archive:
    """Thirty papers of one case, each citing two others of another case; forty letters that cite it."""
    for number in range(30):
        own = cited(
            number, f"2011-01-{number + 1:02}", Reference("case", target=OTHER), Reference("case", target=LATER)
        )
        put(archive, own)
        put(archive, cited(100 + number, f"2012-02-{number % 28 + 1:02}", Reference("case", target=CASE), case=None))
    for number in range(10):
        put(archive, cited(200 + number, "2012-05-05", Reference("case", target=CASE), case=OTHER))
    return archive


@pytest.mark.parametrize("limit", [1, 7, 10, 29, 200])
def test_pages_of_a_case_join_to_the_whole(standing: Archive, limit: int) -> None:
    """Leafing through a case shows every paper and every reference once, in order, and `more` counts what is left."""
    whole = show_case(standing, CASE)
    papers: list[Paper] = []
    cites, citing = [], []
    for offset in range(0, 60, limit):
        page = show_case(standing, CASE, limit, offset)
        papers += page.papers
        cites += [(each.link.source.id, each.link.shown) for each in (*page.cites, *page.missing)]
        citing += [each.link.source.id for each in page.cited_by]
        left = (30 - offset - limit, 60 - offset - limit, 40 - offset - limit)
        assert (page.more.documents, page.more.references, page.more.cited_by) == tuple(max(0, n) for n in left)
    assert tuple(papers) == whole.papers
    assert citing == [each.link.source.id for each in whole.cited_by]
    assert [target for _, target in cites].count(OTHER) == 30
    assert whole.total == 30


def test_a_page_of_a_case_costs_no_more_statements_with_more_papers(standing: Archive) -> None:
    """The number of queries is that of the kinds of questions, not that of the papers."""
    import sqlalchemy as sa

    asked: list[str] = []
    sa.event.listen(standing.catalogue.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for limit in (2, 30):
        asked.clear()
        show_case(standing, CASE, limit)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 45


def test_references_within_a_case_are_not_shown(archive: Archive) -> None:
    """What papers of one case cite of each other says nothing; what another case's item is cited for does."""
    put(archive, cited(1, "2011-01-01", Reference("letter", date="2011-01-02"), Reference("case", target=OTHER)))
    put(archive, cited(2, "2011-01-02", Reference("case", target=CASE)))
    put(archive, cited(3, "2011-01-03", case=OTHER))
    page = show_case(archive, CASE)
    assert [each.link.shown for each in page.cites] == [OTHER]
    assert page.cited_by == ()


def test_items_of_one_meeting_are_papers_of_their_own_cases(archive: Archive) -> None:
    """Of minutes with three items, a case has those two that bear its number, and only their references."""
    items = tuple(
        Item(str(number), f"Punkt {number}", (case,), "approved", number * 10, number * 10 + 9, 1)
        for number, case in enumerate((CASE, OTHER, CASE))
    )
    references = (Reference("case", target="2010-1", item=0), Reference("case", target="2010-2", item=1))
    facts = Facts(doc_type="minutes", date="2011-03-03", case_numbers=(CASE, OTHER), items=items, references=references)
    put(archive, record(1, facts))
    page = show_case(archive, CASE)
    assert [paper.number for paper in page.items] == ["0", "2"]
    assert [each.link.shown for each in page.missing] == ["2010-1"]
    assert page.to_json()["items"] == 2


def test_spellings_are_those_of_the_papers(archive: Archive) -> None:
    """The page lists how papers print the number, the commonest first."""
    for number, spelt in enumerate(("2011-4711", "2011 - 004711", "2011-4711", "2011‑4711")):
        text = f"Sagsnr. {spelt}"
        place = Place("case_numbers", 0, 8, len(text), 1, "label-line", 0.99)
        facts = Facts(doc_type="memo", case_numbers=(CASE,), places=(place,))
        put(archive, record(number, facts, text))
    assert show_case(archive, CASE).spellings == ("2011-4711", "2011 - 004711")


@pytest.mark.parametrize(
    ("due", "later", "state"),
    [
        ("2012-06-01", None, "open"),
        ("2012-07-01", "2012-08-01", "open"),
        ("2012-05-31", None, "passed"),
        ("2012-05-31", "2012-05-31", "followed"),
        ("2012-06", None, "open"),
        ("2012-05", None, "passed"),
    ],
)
def test_deadline_is_open_followed_or_passed(archive: Archive, due: str, later: str | None, state: str) -> None:
    """A deadline that passed is an open end unless the case has papers from that day or later."""
    set_by = Facts(doc_type="hearing", date="2012-04-01", case_numbers=(CASE,), dates=(DatedFact(due, "deadline"),))
    put(archive, record(1, set_by))
    if later:
        put(archive, record(2, Facts(doc_type="memo", date=later, case_numbers=(CASE,))))
    page = show_case(archive, CASE, today=TODAY)
    assert [(deadline.date, deadline.state) for deadline in page.deadlines] == [(due, state)]


def test_a_deadline_that_two_papers_tell_is_one_open_end(archive: Archive) -> None:
    """The first paper that tells of it sets it, the other is named beside it; another day is another deadline."""
    for number, told in enumerate((("2012-07-01",), ("2012-07-01", "2012-08-01")), 1):
        due = tuple(DatedFact(day, "deadline") for day in told)
        facts = Facts(
            doc_type="memo", title=f"Notat {number}", date=f"2012-04-0{number}", case_numbers=(CASE,), dates=due
        )
        put(archive, record(number, facts))
    page = show_case(archive, CASE, today=TODAY)
    assert [(due.date, due.paper.title, [paper.title for paper in due.also]) for due in page.deadlines] == [
        ("2012-07-01", "Notat 1", ["Notat 2"]),
        ("2012-08-01", "Notat 2", []),
    ]
    assert [paper["title"] for paper in page.to_json()["deadlines"][0]["also"]] == ["Notat 2"]
    assert any(line.endswith("set by Notat 1 and Notat 2") for line in case_lines(page))


def test_the_papers_of_a_case_cited_twice_are_listed_once(archive: Archive) -> None:
    """Two memos cite a case of two papers: the page lists these at the first, and says so at the second."""
    for number in (1, 2):
        put(archive, record(number, Facts(doc_type="memo", date="2010-01-01", title="Bolværk", case_numbers=(OTHER,))))
        put(archive, cited(10 + number, f"2012-01-0{number}", Reference("case", target=OTHER)))
    page = show_case(archive, CASE, today=TODAY)
    lines = list(case_lines(page))
    assert [len(each.link.targets) for each in page.cites] == [2, 2]
    assert sum("Bolværk" in line for line in lines) == 2
    assert sum("the same 2 papers as above" in line for line in lines) == 1


def related(page: CasePage) -> list[tuple[str, str]]:
    """Give number and reason of each related case."""
    return [(each.number, each.reason) for each in page.related]


@pytest.mark.parametrize(
    ("own", "named", "rule"), [(CASE, LATER, "continued-as"), (LATER, CASE, "continued-from")], ids=["before", "after"]
)
def test_case_continued_under_a_new_number(archive: Archive, own: str, named: str, rule: str) -> None:
    """Whichever of the two cases has the paper that says so, both pages show it."""
    put(archive, cited(1, "2014-01-01", Reference("case", target=named), case=own, rule=rule))
    put(archive, cited(2, "2013-01-01", case=named))
    assert related(show_case(archive, CASE))[0] == (LATER, "continued-as")
    assert related(show_case(archive, LATER))[0] == (CASE, "continued-from")


def test_related_cases_have_a_reason(standing: Archive) -> None:
    """Cases that are cited, that cite, and whose numbers one paper bears together."""
    put(standing, record(900, Facts(doc_type="memo", case_numbers=(CASE, "2015-9"), date="2015-01-01")))
    found = related(show_case(standing, CASE))
    assert found == [(OTHER, "cites"), (LATER, "cites"), (OTHER, "cited-by"), ("2015-9", "shares-papers")]
    assert (CASE, "cited-by") in related(show_case(standing, OTHER))


def test_names_of_a_case_are_ranked_by_papers(archive: Archive) -> None:
    """Bodies and people of most papers come first."""
    for number, (body, name) in enumerate(
        (("Skoleudvalget", "Asta Brohave"), ("Byrådet", "Ib Lund"), ("Byrådet", "Ib Lund"))
    ):
        signer = (Signatory(name),)
        put(
            archive,
            record(number, Facts(doc_type="memo", case_numbers=(CASE,), committees=(body,), signatories=signer)),
        )
    page = show_case(archive, CASE)
    assert page.bodies == ("Byrådet", "Skoleudvalget")
    assert page.people == ("Ib Lund", "Asta Brohave")


def test_no_date_of_a_case_without_dates(archive: Archive) -> None:
    """A case of undated papers has no first and last day."""
    put(archive, record(1, Facts(case_numbers=(CASE,))))
    span = Cases(archive.catalogue).span(number_key(CASE))
    assert (span.papers, span.first, span.last) == (1, None, None)


def test_case_page_follows_what_people_said_of_links(archive: Archive) -> None:
    """A target that a person rejected is missing on the case page, too."""
    put(archive, cited(1, "2011-01-01", Reference("document", target="2011-55123")))
    put(archive, record(2, Facts(doc_type="memo", document_numbers=("2011-55123",))))
    assert [each.link.shown for each in show_case(archive, CASE).cites] == ["2011-55123"]
    links = Links(archive.catalogue)
    links.judge(links.out_of(f"{1:016x}")[0], f"{2:016x}", "rejected", "prøve")
    page = show_case(archive, CASE)
    assert (page.cites, [each.link.shown for each in page.missing]) == ((), ["2011-55123"])


def test_a_running_number_is_a_case_where_only_one_has_it(archive: Archive) -> None:
    """Typed without its year, with zeros or not, a number is the one case with it; of several, all are named."""
    put(
        archive,
        cited(1, "2011-01-01"),
        cited(2, "2011-01-01", case="EMN-2017-1234"),
        cited(3, "2011-01-01", case="18/28145"),
    )
    for typed, number in (("4711", CASE), ("04711", CASE), ("1234", "EMN-2017-1234"), ("28145", "18/28145")):
        assert show_case(archive, typed).number == number
    put(archive, cited(4, "2012-01-01", case="12/4711"))
    with pytest.raises(NotFoundError) as caught:
        show_case(archive, "4711")
    assert "2011-4711" in (caught.value.hint or "")
    assert "12/4711" in (caught.value.hint or "")
    for typed in ("471", "47110", "12"):
        with pytest.raises(NotFoundError):
            show_case(archive, typed)


@pytest.mark.parametrize(
    "typed", ["11-4711", "4711/2011", "4711/11", "EMN20114711", "396-2011-4711", "Sagsnr.: 11 / 4711"]
)
def test_case_opens_by_serial_and_year_in_any_form(archive: Archive, typed: str) -> None:
    """What a search takes for the archive's number opens its case; another year's number is nobody's."""
    put(archive, cited(1, "2011-01-01"))
    assert show_case(archive, typed, today=TODAY).number == CASE
    for other in ("12-4711", "4711/2012", "EMN20124711"):
        with pytest.raises(NotFoundError):
            show_case(archive, other, today=TODAY)


@pytest.mark.parametrize("typed", ["301256", "sagsnr. 301256", "Sag nr. 301256"])
def test_case_of_a_bare_serial_opens(archive: Archive, typed: str) -> None:
    """A council may number its cases 1, 2, 3: the case opens by its figures, with or without the word before them."""
    put(archive, cited(1, "2012-05-05", case="301256"))
    assert (show_case(archive, typed, today=TODAY).number, show_case(archive, typed, today=TODAY).total) == (
        "301256",
        1,
    )
    with pytest.raises(NotFoundError):
        show_case(archive, "301257", today=TODAY)


@pytest.mark.parametrize("typed", ["2011-77", "2011-7", "2011-12"])
def test_a_short_running_number_names_its_case(archive: Archive, typed: str) -> None:
    """What may be years or a month in a search is a number where a number is asked for."""
    own = cited(1, "2011-01-01", case=typed)
    hearing = replace(own, facts=replace(own.facts, doc_type="hearing"))
    put(archive, hearing)
    assert show_case(archive, typed).papers[0].id == own.id
    assert [step.paper.id for step in follow(archive, typed).steps] == [own.id]
    assert show_hearing(archive, typed).paper.id == own.id
    assert find_withdrawn(archive, typed).ids == (own.id,)


def test_nothing_is_removed_by_another_spelling_of_a_short_number(archive: Archive) -> None:
    """`01-2020` may be a month: the case `01/2020` is removed by its own number only."""
    put(archive, cited(1, "2020-01-01", case="01/2020"))
    with pytest.raises(NotFoundError):
        find_withdrawn(archive, "01-2020")


@pytest.mark.parametrize("typed", ["11-4711", "4711/2011", "EMN20114711", "4711"])
def test_a_trail_and_a_hearing_open_by_any_form_of_the_number(archive: Archive, typed: str) -> None:
    """As a case page does; what names one case by its serial removes nothing."""
    own = cited(1, "2011-01-01")
    put(archive, replace(own, facts=replace(own.facts, doc_type="hearing")))
    trail = follow(archive, typed)
    assert (trail.name, [step.paper.id for step in trail.steps]) == (CASE, [own.id])
    assert show_hearing(archive, typed).paper.id == own.id
    if typed == "4711":
        with pytest.raises(NotFoundError):
            find_withdrawn(archive, typed)


@pytest.mark.parametrize("ask", [follow, show_hearing, show_case])
def test_a_serial_of_several_cases_is_answered_with_all_of_them(
    archive: Archive, ask: Callable[[Archive, str], object]
) -> None:
    """Which of them is meant, nobody guesses, even where one alone was heard."""
    own = cited(1, "2011-01-01")
    put(archive, replace(own, facts=replace(own.facts, doc_type="hearing")), cited(2, "2012-01-01", case="12/4711"))
    with pytest.raises(NotFoundError) as caught:
        ask(archive, "4711")
    assert "2011-4711 or 12/4711" in (caught.value.hint or "") or "12/4711 or 2011-4711" in (caught.value.hint or "")


def test_answers_without_a_number_stand_on_the_page_of_the_hearing_they_cite(archive: Archive) -> None:
    """Found by the letter's day and the plan; one with a number of another case, and a mere letter, are not."""
    plan, day = Reference("instrument", target="Havneplan"), Reference("letter", date="2011-01-01")
    made = [
        cited(1, "2011-01-01", plan),
        *(cited(n, "2011-02-01", day, plan, case=case) for n, case in ((2, None), (3, OTHER), (4, None), (5, CASE))),
    ]
    kinds: tuple[DocType, ...] = ("hearing", "hearing_response", "hearing_response", "letter", "hearing_response")
    put(
        archive, *(replace(one, facts=replace(one.facts, doc_type=kind)) for one, kind in zip(made, kinds, strict=True))
    )
    found = show_case(archive, CASE, today=TODAY).cited_by
    assert [(each.link.source.id, each.link.kind) for each in found] == [(f"{2:016x}", "letter")]


def test_a_case_that_goes_on_is_told_once(archive: Archive) -> None:
    """A number that stands above as the case's next one is not among the related cases again."""
    put(archive, cited(1, "2011-01-01", Reference("case", target=LATER), rule="continued-as"), cited(2, "2014-01-01"))
    lines = list(case_lines(show_case(archive, CASE, today=TODAY)))
    assert f"  Goes on as case {LATER}" in lines
    assert not any("Related cases" in line for line in lines)


def test_papers_of_one_day_stand_in_the_order_of_a_meeting(archive: Archive) -> None:
    """The agenda stands before the decision, whichever came first into the archive; the next day's after both."""
    made = [cited(number, date) for number, date in ((1, "2011-01-01"), (2, "2011-01-01"), (3, "2011-01-02"))]
    kinds: tuple[DocType, ...] = ("minutes", "agenda", "agenda")
    for one, kind in zip(made, kinds, strict=True):
        put(archive, replace(one, facts=replace(one.facts, doc_type=kind)))
    papers = show_case(archive, CASE, today=TODAY).papers
    assert [(paper.doc_type, paper.date) for paper in papers] == [
        ("agenda", "2011-01-01"),
        ("minutes", "2011-01-01"),
        ("agenda", "2011-01-02"),
    ]
