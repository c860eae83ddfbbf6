"""Lists of those to whom a paper goes: `Til høringsparterne: Beboerforeningen Bro, Havlev Sejlklub og Ældrerådet`."""

from __future__ import annotations

import re

from ingest.facts import shapes

#: What follows `til` and names nobody.
NOBODY = re.compile(
    r"(?:stede|top|toppen|orientering|efterretning|drøftelse|godkendelse|brug for|behandling"
    r"|rette vedkommende|beslutning|[\w ,-]{3,60}s (?:ordinære |ekstraordinære )?møde\b|møde\b|mødet|sag\b|bilag"
    r"|punkt|internt)",
    re.IGNORECASE,
)
#: What names a list and none of its parties.
_LABEL = (
    r"(?:(?:de |følgende |nedenstående |vedlagte )?(?:(?:hørings)?parter(?:ne)?|høringsberettigede"
    r"|høringsinstanser(?:ne)?"
    r"|interessenter(?:ne)?|modtagere?|modtagerne))"
)
_LABELLED = re.compile(rf"{_LABEL}\s{{0,3}}:\s{{0,3}}(?P<whom>\S.*)", re.IGNORECASE | re.DOTALL)
_LIST_HEAD = re.compile(rf"(?:til\s{{1,3}}|sendes til\s{{1,3}})?{_LABEL}\s{{0,3}}:", re.IGNORECASE)
_TO_LIST = re.compile(r"til(?:\s{0,3}:)?\s{1,3}(?P<whom>\S.*)", re.IGNORECASE)
#: Those that are labelled without `Til`; `Parter:` heads a contract.
_OWN_LABEL = re.compile(r"(?:hørings|modtager)\w{0,20}\s{0,3}:", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-•*·–]|\d{1,2}[.)])\s{1,3}")
#: Between two parties; behind a hyphen `og` joins two words of one name.
_AND = re.compile(r"(?<![-,;]) og ")
_COMMAS = re.compile(r",\s{1,3}|;\s{0,3}|\t\s{0,3}")
_STRONG = re.compile(r";\s{0,3}|\t\s{0,3}")
#: A name of one word that names one body: `Ældrerådet`, not `Skole` or `Service`.
_DEFINITE = re.compile(
    r".{2,40}(?:rådet|udvalget|foreningen|klubben|nævnet|styrelsen|forvaltningen|ministeriet|råd|museet|repræsentationen"
    r"|bestyrelsen|netværket|lauget|forbundet|selskabet|kredsen)$"
)
_INITIALS = re.compile(r"[A-ZÆØÅ]{2,6}(?!\w)")
#: Authorities, whose offices stand behind a comma.
_AUTHORITY = re.compile(r"(?:kommune|forvaltning(?:en)?|region\b.*|center\b.*|afdeling(?:en)?|sekretariat(?:et)?)$")
#: So many names make a list, where nothing else says so.
_FEW = 3
#: A longer line is no list.
LONGEST = 1500


def split_parties(whom: str) -> list[str]:
    """Give the parties that a line names, each by itself; one that is no list of names stays whole."""
    labelled = _LABELLED.match(whom)
    parts = [part for part in _STRONG.split(labelled["whom"] if labelled else whom) if part.strip(" ,;")]
    return [name for part in parts for name in _split_commas(part.strip(" ,;"), listed=labelled is not None)]


def heads_list(text: str) -> bool:
    """Tell a line that only says that a list of parties stands below."""
    return _LIST_HEAD.fullmatch(text.strip()) is not None


def is_list(text: str) -> bool:
    """Tell a line `Til …` that names several parties, however long, or one that is labelled as a list of them."""
    if len(text) > LONGEST:
        return False
    if _OWN_LABEL.match(text) and _LABELLED.fullmatch(text):
        return all(name[:1].isupper() for name in split_parties(text))
    found = _TO_LIST.fullmatch(text)
    if found is None or NOBODY.match(found["whom"]):
        return False
    return len(split_parties(found["whom"])) >= _FEW


def opens_list(text: str) -> bool:
    """Tell the first line of such a list, which may go on below."""
    found = _TO_LIST.fullmatch(text)
    return _LABELLED.fullmatch(found["whom"] if found else text) is not None or is_list(text.rstrip(" ,"))


def without_bullet(text: str) -> str:
    """Leave out the sign or figure before a name of a list."""
    return _BULLET.sub("", text)


def _split_commas(whom: str, *, listed: bool) -> list[str]:
    """Cut at commas and the last `og`; unlabelled, only a whole list of names, and no office of the name before it."""
    parts = [part.strip() for part in _COMMAS.split(whom)]
    ends = _split_and(parts[-1], listed=listed)
    pieces = [part for part in (*parts[:-1], *ends) if part]
    if len(pieces) < 2:
        return [whom]
    if listed:
        return pieces if all(piece[0].isupper() for piece in pieces) else [whom]
    if len(parts) == 1:
        return pieces
    joined = len(ends) > 1 or not any(_AUTHORITY.search(piece.lower()) for piece in pieces)
    enough = len(pieces) >= _FEW or all(_DEFINITE.match(piece.lower()) for piece in pieces)
    return pieces if enough and joined and all(map(_is_named, pieces)) else [whom]


def _split_and(text: str, *, listed: bool) -> list[str]:
    """Cut at the `og` that has a party's name on both sides; in a list, of one by its initials (`DOF Havlev`), too."""
    for match in _AND.finditer(text):
        one, other = text[: match.start()].strip(), text[match.end() :].strip()
        named = [_is_named(side) or (listed and _INITIALS.match(side) is not None) for side in (one, other)]
        if all(named) and (_is_named(one) or _is_named(other)):
            return [one, other]
    return [text]


def _is_named(text: str) -> bool:
    """Tell the name of one party: a person's, a body's in one word, or an organisation's in several."""
    if not text[:1].isupper() or text.endswith((".", ":")):
        return False
    if " " not in text:
        return _DEFINITE.match(text.lower()) is not None
    return shapes.is_person(text) or shapes.is_organisation(text)
