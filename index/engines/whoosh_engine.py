"""The engine without a compiled part: Whoosh, in pure Python, for small archives and where no wheel of Tantivy runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Self

from whoosh import fields, query, scoring
from whoosh import index as whoosh_index
from whoosh.analysis import RegexTokenizer

from corpus.errors import ArchiveError, BusyError
from index import layout
from index import query as tree
from index.places import MOST_TIED, NUMBERS, numbers_of, order_ties
from index.port import (
    KEYS,
    Entry,
    Facet,
    FacetCount,
    Hit,
    Hits,
    Sort,
    check_version,
    read_payload,
    write_payload,
    write_version,
)

FORMAT = "whoosh-2.7"
_APART = "\x1f"
_WORDS = RegexTokenizer(r"[^ ]+")
_VALUES = RegexTokenizer(r"[^\x1f]+")


def _schema() -> Any:
    chosen: dict[str, Any] = {"id": fields.ID(stored=True, unique=True), "facets": fields.STORED}
    chosen |= {name: fields.TEXT(analyzer=_WORDS) for name in ("title", "exact", "stem")}
    chosen["parts"] = fields.TEXT(analyzer=_WORDS, phrase=False)
    chosen |= {name: fields.TEXT(analyzer=_VALUES, phrase=False) for name in KEYS}
    # Signed, since ranges over unsigned numbers find too many in Whoosh 2.7.
    chosen |= {name: fields.NUMERIC(numtype=int, bits=64, signed=True, sortable=True) for name in NUMBERS}
    return fields.Schema(**chosen)


class WhooshEngine:
    """An index in a folder of its own."""

    name = "whoosh"
    threads = False

    def __init__(self, folder: Path, index: Any):
        self.folder = folder
        self._index = index
        self._searcher = index.searcher(weighting=scoring.BM25F())
        self._writer: Any = None

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        index = whoosh_index.create_in(str(folder), _schema())
        write_version(folder, cls.name, FORMAT)
        return cls(folder, index)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`; raise ArchiveError where it cannot be used."""
        check_version(folder, cls.name, FORMAT)
        try:
            return cls(folder, whoosh_index.open_dir(str(folder)))
        except (whoosh_index.IndexError, OSError) as exc:
            raise ArchiveError(
                f"The index cannot be opened: {exc}", path=str(folder), hint="Run `sagsspor reindex`."
            ) from exc

    # --- writing -----------------------------------------------------------------------------------------------

    def write(self, entries: Iterable[Entry], *, fresh: bool = False) -> None:
        """Put entries; whatever the index held of their documents goes: nothing of `fresh` ones."""
        writer = self._open_writer()
        seen: set[str] = set()
        for entry in entries:
            if not fresh and entry.doc not in seen:
                seen.add(entry.doc)
                writer.delete_by_term("doc", entry.doc)
            writer.add_document(**_document(entry))

    def delete(self, docs: Iterable[str]) -> None:
        """Take documents and their items out."""
        writer = self._open_writer()
        for doc in docs:
            writer.delete_by_term("doc", doc)

    def commit(self, payload: str | None = None) -> None:
        """Make all writes last."""
        writer = self._open_writer()
        self._writer = None
        try:
            writer.commit()
        except OSError as exc:
            raise ArchiveError(f"The index cannot be written: {exc}", path=str(self.folder)) from exc
        if payload is not None:
            write_payload(self.folder, payload)
        self.refresh()

    def payload(self) -> str | None:
        """Give what the last commit was told to remember."""
        return read_payload(self.folder)

    def _open_writer(self) -> Any:
        if self._writer is None:
            try:
                self._writer = self._index.writer(limitmb=128)
            except whoosh_index.LockError as exc:
                raise BusyError("Another process is writing to the index.", path=str(self.folder)) from exc
            except OSError as exc:
                raise ArchiveError(f"The index cannot be written: {exc}", path=str(self.folder)) from exc
        return self._writer

    def refresh(self) -> None:
        """See what was committed since the index was opened."""
        # Not its own refresh(): that fails on a searcher that was opened on an empty index.
        self._searcher.close()
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        self._searcher.close()
        self._index.close()

    # --- reading -----------------------------------------------------------------------------------------------

    def search(self, query: tree.Query, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> Hits:
        """Give a page of entries in order, and the exact number of all."""
        if limit < 1:
            return Hits(self.count(query), ())
        native = self._native(query)
        order = {"newest": "newest", "oldest": "oldest", "case": "by_case"}.get(sort)
        if order:
            found = self._searcher.search(native, limit=offset + limit, sortedby=order, reverse=sort == "newest")
            shown = [Hit(found[at]["id"], 0.0) for at in range(offset, found.scored_length())]
            return Hits(len(found), tuple(shown))
        found = self._searcher.search(native, limit=offset + limit + MOST_TIED)
        hits = order_ties([(round(found.score(at), 4), found[at]["id"]) for at in range(found.scored_length())])
        return Hits(len(found), tuple(Hit(id_, score) for score, id_ in hits[offset : offset + limit]))

    def count(self, query: tree.Query) -> int:
        """Give the exact number of entries that match."""
        return sum(1 for _ in self._searcher.docs_for_query(self._native(query)))

    def facets(self, query: tree.Query, names: Sequence[str], size: int = 20) -> tuple[Facet, ...]:
        """Count documents by the values of facets, from what is stored with each."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for number in self._searcher.docs_for_query(self._native(query)):
            for name, value in json.loads(self._searcher.stored_fields(number).get("facets", "[]")):
                if name in counts:
                    counts[name][value] += 1
        return tuple(
            Facet(
                name,
                tuple(
                    FacetCount(value, count)
                    for value, count in sorted(found.items(), key=lambda each: (-each[1], each[0]))[:size]
                ),
            )
            for name, found in counts.items()
        )

    def frequency(self, field: str, term: str) -> int:
        """Give the number of entries that hold a term."""
        return int(self._searcher.reader().doc_frequency(field, term)) if term else 0

    def terms_with_prefix(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Give the terms of a text field that begin so."""
        reader = self._searcher.reader()
        found = (term.decode("utf-8") for term in reader.expand_prefix(field, prefix))
        return [(term, int(reader.doc_frequency(field, term))) for term in islice(found, limit)]

    # --- the tree ----------------------------------------------------------------------------------------------

    def _native(self, asked: tree.Query) -> Any:
        match asked:
            case tree.Term(field, text):
                return query.Term(field, text)
            case tree.Phrase(field, words, gap):
                return query.Phrase(field, list(words), slop=gap + 1) if len(words) > 1 else _term(field, words)
            case tree.Prefix(field):
                return query.Prefix(field, asked.start) if asked.start else query.Every(field)
            case tree.Fuzzy(field, text, edits):
                return query.FuzzyTerm(field, text, maxdist=edits, prefixlength=0)
            case tree.Range(field, low, high):
                return query.NumericRange(field, low or 0, high)
            case tree.AllOf(parts):
                return query.And([self._native(part) for part in parts]) if parts else query.Every()
            case tree.AnyOf(parts):
                return query.Or([self._native(part) for part in parts]) if parts else query.NullQuery
            case tree.BestOf(parts, tie):
                return query.DisjunctionMax([self._native(part) for part in parts], tiebreak=tie)
            case tree.Prefer(main, extra):
                wanted = self._native(main)
                added = [self._native(_lift(part)) for part in extra]
                return query.AndMaybe(wanted, query.Or(added)) if extra else wanted
            case tree.Except(main, without):
                return query.And([self._native(main), query.Not(self._native(without))])
            case tree.Boost(part, factor):
                return _boost(self._native(part), factor)
            case tree.Constant(part, score):
                return query.ConstantScoreQuery(self._native(part), score)
            case tree.Every():
                return query.Every()
            case tree.Nothing():
                return query.NullQuery


def _term(field: str, words: tuple[str, ...]) -> Any:
    return query.Term(field, words[0]) if words else query.NullQuery


def _lift(part: tree.Query) -> tree.Query:
    """Give a score below zero to all others as one above: Whoosh leaves out what cannot reach zero."""
    if isinstance(part, tree.Constant) and part.score < 0:
        return tree.Constant(tree.Except(tree.Every(), part.part), -part.score)
    return part


def _boost(native: Any, factor: float) -> Any:
    """Multiply a query's weight where it has one; a constant keeps its own."""
    return native.with_boost(native.boost * factor) if hasattr(native, "boost") else native


def _document(entry: Entry) -> dict[str, Any]:
    exact, stems = layout.read(entry.text)
    values: dict[str, list[str]] = {}
    for name, value in entry.keys:
        values.setdefault(name, []).append(value)
    return {
        "id": entry.id,
        "title": entry.title,
        "exact": " ".join(exact),
        "stem": " ".join(stems),
        "parts": entry.parts,
        "facets": json.dumps(entry.facets, ensure_ascii=False),
        **{name: _APART.join(found) for name, found in values.items()},
        **numbers_of(entry),
    }
