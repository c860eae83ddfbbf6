"""The log for operators: nothing unless asked for; lines for people, or a JSON object a line for what collects logs."""

from __future__ import annotations

import datetime
import json
import logging
import logging.handlers
import sys
from pathlib import Path
from typing import Any, TextIO

from corpus.errors import UsageError

LEVELS = ("debug", "info", "warning", "error")
ROOT = "sagsspor"


class JsonLines(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `logger`, `message`, and what the line is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of one event."""
        shown: dict[str, Any] = {
            "at": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            shown["trace"] = self.formatException(record.exc_info)
        return json.dumps(shown, ensure_ascii=False)


class Lines(logging.Formatter):
    """One line for people: time (UTC), level, what happened, and the rest as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of one event."""
        fields = {name: value for name, value in getattr(record, "fields", {}).items() if value not in (None, {}, [])}
        named = "".join(f" {name}={json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
        said = f"{_time(record):%Y-%m-%d %H:%M:%S} {record.levelname.lower():7} {record.getMessage()}{named}"
        return f"{said}\n{self.formatException(record.exc_info)}" if record.exc_info else said


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment: a progress bar takes its place and keeps below the lines."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """Give standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, _stream: TextIO) -> None:
        """Stay with standard error."""


def set_up(level: str, *, as_json: bool = False, file: Path | None = None) -> None:
    """Log what is at `level` or above, to a file or to standard error; raise UsageError for what cannot be.

    A file that is moved away, as logrotate does, is opened anew.
    """
    if level.lower() not in LEVELS:
        raise UsageError(f"There is no log level {level!r}.", hint="One of " + ", ".join(LEVELS) + ".")
    try:
        handler = logging.handlers.WatchedFileHandler(file, encoding="utf-8") if file else _Stderr()
    except OSError as exc:
        raise UsageError(f"The log {file} cannot be written: {exc.strerror}.", path=str(file)) from exc
    handler.setFormatter(JsonLines() if as_json else Lines())
    root = logging.getLogger(ROOT)
    root.setLevel(level.upper())
    root.handlers[:] = [handler]
    root.propagate = False


def _time(record: logging.LogRecord) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(record.created, datetime.UTC)
