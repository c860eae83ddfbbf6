"""Two layers of tokens in one field: what is laid can be read back, and phrases stand where they were laid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import layout
from index.analysis import analyse, stem, tokenise
from index.lexicon import lexicon

WORDS = ["skolen", "og", "børnene", "2014", "for", "politik", "18/28145"]
TEXTS = ["Udvalget for ældre og børn blev hørt den 3. maj 2014", "sagsnr. 2010-16508, jf. § 15", "", "og og og"]


@pytest.mark.parametrize("text", TEXTS)
def test_laid_text_is_read_back(text: str) -> None:
    """The words as they stand and their stems come out of the laid text as they went in."""
    words = [word for _, _, word in tokenise(text)]
    assert layout.read(analyse(text).text) == (words, [stem(word) for word in words])


def test_invariable_word_stands_once() -> None:
    """A word without inflection, or a number, takes one place; any other takes one for its stem too."""
    assert analyse("børn og 2014").text.split() == [layout.MARK + stem("børn"), "børn", "og", "2014"]


@pytest.mark.parametrize("field", layout.LAYERS)
@given(
    words=st.lists(
        st.sampled_from(["skolen", "og", "børnene", "2014", "for", "politik", "18/28145"]), min_size=1, max_size=6
    )
)
def test_phrase_stands_where_it_was_laid(field: str, words: list[str]) -> None:
    """The tokens of a phrase, that far apart, stand in the text that holds the phrase."""
    laid = analyse(f"før {' '.join(words)} efter").text.split()
    asked = words if field == "exact" else [stem(word) for word in words]
    name, placed = layout.place_phrase(field, asked)
    places = [(at, token) for at, token in placed if isinstance(at, int)]
    assert name == layout.FIELD
    assert any(
        all(start + at < len(laid) and laid[start + at] == token for at, token in places) for start in range(len(laid))
    )


def test_no_word_has_the_stem_of_an_invariable_one() -> None:
    """How many places a word takes follows from its stem: words of the lexicon never share one with `og` or `der`."""
    for form, _ in list(lexicon().items())[::37]:
        if form.isalpha() and not layout.is_invariable(form):
            assert not layout.is_invariable(stem(form)), form
