"""Signs inside one line: ligatures, private-use bullets, letters set apart."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.records import Line

_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_PRIVATE = r"\ue000-\uf8ff"
_BULLETS = r"•‣◦▪▫■□●○◆◇◊▶►➢➤✓✔✗·⁃∙"
#: A bullet at the head of a line; a hyphen or dash counts where a blank follows, a `§` where no number does.
_HEAD = re.compile(
    rf"[\s]*(?:[{_BULLETS}{_PRIVATE}\u0335\u0336]+[\s\u0335]*|[-–—−][\s\u0335\u0336]+|[-–]\t|o\t|§\s+(?=[^\W\d]))(?=\S)"
)
_ALONE = re.compile(rf"\s*[{_BULLETS}{_PRIVATE}]+\s*$")
_TAIL = re.compile(rf"[\s]+[{_BULLETS}\uf0b7]\s*$")
_INNER = re.compile(rf"[{_PRIVATE}]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
#: A line without any of these, and without blanks set double or around a letter, stays as it is.
_ODD = re.compile(rf"[{_BULLETS}{_PRIVATE}\u0335\u0336\ufb00-\ufb06\u00a0\u2000-\u200a\u202f–—−§\t]|  ")
_LONE = re.compile(r" \w \w \w ")
_APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,60}[^\W\d_](?!\S)")
_BLANKS = re.compile(r"[ \u00a0\u2000-\u200a\u202f]+")


def mend_line(line: Line) -> Line:
    """Give the line in the form the text keeps; an unchanged line is given back itself."""
    text = mend_text(line.text)
    return line if text is line.text or text == line.text else replace(line, text=text)


def mend_text(text: str) -> str:
    """Undo ligatures and letters set apart, and write a bullet as `- ` at the head of its line."""
    if text.isascii() and "  " not in text and not text[:2].lstrip().startswith("-") and not _apart(text):
        return text.strip(" ")
    if not text[:1].isspace() and text[:1] != "-" and not _ODD.search(text) and not _apart(text):
        return text.strip(" ")
    if _LIGATURE.search(text):
        text = "".join(_LIGATURES.get(sign, sign) for sign in text)
    tail = _TAIL.search(text)
    if tail and not _HEAD.match(text):
        text = "- " + text[: tail.start()].strip()
    if _ALONE.match(text):
        return "-"
    text = _HEAD.sub("- ", text, count=1) if _HEAD.match(text) else text
    text = _INNER.sub("", text)
    if _apart(text):
        text = _APART.sub(_close_up, text)
    return _BLANKS.sub(" ", text).strip(" ")


def _apart(text: str) -> bool:
    return (len(text) > 6 and text[1:2] == " ") or "  " in text or _LONE.search(text) is not None


def _close_up(match: re.Match[str]) -> str:
    """Close up letters set apart (`T I L S Y N E T`): capitals, or so many that they are no list."""
    letters = match[0].replace(" ", "")
    return letters if (letters.isupper() and len(letters) > 3) or len(letters) >= 6 else match[0]
