"""Facts of papers as queries: numbers, bodies, names, types of paper, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import get_args

from corpus.bodies import abbreviations, body_key, find_body
from corpus.dates import is_year, read_date
from corpus.numbers import Number
from corpus.records import DocType
from index import query as tree
from index.analysis import fold, stem, words_of
from index.entries import name_key
from index.query import all_of, any_of
from search.laws import law_query

OWN_CASE, OWN_NUMBER, CITES, SPELLED = 100.0, 90.0, 30.0, 10.0
_TYPE_STEMS = {
    "letter": "brev skrivelse henvendelse",
    "decision": "indstilling beslutning afgørelse",
    "hearing": "høring høringsbrev",
    "hearing_response": "høringssvar",
    "memo": "notat orientering redegørelse",
    "minutes": "referat protokol beslutningsprotokol",
    "agenda": "dagsorden",
    "attachment": "bilag",
    "email": "mail email",
    "other": "andet",
}
TYPES = {stem(word): kind for kind, words in _TYPE_STEMS.items() for word in words.split()}
#: What somebody did, and the types of paper that tell of it.
_DEED_STEMS = {
    ("decision", "minutes"): "besluttede vedtog vedtaget behandlede behandlet godkendte tiltrådte afviste stemte",
    ("hearing_response",): "sagde siger mente mener synes svarede kritiserede foreslog indvendte imod modstandere",
    ("letter", "email"): "skrev underskrev henvendte klagede",
}
DEEDS = {stem(word): kinds for kinds, words in _DEED_STEMS.items() for word in words.split()}
#: By which words a paper tells what is asked with a verb.
_TOLD_BY = {
    "koster kostede kostet": "kr udgift pris overslag",
    "skete": "besluttede vedtaget godkendt afvist",
    "vedtaget": "godkendt tiltrådt",
}
TOLD_BY = {word: tuple(by.split()) for words, by in _TOLD_BY.items() for word in words.split()}
_DAY_OF_MONTH = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")
#: A day in eight figures: `18032013`, `20130318`.
_EIGHT = re.compile(r"([0-3][0-9])([01][0-9])((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
#: The length of `2010-05-31`.
_WHOLE = 10


def number_query(number: Number) -> tree.Query:
    """Give the papers of a number: the case's own, then the document's own, then those that mention it."""
    spelled = tuple(words_of(number.norm))
    keys = {number.key} | ({number.case.key} if number.case else set())
    layers: list[tree.Query] = []
    for key in sorted(keys):
        own = OWN_CASE if key == number.key else OWN_CASE / 2
        layers.append(tree.Constant(tree.Term("case", key), own))
        layers.append(tree.Constant(tree.Term("number", key), OWN_NUMBER))
        layers.append(tree.Constant(tree.Term("cites", key), CITES))
    layers.append(tree.Constant(tree.Phrase("exact", spelled), SPELLED))
    return tree.BestOf(tuple(layers))


def document_number_query(number: Number) -> tree.Query:
    """Give the papers that bear a number as their own document number."""
    return tree.Constant(tree.Term("number", number.key), OWN_NUMBER)


def label_query(name: str, text: str) -> tree.Query:
    """Give the papers with a reference whose name begins so, or says so in its words; an act's under all its names."""
    if name == "law" and (act := law_query(text)):
        return act
    stems = tuple(stem(word) for word in words_of(text))
    named = all_of(tree.Constant(tree.Prefix(name, ""), 0.0), tree.Phrase("stem", stems))
    return any_of(tree.Prefix(name, name_key(text)), named)


def body_query(name: str) -> tree.Query:
    """Give the papers that name a body, in any spelling or by its abbreviation; a part of its name will do."""
    key = body_key(abbreviations().get(name.upper(), name))
    layers: list[tree.Query] = [tree.Term("committee", key), tree.Term("department", key)]
    if find_body(name) is None:
        layers += [tree.Prefix("committee", key), tree.Prefix("department", key)]
    return tree.Constant(any_of(*layers), 1.0)


def name_query(field_name: str, name: str, *, begins: bool = False) -> tree.Query:
    """Give the papers signed by, or sent to, who bears all of these names."""
    key = name_key(name)
    if not key:
        return tree.Nothing()
    if begins:
        return tree.Prefix(field_name, key)
    if field_name == "recipient":
        return tree.Constant(tree.Prefix("recipient", key), 1.0)
    return tree.Constant(
        any_of(tree.Term(field_name, key), all_of(*(tree.Term(field_name, word) for word in key.split()))), 1.0
    )


def read_type(name: str) -> str | None:
    """Give the type of paper that a Danish or English name means; `None` for none."""
    word = fold(name)
    kind = TYPES.get(stem(word)) or word.replace("-", "_")
    return kind if kind in get_args(DocType) else None


def type_query(kind: str) -> tree.Query:
    """Give the papers of a type."""
    return tree.Constant(tree.Term("doc_type", kind), 1.0)


def read_day(words: Sequence[str]) -> date | None:
    """Read `12. februar 2010`, `12.2.2010`, `12.02.10`, `12/2 2010`, `12/2-10`, `12022010` from its folded words.

    `None` for anything else.
    """
    text = _as_printed(words)
    iso = read_date(text) if text else None
    try:
        return date.fromisoformat(iso) if iso and len(iso) == _WHOLE else None
    except ValueError:
        return None


def read_month(words: Sequence[str]) -> tuple[int, int] | None:
    """Read `maj 2013`, `dec. 2018` from its two folded words, as (year, month); `None` for anything else."""
    if len(words) != 2 or not words[0].isalpha() or not is_year(words[1]):
        return None
    iso = read_date(f"{words[0]} {words[1]}") or read_date(f"{words[0]}. {words[1]}")
    return (int(iso[:4]), int(iso[5:7])) if iso and len(iso) < _WHOLE else None


def _as_printed(words: Sequence[str]) -> str | None:
    """Write the words of what may be a day as papers print it."""
    if len(words) == 3 and words[0].isdecimal() and words[1].isalpha() and is_year(words[2]):
        return f"{words[0]}. {words[1]} {words[2]}"
    if len(words) == 2 and _DAY_OF_MONTH.fullmatch(words[0]) and is_year(words[1]):
        return f"{words[0]} {words[1]}"
    if len(words) != 1:
        return None
    if digits := _EIGHT.fullmatch(words[0]):
        day, month, year = digits[1] or digits[6], digits[2] or digits[5], digits[3] or digits[4]
        return f"{year}-{month}-{day}"
    return words[0] if "/" in words[0] or "-" in words[0] or "." in words[0] else None
