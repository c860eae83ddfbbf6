"""What a page of hits reads of the catalogue: heads, agenda items, and slices of texts.

The statements are made once: a page of hits asks a dozen, and to build one takes longer than to run it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus import rows
from corpus.database import parts
from corpus.records import Head, HeadItem, PageText
from corpus.tables import documents, items, numbers, texts

#: Pages of a text that is read whole for its passages.
SHORT = 8
_NO_END = 2**62


def _one_of(name: str) -> Any:
    return sa.bindparam(name, expanding=True)


_HEADS = sa.select(
    *(documents.c[name] for name in ("doc", "id", "path", "title", "doc_type", "date", "group", "pages")),
    sa.select(sa.func.count()).where(items.c.doc == documents.c.doc).scalar_subquery().label("items"),
).where(documents.c.id.in_(_one_of("ids")))
_CASES = sa.select(numbers.c.doc, numbers.c.value).where(numbers.c.doc.in_(_one_of("docs")), numbers.c.kind == "case")
_SHORT_TEXTS = (
    sa.select(documents.c.id, texts.c.page, texts.c.start, texts.c.text)
    .join(documents, documents.c.doc == texts.c.doc)
    .where(documents.c.id.in_(_one_of("ids")), documents.c.pages <= SHORT)
    .order_by(texts.c.doc, texts.c.ordinal)
)
_DOC = sa.select(documents.c.doc).where(documents.c.id == sa.bindparam("id")).scalar_subquery()
_FIRST = sa.select(sa.func.max(texts.c.start)).where(texts.c.doc == _DOC, texts.c.start <= sa.bindparam("start"))
_SLICES = (
    sa.select(texts.c.page, texts.c.start, texts.c.text)
    .where(texts.c.doc == _DOC, texts.c.start >= sa.func.coalesce(_FIRST.scalar_subquery(), 0))
    .where(texts.c.start < sa.bindparam("end"))
    .order_by(texts.c.ordinal)
)
_STARTS = (
    sa.select(documents.c.id, texts.c.doc, texts.c.start)
    .join(texts, texts.c.doc == documents.c.doc)
    .where(documents.c.id.in_(_one_of("ids")))
    .order_by(texts.c.doc, texts.c.ordinal)
)
_SOME_SLICES = sa.select(*(texts.c[name] for name in ("doc", "ordinal", "page", "start", "text"))).where(
    texts.c.doc.in_(_one_of("docs")), texts.c.ordinal.in_(_one_of("ordinals"))
)
_ITEMS = (
    sa.select(documents.c.id, *(items.c[name] for name in ("ordinal", "number", "title", "page", "start", "end")))
    .join(documents, documents.c.doc == items.c.doc)
    .where(documents.c.id.in_(_one_of("ids")), items.c.ordinal.in_(_one_of("ordinals")))
)


def read_heads(to: Connection, ids: Sequence[str]) -> dict[str, Head]:
    """Give what a list shows of each document; one that is not there is left out."""
    found: Sequence[Any] = to.execute(_HEADS, {"ids": ids}).all()
    cases: dict[int, dict[str, None]] = {}
    for doc, value in to.execute(_CASES, {"docs": [row[0] for row in found]}):
        cases.setdefault(doc, {})[value] = None
    return {
        id_: Head(id_, path, title, doc_type, date, tuple(cases.get(doc, ())), group, items, pages)
        for doc, id_, path, title, doc_type, date, group, pages, items in found
    }


def read_items(to: Connection, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], HeadItem]:
    """Give what a list shows of agenda items, by document and place among its items."""
    # What comes too much is left: of pairs SQLite would search no index.
    wanted = set(places)
    asked = {"ids": list({id_ for id_, _ in wanted}), "ordinals": list({ordinal for _, ordinal in wanted})}
    return {
        (id_, ordinal): HeadItem(*shown)
        for id_, ordinal, *shown in to.execute(_ITEMS, asked)
        if (id_, ordinal) in wanted
    }


def read_short_texts(to: Connection, ids: Sequence[str]) -> dict[str, tuple[PageText, ...]]:
    """Give the slices of those texts that have up to `SHORT` pages."""
    found: dict[str, list[PageText]] = {}
    for part in parts(ids):
        for id_, page, start, data in to.execute(_SHORT_TEXTS, {"ids": part}):
            found.setdefault(id_, []).append(PageText(page, start, rows.read_slice(data)))
    return {id_: tuple(slices) for id_, slices in found.items()}


def read_pages(to: Connection, id_: str, start: int, end: int | None) -> Iterator[PageText]:
    """Yield the slices of a text that hold something between two offsets, in order."""
    asked = {"id": id_, "start": start, "end": _NO_END if end is None else end}
    for page, at, data in to.execute(_SLICES, asked):
        yield PageText(page, at, rows.read_slice(data))


def read_slices_at(to: Connection, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], PageText]:
    """Give the slices of texts in which offsets of documents (id, offset) stand; what is not there is left out."""
    found: dict[tuple[str, int], PageText] = {}
    for part in parts(list(dict.fromkeys(places))):
        found |= _slices_at(to, part)
    return found


def _slices_at(to: Connection, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], PageText]:
    starts: dict[str, list[int]] = {}
    docs: dict[str, int] = {}
    for id_, doc, start in to.execute(_STARTS, {"ids": list({id_ for id_, _ in places})}):
        docs[id_] = doc
        starts.setdefault(id_, []).append(start)
    at = {
        (id_, offset): (docs[id_], max(0, bisect_right(starts[id_], offset) - 1))
        for id_, offset in places
        if id_ in docs
    }
    # Of pairs SQLite would search no index; what comes too much is left compressed.
    wanted = set(at.values())
    asked = {"docs": list({doc for doc, _ in wanted}), "ordinals": list({ordinal for _, ordinal in wanted})}
    read: dict[tuple[int, int], PageText] = {}
    for doc, ordinal, page, start, data in to.execute(_SOME_SLICES, asked):
        if (doc, ordinal) in wanted:
            read[doc, ordinal] = PageText(page, start, rows.read_slice(data))
    return {place: read[where] for place, where in at.items()}
