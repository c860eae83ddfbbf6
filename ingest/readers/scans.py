"""Pages of a PDF without a usable text layer: found by a cheap measure, drawn and recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from corpus.records import Line, Mark, Page
from ingest.readers.ocr import Picture, languages, missing_mark, recognise
from ingest.readers.options import ReadOptions

#: A page with fewer letters than this may be a scan with a stamp or a page number as text.
FEW_LETTERS = 60
#: The part of the page that pictures cover on a scan, and how many objects are looked at to see it.
COVERED, LOOKED_AT = 0.5, 200
#: A page of more objects than this is not drawn: it would take minutes.
MAX_OBJECTS = 3_000
LONGEST_SIDE = 5_000
#: So much of a page's text shows whether it makes words.
SAMPLE = 1_500
_STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
#: A sign that its font names no letter for, inside a word. A soft hyphen (2) and a ligature of its own are no holes.
_HOLE = re.compile(r"(?<=[^\W\d_])[\ufffd\x00\x01\x03-\x08\x0e-\x1f](?=[^\W\d_])")
#: A font without its map leaves a hole in a good part of all words; fewer are slips.
HOLES, LEAST_HOLES = 0.03, 3
_WORD = re.compile(r"[^\W\d_]{2,40}")
_VOWEL = re.compile(r"[aeiouyæøåéäöü]", re.IGNORECASE)
#: Nearly every Danish text of some length holds one of these.
_COMMON = frozenset((
    "og", "i", "at", "er", "til", "på", "af", "for", "den", "der", "det", "en", "et", "med", "som", "de",
    "har", "om", "skal", "kan", "ikke", "fra", "the", "of", "and", "to", "in",
))  # fmt: skip


def makes_words(lines: Sequence[Line]) -> bool:
    """Say whether letters make words: few strange signs, vowels in most words, common words in a long text."""
    text = " ".join(line.text for line in lines)[:SAMPLE]
    strange = "\ufffd" in text or not text.isprintable()
    if strange and len(_STRANGE.findall(text)) > 0.3 * len(text):
        return False
    words = _WORD.findall(text)
    if strange and len(_HOLE.findall(text)) >= max(LEAST_HOLES, HOLES * len(words)):
        return False
    if len(words) < 20:
        return True
    enough = (len(words) + 1) // 2
    if sum(1 for _ in islice(filter(_VOWEL.search, words), enough)) < enough:
        return False
    return len(words) < 120 or any(word.lower() in _COMMON for word in words)


def needs_recognition(page: pypdfium2.PdfPage, lines: Sequence[Line], options: ReadOptions) -> bool:
    """Say whether a page is read better from its picture than from its text layer."""
    if options.ocr == "always":
        return True
    letters = sum(len(line.text) for line in lines)
    if letters >= FEW_LETTERS:
        return not makes_words(lines)
    return _covered(page) >= COVERED


def is_drawable(page: pypdfium2.PdfPage) -> bool:
    """Say whether a page can be drawn within a reasonable time."""
    return bool(pdfium.FPDFPage_CountObjects(page.raw) <= MAX_OBJECTS)


def _covered(page: pypdfium2.PdfPage) -> float:
    """Give the part of a page that its pictures cover."""
    width, height = page.get_size()
    total: float = 0.0
    count = min(pdfium.FPDFPage_CountObjects(page.raw), LOOKED_AT)
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        left, bottom, right, top = (pdfium.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            total += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return float(total / max(1.0, width * height))


def recognise_pages(
    document: pypdfium2.PdfDocument, pages: list[Page], numbers: list[int], options: ReadOptions
) -> tuple[list[Page], list[Mark]]:
    """Give the pages with those numbers read from their pictures; text that a poor reading does not better is kept."""
    if not numbers or options.ocr == "never":
        return pages, []
    if languages(options.ocr_languages) is None:
        return pages, [missing_mark(numbers)]
    read: dict[int, Page] = {}
    marks: list[Mark] = []
    for page, mark in recognise(_draw(document, numbers, options.ocr_dpi), options):
        read[page.number] = page
        if mark is not None:
            marks.append(mark)
    return [_better(page, read.get(page.number)) for page in pages], marks


def _better(page: Page, recognised: Page | None) -> Page:
    if recognised is None or (not recognised.lines and page.lines):
        return page
    return replace(recognised, width=page.width or recognised.width, height=page.height or recognised.height)


def _draw(document: pypdfium2.PdfDocument, numbers: list[int], dpi: int) -> Iterator[Picture]:
    for number in numbers:
        page = document[number - 1]
        try:
            scale = min(dpi / 72, LONGEST_SIDE / max(1.0, *page.get_size()))
            bitmap = page.render(scale=scale, grayscale=True)
            image = bitmap.to_pil().convert("L").copy()
            bitmap.close()
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            image, scale = Image.new("L", (10, 10), 255), 1.0
        finally:
            page.close()
        yield Picture(number, image, scale)
