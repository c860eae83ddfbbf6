"""Which documents of the set belong together, and why.

What the labels decide is read off them: `case` (a shared own number, or a cited one), `meeting` (a paper of a meeting
and one that cites its body and date, or two papers of one meeting; head key `body`), `instrument` (the same one, by a
shared name or key, also over a third document).
What only the writer knows stands in the head: `cites` (letter), `encloses` (attachment), `like` (near_duplicate).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from tests.samples.labels import marked_text, value_of
from tests.samples.markup import Mark, Source, read_marks

Labels = dict[str, Any]
WRITTEN = {"cites": "letter", "encloses": "attachment", "like": "near_duplicate"}


def find_links(documents: Iterable[tuple[Source, Labels]]) -> list[dict[str, str]]:
    """Give every link once per kind, in the order of the names."""
    pairs = list(documents)
    instruments = _instruments(source for source, _ in pairs)
    found = {(source.name, name, kind) for source, _ in pairs for name, kind in _written(source)}
    for (one, left), (other, right) in combinations(pairs, 2):
        for kind, linked in (
            ("case", _share_case(left, right)),
            ("meeting", _share_meeting(one, left, other, right)),
            ("instrument", bool(instruments[one.name] & instruments[other.name])),
        ):
            if linked:
                found.add((one.name, other.name, kind))
    return [{"from": one, "to": other, "kind": kind} for one, other, kind in sorted(found)]


def _written(source: Source) -> Iterator[tuple[str, str]]:
    for key, kind in WRITTEN.items():
        for name in filter(None, source.head.get(key, "").split(", ")):
            yield name, kind


def _targets(labels: Labels, kind: str, key: str = "target") -> set[str]:
    return {reference[key] for reference in labels["references"] if reference["kind"] == kind}


def _share_case(left: Labels, right: Labels) -> bool:
    own, other = set(left["case_numbers"]), set(right["case_numbers"])
    return bool(own & other or own & _targets(right, "case") or other & _targets(left, "case"))


def _meetings(labels: Labels) -> set[tuple[str, str]]:
    return {(link["body"], link["date"]) for link in labels["references"] if link["kind"] == "meeting"}


def _share_meeting(one: Source, left: Labels, other: Source, right: Labels) -> bool:
    here = {(one.head["body"], left["date"])} if "body" in one.head else set()
    there = {(other.head["body"], right["date"])} if "body" in other.head else set()
    return bool(here & there or here & _meetings(right) or there & _meetings(left))


def _instruments(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Give for each document the instruments it names; names that share a key, or keys a name, are one instrument."""
    said = {
        source.name: [_aliases(mark) for mark in read_marks(marked_text(source))[1] if mark.tag == "ins"]
        for source in sources
    }
    groups: list[set[str]] = []
    for aliases in (aliases for found in said.values() for aliases in found):
        touched = [group for group in groups if group & aliases]
        groups = [group for group in groups if group not in touched] + [aliases.union(*touched)]
    same = {alias: min(group) for group in groups for alias in group}
    return {name: {same[alias] for aliases in found for alias in aliases} for name, found in said.items()}


def _aliases(mark: Mark) -> set[str]:
    return {value_of(mark).casefold()} | ({f"={mark.key}"} if mark.key else set())
