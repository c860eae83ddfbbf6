"""Properties that hold for any lines: hyphenation and the map from offsets to pages."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Box, Line, Page, Reading
from ingest.hyphens import Words, join_words
from ingest.layout import compose
from ingest.signs import mend_text

LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
WORD = st.text(LETTERS, min_size=2, max_size=14)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
PROSE_LINE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
VOWELS = set("aeiouyæøå")


@st.composite
def boxed_pages(draw: st.DrawFn) -> tuple[Page, ...]:
    """Draw pages of lines at any places, also over each other and outside the page."""
    pages = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines = []
        for _ in range(draw(st.integers(0, 12))):
            left, top = draw(st.integers(-20, 600)), draw(st.integers(-20, 860))
            text = f"{draw(PROSE_LINE)} p{number}x"
            size = draw(st.sampled_from([8.0, 11.0, 14.0]))
            box = Box(left, top, left + len(text) * size / 2, top + size)
            lines.append(Line(text, box, size, draw(st.booleans())))
        pages.append(Page(number, tuple(lines), 595.0, 842.0))
    return tuple(pages)


@given(boxed_pages())
@settings(max_examples=150)
def test_offsets_of_boxed_text_map_to_the_page_that_shows_them(pages: tuple[Page, ...]) -> None:
    """Every line's sign of its page lies at an offset that maps to that page and to a box on it."""
    text = compose(Reading("application/pdf", pages))
    for match in re.finditer(r"p(\d)x", text.string):
        assert text.page_at(match.start()) == int(match[1])
        segment = text.segment_at(match.start())
        assert segment is not None
        assert segment.box is not None
    _assert_sound(text.segments, text.string)


@given(st.lists(st.lists(ANY_TEXT, max_size=8), min_size=1, max_size=3))
@settings(max_examples=200)
def test_offsets_of_any_text_are_sound(pages: list[list[str]]) -> None:
    """Whatever the lines hold, segments rise, do not overlap and lie within the text."""
    reading = Reading(
        "text/plain", tuple(Page(n, tuple(Line(line) for line in lines)) for n, lines in enumerate(pages, 1))
    )
    text = compose(reading)
    _assert_sound(text.segments, text.string)


def _assert_sound(segments: tuple, string: str) -> None:  # type: ignore[type-arg]
    last = 0
    for segment in segments:
        assert last <= segment.start <= segment.end <= len(string)
        assert string[last : segment.start].strip() == ""
        last = segment.end
    assert string[last:].strip() == ""


@given(boxed_pages())
@settings(max_examples=100)
def test_no_word_of_the_body_is_lost_or_doubled(pages: tuple[Page, ...]) -> None:
    """All words between the zones of furniture are in the text exactly as often as on the pages."""
    kept = tuple(
        Page(page.number, tuple(line for line in page.lines if line.box and 110 < line.box.top < 720), 595.0, 842.0)
        for page in pages
    )
    expected = sorted(word for page in kept for line in page.lines for word in line.text.split())
    assert sorted(compose(Reading("application/pdf", kept)).string.split()) == expected


@given(WORD.filter(lambda word: len(word) > 5 and VOWELS & set(word[:3])), st.integers(3, 5), WORD, WORD)
def test_a_word_cut_by_the_page_is_whole_again(word: str, at: int, before: str, after: str) -> None:
    """A word that the document writes elsewhere comes back when a line end cuts it."""
    first, second = word[:at], word[at:]
    words = Words.of([f"{before} {word} {after}"])
    text, glue = join_words(f"{before} {first}-", f"{second} {after}", words)
    if second not in ("og", "eller", "samt", "til", "and", "or", "und", "mv", "men", "som"):
        assert f"{text}{glue}{second}" == f"{before} {word}"


@given(WORD, st.sampled_from(["og", "eller", "samt"]), WORD)
def test_a_suspended_hyphen_keeps_hyphen_and_blank(word: str, joining: str, after: str) -> None:
    """Before a joining word the hyphen stands for the end of a compound."""
    assert join_words(f"{word}-", f"{joining} {after}", Words()) == (f"{word}-", " ")


@given(WORD, WORD)
def test_a_hyphen_that_the_document_writes_is_kept(first: str, second: str) -> None:
    """Where the document writes the word with its hyphen elsewhere, a line end does not take it."""
    words = Words.of([f"om {first}-{second} og"])
    if (first + second) not in words.whole and second not in (
        "og",
        "eller",
        "samt",
        "til",
        "and",
        "or",
        "und",
        "som",
        "men",
        "mv",
    ):
        assert join_words(f"{first}-", second, words) == (f"{first}-", "")


@given(ANY_TEXT, ANY_TEXT)
def test_join_words_keeps_all_but_one_hyphen(before: str, after: str) -> None:
    """Joining changes nothing of a line but blanks at its end and at most one hyphen."""
    text, glue = join_words(before, after, Words())
    assert glue in ("", " ")
    assert before.rstrip().startswith(text)
    assert len(before.rstrip()) - len(text) <= 1


@given(ANY_TEXT)
def test_mend_text_is_stable(text: str) -> None:
    """Mending a mended line changes nothing."""
    once = mend_text(text)
    assert mend_text(once) == once
