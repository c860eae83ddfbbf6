"""What goes to the workers and what comes back, and the short form of it on its way. Nothing here reads a document."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from corpus import records
from corpus.records import Box, Record, Role, Segment, Style, Text
from ingest.readers.options import ReadOptions


@dataclass(frozen=True, slots=True)
class Found:
    """One file on disk, or the reason why it is none that can be read; `modified` is in nanoseconds since 1970."""

    path: str
    size: int | None = None
    modified: int | None = None
    state: str = "file"
    reason: str | None = None
    message: str | None = None
    #: Of an original that the archive reads anew: it was left where it was; its path is a newer version's by now.
    in_place: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and where its original is kept (None: it stays where it is)."""

    found: Found
    files: str | None
    options: ReadOptions
    #: The file that holds the bytes, where that is not the path itself: an original in the archive.
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A member that could not be read, and why."""

    path: str
    size: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """A record, and what stood inside its file: further documents, and those that could not be read."""

    record: Record
    children: tuple[Extraction, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an extraction, or the reason why there is none."""

    found: Found
    extraction: Extraction | None = None
    code: str | None = None
    message: str | None = None


def pack(outcomes: list[Outcome]) -> bytes:
    """Write outcomes for the way from a worker to its parent."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _SHORT
    pickler.dump(outcomes)
    return written.getvalue()


def unpack(data: bytes) -> list[Outcome]:
    """Read what `pack` wrote."""
    outcomes: list[Outcome] = pickle.loads(data)
    return outcomes


_Segment = tuple[int, int, int, Role, float | None, bool, Style | None]
_Rectangle = tuple[float, float, float, float]
_segment = attrgetter("start", "end", "page", "role", "size", "bold", "style")
_rectangle = attrgetter("x0", "top", "x1", "bottom")


def _shorten(text: Text) -> tuple[Callable[..., Text], tuple[Any, ...]]:
    """Give a text as plain tuples: to write and to read a segment and a box by themselves takes four times as long."""
    segments = [(_segment(one), one.box and _rectangle(one.box)) for one in text.segments]
    return _lengthen, (text.string, segments, text.pages)


def _lengthen(string: str, segments: list[tuple[_Segment, _Rectangle | None]], pages: int) -> Text:
    made = (
        Segment(start, end, page, box and Box(*box), role, size, bold, style)
        for (start, end, page, role, size, bold, style), box in segments
    )
    return Text(string, tuple(made), pages)


def _by_place(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    """Let a value be made anew from its fields by place: a frozen value's own way sets them one by one, by name."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


_KINDS = (
    *(Found, Failure, Extraction, Outcome, Record, records.Facts, records.Place, records.DatedFact),
    *(records.Signatory, records.Reference, records.Item, records.Vote, records.Mark),
)
_SHORT: dict[type[Any], Callable[[Any], Any]] = {Text: _shorten, **{kind: _by_place(kind) for kind in _KINDS}}
