"""Which of the papers filed nearby a reference to an attachment means: by the title, else by the label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from corpus.papers import Paper

_LABEL = re.compile(r"(?<!\w)bilag[ _-]?(?:nr\.? ?)?([0-9]{1,3}[a-h]?|[a-h])(?![a-zæøå0-9])", re.IGNORECASE)
_YEARS = re.compile(r" (?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?$")
_SIGNS = re.compile(r"[\W_]")
_WORD = re.compile(r"[^\W\d_]{6,}")
#: Papers that are filed for themselves and can be another's attachment, and the word that opens such a title.
ENCLOSED = {"memo": "notat", "hearing_response": "høringssvar", "hearing": "høringsbrev", "letter": "brev"}
#: Titles that many papers have: they mean one only where it has no other.
_KINDS = frozenset("oversigt oversigtskort rapport referat dagsorden tegning skrivelse udkast vejledning".split())  # noqa: SIM905
#: A title's letters from which it means a paper whose title holds it, and from which one whose title it opens.
_HELD, _OPENING = 10, 6


def find_attached(row: Any, near: Sequence[Paper]) -> tuple[list[Paper], bool]:
    """Give the papers that a reference's title or label means, and whether the two are at odds."""
    attachments = [paper for paper in near if paper.doc_type == "attachment"]
    titled = [paper for paper in attachments if titles_agree(row["shown"], paper)]
    label = label_in(row["label"] or "")
    labelled = [paper for paper in attachments if label and label in _labels_of(paper)]
    if not titled or not labelled:
        return titled or labelled or _enclosed(row["shown"], near), False
    if both := [paper for paper in titled if paper in labelled]:
        return both, False
    at_odds = all(_labels_of(paper) for paper in titled) and all(paper.title for paper in labelled)
    return ([*titled, *labelled], True) if at_odds and row["shown"] else (titled, False)


def bare_title(paper: Paper) -> str:
    """Give an attachment's title without the label before it (`Bilag 1 - Takster`)."""
    return _LABEL.sub("", paper.title or "", count=1).strip(" -–:.")


def titles_agree(wanted: str | None, paper: Paper) -> bool:
    """Titles agree when they are alike, or one holds the other, which is long or opens it."""
    if not wanted or not paper.title:
        return False
    one, other = wanted.casefold(), paper.title.casefold()
    shorter, longer = sorted((one, other), key=len)
    if fuzz.ratio(one, other) >= 85 or (len(shorter) >= _HELD and shorter in longer):
        return True
    return len(shorter) >= _OPENING and shorter not in _KINDS and _opens(shorter, longer)


def _opens(shorter: str, longer: str) -> bool:
    return longer.startswith(shorter) and not longer[len(shorter) :][:1].isalnum()


def _enclosed(wanted: str | None, near: Sequence[Paper]) -> list[Paper]:
    """Give the memos and answers that a title means: alike, opened by it, or of the type and the words that it names.

    `Notat om takster` is the one memo of the case whose title speaks of `takster`.
    """
    if not wanted:
        return []
    own = [paper for paper in near if paper.doc_type in ENCLOSED and paper.title]
    title = wanted.casefold()
    if alike := [paper for paper in own if _is_title(title, (paper.title or "").casefold())]:
        return alike
    words = set(_WORD.findall(title)) - {ENCLOSED[paper.doc_type] for paper in own}
    return [
        paper
        for paper in own
        if _opens(ENCLOSED[paper.doc_type], title) and words & set(_WORD.findall((paper.title or "").casefold()))
    ]


def _is_title(wanted: str, title: str) -> bool:
    if fuzz.ratio(wanted, title) >= 90 or (len(wanted) > _HELD and _opens(wanted, title)):
        return True
    # `Evaluering af havneplanen` lists the memo `Evaluering af Havneplan 2011-2014`.
    bare = _YEARS.sub("", title)
    return bare != title and not _YEARS.search(wanted) and fuzz.ratio(wanted, bare) >= 90


def label_in(text: str) -> str | None:
    """Give the number of a label: Bilag 1 is not Bilag 12."""
    found = _LABEL.search(text)
    return found[1].casefold() if found else None


def _labels_of(paper: Paper) -> frozenset[str]:
    """Give the labels in a paper's title and file name."""
    return labels_in(paper.title or "", paper.path.rsplit("/", 1)[-1])


@lru_cache(maxsize=4096)
def labels_in(*texts: str) -> frozenset[str]:
    """Give the labels in titles and names of files."""
    return frozenset(label for text in texts if (label := label_in(text.replace("_", " "))))


def fold_name(text: str) -> str:
    """Bring a title, or the name of a file, into the form in which one is sought in the other."""
    return " ".join(_SIGNS.sub(" ", text.casefold()).split())
