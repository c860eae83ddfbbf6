"""A thousand mixed questions to the generated papers, each with what a bare engine would be asked for the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.analysis import stem, words_of
from tests.benchmarks.papers import COMMITTEES, case_number, day_of, topic_word
from tests.benchmarks.vocabulary import person, vocabulary

#: Of each class so many in a hundred.
SHARES = {
    "one word": 12,
    "two words": 18,
    "three words": 12,
    "words of one matter": 12,
    "phrase": 8,
    "case number": 8,
    "words in a body": 6,
    "words in a period": 6,
    "beginning of a word": 5,
    "compound": 5,
    "question": 3,
    "misspelt": 3,
    "signatory": 2,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as typed, and its bare form: stems that must all occur, a phrase, or a beginning; years if limited."""

    kind: str
    query: str
    stems: tuple[str, ...]
    phrase: bool = False
    beginning: str | None = None
    case: str | None = None
    years: tuple[int, int] | None = None


def questions(size: int, count: int = 1000, seed: int = 11) -> list[Asked]:
    """Give the questions to an archive of `size` papers, in mixed order."""
    rng = np.random.default_rng(seed)
    found: list[Asked] = []
    for kind, share in SHARES.items():
        found += [_ask(kind, rng, max(1, size // 6)) for _ in range(share * count // 100)]
    return [found[place] for place in rng.permutation(len(found)).tolist()]


def _ask(kind: str, rng: np.random.Generator, cases: int) -> Asked:
    case = int(cases * rng.random() ** 1.5)
    words = list(_words(rng, 3))
    matter = [vocabulary().words[topic_word(case, int(place))] for place in rng.integers(0, 20, 2)]
    body = COMMITTEES[int(rng.integers(0, len(COMMITTEES)))]
    year = int(day_of(int(rng.integers(0, 1 << 30)))[:4])
    match kind:
        case "one word":
            return _plain(kind, words[:1])
        case "two words":
            return _plain(kind, words[:2])
        case "three words":
            return _plain(kind, words)
        case "words of one matter":
            return _plain(kind, matter)
        case "phrase":
            pair = _pair(rng)
            return Asked(kind, f'"{" ".join(pair)}"', _stems(pair), phrase=True)
        case "case number":
            return Asked(kind, case_number(case), (), case=case_number(case))
        case "words in a body":
            return Asked(kind, f'{" ".join(words[:2])} udvalg:"{body}"', _stems([*words[:2], *words_of(body)]))
        case "words in a period":
            shown = f"{' '.join(words[:2])} dato:{year}..{year + 1}"
            return Asked(kind, shown, _stems(words[:2]), years=(year, year + 1))
        case "beginning of a word":
            start = words[0][: int(rng.integers(4, 7))]
            return Asked(kind, start + "*", (), beginning=start)
        case "compound":
            made = vocabulary().compounds
            return _plain(kind, [made[int(len(made) * rng.random() ** 3)]])
        case "question":
            shown = f"hvad besluttede {body} om {matter[0]}"
            return Asked(kind, shown, _stems([*words_of(body), matter[0]]))
        case "misspelt":
            word = max(words, key=len)
            at = len(word) // 2
            return Asked(kind, word[:at] + word[at + 1 :] + " " + matter[0], _stems([word, matter[0]]))
        case _:
            name = person(int(rng.integers(0, 2000)))
            return _plain(kind, words_of(name))


def _plain(kind: str, words: list[str]) -> Asked:
    return Asked(kind, " ".join(words), _stems(words))


def _stems(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(word) for word in words))


def _words(rng: np.random.Generator, count: int) -> Iterator[str]:
    """Draw words as people type them: neither function words nor the rarest, evenly over the orders of magnitude."""
    places = np.exp(rng.uniform(np.log(120), np.log(40_000), count)).astype(int)
    yield from (vocabulary().words[place] for place in places.tolist())


def _pair(rng: np.random.Generator) -> list[str]:
    """Draw neighbours: words so common that they do stand side by side."""
    return [vocabulary().words[place] for place in rng.integers(20, 400, 2).tolist()]
