"""What a question asks for rather than names: a type of paper, what somebody did, an item that holds its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import query as tree
from index.analysis import stem
from index.compounds import tails
from index.query import all_of, any_of
from search.facts import DEEDS, TYPES

OF_TYPE, OF_DEED, DECIDED, OF_CASE_ALONE = 2.5, 2.5, 0.8, 5.0
#: What a meeting's paper loses for each word but one where its items hold the words apart.
WORDS_APART = -4.0
_MINUTES = tree.Term("doc_type", "minutes")
_OF_MEETINGS = any_of(_MINUTES, tree.Term("doc_type", "agenda"))
_MEETING = stem("møde")


def names_paper(words: Sequence[str]) -> bool:
    """Tell whether words name nothing, or one type of paper: a day beside them is the paper's own."""
    kinds = {TYPES.get(stem((word, *tails(word))[-1]), "") for word in words if stem(word) != _MEETING}
    return not kinds or (len(kinds) == 1 and "" not in kinds)


def prefer(words: Sequence[str], *, numbered: bool) -> Iterator[tree.Query]:
    """Yield what is asked for rather than named: the type of paper, a case's own (of a number), and decisions."""
    last = (word if stem(word) in TYPES else (word, *tails(word))[-1] for word in words)
    deeds = dict.fromkeys(kind for word in words for kind in DEEDS.get(stem(word), ()))
    for kind in dict.fromkeys(kind for word in last if (kind := TYPES.get(stem(word)))):
        # `Hvem svarede på høringen`: the answers, and not what they answer.
        meant = "hearing_response" if kind == "hearing" and "hearing_response" in deeds else kind
        yield tree.Constant(tree.Term("doc_type", meant), OF_TYPE)
    for kind in deeds:
        yield tree.Constant(tree.Term("doc_type", kind), OF_DEED)
    if numbered:
        yield tree.Constant(tree.Except(tree.Term("kind", "document"), _OF_MEETINGS), OF_CASE_ALONE)
    yield tree.Constant(_MINUTES, DECIDED)


def part_words(words: Sequence[str], count: int) -> Iterator[tree.Query]:
    """Yield what a meeting's paper loses as a whole: an item that holds all the words is found by itself.

    A paper that its title names is meant as a whole.
    """
    if count > 1:
        titled = any_of(*(tree.Term("title", stem(word)) for word in dict.fromkeys(words)))
        meetings = all_of(tree.Term("kind", "document"), _OF_MEETINGS)
        yield tree.Constant(tree.Except(meetings, titled) if words else meetings, WORDS_APART * (count - 1))
