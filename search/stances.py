"""What an answer to a hearing says: from whom it is, and whether it is for the proposal, against it, or has remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.papers import Paper
from corpus.records import Facts, Record
from corpus.text import fold_spaces
from search.passages import sentence

Stance = Literal["for", "against", "remarks", "none"]

#: The subject of a mail that is an answer.
_MAILED = re.compile(
    r"(?:(?:vs|sv|fw|fwd|re): )*(?:høringssvar(?!ene\b)|(?:indsigelse|bemærkning|protest)(?:er)? (?:mod|til|vedr)"
    r"|svar (?:på|til) høring)",
    re.IGNORECASE,
)
#: So many lines make the head of a letter.
_HEAD = 10
#: Shorter sentences are headings.
SHORTEST = 12
#: A sender names itself within so many characters after the title.
_OPENING = 1500
#: So many sentences of an answer are quoted.
QUOTES = 3
_ORGANISATION = re.compile(
    r"(?:forening|udvalg|råd|laug|lav|selskab|museum|bestyrelse|region|klub|kirke|politi|skole|havn|kreds|netværk|fond|"
    r"styrelse|ministeri|forbund|forum|kommune|sogn|institution|børnehus|børnehave|center|virksomhed|stift|samråd|union|"
    r"gruppe)(?:[bmnks]?(?:s|en|et|er|erne|n|rne|ne|um|umet))?(?!\w)"
)
#: `Havnegade 4`, `2400 København NV`.
_STREET = re.compile(r"(?:gade|vej|allé|plads|stræde|torv|vang|vænge|boulevard|kaj)(?:en|et)? \d|^\d{4} ")
_NAME = r"[A-ZÆØÅ][\wæøåé&.'’-]*(?: (?:og|i|på|ved|for|af|[A-ZÆØÅ0-9&][\wæøåé&.'’-]*)){0,7}"
#: `Høringssvar fra Fjordby Museum`, `Vesterbro Lokaludvalgs svar på …`.
_TITLES = (
    re.compile(
        rf"(?:svar|bemærkninger|udtalelse|indsigelse|kommentarer)(?: til [^,]{{0,60}})? fra "
        rf"((?:[a-zæøå]{{4,30}} (?:på|i|ved|for|af) )?{_NAME})"
    ),
    re.compile(rf"^({_NAME})s (?:høringssvar|svar|bemærkninger|udtalelse|indsigelse)(?!\w)"),
)
#: The sender as the subject of the first sentences: `Foreningen Byens Træer har læst …`.
_OPENS = re.compile(
    rf"(?:^|[.\n] ?)({_NAME}) (?:har (?:\S+ ){{0,4}}?(?:modtaget|læst|behandlet|drøftet|gennemgået)"
    r"|takker|støtter|bakker|kvitterer|fremsender|afgiver|ønsker|vil gerne|er glad|hilser|skal hermed)(?!\w)"
)
#: `Hermed fremsendes Fjordby Kommunes bemærkninger`.
_SENDS = re.compile(rf"(?:fremsendes|følger|fremsender) ({_NAME})s (?:høringssvar|svar|bemærkninger|udtalelse)(?!\w)")
#: What a sender can or cannot do with a proposal.
_BACK = (
    r"støtte|anbefale|tiltræde|tilslutte (?:os|sig)(?! (?:\w+ )?(?:\w{0,20}varme|kloak|vandforsyning|spildevand))"
    r"|bakke op|bakke (?:forslaget|planen) op|gå ind for"
)
_STANCES: tuple[tuple[Stance, re.Pattern[str]], ...] = tuple(
    (stance, re.compile(rf"(?<!\w)(?:{words})(?!\w)"))  # type: ignore[misc]
    for stance, words in (
        (
            "none",
            r"(?:har|havde|haft) (?:\w+ )?(?:ingen|ikke) (?:nogen |yderligere )?(?:bemærkninger|kommentarer)"
            r"|ingen (?:indvendinger|indsigelser?|kommentarer|bemærkninger)|afstår fra at (?:svare|afgive)"
            r"|ønsker ikke at afgive|(?:ikke|intet) (?:noget )?(?:imod|at indvende)|ikke (?:uenige?|modstandere?)"
            r"|modsætter (?:os|sig) ikke|hverken (?:være )?for eller imod"
            r"|hverken (?:støtte|anbefale|tilslutte (?:os|sig)) eller (?:afvise|forkaste|modsætte|fraråde)",
        ),
        (
            "against",
            r"(?:er|stiller (?:os|sig)) (?!ikke |hverken )(?:\w+ )?(?:imod|modstandere? af)|protesterer(?! ikke)"
            r"|gør indsigelse|(?<!ingen )(?<!ikke )indsigelse mod"
            r"|kan (?:(?!ikke|hverken)\w+ ){0,4}(?:ikke|hverken) (?:\w+ )?"
            rf"(?:{_BACK}|bakke|acceptere)(?! (?:(?:os|sig) )?eller (?:afvise|forkaste|modsætte|fraråde))"
            r"|støtter ikke|fraråder|tilslutter (?:os|sig) (?:\w+ )?ikke|går (?:\w+ )?ikke ind for"
            r"|er (?!ikke )(?:\w+ )?uenige?|er (?:\w+ )?ikke (?:\w+ )?enige?|bakker ikke op|tager afstand"
            r"|modsætter (?:os|sig)(?! ikke)|opfordrer (?:\w+ )?til at (?:afvise|forkaste|opgive)"
            r"|bør (?:opgives|forkastes|droppes)",
        ),
        (
            "for",
            r"støtter(?! ikke)|bakker (?:(?!ikke)\w+ )?op|hilser(?: \S+){1,6} velkommen(?:t)?"
            r"|tilslutter (?:os|sig)(?! (?:\w+ )?ikke)|går (?:(?!ikke)\w+ )?ind for"
            r"|er (?:meget |overvejende |generelt )?(?:glade?|positive?|enige?|tilfredse?)|ser positivt"
            rf"|kan (?:(?:vi|jeg|derfor|således|også|fuldt ud|godt|klart|varmt|helt|i princippet) ){{0,3}}(?:{_BACK})"
            r"|roser|finder (?:det|forslaget|planen) (?:meget )?(?:positivt|godt|fornuftigt)",
        ),
        (
            "remarks",
            r"foreslår|ønsker|savner|opfordrer|anbefaler|bekymrede?|utrygge?|forbehold|anmoder|beder om|bør|peger på"
            r"|gør opmærksom på|bemærkninger",
        ),
    )
)
#: What stands before a sender's name on its line, and what follows it.
_FROM = re.compile(r"^(?:fra|afsender|indsendt af|høringspart)\s{0,3}:\s{0,3}", re.IGNORECASE)
_ADDRESS = re.compile(r", | v/ ?| att\.")
#: Words of headings and labels, and addresses.
_NO_NAME = re.compile(rf"høring|vedr|sagsnr|forslag|{_STREET.pattern}")
_PRONOUNS = ("vi", "jeg", "det", "der", "som", "på", "i", "hermed", "undertegnede")
_NO_SENDER = re.compile(r"til |att|høring|kære|på .{3,60} vegne|med venlig|venlig|bilag|vedlagt|kopi|cc")
#: Sentences of these subjects are not the sender's own stand.
_OTHERS = re.compile(
    r"(?<!\w)(?:forvaltningen|kommunen|udvalgets flertal|nogle|andre|de fleste) (?:støtter|ønsker|foreslår)"
)
#: Courtesies that are no stand: `Vi er glade for muligheden for at svare`.
_COURTESY = re.compile(
    r"(?:glade?|tak\w*|muligheden) for (?:\w+ )?(?:muligheden|at (?:kunne )?(?:svare|udtale|kommentere|afgive|komme))"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer, its page, and what it is."""

    stance: Stance
    quote: str
    page: int


def is_answer(paper: Paper) -> bool:
    """Tell an answer, also one that is written as a mail and says in its subject what it is."""
    mailed = paper.doc_type == "email" and _MAILED.match(paper.title or "")
    return paper.doc_type == "hearing_response" or bool(mailed)


def read_stances(record: Record) -> tuple[Said, ...]:
    """Give the sentences in which an answer takes a stand, in the order of the text; each once for each stand."""
    text = record.text.string
    start = _body_start(text, record.facts)
    lower = text.lower()
    found: dict[tuple[str, Stance], Said] = {}
    quoted: set[str] = set()
    hits = sorted(
        (match.start(), rank, stance, match)
        for rank, (stance, pattern) in enumerate(_STANCES)
        for match in pattern.finditer(lower, start)
    )
    for at, _, stance, match in hits:
        said = sentence(text, at, match.end())
        folded = said.lower()
        if (said in quoted and stance == "remarks") or _OTHERS.search(folded) or _COURTESY.search(folded):
            continue
        if len(said) >= SHORTEST:
            found.setdefault((said, stance), Said(stance, said, record.text.page_at(at)))
            quoted.add(said)
    return tuple(found.values())


def stance_of(said: tuple[Said, ...]) -> Stance | None:
    """Give the stand of an answer: for or against where it says only one of them, else remarks."""
    stances = {each.stance for each in said}
    if {"for", "against"} <= stances:
        return "remarks"
    order: tuple[Stance, ...] = ("against", "for", "none", "remarks")
    return next((stance for stance in order if stance in stances), None)


def telling(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Give the sentences that say most: the stand first, then the remarks."""
    ranked = sorted(said, key=lambda each: (each.stance in ("remarks", "none"), each.quote.endswith(":")))
    return tuple({each.quote: each for each in reversed(ranked)}.values())[::-1][:QUOTES]


def sender_of(record: Record) -> str | None:
    """Give who sent an answer: by its title, its first lines, its first sentence, its last lines, its signatory."""
    facts, text = record.facts, record.text.string
    lines = [fold_spaces(line) for line in text.splitlines() if line.strip()]
    for line in (facts.title or "", *lines[:_HEAD]):
        for pattern in _TITLES if len(line) <= 120 else ():
            if match := pattern.search(line):
                return match.group(1)
    if head := next(_organisations(lines[:4], facts), None):
        return head
    start = _body_start(text, facts)
    opened = _SENDS.search(text, start, start + _OPENING) or _OPENS.search(text, start, start + _OPENING)
    if opened and opened.group(1).split()[0].lower() not in _PRONOUNS:
        return opened.group(1)
    if foot := next(_organisations(lines[-12:], facts), None):
        return foot
    return facts.signatories[0].name if facts.signatories else None


def _organisations(lines: list[str], facts: Facts) -> Iterator[str]:
    """Yield the lines that name an organisation and are neither the addressee nor the title."""
    addressed = {fold_spaces(name).casefold() for name in facts.recipients}
    title = fold_spaces(facts.title or "").casefold()
    for whole_line in lines:
        line = _ADDRESS.split(_FROM.sub("", whole_line))[0]
        folded = line.casefold()
        whole = len(line) <= 70 and line[:1].isupper() and not line.endswith((".", ":", ",")) and "@" not in line
        if not whole or whole_line.endswith(".") or folded in addressed or folded == title or _NO_SENDER.match(folded):
            continue
        if _ORGANISATION.search(folded) and not _NO_NAME.search(folded):
            yield line


def _body_start(text: str, facts: Facts) -> int:
    """Give where the letter itself begins: after its title, where that stands in the text."""
    at = text.find(facts.title) if facts.title else -1
    return at + len(facts.title or "") if at >= 0 else 0
