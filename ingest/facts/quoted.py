"""Where a mail quotes an earlier one: what stands there was written by somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.facts import shapes

if TYPE_CHECKING:
    from ingest.facts.draft import TextLine

#: Signs of a quote, and those of bold type in plain text.
_SIGNS = r"[>*_ \t]{0,12}"
_FROM = re.compile(rf"{_SIGNS}(?:fra|from)[*_]{{0,2}} ?:", re.IGNORECASE)
_SENT = re.compile(rf"(?:^|\s){_SIGNS}(?:sendt|sent)[*_]{{0,2}} ?:", re.IGNORECASE)
_DATE = re.compile(rf"(?:^|\s){_SIGNS}(?:dato|date)[*_]{{0,2}} ?:", re.IGNORECASE)
_TO = re.compile(rf"(?:^|\s){_SIGNS}(?:til|to|emne|subject)[*_]{{0,2}} ?:", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:^|\s){_SIGNS}(?:emne|subject)[*_]{{0,2}} ?:", re.IGNORECASE)
_RULE = re.compile(
    r"[>_ -]{0,80}(?:oprindelig (?:meddelelse|mail|besked)|original message|videresendt (?:meddelelse|besked|mail)|"
    r"forwarded message|begin forwarded message|start på videresendt besked|original appointment)[ :_-]{0,80}$",
    re.IGNORECASE,
)
#: `Den 3. maj 2021 kl. 12.11 skrev Ulla Brix <ulla@fjordby.example>:`; a letter may cite without hour and address.
_WROTE = re.compile(r"[> ]{0,12}(?:den|on|am|d\.|[0-9]|[\w .-]{2,60}<)[^\n]{0,200}\b(?:skrev|wrote)\b", re.IGNORECASE)
_HOUR_OR_ADDRESS = re.compile(r"[0-9]{1,2}[.:][0-9]{2}(?![.0-9])|@")
_GREETING = re.compile(r"(?:kære|hej|til|hi|dear)\b.{0,40}$", re.IGNORECASE)
#: The lines of one block of headers.
_BLOCK = 8
_LONGEST = 400
#: No more words are what goes with a mail that is passed on (`Se nedenfor`).
_PASSED_ON = 3


def quoted_spans(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Give the spans of a mail's text that quote another mail, in order; none where it says nothing of its own."""
    spans: list[tuple[int, int]] = []
    quoted: set[int] = set()
    for first, end in _quotes(lines):
        spans.append((lines[first].start, lines[end - 1].end))
        quoted.update(range(first, end))
    return spans if quoted and _says_anything([line for line in lines if line.index not in quoted]) else []


def _quotes(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each quote and the one after its last; what has no sign goes on to the end."""
    for line in lines:
        if line.text.startswith(">"):
            yield line.index, line.index + 1
        elif _is_rule(line) or _is_header(lines, line):
            yield line.index, len(lines)
            return
        elif introduced := _introduced(lines, line):
            signed = introduced < len(lines) and lines[introduced].text.startswith(">")
            yield line.index, introduced if signed else len(lines)
            if not signed:
                return


def _is_rule(line: TextLine) -> bool:
    return len(line.text) < _LONGEST and _RULE.match(line.text) is not None


def _is_header(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Tell the head of a mail as Outlook prints it above what it quotes."""
    if not _FROM.match(line.text):
        return False
    block = "\n".join(below.text[:_LONGEST] for below in lines[line.index : line.index + _BLOCK])
    if _SENT.search(block):
        return _TO.search(block) is not None
    return _DATE.search(block) is not None and _SUBJECT.search(block) is not None


def _introduced(lines: Sequence[TextLine], line: TextLine) -> int:
    """Give the index of the line behind `Den … skrev …:`, which may be broken in two; 0 where there is none."""
    text = line.text[:_LONGEST]
    if not _WROTE.match(text):
        return 0
    for last in range(line.index, min(line.index + 2, len(lines))):
        text = text if last == line.index else f"{text} {lines[last].text[:_LONGEST]}"
        if text.endswith(":"):
            return last + 1 if _HOUR_OR_ADDRESS.search(text) else 0
    return 0


def _says_anything(lines: Sequence[TextLine]) -> bool:
    """Say whether a mail has more to say, above its closing, than that it passes another one on."""
    words = 0
    for line in lines:
        if line.style == "title" or _GREETING.match(line.text):
            continue
        if shapes.is_closing(line.text) or shapes.closing_name(line.text):
            break
        words += len(line.text.split())
    return words > _PASSED_ON
