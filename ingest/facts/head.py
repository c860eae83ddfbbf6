"""The head of a paper: what stands before its running text, line by line and block by block."""

from __future__ import annotations

import re

from corpus.dates import find_dates
from ingest.facts import shapes
from ingest.facts.addressees import opens_list
from ingest.facts.draft import Document, TextLine

#: A long subject is no running text.
_SUBJECT = re.compile(r"(?:vedr(?:ørende)?|emne|titel|overskrift|angående|ang)[.:]{1,2}\s", re.IGNORECASE)
#: No head is longer, whatever the paper looks like.
_MOST = 40


def head_lines(document: Document) -> tuple[TextLine, ...]:
    """Return the body's lines before the salutation or the first running text."""
    found: list[TextLine] = []
    listed = False
    for line in document.lines[:_MOST]:
        if line.role == "margin":
            continue
        prose = shapes.is_prose(line.text) and not (_SUBJECT.match(line.text) or _is_long_heading(line))
        listed = opens_list(line.text) if line.first or not listed else not line.text.endswith(".")
        if shapes.is_salutation(line.text) or (prose and not listed):
            break
        found.append(line)
    return tuple(found)


def _is_long_heading(line: TextLine) -> bool:
    """Tell a subject in bold letters that runs over several lines, from a sentence in them."""
    return (line.bold or line.style in ("heading", "title")) and len(line.text) < 250 and line.text[-1] not in ".:,;?!"


def salutation(document: Document) -> TextLine | None:
    """Return the line `Kære …`, where the paper has one among its first lines."""
    return next((line for line in document.lines[:_MOST] if shapes.is_salutation(line.text)), None)


def is_date_line(document: Document, line: TextLine) -> bool:
    """Tell a short line whose matter is a date (`København, den 3. maj 2012`, `tirsdag den … kl. 17 i …`)."""
    if len(line.text) > 110 or not any(c.isdigit() for c in line.text):
        return False
    lower = document.lower[line.start : line.end]
    mentions = [mention for mention in find_dates(lower) if mention.day]
    return bool(mentions) and mentions[0].start < 40 and _is_dateish(lower[: mentions[0].start])


def _is_dateish(before: str) -> bool:
    words = before.replace(",", " ").split()
    return len(words) <= 3 and (
        not words
        or words[-1] in ("den", "d.", "dato", "dato:")
        or words[-1].endswith("dag")
        or before.endswith((", ", ": "))
    )
