"""What belongs to what: references out of and into documents, joined on keys when they are read.

Nothing is stored here. A reference keeps its key, a document its own keys; an answer that arrives a year after the
letter that cites it is found by the same join. A case number resolves to the case and a meeting to the meeting: their
papers are members. For documents, letters and attachments exactly one candidate makes a link; several are candidates.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.instruments import same_instrument
from corpus.register import names_of
from corpus.rows import read_signature
from corpus.similarity import NEAR, resemblance
from corpus.tables import (
    bodies,
    documents,
    inputs,
    items,
    judgements,
    meetings,
    numbers,
    parties,
    references,
    sketches,
)

Verdict = Literal["confirmed", "rejected"]
State = Literal["resolved", "ambiguous", "missing"]

#: Papers that a letter's date can mean.
LETTERS = ("letter", "hearing", "hearing_response", "memo", "email", "other")
#: Kinds of references whose target could be in the archive: laws and instruments are cited, not filed.
EXPECTED = ("case", "document", "letter", "meeting")
#: Every list is capped; the caller asks for the next page.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, or one agenda item of it, as a link's end."""

    id: str
    item: int | None
    path: str
    doc_type: str
    title: str | None
    date: str | None
    page: int
    outcome: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One reference and what it resolves to; `start`, `end` and `page` say where in the citing document it stands."""

    source: Paper
    kind: str
    state: State
    shown: str | None
    targets: tuple[Paper, ...]
    rule: str
    confidence: float
    start: int
    end: int
    page: int
    date: str | None = None
    label: str | None = None


class Links:
    """The joins over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    # --- cases -------------------------------------------------------------------------------------------------

    def members(self, key: str, limit: int = LIMIT) -> list[Paper]:
        """Give the papers whose own case number this is, oldest first; of a meeting, the items."""
        with self.engine.connect() as to:
            return self._members(to, "case", key, limit)

    def citing(self, key: str, limit: int = LIMIT) -> list[Link]:
        """Give the references to a case from papers outside it, oldest first."""
        with self.engine.connect() as to:
            inside = {(paper.id, paper.item) for paper in self._members(to, "case", key, limit)}
            whole = {id_ for id_, item in inside if item is None}
            query = _reference_query().where(references.c.kind == "case", references.c.key == key)
            found = [self._link(row, "resolved", ()) for row in to.execute(query.limit(limit)).mappings()]
        return [
            link for link in found if (link.source.id, link.source.item) not in inside and link.source.id not in whole
        ]

    def case_numbers(self, key: str) -> dict[str, int]:
        """Count the spellings under which a case's own papers print its number."""
        query = sa.select(numbers.c.value, sa.func.count()).where(numbers.c.kind == "case", numbers.c.key == key)
        with self.engine.connect() as to:
            return {str(value): int(count) for value, count in to.execute(query.group_by(numbers.c.value))}

    def keys_like(self, pattern: str, limit: int = 10) -> list[tuple[str, str]]:
        """Give the cases, as (key, number), whose printed number matches an SQL LIKE pattern."""
        query = (
            sa.select(numbers.c.key, sa.func.min(numbers.c.value))
            .where(numbers.c.kind == "case", numbers.c.value.like(pattern, escape="\\"))
            .group_by(numbers.c.key)
            .order_by(numbers.c.key)
            .limit(limit)
        )
        with self.engine.connect() as to:
            return [(key, value) for key, value in to.execute(query)]

    def own_cases(self, id_: str) -> list[tuple[str, str, int | None]]:
        """Give a document's own case numbers as (key, number, item)."""
        query = (
            sa.select(numbers.c.key, numbers.c.value, numbers.c.item)
            .join(documents, documents.c.doc == numbers.c.doc)
            .where(documents.c.id == id_, numbers.c.kind == "case")
        )
        with self.engine.connect() as to:
            return [(key, value, item) for key, value, item in to.execute(query)]

    # --- documents ---------------------------------------------------------------------------------------------

    def out_of(self, id_: str, limit: int = LIMIT) -> list[Link]:
        """Give every reference of a document, resolved as far as the archive goes."""
        query = _reference_query().where(documents.c.id == id_).order_by(None).order_by(references.c.ordinal)
        with self.engine.connect() as to:
            found = [self._resolve(to, row) for row in to.execute(query.limit(limit)).mappings().all()]
            said = _judgements(to, id_)
        return [_judged(link, said) for link in found] if said else found

    def judge(self, link: Link, target: str, verdict: Verdict, who: str) -> None:
        """Keep what a person says of a link: its target is confirmed (the only one) or rejected."""
        key = {"source": link.source.id, "kind": link.kind, "shown": _said(link), "target": target}
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with self.engine.begin() as to:
            to.execute(sa.delete(judgements).filter_by(**key))
            to.execute(sa.insert(judgements).values(**key, verdict=verdict, who=who, at=at))

    def into(self, id_: str, limit: int = LIMIT) -> list[Link]:
        """Give the references of other documents that resolve to this one by its number, date or meeting."""
        with self.engine.connect() as to:
            links: list[Link] = []
            for query in self._queries_into(to, id_):
                for row in to.execute(query.limit(limit)).mappings().all():
                    link = _judged(self._resolve(to, row), _judgements(to, row["id"])) if row["id"] != id_ else None
                    if link and link.state == "resolved" and any(paper.id == id_ for paper in link.targets):
                        links.append(link)
        unique = {(link.source.id, link.kind, link.start, link.shown): link for link in links}
        return sorted(unique.values(), key=lambda link: (link.source.date or "", link.source.id, link.start))[:limit]

    def attachments_of(self, id_: str) -> list[Paper]:
        """Give what stood inside a mail or an archive file; also what was filed elsewhere with the same content."""
        outer = sa.select(inputs.c.path).where(inputs.c.id == id_)
        inner = sa.select(inputs.c.id).where(inputs.c.parent.in_(outer))
        query = _paper_query().where(documents.c.id.in_(inner)).order_by(documents.c.path)
        with self.engine.connect() as to:
            return [_paper(row) for row in to.execute(query.limit(LIMIT)).mappings()]

    def of_meetings(self, id_: str) -> list[Paper]:
        """Give the other papers of the meetings to which a document belongs."""
        own = sa.select(meetings.c.body, meetings.c.date).join(documents, documents.c.doc == meetings.c.doc)
        with self.engine.connect() as to:
            found: dict[str, Paper] = {}
            for body, date in to.execute(own.where(documents.c.id == id_)).all():
                query = _paper_query(meetings).where(meetings.c.body == body, meetings.c.date == date)
                found |= {row["id"]: _paper(row) for row in to.execute(query.limit(LIMIT)).mappings()}
        return [paper for paper in found.values() if paper.id != id_]

    def near(self, id_: str, limit: int = LIMIT) -> list[tuple[Paper, float]]:
        """Give the versions and copies of a document with their resemblance (0 to 1), most alike first."""
        own = sa.select(documents.c.doc, documents.c.record).where(documents.c.id == id_)
        with self.engine.connect() as to:
            doc, packed = to.execute(own).one()
            signed = read_signature(packed)
            ours = sa.select(sketches.c.band).where(sketches.c.doc == doc)
            docs = sa.select(sketches.c.doc).where(sketches.c.band.in_(ours), sketches.c.doc != doc).distinct()
            query = _paper_query().add_columns(documents.c.record).where(documents.c.doc.in_(docs.limit(limit)))
            found = [
                (_paper(row), resemblance(signed, read_signature(row["record"])))
                for row in to.execute(query).mappings()
            ]
        return sorted(((paper, alike) for paper, alike in found if alike >= NEAR), key=lambda each: -each[1])

    # --- instruments -------------------------------------------------------------------------------------------

    def instrument_keys(self, key: str) -> dict[str, str]:
        """Give every key that names the same instrument as `key`, each with its name as printed."""
        query = sa.select(references.c.key, sa.func.min(references.c.shown)).where(references.c.kind == "instrument")
        with self.engine.connect() as to:
            names = {found: shown for found, shown in to.execute(query.group_by(references.c.key)) if found}
            ours, others = names_of(to, key)
        asked = ours | {key}
        return {
            found: shown
            for found, shown in names.items()
            if found in ours or (found not in others and any(same_instrument(each, found) for each in asked))
        }

    def naming(self, keys: Sequence[str], limit: int = LIMIT) -> list[Link]:
        """Give the references to an instrument under any of its keys, oldest first."""
        query = _reference_query().where(references.c.kind == "instrument", references.c.key.in_(keys))
        with self.engine.connect() as to:
            return [self._link(row, "resolved", ()) for row in to.execute(query.limit(limit)).mappings()]

    def paper(self, id_: str) -> Paper:
        """Give one document as a link's end."""
        with self.engine.connect() as to:
            return _paper(to.execute(_paper_query().where(documents.c.id == id_)).mappings().one())

    # --- every link of the archive -----------------------------------------------------------------------------

    def ids(self) -> Iterator[str]:
        """Yield the id of every document, in the order in which they came."""
        with self.engine.connect() as to:
            yield from to.scalars(sa.select(documents.c.id).order_by(documents.c.doc))

    # --- resolving one reference -------------------------------------------------------------------------------

    def _resolve(self, to: Connection, row: Any) -> Link:
        own = row["id"]
        if row["kind"] in ("case", "document"):
            found = self._members(to, row["kind"], row["key"], LIMIT)
            return self._decide(row, [paper for paper in found if paper.id != own], several=row["kind"] == "case")
        if row["kind"] == "meeting":
            return self._decide(row, self._papers_of_meeting(to, row), several=True)
        if row["kind"] == "letter":
            return self._decide(row, self._letters(to, row))
        if row["kind"] == "attachment":
            return self._decide(row, self._attachments(to, row))
        return self._link(row, "missing", ())

    def _decide(self, row: Any, found: Sequence[Paper], *, several: bool = False) -> Link:
        state: State = "missing" if not found else "resolved" if several or len(found) == 1 else "ambiguous"
        return self._link(row, state, tuple(found))

    def _link(self, row: Any, state: State, targets: tuple[Paper, ...]) -> Link:
        return Link(
            source=_paper(row, item=row["ref_item"], page=row["ref_page"]),
            kind=row["kind"],
            state=state,
            shown=row["shown"],
            targets=targets,
            rule=row["rule"],
            confidence=row["confidence"],
            start=row["start"],
            end=row["end"],
            page=row["ref_page"],
            date=row["ref_date"],
            label=row["label"],
        )

    def _members(self, to: Connection, kind: str, key: str, limit: int) -> list[Paper]:
        query = (
            _paper_query(numbers)
            .where(numbers.c.kind == kind, numbers.c.key == key)
            .order_by(documents.c.date, documents.c.id, numbers.c.item)
        )
        return [_paper(row) for row in to.execute(query.limit(limit)).mappings()]

    def _papers_of_meeting(self, to: Connection, row: Any) -> list[Paper]:
        """The papers of the cited body on the cited day; where the item's number is printed, that item."""
        if not row["ref_date"] or not row["key"]:
            return []
        query = _paper_query(meetings).where(meetings.c.body == row["key"], meetings.c.date == row["ref_date"])
        found = [_paper(each) for each in to.execute(query.limit(LIMIT)).mappings() if each["id"] != row["id"]]
        if not row["number"]:
            return found
        wanted = sa.select(items.c.doc, items.c.ordinal.label("item")).where(items.c.number == row["number"]).subquery()
        query = _paper_query(wanted).where(documents.c.id.in_([paper.id for paper in found]))
        return [_paper(each) for each in to.execute(query).mappings()] or found

    def _letters(self, to: Connection, row: Any) -> list[Paper]:
        """Letters of the cited day that share a case, a person or a body with the citing paper."""
        query = _paper_query().where(
            documents.c.date == row["ref_date"], documents.c.doc_type.in_(LETTERS), documents.c.id != row["id"]
        )
        found = to.execute(query.limit(LIMIT)).mappings().all()
        ours = self._ties(to, row["doc"])
        tied = [each for each in found if ours & self._ties(to, each["doc"])]
        cases = {tie for tie in ours if tie[0] == "case"}
        same_case = [each for each in tied if cases & self._ties(to, each["doc"])]
        return [_paper(each) for each in same_case or tied]

    def _ties(self, to: Connection, doc: int) -> set[tuple[str, str]]:
        """What ties a paper to another: its case numbers, own or cited, the people and the bodies that it names."""
        cited = sa.select(references.c.key).where(references.c.doc == doc, references.c.kind == "case")
        own = sa.select(numbers.c.key).where(numbers.c.doc == doc, numbers.c.kind == "case")
        named = sa.select(parties.c.key).where(parties.c.doc == doc)
        seen = sa.select(bodies.c.key).where(bodies.c.doc == doc)
        ties = {("case", key) for key in to.scalars(own.union(cited))}
        return ties | {("name", key) for key in to.scalars(named.union(seen))}

    def _attachments(self, to: Connection, row: Any) -> list[Paper]:
        """Attachments filed apart: of the same case or come in the same mail, with the label or the title."""
        cases = sa.select(numbers.c.key).where(numbers.c.doc == row["doc"], numbers.c.kind == "case")
        by_own = sa.select(numbers.c.doc).where(numbers.c.kind == "case", numbers.c.key.in_(cases))
        by_cited = sa.select(references.c.doc).where(references.c.kind == "case", references.c.key.in_(cases))
        near = sa.or_(documents.c.doc.in_(by_own), documents.c.doc.in_(by_cited), documents.c.parent == row["id"])
        query = _paper_query().where(documents.c.doc_type == "attachment", documents.c.id != row["id"], near)
        found = [_paper(each) for each in to.execute(query.limit(LIMIT)).mappings()]
        titled = [paper for paper in found if _titles_agree(row["shown"], paper)]
        return titled or [paper for paper in found if row["label"] and _labels_agree(row["label"], paper)]

    def _queries_into(self, to: Connection, id_: str) -> Iterator[Any]:
        """Give the queries for references that may mean this document, one for each kind of key."""
        doc = sa.select(documents.c.doc).where(documents.c.id == id_).scalar_subquery()
        for kind in ("case", "document"):
            keys = sa.select(numbers.c.key).where(numbers.c.doc == doc, numbers.c.kind == kind)
            yield _reference_query().where(references.c.kind == kind, references.c.key.in_(keys))
        date = to.scalar(sa.select(documents.c.date).where(documents.c.id == id_))
        if date:
            yield _reference_query().where(references.c.kind == "letter", references.c.date == date)
        for body, day in to.execute(sa.select(meetings.c.body, meetings.c.date).where(meetings.c.doc == doc)).all():
            yield _reference_query().where(
                references.c.kind == "meeting", references.c.key == body, references.c.date == day
            )


def _said(link: Link) -> str:
    """What a reference shows, by which a judgement finds it again when the document is read anew."""
    return " ".join(part for part in (link.label, link.shown, link.date) if part)


def _judgements(to: Connection, id_: str) -> dict[tuple[str, str], dict[str, str]]:
    """Give, for each judged reference of a document, the verdict on each target."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in to.execute(sa.select(judgements).where(judgements.c.source == id_)).mappings():
        found.setdefault((row["kind"], row["shown"]), {})[row["target"]] = row["verdict"]
    return found


def _judged(link: Link, said: dict[tuple[str, str], dict[str, str]]) -> Link:
    verdicts = said.get((link.kind, _said(link)), {})
    confirmed = tuple(paper for paper in link.targets if verdicts.get(paper.id) == "confirmed")
    if confirmed:
        return replace(link, targets=confirmed, state="resolved", rule="confirmed", confidence=1.0)
    left = tuple(paper for paper in link.targets if verdicts.get(paper.id) != "rejected")
    if len(left) == len(link.targets):
        return link
    state: State = "missing" if not left else "resolved" if len(left) == 1 else link.state
    return replace(link, targets=left, state=state)


def _paper_query(through: Any = None) -> Any:
    """Select papers; `through` is a table of `doc` and `item` (or only `doc`) that says which."""
    item = through.c.item if through is not None and "item" in through.c else sa.null()
    columns = [documents.c[name] for name in ("doc", "id", "path", "doc_type", "title", "date")]
    query = sa.select(
        *columns,
        item.label("item"),
        items.c.title.label("item_title"),
        items.c.page.label("item_page"),
        items.c.outcome,
        items.c.number.label("item_number"),
    )
    tables = documents if through is None else documents.join(through, through.c.doc == documents.c.doc)
    only = sa.and_(items.c.doc == documents.c.doc, items.c.ordinal == sa.func.coalesce(item, _only_item()))
    return query.select_from(tables.outerjoin(items, only))


def _only_item() -> Any:
    """A decision is one item: its outcome is the paper's."""
    return sa.case((documents.c.doc_type == "decision", 0), else_=-1)


def _reference_query() -> Any:
    """Select references with the papers that they stand in, oldest first."""
    only = sa.and_(items.c.doc == documents.c.doc, items.c.ordinal == sa.func.coalesce(references.c.item, _only_item()))
    return (
        sa.select(
            *(documents.c[name] for name in ("doc", "id", "path", "doc_type", "title", "date")),
            references.c.item.label("ref_item"),
            references.c.page.label("ref_page"),
            references.c.date.label("ref_date"),
            *(
                references.c[name]
                for name in ("kind", "key", "number", "label", "shown", "start", "end", "rule", "confidence")
            ),
            references.c.item.label("item"),
            items.c.title.label("item_title"),
            items.c.page.label("item_page"),
            items.c.outcome,
            items.c.number.label("item_number"),
        )
        .select_from(references.join(documents, documents.c.doc == references.c.doc).outerjoin(items, only))
        .order_by(documents.c.date, documents.c.id, references.c.ordinal)
    )


def _paper(row: Any, item: int | None = None, page: int | None = None) -> Paper:
    item = row["item"] if item is None else item
    # A decision is its one item: naming both would show one paper twice.
    item = None if row["doc_type"] == "decision" else item
    return Paper(
        id=row["id"],
        item=item,
        path=row["path"],
        doc_type=row["doc_type"],
        title=row["item_title"] if item is not None else row["title"],
        date=row["date"],
        page=page or row["item_page"] or 1,
        outcome=row["outcome"],
        number=row["item_number"],
    )


def _titles_agree(wanted: str | None, paper: Paper) -> bool:
    """Titles agree when they are alike, or one of at least ten letters stands in the other."""
    if not wanted or not paper.title:
        return False
    one, other = wanted.casefold(), paper.title.casefold()
    shorter, longer = sorted((one, other), key=len)
    return fuzz.ratio(one, other) >= 85 or (len(shorter) >= 10 and shorter in longer)


def _labels_agree(label: str, paper: Paper) -> bool:
    """The label closes at a word's end: Bilag 1 is not Bilag 12."""
    name = paper.path.rsplit("/", 1)[-1]
    return any(label.casefold() in f"{text.casefold()} ".replace("_", " ") for text in (paper.title or "", name))


def pairs(links: Iterable[Link]) -> Iterator[tuple[Link, Paper]]:
    """Yield each link with each of its targets."""
    for link in links:
        for paper in link.targets:
            yield link, paper
