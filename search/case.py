"""The case page: everything that the archive knows of one case, from any spelling of its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.links import EXPECTED, Link, Links, Paper
from corpus.numbers import read_typed
from corpus.records import SCHEMA, Facts
from search.passages import quote_all


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a typed number may mean."""

    number: str
    title: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that a paper of the case sets."""

    date: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Quoted:
    """A link with the sentence in which it stands."""

    link: Link
    quote: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: its papers in time, its people and bodies, what it cites and what cites it."""

    number: str
    key: str
    spellings: tuple[str, ...]
    title: str | None
    first: str | None
    last: str | None
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    papers: tuple[Paper, ...]
    deadlines: tuple[Deadline, ...]
    cites: tuple[Quoted, ...]
    cited_by: tuple[Quoted, ...]
    missing: tuple[Quoted, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "number": self.number,
            "spellings": list(self.spellings),
            "title": self.title,
            "first": self.first,
            "last": self.last,
            "committees": list(self.bodies),
            "people": list(self.people),
            "documents": [paper_to_json(paper) for paper in self.papers],
            "deadlines": [{"date": due.date, "document": paper_to_json(due.paper)} for due in self.deadlines],
            "cites": [link_to_json(each) for each in self.cites],
            "cited_by": [link_to_json(each) for each in self.cited_by],
            "missing": [link_to_json(each) for each in self.missing],
        }


def show_case(archive: Archive, typed: str) -> CasePage:
    """Give the page of the case that `typed` names; raise NotFoundError, with the candidates as hint, where none is."""
    links = Links(archive.catalogue)
    for number in read_typed(typed).exact:
        papers = links.members(number.key)
        cited_by = links.citing(number.key)
        if papers or cited_by:
            return _page(archive, links, number.key, number.norm, papers, cited_by)
    found = candidates(archive, typed)
    if len(found) == 1:
        return show_case(archive, found[0].number)
    hint = "It may be " + " or ".join(each.number for each in found) + "." if found else "Try `sagsspor search`."
    raise NotFoundError(f"No case {typed!r} is in the archive.", hint=hint)


def candidates(archive: Archive, typed: str) -> list[Candidate]:
    """Give the cases in the archive that a short or run-together number may mean."""
    links = Links(archive.catalogue)
    read = read_typed(typed)
    found: dict[str, Candidate] = {}
    for number in (*read.exact, *read.candidates):
        if papers := links.members(number.key):
            found[number.key] = Candidate(number.norm, title_of(papers), len(papers))
    digits = "".join(sign for sign in typed if sign.isdigit())
    if not found and 3 <= len(digits) == len(typed.strip()):
        for key, value in links.keys_like(f"%-{digits.lstrip('0')}") + links.keys_like(f"%/{digits.lstrip('0')}"):
            papers = links.members(key)
            found[key] = Candidate(value, title_of(papers), len(papers))
    return list(found.values())


def _page(archive: Archive, links: Links, key: str, norm: str, papers: list[Paper], cited_by: list[Link]) -> CasePage:
    facts = archive.catalogue.facts_of([paper.id for paper in papers])
    dates = sorted(paper.date for paper in papers if paper.date)
    found = links.out_of_all(list(facts))
    of_items: dict[str, set[int | None]] = {}
    for paper in papers:
        of_items.setdefault(paper.id, set()).add(paper.item)
    cites = [link for id_ in facts for link in found.get(id_, ()) if _belongs(link, of_items)]
    outside = [link for link in cites if not _within(link, of_items)]
    return CasePage(
        number=norm,
        key=key,
        spellings=tuple(links.case_numbers(key)),
        title=title_of(papers),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        bodies=_ranked(each.committees for each in facts.values()),
        people=_ranked([person.name for person in each.signatories] for each in facts.values()),
        papers=tuple(papers),
        deadlines=tuple(_deadlines(papers, facts)),
        cites=_quoted(archive, [link for link in outside if link.state != "missing"]),
        cited_by=_quoted(archive, cited_by),
        missing=_quoted(archive, _once([link for link in outside if link.state == "missing"])),
    )


def _once(links: list[Link]) -> list[Link]:
    """Copies of one paper miss the same thing: it is shown once."""
    return list({(link.kind, link.shown, link.date): link for link in links if link.kind in EXPECTED}.values())


def _belongs(link: Link, of_items: dict[str, set[int | None]]) -> bool:
    """A meeting's paper belongs to a case with one item only: other items' references are not the case's."""
    own = of_items[link.source.id]
    return None in own or link.source.item in own


def _within(link: Link, of_items: dict[str, set[int | None]]) -> bool:
    return bool(link.targets) and all(paper.id in of_items for paper in link.targets)


def _deadlines(papers: list[Paper], facts: dict[str, Facts]) -> list[Deadline]:
    found = {
        (fact.date, paper.id): Deadline(fact.date, paper)
        for paper in papers
        if paper.item is None and paper.id in facts
        for fact in facts[paper.id].dates
        if fact.role == "deadline"
    }
    return sorted(found.values(), key=lambda due: due.date)


def title_of(papers: Sequence[Paper]) -> str | None:
    """A decision names its case best, then the paper that came first."""
    ranked = sorted(papers, key=lambda paper: (paper.doc_type != "decision" and paper.item is None, paper.date or "9"))
    return next((paper.title for paper in ranked if paper.title), None)


def _ranked(lists: Any) -> tuple[str, ...]:
    """Give the values of many lists, those in most of them first."""
    counted = Counter(value for values in lists for value in values)
    return tuple(value for value, _ in counted.most_common())


def _quoted(archive: Archive, links: list[Link]) -> tuple[Quoted, ...]:
    unique = {(link.source.id, link.kind, link.shown, link.date): link for link in links}
    kept = list(unique.values())
    return tuple(map(Quoted, kept, quote_all(archive.catalogue, kept)))


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """Give a paper as JSON."""
    return {
        "id": paper.id,
        "item": paper.item,
        "number": paper.number,
        "path": paper.path,
        "title": paper.title,
        "date": paper.date,
        "doc_type": paper.doc_type,
        "outcome": paper.outcome,
        "page": paper.page,
    }


def link_to_json(quoted: Quoted) -> dict[str, Any]:
    """Give a link with its quotation as JSON."""
    link = quoted.link
    return {
        "from": paper_to_json(link.source),
        "kind": link.kind,
        "state": link.state,
        "shown": link.shown,
        "date": link.date,
        "label": link.label,
        "to": [paper_to_json(paper) for paper in link.targets],
        "quote": quoted.quote,
        "page": link.page,
        "rule": link.rule,
        "confidence": link.confidence,
    }
