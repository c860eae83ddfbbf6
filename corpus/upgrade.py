"""From an older catalogue to this program's: a copy is kept, then alembic's migrations run in one transaction.

A kill at any moment leaves the catalogue as it was, or as it is to be. Nothing but the command `upgrade` comes here:
alembic costs a search nothing.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from corpus import tables
from corpus.archive import catalogue_of
from corpus.catalogue import Catalogue
from corpus.database import copy_database, map_error
from corpus.errors import ArchiveError
from corpus.lock import hold
from corpus.names import write_names
from corpus.revision import FIRST, check_revision, note_program, revision_of

MIGRATIONS = Path(__file__).parent / "migrations"
_log = logging.getLogger("sagsspor.upgrade")
#: A migration that leaves the tables of facts to be filled from the records writes the one property, one that leaves
#: the index of names to be filled from these tables the other.
DERIVE, NAMES = "derive", "names"

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done: the versions, the migrations between them (number and what for), and the copy kept."""

    found: str
    reached: str
    steps: tuple[tuple[str, str], ...]
    copy: Path | None


def upgrade_archive(
    folder: Path, *, dry_run: bool = False, wait: float = 0.0, tell: Tell = lambda _work, _done, _total: None
) -> Upgrade:
    """Bring the catalogue of an archive up to this program's version; raise ArchiveError where it is a newer one's.

    `tell` hears what is being done and how far it is. With `dry_run` nothing is written.
    """
    path = catalogue_of(folder)
    engine = open_for_upgrade(path)
    try:
        found = _older_revision(engine)
        if found is None or dry_run:
            return _upgrade_from(found, None)
        with hold(folder, "upgrade", wait=wait):
            # Who held the archive may have upgraded it.
            found = _older_revision(engine)
            if found is None:
                return _upgrade_from(found, None)
            copy = _free_name(path, found)
            _check_room(path)
            copy_database(path, copy, lambda done, total: tell("copying", done, total))
            with engine.begin() as to:
                migrate(to, tell)
        _log.info("catalogue upgraded", extra={"fields": {"from": found, "to": tables.REVISION, "copy": str(copy)}})
        return _upgrade_from(found, copy)
    except sa.exc.DatabaseError as exc:
        hint = "It is as it was. Report this, or restore a backup."
        raise ArchiveError(f"The catalogue cannot be upgraded: {exc.orig}", path=str(path), hint=hint) from exc
    finally:
        engine.dispose()


def _older_revision(engine: Engine) -> str | None:
    """Give the version of a catalogue that has to be upgraded; None where it is this program's."""
    with engine.connect() as to:
        found = revision_of(to)
        if found is None or found >= tables.REVISION:
            check_revision(to)
            return None
        return found


def _upgrade_from(found: str | None, copy: Path | None) -> Upgrade:
    steps = steps_after(found) if found else ()
    return Upgrade(found or tables.REVISION, tables.REVISION, steps, copy)


def _free_name(path: Path, revision: str) -> Path:
    """Give a name for a copy beside the catalogue; one that is there is somebody's way back."""
    first = path.with_name(f"{path.stem}-{revision}{path.suffix}")
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return first if not first.exists() else next(other for other in others if not other.exists())


def migrate(to: Connection, tell: Tell = lambda _work, _done, _total: None, *, target: str = "head") -> None:
    """Run the migrations that a catalogue has not had, within the caller's transaction."""
    config = configuration()
    config.attributes["connection"] = to
    if revision_of(to) == FIRST:
        command.stamp(config, FIRST)
    command.upgrade(config, target)
    from_records, names = (_take_property(to, name) for name in (DERIVE, NAMES))
    if from_records:
        Catalogue(to.engine).derive(to, lambda done, total: tell("reading", done, total))
    if from_records or names:
        write_names(to)
    note_program(to)


def _take_property(to: Connection, name: str) -> bool:
    return bool(to.execute(sa.delete(tables.properties).where(tables.properties.c.name == name)).rowcount)


def steps_after(revision: str) -> tuple[tuple[str, str], ...]:
    """Give number and title of every migration after a version, in order."""
    scripts = ScriptDirectory.from_config(configuration())
    found = [(each.revision, each.doc) for each in scripts.walk_revisions() if each.revision > revision]
    return tuple(sorted(found))


def configuration() -> Config:
    """Give what alembic has to know; there is no ini file, so that an installed wheel needs none."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    return config


def open_for_upgrade(path: Path) -> Engine:
    """Open a catalogue so that a transaction holds changes of tables, too, and no deletion spreads by foreign keys."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "handle_error", map_error)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("foreign_keys=OFF", "synchronous=FULL", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(to: Connection) -> None:
    to.exec_driver_sql("BEGIN IMMEDIATE")


def _check_room(path: Path) -> None:
    """The copy needs as much room as the catalogue, and the transaction may need as much again."""
    needed, free = 2 * path.stat().st_size, shutil.disk_usage(path.parent).free
    if free < needed:
        raise ArchiveError(
            f"The upgrade may need {needed // 1024**2} MB beside {path}, and {free // 1024**2} MB are free.",
            path=str(path),
            hint="Make room. Nothing was changed.",
        )
