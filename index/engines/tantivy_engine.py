"""The default engine: Tantivy, whose core is in Rust."""

from __future__ import annotations

import contextlib
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self

import tantivy

from corpus.database import may_write
from corpus.errors import ArchiveError, BusyError
from index import layout
from index import query as tree
from index.places import IDENTITY, MOST_TIED, NUMBERS, id_of, identity_of, numbers_of, order_ties, whole_ties
from index.port import (
    FACETS,
    KEYS,
    VERSION_FILE,
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

#: The index format that the pinned release writes (`tantivy.__version__` tells it).
FORMAT = "7"
HEAP = 128_000_000
#: What says which files an index has, and what a reader locks while it opens them.
STATES = ("meta.json", ".managed.json")
READER_LOCK = ".tantivy-meta.lock"
#: Seconds in which somebody else's index is opened, while its files change.
CHANGING = 3.0
#: Values of a facet that each segment counts: all, but for those that may have one for every document.
_MANY, _FEW, _MANY_VALUED = 65_000, 200, frozenset(("case", "signatory"))
_Occur, _Query = tantivy.Occur, tantivy.Query


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("title", layout.FIELD):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("parts", tokenizer_name="whitespace", index_option="basic")
    for name in KEYS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field("facet_" + name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (*NUMBERS, *IDENTITY):
        builder.add_unsigned_field(name, indexed=name in ("date", "year"), fast=True)
    return builder.build()


class TantivyEngine:
    """An index in a folder of its own."""

    name = "tantivy"
    threads = True

    def __init__(self, folder: Path, index: Any):
        self.folder = folder
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()
        self._writer: Any = None
        #: To make one takes as long as a search, and one search asks for the same several times.
        self._prefix = lru_cache(maxsize=100)(partial(_prefix, self._schema))

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder), reuse=False)
        write_version(folder, cls.name, FORMAT)
        return cls(folder, index)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`; raise ArchiveError where it cannot be used."""
        check_version(folder, cls.name, FORMAT)
        try:
            if may_write(folder, folder / READER_LOCK):
                return cls(folder, tantivy.Index.open(str(folder)))
            return cls._open_beside(folder)
        except (OSError, ValueError) as exc:
            raise ArchiveError(
                f"The index cannot be opened: {exc}", path=str(folder), hint="Run `sagsspor reindex`."
            ) from exc

    @classmethod
    def _open_beside(cls, folder: Path) -> Self:
        """Open an index that may not be written: a reader locks its folder, so it gets one that leads to the files.

        What is open stays open when that folder goes. A writer may take files away meanwhile: then it is tried again.
        """
        until = time.monotonic() + CHANGING
        while True:
            try:
                with tempfile.TemporaryDirectory(prefix="sagsspor-") as name:
                    for state in STATES:
                        shutil.copyfile(folder / state, Path(name) / state)
                    for path in folder.iterdir():
                        if path.name not in STATES and path.suffix != ".lock":
                            (Path(name) / path.name).symlink_to(path.absolute())
                    return cls(folder, tantivy.Index.open(name))
            except (OSError, ValueError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def _share(self) -> None:
        """Let read what says which files the index has who may read the others: Tantivy writes it for its user only."""
        mode = stat.S_IMODE((self.folder / VERSION_FILE).stat().st_mode)
        for state in STATES:
            with contextlib.suppress(FileNotFoundError):
                (self.folder / state).chmod(mode)

    # --- writing -----------------------------------------------------------------------------------------------

    def write(self, entries: Iterable[Entry], *, fresh: bool = False) -> None:
        """Put entries; whatever the index held of their documents goes: nothing of `fresh` ones."""
        writer = self._open_writer()
        seen: set[str] = set()
        for entry in entries:
            if not fresh and entry.doc not in seen:
                seen.add(entry.doc)
                writer.delete_documents_by_term("doc", entry.doc)
            writer.add_document(_document(entry))

    def delete(self, docs: Iterable[str]) -> None:
        """Take documents and their items out."""
        writer = self._open_writer()
        for doc in docs:
            writer.delete_documents_by_term("doc", doc)

    def commit(self, payload: str | None = None) -> None:
        """Make all writes last; files of merged segments go with it."""
        writer = self._open_writer()
        try:
            writer.commit()
            writer.garbage_collect_files()
            self._share()
        except (OSError, ValueError) as exc:
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
                self._writer = self._index.writer(HEAP, 1)
            except ValueError as exc:
                if "LockBusy" in str(exc):
                    raise BusyError("Another process is writing to the index.", path=str(self.folder)) from exc
                raise ArchiveError(f"The index cannot be written: {exc}", path=str(self.folder)) from exc
        return self._writer

    def refresh(self) -> None:
        """See what was committed since the index was opened."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Let go of the index; merges that are under way are ended first."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
            self._share()

    # --- reading -----------------------------------------------------------------------------------------------

    def search(self, query: tree.Query, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> Hits:
        """Give a page of entries in order, and the exact number of all."""
        native = self._native(query)
        if limit < 1:
            return Hits(self.count(query), ())
        order = {"newest": "newest", "oldest": "oldest", "case": "by_case"}.get(sort)
        if order:
            direction = tantivy.Order.Desc if sort == "newest" else tantivy.Order.Asc
            found = self._searcher.search(
                native, limit=limit, offset=offset, order_by_field=order, order=direction, count=True
            )
            hits = self._read_hits([(0.0, address) for _, address in found.hits])
        else:
            found = self._searcher.search(native, limit=offset + limit + MOST_TIED, count=True)
            hits = self._read_page([(round(score, 4), address) for score, address in found.hits], offset, limit)
        return Hits(found.count, tuple(Hit(id_, score) for score, id_ in hits))

    def _read_page(self, found: Sequence[tuple[float, Any]], offset: int, limit: int) -> list[tuple[float, str]]:
        """Give a page of the best, with their ids; of the others only what is as good as its first or last is read."""
        start, end = whole_ties([score for score, _ in found], offset, offset + limit)
        return order_ties(self._read_hits(found[start:end]))[offset - start : offset - start + limit]

    def _read_hits(self, found: Sequence[tuple[float, Any]]) -> list[tuple[float, str]]:
        """Give scores and ids."""
        addresses = [address for _, address in found]
        columns = (self._searcher.fast_field_values(name, addresses) for name in IDENTITY)
        return [(score, id_of(document, item)) for (score, _), document, item in zip(found, *columns, strict=True)]

    def count(self, query: tree.Query) -> int:
        """Give the exact number of entries that match."""
        # An aggregation asks for no scores; every entry has one value of this field.
        answer = self._searcher.aggregate(
            self._native(tree.members(query)), {"all": {"value_count": {"field": "oldest"}}}
        )
        return int(answer["all"]["value"])

    def facets(self, query: tree.Query, names: Sequence[str], size: int = 20) -> tuple[Facet, ...]:
        """Count documents by the values of facets; exact but where a facet says otherwise."""
        wanted = {
            name: {
                "terms": {
                    "field": "facet_" + name,
                    "size": size,
                    "segment_size": _FEW if name in _MANY_VALUED else _MANY,
                }
            }
            for name in names
        }
        answer = self._searcher.aggregate(self._native(tree.members(query)), wanted)
        return tuple(
            Facet(
                name,
                tuple(FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"]),
                not answer[name].get("doc_count_error_upper_bound"),
            )
            for name in names
        )

    def frequency(self, field: str, term: str) -> int:
        """Give the number of entries that hold a term."""
        return int(self._searcher.doc_freq(*layout.place_term(field, term)))

    def terms_with_prefix(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Give the terms of a text field that begin so."""
        found = self._searcher.terms_with_prefix(*layout.place_term(field, prefix), limit=limit)
        return [each for each in found if not each[0].startswith(layout.MARK)]

    # --- the tree ----------------------------------------------------------------------------------------------

    def _native(self, query: tree.Query) -> Any:
        match query:
            case tree.Term(field, text):
                return _Query.term_query(self._schema, *layout.place_term(field, text))
            case tree.Boost(part, factor):
                return _Query.boost_query(self._native(part), factor)
            case tree.Constant(part, score):
                return _Query.const_score_query(self._native(part), score)
            case tree.Phrase(field, words, gap):
                return self._phrase(field, words, gap)
            case tree.Prefix(field):
                return self._prefix(field, query.start)
            case tree.Fuzzy(field, text, edits):
                placed, word = layout.place_term(field, text)
                return _Query.fuzzy_term_query(self._schema, placed, word, edits, transposition_cost_one=False)
            case tree.Range(field, low, high):
                return _Query.range_query(self._schema, field, tantivy.FieldType.Unsigned, low or 0, high)
            case tree.AllOf(parts):
                return self._boolean([(_Occur.Must, part) for part in parts]) if parts else _Query.all_query()
            case tree.AnyOf(parts):
                return self._boolean([(_Occur.Should, part) for part in parts]) if parts else _Query.empty_query()
            case tree.BestOf(parts, tie):
                return _Query.disjunction_max_query([self._native(part) for part in parts], tie)
            case tree.Prefer(main, extra):
                return self._boolean([(_Occur.Must, main), *((_Occur.Should, part) for part in extra)])
            case tree.Except(main, without):
                return self._boolean([(_Occur.Must, main), (_Occur.MustNot, without)])
            case tree.Every():
                return _Query.all_query()
            case tree.Nothing():
                return _Query.empty_query()

    def _boolean(self, parts: list[tuple[Any, tree.Query]]) -> Any:
        return _Query.boolean_query([(occur, self._native(part)) for occur, part in parts])

    def _phrase(self, field: str, words: tuple[str, ...], gap: int) -> Any:
        if len(words) < 2:
            return self._native(tree.Term(field, words[0])) if words else _Query.empty_query()
        placed, tokens = layout.place_phrase(field, words)
        # A word between takes two places, one that has no inflection a single one.
        return _Query.phrase_query(self._schema, placed, tokens, 2 * gap if placed == layout.FIELD else gap)


def _prefix(schema: Any, field: str, text: str) -> Any:
    placed, start = layout.place_term(field, text)
    return _Query.regex_query(schema, placed, re.escape(start) + ".*")


def _document(entry: Entry) -> Any:
    document = tantivy.Document(title=entry.title, text=entry.text, parts=entry.parts)
    for name, value in entry.keys:
        document.add_text(name, value)
    for name, value in entry.facets:
        document.add_text("facet_" + name, value)
    # Without its type an integer's field is guessed, and a wrong guess kills the writer's thread at a later commit.
    for name, number in (*numbers_of(entry).items(), *zip(IDENTITY, identity_of(entry), strict=True)):
        document.add_unsigned(name, number)
    return document
