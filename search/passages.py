"""Passages quoted from a document's text: the sentence around a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.catalogue import Catalogue
from corpus.links import Link
from corpus.text import fold_spaces

_ABBREVIATIONS = "jf jfr nr sagsnr journalnr doknr dok pkt stk vedr ca kl att tlf".split()  # noqa: SIM905
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS)
_SENTENCE_END = re.compile(rf"(?<=[a-zæøå0-9)”\"][.!?]){_ABBREVIATED}\s+(?=[A-ZÆØÅ”\"-])|\n[ \t]*\n")
#: A quotation is cut to so many characters on either side of its place.
REACH = 220


def quote(catalogue: Catalogue, link: Link) -> str:
    """Give the sentence in which a link's reference stands, white space folded."""
    for part in catalogue.pages(link.source.id):
        if part.start <= link.start < part.start + len(part.text):
            return sentence(part.text, link.start - part.start, link.end - part.start)
    return ""


def quote_all(catalogue: Catalogue, links: Sequence[Link]) -> list[str]:
    """Give the sentence of each link, their texts read together."""
    return quote_places(catalogue, [(link.source.id, link.start, link.end) for link in links])


def quote_places(catalogue: Catalogue, places: Sequence[tuple[str, int, int]]) -> list[str]:
    """Give the sentence of each place (id, start, end), their texts read together."""
    slices = catalogue.slices_at((id_, start) for id_, start, _ in places)
    quotes = []
    for id_, start, end in places:
        part = slices.get((id_, start))
        inside = part is not None and start < part.start + len(part.text)
        quotes.append(sentence(part.text, start - part.start, end - part.start) if part and inside else "")
    return quotes


def sentence(text: str, start: int, end: int) -> str:
    """Give the sentence that holds `start`..`end`, at most `REACH` characters further on each side."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    window = text[low:high]
    first, last = 0, None
    for match in _SENTENCE_END.finditer(window):
        if match.end() <= start - low:
            first = match.end()
        elif match.start() >= end - low:
            last = match.start()
            break
    cut_before = "… " if not first and low > 0 else ""
    cut_after = " …" if last is None and high < len(text) else ""
    return cut_before + fold_spaces(window[first:last]) + cut_after
