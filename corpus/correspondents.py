"""Whom the words around a letter's day name: `brev af 3. maj 2012 fra Asta Brohave`, `Asta Brohave har i brev af …`.

Every name that may be meant is given by its join key; which of them a letter of that day bears, the tables say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.rows import name_key

#: How a person stands to a letter, as in the table of parties, and the key of the name.
Party = tuple[str, str]
#: Signs around a reference that are read, and words of a name with its title.
AROUND, _WORDS = 120, 6
_PREPOSITIONS = {"fra": "signatory", "til": "recipient"}
#: Words between a writer and the letter: `Asta Brohave har i et fælles brev af …`.
_HAS_IN = (["har", "i"], ["havde", "i"], ["har", "ved"], ["skrev", "i"], ["skriver", "i"], ["oplyser", "i"])
_BETWEEN = frozenset({"en", "et", "sit", "sin", "deres", "fælles", "nyt", "ny"})
_GENITIVE = re.compile(r"(?:['’]s?|s)$")
#: `Tak for jeres brev af 3. maj`: a letter of those to whom the paper goes. In lower case `deres` is somebody else's.
_READERS = re.compile(r"(?<!\w)(?:[dD]i[nt]|[jJ]eres|Deres|[tT]ak(?:ker)? for)(?: \w{1,20}){0,2} ?$")
#: `vores breve af 3. maj` cites all of the day; `svar` and `høringssvar` may be one or several.
_PLURAL = re.compile(
    r"(?<!\w)[\wæøå-]{0,20}(?:breve(?:ne)?|skrivelser(?:ne)?|henvendelser(?:ne)?|ansøgninger(?:ne)?|udtalelser(?:ne)?"
    r"|indsigelser(?:ne)?|klager(?:ne)?|mails|mailene|notater(?:ne)?|svarene|rykkere|rykkerne)"
    r"(?: (?:fra|til) [^.;:\n]{2,60})?,? (?:af|fra|dateret|den|d\.)(?: (?:den|d\.))? "
    r"\d{1,2}[^;:\n]{0,18}$",
    re.IGNORECASE,
)
#: A cited day at the end of what cites it.
_DAY = re.compile(r"\d{1,2}(?:\. ?[a-zæøå]{3,10}\.? ?\d{4}|[./-]\d{1,2}[./-]\d{2,4})$", re.IGNORECASE)
#: A heading or a point of a list, its day put as a pilcrow: `Bådklubben, brev af ¶`, `- Høringssvar af ¶ fra Rådet`.
_LISTED = re.compile(
    r"(?:[-•*·–] {0,3}|\d{1,2}[.)] )?(?=[A-ZÆØÅ])[^.;:!?¶]{0,80}"
    r"(?:[Bb]rev|[Ss]var|[Mm]ail|[Ss]krivelse|[Hh]envendelse|[Uu]dtalelse)[^.;:!?¶ ]{0,6}"
    r"(?: (?:fra|til) [^.;:!?¶]{2,60})?,? (?:af|dateret|fra) (?:den )?¶[^.;:!?¶]{0,60}\.?"
)
#: Lines of a text that are read for such points.
_LINES = 2000
#: `Mine breve af 3. maj`, `vores mail af …`: letters of who writes.
_WRITERS = re.compile(r"(?<!\w)(?:[mM]i(?:t|n|ne)|[vV]or(?:es|t|e)?)(?: \w{1,20}){0,2} ?$")
_SIGNS = ".,;:()?!"


def read_correspondents(before: str, after: str) -> frozenset[Party]:
    """Give who, by the words before and after a reference to a letter, may have written it, or got it."""
    found = {("signatory", name_key(name)) for name in _writers(_clause_before(before))}
    following = _clause_after(after)
    if following and following[0] in _PREPOSITIONS:
        relation = _PREPOSITIONS[following[0]]
        names = (" ".join(following[1:end]) for end in range(2, len(following) + 1))
        found |= {(relation, name_key(name)) for name in names}
    return frozenset(party for party in found if party[1])


def is_readers(before: str) -> bool:
    """Tell whether, by the words before a reference to a letter, those whom the citing paper addresses wrote it."""
    return _READERS.search(before[-80:]) is not None


def is_writers(before: str) -> bool:
    """Tell whether, by the words before a reference to a letter, who signs the citing paper wrote it."""
    return _WRITERS.search(before[-80:]) is not None


def is_plural(cited: str) -> bool:
    """Tell whether the words up to the end of a letter's day speak of several letters."""
    return _PLURAL.search(cited[-160:]) is not None


def count_listed(text: str, cited: str) -> int:
    """Count the headings and points of lists that by different words cite a letter of the day that ends `cited`."""
    day = _DAY.search(cited)
    if day is None:
        return 0
    lines = (line.strip() for line in text.split("\n", _LINES)[:_LINES] if day[0] in line and len(line) < 160)
    return sum(_LISTED.fullmatch(line.replace(day[0], "¶")) is not None for line in set(lines))


def _clause_after(after: str) -> list[str]:
    words: list[str] = []
    for word in after.partition("\n\n")[0].split()[: _WORDS + 1]:
        words.append(word.rstrip(_SIGNS))
        if word[-1] in _SIGNS:
            break
    return words


def _clause_before(before: str) -> list[str]:
    words = before.rpartition("\n\n")[2].split()
    ends = [at for at, word in enumerate(words, 1) if word[-1] in _SIGNS]
    return words[ends[-1] :] if ends else words


def _writers(words: Sequence[str]) -> Iterator[str]:
    """Yield what may be the writer's name: before `har i` and its like, or in the genitive."""
    rest = list(words)
    while rest and rest[-1] in _BETWEEN:
        rest.pop()
    if rest[-2:] in _HAS_IN:
        yield from _endings(rest[:-2])
    elif words and _GENITIVE.search(words[-1]):
        yield from _endings([*words[:-1], _GENITIVE.sub("", words[-1])])


def _endings(words: Sequence[str]) -> Iterator[str]:
    for size in range(1, min(len(words), _WORDS) + 1):
        yield " ".join(words[-size:])
