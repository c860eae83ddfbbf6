"""What a user types -> what is asked: words, phrases, fields, ranges and numbers, joined by operators.

Whoosh's parser reads the structure. What it would misread is put right before: numbers and ranges are masked, `felt: x`
loses its blank, unknown fields their colon, and input that would take it long is cut. A slip in the syntax gives the
best reading and a notice, never an error. The grammar for users is `docs/query.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from corpus.dates import read_date
from corpus.numbers import Number, TypedNumber, read_typed
from corpus.text import flatten, normalise
from search.days import write_days, write_spoken

LONGEST_QUERY = 2000
LONGEST_WORD = 100
DEEPEST = 50
#: Words that are searched for at most, and among them those with `~` and with `*`: each may be thousands of words.
MOST_WORDS, MOST_OPEN = 100, 10
FIELDS = {
    **dict.fromkeys(("udvalg", "committee", "body"), "committee"),
    **dict.fromkeys(("forvaltning", "department"), "department"),
    **dict.fromkeys(("sagsnr", "sag", "case"), "case"),
    **dict.fromkeys(("doknr", "dok", "document"), "number"),
    **dict.fromkeys(("underskriver", "underskrevet", "signatory", "signed"), "signatory"),
    **dict.fromkeys(("modtager", "recipient", "to"), "recipient"),
    **dict.fromkeys(("type", "doctype"), "doc_type"),
    **dict.fromkeys(("dato", "date"), "date"),
    **dict.fromkeys(("år", "year"), "date"),
    **dict.fromkeys(("efter", "after", "fra", "from"), "after"),
    **dict.fromkeys(("før", "before", "til", "until"), "before"),
    **dict.fromkeys(("titel", "title"), "title"),
    **dict.fromkeys(("bilag", "attachment"), "attachment"),
    **dict.fromkeys(("lov", "law"), "law"),
    **dict.fromkeys(("instrument", "politik", "plan"), "instrument"),
}
_OPERATORS = frozenset(("OG", "AND", "ELLER", "OR", "IKKE", "NOT"))
_QUOTES = str.maketrans(dict.fromkeys("”“„»«″", '"'))
_HELD = re.compile(r'=?"[^"]*"')
_FIELD_BLANK = re.compile(r"(?<![\w:])(\w{1,20}):[ ]{1,5}(?=[\w\"\[(=])")
_FIELD = re.compile(r"(?<![\w:])(\w{1,20}):(?=\S)")
_DATE_FIELD = re.compile(
    rf"(?<![\w:])(?:{'|'.join(name for name, of in FIELDS.items() if of in ('date', 'after', 'before'))}):"
    r" {0,5}(?:\[ {0,3})?",
    re.IGNORECASE,
)
_RANGE_DOTS = re.compile(r"(?<=:)([0-9-]{4,10})?\.\.([0-9-]{4,10})?(?!\w)")
_RANGE_WORDS = re.compile(
    r"(?<=:)[\[{] {0,3}([0-9-]{4,10}|\*)? {0,3}(?:TO|TIL|to|til|-) {0,3}([0-9-]{4,10}|\*)? {0,3}[\]}]"
)
_PLAIN = re.compile(r'[":()\[\]{}*~+=^|&]|(?<!\S)-[\w§\ue000]|(?<!\S)(?:OG|AND|ELLER|OR|IKKE|NOT)(?!\S)')
_REQUIRED = re.compile(r'(?<!\S)\+(?=[\w§"])')
_REFUSED = re.compile(r'(?<!\S)-(?=[\w§"\ue000])')
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_MASK = re.compile(r"\ue000([0-9]{1,3})\ue001")
_RANGE = re.compile(r"\ue011([0-9]{1,3})\ue012")
_PLUS = "\ue010"
#: The sign of a paragraph belongs to its number.
_SIGN = re.compile(r"(?<!\w)(?:§{1,2}|paragraf) {0,3}(?=[0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; `required` where nothing may stand for it."""

    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words side by side; `exact` as they stand, otherwise in any inflection."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Words within so many edits."""

    text: str
    edits: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A case or document number; `document` where it was typed as a document's."""

    number: Number
    document: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of days as yyyymmdd, both ends included; `None` leaves an end open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class In:
    """Something asked of one field."""

    name: str
    ask: Word | Quote | Beginning | Near


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    parts: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these."""

    parts: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of this."""

    part: Ask


Ask: TypeAlias = Word | Quote | Beginning | Near | Numbered | Dated | In | Both | Either | Not


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was read. `free` are the plain words in order; `strict` is what must hold besides them."""

    free: tuple[Word, ...] = ()
    strict: tuple[Ask, ...] = ()
    numbers: tuple[Number, ...] = ()
    #: Those of them that were typed as a document's, and not as a case's, too.
    documents: tuple[Number, ...] = ()
    candidates: tuple[Number, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    numbers: list[Number] = field(default_factory=list)
    #: Places among the numbers, of those with a document's label.
    labelled: set[int] = field(default_factory=set)
    documents: list[Number] = field(default_factory=list)
    cases: list[Number] = field(default_factory=list)
    candidates: list[Number] = field(default_factory=list)
    ranges: list[Dated] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    words: int = 0
    open: set[Ask] = field(default_factory=set)


def parse(query: str) -> Asked:
    """Read a query; whatever it is, something is asked or nothing is."""
    reading = _Reading()
    text = write_spoken(_clean(query, reading))
    dated = "".join(piece if held else write_days(piece, _DATE_FIELD) for held, piece in _outside_quotes(text))
    masked = _mask_numbers(_mask_ranges(_mend_fields(dated, reading), reading), reading)
    masked = "".join(piece if held else _SIGN.sub("§", piece) for held, piece in _outside_quotes(masked))
    parts = tuple(_read_structure(masked, reading) if _PLAIN.search(masked) else _plain_words(masked, reading))
    free = tuple(part for part in parts if isinstance(part, Word) and not part.required)
    strict = tuple(part for part in parts if not isinstance(part, Word) or part.required)
    return Asked(
        tuple(word for word in free if any(map(str.isalnum, word.text))),
        strict,
        tuple(dict.fromkeys(reading.numbers)),
        tuple(number for number in dict.fromkeys(reading.documents) if number not in reading.cases),
        tuple(dict.fromkeys(reading.candidates)),
        tuple(dict.fromkeys(reading.notices)),
    )


def _plain_words(text: str, reading: _Reading) -> Iterator[Ask]:
    """Yield the words of a query without any operator; Whoosh's parser is not needed for it, nor its import."""
    for word in text.split():
        yield from _read_word(None, word, reading)


def _limited(ask: Word | Quote | Beginning | Near, reading: _Reading) -> Iterator[Word | Quote | Beginning | Near]:
    """Let so many words through, and so many open ones; the rest of them stand for themselves."""
    reading.words += 1
    if reading.words > MOST_WORDS:
        reading.notices.append(f"Only the first {MOST_WORDS} words were searched for.")
        return
    if isinstance(ask, Beginning | Near) and ask not in reading.open:
        if len(reading.open) >= MOST_OPEN:
            reading.notices.append(f"Only {MOST_OPEN} words may end in * or ~; the others were taken as they stand.")
            ask = Word(ask.text)
        else:
            reading.open.add(ask)
    yield ask


def _clean(query: str, reading: _Reading) -> str:
    """Bring the query into plain form and within the limits that the parser can bear."""
    text = flatten(normalise(query[: 4 * LONGEST_QUERY])).translate(_QUOTES)
    text = "".join(char if char.isprintable() and not "\ue000" <= char <= "\uf8ff" else " " for char in text)
    if len(text) > LONGEST_QUERY or len(query) > 4 * LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        reading.notices.append(f"The query was cut after {LONGEST_QUERY} characters.")
    if any(len(word) > LONGEST_WORD for word in text.split(" ")):
        text = " ".join(word[:LONGEST_WORD] for word in text.split(" "))
        reading.notices.append(f"Words were cut after {LONGEST_WORD} characters.")
    if text.count('"') % 2:
        at = text.rindex('"')
        text = text[:at] + " " + text[at + 1 :]
        reading.notices.append("A quotation mark has no partner and was left out.")
    return _mend_brackets(text, reading)


def _mend_brackets(text: str, reading: _Reading) -> str:
    """Leave out brackets without a partner, and all where they nest too deep."""
    outside = _HELD.sub(lambda held: " " * len(held[0]), text)
    open_at: list[int] = []
    lone: set[int] = set()
    deepest = 0
    for at, char in enumerate(outside):
        if char == "(":
            open_at.append(at)
            deepest = max(deepest, len(open_at))
        elif char == ")":
            if open_at:
                open_at.pop()
            else:
                lone.add(at)
    lone.update(open_at)
    if deepest > DEEPEST:
        lone = {at for at, char in enumerate(outside) if char in "()"}
        reading.notices.append(f"Brackets nest deeper than {DEEPEST} and were left out.")
    elif lone:
        reading.notices.append("A bracket has no partner and was left out.")
    return "".join(" " if at in lone else char for at, char in enumerate(text)) if lone else text


def _outside_quotes(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the text in pieces, each with whether it stands in quotation marks."""
    at = 0
    for held in _HELD.finditer(text):
        yield False, text[at : held.start()]
        yield True, held[0]
        at = held.end()
    yield False, text[at:]


def _mend_fields(text: str, reading: _Reading) -> str:
    """Close `felt: x`, and take the colon from what is no field."""
    known = _FIELD_BLANK.sub(lambda found: found[1] + ":" if found[1].lower() in FIELDS else found[0], text)

    def check(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name in FIELDS:
            return name + ":"
        if not name.isdecimal() and name not in ("http", "https"):
            names = "udvalg, sagsnr, underskriver, type, dato, titel, bilag, lov"
            reading.notices.append(f"There is no field “{name}”; fields are {names}.")
        return found[1] + " "

    return "".join(piece if held else _FIELD.sub(check, piece) for held, piece in _outside_quotes(known)).replace(
        ": ", " "
    )


def _mask_ranges(text: str, reading: _Reading) -> str:
    """Write `2009..2010` and `[2009 TIL 2010]` as one word."""

    def mask(found: re.Match[str]) -> str:
        low, high = (end if end and end != "*" else None for end in found.groups())
        reading.notices.extend(_no_date(end) for end in (low, high) if end and first_day(end) is None)
        reading.ranges.append(Dated(first_day(low), last_day(high)))
        return f"\ue011{len(reading.ranges) - 1}\ue012"

    return _RANGE_WORDS.sub(mask, _RANGE_DOTS.sub(mask, text))


def _mask_numbers(text: str, reading: _Reading) -> str:
    """Write each case or document number outside quotation marks as one word that the parser leaves alone."""
    pieces = []
    for held, piece in _outside_quotes(text):
        if held or not any(map(str.isdecimal, piece)) or "\ue011" in piece:
            pieces.append(piece)
            continue
        typed = read_typed(piece)
        reading.candidates.extend(typed.candidates)
        at = 0
        for mention in typed.mentions:
            before = typed.flat[at : mention.start]
            # What binds to the number goes on doing so: a field's colon, the sign that refuses it.
            pieces += [before, "" if before.endswith((":", "-")) else " ", _mask(mention, reading)]
            at = mention.end
        pieces.append(typed.flat[at:])
    return "".join(pieces)


def _mask(mention: TypedNumber, reading: _Reading) -> str:
    reading.numbers.append(mention.number)
    if mention.document:
        reading.labelled.add(len(reading.numbers) - 1)
    return f"\ue000{len(reading.numbers) - 1}\ue001 "


def _parser() -> Any:
    from whoosh.qparser import QueryParser, plugins, syntax

    operators = plugins.OperatorsPlugin(
        And=r"(?<=\s)(?:OG|AND)(?=\s)",
        Or=r"(?<=\s)(?:ELLER|OR)(?=\s)",
        Not=r"(?:(?<=\s)|(?<=\()|^)(?:IKKE|NOT)(?=\s)",
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    chosen = [
        plugins.WhitespacePlugin(),
        plugins.GroupPlugin(),
        plugins.PhrasePlugin(),
        plugins.FieldsPlugin(expr=rf"(?<!\w)(?P<text>{'|'.join(FIELDS)}):"),
        operators,
        plugins.PrefixPlugin(),
        plugins.FuzzyTermPlugin(),
    ]
    return QueryParser(None, None, plugins=chosen, group=syntax.AndGroup)


def _read_structure(text: str, reading: _Reading) -> Iterator[Ask]:
    """Let Whoosh's parser find the structure, and yield what is asked at the top."""
    text = _REFUSED.sub("IKKE ", _REQUIRED.sub(_PLUS, text))
    text = re.sub(r"(?:(?<!\S)(?:IKKE|NOT) +){2,}", "IKKE ", text)
    try:
        top = _parser().process(text)
    except (IndexError, RecursionError):
        reading.notices.append("The operators could not be read; the words were searched for.")
        words = " ".join(word for word in re.findall(r"\w+", text) if word not in _OPERATORS)
        yield from _plain_words(words, reading)
        return
    yield from _read_nodes(list(top), reading)


def _read_nodes(nodes: list[Any], reading: _Reading) -> Iterator[Ask]:
    exact = False
    for at, node in enumerate(nodes):
        following = nodes[at + 1] if at + 1 < len(nodes) else None
        if _is_equals(node, following):
            exact = True
            continue
        yield from _read_node(node, reading, exact)
        exact = False


def _is_equals(node: Any, following: Any) -> bool:
    text = getattr(node, "text", None)
    return text == "=" and type(following).__name__ == "PhraseNode" and node.endchar == following.startchar


def _read_node(node: Any, reading: _Reading, exact: bool = False) -> Iterator[Ask]:
    kind = type(node).__name__
    name = getattr(node, "fieldname", None)
    if kind == "NotGroup":
        parts = tuple(_read_nodes(list(node), reading))
        if parts:
            yield Not(parts[0] if len(parts) == 1 else Both(parts))
    elif kind == "OrGroup":
        parts = tuple(_read_nodes(list(node), reading))
        if parts:
            yield Either(parts) if len(parts) > 1 else parts[0]
    elif kind == "AndGroup":
        parts = tuple(_read_nodes(list(node), reading))
        if parts:
            yield Both(parts) if len(parts) > 1 else parts[0]
    elif kind == "PhraseNode":
        yield from _in_field(name, Quote(node.text, exact), reading)
    elif kind == "PrefixNode":
        yield from _in_field(name, Beginning(node.text), reading)
    elif kind == "FuzzyTermNode":
        yield from _in_field(name, Near(node.text, min(2, max(1, node.maxdist))), reading)
    elif kind == "WordNode":
        yield from _read_word(name, node.text, reading)


def _read_word(name: str | None, text: str, reading: _Reading) -> Iterator[Ask]:
    if masked := _MASK.fullmatch(text):
        yield _numbered(name, int(masked[1]), reading)
    elif ranged := _RANGE.fullmatch(text):
        yield reading.ranges[int(ranged[1])]
    elif text in _OPERATORS:
        reading.notices.append(f"{text} has nothing to join on one side and was left out.")
    elif text.startswith(_PLUS):
        for ask in _read_word(name, text[1:], reading):
            yield replace(ask, required=True) if isinstance(ask, Word) else ask
    elif any(map(str.isalnum, text)):
        yield from _in_field(name, Word(text), reading)


def _numbered(name: str | None, place: int, reading: _Reading) -> Numbered:
    """Read a number as a document's behind a label or a field that says so."""
    asked = Numbered(reading.numbers[place], place in reading.labelled or FIELDS.get(name or "") == "number")
    (reading.documents if asked.document else reading.cases).append(asked.number)
    return asked


def _in_field(name: str | None, ask: Word | Quote | Beginning | Near, reading: _Reading) -> Iterator[Ask]:
    known = FIELDS.get(name or "")
    if known is None:
        yield from _limited(ask, reading)
    elif known in ("date", "after", "before"):
        low, high = first_day(ask.text), last_day(ask.text)
        if low is None and high is None:
            reading.notices.append(_no_date(ask.text))
        else:
            yield Dated(None if known == "before" else low, None if known == "after" else high)
    else:
        yield In(known, ask)


def _no_date(text: str) -> str:
    return f"“{text}” is no date; write 2010, 2010-05 or 2010-05-31."


def first_day(text: str | None) -> int | None:
    """Give `2010`, `2010-05`, `2010-05-31` or a Danish day as its first day, yyyymmdd; `None` for anything else."""
    return _day(text, 1, 1)


def last_day(text: str | None) -> int | None:
    """Give the same as its last day (a 31st, also where the month has none: only the order counts)."""
    return _day(text, 12, 31)


def _day(text: str | None, month: int, day: int) -> int | None:
    found = _DATE.fullmatch(text or "") or _DATE.fullmatch(read_date(text or "") or "")
    if not found:
        return None
    try:
        date(max(1, int(found[1])), int(found[2] or month), int(found[3] or 1))
    except ValueError:
        return None
    return int(found[1]) * 10000 + int(found[2] or month) * 100 + int(found[3] or day)
