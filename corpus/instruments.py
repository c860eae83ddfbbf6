"""Names of charters, policies, plans, agreements and measuring systems: what is one under many spellings.

`instrument_key` folds what never matters (case, quotation marks, blanks, dashes, genitive); `same_instrument` decides
whether two keys name one thing: misspellings and turned word order do, another year or another subject does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from corpus.text import flatten, fold_spaces

_QUOTES = str.maketrans("", "", "\"'“”„«»")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[-/] ?(?:19|20)?\d\d)?")
_NOT_WORDS = re.compile(r"[^\wæøåé-]+")
#: Words that carry no identity in a name, Danish and English.
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "den", "det", "de", "en", "et", "for", "fra", "københavns", "kommunes", "med"}
    | {"of", "og", "om", "on", "på", "the", "til", "vores"}
)
_ENDINGS = ("ernes", "erne", "enes", "ets", "ens", "et", "en", "s")


@lru_cache(maxsize=65536)
def instrument_key(name: str) -> str:
    """Give the join key of a name: lower case, without quotation marks, blanks around year dashes, genitive -s."""
    text = fold_spaces(flatten(name)).casefold().translate(_QUOTES)
    text = _YEARS.sub(lambda match: re.sub(r" ?([-/]) ?", r"\1", match.group()), text)
    return fold_spaces(_NOT_WORDS.sub(" ", text.replace("/", "-")))


@lru_cache(maxsize=65536)
def split_key(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a key's words, without function words and sorted, and its years."""
    years = tuple(sorted(_YEARS.findall(key)))
    words = (word.strip("-") for word in _YEARS.sub(" ", key).split())
    return tuple(sorted({word for word in words if word and word not in _FUNCTION_WORDS})), years


def same_instrument(one: str, other: str) -> bool:
    """Tell whether two keys name the same instrument.

    Years must agree where both have them. The words must be the same but for one letter in long ones; a name of two or
    more words is also the same when all of its words stand in the other (`charter integrating cities` in
    `eurocities charter integrating cities`).
    """
    if one == other:
        return True
    (words, years), (other_words, other_years) = split_key(one), split_key(other)
    if not words or not other_words or (years and other_years and years != other_years):
        return False
    fewer, more = sorted((words, other_words), key=len)
    if len(fewer) < len(more) and len(fewer) < 3:
        return False
    return all(any(_same_word(word, candidate) for candidate in more) for word in fewer)


def years_of(key: str) -> frozenset[str]:
    """Give the years and periods of a key: `2014`, `2011-2014`."""
    return frozenset(split_key(key)[1])


def names_within(key: str, said: str) -> bool:
    """Tell whether every word of a name, and its years, stand in a key of running text, in whatever order."""
    (words, years), (said_words, said_years) = split_key(key), split_key(said)
    if not words or not set(years) <= set(said_years):
        return False
    return all(any(_same_word(word, candidate) for candidate in said_words) for word in words)


def _bare(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 7:
            return word[: -len(ending)]
    return word


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5:
        return False
    bare, other_bare = _bare(one), _bare(other)
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1 or Levenshtein.distance(bare, other_bare) <= 1
