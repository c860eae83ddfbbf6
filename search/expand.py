"""What is asked -> the engine's tree: every word through every layer, weighted by how near the layer is to the word.

Own case number, title, the word as it stands, its stem, its parts: in this order. The weights were set by measuring
(`tests/search/queries.json`, `make quality`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.dates import is_year
from corpus.laws import SIGN
from corpus.numbers import Number, candidates, parse
from index import query as tree
from index.analysis import SMALL_LETTERS, chunk_of, fold, stem, words_of
from index.layout import is_invariable
from index.lexicon import read_words
from index.port import Engine
from index.query import all_of, any_of
from search.amounts import find_amounts
from search.dated import Time, find_times
from search.derivation import related_stems
from search.facts import (
    CITES,
    OWN_CASE,
    OWN_NUMBER,
    TOLD_BY,
    TYPES,
    body_query,
    document_number_query,
    label_query,
    name_query,
    number_query,
    read_type,
    type_query,
)
from search.forms import (
    PARTS,
    Meaning,
    foreign_forms,
    is_made_of,
    is_unknown,
    join_words,
    near_each_other,
    scatter,
    widen,
    write_apart,
)
from search.initials import bodies_of, find_letters, hyphened_query, is_of_body, is_one_word, parties_of
from search.laws import Citations, find_citations
from search.parse import Ask, Asked, Beginning, Both, Dated, Either, In, Near, Not, Numbered, Quote, Word
from search.preferred import names_paper, part_words, prefer
from search.settling import guess_numbers
from search.spelling import find_corrections, find_near
from search.units import OTHERWISE, Phrases, Unit

TITLE, AS_TYPED, EXACT, STEM, APART, FOREIGN = 2.2, 1.6, 1.15, 1.0, 0.8, 0.7
TOGETHER, CORRECTED, SCATTERED, WIDER, MEANT, NAMED, CAPITALS, RELATED = 1.1, 0.6, 0.3, 0.6, 2.0, 6.0, 1.5, 0.3
#: What a body's name counts where its letters are typed: it tells apart papers that are equally of that body.
AS_NAMED = 0.1
HELD = 4.0
#: Names of more words than these are not looked for in a query, nor corrections for more words than these.
LONGEST_NAME, MOST_CORRECTED = 7, 5
#: Types of paper that are of another type besides.
_ALSO = {"letter": ("hearing_response", "email")}
#: What is asked of a text; what else is strict is of whole papers.
_HELD = Word | Quote | Beginning | Near
#: Who stands behind these has not written the letter, or not got it.
_NOT_AFTER = {"til": "signatory", "fra": "recipient"}
_FUNCTION_WORDS = read_words("function_words.txt")
_ASK_WORDS = read_words("ask_words.txt")


@dataclass(frozen=True, slots=True)
class Plan:
    """The tree of what must hold, word by word, and what else counts."""

    required: tuple[tree.Query, ...]
    strict: tuple[tree.Query, ...]
    without: tuple[tree.Query, ...]
    extra: tuple[tree.Query, ...]
    meanings: tuple[Meaning, ...]
    numbers: tuple[Number, ...]
    suggestions: tuple[str, ...]
    #: Nouns and verbs that belong to a word: papers with them follow those that hold some of what was asked.
    related: tuple[tree.Query, ...] = ()
    #: What is strict stands in a text (a phrase, a number), and is no fact of a whole paper (a body, a date).
    holds: bool = False

    @property
    def told(self) -> bool:
        """Whether anything was asked that stands in a text, besides facts of whole papers."""
        return bool(self.meanings or self.numbers)

    @property
    def whole(self) -> tree.Query:
        """Entries that hold everything."""
        wanted = (*self.strict, *self.required)
        main = all_of(*wanted) if wanted else tree.Every()
        return self.limit(tree.Prefer(main, self.extra) if self.extra else main)

    @property
    def some(self) -> tree.Query | None:
        """Entries that hold some of the words and all that is strict; `None` where that is no other question."""
        if self.holds and self.required:
            return self.limit(tree.Prefer(all_of(*self.strict), (*self.required, *self.extra)))
        if not self.required or len(self.required) + len(self.related) < 2:
            return None
        held = (tree.Constant(part, HELD) for part in self.required)
        either = tree.AnyOf((*self.required, *held, *self.related))
        return self.limit(all_of(*self.strict, tree.Prefer(either, self.extra)))

    def limit(self, query: tree.Query) -> tree.Query:
        """Leave out what must not hold."""
        return tree.Except(query, any_of(*self.without)) if self.without else query


@dataclass(slots=True)
class _Draft:
    engine: Engine
    meanings: list[Meaning] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    unknown: int = 0
    near: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    figures: Mapping[str, Sequence[Number]] = field(default_factory=dict)
    #: Short words typed in capitals, by their folded form.
    letters: Mapping[str, str] = field(default_factory=dict)
    related: list[tree.Query] = field(default_factory=list)


def expand(
    asked: Asked, engine: Engine, *, every_word: bool = False, figures: Mapping[str, Sequence[Number]] | None = None
) -> Plan:
    """Give the plan for what was asked; `every_word` keeps function words and takes no word for another.

    `figures` gives the archive's numbers that a word of figures may be.
    """
    draft = _Draft(engine, figures=figures or {})
    strict = [
        query
        for ask in dict.fromkeys(asked.strict)
        if not isinstance(ask, Not) and (query := _ask(ask, draft)) is not None
    ]
    without = [
        query for ask in asked.strict if isinstance(ask, Not) and (query := _refuse(ask.part, draft)) is not None
    ]
    typed = [text.text for text in asked.free]
    bound = [chunk for chunk in typed if is_one_word(chunk, _FUNCTION_WORDS)]
    free = [chunk for chunk in typed if chunk not in bound]
    folded = [word for chunk in free for word in _split_word(chunk)]
    draft.letters = find_letters(typed)
    citations = find_citations(folded, free).joined(find_amounts(free, engine, draft.figures))
    required, optional = _required(folded, citations, draft, every_word or bool(strict or bound))
    required += [_bound(_split_word(chunk), draft) for chunk in dict.fromkeys(bound)]
    extra = [*optional, *near_each_other(folded, _FUNCTION_WORDS), *_named(folded, draft)]
    extra += prefer(folded, numbered=bool(draft.numbers))
    if draft.corrected and (mended := [draft.corrected.get(word, word) for word in folded]) != folded:
        extra += [
            *near_each_other(mended, _FUNCTION_WORDS),
            *_named(mended, draft),
            *(time.born for time in find_times(mended)),
        ]
    if not without:
        extra += part_words(folded, len(required) + sum(isinstance(ask, _HELD) for ask in asked.strict))
    return Plan(
        tuple(required) if not every_word else (),
        tuple([*strict, *required] if every_word else strict),
        tuple(without),
        tuple(extra),
        tuple(draft.meanings),
        tuple(dict.fromkeys(draft.numbers)),
        _suggest(asked, draft),
        related=tuple(draft.related),
        holds=any(not isinstance(ask, In | Dated | Not) for ask in asked.strict),
    )


def _split_word(text: str) -> list[str]:
    """Give the words of one typed chunk; a hyphenated one counts as its words."""
    return [token.exact for token in chunk_of(text).tokens]


def _bound(words: Sequence[str], draft: _Draft) -> tree.Query:
    query, joined = hyphened_query(words, draft.engine)
    stems, phrases = frozenset((joined,)), (tuple(map(stem, words)),)
    draft.meanings.append(Meaning("-".join(words), frozenset(), stems, stems, phrases))
    return query


def _required(
    folded: Sequence[str], citations: Citations, draft: _Draft, more: bool
) -> tuple[list[tree.Query], list[tree.Query]]:
    """Give the words that must occur, and those that only count: a question loses its function words."""
    telling = [word for word in folded if word not in _FUNCTION_WORDS and word not in _ASK_WORDS]
    asking = [word for word in folded if word in _ASK_WORDS]
    letters = [word for word in folded if word in _FUNCTION_WORDS and word in draft.letters]
    if not telling and not more:
        telling, asking = (asking, []) if asking else (list(folded), [])
    alone = _FUNCTION_WORDS.difference(letters)
    together = join_words(folded, alone, draft.engine)
    times = [time for time in find_times(folded) if time.start not in citations.spent]
    spent = {at for time in times for at in range(time.start, time.end)} | citations.spent
    required = _one_thing([*times, *citations.cited], draft)
    left = [word for at, word in enumerate(folded) if at not in spent and word in set(telling)]
    required += [
        _word(word, draft, together.get(word, ()), citations.others(folded, word)) for word in dict.fromkeys(left)
    ]
    told = (each for word in asking for each in (word, *TOLD_BY.get(word, ())))
    optional: list[tree.Query] = [tree.Boost(_plain(word), 0.5) for word in dict.fromkeys(told)]
    optional += _in_capitals(letters, draft)
    if times and names_paper([word for word in left if not is_of_body(word, draft.letters, draft.engine)]):
        # Beside other words a day may be that of another paper: `svar på brev af 3. maj 2012`.
        optional += (time.born for time in times)
    return required, optional


def _plain(word: str) -> tree.Query:
    return tree.BestOf((tree.Boost(tree.Term("title", stem(word)), TITLE), tree.Term("stem", stem(word))), 0.1)


def _one_thing(named: Iterable[Time | Unit], draft: _Draft) -> list[tree.Query]:
    """Give what is named by several words together, and note how papers print it."""
    found = list(named)
    draft.meanings += (Meaning(each.shown, each.forms, frozenset(), frozenset(), each.phrases) for each in found)
    return [each.query for each in found]


def _word(word: str, draft: _Draft, together: Sequence[str] = (), others: Phrases = ()) -> tree.Query:
    """Give one word through all layers, and note what it may be found as; `others` are names of the act it names."""
    engine = draft.engine
    typed = draft.letters.get(word, "")
    if word in SMALL_LETTERS and typed and engine.frequency("parts", typed):
        draft.meanings.append(Meaning(word, frozenset(), frozenset(), frozenset((typed,))))
        return tree.Term("parts", typed)
    others = (*others, *parties_of(typed))
    layers = [*_layers(word), *_in_capitals([word], draft)]
    forms = [word, *foreign_forms(word, engine)]
    stems = {stem(form) for form in forms} | set(together)
    layers += [tree.Boost(tree.Term("title", joined), TITLE) for joined in together]
    layers += [tree.Boost(tree.Term("stem", joined), TOGETHER) for joined in together]
    layers += [tree.Boost(tree.Term("parts", joined), TOGETHER * PARTS) for joined in together]
    layers += [tree.Boost(layer, FOREIGN) for form in forms[1:] for layer in _layers(form)]
    meant = _meant(word, draft)
    layers += meant
    layers += [tree.Boost(tree.Phrase("stem", name), OTHERWISE / len(name)) for name in others]
    phrases = (*write_apart(word), *others)
    corrected: tuple[str, ...] = ()
    related = related_stems(word, engine)
    as_related = [tree.Boost(tree.Term("stem", each), RELATED) for each in related]
    stems.update(related)
    if (together or others or meant) or not is_unknown(forms, phrases, engine):
        draft.related += as_related
    elif related:
        layers += as_related
    else:
        draft.unknown += 1
        if draft.unknown <= MOST_CORRECTED:
            corrected = find_corrections(word, engine, far=not is_made_of(word, engine))
        layers += [tree.Boost(layer, CORRECTED) for form in corrected for layer in _layers(form)]
        stems |= {stem(form) for form in corrected}
        if corrected:
            draft.corrected[word] = corrected[0]
        else:
            halves = scatter(word, engine)
            wider = widen(word, engine)
            layers += (tree.Boost(layer, WIDER) for base in wider for layer in _of_stem(base))
            stems.update(wider)
            layers += (tree.Boost(both, SCATTERED) for both in halves.both)
            draft.related += (tree.Boost(half, RELATED) for half in halves.apart)
            stems.update(halves.stems)
    draft.meanings.append(
        Meaning(word, frozenset((*forms, *corrected)), frozenset(stems), frozenset(stems), phrases, corrected=corrected)
    )
    return tree.BestOf(tuple(layers), 0.1)


def _in_capitals(words: Iterable[str], draft: _Draft) -> Iterator[tree.Query]:
    """Yield words that were typed in capitals as they stand in capitals: `KL` before `kl.`."""
    for letters in (draft.letters[word] for word in words if word in draft.letters):
        yield tree.Boost(tree.Term("parts", letters), CAPITALS)


def _layers(word: str) -> Iterator[tree.Query]:
    """Yield the layers of one form: title, exact, stem, parts, and its parts side by side."""
    base = stem(word)
    yield tree.Boost(tree.Term("title", base), TITLE)
    yield tree.Boost(tree.Term("exact", word), EXACT)
    if not is_invariable(word):
        yield tree.Boost(tree.Term("stem", base), STEM)
    yield tree.Boost(tree.Term("parts", base), PARTS)
    for words in write_apart(word):
        yield tree.Boost(tree.Phrase("stem", words), APART)


def _of_stem(base: str) -> tuple[tree.Query, ...]:
    return tree.Boost(tree.Term("title", base), TITLE), tree.Term("stem", base)


def _meant(word: str, draft: _Draft) -> list[tree.Query]:
    """Give what a word means besides itself: a body by its letters, a type of paper, a year."""
    found: list[tree.Query] = []
    for body in bodies_of(draft.letters.get(word, word), draft.engine):
        found.append(tree.Constant(tree.Term("committee", body), MEANT))
        found.append(tree.Constant(tree.Term("department", body), MEANT))
        name = tuple(map(stem, words_of(body)))
        found += (tree.Boost(tree.Phrase(layer, name), AS_NAMED) for layer in ("title", "stem"))
    if kind := TYPES.get(stem(word)):
        found.append(tree.Constant(tree.Term("doc_type", kind), MEANT))
        found += (tree.Constant(tree.Term("doc_type", each), MEANT / 2) for each in _ALSO.get(kind, ()))
    if is_year(word):
        found.append(tree.Constant(tree.Range("year", int(word), int(word)), MEANT / 2))
    guessed = guess_numbers(word) if word[0].isdecimal() and len(word) > 4 else ()
    for number in dict.fromkeys((*draft.figures.get(word, ()), *guessed)):
        found.append(tree.Constant(tree.Term("case", number.key), OWN_CASE / 2))
        found.append(tree.Constant(tree.Term("number", number.key), OWN_NUMBER / 2))
        found.append(tree.Constant(tree.Term("cites", number.key), CITES / 2))
    return found


def _named(words: Sequence[str], draft: _Draft) -> Iterator[tree.Query]:
    """Yield the names in the query that are those of signers, recipients, instruments and bodies of the archive."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            key = " ".join(words[start:end])
            before = words[start - 1] if start else ""
            for name, score in (("signatory", NAMED), ("recipient", NAMED), ("instrument", NAMED / 2)):
                is_long = end - start > 1 or (name, before) == ("recipient", "til")
                if is_long and _NOT_AFTER.get(before) != name and draft.engine.frequency(name, key):
                    yield tree.Constant(tree.Term(name, key), score)


# --- what is strict ---------------------------------------------------------------------------------------------


def _ask(ask: Ask, draft: _Draft) -> tree.Query | None:
    """Give what an ask stands for; `None` where it asks nothing."""
    match ask:
        case Word(text):
            words = _split_word(text)
            citations = find_citations(words, [text]).joined(find_amounts([text], draft.engine, draft.figures))
            left = [word for at, word in enumerate(words) if at not in citations.spent]
            told = [_word(word, draft, others=citations.others(words, word)) for word in left]
            return _together([*_one_thing(citations.cited, draft), *told])
        case Quote(text, exact):
            return _quote(text, exact, draft)
        case Beginning(text):
            return _beginning(text, draft)
        case Near(text, edits):
            return _near(text, edits, draft)
        case Numbered(number, document):
            draft.numbers.append(number)
            return document_number_query(number) if document else number_query(number)
        case Dated(low, high):
            return tree.Range("date", low, high)
        case In(name, inner):
            return _in_field(name, inner, draft)
        case Both(parts):
            wanted = [
                query
                for part in dict.fromkeys(parts)
                if not isinstance(part, Not) and (query := _ask(part, draft)) is not None
            ]
            refused = [query for part in parts if isinstance(part, Not) and (query := _refuse(part.part, draft))]
            main = _together(wanted) or (tree.Every() if refused else None)
            return tree.Except(main, any_of(*refused)) if main and refused else main
        case Either(parts):
            found = [query for part in dict.fromkeys(parts) if (query := _ask(part, draft)) is not None]
            return any_of(*found) if found else None
        case Not(part):
            refusal = _refuse(part, draft)
            return tree.Except(tree.Every(), refusal) if refusal else None


def _refuse(ask: Ask, draft: _Draft) -> tree.Query | None:
    """Give what must not hold: words in their own inflections, not as parts of others; nothing of it is marked."""
    if isinstance(ask, Word):
        words = _split_word(ask.text)
        if SIGN in words:
            return tree.Phrase("stem", tuple(map(stem, words)))
        return _together([tree.Term("stem", stem(word)) for word in words])
    return _ask(ask, _Draft(draft.engine))


def _together(queries: Sequence[tree.Query]) -> tree.Query | None:
    return all_of(*queries) if queries else None


def _quote(text: str, exact: bool, draft: _Draft) -> tree.Query | None:
    words = tuple(words_of(text))
    if not words:
        return None
    stems = tuple(stem(word) for word in words)
    if exact:
        draft.meanings.append(Meaning(text, frozenset(words), frozenset(), frozenset(), (words,), strict=True))
        return tree.Phrase("exact", words)
    draft.meanings.append(Meaning(text, frozenset(), frozenset(), frozenset(), (stems,)))
    return tree.BestOf(
        (
            tree.Boost(tree.Phrase("title", stems), TITLE),
            tree.Boost(tree.Phrase("exact", words), AS_TYPED),
            tree.Phrase("stem", stems),
        ),
        0.1,
    )


def _beginning(text: str, draft: _Draft) -> tree.Query | None:
    words = words_of(text)
    if not words:
        return None
    *before, last = words
    draft.meanings.append(Meaning(text, frozenset(before), frozenset(), frozenset(), prefixes=(last,)))
    return all_of(*(tree.Term("exact", word) for word in before), tree.Prefix("exact", last))


def _near(text: str, edits: int, draft: _Draft) -> tree.Query | None:
    words = words_of(text)
    if not words:
        return None
    if (words[0], edits) not in draft.near:
        found = draft.near[words[0], edits] = find_near(words[0], edits, draft.engine)
        draft.meanings.append(Meaning(text, frozenset((words[0], *found)), frozenset(), frozenset()))
    return tree.Fuzzy("exact", words[0], edits)


def _in_field(name: str, ask: Word | Quote | Beginning | Near, draft: _Draft) -> tree.Query | None:
    text = ask.text
    if not words_of(text):
        return tree.Nothing() if any(map(str.isalnum, text)) else None
    match name:
        case "committee" | "department":
            return body_query(text)
        case "signatory" | "recipient":
            return name_query(name, text, begins=isinstance(ask, Beginning))
        case "doc_type":
            kind = read_type(text)
            return type_query(kind) if kind else None
        case "case" | "number":
            numbered = document_number_query if name == "number" else number_query
            exact = parse(text)
            found = [numbered(number) for number in ((exact,) if exact else candidates(text))]
            return any_of(*found) if found else tree.Nothing()
        case "title":
            return _title(ask, draft)
        case _:
            return label_query(name, text)


def _title(ask: Word | Quote | Beginning | Near, draft: _Draft) -> tree.Query | None:
    words = words_of(ask.text)
    stems = tuple(stem(word) for word in words)
    if isinstance(ask, Beginning):
        return tree.Prefix("title", words[-1])
    draft.meanings.append(Meaning(ask.text, frozenset(), frozenset(stems), frozenset(stems)))
    return tree.Phrase("title", stems)


# --- did you mean -----------------------------------------------------------------------------------------------


def _suggest(asked: Asked, draft: _Draft) -> tuple[str, ...]:
    """Give the query with its misspelt words put right."""
    if not draft.corrected:
        return ()
    words = [draft.corrected.get(fold(word.text), word.text) for word in asked.free]
    return (" ".join(words),) if words else tuple(draft.corrected.values())
