"""The trail: one matter through bodies and years, step by step, with the passage behind every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.instruments import instrument_key, names_within, years_of
from corpus.links import Link, Links, Paper
from corpus.numbers import read_typed
from corpus.records import SCHEMA, Facts, Place
from corpus.text import fold_spaces
from search.case import paper_to_json
from search.passages import quote_all, sentence

#: What a paper is for the matter, from its type, where no decision says more.
_STAGES = {
    "hearing": "heard",
    "hearing_response": "answered",
    "agenda": "scheduled",
    "decision": "proposed",
    "minutes": "treated",
}
#: What a body did, from the outcome of the item.
_OUTCOMES = {
    "approved": "decided",
    "recommended": "recommended",
    "noted": "noted",
    "discussed": "discussed",
    "postponed": "postponed",
    "withdrawn": "withdrawn",
    "rejected": "rejected",
    "referred": "referred",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a matter; an `announced` one is only said to come by the paper that it is quoted from."""

    date: str | None
    stage: str
    body: str | None
    paper: Paper
    page: int
    quote: str
    names: tuple[str, ...]
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of a matter in time, and the names under which it goes."""

    query: str
    name: str
    names: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "query": self.query,
            "name": self.name,
            "names": list(self.names),
            "steps": [
                {
                    "date": step.date,
                    "stage": step.stage,
                    "body": step.body,
                    "announced": step.announced,
                    "document": paper_to_json(step.paper),
                    "page": step.page,
                    "quote": step.quote,
                    "names": list(step.names),
                }
                for step in self.steps
            ],
        }


def follow(archive: Archive, typed: str) -> Trail:
    """Give the trail of a case number, or of a named instrument; raise NotFoundError where nothing names it."""
    links = Links(archive.catalogue)
    for number in read_typed(typed).exact:
        if papers := links.members(number.key):
            cited = [(link.source, (number.norm,), link) for link in links.citing(number.key)]
            found = [*((paper, (number.norm,), None) for paper in papers), *cited]
            return Trail(typed, number.norm, tuple(links.case_numbers(number.key)), _steps(archive, found))
    keys = links.instrument_keys(instrument_key(typed))
    if not keys and (own := _case_of_document(archive, links, typed)):
        return follow(archive, own)
    if not keys:
        raise NotFoundError(
            f"Nothing in the archive names {typed!r}.", hint="Try `sagsspor search` with a word of the name."
        )
    mentions: dict[tuple[str, int | None], tuple[Paper, tuple[str, ...], Link | None]] = {}
    years = years_of(instrument_key(typed))
    for link in _of_years(archive, links.naming(list(keys)), years):
        where = (link.source.id, link.source.item)
        paper, names, first = mentions.get(where, (link.source, (), link))
        mentions[where] = (paper, tuple(dict.fromkeys((*names, link.shown or ""))), first)
    if not mentions:
        raise NotFoundError(f"Nothing in the archive names {typed!r} of these years.", hint="Leave the years out.")
    named = Counter(name for _, names, _ in mentions.values() for name in names)
    steps = _steps(archive, list(mentions.values()))
    return Trail(typed, _usual(named), tuple(sorted(set(keys.values()))), steps)


def _of_years(archive: Archive, found: list[Link], years: frozenset[str]) -> list[Link]:
    """Leave out the links that mean another period's instrument; where no years are asked for, none does."""
    unsure = [link for link in found if years and not years_of(instrument_key(link.shown or ""))]
    said = zip(unsure, quote_all(archive.catalogue, unsure), strict=True)
    others = {id(link) for link, text in said if _is_of_other_years(text, years)}
    return [link for link in found if id(link) not in others]


def _is_of_other_years(quote: str, years: frozenset[str]) -> bool:
    """A name without years may be another period's: `the policy's aims for 2007 - 2010` is not the one of 2011-2014."""
    said = {year for year in years_of(instrument_key(quote)) if len(year) > len("2010")}
    return bool(said) and not said & years


def _case_of_document(archive: Archive, links: Links, typed: str) -> str | None:
    """Give the first own case number of the document that `typed` names."""
    ids = archive.catalogue.resolve_id(typed)
    cases = links.own_cases(ids[0]) if len(set(ids)) == 1 else []
    return cases[0][1] if cases else None


def _steps(archive: Archive, found: Sequence[tuple[Paper, tuple[str, ...], Link | None]]) -> tuple[Step, ...]:
    known = archive.catalogue.facts_of([paper.id for paper, _, _ in found])
    cited = [link for _, _, link in found if link]
    mentions = dict(zip(map(id, cited), quote_all(archive.catalogue, cited), strict=True))
    steps: list[Step] = []
    announcing: list[tuple[Paper, tuple[str, ...]]] = []
    for paper, names, link in found:
        facts = known[paper.id]
        about = link is None or link.kind != "instrument" or _is_about(facts, paper, names)
        text = (_decision(facts, paper) if about else None) or mentions.get(id(link), "")
        stage = _stage(paper) if about else "mentioned"
        steps.append(Step(paper.date, stage, _body(facts), paper, link.page if link else paper.page, text, names))
        announcing += [(paper, names)] if about and _to_come(facts, paper) else []
    texts = {each.id: each.text.string for each, _ in archive.catalogue.texts_and_facts([p.id for p, _ in announcing])}
    for paper, names in announcing:
        steps += _announced(known[paper.id], texts[paper.id], paper, names)
    held = {(step.date, step.body) for step in steps if not step.announced}
    kept = {
        (step.date, step.stage, step.body, step.paper.id if not step.announced else "", step.paper.item): step
        for step in steps
        if not (step.announced and (step.date, step.body) in held)
    }
    return tuple(sorted(kept.values(), key=lambda step: (_sorts_at(step, steps), step.announced, step.paper.id)))


def _sorts_at(step: Step, steps: list[Step]) -> str:
    """A paper without a date stands before the first thing that it announces."""
    if step.date:
        return step.date
    announced = (each.date for each in steps if each.announced and each.paper.id == step.paper.id and each.date)
    return min(announced, default="9999")


def _is_about(facts: Facts, paper: Paper, names: tuple[str, ...]) -> bool:
    """A paper is about an instrument that its title, or its decision, names; another one only mentions it."""
    said = instrument_key(" ".join(filter(None, (paper.title, _decision(facts, paper)))))
    return any(names_within(instrument_key(name), said) for name in names)


def _to_come(facts: Facts, paper: Paper) -> list[tuple[str, str, str | None, Place]]:
    """Give the meetings and signings that a decision says are to come: date, stage, body and place."""
    if paper.doc_type not in ("decision", "minutes") or not paper_item_is_one(facts, paper):
        return []
    found: list[tuple[str, str, str | None, Place]] = []
    for place in facts.places:
        if place.key == "references":
            reference = facts.references[place.index]
            if reference.kind == "meeting" and reference.date and reference.date > (paper.date or ""):
                found.append((reference.date, "forwarded", reference.body, place))
        elif place.key == "dates" and facts.dates[place.index].role == "signing":
            found.append((facts.dates[place.index].date, "signed", None, place))
    return found


def _announced(facts: Facts, text: str, paper: Paper, names: tuple[str, ...]) -> list[Step]:
    """Give what a decision says is to come, as steps."""
    return [
        Step(date, stage, body, paper, place.page, sentence(text, place.start, place.end), names, announced=True)
        for date, stage, body, place in _to_come(facts, paper)
    ]


def paper_item_is_one(facts: Facts, paper: Paper) -> bool:
    """Tell whether the paper is about one matter: a decision is; of minutes only the item, whose dates are not kept."""
    return facts.doc_type == "decision" and paper.item is None


def _stage(paper: Paper) -> str:
    return _OUTCOMES.get(paper.outcome or "") or _STAGES.get(paper.doc_type, "mentioned")


def _body(facts: Facts) -> str | None:
    """The body whose paper this is, for papers of meetings; nobody's for letters."""
    if facts.doc_type in ("decision", "minutes", "agenda") and facts.committees:
        return facts.committees[0]
    return None


def _decision(facts: Facts, paper: Paper) -> str | None:
    index = 0 if facts.doc_type == "decision" else paper.item
    if index is None or index >= len(facts.items):
        return None
    decision = facts.items[index].decision
    return fold_spaces(decision) if decision else None


def _usual(named: Counter[str]) -> str:
    """Give the name that most papers use; among equals the fullest."""
    return max(named, key=lambda name: (named[name], len(name.split()), name))
