"""Named policies, charters, plans, agreements and measuring systems that the document mentions.

An instrument is named by its years or number (`Cykelplan 2013-2020`, `lokalplan nr. 12`), by what it is for
(`Charter for Havnebyer`), by quotation marks, or by a compound that can only be one (`integrationspolitikken`).
A bare `planen` or `aftalen` is a short form of one named elsewhere and no name.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from corpus.instruments import known_instruments
from corpus.records import Reference
from corpus.text import fold_spaces, matches_of, places_of
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found

_YEARS = r"(?:19|20)[0-9]{2}(?: ?[-/] {0,2}(?:(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9])))?"
_HEAD = re.compile(
    r"(?:politik(?:ken)?|strategi(?:en)?|plan(?:en)?|charter(?:et)?|chart(?:re)?t|aftale[nr]?|baromet(?:er(?:et)?"
    r"|ret)|konvention(?:en)?"
    r"|forretningsorden(?:en)?|indkaldelsescirkulære(?:t)?|redegørelse(?=n? (?:19|20))|indekset"
    r"|handlingsprogram(?:met)?|regulativ(?:et)?|partnerskab(?:et)?|styrelsesvedtægt(?:en)?"
    r"|kvalitetsstandard(?:en|er|erne)?|retningslinjer|forlig(?= (?:for )?(?:årene )?(?:19|20))"
    r"|vision(?=(?:en)? (?:19|20))|strategy(?= (?:19|20)))(?:'?s)?(?![\wæøå]|-\w)"
)
#: How each of these words begins.
_HEAD_WORDS = (
    *("politik", "strategi", "plan", "chart", "aftale", "baromet", "konvention", "forretningsorden", "redegørelse"),
    *("indkaldelsescirkulære", "indekset", "handlingsprogram", "regulativ", "partnerskab", "vision", "strategy"),
    *("styrelsesvedtægt", "kvalitetsstandard", "retningslinjer", "forlig"),
)
_KINDS = (
    "politik",
    "strategi",
    "plan",
    "charter",
    "chart",
    "aftale",
    "baromet",
    "konvention",
    "forretningsorden",
    "indkaldelsescirkulære",
    "regulativ",
    "partnerskab",
    "indeks",
    "styrelsesvedtægt",
    "kvalitetsstandard",
    "retningslinjer",
    "forlig",
)
#: What a council has one of, named by the word alone.
_ONE_OF = ("forretningsorden", "indkaldelsescirkulære", "styrelsesvedtægt")


def _spelt(name: str) -> str:
    """Give the pattern of a known name in lower case; its apostrophe may be left out."""
    return re.escape(name.lower()).replace("'", "['’]?")


#: Compounds that name a kind of paper or an everyday thing, by the part before the head.
_EVERYDAY = {
    "plan": re.compile(
        r"^(?:tids|proces|projekt|køre|uge|dags|dag|års|mad|vagt|ferie|møde|læse|spare|job|uddannelses|behandlings"
        r"|byggeplads|situations"
        r"|grund|etage|stue|kælder|rent|bane|lektions|undervisnings|arbejds|produktions|afviklings|betalings|sti|flugt|snit"
        r"|facade|lands|for|a|re"
        r"|skole|finansierings|udbygnings|anlægs|implementerings|indsats|handle|handlings|lokal|rød|lege|tegnings"
        r"|drifts|evakuerings"
        r"|test|plante|plej|pleje|vandhandle|forretnings|bemandings|rullende|opfølgnings|handleplans|tag"
        r"|kommunikations|fremdrifts|master|kommune"
        r"|helheds|delt|regional|region|bruge|budget|økonomi|likviditets|afdrags|afhjælpnings|indkøbs|spild|kloak"
        r"|parkerings|cirkulations)?$"
    ),
    "politik": re.compile(
        r"^(?:real|parti|magt|social|udenrigs|finans|lands|lokal|kommunal|stor|stats|penge|indenrigs|kultur(?=k))?$"
    ),
    "strategi": re.compile(r"^(?:.{0,3}|kommunikations|udbuds|proces|medie|forhandlings)$"),
    "aftale": re.compile(r"^.*$"),
    "charter": re.compile(r"^(?:yacht|fly|bus)$"),
    "baromet": re.compile(r"^(?:kviksølv)?$"),
    "konvention": re.compile(r"^$"),
    "forretningsorden": re.compile(r"^x$"),
    "indkaldelsescirkulære": re.compile(r"^x$"),
    "styrelsesvedtægt": re.compile(r"^x$"),
    "regulativ": re.compile(r"^(?!(?:kasse- og )?regnskabs$).*$"),
    "partnerskab": re.compile(r"^.*$"),
    "kvalitetsstandard": re.compile(r"^.*$"),
    "retningslinjer": re.compile(r"^.*$"),
    "forlig": re.compile(r"^.*$"),
    "indeks": re.compile(
        r"^(?:.*pris|løn|bygge.*|.*omkostnings|regulerings|.*aktie|stikords|emne|sag.*|navne|person)?$"
    ),
}
_NUMBER = r"(?:nr\. ?)?[0-9]{1,3}(?![0-9.-]?[0-9])"
_NUMBERED = re.compile(
    r"(?<![\w-])(?:"
    # `tillæg nr. 9 til Kommuneplan 2021-2033`, `tillæg 3 til spildevandsplanen`; without a number after `nr.` only so.
    rf"(?:kommuneplan)?tillæg {_NUMBER} til (?:forslag til )?[a-zæøå]{{3,30}}plan(?:en)?(?![\w-])"
    rf"(?: (?:for [A-ZÆØÅ]\w+ )?{_YEARS})?"
    r"|(?:kommuneplan)?tillæg nr\. ?[0-9]{1,3}(?! til )(?![0-9])"
    r"|kommuneplantillæg (?:nr\. ?)?[0-9]{1,3}(?:[/-][0-9]{2,4})?|byplanvedtægt(?:en)? (?:nr\. ?)?[0-9]{1,3}(?![\w-])"
    r"|(?:forslag til )?lokalplan(?:forslag)?(?:en)? (?:nr\. ?)?(?:[a-zæøå]{1,3}[.-]?)?[0-9]{1,4}"
    r"(?:[.-](?:[a-zæøå]{1,3}[.-]?)?[0-9]{1,4}){0,3}[a-z]?(?![\w-]))",
)
#: One of these is in every such name, at its beginning or after one of those.
_NUMBERED_WORDS = ("tillæg", "byplanvedtægt", "lokalplan")
_BEFORE_NUMBERED = ("kommuneplan", "forslag til ")
#: The names of the packaged register, longest first.
_KNOWN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(_spelt, chain(*known_instruments())), key=len, reverse=True))})"
    r"(?:['’]?s)?(?![\w-])"
)


def _parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """Give parts of names, in lower case, one of which is in each of them: what stands behind its apostrophe."""
    parts = {name.lower().rpartition("'")[2] for name in names}
    return tuple(part for part in parts if not any(other in part for other in parts - {part}))


_KNOWN_PARTS = _parts_of(chain(*known_instruments()))
_YEARS_AFTER = re.compile(rf"(?: for| fra)?(?: årene| perioden)? ?{_YEARS}(?!\w(?<!s)|\w{{2}})")
#: `Handleplan for vold i nære relationer (2009)`.
_SUBJECT_AND_YEARS = re.compile(rf" (?:for|om|mod) (?:[\w-]{{1,30}} ){{1,7}}\({_YEARS}\)")
#: `Kulturaftale Sydfjorden 2013-2016`.
_PLACE_AND_YEARS = re.compile(rf" (?:[A-ZÆØÅ][\wé'-]{{2,25}} ){{1,3}}{_YEARS}(?![\w-])")
_FOR_AFTER = re.compile(
    r" (?:for|om|on|til|of|mod) ((?:den |det |de )?(?:[\wéæøå'-]+|”[^”]{2,60}”)(?:,? (?:og |i |på |af |for |on |and "
    r"|til )?[\wéæøå'-]+){0,6})"
)
_QUOTE_AFTER = re.compile(r" ?([\"”“„»][^\"”“„»«]{2,80}[\"”“«])")
_CAPITALS_BEFORE = re.compile(
    r"((?:(?:[A-ZÆØÅ][\wé'’-]*|on|of|and|for|the) ){0,6}[A-ZÆØÅ][\wé'’-]*(?:- og)?(?: og)? )$"
)
_SUSPENDED_BEFORE = re.compile(r"(?<![\w-])([A-Za-zÆØÅæøå]{3,30}-(?:, [A-Za-zÆØÅæøå]{3,30}-)? (?:og|OG) )$")
_OWNER_BEFORE = re.compile(r"((?:Københavns|[A-ZÆØÅ][\wé]{2,25}s?) Kommunes )(?:ny |nye |nuværende |gældende )?$")
_ORGANISATION_BEFORE = re.compile(r"((?:(?:FN|EU|WHO|KL)['’]?s|[A-ZÆØÅ]{4,20}['’]s?) )$")
_NEW_BEFORE = re.compile(
    r"(?:\b(?:ny|nye|en ny|den nye|nuværende|gældende|forslag til(?: en)?(?: ny)?|udkast til(?: en)?(?: ny)?"
    r"|udkastet til|forslaget til|revideret|egen|samlet|"
    r"overordnet|kommunens|kommunes|byens|vores|tiltrædelse af|tiltræder|i henhold til|i)) $",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r" (?:on|of|for the) ")
#: `og vurderer, at`, `og helhedsplanen`: the sentence goes on, not the name.
_GOES_ON = re.compile(
    r"og (?:[a-zæøå]{2,30}(?:er|ede|te),? at |[a-zæøå]{3,40}(?:planen|politikken|strategien|aftalen)(?!\w))"
)
_INDEFINITE_BEFORE = re.compile(r"\b(?:et|en)(?: [a-zæøå]+)? $")
#: `en rygepolitik` is any such policy, and so is one that is an entry of a list; `en ny rygepolitik` is one.
_ANY_BEFORE = re.compile(r"(?:(?<!\w)(?:en|et|ingen|nogen) |(?:^|\n) {0,3}[-•*·–][ \t]{1,3})$", re.IGNORECASE)
#: `Økonomisk politik 2018-2022`.
_ADJECTIVE_BEFORE = re.compile(r"(?<![\w-])([A-ZÆØÅ][a-zæøå-]{1,22}(?:sk|ig|øn|nde|el|iv|al|let) )$")
#: What is a name of its own before `og`.
_OTHER_BEFORE = re.compile(
    r"(?:planen|politikken|strategien|aftalen|charteret|konventionen|forretningsordenen|\d) og $"
)
_STOP_WORDS = frozenset(
    """er har kan skal vil bliver blev som der at hvor når med uden fra ved inden samt men eller hvis så fordi idet
    viser
    siger giver gælder omfatter indeholder bygger afløser udløber vedtages godkendes sendes fremgår findes forelægges
    tiltrædes til i af på om for og den det de en et sin sit sine vores deres dens dets kommunens mellem under efter før
    mod udgik udgår lægger skulle var blive tages forlænges fortsætter revideres evalueres ikke også derfor allerede nu
    både""".split()  # noqa: SIM905
)
_FOR_KINDS = (
    *("charter", "plan", "strategi", "politik", "aftale", "konvention", "regulativ", "partnerskab"),
    *("kvalitetsstandard", "retningslinjer"),
)
#: What goes on with the sentence after a subject: `foreslås`, `vedtages`; a genitive (`børnenes`) does not.
_VERB = re.compile(
    r"(?!fælles$|alles$|deres$)(?:[a-zæøå]{2,30}(?:(?<!n)es|ås)"
    r"|tiltrådt|vedtaget|godkendt|revideret|udsendt|underskrevet|drøftet|udsat)$"
)
#: Plans of a place are named by it, also where the place is no name: `Helhedsplanen for havnen`.
_OF_PLACES = ("master", "helheds", "udviklings", "bydels")
_PLACE = re.compile(
    r" for (?!borger|barn|børn|elev|patient|beboer|medarbejder)[a-zæøå]{4,40}(?:en|et|erne|n|t)(?![\wæøå-])"
)
_AGREEMENTS = re.compile(
    r"(?:drifts|samarbejds|partnerskabs|resultat|ramme|hoved|budget|udviklings|beskæftigelses|trygheds|fælles"
    r"|klima)?aftalen?$",
    re.I,
)


def find_instruments(document: Document, draft: Draft, taken: Iterable[tuple[int, int]]) -> Iterator[Found[Reference]]:
    """Yield each named instrument once in every agenda item, as first printed, the genitive dropped.

    None inside the laws `taken`.
    """
    spans = sorted(taken)
    mentions = [one for one in _mentions(document) if not _inside(one[0], spans)]
    keys = [_key(document.flat[start:end]) for start, end, _ in mentions]
    kept = _without_short_forms(document, mentions, keys)
    targets: dict[str, str] = {}
    items: set[tuple[str, int | None]] = set()
    for (start, end, sure), key in zip(mentions, keys, strict=True):
        if key not in kept or (key, item := draft.item_at(start)) in items:
            continue
        items.add((key, item))
        target = targets.setdefault(key, _drop_genitive(fold_spaces(document.string[start:end])))
        rule, confidence = ("named", HIGH) if sure else ("compound", MIDDLE)
        yield Found(Reference("instrument", target=target), start, end, rule, confidence)


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect.bisect_right(spans, (start, 1 << 60)) - 1
    return at >= 0 and start < spans[at][1]


def _mentions(document: Document) -> list[tuple[int, int, bool]]:
    found = [(*match.span(), True) for match in _numbered(document.lower)]
    if any(part in document.lower for part in _KNOWN_PARTS):
        found += [(*match.span(), True) for match in _KNOWN.finditer(document.lower)]
    found = [(_skip_proposal(document.lower, start), end, sure) for start, end, sure in found]
    for match in matches_of(_HEAD, document.lower, _HEAD_WORDS):
        mention = _read(document, match.start(), match.end())
        if mention:
            found.append(mention)
    kept: list[tuple[int, int, bool]] = []
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _numbered(lower: str) -> Iterator[re.Match[str]]:
    """Yield the numbered plans: the pattern is tried at their words, and at what may stand before these."""
    end = 0
    for place in places_of(lower, _NUMBERED_WORDS):
        before = next((len(before) for before in _BEFORE_NUMBERED if lower.endswith(before, end, place)), 0)
        match = None
        if place >= end:
            match = _NUMBERED.match(lower, place - before) or (_NUMBERED.match(lower, place) if before else None)
        if match:
            end = match.end()
            yield match


def _skip_proposal(lower: str, start: int) -> int:
    return start + len("forslag til ") if lower.startswith("forslag til ", start) else start


def _read(document: Document, head: int, end: int) -> tuple[int, int, bool] | None:
    """Read the name around a head word: compound and owner to the left, years, subject or quotation to the right."""
    flat = document.flat
    start = _word_start(flat, head)
    kind = next((kind for kind in _KINDS if document.lower.startswith(kind, head)), "other")
    prefix = document.lower[start:head].rstrip("-")
    whole, named = _to_the_left(document, start, prefix)
    stop, exact = _to_the_right(flat, end, _line_stop(document, end), kind, prefix, titled=flat[start].isupper())
    if exact:
        lone = not prefix and whole == start and kind in ("politik", "strategi")
        adjective = _ADJECTIVE_BEFORE.search(flat, max(0, start - 30), start) if lone else None
        whole = adjective.start(1) if adjective else whole
        return (whole, stop, True) if _may_be_exact(flat, whole, start, end, kind, prefix) else None
    if named and kind in ("charter", "chart", "konvention"):
        return whole, end, True
    if not prefix and kind not in _ONE_OF:
        return None
    common = flat[start].islower() and not _definite(flat[head:end])
    if common and _ANY_BEFORE.search(document.string, max(0, start - 8), start):
        return None
    everyday = _EVERYDAY.get("charter" if kind == "chart" else kind)
    if everyday is None or everyday.match(prefix) or _is_listed(flat, end):
        return None
    if (
        kind == "plan"
        and not _definite(flat[head:end])
        and not _NEW_BEFORE.search(flat, max(0, start - 40), start)
        and not named
    ):
        return None
    return whole, end, named


def _may_be_exact(flat: str, whole: int, start: int, end: int, kind: str, prefix: str) -> bool:
    head = flat[start:end].rstrip("s'")
    if kind in ("charter", "chart", "konvention"):
        return not _INDEFINITE_BEFORE.search(flat, max(0, start - 30), start)
    if kind in _ONE_OF or kind == "kvalitetsstandard":
        return True
    if not prefix:
        return whole < start or (flat[start].isupper() and not _definite(head))
    if kind == "indeks":
        return not _EVERYDAY[kind].match(prefix)
    if kind == "aftale":
        years = re.search(_YEARS, flat[end : end + 20]) is not None
        return bool(_AGREEMENTS.match(head)) or flat[start].isupper() or years
    return not (kind == "plan" and prefix in ("tids", "proces", "lokal"))


def _is_listed(flat: str, end: int) -> bool:
    return flat.startswith(("-", "/"), end)


def _definite(head: str) -> bool:
    return head.rstrip("s'").endswith(("en", "et"))


def _word_start(flat: str, at: int) -> int:
    low = max(0, at - 45)
    while at > low and (flat[at - 1].isalnum() or (flat[at - 1] == "-" and at - 2 >= low and flat[at - 2].isalnum())):
        at -= 1
    return at


def _to_the_left(document: Document, start: int, prefix: str) -> tuple[int, bool]:
    """Return where the name begins, and whether more than the compound itself names it."""
    flat = document.flat
    low = max(0, start - 90, *(end + 1 for end in _line_ends(document, start)))
    if suspended := _SUSPENDED_BEFORE.search(flat, low, start):
        return suspended.start(1), False
    if owner := (
        _ORGANISATION_BEFORE.search(flat, low, start) or (_OWNER_BEFORE.search(flat, low, start) if prefix else None)
    ):
        if owner.end(1) == start or "FN" in owner.group(1):
            return owner.start(1), True
        return start, True
    titled = flat[start].isupper() and not flat[start : start + 4].isupper()
    joined = titled and not _OTHER_BEFORE.search(flat, low, start)
    before = _CAPITALS_BEFORE.search(flat, low, start) if joined else None
    if before and (not prefix or " " in before.group(1).strip() or flat[start].isupper()):
        words = before.group(1).split()
        while words and (words[0].lower() in _STOP_WORDS or words[0].lower() in ("the", "det", "den")):
            words.pop(0)
        first = start - len(" ".join(words)) - 1 if words else start
        opens = first < start and not _opens_sentence(flat, first)
        return (first, True) if opens or len(words) > 1 else (start, False)
    return start, False


def _line_ends(document: Document, start: int) -> Iterator[int]:
    """Yield the end of the last short line before a word, where it is near: no name begins on the line before."""
    end = document.string.rfind("\n", max(0, start - 90), start)
    if end >= 0 and document.ends_short_line(end):
        yield end


def _line_stop(document: Document, end: int) -> int:
    """Return where a name must end that goes on after `end`: at the end of a short line, or after the longest name."""
    far = min(len(document.string), end + 200)
    stop = document.string.find("\n", end, far)
    return stop if stop >= 0 and (document.ends_short_line(stop) or stop == end) else far


def _opens_sentence(flat: str, at: int) -> bool:
    return at == 0 or flat[max(0, at - 80) : at].rstrip()[-1:] in ".:?!"


def _to_the_right(flat: str, end: int, limit: int, kind: str, prefix: str, *, titled: bool) -> tuple[int, bool]:
    """Return where the name ends, and whether years, a subject or a quotation name it."""
    genitive = flat[end - 1] == "s" and kind not in ("chart",)
    if years := _YEARS_AFTER.match(flat, end, limit):
        return years.end(), True
    if genitive:
        return end, False
    if quoted := _QUOTE_AFTER.match(flat, end, limit):
        years = _YEARS_AFTER.match(flat, quoted.end(), limit)
        return (years or quoted).end(), bool(prefix)
    if kind == "indkaldelsescirkulære" and (
        budget := re.compile(r" for budget (?:19|20)[0-9]{2}").match(flat, end, limit)
    ):
        return budget.end(), True
    if titled and kind in _FOR_KINDS and (place := _PLACE_AND_YEARS.match(flat, end, limit)):
        return place.end(), True
    if titled and prefix and kind in _FOR_KINDS and (whole := _SUBJECT_AND_YEARS.match(flat, end, limit)):
        return whole.end(), True
    if kind in _FOR_KINDS and (subject := _FOR_AFTER.match(flat, end, limit)):
        stop = _subject_end(flat, subject.start(1), subject.end(1))
        years = _YEARS_AFTER.match(flat, stop, limit) if stop else None
        if years:
            return years.end(), True
        if (
            stop
            and (
                _names_subject(flat, subject.start(1), stop) or kind in ("charter", "chart", "konvention", "regulativ")
            )
            and (kind != "plan" or prefix)
        ):
            return stop, True
        if stop and prefix in _OF_PLACES and (place := _PLACE.match(flat, end, stop)):
            return place.end(), True
    return end, False


def _subject_end(flat: str, start: int, end: int) -> int:
    """Return where a subject ends: before the first word that goes on with the sentence."""
    stop = start
    words = list(re.finditer(r"[^\s,]+", flat[start:end]))
    for index, word in enumerate(words):
        text = word.group()
        gap = flat[start + words[index - 1].end() : start + word.start()] if index else ""
        if "," in gap or text in ("-", "–") or (text == "og" and _GOES_ON.match(flat, start + word.start(), end + 60)):
            break
        if text.lower() in _STOP_WORDS:
            following = words[index + 1].group() if index + 1 < len(words) else ""
            link = text.lower() in ("og", "i", "på", "af", "for", "and", "den", "det", "de", "til")
            if index and not (
                link
                and following
                and (following[0].isupper() or text.lower() in ("og", "and"))
                and following.lower() not in _STOP_WORDS
            ):
                break
            if not index and text.lower() not in ("den", "det", "de"):
                break
            continue
        if re.fullmatch(r"(?:19|20)\d\d.*", text) or (index and _VERB.match(text)):
            break
        stop = start + word.end()
    return stop if stop > start else 0


def _names_subject(flat: str, start: int, stop: int) -> bool:
    return any(word[0].isupper() for word in flat[start:stop].split())


def _without_short_forms(document: Document, mentions: list[tuple[int, int, bool]], keys: list[str]) -> set[str]:
    """Give the names to keep: no bare forms of a longer name in the document, and not the document's own name."""
    own = _own_name(document)
    times = Counter(keys)
    longer = sorted({key for key in keys if re.search(r"\d", key) or " " in key})
    kept: set[str] = set()
    for one, key in zip(mentions, keys, strict=True):
        if key in kept or (one[:2] == own and times[key] == 1):
            continue
        single = " " not in key.replace("-og ", "-")
        bare = key.removesuffix("en").removesuffix("et").removesuffix("ken") if single else ""
        if bare and not one[2] and _begins_another(bare, key, longer):
            continue
        kept.add(key)
    return kept


def _begins_another(bare: str, key: str, longer: list[str]) -> bool:
    """Tell whether one of the sorted `longer` names, not `key` itself, begins with `bare`."""
    at = bisect.bisect_left(longer, bare)
    return any(other != key and other.startswith(bare) for other in longer[at : at + 2])


def _own_name(document: Document) -> tuple[int, int] | None:
    """Return the span of the document's first line: what fills it is what the document is."""
    return (document.lines[0].start, document.lines[0].end) if document.lines else None


def _key(name: str) -> str:
    return _drop_genitive(fold_spaces(name)).casefold().replace(" - ", "-").replace("- ", "-")


def _drop_genitive(name: str) -> str:
    """Take off the genitive; the -s of `Charter on Clean Harbours` is none."""
    if _ENGLISH.search(name):
        return name
    return re.sub(r"(?<=[nrtk])'?s$", "", name)
