"""Our readers beside the bare libraries that they stand on, and what finding facts costs."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import docx
import pypdfium2

from corpus.records import Text
from ingest.facts import find_facts
from ingest.layout import compose
from ingest.readers import ReadOptions, read
from tests.benchmarks.files import long_pdf, make_file
from tests.benchmarks.measure import alone, table
from tests.benchmarks.papers import WORDS, Papers

_OPTIONS = ReadOptions()
LONG = 2000


def run(size: int) -> None:
    """Print what a document of each format costs to read, and the memory that a long one takes."""
    rows, _ = alone(_formats, size)
    heads = ("format", "ours, ms", "with layout, ms", "bare library, ms", "ours : bare", "target")
    table(f"Reading {size} files of each kind, processor time of one", heads, rows)
    peaks = [(f"{pages:,} pages", *_read_long(pages)) for pages in (LONG // 8, LONG)]
    table("One long PDF (target 400 MB)", ("PDF", "pages/s of cpu", "MB before", "MB at the peak"), peaks)


def run_facts(size: int) -> None:
    """Print what finding the facts of a letter costs."""
    rows, _ = alone(_facts, size)
    table(f"Facts of {size} letters of {WORDS} words, ms (target of the median 3.5)", ("what", "median", "p95"), rows)


def _formats(size: int) -> list[tuple[str, ...]]:
    kinds: tuple[tuple[str, str, Callable[[bytes], Any], str], ...] = (
        ("plain.pdf", "PDF without columns : pypdfium2, text only", _bare_pdf, "2"),
        ("margin.pdf", "PDF with a margin column : pypdfium2, text only", _bare_pdf, "3"),
        ("docx", "DOCX : python-docx, open and walk", _bare_docx, "0.25"),
    )
    rows = []
    for kind, name, bare, target in kinds:
        records = Papers(size * 10, seed=3).records()
        files = [make_file(next(records), kind) for _ in range(size)]
        ours, whole, theirs = [], [], []
        for data in files[:5]:
            _with_layout(data, kind)
            bare(data)
        for data in files:
            ours.append(_spent(lambda: read(data, kind, options=_OPTIONS)))  # noqa: B023
            theirs.append(_spent(lambda: bare(data)))  # noqa: B023
            whole.append(_spent(lambda: _with_layout(data, kind)))  # noqa: B023
        mine, both, other = (sum(each) / size * 1000 for each in (ours, whole, theirs))
        rows.append((name, f"{mine:.2f}", f"{both:.2f}", f"{other:.2f}", f"{mine / other:.2f}", target))
    return rows


def _spent(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _with_layout(data: bytes, name: str) -> Text:
    return compose(read(data, name, options=_OPTIONS))


def _bare_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "\n".join(pages)


def _bare_docx(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def _read_long(pages: int) -> tuple[str, str, str]:
    data, _ = alone(long_pdf, pages)
    found, cost = alone(_read_and_count, data)
    return f"{pages / cost.cpu:.0f}", f"{found:.0f}", f"{cost.peak:.0f}"


def _read_and_count(data: bytes) -> float:
    from tests.benchmarks.measure import peak_memory

    before = peak_memory()
    _with_layout(data, "long.pdf")
    return before


def _facts(size: int) -> list[tuple[str, str, str]]:
    texts = [_with_layout(data, "brev.pdf") for data in _letters(size)]
    for text in texts[:10]:
        find_facts(text, name="brev.pdf")
    whole = [_spent(lambda: find_facts(text, name="brev.pdf")) for text in texts]  # noqa: B023
    rows = [_row("all facts", whole)]
    inside = _inside_spacy(texts)
    return [*rows, _row("  of these in spaCy (tokenizer and matchers)", inside)]


def _letters(size: int) -> list[bytes]:
    records = Papers(size * 10, seed=3).records()
    return [make_file(next(records), "plain.pdf") for _ in range(size)]


def _inside_spacy(texts: Sequence[Text]) -> list[float]:
    """Time the one function that calls spaCy, from where it is called."""
    from ingest.facts import bodies

    plain, spent = bodies.find_names, 0.0

    def timed(*values: Any) -> Iterator[tuple[int, int, str]]:
        nonlocal spent
        start = time.process_time()
        found = list(plain(*values))
        spent += time.process_time() - start
        return iter(found)

    inside = []
    bodies.find_names = timed
    try:
        for text in texts:
            spent = 0.0
            find_facts(text, name="brev.pdf")
            inside.append(spent)
    finally:
        bodies.find_names = plain
    return inside


def _row(name: str, spent: Sequence[float]) -> tuple[str, str, str]:
    ranked = sorted(spent)
    return name, f"{statistics.median(ranked) * 1000:.2f}", f"{ranked[int(len(ranked) * 0.95)] * 1000:.2f}"
