"""Build `forms.marisa`, `forms.bin` and `lemmas.marisa` from published lists; run by hand, never at run time.

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

from index.compounds import cost_of, is_compound
from index.lexicon import BENDS, DATA, FORMS, IS_COMPOUND, IS_LEMMA, LEMMAS, PLANES, lexicon

WORD = re.compile(r"[a-zæøåéü]{2,30}")
UNSEEN = 70
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


def find_candidates(form: str, forms: dict[str, str], lemmas: set[str]) -> set[str]:
    """Give every lemma that a form may belong to: the lists' own, itself, and with a dropped e put back."""
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


def edit(form: str, lemma: str) -> bytes:
    """Give the number of letters to cut, and those to put."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return bytes([len(form) - same]) + lemma[same:].encode()


def choose_lemmas(frequencies: dict[str, int], forms: dict[str, str]) -> dict[str, str]:
    """Give the likeliest lemma of each form; a genitive of a form that is there is left out."""
    lemmas = set(forms.values())
    best: dict[str, str] = {}
    for form in forms.keys() | lemmas:
        candidates = find_candidates(form, forms, lemmas) if form in forms else {form}
        best[form] = min(candidates, key=lambda lemma: (frequencies.get(lemma, UNSEEN), lemma != form, lemma))
    return {form: lemma for form, lemma in best.items() if not (form.endswith("s") and best.get(form[:-1]) == lemma)}


def save(frequencies: dict[str, int], chosen: dict[str, str]) -> None:
    """Save the forms, what is known of each, and the edits of those that Snowball does not bring to their lemma."""
    forms = marisa_trie.Trie(sorted(chosen), num_tries=1, cache_size=marisa_trie.HUGE_CACHE)
    forms.save(str(DATA / FORMS))
    bent = {form: edit(form, lemma) for form, lemma in chosen.items() if _stem(form) != _stem(lemma)}
    marisa_trie.BytesTrie(bent.items()).save(str(DATA / LEMMAS))
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
        marks[number] |= IS_COMPOUND * is_compound(form, rarity[number])
    save_planes(rarity, marks, inner, last)


def save_planes(*planes: bytearray) -> None:
    """Save one byte a form and plane."""
    (DATA / PLANES).write_bytes(b"".join(planes))


if __name__ == "__main__":
    frequencies = read_frequencies(Path(sys.argv[1]))
    save(frequencies, chosen := choose_lemmas(frequencies, read_forms(Path(sys.argv[2]))))
    sys.stderr.write(f"{len(chosen)} forms\n")
