"""What keeps an archive, stopped in the middle: everything is whole, and nothing is left behind."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.commands.test_importing import command, in_terminal, letters
from tests.test_cli import ROOT, SAMPLE, answer, check, sagsspor

PAPERS = 2500


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that takes some seconds to go through."""
    folder = tmp_path_factory.mktemp("keeping")
    done = sagsspor("import", str(letters(folder / "in", PAPERS)), "-q", archive=folder / "archive")
    assert done.returncode == 0, done.stderr
    return folder / "archive"


def stop(archive: Path, *args: str, when: Callable[[], bool]) -> tuple[int, str]:
    """Press Ctrl-C as soon as something is so; give exit code and what was said."""
    with subprocess.Popen(command(archive, *args), cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        while not when() and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
        return process.returncode, said.strip()


def stop_in_time(
    archive: Path, *args: str, when: Callable[[], bool], undo: Callable[[], object] = bool
) -> tuple[int, str]:
    """Press Ctrl-C in the middle; undo and try again where a busy machine let the command end before the key."""
    for _ in range(5):
        code, said = stop(archive, *args, when=when)
        if code:
            break
        undo()
    return code, said


def assert_whole(archive: Path) -> None:
    """The archive is as it was, and nothing that was begun lies about."""
    assert answer("check", archive=archive)["faults"] == []
    assert answer("search", "havnebad", archive=archive)["total"] == PAPERS
    assert not [path.name for path in archive.iterdir() if path.name.startswith("index.")]


@pytest.mark.slow
def test_stopped_reindex_keeps_the_old_index(archive: Path) -> None:
    """Ctrl-C while the index is made anew leaves the one that was there."""
    assert stop_in_time(archive, "reindex", when=(archive / "index.new").exists) == (130, "Stopped.")
    assert_whole(archive)


@pytest.mark.slow
def test_stopped_backup_leaves_no_file(archive: Path, tmp_path: Path) -> None:
    """Ctrl-C while a backup is written leaves neither a part nor a copy of the catalogue."""
    target = tmp_path / "b.tar"
    writing = (tmp_path / "b.tar.part").exists
    stopped = stop_in_time(archive, "backup", str(target), when=writing, undo=target.unlink)
    assert stopped == (130, "Stopped.")
    assert list(tmp_path.iterdir()) == []
    assert_whole(archive)


@pytest.mark.slow
def test_stopped_restore_makes_no_archive(archive: Path, tmp_path: Path) -> None:
    """Ctrl-C while a backup is unpacked leaves no folder."""
    answer("backup", str(tmp_path / "b.tar"), archive=archive)
    new = tmp_path / "new"
    begun = (new / ".restored" / "files").exists
    stopped = stop_in_time(new, "restore", str(tmp_path / "b.tar"), when=begun, undo=lambda: shutil.rmtree(new))
    assert stopped == (130, "Stopped.")
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


@pytest.mark.slow
def test_stopped_check_and_reprocess_change_nothing(archive: Path) -> None:
    """Ctrl-C in a recount, or while everything is read anew, leaves every paper in its place."""
    for args in (("check",), ("reprocess", "-q")):
        before = time.monotonic()
        code, _ = stop(archive, *args, when=lambda: time.monotonic() - before > 2.5)  # noqa: B023
        assert code in (0, 130)
        assert_whole(archive)


def mail(path: Path, *papers: str) -> None:
    """Write a mail with attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ida@hvidkaer.dk", "asta@hvidkaer.dk", "Bilag om badebroen"
    message.set_content("Kære Asta\n\nVedlagt bilagene om badebroen.\n\nVenlig hilsen\nIda")
    for number, paper in enumerate(papers):
        message.add_attachment(paper.encode(), maintype="text", subtype="plain", filename=f"bilag-{number}.txt")
    path.write_bytes(message.as_bytes())


def test_removed_mail_takes_its_papers_along(tmp_path: Path) -> None:
    """What is inside a withdrawn mail goes with it; what was found elsewhere, too, stays; nothing comes back."""
    archive, folder = tmp_path / "archive", tmp_path / "in"
    folder.mkdir()
    mail(folder / "post.eml", "Takst for badebroen", "Tegning af badebroen")
    (folder / "tegning.txt").write_text("Tegning af badebroen", encoding="utf-8")
    answer("import", str(folder), archive=archive)
    assert answer("search", "badebroen", archive=archive)["total"] == 3
    refused = answer("remove", "post.eml", "--reason", "fejl", archive=archive, exit_code=2)
    assert "--yes" in refused["error"]["hint"]
    shown = answer("remove", "post.eml", "--reason", "fejl", "--yes", archive=archive)
    check(shown, "remove")
    assert len(shown["documents"]) == 2
    hits = answer("search", "badebroen", archive=archive)["hits"]
    assert [Path(hit["path"]).name for hit in hits] == ["tegning.txt"]
    answer("import", str(folder / "post.eml"), archive=archive)
    assert answer("search", "badebroen", archive=archive)["total"] == 1
    assert answer("check", archive=archive)["faults"] == []


def test_mail_goes_after_one_of_its_papers(tmp_path: Path) -> None:
    """A mail whose attachment was withdrawn before is withdrawn, too: no document is removed twice."""
    archive = tmp_path / "archive"
    mail(tmp_path / "post.eml", "Takst for badebroen", "Tegning af badebroen")
    answer("import", str(tmp_path / "post.eml"), archive=archive)
    answer("remove", "bilag-1.txt", "--reason", "personnummer", archive=archive)
    shown = answer("remove", "post.eml", "--reason", "fejl", "--yes", archive=archive)
    assert len(shown["documents"]) == 2
    assert answer("search", "badebroen", archive=archive)["total"] == 0
    assert list((archive / "files").glob("??/*")) == []
    assert answer("check", archive=archive)["faults"] == []


def test_removal_says_where_the_content_still_lies(tmp_path: Path) -> None:
    """A paper that came inside a mail still stands in the mail's original: that is said, until the mail goes, too."""
    archive = tmp_path / "archive"
    mail(tmp_path / "post.eml", "Takst for badebroen", "Tegning af badebroen")
    answer("import", str(tmp_path / "post.eml"), archive=archive)
    shown = answer("remove", "bilag-1.txt", "--reason", "personnummer", archive=archive)
    check(shown, "remove")
    post = answer("show", "post.eml", archive=archive)["id"]
    assert shown["within"] == [{"id": post, "path": str(tmp_path / "post.eml")}]
    done = sagsspor("remove", "bilag-0.txt", "--reason", "personnummer", archive=archive)
    assert f"still lies in {tmp_path / 'post.eml'} ({post})" in done.stdout
    assert "sagsspor reindex" in done.stdout
    assert answer("remove", "post.eml", "--reason", "fejl", archive=archive)["within"] == []


def test_nothing_of_a_removed_paper_stays_on_the_disk(tmp_path: Path) -> None:
    """With --reindex neither the catalogue's pages, free ones too, nor the index's files hold who signed a paper."""
    archive, folder = tmp_path / "archive", tmp_path / "in"
    folder.mkdir()
    for name, who in (("a", "Gunvor Eskelund"), ("b", "Rigmor Tangkjær")):
        text = f"Svar om badebroen\n\nKære borger\n\nBroen åbner i maj.\n\nMed venlig hilsen\n\n{who}\nDirektør\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    answer("import", str(folder), archive=archive)
    assert holding(archive, "Gunvor Eskelund")
    shown = answer("remove", "a.txt", "--reason", "fejl", "--reindex", archive=archive)
    assert (shown["reindexed"], shown["within"]) == (True, [])
    assert holding(archive, "Gunvor Eskelund") == []
    assert holding(archive, "Rigmor Tangkjær")
    assert answer("search", "badebroen", archive=archive)["total"] == 1


def holding(archive: Path, words: str) -> list[str]:
    """Give the files of an archive, but for the originals, that hold some words, in small letters or not."""
    files = [path for path in archive.rglob("*") if path.is_file() and path.parent.parent.name != "files"]
    return [path.name for path in files if words.encode().lower() in path.read_bytes().lower()]


def test_removed_case_leaves_meetings(tmp_path: Path) -> None:
    """All papers of a case go by its number, in any spelling; a meeting that has an item of it stays and is named."""
    archive = tmp_path / "archive"
    answer("import", str(SAMPLE), archive=archive)
    minutes = answer("show", "plan-og-teknik-2022-03-08-referat.pdf", archive=archive)
    number = next(item["case_numbers"][0] for item in minutes["items"] if item["case_numbers"])
    papers = answer("case", number, archive=archive)["documents"]
    own = {paper["id"] for paper in papers} - {minutes["id"]}
    done = answer("remove", number, "--reason", "trukket tilbage", "--yes", archive=archive)
    assert minutes["id"] in done["meetings"]
    assert set(done["documents"]).isdisjoint({minutes["id"]})
    assert own - set(done["meetings"]) <= set(done["documents"])
    assert answer("check", archive=archive)["faults"] == []
    done = answer("remove", "2011 98211", "--reason", "trukket tilbage", "--yes", archive=archive)
    assert len(done["documents"]) > 2
    # Who cites the case is still there.
    assert answer("case", "2011-98211", archive=archive)["documents"] == []
    for id_ in done["documents"]:
        assert answer("show", id_, archive=archive, exit_code=3)["error"]["code"] == "not-found"


WORK = """
import sys, time
from commands.progress import meter
with meter("Checking", unit=" documents") as tell:
    for done in range(int(sys.argv[1])):
        tell(done + 1, 1200)
        time.sleep(0.002)
print("done")
"""


def test_long_work_shows_a_bar() -> None:
    """What takes more than a second says on a terminal how far it is, and how long the rest takes."""
    exit_code, shown = in_terminal(sys.executable, "-c", WORK, "1200")
    assert exit_code == 0
    assert re.search(r"Checking .*[\d,]+ of 1,200 documents", shown)
    assert shown.rstrip().endswith("done")


def test_short_work_shows_none() -> None:
    """What is done in less draws nothing, unless a busy machine made it long."""
    assert any("Checking" not in in_terminal(sys.executable, "-c", WORK, "20")[1] for _ in range(3))


def test_work_in_a_pipe_shows_no_bar() -> None:
    """Without a terminal nothing is drawn."""
    done = subprocess.run([sys.executable, "-c", WORK, "700"], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("done\n", "")
