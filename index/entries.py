"""A record as the engine's entries: the document, and each item of a meeting as the small document that it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.bodies import body_key
from corpus.numbers import parse
from corpus.records import Facts, Record, Reference
from index.analysis import Layers, analyse, join, words_of
from index.laws import citation_keys
from index.port import Entry

#: Papers whose items are found by themselves; a decision has one item, and that is the paper.
MEETING_PAPERS = frozenset(("agenda", "minutes"))
_NO_CASE = 2**47 - 1
Keys = tuple[tuple[str, str], ...]


def entries_of(record: Record, group: str | None = None) -> list[Entry]:
    """Give the document's entry, and for a meeting's paper one for each item (`document#index`)."""
    facts, shared = record.facts, tuple(_shared_keys(record, group))
    if facts.doc_type not in MEETING_PAPERS and len(facts.items) < 2:
        return [_document_entry(record, analyse(record.text.string), shared)]
    whole, apart = _read_apart(record.text.string, [(item.start, item.end) for item in facts.items])
    cited: dict[int | None, list[Reference]] = {}
    for reference in facts.references:
        cited.setdefault(reference.item, []).append(reference)
    return [
        _document_entry(record, whole, shared),
        *(
            _item_entry(record, index, layers, (*shared, *_reference_keys(cited.get(index, ()))))
            for index, layers in enumerate(apart)
        ),
    ]


def _read_apart(text: str, spans: list[tuple[int, int]]) -> tuple[Layers, list[Layers]]:
    """Analyse a text and spans of it, each letter once: they stand in order and overlap nowhere."""
    ends = [0, *(at for span in spans for at in span), len(text)]
    stretches = [analyse(text[start:end]) for start, end in pairwise(ends)]
    return join(stretches), stretches[1::2]


def _document_entry(record: Record, layers: Layers, shared: Keys) -> Entry:
    facts = record.facts
    names = (*facts.committees, *facts.departments, *(person.name for person in facts.signatories))
    titles = (facts.title, *(item.title for item in facts.items if len(facts.items) == 1))
    keys = (
        ("kind", "document"),
        *shared,
        *_number_keys("case", (*facts.case_numbers, *(each for item in facts.items for each in item.case_numbers))),
        *_reference_keys(facts.references),
    )
    layers = _with_names(layers, names)
    return _entry(record.id, record, None, _titles(titles), layers, keys, tuple(_facets(facts)), facts.case_numbers)


def _item_entry(record: Record, index: int, layers: Layers, shared: Keys) -> Entry:
    item = record.facts.items[index]
    keys = (("kind", "item"), *_number_keys("case", item.case_numbers), *shared)
    return _entry(f"{record.id}#{index}", record, index, _titles((item.title,)), layers, keys, (), item.case_numbers)


def _entry(
    id_: str,
    record: Record,
    item: int | None,
    title: str,
    layers: Layers,
    keys: Keys,
    facets: tuple[tuple[str, str], ...],
    cases: tuple[str, ...],
) -> Entry:
    return Entry(
        id=id_,
        doc=record.id,
        item=item,
        title=title,
        text=layers.text,
        parts=layers.parts,
        keys=tuple(dict.fromkeys(keys)),
        facets=facets,
        date=date_number(record.facts.date),
        case_order=case_order(cases),
    )


def _with_names(layers: Layers, names: tuple[str, ...]) -> Layers:
    """Put full names among the parts: a paper that says only `BIU` is found by the committee's name."""
    return Layers(layers.text, f"{layers.parts} {_name_parts(names)}") if names else layers


@lru_cache(maxsize=10_000)
def _name_parts(names: tuple[str, ...]) -> str:
    found = analyse(" ; ".join(names))
    return " ".join(dict.fromkeys([*found.stems, *found.parts.split()]))


def _titles(titles: Iterable[str | None]) -> str:
    """Give the stems of a title; its parts stand among those of the text."""
    return " . ".join(" ".join(analyse(title).stems) for title in dict.fromkeys(titles) if title)


def _shared_keys(record: Record, group: str | None) -> Iterator[tuple[str, str]]:
    facts = record.facts
    yield "doc", record.id
    yield "doc_type", facts.doc_type
    if group:
        yield "group", group
    yield from (("committee", body_key(name)) for name in facts.committees)
    yield from (("department", body_key(name)) for name in facts.departments)
    yield from (("signatory", key) for person in facts.signatories for key in name_keys(person.name))
    yield from (("recipient", name_key(name)) for name in facts.recipients)
    yield from _number_keys("number", facts.document_numbers)


def _reference_keys(references: Iterable[Reference]) -> Iterator[tuple[str, str]]:
    for reference in references:
        if reference.kind in ("case", "document") and reference.target:
            yield from _number_keys("cites", (reference.target,))
        elif reference.kind in ("instrument", "law") and reference.target:
            yield reference.kind, name_key(reference.target)
            if reference.kind == "law":
                yield from (("law", key) for key in citation_keys(reference.target))
        elif reference.kind == "attachment":
            yield from (("attachment", name_key(name)) for name in (reference.label, reference.title) if name)


def _number_keys(field: str, numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((field, _number_key(shown)) for shown in numbers)


@lru_cache(maxsize=50_000)
def _number_key(shown: str) -> str:
    number = parse(shown)
    return number.key if number else shown.casefold()


def _facets(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "doc_type", facts.doc_type
    if facts.date:
        yield "year", facts.date[:4]
    yield from dict.fromkeys(("committee", name) for name in facts.committees)
    yield from dict.fromkeys(("department", name) for name in facts.departments)
    yield from dict.fromkeys(("signatory", person.name) for person in facts.signatories)
    yield from dict.fromkeys(("case", number) for number in facts.case_numbers)


def name_key(name: str) -> str:
    """Give the words of a name as one key: `Birgitte Aamann Kjær` is `birgitte åmann kjær`."""
    return " ".join(words_of(name))


def name_keys(name: str) -> tuple[str, ...]:
    """Give the keys by which a person is asked for: the whole name, and each name of it."""
    words = words_of(name)
    return tuple(dict.fromkeys((" ".join(words), *words)))


def date_number(date: str | None) -> int | None:
    """Give `2010-05-31` as 20100531, a month as its first day; `None` for no date."""
    if not date:
        return None
    year, month, day = (*date.split("-"), "01", "01")[:3]
    return int(year) * 10000 + int(month) * 100 + int(day)


def case_order(numbers: tuple[str, ...]) -> int:
    """Give the place of the first own case number among all: by year, then serial; papers without one come last."""
    number = parse(numbers[0]) if numbers else None
    if number is None:
        return _NO_CASE
    serial = "".join(char for char in number.serial or "" if char.isdecimal())
    return (number.year or 9999) * 10**10 + int(serial or 0) % 10**10
