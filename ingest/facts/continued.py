"""Whether a paper says of a number that the case goes on under it, or was it before.

`Sagen fortsættes under sagsnr. 2014-7788` names the new number, `Tidligere sagsnr. 2011-4711` the old one. Such a
number is cited, whatever it stands beside: it is not the paper's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from corpus.numbers import NumberMention
from ingest.facts.draft import Document, NumberSeen

Continued = Literal["continued-as", "continued-from"]
#: The rules of such references; `corpus/tables.py` keeps an index of them.
CONTINUED: tuple[Continued, ...] = get_args(Continued)

#: Signs before a number in which it is said.
_REACH = 110
_LABEL = r"(?:sag(?:en|s)?|journal|j|esdh)\.?[ -]?(?:nr|nummer|id)?[.:]{0,2} ?"
_NUMBER_LABEL = r"(?:sags?|journal|j|esdh)\.?[ -]?(?:nr|nummer|id)[.:]{0,2} ?"
_NEW = r"(?:(?:en|et|den|det) )?(?:nyt |nye? )?"
_SINCE = r"(?: (?:nu|herefter|fremover|fremadrettet|derfor|i stedet|videre|fra [^.]{3,20}))?"
_GOES_ON = (
    rf"(?:fortsætte[rs]|videreføre[rs]|videreført|føres|behandles fremover|journaliseres fremover){_SINCE}"
    rf" (?:under|i|på|som|med) {_NEW}{_LABEL}"
)
_GOES_OVER = (
    rf"(?:overføre?s|overført|overgår|overgået|flytte[st]|flyttet|omjournalisere[st]){_SINCE}"
    rf" (?:under|i|til|på) {_NEW}{_LABEL}"
    rf"|(?:afløse[st]|erstatte[st]|afløst|erstattet) af {_NEW}{_LABEL}"
)
_GETS_NEW = rf"(?:fået|får|tildelt) (?:et )?nyt {_NUMBER_LABEL}"
_COMES_FROM = (
    rf"(?:fortsat|videreført|overført|fortsætter|flyttet|fortsættelse) fra (?:den tidligere )?{_LABEL}"
    rf"|fortsættelse af (?:den tidligere )?{_LABEL}"
    rf"|(?:afløser|erstatter|fortsætter|viderefører) (?:den tidligere )?{_LABEL}"
    rf"|tidligere (?:behandlet|journaliseret|registreret|ført) (?:under|på|i) {_LABEL}"
)
_AS = re.compile(rf"(?<!\w)(?:{_GOES_ON}|sagen [^.]{{0,30}}?(?:{_GOES_OVER})|{_GETS_NEW})$")
_FROM = re.compile(
    rf"(?<!\w)(?:(?:tidligere|tidl\.|gammelt|hidtidigt?|oprindeligt?|forrige) {_NUMBER_LABEL}|{_COMES_FROM})$"
)
#: `Sag 2011-4711 om broen er overført til …`: a sentence that begins with a case's number says it of that case.
_SUBJECT = re.compile(
    r"(?:^|[.!?:]\s{1,3}|\n\s{0,3})(?:(?:den )?(?:tidligere |gamle |nye |hidtidige )?sag(?:en)?(?: med)?"
    r"(?: (?:sagsnr\.?|nr\.?|sagsnummer|nummer))?|sagsnr\.?|sagsnummer) ?$",
    re.IGNORECASE,
)
_BETWEEN_AS = re.compile(rf"(?<!\w)(?:{_GOES_ON}|{_GOES_OVER}|{_GETS_NEW})$")
_BETWEEN_FROM = re.compile(rf"(?<!\w)(?:{_COMES_FROM})$")
_ENDS_SENTENCE = re.compile(r"[.!?]\s+(?=[^\s\d])|\n\s*\n")
#: An abbreviation before the number ends none.
_LABEL_BEHIND = re.compile(r"(?:sags?|journal|j\.|esdh)?[ -]?nr\.\s{0,2}$", re.IGNORECASE)
#: Signs between the two numbers of such a sentence.
_APART = 240


def read_continued(lower: str, mention: NumberMention) -> Continued | None:
    """Read what stands before a number; `lower` is the whole text, flat and in lower case."""
    before = lower[max(0, mention.start - _REACH) : mention.start]
    if _AS.search(before):
        return "continued-as"
    return "continued-from" if _FROM.search(before) else None


def pair_continued(document: Document, numbers: Sequence[NumberSeen]) -> list[NumberSeen]:
    """Read the sentences that say by its number of one case that it goes on as another.

    The one that is not the paper's own gets the rule; where neither is own, both are cited only.
    """
    rules = {place: rule for at in range(len(numbers) - 1) for place, rule in _paired(document, numbers, at)}
    return [replace(seen, rule=rules.get(place, seen.rule)) for place, seen in enumerate(numbers)]


def _paired(document: Document, numbers: Sequence[NumberSeen], at: int) -> Iterator[tuple[int, str]]:
    subject, other = numbers[at], numbers[at + 1]
    if other.start - subject.end > _APART or subject.number.key == other.number.key:
        return
    between = document.lower[subject.end : other.start]
    goes_on = _BETWEEN_AS.search(between) is not None
    if not goes_on and not _BETWEEN_FROM.search(between):
        return
    said = _LABEL_BEHIND.sub("", document.string[subject.end : other.start])
    if _ENDS_SENTENCE.search(said) or not _is_subject(document.string, subject):
        return
    if subject.use == "cited_case":
        own = other.use == "own_case"
        yield at, ("continued-from" if goes_on else "continued-as") if own else "running-text"
    if other.use == "cited_case":
        own = subject.use == "own_case"
        yield at + 1, ("continued-as" if goes_on else "continued-from") if own else "running-text"


def _is_subject(string: str, seen: NumberSeen) -> bool:
    return _SUBJECT.search(string[max(0, seen.start - 60) : seen.start]) is not None
