"""Many small files: whether the last of them are read as fast as the first, and what memory the import takes."""

from __future__ import annotations

import io
import random
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import click
import psutil
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.archive import Archive
from tests.benchmarks.imports import import_command
from tests.benchmarks.measure import Cost, alone, cpu_seconds, peak_memory, run_program, table
from tests.benchmarks.papers import COMMITTEES, DEPARTMENTS, Papers, day_of, written_day
from tests.benchmarks.vocabulary import person

#: One file in so many is a PDF; files in a folder; sentences to draw from, and drawn for a letter.
_PDF_EVERY, _FOLDER, _SENTENCES, _DRAWN = 8, 500, 6_000, 14
_PARTS = 10


def run(size: int, keep: Path, workers: int) -> None:
    """Write what is missing of the files, import the tree, and import it again."""
    folder, archive = keep / "many", keep / "many-archive"
    click.echo(f"{write_many(folder, size):,} files written")
    parts, _ = alone(_import, folder, archive, workers)
    heads = ("files", "wall s", "files/s", "cpu ms a file: parent", "workers", "peak MB of the parent")
    rows = [part.row() for part in parts]
    table(f"Import of {size:,} files, part by part (targets: the last as fast as the first, 800 MB)", heads, rows)
    if len(parts) > 2:
        slope = [part.cpu / part.files for part in parts]
        click.echo(f"\nThe last part took {slope[-1] / slope[0]:.2f} times the cpu of the first (target 1.10)")
    command = import_command(archive, folder, workers)
    again = [("Sagsspor", *_unchanged(size, alone(run_program, command)[1]))]
    if recoll := _recoll_unchanged(folder, keep / "many-recoll") if size <= 20_000 else None:
        again.append(("Recoll", *_unchanged(size, recoll)))
    whole = sum(part.wall for part in parts)
    table(f"Again, unchanged (first: {whole / size * 1000:.2f} ms a file)", ("", "ms a file", "cpu ms a file"), again)


@dataclass(slots=True)
class _Part:
    files: int = 0
    wall: float = 0.0
    parent: float = 0.0
    workers: float = 0.0
    peak: float = 0.0

    @property
    def cpu(self) -> float:
        return self.parent + self.workers

    def row(self) -> tuple[str, ...]:
        costs = (f"{spent / self.files * 1000:.2f}" for spent in (self.parent, self.workers))
        return f"{self.files:,}", f"{self.wall:.1f}", f"{self.files / self.wall:.0f}", *costs, f"{self.peak:.0f}"


@dataclass(slots=True)
class _Meter:
    """Cuts a run into parts of so many files, and measures each."""

    length: int
    parts: list[_Part] = field(default_factory=list)
    done: int = 0
    wall: float = field(default_factory=time.perf_counter)
    parent: float = field(default_factory=cpu_seconds)
    #: The processor time of every child that was seen, also of those that have ended.
    children: dict[int, float] = field(default_factory=dict)
    workers: float = 0.0

    def tell(self, state: str) -> None:
        """Count a file that is written."""
        if state in ("read", "unchanged"):
            return
        self.done += 1
        if self.done % 200 == 0:
            self._look()
        if self.done % self.length == 0:
            self._cut()

    def _look(self) -> None:
        for child in psutil.Process().children(recursive=True):
            try:
                spent = child.cpu_times()
            except psutil.Error:
                continue
            self.children[child.pid] = spent.user + spent.system

    def _cut(self) -> None:
        wall, parent, workers = time.perf_counter(), cpu_seconds(), sum(self.children.values())
        spent = wall - self.wall, parent - self.parent, workers - self.workers
        self.parts.append(_Part(self.length, *spent, peak_memory()))
        click.echo("  ".join(self.parts[-1].row()), err=True)
        self.wall, self.parent, self.workers = wall, parent, workers


def _import(folder: Path, archive: Path, workers: int) -> list[_Part]:
    from index.sync import Follower
    from ingest.run import Import, ImportOptions

    new = sum(1 for path in folder.rglob("*.*")) - _known(archive)
    meter = _Meter(max(1, new // _PARTS))
    with Archive.create(archive) as opened, opened.lock(), Follower(opened) as follower:
        meter.wall, meter.parent = time.perf_counter(), cpu_seconds()
        run = Import(
            opened,
            ImportOptions(workers=workers),
            on_progress=lambda progress: meter.tell(progress.state),
            on_batch=follower.follow,
        )
        run.run([str(folder)])
    return meter.parts


def _known(archive: Path) -> int:
    if not archive.exists():
        return 0
    with Archive.open(archive) as opened:
        return opened.catalogue.count()


def write_many(folder: Path, size: int) -> int:
    """Write the files that are missing of so many, each with words of its own; give how many were written."""
    rng = random.Random(11)
    sentences = _sentences()
    written = 0
    for start in range(0, size, _FOLDER):
        part = folder / f"{start // _FOLDER:04}"
        rng.seed(start)
        if part.exists() and start + _FOLDER <= size and sum(1 for _ in part.iterdir()) == _FOLDER:
            continue
        part.mkdir(parents=True, exist_ok=True)
        for number in range(start, min(start + _FOLDER, size)):
            text = _letter(rng, number, sentences)
            kind = "txt" if number % _PDF_EVERY else "pdf"
            path = part / f"brev-{number:07}.{kind}"
            path.write_bytes(_small_pdf(text) if kind == "pdf" else text.encode())
            written += 1
    return written


def _sentences() -> list[str]:
    texts = (record.text.string for record in Papers(_SENTENCES, seed=13).records())
    found: list[str] = []
    for text in texts:
        found += [line.strip() for line in text.replace(". ", ".\n").split("\n") if 40 < len(line) < 200]
        if len(found) >= _SENTENCES:
            return found[:_SENTENCES]
    return found


def _letter(rng: random.Random, number: int, sentences: list[str]) -> str:
    date = written_day(day_of(rng.randrange(1 << 20)))
    body = rng.choices(sentences, k=_DRAWN)
    paragraphs = (" ".join(body[at : at + 4]) for at in range(0, _DRAWN, 4))
    head = f"{rng.choice(DEPARTMENTS)}\n{date}\nSagsnr. {2000 + number % 22}-{100_000 + number // 5}\n\n"
    title = f"{body[0].split('.')[0][:60]} {number}"
    text = "\n\n".join(paragraphs)
    return (
        f"{head}{title}\n\nTil {rng.choice(COMMITTEES)}\n\n{text}\n\nMed venlig hilsen\n{person(rng.randrange(2000))}\n"
    )


def _small_pdf(text: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=0)
    canvas.setFont("Helvetica", 9)
    lines = [line[at : at + 105] for line in text.split("\n") for at in range(0, max(1, len(line)), 105)]
    for row, line in enumerate(lines[:60]):
        canvas.drawString(60, 800 - row * 12, line)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _unchanged(size: int, cost: Cost) -> tuple[str, str]:
    return f"{cost.wall / size * 1000:.3f}", f"{cost.cpu / size * 1000:.3f}"


def _recoll_unchanged(folder: Path, home: Path) -> Cost | None:
    if shutil.which("recollindex") is None:
        return None
    home.mkdir(parents=True, exist_ok=True)
    (home / "recoll.conf").write_text(f"topdirs = {folder.absolute()}\nnoaspell = 1\n")
    alone(run_program, ["recollindex", "-c", str(home)])
    cost: Cost = alone(run_program, ["recollindex", "-c", str(home)])[1]
    return cost
