"""What came with a paper: the other members of its mail or archive file, and the files of its folder.

Both are asked for by an index, and a thousand at most are read: what holds more is no sending, and no folder of one
matter. Of such a folder the files are read whose names begin with the attachment's label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.attached import ENCLOSED, find_attached, fold_name, label_in, labels_in, titles_agree
from corpus.papers import Paper, paper_query, read_paper
from corpus.tables import documents, inputs, numbers, references

#: Members of one mail or archive, and files of one folder, that are read.
MOST = 1000
#: Files of a larger folder whose names begin with one spelling of a label.
_BEGINNING = 50
_SPELLINGS = ("Bilag {}", "bilag {}", "Bilag_{}", "bilag_{}", "Bilag{}", "bilag{}", "Bilag nr. {}", "BILAG {}")


class Neighbours:
    """Finds attachments among what came with a paper, and keeps what it looked up."""

    def __init__(self, to: Connection):
        self.to = to
        self._members: dict[str, list[tuple[int, Paper]]] = {}
        self._mailed: dict[frozenset[str], list[Paper]] = {}
        #: Whether a folder holds more than `MOST` files; all files of a small one, by label those of a large one.
        self._large: dict[str, bool] = {}
        self._files: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def find(self, row: Any) -> list[Paper]:
        """Give the papers that a reference to an attachment means: members of its sending, else files of its folder.

        A label alone means a member only where no other member names an attachment by it. In a folder the label and
        the title must agree.
        """
        if row["parent"]:
            return self._in_sending(row)
        return self._in_folder(row) if row["label"] and row["shown"] else []

    def find_mailed(self, title: str, cases: frozenset[str]) -> list[Paper]:
        """Give the attachments of a title that came in mails about a case: the mail names the case, they hardly do."""
        if cases not in self._mailed:
            found = self.to.execute(_MAILED, {"keys": sorted(cases), "limit": MOST}).mappings() if cases else ()
            self._mailed[cases] = [read_paper(row) for row in found]
        return [paper for paper in self._mailed[cases] if titles_agree(title, paper)]

    def _in_sending(self, row: Any) -> list[Paper]:
        members = [each for each in self._members_of(row["parent"]) if each[1].id != row["id"]]
        found, conflict = find_attached(row, [paper for _, paper in members])
        if conflict or not found or self._is_titled(row, found):
            return found
        others = [doc for doc, paper in members if paper not in found]
        return [] if others and self.to.scalar(_NAMING, {"docs": others, "label": row["label"]}) else found

    def _is_titled(self, row: Any, found: Sequence[Paper]) -> bool:
        """Tell whether the title alone finds the same."""
        return bool(row["shown"]) and find_attached({**row, "label": None}, found)[0] == list(found)

    def _members_of(self, parent: str) -> list[tuple[int, Paper]]:
        if parent not in self._members:
            rows = self.to.execute(_MEMBERS, {"parent": parent}).mappings().all()
            few = rows if len(rows) <= MOST else ()
            self._members[parent] = [(row["doc"], read_paper(row)) for row in few]
        return self._members[parent]

    def _in_folder(self, row: Any) -> list[Paper]:
        label, title = label_in(row["label"]), fold_name(row["shown"])
        if label is None:
            return []
        folder = row["path"].rpartition("/")[0]
        named = [
            (id_, name)
            for id_, name in self._files_of(folder, label)
            if id_ != row["id"] and (label in labels_in(name) or title in fold_name(name))
        ]
        ids = list(dict.fromkeys(id_ for id_, _ in named))[:_BEGINNING]
        papers = self.to.execute(_ATTACHMENTS, {"ids": ids}).mappings() if ids else ()
        found = {row["id"]: read_paper(row) for row in papers}
        agreeing = [found[id_] for id_, name in named if id_ in found and self._agrees(row, name, found[id_])]
        return list({paper.id: paper for paper in agreeing}.values())

    def _agrees(self, row: Any, name: str, paper: Paper) -> bool:
        """Tell whether a file has both the label and the title, in its name or in its own title."""
        if label_in(row["label"]) not in labels_in(name, paper.title or ""):
            return False
        return fold_name(row["shown"]) in fold_name(name) or self._is_titled(row, [paper])

    def _files_of(self, folder: str, label: str) -> list[tuple[str, str]]:
        """Give the files that lie in a folder itself, as (id, name)."""
        if folder not in self._large:
            below = {"low": f"{folder}/", "high": f"{folder}0"}
            self._large[folder] = self.to.scalar(_ONE_AFTER, {**below, "past": MOST}) is not None
            if not self._large[folder]:
                self._files[folder, ""] = self._between(_FILES, below, folder)
        asked = (folder, label if self._large[folder] else "")
        if asked not in self._files:
            starts = [f"{folder}/{spelling.format(label)}" for spelling in _SPELLINGS]
            lows = {f"low{at}": start for at, start in enumerate(starts)}
            highs = {f"high{at}": f"{start}\U0010ffff" for at, start in enumerate(starts)}
            self._files[asked] = self._between(_BEGINNING_SO, lows | highs, folder)
        return self._files[asked]

    def _between(self, query: Any, asked: dict[str, str], folder: str) -> list[tuple[str, str]]:
        found = self.to.execute(query, asked)
        return [(id_, path[len(folder) + 1 :]) for id_, path in found if "/" not in path[len(folder) + 1 :]]


def _files(low: str, high: str) -> Any:
    """Select the files between two paths, in their order."""
    path = inputs.c.path
    between = (path >= sa.bindparam(low), path < sa.bindparam(high), inputs.c.id.is_not(None))
    return sa.select(inputs.c.id, path).where(*between).order_by(path)


def filed(limit: int, *, that_day: bool) -> Any:
    """Select the attachments that bear or cite a case; `that_day`, those of some days."""
    keys: Any = sa.bindparam("keys", expanding=True)
    days: Any = sa.bindparam("days", expanding=True)
    own = sa.select(numbers.c.doc).where(numbers.c.kind == "case", numbers.c.key.in_(keys))
    cited = sa.select(references.c.doc).where(references.c.kind == "case", references.c.key.in_(keys))
    if that_day:
        own = own.where(numbers.c.dated.in_(days))
        cited = cited.where(references.c.date.is_(None), references.c.dated.in_(days))
    near = documents.c.doc.in_(own.union(cited))
    return paper_query().where(documents.c.doc_type.in_(("attachment", *ENCLOSED)), near).limit(limit + 1)


def _mailed() -> Any:
    """Select what came in the mails that bear or cite one of the cases `keys`."""
    keys: Any = sa.bindparam("keys", expanding=True)
    own = sa.select(numbers.c.doc).where(numbers.c.kind == "case", numbers.c.key.in_(keys))
    cited = sa.select(references.c.doc).where(references.c.kind == "case", references.c.key.in_(keys))
    mails = documents.alias("mails")
    ids = sa.select(mails.c.id).where(mails.c.doc.in_(own.union(cited)), mails.c.doc_type == "email")
    return paper_query().where(documents.c.parent.in_(ids)).limit(sa.bindparam("limit", type_=sa.Integer))


_MAILED = _mailed()
_MEMBERS = paper_query().where(documents.c.parent == sa.bindparam("parent")).limit(MOST + 1)
_ATTACHMENTS = paper_query().where(
    documents.c.id.in_(sa.bindparam("ids", expanding=True)), documents.c.doc_type == "attachment"
)
_FILES = _files("low", "high")
_ONE_AFTER = _FILES.limit(1).offset(sa.bindparam("past", type_=sa.Integer))
#: A compound select takes a limit for each of its parts only where the part is a table.
_BEGINNING_SO = sa.union_all(
    *(sa.select(_files(f"low{at}", f"high{at}").limit(_BEGINNING).subquery()) for at in range(len(_SPELLINGS)))
)
_NAMING = (
    sa.select(references.c.doc)
    .where(
        references.c.doc.in_(sa.bindparam("docs", expanding=True)),
        references.c.kind == "attachment",
        references.c.label == sa.bindparam("label"),
    )
    .limit(1)
)
