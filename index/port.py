"""The engine's port: what an index is given, what it answers, and what every engine promises.

An engine keeps entries: one for each document and one for each item of a meeting. It gets analysed tokens and typed
trees (`index/query.py`), never a user's string. The contract, tested for all engines alike, fixes the set of hits,
exact totals and the orders by date and case; scores are the engine's own, and few ties break by id (`order_ties`).

Fields of a query: the texts `title`, `exact`, `stem`, `parts` (`exact` and `stem` are layers of an entry's `text`, see
`index/layout.py`); the keys in `KEYS`, among them `kind` (`document` or `item`) and `doc` (the document's id); the
numbers `date` (yyyymmdd) and `year`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from corpus.errors import ArchiveError
from index.analysis import ANALYSIS_VERSION
from index.query import Query

#: Raise it when an entry's fields change.
ENTRY_VERSION = 5
#: Raw fields: whole values, compared as they are.
KEYS = (
    *("doc", "kind", "case", "cites", "number", "committee", "department", "signatory", "recipient"),
    *("instrument", "law", "attachment", "doc_type", "group"),
)
FACETS = ("committee", "year", "doc_type", "signatory", "department", "case")
VERSION_FILE = "version.json"
STATE_FILE = "state.json"

Sort = Literal["relevance", "newest", "oldest", "case"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document, or one item of a meeting, as an engine keeps it; `doc` is sixteen hexadecimal digits.

    `title`, `text` and `parts` hold tokens apart by one blank, `text` as `index/layout.py` lays it; `keys` the values
    of raw fields; `facets` what is counted, as shown (documents only); `date` is yyyymmdd; `case_order` sorts by the
    first own case number (47 bits).
    """

    id: str
    doc: str
    item: int | None
    title: str
    text: str
    parts: str
    keys: tuple[tuple[str, str], ...]
    facets: tuple[tuple[str, str], ...]
    date: int | None
    case_order: int

    @property
    def year(self) -> int | None:
        """The year of the date."""
        return self.date // 10000 if self.date else None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that matched; `id` is `document` or `document#item`."""

    id: str
    score: float

    @property
    def doc(self) -> str:
        """The document's id."""
        return self.id.partition("#")[0]

    @property
    def item(self) -> int | None:
        """The index of the item, None for the document itself."""
        item = self.id.partition("#")[2]
        return int(item) if item else None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many documents have one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet, most first; `exact` is False where the engine's counts are approximate."""

    name: str
    values: tuple[FacetCount, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of entries and how many match in all."""

    total: int
    hits: tuple[Hit, ...]


class Engine(Protocol):
    """An index that is open; one process writes, any number read."""

    name: str
    #: Whether it answers several threads at once.
    threads: bool

    def write(self, entries: Iterable[Entry], *, fresh: bool = False) -> None:
        """Put entries; what the index held of their documents goes (of `fresh` ones: nothing). Seen after `commit`."""

    def delete(self, docs: Iterable[str]) -> None:
        """Take documents and their items out. Seen after `commit`."""

    def commit(self, payload: str | None = None) -> None:
        """Make all writes last, and remember `payload`; a crash before it ends leaves the state of the last one."""

    def payload(self) -> str | None:
        """Give what the last commit was told to remember. Never newer than the entries, older only after a crash."""

    def refresh(self) -> None:
        """See what was committed since the index was opened."""

    def search(self, query: Query, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> Hits:
        """Give a page of entries in order, and the exact number of all."""

    def count(self, query: Query) -> int:
        """Give the exact number of entries that match."""

    def facets(self, query: Query, names: Sequence[str], size: int = 20) -> tuple[Facet, ...]:
        """Count documents by the values of facets; those of body, year, type and department are exact."""

    def frequency(self, field: str, term: str) -> int:
        """Give the number of entries that hold a term; deleted ones may be counted until they are merged away."""

    def terms_with_prefix(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Give the terms of a text field that begin so, with their frequencies, in the order of the terms."""

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""


def check_version(folder: Path, engine: str, engine_format: str) -> None:
    """Refuse an index that another engine, or another version of the analysis, has made."""
    wanted = _version(engine, engine_format)
    try:
        found = json.loads((folder / VERSION_FILE).read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise ArchiveError(
            "The index cannot be used: its version is not readable.", path=str(folder), hint="Run `sagsspor reindex`."
        ) from exc
    if found != wanted:
        shown = ", ".join(
            f"{key} {found.get(key)} not {wanted[key]}" for key in wanted if found.get(key) != wanted[key]
        )
        raise ArchiveError(
            f"The index was made by another version of the program ({shown}).",
            path=str(folder),
            hint="Run `sagsspor reindex`: it makes the index anew from the catalogue, the originals are not read.",
        )


def write_version(folder: Path, engine: str, engine_format: str) -> None:
    """Note beside a new index what made it."""
    write_whole(folder / VERSION_FILE, json.dumps(_version(engine, engine_format)))


def _version(engine: str, engine_format: str) -> dict[str, str]:
    return {"engine": engine, "format": engine_format, "entry": str(ENTRY_VERSION), "analysis": str(ANALYSIS_VERSION)}


def read_payload(folder: Path) -> str | None:
    """Give what the last commit was told to remember."""
    try:
        found = json.loads((folder / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return str(found["payload"]) if isinstance(found, dict) and "payload" in found else None


def write_payload(folder: Path, payload: str) -> None:
    """Remember it, all or nothing; called after the engine's own commit has ended."""
    write_whole(folder / STATE_FILE, json.dumps({"payload": payload}))


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a crash leaves the old one or the new one."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
