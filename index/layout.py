"""How one text field holds two layers, so that a word's place is kept once or twice and never more.

Every word stands as it is (`exact`); before it stands its stem, marked, unless the word has no inflection: then it is
its own stem. Half of running text are such words. How many places a word takes follows from its stem alone, so that a
phrase in either layer is a phrase of this field, with its words so many places apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.lexicon import read_words

#: The field of an entry that holds `exact` and `stem`; a query names those.
FIELD = "text"
LAYERS = ("exact", "stem")
#: No word begins so, and no word is within two edits of a stem behind it.
MARK = "==="
INVARIABLE = read_words("invariable.txt")


def is_invariable(word: str) -> bool:
    """Tell whether a word, or a stem, is the only form of its stem: numbers are, and words without inflection."""
    return word in INVARIABLE or not word.isalpha()


def lay(exact: str, stem: str) -> str:
    """Give one word's tokens."""
    return exact if is_invariable(exact) else f"{MARK}{stem} {exact}"


def read(text: str) -> tuple[list[str], list[str]]:
    """Give the words of a laid text as they stand, and their stems."""
    exact: list[str] = []
    stems: list[str] = []
    stem = ""
    for token in text.split():
        if token.startswith(MARK):
            stem = token[len(MARK) :]
        else:
            exact.append(token)
            stems.append(stem or token)
            stem = ""
    return exact, stems


@lru_cache(maxsize=10_000)
def place_term(field: str, text: str) -> tuple[str, str]:
    """Give the field and the token by which a term of a logical field is found."""
    if field not in LAYERS:
        return field, text
    return FIELD, text if field == "exact" or is_invariable(text) else MARK + text


def place_phrase(field: str, words: Sequence[str]) -> tuple[str, list[str | tuple[int, str]]]:
    """Give the field of a phrase, and the place of each token behind the first word's."""
    if field not in LAYERS:
        return field, list(enumerate(words))
    found: list[str | tuple[int, str]] = []
    at = 0
    for word in words:
        wide = not is_invariable(word)
        found.append((at + (wide and field == "exact"), place_term(field, word)[1]))
        at += 1 + wide
    return FIELD, found
