"""Two at one archive, and one that is stopped: who comes second waits or says who is first, and nothing is lost."""

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import SagssporError
from tests.commands.test_importing import command, letters
from tests.test_cli import ROOT, answer, sagsspor


def hold(archive: Path) -> subprocess.Popen[str]:
    """Hold an archive in another process until it is told to let go."""
    code = (
        "import sys, pathlib\n"
        "from corpus.archive import Archive\n"
        "with Archive.open(pathlib.Path(sys.argv[1])) as archive, archive.lock('import'):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(archive)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_second_import_says_who_is_first(tmp_path: Path) -> None:
    """Who finds the archive held learns process, machine and since when; `status` says it, too."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 1)
    answer("import", str(folder), archive=archive)
    with hold(archive) as holder:
        shown = answer("import", str(folder), archive=archive, exit_code=4)
        assert shown["error"]["code"] == "busy"
        said = shown["error"]["message"]
        assert f"Process {holder.pid} on {os.uname().nodename}" in said
        assert re.search(r"since \d{4}-\d\d-\d\dT", said)
        assert answer("status", archive=archive)["writer"]["pid"] == holder.pid
        assert answer("search", "havnebad", archive=archive)["total"] == 1
        started = time.monotonic()
        done = sagsspor("import", str(folder), "--wait", "1", archive=archive)
        assert done.returncode == 4
        assert time.monotonic() - started >= 1
        assert f"Waiting: Process {holder.pid}" in done.stderr
        holder.communicate("go\n")
    assert answer("status", archive=archive)["writer"] is None


def test_waiting_import_comes_next(tmp_path: Path) -> None:
    """`--wait` before a path takes no path for a number; it goes on when the other is done, or is killed."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 1)
    answer("import", str(folder), archive=archive)
    holder = hold(archive)
    with subprocess.Popen(
        command(archive, "import", "--wait", str(folder), "-q"), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as waiting:
        assert waiting.stderr
        assert waiting.stderr.readline().startswith("Waiting:")
        holder.kill()
        holder.communicate()
        assert waiting.wait(timeout=30) == 0


def test_stale_holder_is_told_apart(tmp_path: Path) -> None:
    """A held lock whose file names a process that is gone is not said to be that process's."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 1)
    answer("import", str(folder), archive=archive)
    gone = subprocess.Popen(["true"])
    gone.wait()
    with (archive / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        named = {"pid": gone.pid, "host": os.uname().nodename, "since": "2026-01-02T03:04:05+00:00", "work": "import"}
        json.dump(named, file)
        file.flush()
        said = answer("import", str(folder), archive=archive, exit_code=4)["error"]
    assert f"not by process {gone.pid}, which is gone" in said["message"]
    # A name without a lock holds nobody up.
    assert answer("import", str(folder), archive=archive)["counts"] == {"unchanged": 1}


def test_many_begin_one_archive(tmp_path: Path) -> None:
    """Four imports that make the same archive at once leave one whole archive with all their papers."""
    archive = tmp_path / "archive"
    folders = [letters(tmp_path / str(number), 3) for number in range(4)]
    for number, folder in enumerate(folders):
        (folder / "eget.txt").write_text(f"Notat {number} om parken", encoding="utf-8")
    begun = [subprocess.Popen(command(archive, "import", str(each), "--wait", "-q"), cwd=ROOT) for each in folders]
    assert [process.wait(timeout=120) for process in begun] == [0, 0, 0, 0]
    assert answer("check", archive=archive)["faults"] == []
    assert answer("status", archive=archive)["documents"] == 7


def has_papers(archive: Path) -> bool:
    """Tell whether an import has written its first batch, and not only lines of what is yet to be read."""
    with contextlib.suppress(SagssporError), Archive.open(archive) as opened:
        return opened.catalogue.count() > 0
    return False


def stop_import(archive: Path, folder: Path, sign: signal.Signals) -> tuple[int, str]:
    """Send a signal to an import that has papers and is not done; give its exit code and what it said."""
    for _ in range(5):
        with subprocess.Popen(
            command(archive, "import", str(folder), "-q"),
            cwd=ROOT,
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            while process.poll() is None and not has_papers(archive):
                time.sleep(0.01)
            process.send_signal(sign)
            said = process.communicate(timeout=60)[1]
        if process.returncode:
            return process.returncode, said
        # A busy machine let the import end before the signal.
        shutil.rmtree(archive)
    raise AssertionError("every import ended before the signal came")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sign", "outcome"),
    [(signal.SIGKILL, "killed"), (signal.SIGINT, "stopped"), (signal.SIGTERM, "stopped"), (signal.SIGHUP, "stopped")],
)
def test_stopped_run_is_told_and_goes_on(tmp_path: Path, sign: signal.Signals, outcome: str) -> None:
    """A run that is killed or stopped stays in the list as that, with what it did; the next goes on."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 3000)
    code, said = stop_import(archive, folder, sign)
    assert code == (-signal.SIGKILL if sign == signal.SIGKILL else 130)
    assert ("goes on from there" in said) == (outcome == "stopped")
    done = sagsspor("import", str(folder), archive=archive)
    assert done.returncode == 0, done.stderr
    assert ("Run 1 was killed" in done.stderr) == (outcome == "killed")
    second, first = answer("runs", archive=archive)["runs"]
    assert first["outcome"] == outcome
    # The counts are written with the papers: what the first run says it imported, the second finds unchanged.
    assert 0 < first["counts"]["imported"] < 3000
    assert first["seconds"] > 0
    assert second["counts"] == {
        "imported": 3000 - first["counts"]["imported"],
        "unchanged": first["counts"]["imported"],
    }
    assert answer("check", archive=archive)["faults"] == []
