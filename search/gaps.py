"""What a matter's papers speak of and the archive lacks: a row of its own, with the passage that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.archive import Archive
from corpus.bodies import body_key
from corpus.cases import REVERSED
from corpus.records import Facts, Reference
from corpus.rows import number_key
from corpus.steps import Known
from search.passages import sentence
from search.stages import PROMISE, cases_of, item_of
from search.steps import Gap, Step

#: Stages after which a matter waits for another one.
_OPEN = ("recommended", "proposed", "postponed", "referred")
#: Stages that a body's paper brings about.
_TREATED = ("decided", "rejected", "withdrawn", "noted", "recommended", "discussed", "postponed", "referred", "treated")
#: The kind of gap of a step that a paper tells of.
_KINDS: Mapping[str, Gap] = {"signed": "signing", "followed_up": "report", "decided": "decision"}
#: What says that a matter is reported on every so many years.
_EVERY = re.compile(r"(?<!\w)(?:hvert år|årlige?t?|(?:en|én) gang om året|hvert (andet|tredje|fjerde) år)(?!\w)")
_YEARS = {"andet": 2, "tredje": 3, "fjerde": 4}
#: Matters with more decisions are not read for such words.
_DECISIONS = 10


def is_held(step: Step, held: set[tuple[str, str]]) -> bool:
    """Tell whether the archive has papers of the meeting that a step tells of."""
    return bool(step.body and step.date and (body_key(step.body), step.date) in held)


def kind_of(step: Step, held: set[tuple[str, str]], today: str) -> Gap | None:
    """Give the kind of gap that a step is which a paper only tells of; none where its day is yet to come."""
    if not step.date or step.date >= today[: len(step.date)] or is_held(step, held):
        return None
    return "meeting" if step.body else _KINDS.get(step.stage, "meeting")


def open_ends(steps: Sequence[Step], known: Mapping[str, Known], today: str) -> list[Step]:
    """Give a row for each step that waits for another one that no later paper tells of; `steps` are in order."""
    one = _joined(known.values())
    cases = [
        frozenset(one.get(key, key) for key in map(number_key, cases_of(known[step.paper.id].facts, step.paper)))
        for step in steps
    ]
    treated = [number for number, step in enumerate(steps) if _is_treated(step)]
    rows: dict[tuple[Gap, str | None], Step] = {}
    for number, step in enumerate(steps):
        gap = _waits(step, today)
        later = [other for other in treated if other > number or _is_same_day(steps[other], step, gap)]
        if gap and not any(_is_same_case(cases[number], cases[other]) for other in later):
            # Of several that wait for one thing the last is shown; each agenda waits for minutes of its own.
            rows[gap, step.date if gap == "minutes" else None] = _row(step, gap)
    return list(rows.values())


def _joined(known: Iterable[Known]) -> dict[str, str]:
    """Give, for each number of a case that went on under another one, a number that stands for all of them."""
    one: dict[str, str] = {}
    for each in known:
        for place in each.facts.places:
            if place.key == "references" and place.rule in REVERSED:
                keys = _same_case(each.facts, each.facts.references[place.index])
                same = {one.get(key, key) for key in keys}
                one |= dict.fromkeys((*keys, *(key for key, stands in one.items() if stands in same)), min(same))
    return one


def _same_case(facts: Facts, told: Reference) -> list[str]:
    own = facts.items[told.item].case_numbers if told.item is not None else facts.case_numbers
    return list(map(number_key, (*own, told.target or "")))


def _row(step: Step, gap: Gap) -> Step:
    stage = "treated" if gap == "minutes" else "decided"
    date, body = (step.date, step.body) if gap == "minutes" else (None, None)
    placed = None if gap == "minutes" else step.deadline or step.date or step.placed
    return replace(step, date=date, stage=stage, body=body, gap=gap, placed=placed, votes=(), changes=())


def _waits(step: Step, today: str) -> Gap | None:
    """Tell what a step waits for, once its day is over."""
    if not step.real or step.copy_of or (step.deadline or step.date or "") >= today:
        return None
    if step.stage == "heard":
        return "hearing" if step.deadline else None
    if step.stage == "scheduled":
        return "minutes" if step.date else None
    return "decision" if step.stage in _OPEN else None


def _is_treated(step: Step) -> bool:
    """A later paper, or the word of one, that a body took the matter up ends the waiting."""
    return step.copy_of is None and (step.stage in _TREATED or step.stage == "forwarded")


def _is_same_day(one: Step, other: Step, gap: Gap | None) -> bool:
    """Of one day's papers, agenda and minutes, neither is the first."""
    return gap == "minutes" and one.date == other.date


def _is_same_case(one: frozenset[str], other: frozenset[str]) -> bool:
    """Steps without a case number may belong to any."""
    return not one or not other or bool(one & other)


def silences(archive: Archive, steps: Sequence[Step], known: Mapping[str, Known]) -> list[Step]:
    """Give a row for each time of more years without any paper than a decision says that there should be.

    Only where a decision promises a report every so many years is silence a gap.
    """
    shown = [step for step in steps if step.real and not step.copy_of and step.date]
    decided = [step for step in shown if step.stage == "decided"]
    few = decided if len(decided) <= _DECISIONS else []
    rule = next((found for step in few if (found := _promised(archive, step, known))), None)
    if rule is None:
        return []
    promise, years = rule
    after = [step for step in shown if (step.date or "") >= (promise.date or "")]
    return [
        replace(
            promise, date=None, body=None, stage="followed_up", gap="silence", placed=one.date, votes=(), changes=()
        )
        for one, other in pairwise(after)
        if int((other.date or "")[:4]) - int((one.date or "")[:4]) > years + 1
    ]


def _promised(archive: Archive, step: Step, known: Mapping[str, Known]) -> tuple[Step, int] | None:
    """Give a decision, quoted where it promises a report every so many years, and how many."""
    item = item_of(known[step.paper.id].facts, step.paper) if step.paper.item is not None else None
    start, end = (item.start, item.end) if item else (0, None)
    for part in archive.catalogue.pages(step.paper.id, start, end):
        for match in _EVERY.finditer(part.text.lower()):
            said = sentence(part.text, match.start(), match.end())
            inside = start <= part.start + match.start() and (end is None or part.start + match.start() < end)
            if inside and PROMISE.search(said.lower()):
                return replace(step, quote=said, page=part.page), _YEARS.get(match.group(1) or "", 1)
    return None
