"""Committees and departments that the document names, in canonical form.

Registered names come from the registers (spaCy, in windows around head words); names of other councils by the shape of
their words, from the head word to the left (`Klima-, Natur- og Havneudvalget`) or to the right (`Udvalget for X og Y`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.bodies import abbreviations, body_key, canonical, find_body, kind, places, register, registers_version
from corpus.text import flatten, matches_of
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found
from ingest.facts.language import find_names

#: The last part of every word that heads a body's name.
_HEAD = re.compile(
    r"(?:udvalg(?:et)?|forvaltning(?:en)?|råd(?:et)?|nævn(?:et)?|kommunalbestyrelse(?:n)?|repræsentation(?:en)?"
    r"|magistrat(?:en)?|formandskredsen|beredskabskommission(?:en)?|borgmesterens afdeling)(?:'?s)?(?![\w@]|-\w|\.\w)"
)
#: How every such word begins.
_HEAD_WORDS = (
    *("udvalg", "forvaltning", "råd", "nævn", "kommunalbestyrelse", "repræsentation", "magistrat"),
    *("formandskredsen", "beredskabskommission", "borgmesterens afdeling"),
)
_SHORT = re.compile(
    r"[A-ZÆØÅ](?<![\w./@&-].)(?:[A-ZÆØÅ]|&(?=[A-ZÆØÅ])){1,4}(?:'?s)?(?![\w@/&-]|\.\w)"
    r"(?!,? ?(?:[0-9]{1,4}/[0-9]{2,4}(?![0-9])|[0-9]{2,4}(?![0-9./])))"
)
_DEFINED = re.compile(r" {0,2}\((?:i det følgende |herefter )?['\"”“]?([A-ZÆØÅ&]{2,6})['\"”“]?\)")
_OTHER_COUNCIL = re.compile(r"[A-ZÆØÅ](?<!\w.)[\wé-]{2,30}s? (?:Kommunes?|Byråds?|Kommunalbestyrelse)\b")
#: What stands before a name's last part when the name has several: `Børne-, `, `Børne- og `, misspelt `Børne,- og `.
_PART = re.compile(
    r"(?<![\w-])([A-ZÆØÅ][\wé]{1,30})(?:(?:-,?|,-) {1,2}(?:(?:og|OG|&) {1,2})?| -og {1,2})$"
    r"|(?<![\w-])[a-zæøå]{3,30}-,? {1,2}(?:og {1,2})?$"
)
#: How every such part ends, but for blanks.
_PART_ENDS = ("-", ",", "og", "OG", "&")
_WORD = re.compile(r"(?<![\w.-])([A-ZÆØÅ][\wé.]{1,30}(?:-[A-ZÆØÅ][\wé]{1,30})?) $")
_TAIL = re.compile(
    r" {1,2}for {1,2}(?:(?:den|det|de) )?"
    r"((?:(?!Udvalg|Byråd|Råd)[A-ZÆØÅ][\wé]{1,30}-?(?:, | {1,2}(?:og|&|med|i) {1,2}| )?){1,7})"
)
#: `UDVALGET FOR BØRN OG FAMILIE`: in capitals a blank may be the end of the name.
_TAIL_IN_CAPITALS = re.compile(
    r" {1,2}FOR {1,2}([A-ZÆØÅÉ]{2,30}-?(?:(?:, {0,2}(?:OG {1,2})?| {1,2}(?:OG|&|MED|I) {1,2})"
    r"[A-ZÆØÅÉ]{2,30}-?){0,6})(?!\w)"
)
_LAST_LINK = re.compile(r"(?: {1,2}(?:og|&|med|i))? *$|,? *$")
_LINKED = re.compile(r"(?:,|-| og| &| med| i) {0,2}$", re.IGNORECASE)
_LINKS = re.compile(r" {0,2}(?:og|&) ")
_COUNCIL_TAIL = re.compile(r" {1,2}i {1,2}[A-ZÆØÅ][\wé-]{1,30} {1,2}Kommune\b")

#: Compounds that are kinds, staff bodies, state boards, clubs or activities, by the word before the head.
_NO_COMMITTEE = re.compile(
    r"^(?:.*(?:med-?|hoved-?|x{3,}|samarbejds|sikkerheds|arbejdsmiljø|fag|under|lokal|arbejds|ansættelses"
    r"|bedømmelses|dommer|fest"
    r"|koordinations|koordinerings|tilsyns|forretnings|valg|særlige|stående|tværgående|politiske|byggesags"
    r"|folketings))?$"
)
_NO_COUNCIL = re.compile(
    r"^(?:.*(?:om|for|sam|erhvervs)|t|b|elev|kvarter|beboer|forældre|bruger|pårørende|menigheds|skole|lærer|by|for|stats"
    r"|europa|minister|forbruger"
    r"|landbrugs|fælles|børne|teknologi|advokat|undervisnings|studie|central|hoved|bestyrelses|sikkerheds|an|op|til"
    r"|fjord"
    r"|ejer|grundejer|lokal|institutions|klub|medie|forsknings|færdselssikkerheds|sundheds|etisk|kirke|provsti|ud"
    r"|rådgivnings)?$"
)
_COUNCILS = frozenset(("handicap", "ældre", "senior", "integrations", "unge", "ungdoms", "udsatte", "idræts", "kultur"))
_NO_DEPARTMENT = re.compile(
    r"^(?:.*(?:stats|central|kommunal|fag|skatte|natur|vand|ejendoms|formue|pleje|in|told|retts|rets|selv|for|bolig"
    r"|fond|penge))?$"
)
_PLACE_BEFORE = re.compile(r"([A-ZÆØÅ][\wé-]+(?: [A-ZÆØÅ][\wé-]+)?)(?: og|,) $")
_NOT_BEFORE = re.compile(
    r"(?:(?:arbejds|følge|projekt)gruppen?,?|folketingets|regeringens|partiets|foreningens|lokaludvalgets"
    r"|(?<!by)(?<!regions)rådets) ['\"”“]?$"
)
#: `Børn og Unge-udvalget`, `SSP-udvalget`: a theme or letters that a hyphen joins to the head.
_HYPHENED = re.compile(
    r"(?<![\w-])(?:(?!Kommune)(?:[A-ZÆØÅ][\wé]{1,30}, ){0,2}(?![\wé]{0,30}e[nt] )[A-ZÆØÅ][\wé]{1,30} og "
    r"[A-ZÆØÅ][a-zæøåé]{1,30}|(?!(?:MED|AM[OR]|.MU|KTC)-)[A-ZÆØÅ]{3,4})-$"
)
#: The numbered departments of an old magistrat.
_NUMBERED_DEPARTMENT = re.compile(r"s [1-9]\. afdeling(?!\w)")
#: `Udvalg for regional udvikling`: a subject in small letters is sure only where a line or a clause ends with it.
_SMALL_TAIL = re.compile(
    r"(?<!\w)Udvalg(?:et)? for ([a-zæøå]{3,25}(?:, [a-zæøå]{3,25})?(?: og [a-zæøå]{3,25}| [a-zæøå]{3,25})?)"
    r"(?=[,.;:)]?(?:\n|$)|[,.;:)] )"
)
_VERB = re.compile(r" \w+(?:ede|te|tes|des|rer|ver|der)$")
#: `Udvalget "Aktiv Hele Livet"`.
_QUOTED_NAME = re.compile(r"Udvalget [\"”“](?<!\wUdvalget .)([A-ZÆØÅ][^\"”“\n]{3,60})[\"”“]")
_THE = re.compile(r"(?<!\w)Det $")
#: `Teknisk Udvalg`, `Det Sociale Udvalg`, `Grønt Råd`; a noun there is a table's or a list's.
_ADJECTIVE = re.compile(r"(?:isk|elt|alt|igt|ønt|nne|le|ke|ge) $")
_GLUED = re.compile(r"\w[./-]$")
#: Capital words that open a sentence or name no place: `Dette Udvalg`, `Når Byrådet`.
_NO_NAME = frozenset(
    """det den de dette denne disse et en i på til fra hos når for af om ved hvis som og men at da der er har skal vil
    kan alle hvert hver intet ingen også hverken både enten samt desuden endvidere med uden under efter før mellem over
    formand formanden borgmester borgmesteren kommunens kommune nyt ny nye nuværende tidligere vores jeres deres
    hele begge andet andre""".split()  # noqa: SIM905
)


def find_bodies(document: Document, draft: Draft) -> None:
    """Add every mention of a body, and each committee and department once, in the order of first mention."""
    draft.bodies = _mentions(document)
    seen: set[str] = set()
    for mention in draft.bodies:
        key = body_key(mention.value)
        if key not in seen:
            seen.add(key)
            (draft.departments if kind(mention.value) == "department" else draft.committees).append(mention)


def _mentions(document: Document) -> list[Found[str]]:
    heads = list(_heads(document.lower))
    found = [Found(name, start, end, "register") for start, end, name in find_names(document.flat, heads)]
    for start, end in heads:
        found.extend(_named_by_shape(document, start, end))
    found.extend(_named_in_small_letters(document))
    found.extend(_named_in_quotes(document))
    found.extend(_registered_by_theme(document))
    kept = _longest([one for one in found if _is_body(document, one)])
    kept = _longest([part for one in kept for part in _parted(document, one)])
    return _longest([*kept, *_abbreviated(document, kept)])


def _heads(lower: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words that head a body's name."""
    for head in matches_of(_HEAD, lower, _HEAD_WORDS):
        yield head.span()


def _named_in_small_letters(document: Document) -> Iterator[Found[str]]:
    """Find `Udvalg for regional udvikling`, wherever it stands, once a line or a clause shows where its name ends."""
    if "dvalg for " not in document.string and "dvalget for " not in document.string:
        return
    tails = {tail for tail in _SMALL_TAIL.findall(document.string) if not _VERB.search(tail)}
    for tail in sorted(tails, key=lambda tail: (-len(tail), tail))[:20]:
        for match in re.finditer(rf"(?<!\w)Udvalg(?:et)? for {re.escape(tail)}(?!\w)", document.flat):
            yield Found(canonical(match.group()), match.start(), match.end(), "shape", MIDDLE)


@lru_cache(maxsize=1)
def _themes(_: int) -> re.Pattern[str] | None:
    """Give the pattern of the registered names that no head word ends (`Social og Sundhed`)."""
    names = {name for body in register() for name in (body.name, *body.also) if not _HEAD.search(name.lower())}
    listed = "|".join(re.escape(flatten(name).lower()) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])") if names else None


def _registered_by_theme(document: Document) -> Iterator[Found[str]]:
    """Find registered names without a head word; in small letters they are a subject, no body."""
    themes = _themes(registers_version())
    for match in themes.finditer(document.lower) if themes else ():
        if document.flat[match.start()].isupper():
            yield Found(canonical(match.group()), match.start(), match.end(), "register")


def _named_in_quotes(document: Document) -> Iterator[Found[str]]:
    for match in _QUOTED_NAME.finditer(document.string):
        yield Found(canonical(f"Udvalget {match.group(1)}"), match.start(), match.end(), "shape", MIDDLE)


def _longest(found: list[Found[str]]) -> list[Found[str]]:
    """Keep of overlapping mentions the longest, of equal ones the registered."""
    kept: list[Found[str]] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.rule != "register")):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _is_body(document: Document, one: Found[str]) -> bool:
    """Tell a body from its namesakes: a working group's or another parliament's name, an address, an office's name."""
    before = document.lower[max(0, one.start - 24) : one.start]
    if _NOT_BEFORE.search(before) or before.endswith("@") or _GLUED.search(before):
        return False
    return not document.flat.startswith((" Sekretariat", "-"), one.end)


def _named_by_shape(document: Document, head: int, end: int) -> Iterator[Found[str]]:
    flat = document.flat
    start = _word_start(flat, head)
    word = document.lower[start:head]
    family = document.lower[head : head + 4]
    if not word:
        yield from _two_words(document, start, end, family)
        return
    if word[-1] == "-" and document.lower.startswith(("udvalget", "forvaltningen"), head):
        yield from _hyphened(document, start, head, end)
    if family == "komm" or not word[0].isalpha() or word[-1] == "-":
        return
    whole = _grow_left(flat, start)
    rejected = {
        "udva": _NO_COMMITTEE,
        "forv": _NO_DEPARTMENT,
        "råd": _NO_COUNCIL,
        "råde": _NO_COUNCIL,
        "råds": _NO_COUNCIL,
    }
    pattern = rejected.get(family.strip(" .,;:)"))
    if pattern is _NO_DEPARTMENT and whole < start and flat[start].isupper():
        yield Found(canonical(flat[whole:end]), whole, end, "shape", HIGH)
    elif word == "bydels" and not document.lower.startswith("rådet", head):
        yield from _of_place(document, start, end)
    elif word == "by" and family.startswith("råd"):
        yield from _council(document, start, end)
    elif (
        pattern
        and (not pattern.match(word) or _is_regional(document, word))
        and _may_be_new(flat[whole] + flat[start], flat[start:end], family, word)
    ):
        name = flat[whole:end]
        yield Found(canonical(name), whole, end, "shape", MIDDLE if whole == start else HIGH)


def _is_regional(document: Document, word: str) -> bool:
    """Tell the first committee of a region, the name of which a working group has elsewhere."""
    return word == "forretnings" and "regionsråd" in document.lower


def _hyphened(document: Document, start: int, head: int, end: int) -> Iterator[Found[str]]:
    """Find `Børn og Unge-udvalget`, `SSP-udvalget`, `Børn og Unge-forvaltningen`; the last word begins at `start`."""
    found = _HYPHENED.search(document.flat, max(0, start - 130), head)
    if found and found.end() == head:
        yield Found(canonical(document.flat[found.start() : end]), found.start(), end, "shape", MIDDLE)


def _of_place(document: Document, start: int, end: int) -> Iterator[Found[str]]:
    """Find `Egelund Byråd`, `Vestby Bydelsråd`, `Egelund Magistrat`: a council with the place before it."""
    if document.flat[start].isupper() and (first := _preceding_name(document, start)) is not None:
        yield Found(canonical(document.flat[first:end]), first, end, "shape", HIGH)


def _magistrat(document: Document, start: int, end: int) -> Iterator[Found[str]]:
    """Find `Egelund Magistrat` and `Magistratens 4. Afdeling`; the register knows `Magistraten`."""
    numbered = _NUMBERED_DEPARTMENT.match(document.lower, end - 1)
    if numbered:
        name = document.flat[start : numbered.end()]
        yield Found(canonical(name), start, numbered.end(), "shape", HIGH)
    elif not document.lower.startswith("magistraten", start):
        yield from _of_place(document, start, end)


def _may_be_new(initials: str, last: str, family: str, word: str) -> bool:
    """Tell whether a name that no register has may be one: it has a capital, and a council's is definite."""
    if family.startswith("råd") and word in _COUNCILS:
        return True
    if initials.islower():
        return False
    return not family.startswith("råd") or last.rstrip("s'").endswith("rådet")


def _word_start(flat: str, at: int) -> int:
    low = max(0, at - 40)
    while at > low and (flat[at - 1].isalnum() or (flat[at - 1] == "-" and at - 2 >= low and flat[at - 2].isalnum())):
        at -= 1
    return at


def _grow_left(flat: str, start: int) -> int:
    """Return where a name begins whose last part begins at `start`."""
    for _ in range(6):
        if not flat[max(0, start - 6) : start].rstrip(" ").endswith(_PART_ENDS) or flat[start - 1] != " ":
            break
        part = _PART.search(flat, max(0, start - 42), start)
        if part is None:
            break
        start = part.start()
    return start


def _two_words(document: Document, start: int, end: int, family: str) -> Iterator[Found[str]]:
    """Find names whose head is a word of its own: `Teknisk Udvalg`, `Egelund Byråd`, `Udvalget for X og Y`."""
    flat = document.flat
    if family in ("komm", "repr", "magi", "form", "borg"):
        if family == "komm":
            yield from _council(document, start, end)
        elif family == "magi":
            yield from _magistrat(document, start, end)
        return
    named = flat[start].isupper() and family[:3] in ("udv", "råd")
    capitals = named and flat[start:end].isupper()
    tail = (_TAIL_IN_CAPITALS if capitals else _TAIL).match(flat, end) if named else None
    if tail:
        stop = tail.start(1) + len(_LAST_LINK.sub("", tail.group(1)[: _line_break(document, *tail.span(1))]))
        yield Found(canonical(flat[start:stop]), start, stop, "shape", HIGH)
    elif flat[start].isupper() and not flat[start:end].rstrip("s").endswith(("et", "en")):
        first = _preceding_name(document, start)
        if first is not None and _ADJECTIVE.search(flat, first, start):
            the = _THE.search(flat, max(0, first - 5), first) if flat[start - 2] == "e" else None
            first = the.start() if the else first
            yield Found(canonical(flat[first:end]), first, end, "shape", MIDDLE)


def _line_break(document: Document, start: int, end: int) -> int | None:
    """Return how far a name goes that a short line ends; `None` where a comma or `og` lets it go on in the next one."""
    at = document.string.find("\n", start, end)
    if at < 0 or not document.ends_short_line(at) or _LINKED.search(document.string, start, at):
        return None
    return None if _LINKS.match(document.lower, at + 1) else at - start


def _council(document: Document, start: int, end: int) -> Iterator[Found[str]]:
    """Find a municipality's council: `Byrådet`, `Egelund Byråd`, `Byrådet i Egelund Kommune`, `kommunalbestyrelsen`."""
    flat = document.flat
    name = flat[start:end].rstrip("s'")
    if name.lower() in ("byrådet", "kommunalbestyrelsen"):
        tail = _COUNCIL_TAIL.match(flat, end)
        yield Found(canonical(name), start, tail.end() if tail else end, "shape", HIGH)
    else:
        yield from _of_place(document, start, end)


def _preceding_name(document: Document, start: int) -> int | None:
    """Return where the proper name before `start` begins: at most two capital words of one line."""
    first = None
    for _ in range(2):
        at = first if first is not None else start
        word = _WORD.search(document.flat, max(0, at - 66), at)
        if document.ends_short_line(at - 1):
            break
        if word is None or word.group(1).lower() in _NO_NAME or word.group(1).endswith((".", "et", "ens")):
            break
        first = word.start()
    return first


def _parted(document: Document, one: Found[str]) -> list[Found[str]]:
    """Split names that share their head: `Børne- og Ungdoms- og Socialudvalget`, `Indre By og Valby Lokaludvalg`."""
    if one.rule == "shape" and one.value.count("- ") >= 2 and find_body(one.value) is None:
        return _split_shared(one, document.flat[one.start : one.end])
    if one.value.endswith(" Lokaludvalg"):
        start = max(0, one.start - 40)
        before = _PLACE_BEFORE.search(document.flat[start : one.start])
        known = find_body(f"{before.group(1)} Lokaludvalg") if before else None
        if before and known:
            return [Found(known.name, start + before.start(1), start + before.end(1), "elliptic", MIDDLE), one]
    return [one]


def _split_shared(one: Found[str], printed: str) -> list[Found[str]]:
    head = re.search(r"(?:udvalg|forvaltning)\w*$", printed)
    for part in re.finditer(r"(?<=[ ,])[A-ZÆØÅ][\wé]+", printed) if head else ():
        left = re.sub(r"[-, ]+(?:og +)?$", "", printed[: part.start()]) + (head.group() if head else "")
        right = printed[part.start() :]
        if find_body(left) and find_body(right):
            middle = one.start + part.start()
            return [
                Found(canonical(left), one.start, middle - 1, "elliptic", MIDDLE),
                Found(canonical(right), middle, one.end, "elliptic", MIDDLE),
            ]
    return [one]


def _abbreviated(document: Document, found: list[Found[str]]) -> Iterator[Found[str]]:
    """Find abbreviations: those the document explains (`Havneudvalget (HAU)`), and those of the registers."""
    named = frozenset(place for place in places() if place in document.flat)
    meant = dict(abbreviations(named or None)) if _speaks_of_registered(document, named, found) else {}
    explained: set[int] = set()
    for one in found:
        if one.rule != "short" and (match := _DEFINED.match(document.flat, one.end)):
            meant[match.group(1)] = one.value
            explained.add(match.start(1))
    for match in _SHORT.finditer(document.flat):
        name = meant.get(match.group()) or meant.get(match.group().rstrip("s'"))
        if name and match.start() not in explained:
            yield Found(name, match.start(), match.end(), "short", MIDDLE)


def _speaks_of_registered(document: Document, named: frozenset[str], found: list[Found[str]]) -> bool:
    """The registered abbreviations count unless the paper is a council's that has no register."""
    others = document.flat
    for place in named:
        others = others.replace(place, "")
    return not _OTHER_COUNCIL.search(others) or any(body_key(one.value) == "borgerrepræsentationen" for one in found)
