"""The numbers and bullets that Word draws before paragraphs; they stand in no run of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document; `word/numbering.xml` is read when the first list is met."""

    package: Package
    parse: Callable[[bytes], Any]
    _levels: dict[str, dict[int, _Level]] | None = None
    _abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, identity: str, depth: int) -> str:
        """Give the number of the next paragraph of a list, with a blank after it; bullets are `- `."""
        if identity == "0":
            return ""
        levels = self._load().get(identity)
        level = levels.get(depth) if levels else None
        if levels is None or level is None:
            return "- "
        if level.kind == "bullet":
            return "- "
        if level.kind == "none":
            return ""
        counted = self._abstract.get(identity, identity)
        key = (counted, depth)
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        for deeper in range(depth + 1, 10):
            self._counts.pop((counted, deeper), None)
        return self._shown(counted, levels, level, depth)

    def _shown(self, counted: str, levels: dict[int, _Level], level: _Level, depth: int) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = levels.get(at)
            value = self._counts.get((counted, at), own.start if own else 1)
            return write_number(value, own.kind if own else "decimal")

        text = _PLACE.sub(number, level.text or f"%{depth + 1}.")
        return f"{text} " if text else ""

    def _load(self) -> dict[str, dict[int, _Level]]:
        if self._levels is None:
            self._levels = {}
            part = self.package.part("word/numbering.xml")
            root = self.parse(part) if part else None
            if root is not None:
                abstract = {e.get(_W + "abstractNumId"): _read_levels(e) for e in root.iterchildren(_W + "abstractNum")}
                for number in root.iterchildren(_W + "num"):
                    self._load_number(number, abstract)
        return self._levels

    def _load_number(self, number: Any, abstract: dict[str, dict[int, _Level]]) -> None:
        assert self._levels is not None
        target = number.find(_W + "abstractNumId")
        name = target.get(_W + "val", "") if target is not None else ""
        identity = number.get(_W + "numId", "")
        levels = dict(abstract.get(name, {}))
        restarts = False
        for override in number.iterchildren(_W + "lvlOverride"):
            start = override.find(_W + "startOverride")
            at = _whole(override.get(_W + "ilvl"), 0)
            if start is not None and at in levels:
                levels[at] = _Level(levels[at].kind, levels[at].text, _whole(start.get(_W + "val"), 1))
                restarts = True
        self._levels[identity] = levels
        self._abstract[identity] = f"num{identity}" if restarts else name


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else default


def _read_levels(element: Any) -> dict[int, _Level]:
    levels = {}
    for level in element.iterchildren(_W + "lvl"):
        kind, text, start = (level.find(_W + name) for name in ("numFmt", "lvlText", "start"))
        levels[_whole(level.get(_W + "ilvl"), 0)] = _Level(
            kind.get(_W + "val", "decimal") if kind is not None else "decimal",
            text.get(_W + "val", "") if text is not None else "",
            _whole(start.get(_W + "val") if start is not None else None, 1),
        )
    return levels


def write_number(value: int, kind: str) -> str:
    """Write a count as Word's number format `kind` shows it; unknown formats count in digits."""
    if kind in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(10, (value - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for size, sign in _ROMAN:
            roman += sign * (value // size)
            value %= size
        return roman.upper() if kind == "upperRoman" else roman
    return f"{value:02d}" if kind == "decimalZero" else str(value)
