"""Build `forms.marisa`, `forms.bin` and `stems.marisa` from published lists; run by hand, never at run time.

`build_patterns.py` is run after it.

Needs the packages wordfreq, spacy-lookups-data, simplemma and msgpack beside ours:
`python index/data/build_lexicon.py WORDFREQ_DATA LOOKUPS_DATA` with the folders of their data files.
`README.md` beside this file names the lists, their authors and licences.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

import marisa_trie
import msgpack  # type: ignore[import-not-found]
import simplemma  # type: ignore[import-not-found]
import Stemmer

from index.compounds import cost_of, is_compound, is_cut_alike
from index.lexicon import BENDS, DATA, FORMS, IS_COMPOUND, IS_LEMMA, PLANES, STEMS, lexicon, read_words

WORD = re.compile(r"[a-zæøåéü]{2,30}")
UNSEEN = 70
#: Verbs in -ere of so few letters are Danish, with nouns of their own: `være`, `lære`, `styre`.
LONGEST_NO_VERB = 6
#: An inflection of a word in -et that doubles its t: `billetter`, `toilettet`.
DOUBLED = re.compile(r"(.+et)t(?:en|ens|et|ets|er|ers|erne|ernes)")
_stem = Stemmer.Stemmer("danish").stemWord


def read_frequencies(folder: Path) -> dict[str, int]:
    """Give each word's frequency as tenths of negative powers of ten: 30 is one word in a thousand."""
    with gzip.open(folder / "small_da.msgpack.gz") as file:
        bins = msgpack.load(file, raw=False)[1:]
    return {word: round(centibels / 10) for centibels, words in enumerate(bins) for word in words}


def read_forms(folder: Path) -> dict[str, str]:
    """Give the lemma of each inflected form."""
    with gzip.open(folder / "da_lemma_lookup.json.gz", "rt", encoding="utf-8") as file:
        found = {form.lower(): lemma.lower() for form, lemma in json.load(file).items()}
    return {form: lemma for form, lemma in found.items() if WORD.fullmatch(form) and WORD.fullmatch(lemma)}


def find_verbal_nouns(forms: dict[str, str]) -> dict[str, str]:
    """Give the noun of each foreign verb with its verb: the lists have that of every second one.

    Without it a compound would end in a ring: `affalds-sorte-ring`.
    """
    verbs = {lemma for form, lemma in forms.items() if lemma.endswith("ere") and form == lemma + "de"}
    return {verb[:-1] + "ing": verb for verb in verbs if len(verb) > LONGEST_NO_VERB}


def bend_nouns(nouns: dict[str, str]) -> dict[str, str]:
    """Give the lemma of each form of nouns in -ing."""
    return {noun + ending: noun for noun in nouns for ending in ("", "en", "er", "erne")}


def count_nouns(nouns: dict[str, str], frequencies: dict[str, int]) -> dict[str, int]:
    """Give the frequency of nouns that were not counted: that of the commonest form of their verbs."""
    endings = ("", "r", "de", "t", "s")
    return {noun: min(frequencies.get(verb + ending, UNSEEN) for ending in endings) for noun, verb in nouns.items()}


def find_candidates(form: str, forms: dict[str, str], lemmas: set[str]) -> set[str]:
    """Give every lemma that a form may belong to: the lists' own, itself, and with a dropped e put back."""
    doubled = DOUBLED.fullmatch(form)
    if doubled and doubled[1] in lemmas:
        return {doubled[1]}
    found = {forms[form]}
    other = simplemma.lemmatize(form, lang="da").lower()
    if other in lemmas:
        found.add(other)
    if form in lemmas:
        found.add(form)
    for ending in ("e", "er", "et", "en", "erne", "ene", "ne", ""):
        base = form.removesuffix(ending)
        if base != form and len(base) > 2 and base[-1] in "lrn":
            found |= {base[:-1] + "e" + base[-1]} & lemmas
            if base[-2] == base[-1]:
                found |= {base[:-2] + "e" + base[-1]} & lemmas
    return found


def find_own_stems(forms: dict[str, str], lemmas: set[str]) -> dict[str, str]:
    """Give the stem of each lemma whose last letters are its own, though Snowball takes them for an ending.

    `billet` is not `bil`, `godkende` is `godkend` as `godkendelse` is, and what ends in such a word goes with it.
    """
    listed = read_words("own_endings.txt")
    stems = {lemma: lemma for lemma in lemmas if lemma in listed or keeps_et(lemma, forms)}
    for lemma in (lemmas | forms.keys()) - stems.keys():
        places = (at for at in range(2, len(lemma) - 3) if lemma[at:] in listed)
        if any(lemma[:at] in forms or (lemma[at - 1] in "se" and lemma[: at - 1] in forms) for at in places):
            stems[lemma] = lemma
        elif lemma not in lemmas:
            continue
        elif lemma.endswith("ende") and forms.get(lemma[:-1] + "er") == lemma:
            stems[lemma] = lemma[:-1]
        elif lemma.endswith("hed") and lemma[:-3] in listed:
            stems[lemma] = lemma[:-3]
    return stems


def keeps_et(lemma: str, forms: dict[str, str]) -> bool:
    """Tell whether a lemma in -et is a word of its own and no definite noun or participle: `planet`, not `kornet`."""
    if not lemma.endswith("et") or not any(lemma + ending in forms for ending in ("en", "er", "ten", "tet", "ter")):
        return False
    base = lemma[:-2]
    neuter = forms.get(base) == base and base + "en" not in forms and base + base[-1] + "en" not in forms
    whole = base[:-1] + "e" + base[-1]
    dropped = forms.get(whole) == whole and whole + whole[-1] + "en" not in forms
    return not neuter and not dropped and forms.get(base + "ede") != base + "e"


def edit(form: str, lemma: str) -> bytes:
    """Give the number of letters to cut, and those to put."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return bytes([len(form) - same]) + lemma[same:].encode()


def choose_lemmas(
    frequencies: dict[str, int], forms: dict[str, str], lemmas: set[str], own: dict[str, str]
) -> dict[str, str]:
    """Give the likeliest lemma of each form; a genitive of a form that is there is left out."""
    best: dict[str, str] = {}
    for form in forms.keys() | lemmas:
        candidates = find_candidates(form, forms, lemmas) if form in forms and form not in own else {form}
        if forms.get(form) in own or (form.endswith("ige") and form[:-1] in own):
            candidates = {forms[form]} & own.keys() or {form[:-1]}
        best[form] = min(candidates, key=lambda lemma: (frequencies.get(lemma, UNSEEN), lemma != form, lemma))
    return {form: lemma for form, lemma in best.items() if not (form.endswith("s") and best.get(form[:-1]) == lemma)}


def save(frequencies: dict[str, int], chosen: dict[str, str], own: dict[str, str]) -> None:
    """Save the forms, what is known of each, and the edits of those that Snowball does not bring to their stem."""
    forms = marisa_trie.Trie(sorted(chosen), num_tries=1, cache_size=marisa_trie.HUGE_CACHE)
    forms.save(str(DATA / FORMS))
    stems = {form: own.get(lemma) or _stem(lemma) for form, lemma in chosen.items()}
    bent = {form: edit(form, stem) for form, stem in stems.items() if not stem == _stem(form) == _stem(form + "s")}
    marisa_trie.BytesTrie(bent.items()).save(str(DATA / STEMS))
    rarity, marks, inner, last = (bytearray(len(forms)) for _ in range(4))
    for form, number in forms.items():
        rarity[number] = frequencies.get(form, UNSEEN)
        is_lemma = chosen[form] == form
        marks[number] = IS_LEMMA * is_lemma | BENDS * (form in bent)
        inner[number] = cost_of(form, rarity[number], is_lemma=is_lemma, last=False)
        last[number] = cost_of(form, rarity[number], is_lemma=is_lemma, last=True)
    save_planes(rarity, marks, inner, last)
    # Which forms are compounds is judged by the costs of all.
    lexicon.cache_clear()
    for form, number in forms.items():
        # `lageret` is no `lage-ret`, as `lager` is one word.
        marks[number] |= IS_COMPOUND * (is_compound(form, rarity[number]) and is_compound(chosen[form], UNSEEN))
    for form, number in forms.items():
        # A form that was not counted is cut as its lemma is: `renovationsgebyret`, `renovationsgebyr`.
        lemma = chosen[form]
        is_cut = lemma in forms and marks[forms[lemma]] & IS_COMPOUND
        if is_cut and rarity[number] == UNSEEN and is_cut_alike(form, lemma):
            marks[number] |= IS_COMPOUND
    save_planes(rarity, marks, inner, last)


def save_planes(*planes: bytearray) -> None:
    """Save one byte a form and plane."""
    (DATA / PLANES).write_bytes(b"".join(planes))


if __name__ == "__main__":
    frequencies, forms = read_frequencies(Path(sys.argv[1])), read_forms(Path(sys.argv[2]))
    nouns = find_verbal_nouns(forms)
    frequencies, forms = count_nouns(nouns, frequencies) | frequencies, bend_nouns(nouns) | forms
    lemmas = set(forms.values())
    own = find_own_stems(forms, lemmas)
    save(frequencies, chosen := choose_lemmas(frequencies, forms, lemmas, own), own)
    sys.stderr.write(f"{len(chosen)} forms\n")
