"""A whole import beside what a user would take instead: Recoll, and pdfplumber with python-docx and Whoosh."""

from __future__ import annotations

import ctypes
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from corpus.archive import Archive
from corpus.ledger import Input
from tests.benchmarks.files import write_files
from tests.benchmarks.measure import Cost, alone, table

T = TypeVar("T")
_SUBREAPER = 36
#: Files that the plain stack reads; its rate does not change with their number.
_SAMPLE = 120
ROOT = Path(__file__).parents[2]


def run(size: int, keep: Path, workers: int) -> None:
    """Write the files, import them with each program, and print the tables."""
    folder = keep / f"files-{size}"
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) or write_files(folder, size)
    archive = keep / "import-archive"
    shutil.rmtree(archive, ignore_errors=True)
    options = ["--archive", str(archive), "import", str(folder), "--quiet", "--workers", str(workers)]
    ours = [sys.executable, "-c", "from cli import run; run()", *options]
    first, again = _watch(ours), _watch(ours)
    plain = alone(_plain_stack, _spread(paths, _SAMPLE), keep / "whoosh")[1]
    rows = [
        _row(f"Sagsspor, {workers} workers", size, first),
        _row("plain stack: pdfplumber, python-docx, Whoosh", min(_SAMPLE, size), plain),
    ]
    recoll = _recoll(folder, keep / "recoll") if shutil.which("recollindex") else None
    if recoll:
        rows.append(_row("Recoll", size, recoll[0]))
    table(f"Import of {size:,} files, everything found and stored, start included", _HEADS, rows)
    ratios = [("plain stack", "9", *_ratio(size, first, min(_SAMPLE, size), plain))]
    if recoll:
        ratios.append(("Recoll", "1.6", *_ratio(size, first, size, recoll[0])))
    table("Sagsspor is faster by", ("than", "target", "per cpu second", "by the wall"), ratios)
    rows = [("Sagsspor", *_second(size, first, again))]
    if recoll:
        rows.append(("Recoll", *_second(size, *recoll)))
    table("Second import of the same files (target 30 times faster)", ("", "ms a file", "wall", "cpu"), rows)
    stages, _ = alone(_stages, _spread(paths, 400), keep / "stages")
    table("Where the time of one file goes, one process, warm", ("stage", "ms of cpu", "share"), stages)


_HEADS = ("program", "files", "wall s", "cpu s", "files/s wall", "files/s cpu")


def _row(name: str, size: int, cost: Cost) -> tuple[str, ...]:
    rates = f"{size / cost.wall:.1f}", f"{size / cost.cpu:.1f}"
    return name, f"{size:,}", f"{cost.wall:.1f}", f"{cost.cpu:.1f}", *rates


def _ratio(size: int, cost: Cost, other_size: int, other: Cost) -> tuple[str, str]:
    by_cpu = (size / cost.cpu) / (other_size / other.cpu)
    return f"{by_cpu:.1f}", f"{(size / cost.wall) / (other_size / other.wall):.1f}"


def _second(size: int, first: Cost, again: Cost) -> tuple[str, str, str]:
    return f"{again.wall / size * 1000:.2f}", f"{first.wall / again.wall:.0f}x", f"{first.cpu / again.cpu:.0f}x"


def _spread(paths: Sequence[Path], count: int) -> list[Path]:
    """Take whole runs of eight, so that every kind of file has its share."""
    runs = [paths[start : start + 8] for start in range(0, len(paths), 8)]
    step = max(1, len(runs) * 8 // count)
    return [path for run in runs[::step] for path in run][:count]


def _watch(command: Sequence[str]) -> Cost:
    return alone(_run_command, list(command))[1]


def _run_command(command: Sequence[str]) -> None:
    """Run a program to its end, and wait for what it leaves behind: all that it cost is counted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def _recoll(folder: Path, home: Path) -> tuple[Cost, Cost]:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    settings = f"topdirs = {folder.absolute()}\nindexstemminglanguages = danish\nnoaspell = 1\n"
    (home / "recoll.conf").write_text(settings)
    command = ["recollindex", "-c", str(home)]
    first, again = _watch(command), _watch(command)
    if (missing := home / "missing").exists() and (lacking := missing.read_text().strip()):
        click.echo(f"\nRecoll lacks programs, its figures are too good: {lacking}")
    return first, again


def _plain_stack(paths: Sequence[Path], folder: Path) -> None:
    """Read with the usual libraries and index with Whoosh, as a script of thirty lines would."""
    import docx
    import pdfplumber
    from lxml import html
    from whoosh import fields
    from whoosh.index import create_in

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = create_in(str(folder), fields.Schema(path=fields.ID(stored=True), text=fields.TEXT(stored=True)))
    writer = index.writer()
    for path in paths:
        data = path.read_bytes()
        match path.suffix:
            case ".pdf":
                with pdfplumber.open(io.BytesIO(data)) as document:
                    text = "\n".join(page.extract_text() or "" for page in document.pages)
            case ".docx":
                text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
            case ".html":
                text = html.fromstring(data).text_content()
            case _:
                text = data.decode()
        writer.add_document(path=str(path), text=text)
    writer.commit()


def _stages(paths: Sequence[Path], folder: Path) -> list[tuple[str, str, str]]:
    """Take the straight path step by step in one process; the first files warm it up and do not count."""
    from corpus.files import FileStore
    from corpus.records import Record
    from corpus.similarity import signature
    from index.sync import Follower
    from ingest.extract import extract
    from ingest.facts import find_facts
    from ingest.layout import compose
    from ingest.readers import ReadOptions, read

    shutil.rmtree(folder, ignore_errors=True)
    options = ReadOptions()
    spent: dict[str, float] = {}

    def step(name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        found = work()
        spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return found

    for path in paths[:16]:
        extract(path.read_bytes(), str(path), options)
    with Archive.create(folder) as archive, Follower(archive) as follower:
        run = archive.catalogue.ledger.begin_run([])
        entries: list[tuple[Record | None, Input]] = []
        for path in paths:
            data = path.read_bytes()
            reading = step("reading", lambda: read(data, path.name, options=options))  # noqa: B023
            text = step("layout", lambda: compose(reading))  # noqa: B023
            step("facts", lambda: find_facts(text, name=path.name, media_type=reading.media_type))  # noqa: B023
            step("near-duplicate signature", lambda: signature(text.string))  # noqa: B023
            record = extract(data, str(path), options).record
            step("keeping the original", lambda: FileStore(folder / "files").put(record.sha256, data))  # noqa: B023
            entries.append((record, Input(record.path, record.size, 1, "imported", id=record.id)))
        step("catalogue", lambda: archive.catalogue.put(entries, run))
        step("index", lambda: follower.follow(finish=True))
    whole = sum(spent.values())
    rows = [(name, f"{used / len(paths) * 1000:.2f}", f"{used / whole:.0%}") for name, used in spent.items()]
    return [*rows, ("all", f"{whole / len(paths) * 1000:.2f}", "100%")]
