"""Acts and paragraphs in a question -> what papers hold that cite them, under whatever name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from corpus.laws import SIGN, SIGNS, Paragraph, read_paragraphs
from index import query as tree
from index.analysis import chunk_of, stem, words_of
from index.laws import Named, act_key, any_key, find_laws, find_lettered, is_act, name_law, paragraph_key
from index.query import all_of, any_of
from search.units import Phrases, Unit

#: What a citation of the paragraph counts, and one of a paragraph with a letter where none was asked for.
CITED, CITED_NEAR = 10.0, 6.0
#: What a paragraph that may be another act's counts.
ANY_ACT = 0.4
WITH_PART = 1.3
#: Words that may stand between an act and its paragraph: `§ 83 i den nye servicelov`.
FURTHEST = 3
#: What the Union's acts have for paragraphs.
ARTICLES = ("artikel", "art")
#: Paragraph signs that are read in one question.
MOST_SIGNS = 10


@dataclass(frozen=True, slots=True)
class Citations:
    """What a question cites: what is one thing in it, and the other names of acts that its words name."""

    cited: tuple[Unit, ...] = ()
    named: tuple[Named, ...] = ()

    @property
    def spent(self) -> frozenset[int]:
        """The places of words that stand for nothing but what is cited."""
        return frozenset(at for each in self.cited for at in range(each.start, each.end))

    def joined(self, cited: Iterable[Unit]) -> Citations:
        """Give these with other things that are one."""
        more = tuple(cited)
        return replace(self, cited=(*self.cited, *more)) if more else self

    def others(self, words: Sequence[str], word: str) -> Phrases:
        """Give the names by which papers may name an act that this word, or words of which it is one, names."""
        found = dict.fromkeys(
            name
            for law in self.named
            if word in words[law.start : law.end]
            for name in _names(law)
            if name != tuple(map(stem, words[law.start : law.end]))
        )
        return tuple(found)


_NONE = Citations()


def find_citations(words: Sequence[str], typed: Sequence[str]) -> Citations:
    """Find the acts and paragraphs among folded words; `typed` are the chunks of the question that they are from.

    Letters are an act's beside a paragraph, and besides a word of their own in capitals.
    """
    laws = tuple(find_laws([stem(word) for word in words]))
    if any(map(str.isupper, typed)):
        laws += tuple(_in_letters(typed, capitals=True))
    articles = tuple(_articles(words))
    if SIGN not in words:
        return Citations(articles, laws) if laws or articles else _NONE
    signs = [at for at, word in enumerate(words) if word == SIGN][:MOST_SIGNS]
    signed = [(at, *read_paragraphs(words, at)) for at in signs]
    by_letters = tuple(_lettered(typed, signed))
    acts = (*laws, *by_letters, *_unregistered(words, laws))
    found = chain.from_iterable(
        _paragraphs(paragraphs, words[start:end], start, _nearest(acts, start, end))
        for start, paragraphs, end in signed
    )
    letters = (Unit(law.start, law.end, law.letters[0].upper(), _act(law), _names(law)) for law in by_letters)
    return Citations((*found, *letters, *articles), laws)


def law_query(text: str) -> tree.Query | None:
    """Give the papers that name an act in any of its names, or cite a paragraph of it; `None` for no known act."""
    words = words_of(text)
    signed = next((at for at, word in enumerate(words) if word == SIGN), None)
    laws = [*find_laws([stem(word) for word in words]), *_in_letters(text.split())]
    if signed is not None:
        laws += _unregistered(words, laws)
    if not laws:
        return None
    paragraphs, end = read_paragraphs(words, signed) if signed is not None else ((), 0)
    if not paragraphs:
        return _act(laws[0])
    join = any_of if _is_run(words[signed:end]) else all_of
    return join(*(_citing(laws[0], each) for each in paragraphs))


def _in_letters(typed: Sequence[str], *, capitals: bool = False) -> Iterator[Named]:
    """Yield the acts that letters stand for, with the places of these words; three or more in capitals, or any."""
    at = 0
    for chunk in typed:
        size = len(chunk_of(chunk).tokens)
        bare = chunk.strip(".,;:()?")
        if size == 1 and (not capitals or (bare.isupper() and len(bare) > 2)) and (law := find_lettered(bare)):
            yield name_law(law, at, at + 1)
        at += size


def _lettered(typed: Sequence[str], signed: Sequence[tuple[int, tuple[Paragraph, ...], int]]) -> Iterator[Named]:
    """Yield the acts by letters that stand right before a paragraph, or behind one."""
    for law in _in_letters(typed):
        if any(law.end == start or 0 <= law.start - end <= 1 for start, _, end in signed):
            yield law


def _articles(words: Sequence[str]) -> Iterator[Unit]:
    """Yield each article with its number, side by side: `GDPR art. 6`."""
    for at, (word, number) in enumerate(pairwise(words)):
        if word in ARTICLES and number.isdecimal():
            phrases = tuple((stem(each), number) for each in ARTICLES)
            query = any_of(*(tree.Phrase("stem", phrase) for phrase in phrases))
            yield Unit(at, at + 2, f"{word} {number}", query, phrases)


def _unregistered(words: Sequence[str], known: Sequence[Named]) -> Iterator[Named]:
    """Yield the words that are acts by their form: `kystfiskeriloven`."""
    taken = {at for law in known for at in range(law.start, law.end)}
    for at, word in enumerate(words):
        if at not in taken and is_act(base := stem(word)):
            yield Named(at, at + 1, base, ((base,),))


def _nearest(acts: Sequence[Named], start: int, end: int) -> Named | None:
    """Give the act that a paragraph is of: the one beside it, rather the one before."""
    gaps = [(start - act.end if act.end <= start else act.start - end, act.start, act) for act in acts]
    near = [(gap, at) for gap, at, _ in gaps if 0 <= gap <= FURTHEST]
    return next((act for gap, at, act in gaps if (gap, at) == min(near)), None) if near else None


def _paragraphs(paragraphs: Sequence[Paragraph], words: Sequence[str], start: int, act: Named | None) -> Iterator[Unit]:
    """Yield each paragraph of a list, and a run of them, of which any will do, as one."""
    end = start + len(words)
    if _is_run(words):
        phrases = ((SIGN, words[1]), *(phrase for each in paragraphs for phrase in _printed(each)))
        queries = (tree.Phrase("stem", phrases[0]), *(_paragraph(each, act) for each in paragraphs))
        yield Unit(start, end, " ".join(words), tree.BestOf(queries, 0.1), phrases)
        return
    for each in paragraphs:
        yield Unit(start, end, f"{SIGN} {each.key}", _paragraph(each, act), _printed(replace(each, part="")))


def _is_run(words: Sequence[str]) -> bool:
    return any("-" in word for word in words[1:])


def _paragraph(paragraph: Paragraph, act: Named | None) -> tree.Query:
    """Give the papers that cite a paragraph of an act; after them those with a paragraph of this number."""
    layers: list[tree.Query] = [tree.Phrase("stem", words) for words in _printed(replace(paragraph, part=""))]
    if paragraph.part:
        layers += [tree.Boost(tree.Phrase("stem", words), WITH_PART) for words in _printed(paragraph)]
    if act is None:
        return tree.BestOf((*layers, tree.Term("law", any_key(paragraph.written))), 0.1)
    key = paragraph_key(act.key, paragraph.written)
    near = tree.Term("law", key) if paragraph.part else tree.Prefix("law", f"{key} ")
    exactly = tree.Constant(_citing(act, paragraph), CITED)
    return tree.BestOf(
        (exactly, tree.Constant(near, CITED_NEAR), *(tree.Boost(layer, ANY_ACT) for layer in layers)), 0.1
    )


def _citing(act: Named, paragraph: Paragraph) -> tree.Query:
    """Give the papers that cite just this, as a reference or by the act's letters."""
    signed = [words for words in _printed(paragraph) if words[0] == SIGN]
    lettered = (tree.Phrase("exact", (letters, *words)) for letters in act.letters for words in signed)
    return any_of(tree.Term("law", paragraph_key(act.key, paragraph.key)), *lettered)


def _printed(paragraph: Paragraph) -> Phrases:
    """Give the words in which a paragraph is printed, in each of the ways."""
    numbers = {(paragraph.number, paragraph.letter), (paragraph.number + paragraph.letter,)}
    written = [tuple(filter(None, number)) for number in sorted(numbers)]
    part = ("stk", paragraph.part) if paragraph.part else ()
    return tuple(dict.fromkeys((sign, *number, *part) for sign in SIGNS for number in written))


def _act(act: Named) -> tree.Query:
    """Give the papers that name an act."""
    return tree.BestOf((tree.Term("law", act_key(act.key)), *(tree.Phrase("stem", name) for name in _names(act))), 0.1)


def _names(act: Named) -> Phrases:
    """Give the names of an act in texts, its letters beside a paragraph sign among them."""
    return (*act.names, *((letters, SIGN) for letters in act.letters))
