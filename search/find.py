"""search(): a question -> a page of answers. Reads top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.errors import UsageError
from corpus.numbers import Number
from corpus.records import Head, HeadItem, PageText
from index import query as tree
from index.port import FACETS, Engine, Facet, Hit, Sort
from index.query import all_of
from search.aside import begin
from search.expand import expand
from search.facets import join_bodies
from search.facts import body_query, name_query, type_query
from search.initials import write_bodies
from search.needles import Needles, needles_of
from search.notices import names_asked, note_asks, note_period, note_unknown
from search.parse import LONGEST_QUERY, Asked, first_day, last_day, parse
from search.periods import write_decades
from search.results import CaseHead, FoundItem, ResultHit, ResultPage
from search.settling import guess_numbers, numbers_of_word, settle_numbers
from search.snippets import find_reasons, find_snippets

#: Entries that are fetched at most to make one page; further pages are a matter of narrowing the question.
MOST_ENTRIES = 20_000
MORE_ITEMS = 5
#: Documents among which copies are folded.
MOST_FOLDED = 1000
#: Words of figures whose serials are looked up.
MOST_LONE = 5
_DOCUMENTS = tree.Constant(tree.Term("kind", "document"), 0.0)
_ITEMS = tree.Constant(tree.Term("kind", "item"), 0.0)


class ArchiveReader(Protocol):
    """What a search needs of the catalogue."""

    def heads(self, ids: Sequence[str]) -> dict[str, Head]:
        """Give what a list shows of each document; an id that is not there is left out."""

    def head_items(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], HeadItem]:
        """Give what a list shows of agenda items, by document and place among its items."""

    def short_texts(self, ids: Sequence[str]) -> dict[str, tuple[PageText, ...]]:
        """Give the slices of those documents that have few, read together."""

    def pages(self, id_: str, start: int = 0, end: int | None = None) -> Iterator[PageText]:
        """Yield the slices of a document's text in order; with offsets, those that hold something between them."""

    def case_of(self, number: Number) -> CaseHead | None:
        """Give the case that has this number as its own; `None` where no paper has."""

    def with_serial(self, serial: str) -> tuple[Number, ...]:
        """Give the case numbers of the archive with a serial, given without leading zeros."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and how the answer is to be cut and sorted. Dates are 2010, 2010-05 or 2010-05-31."""

    query: str
    committee: str | None = None
    signatory: str | None = None
    doc_type: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    fold: bool = False
    every_word: bool = False
    explain: bool = False
    with_facets: bool = True
    #: Only these documents; None for all.
    among: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Ranked:
    """A document in the order of the answer, its best entry, and whether it holds only some of the words."""

    doc: str
    score: float
    item: int | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many documents hold everything, how many some of it, and the facets of the first, or else of the second."""

    total: int = 0
    either: int = 0
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class _ItemHit:
    """An agenda item that matched: its place in the paper, its score, and what is shown of it."""

    index: int
    score: float
    head: HeadItem

    @property
    def shown(self) -> FoundItem:
        """The item as part of a hit."""
        return FoundItem(self.index, self.head.number, self.head.title, self.head.page, self.score)


def search(reader: ArchiveReader, engine: Engine, question: Question) -> ResultPage:
    """Answer a question: the case first, then papers that hold everything, then those that hold some of it."""
    written = write_decades(write_bodies(question.query[:LONGEST_QUERY], engine))
    settled, read = settle_numbers(written, engine, reader.with_serial)
    asked = parse(settled + question.query[LONGEST_QUERY:])
    asked = replace(asked, notices=(*read, *asked.notices))
    lone = [word.text for word in asked.free if word.text.isdecimal()][:MOST_LONE]
    figures = {word: found for word in lone if (found := numbers_of_word(word, reader.with_serial))}
    plan = expand(asked, engine, every_word=question.every_word, figures=figures)
    filters = _filters(question)
    whole, some = _within(plan.whole, filters), _within(plan.some, filters)
    asks = bool(plan.required or plan.strict or plan.without or filters)

    def count() -> _Counts:
        return _count_groups(engine, whole, some, question) if asks else _Counts()

    counting = begin(count) if engine.threads else count
    ranked = _rank(engine, whole, some, question, by_document=bool(plan.without)) if asks and whole else []
    folded = _fold(reader, ranked) if question.fold else {}
    if question.fold:
        ranked = [each for each in ranked if each.doc in folded]
    page = ranked[question.offset : question.offset + question.limit]
    needles = needles_of(plan.meanings, plan.numbers)
    heads = reader.heads([each.doc for each in page])
    meetings = [each.doc for each in page if each.doc in heads and heads[each.doc].items]
    # Which item of a paper is meant is told by its words; what else counts is for the order of papers.
    words = replace(plan, extra=())
    held = _within(words.some or words.whole, filters)
    items = _best_items(reader, engine, held, meetings) if meetings and held and plan.told else {}
    texts = reader.short_texts(list(heads))
    hits = [
        _show(reader, heads[each.doc], each, items.get(each.doc, ()), texts, needles, question, folded.get(each.doc, 0))
        for each in page
        if each.doc in heads
    ]
    counts = counting()
    return ResultPage(
        query=question.query,
        case=_find_case(reader, [each for each in plan.numbers or asked.numbers if each not in asked.documents]),
        candidates=_find_candidates(reader, asked),
        notice=" ".join(_notices(asked, question, engine, found=bool(hits or counts.total or counts.either))) or None,
        total=counts.total,
        total_partial=max(0, counts.either - counts.total),
        hits=tuple(hits),
        facets=counts.facets,
        suggestions=plan.suggestions,
        groups=len(folded) if question.fold and max(counts.total, counts.either) <= MOST_FOLDED else None,
    )


# --- what limits an answer --------------------------------------------------------------------------------------


def _filters(question: Question) -> tuple[tree.Query, ...]:
    """Give the options of a question as parts of the tree that do not count for the order."""
    found: list[tree.Query] = []
    if question.committee:
        found.append(body_query(question.committee))
    if question.signatory:
        found.append(name_query("signatory", question.signatory))
    if question.doc_type:
        found.append(type_query(question.doc_type))
    if question.date_from or question.date_to:
        found.append(tree.Range("date", _day(question.date_from, last=False), _day(question.date_to, last=True)))
    if question.among is not None:
        found.append(tree.AnyOf(tuple(tree.Term("doc", id_) for id_ in question.among)))
    return tuple(tree.Constant(part, 0.0) for part in found)


def _notices(asked: Asked, question: Question, engine: Engine, *, found: bool) -> Iterator[str]:
    """Yield what was left out, what cannot be, and where nothing was found, the names nobody has."""
    yield from asked.notices
    yield from note_asks(asked.strict)
    yield from note_period(_day(question.date_from, last=False), _day(question.date_to, last=True))
    if not found:
        options = (("committee", question.committee), ("signatory", question.signatory))
        yield from note_unknown([*names_asked(asked.strict), *((name, text) for name, text in options if text)], engine)


def _day(text: str | None, *, last: bool) -> int | None:
    day = (last_day if last else first_day)(text)
    if text and day is None:
        raise UsageError(f"“{text}” is no date.", hint="Write 2010, 2010-05 or 2010-05-31.")
    return day


def _within(query: tree.Query | None, filters: tuple[tree.Query, ...]) -> tree.Query | None:
    return all_of(query, *filters) if query is not None else None


def _of_documents(query: tree.Query) -> tree.Query:
    return all_of(query, _DOCUMENTS)


# --- the order --------------------------------------------------------------------------------------------------


def _rank(
    engine: Engine, whole: tree.Query, some: tree.Query | None, question: Question, *, by_document: bool
) -> list[_Ranked]:
    """Give the documents up to the end of the page asked for: those that hold everything, then the others."""
    needed = MOST_FOLDED if question.fold else min(question.offset + question.limit, MOST_ENTRIES)
    if question.sort != "relevance":
        return _in_order(engine, whole, some, question.sort, needed)
    ranked = _fetch(engine, whole, needed, by_document=by_document)
    if len(ranked) < needed and some is not None:
        known = {each.doc for each in ranked}
        rest = _except_documents(some, known)
        ranked += [
            replace(each, partial=True) for each in _fetch(engine, rest, needed - len(ranked), by_document=by_document)
        ]
    return ranked


def _except_documents(query: tree.Query, known: Iterable[str]) -> tree.Query:
    terms = tuple(tree.Term("doc", doc) for doc in sorted(known))
    return tree.Except(query, tree.AnyOf(terms)) if terms else query


def _fetch(engine: Engine, query: tree.Query, needed: int, *, by_document: bool) -> list[_Ranked]:
    """Fetch entries until they make so many documents; a document stands where its best entry stands."""
    asked = _of_documents(query) if by_document else query
    size = needed + 10 if by_document else 2 * needed + 40
    while True:
        found = engine.search(asked, limit=size)
        ranked = _merge(found.hits)
        if len(ranked) >= needed or len(found.hits) >= found.total or size >= MOST_ENTRIES:
            return ranked[:needed]
        size *= 4


def _merge(hits: Sequence[Hit]) -> list[_Ranked]:
    ranked: dict[str, _Ranked] = {}
    for hit in hits:
        if hit.doc not in ranked:
            ranked[hit.doc] = _Ranked(hit.doc, hit.score, hit.item)
    return list(ranked.values())


def _in_order(engine: Engine, whole: tree.Query, some: tree.Query | None, sort: Sort, needed: int) -> list[_Ranked]:
    """Give documents by date or case; those that hold only some of the words still follow."""
    found = engine.search(_of_documents(whole), limit=needed, sort=sort)
    ranked = [_Ranked(hit.doc, hit.score, None) for hit in found.hits]
    if len(ranked) < needed and some is not None:
        rest = _except_documents(some, [each.doc for each in ranked])
        more = engine.search(_of_documents(rest), limit=needed - len(ranked), sort=sort)
        ranked += [_Ranked(hit.doc, hit.score, None, partial=True) for hit in more.hits]
    return ranked


def _best_items(
    reader: ArchiveReader, engine: Engine, query: tree.Query, meetings: Sequence[str]
) -> dict[str, list[_ItemHit]]:
    """Give the best items of each meeting's paper on the page, best first."""
    docs = tree.Constant(tree.AnyOf(tuple(tree.Term("doc", doc) for doc in meetings)), 0.0)
    best: dict[str, list[Hit]] = {}
    for hit in engine.search(all_of(query, _ITEMS, docs), limit=20 * len(meetings)).hits:
        best.setdefault(hit.doc, []).append(hit)
    shown = [(hit.doc, hit.item or 0, hit.score) for hits in best.values() for hit in hits[: 1 + MORE_ITEMS]]
    heads = reader.head_items([(doc, item) for doc, item, _ in shown])
    found: dict[str, list[_ItemHit]] = {}
    for doc, item, score in shown:
        if head := heads.get((doc, item)):
            found.setdefault(doc, []).append(_ItemHit(item, score, head))
    return found


# --- what is shown ----------------------------------------------------------------------------------------------


def _show(
    reader: ArchiveReader,
    head: Head,
    ranked: _Ranked,
    items: Sequence[_ItemHit],
    texts: dict[str, tuple[PageText, ...]],
    needles: Needles,
    question: Question,
    folded: int,
) -> ResultHit:
    """Give a document as a hit, with its best item and passages."""
    best = items[0] if items else None
    start, end = (best.head.start, best.head.end) if best else (0, None)
    slices = texts.get(head.id) or reader.pages(head.id, start, end)
    snippets = find_snippets(slices, needles, start=start, end=end)
    page = best.head.page if best else snippets[0].page if snippets else 1
    reasons = find_reasons(reader.pages(head.id), needles, head.title) if question.explain else ()
    return ResultHit(
        id=head.id,
        path=head.path,
        title=head.title,
        case_numbers=head.case_numbers,
        date=head.date,
        doc_type=head.doc_type,
        score=ranked.score,
        page=snippets[0].page if snippets and snippets[0].marks else page,
        group=head.group,
        snippets=snippets,
        item=best.shown if best else None,
        items=tuple(item.shown for item in items[1:]),
        partial=ranked.partial,
        folded=folded,
        reasons=reasons,
    )


def _fold(reader: ArchiveReader, ranked: Sequence[_Ranked]) -> dict[str, int]:
    """Give the best document of each group, with the number of the others that it stands for."""
    heads = reader.heads([each.doc for each in ranked])
    first: dict[str, str] = {}
    folded: dict[str, int] = {}
    for each in ranked:
        head = heads.get(each.doc)
        doc = first.setdefault((head and head.group) or each.doc, each.doc)
        folded[doc] = folded.get(doc, -1) + 1
    return folded


def _count_groups(engine: Engine, whole: tree.Query | None, some: tree.Query | None, question: Question) -> _Counts:
    total, facets = _count(engine, whole, question) if whole else (0, ())
    either, more = _count(engine, some, question, facets=not total) if some else (0, ())
    return _Counts(total, either, facets if total or not more else more)


def _count(
    engine: Engine, query: tree.Query, question: Question, *, facets: bool = True
) -> tuple[int, tuple[Facet, ...]]:
    """Count the documents, in all and by facet: each has one type and items have none, so the types make the total."""
    shown = facets and question.with_facets
    found = engine.facets(query, FACETS if shown else ("doc_type",))
    total = sum(each.count for facet in found if facet.name == "doc_type" for each in facet.values)
    return total, tuple(join_bodies(engine, query, found)) if shown else ()


def _find_case(reader: ArchiveReader, numbers: Sequence[Number]) -> CaseHead | None:
    for number in numbers:
        for each in (number, number.case):
            if each and (case := reader.case_of(each)):
                return case
    return None


def _guesses(asked: Asked) -> tuple[Number, ...]:
    words = (word.text for word in asked.free if word.text[0].isdecimal())
    return tuple(dict.fromkeys((*asked.candidates, *(number for word in words for number in guess_numbers(word)))))


def _find_candidates(reader: ArchiveReader, asked: Asked) -> tuple[str, ...]:
    """Give the cases of the archive that an uncertain number may mean, or a number that no case has.

    A document's number may mean the case that has the same number, or the one that it is part of.
    """
    of_documents = (each for number in asked.documents for each in (number, number.case) if each)
    candidates = (*of_documents, *_guesses(asked))
    cases = {number: reader.case_of(number) for number in (*asked.numbers, *candidates)}
    sure = [each.norm for each in candidates if cases[each]]
    unknown = [number for number, case in cases.items() if case is None]
    similar = [
        each.norm
        for number in unknown[:3]
        if len(serial := (number.serial or "").lstrip("0")) > 2
        for each in reader.with_serial(serial)
        if each.norm != number.norm
    ]
    return tuple(dict.fromkeys((*sure, *similar)))[:10]
