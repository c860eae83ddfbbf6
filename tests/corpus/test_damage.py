"""A catalogue whose file is damaged: whoever asks it is told so, and how to get it back."""

import sqlite3
from pathlib import Path

import pytest

from corpus.archive import CATALOGUE
from tests.test_cli import SAMPLE, answer, sagsspor


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The catalogue of an archive with one paper."""
    folder = tmp_path_factory.mktemp("damage") / "archive"
    assert sagsspor("import", str(SAMPLE / "charter-br.pdf"), "-q", archive=folder).returncode == 0
    return (folder / CATALOGUE).read_bytes()


def damage(whole: bytes, folder: Path, name: str) -> Path:
    """Write a catalogue in which one table or index is overwritten, as a bad disk does."""
    folder.mkdir()
    path = folder / CATALOGUE
    path.write_bytes(whole)
    with sqlite3.connect(path) as to:
        (size,) = to.execute("PRAGMA page_size").fetchone()
        (page,) = to.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    return folder


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("changes", ("search", "charter")),
        ("texts", ("show", "charter-br.pdf")),
        ("runs", ("status",)),
        ("documents", ("import", str(SAMPLE))),
        ("numbers", ("check",)),
        ("parties_by_key", ("check",)),
    ],
)
def test_damaged_catalogue_is_told(whole: bytes, tmp_path: Path, name: str, args: tuple[str, ...]) -> None:
    """No traceback and no SQL: what is damaged, and that a backup has to be restored; `check` looks everywhere."""
    archive = damage(whole, tmp_path / "archive", name)
    error = answer(*args, archive=archive, exit_code=2)["error"]
    assert (error["code"], "damaged" in error["message"]) == ("archive", True)
    assert "SELECT" not in error["message"]
    assert "restore" in error["hint"].casefold()


@pytest.mark.parametrize(("column", "args"), [("record", ("search", "charter")), ("text", ("show", "charter-br.pdf"))])
def test_damaged_record_is_told(whole: bytes, tmp_path: Path, column: str, args: tuple[str, ...]) -> None:
    """A bad sector within a record or a text, which SQLite cannot see, is told like any other."""
    (tmp_path / CATALOGUE).write_bytes(whole)
    with sqlite3.connect(tmp_path / CATALOGUE) as to:
        table = "documents" if column == "record" else "texts"
        to.execute(f"UPDATE {table} SET {column} = CAST(substr({column}, 1, 40) AS BLOB)")
    error = answer(*args, archive=tmp_path, exit_code=2)["error"]
    assert (error["code"], "damaged" in error["message"]) == ("archive", True)


@pytest.mark.parametrize("args", [("search", "charter"), ("import", str(SAMPLE)), ("check",)])
def test_empty_catalogue_is_told(tmp_path: Path, args: tuple[str, ...]) -> None:
    """An import cannot mend an archive whose catalogue is an empty file: nobody is sent there."""
    (tmp_path / CATALOGUE).touch()
    error = answer(*args, archive=tmp_path, exit_code=2)["error"]
    assert "empty" in error["message"]
    assert "restore" in error["hint"].casefold()
