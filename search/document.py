"""One document as a page of answers: what is known of it, where each value was seen, and its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError, UsageError
from corpus.links import Links, Paper
from corpus.records import SCHEMA, Place, Record, record_to_json
from corpus.text import fold_spaces
from search.case import LIMIT, Quoted, link_to_json, paper_to_json
from search.passages import quote_all
from search.terminal import bold, faint, link_list, paper_line, wrapped
from search.versions import Version, find_versions, version_lines


def find_document(archive: Archive, named: str) -> Record:
    """Give the document with this id, the first digits of it, path or file name; raise NotFoundError else."""
    ids = list(dict.fromkeys(archive.catalogue.resolve_id(named)))
    if len(ids) > 1:
        raise NotFoundError(f"{named!r} may be any of {len(ids)} documents.", hint="One of " + ", ".join(ids))
    record = archive.catalogue.record(ids[0]) if ids else None
    if record is None:
        raise NotFoundError(f"No document {named!r} is in the archive.", hint="Try `sagsspor search`.")
    return record


@dataclass(frozen=True, slots=True)
class OriginalPlace:
    """Where the bytes of a document lie: in the archive (`kept`), or where they were found; no path: they are gone."""

    kept: bool
    path: str | None


def place_of(archive: Archive, id_: str) -> OriginalPlace | None:
    """Say where the original of a document is; None where it came inside another file only."""
    original = archive.catalogue.ledger.original_of(id_)
    if original is None:
        return None
    path = archive.find_original(original)
    kept = archive.files.path_of(original.sha256).exists()
    return OriginalPlace(kept, path.absolute().as_posix() if path else None)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with one page of each list: its links out, references to it, what it holds, its versions."""

    record: Record
    paths: tuple[str, ...]
    links: tuple[Quoted, ...]
    cited_by: tuple[Quoted, ...]
    members: tuple[Paper, ...]
    versions: tuple[Version, ...]
    #: References out of it, and references that may mean it, after this page.
    more_links: int
    more_cited_by: int
    #: Where its original lies, and whether the archive has it; none of what came inside another file only.
    original: OriginalPlace | None

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            **record_to_json(self.record),
            "paths": list(self.paths),
            "links": [link_to_json(each) for each in self.links],
            "cited_by": [link_to_json(each) for each in self.cited_by],
            "members": [paper_to_json(paper) for paper in self.members],
            "versions": [version.to_json() for version in self.versions],
            "original": asdict(self.original) if self.original else None,
            "more": {"links": self.more_links, "cited_by": self.more_cited_by},
        }

    def lines(self) -> Iterator[str]:
        """Give the document for a terminal."""
        yield from record_lines(self.record)
        if self.original and not self.original.kept:
            where = self.original.path or "not there any more, or changed; what was read of it stays"
            yield faint(f"  original left in place: {where}")
        yield from link_list("Points to", self.links, self.more_links)
        yield from link_list("Cited by", self.cited_by, self.more_cited_by, show_source=True)
        for paper in self.members:
            yield "  holds " + paper_line(paper)
        if self.versions:
            yield ""
            yield bold(f"Versions and copies ({len(self.versions)})")
            yield from version_lines(self.record, self.versions)


def show_document(archive: Archive, record: Record, limit: int = LIMIT, offset: int = 0) -> DocumentPage:
    """Give the page of a document; `limit` and `offset` hold for its links and for references to it."""
    links = Links(archive.catalogue)
    out, into = links.out_of(record.id, limit, offset), links.into(record.id, limit, offset)
    quoted = tuple(map(Quoted, [*out, *into], quote_all(archive.catalogue, [*out, *into])))
    return DocumentPage(
        record=record,
        paths=tuple(archive.catalogue.paths_of(record.id)),
        links=quoted[: len(out)],
        cited_by=quoted[len(out) :],
        members=tuple(links.attachments_of(record.id)),
        versions=tuple(find_versions(archive, record)),
        more_links=max(0, links.count_out_of(record.id) - offset - limit),
        more_cited_by=max(0, links.count_into(record.id) - offset - limit),
        original=place_of(archive, record.id),
    )


def record_lines(record: Record) -> Iterator[str]:
    """Give the facts of a record for a terminal."""
    facts = record.facts
    yield bold(facts.title or record.path.rsplit("/", 1)[-1])
    yield faint(f"  {record.id}  {record.path}  {record.text.pages} pages")
    yield f"  {facts.doc_type}, {facts.date or 'no date'}"
    for name, values in (
        ("Case", facts.case_numbers),
        ("Document", facts.document_numbers),
        ("Signed by", tuple(_person(person.name, person.role) for person in facts.signatories)),
        ("To", facts.recipients),
        ("Committees", facts.committees),
        ("Departments", facts.departments),
        ("Dates", tuple(f"{fact.date} {fact.role}" for fact in facts.dates)),
    ):
        if values:
            yield from wrapped(f"{name}: ", ", ".join(values), 2)
    for item in facts.items:
        outcome = f" [{item.outcome}]" if item.outcome else ""
        cases = f" ({', '.join(item.case_numbers)})" if item.case_numbers else ""
        yield f"  Item {item.number or '-'}: {item.title or ''}{cases}{outcome}  p. {item.page}"
    for mark in record.marks:
        yield f"  Note: {mark.message} ({mark.code})"


def _person(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name


def text_lines(record: Record) -> Iterator[str]:
    """Give the clean text, page by page."""
    string = record.text.string
    for page, segments in groupby(record.text.segments, key=lambda segment: segment.page):
        part = list(segments)
        yield faint(f"--- page {page} ---")
        yield string[part[0].start : part[-1].end]
    if not record.text.segments:
        yield string


def why_json(record: Record) -> dict[str, Any]:
    """Give each value with its place, its rule, its confidence, and the text around it."""
    values = [
        {"value": value, **asdict(place), "quote": fold_spaces(_around(record, place))}
        for place, value in _placed(record)
    ]
    return {"schema": SCHEMA, "id": record.id, "path": record.path, "values": values}


def _placed(record: Record) -> Iterator[tuple[Place, Any]]:
    shown = record_to_json(record)
    for place in record.facts.places:
        value = shown[place.key]
        yield place, value[place.index] if isinstance(value, list) else value


def why_lines(record: Record) -> Iterator[str]:
    """Give each value with its place, its rule and its confidence."""
    for place, value in _placed(record):
        yield f"{place.key}[{place.index}]  {_short(value)}"
        yield faint(f"    page {place.page}, {place.start}-{place.end}, rule {place.rule}, {place.confidence:.2f}")
        yield f"    ”{fold_spaces(_around(record, place))}”"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}={each}" for key, each in value.items() if each is not None and each != [])
    return str(value)


def _around(record: Record, place: Place) -> str:
    return record.text.string[max(0, place.start - 40) : place.end + 40]


def boxes_json(record: Record, start: int, end: int) -> dict[str, Any]:
    """Give page and rectangle (points, from the upper left) of each line that shares characters with a passage."""
    if not 0 <= start < end <= len(record.text.string):
        raise UsageError(
            f"{start}-{end} is no passage of {record.id}: its text has {len(record.text.string)} characters."
        )
    found = [
        {
            "page": segment.page,
            "start": max(start, segment.start),
            "end": min(end, segment.end),
            "box": [segment.box.x0, segment.box.top, segment.box.x1, segment.box.bottom] if segment.box else None,
        }
        for segment in record.text.segments_in(start, end)
    ]
    return {"schema": SCHEMA, "id": record.id, "start": start, "end": end, "boxes": found}


def box_lines(record: Record, start: int, end: int) -> Iterator[str]:
    """Give the rectangles of a passage for a terminal."""
    for each in boxes_json(record, start, end)["boxes"]:
        box = " ".join(f"{edge:.1f}" for edge in each["box"]) if each["box"] else "no box in this format"
        yield f"page {each['page']}  {each['start']}-{each['end']}  {box}"
