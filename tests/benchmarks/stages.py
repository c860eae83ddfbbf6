"""The stages of an import one by one, in one process: what each of them costs for a file."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.archive import Archive
from corpus.ledger import Input
from corpus.records import Record

T = TypeVar("T")
_WARM, _BATCH = 16, 500


class _Clock(Counter[str]):
    """Milliseconds of processor time by stage."""

    def step(self, name: str, work: Callable[[], T]) -> T:
        """Do a part of the work and add its time."""
        start = time.process_time()
        found = work()
        self[name] += time.process_time() - start  # type: ignore[assignment]
        return found


def stages(paths: Sequence[Path], folder: Path) -> dict[str, float]:
    """Give milliseconds a file by stage; the first files warm the readers up and do not count."""
    from index.sync import Follower
    from ingest.extract import extract
    from ingest.readers import ReadOptions

    shutil.rmtree(folder, ignore_errors=True)
    for path in paths[:_WARM]:
        extract(path.read_bytes(), str(path), ReadOptions())
    clock = _Clock()
    with Archive.create(folder) as archive, Follower(archive) as follower:
        run = archive.catalogue.ledger.begin_run([])
        for start in range(0, len(paths), _BATCH):
            records = [_read(path, archive, clock) for path in paths[start : start + _BATCH]]
            entries = [(record, Input(record.path, record.size, 1, "imported", id=record.id)) for record in records]
            clock.step("catalogue", lambda: archive.catalogue.put(entries, run))  # noqa: B023
            clock.step("index", follower.follow)
        clock.step("index", lambda: follower.follow(finish=True))
    return {name: spent / len(paths) * 1000 for name, spent in clock.items()}


def _read(path: Path, archive: Archive, clock: _Clock) -> Record:
    """Take the straight path of a worker step by step."""
    from corpus.similarity import signature
    from ingest.extract import extract
    from ingest.facts import find_facts
    from ingest.layout import compose
    from ingest.readers import ReadOptions, read

    data = path.read_bytes()
    reading = clock.step("reading", lambda: read(data, path.name, options=ReadOptions()))
    text = clock.step("layout", lambda: compose(reading))
    clock.step("facts", lambda: find_facts(text, name=path.name, media_type=reading.media_type))
    clock.step("near-duplicate signature", lambda: signature(text.string))
    record = extract(data, str(path), ReadOptions()).record
    clock.step("store: the original", lambda: archive.files.put(record.sha256, data))
    return record
