"""The words of a trail, in Danish for pages to hand on, in English for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corpus.records import Vote
from search.steps import Change, Gap, Step, Trail


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `stages` and `outcomes` are those of a step, by their English name."""

    lang: str
    trail: str
    also: str
    no_date: str
    near: str
    by: str
    announced: str
    page: str
    item: str
    papers: str
    bodies: str
    cases: str
    told: str
    deadline: str
    copies: tuple[str, str]
    more: str
    before: str
    timeline: str
    graph: str
    graph_cut: str
    sides: Mapping[str, str]
    changes: Mapping[str, str]
    gaps: Mapping[Gap, str]
    stages: Mapping[str, str]
    outcomes: Mapping[str, str]
    links: Mapping[str, str]
    stances: Mapping[str, str]

    def stage(self, step: Step) -> str:
        """Name a step's stage."""
        return self.stages.get(step.stage, step.stage.replace("_", " "))

    def gap(self, step: Step) -> str:
        """Say what the archive lacks; empty where it lacks nothing."""
        return self.gaps[step.gap] if step.gap else ""

    def day(self, step: Step) -> str:
        """Give the date, or the one by which the step is put in order."""
        if step.date:
            return self.date(step.date)
        return self.near.format(self.date(step.placed)) if step.placed else self.no_date

    def date(self, date: str) -> str:
        """Write a day or a month as the language does."""
        if self.lang != "da":
            return date
        return ".".join(str(int(part)) for part in reversed(date.split("-")))


ENGLISH = Words(
    lang="en",
    trail="Trail of",
    also="Also named",
    no_date="no date",
    near="near {}",
    by="by",
    announced="announced",
    page="page",
    item="item",
    papers="letters and papers",
    bodies="bodies",
    cases="cases",
    told="told by",
    deadline="deadline",
    copies=("and 1 copy in another format", "and {} copies in other formats"),
    more="{} more mentions: --offset {}",
    before="{} mentions before",
    timeline="Timeline",
    graph="What belongs together",
    graph_cut="The first {} of {} papers.",
    sides=MappingProxyType({"for": "for", "against": "against", "abstain": "abstaining"}),
    changes=MappingProxyType(
        {
            "body": "now {after}, before {before}",
            "outcome": "now {after}, before {before}",
            "votes": "votes now {after}, before {before}",
            "text": "{lines} lines of the text differ",
            "line": "1 line of the text differs",
            "amended": "amended (”{after}”)",
        }
    ),
    gaps=MappingProxyType(
        {
            "meeting": "missing: no paper of this meeting in the archive",
            "minutes": "missing: an agenda and no minutes",
            "decision": "missing: no decision after this",
            "hearing": "missing: the deadline is over, and no decision after the hearing",
            "signing": "missing: no paper says that it was signed",
            "report": "missing: the report that was promised",
            "silence": "missing: years without a paper, though reports were promised for them",
        }
    ),
    stages=MappingProxyType({"reported": "reported on", "written": "written about"}),
    outcomes=MappingProxyType({}),
    links=MappingProxyType(
        {"near_duplicate": "nearly the same text", "letter": "answers or cites", "told": "tells of"}
    ),
    stances=MappingProxyType({"for": "for", "against": "against", "remarks": "remarks", "none": "no remarks"}),
)
_DANISH_OUTCOMES = {
    "approved": "godkendt",
    "recommended": "anbefalet",
    "noted": "taget til efterretning",
    "discussed": "drøftet",
    "postponed": "udsat",
    "withdrawn": "taget af",
    "rejected": "forkastet",
    "referred": "sendt videre",
    "other": "andet",
}
DANISH = Words(
    lang="da",
    trail="Sporet af",
    also="Også kaldt",
    no_date="uden dato",
    near="omkring {}",
    by="af",
    announced="varslet",
    page="side",
    item="pkt.",
    papers="breve og papirer",
    bodies="udvalg",
    cases="sager",
    told="omtalt i",
    deadline="frist",
    copies=("og 1 kopi i et andet format", "og {} kopier i andre formater"),
    more="{} omtaler mere: --offset {}",
    before="{} omtaler før",
    timeline="Tidslinje",
    graph="Hvad der hører sammen",
    graph_cut="De første {} af {} papirer.",
    sides=MappingProxyType({"for": "for", "against": "imod", "abstain": "hverken for eller imod"}),
    changes=MappingProxyType(
        {
            "body": "nu {after}, før {before}",
            "outcome": "nu {after}, før {before}",
            "votes": "stemmer nu {after}, før {before}",
            "text": "{lines} linjer i teksten er ændret",
            "line": "1 linje i teksten er ændret",
            "amended": "ændret (”{after}”)",
        }
    ),
    gaps=MappingProxyType(
        {
            "meeting": "mangler: intet papir fra mødet i arkivet",
            "minutes": "mangler: dagsorden uden referat",
            "decision": "mangler: ingen beslutning herefter",
            "hearing": "mangler: fristen er udløbet, og ingen beslutning efter høringen",
            "signing": "mangler: intet papir siger, at der blev underskrevet",
            "report": "mangler: den opfølgning, der blev lovet",
            "silence": "mangler: år uden et papir, skønt der skulle følges op",
        }
    ),
    stages=MappingProxyType(
        {
            "heard": "i høring",
            "answered": "høringssvar",
            "scheduled": "på dagsordenen",
            "proposed": "indstillet",
            "treated": "behandlet",
            "decided": "besluttet",
            **{name: _DANISH_OUTCOMES[name] for name in ("recommended", "noted", "discussed", "postponed")},
            **{name: _DANISH_OUTCOMES[name] for name in ("withdrawn", "rejected", "referred")},
            "forwarded": "forelægges",
            "signed": "underskrift",
            "followed_up": "fulgt op",
            "reported": "redegjort for",
            "written": "skrevet om",
            "attached": "bilag",
            "mentioned": "nævnt",
        }
    ),
    outcomes=MappingProxyType(_DANISH_OUTCOMES),
    links=MappingProxyType(
        {
            "near_duplicate": "næsten samme tekst",
            "letter": "svarer på eller henviser til",
            "meeting": "henviser til mødet",
            "attachment": "bilag",
            "document": "henviser til",
            "told": "omtaler",
        }
    ),
    stances=MappingProxyType(
        {"for": "for", "against": "imod", "remarks": "bemærkninger", "none": "ingen bemærkninger"}
    ),
)


def say_changes(step: Step, words: Words) -> Iterator[str]:
    """Say in few words what is other than at the step before."""
    for change in step.changes:
        form = words.changes["line" if change.what == "text" and change.lines == 1 else change.what]
        yield form.format(
            before=_value(change, change.before, words), after=_value(change, change.after, words), lines=change.lines
        )


def _value(change: Change, value: str | None, words: Words) -> str:
    return words.outcomes.get(value or "", value or "?") if change.what == "outcome" else value or "?"


def say_votes(votes: Sequence[Vote], words: Words) -> str:
    """Give who voted how, as far as the paper says: `44 for (A, B), 7 imod (O)`."""
    return ", ".join(_side(vote, words) for vote in votes)


def _side(vote: Vote, words: Words) -> str:
    count = "" if vote.count is None else f"{vote.count} "
    return f"{count}{words.sides[vote.side]}" + (f" ({', '.join(vote.parties)})" if vote.parties else "")


def say_copies(trail: Trail, step: Step, words: Words) -> str:
    """Say how many copies of a step's paper were left out; empty where there are none."""
    count = trail.copies(step)
    return words.copies[count > 1].format(count) if count else ""


def say_rest(trail: Trail, words: Words) -> Iterator[str]:
    """Say what stands on other pages."""
    if trail.offset:
        yield words.before.format(trail.offset)
    if trail.more:
        yield words.more.format(trail.more, trail.next_offset)
