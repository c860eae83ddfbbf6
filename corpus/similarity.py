"""Near duplicates: MinHash over shingles of words, so that copies and versions meet in an index and not by comparison.

Written here in a few lines of numpy: the well-kept library for it (datasketch) brings scipy along.
Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Words in a shingle; permutations in a signature; permutations in a band.
SHINGLE, PERMUTATIONS, ROWS = 3, 66, 3
#: Two papers of which this part of the shingles is common are versions or copies of each other.
NEAR = 0.5
#: Shorter papers are not compared: their few shingles are mostly letterhead.
LEAST_WORDS = 40
#: A 500-page paper is known by its first words.
MOST_WORDS = 20_000

_WORD = re.compile(r"[^\W_]+")


def signature(text: str) -> tuple[int, ...]:
    """Give the MinHash signature of a text, 66 numbers below 2^32; empty where the text is too short to compare."""
    import numpy as np  # a search reads signatures and never makes one; this import is a tenth of its time

    words = _WORD.findall(text.casefold())[:MOST_WORDS]
    if len(words) < LEAST_WORDS:
        return ()
    shingles = {zlib.crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)}
    hashes = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    factors, offsets = _permutations()
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(hashes), 4096):
        part = hashes[start : start + 4096]
        lowest = np.minimum(lowest, ((part[:, None] * factors + offsets) >> np.uint64(32)).min(axis=0))
    return tuple(int(value) for value in lowest)


def bands(signed: tuple[int, ...]) -> list[int]:
    """Give the keys by which near duplicates meet: each of 22 bands with its number, as one integer below 2^63."""
    return [
        at << 40 | zlib.crc32(struct.pack(f"<{ROWS}Q", *signed[at : at + ROWS])) for at in range(0, len(signed), ROWS)
    ]


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimate the part of the shingles that two texts have in common (Jaccard), with an error of about 0.06."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / PERMUTATIONS


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multiply-shift hashing (Dietzfelbinger 1997): an odd factor, an offset, and the upper half of the product."""
    import numpy as np

    random = np.random.Generator(np.random.PCG64(20100226))
    factors = random.integers(0, 1 << 63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, random.integers(0, 1 << 63, PERMUTATIONS, dtype=np.uint64)
