"""Case, document and journal numbers: recognise, normalise, key for joins.

`corpus/schemes.py` has the table of the forms. Bare serials (`299831`) are numbers only after a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.schemes import SCHEMES, Scheme
from corpus.text import flatten, normalise, places_of

#: Committees of Copenhagen whose letters make a number without any label.
COMMITTEE_LETTERS = (
    *("BIU", "BOR", "BR", "BTU", "BUU", "FAU", "KFU", "KON", "MFU", "NBL", "SOU", "SUD", "SUU", "TMU", "UUU", "ØU"),
)
#: A number may touch a label's full stop or colon (`Sagsnr.:2010-16508`), never a longer figure or word.
_BEFORE = r"(?<![\w/§&])(?<![0-9][.,:-])(?<![\w]-)"
_AFTER = r"(?![\w/§%])(?!-\w)(?![.,:][0-9])"


@dataclass(frozen=True, slots=True)
class Number:
    """One case or document number, whatever its spelling.

    `norm` is the form that is shown, `key` the one that is joined on: every spelling of one number has one key, and
    two numbers never share one. `scheme` names the row of the table of schemes that it was written by; `year` has four
    digits, `serial` no leading zeros; `suffix` counts the documents of a case.
    """

    scheme: str
    norm: str
    key: str
    year: int | None = None
    serial: str | None = None
    suffix: str | None = None
    prefix: str | None = None

    @property
    def case(self) -> Number | None:
        """The number of the case that a document's number with a suffix names; `None` where it has none."""
        if not self.suffix:
            return None
        without = self.norm.rsplit("-", 1)[0]
        found = parse(without)
        # `18/2016-12` is of case `18/02016`: `18/2016` is number 18 of 2016.
        return found if found and found.scheme == self.scheme else parse(without.replace("/", "/0"))


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text, with the label that it bears; `foreign` after `Deres`, `Jeres`, `Kommunens`.

    `start` and `end` are those of the number, `label_start` is where its label begins. `doubt` is set where letters
    that OCR confuses with figures (`O`, `l`) were read as figures.
    """

    number: Number
    start: int
    end: int
    label: Literal["case", "document"] | None = None
    foreign: bool = False
    label_start: int | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A typed number, with its label from `start` to `end`; `document` where that says so (`dok.nr. 21/417`)."""

    number: Number
    start: int
    end: int
    document: bool


@dataclass(frozen=True, slots=True)
class TypedNumbers:
    """What a typed query says of numbers: sure ones, possible ones, and the words besides the sure ones.

    `mentions` are the sure ones with their places in `flat`, the query as it was read.
    """

    exact: tuple[Number, ...]
    candidates: tuple[Number, ...]
    rest: str
    mentions: tuple[TypedNumber, ...]
    flat: str


_FULL = tuple((scheme, re.compile(scheme.pattern)) for scheme in SCHEMES)
#: Forms that only documents have, and those that letters read as figures cannot make.
_DOCUMENT_SCHEMES = frozenset(scheme.name for scheme in SCHEMES if scheme.document)
_NEVER_CONFUSED = _DOCUMENT_SCHEMES | {"serial", "captia", "journal"}
_SCAN = re.compile(_BEFORE + "(?:" + "|".join(s.scan for s in SCHEMES if not s.labelled) + ")" + _AFTER)

_LABEL = re.compile(
    r"(?<![\w-])(?:(?P<foreign>deres|jeres|dit|din|kommunens|modtagers|ansøgers)[ .:]{1,3})?"
    r"(?:(?P<document>(?:dok(?:ument)?\.?[ -]{0,2}(?:løbe)?(?:nr|nummer|numre|id)(?!\w)|dokument[aiuvm]r(?!\w)"
    r"|dok(?=[.:]{1,2} {0,2}[0-9])"
    r"|brev-?id(?!\w)))"
    r"|(?P<case>sags[aiuvm]r(?!\w)|(?:sa[gq]s?|journal|esdh|j\.?)[ .-]{0,2}(?:nr|nummer|numre|id)(?!\w)"
    r"|(?:vores|vor|deres|jeres|our|your)? ?ref(?=[.:]))"
    r"|(?P<bare>sag(?:en|er|erne)?(?!\w)))"
    r"[ .,:;(]{0,8}"
)
# `[aiuvm]r` is what OCR makes of `nr`.
#: One of these is in every label; so many letters may stand before it, and so long a label is with what follows it.
_LABEL_WORDS = ("dok", "brev", "sag", "saq", "journal", "esdh", "ref.", "ref:", "j.", "j ", "j-", "jn", "jid")
_BEFORE_WORD, _LABEL_LENGTH = 20, 48
_MORE = re.compile(r" {0,2}(?:,|og|samt|/|&|;) {1,2}")
_VALUE = re.compile(r"[A-ZÆØÅ0-9oOlI](?:[\w/.:&-]| (?=[0-9-]|[A-ZÆØÅ][0-9]{2}/)| ?- ?(?=[0-9OlI])| / ?(?=[0-9])){2,24}")
#: A number of no known form: one word of letters, figures and signs.
_TOKEN = re.compile(r"(?=[A-ZÆØÅ]{0,6}[./:_-]?[0-9])[A-ZÆØÅ0-9][\w./:-]{3,28}(?![\w@/-])")
#: `2012-72 213`: a serial whose thousands are parted; what counts something (`213 kr.`) follows none.
_GROUPED = re.compile(r"(?:19|20)[0-9]{2} ?- ?[0-9]{1,3}")
_GROUPS = re.compile(r" [0-9]{3}(?: [0-9]{3})?(?= *(?:$|[^ \w.,:/%§-]|[A-ZÆØÅ]|[.,;:](?: |$)))")
_CPR = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}")
_LIKE_CPR = re.compile(rf"{_CPR.pattern}|[0-9]{{6}}-[0-9]{{4}}")
_DAY = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
#: A day, a CPR number, or a subject of the KLE plan with its facet (`00.01.10-Ø00`): no case, whatever label it has.
_NO_NUMBER = re.compile(
    rf"{_DAY.pattern}|{_LIKE_CPR.pattern}|[0-9]{{2}}(?:\.[0-9]{{2}}){{1,2}}(?:[-. ]?[A-ZÆØÅ][0-9]{{2}})?"
)
_LOOK_ALIKE = re.compile(
    r"(?:lov|bekendtgørelse|cirkulære|vejledning|lokalplan\w{0,12}|tillæg|plantillæg|kommuneplantillæg"
    r"|matr|projekt|ean|telefon|telefax|mobil|konto|svarnummer|faktura"
    r"|(?<!\w)(?:cvr|se|cpr|tlf|uge|stk|kap|side|kl|dkk?|kr))"
    r"[ .-]{0,2}(?:nr|nummer|numre)?[ .:]{0,3}$"
)
_CONFUSED = str.maketrans("OoIlQ", "00110")
_CONFUSED_NUMBER = re.compile(r"[12](?<![\w/.-].)(?=[0-9-]{0,11}[OoIl])[0-9OoIl]{3}-[0-9OoIl]{4,7}(?![\w/-])")


@lru_cache(maxsize=4096)
def parse(text: str) -> Number | None:
    """Read `text`, all of it, as one number in any spelling; `None` where it is none.

    >>> parse("2013 - 0041877").norm
    '2013-41877'
    """
    folded = flatten(normalise(text)).strip(" .:;,()").upper()
    for scheme, pattern in _FULL:
        if found := pattern.fullmatch(folded):
            return _number(scheme, found.groupdict())
    return None


_LIKE_YEAR = re.compile("(?:19|20)[0-9]{2}")


def _number(scheme: Scheme, groups: dict[str, str | None]) -> Number:
    printed = {name: _tight(value) for name, value in groups.items() if value}
    serial = _bare(printed.get("serial") or printed.get("printed") or "")
    suffix = _bare(printed["suffix"]) if "suffix" in printed else None
    prefix = " ".join(printed[name] for name in ("prefix", "facet") if name in printed) or None
    year = _full_year(printed["year"]) if "year" in printed else None
    shown = scheme.norm.format(
        prefix=prefix or "",
        year=printed.get("year", ""),
        serial=serial,
        printed=printed.get("printed", ""),
        suffix=f"-{suffix}" if suffix else "",
    )
    if suffix and "{suffix}" not in scheme.norm:
        shown = f"{shown}-{suffix}"
    elif scheme.name == "acadre" and _LIKE_YEAR.fullmatch(serial):
        # `18/2016` is number 18 of 2016; `18/02016` has to read back as what it is.
        shown = shown.replace(f"/{serial}", f"/0{serial}")
    parts = (scheme.name, prefix or "", "" if year is None else str(year), serial, suffix or "")
    return Number(scheme.name, shown, "|".join(parts), year, serial, suffix, prefix)


def _tight(value: str) -> str:
    return value.replace(" ", "")


def _bare(serial: str) -> str:
    return serial.lstrip("0") or "0"


def _full_year(year: str) -> int:
    """Give a year of two digits its century: 50 and later were in the last one."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 50 else 2000)


def find_numbers(flat: str, *, unlisted: bool = False) -> Iterator[NumberMention]:
    """Find every case and document number in `flat` (`corpus.text.flatten`), in the order of the text.

    A number stands after a label, or is unmistakable by its form; year ranges, dates, telephone, CVR, EAN and CPR
    numbers, laws and plans are none. `unlisted` takes after a label what fits no scheme too, as of scheme `unlisted`.
    """
    labelled = {mention.start: mention for mention in _find_labelled(flat, unlisted)}
    unlabelled = (*_find_unlabelled(flat), *_find_confused(flat))
    bare = (mention for mention in unlabelled if mention.start not in labelled)
    last: NumberMention | None = None
    for mention in sorted((*labelled.values(), *bare), key=lambda mention: mention.start):
        if last and mention.start < last.end:
            continue
        last = _inherit(flat, last, mention)
        yield last


def _inherit(flat: str, last: NumberMention | None, mention: NumberMention) -> NumberMention:
    """Let the second number of `sagsnr. 2010-16508 og 2010-16509` have the label of the first."""
    if last is None or last.label is None or mention.label or mention.start - last.end > 8:
        return mention
    if not _MORE.fullmatch(flat, last.end, mention.start):
        return mention
    return NumberMention(mention.number, mention.start, mention.end, last.label, last.foreign, last.label_start)


def _find_labelled(flat: str, unlisted: bool) -> Iterator[NumberMention]:
    lower = flat.lower()
    if len(lower) != len(flat):
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in flat)
    for label in _labels(lower):
        bare = bool(label["bare"])
        found = _read_value(flat, label, bare=bare)
        if found is None and unlisted and not label["document"] and (not bare or ":" in label.group()):
            found = _read_unlisted(flat, label.end())
        if found is None:
            continue
        number, end, doubt = found
        kind: Literal["case", "document"] = "document" if label["document"] else "case"
        foreign = bool(label["foreign"]) or label.group().startswith(("deres", "jeres", "your"))
        yield NumberMention(number, label.end(), end, kind, foreign, label.start(), doubt)


def _labels(lower: str) -> Iterator[re.Match[str]]:
    """Match labels around their words: to look for the words alone takes a tenth of a scan for the labels."""
    end = 0
    for place in places_of(lower, _LABEL_WORDS):
        if place >= end:
            label = _LABEL.search(lower, max(end, place - _BEFORE_WORD), place + _LABEL_LENGTH)
            if label and label.start() <= place:
                end = label.end()
                yield label


def _read_value(flat: str, label: re.Match[str], *, bare: bool) -> tuple[Number, int, bool] | None:
    """Read the number that begins at once after its label; `None` where none begins there."""
    start, document = label.end(), bool(label["document"])
    spaced = " nr" in label.group() and not document
    if exact := _SCAN.match(flat, start):
        groups = _GROUPS.match(flat, exact.end()) if _GROUPED.fullmatch(exact.group()) else None
        text = exact.group() + (groups.group().replace(" ", "") if groups else "")
        number = parse(text)
        return (number, (groups or exact).end(), False) if number and not _is_date(text) else None
    value = _VALUE.match(flat, start)
    if value is None or bare:
        return None
    for text in _shortenings(value.group()):
        if number := parse(text):
            fits = _is_labelled_number(number, spaced) and (document or number.scheme not in _DOCUMENT_SCHEMES)
            return (number, start + len(text), False) if fits else None
    for text in _shortenings(value.group()):
        number = parse(text.translate(_CONFUSED))
        if number and number.scheme not in _NEVER_CONFUSED and not text.isalpha():
            return number, start + len(text), True
    return None


def _read_unlisted(flat: str, start: int) -> tuple[Number, int, bool] | None:
    """Take one token with four figures at least for a number of a form that no scheme has; dates and CPR are none."""
    token = _TOKEN.match(flat, start)
    if token is None:
        return None
    text = token.group().rstrip(".:-/_")
    figures = sum(map(str.isdecimal, text))
    if figures < 4 or (figures == len(text) == 4) or _NO_NUMBER.fullmatch(text):
        return None
    number = parse(text)
    if number is None or number.scheme == "serial" or number.scheme in _DOCUMENT_SCHEMES:
        shown = text.upper()
        number = Number("unlisted", shown, shown)
    return number, start + len(text), False


def _shortenings(text: str) -> Iterator[str]:
    """Give `text` and then, part by part, less of its end."""
    text = text.rstrip(" .:-/&")
    yield text
    for _ in range(3):
        cut = max(text.rfind(" "), text.rfind(". "))
        if cut <= 0:
            return
        text = text[:cut].rstrip(" .:-/&")
        yield text


def _is_labelled_number(number: Number, spaced: bool) -> bool:
    """Tell a bare serial from an item's number (`Sag nr. 129`) and from a year."""
    if number.scheme != "serial":
        return True
    serial = number.serial or ""
    return len(serial) >= (5 if spaced else 4) and not (len(serial) == 4 and serial[:2] in ("19", "20"))


_FIGURES = re.compile("[0-9]+")
_CAPITALS = re.compile("(?<!\\w)[A-ZÆØÅ]{1,5} {0,2}-? {0,2}$")
_SIGNS = frozenset("-/._:")
_ISO = re.compile(r"(?:19|20)[0-9]{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])")
_RANGE = re.compile(r"(?:19|20)?[0-9]{2} {0,2}[-/] {0,2}(?:19|20)?[0-9]{2}")


def _is_date(text: str) -> bool:
    return bool(_ISO.fullmatch(text))


def _find_unlabelled(flat: str) -> Iterator[NumberMention]:
    end = 0
    for start in _number_starts(flat):
        if start < end or (found := _SCAN.match(flat, start)) is None:
            continue
        end = found.end()
        number = parse(found.group())
        if number and _stands_alone(number, found.group()) and not _looks_alike(flat, start, end):
            yield NumberMention(number, start, end)


def _number_starts(flat: str) -> Iterator[int]:
    """Give the places where a number may begin: figures with a sign after them, and capitals before figures."""
    for figures in _FIGURES.finditer(flat):
        start, end = figures.span()
        before = flat[max(0, start - 6) : start].rstrip(" -")
        if before[-1:].isupper():
            capitals = _CAPITALS.search(flat, max(0, start - 12), start)
            if capitals:
                yield capitals.start()
        if flat[end : end + 1] in _SIGNS or flat[end : end + 3].lstrip(" ").startswith("-"):
            yield start


def _find_confused(flat: str) -> Iterator[NumberMention]:
    """Find what OCR made of an eDoc number that bears no label: five figures at least are still figures."""
    for found in _CONFUSED_NUMBER.finditer(flat):
        text = found.group()
        read = text.translate(_CONFUSED)
        number = parse(read)
        if number and _is_edoc(number, read) and sum(c.isdigit() for c in text) >= 5:
            yield NumberMention(number, found.start(), found.end(), doubt=True)


def _stands_alone(number: Number, text: str) -> bool:
    """Tell whether the form alone, without a label, makes this a number."""
    serial = number.serial or ""
    match number.scheme:
        case "edoc":
            return _is_edoc(number, text)
        case "acadre":
            return len(serial) >= 3 and not _RANGE.fullmatch(text)
        case "year-slash":
            return len(text) >= 10
        case "serial-year":
            return len(_tight(text)) >= 10 and not _CPR.fullmatch(_tight(text))
        case "committee":
            return number.prefix in COMMITTEE_LETTERS
        case _:
            return True


def _is_edoc(number: Number, text: str) -> bool:
    """Tell an unlabelled eDoc number from a date and from a range of years (`2011-2014`, `2009-10`)."""
    if _is_date(_tight(text)) or _RANGE.fullmatch(text):
        return False
    return len(_tight(text)) >= (12 if number.suffix else 8)


_YEAR_AFTER = re.compile(r"[ -]{1,2}(?:19|20)[0-9]{2}(?![0-9])|-[0-9]{2}(?![0-9])")


def _looks_alike(flat: str, start: int, end: int) -> bool:
    """Tell a law, a plan, a telephone number or a date from a case number by what stands beside it."""
    if _LOOK_ALIKE.search(flat[max(0, start - 28) : start].lower()):
        return True
    return "/" in flat[start:end] and bool(_YEAR_AFTER.match(flat, end))


_FILE_NAME = re.compile(r"(?:^|(?<=[/_ ]))([1-8][0-9]{2}_(?:19|20)[0-9]{2}_[0-9]{1,7})(?![0-9])")


def read_file_name(name: str) -> Number | None:
    """Read the number that a file's name begins with (`306_2016_11967_Referat.pdf`)."""
    found = _FILE_NAME.search(name)
    return parse(found.group(1).replace("_", "-")) if found else None


_TYPED_LABEL = (
    r"(?:(?:sags?|journal|dok(?:ument)?|j)\.?[ -]{0,2}(?:nr|nummer|id)(?!\w)[.:]{0,2} {0,2}|sag(?:en)?:? {1,2})?"
)
_TYPED_SPACED = r"(?:19|20)[0-9]{2} {1,2}(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,7}"
_TYPED = re.compile(
    rf"{_BEFORE}(?P<label>{_TYPED_LABEL})(?P<number>{_SCAN.pattern}|(?<![\w/.-]){_TYPED_SPACED}{_AFTER})", re.IGNORECASE
)
_TYPED_SERIAL = re.compile(rf"(?<![\w-])(?:{_TYPED_LABEL})(?P<number>[0-9]{{4,9}})(?![\w/.-])", re.IGNORECASE)
_GLUED = re.compile(r"((?:19|20)[0-9]{2})(0{0,3}[1-9][0-9]{2,6})")
_SHORT_DASH = re.compile(r"(?<![\w/.-])([0-9]{2}) ?- ?([0-9]{3,6})(?![\w/.-])")
_YEAR_SERIAL = re.compile(r"(?<![\w/.-])((?:19|20)[0-9]{2})[ /]([0-9]{3,6})(?![\w/.-])")


def read_typed(query: str) -> TypedNumbers:
    """Part the numbers that a user typed from the words beside them.

    `2010-16508`, `2010 16508`, `sagsnr. 2010-0016508`, `18/28145` are exact and leave `rest`; `201016508`, `16508`,
    `18-28145` are candidates, and stay in `rest` since they may be words.
    """
    flat = flatten(normalise(query))[:2000]
    mentions: list[TypedNumber] = []
    rest: list[str] = []
    at = 0
    for found in _TYPED.finditer(flat):
        number = parse(_with_dash(found["number"]))
        if number and (found["label"] or _stands_alone(number, found["number"].upper()) or " " in found["number"]):
            document = found["label"].lower().startswith("dok")
            mentions.append(TypedNumber(number, found.start(), found.end(), document))
            rest.append(flat[at : found.start()])
            at = found.end()
    rest.append(flat[at:])
    words = " ".join(" ".join(rest).split())
    exact = tuple(dict.fromkeys(mention.number for mention in mentions))
    return TypedNumbers(exact, candidates(words), words, tuple(mentions), flat)


def _with_dash(text: str) -> str:
    parts = text.split()
    return "-".join(parts) if len(parts) == 2 and all(part.isdigit() for part in parts) else text


def candidates(text: str) -> tuple[Number, ...]:
    """Give the numbers that `text` may mean, likeliest first; a bare serial has scheme `serial`."""
    flat = flatten(normalise(text))
    return tuple(dict.fromkeys(number for number in _guess(flat) if number))


def _guess(flat: str) -> Iterable[Number | None]:
    for found in _TYPED_SERIAL.finditer(flat):
        digits = found["number"]
        if glued := _GLUED.fullmatch(digits):
            yield parse(f"{glued[1]}-{glued[2]}")
        if not (len(digits) == 4 and digits[:2] in ("19", "20")):
            yield parse(digits)
    for found in _SHORT_DASH.finditer(flat):
        yield parse(f"{found[1]}/{found[2]}")
    for found in _YEAR_SERIAL.finditer(flat):
        if not _RANGE.fullmatch(found.group()):
            yield parse(f"{found[1]}-{found[2]}")
            yield parse(f"{found[1][2:]}/{found[2]}")
