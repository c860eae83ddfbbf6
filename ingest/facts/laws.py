"""Laws, orders and circulars that the document cites, as printed: `lov om X § 13, stk. 3`, `planlovens § 17`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.laws import lettered
from corpus.records import Reference
from corpus.text import fold_spaces, matches_of, places_of
from ingest.facts.draft import HIGH, MIDDLE, Document, Found

_NUMBERS = r"[0-9]{1,4}(?: ?[a-hj-zæøå](?![\wæøå]))?(?: ?- ?(?:[0-9]{1,4}(?: ?[a-z](?!\w))?|[a-z](?!\w)))?"
#: `§ 40, stk. 2, nr. 2`, `§§ 83 og 86`, `§ 15 a-d`, `§ 23, stk. 1-3`, `§ 5, litra b`, `§ 8, 2. pkt.`
_PARAGRAPH = (
    rf"(?:§{{1,2}}|paragraf) {{0,2}}{_NUMBERS}(?:(?:, | og | eller | samt ){_NUMBERS}(?![0-9])(?!\. ?pkt)"
    rf"(?:(?:, | og ){_NUMBERS}(?![0-9])(?!\. ?pkt)){{0,8}})?"
    r"(?:,? {0,2}stk\.? ?[0-9]{1,2}(?: ?- ?[0-9]{1,2})?(?: og (?:stk\.? ?)?[0-9]{1,2})?)?"
    r"(?:[,.]? {0,2}nr\.? ?[0-9]{1,2}(?: ?- ?[0-9]{1,2})?(?: og [0-9]{1,2})?)?(?:,? {0,2}litra [a-z](?![a-z]))?"
    r"(?:, [0-9]\. pkt\.?)?"
)
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DATE = rf"[0-9]{{1,2}}\. ?(?:{_MONTHS}) (?:19|20)[0-9]{{2}}|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./ -] ?(?:19|20)?[0-9]{{2}}"
_ACT = (
    r"(?:lovbekendtgørelse|bekendtgørelse|lovbek|lovbek\.|lbk|lbek|bek|bekg|cirkulære|cirkulæreskrivelse|vejledning|lov"
    r"|anordning|forordning)"
)
_NUMBERED = re.compile(
    rf"(?<![\w-]){_ACT}\.? (?:\(eu\) )?nr\. ?[0-9]{{1,5}}(?:/[0-9]{{4}}| af {{0,2}}(?:d\. |den )?(?:{_DATE}))?"
)
_EU = re.compile(
    r"(?<![\w-])(?:forordning|direktiv) (?:\((?:eu|ef)\) )?(?:nr\. ?)?[0-9]{2,4}/[0-9]{1,4}(?:/e[fu])?(?!\w)"
)
_PARAGRAPH_HERE = re.compile(_PARAGRAPH)
#: The end of a short name before its paragraph (`planlovens §`), or before bare figures where the sign was lost.
_SHORT_END = re.compile(
    r"(?:lov(?:en?s?|s)?|loven,|bekendtgørelsens?|cirkulærets?) "
    rf"(?:{_PARAGRAPH}|(?<=s )[0-9]{{1,3}}(?: ?[a-z])?, stk\. ?[0-9])"
)
_SHORT_START = re.compile(r"(?<![\w-])(?:barnets |(?!(?:for|ud|ind|be|til)$)[a-zæøå]{2,40})$")
#: An act's letters right before its paragraph: `FVL § 24`.
_LETTERS = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,5}) {0,2}$")
#: An article of the Union's (`databeskyttelsesforordningens artikel 6, stk. 1`): how its name begins, and the rest.
_ARTICLE_START = re.compile(r"(?<![\w-])[a-zæøå]{3,40}$")
_ARTICLE_END = re.compile(
    r"(?:forordningens?|direktivets?|(?<!\w)gdpr) (?:artikel|art\.) ?[0-9]{1,3}"
    r"(?:, stk\. ?[0-9]{1,2})?(?:, litra [a-z])?"
)
_BEFORE_NAME = re.compile(
    rf"{_PARAGRAPH},? i (?:bekendtgørelse af )?"
    r"(?=(?:lov(?:en)?|bekendtgørelsen?) om |[a-zæøå]{3,40}loven|barnets lov(?!\w)|den kommunale styrelseslov(?!\w)"
    r"|bygningsreglement|br ?[01][0-9])"
)
_NAME = re.compile(r"lov(?:en)? om ")
_NAME_OR_ORDER = re.compile(r"(?:lov(?:en)?|bekendtgørelsen?) om ")
_LOV = re.compile(
    r"(?:[a-zæøå]{3,40}loven|barnets lov|den kommunale styrelseslov|bygningsreglement(?:et)?(?: (?:20)?[0-9]{2})?"
    r"|br ?[01][0-9])(?!\w)"
)
_BUILDING = re.compile(
    r"(?<![\w-])(?:bygningsreglement(?:et)? (?:\(?br ?)?(?:20)?[0-9]{2}(?!\w)(?: \(br ?[01][0-9]\)|\))?"
    r"|br ?(?:08|10|15|18)(?!\w))"
    rf"(?:,? {_PARAGRAPH})?"
    rf"|(?<![\w-])bygningsreglementets? {_PARAGRAPH}"
)
#: Where the name of a law that no paragraph ends must end: punctuation, or a word that goes on with the sentence.
_NAME_END = re.compile(
    r"\.(?!v\.)(?<!m\.v\.)|[;:()\"”“\[]| - | kap\.|,(?! \w+-?(?:, \w+-?){0,3} og )"
    r"| (?:er|har|kan|skal|bliver|blev|gælder|giver|gives|fastsætter|medfører|finder|fremgår|kræver|indebærer|samt"
    r"|i kraft|træder|trådte|ophæves|ændres"
    r"|(?<! til )at|(?<!pligt )(?<!ret )(?<!adgang )til at|der|som|på|den|fra|inden|hvor|når|så|men|ved|jf)\b"
    r"| og (?=\w{2,20}(?:er|es|ede|te)\b(?! om))(?!(?:\w{2,16}(?:inger|ioner|heder|iteter)|programmer)\b)"
)
#: A word behind which a capital begins something else; what links words or owns what follows is none.
_BEFORE_CAPITAL = re.compile(
    r"(?<!\w)(?!(?:om|for|af|i|på|til|og|eller|det|den|de|ved|mod|med|fra|samt|under)\b)"
    r"[a-zæøå][\wæøå-]*(?<!s)(?= [A-ZÆØÅ])"
)
_ACT_AFTER = re.compile(rf",? (?:jf\.|jævnfør) (?={_ACT}\.? nr\.)")

#: What stands between an act's kind and its number, from the kind on.
_ACT_BEFORE = re.compile(rf"(?<![\w-]){_ACT}\.? (?:\(eu\) )?$")
_LONGEST_ACT = 30
_PATTERNS = (
    (("forordning", "direktiv"), _EU, "act-number"),
    (("bygningsreglement", "br0", "br1", "br 0", "br 1"), _BUILDING, "building-code"),
)
_CODIFIED = "bekendtgørelse af "
_LONGEST_NAME = 260


def find_laws(document: Document) -> Iterator[Found[Reference]]:
    """Yield every citation of a law, an order, a circular or guidance, each span once."""
    end = 0
    for start, stop, rule, sure in sorted(_spans(document), key=lambda span: (span[0], -span[1])):
        if start >= end:
            end = stop
            target = fold_spaces(document.string[start:stop])
            yield Found(Reference("law", target=target), start, stop, rule, HIGH if sure else MIDDLE)


def _spans(document: Document) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, rule and sureness; a pattern runs only where the text has its word."""
    lower = document.lower
    for match in _numbered(lower):
        yield match.start(), match.end(), "act-number", True
    for words, pattern, rule in _PATTERNS:
        for match in matches_of(pattern, lower, words):
            yield match.start(), match.end(), rule, True
    for match in matches_of(_ARTICLE_END, lower, ("forordning", "direktiv", "gdpr")):
        if lower.startswith("gdpr", match.start()):
            yield match.start(), match.end(), "letters", True
        elif word := _ARTICLE_START.search(lower, max(0, match.start() - 42), match.start()):
            yield word.start(), match.end(), "short-name", True
    for place in places_of(lower, ("§",)):
        yield from _lettered(document, place)
    if not any(word in lower for word in ("lov", "bekendtgørelsen", "cirkulære", "§")):
        return
    for match in matches_of(_SHORT_END, lower, ("lov", "bekendtgørelse", "cirkulære")):
        if word := _SHORT_START.search(lower, max(0, match.start() - 42), match.start()):
            yield word.start(), match.end(), "short-name", True
    if "§" in lower or "paragraf" in lower:
        for match in matches_of(_BEFORE_NAME, lower, ("§", "paragraf")):
            if stop := _name_end(document, match.end()):
                yield match.start(), stop, "paragraph-first", True
    if " om " in lower:
        for match in _NAME.finditer(lower):
            start = match.start()
            if _is_amended(lower, start, match.end()):
                continue
            if not (lower[start - 1 : start].isalnum() or lower[start - 1 : start] == "-"):
                start -= len(_CODIFIED) * lower.endswith(_CODIFIED, 0, start)
                yield from _named(document, start, match.end())


def _is_amended(lower: str, start: int, end: int) -> bool:
    """Tell `lov om ændring af lov om X`, and the second of the two names: a bill, or part of a numbered act's name."""
    return lower.startswith("ændring af ", end) or lower.endswith("om ændring af ", 0, start)


def _numbered(lower: str) -> Iterator[re.Match[str]]:
    """Match acts by their numbers (`bekendtgørelse nr. 12`): to read back from `nr.` is a tenth of a scan for acts."""
    end = 0
    for place in places_of(lower, (" nr.",)):
        act = _ACT_BEFORE.search(lower, max(end, place - _LONGEST_ACT), place + 1)
        match = _NUMBERED.match(lower, act.start()) if act else None
        if match:
            end = match.end()
            yield match


def _lettered(document: Document, sign: int) -> Iterator[tuple[int, int, str, bool]]:
    """Find the act whose letters stand before a sign."""
    act = _LETTERS.search(document.flat, max(0, sign - 8), sign)
    if act and act[1] in lettered() and (paragraph := _PARAGRAPH_HERE.match(document.lower, sign)):
        yield act.start(), paragraph.end(), "letters", True


def _named(document: Document, start: int, name: int) -> Iterator[tuple[int, int, str, bool]]:
    """Find `lov om X § 13`: the name runs to its paragraph sign, over commas, never over a sentence's end."""
    lower = document.lower
    sign = lower.find("§", name, name + _LONGEST_NAME)
    if sign > 0 and not re.search(r"[.;:] |\bi lov om |§", lower[name:sign]):
        paragraph = _PARAGRAPH_HERE.match(lower, sign)
        if paragraph:
            yield start, _with_act(lower, paragraph.end()), "name-paragraph", True
            return
    if stop := _subject_end(document, name):
        yield start, stop, "name", False


def _with_act(lower: str, end: int) -> int:
    """Take in `, jf. lovbekendtgørelse nr. 380 af 18. maj 1994` after a paragraph."""
    after = _ACT_AFTER.match(lower, end)
    act = _NUMBERED.match(lower, after.end()) if after else None
    return act.end() if act else end


def _name_end(document: Document, start: int) -> int | None:
    """Return where the law's name ends that begins at `start`: `planloven`, `lov om …`."""
    if short := _LOV.match(document.lower, start):
        return short.end()
    opening = _NAME_OR_ORDER.match(document.lower, start)
    return _subject_end(document, opening.end()) if opening else None


def _subject_end(document: Document, start: int) -> int | None:
    """Return where a law's subject ends that no paragraph follows: in its own block, before the next name begins."""
    limit = start + _LONGEST_NAME
    block = document.string.find("\n\n", start, limit)
    limit = block if block > 0 else limit
    stop = _NAME_END.search(document.lower, start, limit)
    end = stop.start() if stop else min(len(document.lower), limit, start + 60 if block < 0 else limit)
    end = next((word.end() for word in _BEFORE_CAPITAL.finditer(document.flat, start, end)), end)
    return end if end - start > 2 else None
