"""Who voted how: counts (`med 7 stemmer mod 3`), and the parties before or after the words that name a side.

A party stands before `stemte imod` and after `Imod stemte`. A sentence that leaves open whose vote it tells gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.records import Vote

Side = Literal["for", "against", "abstain"]

_QUOTED = re.compile(r"[\"“”„»][^\"“”„«»]{0,2000}[\"“”«]")
_VOTE_WORD = re.compile(r"stem|mod(?::|(?!\w))|(?<!\w)for:", re.IGNORECASE)
_STOP = re.compile(r"(?<!pkt)(?<!nr)(?<!jf)(?<!medl)[.!?;](?= |$)")
#: The letters between a first and a last name (`Bo P. Ås`), and those before a name with its party (`P. Ås (O)`).
_INITIALS = re.compile(
    r"(?<!\w)(?!(?:For|Imod|Mod|Liste|Undlod|Partiet) )([A-ZÆØÅ][a-zæøåé-]{1,20} )"
    r"(?:[A-ZÆØÅ]\.? ){1,2}(?=(?!(?:For|Imod|Mod|Undlod) )[A-ZÆØÅ][a-zæøåé])"
)
_INITIAL_FIRST = re.compile(r"(?<![\w.])[A-ZÆØÅ]\. (?=[A-ZÆØÅ][a-zæøåé-]{1,20}(?: [A-ZÆØÅ][a-zæøåé-]{1,20})? \()")
#: Votes on an amendment are not those on the decision.
_AMENDMENT = re.compile(r"(?:(?:et|[\wæøåÆØÅ]{1,30}s) )?(?:\w{1,20} )?(?:under)?ændringsforslag", re.IGNORECASE)

#: A motion that fell, told by itself: its votes are not those on the decision, unless that is what was decided.
_FELL = re.compile(
    r"(?:forslag|motion|afstemning)\w*(?: \S{1,40}){0,14}? (?:fald(?:t|er|et)|forkast\w{1,3}|nedstemt|bortfaldt"
    r"|ikke vedtaget|blev stemt ned)(?!\w)",
    re.IGNORECASE,
)
_IT_FELL = re.compile(
    r"(?:forslaget|ændringsforslaget|dette|det)(?: \w{1,20}){0,3} (?:faldt|forkastet|nedstemt|bortfaldt)", re.IGNORECASE
)
_ADOPTS = re.compile(r"(?<!ikke )(?<!\w)(?:vedt(?:og|aget)|godkendt\w*|tiltr[åæ]dt\w*|vedtages)(?!\w)", re.IGNORECASE)

_HELD = r"(?: ?\(([^()]{1,160})\))?"
_COUNT = rf"(\d{{1,3}})(?: (?:stemmer?|medlemmer|medlem))?{_HELD}"
#: `7 stemmer (A, F) mod 3 (O)`, `5 mod 2 stemmer`; `20 stemmer for, 5 imod`.
_COUNTS = (
    re.compile(
        rf"(?<![\w.,/-])(?=\d{{1,3}} stemmer?(?!\w)|\d{{1,3}} i?mod \d{{1,3}} stemmer)"
        rf"{_COUNT}(?: for)?{_HELD},? i?mod {_COUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,/-]){_COUNT}(?: stemte)? for{_HELD}(?:,| og|, og|,? mens) {_COUNT} (?:stemmer )?i?mod(?!\w){_HELD}",
        re.IGNORECASE,
    ),
)
_AFTER = re.compile(
    r"(?<!\w)(?:(?P<neither>hverken for eller i?mod) stemte"
    r"|(?P<side>for|i?mod)(?: (?:indstillingen|forslaget|dette|det|sagen))? stemte"
    r"|stemte (?P<told>for|i?mod|hverken for eller i?mod)(?: \w{1,30}){0,2}:"
    r"|(?P<abstained>undlod at stemme)(?::| (?=\d))):?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:stemte|stemmer|har stemt) "
    r"(?P<side>for|i?mod|hverken for eller i?mod|blankt)(?!\w)(?! at (?!\w+t stemme))"
    r"|(?P<abstained>und(?:lod|lader|ladt) at stemme|undlod(?= ?(?:[,;]|$))))",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" ?\([^()]{1,160}\)")
#: `For: A og F. Imod: O.`
_LABEL = re.compile(r"(?:^|(?<=[,)-] ))(?P<side>for|i?mod):", re.IGNORECASE)
#: `stemte for V's ændringsforslag`, `stemte for pkt. 1 og imod pkt. 2`: no vote on the decision as a whole.
_OTHER_OBJECT = re.compile(r"[^,;:(]{0,40}ændringsforslag|[^,;:(]{0,40} og (?:for|i?mod) (?!stemte)", re.IGNORECASE)

_PARTY_NAMES = (
    ("Socialdemokrat", "A"),
    ("Radikale Venstre", "B"),
    ("Radikale", "B"),
    ("Konservative", "C"),
    ("Nye Borgerlige", "D"),
    ("Socialistisk Folkeparti", "F"),
    ("SF", "F"),
    ("Liberal Alliance", "I"),
    ("LA", "I"),
    ("Kristendemokrat", "K"),
    ("Dansk Folkeparti", "O"),
    ("DF", "O"),
    ("Venstre", "V"),
    ("Enhedslisten", "Ø"),
    ("Alternativet", "Å"),
)
_LETTER_OF = dict(_PARTY_NAMES)
_LONG, _SHORT = ("|".join(name for name in _LETTER_OF if (len(name) > 2) == long) for long in (True, False))
#: `I` is a party's letter within a list only.
_PARTY = re.compile(
    rf"(?<![\w.])(?:(?P<name>(?:{_LONG})(?=(?:\w{{0,12}}|'s)(?!\w))|(?:{_SHORT})(?=(?:s|'s)?(?!\w)))"
    r"|(?P<letter>[A-HJ-ZÆØÅ]|I(?= ?[,;:./()]| og | samt | ?$))(?='s|(?!\w)))"
)
_TOKEN = re.compile(r"\([^()]{0,160}\)|[\wæøåÆØÅé'’-]+\.?|[^\s\w]")
#: `13 (A, B)`, `et flertal på 5`; `Venstres 3 medlemmer`.
_OPENS_WITH = re.compile(
    r"[ ,:]*(?:(?:og|alle|de|et flertal på) ){0,3}\d{1,3}(?! ?[,\w.]| og )|[ ,]*(?:og |alle |de )?\d{1,3} [a-zæøå]{3}"
)
_OF_ONE = re.compile(r"^[ ,]*(?:og )?[A-ZÆØÅ]\w{1,30}s \d{1,3} (?:medlem|repræs|stemme)\w{0,12} *$")
_NUMBER = re.compile(r"\d{1,3}")
#: Words that may stand within a list of those who vote.
_LISTED = frozenset(
    """og samt , / & + et flertal mindretal bestående medlem medlemmer medlemmerne medlemmet partierne partiet listerne
    liste listen gruppe gruppen grupperne stemmer stemme alle de det øvrige repræsentant repræsentanterne repræsentanter
    borgmester rådmand rådmændene viceborgmester formand næstformand byrådsmedlem udvalgsmedlem har kun alene""".split()  # noqa: SIM905
)
#: `fra` and `af` belong to a list only after these.
_MEMBERS = frozenset(
    """medlem medlemmer medlemmerne medlemmet flertal mindretal bestående repræsentant repræsentanter repræsentanterne
    gruppen""".split()  # noqa: SIM905
)
#: Words after which a clause with its own subject begins.
_OPENERS = frozenset(
    "mens men idet at hvor hvorefter da fordi hvoraf som dog herefter således imens med på : ; -".split()  # noqa: SIM905
)
#: What may stand before a figure that tells how many voted so.
_BEFORE_COUNT = frozenset(("med", "stemmerne", "var", "er", "blev"))


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that name a side, and whether the voters stand after them."""

    side: Side
    start: int
    end: int
    after: bool


def read_votes(text: str, *, rejects: bool = True) -> tuple[Vote, ...]:
    """Read who voted how on one decision: of two statements on a side the second only adds what the first lacks.

    Unless the decision `rejects`, what a motion got that fell is no vote on it.
    """
    votes: dict[Side, Vote] = {}
    if not _VOTE_WORD.search(text):
        return ()
    plain = _INITIAL_FIRST.sub("", _INITIALS.sub(r"\1", _QUOTED.sub(" ", text)))
    for _, told in _on_decision(_sentences(plain), rejects=rejects):
        for vote in told:
            votes[vote.side] = _join(votes.get(vote.side), vote)
    order: tuple[Side, ...] = ("for", "against", "abstain")
    return tuple(votes[side] for side in order if side in votes)


def _join(known: Vote | None, vote: Vote) -> Vote:
    if known is None:
        return vote
    if known.count is not None and vote.count is not None and known.count != vote.count:
        return known
    return Vote(known.side, known.count if known.count is not None else vote.count, known.parties or vote.parties)


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences that tell votes on the decision: those on an amendment end with the votes after it."""
    start, aside = 0, False
    for end in (*(stop.start() for stop in _STOP.finditer(text)), len(text)):
        sentence = text[start:end].strip()
        start = end + 1
        opened = _AFTER.match(sentence) or _LABEL.match(sentence)
        aside = bool(_AMENDMENT.match(sentence)) or (aside and bool(opened))
        if sentence and not aside:
            yield sentence


def _on_decision(sentences: Iterable[str], *, rejects: bool) -> list[tuple[str, tuple[Vote, ...]]]:
    """Read each sentence's votes, without those on a motion that fell before or beside the decision."""
    kept: list[tuple[str, tuple[Vote, ...]]] = []
    for sentence in sentences:
        told = tuple(_read_sentence(sentence))
        if not rejects and not _ADOPTS.search(sentence):
            if told and _FELL.search(sentence):
                continue
            while not told and kept and _IT_FELL.match(sentence) and kept[-1][1] and not _ADOPTS.search(kept[-1][0]):
                kept.pop()
        kept.append((sentence, told))
    return kept


def _read_sentence(sentence: str) -> Iterator[Vote]:
    for pattern in _COUNTS:
        if counts := pattern.search(sentence):
            yield from _counted(counts)
            sentence = sentence[: counts.start()] + " ; " + sentence[counts.end() :]
            break
    marks = _marks(sentence)
    done = 0
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        limit = after.start if after else len(sentence)
        told = _preceding(sentence[done : mark.start])
        if mark.after:
            shared = after is not None and not after.after
            voters, length = _following(sentence[mark.end : limit], shared)
            vote = _vote(mark.side, voters, _count(told))
        else:
            held = _BRACKET.match(sentence, mark.end)
            length = held.end() - mark.end if held else 0
            vote = _vote(mark.side, f"{told}{held.group() if held else ''}")
        done = mark.end + length
        if vote and not _OTHER_OBJECT.match(sentence, mark.end):
            yield vote


def _counted(counts: re.Match[str]) -> Iterator[Vote]:
    """Give both sides of `20 stemmer (A, F) mod 5 (O)`; a bracket stands before or after the word for its side."""
    groups = counts.groups()
    count, held, *more = groups[:3]
    yield Vote("for", int(count), _parties(held or more[0] or ""))
    count, *rest = groups[3:]
    yield Vote("against", int(count), _parties(" ".join(each for each in rest if each)))


def _marks(sentence: str) -> list[_Mark]:
    """Find the words that name a side; of two that overlap the first, and of those the one before its voters."""
    found = [(each, True) for pattern in (_LABEL, _AFTER) for each in pattern.finditer(sentence)]
    found += [(each, each.start() == 0) for each in _BEFORE.finditer(sentence)]
    marks: list[_Mark] = []
    for each, after in sorted(found, key=lambda one: one[0].start()):
        if not marks or each.start() >= marks[-1].end:
            words = each.groupdict()
            marks.append(_Mark(_side_of(words["side"] or words.get("told") or ""), *each.span(), after))
    return marks


def _side_of(word: str) -> Side:
    return "for" if word.lower() == "for" else "against" if word.lower() in ("mod", "imod") else "abstain"


def _following(region: str, shared: bool) -> tuple[str, int]:
    """Give the list that opens a region and its length; nothing where the next clause's voters may be part of it."""
    end, last = 0, ""
    for token in _TOKEN.finditer(region):
        if token.group() != ":" and not _is_listed(token.group(), last):
            return region[:end], end
        end, last = token.end(), token.group().lower()
    return ("" if shared else region), len(region)


def _preceding(region: str) -> str:
    """Give the list that closes a region; nothing where words before it may claim its first name."""
    tokens = list(_TOKEN.finditer(region))[-80:]
    at = len(tokens)
    while at and _is_listed(tokens[at - 1].group(), tokens[at - 2].group().lower() if at > 1 else ""):
        at -= 1
    listed = region[tokens[at].start() :] if at < len(tokens) else ""
    stop = tokens[at - 1].group().lower() if at else ","
    claimed = listed[:1] != "," and stop not in (*_OPENERS, ",")
    if claimed and (_PARTY.match(listed) or (listed[:1].isdigit() and stop not in _BEFORE_COUNT)):
        return ""
    return listed


def _is_listed(token: str, before: str) -> bool:
    lower = token.lower()
    if lower in ("fra", "af", "i"):
        return token == "I" or before in _MEMBERS
    return lower in _LISTED or token[0] == "(" or token[0].isdigit() or token[0].isupper()


def _vote(side: Side, voters: str, told: int | None = None) -> Vote | None:
    parties, count = _parties(voters), _count(voters)
    count = told if count is None else count
    return Vote(side, count, parties) if parties or count is not None else None


def _count(voters: str) -> int | None:
    """Read how many: the figure before the list, or those in brackets where each party or only the last has one."""
    outside = _BRACKET.sub("|", voters)
    bare = _NUMBER.findall(outside)
    if bare:
        return int(bare[0]) if len(bare) == 1 and (_OPENS_WITH.match(outside) or _OF_ONE.search(outside)) else None
    held = [int(figure) for figure in re.findall(r"\((\d{1,3})\)", voters)]
    if len(held) == 1:
        return held[0] if re.search(r"\(\d{1,3}\)[ ,]*$", voters) else None
    return sum(held) if held and len(held) == len(_PARTY.findall(outside)) else None


def _parties(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found["letter"] or _LETTER_OF[found["name"]] for found in _PARTY.finditer(names)))
