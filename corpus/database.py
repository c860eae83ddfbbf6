"""The database under the catalogue: opened, made, asked for its version."""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import tables
from corpus.errors import ArchiveError
from corpus.revision import check_revision, revision_of, stamp

T = TypeVar("T")

#: SQLite takes 32,766 variables in a statement; lists of ids are asked for in parts of this size.
CHUNK = 500


def open_database(url: str, *, create: bool = False) -> Engine:
    """Open the database at `url`; raise ArchiveError where its tables are another version's."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        if may_write(path.parent, path):
            sa.event.listen(engine, "connect", _configure_writing)
        else:
            sa.event.listen(engine, "do_connect", lambda _dialect, _record, _args, options: connect(path, **options))
        sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "handle_error", map_error)
    try:
        if create:
            _create(engine)
        with engine.connect() as to:
            check_revision(to)
    except sa.exc.DatabaseError as exc:
        raise ArchiveError(f"The catalogue cannot be read: {exc.orig}", hint=RESTORE) from exc
    return engine


def _create(engine: Engine) -> None:
    with engine.connect() as to:
        if revision_of(to) is not None:
            return
    tables.metadata.create_all(engine)
    with engine.begin() as to:
        if engine.dialect.name == "sqlite":
            _tell_planner(to)
        stamp(to)


def _tell_planner(to: Connection) -> None:
    """Write what the planner is to hold of the indexes, in place of what it would guess; kept with the database."""
    to.exec_driver_sql("ANALYZE sqlite_schema")
    to.exec_driver_sql("DELETE FROM sqlite_stat1")
    to.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", list(tables.STATISTICS))
    to.exec_driver_sql("ANALYZE sqlite_schema")


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut values into lists that one statement takes."""
    every = list(values)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]


def insert_rows(to: Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the columns of the first one."""
    if rows:
        names = [column.name for column in table.columns if column.name in rows[0]]
        insert_values(to, table, names, [tuple([row[name] for name in names]) for row in rows])


def insert_values(to: Connection, table: sa.Table, names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of values, those of the columns named, which come in the table's order.

    They go to the driver as they are: SQLAlchemy would look at each of them, which costs as much as to insert it.
    """
    if values:
        statement = sa.insert(table).compile(dialect=to.dialect, column_keys=list(names))
        to.exec_driver_sql(str(statement), list(values))


def new_key(result: Any) -> int:
    """Give the key that an insert made."""
    return int(result.inserted_primary_key[0])


def now() -> str:
    """Give the time as the catalogue writes it: UTC, ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def may_write(*paths: Path) -> bool:
    """Tell whether this process may write all of these files and folders that are there."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(path, os.W_OK, effective_ids=effective) for path in paths if path.exists())


def connect(path: Path, **options: Any) -> sqlite3.Connection:
    """Open a database; one that this process may not write only for reading, and without the files beside it."""
    url = f"file:{quote(str(path.absolute()))}"
    if not may_write(path.parent, path):
        log = path.with_name(path.name + "-wal")
        # While nobody writes there is no log, and SQLite must be told not to make one.
        still = "" if log.exists() and log.stat().st_size else "&immutable=1"
        url += f"?mode=ro{still}"
    made: sqlite3.Connection = sqlite3.connect(url, uri=True, **options)
    return made


def _configure_writing(connection: Any, _record: Any) -> None:
    # A reader is never blocked by the writer (WAL); a committed batch survives a power cut (FULL); what is removed is
    # overwritten, and does not stay in pages that wait to be used again.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _configure_sqlite(connection: Any, _record: Any) -> None:
    for pragma in ("foreign_keys=ON", "busy_timeout=20000", "cache_size=-32768"):
        connection.execute(f"PRAGMA {pragma}").close()


RESTORE = "Restore the archive from a backup with `sagsspor restore FILE`, into a new folder."
#: What SQLite says of a file whose bytes are not what it wrote.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_MAY_WRITE = "You may search this archive, and only who owns its folder may write to it."


def map_error(context: Any) -> None:
    """Raise what the database cannot do (a full disk, a locked file) as the archive's error: it is no bug."""
    error = context.original_exception
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
        raise ArchiveError(f"The catalogue is damaged: {error}.", hint=RESTORE) from error
    if isinstance(context.sqlalchemy_exception, sa.exc.OperationalError) and "no such" not in str(error):
        is_closed = "readonly" in str(error) or "unable to open" in str(error)
        hint = _MAY_WRITE if is_closed else "Make room, or see who else uses the archive; what was committed is safe."
        raise ArchiveError(f"The catalogue cannot be used: {error}.", hint=hint) from error


def check_pages(engine: Engine) -> None:
    """Read the whole database; raise ArchiveError where a page of it is not what was written."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as to:
            found = str(to.exec_driver_sql("PRAGMA quick_check(1)").scalar())
        if found != "ok":
            raise ArchiveError(f"The catalogue is damaged: {' '.join(found.split())}.", hint=RESTORE)


def copy_database(source: Path, target: Path, tell: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Copy a database as it is at one moment, while others read and write it; whole or not at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    one, other = connect(source), sqlite3.connect(part)
    try:
        one.backup(other, pages=5000, progress=lambda _status, left, total: tell(total - left, total))
    finally:
        other.close()
        one.close()
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
