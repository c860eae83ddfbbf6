"""One charter under many names is one; another year or another subject is another."""

import pytest

from corpus.instruments import instrument_key, same_instrument

SAME = [
    ("Integrating Cities Charter", "Integrating Cites Charter"),
    ("Integrating Cities Charter", "Charter on Integrating Cities"),
    ("Integrating Cities Charter", "EUROCITIES Charter on Integrating Cities"),
    ("”Clean Harbours Charter”", "Clean Harbours Charters"),
    ("integrationspolitikken 2011-2014", "Integrationspolitik 2011 – 2014"),
    ("integrationspolitikken", "Integrationspolitikken 2011-2014"),
    ("Integrationsbarometeret", "integrationsbarometret"),
    ("lokalplan nr. 214", "Lokalplan nr. 214"),
]
OTHER = [
    ("integrationspolitikken 2007-2010", "integrationspolitikken 2011-2014"),
    ("lokalplan nr. 214", "lokalplan nr. 241"),
    ("Clean Harbours Charter", "Clean Air Charter"),
    ("Klimaplan 2025", "Klimatilpasningsplan 2025"),
    ("Boligpolitik", "Skolepolitik"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_instrument_under_two_names(one: str, other: str) -> None:
    """Case, quotation marks, word order, endings, a missing year and one wrong letter do not make another thing."""
    assert same_instrument(instrument_key(one), instrument_key(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_instruments_stay_apart(one: str, other: str) -> None:
    """Another year, number or subject is another instrument."""
    assert not same_instrument(instrument_key(one), instrument_key(other))
