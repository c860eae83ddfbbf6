"""How a line begins and ends: entries of lists, page lines, sentences."""

from __future__ import annotations

import re

_ENTRY = re.compile(
    r"(?:-\s|\(?\d{1,3}[.)]\s|\d{1,3}:\s(?=[A-ZÆØÅ])|\(?[a-zæøå]\)\s"
    r"|[A-ZÆØÅ][.)]\s(?=[A-ZÆØÅ])|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s|§ \d|[ivx]{1,4}[.)]\s)"
)
_MARKER = re.compile(r"(?:[-–•·]|\(?\d{1,3}[.)]|\(?[a-zA-ZæøåÆØÅ]\)|[a-zA-Z]\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$")
_PAGE_LINE = re.compile(
    r"(?:[-–]\s?)?(?:(?:side|page|s\.|p\.)\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:af|of|/|\|)\s?\d{1,4})?(?:\s?[-–])?\.?$",
    re.IGNORECASE,
)
_WORDED_PAGE_LINE = re.compile(
    r"(?:side|page)\s?:?\s?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:af|of|/|\|)\s?\d{1,4})?\.?$|\d{1,4} (?:af|of) \d{1,4}$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’»)\]]{0,2}$")


def starts_entry(text: str) -> bool:
    """Say whether a line begins with a bullet, a number or a letter of a list."""
    return bool(_ENTRY.match(text))


def is_marker(text: str) -> bool:
    """Say whether a text is nothing but a bullet or a number of a list."""
    return bool(_MARKER.match(text))


def is_page_line(text: str) -> bool:
    """Say whether a line is a page number in any usual form, also a bare one."""
    return bool(_PAGE_LINE.match(text.strip()))


def is_worded_page_line(text: str) -> bool:
    """Say whether a line is a page number that says so: `Side 2 af 2`, `1 af 17`."""
    return bool(_WORDED_PAGE_LINE.match(text.strip()))


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as a sentence, a clause before a list or a quotation does."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def first_word(text: str) -> str:
    """Give what stands before the first blank."""
    return text.split(" ", 1)[0]
