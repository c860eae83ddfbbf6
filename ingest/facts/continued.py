"""Whether a paper says of a number that the case goes on under it, or was it before.

`Sagen fortsættes under sagsnr. 2014-7788` names the new number, `Tidligere sagsnr. 2011-4711` the old one. Such a
number is cited, whatever it stands beside: it is not the paper's own.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from corpus.numbers import NumberMention

Continued = Literal["continued-as", "continued-from"]
#: The rules of such references; `corpus/tables.py` keeps an index of them.
CONTINUED: tuple[Continued, ...] = get_args(Continued)

#: Signs before a number in which it is said.
_REACH = 110
_LABEL = r"(?:sag(?:en|s)?|journal|j|esdh)\.?[ -]?(?:nr|nummer|id)?[.:]{0,2} ?"
_NUMBER_LABEL = r"(?:sags?|journal|j|esdh)\.?[ -]?(?:nr|nummer|id)[.:]{0,2} ?"
_NEW = r"(?:(?:en|et|den|det) )?(?:nyt |nye? )?"
_SINCE = r"(?: (?:nu|herefter|fremover|fremadrettet|derfor|i stedet|videre|fra [^.]{3,20}))?"
_AS = re.compile(
    r"(?<!\w)(?:"
    rf"(?:fortsætte[rs]|videreføre[rs]|videreført|føres|behandles fremover|journaliseres fremover){_SINCE}"
    rf" (?:under|i|på|som|med) {_NEW}{_LABEL}"
    rf"|sagen [^.]{{0,30}}?(?:overføre?s|overført|overgår|overgået|flytte[st]|flyttet|omjournalisere[st]){_SINCE}"
    rf" (?:under|i|til|på) {_NEW}{_LABEL}"
    rf"|sagen [^.]{{0,30}}?(?:afløse[st]|erstatte[st]|afløst|erstattet) af {_NEW}{_LABEL}"
    rf"|(?:fået|får|tildelt) (?:et )?nyt {_NUMBER_LABEL}"
    r")$"
)
_FROM = re.compile(
    r"(?<!\w)(?:"
    rf"(?:tidligere|tidl\.|gammelt|hidtidigt?|oprindeligt?|forrige) {_NUMBER_LABEL}"
    rf"|(?:fortsat|videreført|overført|fortsætter|flyttet|fortsættelse) fra (?:den tidligere )?{_LABEL}"
    rf"|fortsættelse af (?:den tidligere )?{_LABEL}"
    rf"|(?:sagen )?(?:afløser|erstatter) (?:den tidligere )?{_LABEL}"
    rf"|tidligere (?:behandlet|journaliseret|registreret|ført) (?:under|på|i) {_LABEL}"
    r")$"
)


def read_continued(lower: str, mention: NumberMention) -> Continued | None:
    """Read what stands before a number; `lower` is the whole text, flat and in lower case."""
    before = lower[max(0, mention.start - _REACH) : mention.start]
    if _AS.search(before):
        return "continued-as"
    return "continued-from" if _FROM.search(before) else None
