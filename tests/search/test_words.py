"""What the analysis makes of a word, made visible."""

from __future__ import annotations

from pathlib import Path

from search.words import analyse_words
from tests.search.papers import PAPERS, index_papers


def test_analyse_words_shows_every_layer() -> None:
    """A word is shown as it stands, without inflection, and in its parts."""
    (word,) = analyse_words(["Integrationspolitikkens"])
    assert (word.exact, word.stem) == ("integrationspolitikkens", "integrationspolitik")
    assert word.pieces == ("integration", "politikkens")
    assert set(word.parts) == {"integration", "politik"}
    assert word.frequency == ()
    assert word.to_json()["stem"] == "integrationspolitik"


def test_analyse_words_counts_in_the_archive(tmp_path: Path) -> None:
    """With an index the entries are counted that hold the word in each layer."""
    engine = index_papers(tmp_path / "index", PAPERS)
    (word,) = analyse_words(["politik"], engine)
    assert dict(word.frequency) == {"exact": 0, "stem": 0, "parts": 2}
    assert [each.exact for each in analyse_words(["Børne- og", "18/28145"])] == ["børne", "og", "18/28145"]
    engine.close()
