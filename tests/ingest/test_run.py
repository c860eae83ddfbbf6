"""The import as a run: everything is counted, nothing is read twice, and a kill at any moment loses nothing."""

import contextlib
import os
import pwd
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from corpus.archive import Archive
from corpus.errors import SagssporError, UsageError
from corpus.ledger import Input
from corpus.links import Links
from corpus.papers import Paper
from index.port import Hit
from index.query import Every, Range, Term
from index.sync import Follower, open_index
from ingest.discover import discover
from ingest.pool import Limits
from ingest.run import Import, ImportOptions, Report

ROOT = Path(__file__).parent.parent.parent
#: More than a batch.
LETTERS = 700


def run_import(folder: Path, *paths: Path, again: bool = False) -> Report:
    """Import in this process, as the command does."""
    options = ImportOptions(workers=2, limits=Limits(seconds=60), again=again)
    with Archive.create(folder) as archive, archive.lock(), Follower(archive) as follower:
        tell = Import(archive, options, on_progress=lambda _: None, on_batch=follower.follow)
        return tell.run([str(path) for path in paths])


def letters(folder: Path, count: int) -> Path:
    """Write so many short letters that no two are alike."""
    folder.mkdir(parents=True)
    for number in range(count):
        head = f"Brev nummer {number}\n\nSagsnr. 2011-{1000 + number}\n\nKære Ida\n\n"
        cited = f"Vi henviser til sagsnr. 2011-{1000 + number // 2}.\n"
        text = head + f"Havnebad {number} åbner den 3. maj 2011. {cited}"
        (folder / f"brev-{number}.txt").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Held:
    """What an archive holds: documents, lines of the ledger, originals, links, and the hits of some questions."""

    ids: frozenset[str]
    lines: int
    originals: frozenset[str]
    links: frozenset[tuple[str, str, str, tuple[str, ...]]]
    hits: tuple[tuple[str, ...], ...]


def state(folder: Path) -> Held:
    """Look at all that an archive holds."""
    questions = (Every(), Term("exact", "havnebad"), Term("exact", "7"), Term("stem", "åbn"), Range("year", 2011, 2011))
    with Archive.open(folder) as archive:
        ids = frozenset(id_ for _, id_ in archive.catalogue.changes_after(0, 100_000))
        assert archive.catalogue.count() == len(ids)
        links = [link for found in Links(archive.catalogue).out_of_all(sorted(ids)).values() for link in found]
        engine = open_index(archive)
        return Held(
            ids=ids,
            lines=sum(archive.catalogue.ledger.counts().values()),
            originals=frozenset(archive.files.hashes()),
            links=frozenset((link.source.id, link.kind, link.state, _ids(link.targets)) for link in links),
            hits=tuple(_ids(engine.search(question, limit=100_000).hits) for question in questions),
        )


def _ids(found: Iterable[Hit | Paper]) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in found))


def test_every_file_is_counted_once(tmp_path: Path) -> None:
    """Imported, duplicate, failed and skipped files add up to what lies in the folder."""
    folder = letters(tmp_path / "in", 5)
    shutil.copy(folder / "brev-0.txt", folder / "kopi.txt")
    (folder / "tom.txt").touch()
    os.mkfifo(folder / "rør")
    (folder / "løkke").symlink_to(folder)
    report = run_import(tmp_path / "archive", folder)
    assert report.counts == {"imported": 5, "duplicate": 1, "failed": 1, "skipped": 2}


def test_second_import_reads_nothing(tmp_path: Path) -> None:
    """Files that kept size and time are not read again; a changed one is a new document that replaces the old."""
    folder = letters(tmp_path / "in", 3)
    run_import(tmp_path / "archive", folder)
    assert run_import(tmp_path / "archive", folder).counts == {"unchanged": 3}
    (folder / "brev-1.txt").write_text("Nyt brev om havnebadet, sagsnr. 2012-77.", encoding="utf-8")
    assert run_import(tmp_path / "archive", folder).counts == {"unchanged": 2, "replaced": 1}


def test_file_that_could_not_be_read_is_read_again(tmp_path: Path) -> None:
    """What failed because it was not there, as on a share that was gone, is read next time; what is broken is not."""
    folder = letters(tmp_path / "in", 3)
    with Archive.create(tmp_path / "archive") as archive:
        for name, reason in (("brev-0.txt", "vanished"), ("brev-1.txt", "damaged")):
            seen = (folder / name).stat()
            entry = Input(str(folder / name), seen.st_size, seen.st_mtime_ns, "failed", reason, "…")
            archive.catalogue.put([(None, entry)], archive.catalogue.ledger.begin_run([]))
    assert run_import(tmp_path / "archive", folder).counts == {"imported": 2, "unchanged": 1}


def test_discover_refuses_a_path_that_is_not_there(tmp_path: Path) -> None:
    """A slip of the keyboard stops the import before it begins."""
    with pytest.raises(UsageError, match="does not exist"):
        list(discover([str(tmp_path), str(tmp_path / "nix")]))


@pytest.mark.parametrize("named", ["arkiv/files", "arkiv/files/ab", "arkiv/files/ab/cdef", "arkiv/index", "arkiv"])
def test_discover_passes_over_what_is_in_an_archive(tmp_path: Path, named: str) -> None:
    """The originals of an archive are papers that were read already, by whatever path one comes to them."""
    with Archive.create(tmp_path / "arkiv"):
        pass
    (tmp_path / "arkiv" / "index").mkdir()
    (tmp_path / "arkiv" / "files" / "ab").mkdir()
    (tmp_path / "arkiv" / "files" / "ab" / "cdef").write_text("Brev om havnen")
    (tmp_path / "arkiv" / "nye").mkdir()
    (tmp_path / "arkiv" / "nye" / "brev.txt").write_text("Brev om havnen")
    (found,) = discover([str(tmp_path / named)])
    assert (found.state, found.reason) == ("skipped", "archive")
    assert [each.state for each in discover([str(tmp_path / "arkiv" / "nye")])] == ["file"]


def test_discover_gives_each_file_once(tmp_path: Path) -> None:
    """Overlapping paths do not bring a file twice."""
    folder = letters(tmp_path / "in", 2)
    found = [each.path for each in discover([str(folder), str(folder / "brev-1.txt")])]
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    "name", ["~$brev.docx", ".~lock.brev.odt#", "brev.TMP", "~WRL0003.tmp", "Thumbs.db", "._brev.pdf"]
)
def test_droppings_of_programs_are_no_papers(tmp_path: Path, name: str) -> None:
    """What office programs and systems leave beside a paper is skipped; the paper beside it is found."""
    (tmp_path / name).write_bytes(b"\x05Ida Holm")
    (tmp_path / "~brev.docx").touch()
    found = {Path(each.path).name: (each.state, each.reason) for each in discover([str(tmp_path)])}
    assert found == {name: ("skipped", "furniture"), "~brev.docx": ("file", None)}


def test_link_to_a_folder_is_named(tmp_path: Path) -> None:
    """A linked folder is not followed, and has a reason of its own: much may be missing; a linked file is read."""
    (letters(tmp_path / "andet", 1) / "under").mkdir()
    folder = letters(tmp_path / "in", 1)
    (folder / "mappe").symlink_to(tmp_path / "andet")
    (folder / "fil.txt").symlink_to(tmp_path / "andet" / "brev-0.txt")
    found = {Path(each.path).name: (each.state, each.reason) for each in discover([str(folder)])}
    assert found == {"brev-0.txt": ("file", None), "fil.txt": ("file", None), "mappe": ("skipped", "linked-folder")}


@contextlib.contextmanager
def as_somebody() -> Iterator[None]:
    """Do without the rights of root, who may read everything."""
    mine = os.geteuid()
    os.seteuid(pwd.getpwnam("nobody").pw_uid if mine == 0 else mine)
    try:
        yield
    finally:
        os.seteuid(mine)


def test_folder_without_permission_is_a_failure() -> None:
    """A folder that may not be read is one failed line with its reason; the files beside it are found."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = letters(Path(name) / "in", 1)
        (folder / "lukket").mkdir(mode=0)
        with as_somebody():
            found = {Path(each.path).name: (each.state, each.reason) for each in discover([str(folder)])}
    assert found == {"brev-0.txt": ("file", None), "lukket": ("failed", "no-permission")}


def import_command(archive: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "cli", "--archive", str(archive), "import", str(folder), "--quiet"]


def kill_something(process: subprocess.Popen[bytes], rng: random.Random) -> None:
    """Kill the import with all its workers, the parent alone, or one worker alone."""
    victim = rng.choice(("all", "parent", "worker"))
    # An import that ended before the blow has nothing left to kill.
    with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess, IndexError):
        if victim == "all":
            os.killpg(process.pid, signal.SIGKILL)
        elif victim == "parent":
            process.kill()
        else:
            rng.choice(psutil.Process(process.pid).children(recursive=True)).kill()


def import_apart(archive: Path, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        import_command(archive, folder),
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.slow
def test_killed_import_converges(tmp_path: Path) -> None:
    """Thirty imports killed at random moments, parent or worker, then one more: it equals an undisturbed one."""
    folder, killed = letters(tmp_path / "in", LETTERS), tmp_path / "killed"
    run_import(tmp_path / "whole", folder)
    rng = random.Random(7)
    between = 0
    for number in range(30):
        if number % 3 == 0:
            # A finished archive is nothing to disturb.
            shutil.rmtree(killed, ignore_errors=True)
        process = import_apart(killed, folder)
        if number % 2:
            wait_for_documents(killed, process)
        time.sleep(rng.uniform(0.0, 0.1 if number % 2 else 2.0))
        kill_something(process, rng)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=60)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        between += 0 < count_documents(killed) < LETTERS
    assert between >= 3, "hardly a kill came between the first batch and the last"
    run_import(killed, folder)
    assert state(killed) == state(tmp_path / "whole")
    assert not list((killed / "files").glob("*/.new-*"))


def wait_for_documents(archive: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until an import has written a batch that was not there, or has ended."""
    before = count_documents(archive)
    while count_documents(archive) == before and process.poll() is None:
        time.sleep(0.01)


def count_documents(folder: Path) -> int:
    """Count what a killed import left; none where it did not come to make the archive."""
    try:
        with Archive.open(folder) as archive:
            return archive.catalogue.count()
    except SagssporError:
        return 0


@pytest.mark.slow
def test_import_goes_on_after_a_disk_that_was_full(tmp_path: Path) -> None:
    """Where no file may grow further the import says so and stops; with room again it becomes whole."""
    folder = letters(tmp_path / "in", 200)
    run_import(tmp_path / "whole", folder)
    stopped = 0
    for size in (100, 20_000, 100_000, 250_000, 400_000, 600_000, 1_000_000):
        done = subprocess.run(
            import_command(tmp_path / "full", folder),
            cwd=ROOT,
            capture_output=True,
            text=True,
            preexec_fn=lambda limit=size: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # type: ignore[misc]
        )
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 2), done.stderr
        stopped += done.returncode == 2
    assert stopped
    report = run_import(tmp_path / "full", folder)
    assert report.counts["failed"] == 0
    assert state(tmp_path / "full") == state(tmp_path / "whole")
