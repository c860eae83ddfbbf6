"""Figures: how well lists of hits and links between documents agree with expected ones.

nDCG@10 with gain `2^grade - 1` and discount `log2(rank + 1)`; recall over `min(10, relevant)`. Links count once per
unordered pair of documents and kind. Only file names are compared.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.scoring import Figures, Tally

LINK_KINDS = ("case", "document", "letter", "meeting", "attachment", "instrument", "near_duplicate")
Pair = tuple[str, str, str]


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def judge_ranking(ranked: Sequence[str], relevant: Mapping[str, int]) -> tuple[float, float]:
    """Give nDCG@10 and recall@10 of a list of file names, best first."""
    best = _gain(sorted(relevant.values(), reverse=True)[:10])
    top = list(dict.fromkeys(ranked))[:10]
    gained = _gain(relevant.get(name, 0) for name in top)
    found = sum(name in relevant for name in top)
    return (gained / best if best else 0.0), (found / min(10, len(relevant)) if relevant else 0.0)


def link_pairs(rows: Iterable[Mapping[str, Any]], names: frozenset[str] | None = None) -> set[Pair]:
    """Give the unordered pairs of file names with their kind; only links that are resolved, between two documents."""
    pairs = set()
    for row in rows:
        ends = [_file_name(row.get(f"{end}_path", row.get(end))) for end in ("from", "to")]
        if row.get("state") not in (None, "", "resolved") or row.get("kind") not in LINK_KINDS:
            continue
        if all(ends) and ends[0] != ends[1] and (names is None or names.issuperset(ends)):
            one, other = sorted(ends)
            pairs.add((one, other, str(row["kind"])))
    return pairs


def _file_name(path: object) -> str:
    return unicodedata.normalize("NFC", re.split(r"[/\\]", str(path or ""))[-1])


def judge_links(want: set[Pair], got: set[Pair]) -> dict[str, Figures]:
    """Give the figures of every kind of link, and of all together."""
    table = {}
    for kind in LINK_KINDS:
        expected, found = ({pair for pair in pairs if pair[2] == kind} for pairs in (want, got))
        if expected or found:
            table[f"link {kind}"] = _pair_figures(expected, found)
    table["links together"] = _pair_figures(want, got)
    return table


def _pair_figures(want: set[Pair], got: set[Pair]) -> Figures:
    right = len(want & got)
    return Tally(right, len(got) - right, len(want) - right).figures()
