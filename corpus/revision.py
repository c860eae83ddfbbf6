"""Which version the tables of a catalogue have: alembic's own record, read without alembic, so that no search loads it.

`corpus/upgrade.py` goes from one version to the next.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus import tables
from corpus.errors import ArchiveError
from corpus.settings import program_version

#: What a catalogue from before migrations counts as.
FIRST = "0001"

_VERSIONS = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))


def revision_of(to: Connection) -> str | None:
    """Give the version of a catalogue's tables; None where they are not there, or not all of them."""
    if sa.inspect(to).has_table(_VERSIONS.name):
        found = to.scalar(sa.select(_VERSIONS.c.version_num))
        return str(found) if found else None
    if sa.inspect(to).has_table(tables.properties.name) and _property(to, "version"):
        return FIRST
    return None


def stamp(to: Connection) -> None:
    """Write down that the tables are of this program's version."""
    _VERSIONS.create(to, checkfirst=True)
    to.execute(sa.delete(_VERSIONS))
    to.execute(sa.insert(_VERSIONS).values(version_num=tables.REVISION))
    note_program(to)


def note_program(to: Connection) -> None:
    """Write down which program the tables are of, for who opens them with an older one."""
    to.execute(sa.delete(tables.properties).where(tables.properties.c.name == "program"))
    to.execute(sa.insert(tables.properties).values(name="program", value=program_version()))


def check_revision(to: Connection) -> None:
    """Raise ArchiveError where the tables are not of this program's version, with the way out."""
    found = revision_of(to)
    if found == tables.REVISION:
        return
    if found is None:
        raise ArchiveError(
            "The catalogue is empty, or not whole.",
            hint="Restore a backup into a new folder. Where nothing was in it yet, delete its folder and import again.",
        )
    if found < tables.REVISION:
        raise ArchiveError(
            f"The catalogue has version {found}; this is Sagsspor {program_version()}, which needs {tables.REVISION}.",
            hint="Run `sagsspor upgrade`: it keeps a copy of the catalogue and brings it up to date.",
            code="outdated",
        )
    raise ArchiveError(_too_new(to, found), hint=_WAY_BACK, code="too-new")


_WAY_BACK = (
    "Install that version or a newer one, or restore a backup from before the upgrade with `sagsspor restore FILE`."
)


def _too_new(to: Connection, found: str) -> str:
    program = _property(to, "program") or "a newer version"
    return (
        f"The catalogue has version {found}, made by Sagsspor {program}; "
        f"this is Sagsspor {program_version()}, which knows {tables.REVISION}."
    )


def _property(to: Connection, name: str) -> str | None:
    return to.scalar(sa.select(tables.properties.c.value).where(tables.properties.c.name == name))
