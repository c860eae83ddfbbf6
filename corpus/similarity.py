"""Near duplicates: MinHash over shingles of words, so that copies and versions meet in an index and not by comparison.

Written here in a few lines of numpy: the well-kept library for it (datasketch) brings scipy along.
Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from operator import eq
from typing import TYPE_CHECKING

from corpus.text import flatten

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

#: ASCII that is neither letter nor figure parts words; all beyond ASCII belongs to one.
_PLAIN = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))


def signature(text: str) -> tuple[int, ...]:
    """Give the MinHash signature of a text, 66 numbers below 2^32; empty where the text is too short to compare."""
    import numpy as np  # a search reads signatures and never makes one; this import is a tenth of its time

    words = flatten(text).casefold().encode("utf-8", "surrogatepass").translate(_PLAIN).split(maxsplit=MOST_WORDS)
    if len(words) < LEAST_WORDS:
        return ()
    hashes = np.fromiter(map(zlib.crc32, words[:MOST_WORDS]), dtype=np.uint32)
    shingles = _mix(hashes[:-2] + _mix(hashes[1:-1] + _mix(hashes[2:])))
    factors, offsets = _permutations()
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(shingles), 4096):
        permuted = factors * shingles[start : start + 4096]
        permuted += offsets
        lowest = np.minimum(lowest, permuted.min(axis=1))
    return tuple(lowest.tolist())


def _mix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread every bit over all, by Knuth's multiplicative hashing: so the order of a shingle's words counts."""
    import numpy as np

    mixed = hashes * np.uint32(2_654_435_761)
    return mixed ^ (mixed >> np.uint32(15))


def bands(signed: tuple[int, ...]) -> list[int]:
    """Give the keys by which near duplicates meet: each of 22 bands with its number, as one integer below 2^63."""
    packed = struct.pack(f"<{len(signed)}Q", *signed)
    return [at << 40 | zlib.crc32(packed[8 * at : 8 * (at + ROWS)]) for at in range(0, len(signed), ROWS)]


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimate the part of the shingles that two texts have in common (Jaccard), with an error of about 0.06."""
    if not one or not other:
        return 0.0
    common: int = sum(map(eq, one, other))
    return common / PERMUTATIONS


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Give a column of odd factors and one of offsets: `factor * x + offset` modulo 2^32 permutes its numbers."""
    import numpy as np

    random = np.random.Generator(np.random.PCG64(20100226))
    factors = random.integers(0, 1 << 31, (PERMUTATIONS, 1), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.integers(0, 1 << 32, (PERMUTATIONS, 1), dtype=np.uint32)
