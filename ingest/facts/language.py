"""spaCy, for the names that registers know: built once in a process, imported in workers only.

Its tokenizer cuts words; a `PhraseMatcher` finds the names without regard to case. It sees copies of equal length
(`document.flat`) in windows around head words: over a whole letter it costs five times as much. The tokenizer has
three short rules of its own, because the names hold no web addresses, units or abbreviations but `Kgs.`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from corpus.bodies import Body, register, registers_version

#: Characters before a head word in which its name may begin, and after one that opens its name (`Udvalget for …`).
_BEFORE = 48
_AFTER = 52
#: spaCy keeps every word it has seen; at so many it is built anew, which keeps a long import within 50 MB.
_MOST_WORDS = 100_000
_PREFIX = re.compile(r"""^[\["'“”„»(/]""")
_SUFFIX = re.compile(r"""(?:['’]s|[\].,;:!?"'“”«)/])$""")
_INFIX = re.compile(r"(?<=[a-zæøå])[/(](?=[A-ZÆØÅ])")


@lru_cache(maxsize=1)
def _matcher(_: int) -> tuple[Any, Any]:
    from spacy.attrs import LOWER
    from spacy.matcher import PhraseMatcher
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    tokenizer = Tokenizer(
        # The matcher looks at no other of the twenty attributes that spaCy works out for every new word.
        Vocab(lex_attr_getters={LOWER: str.lower}),
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=_INFIX.finditer,
    )
    matcher = PhraseMatcher(tokenizer.vocab, attr="LOWER")
    for body in register():
        matcher.add(body.name, [tokenizer(spelling) for spelling in _spellings(body)])
    return tokenizer, matcher


def _spellings(body: Body) -> set[str]:
    names = {body.name, *body.also}
    names |= {name.replace("- og ", " og ").replace("-, ", ", ") for name in names if name.endswith(("et", "en"))}
    return names | {f"{name}s" for name in names}


def find_names(flat: str, heads: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and canonical name of every registered name near the head words (spans in rising order)."""
    tokenizer, matcher = _matcher(registers_version())
    for start, end in _windows(flat, heads):
        doc = tokenizer(flat[start:end])
        for key, first, after in matcher(doc):
            last = doc[after - 1]
            yield start + doc[first].idx, start + last.idx + len(last), tokenizer.vocab.strings[key]
    if len(tokenizer.vocab) > _MOST_WORDS:
        _matcher.cache_clear()


def _windows(flat: str, heads: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut the text around the heads at blanks, windows that touch made one."""
    windows: list[tuple[int, int]] = []
    for head, stop in heads:
        start = flat.rfind(" ", 0, max(0, head - _BEFORE)) + 1 if head > _BEFORE else 0
        opens = flat.startswith(" for ", stop)
        end = flat.find(" ", stop + _AFTER if opens else stop)
        end = len(flat) if end < 0 else end
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows
