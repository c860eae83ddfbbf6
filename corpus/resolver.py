"""What references point to, resolved many at once: one query for each kind of key, not one for each reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.engine import Connection

from corpus.papers import Link, Paper, State, first_members, paper_query, read_link, read_paper
from corpus.tables import bodies, documents, items, meetings, numbers, parties, references

#: Papers that a letter's date can mean.
LETTERS = ("letter", "hearing", "hearing_response", "memo", "email", "other")
#: Candidates of one reference, and keys that are asked for at once.
LIMIT, CHUNK = 200, 200
#: Members of many cases that are fetched in one query; where there are more, each case is asked for by itself.
_MANY = 4000

Tie = tuple[str, str]


class Resolver:
    """Resolves references over one connection, and keeps what it looked up."""

    def __init__(self, to: Connection):
        self.to = to
        self._members: dict[tuple[str, str | None], list[Paper]] = {}
        self._meetings: dict[tuple[str, str], list[tuple[int, Paper]]] = {}
        self._letters: dict[str, list[tuple[int, Paper]]] = {}
        self._ties: dict[int, set[Tie]] = {}
        self._cases: dict[int, frozenset[str]] = {}
        self._filed: dict[frozenset[str], list[Paper]] = {}
        self._inside: dict[str, list[Paper]] = {}

    def resolve(self, rows: Sequence[Any]) -> list[Link]:
        """Resolve rows of `reference_query`, in their order."""
        for kind in ("case", "document"):
            self._fetch_members(kind, {row["key"] for row in rows if row["kind"] == kind and row["key"]})
        self._fetch_meetings(
            {_meeting(row) for row in rows if row["kind"] == "meeting" and row["ref_date"] and row["key"]}
        )
        letters = [row for row in rows if row["kind"] == "letter"]
        self._fetch_letters({row["ref_date"] for row in letters if row["ref_date"]})
        candidates = (doc for row in letters for doc, _ in self._letters.get(row["ref_date"], ()))
        self._fetch_ties({*(row["doc"] for row in letters), *candidates})
        attached = [row for row in rows if row["kind"] == "attachment"]
        self._fetch_cases({row["doc"] for row in attached})
        self._fetch_inside({row["id"] for row in attached})
        return [self._resolve(row) for row in rows]

    def _resolve(self, row: Any) -> Link:
        match row["kind"]:
            case "case" | "document" as kind:
                found = [paper for paper in self._members.get((kind, row["key"]), ()) if paper.id != row["id"]]
                return _decide(row, found, several=kind == "case")
            case "meeting":
                return _decide(row, self._papers_of_meeting(row), several=True)
            case "letter":
                return _decide(row, self._letters_of(row))
            case "attachment":
                return _decide(row, self._attachments(row))
        return read_link(row, "missing", ())

    # --- what is looked up for all ---------------------------------------------------------------------------------

    def _fetch_members(self, kind: str, keys: set[str]) -> None:
        for part in _parts(key for key in keys if (kind, key) not in self._members):
            query = paper_query(numbers).add_columns(numbers.c.key).where(numbers.c.kind == kind)
            found = self.to.execute(query.where(numbers.c.key.in_(part)).limit(_MANY)).mappings().all()
            if len(found) == _MANY:
                self._members |= {(kind, key): first_members(self.to, kind, key, LIMIT) for key in part}
                continue
            self._members |= {(kind, key): [] for key in part}
            for row in sorted(found, key=lambda row: (row["date"] or "", row["id"], _first(row["item"]))):
                self._members[kind, row["key"]].append(read_paper(row))
            for key in part:
                del self._members[kind, key][LIMIT:]

    def _fetch_meetings(self, wanted: set[tuple[str, str]]) -> None:
        """Ask body by body: of pairs of a body and a day SQLite would search no index."""
        new = sorted(wanted - self._meetings.keys())
        self._meetings |= {key: [] for key in new}
        for body, group in groupby(new, key=itemgetter(0)):
            for days in _parts(day for _, day in group):
                query = paper_query(meetings).add_columns(meetings.c.date.label("day"))
                query = query.where(meetings.c.body == body, meetings.c.date.in_(days))
                for row in sorted(self.to.execute(query).mappings(), key=itemgetter("doc")):
                    self._meetings[body, row["day"]].append((row["doc"], read_paper(row)))

    def _fetch_letters(self, dates: set[str]) -> None:
        for part in _parts(date for date in dates if date not in self._letters):
            self._letters |= {date: [] for date in part}
            query = paper_query().where(documents.c.date.in_(part), documents.c.doc_type.in_(LETTERS))
            for row in sorted(self.to.execute(query).mappings(), key=itemgetter("doc")):
                self._letters[row["date"]].append((row["doc"], read_paper(row)))

    def _fetch_ties(self, docs: set[int]) -> None:
        """Find what ties papers to each other: case numbers, own or cited, and the people and bodies that they name."""
        # The kind is looked at here: SQLite would take the index that begins with it, and read every case's number.
        sources = (("case", numbers), ("case", references), ("name", parties), ("name", bodies))
        for part in _parts(doc for doc in docs if doc not in self._ties):
            self._ties |= {doc: set() for doc in part}
            for name, table in sources:
                kind = table.c.kind if name == "case" else sa.literal("name")
                for doc, of, key in self.to.execute(
                    sa.select(table.c.doc, kind, table.c.key).where(table.c.doc.in_(part))
                ):
                    if of == name and key:
                        self._ties[doc].add((name, key))

    def _fetch_cases(self, docs: set[int]) -> None:
        for part in _parts(doc for doc in docs if doc not in self._cases):
            found: dict[int, set[str]] = {doc: set() for doc in part}
            query = sa.select(numbers.c.doc, numbers.c.key).where(numbers.c.doc.in_(part), numbers.c.kind == "case")
            for doc, key in self.to.execute(query):
                found[doc].add(key)
            self._cases |= {doc: frozenset(keys) for doc, keys in found.items()}

    def _fetch_inside(self, ids: set[str]) -> None:
        """Find the attachments that came inside the same files."""
        for part in _parts(id_ for id_ in ids if id_ not in self._inside):
            self._inside |= {id_: [] for id_ in part}
            query = paper_query().add_columns(documents.c.parent).where(documents.c.parent.in_(part))
            for row in self.to.execute(query.where(documents.c.doc_type == "attachment")).mappings():
                self._inside[row["parent"]].append(read_paper(row))

    # --- the rules -------------------------------------------------------------------------------------------------

    def _papers_of_meeting(self, row: Any) -> list[Paper]:
        """The papers of the cited body on the cited day; where the item's number is printed, that item."""
        papers = [(doc, paper) for doc, paper in self._meetings.get(_meeting(row), ()) if paper.id != row["id"]][:LIMIT]
        found = [paper for _, paper in papers]
        if not row["number"] or not found:
            return found
        wanted = sa.select(items.c.doc, items.c.ordinal.label("item")).where(items.c.number == row["number"]).subquery()
        query = paper_query(wanted).where(documents.c.doc.in_([doc for doc, _ in papers]))
        return [read_paper(each) for each in self.to.execute(query).mappings()] or found

    def _letters_of(self, row: Any) -> list[Paper]:
        """Letters of the cited day that share a case, a person or a body with the citing paper."""
        letters = [(doc, paper) for doc, paper in self._letters.get(row["ref_date"], ()) if paper.id != row["id"]][
            :LIMIT
        ]
        ours = self._ties[row["doc"]]
        tied = [(doc, paper) for doc, paper in letters if ours & self._ties[doc]]
        cases = {tie for tie in ours if tie[0] == "case"}
        return [paper for doc, paper in tied if cases & self._ties[doc]] or [paper for _, paper in tied]

    def _attachments(self, row: Any) -> list[Paper]:
        """Attachments filed apart: of the same case or come in the same mail, with the label or the title."""
        near = (*self._filed_under(self._cases[row["doc"]]), *self._inside[row["id"]])
        found = list({paper.id: paper for paper in near if paper.id != row["id"]}.values())[:LIMIT]
        titled = [paper for paper in found if _titles_agree(row["shown"], paper)]
        return titled or [paper for paper in found if row["label"] and _labels_agree(row["label"], paper)]

    def _filed_under(self, cases: frozenset[str]) -> list[Paper]:
        """Give the attachments that bear or cite one of the cases."""
        if cases not in self._filed:
            by_own = sa.select(numbers.c.doc).where(numbers.c.kind == "case", numbers.c.key.in_(cases))
            by_cited = sa.select(references.c.doc).where(references.c.kind == "case", references.c.key.in_(cases))
            near = documents.c.doc.in_(by_own.union(by_cited))
            query = paper_query().where(documents.c.doc_type == "attachment", near).limit(LIMIT + 1)
            self._filed[cases] = [read_paper(row) for row in self.to.execute(query).mappings()] if cases else []
        return self._filed[cases]


def _decide(row: Any, found: Sequence[Paper], *, several: bool = False) -> Link:
    state: State = "missing" if not found else "resolved" if several or len(found) == 1 else "ambiguous"
    return read_link(row, state, tuple(found))


def _meeting(row: Any) -> tuple[str, str]:
    return row["key"], row["ref_date"]


def _first(item: int | None) -> int:
    return -1 if item is None else item


def _titles_agree(wanted: str | None, paper: Paper) -> bool:
    """Titles agree when they are alike, or one of at least ten letters stands in the other."""
    if not wanted or not paper.title:
        return False
    one, other = wanted.casefold(), paper.title.casefold()
    shorter, longer = sorted((one, other), key=len)
    return fuzz.ratio(one, other) >= 85 or (len(shorter) >= 10 and shorter in longer)


def _labels_agree(label: str, paper: Paper) -> bool:
    """The label closes at a word's end: Bilag 1 is not Bilag 12."""
    name = paper.path.rsplit("/", 1)[-1]
    return any(label.casefold() in f"{text.casefold()} ".replace("_", " ") for text in (paper.title or "", name))


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    yield from (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))
