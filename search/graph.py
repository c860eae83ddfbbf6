"""What belongs together on a trail: its papers, their bodies and cases, and the references between them, as a graph."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.archive import Archive
from corpus.bodies import body_key
from corpus.links import Links
from search.stages import cases_of
from search.steps import Step, Trail, name_of

#: So many papers are drawn; a picture of more is a thicket.
PAPERS = 40


@dataclass(frozen=True, slots=True)
class Edge:
    """One paper points to another: by which kind of reference; `indices` of `Graph.steps`."""

    source: int
    target: int
    kind: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The first steps of a trail, the bodies and cases they belong to, and what links them; `total` steps there are."""

    steps: tuple[Step, ...]
    total: int
    bodies: tuple[str, ...]
    cases: tuple[str, ...]
    #: For each step the index of its body, and those of its cases.
    body_of: tuple[int | None, ...]
    cases_of: tuple[tuple[int, ...], ...]
    edges: tuple[Edge, ...]


def graph_of(archive: Archive, trail: Trail) -> Graph:
    """Give the graph of a trail's first papers; papers in other formats and reminders of what is open are left out."""
    drawn = [step for step in trail.shown if step.real or step.date]
    steps = tuple(drawn[:PAPERS])
    facts = archive.catalogue.facts_of([step.paper.id for step in steps])
    bodies: dict[str, str] = {}
    cases: dict[str, None] = {}
    for step in steps:
        if step.body:
            bodies.setdefault(body_key(step.body), step.body)
        for number in cases_of(facts[step.paper.id], step.paper) if step.real else ():
            cases[number] = None
    numbered_bodies, numbered_cases = (
        {key: number for number, key in enumerate(keys)} for keys in (tuple(bodies), tuple(cases))
    )
    return Graph(
        steps,
        len(drawn),
        tuple(bodies.values()),
        tuple(cases),
        tuple(numbered_bodies[body_key(step.body)] if step.body else None for step in steps),
        tuple(
            tuple(numbered_cases[number] for number in cases_of(facts[step.paper.id], step.paper)) if step.real else ()
            for step in steps
        ),
        tuple(_edges(archive, steps)),
    )


def _edges(archive: Archive, steps: tuple[Step, ...]) -> list[Edge]:
    """Give each pair of papers that a reference links once, and what tells of a meeting that has no paper."""
    at = {name_of(step.paper): number for number, step in enumerate(steps) if step.real}
    found: dict[tuple[int, int], Edge] = {}
    out = Links(archive.catalogue).out_of_all([step.paper.id for step in steps if step.real])
    for links in out.values():
        for link in links:
            source = at.get(name_of(link.source), at.get(link.source.id))
            for paper in link.targets if link.state == "resolved" and link.kind != "case" else ():
                target = at.get(name_of(paper), at.get(paper.id))
                if source is not None and target is not None and source != target:
                    found.setdefault((min(source, target), max(source, target)), Edge(source, target, link.kind))
    for number, step in enumerate(steps):
        teller = at.get(name_of(step.paper))
        if not step.real and teller is not None:
            found.setdefault((min(teller, number), max(teller, number)), Edge(teller, number, "told"))
        for change in step.changes:
            earlier = at.get(change.since or "")
            if change.what == "text" and earlier is not None:
                found.setdefault((min(earlier, number), max(earlier, number)), Edge(number, earlier, "near_duplicate"))
    return list(found.values())
