"""Figures: how well answers agree with expected ones, for facts and text; `tests.ranking` does search and links.

White space, kinds of dashes and quotes, case and Unicode form are folded before anything is compared. Values are
matched one to one; where likeness is enough (titles, instruments), a further answer that fits an expected value already
matched is neither right nor wrong. Pure functions over JSON objects in the shape of the annotation contract.
"""

from __future__ import annotations

import bisect
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Answer = Mapping[str, Any]
Figures = dict[str, float | int | None]
T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

#: Keys that say again what another key says, left out of the mean.
SIDE_KEYS = frozenset({"dates", "deadlines", "signatory roles", "attachment titles", "item case_numbers"})
#: Gold words found, and kept in order, below which a document's text is listed among the misses.
LOW_TEXT = 0.95

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_DOUBLE = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb\u2033"), '"')
_SINGLE = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u00b4\u2032"), "'")
_SIGNS: dict[int, str | None] = {**_DASHES, **_DOUBLE, **_SINGLE, 0xAD: None, 0xA0: " "}
_BETWEEN_DIGITS = re.compile(r"(\d) ?- ?(\d)")


# --- folding ---------------------------------------------------------------------------------------------------------


def fold(value: object) -> str:
    """Fold what does not count: Unicode form, kinds of dashes and quotes, white space, case."""
    text = unicodedata.normalize("NFC", str(value or "")).translate(_SIGNS)
    return _BETWEEN_DIGITS.sub(r"\1-\2", " ".join(text.split()).casefold())


def fold_number(value: object) -> str:
    """Fold a case or document number: no blanks, one dash, upper case, no leading zeros in the serial part."""
    text = unicodedata.normalize("NFC", str(value or "")).translate(_DASHES)
    text = "".join(text.split()).upper().strip(".:;,()")
    if re.match(r"\d\d\.\d\d\.\d\d", text):
        return text
    parts = re.split(r"([-/])", text)
    serial_first = len(parts) == 3 and parts[0].isdigit() and re.fullmatch(r"(19|20)\d\d", parts[2])
    first = _without_zeros(parts[0]) if serial_first else parts[0]
    return "".join([first, *parts[1:2], *map(_without_zeros, parts[2:])])


def _without_zeros(part: str) -> str:
    return (part.lstrip("0") or "0") if part.isdigit() else part


def fold_body(value: object) -> str:
    """Fold a committee or department: no genitive, one name for every byråd and kommunalbestyrelse."""
    text = re.sub(r"^(udvalget|byen): ?", "", fold(value)).strip(" .,;:")
    text = text.replace("kgs. ", "kongens ").replace("kgs ", "kongens ")
    text = re.sub(r"(udvalget|forvaltningen|byrådet|bestyrelsen|rådet|repræsentationen|byråd)s$", r"\1", text)
    if "byråd" in text:
        return "byrådet"
    return "kommunalbestyrelsen" if "kommunalbestyrelse" in text else text


def fold_person(value: object) -> str:
    """Fold a name: no salutation, no full stops and commas."""
    text = re.sub(r"^(att\.?:?|til|fru|hr\.?|kære) ", "", fold(value).strip(" ,.;:/"))
    return re.sub(r"[.,]", "", text).replace(" - ", "-").strip()


def fold_item_number(value: object) -> str:
    """Fold the number of an agenda item: `Punkt 84:` is `84`."""
    return re.sub(r"^(ad|pkt|punkt|sag|nr)\b\.? ?", "", fold(value)).strip(" .:)")


def likeness(one: str, other: str) -> float:
    """Give how alike two strings are, 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def alike(one: object, other: object, low: float = 0.85, least: int = 10, need_digit: bool = False) -> bool:
    """Tell whether two phrases mean the same: one within the other, or the same digits and `low` likeness."""
    left, right = (fold(value).strip(" .,;:\"'") for value in (one, other))
    if not left or not right or left == right:
        return left == right
    short, long = sorted((left, right), key=len)
    if len(short) >= least and short in long and (not need_digit or re.search(r"\d", short)):
        return True
    return re.findall(r"\d+", left) == re.findall(r"\d+", right) and likeness(left, right) >= low


# --- matching --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matched:
    """Which expected values were found, which are missing, and which answers are wrong; as they are printed."""

    hit: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Counts of right, wrong and missing answers."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, matched: Matched) -> None:
        """Count the values of one document."""
        self.right += len(matched.hit)
        self.wrong += len(matched.extra)
        self.missing += len(matched.missing)

    def figures(self) -> Figures:
        """Give precision, recall, F1 and the sizes; `None` where there is nothing to divide by."""
        found, expected = self.right + self.wrong, self.right + self.missing
        return {
            "precision": self.right / found if found else None,
            "recall": self.right / expected if expected else None,
            "f1": 2 * self.right / (found + expected) if found + expected else None,
            "gold": expected,
            "found": found,
        }


Judge = Callable[[Answer, Answer], Matched]


def match_sets(expected: Iterable[H], got: Iterable[H], show: Callable[[H], str] = str) -> Matched:
    """Match equal values, each once."""
    wanted, given = dict.fromkeys(expected), dict.fromkeys(got)
    return Matched(
        tuple(show(value) for value in wanted if value in given),
        tuple(show(value) for value in wanted if value not in given),
        tuple(show(value) for value in given if value not in wanted),
    )


def match_alike(
    expected: Sequence[T], got: Sequence[T], same: Callable[[T, T], bool], show: Callable[[T], str] = str
) -> Matched:
    """Match values that are the same by `same`, one to one, in order."""
    left, used, missing = list(got), [], []
    for want in expected:
        at = next((index for index, value in enumerate(left) if same(want, value)), None)
        if at is None:
            missing.append(want)
        else:
            left.pop(at)
            used.append(want)
    extra = (value for value in left if not any(same(want, value) for want in used))
    return Matched(tuple(map(show, used)), tuple(map(show, missing)), tuple(map(show, extra)))


def listed(answer: Answer, key: str) -> list[Any]:
    """Give the values under `key` as a list."""
    value = answer.get(key)
    return value if isinstance(value, list) else ([] if value in (None, "") else [value])


def references(answer: Answer, kind: str) -> list[Answer]:
    """Give the references of one kind."""
    return [link for link in listed(answer, "references") if isinstance(link, dict) and link.get("kind") == kind]


#: A value with at least this confidence is called high: it must be right in 99 of 100.
HIGH = 0.95


def keep_high(answer: Answer, least: float = HIGH) -> Answer:
    """Give an answer without the values whose place says less than `least` confidence; the text stays."""
    sure = {(place["key"], place["index"]) for place in listed(answer, "places") if place["confidence"] >= least}
    kept = dict(answer)
    for key in {place["key"] for place in listed(answer, "places")}:
        if isinstance(answer.get(key), list):
            kept[key] = [value for index, value in enumerate(answer[key]) if (key, index) in sure]
        elif (key, 0) not in sure:
            kept[key] = None
    return kept


# --- one judge for each key ------------------------------------------------------------------------------------------


def _judge_title(want: Answer, got: Answer) -> Matched:
    one, other = want.get("title"), got.get("title")
    if one and other and likeness(fold(one), fold(other)) >= 0.9:
        return Matched((one,), (), ())
    return Matched((), (one,) if one else (), (other,) if other else ())


def _by_set(values: Callable[[Answer], Iterable[str]]) -> Judge:
    """Give the judge that matches what `values` takes from both answers."""
    return lambda want, got: match_sets(values(want), values(got))


def _folded(key: str, folding: Callable[[object], str]) -> Judge:
    return _by_set(lambda answer: map(folding, listed(answer, key)))


def _dated(answer: Answer) -> list[tuple[str, Any]]:
    return [(str(fact.get("date")), fact.get("role")) for fact in listed(answer, "dates") if isinstance(fact, dict)]


def _judge_roles(want: Answer, got: Answer) -> Matched:
    """Match dates with their role; the own date may be called by what happened on it."""
    own = want.get("date")

    def shown(answer: Answer) -> list[str]:
        own_roles = ("document", "meeting", "signing")
        pairs = ((date, "document" if date == own and role in own_roles else role) for date, role in _dated(answer))
        return [f"{date} {role}" for date, role in pairs]

    return match_sets(shown(want), shown(got))


def _deadlines(answer: Answer) -> list[str]:
    return [date for date, role in _dated(answer) if role == "deadline"]


def _signers(answer: Answer) -> list[Answer]:
    return [person if isinstance(person, dict) else {"name": person} for person in listed(answer, "signatories")]


def _judge_signatory_roles(want: Answer, got: Answer) -> Matched:
    """Match the titles of the signatories that were found."""
    given = {fold_person(person.get("name")): fold(person.get("role")) for person in _signers(got)}
    wanted = [(fold_person(person.get("name")), fold(person.get("role"))) for person in _signers(want)]
    both = [(name, role, given[name]) for name, role in wanted if name in given]
    return Matched(
        tuple(name for name, role, other in both if role and role == other),
        tuple(f"{name}: {role}" for name, role, other in both if role and role != other),
        tuple(f"{name}: {other}" for name, role, other in both if other and role != other),
    )


def _judge_recipients(want: Answer, got: Answer) -> Matched:
    def same(one: object, other: object) -> bool:
        return alike(fold_person(one), fold_person(other), 0.85, 6)

    return match_alike(listed(want, "recipients"), listed(got, "recipients"), same)


def _cited(kind: str) -> Judge:
    return _by_set(lambda answer: [fold_number(link.get("target")) for link in references(answer, kind)])


def _meetings(answer: Answer) -> list[str]:
    return [f"{fold_body(link.get('body'))} {link.get('date')}" for link in references(answer, "meeting")]


def _judge_laws(want: Answer, got: Answer) -> Matched:
    def same(one: object, other: object) -> bool:
        return alike(one, other, 0.85, 6, need_digit=True)

    return match_alike(_targets(want, "law"), _targets(got, "law"), same)


def _targets(answer: Answer, kind: str) -> list[str]:
    return [str(link.get("target") or "") for link in references(answer, kind)]


def _judge_instruments(want: Answer, got: Answer) -> Matched:
    def same(one: Answer, other: Answer) -> bool:
        return any(alike(left, right, 0.8) for left in _spellings(one) for right in _spellings(other))

    return match_alike(
        references(want, "instrument"), references(got, "instrument"), same, lambda link: str(link.get("target"))
    )


def _spellings(link: Answer) -> list[Any]:
    return [link.get("target"), *(link.get("also") or [])]


def _label_key(link: Answer) -> str:
    """Give the number of an attachment: `Bilag nr. 2A` is `2a`."""
    return re.sub(r"[^0-9a-zæøå]", "", re.sub(r"bilag|nr|nummer", "", fold(link.get("label") or "")))


def _same_title(one: Answer, other: Answer) -> bool:
    return alike(one.get("title"), other.get("title"), 0.85, 8)


def _same_attachment(one: Answer, other: Answer) -> bool:
    left, right = _label_key(one), _label_key(other)
    return left == right if left or right else _same_title(one, other)


def _pair_attachments(want: Answer, got: Answer) -> tuple[list[tuple[Answer, Answer]], list[Answer], list[Answer]]:
    """Pair attachments: first those whose titles agree too, since a meeting has many a Bilag 1."""
    wanted, left = references(want, "attachment"), list(references(got, "attachment"))
    paired: dict[int, Answer] = {}
    for strict in (True, False):
        for index, one in enumerate(wanted):
            if index in paired:
                continue
            fits = (each for each in left if _same_attachment(one, each) and (not strict or _same_title(one, each)))
            if (found := next(fits, None)) is not None:
                paired[index] = found
                left = [each for each in left if each is not found]
    pairs = [(wanted[index], paired[index]) for index in sorted(paired)]
    missing = [one for index, one in enumerate(wanted) if index not in paired]
    return pairs, missing, [each for each in left if not any(_same_attachment(one, each) for one, _ in pairs)]


def _judge_attachments(want: Answer, got: Answer) -> Matched:
    def show(link: Answer) -> str:
        return f"{link.get('label')} {link.get('title')}"

    pairs, missing, extra = _pair_attachments(want, got)
    return Matched(tuple(show(one) for one, _ in pairs), tuple(map(show, missing)), tuple(map(show, extra)))


def _judge_attachment_titles(want: Answer, got: Answer) -> Matched:
    """Match the titles of the attachments that were found; a wrong title is missing and extra."""
    titled = [(one, _same_title(one, other)) for one, other in _pair_attachments(want, got)[0] if one.get("title")]
    wrong = tuple(one["title"] for one, same in titled if not same)
    return Matched(tuple(one["title"] for one, same in titled if same), wrong, wrong)


def _same_item(one: Answer, other: Answer) -> bool:
    if fold_item_number(one.get("number")) != fold_item_number(other.get("number")):
        return False
    left, right = (fold(item.get("title")).strip(" .:") for item in (one, other))
    return left == right or bool(left and right and likeness(left, right) >= 0.9)


def _items(answer: Answer) -> list[Answer]:
    return [item for item in listed(answer, "items") if isinstance(item, dict)]


def _pair_items(want: Answer, got: Answer) -> tuple[list[tuple[Answer, Answer]], list[Answer], list[Answer]]:
    wanted, left = _items(want), _items(got)
    pairs: list[tuple[Answer, Answer]] = []
    missing: list[Answer] = []
    for one in wanted:
        found = next((each for each in left if _same_item(one, each)), None)
        if found is None:
            missing.append(one)
        else:
            pairs.append((one, found))
            left = [each for each in left if each is not found]
    return pairs, missing, left


def _show_item(item: Answer) -> str:
    return f"{item.get('number')} {item.get('title')}"


def _judge_items(want: Answer, got: Answer) -> Matched:
    pairs, missing, extra = _pair_items(want, got)
    return Matched(
        tuple(_show_item(one) for one, _ in pairs), tuple(map(_show_item, missing)), tuple(map(_show_item, extra))
    )


def _judge_item_numbers(want: Answer, got: Answer) -> Matched:
    """Match case numbers within the items that agree; those of the other items are missing or extra."""
    pairs, missing, extra = _pair_items(want, got)

    def numbers(items: Iterable[tuple[int | str, Answer]]) -> list[tuple[int | str, str]]:
        return [(place, fold_number(number)) for place, item in items for number in listed(item, "case_numbers")]

    wanted = numbers(enumerate(one for one, _ in pairs)) + numbers(("missing", item) for item in missing)
    given = numbers(enumerate(other for _, other in pairs)) + numbers(("extra", item) for item in extra)
    return match_sets(wanted, given, lambda pair: pair[1])


#: Every key that is scored, in the order of the table.
JUDGES: dict[str, Judge] = {
    "title": _judge_title,
    "case_numbers": _folded("case_numbers", fold_number),
    "document_numbers": _folded("document_numbers", fold_number),
    "date": _by_set(lambda answer: [answer["date"]] if answer.get("date") else []),
    "dates": _by_set(lambda answer: [date for date, _ in _dated(answer)]),
    "dates with role": _judge_roles,
    "deadlines": _by_set(_deadlines),
    "signatories": _by_set(lambda answer: [fold_person(person.get("name")) for person in _signers(answer)]),
    "signatory roles": _judge_signatory_roles,
    "recipients": _judge_recipients,
    "committees": _folded("committees", fold_body),
    "departments": _folded("departments", fold_body),
    "items": _judge_items,
    "item case_numbers": _judge_item_numbers,
    "ref case": _cited("case"),
    "ref document": _cited("document"),
    "ref letter": _by_set(lambda answer: [str(link.get("date")) for link in references(answer, "letter")]),
    "ref meeting": _by_set(_meetings),
    "ref attachment": _judge_attachments,
    "attachment titles": _judge_attachment_titles,
    "ref law": _judge_laws,
    "ref instrument": _judge_instruments,
}


# --- text ------------------------------------------------------------------------------------------------------------


def judge_text(want: str, got: str) -> tuple[Tally, float]:
    """Count the words found, and give the part of the words unique in both that stand in the right order."""
    wanted, given = (re.findall(r"\w+", fold(text)) for text in (want, got))
    expected, found = Counter(wanted), Counter(given)
    right = (expected & found).total()
    place = {word: index for index, word in enumerate(given) if found[word] == 1}
    places = [place[word] for word in wanted if expected[word] == 1 and word in place]
    order = _longest_rise(places) / len(places) if places else 0.0
    return Tally(right, len(given) - right, len(wanted) - right), order


def _longest_rise(values: Iterable[int]) -> int:
    """Give the length of the longest rising subsequence."""
    ends: list[int] = []
    for value in values:
        at = bisect.bisect_left(ends, value)
        ends[at : at + 1] = [value]
    return len(ends)


# --- a whole set -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Miss:
    """One value that is missing, extra, wrong or low in one document."""

    file: str
    fault: str
    key: str
    value: str


@dataclass(slots=True)
class Score:
    """The figures of a set of documents, and every miss."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {key: Tally() for key in JUDGES})
    types: list[bool] = field(default_factory=list)
    outcomes: list[bool] = field(default_factory=list)
    words: Tally = field(default_factory=Tally)
    orders: list[float] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, file: str, want: Answer, got: Answer | None, want_text: str | None = None) -> None:
        """Score one document; `got` is `None` where the program gave nothing."""
        if got is None:
            self.failed.append(file)
        given: Answer = got or {}
        self._add_type(file, want, given)
        for key, judge in JUDGES.items():
            matched = judge(want, given)
            self.tallies[key].add(matched)
            self.misses += [Miss(file, "missing", key, value) for value in matched.missing]
            self.misses += [Miss(file, "extra", key, value) for value in matched.extra]
        self._add_outcomes(file, want, given)
        if want_text is not None and isinstance(given.get("text"), str):
            self._add_text(file, want_text, given["text"])

    def _add_type(self, file: str, want: Answer, got: Answer) -> None:
        self.types.append(fold(want.get("doc_type")) == fold(got.get("doc_type")))
        if not self.types[-1]:
            self.misses.append(Miss(file, "wrong", "doc_type", f"{got.get('doc_type')} for {want.get('doc_type')}"))

    def _add_outcomes(self, file: str, want: Answer, got: Answer) -> None:
        for one, other in _pair_items(want, got)[0]:
            self.outcomes.append(fold(one.get("outcome")) == fold(other.get("outcome")))
            if not self.outcomes[-1]:
                shown = f"{other.get('outcome')} for {one.get('outcome')}: {_show_item(one)}"
                self.misses.append(Miss(file, "wrong", "item outcomes", shown))

    def _add_text(self, file: str, want: str, got: str) -> None:
        tally, order = judge_text(want, got)
        self.words.right += tally.right
        self.words.wrong += tally.wrong
        self.words.missing += tally.missing
        self.orders.append(order)
        recall = tally.right / max(1, tally.right + tally.missing)
        if min(recall, order) < LOW_TEXT:
            self.misses.append(Miss(file, "low", "text", f"recall {recall:.3f} order {order:.3f}"))

    def figures(self) -> dict[str, Figures]:
        """Give the figures of every key, accuracies and text among them."""
        table = {"doc_type": _accuracy(self.types)}
        table |= {key: tally.figures() for key, tally in self.tallies.items()}
        table["item outcomes"] = _accuracy(self.outcomes)
        table["text words"] = self.words.figures()
        table["reading order"] = {
            "f1": sum(self.orders) / len(self.orders) if self.orders else None,
            "gold": len(self.orders),
        }
        means = [table[key]["f1"] for key in JUDGES if key not in SIDE_KEYS]
        scored = [mean for mean in means if mean is not None]
        table["mean F1 of keys"] = {"f1": sum(scored) / len(scored) if scored else None, "gold": len(scored)}
        return table


def _accuracy(right: Sequence[bool]) -> Figures:
    return {"f1": sum(right) / len(right) if right else None, "gold": len(right)}
