"""The ends of links, papers and references, as values and as the queries that give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.tables import documents, items, numbers, references

State = Literal["resolved", "ambiguous", "conflicting", "missing"]

#: After every day.
_LAST = "9999-99-99"


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


def read_paper(row: Any, item: int | None = None, page: int | None = None) -> Paper:
    """Read a row of `paper_query` or `reference_query`."""
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


def read_link(row: Any, state: State, targets: tuple[Paper, ...]) -> Link:
    """Read a row of `reference_query` with what was found for it."""
    return Link(
        source=read_paper(row, item=row["ref_item"], page=row["ref_page"]),
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


def paper_query(through: Any = None) -> Any:
    """Select papers; `through` is a table of `doc` and `item` (or only `doc`) that says which."""
    item = through.c.item if through is not None and "item" in through.c else sa.null()
    tables = documents if through is None else documents.join(through, through.c.doc == documents.c.doc)
    return sa.select(*_DOCUMENT, item.label("item"), *_ITEM).select_from(tables.outerjoin(items, _only(item)))


def reference_query() -> Any:
    """Select references with the papers that they stand in, oldest first."""
    return (
        sa.select(
            *_DOCUMENT,
            documents.c.parent,
            references.c.item.label("ref_item"),
            references.c.page.label("ref_page"),
            references.c.date.label("ref_date"),
            *(
                references.c[name]
                for name in ("kind", "key", "number", "label", "shown", "start", "end", "rule", "confidence")
            ),
            references.c.item.label("item"),
            *_ITEM,
        )
        .select_from(
            references.join(documents, documents.c.doc == references.c.doc).outerjoin(items, _only(references.c.item))
        )
        .order_by(references.c.dated, documents.c.id, references.c.ordinal)
    )


class Listing:
    """Rows of a table in the order of their dates, page by page, by statements that are made once.

    The index alone says how far the dates of a page go: a charter that 100,000 papers name costs no join of them all.
    What the condition and the query leave open (`sa.bindparam`) is given by name when they are asked.
    """

    def __init__(self, query: Any, table: Any, condition: Any):
        first, last = table.c.dated >= sa.bindparam("first"), table.c.dated <= sa.bindparam("last")
        self._date = sa.select(table.c.dated).where(condition).order_by(table.c.dated).limit(1).offset(_number("at"))
        self._page = query.where(condition, first, last).limit(_number("most")).offset(_number("past"))
        self._count = sa.select(sa.func.count()).select_from(table).where(condition)
        self._before = self._count.where(table.c.dated < sa.bindparam("first"))

    def count(self, to: Connection, **asked: Any) -> int:
        """Count the rows."""
        return int(to.scalar(self._count, asked) or 0)

    def page(self, to: Connection, limit: int, offset: int = 0, **asked: Any) -> list[Any]:
        """Give a page of the rows, oldest first."""
        first: str | None = ""
        before = 0
        if offset:
            first = to.scalar(self._date, {**asked, "at": offset})
            if first is None:
                return []
            before = int(to.scalar(self._before, {**asked, "first": first}) or 0)
        last = to.scalar(self._date, {**asked, "at": offset + limit - 1})
        between = {"first": first, "last": _LAST if last is None else last}
        return list(to.execute(self._page, {**asked, **between, "most": limit, "past": offset - before}).mappings())


def _number(name: str) -> Any:
    return sa.bindparam(name, type_=sa.Integer)


def first_members(to: Connection, kind: str, key: str | None, limit: int, offset: int = 0) -> list[Paper]:
    """Give a page of the papers whose own number this is, oldest first; of a meeting, the items."""
    return [read_paper(row) for row in MEMBERS.page(to, limit, offset, kind=kind, key=key)]


def means_case(key: Any) -> Any:
    """Give what is true of the references to a case: none has a date; said, it gives them in the order of the index."""
    return sa.and_(references.c.kind == "case", references.c.key == key, references.c.date.is_(None))


def of_item(mine: Any) -> Any:
    """Give what is true of references in a member of a case: of a meeting's paper only those of the case's item."""
    return sa.or_(mine.c.item.is_(None), mine.c.item == references.c.item)


def from_outside(key: Any) -> Any:
    """Give what is true of the references to a case from papers, and items of meetings, that are not its own."""
    mine = numbers.alias("mine")
    own = (mine.c.kind == "case", mine.c.key == key, mine.c.doc == references.c.doc, of_item(mine))
    return sa.and_(means_case(key), ~sa.select(mine.c.doc).where(*own).correlate(references).exists())


_DOCUMENT = tuple(documents.c[name] for name in ("doc", "id", "path", "doc_type", "title", "date"))
_ITEM = (
    items.c.title.label("item_title"),
    items.c.page.label("item_page"),
    items.c.outcome,
    items.c.number.label("item_number"),
)


def _only(item: Any) -> Any:
    """Join the item that is meant; a decision is one item: its outcome is the paper's."""
    ordinal = sa.func.coalesce(item, sa.case((documents.c.doc_type == "decision", 0), else_=-1))
    return sa.and_(items.c.doc == documents.c.doc, items.c.ordinal == ordinal)


#: Papers by their own number, of a kind.
MEMBERS = Listing(
    paper_query(numbers).order_by(numbers.c.dated, documents.c.id, numbers.c.item),
    numbers,
    sa.and_(numbers.c.kind == sa.bindparam("kind"), numbers.c.key == sa.bindparam("key")),
)
#: References to a case from outside it.
OUTSIDE = Listing(reference_query(), references, from_outside(sa.bindparam("key")))
#: Mentions of an instrument. None has a date of its own; said, it gives those under one key in the order of the index.
MENTIONS = Listing(
    reference_query(),
    references,
    sa.and_(
        references.c.kind == "instrument",
        references.c.key.in_(sa.bindparam("keys", expanding=True)),
        references.c.date.is_(None),
    ),
)
