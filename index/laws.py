"""Acts among the words of a text, whatever their names and inflections, and the keys under which papers cite them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus.laws import SIGN, SIGNS, Law, Paragraph, laws, lettered, read_paragraphs, versions_of
from index.analysis import stem, words_of

#: What stands behind an act's name in a key; no printed name ends so.
_SIGN = " §"
#: `lov om ændring af lov om social service` is another act.
_CHANGE = stem("ændring")
_ACTS = tuple(map(stem, ("lov", "bekendtgørelse", "cirkulære")))
_LONGEST_LETTERS = 6
#: `§§ 83, 86 og 104` is a list, `§ 5, 2. pkt.` none; `§§ 5 - 8` is a run.
_LIST, _RUN = re.compile(r",(?= [0-9])(?! [0-9]{1,2}\. ?pkt)"), re.compile(r"(?<=[0-9]) - (?=[0-9])")
#: An act in one word, for its name written as two.
_APART = re.compile(r"^(\w{3,}?)(loven)$")
#: What every name of the register has in one of its words: without it the register need not be read.
_HINT = re.compile(r"lov|forordning|reglement|gdpr|\bbr(?:[0-9]|\b)")


@dataclass(frozen=True, slots=True)
class Named:
    """An act among words: from which to which its name goes, its key, and its names as stems, this one's first."""

    start: int
    end: int
    key: str
    names: tuple[tuple[str, ...], ...]
    letters: tuple[str, ...] = ()
    #: The key of the act of which this is one version.
    of: tuple[str, ...] = ()


@cache
def _names() -> dict[str, tuple[tuple[tuple[str, ...], Law], ...]]:
    """Give the names that begin with each stem, the longest first; `service loven` is a name of its act too."""
    found: dict[str, dict[tuple[str, ...], Law]] = {}
    for law in laws():
        for name in law.names:
            for stems in (_stems(name), _stems(_APART.sub(r"\1 \2", name))):
                found.setdefault(stems[0], {}).setdefault(stems, law)
    return {first: tuple(sorted(names.items(), key=_length, reverse=True)) for first, names in found.items()}


def _length(name: tuple[tuple[str, ...], Law]) -> int:
    return len(name[0])


def _stems(name: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words_of(name))


def find_laws(stems: Sequence[str]) -> Iterator[Named]:
    """Yield the acts that stems name, in order; of two names that begin alike the longer one."""
    if not _HINT.search(" ".join(stems)):
        return
    names, at = _names(), 0
    while at < len(stems):
        found = next((one for one in names.get(stems[at], ()) if tuple(stems[at : at + len(one[0])]) == one[0]), None)
        if found:
            yield name_law(found[1], at, at + len(found[0]))
        at += len(found[0]) if found else 1


def name_law(law: Law, start: int, end: int) -> Named:
    """Give a registered act as it is named from one word to another."""
    return replace(_known(law), start=start, end=end)


@cache
def _known(law: Law) -> Named:
    versions = tuple(versions_of(law))
    return Named(
        0,
        0,
        " ".join(_stems(law.name)),
        tuple(dict.fromkeys(_stems(name) for each in versions for name in each.names)),
        tuple(letters.lower() for each in versions for letters in each.letters),
        (" ".join(_stems(law.of)),) if law.of else (),
    )


def find_lettered(text: str) -> Law | None:
    """Give the act that letters stand for, beside a paragraph sign or in the field of acts."""
    return lettered().get(text.upper()) if len(text) <= _LONGEST_LETTERS else None


def act_key(key: str) -> str:
    """Give the key that every paper has which cites an act."""
    return key + _SIGN


def paragraph_key(key: str, written: str) -> str:
    """Give the key of those that cite one paragraph of it, `83 a` or `83 a stk 2`."""
    return f"{key}{_SIGN} {written}"


@lru_cache(maxsize=10_000)
def citation_keys(printed: str) -> tuple[str, ...]:
    """Give the keys of a citation as printed: of the act, what it is a version of, and each paragraph.

    Of several paragraphs each has a key of its own besides: `§§ 83 og 86` is asked for as `§ 86`.

    An act that the register has not is known by its own words: `kystfiskerilovens § 4`, and `lov om x § 4` up to the
    sign.
    """
    words = words_of(_LIST.sub(" og", _RUN.sub("-", printed)))
    sign = next((at for at, word in enumerate(words) if word in SIGNS), len(words))
    paragraphs, end = read_paragraphs(words, sign) if sign < len(words) else ((), sign)
    acts = _acts_of(words, sign, end)
    own = (key for act in acts for key in _keys(act, paragraphs))
    return tuple(dict.fromkeys((*own, *(any_key(each.written) for each in paragraphs if acts and len(paragraphs) > 1))))


def _acts_of(words: Sequence[str], sign: int, end: int) -> tuple[str, ...]:
    """Give the act that is cited, and what it is a version of."""
    stems = [stem(word) for word in words]
    known = next(find_laws(stems), None)
    if known and _CHANGE not in stems[: known.start]:
        return known.key, *known.of
    if sign == 1 and (law := find_lettered(words[0])):
        act = name_law(law, 0, 1)
        return act.key, *act.of
    name = stems[:sign] or stems[end + (end < len(words) and words[end] == "i") :]
    return (" ".join(name),) if name and sign < len(words) else ()


def _keys(act: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    yield act_key(act)
    for paragraph in paragraphs:
        yield from (paragraph_key(act, each) for each in (paragraph.written, paragraph.key))


def any_key(written: str) -> str:
    """Give the key of those that cite a paragraph of this number among others, whatever the act."""
    return f"{SIGN} {written}"


def is_act(stemmed: str) -> bool:
    """Tell whether a stem is one word for an act, registered or not, or for an order under one."""
    return stemmed.endswith(_ACTS) and stemmed not in _ACTS
