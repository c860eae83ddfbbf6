"""A trail says what changed at each step and what the archive lacks; papers are read as an import reads them."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus.archive import Archive
from corpus.catalogue import Input
from search.graph import graph_of
from search.pictures import NUMBERED, draw_graph, draw_timeline
from search.printed import to_html
from search.stages import coming
from search.steps import Step, Trail
from search.trail import follow
from search.wording import DANISH, ENGLISH, say_changes, say_votes
from tests.extraction import extract_file

TODAY = "2020-01-01"
HEARING = """Til foreninger og naboer

4. marts 2013

Sagsnr. 2013-0041200

Høring om forslag til Brandstrategi 2013-2017

Forvaltningen sender hermed udkast til Brandstrategi 2013-2017 i høring. Udkastet kan ses på biblioteket, og alle er
velkomne til at komme med bemærkninger til både mål og midler.

Høringssvar bedes sendt senest den 12. april 2013.

Venlig hilsen

Gudrun Holmsted
Kontorchef
"""
COMMITTEE = """7. Brandstrategi 2013-2017 (2013-41200)

INDSTILLING OG BESLUTNING

Teknik- og Miljøforvaltningen indstiller, at Teknik- og Miljøudvalget over for Borgerrepræsentationen anbefaler,

1. at Brandstrategi 2013-2017 vedtages.

PROBLEMSTILLING

Strategien har været i høring, og der kom fire svar. Kultur- og Fritidsudvalget drøftede sagen den 14. maj 2013.
Brandvæsenet har i mange år manglet en samlet plan for det forebyggende arbejde i de ældre karreer, hvor trapperne er
af træ, og hvor gårdene er lukkede.

VIDERE PROCES

{after}

BESLUTNING

Teknik- og Miljøudvalgets beslutning i mødet den 3. juni 2013:

Anbefales med den ændring, at mål 3 udgår. For stemte: A, B og F. Imod stemte: O.
"""
FORWARDED = "Indstillingen forelægges Borgerrepræsentationen den 20. juni 2013."
COUNCIL = """Borgerrepræsentationen

12. Vedtagelse af Brandstrategi 2013-2017 (2013-41200)

INDSTILLING OG BESLUTNING

Teknik- og Miljøudvalget indstiller, at Brandstrategi 2013-2017 vedtages.

VIDERE PROCES

Borgerrepræsentationen får en status på strategien i oktober 2015.

BESLUTNING

Borgerrepræsentationens beslutning i mødet den 20. juni 2013:

Godkendt med 40 stemmer mod 9.
"""
Following = Callable[..., Trail]


@pytest.fixture
def following(tmp_path: Path) -> Following:
    def follow_(*texts: str, name: str = "Brandstrategi 2013-2017", **options: int) -> Trail:
        archive = Archive.create(tmp_path / "archive")
        for number, text in enumerate(texts):
            path = tmp_path / f"papir-{number}.txt"
            path.write_text(text, encoding="utf-8")
            record = extract_file(path).record
            archive.catalogue.put([(record, Input(record.path, record.size, 1, "imported", id=record.id))], 1)
        return follow(archive, name, today=TODAY, **options)

    return follow_


def gaps(trail: Trail) -> list[tuple[str | None, str | None, str | None]]:
    return [(step.gap, step.date, step.body) for step in trail.steps if step.gap]


def test_change_of_body_outcome_and_votes_is_said(following: Following) -> None:
    """The council's step says that it is another body, another outcome, and how the votes fell."""
    council = following(COMMITTEE.format(after=FORWARDED), COUNCIL).shown[-2]
    assert council.stage == "decided"
    assert [(change.what, change.after) for change in council.changes] == [
        ("body", "Borgerrepræsentationen"),
        ("outcome", "approved"),
    ]
    assert say_votes(council.votes, DANISH) == "40 for, 9 imod"
    assert "nu godkendt, før anbefalet" in list(say_changes(council, DANISH))


def test_amendment_is_said_with_its_words(following: Following) -> None:
    """A decision that changes the proposal says so."""
    committee = next(step for step in following(COMMITTEE.format(after=FORWARDED)).shown if step.stage == "recommended")
    assert [change.after for change in committee.changes if change.what == "amended"] == ["med den ændring"]
    assert say_votes(committee.votes, ENGLISH) == "for (A, B, F), against (O)"


def test_meeting_that_only_papers_tell_of_is_a_gap(following: Following) -> None:
    """Meetings of which the archive has no paper are rows with the sentence that tells of them."""
    trail = following(COMMITTEE.format(after=FORWARDED))
    assert gaps(trail) == [
        ("meeting", "2013-05-14", "Kultur- og Fritidsudvalget"),
        ("meeting", "2013-06-20", "Borgerrepræsentationen"),
    ]
    before, after = (step for step in trail.steps if step.gap)
    assert before.stage == "discussed"
    assert "drøftede sagen" in before.quote
    assert after.announced


def test_meeting_in_the_archive_is_no_gap(following: Following) -> None:
    """Once the council's paper is there, its row is its own and the announcement is gone."""
    trail = following(COMMITTEE.format(after=FORWARDED), COUNCIL)
    assert ("meeting", "2013-06-20", "Borgerrepræsentationen") not in gaps(trail)
    assert [step.date for step in trail.steps if step.real] == ["2013-06-03", "2013-06-20"]


def test_recommendation_without_decision_is_a_gap(following: Following) -> None:
    """Where nothing says what became of a recommendation, a row says that."""
    trail = following(COMMITTEE.format(after="Ingen."))
    assert trail.steps[-1].gap == "decision"
    assert trail.steps[-1].placed == "2013-06-03"


def test_hearing_without_decision_is_a_gap(following: Following) -> None:
    """A hearing whose deadline is over, and nothing after it, is said with the sentence of the deadline."""
    trail = following(HEARING)
    assert [(step.stage, step.deadline) for step in trail.steps if step.real] == [("heard", "2013-04-12")]
    assert trail.steps[-1].gap == "hearing"
    assert "12. april 2013" in trail.steps[-1].quote


def test_what_is_yet_to_come_is_no_gap(following: Following, tmp_path: Path) -> None:
    """Before its day a meeting, and before its deadline a hearing, lack nothing."""
    following(HEARING, COMMITTEE.format(after=FORWARDED))
    with Archive.open(tmp_path / "archive") as archive:
        early = follow(archive, "Brandstrategi 2013-2017", today="2013-03-20")
    assert gaps(early) == []


def test_promised_report_is_a_gap_until_it_comes(following: Following) -> None:
    """A status that the council was promised is missing, until a paper of those months is there."""
    assert following(COUNCIL).steps[-1].gap == "report"


def test_promised_report_that_came_is_a_step(following: Following) -> None:
    """A memo of the promised month that cites the council's meeting follows the decision up."""
    memo = """Notat

5. november 2015

Status på Brandstrategi 2013-2017

Borgerrepræsentationen vedtog den 20. juni 2013 strategien (sagsnr. 2013-0041200). Tolv karreer er siden gennemgået.
"""
    trail = following(COUNCIL, memo)
    assert [step.stage for step in trail.steps] == ["decided", "followed_up"]


def test_versions_say_how_many_lines_differ(following: Following) -> None:
    """Two decisions whose texts are nearly the same say in how many lines they differ."""
    first = COMMITTEE.format(after=FORWARDED)
    second = first.replace("3. juni 2013", "17. juni 2013").replace(
        "Anbefales med den ændring, at mål 3 udgår. ", "Anbefales. "
    )
    trail = following(first, second)
    (change,) = [change for step in trail.steps for change in step.changes if change.what == "text"]
    assert change.lines == 2
    assert change.since == trail.shown[1].paper.id


def test_copy_in_another_format_is_no_step_of_its_own(following: Following) -> None:
    """The same letter with other white space is shown once, and counted."""
    trail = following(HEARING, HEARING.replace("\n\n", "\n\n\n"))
    hearings = [step for step in trail.shown if step.stage == "heard"]
    assert len(hearings) == 1
    assert len([step for step in trail.steps if step.stage == "heard"]) == 2
    assert trail.copies(hearings[0]) == 1


def test_answer_of_the_case_belongs_without_the_name(following: Following) -> None:
    """An answer under the hearing's case number belongs to the trail though it calls the strategy otherwise."""
    answer = """Beboerforeningen Karrétoften

2. april 2013

Sagsnr. 2013-41200

Høringssvar

Vi takker for muligheden for at svare og støtter udkastet, som vi finder gennemarbejdet.

Venlig hilsen

Aksel Brinkmose
Formand
"""
    assert [step.stage for step in following(HEARING, answer).steps if step.real] == ["heard", "answered"]


@pytest.mark.parametrize("name", ["Brandstrategi 2013-2017", "2013-41200", "papir-1.txt"])
def test_trail_of_name_number_and_paper(following: Following, name: str) -> None:
    """The instrument, the case and the paper itself lead to the same papers."""
    trail = following(HEARING, COUNCIL, name=name)
    assert [step.stage for step in trail.steps if step.real] == ["heard", "decided"]


def test_pages_of_a_trail_hold_every_mention_once(following: Following, tmp_path: Path) -> None:
    """Leafing through a trail meets each paper once, and each page says how much is left."""
    letters = [f"Brev\n\n{day}. maj 2014\n\nVi spørger til Brandstrategi 2013-2017 igen.\n" for day in range(1, 8)]
    whole = [step.paper.id for step in following(*letters).steps]
    with Archive.open(tmp_path / "archive") as archive:
        pages = [follow(archive, "Brandstrategi 2013-2017", limit=3, offset=at) for at in (0, 3, 6)]
    assert [step.paper.id for page in pages for step in page.steps] == whole
    assert [page.more for page in pages] == [4, 1, 0]


def test_graph_draws_papers_bodies_cases_and_links(following: Following, tmp_path: Path) -> None:
    """The graph has a box for each paper and each gap, and names bodies and cases; it is well-formed."""
    trail = following(HEARING, COMMITTEE.format(after=FORWARDED), COUNCIL)
    with Archive.open(tmp_path / "archive") as archive:
        graph = graph_of(archive, trail)
    assert graph.cases == ("2013-41200",)
    assert "Borgerrepræsentationen" in graph.bodies
    assert {edge.kind for edge in graph.edges} >= {"meeting", "told"}
    drawn = ET.fromstring(draw_graph(graph, DANISH))
    texts = " ".join(mark.text or "" for mark in drawn.iter() if mark.tag.endswith("text"))
    assert "2013-41200" in texts
    assert "Vedtagelse af Brandstrategi" in texts
    page = to_html(trail, graph)
    assert page.count("<svg") == 2
    assert "mangler: intet papir fra mødet i arkivet" in page


@pytest.mark.parametrize("count", [1, 2, NUMBERED, NUMBERED + 1, 300])
def test_timeline_draws_few_steps_and_many(following: Following, count: int) -> None:
    """Every dated step has a mark inside the picture, on one day or on many."""
    trail = following(HEARING)
    first = trail.steps[0]
    steps = tuple(
        Step(f"20{10 + at % 10}-03-0{1 + at % 9}", "heard", None, first.paper, 1, "", ()) for at in range(count)
    )
    drawn = ET.fromstring(draw_timeline(Trail("x", "x", (), tuple(sorted(steps, key=lambda s: s.date or ""))), ENGLISH))
    marks = [mark for mark in drawn.iter() if mark.tag.endswith("circle")]
    assert len(marks) == count
    assert all(250 <= float(mark.get("cx") or 0) <= 900 for mark in marks)


MINUTES = """Referat af møde i Teknik- og Miljøudvalget

Nordvang Kommune
Mandag den 7. marts 2016 kl. 15.00

{items}
"""


def item(number: int, title: str, said: str, decision: str) -> str:
    return f"{number}. {title}\n\nSagsfremstilling\n\n{said}\n\nBeslutning\n\n{decision}\n"


def test_item_that_looks_back_follows_the_matter_up(following: Following) -> None:
    """An evaluation that cites the committee's meeting of the matter is its follow-up, not a mention."""
    said = "Udvalget bad på mødet den 3. juni 2013 om, at Brandstrategi 2013-2017 blev evalueret."
    minutes = MINUTES.format(
        items=item(1, "Godkendelse af dagsorden", "Ingen bemærkninger.", "Godkendt.")
        + item(2, "Evaluering af brandsyn", said, "Taget til efterretning.")
    )
    trail = following(COMMITTEE.format(after="Ingen."), minutes)
    assert [step.stage for step in trail.steps if step.real] == ["recommended", "followed_up"]


def test_decision_under_a_plan_is_not_about_it(following: Following) -> None:
    """Money that is given `jf. Brandstrategi 2013-2017` is no decision on the strategy."""
    said = "Der er brug for nye slanger, og de gamle er udtjente efter tyve år."
    minutes = MINUTES.format(
        items=item(1, "Godkendelse af dagsorden", "Ingen bemærkninger.", "Godkendt.")
        + item(2, "Indkøb af slanger", said, "Godkendt, idet beløbet frigives, jf. Brandstrategi 2013-2017.")
    )
    assert [step.stage for step in following(minutes).steps] == ["mentioned"]


def test_response_to_another_hearing_only_mentions(following: Following) -> None:
    """A response that names the strategy in passing, and cites nothing of its hearing, is a mention."""
    answer = """Egelund Lokaludvalg

2. april 2013

Høringssvar om nye stoppesteder

Lokaludvalget støtter forslaget om stoppesteder, som passer til Brandstrategi 2013-2017.

Venlig hilsen

Aksel Brinkmose
Formand
"""
    trail = following(HEARING, answer)
    assert [step.stage for step in trail.steps if step.real] == ["heard", "mentioned"]


LATER = "Notat\n\n5. november 2019\n\nOm brandsyn\n\nVi nærmer os målene i Brandstrategi 2013-2017.\n"


@pytest.mark.parametrize(
    ("promise", "kinds"),
    [
        ("Der gives en status på strategien hvert år.", ["silence"]),
        ("Strategien følges op hvert fjerde år.", ["silence"]),
        ("Brandbilerne synes hvert år.", []),
    ],
)
def test_silence_is_a_gap_where_reports_were_promised(following: Following, promise: str, kinds: list[str]) -> None:
    """Six years without a paper are missing only where the decision says that there should have been one."""
    council = COUNCIL.replace("Borgerrepræsentationen får en status på strategien i oktober 2015.", promise)
    assert [step.gap for step in following(council, LATER).steps if step.gap] == kinds


@pytest.mark.parametrize(
    ("sentence", "date", "stage"),
    [
        ("udvalget får en status i oktober 2015.", "2015-10", "followed_up"),
        ("i oktober 2015 gives en status for arbejdet.", "2015-10", "followed_up"),
        ("forsøget begynder i august 2015 og evalueres i juni 2016.", "2015-08", None),
        ("forsøget begynder i august 2015 og evalueres i juni 2016.", "2016-06", "followed_up"),
        ("en evaluering forelægges udvalget i juni 2016.", "2016-06", "followed_up"),
        ("planen forventes endeligt vedtaget i december 2010.", "2010-12", "decided"),
        ("gården åbner i august 2015.", "2015-08", None),
    ],
)
def test_promise_belongs_to_its_own_day(sentence: str, date: str, stage: str | None) -> None:
    """Of a sentence with several days only the one beside the promise is the promised one."""
    assert coming(sentence, date) == stage


PROPOSAL = """Beboerforeningen Karrétoften
Tagrenden 3, 4999 Havlev

7. januar 2013

Brandsikring af gården

Vi foreslår, at kommunen laver en plan for trapper og gårde i de ældre karreer.

Venlig hilsen

Viggo Tagskov
formand
"""
REPLY = """Havlev Kommune
Teknik- og Miljøforvaltningen

Beboerforeningen Karrétoften
Att.: Viggo Tagskov
Tagrenden 3
4999 Havlev

21. januar 2013

Sagsnr. 2013-0041200

Brandsikring af gården

Tak for jeres brev af 7. januar 2013. Forslaget indgår i arbejdet med en samlet strategi for brandsikring.
Forvaltningen har talt med brandvæsenet om trapperne i de fem karreer, som I nævner, og der er sat gitre for porten mod
Tagrenden, så der igen er plads til en stige. Gårdene ved Karrétoften bliver set efter, når sneen er væk.

Venlig hilsen

{signer}
"""


def test_answer_without_a_number_is_a_step_of_the_case(following: Following) -> None:
    """It cites the hearing by its day, and names the plan."""
    answer = (
        "Brandforeningen\n\n2. april 2013\n\nHøringssvar om trapper\n\nVi henviser til høringsbrev af 4. marts 2013 om"
        " Brandstrategi 2013-2017.\n\nVi støtter forslaget."
    )
    steps = following(HEARING, answer, name="2013-41200").steps
    assert [(step.date, step.stage) for step in steps[:2]] == [("2013-03-04", "heard"), ("2013-04-02", "answered")]


def test_letter_that_the_case_answers_begins_its_trail(following: Following) -> None:
    """The proposal bears no number; the case's own letter answers it by its day."""
    steps = following(PROPOSAL, REPLY.format(signer="Gudrun Holmsted"), name="2013-41200").steps
    assert [(step.date, step.stage) for step in steps] == [("2013-01-07", "written"), ("2013-01-21", "written")]


@pytest.mark.parametrize("word", ["Godkendt.", "Vedtaget.", "Tiltrådt.", "Godkendt uden bemærkninger."])
def test_what_happens_on_one_day_stands_in_its_order(following: Following, word: str) -> None:
    """The agenda comes before the minutes of the same meeting, whatever their ids are."""
    paper = (
        "{kind} for Teknik- og Miljøudvalget\n\nMandag den 3. juni 2013\n\n7. Brandstrategi 2013-2017 (2013-41200)\n\n"
    )
    agenda = paper.format(kind="Dagsorden") + "Strategien ventes vedtaget.\n\n8. Eventuelt\n\n"
    minutes = paper.format(kind="Referat") + "Beslutning\n\n{}\n\n8. Eventuelt\n\nBeslutning\n\nIntet.\n"
    trail = following(minutes.format(word), agenda, name="2013-41200")
    assert [step.stage for step in trail.steps if step.date == "2013-06-03"] == ["scheduled", "decided"]


@pytest.mark.parametrize(("second", "shown"), [("Gudrun Holmsted", 1), ("Ida Tøndermose", 2)])
def test_letter_with_another_signer_is_a_version_and_no_copy(following: Following, second: str, shown: int) -> None:
    """Two files of one letter that differ in who signs are two steps; those that differ in white space are one."""
    other = REPLY.format(signer=second).replace("\n\n", "\n\n\n")
    assert len(following(REPLY.format(signer="Gudrun Holmsted"), other, name="2013-41200").shown) == shown
