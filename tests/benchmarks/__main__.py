"""Run the benchmarks: all at their default sizes, or one at a size of your own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Give the folder for generated data: a temporary one, unless it is to be kept."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
    else:
        with tempfile.TemporaryDirectory(prefix="sagsspor-bench-") as made:
            yield Path(made)


keep_option = click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep generated data here, and use what is kept."
)


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Print ratios of runs side by side; without a command, of everything at its default size."""
    if context.invoked_subcommand is None:
        for command in main.commands.values():
            context.invoke(command)


@main.command("search")
@click.option("--size", default=20_000, show_default=True, help="Papers; the targets stand for 200,000.")
@click.option("--rivals/--no-rivals", default=True, help="Time SQLite FTS5 and Whoosh too.")
@click.option("--profile", is_flag=True, help="Print where the time goes (indexing starts anew).")
@keep_option
def bench_search(size: int, rivals: bool, profile: bool, keep: Path | None) -> None:
    """Time indexing and answers over generated papers."""
    from tests.benchmarks import search

    with _folder(keep) as folder:
        search.run(size, folder, rivals, profile)


@main.command("links")
@click.option("--size", default=20_000, show_default=True, help="Papers; the targets stand for 1,000,000.")
@click.option("--profile", is_flag=True, help="Print where the time goes.")
@keep_option
def bench_links(size: int, profile: bool, keep: Path | None) -> None:
    """Time cases, links and trails over generated papers, and adding a thousand more."""
    from tests.benchmarks import links

    with _folder(keep) as folder:
        links.run(size, folder, profile)


@main.command("import")
@click.option("--size", default=4000, show_default=True, help="Files; half of them PDF.")
@click.option("--workers", default=2, show_default=True, help="Reading processes of our import.")
@click.option("--meetings", default=10, show_default=True, help="Meeting papers of 100 to 500 pages, timed apart.")
@click.option("--scans", default=40, show_default=True, help="Scans, timed apart.")
@keep_option
def bench_import(size: int, workers: int, meetings: int, scans: int, keep: Path | None) -> None:
    """Time an import of mixed files beside Recoll (where installed) and the plain stack."""
    from tests.benchmarks import imports

    with _folder(keep) as folder:
        imports.run(size, folder, workers, meetings, scans)


@main.command("many")
@click.option("--size", default=10_000, show_default=True, help="Files; the targets stand for 500,000.")
@click.option("--workers", default=2, show_default=True, help="Reading processes.")
@keep_option
def bench_many(size: int, workers: int, keep: Path | None) -> None:
    """Time an import of many small files part by part; with --keep a larger size goes on from a smaller one."""
    from tests.benchmarks import many

    with _folder(keep) as folder:
        many.run(size, folder, workers)


@main.command("readers")
@click.option("--size", default=100, show_default=True, help="Files of each kind.")
def bench_readers(size: int) -> None:
    """Time our readers beside the bare libraries, and the memory that a long PDF takes."""
    from tests.benchmarks import readers

    readers.run(size)


@main.command("facts")
@click.option("--size", default=200, show_default=True, help="Letters.")
def bench_facts(size: int) -> None:
    """Time finding the facts of letters, and spaCy's part of it."""
    from tests.benchmarks import readers

    readers.run_facts(size)


if __name__ == "__main__":
    main()
