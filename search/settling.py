"""What figures in a query mean: the archive's own number in another spelling, or with another form of its year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from corpus.dates import is_year, read_date
from corpus.numbers import Number, candidates, parse, read_typed
from corpus.text import fold_dashes
from index.port import Engine

#: Gives the case numbers of the archive with a serial (without its leading zeros).
Numbered = Callable[[str], Sequence[Number]]

#: A run of figures and separators that may be a number in a spelling of its own, letters in front included.
_RUN = re.compile(
    r"(?<![\w\"])(?:(?:[A-Za-zÆØÅæøå]{1,4}[ -]?)?[0-9]{1,7}(?:[ ]?[-/.:_ ][ ]?[0-9]{1,7}){1,4}"
    r"|[A-Za-zÆØÅæøå]{2,4}[ -]?(?:19|20)[0-9]{5,9})(?![\w\"])"
)
_PIECE = re.compile(r"[A-ZÆØÅ]+|[0-9]+")
_KLE = re.compile(r"([0-9]{2})\D?([0-9]{2})\D?([0-9]{2})[ -]?([A-ZÆØÅ][0-9]{2})[ -]?([0-9]{1,5})[ -]([0-9]{2})")
_FUSED = re.compile(r"((?:19|20)[0-9]{2})([0-9]{3,7})|([0-9]{2})([0-9]{4,7})")
#: Figures behind a label without a sign between them: a serial, or year and serial written as one.
_LABELLED = re.compile(
    r"(?<!\w)(?:sags?(?:nr|nummer)?|j(?:ourn(?:al)?)?\.? ?(?:nr|nummer)|case)[.: ]{1,3}(?:(?:nr|nummer)[.: ]{1,3})?"
    r"(?P<figures>[0-9]{4,13})(?![\w/.-]|[ ]?[-/:_][ ]?[0-9]|[ ][0-9])",
    re.IGNORECASE,
)
_LETTERS_AND_YEAR = re.compile(r"([A-ZÆØÅ]{2,4})[ -]?((?:19|20)[0-9]{2})([0-9]{3,7})")
_FIGURES = re.compile("[0-9]{4,13}")
#: So many figures make a serial, and so many numbers one meaning; beyond them nothing is meant.
_SHORTEST, _MOST = 3, 3


def settle_numbers(query: str, engine: Engine, numbered: Numbered) -> tuple[str, tuple[str, ...]]:
    """Write numbers in a spelling of their own (`emn 2017 02087`, `18 / 33412`) as the archive's number they mean.

    Where the archive has no number so spelled, those with the same serial and year are meant (`13-41877` is
    2013-0041877), and a notice says so. Nothing is changed where it has none: what looks like a number may be words.
    """
    if not any(map(str.isdecimal, query)):
        return query, ()
    query = fold_dashes(query)
    notices: list[str] = []

    def settle(found: re.Match[str]) -> str:
        apart = "" if query[: found.start()].endswith("-") else " "
        if known := next((number for number in _readings(found[0]) if is_known(number, engine)), None):
            return f"{apart}{known.norm} "
        is_spelled = any(is_known(number, engine) for number in read_typed(found[0]).exact)
        is_quoted = query[: found.start()].count('"') % 2 == 1
        alike = [] if is_spelled or is_quoted else _alike(found[0], numbered)
        return apart + meant(alike, found[0]) if alike else found[0]

    def settle_labelled(found: re.Match[str]) -> str:
        figures = found["figures"]
        alike = numbers_of_word(figures, numbered)
        is_field = found[0][: -len(figures)].endswith(":")
        if not 0 < len(alike) <= _MOST:
            return found[0]
        return (found[0][: -len(figures)] if is_field else "") + meant(alike, found[0])

    def meant(numbers: Sequence[Number], typed: str) -> str:
        notices.append(f"“{typed.strip()}” was read as {' or '.join(number.norm for number in numbers)}.")
        spelled = [_typed(number) for number in numbers]
        return f"{spelled[0]} " if len(spelled) == 1 else f"({' ELLER '.join(spelled)}) "

    return _LABELLED.sub(settle_labelled, _RUN.sub(settle, query)), tuple(notices)


def is_known(number: Number, engine: Engine) -> bool:
    """Tell whether any paper of the archive bears or cites a number."""
    return any(engine.frequency(field, number.key) for field in ("case", "number", "cites"))


def guess_numbers(word: str) -> tuple[Number, ...]:
    """Give the numbers that one word of figures may be: `201016508` is 2010-16508 without its dash."""
    found = list(candidates(word))
    if fused := _FUSED.fullmatch(word):
        spelling = f"{fused[1]}-{fused[2]}" if fused[1] else f"{fused[3]}/{fused[4]}"
        if number := parse(spelling):
            found.append(number)
    return tuple(dict.fromkeys(found))


def numbers_of_word(word: str, numbered: Numbered) -> tuple[Number, ...]:
    """Give the archive's numbers that one word of figures may be: its serial, or year and serial without a sign."""
    if not word.isdecimal() or not 3 < len(word) <= 13 or is_year(word):
        return ()
    return tuple(dict.fromkeys((*_with_serial(word, numbered), *_of_pairs(_pairs_in([word]), numbered))))


def numbers_alike(typed: str, numbered: Numbered) -> tuple[Number, ...]:
    """Give the archive's numbers with the serial and the year that a typed number has, in any order and form."""
    flat = fold_dashes(typed)
    run, figures = _RUN.search(flat), _FIGURES.search(flat)
    found = _alike(run[0], numbered) if run else []
    return tuple(found or (numbers_of_word(figures[0], numbered) if figures and not run else ()))


def _readings(text: str) -> Iterator[Number]:
    """Yield the numbers that a run of figures may be."""
    pieces = _PIECE.findall(text.upper())
    spellings = [text, "-".join(pieces), "/".join(pieces)]
    if pieces[0].isalpha():
        spellings += [pieces[0] + "-".join(pieces[1:]), pieces[0] + " " + "/".join(pieces[1:])]
    if kle := _KLE.fullmatch(text.upper()):
        spellings.append(f"{kle[1]}.{kle[2]}.{kle[3]}-{kle[4]}-{kle[5]}-{kle[6]}")
    if glued := _LETTERS_AND_YEAR.fullmatch(text.upper()):
        spellings.append("-".join(glued.groups()))
    yield from (number for spelling in spellings if (number := parse(spelling)))


def _alike(text: str, numbered: Numbered) -> list[Number]:
    """Give the archive's numbers with the serial and the year of a run of figures; none of a day."""
    if read_date(text):
        return []
    return _of_pairs(_pairs_in([piece for piece in _PIECE.findall(text.upper()) if piece.isdecimal()]), numbered)


def _of_pairs(pairs: Iterator[tuple[str, str]], numbered: Numbered) -> list[Number]:
    for year, serial in pairs:
        found = [number for number in _with_serial(serial, numbered) if _is_year(year, number.year)]
        if 0 < len(found) <= _MOST:
            return found
    return []


def _pairs_in(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what may be year and serial: side by side in either order, or written as one."""
    if len(pieces) == 1 and (fused := _FUSED.fullmatch(pieces[0])):
        yield (fused[1], fused[2]) if fused[1] else (fused[3], fused[4])
    for left, right in pairwise(pieces):
        for year, serial in ((left, right), (right, left)):
            if (len(year) == 2 or is_year(year)) and not is_year(serial):
                yield year, serial


def _with_serial(serial: str, numbered: Numbered) -> Sequence[Number]:
    bare = serial.lstrip("0")
    return numbered(bare) if len(bare) >= _SHORTEST else ()


def _is_year(typed: str, year: int | None) -> bool:
    return year is not None and int(typed) == (year if len(typed) == 4 else year % 100)


def _typed(number: Number) -> str:
    """Give a number as a query has it that is read as this one."""
    return number.norm if number in read_typed(number.norm).exact else f"sagsnr. {number.norm}"
