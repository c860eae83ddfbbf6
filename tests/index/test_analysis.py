"""Danish text to tokens: what is one word, and what a word holds."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import LONGEST_TOKEN, Memory, analyse, fold, stem, tokens_of, words_of

FAMILIES = [
    (
        "integrationspolitik",
        "integrationspolitikken integrationspolitikkens integrationspolitiks integrationspolitiske",
    ),
    ("barn", "børn børnene barnet børnenes"),
    ("cykel", "cykler cyklerne cyklen"),
    ("bog", "bøger bøgerne bogen"),
    ("center", "centret centeret centre centrene"),
    ("udvalg", "udvalget udvalgene udvalgets"),
    ("grundejer", "grundejere grundejerne grundejerens"),
    ("sti", "stier stierne stien"),
    ("klimabog", "klimabøger klimabøgerne"),
    ("møde", "mødet møder møderne mødets"),
    ("træ", "træer træerne træet"),
    ("Åbenrå", "Aabenraa aabenraas"),
    ("charter", "chartret charteret chartrene"),
    ("kvarter", "kvarteret kvarterer kvarterets"),
    ("billet", "billetten billetter billetterne billettens"),
    ("familiebillet", "familiebilletter familiebilletterne"),
    ("toilet", "toilettet toiletter toiletterne toilets"),
    ("budget", "budgettet budgetter budgetternes"),
    ("planet", "planeten planeter"),
    ("godkende", "godkendt godkendte godkender godkendelse"),
    ("anvende", "anvendt anvendes anvendelsen"),
    ("plads", "pladsen pladser pladserne"),
    ("bolig", "boligen boliger boligernes"),
    ("varelager", "varelageret"),
    ("skolehave", "skolehaven skolehaver skolehaverne skolehavens"),
    ("havneside", "havnesiden havnesider"),
]


@pytest.mark.parametrize(("word", "forms"), FAMILIES)
def test_stem_one_for_all_forms(word: str, forms: str) -> None:
    """All inflections of a word have one stem, irregular ones and unknown compounds too."""
    assert {stem(fold(form)) for form in forms.split()} == {stem(fold(word))}


STRANGERS = """billet bil, busnet bus, planet plan, tablet tabel, kvartet kvarter, etiket etik, billig bil, bolig bolle,
plads plade, forretningsorden forretningsord, datter date, karakter karat, hals hal, internet intern, voksen voks"""


@pytest.mark.parametrize("pair", STRANGERS.split(","))
def test_stem_keeps_an_ending_of_its_own(pair: str) -> None:
    """What only looks like an inflection of another word has a stem of its own."""
    one, other = pair.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(("one", "other"), [("får", "far"), ("bør", "bor"), ("læge", "lage"), ("skole", "skal")])
def test_stem_keeps_danish_letters_apart(one: str, other: str) -> None:
    """Nothing is folded to ascii: æ, ø and å tell words apart."""
    assert stem(fold(one)) != stem(fold(other))


PARTS = [
    ("boligpolitikken", "bolig politik"),
    ("skolebestyrelsesmøde", "skole bestyrelse møde skolebestyrelse bestyrelsesmøde"),
    ("En leder- og medarbejderskare", "lederskare"),
    ("job-, skole- og uddannelsestilbud", "jobtilbud skoletilbud uddannelse tilbud"),
    ("Beskæftigelses- og Integrationsudvalget", "beskæftigelsesudvalg integration"),
    ("byggegrunde og -projekter", "byggeprojekter"),
    ("partnerskabs-aftale", "partnerskabsaftale"),
    ("EUROCITIES-arbejdsgruppen", "eurocitiesarbejdsgruppen"),
    ("planen for 2013-2020", "2013 2020"),
]


@pytest.mark.parametrize(("text", "words"), PARTS)
def test_parts_hold_compounds(text: str, words: str) -> None:
    """A compound holds its parts, a suspended hyphen the word it stands for, a hyphenated word the word in one."""
    assert {stem(fold(word)) for word in words.split()} <= set(analyse(text).parts.split())


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("EU's regler, BIU’et", "eu regler biu"),
        ("sag 18/28145 af 2.1.2018", "sag 18/28145 af 2.1.2018"),
        ("Malmö Aarhus CAFÉ, Én Allé", "malmø århus cafe en allé"),
        ("§ 15, stk. 2 (a)", "§ 15 stk 2 a"),
        ("§§15-17", "§ 15-17"),
        ("", ""),
    ],
)
def test_exact_tokens(text: str, exact: str) -> None:
    """Words are cut at signs, numbers with separators stay whole, no ending after an apostrophe counts; § is a word."""
    assert analyse(text).exact == exact.split()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("KL", "KL"),
        ("(KL's)", "KL"),
        ("MED-udvalget", "MED"),
        ("kl. 14", ""),
        ("Med", ""),
        ("BIU", ""),
        ("EFTER", ""),
        ("K", ""),
    ],
)
def test_parts_keep_letters_that_are_no_small_ones(text: str, kept: str) -> None:
    """Short words in capitals that small letters make another word stand among the parts, too."""
    parts = {part for part in analyse(text).parts.split() if part.isupper()}
    assert parts == {part for token in tokens_of(text) for part in token.parts if part.isupper()} == set(kept.split())


def test_exact_decomposed_letters() -> None:
    """Letters that came in two pieces are the same letters."""
    assert words_of(unicodedata.normalize("NFD", "Rådhuspladsen på Åen")) == ["rådhuspladsen", "på", "åen"]


@given(st.text(max_size=300))
def test_tokens_stand_where_they_say(text: str) -> None:
    """Every token's offsets lie in the text, rise, and hold the word; layers have one stem for each word."""
    found = sorted(tokens_of(text), key=lambda token: token.start)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    layers = analyse(text)
    assert len(layers.exact) == len(layers.stems) == len(found)


@given(st.text(max_size=80))
def test_tokens_of_a_query_are_those_of_a_text(text: str) -> None:
    """A query and a text are cut alike, so that what stands in a paper can be typed."""
    assert [token.exact for token in sorted(tokens_of(text), key=lambda each: each.start)] == analyse(text).exact


def test_memory_forgets_what_is_old() -> None:
    """A memory keeps two generations of what came again and again, and nothing of what is too long to come again."""
    asked: list[str] = []

    def read(word: str) -> tuple[str, str, bool]:
        asked.append(word)
        return word.upper(), "", False

    memory = Memory(3, read)
    for word in ("sti", "skole", "vej", "sti", "bro", "sti", "sø", "sti", "hegn", "x" * (LONGEST_TOKEN + 1)):
        assert memory[word] == (word.upper(), "", False)
        assert len(memory) <= 3
        assert len(memory.before) <= 3
    assert asked.count("sti") == 1
    assert "x" * (LONGEST_TOKEN + 1) not in memory
    assert memory["skole"]
    assert asked.count("skole") == 2


def test_analyse_again_gives_the_same() -> None:
    """A text holds the same when its chunks are known, with marks, capitals, suspended hyphens and endless words."""
    text = f"KL og kl. 9: »Vejplanen«, leder- og medarbejderskare {'skole' * 20} byggegrunde og -projekter; vejplanen!"
    assert analyse(text) == analyse(text)
    assert "lederskar" in analyse(text).parts.split()
