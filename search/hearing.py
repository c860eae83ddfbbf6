"""A hearing as one page: who was asked, by which deadline, who answered what, and what the decision says of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.cases import Cases
from corpus.errors import NotFoundError, SagssporError
from corpus.instruments import instrument_key
from corpus.links import Link, Links, Paper
from corpus.records import SCHEMA, Record
from corpus.rows import name_key
from corpus.steps import Steps
from corpus.text import fold_spaces
from search.case import candidates, name_all, paper_to_json, typed_keys
from search.document import find_document
from search.passages import sentence
from search.stages import decision_of, is_about
from search.stances import Said, Stance, is_answer, read_stances, sender_of, stance_of, telling

#: So many sentences of a decision are quoted.
QUOTES = 6
#: Shorter sentences are headings.
SHORTEST = 24
#: So many points of a list of those who are asked are read.
LISTED = 200
#: So many answers make a page.
LIMIT = 200
#: An answer that names no letter and no case is one where it names the hearing's plan, so many days after its deadline
#: at most.
LATEST = 120
#: Those asked as a kind, of whom none can be said to be silent.
_KINDS = re.compile(
    r"\b(?:høringspart|interessent|naboer|beboere|borgere|ejere|lejere|foreninger|organisationer|myndigheder|alle)\b"
    r"|^(?:høringspart\w*|alle\b.*|se .*liste.*)$",
    re.IGNORECASE,
)
_SENT_OUT = (
    r"(?:høringen|høringsbrevet|høringsmaterialet|materialet|forslaget|udkastet|brevet) (?:er|bliver) (?:også )?"
    r"(?:ud)?sendt (?:i høring )?(?:til|hos)"
)
#: `i høring hos skolebestyrelser, lokaludvalg og foreninger.`, `Høringen er sendt til Ældrerådet og Havneforeningen.`
_ASKED = re.compile(rf"(?:i (?:\w+ )?høring (?:hos|blandt|ved)|(?i:{_SENT_OUT})) ([^.:;\n]{{3,200}})")
#: `Følgende høres:`, a line above a list of those who are asked.
_ASKED_BELOW = re.compile(
    r"^[ \t]{0,4}(?:følgende (?:[\wæøå]{1,20} ){0,2}(?:høres|er hørt|inviteres|får forslaget i høring)"
    rf"|{_SENT_OUT}|høringsparter(?:ne)?|høringsliste|(?:sendt|udsendt|sendes|udsendes) (?:i høring )?(?:til|hos))"
    r"[^\n:.]{0,40}:[ \t]{0,4}$",
    re.IGNORECASE | re.MULTILINE,
)
_BULLET = re.compile(r"[-–•*·][ \t]{0,8}(\S[^\n]{1,98})")
_PARTS = re.compile(r",| og (?![^,]{0,20}-)")
#: Papers that may be an answer though their title does not say so.
_WRITTEN = ("letter", "email", "other")
_COUNTED = re.compile(
    r"(?<!\w)(\d{1,4}|én|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv) (?:skriftlige )?"
    r"(?:høringssvar|indsigelser|svar|parter har svaret|bemærkninger)(?!\w)"
)
_WORDS = ("nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, the paper and the page where it stands."""

    text: str
    paper: Paper
    page: int

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {"quote": self.text, "document": paper_to_json(self.paper), "page": self.page}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: from whom, its stand with the sentences that say it, and whether it came after the deadline.

    `through` says how it was found: by the `letter` or `case` that it cites, or by the `name` of the plan.
    """

    paper: Paper
    sender: str | None
    stance: Stance | None
    remarks: bool
    said: tuple[Said, ...]
    late: bool
    through: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision after a hearing, and its sentences that speak of the hearing."""

    paper: Paper
    quotes: tuple[str, ...]
    said: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many answers a paper says that there were."""

    count: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class HearingPage:
    """One hearing. `silent` are those asked by name from whom no answer is in the archive.

    `open` tells that the deadline is over and the archive holds no decision after it. `others` are the further hearings
    of its cases.
    """

    paper: Paper
    title: str | None
    asked: tuple[str, ...]
    asked_in: Quote | None
    deadlines: tuple[str, ...]
    deadline_in: Quote | None
    answers: tuple[Answer, ...]
    silent: tuple[str, ...]
    decisions: tuple[Decided, ...]
    counted: tuple[Counted, ...]
    open: bool
    more: int
    others: tuple[Paper, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "hearing": paper_to_json(self.paper),
            "title": self.title,
            "asked": list(self.asked),
            "asked_in": self.asked_in.to_json() if self.asked_in else None,
            "deadlines": list(self.deadlines),
            "deadline_in": self.deadline_in.to_json() if self.deadline_in else None,
            "answers": [_answer_json(answer) for answer in self.answers],
            "silent": list(self.silent),
            "decisions": [
                {
                    "document": paper_to_json(each.paper),
                    "quotes": list(each.quotes),
                    "said": [said.to_json() for said in each.said],
                }
                for each in self.decisions
            ],
            "counted": [{"count": each.count, **each.quote.to_json()} for each in self.counted],
            "open": self.open,
            "more": self.more,
            "others": [paper_to_json(other) for other in self.others],
        }


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        **paper_to_json(answer.paper),
        "sender": answer.sender,
        "stance": answer.stance,
        "remarks": answer.remarks,
        "late": answer.late,
        "through": answer.through,
        "said": [{"stance": said.stance, "quote": said.quote, "page": said.page} for said in answer.said],
    }


def show_hearing(
    archive: Archive, named: str, *, limit: int = LIMIT, offset: int = 0, today: str | None = None
) -> HearingPage:
    """Give the hearing of a case, or that a document is or answers, with `limit` answers from `offset`.

    Raises NotFoundError where there is none.
    """
    links = Links(archive.catalogue)
    record = _find(archive, links, named)
    paper = links.paper(record.id)
    deadlines = tuple(sorted({fact.date for fact in record.facts.dates if fact.role == "deadline"}))
    asked, asked_in = _asked(record, paper)
    found = _answers(archive, links, record, deadlines, asked)
    page = found[offset : offset + limit]
    texts = {each.id: each for each in archive.catalogue.records([each.id for each, _ in page])}
    answers = tuple(_read_answer(texts[each.id], each, through, deadlines) for each, through in page)
    decisions = _decisions(archive, links, record, [answer.sender for answer in answers if answer.sender])
    over = bool(deadlines) and deadlines[-1] < (today or datetime.date.today().isoformat())
    return HearingPage(
        paper=paper,
        title=record.facts.title,
        asked=asked,
        asked_in=asked_in,
        deadlines=deadlines,
        deadline_in=_deadline_quote(record, paper),
        answers=answers,
        silent=tuple(name for name in asked if _can_be_silent(name) and not _answered(name, answers, texts)),
        decisions=tuple(decided for decided, _ in decisions),
        counted=tuple(counted for _, each in decisions for counted in each),
        open=over and not any(decided.paper.outcome for decided, _ in decisions),
        more=max(0, len(found) - offset - limit),
        others=_others(archive, links, record),
    )


def _find(archive: Archive, links: Links, named: str) -> Record:
    exact = typed_keys(named)
    meant = [each for each in candidates(archive, named) if each.key not in exact]
    # Of several cases that a short number may mean, none is meant for sure.
    for key in _numbers(archive, (*exact, *(each.key for each in meant if len(meant) == 1))):
        hearings = [paper.id for paper in links.members(key) if paper.doc_type == "hearing"]
        if hearings:
            return archive.catalogue.records(hearings[:1])[0]
    try:
        record = find_document(archive, named)
    except SagssporError as exc:
        hint = name_all(meant) or "Give a case number or a document."
        raise NotFoundError(f"No hearing {named!r} is in the archive.", hint=hint) from exc
    if record.facts.doc_type == "hearing":
        return record
    asked = _asked_by(links.out_of(record.id))
    if not asked:
        raise NotFoundError(f"{named!r} is no hearing, and answers none that is in the archive.")
    if len(asked) > 1:
        several = " or ".join(f"{paper.id} ({paper.date or paper.title})" for paper in asked)
        raise NotFoundError(f"{named!r} may answer several hearings.", hint=f"Ask for {several}.")
    return archive.catalogue.records([asked[0].id])[0]


def _numbers(archive: Archive, keys: Sequence[str]) -> list[str]:
    """Give cases with the numbers under which they went on, or were before."""
    cases = Cases(archive.catalogue)
    return list(dict.fromkeys((*keys, *(other for key in keys for other in cases.continued(key)))))


def _others(archive: Archive, links: Links, record: Record) -> tuple[Paper, ...]:
    """Give the further hearings of a hearing's cases, oldest first."""
    keys = _numbers(archive, [key for key, _, _ in links.own_cases(record.id)])
    found = {paper.id: paper for key in keys for paper in links.members(key) if paper.doc_type == "hearing"}
    return tuple(
        sorted((found[id_] for id_ in found.keys() - {record.id}), key=lambda each: (each.date or "", each.id))
    )


def _asked_by(cited: Sequence[Link]) -> list[Paper]:
    """Give the hearings that a paper may answer: those whose letter it surely cites, else all of the cases it cites."""
    named = [(link, paper) for link in cited for paper in link.targets if paper.doc_type == "hearing"]
    sure = {paper.id: paper for link, paper in named if link.state == "resolved" and link.kind != "case"}
    return list((sure or {paper.id: paper for _, paper in named}).values())


# --- who was asked, and by when ---------------------------------------------------------------------------------------


def _asked(record: Record, paper: Paper) -> tuple[tuple[str, ...], Quote | None]:
    """Give the addressees by name, and whom the letter says to be asked, in a list or a sentence, with its words."""
    named, text = tuple(record.facts.recipients), record.text.string
    if (above := _ASKED_BELOW.search(text)) and (listed := tuple(_listed(text[above.end() :]))):
        return tuple(dict.fromkeys((*named, *listed))), _quote(record, paper, above.start(), above.end())
    found = _ASKED.search(text)
    if not found:
        return named, None
    kinds = [fold_spaces(part) for part in _PARTS.split(found.group(1))]
    quote = _quote(record, paper, found.start(), found.end())
    return tuple(dict.fromkeys((*named, *(kind for kind in kinds if 2 < len(kind) <= 60)))), quote


def _listed(below: str) -> Iterator[str]:
    """Yield what the points of a list say, as far as it goes."""
    for line in below.lstrip("\n").split("\n", LISTED)[:LISTED]:
        point = _BULLET.fullmatch(line.strip())
        if not point:
            return
        yield fold_spaces(point.group(1)).rstrip(" .,;")


def _deadline_quote(record: Record, paper: Paper) -> Quote | None:
    places = (place for place in record.facts.places if place.key == "dates")
    found = next((place for place in places if record.facts.dates[place.index].role == "deadline"), None)
    return _quote(record, paper, found.start, found.end) if found else None


def _can_be_silent(name: str) -> bool:
    return name[:1].isupper() and not _KINDS.search(name)


def _answered(name: str, answers: Sequence[Answer], texts: dict[str, Record]) -> bool:
    return any(_is_from(name, answer, texts[answer.paper.id]) for answer in answers)


def _is_from(name: str, answer: Answer, record: Record) -> bool:
    """An answer is from whoever it names as its sender, in its title, its head or among its signers."""
    head = (record.facts.title or "") + " " + record.text.string[:400]
    signed = " ".join(person.name for person in record.facts.signatories)
    return name_key(name) in fold_spaces(f"{answer.sender or ''} {head} {signed}").casefold()


# --- who answered -----------------------------------------------------------------------------------------------------


def _answers(
    archive: Archive, links: Links, record: Record, deadlines: Sequence[str], asked: Sequence[str]
) -> list[tuple[Paper, str]]:
    """Give the responses that cite the hearing's letter or case, have its number, or name its plan in its time."""
    found: dict[str, tuple[Paper, str]] = {}
    cases = _numbers(archive, [key for key, _, _ in links.own_cases(record.id)])
    for link in links.into(record.id):
        found.setdefault(link.source.id, (link.source, "letter" if link.kind == "letter" else "case"))
    for key in cases:
        for paper in Steps(archive.catalogue).answering(key):
            found.setdefault(paper.id, (paper, "case"))
    for paper in _naming(archive, links, record, deadlines):
        found.setdefault(paper.id, (paper, "name"))
    written = [paper for paper, _ in found.values() if paper.doc_type in _WRITTEN and not is_answer(paper)]
    replies = _replies(archive, record, written, deadlines, asked)
    answers = [each for each in found.values() if is_answer(each[0]) or each[0].id in replies]
    return sorted(answers, key=lambda each: (each[0].date or "9999", each[0].id))


def _replies(
    archive: Archive, record: Record, written: Sequence[Paper], deadlines: Sequence[str], asked: Sequence[str]
) -> set[str]:
    """Give those letters of the hearing's time that are from somebody who was asked by name."""
    first, last = record.facts.date, _latest(deadlines)
    names = {name_key(name) for name in asked if _can_be_silent(name)}
    if not first or not last or not names:
        return set()
    ids = [paper.id for paper in written if first < (paper.date or "") <= last][:LIMIT]
    return {each.id for each in archive.catalogue.records(ids) if name_key(sender_of(each) or "") in names}


def _latest(deadlines: Sequence[str]) -> str | None:
    """Give the day until which an answer may come that cites nothing."""
    if not deadlines:
        return None
    return (datetime.date.fromisoformat(deadlines[-1]) + datetime.timedelta(days=LATEST)).isoformat()


def _naming(archive: Archive, links: Links, record: Record, deadlines: Sequence[str]) -> Iterator[Paper]:
    """Yield the responses that name what the hearing's title names, between the hearing and some time after it."""
    until = _latest(deadlines)
    if not record.facts.date or not until:
        return
    paper = links.paper(record.id)
    for reference in record.facts.references:
        name = reference.target or ""
        if reference.kind == "instrument" and is_about(record.facts, paper, (name,)):
            keys = list(links.instrument_keys(instrument_key(name)))
            for link in Steps(archive.catalogue).naming(keys, LIMIT).links:
                if record.facts.date <= (link.source.date or "") <= until:
                    yield link.source


def _read_answer(record: Record, paper: Paper, through: str, deadlines: Sequence[str]) -> Answer:
    said = read_stances(record)
    late = bool(paper.date and deadlines and paper.date > deadlines[-1])
    remarks = any(each.stance == "remarks" for each in said)
    return Answer(paper, sender_of(record), stance_of(said), remarks, telling(said), late, through)


# --- what was decided -------------------------------------------------------------------------------------------------


def _decisions(
    archive: Archive, links: Links, record: Record, senders: Sequence[str]
) -> list[tuple[Decided, tuple[Counted, ...]]]:
    """Give the decisions of the case after the hearing went out, and what they say of it and of who answered."""
    keys = _numbers(archive, [key for key, _, _ in links.own_cases(record.id)])
    own = {(paper.id, paper.item): paper for key in keys for paper in links.members(key)}
    later = [paper for paper in own.values() if paper.outcome and (paper.date or "9999") >= (record.facts.date or "")]
    texts = {each.id: each for each in archive.catalogue.records([paper.id for paper in later])}
    made = []
    for paper in later:
        if _opens_another(texts[paper.id], paper):
            continue
        said = tuple(_said_of_hearing(texts[paper.id], paper, senders))
        counted = tuple(Counted(count, quote) for quote in said if (count := _count(quote.text)) is not None)
        quotes = _most_telling(said, senders)
        made.append((Decided(paper, tuple(quote.text for quote in quotes), quotes), counted))
    return made


def _opens_another(record: Record, paper: Paper) -> bool:
    """A decision that sends something out for hearing is none on this one."""
    return paper.outcome == "referred" and "høring" in (decision_of(record.facts, paper) or "").casefold()


def _most_telling(said: Sequence[Quote], senders: Sequence[str]) -> tuple[Quote, ...]:
    """Keep the sentences that name who answered, or how many, before others, in the order of the text."""
    ranked = sorted(
        range(len(said)),
        key=lambda at: not any(name in said[at].text for name in senders) and _count(said[at].text) is None,
    )
    return tuple(said[at] for at in sorted(ranked[:QUOTES]))


def _said_of_hearing(record: Record, paper: Paper, senders: Sequence[str]) -> Iterator[Quote]:
    """Yield each sentence of a decision's item that speaks of the hearing, or of who answered."""
    item = record.facts.items[paper.item] if paper.item is not None else None
    start, end = (item.start, item.end) if item else (0, len(record.text.string))
    words = "|".join(
        ["(?:høring|høringssvar|hørt\\b|parter har svaret)", *(re.escape(name.casefold()) for name in senders)]
    )
    seen: set[str] = set()
    for match in re.finditer(words, record.text.string[start:end].lower()):
        quote = _quote(record, paper, start + match.start(), start + match.end())
        listed = quote.text.startswith(("- ", "Bilag")) and not quote.text.endswith(".")
        long = len(quote.text) >= SHORTEST or _count(quote.text) is not None
        if long and not listed and quote.text not in seen and quote.text != paper.title:
            seen.add(quote.text)
            yield quote


def _count(said: str) -> int | None:
    found = _COUNTED.search(said.lower())
    if not found:
        return None
    word = found.group(1).replace("én", "et")
    return int(word) if word.isdigit() else _WORDS.index(word)


def _quote(record: Record, paper: Paper, start: int, end: int) -> Quote:
    return Quote(sentence(record.text.string, start, end), paper, record.text.page_at(start))
