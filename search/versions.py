"""The other versions and copies of a document, and how many lines of each differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.links import Links, Paper
from corpus.records import Record
from corpus.text import fold_spaces
from search.case import paper_to_json

#: So many versions have their lines counted, the most alike ones; of further ones only the resemblance is told.
COMPARED = 10


@dataclass(frozen=True, slots=True)
class Version:
    """A document that resembles another: by how much, and the lines that only one of the two has."""

    paper: Paper
    resemblance: float
    #: Lines of the document asked for that this one lacks, and lines of this one that it lacks; None if not counted.
    removed: int | None
    added: int | None

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        shown = {"resemblance": round(self.resemblance, 2), "removed": self.removed, "added": self.added}
        return {"document": paper_to_json(self.paper), **shown}


def find_versions(archive: Archive, record: Record) -> list[Version]:
    """Give the versions and copies of a document, most alike first."""
    near = Links(archive.catalogue).near(record.id)
    compared = [paper.id for paper, _ in near[:COMPARED]]
    texts = {each.id: _lines(each.text.string) for each, _ in archive.catalogue.texts_and_facts(compared)}
    own = _lines(record.text.string)
    return [_version(paper, alike, own, texts.get(paper.id)) for paper, alike in near]


def _version(paper: Paper, alike: float, own: Counter[str], lines: Counter[str] | None) -> Version:
    if lines is None:
        return Version(paper, alike, None, None)
    return Version(paper, alike, (own - lines).total(), (lines - own).total())


def _lines(text: str) -> Counter[str]:
    """Count the lines of a text, white space folded; where a line stands is no matter."""
    return Counter(folded for line in text.splitlines() if (folded := fold_spaces(line)))


def version_lines(record: Record, versions: Sequence[Version]) -> Iterator[str]:
    """Give versions for a terminal, each with the command that shows what differs."""
    for version in versions:
        counted = version.removed is not None
        differ = f", {version.removed} lines only here, {version.added} only there" if counted else ""
        yield f"  {version.paper.date or 'no date'}  {version.paper.title or version.paper.path.rsplit('/', 1)[-1]}"
        yield f"      {version.resemblance:.0%} alike{differ}: sagsspor compare {record.id} {version.paper.id}"
