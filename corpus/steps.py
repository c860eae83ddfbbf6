"""What a trail reads of the catalogue: one page of mentions, and what is known of the papers on it, all together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from corpus import rows
from corpus.catalogue import Catalogue
from corpus.corrections import apply, corrections_of
from corpus.database import parts
from corpus.judged import as_judged
from corpus.papers import MEMBERS, MENTIONS, OUTSIDE, Link, Paper, first_members, read_link, reference_query
from corpus.records import Facts
from corpus.resolver import Resolver
from corpus.tables import documents, meetings, references

#: So many papers of a case, and about it, can be a hearing's answers.
ANSWERS = 2000

#: Made once, since every page of a trail asks them.
_RECORDS = sa.select(documents.c.id, documents.c.record).where(
    documents.c.id.in_(sa.bindparam("ids", expanding=True)),
)
_LETTERS = reference_query().where(
    documents.c.id.in_(sa.bindparam("ids", expanding=True)), references.c.kind == "letter"
)
_HELD = (
    sa.select(meetings.c.date)
    .where(meetings.c.body == sa.bindparam("body"), meetings.c.date.in_(sa.bindparam("days", expanding=True)))
    .distinct()
)


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

    def naming(self, keys: Sequence[str], limit: int, offset: int = 0) -> Mentions:
        """Give the mentions of an instrument under any of its keys, oldest first."""
        with self.engine.connect() as to:
            found = MENTIONS.page(to, limit, offset, keys=keys)
            more = MENTIONS.count(to, keys=keys) - offset - len(found) if len(found) == limit else 0
        return Mentions(tuple(read_link(row, "resolved", ()) for row in found), more)

    def filed(self, keys: Sequence[str], limit: int, offset: int = 0) -> Filed:
        """Give the papers of a case under all its numbers, and references to it from papers outside, oldest first."""
        until = limit + offset
        with self.engine.connect() as to:
            listed = [first_members(to, "case", key, until) for key in keys]
            members = {(paper.id, paper.item): paper for papers in listed for paper in papers}
            cited = [OUTSIDE.page(to, until, key=key) for key in keys]
            citing = [read_link(row, "resolved", ()) for rows in cited for row in rows]
            outside = [link for link in citing if not _is_among(link.source, members)]
            total = len(members) + len(outside)
            if max(map(len, (*listed, *cited))) == until:
                counted = (MEMBERS.count(to, kind="case", key=key) + OUTSIDE.count(to, key=key) for key in keys)
                total += sum(counted) - sum(map(len, listed)) - len(citing)
        every: list[Paper | Link] = [*members.values(), *outside]
        page = sorted(every, key=_when)[offset:until]
        return Filed(tuple(page), max(0, total - offset - len(page)))

    def answering(self, key: str) -> list[Paper]:
        """Give the papers of a case, and those outside it that cite it, without any meetings' items of other cases."""
        page = self.filed([key], ANSWERS)
        return [one.source if isinstance(one, Link) else one for one in page.papers]

    def letters_cited_by(self, ids: Sequence[str]) -> list[Link]:
        """Give the references of some papers to letters, by their days, resolved together."""
        with self.engine.connect() as to:
            rows = to.execute(_LETTERS, {"ids": ids}).mappings().all()
            return list(as_judged(to, Resolver(to).resolve(rows)))

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Give what is known of papers, as people corrected it, without their texts."""
        found: dict[str, Known] = {}
        with self.engine.connect() as to:
            for part in parts(list(dict.fromkeys(ids))):
                made = corrections_of(to, part)
                for id_, packed in to.execute(_RECORDS, {"ids": part}):
                    rest = rows.unpack(packed)
                    facts = apply(rows.read_facts(rest["facts"]), made.get(id_, ()))
                    found[id_] = Known(facts, tuple(rest["signature"]))
        return found

    def held(self, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Give those meetings, as (key of the body, day), of which the archive holds a paper."""
        found: set[tuple[str, str]] = set()
        with self.engine.connect() as to:
            for body, group in groupby(sorted(set(wanted)), key=itemgetter(0)):
                for days in parts([day for _, day in group]):
                    found |= {(body, day) for day in to.scalars(_HELD, {"body": body, "days": days})}
        return found

    def of_cases(self, keys: Sequence[str], limit: int) -> list[Paper]:
        """Give the papers of cases and the answers that cite them; of a case with more than `limit` papers none."""
        found: list[Paper] = []
        for key in keys:
            page = self.filed([key], limit)
            if not page.more:
                found += [one.source if isinstance(one, Link) else one for one in page.papers if _belongs(one)]
        return found


def _belongs(one: Paper | Link) -> bool:
    return not isinstance(one, Link) or one.source.doc_type == "hearing_response"


def _is_among(paper: Paper, members: Collection[tuple[str, int | None]]) -> bool:
    return (paper.id, paper.item) in members or (paper.id, None) in members


def _when(one: Paper | Link) -> tuple[str, str, int]:
    paper = one.source if isinstance(one, Link) else one
    return paper.date or "", paper.id, -1 if paper.item is None else paper.item
