"""A passage is a whole sentence: no abbreviation ends one."""

import pytest

from search.passages import sentence


@pytest.mark.parametrize(
    "said",
    [
        "Sagen videreføres som sagsnr. EMN-2018-731 fra januar.",
        "Se doknr. A-12 og dok. B-4 om broen.",
        "Ring på tlf. Herning 12 eller skriv, att. Ib Lund.",
        "Tidligere journalnr. K-4 er afsluttet, jf. Bilag 2.",
    ],
)
def test_abbreviations_end_no_sentence(said: str) -> None:
    """What stands around is left out, what stands behind a full stop within is not."""
    text = f"Broen er lukket. {said} Der er intet nyt."
    at = text.index(said) + 3
    assert sentence(text, at, at + 2) == said
