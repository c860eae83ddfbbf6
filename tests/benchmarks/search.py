"""Searching a generated archive: what an index costs, and what an answer costs, part by part and beside others."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.archive import Archive
from corpus.numbers import parse as parse_number
from index import query as tree
from index.port import Engine
from index.sync import rebuild
from search.expand import expand
from search.facts import number_query
from search.find import Question, search
from search.parse import parse
from search.reader import CatalogueReader, open_reader
from tests.benchmarks.measure import Cost, alone, at, clock, milliseconds, seconds_of, size_of, table
from tests.benchmarks.papers import fill
from tests.benchmarks.queries import SHARES, Asked, questions
from tests.benchmarks.rivals import Bare, FullText, Plain

#: Questions that slow engines are asked, and of each kind of paper so many snippets are timed.
_FEW = 200
ROOT = Path(__file__).parents[2]


class Watched:
    """An engine that notes how long each kind of call took, for one question at a time and one call after the other."""

    threads = False

    def __init__(self, engine: Engine):
        self.engine = engine
        self.spent: dict[str, float] = {}

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.engine, name)
        if not callable(call):
            return call

        def timed(*values: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return call(*values, **named)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start

        return timed


def run(size: int, keep: Path, rivals: bool, profile: bool) -> None:
    """Build the archive, or take the one that is kept, and print every table."""
    folder = keep / f"papers-{size}"
    if not (folder / "sagsspor.db").exists():
        (written, words), cost = alone(_fill, folder, size)
        (folder / "size.txt").write_text(f"{written} {words}")
        table(
            f"Catalogue: {size:,} papers, {written / 1e6:.0f} MB of text, {words / size:.0f} words each on average",
            ("papers/s", "per cpu s", "bytes / text", "peak MB"),
            [_costs(size, cost, size_of(folder), written)],
        )
    written = int((folder / "size.txt").read_text().split()[0])
    if not (folder / "index" / "version.json").exists() or profile:
        _, cost = alone(_index, folder, profile)
        table(
            "Index from the catalogue, analysis included (one process; targets 2,500 papers/s, 0.8, 700 MB)",
            ("papers/s", "per cpu s", "bytes / text", "peak MB", "without mapped files"),
            [(*_costs(size, cost, size_of(folder / "index"), written), f"{cost.own:.0f}")],
        )
    answers, _ = alone(_answer, folder, size, profile)
    table(f"Answers, warm: {size:,} papers, 1,000 mixed questions, ms", ("part", "p50", "p95", "p99"), answers["parts"])
    table("The whole of search() by class, ms", ("class", "p50", "p95", "p99", "hits p50"), answers["classes"])
    table("Snippets of one paper, ms (target p95 of a large paper 40)", ("paper", "p50", "p95", "p99"), answers["long"])
    _whole_process(folder, size)
    if rivals:
        _beside(folder, size, answers["parts"])


def _costs(size: int, cost: Cost, stored: int, written: int) -> tuple[str, ...]:
    return f"{size / cost.wall:,.0f}", f"{size / cost.cpu:,.0f}", f"{stored / written:.2f}", f"{cost.peak:.0f}"


def _fill(folder: Path, size: int) -> tuple[int, int]:
    with Archive.create(folder) as archive:
        return fill(archive, size)


def _index(folder: Path, profile: bool) -> None:
    import shutil

    shutil.rmtree(folder / "index", ignore_errors=True)
    with Archive.open(folder) as archive:
        _profiled(lambda: rebuild(archive), profile)


def _profiled(work: Callable[[], Any], profile: bool) -> None:
    if not profile:
        work()
        return
    import cProfile
    import pstats

    watch = cProfile.Profile()
    watch.runcall(work)
    pstats.Stats(watch).sort_stats("tottime").print_stats(30)


def _answer(folder: Path, size: int, profile: bool) -> dict[str, list[tuple[str, ...]]]:
    asked = questions(size)
    with Archive.open(folder) as archive:
        reader, engine = open_reader(archive)
        for each in asked[:100]:
            search(reader, engine, Question(each.query))
        if profile:
            _profiled(lambda: [search(reader, engine, Question(each.query)) for each in asked], True)
        return {
            "parts": _parts(reader, engine, folder, asked),
            "classes": _classes(reader, engine, asked),
            "long": _long_papers(reader, engine, archive, asked),
        }


def _parts(reader: CatalogueReader, engine: Engine, folder: Path, asked: Sequence[Asked]) -> list[tuple[str, ...]]:
    """Time the whole and its parts in one pass, bare Tantivy with the same words beside each question."""
    bare = Bare(folder / "index")
    names = ("whole", "bare", "layers", "top", "expansion", "all", "facets", "rest", "no facets")
    times: dict[str, list[float]] = {name: [] for name in names}
    for each in asked:
        question = Question(each.query)
        watched = Watched(engine)
        whole = seconds_of(lambda: search(reader, watched, question))  # noqa: B023
        spent = watched.spent
        asking = sum(spent.get(name, 0.0) for name in ("search", "count"))
        looking = sum(spent.get(name, 0.0) for name in ("frequency", "terms_with_prefix"))
        times["whole"].append(seconds_of(lambda: search(reader, engine, question)))  # noqa: B023
        times["no facets"].append(
            seconds_of(lambda: search(reader, engine, replace(question, with_facets=False)))  # noqa: B023
        )
        times["all"].append(asking)
        times["facets"].append(spent.get("facets", 0.0))
        times["rest"].append(max(0.0, whole - asking - looking - spent.get("facets", 0.0)))
        plan_start = time.perf_counter()
        plan = expand(parse(each.query), engine)
        times["expansion"].append(time.perf_counter() - plan_start)
        times["top"].append(seconds_of(lambda: engine.search(plan.whole, limit=10)))  # noqa: B023
        layers = three_layers(each)
        times["layers"].append(seconds_of(lambda: engine.search(layers, limit=10)))  # noqa: B023
        times["bare"].append(bare.time(each))
    shown = {
        "whole": "whole search(), ten snippets (target 5, 15)",
        "no facets": "  the same without facets",
        "expansion": "  parsing and expansion",
        "all": "  engine: all that search() asks (totals, both groups, items)",
        "facets": "  engine: facets",
        "rest": "  heads, texts, snippets, case",
        "top": "engine part with expansions: compounds apart and together, names, nearness",
        "layers": "engine part: three layers and titles, best ten and total",
        "bare": "bare Tantivy: the same words, stems only, best ten and total",
    }
    rows = [(name, *milliseconds(times[key])) for key, name in shown.items()]
    ratios = [f"{at(times['layers'], share) / at(times['bare'], share):.1f}x" for share in (0.5, 0.95, 0.99)]
    return [*rows, ("engine part : bare (target 2)", *ratios)]


def three_layers(asked: Asked) -> tree.Query:
    """Give a question as our engine weighs it, without what `expand` adds to the words."""
    number = parse_number(asked.case) if asked.case else None
    if number:
        return number_query(number)
    if asked.beginning:
        return tree.Prefix("exact", asked.beginning)
    if asked.phrase:
        words = tuple(asked.query.strip('"').split())
        return tree.BestOf(
            (tree.Phrase("title", asked.stems), tree.Phrase("exact", words), tree.Phrase("stem", asked.stems))
        )
    words = tuple(
        tree.BestOf(
            (tree.Term("title", word), tree.Term("exact", word), tree.Term("stem", word), tree.Term("parts", word))
        )
        for word in asked.stems
    )
    return tree.AllOf((*words, tree.Range("year", *asked.years))) if asked.years else tree.AllOf(words)


def _classes(reader: CatalogueReader, engine: Engine, asked: Sequence[Asked]) -> list[tuple[str, ...]]:
    rows = []
    for kind in SHARES:
        times, totals = [], []
        for each in asked:
            if each.kind == kind:
                start = time.perf_counter()
                page = search(reader, engine, Question(each.query))
                times.append(time.perf_counter() - start)
                totals.append(float(page.total))
        rows.append((kind, *milliseconds(times), f"{at(totals, 0.5):.0f}"))
    return rows


def _long_papers(
    reader: CatalogueReader, engine: Engine, archive: Archive, asked: Sequence[Asked]
) -> list[tuple[str, ...]]:
    """Time the snippets of one paper at a time: letters, and meetings without and with their items."""
    from search.expand import expand as plan_of
    from search.needles import needles_of
    from search.snippets import find_snippets

    few = [each for each in asked if each.stems][:_FEW]
    rows = []
    kinds: dict[str, Callable[[Any], bool]] = {
        "letter of a page": lambda head: head.pages < 3,
        "meeting of 100 to 500 pages": lambda head: head.pages > 99,
    }
    heads = reader.heads(_sample_ids(archive))
    for name, fits in kinds.items():
        papers = [head for head in heads.values() if fits(head)]
        times = []
        for number, each in enumerate(few if papers else ()):
            plan = plan_of(parse(each.query), engine)
            needles = needles_of(plan.meanings, plan.numbers)
            head = papers[number % len(papers)]
            times.append(seconds_of(lambda: find_snippets(reader.pages(head.id), needles)))  # noqa: B023
        rows.append((name, *milliseconds(times)))
    return rows


def _sample_ids(archive: Archive) -> list[str]:
    """Give the ids of some short and all long papers."""
    from sqlalchemy import select

    from corpus.tables import documents

    with archive.catalogue.engine.connect() as to:
        short = list(to.scalars(select(documents.c.id).limit(200)))
        return short + list(to.scalars(select(documents.c.id).where(documents.c.doc_type == "minutes").limit(200)))


def _whole_process(folder: Path, size: int) -> None:
    rows = []
    for query in ("cykelsti skole", '"det er"', questions(size)[0].query):
        times = [_process(["search", query], folder) for _ in range(3)]
        rows.append((query, *(f"{min(each):.2f}" for each in zip(*times, strict=True))))
    empty = [_process(["--version"], folder) for _ in range(3)]
    rows.append(("(--version)", *(f"{min(each):.2f}" for each in zip(*empty, strict=True))))
    table(
        "The whole process `sagsspor search`, seconds, best of three (target user 0.6)", ("query", "user", "wall"), rows
    )


def _process(words: Iterable[str], folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", "from cli import run; run()", "--archive", str(folder), *words]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    wall = seconds_of(lambda: subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, check=True))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, wall


def _beside(folder: Path, size: int, parts: list[tuple[str, ...]]) -> None:
    tenth = size // 10
    fulltext, _ = alone(_full_text, folder, size)
    whoosh, _ = alone(_whoosh, folder.parent / f"whoosh-{tenth}", tenth)
    ours = {row[0]: row[1:3] for row in parts}
    rows = [
        ("Sagsspor, engine part", f"{size:,}", "", *ours["engine part: three layers and titles, best ten and total"]),
        ("bare Tantivy on our index", f"{size:,}", "", *ours[list(ours)[-2]]),
        ("SQLite FTS5, stems made before", f"{size:,}", *fulltext),
        ("Whoosh, through our port", f"{tenth:,}", *whoosh),
    ]
    heads = ("engine", "papers", "indexing, papers per cpu s (analysis left out)", "p50 ms", "p95 ms")
    table(f"Other engines, the first {_FEW} of the same questions", heads, rows)


def _full_text(folder: Path, size: int) -> tuple[str, str, str]:
    path = folder.parent / f"fulltext-{size}.db"
    path.unlink(missing_ok=True)
    with Archive.open(folder) as archive:
        rival = FullText(path)
        cost, _ = rival.build(archive)
        times = [rival.time(each) for each in questions(size)[:_FEW]]
    path.unlink()
    return f"{size / cost.cpu:,.0f}", *milliseconds(times)[:2]


def _whoosh(folder: Path, size: int) -> tuple[str, str, str]:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    rival = Plain(folder)
    cost, _ = rival.build(size)
    asked = questions(size)[:_FEW]
    with clock():
        times = [rival.time(each) for each in asked]
    shutil.rmtree(folder)
    return f"{size / cost.cpu:,.0f}", *milliseconds(times)[:2]
