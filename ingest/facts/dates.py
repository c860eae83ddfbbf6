"""The date that a document bears, and every other calendar date with its role."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from corpus.dates import DateMention, complete, find_dates
from corpus.records import DatedFact, DateRole
from ingest.facts import shapes
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.foreign import role_of_day
from ingest.facts.head import head_lines
from ingest.facts.head_rows import label_above
from ingest.facts.meetings import is_next_meeting
from ingest.facts.papers import ACT_OR_PAPER, INFLECTED, MINUTES_OF, PAPER, WROTE_ON, cited_at_once, is_listed
from ingest.facts.signed_at import signs_below

_ISO_TIME = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[T ]|$)")
_WEEKDAY = r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,? ?)?(?:den |d\. ?|d\.)?"

_CELL_BEFORE = re.compile(r"[0-9]{1,2}(?: ?\t ?|\n\n)")

# Where a document bears its own date, on the line without the date itself (marked by \x00).
_DATE_LABEL = re.compile(
    rf"(?:brev|dags)?dato(?: for brev)?[:. ]{{0,3}}{_WEEKDAY}\x00(?!\s*-)"
    rf"|(?:(?:sendt|afsendt|dateret):?|indsendt:) ?{_WEEKDAY}\x00"
)
_MEETING_LABEL = re.compile(
    rf"(?:møde ?dato|møde(?:tidspunkt|start)?|starttidspunkt|tidspunkt|tid)[:. ]{{1,3}}{_WEEKDAY}\x00"
)
#: `Referat 20-05-2014`.
_KIND_AND_DAY = re.compile(
    rf"(?:beslutnings)?(?:referat|dagsorden|protokol)(?: fra| for| af)?[,:]? {_WEEKDAY}\x00[ .,]{{0,3}}(?:kl.{{0,20}})?"
)
_TIME = r"[0-9]{1,2}(?:[.:][0-9]{2})?"
_CLOCK = rf",? ?(?:kl\.?|klokken|fra kl\.?) ?{_TIME}(?: ?(?:-|til) ?(?:kl\. ?)?{_TIME})?"
_PLACE = r"(?:i|på|hos|ved) [^.;]{1,60}"
_MEETING_HEAD = re.compile(
    r"(?!(?:dato for )?(?:næste|kommende) )"
    r"(?:dagsorden|referat|beslutningsprotokol|protokol|udskrift|indkaldelse)?[^.;]{0,80}\b"
    rf"(?:ordinært|ekstraordinært|ordinære|udvalgs|byråds)? ?møde[t]?\b(?:[^.;\x00]|nr\.(?= ?[0-9])){{0,70}}?{_WEEKDAY}"
    rf"\x00(?:[^.;]{{0,3}}|{_CLOCK}(?: {_PLACE})?|,? {_PLACE})"
)
_BODY_HEAD = re.compile(
    r"(?:(?:referat|dagsorden|beslutningsprotokol|protokol|udskrift)[^.;\x00]{0,30} )?"
    r"[^.;\x00]{0,60}(?:udvalg(?:et)?|råd(?:et)?|repræsentation(?:en)?|kommunalbestyrelse(?:n)?"
    r"|magistrat(?:en)?|nævn(?:et)?)(?: i (?:[a-zæøå-]{2,30} ){1,2}kommune)?"
    rf"[ ,:-]{{1,4}}(?:møde )?{_WEEKDAY}\x00[ .,]{{0,3}}(?:kl.{{0,20}})?"
)
#: A web page's day of publishing, and the day on which parties made an agreement.
_PUBLISHED = re.compile(
    rf"(?:publiceret|udgivet|offentliggjort)(?: den)?:? ?{_WEEKDAY}\x00[ .,]{{0,3}}(?:kl.{{0,20}})?"
    r"(?: ?[|•·] .{0,120})?"
)
_AGREED = re.compile(rf"(?:aftalen (?:er )?)?indgået (?:[^.;\x00]{{0,250}} )?{_WEEKDAY}\x00[ .]{{0,3}}")
#: A line that says to which meeting's item an attachment belongs.
_ATTACHED = re.compile(r"bilag [0-9a-z]{1,4} til ")
#: Lines of a time table that name a body and a day.
_NO_HEAD = (
    *("beslutning", "behandl", "forelæg", "drøft", "vedtag", "godkend", "høring", "frist", "forventet", "endelig"),
    *("1. behandling", "2. behandling", "politisk", "sagen "),
)
#: A town before a letter's date, without the comma.
_TOWN = (
    r"(?!(?:frist|senest|inden|møde|mødet|svar|høring|gælder|fra|til|pr|begynder|slut|start|modtaget|indgået)\b)"
    r"[a-zæøåé]{2,20}(?: [nsøvck])?"
)
_ALONE = re.compile(
    rf"(?:[a-zæøåé][\wæøå. -]{{1,30}}, |{_TOWN} (?=den |d\.))?{_WEEKDAY}\x00[ .,]{{0,3}}"
    r"(?:\s(?:j\.? ?nr|sags?nr|sagsnummer|sags-id)\b.{0,40})?"
)
_TIMED = re.compile(
    rf"{_WEEKDAY}\x00,? ?(?:-|,|kl\.?|kl\. ?fra"
    rf"|fra kl\.)? ?[0-9]{{1,2}}(?:[.:][0-9]{{2}}){{0,2}}(?: ?(?:-"
    rf"|til) ?(?:kl\. )?[0-9]{{1,2}}(?:[.:][0-9]{{2}})?)?"
    r"(?:(?:,| i | på | - |:).{0,80})?"
)
_DECISION = re.compile(
    rf"(?:beslutning(?:er)?\b[^.;\x00]{{0,80}}?|[^.;\x00]{{3,80}}s beslutning (?:i|på|fra"
    rf"|af)? ?(?:mødet )?){_WEEKDAY}\x00(?:,? \(?(?:pkt|punkt|sag)\.? ?(?:nr\.? ?)?[0-9]{{1,4}}\)?)?[.: ]{{0,3}}"
)
#: `Teknisk Udvalg, 3. maj 2019, pkt. 7:`.
_BODY_POINT = re.compile(
    rf"[^.;:\x00]{{3,80}}(?:udvalg|udvalget|råd|rådet|bestyrelsen|repræsentationen|magistraten),? {_WEEKDAY}\x00"
    r",? \(?(?:pkt|punkt|sag)\.?(?: nr\.?)? ?(?P<number>[0-9]{1,4})\)?:?"
)
#: The same with the decision behind it on the line.
_DECISION_TOLD = re.compile(
    rf"(?:[^.;:\x00]{{3,80}}s )?beslutning (?!af )[^.;:\x00]{{0,60}}{_WEEKDAY}\x00"
    r"(?:,? \(?(?:pkt|punkt|sag)\.? ?[0-9]{1,4}\)?)?: ?(?=\S)"
)
#: The label below a day in a margin, whatever the sentence beside it.
_LABEL_BELOW = re.compile(r"(?:sags?|dok(?:ument)?|journal|j)\.?[ -]?(?:nr|nummer|id)\b")
_LABEL_ABOVE = re.compile(r"(?:brev)?dato:?|mødedato:?|dato for møde:?")
#: What makes the day in the cell beside or below no day of the paper's own.
_PLANNED = re.compile(r"frist|senest|høring|møde|behandl|forvent|start|slut|periode|tidsplan|udløb|virkning|gælder")
_FRIST_ABOVE = re.compile(r".{0,30}(?:frist|senest|svar inden|høringsperiode).{0,12}")
#: The stamp of whoever got the paper.
_STAMP_ABOVE = re.compile(r"(?:modtaget|indgået|ankommet|received|inkommet)(?: (?:den|d\.|i .{2,40}))?:?")
_PROTOCOL = re.compile(r"\bprotokol\b|beslutningsprotokol|udskrift af")
_LETTER = re.compile(r"^(?:kære |hej |med venlig hilsen|venlig hilsen|mange hilsner|bedste hilsner|mvh)")

# Roles, by what stands before (or after) a date within its sentence.
_BODY = re.compile(
    r"udvalg(?:et|ets|s)?(?!\w)|(?<!om)(?<!\wt)råd(?:et|ets|s|ene)?(?!\w)|repræsentation(?:en"
    r"|ens)?(?!\w)|kommunalbestyrelse|magistrat|nævn(?:et|ets)?(?!\w)|beredskabskommission"
)
_NO_BODY = re.compile(r"arbejdsgruppe|kvarterråd|elevråd|beboerråd|forældreråd|bestyrelsesmøde")
_LAW = re.compile(
    r"(?:(?<!\w)(?:lbkg?|bek|cirk?|vejl)\.?|lov|bekendtgørelse|lovbekendtgørelse|cirkulære|vejledning|forordning|direktiv|forretningsorden"
    r"|vedtægt|aftale|overenskomst)"
    rf"\w{{0,12}}(?: nr\.? ?[0-9/-]+| mellem [^.,;:]{{3,40}})? af {_WEEKDAY}$"
)
_SIGNING = re.compile(r"underskriv|undertegn|underskrift|signer")
_DEADLINE = re.compile(
    r"(?:senest(?: i| på)?|seneste|inden(?: for)?|(?:inden|senest ved) udgangen af|første gang|i hænde|afleveres"
    r"|indsendes|"
    rf"frist\w*|\w+frist(?:en)?)(?: (?:er|den|udløber|udløb|kl\. ?[0-9.:]+))?[: ]{{0,2}}(?:primo |medio "
    rf"|ultimo )?{_WEEKDAY}$"
)
#: `senest i juni`, `første gang den …` of what was done before: no deadline.
_LAST_TIME = re.compile(
    r"(?<!\w)(?:været|blev|har|flere gange)(?!\w).{0,150}(?<!\w)senest i $"
    rf"|(?:behandlede|drøftede|blev|har|mødtes|vedtog|godkendte)(?!\w).{{0,150}}(?<!\w)første gang {_WEEKDAY}$"
)
#: `forelægges Byrådet inden den …` is no day on which it meets.
_WITHIN = re.compile(rf"(?<!\w)(?:inden|før) {_WEEKDAY}$")
_FRIST = re.compile(r"frist(?:en|er|erne|s|ens)?(?!\w)")
_HEARING = re.compile(r"høring")
_HEARD = re.compile(
    r"(?<!\w)i (?:\w+ )?høring (?:i|hos|ved|blandt) (?![^.;:]{0,80}(?:behandl|forel|drøft|vedt|godkend))"
    rf"[^.;:]{{3,80}} {_WEEKDAY}$"
)
_HEARING_UNTIL = re.compile(rf"høring(?:en|speriode|sperioden)?(?:,? \w+){{0,4}} til {_WEEKDAY}$")
_UNTIL = re.compile(rf"(?:indtil|frem til|til og med) {_WEEKDAY}$")
_ASKS = re.compile(r"modtage|indsend|bedes|frist|høring|svar|klage|bemærkning|tilmeld|ansøg|sendes|søges|indlæg|afgive")
_ITEM_AFTER = re.compile(r",? ?\(?(?:pkt|punkt|sag|sag nr)\.? ?(?:nr\.? ?)?[0-9]{1,4}(?![0-9/-])")
_SINCE = re.compile(
    rf"(?:fra|siden|pr\.|gælder|gældende|med virkning fra|fra og med|begynder|træder i kraft"
    rf"|udløber|udløb|ophører|slutter|(?:opsagt|forlænge[ts]) til) {_WEEKDAY}$"
)
_LETTER_NOUN = rf"(?:{PAPER}|{ACT_OR_PAPER})"
#: How the words between a paper and its date end; what does not end so needs no look for the paper.
_LETTER_LINK = re.compile(rf"(?<!\w)(?:af|fra|d\.|dateret|modtaget|sendt|stillet|udsendt) {{1,2}}{_WEEKDAY}$")
_LETTER_BEFORE = re.compile(
    rf"(?:{PAPER}{INFLECTED}(?: nr\.? ?[0-9]+)?,? (?:af|fra|d\.|dateret|modtaget|sendt|stillet|udsendt)"
    rf"|{ACT_OR_PAPER}{INFLECTED}(?: nr\.? ?[0-9]+)?,? (?:af|dateret)) {{1,2}}{_WEEKDAY}$"
)
_LETTER_D = re.compile(rf"{_LETTER_NOUN}{INFLECTED} (?:den |d\. ?){_WEEKDAY}$")
_SENT = re.compile(r"(?<!\w)(?:sendt|modtaget|fremsendt|afsendt|stillet|indsendt|modtog)(?!\w)")
_PAPER = re.compile(rf"{_LETTER_NOUN}{INFLECTED}(?!\w)")
_DECIDES = re.compile(
    r"beslut|behandl|drøft|vedt[ao]g|godkend|tiltr|tiltråd|forelæg|forelag|forelæ|anbefal"
    r"|(?<!\w)bad(?!\w)|bedt|sendte|udsat(?!ter)|udsætte|udskudt|bevilg"
    r"|orienter|til efterretning|afvis|afslog|afslå|forkast|afslag|pålagde|ændrede|ændret|oversend|på dagsorden|møde"
)
_MEETING = re.compile(
    rf"møde(?:t|de|s)?(?: i \S{{1,40}}(?: \S{{1,30}}){{0,4}})?,? (?:(?:er|holdes|afholdes|bliver) )?{_WEEKDAY}$"
)
_NEXT_MEETING = re.compile(rf"(?:næste|kommende|ekstraordinært) (?:\w+ )?møde\w{{0,3}}:?(?: \w+){{0,3}} {_WEEKDAY}$")
_AT_MEETING = re.compile(
    r"(?:på|til|ved|i|fra) (?:sit |dets |det |et )?(?:ordinære? |ekstraordinære? )?"
    rf"(?:[a-zæøå]{{1,20}}(?:råds|udvalgs|bestyrelses))?mødet?,? {_WEEKDAY}$"
)
_NO_MEETING = re.compile(
    r"borgermøde|orienteringsmøde|årsmøde|beboermøde|dialogmøde|informationsmøde|vores møde|møde med"
    r"|møde i kkr|fællesmøde|arbejdsmøde|arbejdsgruppe|besigtig"
)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """A place where a document may bear its own date; the lowest rank wins, then the first in the text."""

    rank: int
    mention: DateMention
    rule: str
    confidence: float


def find_dated(document: Document, draft: Draft) -> None:
    """Find the document's own date, then every calendar date with its role."""
    raw = [_in_its_cell(document, mention) for mention in _without_numbers(find_dates(document.lower), draft)]
    own = _find_own(document, draft, [mention for mention in raw if not document.is_quoted(mention.start)])
    if own:
        draft.date = own
    for mention in complete(raw, own.value if own else None):
        role, rule, sure = _role(document, mention, own.value if own else None)
        draft.dates.append(Found(DatedFact(mention.iso or "", role), mention.start, mention.end, rule, sure))
    if own and all(found.value.date != own.value for found in draft.dates):
        draft.dates.insert(0, Found(DatedFact(own.value, "document"), own.start, own.end, own.rule, own.confidence))


def settle_roles(_: Document, draft: Draft) -> None:
    """Give a day that no rule for dates knew the role of the reference that it is in; run after the references."""
    roles: dict[str, DateRole] = {"letter": "reference", "meeting": "meeting"}
    cited = {one.end: roles[one.value.kind] for one in draft.references if one.value.kind in roles}
    for at, found in enumerate(draft.dates):
        role = cited.get(found.end)
        if role and found.value.role == "mention" and found.confidence <= LOW:
            draft.dates[at] = replace(found, value=replace(found.value, role=role), rule=f"{role}-cited")


def _without_numbers(mentions: list[DateMention], draft: Draft) -> list[DateMention]:
    starts = [seen.start for seen in draft.numbers]

    def free(mention: DateMention) -> bool:
        at = bisect.bisect_left(starts, mention.end) - 1
        return at < 0 or draft.numbers[at].end <= mention.start

    return [mention for mention in mentions if free(mention)]


def _in_its_cell(document: Document, mention: DateMention) -> DateMention:
    """Take a figure without its stop in the cell or paragraph before (`18\tnov. 2012`) for no day."""
    apart = _CELL_BEFORE.match(document.string, mention.start, mention.end)
    return replace(mention, start=apart.end(), day=None) if apart and mention.month else mention


def _find_own(document: Document, draft: Draft, mentions: list[DateMention]) -> Found[str] | None:
    if sent := _sent_date(document):
        return sent
    letter = _is_letter(document)
    bearings = [bearing for mention in mentions if (bearing := _bearing(document, mention, letter))]
    if sum(bearing.rule == "date-cell" for bearing in bearings) > 1:
        bearings = [bearing for bearing in bearings if bearing.rule != "date-cell"]
    best = min(bearings, key=lambda bearing: bearing.rank, default=None)
    if best is None:
        return _protocol_date(document, mentions) or _trail_date(document, draft, mentions)
    if best.rule == "decision-heading":
        best = next(bearing for bearing in reversed(bearings) if bearing.rank == best.rank)
    return Found(best.mention.iso or "", best.mention.start, best.mention.end, best.rule, best.confidence)


def _sent_date(document: Document) -> Found[str] | None:
    """Read the day on which a mail was sent, by the clock in Denmark, from its header."""
    sent = dict(document.meta).get("date") if document.is_mail else None
    if not sent:
        return None
    try:
        at = datetime.fromisoformat(sent) if _ISO_TIME.match(sent) else parsedate_to_datetime(sent)
    except ValueError:
        return None
    return Found(_danish_day(at), 0, 0, "mail-header", HIGH)


def _danish_day(at: datetime) -> str:
    """Give the day in Denmark; the sender's own where the time bears no zone."""
    try:
        return (at.astimezone(ZoneInfo("Europe/Copenhagen")) if at.tzinfo else at).date().isoformat()
    except OverflowError:
        return at.date().isoformat()


def _bearing(document: Document, mention: DateMention, letter: bool) -> _Bearing | None:
    """Tell how a line bears a date as the document's own; `None` where it does not."""
    line = document.line_at(mention.start)
    if mention.day is None or mention.year is None or line is None or mention.opens or mention.closes:
        return None
    if not letter and _is_decision_told(document, line, mention):
        return _Bearing(7, mention, "decision-heading", HIGH)
    early = line.index < 6 and len(line.text) < 400
    if early and "ndgået" in line.text and _AGREED.fullmatch(_marked(document, line, mention)):
        return _Bearing(8, mention, "agreed", MIDDLE)
    return _bearing_line(document, line, mention, letter) if len(line.text) <= 200 else None


def _marked(document: Document, line: TextLine, mention: DateMention) -> str:
    """Give a line with a mark for its date."""
    return document.lower[line.start : mention.start] + "\0" + document.lower[mention.end : line.end]


def _is_decision_told(document: Document, line: TextLine, mention: DateMention) -> bool:
    """Tell the day in a heading with the decision behind it (`Beslutning i mødet den 3. maj 2011: Godkendt`)."""
    before = document.lower[line.start : mention.start] if mention.start - line.start < 180 else ""
    told = before + "\0" + document.lower[mention.end : min(line.end, mention.end + 40)]
    return "beslutning " in before and _DECISION_TOLD.match(told) is not None


def _bearing_line(document: Document, line: TextLine, mention: DateMention, letter: bool) -> _Bearing | None:
    if "\t" in line.text and _under_deadline_column(document, mention):
        return None
    if "\t" in line.text and _LABEL_ABOVE.fullmatch(label_above(document, line, mention.start)):
        return _Bearing(1, mention, "date-label", HIGH)
    marked = _marked(document, line, mention)
    if _DATE_LABEL.match(marked):
        return _Bearing(1, mention, "date-label", HIGH)
    if _MEETING_LABEL.match(marked):
        return _Bearing(3, mention, "meeting-label", HIGH)
    if line.index < 8 and _KIND_AND_DAY.fullmatch(marked):
        return _Bearing(2, mention, "kind-and-day", HIGH)
    if _PUBLISHED.fullmatch(marked):
        return _Bearing(5, mention, "published", MIDDLE)
    if _ATTACHED.match(marked):
        return None
    if _ALONE.fullmatch(marked):
        return _alone(document, line, mention)
    if _TIMED.fullmatch(marked):
        early = line.index < 10 and not letter
        return _Bearing(4 if early else 6, mention, "meeting-line", HIGH if early else MIDDLE)
    if _MEETING_HEAD.fullmatch(marked) and not line.text.endswith("."):
        return _Bearing(6 if letter else 2, mention, "meeting-head", MIDDLE if letter else HIGH)
    if (
        line.index < 8
        and not line.text.endswith(".")
        and _BODY_HEAD.fullmatch(marked)
        and not marked.startswith(_NO_HEAD)
    ):
        return _Bearing(2, mention, "body-head", HIGH)
    if _DECISION.fullmatch(marked):
        return _Bearing(7, mention, "decision-heading", HIGH)
    return _in_cell(document, line, mention) if "\t" in line.text and line.index < 10 else None


def _in_cell(document: Document, line: TextLine, mention: DateMention) -> _Bearing | None:
    """Read a date that stands in the last of two cells in the head, with its label or alone (`NOTAT⇥3. maj 2018`)."""
    cut = document.string.find("\t", line.start, line.end)
    if mention.start < cut or "\t" in document.string[cut + 1 : line.end] or line not in head_lines(document):
        return None
    marked = document.lower[cut + 1 : mention.start].lstrip() + "\0" + document.lower[mention.end : line.end]
    if _DATE_LABEL.match(marked):
        return _Bearing(1, mention, "date-label", HIGH)
    above = document.lines[line.index - 1] if line.index and not line.first else line
    planned = _PLANNED.search(document.lower, above.start, cut) and not document.lower.startswith("til ", line.start)
    if planned or shapes.is_label(line.text) or not _ALONE.fullmatch(marked):
        return None
    return _Bearing(5, mention, "date-cell", MIDDLE)


def _alone(document: Document, line: TextLine, mention: DateMention) -> _Bearing | None:
    above = document.lines[line.index - 1] if line.index else None
    before = document.lower[above.start : above.end] if above else ""
    if _LABEL_ABOVE.fullmatch(before):
        return _Bearing(3 if before.startswith("møde") else 1, mention, "date-label", HIGH)
    if _FRIST_ABOVE.fullmatch(before) or _STAMP_ABOVE.fullmatch(before) or is_next_meeting(document, mention.start):
        return None
    below = document.lines[line.index + 1] if line.index + 1 < len(document.lines) else line
    if document.sentence_at(mention.start)[0] < line.start and not _LABEL_BELOW.match(document.lower, below.start):
        return None
    return _Bearing(5, mention, "date-line", HIGH)


def _is_letter(document: Document) -> bool:
    return any(_LETTER.match(document.lower[line.start : line.start + 24]) for line in document.lines)


def _protocol_date(document: Document, mentions: list[DateMention]) -> Found[str] | None:
    """Take the meeting's date from the first sentence of an extract from the minutes."""
    if not any(_PROTOCOL.search(document.lower, line.start, line.end) for line in document.lines[:8]):
        return None
    for mention in mentions:
        if mention.iso and mention.day and _MEETING.search(document.lower, max(0, mention.start - 100), mention.start):
            return Found(mention.iso, mention.start, mention.end, "protocol-meeting", MIDDLE)
    return None


def _trail_date(document: Document, draft: Draft, mentions: list[DateMention]) -> Found[str] | None:
    """Take the day from the heading under which a body decided the item of this paper, told by the item's number."""
    numbers = {item.value.number for item in draft.items if item.value.number} if draft.paper == "decision" else set()
    for mention in mentions if numbers else ():
        line = document.line_at(mention.start)
        point = _BODY_POINT.fullmatch(_marked(document, line, mention)) if line and len(line.text) < 160 else None
        if point and mention.iso and mention.day and point["number"] in numbers:
            return Found(mention.iso, mention.start, mention.end, "trail-heading", MIDDLE)
    return None


def _role(document: Document, mention: DateMention, own: str | None) -> tuple[DateRole, str, float]:
    if mention.iso == own:
        return "document", "own-date", HIGH
    lower = document.lower
    start, end = document.sentence_at(mention.start)
    before, after = (
        lower[max(start, mention.start - 200) : mention.start],
        lower[mention.end : min(end, mention.end + 120)],
    )
    if signs_below(document, mention.start, mention.end):
        return "signing", "above-signature", MIDDLE
    near = before[-70:]
    if document.is_foreign and (told := role_of_day(before)):
        return told, "foreign-words", MIDDLE
    if _LAW.search(near):
        return "mention", "law", HIGH
    body = _names_body(lower[max(start, mention.start - 240) : min(end, mention.end + 160)])
    if _is_signing(before, after):
        return "signing", "signing-word", MIDDLE
    if mention.day is not None and _ITEM_AFTER.match(after):
        return "meeting", "item-number", MIDDLE
    if _is_deadline(document, mention, before, after):
        forelagt = body and mention.day is not None and "forelæg" in before and not _WITHIN.search(before)
        return ("meeting", "put-before-body", MIDDLE) if forelagt else ("deadline", "deadline-word", MIDDLE)
    if is_listed(document, mention.start):
        return "reference", "listed", MIDDLE
    linked = _LETTER_LINK.search(near[-32:]) and _LETTER_BEFORE.search(near)
    if (
        linked
        or WROTE_ON.search(near)
        or cited_at_once(near)
        or (not body and near.endswith(("d.", " ")) and _LETTER_D.search(near))
    ):
        return "reference", "letter-of-date", MIDDLE
    if MINUTES_OF.search(near):
        return "meeting", "minutes-of-day", MIDDLE
    if mention.opens or mention.closes or _SINCE.search(near) or _UNTIL.search(near[-40:]):
        return "mention", "period", MIDDLE
    return _meeting_role(document, mention, before, after, body)


def _is_signing(before: str, after: str) -> bool:
    """Tell a day of signing: the word stands between the date before and this one, or opens what follows it."""
    if _SIGNING.search(before):
        earlier = find_dates(before)
        if _SIGNING.search(before, earlier[-1].end if earlier else 0):
            return True
    return len(before) < 15 and bool(_SIGNING.search(after[:40]))


def _meeting_role(
    document: Document, mention: DateMention, before: str, after: str, body: bool
) -> tuple[DateRole, str, float]:
    if mention.day is None or _NO_MEETING.search(before + after[:30]):
        return "mention", "plain", LOW
    near = before[-100:]
    if "høring" in near and _HEARD.search(near):
        return "mention", "heard", MIDDLE
    if _NEXT_MEETING.search(near) or is_next_meeting(document, mention.start) or before.startswith("mødedato"):
        return "meeting", "meeting-word", MIDDLE
    if body and _DECIDES.search(before + after):
        return "meeting", "body-decides", MIDDLE
    if body and re.search(rf"(?:udvalg|råd|repræsentation|kommunalbestyrelse)\w*,? {_WEEKDAY}$", near):
        return "meeting", "body-and-date", MIDDLE
    if _SENT.search(near[-30:] + after[:30]) and _PAPER.search(before + after):
        return "reference", "paper-sent", MIDDLE
    if _AT_MEETING.search(near) and "skolebestyrelse" not in before:
        return "meeting", "at-the-meeting", LOW
    return "mention", "plain", LOW


def _names_body(sentence: str) -> bool:
    return bool(_BODY.search(sentence)) and not _NO_BODY.search(sentence)


def _is_deadline(document: Document, mention: DateMention, before: str, after: str) -> bool:
    if _DEADLINE.search(before[-60:]):
        return not _LAST_TIME.search(before)
    if _HEARING_UNTIL.search(before[-80:]) or (_UNTIL.search(before[-40:]) and _ASKS.search(before)):
        return True
    if mention.closes and (_HEARING.search(before) or _HEARING.search(after[:20])):
        return True
    frist = list(_FRIST.finditer(before))
    if (
        frist
        and len(before) - frist[-1].end() < 150
        and not find_dates(before[frist[-1].end() :])
        and not mention.opens
    ):
        return "." not in before[frist[-1].end() :]
    return _under_deadline_column(document, mention)


def _under_deadline_column(document: Document, mention: DateMention) -> bool:
    """Tell a date in a table whose head names a deadline (`Punkt  Forvaltning  Frist`)."""
    start, _ = document.paragraph_at(mention.start)
    head = document.line_at(start)
    if head is None or head.start <= mention.start < head.end or mention.opens or len(head.text) > 120:
        return False
    row = document.line_at(mention.start)
    words = document.lower[head.start : head.end].split()
    if row is None or not any(word.strip(":").endswith(("frist", "deadline")) for word in words):
        return False
    if find_dates(document.lower[head.start : head.end]):
        return False
    if _is_bare_below(document, head, row, mention):
        return True
    return not _names_body(document.lower[row.start : row.end]) or "frist" in row.text.lower()


def _is_bare_below(document: Document, head: TextLine, row: TextLine, mention: DateMention) -> bool:
    """Tell a date alone in a column of the deadlines for answers: a body in the row is who answers."""
    cells = row.text.split("\t") if len(row.text) < 500 else []
    column = document.string.count("\t", row.start, mention.start)
    names = head.text.lower().split("\t")
    return (
        column < min(len(names), len(cells))
        and len(cells) > 1
        and names[column].rstrip(": ").endswith(("høringsfrist", "svarfrist"))
        and not _names_body(cells[column].lower())
    )
