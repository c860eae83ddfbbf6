"""Days as people write them behind a field of dates: `efter:1. maj 2010`, `dato:4/1 2021..marts 2021`."""

from __future__ import annotations

import re

from corpus.dates import find_dates

#: Signs within which a day begins and ends.
_LONGEST = 48
_JOIN = re.compile(r"(?: {0,3}\.\. {0,3}| {1,3}(?:to|til|-) {1,3})", re.I)
_OPENING = re.compile(r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?(?:den |d\. ?)?", re.I)
_SPOKEN = re.compile(r"\s*(?P<word>før|efter|siden|mellem) +(?P<rest>\S.{0,80})", re.I)
_AND = re.compile(r" {1,3}(?:og|til) {1,3}", re.I)
#: The length of a year.
_YEAR = 4
_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}(?![\w/.-])|\*")


def write_days(text: str, field: re.Pattern[str]) -> str:
    """Write what is a day, or a stretch of days, behind `field` as `2010-05-01`; all else stays as it is."""
    pieces, at = [], 0
    for found in field.finditer(text):
        if found.end() < at:
            continue
        pieces.append(text[at : found.end()])
        low, at = _read_end(text, found.end())
        pieces.append(low)
        join = _JOIN.match(text, at) if low or text.startswith("..", at) else None
        high, end = _read_end(text, join.end()) if join else ("", at)
        if join and high:
            pieces += [".." if ".." in join[0] else join[0], high]
            at = end
    return "".join(pieces) + text[at:]


def write_spoken(text: str) -> str:
    """Write a query that is only `før 2003`, `efter 1. maj 2010`, `mellem 2008 og 2010` as a stretch of days."""
    spoken = _SPOKEN.fullmatch(text)
    if not spoken:
        return text
    low, at = _read_end(text, spoken.start("rest"))
    join = _AND.match(text, at)
    high, end = _read_end(text, join.end()) if join else ("", at)
    if not low or end < len(text.rstrip()):
        return text
    word = spoken["word"].lower()
    if high:
        return f"dato:{low}..{high}"
    if word == "mellem":
        return text
    year = int(low) if len(low) == _YEAR else None
    if word == "før":
        return f"dato:..{year - 1 if year else low}"
    return f"dato:{year + 1 if year and word == 'efter' else low}.."


def _read_end(text: str, at: int) -> tuple[str, int]:
    """Give a day at a place and where it ends; nothing where there is none."""
    if plain := _PLAIN.match(text, at):
        return plain[0], plain.end()
    opening = _OPENING.match(text, at)
    start = opening.end() if opening else at
    for mention in find_dates(text[at : at + _LONGEST].lower()):
        is_here = at + mention.start in (at, start)
        return (mention.iso, at + mention.end) if is_here and mention.iso else ("", at)
    return "", at
