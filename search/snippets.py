"""Passages with the found words marked, located in the page texts by the same analysis that made the index.

Engines give ids and scores only. A cheap look for the beginnings of the words finds the pages worth reading
(`search/needles.py`); of these a bounded number of passages is analysed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from corpus.records import PageText
from corpus.text import DASHES, fold_spaces
from index.analysis import Token, chunk_of, fold, tokens_of
from search.forms import Meaning
from search.needles import HANGING, NUMBER, Looked, Mark, Needles, Place, Seen, look_through
from search.results import Reason, Snippet

LENGTH = 240
#: Characters of a passage before its first word that was found.
BEFORE = 80
#: Stretches with a beginning that are weighed in one document, those of them that are read, and their characters.
MOST_SPOTS, MOST_READ, SPOT = 60, 5, 600
#: A hyphen at the end of a chunk, and the chunks up to the one in which its word goes on.
_HANGING = re.compile(rf"(?<=\w)[-{DASHES}][,;:)]*(?!\S)")
_GOES_ON = re.compile(
    rf"\S+(?:\s(?:og|eller|samt|som|hhv\.|[/&]|\S{{1,40}}[-{DASHES}][,;:)]{{0,3}})(?=\s)){{0,9}}(?:\s+\S+)?"
)
_EXACT, _STEM, _PART = 3.0, 2.0, 1.0
_NOTHING = Seen((), (), 0)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a page in which something may stand."""

    page: PageText
    looked: Looked
    low: int
    high: int

    @property
    def promise(self) -> int:
        """How many of the beginnings stand here; a number counts for all."""
        found = {place[2] for place in self.looked.between(self.low, self.high)}
        return SPOT if NUMBER in found else len(found - {HANGING})


@dataclass(frozen=True, slots=True)
class _Passage:
    page: PageText
    start: int
    end: int
    score: float


def find_snippets(
    pages: Iterable[PageText], needles: Needles, *, start: int = 0, end: int | None = None, most: int = 2
) -> tuple[Snippet, ...]:
    """Give the best passages between two offsets of a document, best first; its beginning where no word is found."""
    first: list[PageText] = []
    found = _best(_passages(_between(pages, start, end, first), needles, start, end), most)
    if found:
        return tuple(_snippet(passage, needles) for passage in found)
    if not first:
        return ()
    at = max(0, start - first[0].start)
    return (_snippet(_Passage(first[0], at, min(len(first[0].text), at + LENGTH), 0), needles),)


def _between(pages: Iterable[PageText], start: int, end: int | None, first: list[PageText]) -> Iterator[PageText]:
    """Yield the slices that hold something between two offsets; note in `first` the first one that has a text."""
    for page in pages:
        if page.start + len(page.text) > start and (end is None or page.start < end):
            if not first and page.text.strip():
                first.append(page)
            yield page


def _passages(pages: Iterable[PageText], needles: Needles, start: int, end: int | None) -> Iterator[_Passage]:
    stretches = list(islice(_stretches(pages, needles, start, end), MOST_SPOTS))
    best = nlargest(MOST_READ, stretches, key=_promise) if len(stretches) > MOST_READ else stretches
    for stretch in best:
        if marks := _marks_between(stretch.looked, needles, stretch.low, stretch.high):
            yield _best_window(stretch, marks)


def _promise(stretch: _Stretch) -> int:
    return stretch.promise


def _stretches(pages: Iterable[PageText], needles: Needles, start: int, end: int | None) -> Iterator[_Stretch]:
    """Yield the stretches in which a number stands, and those in which a beginning of a word does."""
    for page in pages:
        low, high = max(0, start - page.start), min(len(page.text), (end or page.start + len(page.text)) - page.start)
        looked = look_through(page.text, needles)
        places = looked.between(low, high)
        for wanted in (
            [place for place in places if place[2] == NUMBER],
            [place for place in places if place[2] >= 0],
        ):
            at = low
            for place in wanted:
                if place[0] >= at:
                    first = _clause_start(page.text, max(low, place[0] - BEFORE), place[0])
                    at = min(high, place[0] + SPOT)
                    yield _Stretch(page, looked, first, at)


def _clause_start(text: str, low: int, at: int) -> int:
    """Give where to begin so that `at` has words before it: after the last sentence from `low` on, or at a blank."""
    if low == 0 and "\n" not in text[:at]:
        return 0
    for end in ("\n", ". "):
        if (found := text.rfind(end, max(0, low - len(end)), at)) >= 0:
            return found + len(end)
    found = text.find(" ", max(0, low - 1), at)
    return found + 1 if found >= 0 and low else low


def find_marks(text: str, needles: Needles) -> list[Mark]:
    """Give the marks of all found words in a stretch of text, in order."""
    return _marks_between(look_through(text, needles), needles, 0, len(text))


def _marks_between(looked: Looked, needles: Needles, low: int, high: int) -> list[Mark]:
    """Give the marks between two offsets: only chunks are read in which something may stand."""
    text, places = looked.text, looked.between(low, high)
    marks = [Mark(start, end, -1, _EXACT * 2) for start, end, which in places if which == NUMBER]
    in_phrases: list[tuple[int, Token]] = []
    count = counted = 0
    for start, end in _chunks(looked, places, low, high):
        seen = needles.seen.get(text[start:end]) or _look_at(text, start, end, high, needles)
        marks += [Mark(start + mark.start, start + mark.end, mark.word, mark.weight) for mark in seen.marks]
        if seen.phrased:
            count += any(map(str.isalnum, text[counted:start]))
            in_phrases += [
                (count + at, Token(start + token.start, start + token.end, token.exact, token.stem, ()))
                for at, token in seen.phrased
            ]
            count, counted = count + seen.words, end
    if in_phrases:
        marks += _phrase_marks(in_phrases, needles)
    return sorted(marks, key=_place)


def _chunks(looked: Looked, places: Iterable[Place], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield where the chunks between blanks lie that are worth a look: most of a text is not."""
    end = low
    for first, last, which in places:
        if first >= end and which != NUMBER:
            start = looked.folded.rfind(b" ", low, first) + 1 or low
            end = looked.folded.find(b" ", last, high)
            end = end if end >= 0 else high
            yield start, end


def _place(mark: Mark) -> tuple[int, float]:
    return mark.start, -mark.weight


def _look_at(text: str, start: int, end: int, high: int, needles: Needles) -> Seen:
    """Work out what a chunk of text holds of the query: once for an answer, with those its word goes on in."""
    raw = text[start:end]
    if not _HANGING.search(raw):
        seen = needles.seen[raw] = _see(chunk_of(raw).tokens, needles)
        return seen
    goes_on = _GOES_ON.match(text, start, high)
    ahead = goes_on[0] if goes_on else raw
    if ahead not in needles.seen:
        tokens = sorted((token for token in tokens_of(ahead) if token.end <= len(raw)), key=lambda token: token.start)
        needles.seen[ahead] = _see(tokens, needles)
    return needles.seen[ahead]


def _see(tokens: Sequence[Token], needles: Needles) -> Seen:
    if not any(_may_be_meant(token, needles) for token in tokens):
        return _NOTHING
    words = needles.phrase_words
    phrased = ((at, token) for at, token in enumerate(tokens) if token.stem in words or token.exact in words)
    return Seen(tuple(_word_marks(tokens, needles)), tuple(phrased), len(tokens))


def _may_be_meant(token: Token, needles: Needles) -> bool:
    return (
        token.exact in needles.words
        or token.stem in needles.words
        or (token.parts != () and not needles.words.isdisjoint(token.parts))
        or (needles.prefixes != () and token.exact.startswith(needles.prefixes))
    )


def _word_marks(tokens: Iterable[Token], needles: Needles) -> Iterator[Mark]:
    for token in tokens:
        for word, meaning in enumerate(needles.meanings):
            if not meaning.strict and (weight := weigh(token, meaning)):
                yield Mark(token.start, token.end, word, weight)


def _phrase_marks(tokens: Sequence[tuple[int, Token]], needles: Needles) -> Iterator[Mark]:
    """Yield the marks of words that stand side by side; `tokens` come with their place in the text."""
    for word, meaning in enumerate(needles.meanings):
        for phrase in meaning.phrases:
            size = len(phrase)
            for at in range(len(tokens) - size + 1):
                run = tokens[at : at + size]
                if run[-1][0] - run[0][0] != size - 1:
                    continue
                if tuple(token.exact if meaning.strict else token.stem for _, token in run) == phrase:
                    yield from (Mark(token.start, token.end, word, _STEM) for _, token in run)


def weigh(token: Token, meaning: Meaning) -> float:
    """Give the weight of the nearest layer through which a word of a text is meant; 0 for none."""
    if token.exact in meaning.exact:
        return _EXACT
    if token.stem in meaning.stems:
        return _STEM
    if meaning.prefixes and token.exact.startswith(meaning.prefixes):
        return _EXACT
    return _PART if meaning.parts and not meaning.parts.isdisjoint(token.parts) else 0.0


def _best_window(stretch: _Stretch, marks: Sequence[Mark]) -> _Passage:
    """Give the window of one snippet's length that holds the most of what was asked."""
    best, best_score, ends = 0, -1.0, False
    for at, first in enumerate(marks):
        seen: dict[int, float] = {}
        last = first.start + LENGTH - 30
        for mark in islice(marks, at, None):
            if mark.end > last:
                break
            if mark.weight > seen.get(mark.word, 0.0):
                seen[mark.word] = mark.weight
        else:
            ends = True
        score = sum(seen.values()) + 2 * len(seen)
        if score > best_score:
            best, best_score = at, score
        if ends:
            # Whatever window begins later holds a part of this one's marks.
            break
    text, begin = stretch.page.text, marks[best].start
    start = _clause_start(text, max(stretch.low, begin - BEFORE), begin)
    return _Passage(stretch.page, start, min(len(text), start + LENGTH), best_score)


def _best(passages: Iterable[_Passage], most: int) -> list[_Passage]:
    chosen: list[_Passage] = []
    for passage in sorted(passages, key=lambda each: (-each.score, each.page.start + each.start)):
        clear = all(
            passage.page is not other.page or passage.end <= other.start or passage.start >= other.end
            for other in chosen
        )
        if clear and len(chosen) < most and (not chosen or passage.score >= chosen[0].score / 2):
            chosen.append(passage)
    return chosen


def _snippet(passage: _Passage, needles: Needles) -> Snippet:
    """Cut the passage out of its page at blanks, and mark its words."""
    text, start, end = passage.page.text, passage.start, passage.end
    if end < len(text) and (blank := text.rfind(" ", start + LENGTH // 2, end)) > 0:
        end = blank
    shown = fold_spaces(text[start:end])
    before = "… " if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    marks: list[tuple[int, int]] = []
    for mark in find_marks(shown, needles):
        if not marks or mark.start >= marks[-1][1] - len(before):
            marks.append((mark.start + len(before), mark.end + len(before)))
    return Snippet(before + shown + after, passage.page.page, tuple(marks))


def find_reasons(pages: Iterable[PageText], needles: Needles, title: str | None) -> tuple[Reason, ...]:
    """Say for each word of the query through what a document holds it, with the word of the document that did."""
    best: dict[int, tuple[float, str]] = {}
    texts = [
        title or "",
        *(each.page.text[each.low : each.high] for each in islice(_stretches(pages, needles, 0, None), 200)),
    ]
    for text in texts:
        for mark in find_marks(text, needles):
            if mark.word >= 0 and mark.weight > best.get(mark.word, (0.0, ""))[0]:
                best[mark.word] = (mark.weight, text[mark.start : mark.end])
    return tuple(_reason(meaning, best.get(at)) for at, meaning in enumerate(needles.meanings))


def _reason(meaning: Meaning, found: tuple[float, str] | None) -> Reason:
    if found is None:
        return Reason(meaning.word, "facts", None)
    weight, word = found
    if fold(word) in meaning.corrected:
        return Reason(meaning.word, "spelling", word)
    through = {_EXACT: "exact", _STEM: "stem", _PART: "part"}.get(weight, "phrase")
    return Reason(meaning.word, through, word)
