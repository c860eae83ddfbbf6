"""What references point to, resolved many at once: one query for each kind of key, not one for each reference.

A reference is `conflicting` where what it prints names different papers, and all of them are in the archive:

- a letter's day means one paper, and the number printed beside it (within `BESIDE` signs) another;
- a letter's day means one paper, and who is said to have written or got it, another letter of that day;
- a meeting's item bears another case number than the one printed beside it, which is that of other papers;
- an attachment's title is that of a paper with another label, and its label that of a paper with another title.

All of them are candidates then. Where the number beside it, or else the name, agrees with one of several letters, that
one is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.attached import bare_title, find_attached, titles_agree
from corpus.beside import Beside, Printed, beside, goes_on
from corpus.correspondents import AROUND, count_listed, is_plural, is_readers, is_writers, read_correspondents
from corpus.database import parts
from corpus.heads import read_slices_at
from corpus.neighbours import Neighbours, filed
from corpus.papers import (
    Link,
    Paper,
    State,
    first_members,
    paper_query,
    read_link,
    read_paper,
    reference_query,
)
from corpus.records import PageText
from corpus.rows import name_key
from corpus.tables import documents, items, meetings, numbers, parties, references
from corpus.ties import BESIDE, BY_CASE, BY_FELLOW, LETTERS, citing_alike, letters_cited_by
from corpus.whose import sent_to, signed_alike

#: Candidates of one reference, and keys that are asked for at once.
LIMIT, CHUNK = 200, 200
#: Letters that several papers may mean, fetched in one query; where there are more, each paper is asked for by itself.
_MANY = 4000
#: A case of more papers holds too many attachments to tell one by its label: those of the citing paper's day are asked.
_LARGE = 1000
#: Papers of a case that are shown as the other candidate of a conflict.
_SHOWN = 10


class Resolver:
    """Resolves references over one connection, and keeps what it looked up."""

    def __init__(self, to: Connection):
        self.to = to
        self._members: dict[tuple[str, str | None], list[Paper]] = {}
        self._meetings: dict[tuple[str, str], list[tuple[int, Paper]]] = {}
        self._items: dict[tuple[int, str], list[Paper]] = {}
        #: By the citing paper and the day: the letters, and how close each is tied.
        self._letters: dict[tuple[int, str], list[tuple[int, Paper, set[int]]]] = {}
        self._asked: set[int] = set()
        self._printed: dict[int, list[Printed]] = {}
        #: Slices of texts by the places (document's id, offset) that stand in them.
        self._slices: dict[tuple[str, int], PageText] = {}
        #: Case numbers by document and item, own ones and cited ones.
        self._own: dict[int, dict[int | None, set[str]]] = {}
        self._cited: dict[int, set[str]] = {}
        self._filed: dict[tuple[frozenset[str], str | None], list[Paper]] = {}
        self._large: dict[frozenset[str], bool] = {}
        self._inside: dict[str, list[Paper]] = {}
        self._neighbours = Neighbours(to)

    def resolve(self, rows: Sequence[Any]) -> list[Link]:
        """Resolve rows of `reference_query`, in their order."""
        of_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in _RULES}
        self._fetch_printed({row["doc"] for kind in ("letter", "meeting", "document") for row in of_kind[kind]})
        self._fetch_meetings({_meeting(row) for row in of_kind["meeting"] if row["ref_date"] and row["key"]})
        self._fetch_items([row for row in of_kind["meeting"] if row["number"]])
        self._fetch_letters(
            {row["doc"] for row in of_kind["letter"]}
            | {row["doc"] for row in of_kind["document"] if self._beside(row, ("letter",))}
        )
        self._fetch_by_fellows({(row["doc"], row["ref_date"]) for row in of_kind["letter"] if row["ref_date"]})
        keys = {(kind, row["key"]) for kind in ("case", "document") for row in of_kind[kind] if row["key"]}
        near = [(row, found) for row in rows if (found := self._beside(row, ("case", "document")))]
        keys |= {(found.kind, found.key) for _, found in near if found.key}
        for kind in ("case", "document"):
            self._fetch_members(kind, {key for of, key in keys if of == kind})
        candidates = {doc for row, _ in near for doc, _ in self._candidates(row)}
        self._fetch_own({row["doc"] for row in of_kind["attachment"]} | candidates)
        self._fetch_cited(candidates)
        self._fetch_inside({row["id"] for row in of_kind["attachment"]})
        self._fetch_slices(
            {
                (row["id"], row["start"])
                for row in of_kind["letter"]
                if self._candidates(row) and row["end"] > row["start"]
            }
        )
        return [self._resolve(row) for row in rows]

    def _resolve(self, row: Any) -> Link:
        rule = _RULES.get(row["kind"])
        return rule(self, row) if rule else read_link(row, "missing", ())

    # --- what is looked up for all ---------------------------------------------------------------------------------

    def _fetch_members(self, kind: str, keys: set[str]) -> None:
        """Fetch the papers of small cases together, the first page of each large one by itself."""
        for part in parts(key for key in keys if (kind, key) not in self._members):
            sizes = {str(key): int(n) for key, n in self.to.execute(_SIZES, {"kind": kind, "keys": part})}
            self._members |= {(kind, key): [] for key in part}
            small = [key for key, size in sizes.items() if size <= LIMIT]
            found = self.to.execute(_MEMBERS, {"kind": kind, "keys": small}).mappings().all() if small else []
            for row in sorted(found, key=lambda row: (row["date"] or "", row["id"], _first(row["item"]))):
                self._members[kind, row["key"]].append(read_paper(row))
            for key in sizes.keys() - small:
                self._members[kind, key] = first_members(self.to, kind, key, LIMIT)

    def _fetch_meetings(self, wanted: set[tuple[str, str]]) -> None:
        """Ask body by body: of pairs of a body and a day SQLite would search no index."""
        new = sorted(wanted - self._meetings.keys())
        self._meetings |= {key: [] for key in new}
        for body, group in groupby(new, key=itemgetter(0)):
            for days in parts(day for _, day in group):
                found = self.to.execute(_OF_MEETINGS, {"body": body, "days": days}).mappings()
                for row in sorted(found, key=itemgetter("id")):
                    self._meetings[body, row["day"]].append((row["doc"], read_paper(row)))

    def _fetch_items(self, rows: Sequence[Any]) -> None:
        """Find the items that bear a cited number, in the papers of the cited meetings."""
        docs = {doc for row in rows for doc, _ in self._meetings.get(_meeting(row), ())[:LIMIT]}
        for part in parts(docs):
            asked = {"docs": part, "cited": list({row["number"] for row in rows})}
            for row in self.to.execute(_ITEMS, asked).mappings():
                self._items.setdefault((row["doc"], row["cited"]), []).append(read_paper(row))

    def _fetch_letters(self, docs: set[int]) -> None:
        """Find the letters that are tied to citing papers."""
        tied: list[Any] = []
        for part in parts(docs - self._asked):
            found = self.to.execute(letters_cited_by(), {"docs": part, "limit": _MANY}).all()
            if len(found) == _MANY:
                each = (self.to.execute(letters_cited_by(), {"docs": [doc], "limit": _MANY}) for doc in part)
                found = [row for rows in each for row in rows]
            tied += found
        self._asked |= docs
        papers: dict[int, Paper] = {}
        for part in parts({row.doc for row in tied}):
            papers |= {row["doc"]: read_paper(row) for row in self.to.execute(_PAPERS, {"docs": part}).mappings()}
        close: dict[tuple[int, str, int], set[int]] = {}
        for row in tied:
            close.setdefault((row.citing, row.date, row.doc), set()).add(row.close)
        for (citing, date, doc), ways in sorted(close.items(), key=itemgetter(0)):
            self._letters.setdefault((citing, date), []).append((doc, papers[doc], ways))

    def _fetch_by_fellows(self, cited: set[tuple[int, str]]) -> None:
        """Find letters without a number that nothing ties to who cites them (paper, day), but to papers of the case."""
        alike: dict[tuple[int, str], set[int]] = {}
        for part in parts({doc for doc, _ in cited - self._letters.keys()}):
            for *lost, fellow in self.to.execute(citing_alike(), {"docs": part, "limit": _MANY}):
                alike.setdefault((lost[0], lost[1]), set()).add(fellow)
        self._fetch_letters({fellow for fellows in alike.values() for fellow in fellows})
        for (doc, date), fellows in ((key, alike[key]) for key in alike.keys() - self._letters.keys()):
            tied = [self._letters.get((fellow, date), []) for fellow in sorted(fellows)]
            named = [some for some in tied if not any(ways & {BY_CASE, BY_FELLOW} for _, _, ways in some)]
            found = {letter: paper for some in named for letter, paper, _ in some}
            self._fetch_own(set(found))
            meant = [letter for letter in found if letter != doc and not self._own[letter]]
            self._letters[doc, date] = [(letter, found[letter], {BY_FELLOW}) for letter in meant]

    def _fetch_printed(self, docs: set[int]) -> None:
        """Find the numbers and days that papers cite, with their places."""
        for part in parts(docs - self._printed.keys()):
            self._printed |= {doc: [] for doc in part}
            for doc, *place in self.to.execute(_PRINTED, {"docs": part}):
                self._printed[doc].append(Printed(*place))

    def _fetch_own(self, docs: set[int]) -> None:
        for part in parts(docs - self._own.keys()):
            self._own |= {doc: {} for doc in part}
            for doc, item, key in self.to.execute(_OWN, {"docs": part}):
                self._own[doc].setdefault(item, set()).add(key)

    def _fetch_cited(self, docs: set[int]) -> None:
        for part in parts(docs - self._cited.keys()):
            self._cited |= {doc: set() for doc in part}
            for doc, key in self.to.execute(_CITED, {"docs": part}):
                self._cited[doc].add(key)

    def _fetch_inside(self, ids: set[str]) -> None:
        """Find the attachments that came inside the same files."""
        for part in parts(ids - self._inside.keys()):
            self._inside |= {id_: [] for id_ in part}
            for row in self.to.execute(_INSIDE, {"ids": part}).mappings():
                self._inside[row["parent"]].append(read_paper(row))

    def _fetch_slices(self, places: set[tuple[str, int]]) -> None:
        if new := places - self._slices.keys():
            self._slices |= read_slices_at(self.to, new)

    # --- the rules -------------------------------------------------------------------------------------------------

    def _case(self, row: Any) -> Link:
        return _decide(row, self._named(row, "case", row["key"]), several=True)

    def _document(self, row: Any) -> Link:
        """The number decides, unless the day printed beside it means another paper."""
        found = self._named(row, "document", row["key"])
        letter = self._beside(row, ("letter",))
        of_day = self._of_day(row["doc"], letter.date) if letter and letter.date else []
        agreeing = any(paper.date == letter.date for paper in found) if letter else False
        if letter and found and of_day and not agreeing and self._in_one_sentence(row, letter):
            return read_link(row, "conflicting", _together(found, [paper for _, paper in of_day]))
        return _decide(row, found)

    def _meeting(self, row: Any) -> Link:
        """The papers of the cited body on the cited day; where the item's number is printed, that item."""
        found = self._candidates(row)
        number = self._beside(row, ("case",))
        others = self._named(row, "case", number.key) if number and row["number"] else []
        differ = number is not None and all(self._differs(doc, paper, number.key) for doc, paper in found)
        if number and found and others and differ and self._in_one_sentence(row, number):
            return read_link(row, "conflicting", _together([paper for _, paper in found], others))
        return _decide(row, [paper for _, paper in found], several=True)

    def _letter(self, row: Any) -> Link:
        """Letters of the cited day that share a case, else a person or a body, with the citing paper."""
        found = self._candidates(row)
        number = self._beside(row, ("case", "document"))
        if number is None:
            return self._letter_by_name(row, found)
        others = self._named(row, number.kind, number.key)
        if number.kind == "document":
            agreeing = [paper for paper in others if paper.date == row["ref_date"]]
            differ = True
        else:
            agreeing = self._narrow(row, [each for each in found if number.key in self._cases_of(each[0])])
            differ = all(self._differs(doc, paper, number.key) for doc, paper in found)
        if not agreeing and found and others and differ and self._in_one_sentence(row, number):
            return read_link(row, "conflicting", _together([paper for _, paper in found], others))
        return self._mean(row, agreeing or [paper for _, paper in found])

    def _narrow(self, row: Any, found: Sequence[tuple[int, Paper]]) -> list[Paper]:
        """Give those of several letters whose writer or receiver the sentence names, or else all."""
        named = self._correspondence(row) if len(found) > 1 else {}
        return [paper for doc, paper in found if doc in named] or [paper for _, paper in found]

    def _mean(self, row: Any, found: Sequence[Paper]) -> Link:
        """Mean all letters of a case where the words are plural (`breve af 3. maj`), or a list has a point for each."""
        of_case = {
            paper.id for _, paper, ways in self._letters.get((row["doc"], row["ref_date"]), ()) if BY_CASE in ways
        }
        read = len(found) > 1 and row["end"] > row["start"] and all(paper.id in of_case for paper in found)
        at, text = self._text_at(row, row["start"]) if read else (0, "")
        cited = text[max(0, row["start"] - at - AROUND) : row["end"] - at]
        found = self._own_letters(row, found)
        return _decide(row, found, several=is_plural(cited) or 1 < len(found) <= count_listed(text, cited))

    def _letter_by_name(self, row: Any, found: Sequence[tuple[int, Paper]]) -> Link:
        """Where the sentence names who wrote or got the letter: those of the day that bear the name, of those found."""
        named = self._correspondence(row) if found else {}
        agreeing = [paper for doc, paper in found if doc in named]
        if named and not agreeing and self._have_parties([doc for doc, _ in found], set(named.values())):
            others = [read_paper(each) for each in self.to.execute(_PAPERS, {"docs": list(named)}).mappings()]
            every = _together([paper for _, paper in found], others)
            at, text = self._text_at(row, row["start"])
            cited = text[max(0, row["start"] - at - AROUND) : row["end"] - at]
            # A day of which a list cites several letters is one reference: each point is right.
            listed = len(every) <= count_listed(text, cited)
            return read_link(row, "resolved" if listed else "conflicting", every)
        return self._mean(row, agreeing or [paper for _, paper in found])

    def _own_letters(self, row: Any, found: Sequence[Paper]) -> Sequence[Paper]:
        """Give those of several letters that, by the words before, are the citing paper's own, or came to it."""
        at, text = self._text_at(row, row["start"]) if len(found) > 1 and row["end"] > row["start"] else (0, "")
        before = text[max(0, row["start"] - at - AROUND) : max(0, row["start"] - at)]
        if is_writers(before):
            return signed_alike(self.to, row["doc"], found)
        return sent_to(self.to, row["doc"], found) if is_readers(before) else found

    def _attachment(self, row: Any) -> Link:
        """Attachments filed apart: of the same case or come in the same mail, with the title or the label.

        Where that is none, or several, what came with the paper is asked. An answer's `bilag 3` is what the hearing
        that lists it means by it, and where that is not filed apart, part of the hearing.
        """
        own = self._own[row["doc"]]
        cases = frozenset(own.get(row["ref_item"]) or {key for keys in own.values() for key in keys})
        near = {paper.id: paper for paper in (*self._filed_under(cases, row["date"]), *self._inside[row["id"]])}
        papers = [paper for paper in near.values() if paper.id != row["id"]][:LIMIT]
        found, conflict = find_attached(row, papers)
        if row["shown"] and not conflict:
            found = self._not_of_others(row["shown"], found, cases)
        if len(found) != 1 and not conflict:
            found = self._neighbours.find(row) or found
        if not found and row["label"] and not row["shown"] and row["doc_type"] == "hearing_response":
            found = self._listing(row["label"], [paper for paper in papers if paper.doc_type == "hearing"])
        if not found and row["shown"] and not self._large.get(cases):
            found = [paper for paper in self._neighbours.find_mailed(row["shown"], cases) if paper.id != row["id"]]
        return read_link(row, "conflicting", tuple(found)) if conflict else _decide(row, found)

    def _not_of_others(self, wanted: str, found: Sequence[Paper], cases: frozenset[str]) -> list[Paper]:
        """Leave out attachments found by their label that papers of the cases list by their own, other title."""
        labelled = [paper for paper in found if paper.doc_type == "attachment" and not titles_agree(wanted, paper)]
        titles = {paper.id: name_key(bare_title(paper)) for paper in labelled}
        keys = [key for key in titles.values() if key]
        listed = set(self.to.scalars(_LISTED, {"titles": keys, "keys": sorted(cases)})) if keys else set()
        return [paper for paper in found if titles.get(paper.id) not in listed]

    def _listing(self, label: str, hearings: Sequence[Paper]) -> list[Paper]:
        """Give what hearings mean by the label of an attachment that they list; themselves where it is not filed."""
        asked = {"ids": [paper.id for paper in hearings], "label": label}
        listed = self.to.execute(_LISTING, asked).mappings().all() if hearings else ()
        meant = [paper for link in self.resolve(listed) if link.state == "resolved" for paper in link.targets]
        ids = {row["id"] for row in listed}
        return list({paper.id: paper for paper in meant}.values()) or [each for each in hearings if each.id in ids]

    # --- what the rules ask ----------------------------------------------------------------------------------------

    def _named(self, row: Any, kind: str, key: str | None) -> list[Paper]:
        return [paper for paper in self._members.get((kind, key), ()) if paper.id != row["id"]]

    def _beside(self, row: Any, kinds: Beside) -> Printed | None:
        return beside(row, kinds, self._printed.get(row["doc"], ()))

    def _candidates(self, row: Any) -> list[tuple[int, Paper]]:
        """Give what a reference to a meeting or a letter means by itself."""
        if row["kind"] == "letter":
            return self._of_day(row["doc"], row["ref_date"])
        papers = [each for each in self._meetings.get(_meeting(row), ()) if each[1].id != row["id"]][:LIMIT]
        of_items = [(doc, paper) for doc, _ in papers for paper in self._items.get((doc, row["number"]), ())]
        return of_items if row["number"] and of_items else papers

    def _of_day(self, doc: int, date: str | None) -> list[tuple[int, Paper]]:
        """Give the letters of a day: those that tie closest to the paper that cites it, and those about its plan."""
        tied = self._letters.get((doc, date or ""), ())
        closest = max((max(ways) for _, _, ways in tied), default=BESIDE)
        found = [(letter, paper) for letter, paper, ways in tied if ways & {closest, BESIDE}]
        return sorted(found, key=lambda each: each[1].id)[:LIMIT]

    def _correspondence(self, row: Any) -> dict[int, str]:
        """Give the letters of the cited day whose writer or receiver the sentence names, and which of the two it is.

        Where it names both, those with both of them, if there are any.
        """
        at, text = self._text_at(row, row["start"])
        start, end = row["start"] - at, row["end"] - at
        before = text[max(0, start - AROUND) : start]
        named = read_correspondents(before, text[end : end + AROUND])
        if is_readers(before):
            named |= {("signatory", key) for key in self.to.scalars(_ADDRESSED, {"doc": row["doc"]})}
        asked = {"keys": sorted({key for _, key in named}), "day": row["ref_date"], "citing": row["doc"]}
        found = self.to.execute(_NAMED_LETTERS, asked) if named and end > start else ()
        ways: dict[int, set[str]] = {}
        for doc, relation, key in found:
            stands = "signatory" if relation == "sender" else relation
            if (stands, key) in named:
                ways.setdefault(doc, set()).add(stands)
        most = max(map(len, ways.values()), default=0)
        return {doc: min(relations) for doc, relations in ways.items() if len(relations) == most}

    def _have_parties(self, docs: Sequence[int], relations: set[str]) -> bool:
        """Tell whether of all these papers it is known who wrote them, or to whom they went."""
        known = self.to.execute(_RELATIONS, {"docs": docs, "relations": sorted(relations)})
        return len({(doc, relation) for doc, relation in known}) == len(docs) * len(relations)

    def _cases_of(self, doc: int) -> set[str]:
        return self._cited.get(doc, set()).union(*self._own.get(doc, {}).values())

    def _differs(self, doc: int, paper: Paper, key: str | None) -> bool:
        """Tell whether a paper, or the item of it, has case numbers and this is none of them."""
        own = self._own.get(doc, {})
        keys = own.get(paper.item) or own.get(None, set())
        return bool(keys) and key not in keys

    def _in_one_sentence(self, row: Any, other: Printed) -> bool:
        """Tell whether the text between two references ends no sentence; it is read only where they are at odds."""
        low, high = sorted(((row["start"], row["end"]), (other.start, other.end)))
        at, text = self._text_at(row, low[1])
        return not text or goes_on(text[low[1] - at : high[0] - at])

    def _text_at(self, row: Any, offset: int) -> tuple[int, str]:
        """Give the slice of the citing text in which an offset stands, and where it begins; nothing of no text."""
        self._fetch_slices({(row["id"], offset)})
        found = self._slices.get((row["id"], offset))
        return (found.start, found.text) if found else (0, "")

    def _filed_under(self, cases: frozenset[str], date: str | None) -> list[Paper]:
        """Give the attachments that bear or cite one of the cases; of a large case those of a day, and undated ones."""
        if not cases:
            return []
        keys = sorted(cases)
        if cases not in self._large:
            sizes = self.to.execute(_SIZES, {"kind": "case", "keys": keys})
            self._large[cases] = sum(papers for _, papers in sizes) > _LARGE
        day = (date or "") if self._large[cases] else None
        if (cases, day) not in self._filed:
            filed = _FILED if day is None else _FILED_THAT_DAY
            found = self.to.execute(filed, {"keys": keys} if day is None else {"keys": keys, "days": ["", day]})
            self._filed[cases, day] = [read_paper(row) for row in found.mappings()]
        return self._filed[cases, day]


def _among(column: Any, name: str) -> Any:
    return column.in_(sa.bindparam(name, expanding=True))


def _items() -> Any:
    numbered = sa.select(items.c.doc, items.c.ordinal.label("item"), items.c.number.label("cited"))
    found = numbered.where(_among(items.c.doc, "docs"), _among(items.c.number, "cited")).subquery()
    return paper_query(found).add_columns(found.c.cited)


#: The statements, made once: making them for each page cost more than asking them.
_NUMBERED = (numbers.c.kind == sa.bindparam("kind"), _among(numbers.c.key, "keys"))
_SIZES = sa.select(numbers.c.key, sa.func.count()).where(*_NUMBERED).group_by(numbers.c.key)
_MEMBERS = paper_query(numbers).add_columns(numbers.c.key).where(*_NUMBERED)
_OF_MEETINGS = (
    paper_query(meetings)
    .add_columns(meetings.c.date.label("day"))
    .where(meetings.c.body == sa.bindparam("body"), _among(meetings.c.date, "days"))
)
_ITEMS = _items()
_PAPERS = paper_query().where(_among(documents.c.doc, "docs"))
_PRINTED = sa.select(
    *(references.c[name] for name in ("doc", "kind", "key", "date", "item", "start", "end")),
).where(references.c.kind.in_(("case", "document", "letter")), _among(references.c.doc, "docs"))
_OWN = sa.select(numbers.c.doc, numbers.c.item, numbers.c.key).where(
    numbers.c.kind == "case", _among(numbers.c.doc, "docs")
)
_CITED = sa.select(references.c.doc, references.c.key).where(
    references.c.kind == "case", _among(references.c.doc, "docs")
)
_LISTED = (
    sa.select(references.c.key)
    .join(numbers, numbers.c.doc == references.c.doc)
    .where(references.c.kind == "attachment", _among(references.c.key, "titles"))
    .where(numbers.c.kind == "case", _among(numbers.c.key, "keys"))
)
_LISTING = reference_query().where(
    _among(documents.c.id, "ids"),
    references.c.kind == "attachment",
    references.c.key.is_not(None),
    references.c.label == sa.bindparam("label"),
)
_INSIDE = (
    paper_query()
    .add_columns(documents.c.parent)
    .where(_among(documents.c.parent, "ids"), documents.c.doc_type == "attachment")
)
_NAMED_LETTERS = (
    sa.select(parties.c.doc, parties.c.relation, parties.c.key)
    .join(documents, documents.c.doc == parties.c.doc)
    .where(_among(parties.c.key, "keys"), parties.c.dated == sa.bindparam("day"))
    .where(parties.c.doc != sa.bindparam("citing"), documents.c.doc_type.in_(LETTERS))
)
_ADDRESSED = sa.select(parties.c.key).where(
    parties.c.doc == sa.bindparam("doc"), parties.c.relation == "recipient", parties.c.key.not_like("%kommune")
)
_RELATIONS = sa.select(parties.c.doc, parties.c.relation).where(
    _among(parties.c.doc, "docs"), _among(parties.c.relation, "relations")
)
_FILED, _FILED_THAT_DAY = filed(LIMIT, that_day=False), filed(LIMIT, that_day=True)

_RULES = {
    "case": Resolver._case,
    "document": Resolver._document,
    "meeting": Resolver._meeting,
    "letter": Resolver._letter,
    "attachment": Resolver._attachment,
}


def _decide(row: Any, found: Sequence[Paper], *, several: bool = False) -> Link:
    state: State = "missing" if not found else "resolved" if several or len(found) == 1 else "ambiguous"
    return read_link(row, state, tuple(found))


def _together(found: Sequence[Paper], others: Sequence[Paper]) -> tuple[Paper, ...]:
    every = {(paper.id, paper.item): paper for paper in (*found[:_SHOWN], *others[:_SHOWN])}
    return tuple(every.values())


def _meeting(row: Any) -> tuple[str, str]:
    return row["key"], row["ref_date"]


def _first(item: int | None) -> int:
    return -1 if item is None else item
