"""Which pages of a PDF are read from their picture: text layers that make no words."""

from __future__ import annotations

import pytest

from corpus.records import Line
from ingest.readers.scans import makes_words

TEXT = (
    "Kommunen giver hermed dispensation til at opføre en carport ved huset.",
    "Afgørelsen er truffet efter loven og kan påklages inden fire uger.",
    "Naboerne har været hørt, og ingen af dem har haft bemærkninger.",
)


def lines(*swaps: tuple[str, str]) -> list[Line]:
    """Give the text with letters exchanged as a font without its map would."""
    changed = TEXT
    for letter, sign in swaps:
        changed = tuple(text.replace(letter, sign) for text in changed)
    return [Line(text) for text in changed]


@pytest.mark.parametrize("sign", ["\x01", "\ufffd"])
def test_makes_words_with_holes_in_many_words(sign: str) -> None:
    """A text whose own letters have no map makes no words, though most of its letters are right."""
    assert not makes_words(lines(("ø", sign), ("æ", "\x03"), ("å", "\x05")))


@pytest.mark.parametrize("swap", [("ø", "ø"), ("æ", "\x01"), ("giv", "\ue001"), ("ag", "a\x02g"), ("K", "\x01 K")])
def test_makes_words_with_few_odd_signs(swap: tuple[str, str]) -> None:
    """A few slips, ligatures of a font's own, soft hyphens and signs outside words are no reason for a picture."""
    assert makes_words(lines(swap))
