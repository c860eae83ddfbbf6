"""The import: discover, skip what is known, extract, put in batches. The index follows by itself (`index/sync.py`)."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from corpus.archive import Archive
from corpus.catalogue import Catalogue
from corpus.errors import ArchiveError
from corpus.ledger import Input
from corpus.records import Record
from ingest.discover import Found, absolute, discover
from ingest.extract import Extraction
from ingest.pool import Limits, Outcome, Task, extract_all
from ingest.readers import ReadOptions

#: A batch is one transaction: so many files, or so many characters of text, or so many seconds.
BATCH_FILES = 500
BATCH_CHARACTERS = 8_000_000
BATCH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: told after each file."""

    path: str
    state: str
    done: int
    message: str | None = None


@dataclass(slots=True)
class Report:
    """What a run did. Every file and every member is counted once; `failures` are those of this run."""

    run: int
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Input] = field(default_factory=list)
    #: Files that were there at an earlier import and are not now.
    vanished: list[str] = field(default_factory=list)
    seconds: float = 0.0


Batch = list[tuple[Record | None, Input]]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import; `workers` 0 means one for each core."""

    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    read: ReadOptions = field(default_factory=ReadOptions)
    #: Read files again that did not change.
    again: bool = False
    #: Hash files that seem unchanged, and read those whose content is another one.
    verify: bool = False
    #: Read the originals that the archive keeps instead of files on disk.
    originals: bool = False


class Import:
    """One run of an import into one archive, whose lock the caller holds."""

    def __init__(
        self,
        archive: Archive,
        options: ImportOptions,
        *,
        on_progress: Callable[[Progress], None],
        on_batch: Callable[[], None],
    ):
        self.archive = archive
        self.options = options
        self.on_progress = on_progress
        self.on_batch = on_batch
        self.batch: Batch = []
        self.characters = 0
        self.put_at = time.monotonic()
        self.seen: set[str] = set()

    def run(self, paths: Sequence[str]) -> Report:
        """Import everything below `paths`; Ctrl-C puts what is read, closes the run, and is raised again."""
        started = time.monotonic()
        self.archive.files.remove_unfinished()
        self.report = Report(self.archive.catalogue.ledger.begin_run(paths))
        try:
            tasks = self._originals() if self.options.originals else self._tasks(paths)
            for outcome in extract_all(tasks, self.options.workers, self.options.limits):
                self._take(outcome)
            self.report.vanished = self._vanished(paths)
        finally:
            self._put()
            self.report.seconds = time.monotonic() - started
            self.archive.catalogue.ledger.end_run(self.report.run, dict(self.report.counts))
        return self.report

    def _tasks(self, paths: Sequence[str]) -> Iterator[Task]:
        files = str(self.archive.files.folder)
        scan = discover(paths)
        while part := list(islice(scan, 200)):
            known = self.archive.catalogue.ledger.inputs([found.path for found in part])
            self.seen |= {found.path for found in part}
            for found in part:
                if found.state != "file":
                    self._note(Input(found.path, found.size, None, found.state, found.reason, found.message))
                elif self._is_known(found, known.get(found.path)):
                    self._count("unchanged", found.path)
                else:
                    yield Task(found, files, self.options.read)

    def _is_known(self, found: Found, known: Input | None) -> bool:
        if self.options.again or not _unchanged(found, known):
            return False
        return not self.options.verify or known is None or known.id is None or _id_of(found.path) == known.id

    def _originals(self) -> Iterator[Task]:
        """Read the originals that the archive keeps, under the paths from which they came."""
        for sha256, path in self.archive.catalogue.originals().items():
            source = self.archive.files.path_of(sha256)
            known = self.archive.catalogue.ledger.inputs([path]).get(path)
            found = Found(path, known.size if known else None, known.modified if known else None)
            yield Task(found, None, self.options.read, str(source))

    def _vanished(self, paths: Sequence[str]) -> list[str]:
        """Files of the ledger below `paths` that are not there any more; their documents stay."""
        roots = [absolute(path) for path in paths]
        known = (path for root in roots for path in self.archive.catalogue.ledger.paths_below(root))
        return [path for path in known if path not in self.seen]

    def _take(self, outcome: Outcome) -> None:
        found = outcome.found
        if outcome.code == "disk":
            # A full disk is no fault of the document: nothing is written of it, and the next import reads it again.
            raise ArchiveError(f"The archive cannot be written: {outcome.message}.", hint="Make room, then go on.")
        if outcome.extraction is None:
            self._note(Input(found.path, found.size, found.modified, "failed", outcome.code, outcome.message))
            return
        for record, entry in _entries(outcome.extraction, found):
            if record is None:
                self._note(entry)
                continue
            self.characters += len(record.text.string)
            self.batch.append((record, entry))
        if self._is_full():
            self._put()

    def _note(self, entry: Input) -> None:
        """Write down what became no document."""
        self.batch.append((None, entry))
        if entry.state == "failed":
            self.report.failures.append(entry)
        self._count(entry.state, entry.path, entry.message)

    def _is_full(self) -> bool:
        waited = time.monotonic() - self.put_at
        return len(self.batch) >= BATCH_FILES or self.characters >= BATCH_CHARACTERS or waited >= BATCH_SECONDS

    def _put(self) -> None:
        self.archive.files.sync()
        stored = self.archive.catalogue.put(self.batch, self.report.run, anew=self.options.again)
        for (record, entry), result in zip(self.batch, stored, strict=True):
            if record is not None:
                if result.state == "removed":
                    self.archive.files.remove(record.sha256)
                self._count("replaced" if result.replaces else result.state, entry.path)
        self.batch, self.characters, self.put_at = [], 0, time.monotonic()
        self.on_batch()

    def _count(self, state: str, path: str, message: str | None = None) -> None:
        self.report.counts[state] += 1
        self.on_progress(Progress(path, state, self.report.counts.total(), message))


def _id_of(path: str) -> str | None:
    """Give the id that a file's content makes; None where it cannot be read now."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError:
        return None


def predict(catalogue: Catalogue | None, paths: Sequence[str]) -> Counter[str]:
    """Count what an import would do: `read`, `unchanged`, `skipped` or `failed`. Nothing is written."""
    counts: Counter[str] = Counter()
    scan = discover(paths)
    while part := list(islice(scan, 200)):
        known = catalogue.ledger.inputs([found.path for found in part]) if catalogue else {}
        for found in part:
            state = "unchanged" if _unchanged(found, known.get(found.path)) else "read"
            counts[state if found.state == "file" else found.state] += 1
    return counts


def _unchanged(found: Found, known: Input | None) -> bool:
    """A file that kept its size and time is not read again, whatever became of it; `retry` reads the failed ones."""
    return known is not None and known.size == found.size and known.modified == found.modified


def _entries(extraction: Extraction, found: Found, outer: str | None = None) -> Iterator[tuple[Record | None, Input]]:
    """Give a line of the ledger for a document and for each member, at any depth."""
    record = extraction.record
    modified = None if outer else found.modified
    yield record, Input(record.path, record.size, modified, "imported", None, None, record.id, outer)
    for child in extraction.children:
        yield from _entries(child, found, record.path)
    for failure in extraction.failures:
        entry = Input(failure.path, failure.size, None, "failed", failure.code, failure.message, None, record.path)
        yield None, entry
