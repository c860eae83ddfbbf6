"""What every command shares: where the archive is, and how an answer is printed.

Only click and the standard library are imported at the top of the modules here, so that `--help` answers at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from corpus.archive import Archive
    from ingest.readers import OcrMode

F = TypeVar("F", bound=Callable[..., Any])


class Shell:
    """Where the archive of this call is."""

    def __init__(self, archive: str | None):
        self.option = archive

    def open(self) -> Archive:
        """Open the archive; raise ArchiveError where there is none."""
        from corpus.archive import Archive
        from corpus.settings import archive_path

        return Archive.open(archive_path(self.option))


def json_option(command: F) -> F:
    """Give a command its `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md gives its shape).")(command)


def reading_options(command: F) -> F:
    """Give a command the limits of reading."""
    for option in (
        click.option(
            "--memory",
            type=click.IntRange(512, 1_000_000),
            default=3072,
            show_default=True,
            metavar="MB",
            help="Memory that a reading process may use.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(1, 86400),
            default=120.0,
            show_default=True,
            metavar="SECONDS",
            help="Give up a document that takes longer.",
        ),
        click.option(
            "--ocr",
            type=click.Choice(["auto", "never", "always"]),
            default="auto",
            show_default=True,
            help="Read scanned pages with Tesseract.",
        ),
    ):
        command = option(command)
    return command


def ocr_mode(chosen: str) -> OcrMode:
    """Narrow what click has checked."""
    return cast("OcrMode", chosen)


def print_answer(shown: dict[str, Any], lines: Iterable[str], as_json: bool) -> None:
    """Print one answer, as an object or as lines."""
    if as_json:
        print_json(shown)
    else:
        print_lines(lines)


def print_json(shown: dict[str, Any]) -> None:
    """Print one object."""
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        click.echo(line)
