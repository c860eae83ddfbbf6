"""Whom a paper is addressed to: after `Til` and `Att.:`, in the address block, in a mail's header."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import getaddresses

from ingest.facts import shapes
from ingest.facts.addressees import LONGEST, NOBODY, heads_list, is_list, opens_list, split_parties, without_bullet
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.head import head_lines, is_date_line, salutation

_TO = re.compile(r"(?:til|modtagere?|sendes til)(?::\s*|\s+)(?P<whom>\S.{2,140})", re.IGNORECASE)
#: A label alone above the block of whom a paper is for.
_OPENS_BLOCK = re.compile(r"til[: ]*|(?:bygherre|ansøger)[^\w:]{0,3}:", re.IGNORECASE)
#: Those whom a notice goes to, by what they are to a place: `Ejere og beboere af Havnegade 3-9`.
_NEIGHBOURS = re.compile(
    r"(?:alle |øvrige )?(?:ejere|lodsejere|grundejere|beboere|naboer|lejere|brugere|forældre|husstande)(?!\w)"
    r"[^.:?]{0,90}",
    re.IGNORECASE,
)
_AFTER_TO = re.compile(r"til(?::\s*|\s+)", re.IGNORECASE)
_OPENS_LIST = re.compile(r"til\b|(?:hørings)?parter|modtager|høringsberettigede|interessenter", re.IGNORECASE)
#: A longer line of a list may be broken in the middle of a name.
_FULL_LINE = 55
#: Lines of a recipient's block below `Til`.
_MOST_BELOW = 8
#: Names in a list that stands below its label.
_LONGEST_LIST = 80
#: The subject and the first line of a mail.
_MAIL_HEAD = 2
_ATT = re.compile(r"(?:att\.?|attention)\s*:?\s*(?P<whom>[^\d@]{3,70})", re.IGNORECASE)
_DAY = re.compile(
    r"(?:[a-zæøå]{2,20}, ?)?(?:[a-zæøå]{3,5}dag )?(?:den |d\. ?)?"
    r"[0-9]{1,2}[./-] ?(?:[0-9]{1,2}[./-]|[a-zæøå]{3,9}\.?) ?(?:[0-9]{2}){1,2}\.?",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"^(?:hr\.?|fru|frk\.?|kære|att\.?:?|m(?:rs?|s)\.?) ", re.IGNORECASE)
#: What a paper is called (`Ansættelsesbrev`, `TILSYNSRAPPORT`), and no party is.
_KIND = re.compile(
    r"(?:[a-zæøå]{0,25}(?:rapport|brev|notat|tilladelse|afgørelse|kontrakt|aftale|erklæring|meddelelse|redegørelse|påbud"
    r"|varsel|ansøgning|referat|indkaldelse|invitation|orientering|bekræftelse|kvittering|opgørelse|svar)"
    r"|dagsorden|indstilling|beslutning(?:sprotokol)?|bilag|klage|udbud|høring)(?: nr\.? ?[0-9]{1,4})?:?",
    re.IGNORECASE,
)
#: `Haveforeningen Lunden v/ formand Bo Ås` names two.
_CARE = re.compile(r"(?:^|,? )(?:v/|c/o) ?(?:[a-zæøå]{4,20} )?(?=[A-ZÆØÅ])")
#: Authorities that head a block of their own; an office under one goes on with its block.
_AUTHORITY = re.compile(
    r"(?:udvalget|udvalg|forvaltningen|rådet|ministeriet|styrelsen|kommune|byråd|magistraten|repræsentationen|notat)$"
)


#: Who is asked for an answer, and is seldom a sender of letters about it.
_HEARD = re.compile(
    r"(?:råd(?:et|ene)?|bestyrelse(?:n|r|rne)?|forening(?:en|er|erne)?|organisationer|forbund(?:et)?|klub(?:ben)?"
    r"|skole(?:n|r|rne)?|naboer)(?!\w)"
)
_SENDS = re.compile(
    r"(?:kommune|forvaltningen|(?<!\w)afdeling|afdelingen|sekretariatet|byrådet|udvalget)$|^(?:center for|city of) "
)
_GREETS_AUTHORITY = re.compile(
    r"(?:kære|hej|til|goddag|ærede) (?:rette|alle|kommune|udvalg|byråd|forvaltning|medlemmer|politiker)", re.IGNORECASE
)


def find_recipients(document: Document, draft: Draft) -> None:
    """Find the recipients as printed, without address lines."""
    if document.is_mail:
        draft.recipients = _mail_recipients(document)
        return
    head = _head(document)
    draft.recipients = _after_to(document, draft, head)
    if draft.recipients or draft.paper or (draft.doc_type and draft.doc_type.value == "attachment"):
        return
    if group := _neighbours(draft, head):
        draft.recipients = [group]
        return
    block = _address_block(document, draft, head)
    draft.recipients = [found for line in block for found in _name_of(line)]


def _neighbours(draft: Draft, head: list[TextLine]) -> Found[str] | None:
    """Find the line above the title that addresses neighbours, owners or users together."""
    above = [line for line in head if draft.title and line.end <= draft.title.start]
    line = next((line for line in above if line.first and _NEIGHBOURS.fullmatch(line.text)), None)
    return Found(line.text, line.start, line.end, "neighbours", MIDDLE) if line else None


def _mail_recipients(document: Document) -> list[Found[str]]:
    """Take the names of the header; where it has addresses only, whom the mail's first line is to (`Til …`)."""
    sent = [value for key, value in document.meta if key.lower() == "to"]
    parsed = getaddresses(sent)
    names = [name or address for name, address in parsed]
    if not any(name for name, _ in parsed):
        for line in document.lines[:_MAIL_HEAD]:
            if to := _to_line(line):
                start = line.start + to.start("whom")
                return [Found(name, start, line.end, "to-line", HIGH) for name in split_parties(to["whom"])]
    return [Found(name.strip(" '\""), 0, 0, "mail-header", HIGH) for name in names if name]


def _head(document: Document) -> list[TextLine]:
    return [_without_asides(line) for line in head_lines(document) if line.index < 30]


def _without_asides(line: TextLine) -> TextLine:
    """Leave out the day and labels that share a row with a party (`Bo Ås⇥3. maj 2018`)."""
    first, *others = line.text.split("\t")
    if not others or shapes.is_label(first) or not all(_is_aside(cell) for cell in others):
        return line
    shown = first.rstrip()
    return replace(line, text=shown, end=line.start + len(shown))


def _is_aside(cell: str) -> bool:
    shown = cell.strip()
    return not shown or _DAY.fullmatch(shown) is not None or (shapes.is_label(shown) and not _ATT.match(shown))


def _after_to(document: Document, draft: Draft, head: list[TextLine]) -> list[Found[str]]:
    found: list[Found[str]] = []
    for line in (*head, *document.lines[len(head) : len(head) + 1]):
        if heads_list(line.text):
            below = _same_block(document, line, most=_LONGEST_LIST)
            found += [name for one in below if not _is_title(draft, line, one) for name in _name_of(one)]
        elif _OPENS_BLOCK.fullmatch(line.text) and not (draft.paper and draft.paper != "decision"):
            found += [name for below in _same_block(document, line) for name in _name_of(below)]
        elif is_list(whole := _whole_list(document, line)):
            start, end = line.start, line.start + len(whole)
            found += [Found(name, start, end, "to-list", HIGH) for name in split_parties(_AFTER_TO.sub("", whole))]
        elif (match := _to_line(line)) is not None:
            start = line.start + match.start("whom")
            parties = [name for party in split_parties(match["whom"]) for name in _with_person(party)]
            found += [Found(name, start, line.end, "to-line", HIGH) for name in parties]
            below = [one for one in _same_block(document, line) if not _is_title(draft, line, one)]
            found += [name for one in _going_on(below) for name in _name_of(one)]
    return found


def _going_on(block: list[TextLine]) -> list[TextLine]:
    """Give those who get a paper at the party named above: persons, and an office that they or an address follow."""
    persons = [at for at, line in enumerate(block) if _ATT.match(line.text) or _CARE.match(line.text)]
    ends = [at for at, line in enumerate(block) if shapes.is_address(line.text)] + persons
    offices = [
        at
        for at, line in enumerate(block[: max(ends, default=0)])
        if not line.first and at not in ends and shapes.is_organisation(line.text)
    ]
    return [block[at] for at in sorted({*offices, *persons})]


def _is_title(draft: Draft, label: TextLine, line: TextLine) -> bool:
    """Tell whether a line under a label is the title, or stands after it."""
    return draft.title is not None and label.start < draft.title.start <= line.start


def _to_line(line: TextLine) -> re.Match[str] | None:
    """Match a line `Til …` that names somebody."""
    match = _TO.fullmatch(line.text)
    names = match and not NOBODY.match(match["whom"]) and not line.text.endswith((".", ":")) and len(line.text) < 140
    return match if names else None


def _whole_list(document: Document, line: TextLine) -> str:
    """Give a list of parties that goes on below, after a comma or `og` or a full line, as one line."""
    whole, last = line.text, line
    if not (_OPENS_LIST.match(whole) and opens_list(whole)):
        return whole
    for after in document.lines[line.index + 1 :]:
        broken = last.text.endswith((",", ":", " og", ";")) or len(last.text) > _FULL_LINE
        if after.first or not broken or len(whole) > LONGEST or shapes.is_label(after.text):
            break
        whole, last = f"{whole} {after.text}", after
    return whole


def _same_block(document: Document, line: TextLine, *, most: int = _MOST_BELOW) -> list[TextLine]:
    """Give the lines under one that belong to it, at most `most`: its paragraph's, or names set as paragraphs."""
    below: list[TextLine] = []
    loose = document.lines[line.index + 1].first if line.index + 1 < len(document.lines) else False
    bold = (
        document.lines[line.index + 1].bold
        if most > _MOST_BELOW and line.index + 1 < len(document.lines)
        else line.bold
    )
    for printed in document.lines[line.index + 1 : line.index + 1 + most]:
        after = _without_bullet(printed)
        if (after.first and not loose) or after.style in ("heading", "title") or after.bold != bold:
            break
        if is_date_line(document, after) or not (
            _is_party(after.text) or (not loose and not shapes.is_label(after.text))
        ):
            break
        below.append(after)
    return below


def _without_bullet(line: TextLine) -> TextLine:
    shown = without_bullet(line.text)
    return line if shown == line.text else replace(line, text=shown, start=line.end - len(shown))


def _address_block(document: Document, draft: Draft, head: list[TextLine]) -> list[TextLine]:
    """Choose the block of the head that is the recipient's: the last of several (the sender's stands first)."""
    blocks = _blocks(document, draft, head)
    if len(blocks) > 1:
        greeted = [block for block in blocks if _greets(document, block)]
        return greeted[0] if len(greeted) == 1 else _last_addressed(blocks)
    if not blocks:
        return []
    block = blocks[0]
    if _is_sender(document, block):
        return []
    addressed = any(shapes.is_address(line.text) or _ATT.match(line.text) for line in block)
    if addressed or _greets(document, block) or _is_answer(draft) or _is_memo_to_body(draft, block):
        return block
    if draft.doc_type and draft.doc_type.value == "hearing" and _lists_parties(draft, block):
        return block
    return []


def _is_sender(document: Document, block: list[TextLine]) -> bool:
    """Tell an authority's own block, where the letter greets somebody else."""
    if not _SENDS.search(block[0].text.lower()) or _greets(document, block):
        return False
    greeting = salutation(document)
    return greeting is not None and not _GREETS_AUTHORITY.match(greeting.text)


def _last_addressed(blocks: list[list[TextLine]]) -> list[TextLine]:
    """Give the block with `Att.`, else the last; an office behind two blocks with addresses handles the case."""
    attended = [block for block in blocks if any(_ATT.match(line.text) for line in block)]
    if attended:
        return attended[-1]
    addressed = [block for block in blocks if any(shapes.is_address(line.text) for line in block)]
    if len(addressed) > 1 and addressed[-1] is not blocks[-1]:
        office = all(shapes.is_organisation(line.text) or len(line.text.split()) == 1 for line in blocks[-1])
        return addressed[-1] if office else blocks[-1]
    return blocks[-1]


def _is_answer(draft: Draft) -> bool:
    return draft.doc_type is not None and draft.doc_type.value == "hearing_response"


def _lists_parties(draft: Draft, block: list[TextLine]) -> bool:
    """Tell several parties one under the other above the title, none of which sends the paper."""
    above = draft.title is not None and block[-1].end <= draft.title.start
    return above and len(block) > 1 and all(_HEARD.search(line.text.lower()) for line in block)


def _is_memo_to_body(draft: Draft, block: list[TextLine]) -> bool:
    text = block[0].text.lower()
    return (
        draft.doc_type is not None
        and draft.doc_type.value == "memo"
        and len(block) == 1
        and text.endswith(("udvalget", "udvalg", "rådet"))
    )


def _blocks(document: Document, draft: Draft, head: list[TextLine]) -> list[list[TextLine]]:
    """Cut the head into blocks of names and addresses; title, dates and labels part them."""
    title = draft.title
    blocks: list[list[TextLine]] = []
    fresh = True
    loose = all(line.first for line in head)
    for line in head:
        titled = title is not None and title.start <= line.start < title.end
        if titled or is_date_line(document, line) or not (_is_party(line.text) or _heads_address(document, line)):
            fresh = True
        elif fresh or (_begins_block(blocks[-1], line) if loose else line.first):
            blocks.append([line])
            fresh = False
        else:
            blocks[-1].append(line)
    return [block for block in blocks if not all(shapes.is_address(line.text) for line in block)]


def _begins_block(block: list[TextLine], line: TextLine) -> bool:
    """Tell a new block where every line is a paragraph of its own: a name after an address, or after an office."""
    before = block[-1].text
    if shapes.is_address(line.text) or _ATT.match(line.text):
        return False
    if shapes.is_address(before) or _ATT.match(before):
        return True
    if _AUTHORITY.search(line.text.lower()):
        return True
    return _is_people(_COURTESY.sub("", line.text)) and shapes.is_organisation(before)


def _heads_address(document: Document, line: TextLine) -> bool:
    """Tell whether an address or `Att.` stands under a line, in the same paragraph."""
    below = document.lines[line.index + 1 : line.index + 2]
    return line.first and any(
        not after.first and (shapes.is_address(after.text) or _ATT.match(after.text)) for after in below
    )


def _is_party(text: str) -> bool:
    """Tell a line of a sender's or recipient's block."""
    if shapes.is_address(text) or shapes.is_organisation(text) or _ATT.match(text):
        return True
    if shapes.is_label(text) or _KIND.fullmatch(text) or ": " in text or _is_person_with_role(text):
        return False
    shown = _COURTESY.sub("", text)
    if len(shown) > 70 or text.endswith((".", ":", "?")):
        return False
    return (
        _is_people(shown)
        or shapes.read_role(shown) is not None
        or all(word[:1].isupper() or len(word) < 4 for word in shown.split())
    )


def _is_person_with_role(text: str) -> bool:
    """Tell a row of a table that says who handles the case (`Byggesagsbehandler⇥Bo Ås`)."""
    first, tab, _ = text.partition("\t")
    return bool(tab) and shapes.read_role(first) is not None


def _is_people(text: str) -> bool:
    """Tell a name, two names joined, a name with a title or `MB`."""
    if shapes.is_person(text) or shapes.is_person(text.split(",")[0]):
        return True
    one, og, other = text.partition(" og ")
    return bool(og) and shapes.is_person(other) and one[:1].isupper()


def _greets(document: Document, block: list[TextLine]) -> bool:
    """Tell whether the salutation names someone of the block."""
    greeting = salutation(document)
    if greeting is None:
        return False
    if greeting.text.lower().startswith("til rette vedkommende"):
        return True
    words = set(re.findall(r"\w{3,}", greeting.text.lower())) - {"kære", "hej", "alle", "dear"}
    return bool(words & set(re.findall(r"\w{3,}", " ".join(line.text for line in block).lower())))


def _name_of(line: TextLine) -> list[Found[str]]:
    """Give the name on a line of the block; nothing for an address."""
    if shapes.is_address(line.text) or re.fullmatch(r"borgmesteren|direktionen|sekretariatet", line.text.lower()):
        return []
    attention = _ATT.match(line.text)
    shown = attention["whom"] if attention else line.text
    name = _COURTESY.sub("", shown.strip(" ,;"))
    rule, sure = ("attention", HIGH) if attention else ("address-block", MIDDLE)
    return [_found(line, one, rule, sure) for one in _with_person(name)]


def _with_person(name: str) -> list[str]:
    """Part a party from the person at whom it is reached (`Ejerforeningen Lunden v/ formand Bo Ås`)."""
    names = _CARE.split(name)
    names = names if len(names) > 1 and shapes.is_person(names[-1]) else [name]
    return [one.strip(" ,") for one in names if one]


def _found(line: TextLine, name: str, rule: str, sure: float) -> Found[str]:
    start = line.start + max(0, line.text.find(name))
    return Found(name, start, start + len(name), rule, sure if len(name) > 2 else LOW)
