"""Scans through Tesseract: a grey picture of a page -> lines with boxes and confidences.

Tesseract runs as a process of its own on one thread: its own threads fight each other (20 s a page against 2.3 s).
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from PIL import Image, ImageFilter

from corpus.records import Box, Line, Mark, Page
from corpus.text import normalise
from ingest.readers.options import ReadOptions

#: Words below this confidence on average, in per cent: the page is turned, speckled or no text.
POOR = 60.0
#: Words of one line are cut where the gap is wider than this many line heights.
WIDE_GAP = 2.2
#: What blurring removes before a second try: the speckles of a bad scanner (1.2 pixels at 200 dpi).
BLUR = 1.2
#: The command that a user needs where Tesseract is missing.
INSTALL = "apt install tesseract-ocr tesseract-ocr-dan"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a grey picture; `scale` gives pixels for a point."""

    number: int
    image: Image.Image
    scale: float


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[str, str, str]
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    text: str


@functools.cache
def languages(wanted: str) -> str | None:
    """Give those of the wanted languages that Tesseract has; None where it is not installed or has none of them."""
    if shutil.which("tesseract") is None:
        return None
    try:
        done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    there = set(done.stdout.decode("utf-8", "replace").split())
    return "+".join(name for name in wanted.split("+") if name in there) or None


def recognise(pictures: Iterable[Picture], options: ReadOptions) -> Iterator[tuple[Page, Mark | None]]:
    """Yield the page of each picture; the mark says where a page could not be read."""
    names = languages(options.ocr_languages)
    if names is None:
        for picture in pictures:
            yield _page(picture, ()), None
        return
    with ThreadPoolExecutor(max_workers=max(1, options.ocr_workers)) as executor:
        yield from executor.map(functools.partial(_recognise, names=names, options=options), pictures)


def missing_mark(numbers: list[int]) -> Mark:
    """Give the mark of pages that wait for Tesseract."""
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return Mark("needs-ocr", f"side {shown} er scannet og kræver tekstgenkendelse: {INSTALL}")


def _recognise(picture: Picture, names: str, options: ReadOptions) -> tuple[Page, Mark | None]:
    try:
        words = _read_words(picture.image, names, options)
        image = picture.image
        if _confidence(words) < POOR:
            words, image = _second_try(picture.image, words, names, options)
    except subprocess.TimeoutExpired:
        seconds = round(options.ocr_page_seconds)
        return _page(picture, ()), Mark(
            "ocr-time-limit", f"side {picture.number} blev ikke genkendt på {seconds} sekunder"
        )
    except (OSError, subprocess.SubprocessError) as exc:
        return _page(picture, ()), Mark("ocr-failed", f"side {picture.number} kan ikke genkendes: {type(exc).__name__}")
    turned = Picture(picture.number, image, picture.scale)
    return _page(turned, tuple(_lines(words, picture.scale))), None


def _page(picture: Picture, lines: tuple[Line, ...]) -> Page:
    width, height = (side / picture.scale for side in picture.image.size)
    return Page(picture.number, lines, width, height, "ocr" if lines else "none", "tesseract" if lines else "")


def _second_try(
    image: Image.Image, words: list[_Word], names: str, options: ReadOptions
) -> tuple[list[_Word], Image.Image]:
    """Read a poor page again without its speckles, then turned as Tesseract sees it; the best reading counts."""
    best, chosen = words, image
    blurred = image.filter(ImageFilter.GaussianBlur(BLUR))
    angle = _turn(image, options)
    for candidate in (blurred, *((image.rotate(-angle, expand=True, fillcolor=255),) if angle else ())):
        found = _read_words(candidate, names, options)
        if _worth(found) > _worth(best):
            best, chosen = found, candidate
        if _confidence(best) >= POOR:
            break
    return best, chosen


def _worth(words: list[_Word]) -> float:
    return sum(word.confidence * len(word.text) for word in words if word.confidence > POOR)


def _confidence(words: list[_Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _run(image: Image.Image, arguments: list[str], options: ReadOptions) -> str:
    stream = io.BytesIO()
    image.save(stream, "PPM")
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", *arguments],
        input=stream.getvalue(),
        capture_output=True,
        timeout=options.ocr_page_seconds,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", "replace")


def _turn(image: Image.Image, options: ReadOptions) -> int:
    """Give by how many degrees clockwise a page must be turned to stand upright; 0 where that is not known."""
    try:
        output = _run(image, ["--psm", "0", "-l", "osd"], options)
    except subprocess.CalledProcessError:
        return 0
    for line in output.splitlines():
        name, _, value = line.partition(":")
        if name == "Rotate" and value.strip() in ("90", "180", "270"):
            return int(value)
    return 0


def _read_words(image: Image.Image, names: str, options: ReadOptions) -> list[_Word]:
    output = _run(image, ["-l", names, "--dpi", str(options.ocr_dpi), "tsv"], options)
    words = []
    for row in output.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(int, cells[6:10])
            key = (cells[2], cells[3], cells[4])
            words.append(_Word(key, left, top, left + width, top + height, float(cells[10]), cells[11].strip()))
    return words


def _lines(words: list[_Word], scale: float) -> Iterator[Line]:
    """Make lines of words; sizes are evened out, since a line without descenders is lower than its neighbours."""
    usual = median(word.bottom - word.top for word in words) if words else 0.0
    for _, group in groupby(words, key=lambda word: word.line):
        for piece in _cut(list(group), usual):
            height = median(word.bottom - word.top for word in piece)
            size = usual if 0.7 * usual < height < 1.5 * usual else height
            box = Box(
                min(word.left for word in piece) / scale,
                min(word.top for word in piece) / scale,
                max(word.right for word in piece) / scale,
                max(word.bottom for word in piece) / scale,
            )
            text = normalise(" ".join(word.text for word in piece))
            confidence = round(sum(word.confidence for word in piece) / len(piece) / 100, 3)
            if _shows_text(text, confidence):
                yield Line(text, box, round(size / scale * 1.3, 1), confidence=confidence)


def _shows_text(text: str, confidence: float) -> bool:
    """Say whether a line is more than what Tesseract makes of specks and rules."""
    letters = sum(sign.isalnum() for sign in text)
    return letters > 0 and (confidence > 0.3 or letters > 8) and letters * 3 >= len(text.replace(" ", ""))


def _cut(words: list[_Word], usual: float) -> Iterator[list[_Word]]:
    piece = [words[0]]
    for word in words[1:]:
        if word.left - piece[-1].right > WIDE_GAP * usual:
            yield piece
            piece = []
        piece.append(word)
    yield piece
