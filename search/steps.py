"""The values of a trail: its steps, what changed from one to the next, and what is missing between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from corpus.links import Paper
from corpus.records import SCHEMA, Vote
from search.case import paper_to_json

#: What a step tells of that the archive does not hold: the paper of a meeting, minutes after an agenda, a decision
#: after a recommendation or after a hearing, word of a signing, a report that was promised, any paper of years for
#: which reports were.
Gap = Literal["meeting", "minutes", "decision", "hearing", "signing", "report", "silence"]
#: What may differ between two steps: the body, the outcome, the votes, lines of their texts, or what a decision says
#: that it amends.
Difference = Literal["body", "outcome", "votes", "text", "amended"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is other than at the earlier step `since`; `lines` counts lines of near-duplicate texts."""

    what: Difference
    before: str | None = None
    after: str | None = None
    lines: int | None = None
    since: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "what": self.what,
            "before": self.before,
            "after": self.after,
            "lines": self.lines,
            "since": self.since,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a matter, told by a paper.

    An `announced` one is only said to come by the paper that it is quoted from; of one with a `gap` the archive lacks
    the paper itself. `placed` is the date by which an undated step is put in order; `copy_of` the paper of an earlier
    step whose copy this is, in another format.
    """

    date: str | None
    stage: str
    body: str | None
    paper: Paper
    page: int
    quote: str
    names: tuple[str, ...]
    announced: bool = False
    gap: Gap | None = None
    placed: str | None = None
    deadline: str | None = None
    votes: tuple[Vote, ...] = ()
    changes: tuple[Change, ...] = ()
    copy_of: str | None = None

    @property
    def real(self) -> bool:
        """Tell whether the step's own paper is in the archive."""
        return not self.announced and self.gap is None

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "date": self.date,
            "stage": self.stage,
            "body": self.body,
            "announced": self.announced,
            "gap": self.gap is not None,
            "gap_kind": self.gap,
            "placed": self.placed,
            "deadline": self.deadline,
            "votes": [{"side": vote.side, "count": vote.count, "parties": list(vote.parties)} for vote in self.votes],
            "changes": [change.to_json() for change in self.changes],
            "copy_of": self.copy_of,
            "document": paper_to_json(self.paper),
            "page": self.page,
            "quote": self.quote,
            "names": list(self.names),
        }


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of a matter in time, and the names under which it goes; `more` mentions come after this page."""

    query: str
    name: str
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    offset: int = 0
    more: int = 0
    #: Where the next page begins.
    next_offset: int = 0

    @property
    def shown(self) -> tuple[Step, ...]:
        """Give the steps without the copies of a paper in other formats."""
        return tuple(step for step in self.steps if step.copy_of is None)

    def copies(self, step: Step) -> int:
        """Count the copies of a step's paper."""
        return sum(other.copy_of == name_of(step.paper) for other in self.steps) if step.real else 0

    def to_json(self) -> dict[str, Any]:
        """Give the shape of docs/json.md."""
        return {
            "schema": SCHEMA,
            "query": self.query,
            "name": self.name,
            "names": list(self.names),
            "offset": self.offset,
            "more": self.more,
            "steps": [step.to_json() for step in self.steps],
        }


def name_of(paper: Paper) -> str:
    """Give a paper's id, with `#` and the number of its item where it is one."""
    return paper.id if paper.item is None else f"{paper.id}#{paper.item}"
