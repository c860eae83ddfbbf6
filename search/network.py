"""Every link of the archive as rows: the shape that `sagsspor links` prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

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


#: From an instrument's key to all the keys that name it.
_Same: TypeAlias = Callable[[str], frozenset[str]]
#: Documents whose links are resolved together.
_TOGETHER = 100


def links_json(
    archive: Archive, named: str | None, *, pairs: bool = False, cases: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield every link of one document, or of all.

    With `pairs` also who is a member of the same case or meeting, with `cases` the members of each case.
    """
    links = Links(archive.catalogue)
    same = cache(lambda key: frozenset(links.instrument_keys(key)))
    one = find_document(archive, named).id if named else None
    ids = iter([one]) if one else links.ids()
    while part := list(islice(ids, _TOGETHER)):
        found = links.out_of_all(part, limit=sys.maxsize)
        for id_ in part:
            for link in found.get(id_, ()):
                yield from _rows(link)
            if pairs:
                yield from (row for row, told in _pairs(links, id_, same) if one or told)
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


def _pairs(links: Links, id_: str, same: _Same) -> Iterator[tuple[dict[str, Any], bool]]:
    """Give what ties a document to others without a reference, and whether it is this one of the two that tells it."""
    own = links.paper(id_)
    for paper in links.attachments_of(id_):
        yield _row(own, paper, "attachment", "attaches", "resolved", "member-of-file", 1.0, paper.title), True
    tied: list[tuple[Paper, str, str, str, float, str | None]] = [
        *((paper, "near_duplicate", "copies", "minhash", round(alike, 2), None) for paper, alike in links.near(id_)),
        *((paper, "meeting", "member", "same-meeting", 0.95, paper.date) for paper in links.of_meetings(id_)),
        *(
            (paper, "case", "member", "same-case", 1.0, key)
            for key in dict.fromkeys(key for key, _, _ in links.own_cases(id_))
            for paper in links.members(key)
        ),
    ]
    for paper, kind, relation, rule, confidence, shown in tied:
        if paper.id == own.id:
            continue
        yield _row(own, paper, kind, relation, "resolved", rule, confidence, shown), paper.id > own.id
    yield from _instrument_pairs(links, own, same)


def _instrument_pairs(links: Links, own: Paper, same: _Same) -> Iterator[tuple[dict[str, Any], bool]]:
    """Give who else names the instruments of one document; an addition names its plan, the plan not its additions."""
    seen = {own.id}
    names = [link.shown for link in links.out_of(own.id) if link.kind == "instrument" and link.shown]
    for key in map(instrument_key, names):
        for link in links.naming(sorted(same(key))):
            if link.source.id not in seen:
                seen.add(link.source.id)
                row = _row(own, link.source, "instrument", "mentions", "resolved", "same-name", 0.9, link.shown)
                yield row, link.source.id > own.id or key not in same(instrument_key(link.shown or ""))


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
