"""Letters in English and Swedish: what they say of a day, for municipalities write to each other across borders."""

from __future__ import annotations

import re

from corpus.records import DateRole

#: A letter shows its language by so many letters of its text.
_SAMPLE = 3000
_DANISH = (" og ", " af ", " at ", " er ", " ikke ", " til ")
_FOREIGN = (
    (" the ", " of ", " and ", " to ", " our ", " your ", " we "),
    (" och ", " av ", " att ", " är ", " till ", " ert ", " vår "),
)
#: Fewer of a language's small words show nothing.
_FEW = 4

_WEEKDAY = r"(?:(?:the|den|on) )?(?:[a-zåäö]{3,7}da[yg],? )?(?:the |den )?"
_DEADLINE = re.compile(
    r"(?<!\w)(?:by|before|n(?:o|ot) later than|at the latest(?: by| on)?|deadline(?: for \w{2,20})?(?: is)?:?|until"
    rf"|senast|före) {_WEEKDAY}$"
)
_LETTER = re.compile(
    r"(?<!\w)(?:letters?|e-?mails?|note|report|memo(?:randum)?|[ei]nquiry|request|reply|invitation|application|message"
    r"|(?:brev|skrivelse|e-post|mejl|förfrågan|inbjudan|ansökan|svar|rapport)(?:et|en)?),?"
    rf" (?:of|dated|sent|av|från|daterat|daterad) {_WEEKDAY}$"
)
_MEETING = re.compile(
    r"(?:(?<!\w)(?:council|committee|cabinet|board)|nämnden|fullmäktige|utskottet|kommunstyrelsen)(?!\w).{0,150}"
    r"(?<!\w)(?:approved|adopted|agreed|decided|resolved|endorsed|discussed|met|meeting|beslutade|beslöt|godkände"
    rf"|behandlade|antog|sammanträde)(?!\w).{{0,60}}(?<!\w)(?:on|of|den) {_WEEKDAY}$"
)


def is_foreign(lower: str) -> bool:
    """Tell a text, flat and in lower case, that has more small words of English or of Swedish than of Danish."""
    sample = lower[:_SAMPLE]
    danish = sum(map(sample.count, _DANISH))
    return any(sum(map(sample.count, words)) >= max(_FEW, danish + 1) for words in _FOREIGN)


def role_of_day(before: str) -> DateRole | None:
    """Tell what a day is by the words before it in its sentence, in lower case."""
    if _LETTER.search(before):
        return "reference"
    if _DEADLINE.search(before):
        return "deadline"
    return "meeting" if _MEETING.search(before) else None


def cites_letter(before: str) -> int | None:
    """Return where in the words before a day the citation of a dated letter begins."""
    found = _LETTER.search(before)
    return found.start() if found else None
