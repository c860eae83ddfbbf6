"""Reading order of lines without boxes: plain text, mails, DOCX, HTML.

A program's wrapped lines are joined by their width; a margin letterhead is known by its labels and by the shape of
its lines, and taken out of the sentence it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from corpus.records import Line, Page, Role
from ingest.entries import ends_sentence, first_word, is_worded_page_line, starts_entry
from ingest.flow import Gap, Row
from ingest.labels import LONGEST, count_marginal, is_contact, is_date, is_label, is_labelled, is_letterhead, is_value
from ingest.running import part_running
from ingest.signers import begins_signer, count_cells, split_signers

#: A shorter line is not one of running text that something cuts.
_RUNNING = 40
#: A line longer than this was not wrapped: every line of such a text ends where its writer ended it.
_UNWRAPPED = 140
#: A line this full, as a part of the width, was wrapped where the next one goes on with a small letter.
FILLED = 0.72
#: A line that is shorter, as a part of the longest, was not wrapped, whatever comes after it.
_LEAST_FILLED = 0.6
_TAIL_NUMBER = re.compile(r"(?<=[^\W\d_]) (\d{1,2}\.)$")
_TAIL_DASH = re.compile(r"(?<=[\w.,)]) -$")
#: `den` at a line's end goes on with its day, whatever the width.
_OPEN_END = re.compile(r" (?:den|nr\.|§|stk\.|pkt\.|bilag|kr\.)$")
#: `Høringsfrist: 7. december 2018`.
_FIELD = re.compile(r"[A-ZÆØÅ][a-zæøå]{2,24}: {1,4}(?:den |d\. ?)?[0-9]")
#: At whom an address is reached.
_CARE = re.compile(r"(?:v/|c/o |att\b)", re.IGNORECASE)
#: What stands alone under an item's heading, however full that is.
_VERDICT = re.compile(
    r"(?:Godkendt|Tiltrådt|Vedtaget|Udsat|Udgik|Udgår|Drøftet|Anbefales|Orienteret|Intet|Taget til efterretning)\."
)
#: All of them stand in so many last letters.
_TAIL = 8


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between two empty ones, with the page of each."""

    lines: tuple[Line, ...]
    page: int

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]


def arrange_unboxed(pages: Sequence[tuple[Page, Sequence[Line]]], *, wrapped: bool) -> list[Row]:
    """Give the rows of lines without boxes in reading order."""
    kept = part_running(pages) if wrapped else pages
    blocks = [block for page, lines in kept for block in _blocks(page.number, lines)]
    blocks = list(_dates_apart(list(_signers_apart(_without_furniture(blocks)))))
    body, margin = _part_margin(blocks)
    width = _width(body) if wrapped else None
    rows: list[Row] = []
    above = {id(block): before for before, block in pairwise(blocks)}
    previous: _Block | None = None
    for block in body:
        taken = previous is not None and above.get(id(block), previous) is not previous
        rows += _rows(block, width, _gap_before(previous, block, width, taken))
        previous = block
    return rows + margin_rows([(line, block.page) for block in margin for line in block.lines])


def _blocks(page: int, lines: Sequence[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    current: list[Line] = []
    for line in lines:
        if line.text:
            current.append(line)
        elif current:
            blocks.append(_Block(tuple(current), page))
            current = []
    if current:
        blocks.append(_Block(tuple(current), page))
    return blocks


def _without_furniture(blocks: list[_Block]) -> list[_Block]:
    """Leave out page lines, and running heads as a whole unless a case number or an address makes them a letterhead."""
    kept: list[_Block] = []
    for style, group in groupby(blocks, key=_furniture_style):
        found = []
        for block in group:
            lines = tuple(line for line in map(_without_page_cell, block.lines) if not is_worded_page_line(line.text))
            if lines:
                found.append(replace(block, lines=lines))
        if style is None or _is_letterhead_head([line for block in found for line in block.lines]):
            kept += found
    return kept


def _without_page_cell(line: Line) -> Line:
    """Leave the page number out of a running head whose pieces stand apart by tabs."""
    if line.style not in ("header", "footer") or "\t" not in line.text:
        return line
    cells = [cell for cell in line.text.split("\t") if not is_worded_page_line(cell)]
    return replace(line, text="\t".join(cells).strip()) if cells else line


def _furniture_style(block: _Block) -> str | None:
    style = block.lines[0].style
    return style if style in ("header", "footer") else None


def _is_letterhead_head(lines: Sequence[Line]) -> bool:
    texts = [line.text for line in lines]
    return (
        any(map(is_letterhead, texts)) or (count_marginal(texts) > 0 and len(texts) > 1) or any(map(is_labelled, texts))
    )


def _signers_apart(blocks: list[_Block]) -> Iterator[_Block]:
    """Yield the blocks, those of signers side by side as one for each signer."""
    for count, group in groupby(blocks, key=_cells):
        run = list(group)
        if count < 2:
            for block in run:
                yield from _part_tail(block)
            continue
        if not begins_signer(run[0].lines[0].text):
            run = _split_block(_joined(run)) or run
        for block in run:
            yield from _split_block(block) or (block,)


def _cells(block: _Block) -> int:
    """Give how many texts stand side by side on every line of a block; 1 where that differs."""
    counts = {count_cells(line.text) for line in block.lines}
    return counts.pop() if len(counts) == 1 else 1


def _part_tail(block: _Block) -> list[_Block]:
    """Part the signers at the end of a block, `Med venlig hilsen` over them, from its text."""
    at = next((index for index, line in enumerate(block.lines) if "\t" in line.text), 0)
    tail = replace(block, lines=block.lines[at:])
    signers = _split_block(tail) if at and _cells(tail) > 1 else []
    return [replace(block, lines=block.lines[:at]), *signers] if signers else [block]


def _joined(blocks: Sequence[_Block]) -> _Block:
    return _Block(tuple(line for block in blocks for line in block.lines), blocks[0].page)


def _split_block(block: _Block) -> list[_Block]:
    """Give a block for each signer of those that stand side by side in this one; none where it has no signers."""
    columns = split_signers(block.texts) if "\t" in block.lines[0].text else None
    first = replace(block.lines[0], style=None)
    return [_Block(tuple(replace(first, text=text) for text in column), block.page) for column in columns or ()]


def _part_margin(blocks: list[_Block]) -> tuple[list[_Block], list[_Block]]:
    """Part the margin from the body: what the format calls one, and runs of labels where a letterhead is."""
    marked = [block.lines[0].style in ("textbox", "header", "footer") for block in blocks]
    found = _label_runs(blocks)
    if any(is_letterhead(text) for index in found for text in blocks[index].texts):
        for index in found:
            marked[index] = True
    body = [block for block, out in zip(blocks, marked, strict=True) if not out]
    if not body:
        return blocks, []
    return body, [block for block, out in zip(blocks, marked, strict=True) if out]


def _dates_apart(blocks: list[_Block]) -> Iterator[_Block]:
    """Yield the blocks; a date of the margin that cuts a sentence, with labels under it, is one by itself."""
    for block, following in pairwise([*blocks, None]):
        assert block is not None
        before = block.lines[-2].text if len(block.lines) > 1 else ""
        cuts = len(before) >= _RUNNING and not ends_sentence(before) and is_date(block.lines[-1].text)
        if cuts and following is not None and is_label(following.lines[0].text):
            yield replace(block, lines=block.lines[:-1])
            yield replace(block, lines=block.lines[-1:])
        else:
            yield block


def _label_runs(blocks: list[_Block]) -> set[int]:
    """Find the blocks of a letterhead: labels with their values, and the address and date beside them."""
    strong = {index for index, block in enumerate(blocks) if _is_label_block(block)}
    found = set(strong)
    for index in sorted(strong):
        for step in (1, -1):
            at = index + step
            while 0 <= at < len(blocks) and at not in found and _is_companion(blocks[at], forward=step > 0):
                found.add(at)
                at += step
    return found


def _is_label_block(block: _Block) -> bool:
    texts = block.texts
    if any(
        len(text) > LONGEST or line.style in ("cell", "list") for text, line in zip(texts, block.lines, strict=True)
    ):
        return False
    labels = sum(is_label(text) or is_labelled(text) for text in texts)
    return labels > 0 and count_marginal(texts) * 2 >= len(texts)


def _is_companion(block: _Block, *, forward: bool) -> bool:
    """Say whether a block beside labels belongs to them: a date, a web address, after them a short address too."""
    texts = block.texts
    if any(len(text) > LONGEST or ends_sentence(text) for text in texts):
        return False
    if len(texts) == 1:
        town = not forward and is_contact(texts[0]) and texts[0][:1].isdigit()
        return is_date(texts[0]) or (is_value(texts[0]) and not town)
    return (
        len(texts) <= 4
        and (forward or len(texts) <= 2)
        and any(map(is_value, texts))
        and all(is_value(text) or len(text) <= 30 for text in texts)
    )


def _gap_before(previous: _Block | None, block: _Block, width: float | None, taken: bool) -> Gap:
    """Join a sentence that was cut by a margin or a page: its first part is long and has no end.

    `taken` says that something was taken out between the two blocks.
    """
    if previous is None:
        return "paragraph"
    last, first = previous.lines[-1], block.lines[0]
    if last.style or first.style or len(last.text) < _RUNNING or ends_sentence(last.text) or starts_entry(first.text):
        return "paragraph"
    if taken or previous.page != block.page:
        return "flow"
    filled = width is not None and len(last.text) > FILLED * width and not _has_tail(first.text)
    return "flow" if filled and first.text[:1].islower() else "paragraph"


def _has_tail(text: str) -> bool:
    return bool(_tail_dash(text) or _tail_number(text))


def _tail_dash(text: str) -> re.Match[str] | None:
    return _TAIL_DASH.search(text, max(0, len(text) - _TAIL))


def _tail_number(text: str) -> re.Match[str] | None:
    return _TAIL_NUMBER.search(text, max(0, len(text) - _TAIL))


def _width(blocks: list[_Block]) -> float | None:
    """Give the width in characters at which a program wrapped the lines; None where it did not."""
    pairs = [(a.text, b.text) for block in blocks for a, b in zip(block.lines, block.lines[1:], strict=False)]
    longest = max((len(line.text) for block in blocks for line in block.lines), default=0)
    if longest > _UNWRAPPED or not pairs:
        return None
    least = max(30, _LEAST_FILLED * longest)
    sure = sorted(len(a) + 1 + len(first_word(b)) for a, b in pairs if len(a) > least and b[:1].islower())
    if len(sure) < 2:
        return float(longest) if longest > 50 and sure else None
    return float(min(longest, sure[len(sure) // 10] - 1))


def _rows(block: _Block, width: float | None, gap: Gap) -> list[Row]:
    rows: list[Row] = []
    lines = _heads_first(block.lines)
    for index, line in enumerate(lines):
        if index:
            gap = _line_gap(lines[index - 1], line, width)
        rows.append(Row(line, block.page, gap))
    return rows


def _heads_first(lines: Sequence[Line]) -> list[Line]:
    """Put a bullet or a number that was drawn after the first line of its entry before it."""
    first = lines[0]
    text = first.text
    if starts_entry(text):
        return list(lines)
    if match := _tail_dash(text):
        return [replace(first, text="- " + text[: match.start()]), *lines[1:]]
    match = _tail_number(text)
    if match and text[:1].islower() and len(lines) > 1:
        return [replace(first, text=f"{match[1]} {text[: match.start()]}"), *lines[1:]]
    return list(lines)


def _line_gap(before: Line, line: Line, width: float | None) -> Gap:
    if width is None or line.style == "cell" or before.style == "cell" or _is_row(before.text, line.text):
        return "line"
    if starts_entry(line.text) and ends_clause(before.text):
        return "line"
    if _VERDICT.fullmatch(line.text) and starts_entry(before.text):
        return "line"
    if line.text[:1].isdigit() and _OPEN_END.search(before.text, max(0, len(before.text) - _TAIL)):
        return "flow"
    if len(before.text) + 1 + len(first_word(line.text)) > width or _is_cut_word(before.text, line.text, width):
        return "flow"
    runs_on = line.text[:1].islower() and len(before.text) > FILLED * width and not ends_sentence(before.text)
    return "flow" if runs_on else "line"


def _is_row(before: str, text: str) -> bool:
    """Tell a line whose texts stand apart, and a number's label on a line of its own: no sentence goes on with them."""
    if "\t" in text or ("\t" in before and (not text[:1].islower() or _CARE.match(text))):
        return True
    return text[:1].isupper() and len(text) <= LONGEST and (is_labelled(text) or _FIELD.match(text) is not None)


def ends_clause(text: str) -> bool:
    """Say whether a line can be the end of a list's entry: a sentence's end or a comma."""
    return ends_sentence(text) or text.endswith(",")


def _is_cut_word(before: str, after: str, width: float) -> bool:
    return before.endswith(("-", "\u2010")) and after[:1].islower() and len(before) > width * 0.6


def margin_rows(lines: Sequence[tuple[Line, int]], role: Role = "margin") -> list[Row]:
    """Give the margin as a block of its own: a label stays with its value, an address with its town."""
    rows: list[Row] = []
    for index, (line, page) in enumerate(lines):
        gap: Gap = "paragraph"
        if index and _belongs(lines[index - 1][0].text, line.text):
            gap = "line"
        rows.append(Row(line, page, gap, role))
    return rows


def _belongs(before: str, text: str) -> bool:
    """Say whether a line of the margin stands in one group with the line before it."""
    if is_label(text) or is_labelled(text) or (is_date(before) and not is_label(before)):
        return False
    if is_label(before):
        return True
    return not is_value(before) and not is_labelled(before) and not (is_date(text))
