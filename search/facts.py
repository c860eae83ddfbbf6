"""Facts of papers as queries: numbers, bodies, names, types of paper, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import get_args

from corpus.bodies import abbreviations, body_key, find_body
from corpus.numbers import Number
from corpus.records import DocType
from index import query as tree
from index.analysis import fold, stem, words_of
from index.entries import name_key
from index.query import all_of, any_of

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
    ("hearing_response",): "sagde siger mente mener svarede kritiserede foreslog indvendte",
    ("letter",): "skrev underskrev henvendte",
}
DEEDS = {stem(word): kinds for kinds, words in _DEED_STEMS.items() for word in words.split()}
MONTHS = tuple(
    "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905
)
_SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})|([0-9]{1,2})/([0-9]{1,2})[./-]([0-9]{2})")
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


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
    """Give the papers with a reference whose name begins so, or says so in its words."""
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
    """Read `12. februar 2010`, `12.2.2010`, `12/2 2010`, `12/2-10` or `2010-02-12` from its folded words.

    `None` for anything else.
    """
    if len(words) == 3 and words[1][:3] in _SHORT_MONTHS:
        numbers = (words[2], str(_SHORT_MONTHS.index(words[1][:3]) + 1), words[0])
    elif len(words) == 2 and len(words[1]) == 4 and (found := _DAY_OF_MONTH.fullmatch(words[0])):
        numbers = (words[1], found[2], found[1])
    elif len(words) == 1 and (found := _DAY.fullmatch(words[0])):
        short = found[6] and f"{'19' if found[6] >= '50' else '20'}{found[6]}"
        numbers = (found[3] or short, found[2] or found[5], found[1] or found[4])
    elif len(words) == 1 and (found := _ISO_DAY.fullmatch(words[0])):
        numbers = (found[1], found[2], found[3])
    else:
        return None
    if not all(number.isdecimal() and len(number) <= 4 for number in numbers):
        return None
    try:
        return date(*map(int, numbers))
    except ValueError:
        return None
