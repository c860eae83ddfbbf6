"""The originals: whole or not there, whatever happened while they were written."""

import hashlib
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from corpus.files import FileStore

DATA = "Kære Ida, havnebadet åbner den 3. maj.".encode()
SHA = hashlib.sha256(DATA).hexdigest()


def test_put_writes_a_file_once(tmp_path: Path) -> None:
    """What is there whole is not written again, and nothing unfinished is left."""
    store = FileStore(tmp_path)
    first = store.put(SHA, DATA)
    written = first.stat().st_mtime_ns
    assert store.put(SHA, DATA).stat().st_mtime_ns == written
    assert list(store.hashes()) == [SHA]
    assert store.unfinished() == 0


@pytest.mark.parametrize("left", [b"", DATA[:7]])
def test_put_replaces_what_a_power_cut_left(tmp_path: Path, left: bytes) -> None:
    """A file of another size than its content is written anew."""
    store = FileStore(tmp_path)
    store.put(SHA, DATA).write_bytes(left)
    assert store.put(SHA, DATA).read_bytes() == DATA


def test_sync_waits_for_the_disk(tmp_path: Path) -> None:
    """What was put is on the disk after it; a folder that is gone is an error of the archive."""
    store = FileStore(tmp_path / "files")
    store.put(SHA, DATA)
    store.sync()
    with pytest.raises(ArchiveError, match="cannot be written"):
        FileStore(tmp_path / "gone").sync()
