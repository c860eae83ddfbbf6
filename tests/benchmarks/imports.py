"""A whole import beside what a user would take instead: Recoll, and pdfplumber with python-docx and Whoosh."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from tests.benchmarks.files import write_files, write_meetings, write_scans
from tests.benchmarks.measure import Cost, alone, run_program, table
from tests.benchmarks.stages import stages

#: Files that the plain stack reads, whole runs of each kind; its rate does not change with their number.
_SAMPLE, _STAGED = 160, 800
_HEADS = ("program", "files", "wall s", "cpu s", "files/s wall", "files/s cpu")


def run(size: int, keep: Path, workers: int, meetings: int, scans: int) -> None:
    """Write the files, import them with each program, and print the tables."""
    folder = keep / f"files-{size}"
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) or write_files(folder, size)
    ours = import_command(keep / "import-archive", folder, workers)
    first, again = _fresh(ours, keep / "import-archive"), alone(run_program, ours)[1]
    recoll = _recoll(folder, keep / "recoll")
    sample = _spread(paths, _SAMPLE)
    plain = alone(_plain_stack, sample, keep / "whoosh")[1]
    _compare(size, workers, first, recoll, len(sample), plain)
    rows = [("Sagsspor", *_second(size, first, again))]
    rows += [("Recoll", *_second(size, *recoll))] if recoll else []
    table("Second import of the same files (target 30 times faster)", ("", "ms a file", "wall", "cpu"), rows)
    _tell_stages(paths, keep / "stages", first.cpu / size * 1000)
    if meetings:
        _meetings(keep, meetings, workers)
    if scans:
        _scans(keep, scans, workers)


def import_command(archive: Path, folder: Path, workers: int) -> list[str]:
    """Give the command that imports a folder, as a user would."""
    options = ["--archive", str(archive), "import", str(folder), "--quiet", "--workers", str(workers)]
    return [sys.executable, "-c", "from cli import run; run()", *options]


def _fresh(command: Sequence[str], archive: Path) -> Cost:
    shutil.rmtree(archive, ignore_errors=True)
    peak, cost = alone(run_program, command)
    return Cost(cost.wall, cost.cpu, peak)


def _compare(size: int, workers: int, first: Cost, recoll: tuple[Cost, Cost] | None, sampled: int, plain: Cost) -> None:
    rows = [
        _row(f"Sagsspor, {workers} workers, index included", size, first),
        *([_row("Recoll", size, recoll[0])] if recoll else []),
        _row("plain stack: pdfplumber, python-docx, Whoosh; every n-th file", sampled, plain),
    ]
    table(f"Import of {size:,} files, everything found and stored, start included", _HEADS, rows)
    ratios = [("Recoll", "1.6", *_ratio(size, first, size, recoll[0]))] if recoll else []
    ratios.append(("plain stack", "9", *_ratio(size, first, sampled, plain)))
    table("Sagsspor is faster by", ("than", "target", "per cpu second", "by the wall"), ratios)


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


def _tell_stages(paths: Sequence[Path], folder: Path, whole: float) -> None:
    """Print the parts of a file's time, and what a run of several processes costs besides."""
    spent, _ = alone(stages, _spread(paths, _STAGED), folder)
    rest = max(0.0, whole - sum(spent.values()))
    parts = {**spent, "the rest: start, processes, hand-over": rest}
    rows = [(name, f"{used:.2f}", f"{used / whole:.0%}") for name, used in parts.items()]
    table(f"Where the {whole:.1f} ms of cpu of one file go", ("stage", "ms of cpu", "share"), rows)


def _meetings(keep: Path, size: int, workers: int) -> None:
    folder, archive = keep / "meetings", keep / "meetings-archive"
    shutil.rmtree(folder, ignore_errors=True)
    pages = write_meetings(folder, size)
    rows = [_paged("Sagsspor", pages, _fresh(import_command(archive, folder, workers), archive))]
    if recoll := _recoll(folder, keep / "recoll-meetings"):
        rows.append(_paged("Recoll", pages, recoll[0]))
    heads = ("program", "pages", "wall s", "pages/s of cpu", "MB of the largest process")
    table(f"{size} meeting papers of 100 to 500 pages, start included", heads, rows)


def _paged(name: str, pages: int, cost: Cost) -> tuple[str, ...]:
    return name, f"{pages:,}", f"{cost.wall:.1f}", f"{pages / cost.cpu:.0f}", f"{cost.peak:.0f}"


def _scans(keep: Path, size: int, workers: int) -> None:
    if shutil.which("tesseract") is None:
        click.echo("\nTesseract is not installed: no scans.")
        return
    folder, archive = keep / "scans", keep / "scans-archive"
    shutil.rmtree(folder, ignore_errors=True)
    write_scans(folder, size)
    cost = _fresh(import_command(archive, folder, workers), archive)
    table(f"{size} scans of one page at 200 dpi, recognised", _HEADS, [_row("Sagsspor", size, cost)])


def _recoll(folder: Path, home: Path) -> tuple[Cost, Cost] | None:
    """Index with Recoll and again; None where it is not installed."""
    if shutil.which("recollindex") is None:
        return None
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    settings = f"topdirs = {folder.absolute()}\nindexstemminglanguages = danish\nnoaspell = 1\n"
    (home / "recoll.conf").write_text(settings)
    command = ["recollindex", "-c", str(home)]
    peak, cost = alone(run_program, command)
    again = alone(run_program, command)[1]
    if (missing := home / "missing").exists() and (lacking := missing.read_text().strip()):
        click.echo(f"\nRecoll lacks programs, its figures are too good: {lacking}")
    return Cost(cost.wall, cost.cpu, peak), again


def _plain_stack(paths: Sequence[Path], folder: Path) -> None:
    """Read with the usual libraries and index with Whoosh, as a script of thirty lines would."""
    from whoosh import fields
    from whoosh.index import create_in

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = create_in(str(folder), fields.Schema(path=fields.ID(stored=True), text=fields.TEXT(stored=True)))
    writer = index.writer()
    for path, text in _plain_texts(paths):
        writer.add_document(path=str(path), text=text)
    writer.commit()


def _plain_texts(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    import docx
    import pdfplumber
    from lxml import html

    def of_pdf(data: bytes) -> str:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return "\n".join(page.extract_text() or "" for page in document.pages)

    readers: dict[str, Callable[[bytes], str]] = {
        ".pdf": of_pdf,
        ".docx": lambda data: "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs),
        ".html": lambda data: str(html.fromstring(data).text_content()),
        ".txt": bytes.decode,
    }
    for path in paths:
        yield path, readers[path.suffix](path.read_bytes())
