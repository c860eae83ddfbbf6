"""What one paper is for a matter: its stage, its decision, and the meetings and signings that it tells of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.attached import titles_agree
from corpus.instruments import instrument_key, names_within, without_years, years_of
from corpus.links import Paper
from corpus.numbers import find_numbers, parse
from corpus.records import Facts, Item, Place, Vote
from corpus.steps import Known
from corpus.text import flatten, fold_spaces

#: What a paper is for the matter, from its type, where no decision says more.
_STAGES = {
    "hearing": "heard",
    "hearing_response": "answered",
    "agenda": "scheduled",
    "decision": "proposed",
    "minutes": "treated",
    "memo": "reported",
    "letter": "written",
    "email": "written",
    "attachment": "attached",
}
#: What a decision names after these words is not what it decides on.
_UNDER = re.compile(r"(?<!\w)(?:jf\.?|i henhold til|i overensstemmelse med|i tråd med|inden for|efter) ", re.IGNORECASE)
#: Stages of papers that no body and no hearing made.
ASIDE = ("mentioned", "reported", "written", "attached")
#: What a body did, from the outcome of the item.
OUTCOMES = {
    "approved": "decided",
    "recommended": "recommended",
    "noted": "noted",
    "discussed": "discussed",
    "postponed": "postponed",
    "withdrawn": "withdrawn",
    "rejected": "rejected",
    "referred": "referred",
}
#: Papers of bodies; letters and notes have none.
OF_MEETINGS = ("decision", "minutes", "agenda")
#: Papers that tell of the meetings of their own matter and of no other.
_TELLING = (*OF_MEETINGS, "hearing", "hearing_response")
#: Other names within so many characters of an event may be what its sentence speaks of.
_REACH = 300
#: A matter takes so many days, at most, from one body to the next.
_ROAD = 200
#: The stage of a day to come of which only the sentence says what it is for.
COMING = "coming"
#: What a body did that carries a matter on.
_CARRYING_ON = ("recommended", "referred", "decided", "postponed", "rejected")
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)}) (?:19|20)\d\d")
#: Words by which a sentence means the matter of its paper.
_MATTER = re.compile(
    r"(?<!\w)(?:sagen|punktet|forslaget|planforslaget|udkastet|indstillingen|ansøgningen|anbefalingen|høringen|planen"
    r"|politikken|strategien|chart(?:e)?ret|aftalen|regulativet|i høring)(?!\w)"
)
#: What a body is told to have done, by the stage that it makes.
_DONE = tuple(
    (stage, re.compile(rf"(?<!\w)(?:{words})"))
    for stage, words in (
        ("rejected", r"forkast|afvist|afslog|stemte nej"),
        ("postponed", r"udsatte|udsat\b|udskød"),
        ("recommended", r"anbefal(?:ede|er|et)|indstill(?:ede|et)\b|indstiller til"),
        ("referred", r"(?:sendte|sende|sendes|sendt)(?: \S+){0,10}? i (?:\w+ )?høring|oversend|henvis(?:te|t) "),
        ("decided", r"godkend(?:te|t)|vedtog|vedtaget|tiltrådte|tiltrådt|besluttede|besluttet|bevilgede"),
        ("noted", r"til efterretning|til orientering"),
        ("discussed", r"drøfte(?:de|t)"),
        ("treated", r"behandl(?:ede|et|er)\b|forela(?:gt|gde)"),
    )
)
#: What promises a report of how it went.
PROMISE = re.compile(
    r"(?<!\w)(?:status|statusnotat|evaluering|evalueres|redegørelse|midtvejs\w*|opfølgning\w*|følges op"
    r"|afrapporter\w*|rapport)(?!\w)"
)
_EXPECTS = re.compile(
    r"(?<!\w)(?:forvent\w*|ventes|planlægges|skal|vil blive|behandles|fremlægges|forelægges)(?: \S+){0,8}? "
    r"(?:vedtage[st]?|endelig\w* (?:vedtag|godkend)\w*|godkendes|(?:endelig|til) (?:vedtagelse|godkendelse))(?!\w)"
)
_GIVES = re.compile(
    r"(?<!\w)(?:forelæg\w*|fremlæg\w*|giver|gives|får|afgives|vender tilbage|præsenter\w*|evalueres|udarbejdes"
    r"|sker|gennemføres|lægges? frem)(?!\w)"
)


#: The order in which what happens on one day happens; any other stage comes last.
_ORDER = (
    *(
        "reported",
        "attached",
        "proposed",
        "scheduled",
        "heard",
        "answered",
        "discussed",
        "treated",
        "noted",
        "postponed",
    ),
    *("withdrawn", "referred", "recommended", "rejected", "decided", "signed", "written", "mentioned", "followed_up"),
)
_PLACES = {stage: place for place, stage in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something outside its paper that the paper tells of: a meeting, a signing, a report to come."""

    date: str
    stage: str
    body: str | None
    start: int
    end: int
    page: int
    to_come: bool
    #: Whether the place alone says that the matter is meant; else its sentence must.
    certain: bool = False


def stage_of(paper: Paper) -> str:
    """Give what a paper that is about the matter is for it."""
    return OUTCOMES.get(paper.outcome or "") or _STAGES.get(paper.doc_type, "mentioned")


def place_in_day(stage: str) -> int:
    """Give the place of a stage among those of one day."""
    return _PLACES.get(stage, len(_ORDER))


def is_about(facts: Facts, paper: Paper, names: Sequence[str]) -> bool:
    """A paper is about an instrument that its title, or its decision, names; another one only mentions it.

    A title need not repeat the years; a decision taken under an instrument (`jf. Trafikplan 2017`) is not about it.
    """
    title = instrument_key(paper.title or "")
    decided = instrument_key(_UNDER.split(decision_of(facts, paper) or "", maxsplit=1)[0])
    whole = f"{title} {decided}"
    return any(
        names_within(key, whole) or (not years_of(title) and names_within(without_years(key), title))
        for key in map(instrument_key, names)
    )


def item_of(facts: Facts, paper: Paper) -> Item | None:
    """Give the agenda item that a paper is; a decision is its only one."""
    index = 0 if facts.doc_type == "decision" else paper.item
    return facts.items[index] if index is not None and index < len(facts.items) else None


def decision_of(facts: Facts, paper: Paper) -> str | None:
    """Give the sentence that says what was decided."""
    item = item_of(facts, paper)
    return fold_spaces(item.decision) if item and item.decision else None


def votes_of(facts: Facts, paper: Paper) -> tuple[Vote, ...]:
    """Give who voted how."""
    item = item_of(facts, paper)
    return item.votes if item else ()


def deadline_of(facts: Facts, paper: Paper) -> str | None:
    """Give the last deadline that a hearing sets."""
    if paper.doc_type != "hearing":
        return None
    return max((fact.date for fact in facts.dates if fact.role == "deadline"), default=None)


def cases_of(facts: Facts, paper: Paper) -> tuple[str, ...]:
    """Give the case numbers of a paper, of an item of a meeting only its own."""
    item = item_of(facts, paper)
    return (item.case_numbers if item else ()) or (facts.case_numbers if paper.item is None else ())


def place_in_time(facts: Facts, paper: Paper, events: Sequence[Event]) -> str | None:
    """Give the date by which an undated paper is put in order: the first that it announces, or the last it tells of."""
    if paper.date:
        return None
    coming = [event.date for event in events if event.to_come]
    told = [fact.date for fact in facts.dates if fact.role in ("mention", "reference", "meeting")]
    return min(coming) if coming else max(told, default=None)


def attached_on(paper: Paper, known: Mapping[str, Known]) -> str | None:
    """Give the first day on which a paper of the matter lists an undated attachment by its title."""
    if paper.date or paper.doc_type != "attachment":
        return None
    days = (
        each.facts.date
        for each in known.values()
        for listed in each.facts.references
        if listed.kind == "attachment" and each.facts.date and titles_agree(listed.title, paper)
    )
    return min(days, default=None)


def events_of(facts: Facts, paper: Paper, *, about: bool) -> Iterator[Event]:
    """Yield what a paper tells of, within its item; of a paper that only mentions the matter, only meetings gone by."""
    item = item_of(facts, paper)
    whole = paper.item is None
    if whole and paper.doc_type in ("minutes", "agenda"):
        return  # what a meeting tells of is told of one of its items
    for place in facts.places:
        if place.key not in ("references", "dates"):
            continue
        if not whole and not (item and item.start <= place.start < item.end):
            continue
        event = _meeting(facts, paper, place, about) if place.key == "references" else _day(facts, paper, place)
        if event and (about or not event.to_come):
            yield event


def _meeting(facts: Facts, paper: Paper, place: Place, about: bool) -> Event | None:
    reference = facts.references[place.index]
    if reference.kind != "meeting" or not reference.date or not reference.body or reference.date == paper.date:
        return None
    to_come = reference.date > (paper.date or "")
    if to_come and (paper.doc_type not in OF_MEETINGS or not about):
        return None
    stage = "forwarded" if to_come else OUTCOMES.get(reference.outcome or "", "treated")
    certain = about and paper.doc_type in OF_MEETINGS and (to_come or reference.outcome is not None)
    return Event(reference.date, stage, reference.body, place.start, place.end, place.page, to_come, certain)


def _day(facts: Facts, paper: Paper, place: Place) -> Event | None:
    fact = facts.dates[place.index]
    to_come = fact.date > (paper.date or "")
    at = (place.start, place.end, place.page)
    if fact.role == "signing":
        return Event(fact.date, "signed", None, *at, to_come, certain=to_come and paper.doc_type in OF_MEETINGS)
    if fact.role == "mention" and to_come and paper.date and paper.doc_type in (*OF_MEETINGS, "memo", "hearing"):
        return Event(fact.date, COMING, None, *at, to_come)
    return None


def tells_of_matter(event: Event, said: str, paper: Paper, facts: Facts, names: Sequence[str], about: bool) -> bool:
    """Tell whether the sentence `said` of an event means the matter, and not another one that the paper also cites."""
    if event.certain:
        return True
    folded = said.casefold()
    if event.stage == COMING:
        return coming(folded, event.date) is not None
    stage = done(folded) if event.body else event.stage
    if stage is None:
        return False
    if _names(said, names):
        return True
    if not about or paper.doc_type not in _TELLING or _names(said, _others(facts, event, names)):
        return False
    near = paper.doc_type in OF_MEETINGS and stage in _CARRYING_ON and _is_near(event.date, paper.date)
    return near or bool(_MATTER.search(folded))


def done(folded: str) -> str | None:
    """Give the stage that the verbs of a sentence in lower case tell of; `treated` where they tell of several."""
    stages = [stage for stage, pattern in _DONE if pattern.search(folded)]
    if "referred" in stages or stages == ["decided", "recommended"]:
        return "referred" if "referred" in stages else "treated"
    return stages[0] if len(set(stages) - {"treated"}) <= 1 and stages else "treated" if stages else None


def coming(folded: str, date: str) -> str | None:
    """Give the stage that a sentence about a day to come promises: a report of how it went, or a decision.

    Where it names several days, the words must stand between the one before and this one.
    """
    printed = f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"
    before, named, after = folded.partition(printed)
    if named and (earlier := list(_MONTH.finditer(before))):
        folded = before[earlier[-1].end() :]
    elif named and (later := _MONTH.search(after)):
        folded = before + after[: later.start()] if _GIVES.search(before) or _EXPECTS.search(before) else ""
    if PROMISE.search(folded) and _GIVES.search(folded):
        return "followed_up"
    return "decided" if _EXPECTS.search(folded) else None


def _names(said: str, names: Sequence[str]) -> bool:
    """Tell whether a sentence names one of these instruments or numbers."""
    key = instrument_key(said)
    if any(names_within(instrument_key(name), key) for name in names):
        return True
    numbers = {number.key for name in names if (number := parse(name))}
    return bool(numbers) and any(mention.number.key in numbers for mention in find_numbers(flatten(said)))


def _others(facts: Facts, event: Event, names: Sequence[str]) -> list[str]:
    """Give the other instruments and cases that a paper names near an event."""
    own = {instrument_key(name) for name in names}
    near = (
        facts.references[place.index]
        for place in facts.places
        if place.key == "references" and abs(place.start - event.start) <= _REACH
    )
    return [
        each.target
        for each in near
        if each.kind in ("instrument", "case") and each.target and instrument_key(each.target) not in own
    ]


def _is_near(date: str, other: str | None) -> bool:
    """Tell whether two days are no more than the road of a matter through a council's bodies apart."""
    if not other or len(date) != len(other) or len(date) < len("2010-05-31"):
        return False
    return abs((datetime.date.fromisoformat(other) - datetime.date.fromisoformat(date)).days) <= _ROAD
