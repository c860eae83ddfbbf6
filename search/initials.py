"""Letters in a query that stand for a name: a body's initials, words in capitals, hyphenated words that hold them."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache

from corpus.bodies import abbreviations, body_key
from index import query as tree
from index.analysis import LONGEST_LETTERS, fold, stem
from index.compounds import tails
from index.port import Engine

#: What a hyphenated word counts as one, and its words side by side.
HYPHENED, SIDE_BY_SIDE = 1.15, 0.3
_HEAD_LETTERS = {"udvalg": "U", "forvaltning": "F"}
_BODY = re.compile(
    r"(?<![\w&\"-])(?P<letters>[A-ZÆØÅ] ?& ?[A-ZÆØÅ])[ -]?(?P<head>udvalg|forvaltning)(?:ets?|ens?)?(?![\w\"])",
    re.IGNORECASE,
)
_PART = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"\W{0,3}[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){1,3}\W{0,3}")
#: Parties by the letters that voters know them by, as stems.
_PARTIES = {
    letters: tuple(map(stem, name.split()))
    for letters, name in {
        "DD": "danmarksdemokraterne",
        "DF": "dansk folkeparti",
        "EL": "enhedslisten",
        "KD": "kristendemokraterne",
        "LA": "liberal alliance",
        "NB": "nye borgerlige",
        "RV": "radikale venstre",
        "SF": "socialistisk folkeparti",
    }.items()
}
#: What a body is, as stems: alone, or the last part of its name.
_BODIES = frozenset(map(stem, ["udvalg", "råd", "byråd", "kommunalbestyrelse", "borgerrepræsentation", "nævn"]))
_SMALL_PARTS = frozenset(("og", "i", "for", "af", "til"))
_HEADED = re.compile(r"\w{2,40}(udvalg|forvaltning|bestyrelse|nævn|råd)\w{0,4}")


def write_bodies(query: str, engine: Engine) -> str:
    """Write `B&U udvalget` as the letters of the body, `BUU`, where such a body is known."""
    if "&" not in query:
        return query

    def write(found: re.Match[str]) -> str:
        letters = "".join(_PART.findall(found["letters"])).upper() + _HEAD_LETTERS[found["head"].lower()]
        is_quoted = query[: found.start()].count('"') % 2 == 1
        return letters if not is_quoted and bodies_of(letters, engine) else found[0]

    return _BODY.sub(write, query)


def bodies_of(letters: str, engine: Engine) -> tuple[str, ...]:
    """Give the keys of the bodies behind letters: the registered one, and those of the archive so abbreviated."""
    known = _abbreviations().get(fold(letters))
    found = dict.fromkeys((body_key(known),) if known else ())
    if letters.isupper() and 1 < len(letters) <= LONGEST_LETTERS:
        for field in ("committee", "department"):
            names = engine.terms_with_prefix(field, letters[0].lower())
            found |= dict.fromkeys(name for name, _ in names if _initials(name) == letters)
    return tuple(found)


def is_of_body(word: str, letters: Mapping[str, str], engine: Engine) -> bool:
    """Tell whether a folded word means a body by itself: `byrådet`, `fritidsudvalget`, `KFU` (one of `letters`)."""
    return stem((word, *tails(word))[-1]) in _BODIES or bool(bodies_of(letters.get(word, word), engine))


def _abbreviations() -> dict[str, str]:
    return {fold(short): name for short, name in abbreviations().items()}


@lru_cache(maxsize=4096)
def _initials(name: str) -> str:
    """Give a body's letters as councils make them: `TMU` of `teknik- og miljøudvalget`, `TU` of `teknisk udvalg`."""
    letters = []
    for part in _PART.findall(name):
        if part not in _SMALL_PARTS:
            headed = _HEADED.fullmatch(part)
            letters.append(part[0] + (headed[1][0] if headed else ""))
    return "".join(letters).upper()


def parties_of(letters: str) -> tuple[tuple[str, ...], ...]:
    """Give the stems of the name of the party behind letters in capitals; nothing for any others."""
    return (_PARTIES[letters],) if letters in _PARTIES else ()


def find_letters(typed: Sequence[str]) -> dict[str, str]:
    """Give the short words in capitals by their folded form; none where the whole query is typed in capitals."""
    words = [word for word in typed if word.isalpha()]
    if all(map(str.isupper, words)) and any(len(word) > LONGEST_LETTERS for word in words):
        return {}
    return {fold(word): word for word in words if word.isupper() and 1 < len(word) <= LONGEST_LETTERS}


def is_one_word(chunk: str, small: Container[str]) -> bool:
    """Tell whether a hyphenated chunk means nothing without a word that is else too small to ask: `MED-udvalget`."""
    found = _HYPHENED.fullmatch(chunk)
    return found is not None and any(fold(word) in small for word in _PART.findall(chunk))


def hyphened_query(words: Sequence[str], engine: Engine) -> tuple[tree.Query, str]:
    """Give a hyphenated word as one word, and its stem; where the archive has it not, its words side by side."""
    joined, stems = stem("".join(words)), tuple(map(stem, words))
    layers: list[tree.Query] = [tree.Boost(tree.Phrase("title", stems), 2 * HYPHENED)]
    layers += [tree.Boost(tree.Term(layer, joined), HYPHENED) for layer in ("title", "stem", "parts")]
    if not any(engine.frequency(layer, joined) for layer in ("stem", "parts")):
        layers.append(tree.Boost(tree.Phrase("stem", stems), SIDE_BY_SIDE))
    return tree.BestOf(tuple(layers), 0.1), joined
