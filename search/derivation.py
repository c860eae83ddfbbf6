"""Nouns of verbs, and verbs of nouns: `ekspropriation`, `ekspropriere`; `besigtigelse`, `besigtiget`; `indsamling`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import stem
from index.port import Engine

#: Endings of verbs and nouns that are made of one another, and so many letters at least in front: `måling` is no `mål`.
_FOREIGN_NOUN = re.compile(r"(.{3,40})(?:ering|ation)(?:s|en|ens|er|ers|erne|ernes)?")
_FOREIGN_VERB = re.compile(r"(.{3,40})er(?:e|es|er|ede|et|ende|te)")
_NOUN = re.compile(r"(.{4,40})else(?:s|n|ns|r|rs|rne|rnes)?|(.{5,40})ing(?:s|en|ens|er|ers|erne|ernes)?")
_VERB = re.compile(r"(.{4,40}?)(?:e|es|er|ede|et|ende|te|t)")


def related_stems(word: str, engine: Engine) -> tuple[str, ...]:
    """Give the stems of the noun or the verb that belongs to a word, as far as the archive has them."""
    own = stem(word)
    found = dict.fromkeys(stem(each) for each in _related(word)) if word.isalpha() else {}
    return tuple(each for each in found if each != own and engine.frequency("stem", each))


def _related(word: str) -> Iterator[str]:
    if found := _FOREIGN_NOUN.fullmatch(word) or _FOREIGN_VERB.fullmatch(word):
        yield from (found[1] + ending for ending in ("ere", "ering", "ation"))
    elif found := _NOUN.fullmatch(word):
        yield from ((found[1] or found[2]) + ending for ending in ("e", "t", "ede"))
    elif found := _VERB.fullmatch(word):
        yield found[1] + "else"
        if len(found[1]) > 4:
            yield found[1] + "ing"
            yield found[1] + "ning"
