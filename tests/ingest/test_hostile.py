"""Every hostile file ends as a reading or as an error with a reason, soon and without leaving anything behind."""

from __future__ import annotations

import dataclasses
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.records import Reading
from ingest.layout import compose
from ingest.readers import ReadOptions, read
from tests.ingest.hostile import hostile_files, write_all

FILES = dict(hostile_files())
#: Nothing of it may wait for the recognition of scans; the scans among them are read in their own tests.
OPTIONS = ReadOptions(ocr="never")
ROOT = Path(__file__).parent.parent.parent
_READ_ALL = """
from tests.benchmarks.measure import peak_memory
from tests.ingest.test_hostile import FILES, _outcome
for file in FILES.items():
    _outcome(*file)
print(peak_memory())
"""
CODES = set(re.findall(r"`([a-z-]+)`", ReadError.__doc__ or ""))


def _outcome(name: str, content: bytes) -> Reading | ReadError:
    try:
        return read(content, name, options=OPTIONS)
    except ReadError as error:
        return error


def test_hostile_set_is_large_and_the_same_each_time() -> None:
    """There are at least sixty hostile files, and making them twice gives the same names."""
    assert len(FILES) >= 60
    assert [name for name, _ in hostile_files()] == list(FILES)


@pytest.mark.parametrize("name", FILES)
def test_read_hostile_ends_with_a_reading_or_a_reason(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile file gives a reading or a ReadError in a few seconds of the processor, and nothing is fetched."""
    monkeypatch.setattr(socket, "socket", _no_network)
    start = time.process_time()
    found = _outcome(name, FILES[name])
    text = compose(found).string if isinstance(found, Reading) else found.message
    assert time.process_time() - start < 10
    assert "root:x:0" not in text
    if isinstance(found, ReadError):
        assert found.code in CODES, f"{found.code} is not in the errors' docstring"
        assert found.path == name
        assert found.message[0].islower()
        assert found.message.isprintable()


def _no_network(*_: object, **__: object) -> socket.socket:
    raise AssertionError("a reader opened a socket")


EXPECTED = {
    "tom.txt": "empty",
    "blank.txt": "empty",
    "nuller.txt": "empty",
    "stoej.txt": "not-supported",
    "laast.pdf": "encrypted",
    "laast.zip": "encrypted",
    "laast.docx": "encrypted",
    "ingen-zip.docx": "damaged",
    "bombe.docx": "archive-bomb",
    "bombe.zip": "archive-bomb",
    "bombe.xlsx": "archive-bomb",
    "overlap.zip": "archive-bomb",
    "kun-hoved.pdf": "truncated",
    "afkortet-30-brev.docx": "truncated",
    "dyb.rtf": "nested-too-deep",
    "uhyre.png": "damaged",
}


@pytest.mark.parametrize(("name", "code"), EXPECTED.items())
def test_read_hostile_says_what_is_wrong(name: str, code: str) -> None:
    """The code of the error is the one that fits the defect."""
    found = _outcome(name, FILES[name])
    assert isinstance(found, ReadError)
    assert found.code == code


@pytest.mark.parametrize("name", ["afkortet-70-brev.pdf", "afkortet-99-brev.pdf"])
def test_read_truncated_pdf_keeps_its_first_pages(name: str) -> None:
    """The readable pages of a cut PDF are read, and a mark says after which page it ends."""
    found = _outcome(name, FILES[name])
    assert isinstance(found, Reading)
    assert [mark.message for mark in found.marks if mark.code == "truncated"] == [
        f"filen er afkortet efter side {len(found.pages)}"
    ]
    assert all(page.lines for page in found.pages)


@pytest.mark.parametrize("name", ["xxe.docx", "xxe.odt", "milliarder.docx", "xxe.html"])
def test_read_entities_are_not_expanded(name: str) -> None:
    """Entities from a document's own declarations, inner or outer, put no text into the reading."""
    found = _outcome(name, FILES[name])
    text = compose(found).string if isinstance(found, Reading) else ""
    assert "hahaha" not in text
    assert "root" not in text


def test_read_archive_names_are_only_names() -> None:
    """Entries with `..`, roots and long names are given as members; where they go is the caller's matter."""
    found = _outcome("navne.zip", FILES["navne.zip"])
    assert isinstance(found, Reading)
    assert [member.data for member in found.members] == [b"tekst"] * 4


def test_read_many_entries_marks_the_limit() -> None:
    """Entries beyond the limit are not read, and a mark says so."""
    found = _outcome("mange.zip", FILES["mange.zip"])
    assert isinstance(found, Reading)
    assert len(found.members) == OPTIONS.max_members
    assert [mark.code for mark in found.marks] == ["max-members"]


def test_read_hostile_leaves_no_file_and_no_descriptor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After all hostile files no temporary file is left and no descriptor is open that was not before."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("the system does not list open descriptors")
    before = len(list(descriptors.iterdir()))
    for name, content in FILES.items():
        if len(content) < 100_000:
            _outcome(name, content)
    assert list(tmp_path.iterdir()) == []
    assert len(list(descriptors.iterdir())) <= before + 2


def test_read_hostile_keeps_memory_bounded() -> None:
    """The whole set, bombs included, stays under a gigabyte in one process, which has done nothing else."""
    done = subprocess.run([sys.executable, "-c", _READ_ALL], cwd=ROOT, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.splitlines()[-1]) < 1000


def test_write_all_writes_every_file(tmp_path: Path) -> None:
    """The script writes each file of the set into a folder, for trials with other programs."""
    assert write_all(tmp_path / "ud") == len(FILES)
    assert {path.name for path in (tmp_path / "ud").iterdir()} == set(FILES)


@pytest.mark.parametrize(
    ("limit", "code"),
    [({"max_bytes": 100}, "too-large")],
)
def test_read_refuses_what_is_too_large(limit: dict[str, int], code: str) -> None:
    """A file above the limit is not read at all."""
    with pytest.raises(ReadError) as caught:
        read(b"Brev om sagen. " * 50, "brev.txt", options=dataclasses.replace(OPTIONS, **limit))  # type: ignore[arg-type]
    assert caught.value.code == code
