"""One charter under many names is one; another year or another subject is another."""

import pytest

from corpus.instruments import cluster, instrument_key, known_instruments, own_instrument, same_instrument

SAME = [
    ("Integrating Cities Charter", "Integrating Cites Charter"),
    ("Integrating Cities Charter", "Charter on Integrating Cities"),
    ("Integrating Cities Charter", "EUROCITIES Charter on Integrating Cities"),
    ("”Clean Harbours Charter”", "Clean Harbours Charters"),
    ("integrationspolitikken 2011-2014", "Integrationspolitik 2011 – 2014"),
    ("integrationspolitikken", "Integrationspolitikken 2011-2014"),
    ("Integrationsbarometeret", "integrationsbarometret"),
    ("lokalplan nr. 214", "Lokalplan nr. 214"),
    ("lokalplan 214", "Lokalplanforslag nr. 214"),
    ("tillæg nr. 4 til Kommuneplan 2019", "kommuneplantillæg 4"),
    ("PORTCITIES’ charter", "PORTCITIES Charter on Clean Harbours"),
    ("havnepolitik 2011-14", "Havnepolitikken 2011-2014"),
    ("havnepolitik for perioden 2011 til 2014", "ny havnepolitik 2011-2014"),
    ("Fjordby Kommunes havnepolitik", "havnepolitikken"),
]
OTHER = [
    ("integrationspolitikken 2007-2010", "integrationspolitikken 2011-2014"),
    ("lokalplan nr. 214", "lokalplan nr. 241"),
    ("Clean Harbours Charter", "Clean Air Charter"),
    ("Klimaplan 2025", "Klimatilpasningsplan 2025"),
    ("Boligpolitik", "Skolepolitik"),
    ("lokalplan 12345", "lokalplan 12346"),
    ("lokalplan 1.14", "lokalplan 14.1"),
    ("lokalplan 1.14", "lokalplan 114"),
    ("tillæg nr. 4 til Kommuneplan 2019", "Kommuneplan 2019"),
    ("Fjordby Kommunes havnepolitik", "Egelund Kommunes havnepolitik"),
    ("PORTCITIES’ charter", "Charter on Clean Harbours"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_instrument_under_two_names(one: str, other: str) -> None:
    """Case, quotation marks, word order, endings, a missing year and one wrong letter do not make another thing."""
    assert same_instrument(instrument_key(one), instrument_key(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_instruments_stay_apart(one: str, other: str) -> None:
    """Another year, number or subject is another instrument."""
    assert not same_instrument(instrument_key(one), instrument_key(other))


def test_cluster_goes_by_the_full_name_to_the_owners() -> None:
    """The charter by its subject, the full name, and the owner's short form are one; another owner's is not."""
    names = (
        "Clean Harbors Charter",
        "PORTCITIES Charter on Clean Harbours",
        "PORTCITIES’ charter",
        "BIRDCITIES’ charter",
    )
    keys = [instrument_key(name) for name in names]
    assert cluster([instrument_key("Charter on Clean Harbours")], keys) == keys[:3]
    assert cluster([keys[2]], keys) == keys[:3]
    assert cluster([keys[3]], keys) == keys[3:]


def test_addition_names_its_plan_and_not_the_other_way() -> None:
    """The trail of a plan holds its additions; that of an addition not the whole plan."""
    plan, addition, other = map(
        instrument_key, ("Kommuneplan 2019", "tillæg nr. 4 til Kommuneplan 2019", "tillæg nr. 4 til Kommuneplan 2021")
    )
    assert cluster([plan], [plan, addition, other]) == [plan, addition]
    assert cluster([addition], [plan, addition, other]) == [addition]


def test_cluster_finds_what_comparing_with_every_name_finds() -> None:
    """Looking only at names that share a part of a word loses none, whichever letter is wrong."""
    name = "skolegårdsplan 2014-2018"
    wrong = [name[:at] + "x" + name[at + 1 :] for at in range(14)] + [name[:at] + name[at + 1 :] for at in range(14)]
    assert cluster([name], wrong) == [each for each in wrong if same_instrument(name, each)]
    assert len(cluster([name], wrong)) > 20


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Havnepolitik 2013-2017", "Havnepolitik 2013-2017"),
        ("Udkast til Strategi 2013-2017", None),
        ("Forslag til Egevig Kommunes havnepolitik 2013-17", "Egevig Kommunes havnepolitik 2013-17"),
        ("BADE- OG HAVNEPOLITIK 2015 – 2019", "BADE- OG HAVNEPOLITIK 2015 – 2019"),
        ("Handleplan for rent badevand 2015-2018", "Handleplan for rent badevand 2015-2018"),
        ("Evaluering af Havnepolitik 2013-2017", None),
        ("Havnepolitik 2013-2017: høringssvar", None),
        ("Mødeplan 2013-2014", None),
        ("Driftsaftale 2013-2014", None),
        ("Havnepolitik", None),
        (None, None),
    ],
)
def test_a_paper_is_the_policy_that_its_title_names(title: str | None, name: str | None) -> None:
    """A title of nothing but a policy's name and its years is its name, without `udkast til`."""
    assert own_instrument(title) == name


def test_packaged_names_belong_to_one_instrument_each() -> None:
    """No name of the packaged register stands under two instruments."""
    keys = [instrument_key(name) for names in known_instruments() for name in names]
    assert len(keys) == len(set(keys))
