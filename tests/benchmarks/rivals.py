"""What a user would take instead: bare Tantivy on our own index, SQLite's FTS5, and Whoosh."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import tantivy

from corpus.archive import Archive
from corpus.numbers import parse
from index import layout
from index.analysis import analyse
from index.engines.whoosh_engine import WhooshEngine
from index.entries import entries_of
from index.query import AllOf, Phrase, Prefix, Query, Range, Term
from tests.benchmarks.measure import Cost, clock, seconds_of, size_of
from tests.benchmarks.papers import Papers
from tests.benchmarks.queries import Asked

_Occur, _Native = tantivy.Occur, tantivy.Query


class Bare:
    """Tantivy by itself over the stems of our index: no layers, no ranking of ours; the best ten and the total."""

    def __init__(self, folder: Path):
        index = tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()

    def time(self, asked: Asked) -> float:
        """Answer a question in seconds."""
        return seconds_of(lambda: self._searcher.search(self._query(asked), limit=10, count=True))

    def _query(self, asked: Asked) -> Any:
        if asked.case and (number := parse(asked.case)):
            return _Native.term_query(self._schema, "case", number.key)
        if asked.beginning:
            return _Native.regex_query(self._schema, layout.FIELD, re.escape(asked.beginning) + ".*")
        if asked.phrase and len(asked.stems) > 1:
            return _Native.phrase_query(self._schema, *layout.place_phrase("stem", asked.stems), 0)
        parts = [
            (_Occur.Must, _Native.term_query(self._schema, *layout.place_term("stem", word))) for word in asked.stems
        ]
        if asked.years:
            low, high = asked.years
            span = _Native.range_query(self._schema, "year", tantivy.FieldType.Unsigned, low, high)
            parts.append((_Occur.Must, span))
        return _Native.boolean_query(parts)


class FullText:
    """SQLite's FTS5 without contents, over stems that are worked out before: its own stemmers know no Danish."""

    def __init__(self, path: Path):
        self._db = sqlite3.connect(path)
        self._db.execute("pragma cache_size=-262144")

    def build(self, archive: Archive) -> tuple[Cost, int]:
        """Index every text of an archive; give the cost of the engine's part alone, and the bytes."""
        self._db.execute("create virtual table texts using fts5(stem, year unindexed, cases, content='')")
        cost = Cost()
        waiting: list[tuple[str, str]] = []
        for number, id_ in enumerate(_ids(archive)):
            text = "".join(page.text for page in archive.catalogue.pages(id_))
            waiting.append((" ".join(analyse(text).stems), ""))
            if number % 500 == 499:
                self._put(waiting, cost)
                waiting = []
        self._put(waiting, cost)
        return cost, int(self._db.execute("select sum(length(block)) from texts_data").fetchone()[0])

    def _put(self, rows: list[tuple[str, str]], cost: Cost) -> None:
        with clock() as spent:
            self._db.executemany("insert into texts(stem, cases) values (?, ?)", rows)
            self._db.commit()
        cost.wall += spent.wall
        cost.cpu += spent.cpu

    def time(self, asked: Asked) -> float:
        """Answer a question in seconds: the best ten by BM25, and the total by a second query."""
        return seconds_of(lambda: self._ask(self._match(asked)))

    def _ask(self, match: str) -> None:
        self._db.execute("select rowid from texts where texts match ? order by rank limit 10", (match,)).fetchall()
        self._db.execute("select count(*) from texts where texts match ?", (match,)).fetchone()

    def _match(self, asked: Asked) -> str:
        if asked.beginning:
            return f'stem: "{asked.beginning}"*'
        words = [asked.case] if asked.case else asked.stems
        return 'stem: "' + " ".join(words) + '"' if asked.phrase else " AND ".join(f'stem: "{word}"' for word in words)


class Plain:
    """Whoosh through our port, asked for stems only."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._engine = WhooshEngine.create(folder)

    def build(self, size: int) -> tuple[Cost, int]:
        """Index papers; analysis is not counted."""
        entries = [entry for record in Papers(size).records() for entry in entries_of(record)]
        with clock() as cost:
            self._engine.write(entries)
            self._engine.commit("1")
        return cost, size_of(self._folder)

    def time(self, asked: Asked) -> float:
        """Answer a question in seconds."""
        return seconds_of(lambda: self._engine.search(_tree(asked), limit=10))


def _tree(asked: Asked) -> Query:
    if asked.case and (number := parse(asked.case)):
        return Term("case", number.key)
    if asked.beginning:
        return Prefix("exact", asked.beginning)
    if asked.phrase:
        return Phrase("stem", asked.stems)
    words = tuple(Term("stem", word) for word in asked.stems)
    return AllOf((*words, Range("year", *asked.years))) if asked.years else AllOf(words)


def _ids(archive: Archive) -> Any:
    from corpus.links import Links

    return Links(archive.catalogue).ids()
