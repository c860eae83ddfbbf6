"""An older catalogue is upgraded whole or not at all; the tables are what the migrations make."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus import tables
from corpus.archive import CATALOGUE, Archive
from corpus.catalogue import Catalogue
from corpus.errors import ArchiveError
from corpus.lock import hold
from corpus.revision import FIRST
from corpus.upgrade import configuration, migrate, open_for_upgrade, upgrade_archive

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "corpus" / "sample"


def sagsspor(archive: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command_line = [sys.executable, "-m", "cli", "--archive", str(archive), *args]
    return subprocess.run(command_line, cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, of this version."""
    folder = tmp_path_factory.mktemp("upgrade") / "archive"
    done = sagsspor(folder, "import", str(SAMPLE), "--quiet")
    assert done.returncode == 0, done.stderr
    return folder


def make_old(whole: Path, folder: Path) -> Path:
    """Make what the first version, which knew no migrations, would have left."""
    folder.mkdir()
    with sqlite3.connect(whole / CATALOGUE) as one, sqlite3.connect(folder / CATALOGUE) as other:
        one.backup(other)
    engine = open_for_upgrade(folder / CATALOGUE)
    with engine.begin() as to:
        config = configuration()
        config.attributes["connection"] = to
        command.downgrade(config, FIRST)
        to.exec_driver_sql("DROP TABLE alembic_version")
        to.exec_driver_sql("DELETE FROM properties WHERE name = 'program'")
    engine.dispose()
    (folder / "files").symlink_to(whole / "files")
    return folder


def shape(path: Path) -> dict[str, Any]:
    """Give columns, keys and indexes of every table, without regard to the order of columns."""
    with sqlite3.connect(path) as to:
        names = [name for (name,) in to.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, Any] = {}
        for name in names:
            indexes = [row[1] for row in to.execute(f"PRAGMA index_list({name})") if row[3] == "c"]
            found[name] = (
                sorted(row[1:] for row in to.execute(f"PRAGMA table_info({name})")),
                sorted(row[2:] for row in to.execute(f"PRAGMA foreign_key_list({name})")),
                {(index, *to.execute(f"PRAGMA index_info({index})")) for index in indexes},
                {row[4:] for row in to.execute("PRAGMA table_list") if row[1] == name},
            )
    return {name: each for name, each in found.items() if not name.startswith("sqlite_")}


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table, but for what says by which program it was made."""
    with sqlite3.connect(path) as to:
        names = [name for (name,) in to.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            columns = sorted(row[1] for row in to.execute(f"PRAGMA table_info({name})"))
            listed = ", ".join(f'"{column}"' for column in columns)
            found[name] = sorted(to.execute(f"SELECT {listed} FROM {name}"), key=repr)
    return found


def test_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    """A change of corpus/tables.py without a migration is caught: alembic finds nothing to do."""
    engine = open_for_upgrade(tmp_path / "migrated.db")
    with engine.begin() as to:
        migrate(to)
    with engine.connect() as to:
        context = MigrationContext.configure(to, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()
    Catalogue.open(f"sqlite:///{tmp_path / 'made.db'}", create=True).close()
    made, migrated = shape(tmp_path / "made.db"), shape(tmp_path / "migrated.db")
    assert made.keys() == migrated.keys()
    for name in made:
        assert migrated[name] == made[name], name


def test_revision_is_the_newest_migration() -> None:
    """What a new catalogue is stamped with is alembic's head."""
    assert ScriptDirectory.from_config(configuration()).get_current_head() == tables.REVISION


def test_old_catalogue_is_refused_with_the_way_out(whole: Path, tmp_path: Path) -> None:
    """A search in an older archive changes nothing and says what to run."""
    folder = make_old(whole, tmp_path / "old")
    before = content(folder / CATALOGUE)
    with pytest.raises(ArchiveError, match="version 0001") as caught:
        Archive.open(folder)
    assert caught.value.code == "outdated"
    for args in (("search", "havn"), ("import", str(SAMPLE)), ("status",)):
        done = sagsspor(folder, *args)
        assert done.returncode == 2
        assert "sagsspor upgrade" in done.stderr
    assert content(folder / CATALOGUE) == before


def test_upgrade_keeps_everything(whole: Path, tmp_path: Path) -> None:
    """The upgraded archive holds what the new one holds and answers alike; the copy is the old catalogue."""
    folder = make_old(whole, tmp_path / "old")
    before = content(folder / CATALOGUE)
    done = upgrade_archive(folder)
    assert (done.found, done.reached) == (FIRST, tables.REVISION)
    assert [number for number, _ in done.steps][-1] == tables.REVISION
    assert done.copy is not None
    assert content(done.copy) == before
    after, new = content(folder / CATALOGUE), content(whole / CATALOGUE)
    for name in new.keys() - {"runs", "sqlite_stat1"}:
        assert after[name] == new[name], name
    wanted, found = (sagsspor(each, "search", "havnebade", "--json").stdout for each in (whole, folder))
    assert found == wanted
    assert sagsspor(folder, "check").returncode == 0


def test_upgrade_says_what_it_does(whole: Path, tmp_path: Path) -> None:
    """`upgrade` tells versions, steps, the copy and the index; `--dry-run` writes nothing; twice does nothing."""
    folder = make_old(whole, tmp_path / "old")
    dry = sagsspor(folder, "upgrade", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "would go from version 0001" in dry.stdout
    assert sorted(each.name for each in folder.glob("sagsspor*")) == [CATALOGUE]
    done = sagsspor(folder, "upgrade")
    assert done.returncode == 0, done.stderr
    assert f"from version 0001 to {tables.REVISION}" in done.stdout
    assert str(folder / "sagsspor-0001.db") in done.stdout
    assert "Index:" in done.stdout
    assert "nothing to do" in sagsspor(folder, "upgrade").stdout


def test_upgrade_makes_the_index_anew_on_request(whole: Path, tmp_path: Path) -> None:
    """An index of another version is named; with --reindex it is made anew, and a search answers."""
    folder = make_old(whole, tmp_path / "old")
    shutil.copytree(whole / "index", folder / "index")
    made = folder / "index" / "version.json"
    made.write_text(made.read_text().replace('"analysis": "', '"analysis": "1'), encoding="utf-8")
    done = sagsspor(folder, "upgrade")
    assert "sagsspor reindex" in done.stdout
    assert sagsspor(folder, "search", "havn").returncode == 2
    assert "made anew." in sagsspor(folder, "upgrade", "--reindex").stdout
    assert sagsspor(folder, "search", "havn").returncode == 0


def test_newer_catalogue_is_refused(whole: Path, tmp_path: Path) -> None:
    """A catalogue of a newer program is left alone by every command, `upgrade` too; who made it is named."""
    folder = make_old(whole, tmp_path / "new")
    upgrade_archive(folder)
    with sqlite3.connect(folder / CATALOGUE) as to:
        to.execute("UPDATE alembic_version SET version_num = '9999'")
        to.execute("UPDATE properties SET value = '7.5.0' WHERE name = 'program'")
    before = content(folder / CATALOGUE)
    for args in (("search", "havn"), ("upgrade",), ("import", str(SAMPLE))):
        done = sagsspor(folder, *args)
        assert done.returncode == 2
        assert "7.5.0" in done.stderr
        assert "restore" in done.stderr
    assert content(folder / CATALOGUE) == before


def test_upgrade_fills_tables_of_facts(whole: Path, tmp_path: Path) -> None:
    """Where a migration leaves the tables of facts empty, they are filled from the records, corrections included."""
    folder = make_old(whole, tmp_path / "old")
    with sqlite3.connect(folder / CATALOGUE) as to:
        for table in ("numbers", "refs", "bodies", "parties", "meetings", "items", "sketches"):
            to.execute(f"DELETE FROM {table}")
        to.execute("INSERT INTO properties (name, value) VALUES ('derive', '1')")
    upgrade_archive(folder)
    after, new = content(folder / CATALOGUE), content(whole / CATALOGUE)
    for name in ("numbers", "refs", "bodies", "parties", "meetings", "items", "sketches", "documents"):
        assert after[name] == new[name], name


@pytest.mark.parametrize("at", [1, 20])
def test_stopped_upgrade_changes_nothing(whole: Path, tmp_path: Path, at: int) -> None:
    """Ctrl-C while the tables of facts are filled takes back every step, those of the tables' shape, too."""
    folder = make_old(whole, tmp_path / "old")
    with sqlite3.connect(folder / CATALOGUE) as to:
        to.execute("INSERT INTO properties (name, value) VALUES ('derive', '1')")
    before = content(folder / CATALOGUE)

    def stop(work: str, done: int, _total: int) -> None:
        if (work, done) == ("reading", at):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade_archive(folder, tell=stop)
    assert content(folder / CATALOGUE) == before
    assert upgrade_archive(folder).reached == tables.REVISION


def test_upgrade_waits_for_nobody(whole: Path, tmp_path: Path) -> None:
    """An archive that somebody writes to is not upgraded; nothing is left of the attempt."""
    folder = make_old(whole, tmp_path / "old")
    upgrade_archive(folder)
    busy = make_old(whole, tmp_path / "busy")
    with Archive.open(folder) as archive, archive.lock("import"):
        (busy / "lock").symlink_to(folder / "lock")
        done = sagsspor(busy, "upgrade")
        assert done.returncode == 4
        assert f"Process {os.getpid()}" in done.stderr
    assert not list(busy.glob("sagsspor-*"))


def test_two_upgrades_that_wait_keep_the_way_back(whole: Path, tmp_path: Path) -> None:
    """Of two upgrades that waited for a third process one does it; the copy is of the catalogue as it was."""
    folder = make_old(whole, tmp_path / "old")
    before = content(folder / CATALOGUE)
    command_line = [sys.executable, "-m", "cli", "--archive", str(folder), "upgrade", "--wait", "120"]
    with hold(folder, "import"):
        waiting = [subprocess.Popen(command_line, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
        while not all(str(folder / "lock") in {file.path for file in open_files(each)} for each in waiting):
            time.sleep(0.05)
    assert [each.wait(120) for each in waiting] == [0, 0]
    assert [path.name for path in folder.glob("sagsspor-*")] == ["sagsspor-0001.db"]
    assert content(folder / "sagsspor-0001.db") == before


def open_files(process: subprocess.Popen[bytes]) -> list[Any]:
    """Give the files that a process has open; raise AssertionError where it has ended."""
    assert process.poll() is None
    return psutil.Process(process.pid).open_files()


def test_copy_is_never_overwritten(whole: Path, tmp_path: Path) -> None:
    """A copy that is there, as of an upgrade that was gone back on, stays; the new one has a name of its own."""
    folder = make_old(whole, tmp_path / "old")
    first = upgrade_archive(folder).copy
    assert first is not None
    kept = first.read_bytes()
    shutil.copy(first, folder / CATALOGUE)
    second = upgrade_archive(folder).copy
    assert second is not None
    assert (second.name, first.read_bytes()) == ("sagsspor-0001-2.db", kept)


def make_due(whole: Path, folder: Path) -> Path:
    """Make an old archive whose facts are to be derived anew, too."""
    make_old(whole, folder)
    with sqlite3.connect(folder / CATALOGUE) as to:
        to.execute("INSERT INTO properties (name, value) VALUES ('derive', '1')")
    return folder


@pytest.mark.slow
def test_killed_upgrade_leaves_old_or_new(whole: Path, tmp_path: Path) -> None:
    """Upgrades killed at ever later moments leave the catalogue of the one version or the other, never between."""
    folder = make_due(whole, tmp_path / "old")
    before = content(folder / CATALOGUE)
    cut = 0
    for _ in range(12):
        command_line = [sys.executable, "-m", "cli", "--archive", str(folder), "upgrade"]
        with subprocess.Popen(command_line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while not (folder / "lock").exists() or not (folder / "lock").stat().st_size:
                if process.poll() is not None:
                    break
                time.sleep(0.002)
            # The first blow comes at once, on a machine of any speed; the later ones ever nearer to the end.
            time.sleep(cut * 0.015)
            process.send_signal(signal.SIGKILL)
        with sqlite3.connect(folder / CATALOGUE) as to:
            assert to.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            is_new = bool(to.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone())
        if is_new and cut:
            break
        if is_new:
            # A busy machine let the upgrade end before the first blow.
            shutil.rmtree(folder)
            make_due(whole, folder)
            continue
        assert content(folder / CATALOGUE) == before
        cut += 1
    assert cut
    upgrade_archive(folder)
    after, new = content(folder / CATALOGUE), content(whole / CATALOGUE)
    for name in new.keys() - {"runs", "sqlite_stat1"}:
        assert after[name] == new[name], name
