"""Danish text -> tokens in three layers.

`exact` is the word as it stands, in lower case; `stem` the word without inflection; `parts` what else the word holds:
the parts of a compound, a hyphenated word written together, the words that a suspended hyphen stands for, letters in
capitals that are another word in small ones. `aa` is `å`, `ä` and `ö` are `æ` and `ø`, `é` is `e` (`én` is `en`);
nothing is folded to ascii, for `får` is not `far`.

Text is cut at blanks, and what one such chunk holds is worked out once: natural text repeats its chunks, so that the
cache makes the analysis as fast as the cutting. `exact` and `stem` are laid into one text (`index/layout.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, pairwise
from operator import itemgetter

import Stemmer

from corpus.text import fold_dashes, normalise
from index.compounds import heads, split, stretches, tails
from index.layout import INVARIABLE, is_invariable, lay, read
from index.lexicon import lexicon, read_words

#: Raise it when the same text gives other tokens: an index made by another version is refused at open.
ANALYSIS_VERSION = 11
LONGEST_TOKEN = 64
#: Letters in capitals are kept so up to so many of them: more are a heading's.
LONGEST_LETTERS = 4
_CACHED_CHUNKS = 20_000
#: Of chunks and of words, in each of two generations: what was met since the last change, and what before it.
_KEPT_PIECES, _KEPT_WORDS = 100_000, 300_000
#: What may stand before and behind a word that is a chunk by itself.
_BEFORE, _BEHIND = '("«»“”„', '.,;:!?)"«»“”'
#: The sign of a paragraph is a word: `§ 13` is no other 13. `§§` is one.
_TOKEN = re.compile(r"[0-9]+(?:[-./:][0-9]+)+|[^\W_]+|§(?!§)")
_LETTERS = str.maketrans("äöéèë", "æøeee")
#: The one word that is another without its accent: a street with trees is not everybody.
_KEPT_ACCENT = "allé"
_ACCENTS = str.maketrans("éèêëáàâóòôíìüúùýñç", "eeeeaaaoooiiuuuync")
#: What may follow an apostrophe as an ending and no word: `EU's`, `BIU'et`.
_ENDINGS = frozenset(("s", "er", "ere", "et", "en", "erne", "ers", "ets", "ens"))
_CONJUNCTIONS = frozenset(("og", "eller", "samt", "/", "&", "som", "hhv."))
_WAIT = 8
#: An inflection that drops the e before r, l or n: `chartret` of `charter`.
_DROPPED_E = re.compile(r"(.{2,30}[^aeiouyæøå])([rln])(?:et|ets|ene|enes|erne|ernes|er|ers|en|ens)")
#: Letters that are no name in small ones: `kl. 9` is no association.
SMALL_LETTERS = read_words("function_words.txt") | {"kl"}
_stem_word = Stemmer.Stemmer("danish").stemWord


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its offsets, and what each layer makes of it."""

    start: int
    end: int
    exact: str
    stem: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What lies between two blanks. `hangs` is the word before a suspended hyphen, `leans` the one after one."""

    tokens: tuple[Token, ...]
    hangs: str | None
    leans: str | None

    @property
    def text(self) -> str:
        """The tokens of both placed layers, apart by one blank."""
        return " ".join(lay(token.exact, token.stem) for token in self.tokens)

    @property
    def parts(self) -> str:
        """What else the words hold, apart by one blank."""
        return " ".join(part for token in self.tokens for part in token.parts)


@dataclass(frozen=True, slots=True)
class Layers:
    """The tokens of a text, apart by one blank: `text` has two layers laid into one, `parts` no order."""

    text: str
    parts: str

    @property
    def exact(self) -> list[str]:
        """The words as they stand, in order."""
        return read(self.text)[0]

    @property
    def stems(self) -> list[str]:
        """Their stems, in order."""
        return read(self.text)[1]


def fold(word: str) -> str:
    """Give the form of a word that counts as the same word: lower case, NFC, `aa` as `å`, no accent on an e."""
    folded = word.lower()
    if not folded.isascii() and (folded := unicodedata.normalize("NFC", folded)) != _KEPT_ACCENT:
        folded = folded.translate(_LETTERS)
    return folded.replace("aa", "å") if "aa" in folded else folded


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Give the stem of a folded word.

    Snowball's Danish stemmer, with the lexicon's stem where Snowball does not meet it (`børn`, `billet`), the head of
    an unknown compound taken by itself, and `politisk` brought to `politik`. A word without inflection is its own
    stem and nobody else's.
    """
    known = lexicon().bend(word)
    return stem_anew(word) if known is None else known


def stem_anew(word: str) -> str:
    """Do so by the rules, also where the lexicon has the stem."""
    if is_invariable(word):
        return word
    found = _stem(word if word.isascii() else word.translate(_ACCENTS))
    return word if found in INVARIABLE else found


def _stem(word: str) -> str:
    known = lexicon()
    number = known.find(word)
    if number is not None:
        return _mend(known.stem_of(number, word) or _stem_word(word))
    if parts := split(word):
        head = parts[-1]
        return word[: len(word) - len(head)] + _stem_head(head)
    dropped = _DROPPED_E.fullmatch(word)
    if dropped and known.find(whole := f"{dropped[1]}e{dropped[2]}") is not None:
        return stem(whole)
    return _mend(_stem_word(word))


def _stem_head(word: str) -> str:
    """Give the stem of a compound's last part, which is no small word: the `have` of `skolehave` is a garden."""
    return _stem_word(word) if word in INVARIABLE else stem(word)


def _mend(stemmed: str) -> str:
    return stemmed[:-4] + "tik" if stemmed.endswith("politisk") else stemmed


@lru_cache(maxsize=16_384)
def parts(word: str) -> tuple[str, ...]:
    """Give the stems of what a folded word holds besides itself."""
    if not word.isalpha():
        return tuple(piece for piece in re.split(r"[-/]", word) if len(piece) > 1) if "-" in word or "/" in word else ()
    found = stretches(word if word.isascii() else word.translate(_ACCENTS))
    if not found:
        return ()
    stems = dict.fromkeys(_stem_head(each) if word.endswith(each) else stem(each) for each in found)
    stems.pop(stem(word), None)
    return tuple(stems)


def capitals(word: str) -> str:
    """Give letters in capitals as they stand where small ones are another word (`KL`, `MED`); nothing for any other."""
    if not (1 < len(word) <= LONGEST_LETTERS and word.isupper() and word.isalpha()):
        return ""
    small = fold(word)
    return word if small in SMALL_LETTERS or lexicon().find(small) is not None else ""


def tokenise(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of every word; an ending after an apostrophe belongs to no word."""
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if (
            start
            and text[start - 1] in "'’"
            and start > 1
            and text[start - 2].isalnum()
            and found[0].lower() in _ENDINGS
        ):
            continue
        if end - start <= LONGEST_TOKEN:
            yield start, end, fold(found[0])


#: A chunk's laid tokens, its parts, and whether a hyphen hangs or leans there.
Piece = tuple[str, str, bool]


class _Chunks(dict[str, Chunk]):
    def __missing__(self, raw: str) -> Chunk:
        if len(self) >= _CACHED_CHUNKS:
            self.clear()
        chunk = read_chunk(raw)
        if len(raw) <= LONGEST_TOKEN:
            self[raw] = chunk
        return chunk


def read_chunk(raw: str) -> Chunk:
    """Work out what one blank-delimited chunk holds."""
    flat = fold_dashes(raw)
    words = list(tokenise(flat))
    found = []
    joined = _join_hyphens(flat, words)
    for at, (start, end, exact) in enumerate(words):
        more = dict.fromkeys(parts(exact))
        if at == 0:
            more |= dict.fromkeys(joined)
        if letters := capitals(flat[start:end]):
            more[letters] = None
        found.append(Token(start, end, exact, stem(exact), tuple(more)))
    bare = flat.rstrip(",;:)")
    hangs = found[-1].exact if found and bare.endswith("-") and found[-1].exact.isalpha() else None
    leans = found[0].exact if found and flat.lstrip("(").startswith("-") and found[0].exact.isalpha() else None
    return Chunk(tuple(found), hangs, leans)


def _join_hyphens(flat: str, words: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """Give the stem of a hyphenated word written together: `partnerskabs-aftale` is `partnerskabsaftale`."""
    if len(words) < 2 or len(words) > 4:
        return ()
    if any(flat[left[1] : right[0]] != "-" for left, right in pairwise(words)):
        return ()
    whole = "".join(word for _, _, word in words)
    return (stem(whole),) if whole.isalpha() and len(whole) <= LONGEST_TOKEN else ()


_chunks = _Chunks()


def chunk_of(raw: str) -> Chunk:
    """Give what one chunk holds, from the cache where it was met before."""
    return _chunks[raw]


class Memory(dict[str, Piece]):
    """What was worked out lately, in two generations, so that a full one does not lose what comes again and again."""

    def __init__(self, most: int, read: Callable[[str], Piece]) -> None:
        super().__init__()
        self.most, self.read = most, read
        self.before: dict[str, Piece] = {}

    def __missing__(self, key: str) -> Piece:
        found = self.before.get(key) or self.read(key)
        if len(key) <= LONGEST_TOKEN:
            if len(self) >= self.most:
                self.before = dict(self)
                self.clear()
            self[key] = found
        return found


def _read_word(exact: str) -> Piece:
    return lay(exact, stem(exact)), " ".join(parts(exact)), False


def _read_piece(raw: str) -> Piece:
    """Work out what a chunk holds. Most are one word, with a mark behind it or none."""
    bare = raw if raw.isalpha() else raw.lstrip(_BEFORE).rstrip(_BEHIND)
    if bare.isalpha() and len(bare) <= LONGEST_TOKEN:
        exact = fold(bare)
        if letters := capitals(bare):
            return lay(exact, stem(exact)), " ".join((*parts(exact), letters)), False
        return _words[exact]
    chunk = read_chunk(raw)
    return chunk.text, chunk.parts, bool(chunk.hangs or chunk.leans)


_words = Memory(_KEPT_WORDS, _read_word)
_pieces = Memory(_KEPT_PIECES, _read_piece)
_laid, _more, _hyphened = itemgetter(0), itemgetter(1), itemgetter(2)


def analyse(text: str) -> Layers:
    """Give the tokens of a whole text."""
    raws = text.split()
    found = list(map(_pieces.__getitem__, raws))
    more = list(dict.fromkeys(filter(None, map(_more, found))))
    for at in compress(count(), map(_hyphened, found)):
        more += _suspended(raws, at)
    return Layers(" ".join(filter(None, map(_laid, found))), " ".join(more))


def join(stretches: Sequence[Layers]) -> Layers:
    """Give the tokens of a text that was analysed in stretches."""
    held = [each for each in stretches if each.text]
    return Layers(" ".join(each.text for each in held), " ".join(filter(None, (each.parts for each in held))))


def _suspended(raws: list[str], at: int) -> Iterator[str]:
    """Yield the stems of the words that a chunk with a hyphen at its end or start stands for."""
    chunk = _chunks[raws[at]]
    if chunk.hangs:
        for raw in raws[at + 1 : at + 2 * _WAIT]:
            if raw not in _CONJUNCTIONS and not (after := _chunks[raw]).hangs:
                yield from complete([chunk.hangs], after)
                break
    if chunk.leans:
        for raw in reversed(raws[max(0, at - _WAIT) : at]):
            if raw not in _CONJUNCTIONS and (before := _chunks[raw]).tokens and not before.leans:
                yield from lean(before, chunk.leans)
                break


def complete(hanging: list[str], chunk: Chunk) -> list[str]:
    """Give the stems of the words that suspended hyphens stand for: `leder- og medarbejderskare` holds `lederskare`."""
    if not chunk.tokens:
        return []
    endings = tails(chunk.tokens[0].exact)
    whole = [word + ending for word in hanging[-_WAIT:] for ending in endings]
    return [stem(word) for word in whole if len(word) <= LONGEST_TOKEN]


def lean(before: Chunk, word: str) -> list[str]:
    """Give the stems of the words that a hyphen in front stands for: `byggegrunde og -projekter`."""
    return [stem(head + word) for head in heads(before.tokens[-1].exact)]


def tokens_of(text: str) -> Iterator[Token]:
    """Yield every word with its offsets in `text` and all that it holds, suspended hyphens completed."""
    hanging: list[tuple[Token, str]] = []
    for found in re.finditer(r"\S+", text):
        raw, base = found[0], found.start()
        chunk = _chunks[raw]
        placed = [
            Token(base + token.start, base + token.end, token.exact, token.stem, token.parts) for token in chunk.tokens
        ]
        if chunk.hangs:
            yield from placed[:-1]
            hanging.append((placed[-1], chunk.hangs))
            continue
        if hanging and raw not in _CONJUNCTIONS:
            for token, word in hanging:
                yield Token(
                    token.start, token.end, token.exact, token.stem, token.parts + tuple(complete([word], chunk))
                )
            hanging = []
        if hanging and len(hanging) > _WAIT:
            yield from (token for token, _ in hanging)
            hanging = []
        yield from placed
    yield from (token for token, _ in hanging)


def words_of(text: str) -> list[str]:
    """Give the folded words of a short text, as typed by a user."""
    return [word for _, _, word in tokenise(fold_dashes(normalise(text)))]
