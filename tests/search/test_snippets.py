"""The first look for words finds whatever the second would mark, and a letter keeps its place in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.numbers import parse
from corpus.records import PageText
from index.analysis import stem, tokens_of
from search.forms import Meaning
from search.needles import Needles, fold_letters, needles_of
from search.snippets import LENGTH, find_marks, find_snippets, weigh

PIECES = """
    Skolen skoler, børn barnet børnehaven bøger bog leder- og medarbejderskare pladser– samt æble aable Åben café
    Käthe gårdsplads gaarde unge yngre kommunes? (by) byer. 2010-16508 Ærø łódź “chartret” 😀
"""
BLANKS = ("\n", "\u00a0", "\u2009", "1\u202f000")
TEXTS = st.lists(st.sampled_from([*PIECES.split(), *BLANKS]), max_size=30).map(" ".join)
WORDS = st.sampled_from(
    "skole barn bog lederskare æble åben cafe kæthe gård ung kommune by ærø charter plads łódź".split()
)


def look_for(*words: str) -> Needles:
    """Give needles for words in any inflection and as parts of others."""
    stems = [frozenset((stem(word),)) for word in words]
    return needles_of(
        tuple(Meaning(word, frozenset((word,)), each, each) for word, each in zip(words, stems, strict=True)), ()
    )


@given(text=st.text() | TEXTS)
def test_fold_letters_keeps_places(text: str) -> None:
    """Each letter of a text is one byte of the folded text."""
    assert len(fold_letters(text)) == len(text)


@settings(max_examples=300)
@given(text=TEXTS, words=st.lists(WORDS, min_size=1, max_size=3, unique=True))
def test_first_look_misses_nothing(text: str, words: list[str]) -> None:
    """What the analysis of the whole text finds of the words is marked, though only some chunks are analysed."""
    needles = look_for(*words)
    wanted = {
        (token.start, token.end)
        for token in tokens_of(text)
        if any(weigh(token, meaning) for meaning in needles.meanings)
    }
    assert wanted <= {(mark.start, mark.end) for mark in find_marks(text, needles)}


@pytest.mark.parametrize(
    ("word", "text", "marked"),
    [
        ("åben", "Aaben dør", ["Aaben"]),
        ("kæthe", "Fru Käthe Bro", ["Käthe"]),
        ("barn", "alle BØRN og barnet", ["BØRN", "barnet"]),
        ("cafe", "en café ved åen", ["café"]),
        ("lederskare", "en leder– og medarbejderskare", ["leder"]),
        ("skole", "skolebestyrelsen, SKOLER?", ["skolebestyrelsen", "SKOLER"]),
        ("by", "hypper bytter byggeri", []),
    ],
)
def test_marks_of_a_word(word: str, text: str, marked: list[str]) -> None:
    """A word is marked in any case, spelling and inflection, and where another word only looks like it, not."""
    assert [text[mark.start : mark.end] for mark in find_marks(text, look_for(word))] == marked


@pytest.mark.parametrize(
    ("number", "text", "marked"),
    [
        ("2010-16508", "Sagsnr. 2010\u201116508 og 12010-16508", ["2010\u201116508"]),
        ("2010-16508", "2010 \u2013 0016508, ikke 2010-165081", ["2010 \u2013 0016508"]),
        ("2010-16508", "sag 2010\u00a016508", ["2010\u00a016508"]),
        ("EMN-2017-02087", "Emn-2017-02087", ["Emn-2017-02087"]),
    ],
)
def test_marks_of_a_number(number: str, text: str, marked: list[str]) -> None:
    """A number is marked in its printed spellings, and not as a part of another."""
    asked = parse(number)
    assert asked is not None
    assert [text[mark.start : mark.end] for mark in find_marks(text, needles_of((), (asked,)))] == marked


def test_phrase_is_marked_where_its_words_are_neighbours() -> None:
    """Words of a phrase are marked side by side, over marks and line breaks between them, and nowhere else."""
    phrase = Meaning("ny skole", frozenset(), frozenset(), frozenset(), (("ny", stem("skole")),))
    text = "en ny, stor skole; den ny \u2013\nskole"
    marks = find_marks(text, needles_of((phrase,), ()))
    assert [(text[mark.start : mark.end], mark.start > 20) for mark in marks] == [("ny", True), ("skole", True)]


def test_word_of_many_spellings_is_looked_for() -> None:
    """A hostile word of nothing but letters with several spellings does not make the look long."""
    assert len(look_for("å" * 60).beginnings) <= 100


def test_snippet_shows_the_best_passage_of_a_long_page() -> None:
    """The passage with both words is shown, though others stand before it."""
    filler = "Her står noget om en skole, som ligger langt ude. " * 40
    pages = (PageText(1, 0, filler + "Skolen har en bestyrelse. " + filler),)
    shown = find_snippets(pages, look_for("skole", "bestyrelse"), most=1)[0]
    assert "Skolen har en bestyrelse" in shown.text
    assert len(shown.text) <= LENGTH + 4
