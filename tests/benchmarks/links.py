"""Links, cases and trails over a generated archive, and what a further thousand papers cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.archive import Archive
from corpus.links import Links
from corpus.missing import find_missing
from corpus.records import Record
from search.case import show_case
from search.trail import follow
from tests.benchmarks import network
from tests.benchmarks.measure import Cost, alone, clock, cpu_of, milliseconds, seconds_of, table
from tests.benchmarks.papers import case_number

#: The archive's size at which papers are added first, and how many are added.
SMALL, ADDED = 10_000, 1000
#: So many times they are added; the cheapest counts, as other work on the machine only ever adds.
ROUNDS = 3


def run(size: int, keep: Path, profile: bool) -> None:
    """Fill the archive, or take the one that is kept, and print every table."""
    folder = keep / f"linked-{size}"
    if not (folder / "sagsspor.db").exists():
        costs, _ = alone(_fill, folder, size)
        table(
            f"Adding {ADDED} papers with three references each to the catalogue (target of the ratio: 3)",
            ("archive", "wall s", "cpu s", "ratio by the wall", "ratio by cpu"),
            [(shown, *_ratio(cost, costs[0][1])) for shown, cost in costs],
        )
    rows, _ = alone(_ask, folder, size, profile)
    heads = ("what", "calls", "p50", "p95", "p50 of cpu", "p95 of cpu", "target p95")
    table(f"Links over {size:,} papers with {3 * size:,} references, warm, ms", heads, rows)


def _ratio(cost: Cost, first: Cost) -> tuple[str, ...]:
    return f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.wall / first.wall:.2f}", f"{cost.cpu / first.cpu:.2f}"


def _fill(folder: Path, size: int) -> list[tuple[str, Cost]]:
    with Archive.create(folder) as archive:
        network.fill(archive, network.papers(0, min(SMALL, size), size, 1))
        costs = [(f"{min(SMALL, size):,}", _add(archive, size))]
        if size > SMALL:
            network.fill(archive, network.papers(SMALL, size, size, 3))
            costs.append((f"{size:,}", _add(archive, size + ROUNDS * ADDED)))
    return costs


def _add(archive: Archive, first: int) -> Cost:
    """Add papers that are made beforehand, so that only the catalogue is timed; give the cheapest round."""
    costs = []
    for number in range(first, first + ROUNDS * ADDED, ADDED):
        made: list[Record] = list(network.papers(number, number + ADDED, first, number))
        with clock() as cost:
            network.put(archive, iter(made))
        costs.append(cost)
    return min(costs, key=lambda cost: cost.wall)


def _ask(folder: Path, size: int, profile: bool) -> list[tuple[str, ...]]:
    rng = np.random.default_rng(5)
    with Archive.open(folder) as archive:
        links = Links(archive.catalogue)
        ids = _some_of(links, size, rng)
        cases = [case_number(place) for place in rng.integers(1000, size // 6, 300).tolist()]
        standing = [network.standing_case(number % network.STANDING) for number in range(10)]
        own = partial(show_case, archive)
        later = partial(show_case, archive, offset=size // 200)
        trail = partial(follow, archive)
        rows: list[tuple[str, Callable[[str], Any], list[str], str]] = [
            ("case page", own, cases, "30"),
            ("references out of a paper", links.out_of, ids, "8"),
            ("references into a paper", links.into, ids[:200], "8"),
            (f"trail of a matter with {network.STEPS} steps", trail, [network.MATTER] * 20, "30"),
            ("standing case of 1 % of all papers, first page", own, standing, "80"),
            ("the same, a page in the middle", later, standing, "80"),
            ("charter that 10 % of all papers name, first page", trail, [network.CHARTER] * 5, "80"),
            ("what is missing, first page", lambda _: find_missing(archive.catalogue, 200), [""] * 2, ""),
        ]
        return [_row(*row, profile=profile) for row in rows]


def _some_of(links: Links, size: int, rng: np.random.Generator) -> list[str]:
    """Draw ids, and keep no others: the search for dead cycles would go through a list of them all."""
    places = set(rng.integers(0, size, 500).tolist())
    ids = [id_ for place, id_ in enumerate(links.ids()) if place in places]
    rng.shuffle(ids)
    return ids


def _row(name: str, call: Callable[[str], Any], values: list[str], target: str, *, profile: bool) -> tuple[str, ...]:
    for value in values[:3] if len(values) > 3 else ():
        call(value)
    wall = [seconds_of(lambda: call(value)) for value in values]  # noqa: B023
    cpu = [cpu_of(lambda: call(value)) for value in values]  # noqa: B023
    if profile:
        _profile(name, lambda: [call(value) for value in values])
    return name, str(len(values)), *milliseconds(wall)[:2], *milliseconds(cpu)[:2], target


def _profile(name: str, work: Callable[[], Any]) -> None:
    import cProfile
    import pstats

    import click

    click.echo(name)
    watch = cProfile.Profile()
    watch.runcall(work)
    pstats.Stats(watch).sort_stats("cumtime").print_stats(35)
