"""A hearing as one page: who was asked, by which deadline, who answered, and what the decision says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError, SagssporError
from corpus.links import Links, Paper
from corpus.numbers import read_typed
from corpus.records import SCHEMA, Record
from corpus.rows import name_key
from corpus.text import fold_spaces
from search.case import paper_to_json
from search.document import find_document

#: So many sentences of a decision are quoted.
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision after a hearing, and its sentences that speak of the hearing."""

    paper: Paper
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HearingPage:
    """One hearing. `silent` are those asked by name from whom no answer is in the archive."""

    paper: Paper
    title: str | None
    asked: tuple[str, ...]
    deadlines: tuple[str, ...]
    answers: tuple[Paper, ...]
    silent: tuple[str, ...]
    decisions: tuple[Decided, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "hearing": paper_to_json(self.paper),
            "title": self.title,
            "asked": list(self.asked),
            "deadlines": list(self.deadlines),
            "answers": [paper_to_json(paper) for paper in self.answers],
            "silent": list(self.silent),
            "decisions": [
                {"document": paper_to_json(each.paper), "quotes": list(each.quotes)} for each in self.decisions
            ],
        }


def show_hearing(archive: Archive, named: str) -> HearingPage:
    """Give the hearing of a case, or that a document is or answers; raise NotFoundError where there is none."""
    links = Links(archive.catalogue)
    record = _find(archive, links, named)
    paper = links.paper(record.id)
    answers = _answers(links, record)
    texts = {each.id: each for each in archive.catalogue.records([paper.id for paper in answers])}
    return HearingPage(
        paper=paper,
        title=record.facts.title,
        asked=record.facts.recipients,
        deadlines=tuple(sorted({fact.date for fact in record.facts.dates if fact.role == "deadline"})),
        answers=tuple(answers),
        silent=tuple(name for name in record.facts.recipients if not any(_is_from(name, texts[p.id]) for p in answers)),
        decisions=tuple(_decisions(archive, links, record)),
    )


def _find(archive: Archive, links: Links, named: str) -> Record:
    for number in read_typed(named).exact:
        hearings = [paper.id for paper in links.members(number.key) if paper.doc_type == "hearing"]
        if hearings:
            return archive.catalogue.records(hearings[:1])[0]
    try:
        record = find_document(archive, named)
    except SagssporError as exc:
        raise NotFoundError(
            f"No hearing {named!r} is in the archive.", hint="Give a case number or a document."
        ) from exc
    if record.facts.doc_type == "hearing":
        return record
    asked = [paper for link in links.out_of(record.id) for paper in link.targets if paper.doc_type == "hearing"]
    if not asked:
        raise NotFoundError(f"{named!r} is no hearing, and answers none that is in the archive.")
    return archive.catalogue.records([asked[0].id])[0]


def _answers(links: Links, record: Record) -> list[Paper]:
    """Responses that cite the hearing's letter or case, or have its case number, by date."""
    cited = [link.source for link in links.into(record.id)]
    own = [paper for key, _, _ in links.own_cases(record.id) for paper in links.members(key)]
    found = {paper.id: paper for paper in (*cited, *own) if paper.doc_type == "hearing_response"}
    return sorted(found.values(), key=lambda paper: (paper.date or "9999", paper.id))


def _decisions(archive: Archive, links: Links, record: Record) -> list[Decided]:
    """Decisions of the case after the hearing went out."""
    own = [paper for key, _, _ in links.own_cases(record.id) for paper in links.members(key)]
    later = [paper for paper in own if paper.outcome and (paper.date or "9999") >= (record.facts.date or "")]
    texts = {each.id: each for each in archive.catalogue.records([paper.id for paper in later])}
    return [Decided(paper, _said_of_hearing(texts[paper.id], paper)) for paper in later]


def _said_of_hearing(record: Record, paper: Paper) -> tuple[str, ...]:
    item = record.facts.items[paper.item] if paper.item is not None else None
    text = record.text.string[item.start : item.end] if item else record.text.string
    sentences = (fold_spaces(part) for part in text.replace("\n", ". ").split(". "))
    said = [each.rstrip(".") for each in sentences if "høring" in each.casefold() and len(each) > 30]
    return tuple(dict.fromkeys(said))[:QUOTES]


def _is_from(name: str, answer: Record) -> bool:
    """An answer is from whoever it names in its title, its head or among its signers."""
    head = (answer.facts.title or "") + " " + answer.text.string[:400]
    signed = " ".join(person.name for person in answer.facts.signatories)
    return name_key(name) in fold_spaces(f"{head} {signed}").casefold()
