"""What people said of links: the target of a reference confirmed or rejected, kept apart and winning over the rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.database import parts
from corpus.papers import Link, State
from corpus.tables import judgements

Verdict = Literal["confirmed", "rejected"]
#: Verdicts of a document's judged references: (kind, what it shows) -> target -> verdict.
Judged = dict[tuple[str, str], dict[str, str]]

_OF_SOURCES = sa.select(judgements).where(judgements.c.source.in_(sa.bindparam("sources", expanding=True)))


def judge_link(to: Connection, link: Link, target: str, verdict: Verdict, who: str) -> None:
    """Write down what a person says of one target of a link."""
    key = {"source": link.source.id, "kind": link.kind, "shown": _said(link), "target": target}
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    to.execute(sa.delete(judgements).filter_by(**key))
    to.execute(sa.insert(judgements).values(**key, verdict=verdict, who=who, at=at))


def as_judged(to: Connection, links: Sequence[Link]) -> Iterator[Link]:
    """Yield links as people judged them: a confirmed target is the only one, a rejected one is none."""
    said: dict[str, Judged] = {}
    for part in parts(list({link.source.id for link in links})):
        for row in to.execute(_OF_SOURCES, {"sources": part}).mappings():
            of = said.setdefault(row["source"], {})
            of.setdefault((row["kind"], row["shown"]), {})[row["target"]] = row["verdict"]
    for link in links:
        yield _judged(link, said[link.source.id]) if link.source.id in said else link


def _said(link: Link) -> str:
    """What a reference shows, by which a judgement finds it again when the document is read anew."""
    return " ".join(part for part in (link.label, link.shown, link.date) if part)


def _judged(link: Link, said: Judged) -> Link:
    verdicts = said.get((link.kind, _said(link)), {})
    confirmed = tuple(paper for paper in link.targets if verdicts.get(paper.id) == "confirmed")
    if confirmed:
        return replace(link, targets=confirmed, state="resolved", rule="confirmed", confidence=1.0)
    left = tuple(paper for paper in link.targets if verdicts.get(paper.id) != "rejected")
    if len(left) == len(link.targets):
        return link
    state: State = "missing" if not left else "resolved" if len(left) == 1 else link.state
    return replace(link, targets=left, state=state)
