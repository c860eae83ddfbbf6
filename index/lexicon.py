"""What is known of Danish words before any paper is read: forms, how rare they are, stems, and what compounds cost.

The lexicon is part of the program and memory-mapped, so that index and query always cut words alike. A form's place in
the automaton is its number; what is known of it stands under that number in planes of one byte a form. `data/README.md`
says where the words come from, `data/build_lexicon.py` makes the files. What follows by rule, each form's stem and
where a compound is cut, is worked out once as well (`data/build_patterns.py`): there are few ways to do either.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

DATA = Path(__file__).with_name("data")
#: The cost of what is no part of any compound.
NEVER = 255
IS_LEMMA, BENDS, IS_COMPOUND = 1, 2, 4
FORMS, PLANES, STEMS = "forms.marisa", "forms.bin", "stems.marisa"
#: For each form the number of its edit, then for each that of its cuts, two bytes each (0: none was worked out); and
#: these edits (letters to cut, letters to put) and cuts (start and end of each part) in the order of their numbers.
NUMBERS, PATTERNS = "patterns.bin", "patterns.json"


def read_words(name: str) -> frozenset[str]:
    """Read a list of words from `data/`, lines with `#` left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms by number; `rarity` in tenths of negative powers of ten: 30 is one word in a thousand, 70 an unseen one.

    `inner` and `last` say what a form costs as a part of a compound, before others or at its end.
    """

    forms: Any
    stems: Any
    rarity: bytes
    marks: bytes
    inner: bytes
    last: bytes
    numbers: array[int]
    edits: Sequence[tuple[int, str]]
    cuts: Sequence[Sequence[tuple[int, int]]]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open the files of a folder."""
        import marisa_trie

        forms = marisa_trie.Trie().mmap(str(folder / FORMS))
        stems = marisa_trie.BytesTrie().mmap(str(folder / STEMS))
        planes, size = (folder / PLANES).read_bytes(), len(forms)
        rarity, marks, inner, last = (planes[at * size : (at + 1) * size] for at in range(4))
        numbers = array("H", (folder / NUMBERS).read_bytes())
        if sys.byteorder == "big":
            numbers.byteswap()
        found = json.loads((folder / PATTERNS).read_text(encoding="utf-8"))
        return cls(forms, stems, rarity, marks, inner, last, numbers, found["edits"], found["cuts"])

    def find(self, word: str) -> int | None:
        """Give the number of a form, or of what it is the genitive of."""
        number: int | None = self.forms.get(word)
        return self.forms.get(word[:-1]) if number is None and word.endswith("s") else number

    def stem_of(self, number: int, form: str) -> str | None:
        """Give the stem where Snowball would not bring the form to it."""
        if not self.marks[number] & BENDS:
            return None
        bare = form if form in self.forms else form[:-1]
        edit = self.stems[bare][0]
        return bare[: len(bare) - edit[0]] + str(edit[1:], "utf-8")

    def bend(self, form: str) -> str | None:
        """Give the stem of a form that was worked out before; a genitive's was not."""
        number: int | None = self.forms.get(form)
        if number is None or not (which := self.numbers[number]):
            return None
        cut, put = self.edits[which - 1]
        return form[: len(form) - cut] + put

    def cut(self, form: str) -> tuple[str, ...]:
        """Give all the parts of a compound that was cut before; nothing of any other word."""
        number: int | None = self.forms.get(form)
        if number is None or not (which := self.numbers[len(self.rarity) + number]):
            return ()
        return tuple([form[start:end] for start, end in self.cuts[which - 1]])

    def items(self) -> Iterator[tuple[str, int]]:
        """Yield every form with its number."""
        yield from self.forms.items()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Open the program's own lexicon."""
    return Lexicon.read(DATA)
