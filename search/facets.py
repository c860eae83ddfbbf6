"""Facets of a body under its many names: the index counts names as papers print them, and a reader asks for bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.bodies import body_key
from index import query as tree
from index.port import Engine, Facet, FacetCount
from index.query import all_of, members

_OF_BODIES = ("committee", "department")
_DOCUMENTS = tree.Term("kind", "document")


def join_bodies(engine: Engine, query: tree.Query, facets: Sequence[Facet]) -> Iterator[Facet]:
    """Yield the facets with each body once, under the name that most papers use.

    A paper that uses two names of a body counts once: such a body's papers are counted anew, by its key.
    """
    for facet in facets:
        if facet.name not in _OF_BODIES:
            yield facet
            continue
        named: dict[str, list[FacetCount]] = {}
        for each in facet.values:
            named.setdefault(body_key(each.value), []).append(each)
        values = [
            each[0] if len(each) == 1 else FacetCount(each[0].value, _count(engine, query, facet.name, key))
            for key, each in named.items()
        ]
        yield replace(facet, values=tuple(sorted(values, key=lambda each: -each.count)))


def _count(engine: Engine, query: tree.Query, name: str, key: str) -> int:
    return engine.count(all_of(members(query), tree.Term(name, key), _DOCUMENTS))
