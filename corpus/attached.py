"""Which of the attachments filed nearby a reference means: by the title, else by the label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from corpus.papers import Paper

_LABEL = re.compile(r"(?<!\w)bilag[ _-]?(?:nr\.? ?)?([0-9]{1,3}[a-h]?|[a-h])(?![a-zæøå0-9])", re.IGNORECASE)


def find_attached(row: Any, near: Sequence[Paper]) -> tuple[list[Paper], bool]:
    """Give the papers that a reference's title or label means, and whether the two are at odds."""
    titled = [paper for paper in near if _titles_agree(row["shown"], paper)]
    label = _label_in(row["label"] or "")
    labelled = [paper for paper in near if label and label in _labels_of(paper)]
    if not titled or not labelled:
        return titled or labelled, False
    if both := [paper for paper in titled if paper in labelled]:
        return both, False
    at_odds = all(_labels_of(paper) for paper in titled) and all(paper.title for paper in labelled)
    return ([*titled, *labelled], True) if at_odds and row["shown"] else (titled, False)


def _titles_agree(wanted: str | None, paper: Paper) -> bool:
    """Titles agree when they are alike, or one of at least ten letters stands in the other."""
    if not wanted or not paper.title:
        return False
    one, other = wanted.casefold(), paper.title.casefold()
    shorter, longer = sorted((one, other), key=len)
    return fuzz.ratio(one, other) >= 85 or (len(shorter) >= 10 and shorter in longer)


def _label_in(text: str) -> str | None:
    """Give the number of a label: Bilag 1 is not Bilag 12."""
    found = _LABEL.search(text)
    return found[1].casefold() if found else None


def _labels_of(paper: Paper) -> frozenset[str]:
    """Give the labels in a paper's title and file name."""
    return _labels(paper.title or "", paper.path.rsplit("/", 1)[-1].replace("_", " "))


@lru_cache(maxsize=4096)
def _labels(*texts: str) -> frozenset[str]:
    return frozenset(label for text in texts if (label := _label_in(text)))
