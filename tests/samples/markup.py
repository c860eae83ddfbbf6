"""The sources of the labelled documents: text in which every fact is marked where it stands.

A source is a head of `key: value` lines, a line `---`, and blocks apart by an empty line; every line of a block is a
line of the document. `{tag|words}` marks the words, `{tag:value|words}` gives the value where the words are not it, and
`{tag=key|words}` names what several spellings share, in this and other documents. Marks nest. So the labels say what
the writer meant, and a value that is nowhere in the document cannot be labelled.

    own, owndoc         the document's own case and document number; `ownnext`: of the agenda item that follows
    dd dm dl ds dr dn   a date that is the document's own, of a meeting, deadline, signing, reference, mention
    meet:BODY, letter   a date, and the reference to that meeting or paper
    case, doc, law      references            ins       an instrument; other spellings of one `=key` are its `also`
    att:LABEL, attl     an attachment's title after its label; a label without a title; `att` alone: no label
    c, f                a committee, a department (forvaltning)
    t, item:NO:OUTCOME  the title; an agenda item's title
    s:ROLE, to          a signatory, a recipient            x    looks like a fact and is none
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
DATE_TAGS = frozenset({"dd", "dm", "dl", "ds", "dr", "dn", "meet", "letter"})
TAGS = DATE_TAGS | {"own", "owndoc", "ownnext", "case", "doc", "law", "ins", "att", "attl", "c", "f", "t", "item", "s"}
TAGS |= {"to", "x"}
_OPENING = re.compile(r"\{(\w+)(?::([^|{}=]*))?(?:=(\w+))?\|")


class MarkupError(ValueError):
    """A source is not written as the module's docstring says."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked fact; `start` and `end` are offsets in the plain text."""

    tag: str
    words: str
    value: str | None
    key: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One document as it was written: its head, and its blocks with the marks still in."""

    name: str
    head: dict[str, str]
    body: tuple[str, ...]
    margin: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the document is filed: `sample` (ships with the program) or `gold`."""
        return self.head["in"]


def read_marks(text: str) -> tuple[str, list[Mark]]:
    """Take the marks out of `text`: the plain text, and the marks in the order of their start."""
    plain: list[str] = []
    length = 0
    stack: list[tuple[str, str | None, str | None, int]] = []
    marks: list[Mark] = []
    at = 0
    while at < len(text):
        opening = _OPENING.match(text, at)
        if opening:
            if opening[1] not in TAGS:
                raise MarkupError(f"unknown tag {opening[1]!r} in {text[at : at + 60]!r}")
            stack.append((opening[1], opening[2], opening[3], length))
            at = opening.end()
            continue
        if text[at] == "}" and stack:
            tag, value, key, start = stack.pop()
            marks.append(Mark(tag, "".join(plain)[start:length], value, key, start, length))
        elif text[at] in "{}":
            raise MarkupError(f"stray brace in {text[max(0, at - 40) : at + 40]!r}")
        else:
            plain.append(text[at])
            length += 1
        at += 1
    if stack:
        raise MarkupError(f"mark not closed in {text[:60]!r}")
    return "".join(plain), sorted(marks, key=lambda mark: (mark.start, -mark.end))


def strip_marks(text: str) -> str:
    """Give the words of `text` without the marks."""
    return read_marks(text)[0]


def parse_source(name: str, text: str) -> Source:
    """Read one source; `[margin]`, `[foot]` and `[body]` on lines of their own open the parts."""
    head_text, _, rest = text.partition("\n---\n")
    head = {}
    for line in head_text.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise MarkupError(f"{name}: no key in {line!r}")
        head[key.strip()] = value.strip()
    parts: dict[str, list[str]] = {"body": [], "margin": [], "foot": []}
    part = "body"
    for block in re.split(r"\n{2,}", rest.strip("\n")):
        first, _, left = block.partition("\n")
        if first in ("[body]", "[margin]", "[foot]"):
            part, block = first[1:-1], left
        if block:
            parts[part].append(block)
    return Source(name, head, tuple(parts["body"]), tuple(parts["margin"]), tuple(parts["foot"]))


def read_sources(folder: Path = SOURCES) -> Iterator[Source]:
    """Yield every source in the order of the names."""
    for path in sorted(folder.glob("*.txt")):
        yield parse_source(path.name.removesuffix(".txt"), path.read_text("utf-8"))
