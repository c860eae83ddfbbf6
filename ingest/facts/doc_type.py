"""What kind of paper a document is, from its structure first, then from its head, its title and its wording."""

from __future__ import annotations

import re

from corpus.records import DocType
from corpus.text import fold_spaces
from ingest.facts import shapes
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft, Found
from ingest.facts.head import salutation

_ATTACHMENT = re.compile(r"bilag(?: (?:nr\.? ?)?[0-9]{1,3}[a-z]?)?(?:\s*[-:.].{0,150}| til .{0,120})?")
_ATTACHED_NAME = re.compile(r"bilag[ _-]{0,3}[0-9]")
_MEMO = re.compile(r"(?:orienterings|sags|bag?grunds|faktuelt |intern(?:t)? )?(?:notat|notits|memo)(?:\b.{0,60})?")
_MEMO_ALONE = re.compile(r"(?:orienterings|sags|bag?grunds)?(?:notat|notits)")
_ANSWER_TITLE = re.compile(
    r"(?:^|\b)(?:høringssvar|svar på høring|(?:bemærkninger|kommentarer|indsigelse[r]?"
    r"|ændringsforslag) (?:til|mod|vedr)\b)|s høringssvar|^indsigelse"
    r"|^udtalelse (?:om|til|vedr)(?!.{0,60}(?:klage|aktindsigt|henvendelse|tilsyn))"
    r"|^svar fra [^.]{3,60} (?:til|på|vedr\.?|vedrørende) (?:\w{1,12} )?høring"
)
#: A paper about the answers of others.
_OVER_ANSWERS = re.compile(
    r"(?:hvidbog|behandling|sammenfatning|sammenskrivning|opsamling|gennemgang|resum[eé]|oversigt|vurdering|notat"
    r"|status|orientering|(?:liste|samling|skema)\b)\w{0,12}"
    r"(?: (?:[^.]{0,40} )?(?:over|af|om|på|med|vedr\.|vedrørende) (?:[\wæøå]{1,20} ){0,2}|\s{0,3}[:–-]\s{0,3}"
    r"(?:[\wæøå]{1,20} ){0,2})(?:høringssvar|(?:bemærkninger|indsigelser) (?:til|fra|mod)\b)"
    r"|(?:de )?(?:indkomne|indsendte|modtagne) (?:høringssvar|bemærkninger|indsigelser)"
)
#: A letter to who answered: `Kvittering for høringssvar`.
_TO_ANSWER = re.compile(
    r"(?:kvittering|bekræftelse|tak|takkebrev|svar|besvarelse) (?:for|på|af|vedr\.|vedrørende) (?:modtagelsen? af "
    r"|modtaget )?(?:dit |jeres |deres )?høringssvar|(?:vedr\.|vedrørende|angående|om) (?:dit|jeres|deres) høringssvar"
)
#: A memo may itself be the answer: `Notat: Høringssvar fra Ældrerådet`.
_ANSWER_AS_MEMO = re.compile(r"notat\s{0,3}[:–-]\s{0,3}(?:[\wæøå]{1,20} ){0,2}høringssvar fra ")
_HEARING_TITLE = re.compile(
    r"^(?:(?:offentlig|intern|forudgående|indledende|fornyet|supplerende|ekstern) )?høring(?:en"
    r"|sbrev)?\b(?!ssvar)|i høring\b|^invitation til høring|^(?:nabo|parts)(?:orientering|høring)(?!ssvar)"
    r"|^indkaldelse af (?:ideer|idéer"
    r"|forslag og ideer)"
)
_HEARS = re.compile(
    r"høringssvar(?:ene|et)? (?:bedes|skal|sendes|kan (?:sendes|afgives))|skriftligt høringssvar|sende (?:et "
    r"|jeres )?høringssvar|høringsfristen er|bemærkninger(?:ne)? (?:bedes|skal) (?:sendes|være"
    r"|indsendes)"
    r"|(?:hermed|sendes|udsendes) (?:hermed )?i (?:offentlig |intern )?høring"
)
_ANSWERS = re.compile(
    r"(?:modtaget|henviser til|takker for|tak for|svar på|anledning af|behandlet"
    r"|drøftet) [^.]{0,80}(?:høringsbrev|høringen|i høring|afgive (?:høringssvar|svar|bemærkninger)"
    r"|forslaget)|høringsbrev(?:et)? (?:af|om)"
)
#: `Høringssvar til sag 21/417.`, a sentence by itself.
_ANSWER_LINE = re.compile(
    r"høringssvar (?:til|vedr\.?|vedrørende|om) (?!.*\b(?:sendes|skal|bedes|kan|er|vedlægges|modtages)\b).{3,80}"
)
_ANSWER_HEAD = re.compile(r"høringssvar(?: (?:nr\.? ?)?[0-9]{1,4})?:?")
_MEMO_TITLE = re.compile(
    r"^(?:notat|orientering om|svar på (?:spørgsmål|udvalgsspørgsmål)|redegørelse for|status (?:på|for)"
    r"|gennemgang af|startredegørelse)|\bnotat$"
)
_OTHER_TITLE = re.compile(
    r"^(?:[a-zæøå]{0,25}(?:aftale|kontrakt)|overenskomst|vedtægt"
    r"|forretningsorden|pressemeddelelse|kommissorium|regulativ|årsberetning|årsrapport"
    r"|(?:kompetence|delegations)(?:plan|oversigt)|styrelsesvedtægt|[\wæøå]{0,30}charter)\b|^samarbejdsaftale"
)
_REPORT_TITLE = re.compile(r"^(?:referat|beslutningsprotokol|mødereferat)")
#: The head of a mail that was saved or printed as text.
_MAIL_LABELS = ("fra:", "sendt:", "til:", "emne:")
_AGENDA_TITLE = re.compile(r"^(?:dagsorden|mødeindkaldelse|ekstraordinært møde)")


def find_doc_type(document: Document, draft: Draft) -> None:
    """Name the kind of paper."""
    kind, rule, sure = _judge(document, draft)
    draft.doc_type = Found(kind, 0, 0, rule, sure)


def _judge(document: Document, draft: Draft) -> tuple[DocType, str, float]:
    if document.name.lower().endswith((".eml", ".msg")) or document.media_type in (
        "message/rfc822",
        "application/vnd.ms-outlook",
    ):
        return "email", "media-type", HIGH
    head = [document.lower[line.start : line.end] for line in document.lines[:8] if line.role == "body"]
    if all(any(line.startswith(label) for line in head) for label in _MAIL_LABELS) and head[0].startswith("fra:"):
        return "email", "mail-head", HIGH
    if head and _ATTACHMENT.fullmatch(head[0]) and not draft.paper:
        return "attachment", "first-line", HIGH
    if draft.paper:
        return draft.paper, "structure", HIGH
    return _judge_words(document, draft, head)


def _judge_words(document: Document, draft: Draft, head: list[str]) -> tuple[DocType, str, float]:
    title = draft.title.value.lower() if draft.title else ""
    labelled = _labelled_title(document, draft) or title
    if _is_over_answers(title) or _is_over_answers(labelled):
        return "letter" if salutation(document) else "memo", "about-answers", MIDDLE
    if _TO_ANSWER.match(title) or _TO_ANSWER.match(labelled):
        return "letter", "answers-an-answer", MIDDLE
    if _ANSWER_TITLE.search(title):
        return "hearing_response", "title", HIGH
    if any(_ANSWER_HEAD.fullmatch(line) or _ANSWER_LINE.fullmatch(line) for line in head):
        return "hearing_response", "heading", HIGH
    if any(_MEMO.fullmatch(line) for line in head) or _is_memo_by_margin(document):
        return "memo", "heading", HIGH
    if _HEARING_TITLE.search(title):
        return "hearing", "title", HIGH
    if _REPORT_TITLE.match(title) and salutation(document) is None:
        return "minutes", "title", MIDDLE
    if _AGENDA_TITLE.match(title):
        return "agenda", "title", MIDDLE
    if _OTHER_TITLE.search(title) and not _is_letter(document):
        return "other", "title", MIDDLE
    return _judge_text(document, draft, title)


def _labelled_title(document: Document, draft: Draft) -> str:
    """Give the title as printed, with what stands before its colon (`Notat: Høringssvar om broer`)."""
    return fold_spaces(document.lower[draft.title.start : draft.title.end]) if draft.title else ""


def _is_over_answers(title: str) -> bool:
    return _OVER_ANSWERS.match(title) is not None and not _ANSWER_AS_MEMO.match(title)


def _is_memo_by_margin(document: Document) -> bool:
    """Tell a memo by a line of its letterhead that says no more than that."""
    return any(
        line.role == "margin" and len(line.text) < 25 and _MEMO_ALONE.fullmatch(line.text.lower())
        for line in document.lines
    )


def _judge_text(document: Document, draft: Draft, title: str) -> tuple[DocType, str, float]:
    text = document.lower[:6000]
    speaks = "høring" in text
    asks = (speaks or "bemærkninger" in text) and _HEARS.search(text) and not title.startswith("bemærkninger")
    if asks and (speaks or not _is_letter(document)):
        return "hearing", "asks-for-answers", MIDDLE
    if speaks and _ANSWERS.search(document.lower[:1500]):
        return "hearing_response", "answers-hearing", MIDDLE
    if title.startswith("svar på") and salutation(document):
        return "letter", "answers-whom-it-greets", MIDDLE
    if _MEMO_TITLE.search(title):
        return "memo", "title", MIDDLE
    if _is_letter(document):
        return "letter", "salutation-or-closing", HIGH
    if _ATTACHED_NAME.match(document.name.lower()):
        return "attachment", "file-name", LOW
    if "notat" in text[:3000]:
        return "memo", "word", LOW
    if draft.signatories:
        return "letter", "signed", LOW
    if draft.date and draft.case_numbers:
        return "memo", "no-letter", LOW
    return "other", "nothing", LOW


def _is_letter(document: Document) -> bool:
    return salutation(document) is not None or any(
        shapes.is_closing(line.text) and not line.text.lower().startswith("for ") for line in document.lines
    )
