"""The case page: everything that the archive knows of one case, from any spelling of its number."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Literal

from corpus.archive import Archive
from corpus.cases import Cases, Related
from corpus.collector import collecting_rarely
from corpus.errors import NotFoundError
from corpus.links import EXPECTED, Link, Links, Paper
from corpus.numbers import parse, read_typed
from corpus.records import SCHEMA
from corpus.rows import number_key
from search.passages import quote_all
from search.settling import numbers_alike
from search.stages import place_in_day, stage_of
from search.stances import is_answer

#: Papers, references and citing papers on one page.
LIMIT = 200
#: Hearings of a page whose answers without a number are looked for.
HEARINGS = 3
#: Bodies, people and related cases that a page names.
NAMES = 50

#: What became of a deadline: it stands open; the case has papers from that day or later; it passed and nothing came.
Fate = Literal["open", "followed", "passed"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a typed number may mean."""

    key: str
    number: str
    title: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that a paper of the case sets, and what became of it; `also` are further papers that tell of it."""

    date: str
    paper: Paper
    state: Fate
    also: tuple[Paper, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        also = [paper_to_json(paper) for paper in self.also]
        return {"date": self.date, "document": paper_to_json(self.paper), "state": self.state, "also": also}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A link with the sentence in which it stands."""

    link: Link
    quote: str


@dataclass(frozen=True, slots=True)
class More:
    """How many papers, references and citing references come after those on a page."""

    documents: int = 0
    references: int = 0
    cited_by: int = 0


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: its papers in time, its people and bodies, what it cites and what cites it."""

    number: str
    key: str
    spellings: tuple[str, ...]
    title: str | None
    first: str | None
    last: str | None
    #: Papers in all, items of meetings counted singly.
    total: int
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    papers: tuple[Paper, ...]
    deadlines: tuple[Deadline, ...]
    cites: tuple[Quoted, ...]
    cited_by: tuple[Quoted, ...]
    missing: tuple[Quoted, ...]
    related: tuple[Related, ...] = ()
    more: More = More()

    @property
    def items(self) -> tuple[Paper, ...]:
        """The agenda items among the papers of this page: decisions, and items of whole meetings."""
        return tuple(paper for paper in self.papers if paper.item is not None or paper.doc_type == "decision")

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "number": self.number,
            "spellings": list(self.spellings),
            "title": self.title,
            "first": self.first,
            "last": self.last,
            "total": self.total,
            "items": len(self.items),
            "committees": list(self.bodies),
            "people": list(self.people),
            "documents": [paper_to_json(paper) for paper in self.papers],
            "deadlines": [due.to_json() for due in self.deadlines],
            "cites": [link_to_json(each) for each in self.cites],
            "cited_by": [link_to_json(each) for each in self.cited_by],
            "missing": [link_to_json(each) for each in self.missing],
            "related": [{"number": each.number, "reason": each.reason, "papers": each.papers} for each in self.related],
            "more": {
                "documents": self.more.documents,
                "references": self.more.references,
                "cited_by": self.more.cited_by,
            },
        }


@collecting_rarely()
def show_case(
    archive: Archive, typed: str, limit: int = LIMIT, offset: int = 0, today: datetime.date | None = None
) -> CasePage:
    """Give the page of the case that `typed` names; raise NotFoundError, with the candidates as hint, where none is.

    `limit` and `offset` hold for each list of its own: papers, references out of them, references to the case.
    Deadlines are those of the papers shown, and count as open or passed on the day `today`.
    """
    today = today or datetime.date.today()
    for key, number in typed_keys(typed).items():
        page = _page(archive, key, number, limit, offset, today)
        if page.total or page.cited_by:
            return page
    found = candidates(archive, typed)
    if len(found) == 1:
        return _page(archive, found[0].key, found[0].number, limit, offset, today)
    raise NotFoundError(f"No case {typed!r} is in the archive.", hint=name_all(found) or "Try `sagsspor search`.")


def typed_keys(typed: str) -> dict[str, str]:
    """Give the numbers that somebody typed by their keys: else all that is typed, which no case need have.

    A short running number (`2023-77`) may be a month or years in a search; here a number is asked for. A number of no
    known scheme is its own key.
    """
    exact = {number.key: number.norm for number in read_typed(typed).exact}
    literal = parse(typed)
    return exact or {number_key(typed): literal.norm if literal else typed}


def candidates(archive: Archive, typed: str) -> list[Candidate]:
    """Give the cases in the archive that a short, run-together or otherwise spelled number may mean."""
    cases = Cases(archive.catalogue)
    read = read_typed(typed)
    named = {number.key: number.norm for number in (*read.exact, *read.candidates)}
    found = list(_candidates(cases, named))
    digits = "".join(sign for sign in typed if sign.isdigit())
    if not found and 3 <= len(digits) == len(typed.strip()):
        found = list(_candidates(cases, dict(Links(archive.catalogue).with_serial(digits.lstrip("0")))))
    if not found:
        alike = numbers_alike(typed, Links(archive.catalogue).numbers_with_serial)
        found = list(_candidates(cases, {number.key: number.norm for number in alike}))
    return found


def name_all(found: Sequence[Candidate]) -> str:
    """Say which cases may be meant, for the hint of an error; nothing where none is."""
    return f"It may be {' or '.join(each.number for each in found)}." if found else ""


def _candidates(cases: Cases, named: dict[str, str]) -> Iterable[Candidate]:
    for key, number in named.items():
        if total := cases.span(key).papers:
            yield Candidate(key, number, title_of(cases.papers(key, LIMIT)), total)


def _page(archive: Archive, key: str, norm: str, limit: int, offset: int, today: datetime.date) -> CasePage:
    cases = Cases(archive.catalogue)
    span = cases.span(key)
    papers = cases.papers(key, limit, offset) if span.papers else []
    cited, citing = cases.cited(key, limit, offset), cases.citing(key, limit, offset)
    cites = _unique(link for link in cited.links if link.state != "missing")
    missing = _once([link for link in cited.links if link.state == "missing" and link.kind in EXPECTED])
    cited_by = _unique(
        [*citing.links, *_unnumbered_answers(archive, papers, {link.source.id for link in citing.links})]
    )
    quoted = iter(_quoted(archive, [*cites, *cited_by, *missing]))
    return CasePage(
        number=norm,
        key=key,
        spellings=tuple(cases.spellings(key)),
        title=title_of(cases.papers(key, LIMIT) if offset else papers),
        first=span.first,
        last=span.last,
        total=span.papers,
        bodies=tuple(cases.bodies(key, NAMES)),
        people=tuple(cases.people(key, NAMES)),
        papers=tuple(sorted(papers, key=_when)),
        deadlines=tuple(_deadlines(cases, papers, span.last, today)),
        cites=tuple(islice(quoted, len(cites))),
        cited_by=tuple(islice(quoted, len(cited_by))),
        missing=tuple(quoted),
        related=tuple(cases.related(key, NAMES)),
        more=More(
            max(0, span.papers - offset - limit),
            max(0, cited.total - offset - limit),
            max(0, citing.total - offset - limit),
        ),
    )


def _unnumbered_answers(archive: Archive, papers: Sequence[Paper], shown: Collection[str]) -> Iterator[Link]:
    """Yield the references of answers to the case's hearings that bear no case number, by the letters' days."""
    links = Links(archive.catalogue)
    for hearing in [paper for paper in papers if paper.doc_type == "hearing"][:HEARINGS]:
        answers = (link for link in links.unnumbered_answers(hearing.id) if is_answer(link.source))
        yield from (link for link in answers if link.source.id not in shown)


def _when(paper: Paper) -> tuple[str, int]:
    """Papers of one day stand as what they are for the case does in a trail: the agenda before the minutes."""
    return (paper.date, place_in_day(stage_of(paper))) if paper.date else ("", 0)


def _once(links: list[Link]) -> list[Link]:
    """Copies of one paper miss the same thing: it is shown once."""
    return list({(link.kind, link.shown, link.date): link for link in links}.values())


def _deadlines(cases: Cases, papers: Sequence[Paper], last: str | None, today: datetime.date) -> Iterable[Deadline]:
    whole = {paper.id: paper for paper in papers if paper.item is None}
    for date, told in groupby(cases.deadlines(list(whole)), key=itemgetter(0)):
        first, *also = sorted((whole[id_] for _, id_ in told), key=_when)
        passed: Fate = "followed" if last and last >= date else "passed"
        yield Deadline(date, first, "open" if date >= today.isoformat()[: len(date)] else passed, tuple(also))


def title_of(papers: Sequence[Paper]) -> str | None:
    """A decision names its case best, then the paper that came first."""
    ranked = sorted(papers, key=lambda paper: (paper.doc_type != "decision" and paper.item is None, paper.date or "9"))
    return next((paper.title for paper in ranked if paper.title), None)


def _unique(links: Iterable[Link]) -> list[Link]:
    """One paper that cites a thing twice is shown once."""
    return list({(link.source.id, link.kind, link.shown, link.date): link for link in links}.values())


def _quoted(archive: Archive, links: Sequence[Link]) -> Iterator[Quoted]:
    return map(Quoted, links, quote_all(archive.catalogue, links))


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
