"""What the analysis makes of a word, and how often the archive has it: the answer of `sagsspor analyse WORD…`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.text import normalise
from index.analysis import chunk_of
from index.compounds import split_fully
from index.port import Engine


@dataclass(frozen=True, slots=True)
class AnalysedWord:
    """One word in its layers; `pieces` are the words of a compound, `frequency` counts entries through each layer."""

    typed: str
    exact: str
    stem: str
    pieces: tuple[str, ...]
    parts: tuple[str, ...]
    frequency: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Give the word as JSON."""
        return {
            "typed": self.typed,
            "exact": self.exact,
            "stem": self.stem,
            "pieces": list(self.pieces),
            "parts": list(self.parts),
            "frequency": dict(self.frequency),
        }


def analyse_words(words: Iterable[str], engine: Engine | None = None) -> Iterator[AnalysedWord]:
    """Yield each word as the index holds it; frequencies only where an engine is given."""
    for typed in words:
        for chunk in normalise(typed).split():
            for token in chunk_of(chunk).tokens:
                layers = (("exact", token.exact), ("stem", token.stem), ("parts", token.stem))
                found = tuple((name, engine.frequency(name, term)) for name, term in layers) if engine else ()
                yield AnalysedWord(typed, token.exact, token.stem, split_fully(token.exact), token.parts, found)
