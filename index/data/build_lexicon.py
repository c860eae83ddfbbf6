"""Build `danish.marisa` and `forms.marisa` from published lists; run by hand, never at run time.

Needs the packages wordfreq, spacy-lookups-data, simplemma and msgpack beside ours:
`python index/data/build_lexicon.py WORDFREQ_DATA LOOKUPS_DATA` with the folders of their data files.
`README.md` beside this file names the lists, their authors and licences.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
import msgpack  # type: ignore[import-not-found]
import simplemma  # type: ignore[import-not-found]
import Stemmer

WORD = re.compile(r"[a-zæøåéü]{2,30}")
UNSEEN = 70
OUT = Path(__file__).with_name("danish.marisa")
FORMS = Path(__file__).with_name("forms.marisa")
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


def build(frequencies: dict[str, int], forms: dict[str, str]) -> dict[str, bytes]:
    """Give for each form one byte of frequency, one that says whether it is its lemma, and an edit where it bends."""
    lemmas = set(forms.values())
    best: dict[str, str] = {}
    for form in forms.keys() | lemmas:
        candidates = find_candidates(form, forms, lemmas) if form in forms else {form}
        best[form] = min(candidates, key=lambda lemma: (frequencies.get(lemma, UNSEEN), lemma != form, lemma))
    return {
        form: bytes([frequencies.get(form, UNSEEN), form == lemma])
        + (edit(form, lemma) if _stem(form) != _stem(lemma) else b"")
        for form, lemma in best.items()
        if not (form.endswith("s") and best.get(form[:-1]) == lemma)
    }


def save_forms(entries: Iterable[str]) -> None:
    """Save the forms alone, for speed in one piece and with a large cache."""
    marisa_trie.Trie(sorted(entries), num_tries=1, cache_size=marisa_trie.HUGE_CACHE).save(str(FORMS))


if __name__ == "__main__":
    entries = build(read_frequencies(Path(sys.argv[1])), read_forms(Path(sys.argv[2])))
    marisa_trie.BytesTrie(entries.items()).save(str(OUT))
    save_forms(entries)
    sys.stderr.write(f"{len(entries)} forms, {OUT.stat().st_size} bytes\n")
