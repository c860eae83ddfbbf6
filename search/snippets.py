"""Passages with the found words marked, located in the page texts by the same analysis that made the index.

Engines give ids and scores only. A cheap look for the beginnings of the words finds the pages worth reading; of these a
bounded number of passages is analysed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice

from corpus.numbers import Number
from corpus.records import PageText
from corpus.text import DASHES, fold_dashes
from index.analysis import Token, chunk_of, fold, tokenise, tokens_of
from search.expand import Meaning
from search.results import Reason, Snippet

LENGTH = 240
#: Characters of a passage before its first word that was found.
BEFORE = 80
#: Stretches with a beginning that are weighed in one document, those of them that are read, and their characters.
MOST_SPOTS, MOST_READ, SPOT = 60, 5, 600
_NUMBER_GAP = r"(?:[ \u00a0]?[-\u2010-\u2015/:.][ \u00a0]?| )"
_BLANKS = re.compile(r"\s+")
_BLANK = re.compile(r"\s")
#: A hyphen at the end of a chunk, and the chunks up to the one in which its word goes on.
_HANGING = re.compile(rf"(?<=\w)[-{DASHES}][,;:)]*(?!\S)")
_GOES_ON = re.compile(
    rf"\S+(?:\s(?:og|eller|samt|som|hhv\.|[/&]|\S{{1,40}}[-{DASHES}][,;:)]{{0,3}})(?=\s)){{0,9}}(?:\s+\S+)?"
)
_SPELLINGS = str.maketrans({"æ": "[æä]", "ø": "[øö]", "å": "(?:å|aa)", "e": "[eéè]"})
#: In short words the vowel may change with the inflection: `barn` and `børn`, `bog` and `bøger`, `ung` and `yngre`.
_BENDING = _SPELLINGS | str.maketrans({"a": "[aæäøö]", "o": "[oøö]", "å": "(?:å|aa|æ)", "u": "[uy]"})
_LONGEST_BENT = 5
_EXACT, _STEM, _PART = 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    word: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one chunk of text holds of the query: marks, and the words that phrases ask for with their places."""

    marks: tuple[_Mark, ...]
    phrased: tuple[tuple[int, Token], ...]


_NOTHING = _Seen((), ())


@dataclass(frozen=True, slots=True)
class Needles:
    """What is looked for in the texts of one answer; `seen` keeps what its chunks were found to hold."""

    meanings: tuple[Meaning, ...]
    spots: re.Pattern[str] | None
    numbers: re.Pattern[str] | None
    phrase_words: frozenset[str]
    #: Every form, stem and part of any word, for a first look; and every beginning.
    words: frozenset[str]
    prefixes: tuple[str, ...]
    seen: dict[str, _Seen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Passage:
    page: PageText
    start: int
    end: int
    score: float


def needles_of(meanings: tuple[Meaning, ...], numbers: tuple[Number, ...]) -> Needles:
    """Make ready, once for an answer, what its snippets look for."""
    beginnings = sorted({_beginning(form) for meaning in meanings for form in _forms(meaning)} - {""})
    spots = re.compile("|".join(map(_spell, beginnings)), re.IGNORECASE) if beginnings else None
    printed = sorted({_spell_number(number) for number in numbers if number.serial or number.norm})
    numbered = re.compile("|".join(printed), re.IGNORECASE) if printed else None
    phrase_words = frozenset(word for meaning in meanings for phrase in meaning.phrases for word in phrase)
    words = phrase_words.union(*(meaning.exact | meaning.stems | meaning.parts for meaning in meanings))
    prefixes = tuple(prefix for meaning in meanings for prefix in meaning.prefixes)
    return Needles(meanings, spots, numbered, phrase_words, words, prefixes)


def _forms(meaning: Meaning) -> Iterator[str]:
    yield from meaning.exact
    yield from meaning.stems
    yield from meaning.prefixes
    for phrase in meaning.phrases:
        yield from phrase


def _beginning(form: str) -> str:
    """Give so much of a word as its inflections share: all but the last letter or two of a long one."""
    return form[: max(4, len(form) - 2)] if form.isalpha() else form


def _spell(beginning: str) -> str:
    return re.escape(beginning).translate(_BENDING if len(beginning) <= _LONGEST_BENT else _SPELLINGS)


def _spell_number(number: Number) -> str:
    """Give a pattern for a number in its printed spellings: any dash, blanks about it, zeros in front of the serial."""
    pieces = [piece for piece in re.split(r"[-/:. ]", number.norm) if piece]
    last = len(pieces) - 1
    parts = [r"0{0,5}" + re.escape(piece) if at == last or at else re.escape(piece) for at, piece in enumerate(pieces)]
    return r"(?<![0-9])" + _NUMBER_GAP.join(parts) + r"(?![0-9])"


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
    spots = list(islice(_spots(pages, needles, start, end), MOST_SPOTS))
    for page, low, high in nlargest(MOST_READ, spots, key=lambda spot: _promise(spot[0], spot[1], spot[2], needles)):
        marks = find_marks(page.text[low:high], needles)
        if marks:
            yield _best_window(page, low, marks)


def _promise(page: PageText, low: int, high: int, needles: Needles) -> int:
    """Tell how many of the beginnings stand in a stretch; a number counts for all."""
    if needles.numbers and needles.numbers.search(page.text, low, high):
        return SPOT
    return len({found[0].lower() for found in needles.spots.finditer(page.text, low, high)}) if needles.spots else 0


def _spots(
    pages: Iterable[PageText], needles: Needles, start: int, end: int | None
) -> Iterator[tuple[PageText, int, int]]:
    """Yield the stretches in which a beginning of a word, or a number, stands."""
    for page in pages:
        low, high = max(0, start - page.start), min(len(page.text), (end or page.start + len(page.text)) - page.start)
        at = low
        for pattern in (needles.numbers, needles.spots):
            while pattern and at < high and (found := pattern.search(page.text, at, high)):
                first = _clause_start(page.text, max(low, found.start() - BEFORE), found.start())
                last = min(high, found.start() + SPOT)
                yield page, first, last
                at = last
            at = low


def _clause_start(text: str, low: int, at: int) -> int:
    """Give where to begin so that `at` has words before it: after the last sentence from `low` on, or at a blank."""
    if low == 0 and "\n" not in text[:at]:
        return 0
    for end in ("\n", ". "):
        if (found := text.rfind(end, max(0, low - len(end)), at)) >= 0:
            return found + len(end)
    found = text.find(" ", max(0, low - 1), at)
    return found + 1 if found >= 0 and low else low


def find_marks(text: str, needles: Needles) -> list[_Mark]:
    """Give the marks of all found words in a stretch of text, in order."""
    marks = [_Mark(found.start(), found.end(), -1, _EXACT * 2) for found in _numbers(text, needles)]
    in_phrases: list[tuple[int, Token]] = []
    count = counted = 0
    for start, end in _chunks(text, needles):
        seen = needles.seen.get(text[start:end]) or _look_at(text, start, end, needles)
        marks += [_Mark(start + mark.start, start + mark.end, mark.word, mark.weight) for mark in seen.marks]
        if seen.phrased:
            count, counted = count + _count_words(text[counted:start]), start
            in_phrases += [
                (count + at, Token(start + token.start, start + token.end, token.exact, token.stem, ()))
                for at, token in seen.phrased
            ]
    if in_phrases:
        marks += _phrase_marks(in_phrases, needles)
    return sorted(marks, key=_place)


def _chunks(text: str, needles: Needles) -> Iterator[tuple[int, int]]:
    """Yield where the chunks between blanks lie that are worth a look: most of a text is not.

    A beginning of a word makes one so, or a hyphen whose word goes on in a later chunk.
    """
    if needles.spots is None:
        return
    places = sorted([found.span() for pattern in (needles.spots, _HANGING) for found in pattern.finditer(text)])
    end = 0
    for first, last in places:
        if first >= end:
            start = first
            while start and not text[start - 1].isspace():
                start -= 1
            blank = _BLANK.search(text, last)
            end = blank.start() if blank else len(text)
            yield start, end


def _count_words(text: str) -> int:
    return sum(1 for _ in tokenise(fold_dashes(text)))


def _place(mark: _Mark) -> tuple[int, float]:
    return mark.start, -mark.weight


def _numbers(text: str, needles: Needles) -> Iterator[re.Match[str]]:
    return needles.numbers.finditer(text) if needles.numbers else iter(())


def _look_at(text: str, start: int, end: int, needles: Needles) -> _Seen:
    """Work out what a chunk of text holds of the query: once for an answer, with those its word goes on in."""
    raw = text[start:end]
    if not _HANGING.search(raw):
        seen = needles.seen[raw] = _see(chunk_of(raw).tokens, needles)
        return seen
    goes_on = _GOES_ON.match(text, start)
    ahead = goes_on[0] if goes_on else raw
    if ahead not in needles.seen:
        tokens = sorted((token for token in tokens_of(ahead) if token.end <= len(raw)), key=lambda token: token.start)
        needles.seen[ahead] = _see(tokens, needles)
    return needles.seen[ahead]


def _see(tokens: Sequence[Token], needles: Needles) -> _Seen:
    if not any(_may_be_meant(token, needles) for token in tokens):
        return _NOTHING
    words = needles.phrase_words
    phrased = ((at, token) for at, token in enumerate(tokens) if token.stem in words or token.exact in words)
    return _Seen(tuple(_word_marks(tokens, needles)), tuple(phrased))


def _may_be_meant(token: Token, needles: Needles) -> bool:
    return (
        token.exact in needles.words
        or token.stem in needles.words
        or (token.parts != () and not needles.words.isdisjoint(token.parts))
        or (needles.prefixes != () and token.exact.startswith(needles.prefixes))
    )


def _word_marks(tokens: Iterable[Token], needles: Needles) -> Iterator[_Mark]:
    for token in tokens:
        for word, meaning in enumerate(needles.meanings):
            if not meaning.strict and (weight := weigh(token, meaning)):
                yield _Mark(token.start, token.end, word, weight)


def _phrase_marks(tokens: Sequence[tuple[int, Token]], needles: Needles) -> Iterator[_Mark]:
    """Yield the marks of words that stand side by side; `tokens` come with their place in the text."""
    for word, meaning in enumerate(needles.meanings):
        for phrase in meaning.phrases:
            size = len(phrase)
            for at in range(len(tokens) - size + 1):
                run = tokens[at : at + size]
                if run[-1][0] - run[0][0] != size - 1:
                    continue
                if tuple(token.exact if meaning.strict else token.stem for _, token in run) == phrase:
                    yield from (_Mark(token.start, token.end, word, _STEM) for _, token in run)


def weigh(token: Token, meaning: Meaning) -> float:
    """Give the weight of the nearest layer through which a word of a text is meant; 0 for none."""
    if token.exact in meaning.exact:
        return _EXACT
    if token.stem in meaning.stems:
        return _STEM
    if meaning.prefixes and token.exact.startswith(meaning.prefixes):
        return _EXACT
    return _PART if meaning.parts and not meaning.parts.isdisjoint(token.parts) else 0.0


def _best_window(page: PageText, low: int, marks: Sequence[_Mark]) -> _Passage:
    """Give the window of one snippet's length that holds the most of what was asked."""
    best, best_score = 0, -1.0
    for at, first in enumerate(marks):
        seen: dict[int, float] = {}
        for mark in marks[at:]:
            if mark.end > first.start + LENGTH - 30:
                break
            seen[mark.word] = max(seen.get(mark.word, 0), mark.weight)
        score = sum(seen.values()) + 2 * len(seen)
        if score > best_score:
            best, best_score = at, score
    begin = low + marks[best].start
    start = _clause_start(page.text, max(low, begin - BEFORE), begin)
    return _Passage(page, start, min(len(page.text), start + LENGTH), best_score)


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
    shown = _BLANKS.sub(" ", text[start:end]).strip()
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
        *(page.text[low:high] for page, low, high in islice(_spots(pages, needles, 0, None), 200)),
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
