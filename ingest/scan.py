"""The scan of an import: it goes on in a thread while files are read, so that what is left to do is soon known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from queue import Full, Queue
from threading import Thread

from corpus.errors import SagssporError
from ingest.discover import check_paths, discover
from ingest.parcels import Found

#: Files that are looked up in the ledger together, and so many such parts the scan may be ahead.
PART = 200
AHEAD = 1000


class Scan:
    """The files below paths, in order. `found` counts them as the scan meets them, `is_over` says that it met all."""

    def __init__(self, paths: Sequence[str]):
        self.found = 0
        self.is_over = False
        self._closed = False
        self._error: SagssporError | None = None
        self._parts: Queue[list[Found]] = Queue(AHEAD)
        roots = check_paths(paths)
        self._thread = Thread(target=self._walk, args=(roots,), name="scan", daemon=True)
        self._thread.start()

    def parts(self) -> Iterator[list[Found]]:
        """Yield the files in parts; raise what stopped the scan."""
        while part := self._parts.get():
            yield part
        if self._error:
            raise self._error
        if not self.is_over:
            raise RuntimeError("the scan did not come to its end")

    def close(self) -> None:
        """Stop a scan that nobody follows any more."""
        self._closed = True
        self._thread.join()

    def _walk(self, roots: list[str]) -> None:
        files = discover(roots)
        try:
            while not self._closed and (part := list(islice(files, PART))):
                self.found += len(part)
                self._put(part)
            self.is_over = not self._closed
        except SagssporError as exc:
            self._error = exc
        finally:
            self._put([])

    def _put(self, part: list[Found]) -> None:
        while not self._closed:
            try:
                self._parts.put(part, timeout=0.2)
                return
            except Full:
                continue
