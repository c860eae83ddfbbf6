"""Committees and departments: the registers of known names, one canonical form for every spelling, one key for joins.

The registers are TOML files (`corpus/data/`, and those an administrator adds); names that stand in none are brought
into canonical form by the rules of Danish: no genitive -s, definite form, hyphens after suspended parts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from corpus.errors import UsageError
from corpus.text import flatten, fold_spaces

Kind = Literal["committee", "department"]

_PACKAGED = Path(__file__).parent / "data"
_HEADS = (
    r"udvalget|udvalg|forvaltningen|forvaltning|byrådet|byråd|rådet|råd|nævnet|kommunalbestyrelsen|kommunalbestyrelse"
    r"|repræsentationen|magistraten|magistrat|afdeling|kredsen"
)
_GENITIVE = re.compile(rf"({_HEADS})'?s$", re.IGNORECASE)
#: A compound in the indefinite form (`Socialudvalg` in a table, `Kommunens Børneudvalg`); two words keep theirs.
_INDEFINITE = re.compile(r"(?<=[a-zæøå])(?:(?<!lokal)(udvalg)|(forvaltning)|(?<!by)(?<!bydels)(råd))$", re.IGNORECASE)
_MISPLACED = re.compile(r" ?,- ?(og )?| -, ?(og )?| ?- ?(?=og )|-, ?(og )|- (?=[A-ZÆØÅ][\wæøå]*-)")
_COUNCIL_OF = re.compile(r"^(byrådet|kommunalbestyrelsen|borgerrepræsentationen) i [^,;]+$", re.IGNORECASE)
_MAGISTRAT_OF = re.compile(r"^.{2,40} kommunes magistrat$", re.IGNORECASE)
_COUNCIL = re.compile(r"\bbyråd(?:et)?\b")
_PART = re.compile(r"(?<!\w)(?!(?:og|med|i|for|den|det|de)(?!\w))\w+")
_FULL_STOP = re.compile(r"\bkgs\.? ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """A committee or department as a register knows it; `since` and `until` are the years of the name."""

    name: str
    kind: Kind
    short: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    department: str | None = None
    #: The body that took over its matters when the name ended.
    became: str | None = None
    #: The council whose register this is; `None` for names that many councils have.
    place: str | None = None


_added: tuple[Path, ...] = ()
_council: str | None = None
_version = 0


def add_registers(paths: Iterable[Path], council: str | None = None) -> None:
    """Read these TOML files too, before the packaged ones and instead of those added before.

    `council` is the one whose papers these are: its abbreviations count where a paper names none; without it those of
    every register do. Raises `UsageError` at the first file that is no register; the registers are then what they were.
    """
    global _added, _council, _version
    chosen = tuple(paths)
    if (chosen, council) == (_added, _council):
        return
    for path in chosen:
        read_register(path)
    _added, _council, _version = chosen, council, _version + 1
    for cached in (register, _by_key, abbreviations, places, canonical, body_key):
        cached.cache_clear()


def added_registers() -> tuple[Path, ...]:
    """Give the files that were added to the packaged registers, for a worker to add them too."""
    return _added


def stated_council() -> str | None:
    """Give the council whose papers these are, where that is said."""
    return _council


def registers_version() -> int:
    """Give a number that changes with the registers; what is built from them is built anew then."""
    return _version


def read_register(path: Path) -> tuple[Body, ...]:
    """Read one TOML register: `place`, and a `[[body]]` with `name` and `kind` for each body."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        return tuple(_body(entry, content.get("place")) for entry in content["body"])
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"registret over udvalg kan ikke læses: {exc}", path=str(path)) from exc
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as exc:
        hint = 'hver [[body]] skal have name = "..." og kind = "committee" eller "department"'
        raise UsageError(f"filen er ikke et register over udvalg: {exc}", path=str(path), hint=hint) from exc


def _body(entry: dict[str, Any], place: str | None) -> Body:
    if entry["kind"] not in ("committee", "department"):
        raise KeyError(f"kind = {entry['kind']!r}")
    return Body(
        name=entry["name"],
        kind=entry["kind"],
        short=tuple(entry.get("short", ())),
        also=tuple(entry.get("also", ())),
        since=entry.get("since"),
        until=entry.get("until"),
        department=entry.get("department"),
        became=entry.get("became"),
        place=place,
    )


@cache
def register() -> tuple[Body, ...]:
    """Give every registered body: added registers first, then Copenhagen's, then the names that many councils have."""
    packaged = sorted(_PACKAGED.glob("*.toml"), key=lambda path: (path.stem == "common", path.stem))
    seen: dict[str, Body] = {}
    for path in (*_added, *packaged):
        for body in read_register(path):
            seen.setdefault(_fold(body.name), body)
    return tuple(seen.values())


@cache
def _by_key() -> Mapping[str, Body]:
    names = ((name, body) for body in register() for name in (body.name, *body.also))
    keys: dict[str, Body] = {}
    for name, body in names:
        keys.setdefault(_fold(name), body)
        keys.setdefault(_fold(name).replace("-", ""), body)
    return keys


@cache
def abbreviations(among: frozenset[str] | None = None) -> Mapping[str, str]:
    """Give the canonical name behind each abbreviation of the councils `among`, or else of the one that is stated.

    Where neither is said, those of every register count.
    """
    among = among or (frozenset((_council,)) if _council else None)
    short: dict[str, str] = {}
    for body in register():
        if among is None or body.place is None or body.place in among:
            for abbreviation in body.short:
                short.setdefault(abbreviation, body.name)
    return MappingProxyType(short)


@cache
def places() -> frozenset[str]:
    """Give the councils that have a register."""
    return frozenset(body.place for body in register() if body.place)


def find_body(name: str) -> Body | None:
    """Return the registered body of this name in any spelling, or `None`."""
    keys, folded = _by_key(), _fold(canonical(name))
    return keys.get(folded) or keys.get(folded.replace("-", ""))


@lru_cache(maxsize=16384)
def canonical(name: str) -> str:
    """Give the canonical form: registered spelling, else definite form without genitive -s and with capitals."""
    text = fold_spaces(flatten(name)).strip(" .,;:()\"'")
    if text in abbreviations():
        return abbreviations()[text]
    text = (_in_small_letters(text) if text.isupper() else text).replace(" & ", " og ")
    text = _GENITIVE.sub(r"\1", _MISPLACED.sub(_suspend, text))
    text = _COUNCIL_OF.sub(r"\1", text)
    text = _MAGISTRAT_OF.sub("Magistraten", text) if text.endswith("istrat") else text
    definite = _INDEFINITE.sub(lambda m: m.group() + ("en" if m.group(2) else "et"), text)
    for form in (text, definite, text.removesuffix("s")):
        known = _by_key().get(_fold(form)) or _by_key().get(_fold(form).replace("-", ""))
        if known:
            return known.name
    return _capitalise(definite)


def _in_small_letters(name: str) -> str:
    """Give a name set in capitals as it is written; the parts of `UDVALGET FOR X OG Y` keep a capital each."""
    head, of, parts = name.lower().partition(" for ")
    return head + of + _PART.sub(lambda part: part.group().capitalize(), parts)


def _suspend(hyphen: re.Match[str]) -> str:
    """Set hyphen, comma and blank in the order of `Børne-, Skole- og Kulturudvalget`."""
    if "og" in hyphen.group() or hyphen.string.startswith("og ", hyphen.end()):
        return "- og " if "og" in hyphen.group() else "- "
    return "-, "


def _capitalise(name: str) -> str:
    parts = re.split(r"(- og |-, )", name)
    return "".join(part if part[:1] in "-," else part[:1].upper() + part[1:] for part in parts)


@lru_cache(maxsize=16384)
def body_key(name: str) -> str:
    """Give the join key of a body: one for every spelling, and one for all forms of byråd."""
    key = _fold(canonical(name))
    if "kgs" in key:
        key = _FULL_STOP.sub("kongens ", key)
    if "byråd" in key and _COUNCIL.search(key):
        return "byrådet"
    return "kommunalbestyrelsen" if "kommunalbestyrelse" in key else key


def kind(name: str) -> Kind | None:
    """Tell whether a name is a committee's (council, advisory council) or a department's; `None` for neither."""
    known = find_body(name)
    if known:
        return known.kind
    text = _fold(canonical(name))
    if re.search(r"forvaltning(?:en)?$|^magistratens [1-9]\. afdeling$", text):
        return "department"
    if re.search(
        r"udvalget\b|udvalg(?:$| for )|rådet$|rådet for |byråd$|kommunalbestyrelse(?:n)?$|nævnet$"
        r"|bydelsråd$|magistrat$",
        text,
    ):
        return "committee"
    return None


def _fold(name: str) -> str:
    return fold_spaces(flatten(name)).casefold()
