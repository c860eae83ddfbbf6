"""Scanned pages as pictures: TIFF with any number of pages, JPEG, PNG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from corpus.errors import ReadError
from corpus.records import Mark, Page, Reading
from ingest.readers.ocr import Picture, languages, missing_mark, recognise
from ingest.readers.options import ReadOptions

#: The largest picture that is looked at, in pixels: an A3 page at 600 dpi.
MAX_PIXELS = 70_000_000
#: The longest side that Tesseract is given, in pixels.
LONGEST_SIDE = 5_000
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, EOFError,
           OverflowError, MemoryError, Image.DecompressionBombError)  # fmt: skip


def read_image(data: bytes, options: ReadOptions) -> Reading:
    """Read a picture of text; raise ReadError where it is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                media_type = Image.MIME.get(image.format or "", "image/unknown")
                count = int(getattr(image, "n_frames", 1))
                if image.width * image.height > MAX_PIXELS:
                    raise ReadError("billedet har for mange billedpunkter", code="too-large")
                pages, marks = _read_frames(image, min(count, options.max_pages), options)
    except _BROKEN as exc:
        raise ReadError("billedet er beskadiget", code="damaged") from exc
    if count > options.max_pages:
        marks.append(Mark("max-pages", f"kun de første {options.max_pages} af {count} sider er læst"))
    return Reading(media_type, tuple(pages), tuple(marks))


def _read_frames(image: Image.Image, count: int, options: ReadOptions) -> tuple[list[Page], list[Mark]]:
    if options.ocr == "never" or languages(options.ocr_languages) is None:
        numbers = list(range(1, count + 1))
        marks = [] if options.ocr == "never" else [missing_mark(numbers)]
        width, height = (side * 72 / options.ocr_dpi for side in image.size)
        image.load()
        return [Page(number, (), width, height, "none") for number in numbers], marks
    found = list(recognise(_pictures(image, count, options.ocr_dpi), options))
    return [page for page, _ in found], [mark for _, mark in found if mark is not None]


def _pictures(image: Image.Image, count: int, dpi: int) -> Iterator[Picture]:
    for number in range(1, count + 1):
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            raise ReadError("billedet har for mange billedpunkter", code="too-large")
        yield grey_picture(image, number, _resolution(image, dpi))


def _resolution(image: Image.Image, default: int) -> float:
    stated = image.info.get("dpi", (default, default))
    value = float(stated[0]) if isinstance(stated, tuple) and stated else float(default)
    return value if 50 <= value <= 1200 else float(default)


def grey_picture(image: Image.Image, number: int, dpi: float) -> Picture:
    """Make a picture for Tesseract: grey, on white, and no larger than it needs."""
    flat = image.convert("RGBA") if image.mode in ("P", "LA", "PA", "RGBA") else image
    if flat.mode == "RGBA":
        white = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(white, flat)
    grey = flat.convert("L")
    scale = dpi / 72
    longest = max(grey.size)
    if longest > LONGEST_SIDE:
        ratio = LONGEST_SIDE / longest
        grey = grey.resize((max(1, int(grey.width * ratio)), max(1, int(grey.height * ratio))))
        scale *= ratio
    return Picture(number, grey, scale)
