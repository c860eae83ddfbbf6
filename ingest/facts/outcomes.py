"""What a body decided: the decision word and the sentence it stands in.

The words are those of FORMATS: the first sentence with one decides, `Drøftet` only where no other follows; what is
said of an amendment, a vote or a person's reservation is not the decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Outcome

#: What an authority gives or refuses.
_PERMIT = r"(?:\w{3,20})?(?:dispensation|tilladelse|godkendelse|samtykke|bevilling)(?:en)?"
_NOT = r"(?:ikke|ej)(?: \w+){0,2} "
#: `godkendte ikke`, `vedtog derfor ikke`; what begins another clause (`godkendt dog ikke pkt. 3`) negates nothing.
_NOT_AFTER = (
    r"(?: (?!(?:dog|men|og|idet|at|som|da|hvis|når|fordi|mens|hvor|bortset)\b)\w+){0,2} (?:ikke|ej)(?!\w)"
    r"(?! (?:alene|blot|kun|bare|mindst)\b)"
)
#: `fremsendes til byrådet med anbefaling` sends the matter on and recommends it.
_NO_SUPPORT = r"(?!(?: [^\s.]{1,30}){0,6} med (?:\w{1,20} )?anbefaling)"
#: In the order in which they are tried at one place; the leftmost match of a sentence wins.
_WORDS: tuple[tuple[Outcome, str], ...] = (
    (
        "rejected",
        rf"{_NOT}(?:vedtag\w+|godkend\w+|imødekomm\w+|tiltr[æå]d\w+|anbefal\w+|følge\w*|fulgt|gives|givet|bevilge\w*"
        r"|accepter\w+|støtte\w*|tilslutte sig)"
        r"|(?:vedt(?:og|ager|ages)|godkend(?:te|tes|er|es)|imødekom(?:mer|mes)?|tiltr(?:ådte|ådtes|æder|ædes)"
        r"|anbefal(?:er|ede|es|edes)|indstill(?:er|ede|es)|fulgte|følge[rs]|bevilge(?:r|de|s|des)"
        rf"|accepter(?:er|ede|es)|støtte(?:r|de|s)|tilslutte(?:r|de) sig){_NOT_AFTER}"
        r"|(?:gives?|gav|meddele[rs]|meddelte|ydes)(?: (?:dermed|derfor|således|herefter))? (?:ikke|ej)"
        rf"(?=\W*$|,| til (?!at)| (?:\w{{2,12}} )?(?:{_PERMIT}|tilskud|støtte)(?!\w))"
        r"|(?:t(?:og|ager) (?:\w+ ){0,2}ikke|ikke tage[ts]?)(?: \S+){0,8}? til (?:efterretning|orientering)"
        r"|forkast\w+|nedstemt\w*|afvist\w*|afvises|afviste|afslået|afslås|afslog|forslaget(?: \w+){0,2} fald\w*"
        r"|bortfalder med|(?:der|her)med (?:er )?bortfald\w+"
        r"|(?:giver?|gav|gives|meddele[rs]|meddelte?|fik|får)(?: \w+){0,2} afslag|afslag(?!\w)",
    ),
    (
        "withdrawn",
        r"udgik\b|udgår\b|udgået\b|t[ao]ge[st]? (?:\w+ )?af dagsorden\w*|taget af(?:\W|$)|trukket(?: tilbage)?"
        r"|trækkes tilbage"
        r"|(?<=sagen )trækkes(?!\w)|(?<=punktet )trækkes(?!\w)|(?<=forslaget )trækkes(?!\w)"
        r"|frafald\w*|bortfald\w*|tilbagetrukket|trak (?:\w+ )?(?:forslaget|sagen|punktet|indstillingen)? ?tilbage",
    ),
    (
        "postponed",
        r"udsat\b|udsætte[sr]?\b|udsatte|udsættelse|udskudt|udskydes|udskyder|udskød|genoptage[rs]\b"
        r"|overføres til næste møde",
    ),
    (
        "referred",
        rf"oversend\w*(?!\w){_NO_SUPPORT}"
        r"|hjem(?:vi[st]|send)\w*|^tilbage til \w|henvi(?:st|ses|ste|ser)(?: \w+){0,2} til|tilbagesend\w*|tilbagevis\w*"
        r"|send(?:es|t|te|er|e)(?: \S+){0,6}? (?:i|ud i)(?: \w+){0,2} høring|i(?: \w+){0,2} høring\b"
        r"|send(?:es|t|te|er|e)(?: \S+){0,4}? (?:tilbage|videre)(?: til)?"
        rf"|videresend\w*(?!\w){_NO_SUPPORT}"
        r"|send(?:es|t|te)(?: \w+){0,2} til \w+"
        r"|overgå(?:r|s|et) til|sættes på dagsordenen",
    ),
    (
        "noted",
        r"t(?:age[st]?|og|ager)(?: \S+){0,12}? (?:til (?:efterretning|orientering)|ad notam)|til efterretning"
        r"|til orientering|^efterretning(?=\W*$)"
        r"|orientering(?:en)? (?:blev )?(?:givet|taget)|^orienteret\b|taget ad notam",
    ),
    (
        "recommended",
        rf"(?:frem|over|videre)send(?:es|t|er|te)(?!\w)(?!{_NO_SUPPORT})"
        r"|(?:kan(?: (?!ikke|ej)\w{2,12})?|enighed om at) anbefale(?!\w)"
        r"|anbefal(?:es|et|ede|er)\b|indstilles\b|indstill(?:er|ede)(?: \S+){0,3}? (?:til|over for|overfor)\b"
        r"|(?:udvalg\w*|rådet|bestyrelsen) indstill(?:er|ede)\b|tilråde[rs]"
        r"|(?<!forvaltningen )(?<!forvaltning )(?<!administrationen )(?<!direktionen )indstill(?:er|ede),? at\b",
    ),
    (
        "approved",
        r"godkend(?:t|te|tes|es|er)\b|tiltr[åæ]d(?:t|te|tes|es|er|t)?\b|tiltrådt\w*|vedta(?:get|ges|ger|gne)\b"
        r"|vedtog\w*"
        r"|følges\b|følger\b|fulgt\b|bevilge(?:t|de|r|s|des)\b|imødekom(?:mes|met|mer|)\b|meddel(?:es|t|te)\b"
        r"|udpege(?:t|de|s|r)\b"
        r"|(?:gen)?valgt(?:e|es)?\b|accepter\w+|bekræft\w+|^som indstillet|som indstillet\b|underskrevet\b"
        rf"|givet\b|gives\b|meddeler (?:(?!ikke|at)\w{{2,12}} )?{_PERMIT}(?!\w)"
        r"|^i henhold til (?:\w{3,30} )?indstilling(?:en)?(?=\W*$)"
        r"|(?:kan(?: (?!ikke|ej)\w{2,12})?|enighed om at) (?:tiltræde|godkende|vedtage|støtte|imødekomme|følge)(?!\w)"
        r"|enige?t? i (?:indstilling|forslag)\w*|bakke(?:r|de) op om\b|^som (?:\w{3,30} )?indstilling(?:en)?(?=\W*$)"
        r"|^ok(?=\W*$)|iværksæt\w+|igangsæt\w+",
    ),
)
_DISCUSSED = re.compile(
    r"drøft(?:et|ede|es|er|edes)\b|debatter(?:et|ede|es)\b|behandlede\b|temadrøftelse\w*", re.IGNORECASE
)
_ORIENTED = re.compile(r"\borientere(?:de|t|s)\b", re.IGNORECASE)
_DECIDED = re.compile(r"\bbeslutte(?:de|t)\b|\bbeslutter\b|\bafgjorde\b|\bafgjort\b|\bfastsatte?\b", re.IGNORECASE)
_RULES = tuple((outcome, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for outcome, words in _WORDS)
#: `blev ikke udsat`, `oversendes ikke`: what was not done is no outcome.
_NEGATES = re.compile(r"(?<!\w)(?:ikke|ej)(?: \w+)? $", re.IGNORECASE)
_NEGATED = re.compile(_NOT_AFTER, re.IGNORECASE)
_NEGATED_WITHIN = re.compile(r"\w+(?: \w+){0,2} (?:ikke|ej) ", re.IGNORECASE)
#: What such a sentence says is not the decision.
_ASIDE = re.compile(
    r"^(?:et |venstres |[\w ]{0,20}|(?:et )?af [\w ,()-]{1,60}(?:stillet|fremsat) )?(?:under)?ændringsforslag"
    r"|^(?:for|imod|mod|hverken for eller imod)(?: \w+)? stemte"
    r"|^undlod|undlod at stemme\.?$|\bprotokol|til(?:ført)? protokol|mindretalsudtalelse|tog forbehold\.?$"
    r"|^fraværende|^afbud|^inhabil"
    r"|forlod (?:lokalet|mødet)|deltog ikke|sat til afstemning|^der blev stemt om",
    re.IGNORECASE,
)
#: From a recommending verb to what is recommended, past whom it goes to: `indstiller over for Byrådet, at`, `anbefales
#: afvist`. What only adds something (`anbefales med den bemærkning, at`) leads nowhere.
_RECOMMENDS = re.compile(
    r"(?<!\w)(?:anbefal|indstil|tilråde)\w*"
    r"(?P<clause>(?: (?!(?:med|dog|idet|under|efter|uden|mod|fordi|da|men|af|hvis|at|ikke|ej)\b)[\w-]+){0,9},?"
    r"(?: \(?[1-9a-z][.):])? at (?P<said>[^;:]{0,400}))?"
    r"(?P<bare>(?: til)? (?:afvist|forkastet|nedstemt|afslået|afslag)(?!\w))?",
    re.IGNORECASE,
)
#: What follows is a reason or a condition, and decides nothing.
_REASON = re.compile(
    r",? (?:da|idet|fordi|eftersom|men|medmindre|hvis|før|indtil|selv om|hvorefter|hvilket|som|der)\b", re.IGNORECASE
)
#: What is refused along with a matter that is not.
_OBJECTION = re.compile(r"indsigels|høringssvar|klage|ændringsforslag|bemærkning|protest|forbehold", re.IGNORECASE)
#: Of a proposal, only behind `at`: elsewhere these verbs say what is done about it.
_NOT_DONE = re.compile(
    r"(?<!\w)(?:ikke|ej)(?: \w+){0,4} (?:gennemføres|fremmes|nyder fremme|iværksættes|igangsættes|realiseres|etableres"
    r"|opføres|efterkommes|meddeles|tillades|ydes|indføres|ændres)(?!\w)"
    r"|(?<!\w)(?<!ikke )(?<!ej )(?:nægte[st]?|afvise|afslå|forkaste)(?!\w)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r",? (?:(?:og|samt) )?(?:\(?[1-9a-z][.):] )?at ", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„»][^\"“”„«»]{0,2000}[\"“”«]")
_NOTHING = re.compile(
    r"^(?:intet(?: (?:at|til) \w{3,20}(?: om)?)?|ingen\b.{0,40}|ingenting|-+|\.|der var intet.{0,60}"
    r"|ikke noget.{0,40})\.?$",
    re.IGNORECASE,
)

#: Without a heading that says so, a decision is a sentence of this shape: its subject first, its verb in the past.
_TOLD = re.compile(
    r"^(?:(?:lokal)?udvalget|rådet|byrådet|kommunalbestyrelsen|borgerrepræsentationen|bestyrelsen|magistraten|(?:styre|arbejds|følge)gruppen"
    r"|et (?:enigt|flertal)\b"
    r"|[\wæøå -]{3,50}(?:udvalget|udvalg|rådet|byråd))(?: \w+)? "
    r"(?:godkend|tilt|vedt|drøft|beslut|bevil|t[oa]g|anbefal|forkast|afv|udsa|udskød|oversend|send|imødekom|valgte|udpeg"
    r"|følg|indstill|afslog|gav (?:afslag|tilsagn|tilskud))\w*",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^(?:dagsordenen|referatet|indstillingen|sagen|punktet|orienteringen|forslaget|ansøgningen|redegørelsen"
    r"|udkastet|planen|"
    r"forvaltningens indstilling|[\wæøå]{4,30}(?:en|et))(?: \w+){0,2}? "
    r"(?:blev|er|godkend\w+|udgår|udgik|udsættes|udsat|tiltrådt|tiltrædes|vedtages|taget|tages|udgået|anbefales|følges|vedtaget|drøftet"
    r"|sendes|kan (?:ikke|ej) (?:imødekommes|anbefales|tiltrædes|godkendes))\b"
    r"|^(?:dagsorden|referat|protokol)(?:len|en|et)?(?: \S{1,20}){1,9}? (?:blev|er) (?:herefter )?"
    r"(?:godkendt|tiltrådt)\b"
    r"|^der (?:blev|er) (?:\w{2,12} )?(?:bevilget|ydet|givet) (?:(?:et |en )?(?:tilskud|støtte|afslag)|[0-9.,]{2,12} )",
    re.IGNORECASE,
)
#: What a body has done before the meeting; it decides only where nothing else does.
_BEFORE = re.compile(r"[^,.]{3,70} har (?:\w{2,12} ){0,2}\w{3,15}t(?!\w)", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:godkendt|tiltrådt|vedtaget|anbefales|anbefalet|udsat|udgik|udgår|drøftet|taget til|til efterretning"
    r"|oversendt|ikke (?:vedtaget|godkendt|tiltrådt|anbefalet|imødekommet|bevilget)|bevilget|imødekommet|udskudt"
    r"|bortfaldt?|(?:frem|over|videre)sendes|hjemvist|valgt|genvalgt"
    r"|forkastet|afvist|sendes|udsættes|som indstillet|indstilles|orientering(?:en)? taget)\b",
    re.IGNORECASE,
)
#: `Asta Lind blev valgt`, `Som formand valgtes Bo Ås`.
_CHOSEN = re.compile(
    r"(?:[A-ZÆØÅ][\wé.-]{0,25} ){1,4}(?:\([^()]{1,30}\) )?(?:blev|er|var) (?:\w{1,20} ){0,2}(?:gen)?(?:valgt|udpeget)\b"
    r"|(?:Som|Til) [\wæøå -]{3,60} (?:blev|valgtes|udpegedes|udpeges|vælges)\b"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and the span of the sentence that says so."""

    outcome: Outcome
    start: int
    end: int


def judge(sentences: Iterable[tuple[int, int, str]]) -> Decision | None:
    """Read the outcome from the sentences under a heading `Beslutning`; `None` where they decide nothing."""
    weak: Decision | None = None
    said: tuple[int, int] | None = None
    for start, end, sentence in sentences:
        plain = _QUOTED.sub(" ", sentence).strip()
        if not plain or _NOTHING.match(plain):
            continue
        aside = _ASIDE.search(plain)
        outcome = _word_of(plain[: aside.start()] if aside else plain)
        if outcome:
            return Decision(outcome, start, end)
        if aside:
            continue
        said = said or (start, end)
        weak = weak or _weak(plain, start, end)
    if weak:
        return weak
    return Decision("other", *said) if said else None


def judge_told(sentences: Iterable[tuple[int, int, str]]) -> Decision | None:
    """Read the outcome from an item of minutes without any such heading: only sentences that tell a decision count."""
    told = [one for one in sentences if any(shape.match(one[2]) for shape in (_TOLD, _PASSIVE, _BARE, _CHOSEN))]
    decision = judge(one for one in told if not _BEFORE.match(one[2])) or judge(told)
    return decision if decision and decision.outcome != "other" else None


def _weak(plain: str, start: int, end: int) -> Decision | None:
    if _DISCUSSED.search(plain):
        return Decision("discussed", start, end)
    if _ORIENTED.search(plain):
        return Decision("noted", start, end)
    decided = _DECIDED.search(plain)
    return Decision("approved", start, end) if decided and not _NEGATED.match(plain, decided.end()) else None


def _word_of(sentence: str) -> Outcome | None:
    start, outcome = _first_word(sentence)
    advice = _RECOMMENDS.search(sentence, start) if outcome == "recommended" else None
    return "rejected" if advice and (advice["bare"] or _refuses(advice["said"] or "")) else outcome


def _first_word(sentence: str) -> tuple[int, Outcome | None]:
    first: tuple[int, Outcome | None] = len(sentence), None
    for outcome, pattern in _RULES:
        for match in pattern.finditer(sentence):
            if match.start() >= first[0]:
                break
            if not _is_negated(sentence, match, outcome):
                first = match.start(), outcome
                break
    return first


def _refuses(said: str) -> bool:
    """Tell whether what is recommended (`forslaget ikke vedtages`) comes to refusing something that is no objection."""
    reason = _REASON.search(said)
    clauses = _FURTHER.split(said[: reason.start()] if reason else said)
    read = ["rejected" if _NOT_DONE.search(clause) else _first_word(clause)[1] for clause in clauses]
    return read[0] == "rejected" and set(read) <= {"rejected", None} and not _OBJECTION.search(said)


def _is_negated(sentence: str, match: re.Match[str], outcome: Outcome) -> bool:
    """Tell whether words are denied: in front, within, or behind where they are no participle (`godkendt`)."""
    if _NEGATES.search(sentence, max(0, match.start() - 24), match.start()):
        return True
    if outcome == "rejected":
        return False
    if _NEGATED_WITHIN.match(match.group()):
        return True
    return match.group()[-1:] != "t" and bool(_NEGATED.match(sentence, match.end()))


_STOP = re.compile(r"[.!?](?=[\"'”»)]{0,2} [\"'”«(]?[A-ZÆØÅ0-9])")


_NO_STOP = re.compile(r"(?:^\d{1,2}|\b(?:pkt|nr|jf|stk|ca|kl|bl\.a|Kgs|Chr|[A-ZÆØÅ]))$")


@lru_cache(maxsize=64)
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a passage into sentences, start and end of each; the stop after its first figure (`1. At`) ends none."""
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        if _NO_STOP.search(text[max(start, stop.start() - 8) : stop.start()]):
            continue
        spans.append((start, stop.end()))
        start = stop.end() + 1
    return (*spans, (start, len(text))) if start < len(text) else tuple(spans)


def read_outcome(words: str) -> Outcome | None:
    """Read one decision word or sentence (`Anbefales.`), as trail lines have it."""
    decision = judge((start, end, words[start:end]) for start, end in split_sentences(words))
    return decision.outcome if decision and decision.outcome != "other" else None
