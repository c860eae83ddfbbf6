"""What a reader is allowed: whether to recognise scans, and the limits of the cage that it keeps itself.

Time and memory are watched from outside, by the pool; these limits make that rarely needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OcrMode = Literal["auto", "never", "always"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Bounds of one reading; one that was hit is a `Mark` on the reading, or a `ReadError` where nothing is left."""

    ocr: OcrMode = "auto"
    #: Tesseract's languages, and its seconds for one page.
    ocr_languages: str = "dan+eng"
    ocr_page_seconds: float = 60.0
    #: Pages that Tesseract reads at the same time, each on one thread.
    ocr_workers: int = 1
    ocr_dpi: int = 200
    max_bytes: int = 512 * 1024 * 1024
    max_pages: int = 5_000
    max_chars: int = 20_000_000
    max_members: int = 2_000
    max_member_bytes: int = 256 * 1024 * 1024
    #: Most bytes that all members of one file may unpack to.
    max_unpacked_bytes: int = 512 * 1024 * 1024
    #: Most bytes out for one byte in, counted once a member has unpacked to more than a megabyte.
    max_ratio: int = 200
