"""Danish words as often as Danish has them: the lexicon's frequencies, compounds of its words, and names."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.lexicon import IS_LEMMA, lexicon

_COMPOUNDS = 120_000
#: How much of running text are compounds that no word list has.
_SHARE = 0.06
_FIRST = (
    "Asta Birk Carla Dagny Ebbe Frida Gorm Helga Ivar Jytte Kaj Liv Magnus Nanna Oluf Pernille Rasmus Signe Troels "
    "Ulla Vagn Ylva Bodil Egon Gudrun Holger Inger Jeppe Karla Lauge"
).split()
_LAST_HEADS = "Vind Bro Lund Skov Ager Holm Kær Sten Birke Tofte Hede Møl Ege Strand Dam Klint Ravn Ellek".split()
_LAST_TAILS = "høj gaard hus vang mose tved bæk borg lev rup strup sen dal bjerg".split()


class Vocabulary:
    """Words in the order of how common they are, and draws from them."""

    def __init__(self) -> None:
        known = lexicon()
        found = [
            (form, known.rarity[number], bool(known.marks[number] & IS_LEMMA))
            for form, number in known.items()
            if form.isalpha()
        ]
        found.sort(key=lambda each: (each[1], each[0]))
        rng = np.random.default_rng(1)
        forms = {form for form, _, _ in found}
        plain = [form for form, rarity, lemma in found if lemma and 40 <= rarity <= 60 and 4 <= len(form) <= 9]
        compounds: dict[str, None] = {}
        while len(compounds) < _COMPOUNDS:
            heads, tails, links = (rng.integers(0, len(plain), 10_000).tolist() for _ in range(3))
            for head, tail, link in zip(heads, tails, links, strict=True):
                word = plain[head] + ("s" if link % 5 == 0 else "") + plain[tail]
                if word not in forms:
                    compounds[word] = None
        made = list(compounds)[:_COMPOUNDS]
        weights = np.concatenate(
            (
                _normal(10.0 ** (-np.array([rarity for _, rarity, _ in found]) / 10)) * (1 - _SHARE),
                _normal(1.0 / np.arange(50, 50 + len(made)) ** 1.05) * _SHARE,
            )
        )
        order = np.argsort(-weights, kind="stable")
        words = [form for form, _, _ in found] + made
        self.words = [words[index] for index in order.tolist()]
        self.capitals = [word.capitalize() for word in self.words]
        self.compounds = made
        self._sums = np.cumsum(weights[order])
        self._sums /= self._sums[-1]

    def draw(self, rng: np.random.Generator, count: int) -> NDArray[np.intp]:
        """Draw words by their frequency, as places in `words`."""
        return np.searchsorted(self._sums, rng.random(count))


def _normal(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return weights / weights.sum()


@cache
def vocabulary() -> Vocabulary:
    """Give the one vocabulary of this process; making it takes a second or two."""
    return Vocabulary()


def person(number: int) -> str:
    """Give a fictional name."""
    first, rest = number % len(_FIRST), number // len(_FIRST)
    head, tail = rest % len(_LAST_HEADS), rest // len(_LAST_HEADS) % len(_LAST_TAILS)
    return f"{_FIRST[first]} {_LAST_HEADS[head]}{_LAST_TAILS[tail]}"
