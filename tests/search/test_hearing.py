"""A hearing says who was asked and answered what; papers are read as an import reads them."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.ledger import Input
from corpus.records import Facts, Record, Text
from search.hearing import HearingPage, show_hearing
from search.stances import read_stances, sender_of, stance_of
from search.terminal import hearing_lines
from tests.extraction import extract_file

HEARING = """Til
Egelund Lokaludvalg
Foreningen Byens Træer

4. marts 2013

Sagsnr. 2013-0041200

Høring om forslag til Havneplan 2013-2017

Teknik- og Miljøforvaltningen sender udkast til Havneplan 2013-2017 i høring hos bådklubber, naboer og skoler.

Høringssvar bedes sendt senest den 12. april 2013.

Venlig hilsen

Gudrun Holmsted
Kontorchef
"""
ANSWER = """{sender}
Havnegade 4

{date}

Til Teknik- og Miljøforvaltningen

{title}

{cites}

{body}

Med venlig hilsen

Aksel Brinkmose
Formand
"""
MOORINGS = "Der ligger hver sommer over hundrede både ved kajen, og de fleste er gæster, som bliver en enkelt nat."
BY_LETTER = "Vi har læst jeres høringsbrev af 4. marts 2013 om havnen."
DECISION = """7. Havneplan 2013-2017 (2013-41200)

INDSTILLING OG BESLUTNING

Teknik- og Miljøforvaltningen indstiller, at Teknik- og Miljøudvalget godkender Havneplan 2013-2017.

PROBLEMSTILLING

Planen har været i høring, og der er kommet tre høringssvar. Bådklubben Ternen foreslår flere bolværker, og det bliver
skrevet ind i planen.

BESLUTNING

Teknik- og Miljøudvalgets beslutning i mødet den 3. juni 2013:

Godkendt.
"""


def answer(sender: str, date: str, body: str, cites: str = BY_LETTER, title: str = "Høringssvar om havnen") -> str:
    return ANSWER.format(sender=sender, date=date, body=body, cites=cites, title=title)


def page_of(folder: Path, *texts: str, named: str = "2013-41200", today: str = "2020-01-01") -> HearingPage:
    archive = Archive.create(folder / "archive")
    for number, text in enumerate(texts):
        path = folder / f"papir-{number}.txt"
        path.write_text(text, encoding="utf-8")
        record = extract_file(path).record
        archive.catalogue.put([(record, Input(record.path, record.size, 1, "imported", id=record.id))], 1)
    with archive:
        return show_hearing(archive, named, today=today)


def test_hearing_says_who_was_asked_and_until_when(tmp_path: Path) -> None:
    """Addressees and the kinds that the letter names are asked; both come with their sentences."""
    page = page_of(tmp_path, HEARING)
    assert page.asked == ("Egelund Lokaludvalg", "Foreningen Byens Træer", "bådklubber", "naboer", "skoler")
    assert page.asked_in
    assert "hos bådklubber" in page.asked_in.text
    assert page.deadlines == ("2013-04-12",)
    assert page.deadline_in
    assert "senest den 12. april" in page.deadline_in.text


def test_answers_have_sender_stance_and_evidence(tmp_path: Path) -> None:
    """Who is for, who is against, who was late, and the sentence that says it."""
    page = page_of(
        tmp_path,
        HEARING,
        answer("Bådklubben Ternen", "2. april 2013", "Vi støtter planen. Vi foreslår dog flere bolværker i øst."),
        answer("Foreningen Byens Træer", "20. april 2013", "Foreningen kan ikke støtte planen, som fælder ti træer."),
        answer("Havnekirkens menighedsråd", "5. april 2013", "Menighedsrådet har ingen bemærkninger til planen."),
    )
    assert [(each.sender, each.stance, each.remarks, each.late) for each in page.answers] == [
        ("Bådklubben Ternen", "for", True, False),
        ("Havnekirkens menighedsråd", "none", False, False),
        ("Foreningen Byens Træer", "against", False, True),
    ]
    assert page.answers[0].said[0].quote == "Vi støtter planen."
    assert page.silent == ("Egelund Lokaludvalg",)


@pytest.mark.parametrize(
    ("cites", "through"),
    [
        (BY_LETTER, "letter"),
        ("Vi skriver om jeres sag 2013-0041200 og takker for jeres tålmodighed.", "case"),
        ("Vi har læst udkastet til Havneplan 2013-2017 med interesse.", "name"),
    ],
)
def test_answer_is_found_by_letter_case_or_name(tmp_path: Path, cites: str, through: str) -> None:
    """An answer belongs by the letter or the case that it cites, else by the plan that it names in time."""
    page = page_of(tmp_path, HEARING, answer("Bådklubben Ternen", "2. april 2013", "Vi støtter planen.", cites))
    assert [each.through for each in page.answers] == [through]


def test_answer_long_after_is_another_hearings(tmp_path: Path) -> None:
    """A response that only names the plan, a year after the deadline, is no answer to this hearing."""
    late = answer("Bådklubben Ternen", "2. april 2014", "Vi støtter planen.", "Vi har læst Havneplan 2013-2017.")
    assert page_of(tmp_path, HEARING, late).answers == ()


def test_decision_says_what_became_of_it(tmp_path: Path) -> None:
    """The decision's sentences on the hearing and on who answered are quoted; the count is read."""
    ternen = answer("Bådklubben Ternen", "2. april 2013", "Vi støtter planen, men mangler bolværker.")
    page = page_of(tmp_path, HEARING, ternen, DECISION)
    (decided,) = page.decisions
    assert any("Bådklubben Ternen foreslår" in said.text for said in decided.said)
    assert [counted.count for counted in page.counted] == [3]
    assert not page.open


def test_hearing_without_decision_is_open_after_its_deadline(tmp_path: Path) -> None:
    """Nothing decided, and the deadline over: the page says so; before the deadline it does not."""
    assert page_of(tmp_path, HEARING).open
    (tmp_path / "early").mkdir()
    assert not page_of(tmp_path / "early", HEARING, today="2013-04-12").open


def test_answers_are_paged(tmp_path: Path) -> None:
    """A page has so many answers and says how many are left."""
    page_of(
        tmp_path, HEARING, *(answer(f"Klub {day}", f"{day}. april 2013", "Vi støtter planen.") for day in range(1, 6))
    )
    with Archive.open(tmp_path / "archive") as archive:
        page = show_hearing(archive, "2013-41200", limit=2, offset=2)
    assert [each.paper.date for each in page.answers] == ["2013-04-03", "2013-04-04"]
    assert page.more == 1


def test_hearing_of_what_is_none_says_so(tmp_path: Path) -> None:
    """A decision without a hearing is no hearing."""
    with pytest.raises(NotFoundError):
        page_of(tmp_path, DECISION, named="papir-0.txt")


@pytest.mark.parametrize(
    ("body", "stance"),
    [
        ("Vi bakker op om forslaget.", "for"),
        ("Bestyrelsen hilser den nye sti velkommen.", "for"),
        ("Vi har ikke nogen bemærkninger. Vi er ikke imod planen.", "none"),
        ("Vi er ikke imod planen.", "none"),
        ("Bestyrelsen har ikke noget imod den nye sti.", "none"),
        ("Vi er ikke uenige i forslaget.", "none"),
        ("Ældrerådet har ingen indsigelse mod planen.", "none"),
        ("Rådet modsætter sig ikke planen.", "none"),
        ("Rådet kan hverken støtte eller afvise planen.", "none"),
        ("Menighedsrådet kan ikke tilslutte sig forslaget.", "against"),
        ("Derfor kan vi ikke tilslutte os forslaget.", "against"),
        ("Bestyrelsen tilslutter sig ikke planen.", "against"),
        ("Vi er ikke enige i placeringen af stien.", "against"),
        ("Klubben er derfor ikke enig i planen.", "against"),
        ("Rådet kan hverken støtte bebyggelsen eller stien.", "against"),
        ("Foreningen kan på det foreliggende grundlag ikke anbefale planen.", "against"),
        ("Vi går ikke ind for den nye vej.", "against"),
        ("Menighedsrådet kan tilslutte sig forslaget.", "for"),
        ("Ældrerådet kan fuldt ud tilslutte sig planen.", "for"),
        ("Vi kan derfor støtte forslaget.", "for"),
        ("Nye ejendomme kan tilslutte sig fjernvarmen.", None),
        ("Klubben kan sammen med kommunen støtte de unge.", None),
        ("Klubben går ind for den nye sti.", "for"),
        ("Vi protesterer mod fældningen af træerne.", "against"),
        ("Foreningen er modstander af den nye vej.", "against"),
        ("Rådet støtter ikke en så høj bebyggelse.", "against"),
        ("Vi støtter stien, men vi er imod parkeringspladsen.", "remarks"),
        ("Vi er glade for muligheden for at svare. Der bør være lys på stien.", "remarks"),
        ("Klubben har ingen bemærkninger til udkastet.", "none"),
        ("Havnen blev gravet i 1880 og er siden udvidet to gange.", None),
    ],
)
def test_stance_is_read_from_the_letters_own_sentences(tmp_path: Path, body: str, stance: str | None) -> None:
    """Courtesies are no stand, a denied verb is the other one, and both together are remarks."""
    path = tmp_path / "svar.txt"
    path.write_text(answer("Bådklubben Ternen", "2. april 2013", body, "Jeres brev er modtaget."), encoding="utf-8")
    assert stance_of(read_stances(extract_file(path).record)) == stance


@pytest.mark.parametrize(
    ("sender", "title", "expected"),
    [
        ("Bådklubben Ternen v/ Aksel Brinkmose, Havnegade 4", "Høringssvar om havnen", "Bådklubben Ternen"),
        ("Fra: Ældrerådet", "Høringssvar om havnen", "Ældrerådet"),
        ("Afsender: Bådklubben Ternen, Havnegade 4", "Høringssvar om havnen", "Bådklubben Ternen"),
        ("2. sal", "Egelund Lokaludvalgs svar på høringen om havnen", "Egelund Lokaludvalg"),
        ("2. sal", "Høringssvar fra skolebestyrelsen på Engskolen", "skolebestyrelsen på Engskolen"),
        ("2. sal", "Høringssvar om havnen", "Aksel Brinkmose"),
        ("Klubben ser det, som rådet gør.", "Høringssvar om havnen", "Aksel Brinkmose"),
    ],
)
def test_sender_is_read_from_title_head_or_signature(tmp_path: Path, sender: str, title: str, expected: str) -> None:
    """The title names the sender, else the head of the letter, else who signs it."""
    path = tmp_path / "svar.txt"
    path.write_text(answer(sender, "2. april 2013", MOORINGS, "Tak for brevet om havnen.", title), encoding="utf-8")
    assert sender_of(extract_file(path).record) == expected


def test_hearing_of_a_bare_serial_opens(tmp_path: Path) -> None:
    """The hearing of a case is found by the case's figures alone."""
    page = page_of(tmp_path, HEARING.replace("2013-0041200", "301256"), named="301256")
    assert page.deadlines == ("2013-04-12",)


def test_an_answer_that_may_be_to_either_of_two_hearings_is_asked_for(tmp_path: Path) -> None:
    """It cites the case only, which was heard twice: both are named; by the letter's day it means one."""
    again = HEARING.replace("4. marts 2013", "3. juni 2013").replace("12. april", "12. august")
    by_case = answer("Foreningen Byens Træer", "1. juli 2013", MOORINGS, cites="Vi svarer i sag 2013-41200.")
    by_day = answer("Foreningen Byens Træer", "2. juli 2013", MOORINGS, cites=f"{BY_LETTER} Se sag 2013-41200.")
    with pytest.raises(NotFoundError, match="several") as caught:
        page_of(tmp_path, HEARING, again, by_case, named="papir-2.txt")
    assert "2013-03-04" in (caught.value.hint or "")
    assert "2013-06-03" in (caught.value.hint or "")
    (tmp_path / "other").mkdir()
    assert page_of(tmp_path / "other", HEARING, again, by_day, named="papir-2.txt").paper.date == "2013-03-04"


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("Høringssvar: flere bolværker", True),
        ("SV: Høringssvar fra naboerne", True),
        ("Indsigelse mod flere både", True),
        ("Om havnen", False),
    ],
)
def test_an_answer_may_be_a_mail(tmp_path: Path, title: str, answers: bool) -> None:
    """A mail on the case that calls itself an answer is one; any other mail on the case is none."""
    archive = Archive.create(tmp_path / "archive")
    asks = Facts(doc_type="hearing", title="Høring om havnen", date="2013-03-04", case_numbers=("2013-41200",))
    mail = Facts(doc_type="email", title=title, date="2013-04-01", case_numbers=("2013-41200",))
    for number, facts in enumerate((asks, mail)):
        record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", Text("Kære", (), 1), facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported", id=record.id))], 1)
    with archive:
        found = show_hearing(archive, "2013-41200").answers
    assert [answer.paper.title for answer in found] == ([title] if answers else [])


@pytest.mark.parametrize(
    ("sender", "date", "stances"),
    [
        ("Egelund Lokaludvalg", "2. april 2013", ["none"]),
        ("Egelund Lokaludvalg", "2. april 2015", []),
        ("Egelund Bådværft", "2. april 2013", []),
    ],
)
def test_a_letter_from_who_was_asked_is_an_answer(tmp_path: Path, sender: str, date: str, stances: list[str]) -> None:
    """Its title need not say so: it is from the case, from one asked by name, and of the hearing's time."""
    letter = answer(sender, date, f"{MOORINGS} Vi har ingen bemærkninger.", cites="Sag 2013-41200.", title="Om havnen")
    page = page_of(tmp_path, HEARING, letter)
    assert [each.stance for each in page.answers] == stances
    assert ("Egelund Lokaludvalg" in page.silent) is not bool(stances)


def test_a_sentence_says_whom_the_hearing_went_to(tmp_path: Path) -> None:
    """Their names are those asked, as far as the sentence goes."""
    sent = ". Høringen er sendt til Egelund Lokaludvalg og Bådklubben Ternen."
    letter = HEARING.replace("Egelund Lokaludvalg\nForeningen Byens Træer", "høringsparterne")
    letter = letter.replace(" i høring hos bådklubber, naboer og skoler.", sent)
    assert page_of(tmp_path, letter).asked == ("høringsparterne", "Egelund Lokaludvalg", "Bådklubben Ternen")


def test_a_case_that_was_heard_twice_names_the_other_hearing(tmp_path: Path) -> None:
    """The first hearing of the case is shown, and the second is named beside it; another case's is none of them."""
    again = HEARING.replace("4. marts 2013", "3. juni 2013").replace("12. april", "12. august")
    other = HEARING.replace("4. marts 2013", "5. maj 2013").replace("2013-0041200", "2013-0052311")
    page = page_of(tmp_path, HEARING, again, other)
    assert page.paper.date == "2013-03-04"
    assert [paper.date for paper in page.others] == ["2013-06-03"]
    assert page.to_json()["others"][0]["id"] == page.others[0].id
    lines = "\n".join(hearing_lines(page))
    assert "1 more hearing" in lines
    assert page.others[0].id in lines
    (tmp_path / "one").mkdir()
    assert page_of(tmp_path / "one", HEARING, other).others == ()


@pytest.mark.parametrize(
    "above", ["Følgende høres:", "Høringsparterne er:", "Udsendt i høring hos:", "Materialet er sendt til:"]
)
def test_a_list_of_those_who_are_asked_is_read(tmp_path: Path, above: str) -> None:
    """Each point is one who was asked, and silent where no answer is from it; what stands below the list is none."""
    listed = f"{above}\n\n- Egelund Lokaludvalg;\n- Foreningen Byens Træer\n- Sejlklubben Ternen.\n\n- 1 -\n\n"
    letter = HEARING.replace("Egelund Lokaludvalg\nForeningen Byens Træer", "høringsparterne")
    page = page_of(
        tmp_path,
        letter.replace("Høringssvar bedes", listed + "Høringssvar bedes"),
        answer("Foreningen Byens Træer", "2. april 2013", MOORINGS),
    )
    assert page.asked == ("høringsparterne", "Egelund Lokaludvalg", "Foreningen Byens Træer", "Sejlklubben Ternen")
    assert page.silent == ("Egelund Lokaludvalg", "Sejlklubben Ternen")
    assert page.asked_in
    assert page.asked_in.text.startswith(above)


def test_hearing_of_a_renumbered_case_has_what_came_under_the_new_number(tmp_path: Path) -> None:
    """It opens by either number; the decision that bears both is one, and it is not open."""
    note = "Notat\n\nSagsnr. 2014-7788\nTidligere sagsnr. 2013-41200\n\n2. maj 2013\n\nSagen har nyt nummer."
    later = DECISION.replace("(2013-41200)", "\n\nSagsnr. 2013-41200 og 2014-7788")
    page = page_of(tmp_path, HEARING, note, later, named="2014-7788")
    assert page.title == "Høring om forslag til Havneplan 2013-2017"
    assert [each.paper.outcome for each in page.decisions] == ["approved"]
    assert not page.open
