"""Every link of the archive as rows: the shape that `sagsspor links` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.archive import Archive
from corpus.links import Link, Links, Paper
from search.document import find_document

#: How a kind of reference relates its two papers.
_RELATIONS = {
    "case": "cites",
    "document": "cites",
    "letter": "answers",
    "meeting": "cites",
    "attachment": "attaches",
    "law": "cites",
    "instrument": "mentions",
}


def links_json(archive: Archive, named: str | None, *, pairs: bool) -> Iterator[dict[str, Any]]:
    """Yield the links of one document, or of all; with `pairs` also who is a member of the same case or meeting."""
    links = Links(archive.catalogue)
    ids = [find_document(archive, named).id] if named else links.ids()
    for id_ in ids:
        for link in links.out_of(id_):
            yield from _rows(link)
        if pairs:
            yield from _pairs(links, id_)


def _rows(link: Link) -> Iterator[dict[str, Any]]:
    if not link.targets:
        yield _row(
            link.source, None, link.kind, _RELATIONS[link.kind], link.state, link.rule, link.confidence, link.shown
        )
    for paper in link.targets:
        yield _row(
            link.source, paper, link.kind, _RELATIONS[link.kind], link.state, link.rule, link.confidence, link.shown
        )


def _pairs(links: Links, id_: str) -> Iterator[dict[str, Any]]:
    """Give the membership of one document as pairs with later members, so that each pair comes once."""
    own = links.own_cases(id_)
    for key in dict.fromkeys(key for key, _, _ in own):
        members = links.members(key)
        here = next((paper for paper in members if paper.id == id_), None)
        for paper in members:
            if here and paper.id > id_:
                yield _row(here, paper, "case", "member", "resolved", "same-case", 1.0, key)


def _row(
    source: Paper, target: Paper | None, kind: str, relation: str, state: str, rule: str, confidence: float, shown: Any
) -> dict[str, Any]:
    return {
        "from": _name(source),
        "to": _name(target) if target else None,
        "kind": kind,
        "relation": relation,
        "state": state,
        "rule": rule,
        "confidence": confidence,
        "from_path": source.path,
        "to_path": target.path if target else None,
        "shown": shown,
    }


def _name(paper: Paper) -> str:
    return paper.id if paper.item is None else f"{paper.id}#{paper.item}"
