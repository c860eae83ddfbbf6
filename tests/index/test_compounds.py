"""Compounds: which words are split, and which are not."""

from __future__ import annotations

import pytest

from index.analysis import stem, stem_anew
from index.compounds import cost_of, heads, is_compound, split, split_anew, split_fully, stretches, tails
from index.lexicon import BENDS, IS_COMPOUND, IS_LEMMA, lexicon

#: The rarity of what is not in the list of frequencies.
UNSEEN = 70
SPLIT = [
    ("boligpolitik", ("bolig", "politik")),
    ("ældreudvalget", ("ældre", "udvalget")),
    ("integrationspolitikken", ("integration", "politikken")),
    ("medarbejderskare", ("medarbejder", "skare")),
    ("cykelsti", ("cykel", "sti")),
    ("idrætsforeninger", ("idræt", "foreninger")),
    ("byfornyelse", ("by", "fornyelse")),
    ("støjhandlingsplan", ("støj", "handlingsplan")),
    ("hundeskov", ("hunde", "skov")),
    ("whistleblowerordning", ("whistleblower", "ordning")),
    ("børnehøringer", ("børn", "høringer")),
    ("pumpestationsstøj", ("pumpestation", "støj")),
    ("vuggestueåbningstid", ("vuggestue", "åbningstid")),
    ("elevtallet", ("elev", "tallet")),
    ("busnet", ("bus", "net")),
]


@pytest.mark.parametrize(("word", "parts"), SPLIT)
def test_split_into_known_words(word: str, parts: tuple[str, ...]) -> None:
    """A compound is cut between its words, linking letters dropped, a name in front kept as it is."""
    assert split(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("asbestsanering", ("asbest", "sanering")),
        ("cykelregistreringerne", ("cykel", "registreringerne")),
        ("vandboringerne", ("vand", "boringerne")),
        ("plastsorteringsanlæg", ("plast", "sortering", "anlæg")),
        ("effektmålingen", ("effekt", "målingen")),
        ("medlemspligtens", ("medlem", "pligtens")),
        ("flisebelægningen", ("flise", "belægningen")),
        ("hækkeklipperne", ("hække", "klipperne")),
    ],
)
def test_split_keeps_the_end_of_a_noun(word: str, parts: tuple[str, ...]) -> None:
    """A noun in -ering or -ing, and a genitive, ends in no ring, nobody or `ens`; a rare form is cut as its lemma."""
    assert split(word) == parts


WHOLE = """udvalg forening medarbejder forvaltning borgmester kommune beslutning indstilling virksomhed frivillige
politik dokument referat november organisation undervisning ligestilling mangfoldighed bo 2010-16508 søndag lageret
analyseret toiletterne lønnet annoncering blokeringen"""


@pytest.mark.parametrize("word", WHOLE.split())
def test_split_leaves_one_idea_whole(word: str) -> None:
    """Common words that only look like compounds are not cut."""
    assert split(word) == ()


def test_stretches_give_every_run_of_parts() -> None:
    """A compound of three parts holds the compounds of its neighbours too."""
    word = "skolebestyrelsesmøde"
    assert split_fully(word) == ("skole", "bestyrelse", "møde")
    assert stretches(word) == ("skole", "bestyrelse", "møde", "skolebestyrelse", "bestyrelsesmøde")
    assert (heads(word), tails(word)) == (("skole", "skolebestyrelses"), ("bestyrelsesmøde", "møde"))


@pytest.mark.parametrize("word", ["a" * 40, "ab" * 20, "skole" * 8, "sss" * 13, "e" * 500])
def test_split_is_bounded(word: str) -> None:
    """Senseless words come back at once, whole or in parts that make them up."""
    assert "".join(split(word)) in ("", word)


def test_lexicon_says_what_the_rules_say() -> None:
    """What the lexicon's files keep of costs and compounds is what today's rules say; else they must be made anew."""
    known = lexicon()
    for form, number in list(known.items())[::101]:
        rarity, marks = known.rarity[number], known.marks[number]
        costs = (cost_of(form, rarity, is_lemma=bool(marks & IS_LEMMA), last=last) for last in (False, True))
        assert (known.inner[number], known.last[number]) == tuple(costs), form
        # An inflected form that was not counted is cut as its lemma is.
        is_cut = is_compound(form, rarity) or (rarity == UNSEEN and bool(split(form)))
        assert not marks & IS_COMPOUND or is_cut, form
        assert not marks & IS_LEMMA or bool(marks & IS_COMPOUND) == is_compound(form, rarity), form
        assert bool(marks & BENDS) == (form in known.stems), form


@pytest.mark.parametrize("word", ["interventionens", "beløbenes", "boligernes"])
def test_split_leaves_a_genitive_whole(word: str) -> None:
    """The genitive of a word that is whole is whole, too."""
    assert split(word) == ()


def test_lexicon_has_what_the_rules_give() -> None:
    """Stems and cuts that were worked out before are those of the rules: else `index/data/build_patterns.py` is run."""
    forms = [form for form, _ in lexicon().items()][::7]
    assert [stem(form) for form in forms] == [stem_anew(form) for form in forms]
    assert [split_fully(form) for form in forms] == [split_anew(form) for form in forms]
    assert lexicon().cut("skolebestyrelsesmøde") == ()
    assert (lexicon().bend("cyklerne"), lexicon().bend("vindhøjgaards")) == ("cykel", None)
