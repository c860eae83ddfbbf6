"""Meetings and dated papers that the document cites: a body with a day, a letter with its date.

Every date of the text is judged by what stands before and after it in its sentence. `udvalget` is the body meant: the
last one of that sort in the paragraph, else the one in the item's title, else the paper's own, else the last before.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.bodies import body_key, kind
from corpus.records import Outcome, Reference
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found
from ingest.facts.foreign import cites_letter
from ingest.facts.outcomes import read_outcome
from ingest.facts.papers import ACT_OR_PAPER, INFLECTED, MINUTES_OF, PAPER, WROTE_ON, cited_at_once, is_listed

_GAP = r"(?: (?:om|fra|til|vedr\.|vedrørende) (?!.{0,80}\b(?:møde|behandl|har|er|blev|sendes|forelæg))[^.;:]{2,80}?)?"
_DATED = (
    r"(?:som er |er )?(?:dateret|dat\.|modtaget|sendt|fremsendt|indsendt|stillet|afgivet|skrevet)"
    r"(?: (?:af|fra|d\.|den|pr\.))?(?: (?:d\.|den))?"
)
#: `brev af <date>`, `notat fra Havnekontoret af <date>`, `jeres henvendelse, dateret den <date>`.
_LETTER = re.compile(
    rf"(?<![\wæøå])(?!\w{{0,4}}(?:under|be|af|ind|til|på|fore)skriv)"
    rf"[\wæøå-]*(?:{PAPER}{INFLECTED},? (?:fra|d\.|den)|{PAPER}{INFLECTED},?{_GAP},? (?:af|{_DATED})"
    rf"|{ACT_OR_PAPER}{INFLECTED},? (?:af|{_DATED}))(?: (?:d\.|den))? ?$"
)
#: `behandlede en redegørelse den …` by a body is when it did so.
_TREATED = re.compile(r"(?<!\w)(?:behandl|drøft|godkend|vedtog|tiltråd|forelagt)[^.;]* (?:den|d\.) ?$")
#: A paper that has a date of its own: the day on which it came is another one.
_SAME_SENTENCE = 200
_DATED_PAPER = re.compile(
    rf"(?:{PAPER}|{ACT_OR_PAPER}){INFLECTED},? (?:af|dateret|fra) (?:den |d\. ?)?[0-9]{{1,2}}[./ -]"
)
#: `henvendelsen den <date>` after a definite noun is when somebody did something to it.
_OTHER_GROUP = re.compile(
    r"(?:arbejdsgruppe|følgegruppe|styregruppe|projektgruppe|bestyrelse|forening|kvarterråd|skole|ministeri)\w*"
)
_IN_OTHER = re.compile(r"møde[rt]? (?:i|med|hos|mellem) [^.;]{2,60}$")
_DEFINITE_DAY = re.compile(r"(?:en|et|erne|rne) (?:den|d\.) ?$")
_RECEIVED_AFTER = re.compile(
    r",? (?:har )?(?:modtaget|fået|fremsendt|indsendt|udsendt|afsendt|sendt|ansøgt|søgt|skrevet|anmodet|klaget"
    r"|rettet henvendelse|svaret|rykket|protesteret|(?:gjort|fremsat) indsigelse"
    r"|stillet (?:følgende |et )?spørgsmål|bedt)\b"
)
#: `der er den … givet påbud`, `kommunen meddelte den … byggetilladelse`: an office's decision by letter.
_GRANTS_ON = re.compile(
    r"(?<!\w)(?:er|blev|har|gav|meddelte|udstedte|fik|traf)"
    r"(?: (?:der|kommunen|forvaltningen|vi|de|han|hun))? (?:den|d\.) ?$"
)
_GRANTED = re.compile(
    r",? (?:(?:givet|meddelt|udstedt|fået) )?(?:(?:et|en) )?"
    r"(?:påbud|forbud|dispensation|afslag|tilsagn|\w{0,20}(?:tilladelse|afgørelse))\b"
)
_NO_LETTER = re.compile(
    r"(?:lov|bekendtgørelse|cirkulære|forretningsorden|vedtægt|aftale|vejledning|beslutning|dom|kendelse) af ?$"
)

_ACT = re.compile(
    r"(?<![\wæøå])(?:møde[rt]?|mødets|udvalgsmøde[rt]?|byrådsmøde[rt]?|lokaludvalgsmøde[rt]?|mødtes|behandl\w*"
    r"|drøft\w*|beslut\w*|vedt\w+|godkend\w*"
    r"|tiltr\w+|tilslut\w*|forel[æa]g\w*|fremlægg\w*|indstill\w+|anbefal\w+|bad|bedt|orienter\w*|udsat(?!ter)\w*|udsætt\w*"
    r"|afvis\w*|afslog|afslås|forkast\w+|afgør\w*|afgjor\w*"
    r"|sendte|sender|sende|sendt|bevilg\w+|besluttet|afsat|tog|tage[rst]?|pålagde|ønskede|ønsker|fik|udtalte|stemte"
    r"|valgte|giv(?:et|er)|gav|meddelt|meddelte|frig[ai]v\w*"
    r"|udpeg\w+|politisk)(?![\wæøå])"
)
_NEXT_MEETING = re.compile(
    r"næste (?:ordinære |udvalgs)?møde(?: i [\wæøå -]{3,50})?"
    r"(?: (?:er|holdes|afholdes|bliver|finder sted))?:?(?: \w+dag)?,? ?(?:den|d\.)? ?$"
)
_NEXT_HEADING = re.compile(
    r"(?:[0-9]{1,3}[.)]? ?|punkt [0-9]{1,3}[.:]? ?)?(?:dato for )?næste (?:ordinære )?møde(?:dato)?[:.]?"
)
_OPENS_LINE = re.compile(r"(?:[a-zæøå]{3,5}dag,? )?(?:den |d\. ?)?")
_AT_MEETING = re.compile(
    r"(?<![\wæøå])(?:(?:lokaludvalgs|udvalgs|byråds)?møde[rt]?|mødets|behandling(?:en)?|beslutning(?:en)?"
    r"|referat(?:et)?(?= fra)),?"
    r" (?:i [\wæøå -]{3,50} )?(?:\w+dag )?(?:af |fra )?(?:den |d\. )?$"
)
#: `jeres møde den …`, in a letter to a body.
_YOUR_MEETING = re.compile(
    r"(?<![\wæøå])(?:jeres|deres) (?:[\wæøå]{3,12} )?(?:udvalgs|byråds)?møde[rt]? (?:\w+dag )?(?:den |d\. )?$"
)
_OTHER_MEETING = re.compile(
    r"(?:borger|orienterings|års|dialog|styregruppe|tema|bestyrelses|forældre|personale|informations|by|top)møde"
    r"|møde med|vores møde|konference|besigtigelse"
)
#: `KTC-mødet den …`: the meeting of whoever stands before the hyphen.
_SHORT_MEETING = re.compile(r"(?<![\w-])([\wæøå]{2,20})-møde[rt]?(?: \w+dag)?,? (?:den |d\. ?)?$")
#: A body that is asked on a day does not meet then.
_HEARD = re.compile(r"(?<!\w)i (?:\w+ )?høring (?:i|hos|ved|blandt) ([^.;:]{3,80})$")
#: `godkendt af Byrådet den …, revideret den …`: the same body again.
_SAME_BODY = re.compile(
    r",? (?:og )?(?:senest |sidst |igen )?(?:revideret|ændret|justeret|godkendt|vedtaget|tiltrådt|genbehandlet)"
    r"(?: igen| senest)? (?:den |d\. ?)?"
)
_NOT_ITS_DAY = re.compile(
    r"(?:\bfra|\btil|\binden|\bindtil|\bsenest|\bfrist(?:en)?(?: er)?|\bvirkning(?: fra)?|\bsiden|\bpr\.|\befter"
    r"|\bfør|\bfrem til|\bgældende|\bkraft|\bperioden|\bsamt fra)"
    r"(?: \w+dag)?(?: den| d\.)? ?$"
)
_LATEST = re.compile(r"\bsenest(?: \w+dag)?(?: den| d\.)? ?$")
_FORWARD = re.compile(r"(?<![\wæøå])(?:forel[æa]g\w*|behandles|fremlægges|vender tilbage)")
_MEANT = re.compile(
    r"(?<![\wæøå-])(lokaludvalget|udvalget|rådet|byrådet|kommunalbestyrelsen|borgerrepræsentationen"
    r"|magistraten)s?(?![\wæøå-])"
)
_AGAIN = re.compile(
    r"(?<![\wæøå])(?:senest|tidligere|sidst|oprindeligt)(?: \w+){0,3} (?:behandlet|drøftet|ændret|vedtaget|godkendt"
    r"|forelagt)"
    r"|(?<![\wæøå])(?:blev|er|har været) (?:behandlet|drøftet|forelagt)"
    r"|\bpå mødet\b|\bi mødet\b|\btil mødet\b|\bved mødet\b|udsæt\w+|udsat\b"
)
#: `Økonomiudvalget oversendte sagen til Byrådet den …` is a day of the former.
_SENT_TO = re.compile(
    r"(?<!\w)(?:(?:over|frem|videre|tilbage)?sendte|indstillede|anbefalede|henviste)(?: [\wæøå-]{1,30}){0,6}"
    r" (?:til|over for|overfor) $"
)
_POINT = re.compile(
    r",? ?\(?(?:pkt\.?|punkt|sag(?: nr\.?)?|dagsordenspunkt)(?: nr\.?)? ?([0-9]{1,4})\)?(?![\d/-])"
    r"(?::\s{0,2}([^.\n]{2,80}\.?))?"
)
_RECEIVED_ON = re.compile(r"(?<!\w)(?:modtog|modtaget)(?: (?:vi|jeg|kommunen))? (?:den|d\.) ?$")
_HAS_ON = re.compile(r"\bhar (?:den|d\.) ?$")
_AT_ONCE = re.compile(r"(?:s møde)?,? ?(?:\w+dag )?(?:den |d\. |af )?")
_OTHER_MEETING_AFTER = re.compile(r" ?(?:et|til) (?:borger|orienterings|dialog|informations)møde")
_TRAIL_WORD = re.compile(r": ?([^.\n]{2,80}\.)")


class Meetings:
    """The bodies of a document by place, and the days on which they met."""

    def __init__(self, document: Document, draft: Draft) -> None:
        self.document = document
        self.draft = draft
        self.bodies = [one for one in draft.bodies if kind(one.value) == "committee"]
        self.starts = [one.start for one in self.bodies]
        self.by_sort: dict[str, list[Found[str]]] = {}
        for one in self.bodies:
            for sort in _sorts_of(one.value):
                self.by_sort.setdefault(sort, []).append(one)
        #: The sorts of which the document names one body only.
        self.single = {sort for sort, named in self.by_sort.items() if len({body_key(one.value) for one in named}) == 1}
        is_meeting = bool(draft.items)
        self.own = self.bodies[0].value if is_meeting and self.bodies and self._heads(self.bodies[0]) else None

    @property
    def nobody(self) -> bool:
        """Tell a meeting whose body the head does not name: `udvalget` is that body, not one that an item names."""
        return self.own is None and self.draft.paper in ("minutes", "agenda")

    def addressed(self) -> str | None:
        """Return the one body to which the paper goes, or to whose members."""
        recipients = [one.value for one in self.draft.recipients]
        named = {body_key(one.value): one.value for one in self.bodies if any(one.value in each for each in recipients)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _heads(self, body: Found[str]) -> bool:
        """Tell whether a body stands at the head of the paper: its own one does, one that an item names does not."""
        return self.draft.paper == "decision" or body.start < self.draft.items[0].value.start

    def meant(self, offset: int, word: str) -> str | None:
        """Return the body that `udvalget`, `rådet` or `lokaludvalget` means at `offset`."""
        fitting = self.by_sort.get(_sort(word), [])
        at = bisect.bisect_left(fitting, offset, key=lambda one: one.start) - 1
        last = fitting[at] if at >= 0 else None
        if last and last.start >= self.document.paragraph_at(offset)[0]:
            return last.value
        if titled := self._titled(offset, fitting):
            return titled
        if self.own and _sort(word) in _sorts_of(self.own):
            return self.own
        if last and (not self.nobody or self.draft.item_at(last.start) == self.draft.item_at(offset)):
            return last.value
        if self.nobody:
            return None
        return fitting[0].value if _sort(word) in self.single else None

    def _titled(self, offset: int, fitting: list[Found[str]]) -> str | None:
        item = self.draft.item_at(offset)
        if item is None or len(self.draft.items) < 2:
            return None
        start = self.draft.items[item].value.start
        line = self.document.line_at(start)
        at = bisect.bisect_left(fitting, start, key=lambda one: one.start)
        return fitting[at].value if line and at < len(fitting) and fitting[at].start < line.end else None

    def body_before(self, start: int, offset: int) -> tuple[int, int, str] | None:
        """Return the body last named or meant between `start` and `offset`: its span and name."""
        at = bisect.bisect_left(self.starts, offset) - 1
        named = self.bodies[at] if at >= 0 and self.bodies[at].start >= start else None
        best = (named.start, named.end, named.value) if named else None
        for match in _MEANT.finditer(self.document.lower, start, offset):
            if (best is None or match.start() > best[0]) and not (named and named.start <= match.start() < named.end):
                name = self.meant(match.start(), match.group(1))
                if name:
                    best = (match.start(), match.end(), name)
        return best

    def body_after(self, offset: int, end: int) -> tuple[int, int, str] | None:
        """Return the body named or meant first after `offset`."""
        at = bisect.bisect_left(self.starts, offset)
        if at < len(self.bodies) and self.bodies[at].start < end:
            named = self.bodies[at]
            return named.start, named.end, named.value
        match = _MEANT.search(self.document.lower, offset, end)
        name = self.meant(match.start(), match.group(1)) if match else None
        return (match.start(), match.end(), name) if match and name else None


def _sort(word: str) -> str:
    return word.lower().removesuffix("s").removesuffix("et").removesuffix("en")


def _sorts_of(name: str) -> tuple[str, ...]:
    low = name.lower()
    if "lokaludvalg" in low:
        return ("lokaludvalg", "udvalg")
    if low.endswith(("udvalget", "udvalg")) or low.startswith("udvalg"):
        return ("udvalg",)
    for sort in ("byråd", "kommunalbestyrelse", "borgerrepræsentation", "magistrat", "råd"):
        if sort in low:
            return (sort,)
    return ()


@dataclass(frozen=True, slots=True)
class _Day:
    """A date in its sentence: where it stands, and the sentence before it in lower case."""

    date: str
    at: int
    end: int
    start: int
    stop: int
    before: str


def find_meetings_and_letters(
    document: Document, draft: Draft, laws: list[tuple[int, int]]
) -> Iterator[Found[Reference]]:
    """Yield a reference for every date that is a cited meeting's or a cited paper's; none inside the `laws`."""
    meetings = Meetings(document, draft)
    own = draft.date.value if draft.date else None
    before, met = 0, None
    for found in draft.dates:
        if len(found.value.date) < 10 or _within(found.start, laws):
            continue
        start, stop = document.sentence_at(found.start)
        start = max(start, found.start - 400)
        day = _Day(found.value.date, found.start, found.end, start, stop, document.lower[start : found.start])
        letter = _letter(document, meetings, day) if day.date != own else None
        meeting = None
        if letter is not None:
            yield Found(Reference("letter", date=day.date), letter, day.end, "letter", HIGH)
        elif meeting := _meeting(document, meetings, day, max(start, before)) or _again(document, day, before, met):
            bears = draft.date is not None and day.at == draft.date.start
            at_head = day.date == own or (draft.items and day.at < draft.items[0].start)
            if not (bears or (at_head and _is_own(meetings, meeting[2]))):
                yield _reference(document, day, meeting)
        before, met = found.end, meeting


def _again(document: Document, day: _Day, before: int, met: tuple[int, int, str] | None) -> tuple[int, int, str] | None:
    """Return the body that met on the day before, where it did the same again on this one."""
    same = met and day.start < before and _SAME_BODY.fullmatch(document.lower, before, day.at)
    return (day.at, day.end, met[2]) if met and same else None


def _reference(document: Document, day: _Day, meeting: tuple[int, int, str]) -> Found[Reference]:
    number, outcome = _point(document, day.end)
    value = Reference("meeting", body=meeting[2], date=day.date, number=number, outcome=outcome)
    return Found(value, min(meeting[0], day.at), day.end, "meeting", MIDDLE)


def _within(offset: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect.bisect_right(spans, (offset, 1 << 60)) - 1
    return at >= 0 and offset < spans[at][1]


def _is_own(meetings: Meetings, body: str) -> bool:
    """A day of the paper's own is its own meeting, whoever is named there."""
    return meetings.own is None or body_key(meetings.own) == body_key(body)


def _letter(document: Document, meetings: Meetings, day: _Day) -> int | None:
    """Return where the citation of a dated paper begins, or `None`."""
    if _NO_LETTER.search(day.before):
        return None
    if is_listed(document, day.at):
        return day.at
    tail = day.before[-140:]
    if document.is_foreign and (cited := cites_letter(tail)) is not None:
        return day.at - len(tail) + cited
    if wrote := WROTE_ON.search(tail):
        return day.at - len(tail) + wrote.start()
    match = cited_at_once(tail) or _LETTER.search(tail)
    if match:
        done = _DEFINITE_DAY.search(tail) or _TREATED.search(tail)
        if not (done and meetings.body_before(day.start, day.at)):
            return day.at - len(tail) + match.start()
    came = _HAS_ON.search(tail) and _RECEIVED_AFTER.match(document.lower, day.end, day.stop)
    came = came or (_GRANTS_ON.search(tail) and _GRANTED.match(document.lower, day.end, day.stop))
    if not (came or _RECEIVED_ON.search(tail)) or meetings.body_before(day.start, day.at) is not None:
        return None
    dated = _DATED_PAPER.search(document.lower, day.start, min(day.stop, day.end + _SAME_SENTENCE))
    return None if dated else day.start


def _meeting(document: Document, meetings: Meetings, day: _Day, clause: int) -> tuple[int, int, str] | None:
    """Return the body that met on that day: its span and name, or `None`; `clause` begins after the date before."""
    after = document.lower[day.end : min(day.stop, day.end + 160)]
    if _OTHER_MEETING.search(day.before[-60:]) or _OTHER_MEETING_AFTER.match(after):
        return None
    if _NEXT_MEETING.search(day.before) or is_next_meeting(document, day.at):
        return _next_meeting(meetings, day)
    if MINUTES_OF.search(day.before):
        return _unnamed(document, meetings, day)
    if _NOT_ITS_DAY.search(day.before) and not (_LATEST.search(day.before) and _FORWARD.search(day.before)):
        return None
    if _is_heard(day) or _is_other_short(meetings, day):
        return None
    body = meetings.body_before(clause, day.at)
    inside = _IN_OTHER.search(day.before)
    if inside and (body is None or body[0] < day.start + inside.start()):
        return None
    if body is None:
        return _unnamed(document, meetings, day)
    if day.at - body[1] > 160:
        return None
    if sender := _sender(document, meetings, clause, body, day):
        body = sender
    acts = _ACT.search(day.before) or _ACT.search(after)
    return body if acts or _is_trail(document.lower, body, day.at) else None


def _sender(
    document: Document, meetings: Meetings, clause: int, body: tuple[int, int, str], day: _Day
) -> tuple[int, int, str] | None:
    """Return the body that sent a matter on that day to another, which is the last one before the day."""
    sent = _SENT_TO.search(document.lower, max(clause, body[0] - 120), body[0])
    straight = sent and "møde" not in document.lower[body[1] : day.at]
    return meetings.body_before(clause, sent.start()) if sent and straight else None


def _is_heard(day: _Day) -> bool:
    """Tell the day on which a matter was sent to a body for its answer."""
    heard = _HEARD.search(day.before) if "høring" in day.before else None
    return heard is not None and not _ACT.search(heard.group(1))


def _is_other_short(meetings: Meetings, day: _Day) -> bool:
    """Tell a meeting named by letters or a word that mean no body of the document."""
    short = _SHORT_MEETING.search(day.before) if "-møde" in day.before else None
    if short is None or short.group(1).endswith(("udvalgs", "byråds", "råds")):
        return False
    at = day.start + short.start(1)
    body = meetings.body_before(at, at + 1)
    return body is None


def is_next_meeting(document: Document, offset: int) -> bool:
    """Tell the day on the line under a heading `Næste møde`."""
    line = document.line_at(offset)
    if line is None or not line.index or not _OPENS_LINE.fullmatch(document.lower, line.start, offset):
        return False
    return _NEXT_HEADING.fullmatch(document.lines[line.index - 1].text.lower()) is not None


def _next_meeting(meetings: Meetings, day: _Day) -> tuple[int, int, str] | None:
    if _OTHER_GROUP.search(day.before):
        return None
    body = meetings.body_before(day.start, day.at)
    name = body[2] if body else meetings.own
    return (day.at, day.end, name) if name else None


def _is_trail(lower: str, body: tuple[int, int, str], at: int) -> bool:
    """Tell a trail's line: the body, then the day at once (`Havneudvalget, 10. september 2019, pkt. 65`)."""
    return at - body[1] < 40 and _AT_ONCE.fullmatch(lower, body[1], at) is not None


def _unnamed(document: Document, meetings: Meetings, day: _Day) -> tuple[int, int, str] | None:
    """Find the body of a day that bears none: `på mødet den …`, `senest behandlet den … (pkt. 68)`: the paper's own."""
    at_meeting = _AT_MEETING.search(day.before)
    if at_meeting and (after := meetings.body_after(day.end, min(day.stop, day.end + 80))):
        return after
    if _YOUR_MEETING.search(day.before) and (asked := meetings.addressed()):
        return day.at, day.end, asked
    again = _AGAIN.search(day.before) and _POINT.match(document.lower, day.end)
    return (day.at, day.end, meetings.own) if meetings.own and (at_meeting or again) else None


def _point(document: Document, end: int) -> tuple[str | None, Outcome | None]:
    """Read `(pkt. 65)` and `pkt. 65: Anbefales.` after a meeting's day."""
    match = _POINT.match(document.string, end)
    if not match:
        outcome = _TRAIL_WORD.match(document.string, end)
        return None, read_outcome(outcome.group(1)) if outcome else None
    return match.group(1), read_outcome(match.group(2)) if match.group(2) else None
