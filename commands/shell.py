"""What every command shares: where the archive is, and how an answer is printed.

Only click and the standard library are imported at the top of the modules here, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from corpus.archive import Archive
    from corpus.errors import BusyError
    from ingest.readers import OcrMode

F = TypeVar("F", bound=Callable[..., Any])


#: A query that begins with a word refused; no option has one dash and more than one letter.
_QUERY = re.compile("-[^-].")
#: Seconds that `--wait` without a number waits: for ever, as people count.
FOREVER = 10 * 365 * 86400.0


class Shell:
    """Where the archive of this call is, and how long to wait for it."""

    def __init__(self, archive: str | None = None):
        self.option = archive
        self.wait = 0.0

    def open(self) -> Archive:
        """Open the archive; raise ArchiveError where there is none."""
        from corpus.archive import Archive
        from corpus.settings import archive_path

        return Archive.open(archive_path(self.option))

    def lock(self, archive: Archive, work: str) -> AbstractContextManager[None]:
        """Hold the archive as its one writer, after `--wait`; raise BusyError, which says who does."""
        return archive.lock(work, wait=self.wait, on_wait=tell_busy)


def tell_busy(busy: BusyError) -> None:
    """Say once who is waited for."""
    click.echo(f"Waiting: {busy.message}", err=True)


class Writing(click.Command):
    """A command that writes to the archive: `--wait [SECONDS]` waits for who else does."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(
                ["--wait"],
                type=click.FloatRange(0),
                metavar="[SECONDS]",
                expose_value=False,
                callback=_note_wait,
                help="Where another process writes to the archive, wait for it: for ever, or so long.",
            )
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `--wait` without a number as for ever; a path after it stays a path."""
        for place, arg in enumerate(args):
            if arg == "--":
                break
            if arg == "--wait" and not _is_number(args[place + 1 : place + 2]):
                args[place] = f"--wait={FOREVER}"
        return super().parse_args(ctx, args)


class Asking(click.Command):
    """A command that takes a query, which comes last and may begin with `-`: of `-støj` no letter is an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put what begins with one dash and more than one letter behind `--`."""
        end = args.index("--") if "--" in args else len(args)
        typed = [arg for arg in args[:end] if _QUERY.match(arg)]
        rest = [arg for arg in args[:end] if not _QUERY.match(arg)]
        return super().parse_args(ctx, [*rest, "--", *typed, *args[end + 1 :]] if typed else args)


def _note_wait(context: click.Context, _option: click.Parameter, seconds: float | None) -> None:
    if seconds is not None:
        context.ensure_object(Shell).wait = seconds


def take_archive(command: click.Command) -> None:
    """Let a command, and all below it, take `--archive` after its name, too; one of its own stays."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            take_archive(below)
    elif not any("--archive" in option.opts for option in command.params):
        command.params.append(
            click.Option(["--archive"], metavar="DIR", hidden=True, expose_value=False, callback=_note_archive)
        )


def _note_archive(context: click.Context, _option: click.Parameter, folder: str | None) -> None:
    if folder:
        context.ensure_object(Shell).option = folder


def _is_number(words: list[str]) -> bool:
    try:
        return bool(words) and float(words[0]) >= 0
    except ValueError:
        return False


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
