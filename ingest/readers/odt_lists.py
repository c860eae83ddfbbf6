"""The numbers and bullets before the entries of an OpenDocument's lists and headings; they stand in no paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.readers.docx_numbering import write_number

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
#: OpenDocument's number formats, as Word calls them.
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OUTLINE = "\0outline"
#: LibreOffice has ten levels.
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `form` is empty where it shows no number, `bullet` where it shows a sign."""

    form: str
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    #: How many levels its number shows (`2.1`).
    shown: int = 1


_BULLET = _Level("bullet")


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list on the way down: its style, how deep it stands, and whose count it goes on with."""

    style: str
    depth: int
    count: str


@dataclass(slots=True)
class Lists:
    """The styles of a document's lists, and how far each list has counted."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    #: Paragraph styles that switch the numbers of headings off.
    _plain: set[str] = field(default_factory=set)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    #: Which count a list of this id, or the last one of this style, went by.
    _known: dict[str, str] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)

    def load(self, root: Any) -> None:
        """Take the styles of one part of the document."""
        for style in root.iter(_TEXT + "list-style", _TEXT + "outline-style"):
            outline = style.tag == _TEXT + "outline-style"
            self._levels[_OUTLINE if outline else style.get(_STYLE + "name", "")] = _read_levels(style)
        for style in root.iter(_STYLE + "style"):
            if style.get(_STYLE + "list-style-name") == "":
                self._plain.add(style.get(_STYLE + "name", ""))

    def open(self, element: Any, outer: OpenList | None) -> OpenList:
        """Enter a list: a new count, unless it says that it goes on with an earlier one or stands in another list."""
        style = element.get(_TEXT + "style-name") or (outer.style if outer else "")
        if outer is not None:
            return OpenList(style, min(outer.depth + 1, _DEEPEST), outer.count)
        identity = element.get(_ID) or f"\0{len(self._known)}"
        earlier = self._known.get(element.get(_TEXT + "continue-list", ""))
        if earlier is None and element.get(_TEXT + "continue-numbering") == "true":
            earlier = self._last.get(style)
        count = earlier or identity
        self._known[identity] = self._last[style] = count
        return OpenList(style, 1, count)

    def head(self, listed: OpenList, item: Any) -> str:
        """Give what stands before an entry, with a blank after it; bullets are `- `."""
        style = item.get(_TEXT + "style-override") or listed.style
        level = self._levels.get(style, {}).get(listed.depth, _BULLET)
        if level.form == "bullet":
            return "- "
        self._step(listed.count, listed.depth, level, item.get(_TEXT + "start-value"))
        return self._shown(style, listed.count, listed.depth)

    def heading(self, element: Any) -> str:
        """Give the number before a heading that stands in no list, where the document numbers its headings."""
        depth = _whole(element.get(_TEXT + "outline-level"), 1)
        level = self._levels.get(_OUTLINE, {}).get(depth)
        if level is None or not level.form or element.get(_TEXT + "is-list-header") == "true":
            return ""
        if element.get(_TEXT + "style-name") in self._plain:
            return ""
        self._step(_OUTLINE, depth, level, element.get(_TEXT + "start-value"))
        return self._shown(_OUTLINE, _OUTLINE, depth)

    def _step(self, count: str, depth: int, level: _Level, start: str | None) -> None:
        following = self._counts.get((count, depth), level.start - 1) + 1
        self._counts[count, depth] = _whole(start, following)
        for deeper in range(depth + 1, _DEEPEST + 1):
            self._counts.pop((count, deeper), None)

    def _shown(self, style: str, count: str, depth: int) -> str:
        levels = self._levels[style]
        level = levels[depth]
        numbers = []
        for at in range(max(1, depth - level.shown + 1), depth + 1):
            own = levels.get(at, _BULLET)
            if own.form in _FORMATS:
                numbers.append(write_number(self._counts.get((count, at), own.start), _FORMATS[own.form]))
        text = f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip() if level.form else ""
        return f"{text} " if text else ""


def _read_levels(style: Any) -> dict[int, _Level]:
    levels = {}
    for level in style:
        if not isinstance(level.tag, str):
            continue
        numbered = level.tag in (_TEXT + "list-level-style-number", _TEXT + "outline-level-style")
        levels[_whole(level.get(_TEXT + "level"), 1)] = (
            _Level(
                level.get(_STYLE + "num-format", ""),
                level.get(_STYLE + "num-prefix", ""),
                level.get(_STYLE + "num-suffix", ""),
                _whole(level.get(_TEXT + "start-value"), 1),
                _whole(level.get(_TEXT + "display-levels"), 1),
            )
            if numbered
            else _BULLET
        )
    return levels


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else default
