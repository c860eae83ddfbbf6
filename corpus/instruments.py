"""Names of charters, policies, plans, agreements and measuring systems: what is one under many spellings.

`instrument_key` folds what never matters (case, quotation marks, blanks, dashes, genitive); `same_instrument` decides
whether two keys name one thing: misspellings and turned word order do, another year, number, owner or subject does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corpus.text import flatten, fold_spaces

_PACKAGED = Path(__file__).parent / "data" / "instruments" / "common.toml"
_QUOTES = str.maketrans("", "", "\"'“”„«»")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[-/] ?(?:19|20)?\d\d)?(?![\d])")
_PERIOD = re.compile(r"((?:19|20)\d\d) (?:til(?: og med)?|to) ((?:19|20)\d\d)")
#: A title that is the name of a policy or plan and its years, and nothing else.
_OWN = re.compile(
    r"(?:(?:forslag|udkast|endelig[et]?|revideret)(?: til)? )?(?P<name>(?:[\wæøå-]{2,30} kommunes )?"
    r"(?!(?:tids|møde|proces|ferie|vagt|uge|års|arbejds)plan)[\wæøå]{2,30}(?:- og [\wæøå]{2,30})?"
    r"(?:politik|strategi|plan|charter)(?: (?:for|mod|om) [\wæøå -]{2,60})?"
    r" (?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d)",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[^\wæøå-]+")
#: Full stops inside a number: local plan 1.14 is neither 114 nor 14.1.
_INNER_STOP = re.compile(r"(?<=\d)\.(?=\d)")
#: Words that carry no identity in a name, Danish and English.
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "den", "det", "de", "en", "et", "for", "fra", "med", "nr"}
    | {"of", "og", "om", "on", "på", "the", "til", "vores", "kommunens", "byens", "københavns"}
    | {"ny", "nye", "nyt", "forslag", "udkast", "revideret", "gældende", "nuværende", "kommende", "perioden", "årene"}
)
#: Whose it is: `Fjordby Kommunes sundhedspolitik`; a name without an owner may be any council's.
_OWNER = re.compile(r"(?<![\w-])(\w{2,40}) kommunes(?![\w-])")
#: What is one kind of plan in several words.
_KINDS = {
    "lokalplanen": ("lokalplan",),
    "lokalplanforslag": ("lokalplan",),
    "lokalplanforslaget": ("lokalplan",),
    "kommuneplantillæg": ("kommuneplan", "tillæg"),
    "kommuneplantillægget": ("kommuneplan", "tillæg"),
    "kommuneplanen": ("kommuneplan",),
}
_ENDINGS = ("ernes", "erne", "enes", "ets", "ens", "et", "en", "s")
#: Words of a name that are counted.
MOST_WORDS = 9
#: Of so many words on, a name is also the one that has only some of them.
LONG = 3
#: Heads of names that are so rare that an owner before one may stand for the whole: `EUROCITIES' charter`.
_RARE_HEADS = ("charter", "charteret", "chartret", "konvention", "konventionen")


@cache
def known_instruments() -> tuple[tuple[str, ...], ...]:
    """Give the names of each instrument of the packaged register, the one that is shown first."""
    entries = tomllib.loads(_PACKAGED.read_text("utf-8"))["instrument"]
    return tuple((entry["name"], *entry.get("also", ())) for entry in entries)


@lru_cache(maxsize=65536)
def instrument_key(name: str) -> str:
    """Give the join key of a name: lower case, without quotation marks, blanks around year dashes, genitive -s."""
    text = _INNER_STOP.sub("-", fold_spaces(flatten(name)).casefold().translate(_QUOTES))
    text = _PERIOD.sub(r"\1-\2", text)
    text = _YEARS.sub(lambda match: re.sub(r" ?([-/]) ?", r"\1", match.group()), text)
    return fold_spaces(_NOT_WORDS.sub(" ", text.replace("/", "-")))


def own_instrument(title: str | None) -> str | None:
    """Give the name of the policy or plan that a paper with such a title is: `Udkast til Havneplan 2013-2017`.

    Only years make a title a name; agreements have parties, not readers who name them.
    """
    found = _OWN.fullmatch(title or "")
    return found["name"] if found else None


@lru_cache(maxsize=65536)
def split_key(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a key's words, without function words and the owner and sorted, and its years, periods in full."""
    years = tuple(sorted(map(_in_full, _YEARS.findall(key))))
    words = (word.strip("-") for word in _YEARS.sub(" ", _OWNER.sub(" ", key)).split())
    kept = {each for word in words if word and word not in _FUNCTION_WORDS for each in _KINDS.get(word, (word,))}
    return tuple(sorted(kept)), years


def _in_full(years: str) -> str:
    """Write `2011-14` as `2011-2014`."""
    first, dash, last = years.partition("-")
    return f"{first}-{first[:2]}{last}" if dash and len(last) == 2 else years


def same_instrument(one: str, other: str) -> bool:
    """Tell whether two keys name the same instrument.

    Years and owners must agree where both have them. The words must be the same but for one letter in long ones; a name
    of three or more words is also the same when all of its words stand in the other (`charter integrating cities` in
    `eurocities charter integrating cities`), and one of an owner and `charter` when the other begins with it.
    """
    if one == other:
        return True
    (words, years), (other_words, other_years) = split_key(one), split_key(other)
    if not words or not other_words or (years and other_years and years != other_years):
        return False
    fewer, more = sorted((words, other_words), key=len)
    if len(fewer) < len(more) and len(fewer) < LONG and not _begins(one, other):
        return False
    if not all(word in more or any(_same_word(word, candidate) for candidate in more) for word in fewer):
        return False
    return _owners_agree(one, other)


def cluster(asked: Iterable[str], keys: Iterable[str]) -> list[str]:
    """Give the keys that name the same instrument as one of those asked for, in their order.

    An owner's form (`PORTCITIES' charter`) has no word of the subject: the full name that begins with it leads there.
    An addition to a plan of these years names the plan, too; the plan does not name its additions.
    """
    wanted, every = list(dict.fromkeys(asked)), list(keys)
    full = [key for key in every for each in wanted if _is_owners(each) and _begins(each, key)]
    wanted = list(dict.fromkeys((*wanted, *full)))
    stems = tuple({stem for key in wanted for word in split_key(key)[0] for stem in _stems(word)})
    near = [key for key in every if any(stem in key for stem in stems)]
    found = {key for key in near if any(same_instrument(each, key) or _adds_to(key, each) for each in wanted)}
    short = {key for key in near if _is_owners(key)} - found
    return [key for key in near if key in found or (key in short and any(_begins(key, each) for each in found))]


@dataclass(frozen=True, slots=True)
class Block:
    """What an index of names has of a key: a part of a word, how many words there are, and its years as one string.

    Nine words stand for more, too. Of an owner's form (`portcities charter`) it has the whole, with no words.
    """

    part: str
    words: int
    years: str


@lru_cache(maxsize=16384)
def blocks_of(key: str) -> frozenset[Block]:
    """Give the blocks of a key; an addition to a plan (`tillæg 4 til kommuneplan 2019`) has those of the plan, too."""
    form = owners_form(key)
    found = {Block(form, 0, "")} if form else set()
    for name in (key, _whole_of(key)):
        words, years = split_key(name)
        found |= {
            Block(part, min(len(words), MOST_WORDS), joined(years)) for word in words for part in _halves(word, 0)
        }
    return frozenset(found)


def joined(years: Iterable[str]) -> str:
    """Write the years of a key as a block has them."""
    return " ".join(years)


def sought_parts(word: str) -> list[str]:
    """Give the parts of which a word that is the same, but for a letter or an ending, has one at least."""
    return sorted(set(_halves(word, 1)))


def owners_form(key: str) -> str:
    """Give the owner's form with which a key begins, `portcities charter`; empty where it begins with none."""
    first = " ".join(key.split(" ", 2)[:2])
    return first if _is_owners(first) else ""


def _halves(word: str, slack: int) -> Iterator[str]:
    """Yield a word's first and last half, of which one wrong letter spoils one at most, in full and without its ending.

    With `slack` the halves are also those that the word would have with so many letters more or fewer. A word that must
    be the same letter by letter comes whole; of words joined by dashes the first tells.
    """
    word = word.partition("-")[0]
    if len(word) < 5 or not word.isalpha():
        yield word
        return
    for form in (word, _bare(word)):
        for half in range((len(form) - slack) // 2, (len(form) + slack) // 2 + 1):
            yield f"{form[:half]}*"
            yield f"*{form[-half:]}"


def _adds_to(key: str, plan: str) -> bool:
    """Tell whether a key is `tillæg nr. 4 til ` and that plan, which must have years."""
    whole = _whole_of(key)
    return bool(whole) and bool(years_of(plan)) and same_instrument(whole, plan)


def _whole_of(key: str) -> str:
    """Give the plan to which an addition is made; empty where a key is none."""
    addition, _, whole = key.partition(" til ")
    return whole if "tillæg" in addition else ""


def _stems(word: str) -> tuple[str, ...]:
    """Give parts of a word of which one wrong letter spoils at most one; a short word allows for none."""
    if len(word) < 5:
        return (word,)
    return (word[:4], word[4:8]) if len(word) >= 8 else (word[: len(word) // 2], word[len(word) // 2 :])


def _is_owners(key: str) -> bool:
    first, _, head = key.partition(" ")
    return bool(first) and head in _RARE_HEADS


def _begins(one: str, other: str) -> bool:
    """Tell whether the shorter key is an owner with a rare head, and the longer one begins with it."""
    short, full = sorted((one, other), key=len)
    return _is_owners(short) and full.startswith(f"{short} ")


def _owners_agree(one: str, other: str) -> bool:
    mine, theirs = _OWNER.search(one), _OWNER.search(other)
    return not mine or not theirs or mine.group(1) == theirs.group(1)


def years_of(key: str) -> frozenset[str]:
    """Give the years and periods of a key: `2014`, `2011-2014`."""
    return frozenset(split_key(key)[1])


@lru_cache(maxsize=65536)
def without_years(key: str) -> str:
    """Give a key without its years and periods."""
    return fold_spaces(_YEARS.sub(" ", key))


def names_within(key: str, said: str) -> bool:
    """Tell whether every word of a name, and its years, stand in a key of running text, in whatever order."""
    (words, years), (said_words, said_years) = split_key(key), split_key(said)
    if not words or not set(years) <= set(said_years):
        return False
    return all(word in said_words or any(_same_word(word, candidate) for candidate in said_words) for word in words)


def _bare(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 7:
            return word[: -len(ending)]
    return word


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or not one.isalpha() or not other.isalpha():
        return "-" in one and "-" in other and _same_parts(one, other)
    bare, other_bare = _bare(one), _bare(other)
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1 or Levenshtein.distance(bare, other_bare) <= 1


def _same_parts(one: str, other: str) -> bool:
    """Compare words joined by dashes part by part: a number in them must be the same."""
    parts, other_parts = one.split("-"), other.split("-")
    return len(parts) == len(other_parts) and all(map(_same_word, parts, other_parts))
