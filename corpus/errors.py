"""Every error that Sagsspor raises on purpose.

    SagssporError            has a code, a sentence for people, and a hint what to do next; by itself with
                             the code `workers`, where no reading process starts                  exit 1
    ├── UsageError           wrong use: an option or a path that cannot be                   exit 2
    ├── ArchiveError         the archive cannot be used (missing, not one, wrong version)     exit 2
    ├── BusyError            another process holds the archive                               exit 4
    ├── NotFoundError        the document, case or run asked for is not there                exit 3
    └── ReadError            one document cannot be read; its code is the ledger's reason     exit 1

A fact that a document does not state is no error. A document that cannot be read is a `ReadError` inside the worker
and a Failure row outside it: the import goes on.
"""

from __future__ import annotations

from typing import Any


class SagssporError(Exception):
    """The root of the tree: `code` for machines, the message and `hint` for people."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, path: str | None = None, hint: str | None = None, code: str | None = None):
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint
        if code:
            self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (type(self), self.message, self.path, self.hint, self.code))

    def to_json(self) -> dict[str, Any]:
        """Give the error object that `--json` prints."""
        return {
            "schema": 1,
            "error": {"code": self.code, "message": self.message, "path": self.path, "hint": self.hint},
        }


def _restore(kind: type[SagssporError], message: str, path: str | None, hint: str | None, code: str) -> SagssporError:
    return kind(message, path=path, hint=hint, code=code)


class UsageError(SagssporError):
    """What was asked for cannot be done as it was asked."""

    code = "usage"
    exit_code = 2


class ArchiveError(SagssporError):
    """The archive is missing, is not one, or was made by another version."""

    code = "archive"
    exit_code = 2


class BusyError(SagssporError):
    """Another process is writing to the archive."""

    code = "busy"
    exit_code = 4


class NotFoundError(SagssporError):
    """The thing asked for is not in the archive."""

    code = "not-found"
    exit_code = 3


class ReadError(SagssporError):
    """One document cannot be read.

    Codes: `empty`, `encrypted`, `truncated`, `damaged`, `not-supported`, `too-large`, `time-limit`, `memory-limit`,
    `crashed`, `no-permission`, `vanished`, `not-a-file`, `nested-too-deep`, `archive-bomb`.
    """

    code = "damaged"
    exit_code = 1
