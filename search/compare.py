"""What differs between two versions of one paper, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, Literal

import click

from corpus.archive import Archive
from corpus.records import SCHEMA, Record
from corpus.similarity import resemblance
from search.document import find_document

_WORD = re.compile(r"\S+")
#: So many words of each paper are compared: difflib takes time that grows with their product.
MOST_WORDS = 20_000
#: Equal words that are shown on either side of a difference.
CONTEXT = 6


def compare(archive: Archive, one: str, other: str) -> dict[str, Any]:
    """Give the passages that differ, with a few equal words around each."""
    first, second = find_document(archive, one), find_document(archive, other)
    return {
        "schema": SCHEMA,
        "from": first.id,
        "to": second.id,
        "resemblance": round(resemblance(first.signature, second.signature), 2),
        "changes": list(_changes(first, second)),
    }


def change_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Give the differences for a terminal: what went in red and brackets, what came in green and braces."""
    passages = len(shown["changes"])
    yield f"{shown['from']} and {shown['to']}: {shown['resemblance']:.0%} alike, {passages} passages differ"
    for change in shown["changes"]:
        gone = click.style(f"[-{change['removed']}-]", fg="red") if change["removed"] else ""
        new = click.style(f"{{+{change['added']}+}}", fg="green") if change["added"] else ""
        yield " ".join(part for part in (f"  … {change['before']}", gone, new, f"{change['after']} …") if part)


def _changes(first: Record, second: Record) -> Iterator[dict[Literal["before", "removed", "added", "after"], str]]:
    old, new = (_WORD.findall(record.text.string)[:MOST_WORDS] for record in (first, second))
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield {
                "before": " ".join(old[max(0, i1 - CONTEXT) : i1]),
                "removed": " ".join(old[i1:i2]),
                "added": " ".join(new[j1:j2]),
                "after": " ".join(old[i2 : i2 + CONTEXT]),
            }
