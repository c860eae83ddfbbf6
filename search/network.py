"""Every link of the archive as rows: the shape that `sagsspor links` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corpus.archive import Archive
from corpus.cases import Cases
from corpus.instruments import instrument_key
from corpus.links import Link, Links, Paper
from corpus.missing import find_missing
from corpus.records import SCHEMA
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


#: Documents whose links are resolved together.
_TOGETHER = 100


def links_json(
    archive: Archive, named: str | None, *, pairs: bool = False, cases: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield every link of one document, or of all.

    With `pairs` also who is a member of the same case or meeting, with `cases` the members of each case.
    """
    links = Links(archive.catalogue)
    one = find_document(archive, named).id if named else None
    ids = iter([one]) if one else links.ids()
    while part := list(islice(ids, _TOGETHER)):
        found = links.out_of_all(part, limit=sys.maxsize)
        for id_ in part:
            for link in found.get(id_, ()):
                yield from _rows(link)
            if pairs:
                yield from _pairs(links, id_)
    for number, paper in Cases(archive.catalogue).memberships(one) if cases else ():
        yield _row(paper, None, "case", "member", "resolved", "own-number", 1.0, number)


def missing_json(archive: Archive, limit: int, offset: int = 0) -> dict[str, Any]:
    """Give what is pointed to and not held, with how many papers point to it, most first."""
    found, total = find_missing(archive.catalogue, limit, offset)
    shown = [
        {"kind": each.kind, "shown": each.shown, "date": each.date, "from": list(each.sources), "cited": each.cited}
        for each in found
    ]
    return {"schema": SCHEMA, "missing": shown, "more": max(0, total - offset - limit)}


def missing_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the missing documents for a terminal."""
    for row in shown["missing"]:
        what = " ".join(part for part in (row["shown"], row["date"]) if part)
        yield f"{row['cited']:>5}  {row['kind']:<10} {what}  cited by {row['from'][0]}"
    if not shown["missing"]:
        yield "Nothing is missing: the archive holds what its papers point to."
    if shown["more"]:
        yield f"       more: {shown['more']}"


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
    """Give what ties a document to others without a reference; of two papers, the one with the smaller id tells."""
    own = links.paper(id_)
    for paper in links.attachments_of(id_):
        yield _row(own, paper, "attachment", "attaches", "resolved", "member-of-file", 1.0, paper.title)
    for paper, alike in links.near(id_):
        yield from _once(own, paper, "near_duplicate", "copies", "minhash", alike, None)
    for paper in links.of_meetings(id_):
        yield from _once(own, paper, "meeting", "member", "same-meeting", 0.95, paper.date)
    for key in dict.fromkeys(key for key, _, _ in links.own_cases(id_)):
        for paper in links.members(key):
            yield from _once(own, paper, "case", "member", "same-case", 1.0, key)
    yield from _instrument_pairs(links, own)


def _instrument_pairs(links: Links, own: Paper) -> Iterator[dict[str, Any]]:
    """Give who else names the instruments of one document."""
    seen: set[str] = set()
    names = [link.shown for link in links.out_of(own.id) if link.kind == "instrument" and link.shown]
    for name in names:
        for link in links.naming(list(links.instrument_keys(instrument_key(name)))):
            if link.source.id not in seen:
                seen.add(link.source.id)
                yield from _once(own, link.source, "instrument", "mentions", "same-name", 0.9, link.shown)


def _once(
    own: Paper, paper: Paper, kind: str, relation: str, rule: str, confidence: float, shown: str | None
) -> Iterator[dict[str, Any]]:
    if paper.id > own.id:
        yield _row(own, paper, kind, relation, "resolved", rule, round(confidence, 2), shown)


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
