"""The trail: one matter through bodies and years, step by step, with the passage behind every step."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.archive import Archive
from corpus.bodies import body_key
from corpus.cases import REVERSED, Cases
from corpus.collector import collecting_rarely
from corpus.errors import NotFoundError
from corpus.instruments import instrument_key, years_of
from corpus.links import Link, Links, Paper
from corpus.records import DatedFact, Facts, Place, Reference, meeting_body
from corpus.rows import number_key
from corpus.steps import Known, Steps
from corpus.text import fold_spaces
from search.case import candidates, name_all, typed_keys
from search.changes import mark_copies, with_changes
from search.gaps import is_held, kind_of, open_ends, silences
from search.passages import quote_all, quote_places
from search.stages import (
    ASIDE,
    COMING,
    Event,
    attached_on,
    cases_of,
    coming,
    deadline_of,
    decision_of,
    done,
    events_of,
    is_about,
    place_in_day,
    place_in_time,
    stage_of,
    tells_of_matter,
    votes_of,
)
from search.stances import is_answer
from search.steps import Step, Trail

#: So many mentions make a page.
LIMIT = 200
#: The papers of the cases of an instrument belong to its trail where the cases are so few, and so small.
CASES, PAPERS = 5, 60
#: So many papers of a page are asked which letters they answer.
ANSWERING = 50
#: Months after the date for which a report is promised, within which a later paper is taken for it.
LATE = 6
#: Stages that end a matter in one body.
DECIDING = ("decided", "rejected", "withdrawn", "noted", "recommended")
#: Papers that may follow a decision up.
_FOLLOWING = ("memo", "letter", "email", "other")
#: Titles of items that look back.
_REPORTS = re.compile(r"(?<!\w)(?:evaluering|status|opfølgning|midtvejs\w*|afrapportering|redegørelse)", re.IGNORECASE)
#: Papers that carry a matter on; letters of its case may be about anything.
_CARRYING = ("decision", "minutes", "agenda", "hearing", "hearing_response", "memo")


@dataclass(frozen=True, slots=True)
class Found:
    """A paper of the matter: its names for it, the reference by which it was found, whether the matter is its own."""

    paper: Paper
    names: tuple[str, ...]
    link: Link | None
    about: bool


@dataclass(frozen=True, slots=True)
class _Matter:
    name: str
    names: tuple[str, ...]
    found: tuple[Found, ...]
    known: Mapping[str, Known]
    more: int


@collecting_rarely()
def follow(archive: Archive, typed: str, *, limit: int = LIMIT, offset: int = 0, today: str | None = None) -> Trail:
    """Give the trail of a case number, a document's matter or a named instrument: `limit` mentions from `offset`.

    Raises NotFoundError where nothing names it.
    """
    matter = _case(archive, typed_keys(typed), limit, offset) or _instrument(archive, typed, limit, offset)
    meant = candidates(archive, typed) if matter is None else []
    if len(meant) == 1:
        matter = _case(archive, {meant[0].key: meant[0].number}, limit, offset)
    if matter is None:
        own = _matter_of_document(archive, typed)
        if own is None:
            hint = name_all(meant) or "Try `sagsspor search` with a word of the name."
            raise NotFoundError(f"Nothing in the archive names {typed!r}.", hint=hint)
        return replace(follow(archive, own, limit=limit, offset=offset, today=today), query=typed)
    steps = _steps(archive, matter, today or datetime.date.today().isoformat())
    return Trail(typed, matter.name, matter.names, steps, offset, matter.more, offset + limit)


# --- which papers ---------------------------------------------------------------------------------------------------


def _case(archive: Archive, asked: Mapping[str, str], limit: int, offset: int) -> _Matter | None:
    links = Links(archive.catalogue)
    for key, norm in asked.items():
        if not links.members(key, 1):
            continue
        numbers = {key: norm, **Cases(archive.catalogue).continued(key)}
        page = Steps(archive.catalogue).filed(tuple(numbers), limit, offset)
        papers = [one.source if isinstance(one, Link) else one for one in page.papers]
        known = Steps(archive.catalogue).known(paper.id for paper in papers)
        # A paper that cites the case from outside is about another one, unless it answers.
        found = [
            Found(paper, _named(numbers, one), one, paper.doc_type == "hearing_response")
            if isinstance(one, Link)
            else Found(paper, _borne(numbers, paper, known), None, True)
            for one, paper in zip(page.papers, papers, strict=True)
        ]
        members = [each for each in found if each.link is None]
        found += [*_answered(archive, members, known), *_unnumbered(links, found)]
        known |= Steps(archive.catalogue).known(each.paper.id for each in found if each.paper.id not in known)
        forms = dict.fromkeys(form for each in numbers for form in links.case_numbers(each))
        return _Matter(norm, tuple(forms), tuple(found), known, page.more)
    return None


def _borne(numbers: Mapping[str, str], paper: Paper, known: Mapping[str, Known]) -> tuple[str, ...]:
    """Give those of a case's numbers, one after another, that its paper bears."""
    own = {number_key(number) for number in cases_of(known[paper.id].facts, paper)} if len(numbers) > 1 else ()
    return tuple(norm for key, norm in numbers.items() if key in own) or tuple(numbers.values())[:1]


def _named(numbers: Mapping[str, str], link: Link) -> tuple[str, ...]:
    """Give the one of a case's numbers that a reference means."""
    key = number_key(link.shown or "")
    return (numbers.get(key) or next(iter(numbers.values())),)


def _answered(archive: Archive, members: Sequence[Found], known: Mapping[str, Known]) -> list[Found]:
    """Give the letters that a case's papers answer and that bear no number: those of days of which it has no paper."""
    days = {each.paper.date for each in members}
    citing = {
        (each.paper.id, each.paper.item): each.names
        for each in members
        if any(cited.kind == "letter" and cited.date not in days for cited in known[each.paper.id].facts.references)
    }
    ids = list(dict.fromkeys(id_ for id_, _ in citing))[:ANSWERING]
    found: dict[str, Found] = {}
    for link in Steps(archive.catalogue).letters_cited_by(ids) if ids else ():
        names = citing.get((link.source.id, link.source.item)) or citing.get((link.source.id, None))
        if names and link.state == "resolved":
            found |= {paper.id: Found(paper, names, None, True) for paper in link.targets}
    links, held = Links(archive.catalogue), {each.paper.id for each in members}
    return [each for id_, each in found.items() if id_ not in held and not links.own_cases(id_)]


def _unnumbered(links: Links, found: Sequence[Found]) -> list[Found]:
    """Give the answers to a case's hearings that bear no number, and cite the letter by its day."""
    hearings = [each for each in found if each.link is None and each.paper.doc_type == "hearing"]
    answers = {
        link.source.id: Found(link.source, hearing.names, link, True)
        for hearing in hearings
        for link in links.unnumbered_answers(hearing.paper.id)
        if is_answer(link.source)
    }
    held = {each.paper.id for each in found}
    return [answer for id_, answer in answers.items() if id_ not in held]


def _instrument(archive: Archive, typed: str, limit: int, offset: int) -> _Matter | None:
    links, reads = Links(archive.catalogue), Steps(archive.catalogue)
    keys = links.instrument_keys(instrument_key(typed))
    if not keys:
        return None
    page = reads.naming(list(keys), limit, offset)
    mentions: dict[tuple[str, int | None], tuple[Link, tuple[str, ...]]] = {}
    whole = not offset and not page.more
    for link in _of_years(archive, page.links, years_of(instrument_key(typed)), whole=whole):
        first, names = mentions.get((link.source.id, link.source.item), (link, ()))
        mentions[link.source.id, link.source.item] = first, tuple(dict.fromkeys((*names, link.shown or "")))
    if not mentions and whole:
        raise NotFoundError(f"Nothing in the archive names {typed!r} of these years.", hint="Leave the years out.")
    known = reads.known(link.source.id for link, _ in mentions.values())
    named_items = {id_ for id_, item in mentions if item is not None}
    found = [
        Found(link.source, names, link, is_about(known[link.source.id].facts, link.source, names))
        for (id_, item), (link, names) in mentions.items()
        # What a meeting's list of contents names, its items name.
        if item is not None or id_ not in named_items
    ]
    joined = _of_same_cases(reads, found, known) if not page.more and not offset else []
    known |= reads.known(each.paper.id for each in joined if each.paper.id not in known)
    named = Counter(name for each in found for name in each.names)
    return _Matter(_usual(named, typed), tuple(sorted(set(keys.values()))), (*found, *joined), known, page.more)


def _of_same_cases(reads: Steps, found: Sequence[Found], known: Mapping[str, Known]) -> list[Found]:
    """Give the papers of the cases in which an instrument is heard and decided that use no name of it."""
    printed = {
        number
        for each in found
        if each.about and each.paper.doc_type in _CARRYING
        for number in cases_of(known[each.paper.id].facts, each.paper)
    }
    keys = set(map(number_key, printed)) if len(printed) <= 4 * CASES else set()
    if not 0 < len(keys) <= CASES:
        return []
    held = {each.paper.id for each in found if each.paper.item is None}
    held_items = {(each.paper.id, each.paper.item) for each in found}
    papers = {
        (paper.id, paper.item): paper
        for paper in reads.of_cases(sorted(keys), PAPERS)
        if paper.doc_type in _CARRYING and paper.id not in held
    }
    return [Found(paper, (), None, True) for where, paper in papers.items() if where not in held_items]


def _of_years(archive: Archive, found: Sequence[Link], years: frozenset[str], *, whole: bool) -> list[Link]:
    """Leave out the links that mean another period's instrument; where no years are asked for, none does.

    Where of all mentions (`whole`) none has these years, nor its sentence, nobody names the instrument of these years.
    """
    unsure = [link for link in found if years and not years_of(instrument_key(link.shown or ""))]
    said = dict(zip(map(id, unsure), quote_all(archive.catalogue, unsure), strict=True))
    named = len(unsure) < len(found) or any(years & years_of(instrument_key(text)) for text in said.values())
    if years and whole and not named:
        return []
    return [link for link in found if not _is_of_other_years(said.get(id(link), ""), years)]


def _is_of_other_years(quote: str, years: frozenset[str]) -> bool:
    """A name without years may be another period's: `the policy's aims for 2007 - 2010` is not the one of 2011-2014."""
    said = {year for year in years_of(instrument_key(quote)) if len(year) > len("2010")}
    return bool(said) and not said & years


def _matter_of_document(archive: Archive, typed: str) -> str | None:
    """Give the first own case number of the document that `typed` names, else the instrument that it is about."""
    ids = set(archive.catalogue.resolve_id(typed))
    if len(ids) != 1:
        return None
    links = Links(archive.catalogue)
    (id_,) = ids
    if cases := links.own_cases(id_):
        return cases[0][1]
    paper, facts = links.paper(id_), archive.catalogue.facts_of([id_])[id_]
    names = [each.target for each in facts.references if each.kind == "instrument" and each.target]
    about = [name for name in names if is_about(facts, paper, (name,))]
    return next(iter((*about, *names)), None)


# --- their steps ----------------------------------------------------------------------------------------------------


def _steps(archive: Archive, matter: _Matter, today: str) -> tuple[Step, ...]:
    facts = {id_: each.facts for id_, each in matter.known.items()}
    # A decision is quoted by its own words, any other paper by the sentence that names the matter.
    cited = [each.link for each in matter.found if each.link and not _decides(each, facts)]
    mentions = dict(zip(map(id, cited), quote_all(archive.catalogue, cited), strict=True))
    events = [(each, tuple(events_of(facts[each.paper.id], each.paper, about=each.about))) for each in matter.found]
    steps = [_step(each, told, matter.known, mentions.get(id(each.link), "")) for each, told in events]
    steps += _told(archive, matter, events, today)
    steps = sorted(_once(steps), key=lambda step: (*_sorts_at(step), step.paper.id))
    steps = _follow_up(mark_copies(steps, matter.known), matter.known)
    if not matter.more:
        ends = _quoted(archive, open_ends(steps, matter.known, today), facts)
        ends += silences(archive, steps, matter.known)
        steps = sorted([*steps, *ends], key=_sorts_at)
    return tuple(with_changes(archive, steps, matter.known))


def _decides(each: Found, facts: Mapping[str, Facts]) -> bool:
    return each.about and decision_of(facts[each.paper.id], each.paper) is not None


def _step(each: Found, told: Sequence[Event], known: Mapping[str, Known], mention: str) -> Step:
    paper, facts = each.paper, known[each.paper.id].facts
    stage = stage_of(paper) if each.about else "mentioned"
    return Step(
        date=paper.date,
        stage=stage,
        body=meeting_body(facts),
        paper=paper,
        page=each.link.page if each.link else paper.page,
        quote=(decision_of(facts, paper) if each.about else None) or mention or fold_spaces(paper.title or ""),
        names=each.names,
        placed=attached_on(paper, known) or place_in_time(facts, paper, told),
        deadline=deadline_of(facts, paper) if each.about else None,
        votes=votes_of(facts, paper) if each.about else (),
    )


def _told(archive: Archive, matter: _Matter, events: Iterable[tuple[Found, Sequence[Event]]], today: str) -> list[Step]:
    """Give what papers tell of that no paper of the trail is of: what is to come, and what went before."""
    every = [(each, event) for each, told in events for event in told]
    wanted = {(body_key(event.body), event.date) for _, event in every if event.body}
    held = Steps(archive.catalogue).held(wanted)
    days = {each.paper.date for each in matter.found if each.paper.date}
    open_ = [(each, event) for each, event in every if event.date not in days or not event.body]
    quotes = quote_places(archive.catalogue, [(each.paper.id, event.start, event.end) for each, event in open_])
    steps = []
    for (each, event), said in zip(open_, quotes, strict=True):
        names = each.names or matter.names
        if not tells_of_matter(event, said, each.paper, matter.known[each.paper.id].facts, names, each.about):
            continue
        stage = _stage_told(event, said.casefold())
        step = Step(event.date, stage, event.body, each.paper, event.page, said, each.names, event.to_come)
        gap = kind_of(step, held, today)
        if event.to_come or (gap and not is_held(step, held)):
            steps.append(replace(step, gap=gap))
    return steps


def _quoted(archive: Archive, ends: Sequence[Step], facts: Mapping[str, Facts]) -> list[Step]:
    """Quote what set the deadline that nothing followed."""
    made = []
    for end in ends:
        if end.gap == "hearing" and (place := _deadline_place(facts[end.paper.id], end.deadline)):
            (said,) = quote_places(archive.catalogue, [(end.paper.id, place.start, place.end)])
            end = replace(end, quote=said, page=place.page)
        made.append(end)
    return made


def _deadline_place(facts: Facts, deadline: str | None) -> Place | None:
    found = (place for place in facts.places if place.key == "dates")
    return next((place for place in found if facts.dates[place.index] == DatedFact(deadline or "", "deadline")), None)


def _stage_told(event: Event, folded: str) -> str:
    if event.stage == COMING:
        return coming(folded, event.date) or "followed_up"
    return (done(folded) or "treated") if event.stage == "treated" else event.stage


def _once(steps: Sequence[Step]) -> list[Step]:
    """Keep each paper once, and of what several papers tell of one day what the last of them says."""
    kept: dict[tuple[object, ...], Step] = {}
    for step in sorted(steps, key=lambda step: (step.paper.date or "", not step.announced)):
        own = (step.paper.id, step.paper.item) if step.real else ("", step.date, step.body and body_key(step.body))
        kept[(*own, None if step.body and not step.real else step.stage)] = step
    return list(kept.values())


def _follow_up(steps: Sequence[Step], known: Mapping[str, Known]) -> list[Step]:
    """Say which papers answer the matter's hearing, and which follow a decision up; drop promises that were kept."""
    aside = any(step.real and step.stage in ASIDE for step in steps)
    made = _by_what_they_cite(steps, known) if aside else steps
    return [step for step in made if step.real or not _is_kept(step, made)]


def _by_what_they_cite(steps: Sequence[Step], known: Mapping[str, Known]) -> list[Step]:
    """Papers answer and follow up by citing the matter's letter, its meeting or its case."""
    about = [step for step in steps if not step.announced and step.stage not in ASIDE]
    decided = [step for step in about if step.date and step.stage == "decided"]
    heard = [step for step in about if step.stage == "heard" and step.real]
    first = min((step.date or "" for step in decided), default="9999")
    after, before = _ways_to(decided, known), _ways_to(heard, known)
    treated = _ways_to([step for step in about if step.body and step.date], known)
    made = []
    for step in steps:
        if step.real and step.stage in ASIDE:
            cited = _points_to(known[step.paper.id].facts)
            late = (step.date or "") > first and step.paper.doc_type in _FOLLOWING
            reports = step.body is not None and _REPORTS.search(step.paper.title or "") is not None
            if step.paper.doc_type == "hearing_response" and _cites(cited, before):
                step = replace(step, stage="answered")
            elif (late and _cites(cited, after)) or (reports and _cites(cited, treated)):
                step = replace(step, stage="followed_up")
        made.append(step)
    return made


def _points_to(facts: Facts) -> list[Reference]:
    """Give what a paper points to; another number of its own case is nothing else."""
    told = {place.index for place in facts.places if place.key == "references" and place.rule in REVERSED}
    return [each for index, each in enumerate(facts.references) if index not in told]


def _ways_to(steps: Sequence[Step], known: Mapping[str, Known]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the keys of the cases, and the days, by which a paper cites one of these steps."""
    printed = {number for step in steps if step.real for number in cases_of(known[step.paper.id].facts, step.paper)}
    return frozenset(map(number_key, printed)), frozenset(step.date for step in steps if step.date)


def _cites(cited: Sequence[Reference], ways: tuple[frozenset[str], frozenset[str]]) -> bool:
    cases, days = ways
    return any(
        (each.kind == "case" and number_key(each.target or "") in cases)
        or (each.kind in ("meeting", "letter") and each.date in days)
        for each in cited
    )


def _is_kept(promise: Step, steps: Sequence[Step]) -> bool:
    """A report, or a decision of a body not named, that was promised is a paper of the months around its date."""
    if promise.body or promise.stage not in ("followed_up", "decided"):
        return False
    dates = [
        step.date
        for step in steps
        if step.real and step.date and step.date > (promise.paper.date or "")
        if promise.stage == "followed_up" or step.stage in DECIDING
    ]
    return any(-1 <= _months(date) - _months(promise.date or "") <= LATE for date in dates)


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def _sorts_at(step: Step) -> tuple[str, bool, int]:
    return step.date or step.placed or "9999", not step.real, place_in_day(step.stage)


def _usual(named: Counter[str], typed: str) -> str:
    """Give the name that most papers use; among equals the fullest."""
    return max(named, key=lambda name: (named[name], len(name.split()), name), default=typed)
