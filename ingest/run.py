"""The import: discover, skip what is known, extract, put in batches. The index follows by itself (`index/sync.py`)."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from corpus.archive import Archive
from corpus.catalogue import Catalogue, Stored
from corpus.database import parts
from corpus.errors import ArchiveError
from corpus.interrupts import uninterrupted
from corpus.ledger import Input, Tally
from corpus.records import Record
from ingest.discover import absolute, discover
from ingest.parcels import Extraction, Found, Outcome, Task
from ingest.pool import Limits, extract_all
from ingest.readers import ReadOptions
from ingest.scan import Scan

#: A batch is one transaction: so many files, or so many characters of text, or so many seconds.
BATCH_FILES = 500
BATCH_CHARACTERS = 8_000_000
BATCH_SECONDS = 5.0
#: Seconds by which a file's time may lie before the clock's.
CLOCKS_DIFFER = 5.0

_log = logging.getLogger("sagsspor.import")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: told when a file is read (state `read`), and of each file and member when it is written.

    Of `found` files that the scan has met (`scanned`: all of them), `files` are read.
    """

    path: str
    state: str
    files: int
    found: int
    scanned: bool
    reason: str | None = None
    message: str | None = None


@dataclass(slots=True)
class Report:
    """What a run did. Every file and every member is counted once; `failures` are those of this run."""

    run: int
    #: `finished`, or `stopped` by Ctrl-C or an error.
    outcome: str = "stopped"
    counts: Counter[str] = field(default_factory=Counter)
    #: The failures by their codes.
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[Input] = field(default_factory=list)
    #: Files that were there at an earlier import and are not now.
    vanished: list[str] = field(default_factory=list)
    seconds: float = 0.0
    #: Files on disk that are done; what else was counted are members inside them.
    files: int = 0
    #: Files that the scan met, and the ledger's lines of files at the same paths: the two must be one number.
    found: int = 0
    lines: int = 0
    #: Files that had failed before and are gone: nothing is on disk and nothing in the archive, so no line is kept.
    dropped: int = 0
    #: Files that were left because they changed just now.
    resting: int = 0
    #: Unchanged files have their originals where they are, though this import makes copies.
    left_in_place: bool = False
    #: Earlier runs that were killed; their papers are in, and what they did not come to is read now.
    killed: list[int] = field(default_factory=list)


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
    #: Leave originals where they are: the archive keeps path, hash, size and time.
    in_place: bool = False
    #: Files that changed within so many seconds are left for later: they may be half written.
    rest: float = 0.0
    #: What the run is called: `import`, `retry` or `reprocess`.
    kind: str = "import"


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
        self.report = Report(0)
        self.batch: Batch = []
        self.characters = 0
        #: Files that are read and not yet written.
        self.waiting = 0
        self.started = self.put_at = time.monotonic()
        self.began = time.time()
        #: The hashes of paths that the scan met: half a million of them take a tenth of the paths' memory.
        self.seen: set[int] = set()
        self.left: set[int] = set()
        #: What the scan could not look at: where it is a folder, nothing is known of what is below it.
        self.closed: set[str] = set()
        self.scan: Scan | None = None
        #: Originals that there are to read, where no scan finds files.
        self.expected = 0

    def run(self, paths: Sequence[str]) -> Report:
        """Import everything below `paths`; Ctrl-C puts what is read, closes the run, and is raised again."""
        ledger = self.archive.catalogue.ledger
        self.archive.files.remove_unfinished()
        killed = ledger.note_killed()
        shown = [absolute(path) for path in paths]
        self.report = Report(ledger.begin_run(shown, self.options.kind), killed=killed)
        _log.info("run %d begins", self.report.run, extra={"fields": {"run": self.report.run, "paths": shown}})
        try:
            tasks = self._originals() if self.options.originals else self._tasks(paths)
            with contextlib.closing(extract_all(tasks, self.options.workers, self.options.limits)) as reading:
                for read in reading:
                    self._take(read)
            self._put()
            self._account(paths)
            self.report.outcome = "finished"
        finally:
            if self.scan:
                self.scan.close()
            with uninterrupted():
                try:
                    self._put()
                finally:
                    self._close()
        return self.report

    def _close(self) -> None:
        self.report.seconds = time.monotonic() - self.started
        tally = self._tally(len(self.report.vanished))
        self.archive.catalogue.ledger.close_run(self.report.run, tally, self.report.outcome)
        _log.info("run %d %s", self.report.run, self.report.outcome, extra={"fields": self._counted()})
        if self.report.outcome == "stopped":
            self._sweep()

    def _sweep(self) -> None:
        """Remove the originals of papers that workers had read when the run was stopped, and that are not in."""
        files = self.archive.files
        files.remove_unfinished()
        for part in parts(files.hashes(since=self.began - CLOCKS_DIFFER)):
            for sha256 in self.archive.catalogue.ledger.unknown(part):
                files.remove(sha256)

    def _account(self, paths: Sequence[str]) -> None:
        """Count what the disk holds and what the ledger has of it."""
        if self.options.originals:
            return
        known = [path for root in map(absolute, paths) for path in self.archive.catalogue.ledger.paths_below(root)]
        known = list(dict.fromkeys(known))
        met = self.seen | self.left
        there = sum(hash(path) in self.seen for path in known)
        vanished = [path for path in known if hash(path) not in met and not self._is_hidden(path)]
        dropped = set(self.archive.catalogue.ledger.drop(vanished))
        self.report.vanished = [path for path in vanished if path not in dropped]
        self.report.dropped, self.report.found, self.report.lines = len(dropped), len(self.seen), there

    def _is_hidden(self, path: str) -> bool:
        """Tell whether a file may be there all the same: a folder above it could not be read."""
        return any(str(folder) in self.closed for folder in PurePosixPath(path).parents)

    def _tasks(self, paths: Sequence[str]) -> Iterator[Task]:
        files = None if self.options.in_place else str(self.archive.files.folder)
        self.scan = Scan(paths)
        for met in self.scan.parts():
            part = [found for found in met if not self._is_being_written(found)]
            known = self.archive.catalogue.ledger.inputs([found.path for found in part])
            self.seen |= {hash(found.path) for found in part}
            for found in part:
                if found.state != "file":
                    if found.state == "failed" and found.size is None:
                        self.closed.add(found.path)
                    self._note(Input(found.path, found.size, None, found.state, found.reason, found.message))
                elif self._is_known(found, known.get(found.path)):
                    self._count("unchanged", found.path, None)
                else:
                    yield Task(found, files, self.options.read)

    def _is_being_written(self, found: Found) -> bool:
        """Leave a file that is being written; what the ledger has of it stays."""
        if not self.options.rest or found.modified is None:
            return False
        is_fresh = abs(time.time() - found.modified / 1e9) < self.options.rest
        self.report.resting += is_fresh
        if is_fresh:
            self.left.add(hash(found.path))
        return is_fresh

    def _is_known(self, found: Found, known: Input | None) -> bool:
        if self.options.again or not _unchanged(found, known):
            return False
        return not self.options.verify or known is None or known.id is None or _id_of(found.path) == known.id

    def _originals(self) -> Iterator[Task]:
        """Read the originals that the archive has, under the paths from which they came."""
        self.expected = self.archive.catalogue.ledger.count_originals()
        for original in self.archive.catalogue.ledger.originals():
            source = self.archive.find_original(original)
            if source is None:
                # What was read of it stays; `check` says whether it changed or went.
                self.report.vanished.append(original.path)
                continue
            seen = {path: (size, modified) for path, size, modified in original.seen}
            size, modified = seen.get(original.path, (None, None))
            older, in_place = not original.seen, original.in_place
            found = Found(original.path, size, modified, in_place=in_place, older=older)
            yield Task(found, None, self.options.read, str(source))

    def _take(self, outcome: Outcome) -> None:
        found = outcome.found
        if outcome.code == "disk":
            # A full disk is no fault of the document: nothing is written of it, and the next import reads it again.
            raise ArchiveError(f"The archive cannot be written: {outcome.message}.", hint="Make room, then go on.")
        if outcome.extraction is None:
            entry = Input(found.path, found.size, found.modified, "failed", outcome.code, outcome.message)
            self._note(replace(entry, older=found.older))
            return
        in_place = found.in_place or self.options.in_place
        for record, entry in _entries(outcome.extraction, found):
            if record is None:
                self._note(entry)
                continue
            self.characters += len(record.text.string)
            if entry.parent is None:
                entry = replace(entry, in_place=in_place, older=found.older)
                self.waiting += 1
            self.batch.append((record, entry))
        self._tell("read", found.path)
        if self._is_full():
            self._put()

    def _note(self, entry: Input) -> None:
        """Write down what became no document."""
        self.batch.append((None, entry))
        if entry.state == "failed":
            self.report.failures.append(entry)
            self.report.reasons[entry.reason or "failed"] += 1
        self._count(entry.state, entry.path, entry)

    def _is_full(self) -> bool:
        waited = time.monotonic() - self.put_at
        return len(self.batch) >= BATCH_FILES or self.characters >= BATCH_CHARACTERS or waited >= BATCH_SECONDS

    def _put(self) -> None:
        with uninterrupted():
            self._write()
        self.on_batch()

    def _write(self) -> None:
        self.archive.files.sync()
        batch = self.batch
        if not batch:
            return
        run, anew = self.report.run, self.options.again
        # The run's counts stand in the batch's own transaction: a run killed at any moment has counted what is in.
        stored = self.archive.catalogue.put(batch, run, anew=anew, tally=lambda found: self._tally(None, batch, found))
        self.batch, self.characters, self.put_at = [], 0, time.monotonic()
        for (record, entry), result in zip(batch, stored, strict=True):
            if record is not None:
                self.waiting -= entry.parent is None
                if result.state == "removed":
                    self.archive.files.remove(record.sha256)
                self._count(_outcome(result), entry.path, entry)
        _log.info("batch of %d written", len(batch), extra={"fields": self._counted()})

    def _count(self, state: str, path: str, entry: Input | None) -> None:
        """Count a file or a member; without `entry` it is a file whose line stays as it was."""
        reason, message = (entry.reason, entry.message) if entry else (None, None)
        self.report.counts[state] += 1
        self.report.files += entry is None or entry.parent is None
        self._tell(state, path, reason, message)
        if _log.isEnabledFor(logging.DEBUG):
            known = {"run": self.report.run, "path": path, "state": state, "id": entry.id if entry else None}
            _log.debug("%s %s", state, path, extra={"fields": known | {"code": reason, "reason": message}})

    def _tell(self, state: str, path: str, reason: str | None = None, message: str | None = None) -> None:
        files = self.report.files + self.waiting
        found, scanned = (self.scan.found, self.scan.is_over) if self.scan else (max(files, self.expected), True)
        self.on_progress(Progress(path, state, files, found, scanned, reason, message))

    def _tally(
        self, vanished: int | None, batch: Sequence[tuple[Record | None, Input]] = (), stored: Sequence[Stored] = ()
    ) -> Tally:
        """Give what is counted, with the documents of a batch that is being stored."""
        seconds, counts, files = time.monotonic() - self.started, self.report.counts.copy(), self.report.files
        for (record, entry), result in zip(batch, stored, strict=True):
            if record is not None:
                counts[_outcome(result)] += 1
                files += entry.parent is None
        return Tally(counts, dict(self.report.reasons), files, seconds, vanished)

    def _counted(self) -> dict[str, object]:
        """Give what is counted so far, for the log."""
        counts, reasons = dict(self.report.counts), dict(self.report.reasons)
        return {"run": self.report.run, "files": self.report.files, "counts": counts, "reasons": reasons}


def _outcome(result: Stored) -> str:
    """Give the state under which a stored document is counted."""
    return "replaced" if result.replaces else result.state


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


#: Reasons for which a file was not even read: they may pass by themselves, as when a share that was gone comes back.
PASSING = frozenset({"vanished", "not-readable", "no-permission"})


def _unchanged(found: Found, known: Input | None) -> bool:
    """A file that kept its size and time is not read again, whatever was found in it; `retry` reads the failed ones."""
    if known is None or (known.state == "failed" and known.reason in PASSING):
        return False
    return known.size == found.size and known.modified == found.modified


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
