"""An import as its users meet it: what it says while it works and at its end, in place or copied, beside others."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

import pytest

from tests.test_cli import ROOT, SAMPLE, answer, check, sagsspor


def letters(folder: Path, count: int, *, empty: int = 0) -> Path:
    """Write letters of which no two are alike, and files with nothing in them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"Brev nummer {number}\n\nSagsnr. 2011-{1000 + number}\n\nHavnebad {number} åbner den 3. maj 2011.\n"
        (folder / f"brev-{number}.txt").write_text(text, encoding="utf-8")
    for number in range(empty):
        (folder / f"tom-{number}.txt").touch()
    return folder


def command(archive: Path, *args: str) -> list[str]:
    return [sys.executable, "-m", "cli", "--archive", str(archive), *args]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAGSSPOR")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def in_terminal(*args: str, seconds: float = 120) -> tuple[int, str]:
    """Run a command in a terminal of 100 columns; give its exit code and all that it showed."""
    pid, handle = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execve(args[0], args, environment(TERM="xterm", COLUMNS="100"))
    shown, until = b"", time.monotonic() + seconds
    while time.monotonic() < until:
        if select.select([handle], [], [], 0.2)[0]:
            try:
                part = os.read(handle, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    _, status = os.waitpid(pid, 0)
    os.close(handle)
    return os.waitstatus_to_exitcode(status), re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


def test_events_add_up(tmp_path: Path) -> None:
    """Every event has its shape; files and failures are told one by one, and the last event counts the same."""
    folder = letters(tmp_path / "in", 12, empty=2)
    (folder / "kopi.txt").write_bytes((folder / "brev-0.txt").read_bytes())
    done = sagsspor("import", str(folder), "--json", archive=tmp_path / "archive")
    assert done.returncode == 1
    events = [json.loads(line) for line in done.stdout.splitlines()]
    for event in events:
        check(event, "import_events")
    assert [events[0]["event"], events[-1]["event"]] == ["started", "finished"]
    told = Counter(event.get("state", event["event"]) for event in events[1:-1] if event["event"] != "progress")
    assert told == events[-1]["counts"] == {"imported": 12, "duplicate": 1, "failed": 2}
    assert {event["code"] for event in events if event["event"] == "failed"} == {"empty"}
    last = events[-1]
    assert (last["files"], last["members"], last["on_disk"], last["ledger_lines"]) == (15, 0, 15, 15)
    assert last["reasons"] == {"empty": 2}


def test_quiet_json_is_one_object(tmp_path: Path) -> None:
    """With --quiet only what the run did is printed."""
    done = sagsspor("import", str(letters(tmp_path / "in", 2)), "--json", "-q", archive=tmp_path / "archive")
    check(json.loads(done.stdout), "import")


def test_long_import_tells_its_progress(tmp_path: Path) -> None:
    """Events come while the import works: never more files than are met, and the scan ends."""
    folder = letters(tmp_path / "in", 700)
    done = sagsspor("import", str(folder), "--json", archive=tmp_path / "archive")
    progress = [each for each in map(json.loads, done.stdout.splitlines()) if each["event"] == "progress"]
    assert progress
    assert all(each["files"] <= each["found"] for each in progress)
    assert [each["files"] for each in progress] == sorted(each["files"] for each in progress)
    assert progress[-1]["scanned"]
    assert progress[-1]["found"] == 700


def test_terminal_shows_a_bar(tmp_path: Path) -> None:
    """On a terminal a bar says how many of how many, how fast, and what failed why; then the counts."""
    folder = letters(tmp_path / "in", 500, empty=3)
    exit_code, shown = in_terminal(*command(tmp_path / "archive", "import", str(folder)))
    assert exit_code == 1
    assert re.search(r"\d+ of (at least )?503 files, \d+/s", shown)
    assert re.search(r"[123] failed \([123] empty\)", shown)
    assert "503 files and members: 500 imported, 3 failed (3 empty)" in shown
    assert "On disk: 503 files; in the ledger: 503 of them." in shown


def test_pipe_gets_no_bar(tmp_path: Path) -> None:
    """Where there is no terminal, nothing is drawn: the output is lines."""
    done = sagsspor("import", str(letters(tmp_path / "in", 30)), archive=tmp_path / "archive")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_counts_hold_members_apart(tmp_path: Path) -> None:
    """What is inside a mail is counted, and is no file on disk; `status` says both."""
    archive = tmp_path / "archive"
    shown = answer("import", str(SAMPLE), archive=archive)
    files = sum(1 for path in SAMPLE.rglob("*") if path.is_file())
    assert (shown["on_disk"], shown["ledger_lines"], shown["files"]) == (files, files, files)
    assert shown["members"] == shown["total"] - files > 0
    seen = answer("status", archive=archive)
    check(seen, "status")
    assert (seen["files"], seen["members"]) == (files, shown["members"])
    assert sum(seen["ledger"].values()) == seen["files"] + seen["members"]


def test_archive_below_its_papers_is_passed_over(tmp_path: Path) -> None:
    """`import .` with the archive in the same folder reads the papers and not the archive's own files, ever."""
    folder = letters(tmp_path / "in", 3)
    for counts in ({"imported": 3, "skipped": 1}, {"unchanged": 3, "skipped": 1}):
        done = sagsspor("import", str(folder), "--json", archive=folder / "archive")
        assert json.loads(done.stdout.splitlines()[-1])["counts"] == counts
    left = answer("failed", archive=folder / "archive")["failures"]
    assert [(each["code"], each["path"]) for each in left] == [("archive", str(folder / "archive"))]


def test_retry_reads_only_what_failed(tmp_path: Path) -> None:
    """`retry` reads the failed files again, and those that are mended get in."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("god.txt", "tom.txt"):
        (folder / name).write_text("" if name == "tom.txt" else "Notat om havnen", encoding="utf-8")
    assert answer("import", str(folder), archive=tmp_path / "archive", exit_code=1)["counts"]["failed"] == 1
    told = sagsspor("retry", "--reason", "vrøvl", archive=tmp_path / "archive").stderr
    assert "No file failed for the reason 'vrøvl'; the reasons of others are empty." in told
    seen = (folder / "tom.txt").stat()
    (folder / "tom.txt").write_text("Nu er her et brev om parken", encoding="utf-8")
    os.utime(folder / "tom.txt", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert answer("retry", archive=tmp_path / "archive")["counts"] == {"imported": 1}
    assert answer("failed", archive=tmp_path / "archive")["failures"] == []


def test_verify_sees_content_behind_the_same_time(tmp_path: Path) -> None:
    """A file whose size and time stayed while its content changed is read with --verify only."""
    paper = tmp_path / "brev.txt"
    paper.write_text("Brev om havnen", encoding="utf-8")
    answer("import", str(paper), archive=tmp_path / "archive")
    seen = paper.stat()
    paper.write_text("Brev om parken", encoding="utf-8")
    os.utime(paper, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert answer("import", str(paper), archive=tmp_path / "archive")["counts"] == {"unchanged": 1}
    assert answer("import", str(paper), "--verify", archive=tmp_path / "archive")["counts"] == {"replaced": 1}


def next_import(events: TextIO) -> dict[str, Any]:
    """Give what the next round that reads something did."""
    for line in events:
        shown = json.loads(line)
        if shown["event"] == "finished" and "imported" in shown["counts"]:
            return shown
    raise AssertionError("the watch ended")


def test_watch_imports_what_comes(tmp_path: Path) -> None:
    """A file put into a watched folder is found soon after; Ctrl-C ends the watch and leaves the archive whole."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "en.txt").write_text("Brev om havnen", encoding="utf-8")
    command = [sys.executable, "-m", "cli", "--archive", str(tmp_path / "archive"), "import", str(folder)]
    with subprocess.Popen([*command, "--watch", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert next_import(process.stdout)["counts"] == {"imported": 1}
        (folder / "to.txt").write_text("Brev om parken", encoding="utf-8")
        assert next_import(process.stdout)["counts"] == {"imported": 1, "unchanged": 1}
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
    assert answer("search", "parken", archive=tmp_path / "archive")["total"] == 1


def test_watch_is_not_woken_by_itself(tmp_path: Path) -> None:
    """Where the archive lies in the watched folder, what is written to it begins no round; a new paper does."""
    folder = letters(tmp_path / "in", 1)
    watched = command(folder / "archive", "import", str(folder), "--watch", "--json", "-q")
    with subprocess.Popen(watched, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        rounds = [json.loads(process.stdout.readline())["counts"]]
        (folder / "ny.txt").write_text("Brev om parken", encoding="utf-8")
        while sum(each.get("imported", 0) for each in rounds) < 2:
            rounds.append(json.loads(process.stdout.readline())["counts"])
        time.sleep(10)
        process.send_signal(signal.SIGINT)
        rounds += [json.loads(line)["counts"] for line in process.communicate(timeout=30)[0].splitlines()]
    assert len(rounds) <= 4
    assert sum(each.get("imported", 0) for each in rounds) == 2


def test_runs_say_what_they_were(tmp_path: Path) -> None:
    """Import, retry and reprocess are runs of their own, each with counts, reasons, time and the program's version."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 3, empty=1)
    answer("import", str(folder), archive=archive, exit_code=1)
    (folder / "tom-0.txt").write_text("Nu er her et brev om parken", encoding="utf-8")
    answer("retry", archive=archive)
    answer("reprocess", archive=archive)
    shown = answer("runs", archive=archive)
    check(shown, "runs")
    assert [each["kind"] for each in shown["runs"]] == ["reprocess", "retry", "import"]
    assert {each["outcome"] for each in shown["runs"]} == {"finished"}
    assert [each["counts"] for each in shown["runs"]] == [
        {"imported": 4},
        {"imported": 1},
        {"imported": 3, "failed": 1},
    ]
    first = answer("run", "1", archive=archive)
    check(first, "run")
    assert first["reasons"] == {"empty": 1}
    assert first["seconds"] > 0
    assert first["program"]
    assert first["failures"] == []
    assert "later run" in sagsspor("run", "1", archive=archive).stdout
    assert answer("run", "99", archive=archive, exit_code=3)["error"]["code"] == "not-found"


def test_retry_passes_over_what_is_gone(tmp_path: Path) -> None:
    """A failed file that is not there any more stops nobody: it is named, the others are read."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 0, empty=2)
    answer("import", str(folder), archive=archive, exit_code=1)
    (folder / "tom-0.txt").unlink()
    (folder / "tom-1.txt").write_text("Brev om parken", encoding="utf-8")
    shown = answer("retry", archive=archive)
    assert shown["counts"] == {"imported": 1}
    assert shown["vanished"] == [str(folder / "tom-0.txt")]


def test_failed_file_that_is_gone_leaves_no_line(tmp_path: Path) -> None:
    """What failed and is gone from the disk is in no list; a paper that is gone stays in the archive, and is named."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 2, empty=1)
    answer("import", str(folder), archive=archive, exit_code=1)
    (folder / "tom-0.txt").unlink()
    (folder / "brev-1.txt").unlink()
    shown = answer("import", str(folder), archive=archive)
    assert (shown["dropped"], shown["vanished"]) == (1, [str(folder / "brev-1.txt")])
    assert (shown["on_disk"], shown["ledger_lines"]) == (1, 1)
    assert answer("failed", archive=archive)["failures"] == []
    assert answer("status", archive=archive)["documents"] == 2


def test_versions_survive_reprocessing(tmp_path: Path) -> None:
    """Reading everything anew keeps which version is which, and the path stays the newest one's."""
    archive, paper = tmp_path / "archive", tmp_path / "brev.txt"
    for text in ("Brev om havnen", "Brev om havnen og parken"):
        paper.write_text(text, encoding="utf-8")
        answer("import", str(paper), archive=archive)
    newest = answer("show", str(paper), archive=archive)["id"]
    answer("reprocess", archive=archive)
    assert answer("show", str(paper), archive=archive)["id"] == newest
    assert answer("check", archive=archive)["faults"] == []
    assert answer("import", str(paper), archive=archive)["counts"] == {"unchanged": 1}


def test_in_place_copies_nothing(tmp_path: Path) -> None:
    """Originals stay where they are: the archive has none, finds the papers, and a removal leaves the file alone."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 3)
    answer("import", str(folder), "--in-place", archive=archive)
    assert not list((archive / "files").rglob("*.*"))
    assert not [path for path in (archive / "files").rglob("*") if path.is_file()]
    assert answer("search", "havnebad", archive=archive)["total"] == 3
    shown = answer("check", archive=archive)
    assert (shown["faults"], shown["originals"]) == ([], {"kept": 0, "in_place": 3, "not_kept": 0})
    assert answer("status", archive=archive)["in_place"] == 3
    shown = answer("show", "brev-1.txt", archive=archive)
    check(shown, "show")
    assert shown["original"] == {"kept": False, "path": str(folder / "brev-1.txt")}
    assert f"original left in place: {folder / 'brev-1.txt'}" in sagsspor("show", "brev-1.txt", archive=archive).stdout
    again = answer("import", str(folder), archive=archive)
    check(again, "import")
    assert (again["counts"], again["left_in_place"]) == ({"unchanged": 3}, True)
    assert "backup --include-in-place" in sagsspor("import", str(folder), archive=archive).stdout
    paper = folder / "brev-1.txt"
    removed = answer("remove", "brev-1.txt", "--reason", "trukket tilbage", archive=archive)
    check(removed, "remove")
    assert removed["left"] == [str(paper)]
    assert paper.exists()
    last = answer("import", str(folder), "--in-place", archive=archive)
    assert (last["counts"], last["left_in_place"]) == ({"unchanged": 3}, False)


@pytest.mark.parametrize("quick", [False, True])
def test_check_sees_what_happens_to_originals_in_place(tmp_path: Path, quick: bool) -> None:
    """A changed and a vanished original are named, each as what it is; a touched one is none of them."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 4)
    answer("import", str(folder), "--in-place", archive=archive)
    (folder / "brev-0.txt").write_text("Et helt andet brev", encoding="utf-8")
    (folder / "brev-1.txt").unlink()
    os.utime(folder / "brev-2.txt", (1_000_000_000, 1_000_000_000))
    faults = answer("check", *(["--quick"] if quick else []), archive=archive, exit_code=1)["faults"]
    assert sorted(fault["kind"] for fault in faults) == ["original-changed", "original-vanished"]
    assert {"brev-0.txt", "brev-1.txt"} == {re.search(r"brev-\d.txt", fault["message"])[0] for fault in faults}  # type: ignore[index]
    done = answer("import", str(folder), "--in-place", archive=archive)
    assert done["counts"] == {"replaced": 1, "unchanged": 2}
    left = answer("check", archive=archive, exit_code=1)
    assert [fault["kind"] for fault in left["faults"]] == ["original-vanished"]
    assert left["originals"]["not_kept"] == 1


def test_in_place_is_reprocessed_where_it_lies(tmp_path: Path) -> None:
    """`reprocess` reads originals in place; one that changed or went keeps what was read of it."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 3)
    answer("import", str(folder), "--in-place", archive=archive)
    (folder / "brev-0.txt").write_text("Et helt andet brev", encoding="utf-8")
    shown = answer("reprocess", archive=archive)
    assert shown["counts"] == {"imported": 2}
    assert shown["vanished"] == [str(folder / "brev-0.txt")]
    assert answer("search", "havnebad", archive=archive)["total"] == 3


def test_copy_after_in_place_keeps_the_original(tmp_path: Path) -> None:
    """The same paper imported again as a copy is in the archive: its first place may vanish."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 1)
    answer("import", str(folder), "--in-place", archive=archive)
    answer("import", str(letters(tmp_path / "other", 1)), archive=archive)
    (folder / "brev-0.txt").unlink()
    shown = answer("check", archive=archive)
    assert (shown["faults"], shown["originals"]["kept"]) == ([], 1)


def test_settings_say_in_place(tmp_path: Path) -> None:
    """`in_place = true` in the archive's settings holds for every import and retry; --copy overrules it."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 2)
    archive.mkdir()
    (archive / "sagsspor.toml").write_text("in_place = true\n")
    answer("import", str(folder / "brev-0.txt"), archive=archive)
    assert answer("check", archive=archive)["originals"] == {"kept": 0, "in_place": 1, "not_kept": 0}
    answer("import", str(folder / "brev-1.txt"), "--copy", archive=archive)
    assert answer("check", archive=archive)["originals"] == {"kept": 1, "in_place": 1, "not_kept": 0}


def test_backup_says_what_is_not_in_it(tmp_path: Path) -> None:
    """A backup without the originals in place says so; with them, the restored archive needs no other place."""
    archive, folder = tmp_path / "archive", letters(tmp_path / "in", 2)
    answer("import", str(folder), "--in-place", archive=archive)
    shown = answer("backup", str(tmp_path / "uden.tar"), archive=archive)
    check(shown, "backup")
    assert (shown["originals"], shown["in_place"], shown["lost"]) == (0, 2, 0)
    assert "NOT in it" in sagsspor("backup", str(tmp_path / "igen.tar"), archive=archive).stdout
    shown = answer("backup", str(tmp_path / "med.tar"), "--include-in-place", archive=archive)
    assert (shown["originals"], shown["in_place"]) == (2, 0)
    for name in ("uden", "med"):
        check(answer("restore", str(tmp_path / f"{name}.tar"), archive=tmp_path / name), "restore")
        assert answer("search", "havnebad", archive=tmp_path / name)["total"] == 2
    (folder / "brev-0.txt").unlink()
    assert answer("check", archive=tmp_path / "med")["originals"] == {"kept": 2, "in_place": 0, "not_kept": 0}
    assert len(answer("check", archive=tmp_path / "uden", exit_code=1)["faults"]) == 1


def test_log_lines(tmp_path: Path) -> None:
    """With --log-json each document is a line at debug and counts are lines at info; without a level there is none."""
    folder = letters(tmp_path / "in", 3, empty=1)
    log = tmp_path / "log.jsonl"
    done = sagsspor(
        "--log-level",
        "debug",
        "--log-json",
        "--log-file",
        str(log),
        "import",
        str(folder),
        "-q",
        archive=tmp_path / "archive",
    )
    assert done.returncode == 1
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert all({"at", "level", "logger", "message"} <= line.keys() for line in lines)
    lines = [line for line in lines if line["logger"] == "sagsspor.import"]
    papers = [line for line in lines if line["level"] == "debug"]
    assert Counter(line["state"] for line in papers) == {"imported": 3, "failed": 1}
    assert {line["path"] for line in papers} == {str(path) for path in folder.iterdir()}
    last = [line for line in lines if line["level"] == "info"][-1]
    assert (last["counts"], last["reasons"]) == ({"failed": 1, "imported": 3}, {"empty": 1})
    assert sagsspor("import", str(folder), "-q", archive=tmp_path / "archive").stderr == ""


def test_log_level_of_the_environment(tmp_path: Path) -> None:
    """SAGSSPOR_LOG logs to standard error, in lines for people; a level that is none is refused."""
    folder = letters(tmp_path / "in", 1)
    base = command(tmp_path / "archive", "import", str(folder), "-q")
    done = subprocess.run(base, cwd=ROOT, env=environment(SAGSSPOR_LOG="info"), capture_output=True, text=True)
    assert re.search(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d info +run 1 finished", done.stderr, re.MULTILINE)
    done = subprocess.run(base, cwd=ROOT, env=environment(SAGSSPOR_LOG="laut"), capture_output=True, text=True)
    assert done.returncode == 2
    assert "laut" in done.stderr


def test_interrupted_backup_and_restore_leave_nothing(tmp_path: Path) -> None:
    """A backup cut off in the middle is no file, and a restore of half a file makes no archive."""
    archive = tmp_path / "archive"
    answer("import", str(SAMPLE), archive=archive)
    answer("backup", str(tmp_path / "b.tar"), archive=archive)
    whole = (tmp_path / "b.tar").read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 12_000):
        (tmp_path / "half.tar").write_bytes(whole[:size])
        done = sagsspor("restore", str(tmp_path / "half.tar"), archive=tmp_path / "new")
        assert done.returncode == 2, size
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "new").exists()
    assert answer("restore", str(tmp_path / "b.tar"), archive=tmp_path / "new")["documents"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".") or path.suffix == ".part"]


def test_old_backup_is_restored_as_this_version(tmp_path: Path) -> None:
    """A backup of an older version is brought up to this one while it is restored."""
    from tests.corpus.test_upgrade import make_old

    archive = tmp_path / "archive"
    answer("import", str(SAMPLE), archive=archive)
    make_old(archive, tmp_path / "old")
    subprocess.run(["tar", "-chf", tmp_path / "old.tar", "-C", tmp_path / "old", "files", "sagsspor.db"], check=True)
    restored: dict[str, Any] = answer("restore", str(tmp_path / "old.tar"), archive=tmp_path / "new")
    assert restored["documents"] == answer("status", archive=archive)["documents"]
    assert answer("search", "havnebade", archive=tmp_path / "new")["total"]
    assert answer("check", archive=tmp_path / "new")["faults"] == []
