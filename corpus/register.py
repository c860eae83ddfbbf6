"""The register of instruments that people edit: which names are one charter, and which are not.

A name that a person put under an instrument belongs to it, whatever the rules of `corpus/instruments.py` say; all other
names are clustered by those rules when they are read. So an edit works backwards over everything imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.catalogue import Catalogue
from corpus.errors import NotFoundError
from corpus.instruments import instrument_key, known_instruments
from corpus.names import nearest_names, same_names
from corpus.tables import instrument_names


@dataclass(frozen=True, slots=True)
class Instrument:
    """One entry of the register: the name that is shown, and every name that a person put under it."""

    name: str
    aliases: tuple[str, ...]


class Register:
    """The names that people put under an instrument."""

    def __init__(self, catalogue: Catalogue):
        self.engine = catalogue.engine

    def instruments(self) -> list[Instrument]:
        """Give every entry, by name."""
        query = sa.select(instrument_names.c.instrument, instrument_names.c.shown).order_by(instrument_names.c.shown)
        names: dict[str, list[str]] = {}
        with self.engine.connect() as to:
            for instrument, shown in to.execute(query):
                names.setdefault(instrument, []).append(shown)
        return [
            Instrument(name, tuple(each for each in under if each != name)) for name, under in sorted(names.items())
        ]

    def add(self, name: str, aliases: Sequence[str]) -> None:
        """Put names under an instrument, new or known; a name that stood under another one moves."""
        with self.engine.begin() as to:
            instrument = _instrument_of(to, name) or name
            for each in dict.fromkeys((name, *aliases)):
                _put(to, instrument, each)

    def unused(self, names: Sequence[str]) -> tuple[str, ...]:
        """Give those of the names that nobody uses: no paper names what they mean, and no register has them."""
        with self.engine.connect() as to:
            return tuple(name for name in dict.fromkeys(names) if not _is_used(to, name))

    def merge(self, name: str, other: str) -> None:
        """Make two instruments one, under the first one's name; raise NotFoundError for a name that nobody uses."""
        with self.engine.begin() as to:
            _refuse_unused(to, name, other)
            one, two = _instrument_of(to, name) or name, _instrument_of(to, other) or other
            _put(to, one, name)
            _put(to, one, other)
            table = instrument_names
            to.execute(sa.update(table).where(table.c.instrument == two).values(instrument=one))

    def split(self, alias: str) -> None:
        """Make a name an instrument of its own; raise NotFoundError where it is already one, or nobody uses it."""
        with self.engine.begin() as to:
            _refuse_unused(to, alias)
            if _instrument_of(to, alias) == alias:
                raise NotFoundError(f"{alias!r} is an instrument of its own already.")
            _put(to, alias, alias)


def _is_used(to: Connection, name: str) -> bool:
    key = instrument_key(name)
    mine, others = names_of(to, key)
    return bool(mine) or key in others or bool(same_names(to, [key], others))


def _refuse_unused(to: Connection, *names: str) -> None:
    for name in names:
        if not _is_used(to, name):
            near = ", ".join(f"“{each}”" for each in nearest_names(to, instrument_key(name)))
            raise NotFoundError(
                f"Nothing in the archive names {name!r}.", hint=f"Near it are {near}." if near else None
            )


def names_of(to: Connection, key: str) -> tuple[set[str], set[str]]:
    """Give the keys under the same instrument as `key`, and those that people put under others.

    What people put there wins; of the packaged register's names those belong, too, that nobody put elsewhere.
    """
    table = instrument_names
    rows = to.execute(sa.select(table.c.key, table.c.instrument)).all()
    mine = next((instrument for each, instrument in rows if each == key), None)
    ours = {each for each, instrument in rows if instrument == mine}
    others = {each for each, instrument in rows if instrument != mine}
    return ours | (_packaged(ours | {key}) - others), others


def _packaged(keys: set[str]) -> set[str]:
    """Give the keys of the packaged instruments to which one of these keys belongs."""
    entries = ({instrument_key(name) for name in names} for names in known_instruments())
    return {each for entry in entries if entry & keys for each in entry}


def _instrument_of(to: Connection, name: str) -> str | None:
    table = instrument_names
    found: str | None = to.scalar(sa.select(table.c.instrument).where(table.c.key == instrument_key(name)))
    return found


def _put(to: Connection, instrument: str, name: str) -> None:
    table, key = instrument_names, instrument_key(name)
    to.execute(sa.delete(table).where(table.c.key == key))
    to.execute(sa.insert(table).values(key=key, shown=name, instrument=instrument))
