"""The catalogue as a search sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.archive import Archive
from corpus.links import Links
from corpus.numbers import Number
from corpus.records import Head, HeadItem, PageText
from index.port import Engine
from index.sync import open_index
from search.case import title_of
from search.results import CaseHead


class CatalogueReader:
    """What a search needs of one archive (`ArchiveReader` in search/find.py)."""

    def __init__(self, archive: Archive):
        self.catalogue = archive.catalogue
        self.links = Links(archive.catalogue)

    def heads(self, ids: Sequence[str]) -> dict[str, Head]:
        """Give what a list shows of each document."""
        return self.catalogue.heads(ids)

    def head_items(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], HeadItem]:
        """Give what a list shows of agenda items, by document and place among its items."""
        return self.catalogue.head_items(places)

    def short_texts(self, ids: Sequence[str]) -> dict[str, tuple[PageText, ...]]:
        """Give the slices of those documents that have few, read together."""
        return self.catalogue.short_texts(ids)

    def pages(self, id_: str, start: int = 0, end: int | None = None) -> Iterator[PageText]:
        """Yield the slices of a document's text in order; with offsets, those that hold something between them."""
        return self.catalogue.pages(id_, start, end)

    def case_of(self, number: Number) -> CaseHead | None:
        """Give the case that has this number as its own; None where no paper has."""
        papers = self.links.members(number.key)
        if not papers:
            return None
        dates = sorted(paper.date for paper in papers if paper.date)
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        documents = len({paper.id for paper in papers})
        return CaseHead(number.norm, title_of(papers), documents, first, last)

    def with_serial(self, serial: str) -> tuple[Number, ...]:
        """Give the case numbers of the archive with a serial, given without leading zeros."""
        return self.links.numbers_with_serial(serial)


def open_reader(archive: Archive) -> tuple[CatalogueReader, Engine]:
    """Open what a search needs; an index that is behind the catalogue is brought up to date first."""
    return CatalogueReader(archive), open_index(archive)
