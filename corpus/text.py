"""Pure functions from text to text: Unicode form, dashes, white space.

`flatten` keeps the length, so that offsets found in its result are offsets of the original; the others do not.
"""

from __future__ import annotations

import re
import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_DASHES = dict.fromkeys(map(ord, DASHES), "-")
_FLAT = _DASHES | dict.fromkeys(map(ord, SPACES + "\n\r\t\v\f\u2028\u2029"), " ") | {0x2019: "'", 0x2018: "'"}
_BLANKS = re.compile(r"\s+")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)


def flatten(text: str) -> str:
    """Turn every white space into a blank, every dash into `-`, curly apostrophes straight; the length stays."""
    return text.translate(_FLAT)


def fold_dashes(text: str) -> str:
    """Turn every kind of dash into `-`; the length stays."""
    return text.translate(_DASHES)


def fold_spaces(text: str) -> str:
    """Turn runs of white space into one blank and strip both ends."""
    return _BLANKS.sub(" ", text).strip()


def normalise(text: str) -> str:
    """Bring text from a file into the form we keep: NFC, without zero-width signs, soft hyphens and NUL."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).replace("\0", "")
