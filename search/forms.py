"""The forms in which the archive may have a typed word: apart, together, on another keyboard, its parts scattered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import query as tree
from index.analysis import stem
from index.compounds import heads, tails
from index.lexicon import IS_LEMMA, lexicon
from index.port import Engine
from index.query import all_of, any_of
from search.spelling import find_corrections, is_near

#: What a part of a compound counts beside a word of its own.
PARTS = 0.35
#: `måling af støj` is støjmåling.
_OF = "af"
#: Letters of a half that says something by itself.
_SHORTEST_HALF = 4
#: Words with one beginning among which longer compounds are looked for.
_MOST_WIDER = 500
#: Cuts behind which a misspelt half is put right.
_MOST_MENDED = 2
#: Letters of foreign keyboards and of foreign spelling: `expropriation`.
_FOREIGN = (("ae", "æ"), ("oe", "ø"), ("x", "ks"), ("ks", "x"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word of the query may be found as; for ranking, for marking, and to say why."""

    word: str
    exact: frozenset[str]
    stems: frozenset[str]
    parts: frozenset[str]
    #: Stems side by side: `ældre udvalg` for `ældreudvalg`.
    phrases: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    #: The word stands in the query as part of an exact phrase: only `exact` counts.
    strict: bool = False
    corrected: tuple[str, ...] = ()


def write_apart(word: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways a compound may be written as two words: `ældreudvalg` as `ældre udvalg`."""
    yield from dict.fromkeys((stem(head), stem(tail)) for head, tail in _halves(word))


def join_words(words: Sequence[str], small: Container[str], engine: Engine) -> dict[str, tuple[str, ...]]:
    """Give for each word of a query the compounds that it may make with another, as they stand or turned."""
    found = _written_together(["" if word in small else word for word in words], engine)
    turned = _turned_together(["" if word in small and word != _OF else word for word in words], engine)
    return found | {word: (*found.get(word, ()), *known) for word, known in turned.items()}


def _written_together(words: Sequence[str], engine: Engine) -> dict[str, tuple[str, ...]]:
    """Give for each of two neighbours the compounds they may make: `cykel sti` is `cykelsti`."""
    found: dict[str, tuple[str, ...]] = {}
    for left, right in pairwise(words):
        if not (left.isalpha() and right.isalpha()):
            continue
        joined = dict.fromkeys(stem(left + link + right) for link in ("", "s", "e"))
        known = tuple(each for each in joined if engine.frequency("stem", each) or engine.frequency("parts", each))
        for word in (left, right):
            found[word] = found.get(word, ()) + known
    return found


def _turned_together(words: Sequence[str], engine: Engine) -> dict[str, tuple[str, ...]]:
    """Give for both words around `af` the compounds that say the same: `lukning af børnehaver` is `børnehavelukning`.

    Small words are empty but for `af`, of which some may stand before the second: `måling af den natlige støj` is none.
    """
    found: dict[str, tuple[str, ...]] = {}
    for at, word in enumerate(words):
        if word != _OF or not 0 < at < len(words) - 1:
            continue
        head, first = words[at - 1], next((after for after in words[at + 1 : at + 3] if after), "")
        if head.isalpha() and first.isalpha():
            joined = dict.fromkeys(stem(base + link + head) for base in (first, stem(first)) for link in ("", "s", "e"))
            known = tuple(each for each in joined if engine.frequency("stem", each))
            for each in (head, first):
                found[each] = found.get(each, ()) + known
    return found


@dataclass(frozen=True, slots=True)
class Scattered:
    """The halves of a compound: both in one paper, as far as the archive has them; each by itself; and their stems."""

    both: tuple[tree.Query, ...]
    apart: tuple[tree.Query, ...]
    stems: tuple[str, ...]


def near_each_other(words: Sequence[str], small: Container[str]) -> Iterator[tree.Query]:
    """Yield neighbours of the query as phrases, over small words: papers that hold them side by side come first."""
    telling = [at for at, word in enumerate(words) if word not in small]
    for left, right in pairwise(telling):
        if right - left <= 3:
            stems = tuple(stem(word) for word in words[left : right + 1])
            yield tree.Boost(tree.Phrase("stem", stems, 1), 0.5)
            yield tree.Boost(tree.Phrase("title", stems), 0.7)


def is_made_of(word: str, engine: Engine) -> bool:
    """Tell whether a word is a compound of two words that the archive has."""
    return any(all(_frequency(half, engine) for half in cut) for cut in _halves(word))


def scatter(word: str, engine: Engine) -> Scattered:
    """Give the halves of a compound that the archive has not, anywhere in a paper.

    Every cut counts whose halves the archive has; where it has those of none, one half may be misspelt. Of halves
    within one another the longest counts by itself, and none that is too short to tell anything.
    """
    cuts = list(_halves(word))
    had = {half for cut in cuts for half in cut if _frequency(half, engine)}
    pairs = [cut for cut in cuts if had.issuperset(cut)] or ([] if any(map(_are_words, cuts)) else _mend(word, engine))
    single: list[str] = []
    for half in sorted(had, key=lambda each: (-len(each), each)):
        if len(half) >= _SHORTEST_HALF and not any(half in longer for longer in single):
            single.append(half)
    both = (any_of(*(all_of(*map(_anywhere, pair)) for pair in pairs)),) if pairs else ()
    stems = dict.fromkeys(stem(half) for half in (*(half for pair in pairs for half in pair), *single))
    return Scattered(both, tuple(map(_anywhere, single)), tuple(stems))


def widen(word: str, engine: Engine) -> tuple[str, ...]:
    """Give the stems of the archive's words in which more stands between the halves of a compound that it has not.

    A long name is shortened in the middle: `klimaplan` for klimahandlingsplan.
    """
    found: dict[str, None] = {}
    for head, tail in _halves(word):
        base = stem(tail)
        if len(head) >= _SHORTEST_HALF and len(base) >= _SHORTEST_HALF and not head.endswith("s"):
            stems = (stem(term) for term, _ in engine.terms_with_prefix("exact", head, _MOST_WIDER))
            found |= dict.fromkeys(each for each in stems if each.endswith(base) and len(each) > len(head + base) + 3)
    return tuple(found)


def _mend(word: str, engine: Engine) -> list[tuple[str, str]]:
    """Give a compound with one half put right: the other is the longest that the archive has, at either end."""
    ends = range(len(word) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1) if word.isalpha() else ()
    firsts = [at for at in ends if _may_begin(word[:at]) and _frequency(word[:at], engine)][:_MOST_MENDED]
    lasts = [len(word) - at for at in ends if _frequency(word[-at:], engine)][:1]
    for at in firsts:
        if meant := _put_right((word[at:], word[at:].removeprefix("s")), engine):
            return [(word[:at], meant)]
    for at in lasts:
        if meant := _put_right((word[:at], word[:at].removesuffix("s")), engine):
            return [(meant, word[at:])]
    return []


def _may_begin(first: str) -> bool:
    """Tell whether a compound may begin with a word: with a lemma, one with a linking letter, or a name."""
    known = lexicon()
    numbers = [known.find(form) for form in (first, first.removesuffix("e"))]
    return numbers[0] is None or any(number is not None and known.marks[number] & IS_LEMMA for number in numbers)


def _are_words(halves: Iterable[str]) -> bool:
    return all(lexicon().find(half) is not None for half in halves)


def _put_right(halves: Iterable[str], engine: Engine) -> str | None:
    """Give the archive's word that is one edit from one of these, as it stands or uninflected; none of them is one."""
    found = list(dict.fromkeys(halves))
    if any(len(half) < _SHORTEST_HALF or lexicon().find(half) is not None for half in found):
        return None
    pairs = ((half, near) for half in found for near in find_corrections(half, engine))
    return next((near for half, near in pairs if is_near(half, near) or is_near(stem(half), stem(near))), None)


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield every way to cut a compound in two, without the linking s, longest head first."""
    found = list(zip(heads(word), tails(word), strict=True)) if word.isalpha() else []
    for head, tail in reversed(found):
        yield head, tail
        if head.endswith("s") and len(head) > 4:
            yield head[:-1], tail


def _anywhere(word: str) -> tree.Query:
    return any_of(tree.Term("stem", stem(word)), tree.Boost(tree.Term("parts", stem(word)), PARTS))


def foreign_forms(word: str, engine: Engine) -> list[str]:
    """Give what a word of foreign letters may be, where the archive has it more often than the word itself."""
    forms = [word]
    for typed, meant in _FOREIGN:
        forms += [form.replace(typed, meant) for form in forms if typed in form]
    return [form for form in dict.fromkeys(forms[1:]) if _frequency(form, engine) > _frequency(word, engine)]


def is_unknown(forms: Sequence[str], phrases: Sequence[tuple[str, ...]], engine: Engine) -> bool:
    """Tell whether the archive has none of these forms, nor any of the phrases that may stand for them."""
    if any(_frequency(form, engine) for form in forms):
        return False
    return not any(engine.count(tree.Phrase("stem", phrase)) for phrase in phrases)


def _frequency(word: str, engine: Engine) -> int:
    base = stem(word)
    return engine.frequency("exact", word) + engine.frequency("stem", base) + engine.frequency("parts", base)
