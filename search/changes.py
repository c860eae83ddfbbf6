"""What changed from one step of a matter to the next, and which papers are copies of each other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.archive import Archive
from corpus.bodies import body_key
from corpus.records import Facts, Vote
from corpus.similarity import NEAR, resemblance
from corpus.steps import Known
from corpus.text import fold_spaces
from search.stages import ASIDE, OF_MEETINGS, item_of
from search.steps import Change, Step, name_of

#: Papers of one step that resemble each other so much, with the same people and numbers, are one paper in two formats;
#: in one format only equal texts are, whatever their white space.
COPY = 0.8
#: So many pairs of texts of a page are compared line by line, and so many lines of each.
PAIRS, LINES = 40, 400
#: What a decision says that it changes in the proposal.
_AMENDS = re.compile(
    r"(?<!\w)(?:med (?:den|de|følgende|disse|\w+) ?(?:ændring|tilføjelse|præcisering|bemærkning|justering)\w*"
    r"|med (?:ændring|tilføjelse|justering)\w*|ændringsforslag\w*|(?:blev|er|som|godkendt|vedtaget) ændret"
    r"|under forudsætning af|betinget af)(?!\w)",
    re.IGNORECASE,
)


def mark_copies(steps: Sequence[Step], known: Mapping[str, Known]) -> list[Step]:
    """Mark each step whose paper is an earlier one's in another format."""
    first: dict[tuple[object, ...], list[Step]] = {}
    marked = []
    for step in steps:
        paper, facts = step.paper, known[step.paper.id].facts
        like = (step.date, step.stage, step.body, paper.doc_type, paper.number, step.gap, step.announced)
        before = first.setdefault((*like, facts.recipients, paper.outcome), [])
        original = next((each for each in before if step.real and _alike(each, step, known)), None)
        before += [] if original else [step]
        marked.append(replace(step, copy_of=name_of(original.paper)) if original else step)
    return marked


def _alike(one: Step, other: Step, known: Mapping[str, Known]) -> bool:
    first, second = known[one.paper.id], known[other.paper.id]
    if one.paper.id == other.paper.id or _signed_otherwise(first.facts, second.facts):
        return False
    formats = {PurePosixPath(step.paper.path).suffix.lower() for step in (one, other)}
    return resemblance(first.signature, second.signature) >= (COPY if len(formats) > 1 else 1.0)


def _signed_otherwise(one: Facts, other: Facts) -> bool:
    """Tell whether both bear signers, and not the same ones."""
    first, second = ({fold_spaces(person.name).casefold() for person in facts.signatories} for facts in (one, other))
    return bool(first and second) and first != second


def with_changes(archive: Archive, steps: Sequence[Step], known: Mapping[str, Known]) -> list[Step]:
    """Give the steps with what is other than at the last step that says so much."""
    last: dict[str, Step] = {}
    pairs: list[tuple[int, Step]] = []
    made: list[Step] = []
    for number, step in enumerate(steps):
        if not step.real or step.copy_of:
            made.append(step)
            continue
        changes = () if step.stage in ASIDE else tuple(_differences(last, step))
        made.append(replace(step, changes=changes) if changes else step)
        before = next((each for each in _earlier(last) if _may_be_version(each, step, known)), None)
        pairs += [(number, before)] if before else []
        last |= _says(step)
    for number, before in pairs[:PAIRS]:
        if lines := _lines_changed(archive, before, made[number], known):
            change = Change("text", lines=lines, since=name_of(before.paper))
            made[number] = replace(made[number], changes=(*made[number].changes, change))
    return made


def _says(step: Step) -> dict[str, Step]:
    """Give what later steps are compared with, by what of it the step has."""
    about = step.stage not in ASIDE
    has = {
        "any": True,
        "body": about and step.body,
        "outcome": about and step.paper.outcome,
        "votes": count_votes(step.votes),
        "meeting": step.paper.doc_type in OF_MEETINGS,
    }
    return {name: step for name, value in has.items() if value}


def _earlier(last: Mapping[str, Step]) -> Iterator[Step]:
    """Yield the papers of which a step's may be a version: the one before it, and the last one of a meeting."""
    yield from dict.fromkeys(last[name] for name in ("any", "meeting") if name in last)


def _differences(last: Mapping[str, Step], step: Step) -> Iterator[Change]:
    if step.body and (before := last.get("body")) and before.body and body_key(before.body) != body_key(step.body):
        yield Change("body", before.body, step.body, since=name_of(before.paper))
    outcome = step.paper.outcome
    if outcome and (before := last.get("outcome")) and before.paper.outcome != outcome:
        yield Change("outcome", before.paper.outcome, outcome, since=name_of(before.paper))
    now = count_votes(step.votes)
    if now and (before := last.get("votes")) and now != (then := count_votes(before.votes)):
        yield Change("votes", then, now, since=name_of(before.paper))
    if outcome and (amends := _AMENDS.search(step.quote)):
        yield Change("amended", after=fold_spaces(amends.group()))


def count_votes(votes: Sequence[Vote]) -> str | None:
    """Give votes as `5-2` (for and against); None where they are not counted."""
    counts = {vote.side: vote.count for vote in votes}
    return f"{counts['for']}-{counts['against']}" if counts.get("for") and counts.get("against") is not None else None


def _may_be_version(one: Step, other: Step, known: Mapping[str, Known]) -> bool:
    """Whole papers are compared where their signatures resemble; items, which have none, where their titles agree."""
    if one.paper.id == other.paper.id:
        return False
    if one.paper.item is None and other.paper.item is None:
        return resemblance(known[one.paper.id].signature, known[other.paper.id].signature) >= NEAR
    return bool(one.paper.title) and fold_spaces(one.paper.title or "") == fold_spaces(other.paper.title or "")


def _lines_changed(archive: Archive, one: Step, other: Step, known: Mapping[str, Known]) -> int | None:
    """Count the lines in which two texts differ; None where they have less than half of their lines in common."""
    old, new = (_lines(archive, step, known) for step in (one, other))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < NEAR:
        return None
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")


def _lines(archive: Archive, step: Step, known: Mapping[str, Known]) -> list[str]:
    item = item_of(known[step.paper.id].facts, step.paper) if step.paper.item is not None else None
    start, end = (item.start, item.end) if item else (0, None)
    parts = archive.catalogue.pages(step.paper.id, start, end)
    text = "".join(part.text[max(0, start - part.start) : end - part.start if end else None] for part in parts)
    return [folded for line in text.splitlines() if (folded := fold_spaces(line))][:LINES]
