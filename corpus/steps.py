"""What a trail reads of the catalogue: one page of mentions, and what is known of the papers on it, all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus import rows
from corpus.catalogue import Catalogue
from corpus.corrections import apply, corrections_of
from corpus.papers import Link, Paper, first_members, first_references, paper_query, read_link, read_paper
from corpus.records import Facts
from corpus.tables import documents, meetings, numbers, references

#: Ids and keys that are asked for at once.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a paper, and the signature by which it resembles others."""

    facts: Facts
    signature: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """One page of mentions in the order of time, and how many come after it."""

    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Filed:
    """One page of a case in the order of time: its papers, references to it from outside, and how many come after."""

    papers: tuple[Paper | Link, ...]
    more: int


class Steps:
    """The reads of a trail over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    def naming(self, keys: Sequence[str], limit: int, offset: int) -> Mentions:
        """Give the mentions of an instrument under any of its keys, oldest first."""
        # The index alone leafs through them: none has a date of its own, and so a key's come in the order of time.
        named = sa.and_(references.c.kind == "instrument", references.c.key.in_(keys), references.c.date.is_(None))
        with self.engine.connect() as to:
            total = int(to.scalar(sa.select(sa.func.count()).select_from(references).where(named)) or 0)
            first, before = _first_date(to, named, offset) if offset else (None, 0)
            asked = sa.and_(named, references.c.dated >= first) if first is not None else named
            skipped = offset - before
            found = first_references(to, asked, limit + skipped)[skipped:] if total > offset else []
        return Mentions(tuple(read_link(row, "resolved", ()) for row in found), max(0, total - offset - len(found)))

    def filed(self, key: str, limit: int, offset: int) -> Filed:
        """Give the papers of a case, and references to it from papers outside, oldest first."""
        named = sa.and_(references.c.kind == "case", references.c.key == key)
        own = sa.select(numbers.c.doc).where(
            numbers.c.doc == references.c.doc, numbers.c.kind == "case", numbers.c.key == key
        )
        outside = sa.and_(named, ~own.exists())
        until = limit + offset
        with self.engine.connect() as to:
            members: list[Paper | Link] = [*first_members(to, "case", key, until)]
            citing = [read_link(row, "resolved", ()) for row in first_references(to, outside, until)]
            total = len(members) + len(citing)
            if total >= until:
                mine = sa.select(sa.func.count()).where(numbers.c.kind == "case", numbers.c.key == key)
                total = int(to.scalar(mine) or 0)
                total += int(to.scalar(sa.select(sa.func.count()).select_from(references).where(outside)) or 0)
        page = sorted([*members, *citing], key=_when)[offset:until]
        return Filed(tuple(page), max(0, total - offset - len(page)))

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Give what is known of papers, as people corrected it, without their texts."""
        found: dict[str, Known] = {}
        with self.engine.connect() as to:
            for part in _parts(dict.fromkeys(ids)):
                made = corrections_of(to, part)
                query = sa.select(documents.c.id, documents.c.record).where(documents.c.id.in_(part))
                for id_, packed in to.execute(query):
                    rest = rows.unpack(packed)
                    facts = apply(rows.read_facts(rest["facts"]), made.get(id_, ()))
                    found[id_] = Known(facts, tuple(rest["signature"]))
        return found

    def held(self, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Give those meetings, as (key of the body, day), of which the archive holds a paper."""
        found: set[tuple[str, str]] = set()
        with self.engine.connect() as to:
            for body, group in groupby(sorted(set(wanted)), key=itemgetter(0)):
                for days in _parts(day for _, day in group):
                    query = sa.select(meetings.c.date).where(meetings.c.body == body, meetings.c.date.in_(days))
                    found |= {(body, day) for day in to.scalars(query.distinct())}
        return found

    def members(self, keys: Sequence[str], limit: int) -> list[tuple[str, Paper]]:
        """Give the papers of cases with their case's key; of a case with more than `limit` papers none."""
        found: list[tuple[str, Paper]] = []
        with self.engine.connect() as to:
            for key in keys:
                query = paper_query(numbers).where(numbers.c.kind == "case", numbers.c.key == key).limit(limit + 1)
                papers = [read_paper(row) for row in to.execute(query).mappings()]
                found += [(key, paper) for paper in papers] if len(papers) <= limit else []
        return found


def _first_date(to: Connection, condition: Any, offset: int) -> tuple[str | None, int]:
    """Give the date of the row at `offset`, and how many rows have an earlier one."""
    query = sa.select(references.c.dated).where(condition).order_by(references.c.dated).limit(1).offset(offset)
    first: str | None = to.scalar(query)
    if first is None:
        return None, 0
    before = sa.select(sa.func.count()).select_from(references).where(condition, references.c.dated < first)
    return first, int(to.scalar(before) or 0)


def _when(one: Paper | Link) -> tuple[str, str, int]:
    paper = one.source if isinstance(one, Link) else one
    return paper.date or "", paper.id, -1 if paper.item is None else paper.item


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    every = list(values)
    yield from (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))
