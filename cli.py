"""The command line: the group, its commands (commands/), and the program's edge, where errors become lines."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from commands import answers, importing, keeping, reading
from commands.shell import Shell, take_archive
from corpus.errors import ReadError, SagssporError, UsageError

#: Commands whose arguments are paths of files: a path may be any bytes.
_OF_FILES = frozenset(("import", "extract", "explain", "backup", "restore", "failed"))
#: A byte of an argument that is no UTF-8, as Python keeps it.
_STRAY = re.compile("[\udc80-\udcff]")
#: A disk that takes no more.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BrokenOutputError(Exception):
    """A broken pipe on its way past click, which would end the program with 1 and without a word."""


class Program(click.Group):
    """The group of all commands; a broken pipe comes out of it as `BrokenOutputError`."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the command line, and answer `--help`."""
        with _pipes_told():
            return super().make_context(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; refuse an argument of bytes that are no text, which nothing in the archive has."""
        name, command, rest = super().resolve_command(ctx, args)
        if name not in _OF_FILES and any(map(_STRAY.search, rest)):
            raise _not_utf8(rest)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _pipes_told():
            return super().invoke(ctx)


def _not_utf8(args: list[str]) -> UsageError:
    shown = " ".join(repr(_STRAY.sub("\ufffd", arg)) for arg in args if _STRAY.search(arg))
    return UsageError(f"Not UTF-8: {shown}.", hint="Type it in a terminal that is set to UTF-8.")


@contextlib.contextmanager
def _pipes_told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as exc:
        raise BrokenOutputError from exc


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--archive", metavar="DIR", help="The archive's folder.  [default: $SAGSSPOR_ARCHIVE, else ./archive]")
@click.option(
    "--log-level", metavar="LEVEL", help="Log debug, info, warning or error.  [default: $SAGSSPOR_LOG, else nothing]"
)
@click.option("--log-json", is_flag=True, help="Log one JSON object a line.")
@click.option(
    "--log-file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Log there, not to stderr."
)
@click.version_option(package_name="sagsspor", prog_name="sagsspor")
@click.pass_context
def main(
    context: click.Context, archive: str | None, log_level: str | None, log_json: bool, log_file: Path | None
) -> None:
    """Sagsspor: read, index and trace the papers of a municipal council.

    \b
    Start with:
      sagsspor demo                        see it work on a sample archive
      sagsspor import FOLDER               read documents into the archive
      sagsspor search 2010-16508           find a case by its number, in any spelling
      sagsspor search "integrationspolitik"
      sagsspor trail "Integrating Cities Charter"

    Exit codes: 0 done; 1 done, but some documents failed; 2 wrong use, unusable archive or full disk;
    3 not there; 4 archive busy; 70 a bug; 130 stopped by Ctrl-C.
    """
    context.obj = Shell(archive)
    from corpus import settings

    level = log_level or settings.log_level() or ("info" if log_json or log_file else None)
    if level:
        from corpus.logs import set_up

        set_up(level, as_json=log_json, file=log_file)
    else:
        # Without it Python prints warnings on standard error, which the answer says already.
        logging.getLogger("sagsspor").addHandler(logging.NullHandler())


for _command in (
    *(
        importing.import_,
        importing.retry,
        importing.reprocess,
        importing.failed,
        importing.runs,
        importing.run,
        reading.extract,
        reading.explain,
        reading.demo,
        reading.debug,
    ),
    *(answers.search, answers.suggest, answers.analyse, answers.case, answers.trail, answers.show, answers.links),
    *(answers.missing, answers.hearing, answers.compare, answers.saved),
    *(keeping.status, keeping.correct, keeping.reindex, keeping.check, keeping.remove),
    *(keeping.backup, keeping.restore, keeping.upgrade),
    *(keeping.instrument, keeping.link),
):
    take_archive(_command)
    main.add_command(_command)


def run() -> None:
    """Run a command; turn every error into one clear line (or object) and the right exit code."""
    for sign in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(sign) != signal.SIG_IGN:  # who started it with nohup wants it to go on
            signal.signal(sign, _stop)
    try:
        main.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as exc:
        _fail(SagssporError(exc.format_message(), code="usage"), exc.exit_code, show=exc.show)
    except SagssporError as exc:
        _fail(exc, exc.exit_code)
    except BrokenOutputError as exc:
        if not any(map(_is_closed, (sys.stdout, sys.stderr))):
            _fail(_bug(exc.__cause__ or exc), 70)
        # Whoever read the output has seen enough.
        _drop_output()
        sys.exit(0)
    except Exception as exc:
        if error := _read_outside(exc):
            _fail(error, error.exit_code)
        if os.environ.get("SAGSSPOR_DEBUG"):
            raise
        _fail(_bug(exc), 70)


def _read_outside(exc: Exception) -> SagssporError | None:
    """Give the error that lies outside the program: an argument that is no text, a disk that is full."""
    if isinstance(exc, UnicodeEncodeError) and any(map(_STRAY.search, sys.argv)):
        return _not_utf8(sys.argv[1:])
    if isinstance(exc, OSError) and exc.errno in _FULL:
        return UsageError(f"Nothing more can be written: {exc.strerror}.", code="full", hint="Make room on the disk.")
    return None


def _flush_or_drop() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Let the interpreter not complain when it flushes at exit what nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_closed(stream: TextIO) -> bool:
    """Tell whether nobody reads what is written any more."""
    poll = select.poll()
    poll.register(stream.fileno(), select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def _bug(exc: BaseException) -> SagssporError:
    hint = "Set SAGSSPOR_DEBUG=1 to see where, and report it."
    return SagssporError(f"A bug: {type(exc).__name__}: {exc}", code="bug", hint=hint)


def _stop(_sign: int, _frame: object) -> None:
    """Stop as Ctrl-C does, so that what is read is kept and what is half done goes."""
    raise KeyboardInterrupt


def _fail(error: SagssporError, exit_code: int, show: Callable[[], None] | None = None) -> NoReturn:
    printed = "--json" in sys.argv and _print_object(error)
    if show and not printed:
        show()
    elif not printed:
        prefix = f"{error.path}: " if error.path and isinstance(error, ReadError) else ""
        click.echo(f"sagsspor: {prefix}{error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
    _flush_or_drop()
    sys.exit(exit_code)


def _print_object(error: SagssporError) -> bool:
    """Print an error as an object; tell whether there is room for it where the output goes."""
    try:
        click.echo(_STRAY.sub("\ufffd", json.dumps(error.to_json(), ensure_ascii=False)))
    except OSError:
        _drop_output()
        return False
    return True


if __name__ == "__main__":
    run()
