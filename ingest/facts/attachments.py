"""Attachments that the document names: lists under `Bilag`, lines `Bilag 1: …`, mentions in running text.

One attachment of one item is one reference, with the title where any of its mentions has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.records import Reference
from corpus.text import fold_spaces
from ingest.facts.draft import HIGH, MIDDLE, Document, Draft, Found, TextLine
from ingest.facts.headings import section_of

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2}(?![0-9.]))? ?[a-hA-H]?(?![\w])|[A-H](?![\w])"
_BULLET = r"(?:[-•*·–\uf0b7] {0,3})?"
#: What a letter heads its list with that no item of a meeting does.
_HEADS_LIST = re.compile(r"(?:vedlagt|vedlægges|vedhæftet|vedlagte dokumenter|bilagene er):?", re.IGNORECASE)
#: The line of a mail's head that names its files.
_MAIL_FILES = re.compile(
    r"(?:vedhæftede filer|vedhæftet fil|vedhæftninger|vedhæftet): ?(?=\S.*\.\w{2,5}$)", re.IGNORECASE
)
#: A line of its own: `Bilag 1 - Titel`, `Bilag 2A: Titel`, `- Bilag 1. Titel`, `Bilag: Titel`, `Vedlagt: Titel`.
_LINE = re.compile(
    rf"^{_BULLET}bilag(?: nr\.?)? ?({_NUMBER})?(?: til (?:pkt\.?|punkt|sag) [0-9]{{1,4}}(?=:))?"
    r"(?: ?[:.–-]|(?=\t)|(?<=[0-9]) (?-i:(?=[A-ZÆØÅ]))|$) ?(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ENCLOSED = re.compile(
    rf"^{_BULLET}(?:(?:vedlagt(?:e bilag)?|vedhæftet|vedlagt som bilag|bilag vedlagt): ?|encl?[.:] ?)(.+)$",
    re.IGNORECASE | re.DOTALL,
)
#: A file that a page offers: `Forslag til plan (pdf)`, `Kort (PDF, 1,2 MB)`.
_FORMAT = r"\((?:pdf|docx?|xlsx?|pptx?|word|excel)(?:[,;-]? ?[0-9.,]{1,7} ?[km]b)?\)$"
_FILE = re.compile(rf"^{_BULLET}((?-i:[A-ZÆØÅ])[^\t\n]{{2,150}}?) ?{_FORMAT}", re.IGNORECASE)
#: `1 Budgetnotat` in a list whose numbers bear no sign.
_BARE_ENTRY = re.compile(r"^([0-9]{1,2})[ \t]{1,4}([A-ZÆØÅ\"”“].{2,})$", re.DOTALL)
#: What a list counts whose entries are no such ones.
_SIGNED = -2
_ENTRY = re.compile(r"^(?:(?:([0-9]{1,3})[.)] ?)|[-•*·–\uf0b7] {0,3})?(\S.*)$", re.DOTALL)
_MENTION = re.compile(
    rf"bilag(?<![\w-]bilag)(?:ene)?(?: nr\.?| nummer)?(?: {{1,2}}|(?=[0-9]))({_NUMBER})"
    rf"((?: ?, ?(?:{_NUMBER}))*(?: {{0,2}}(?:og|samt|eller|-"
    rf"|til) {{0,2}}(?:bilag {{0,2}})?(?:nr\.? ?)?(?:{_NUMBER}))?)",
    re.IGNORECASE,
)
_MORE = re.compile(rf"(-|til)? ?\b({_NUMBER})", re.IGNORECASE)
_NEXT_LABEL = re.compile(r"[.,;]? (?=Bilag [0-9]{1,3}[A-H]?:)")
_AFTER_ENTRY = re.compile(
    rf"[ \t]*{_FORMAT}"
    r"|[ \t]*\((?:kun|vedlagt|vedhæftet|lukket|fortrolig|eftersendes|[\d./-]{4,20}$)[^()]*\)?$"
    r"|[ \t]*\((?:(?:dok|sags?|j)\.? ?(?:nr|nummer|id)?[.:]{0,2} ?)?[\d][\d ./-]{3,20}\)$",
    re.IGNORECASE,
)
#: `Åben Budget  361-2014-204420`: who may read an entry before its title, its document behind.
_FILED = re.compile(
    r"(?:(?:åben|lukket)[ \t]{1,4})?(\S.{2,150}?)[ \t]{1,40}[1-8][0-9]{2}-(?:19|20)[0-9]{2}-[0-9]{1,6}$", re.IGNORECASE
)
_OWN = re.compile(r"^bilag(?: nr\.?)? ?(?:[0-9]{1,3} ?[a-h]?|[a-h])?(?: til .{0,80})?$", re.IGNORECASE)
_NONE = re.compile(r"^(?:ingen(?: bilag)?|der er ingen bilag|intet|-)\.?$", re.IGNORECASE)
_SUFFIX = re.compile(r"\((?:vedlagt|vedlægges|vedhæftet|er vedlagt)\)", re.IGNORECASE)
#: One capital word and what follows it: of `Den er del af Havneaftale 2009 (vedlagt)` the last two words.
_NAMED_BEFORE = re.compile(
    r"(?:^|[ (])([A-ZÆØÅ][\wé-]*(?: (?![A-ZÆØÅ])(?:[\wé./–-]+|[”“\"][^”“\"]{2,60}[”“\"])){0,8}"
    r"|[”“\"][^”“\"]{2,60}[”“\"]) $"
)
_IN_BRACKETS = re.compile(
    rf"^{_BULLET}(\S.{{2,200}}?) \((?:bilag|jf\. bilag)(?: nr\.?)? ({_NUMBER})\)[.;,]?$", re.IGNORECASE | re.DOTALL
)
_SIGNERS = re.compile(
    r"^[A-ZÆØÅ][\wé.-]+(?: [A-ZÆØÅ][\wé.-]+){1,4}(?: ?/ ?[A-ZÆØÅ][\wé.-]+(?: [A-ZÆØÅ][\wé.-]+){1,4})?$"
)
_NO_ENTRY = re.compile(
    r"^(?:sags?(?:nr|nummer|behandler|id)|dok|j\.? ?nr|ean|cvr|telefon|tlf|dato|www|e-mail|side \d|kære"
    r"|(?:med )?venlig hilsen|mvh|(?:mange|bedste) hilsner|afbud|fraværende|antal tegn"
    r"|tidligere (?:beslutning(?:er)?|behandl\w{2,8}):)(?!\w)|^mødet |^(?:åbne|lukkede) punkter$",
    re.IGNORECASE,
)

_PICTURE = re.compile(r"(?:image|logo|billede)[\w ()-]{0,20}\.(?:png|jpe?g|gif|bmp)$|[^.]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seen:
    label: str | None
    title: str | None
    start: int
    end: int
    rule: str


def find_attachments(document: Document, draft: Draft) -> Iterator[Found[Reference]]:
    """Yield each attachment of each item once, in the order of first mention."""
    headings = {found.value.start for found in draft.items}
    seen = [*_in_lists(document, headings), *_in_text(document), *_enclosed(document), *_in_mail(document)]
    yield from _merge(draft, sorted(seen, key=lambda one: one.start))


def _merge(draft: Draft, seen: Iterable[_Seen]) -> Iterator[Found[Reference]]:
    """Make one of all mentions of an attachment: by label within an item, by title where it has no label."""
    found: dict[tuple[int | None, str], Found[Reference]] = {}
    for one in seen:
        if not one.label and not one.title:
            continue
        item = draft.item_at(one.start)
        key = (item, (one.label or one.title or "").casefold())
        known = found.get(key)
        if known is None:
            value = Reference("attachment", label=one.label, title=one.title, item=item)
            found[key] = Found(value, one.start, one.end, one.rule, HIGH if one.label else MIDDLE)
        elif known.rule == "mail" and one.end and one.label:
            found[key] = replace(known, start=one.start, end=one.end)
        elif one.title and not known.value.title:
            found[key] = Found(replace(known.value, title=one.title), one.start, one.end, one.rule, HIGH)
    yield from found.values()


def _in_lists(document: Document, headings: set[int]) -> Iterator[_Seen]:
    """Find the entries under a heading `Bilag`, and lines that are one attachment each."""
    lines = document.lines
    own = _own_line(lines)
    listing, last, count, packed = False, -1, 0, False
    for line in lines:
        if line.index == own or (line.start in headings and len(headings) > 1):
            listing = False
            continue
        text = line.text
        match = _LINE.match(text)
        if section := section_of(text):
            listing = "bilag" in section and not (match and match.group(2).strip(" :"))
            last, count, packed = line.index, 0, False
            if not (match and (match.group(1) or _title(match.group(2)))):
                continue
        if match and (match.group(1) or text.lower().lstrip("-•*·– ").startswith(("bilag:", "bilag til "))):
            yield from _labelled(line, match)
            last, packed = line.index, True
        elif _HEADS_LIST.fullmatch(text):
            listing, last, count, packed = True, line.index, 0, False
        elif files := _MAIL_FILES.match(text):
            yield from _files_in(line, text[files.end() :])
        elif enclosed := _ENCLOSED.match(text):
            yield _Seen(None, _title(enclosed.group(1)), line.start, line.end, "line")
        elif not listing and text[-1] == ")" and (file := _FILE.match(text)):
            yield _Seen(None, _title(file.group(1)), line.start, line.end, "file")
        elif listing and line.role == "body" and _may_be_entry(line, last) and not (packed and _stands_off(line)):
            bare = _bare_entry(text, count + 1)
            count = count + 1 if bare else _SIGNED
            entry = bare or _ENTRY.match(text)
            if entry:
                label = f"Bilag {entry.group(1)}" if entry.group(1) else None
                yield _Seen(label, _title(entry.group(2)), line.start, line.end, "list")
            last, packed = line.index, packed or not line.first
        else:
            listing = False


def _stands_off(line: TextLine) -> bool:
    """Tell a line without sign that begins a block of its own: under entries set close it goes on with none."""
    return line.first and not line.text[0].isdigit() and line.text[0] not in "-•*·–\uf0b7"


def _files_in(line: TextLine, names: str) -> Iterator[_Seen]:
    """Give the files that the head of a mail names, their endings left out."""
    for name in names.split(";"):
        if (title := _file_title(name)) and not _PICTURE.match(name.strip()):
            yield _Seen(None, title, line.start, line.end, "mail-head")


def _file_title(name: str) -> str:
    return fold_spaces(re.sub(r"\.\w{2,5}$", "", name.strip()).replace("_", " "))


def _bare_entry(text: str, number: int) -> re.Match[str] | None:
    """Match an entry whose number bears no sign: it is the next one of its list."""
    entry = _BARE_ENTRY.match(text)
    return entry if entry and int(entry.group(1)) == number else None


def _own_line(lines: tuple[TextLine, ...]) -> int:
    """Return the line on which the document says which attachment it is itself: the first."""
    return 0 if lines and _OWN.match(lines[0].text) else -1


def _labelled(line: TextLine, match: re.Match[str]) -> Iterator[_Seen]:
    label = f"Bilag {_tight(match.group(1))}" if match.group(1) else None
    title = _title(_NEXT_LABEL.split(match.group(2), maxsplit=1)[0])
    if label and title and (title[0].islower() or len(title) > 200):
        return
    yield _Seen(label, title, line.start, line.end, "line")


def _may_be_entry(line: TextLine, last: int) -> bool:
    """Tell an entry of the list from what follows it: signers, margin, the next section."""
    if line.index != last + 1 or _NONE.match(line.text) or _NO_ENTRY.match(line.text) or len(line.text) > 200:
        return False
    if line.text[0].isdigit() or line.text[0] in "-•*·–\uf0b7":
        return True
    words = line.text.split()
    if _SIGNERS.match(" ".join(words)) and ("/" in line.text or len(words) > 1):
        return False
    return not line.text.endswith(".") or "." in line.text[-5:-1]


def _title(text: str) -> str | None:
    """Give an entry's title without remarks in brackets (`(kun til medlemmer)`, a number) and without its document."""
    if filed := _FILED.match(text):
        text = filed.group(1)
    title = fold_spaces(_AFTER_ENTRY.sub("", _AFTER_ENTRY.sub("", fold_spaces(text)))).strip(" ,;:-–\t")
    return title or None


def _tight(number: str) -> str:
    return number.replace(" ", "").upper()


def _in_text(document: Document) -> Iterator[_Seen]:
    """Find mentions in running text: `jf. bilag 4-6`, `bilag 1 og 2`, `Forslag til plan (bilag 1)`."""
    own = document.lines[0].end if _own_line(document.lines) == 0 else -1
    for match in _MENTION.finditer(document.flat):
        if match.start() < own:
            continue
        line = document.line_at(match.start())
        if line and match.end() > line.end and section_of(line.text):
            continue
        bracketed = _IN_BRACKETS.match(line.text) if line and line.text[:1] in "-•*·–\uf0b7" else None
        title = _title(bracketed.group(1)) if bracketed else None
        for number in _numbers(match):
            yield _Seen(f"Bilag {number}", title, match.start(), match.end(), "text")


def _numbers(match: re.Match[str]) -> list[str]:
    """Give the numbers of `bilag 4-6` and `bilag 2A og 2B`, a range filled."""
    numbers = [_tight(match.group(1))]
    for more in _MORE.finditer(match.group(2)):
        number = _tight(more.group(2))
        if more.group(1) and numbers[-1].isdigit() and number.isdigit():
            numbers.extend(
                str(between) for between in range(int(numbers[-1]) + 1, min(int(number), int(numbers[-1]) + 40))
            )
        numbers.append(number)
    return list(dict.fromkeys(numbers))


def _enclosed(document: Document) -> Iterator[_Seen]:
    """Find `Havneplan 2009 (vedlagt)`: the name before the brackets."""
    for match in _SUFFIX.finditer(document.flat):
        start = max(0, match.start() - 90)
        name = _NAMED_BEFORE.search(document.flat[start : match.start()])
        line = document.line_at(match.start())
        if (
            name
            and line
            and section_of(line.text) is None
            and (name.group(1)[0].isupper() or name.group(1)[0] in '"”“')
        ):
            words = name.group(1).strip()
            yield _Seen(None, words, start + name.start(1), match.start() - 1, "enclosed")


def _in_mail(document: Document) -> Iterator[_Seen]:
    """Give the files that a mail carries: their names without ending; a signature's pictures are none."""
    for name in dict(document.meta).get("attachments", "").split("\n"):
        title = _file_title(name)
        if title and not _PICTURE.match(name):
            numbered = _LINE.match(title)
            if numbered and numbered.group(1):
                yield _Seen(f"Bilag {_tight(numbered.group(1))}", _title(numbered.group(2)), 0, 0, "mail")
            else:
                yield _Seen(None, title, 0, 0, "mail")
