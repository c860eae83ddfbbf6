"""Work out `patterns.bin` and `patterns.json` from the other files: each form's stem, and where a compound is cut.

`python -m index.data.build_patterns`, by hand, after any change of the lexicon or of the rules in `index/analysis.py`,
`index/compounds.py` and `index/layout.py`; a test tells when it was forgotten.
"""

from __future__ import annotations

import json
import sys
from array import array

import marisa_trie

from index.analysis import stem_anew
from index.compounds import split_anew
from index.lexicon import DATA, FORMS, NUMBERS, PATTERNS, lexicon


def find_edit(form: str) -> tuple[int, str]:
    """Give how many letters of a form to cut, and what to put, for its stem."""
    stem = stem_anew(form)
    shorter = min(len(form), len(stem))
    same = next((at for at in range(shorter) if form[at] != stem[at]), shorter)
    return len(form) - same, stem[same:]


def find_cuts(form: str) -> tuple[tuple[int, int], ...]:
    """Give start and end of each part."""
    found, at = [], 0
    for part in split_anew(form):
        start = form.index(part, at)
        at = start + len(part)
        found.append((start, at))
    return tuple(found)


def save_nothing() -> None:
    """Let everything be worked out by the rules."""
    size = len(marisa_trie.Trie().mmap(str(DATA / FORMS)))
    (DATA / NUMBERS).write_bytes(bytes(4 * size))
    (DATA / PATTERNS).write_text(json.dumps({"edits": [], "cuts": []}))
    lexicon.cache_clear()


def save() -> None:
    """Save the patterns in the order of their first form, and each form's numbers."""
    forms = sorted(lexicon().items())
    edits: dict[tuple[int, str], int] = {}
    cuts: dict[tuple[tuple[int, int], ...], int] = {(): 0}
    numbers = array("H", bytes(4 * len(forms)))
    for form, number in forms:
        numbers[number] = edits.setdefault(find_edit(form), len(edits) + 1)
        numbers[len(forms) + number] = cuts.setdefault(find_cuts(form), len(cuts))
    if sys.byteorder == "big":
        numbers.byteswap()
    (DATA / NUMBERS).write_bytes(numbers.tobytes())
    shown = json.dumps({"edits": list(edits), "cuts": list(cuts)[1:]}, ensure_ascii=False, separators=(",", ":"))
    (DATA / PATTERNS).write_text(shown + "\n", encoding="utf-8")


if __name__ == "__main__":
    save_nothing()
    save()
