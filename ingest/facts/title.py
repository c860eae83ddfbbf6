"""The title: an item's heading, a mail's subject, a meeting's heading, or the subject line of a letter."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.numbers import parse
from corpus.text import fold_spaces
from ingest.facts import shapes
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.head import head_lines, is_date_line, salutation
from ingest.facts.headings import section_of

_MEETING = re.compile(
    r"\b(?:(?:tillægs)?dagsorden|referat|beslutningsprotokol|protokol|mødeindkaldelse|beslutningsreferat)|\bmøde i\b"
    r"|\bmøde for\b",
    re.IGNORECASE,
)
_KIND_ONLY = re.compile(
    r"(?:(?:orienterings)?notat|notits|memo|brev|indstilling(?: og beslutning)?|referat"
    r"|dagsorden(?: (?:for|fra|til) (?:ordinært|ekstraordinært) møde(?! i ).{0,50})?|bilag(?: [0-9a-z]{1,4})?|udkast"
    r"|kopi|fortroligt|åbent punkt|(?:åbne|lukkede) punkter|(?:åben|lukket) dagsorden"
    r"|udskrift af .{0,40}|pressemeddelelse|høringssvar(?: nr\.? ?[0-9]{1,4})?"
    r"|høringsbrev|høring|mødereferat|beslutning"
    r"|baggrund|resume|resumé|sagsfremstilling|indhold(?:sfortegnelse)?|sagsoversigt"
    r"|københavns kommune|medlemsforslag|beslutningsforslag)[:.]?",
    re.IGNORECASE,
)
_MEMO_ONLY = re.compile(r"(?:(?:orienterings|sags)?notat|notits)[:.]?", re.IGNORECASE)
_OWN_LABEL = re.compile(r"bilag(?: nr\.?)? ?(?:[0-9]{1,3} ?[a-h]?|[a-h])[:.]?", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"^(?:til(?:\s|:|$)|fra(?:\s|:|$)|(?:hørings(?:parter(?:ne)?|berettigede|instanser)|modtagere?):"
    r"|(?:medlems)?forslag (?:fra|stillet)|stillet af|for ordinært|af:|v/"
    r"|mellem\b|aftale mellem\b(?!.* om )|(?-i:om [a-zæøå])"
    r"|§ ?[0-9]{1,3}\.? (?-i:(?=[A-ZÆØÅ]))|bilag \d+[a-z]?(?: til| til sag|$)|[-•*·]|\d{1,2}\. (?:kontor|afdeling)"
    r"|www\.|http|at\)? |pkt\.|punkt\s+forv|side \d|(?:\w{1,30} ){0,2}til ?stede:|fraværende:|afbud:|deltagere:)|@"
    r"|\((?:herefter|i det følgende) ",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:(?:vedr(?:ørende)?|emne|titel|overskrift|angående|ang|sag|om|re|sv|vs|fwd?"
    r"|videres)\s*[.:]{1,2}\s*|sag \d[\d/.-]{3,20}\s+(?=[A-ZÆØÅ])|vedrørende\s+"
    r"|bilag \d+[a-z]?\s*[-–:.]\s*|notat\s*[:–-]\s*"
    r"|punkt \d+\s*[:.]\s*)+",
    re.IGNORECASE,
)
#: Labels that only a subject has; `Sag:` may head a number as well.
_LABEL_OF_SUBJECT = re.compile(r"(?:vedr(?:ørende)?|emne|titel|overskrift|angående|ang)\s*[.:]", re.IGNORECASE)
#: The kind of a meeting's paper alone on its line, and how the line below names the meeting.
_MEETING_KIND = re.compile(
    r"(?:(?:beslutnings|møde)?referat|(?:tillægs)?dagsorden|(?:beslutnings)?protokol|mødeindkaldelse|indkaldelse)[:.]?",
    re.IGNORECASE,
)
_MEETING_LINK = re.compile(r"(?:for|fra|til|af)(?: |$)", re.IGNORECASE)
_MEETING_BELOW = re.compile(r"(?:for|fra|til|af) (?:\w+ )?mødet? (?!i )")
_MEETING_OF = re.compile(r"s?(?: (?:ordinære |ekstraordinære )?møde)?")
#: What may follow on the line and is no part of the title: the meeting's day.
_MEETING_DAY = re.compile(r"(?:,? (?:[a-zæøå]{3,5}dag,? )?(?:den|d\.) [0-9].{0,60})?")
_MEETING_IN = re.compile(r"(?:et )?(?:ordinært |ekstraordinært )?mødet? i ", re.IGNORECASE)
#: In the head of a meeting's paper every `Medlemmer: …` is a label with its value.
_LABELLED = re.compile(r"(?!referat|dagsorden|protokol)[^\W\d_][\w .-]{1,30}:\s", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_WHOSE = re.compile(r"^(?:jeres|deres|din|dit|dine|vores) ", re.IGNORECASE)
#: An agreement's kind on a line of its own, and its subject on the next.
_AGREEMENT = re.compile(r"[a-zæøå]{0,25}(?:aftale|kontrakt|overenskomst)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:om|vedrørende|for) [^.,:;]{3,90}")
#: A day in the cell beside a heading (`Referat⇥21-03-2023`).
_DAY_BESIDE = re.compile(r"\t *(?:den |d\. ?)?[0-9]{1,2}[./-] ?[0-9a-zæøå]{1,9}[./ -]{1,2}[0-9]{2,4}$")
#: A full stop that ends a word, not a sentence.
_SHORT_WORD = re.compile(
    r"\b(?:m\.? ?[vm]|o\. ?l|e\. ?l|a\.? ?m\.? ?b\.? ?a|osv|evt|pct|nr|inc|co|[A-ZÆØÅ])\.$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\d{1,3}[.)] +(?=[A-ZÆØÅ\"”“])")
_BARE_NUMBER = re.compile(r"^\d{1,3} +(?=[A-ZÆØÅ])")
_NUMBER_LABEL = r"(?:(?:sags?|j|journal|dok|dokument)\.?[ -]?(?:nr|id|nummer)\.?:?|sag:?(?= [0-9]))"
#: A number behind the title with its label: `[Sagsnr. 02.34.02-P19-4-20]`, `, sagsnr. 2011-98213`.
_NUMBER_BEHIND = re.compile(
    rf"\s*\[ ?{_NUMBER_LABEL} ?[a-z]{{0,5}}-?[0-9][^\]]{{1,28}}\]$"
    rf"|\s*(?:,| [-–]) (?:(?:jeres|deres|vores|vort) )?{_NUMBER_LABEL} ?[a-z]{{0,5}}-?[0-9][\w/.‐-―−-]{{2,28}}$",
    re.IGNORECASE,
)
#: A label with its number behind `Vedr.`; any other words there are the subject.
_LABEL_AND_NUMBER = re.compile(r"[\w-]+\.?(?: [\w-]+\.?)?:? ?[\d:]")
_BRACKET = re.compile(
    r"\s*\((?:(?:sags?|j|dok)\.?\s?(?:nr|id)?\.?:?\s*)?[A-ZÆØÅ]{0,5}[ \d/.‐-―−-]{2,28}\)$|\s*\( ?\)$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:høring|offentlig høring|intern høring|høringssvar|ansøgning|svar|orientering|status|vedr"
    r"|angående|bemærkninger|indsigelse|redegørelse|tilsagn|afslag|afgørelse"
    r"|invitation|indkaldelse|forslag til|udtalelse|henvendelse|godkendelse|indstilling om|notat om"
    r"|redegørelse|rapport|evaluering|opfølgning|takst|budget)",
    re.IGNORECASE,
)
#: A line of a list of contents: an item's number in front, or leaders behind.
_CONTENTS = re.compile(r"^\d{1,3}(?:[.)] |[\t ]+[A-ZÆØÅ])|^(?i:punkt|pkt\.?|sag) ?\d|(?:\. ?){4}")
#: A point of a list, above which a line with a colon opens the list.
_POINT = re.compile(r"(?:[-•*·–] |\d{1,2}[.)] )")
_LOWER_WORD = re.compile(r"(?<!\w)[a-zæøå]{2,}")


def find_title(document: Document, draft: Draft) -> None:
    """Find the title; a letter with a salutation only has none."""
    draft.title = (
        _mail_subject(document)
        or _item_title(document, draft)
        or _meeting_title(document, draft)
        or _attachment_title(document, draft)
        or _subject_below_greeting(document)
        or _subject_line(document, draft)
        or _bare_subject(document, draft)
    )


def _mail_subject(document: Document) -> Found[str] | None:
    subject = dict(document.meta).get("subject")
    if not subject or (
        not document.name.lower().endswith((".eml", ".msg"))
        and "message" not in document.media_type
        and "outlook" not in document.media_type
    ):
        return None
    at = max(0, document.string.find(subject))
    title = clean(subject)
    return Found(title, at, at + len(subject) if document.string else 0, "mail-subject", HIGH) if title else None


def _item_title(document: Document, draft: Draft) -> Found[str] | None:
    """A decision paper bears the title of its only item."""
    if draft.paper != "decision" or not draft.items:
        return None
    item = draft.items[0].value
    if not item.title or item.number is None:
        return None
    at = document.string.find(item.title[:20], item.start)
    start = at if 0 <= at < item.start + 400 else item.start
    return Found(item.title, start, start + len(item.title), "item-heading", HIGH)


def _meeting_title(document: Document, draft: Draft) -> Found[str] | None:
    if draft.paper not in ("minutes", "agenda"):
        return None
    first = draft.items[0].value.start if draft.items else len(document.string)
    head = [line for line in document.lines[:40] if line.start < first and line.role == "body" and len(line.text) < 160]
    for line in head:
        if _CONTENTS.search(line.text):
            continue
        if broken := _broken_heading(document, draft, line, first):
            return broken
        if _MEETING.search(line.text) and not _is_furniture(document, line) and not line.text.endswith("."):
            return _found(document, line, "meeting-heading", HIGH)
    head = [line for line in head if not _CONTENTS.search(line.text)]
    for kind, below in pairwise(head):
        if _MEETING_KIND.fullmatch(kind.text) and _MEETING_BELOW.match(below.text):
            return _found(document, kind, "meeting-kind", MIDDLE)
    named = [
        line
        for line in head
        if not (_is_furniture(document, line) or _LABELLED.match(line.text)) and _LOWER_WORD.search(line.text)
    ]
    return _found(document, named[0], "meeting-head", LOW) if named else None


def _broken_heading(document: Document, draft: Draft, line: TextLine, first: int) -> Found[str] | None:
    """Join a heading set on two or three lines: `Referat`, `for`, and the body (`Havneudvalgets møde`)."""
    if not _MEETING_KIND.fullmatch(line.text):
        return None
    below = [one for one in document.lines[line.index + 1 : line.index + 3] if one.start < first]
    if len(below) == 2 and _MEETING_LINK.fullmatch(below[0].text):
        below.pop(0)
    end = _meeting_ends(document, draft, below[0]) if below else None
    if end is None:
        return None
    return Found(clean(document.string[line.start : end]), line.start, end, "meeting-heading", HIGH)


def _meeting_ends(document: Document, draft: Draft, line: TextLine) -> int | None:
    """Give where the name ends on a line that is a body, or its meeting, with its day and nothing more."""
    start, end = line.start, line.end
    for opening in (_MEETING_LINK, _MEETING_IN):
        found = opening.match(document.lower, start, end)
        start = found.end() if found else start
    at = bisect.bisect_left(draft.bodies, start, key=lambda one: one.start)
    body = draft.bodies[at] if at < len(draft.bodies) else None
    named = _MEETING_OF.match(document.lower, body.end, end) if body and body.start == start else None
    return named.end() if named and _MEETING_DAY.fullmatch(document.lower, named.end(), end) else None


def _attachment_title(document: Document, draft: Draft) -> Found[str] | None:
    """Take the line under a bare `Bilag 3` for the title, where no line of the head is set as a heading."""
    if draft.paper or not document.lines or not _OWN_LABEL.fullmatch(document.lines[0].text):
        return None
    head = head_lines(document)[1:]
    usual = _usual_size(document)
    line = next((line for line in head[:6] if not _is_furniture(document, line)), None)
    if line is None or _ends_sentence(line.text):
        return None
    if any(_is_marked(one, usual) for one in head) and not _is_marked(line, usual):
        return None
    return _found(document, line, "attachment-heading", HIGH)


def _subject_line(document: Document, draft: Draft) -> Found[str] | None:
    """Choose the head's line that looks most like a subject; of equals the last, which is nearest to the text."""
    head: Sequence[TextLine] = head_lines(document)
    if draft.paper in ("minutes", "agenda"):
        first = draft.items[0].value.start if draft.items else len(document.string)
        head = [line for line in head if line.start < first and not _CONTENTS.search(line.text)]
    usual = _usual_size(document)
    numbered = _numbered_lines(document, draft)
    scored = [
        (_score(document, line, usual) + 2.0 * (line.index in numbered), line)
        for line in head
        if line.index in numbered or not _is_furniture(document, line)
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < 1.5:
        return None
    equals = [line for score, line in scored if score == best]
    line = equals[0] if _heads_sections(document, equals, usual) else _above_section(document, equals, usual)
    found = _found(document, line, "subject-line", HIGH if best >= 3 else MIDDLE)
    if draft.paper == "decision":
        return replace(found, value=_BARE_NUMBER.sub("", found.value))
    return found


def _heads_sections(document: Document, equals: Sequence[TextLine], usual: float | None) -> bool:
    """Tell the paper's first line from headings of sections that are set like it and go on behind the head."""
    first, last = equals[0], equals[-1]
    if first.index or not _is_marked(last, usual):
        return False
    return _goes_on_behind(document, last)


def _above_section(document: Document, equals: Sequence[TextLine], usual: float | None) -> TextLine:
    """Give the last of the lines; the one right above it where the last is set like headings of sections behind it."""
    *others, last = equals
    if not others or others[-1].index != last.index - 1 or not (last.first and _is_marked(last, usual)):
        return last
    return others[-1] if _goes_on_behind(document, last) else last


def _goes_on_behind(document: Document, line: TextLine) -> bool:
    """Tell whether lines set like this one go on behind the head."""
    like = (line.bold, line.size, line.style)
    return any((one.bold, one.size, one.style) == like for one in document.lines[line.index + 1 : line.index + 40])


def _bare_subject(document: Document, draft: Draft) -> Found[str] | None:
    """Take a word or two that stand alone between a date or label and the text (`Skoleveje`)."""
    head = head_lines(document)
    if draft.paper or len(head) < 3 or len(document.lines) == len(head):
        return None
    above, line = head[-2:]
    if (
        _is_furniture(document, line)
        or _ends_sentence(line.text)
        or not line.first
        or not document.lines[len(head)].first
        or line.role != "body"
    ):
        return None
    parted = is_date_line(document, above) or shapes.is_label(above.text)
    return _found(document, line, "bare-subject", LOW) if parted and line.text[0].isupper() else None


def _subject_below_greeting(document: Document) -> Found[str] | None:
    """Take the line by itself under `Dear …`, where English letters have their subject; a Danish one is labelled."""
    greeting = salutation(document)
    below = document.lines[greeting.index + 1 : greeting.index + 3] if greeting else ()
    if len(below) < 2 or not (below[0].first and below[1].first) or shapes.is_prose(below[0].text):
        return None
    line = below[0]
    if line.text[-1] in ".,:;!?" or shapes.is_label(line.text) or is_date_line(document, line):
        return None
    if not document.is_foreign and (not _LABEL_OF_SUBJECT.match(line.text) or _is_furniture(document, line)):
        return None
    return _found(document, line, "below-greeting", MIDDLE)


def _numbered_lines(document: Document, draft: Draft) -> set[int]:
    """Give the lines that a case number in front, or an old committee's one above, makes headings."""
    found: set[int] = set()
    for seen in draft.numbers[:40]:
        line = document.line_at(seen.start)
        if line and seen.rule == "heading-number":
            found.add(line.index)
        elif line and seen.rule == "number-line" and seen.number.scheme == "committee":
            below = document.lines[line.index + 1 : line.index + 2]
            found |= {one.index for one in below if line.first and not one.first and _LOWER_WORD.search(one.text)}
    return found


def _usual_size(document: Document) -> float | None:
    """Give the size of the letters in which most of the text is set."""
    sizes: dict[float, int] = {}
    for line in document.lines[:200]:
        if line.size:
            sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=None)


def _score(document: Document, line: TextLine, usual: float | None) -> float:
    following = document.lines[line.index + 1 : line.index + 2]
    single = (line.first or _heads_under_kind(document, line)) and all(after.first for after in following)
    marked = _is_marked(line, usual)
    labelled = _PREFIX.match(line.text)
    score = 2.0 * marked + 1.5 * single + 1.0 * bool(_SUBJECT.match(_PREFIX.sub("", line.text)))
    if _LOWER_WORD.search(line.text):
        score += 1.0
    elif _AGREEMENT.fullmatch(line.text):
        score += 2.0
    elif " " not in line.text:
        score -= 1.0
    if usual and line.size and line.size > usual * 1.3 and not line.style:
        score += 0.5
    if labelled:
        score += 2.5 if _LABEL_OF_SUBJECT.match(line.text) else 2.0
    if _ends_sentence(line.text) and not (marked or labelled or _SUBJECT.match(line.text)):
        score -= 3.0
    if line.text.endswith(":") and following and _POINT.match(following[0].text):
        score -= 3.0
    return score - 1.5 * line.text.endswith(",") - 1.0 * ("\t" in line.text)


def _heads_under_kind(document: Document, line: TextLine) -> bool:
    """Tell the line right under a bare `Notat`."""
    above = document.lines[line.index - 1] if line.index else line
    return above.first and above is not line and _MEMO_ONLY.fullmatch(above.text) is not None


def _is_marked(line: TextLine, usual: float | None) -> bool:
    return line.bold or line.style in ("title", "heading") or bool(usual and line.size and line.size > usual * 1.08)


def _ends_sentence(text: str) -> bool:
    return text.endswith(".") and not _SHORT_WORD.search(text)


def _is_furniture(document: Document, line: TextLine) -> bool:
    """Tell what stands in a head beside the title: sender, address, labels, dates, names."""
    text = line.text
    if (
        section_of(text) is not None
        or len(text) < 6
        or len(text) > 250
        or _KIND_ONLY.fullmatch(text)
        or _NO_TITLE.search(text)
    ):
        return True
    if shapes.is_address(text) or shapes.is_closing(text) or is_date_line(document, line):
        return True
    stripped = _PREFIX.sub("", text)
    if shapes.is_label(stripped) and not _is_subject(text, stripped):
        return True
    if parse(stripped) is not None or (stripped != text and " " not in stripped and _FIGURE.search(stripped)):
        return True
    if _MEETING.search(text):
        return False
    return shapes.is_organisation(text) or _names_person(text) or not any(c.isalpha() for c in stripped)


def _is_subject(text: str, stripped: str) -> bool:
    """Tell words that begin like a label (`Deres klage over …`) from one, `stripped` of the `Vedr.` before them."""
    if stripped == text:
        return bool(_SUBJECT.match(text))
    labelled = _LABEL_OF_SUBJECT.match(text) and not _LABEL_AND_NUMBER.match(stripped)
    return bool(labelled or _SUBJECT.match(_WHOSE.sub("", stripped)))


def _names_person(text: str) -> bool:
    """Tell a recipient's or sender's name, with a title or courtesy before or after it."""
    shown = re.sub(r"^(?:hr\.?|fru|frk\.?|att\.?:?) ", "", text, flags=re.IGNORECASE)
    if shapes.is_person(shown) or shapes.is_person(shown.split(",")[0]):
        return True
    words = shown.split(" ", 1)
    return len(words) == 2 and shapes.read_role(words[0]) is not None and shapes.is_person(words[1])


def _found(document: Document, line: TextLine, rule: str, confidence: float) -> Found[str]:
    """Take a line, and the marked lines before and after it that belong to the same heading."""
    lines = document.lines
    first = last = line.index
    while last - line.index < 2 and last + 1 < len(lines) and _same_heading(document, lines[last], lines[last + 1]):
        last += 1
    while last - line.index < 2 and last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
        last += 1
    while line.index - first < 2 and first and _same_heading(document, lines[first - 1], lines[first]):
        first -= 1
    printed = _DAY_BESIDE.sub("", document.string[lines[first].start : lines[last].end])
    return Found(clean(printed), lines[first].start, lines[last].end, rule, confidence)


def _goes_on(line: TextLine, after: TextLine) -> bool:
    """Tell a subject broken after a comma or `og`, whatever it is set in, and what an agreement is about."""
    if _AGREEMENT.fullmatch(line.text) and _ABOUT.fullmatch(after.text):
        return True
    return (
        not after.first and after.text[0].islower() and line.text.endswith((",", " og", "-")) and len(after.text) < 90
    )


def _same_heading(document: Document, line: TextLine, after: TextLine) -> bool:
    """Tell two lines of one heading: marked alike, and apart by no empty line or in the middle of a sentence."""
    marked = line.bold or line.style in ("title", "heading") or line.size is not None
    if not marked or (line.bold, line.size, line.style) != (after.bold, after.size, after.style):
        return False
    if after.first and not after.text[0].islower():
        return False
    if not (line.bold or line.style) and line.size == _usual_size(document):
        return False
    return not any(_is_furniture(document, one) or shapes.is_prose(one.text) for one in (line, after))


def clean(text: str) -> str:
    """Fold white space; cut the item's number, `Vedr.:`, and a trailing number in brackets."""
    title = fold_spaces(text)
    title = shapes.DURATION.sub("", _NUMBER.sub("", _PREFIX.sub("", title)))
    return _BRACKET.sub("", _NUMBER_BEHIND.sub("", title)).strip(" :;")
