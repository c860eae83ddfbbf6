"""Plain text in the character sets that Danish offices have used."""

from __future__ import annotations

import pytest

from ingest.readers.text import decode

LETTER = "Kære Ulla\r\n\r\nByrådet på Ærø åbner søbadet, Ølstykke og Århus følger efter.\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "cp865", "mac_roman"]
)
def test_decode_danish_letters(encoding: str) -> None:
    """A text without a mark is told by its letters."""
    assert decode(LETTER.encode(encoding)) == LETTER


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", ["Søbad\n", "Møde på rådhuset", "Gården er på vej"])
def test_decode_short_texts(text: str, encoding: str) -> None:
    """One letter within a word tells the set."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["Det er Lars’s ‘gamle’ hus – nu †", "Pris: 5 ½ – 6 ¾ kr", "‹Citat› og •"])
def test_decode_windows_signs(text: str) -> None:
    """Quotes and dashes of Windows are not taken for letters of older sets."""
    assert decode(text.encode("cp1252")) == text


def test_decode_text_of_pieces() -> None:
    """A file that was put together of two sets is read line by line."""
    line = "Kære Ulla på Ærø – søbad\n"
    assert decode((line.encode() + line.encode("cp1252")) * 20) == line * 40


def test_decode_a_spoilt_letter_spoils_no_other() -> None:
    """A text in UTF-8 with one broken byte stays UTF-8."""
    text = decode("Kære Ulla på Ærø. ".encode() * 20 + b"\xff" + "Søbad – vej".encode())
    assert text.startswith("Kære Ulla på Ærø.")
    assert text.endswith("Søbad – vej")
