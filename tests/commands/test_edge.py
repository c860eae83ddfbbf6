"""The program's edge: what comes from a terminal, and what a disk does not take."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import ROOT, SAMPLE, answer, sagsspor


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one paper."""
    folder = tmp_path_factory.mktemp("edge")
    paper = folder / "notat.txt"
    paper.write_text("Notat\n\nSagsnr. 2011-4711\n\nSkolen ved broen er bygget.", encoding="utf-8")
    assert sagsspor("import", str(paper), archive=folder / "archive").returncode == 0
    return folder / "archive"


@pytest.mark.parametrize("command", ["trail", "show", "hearing", "suggest", "case", "search", "links"])
def test_an_argument_that_is_no_text_is_wrong_use(archive: Path, command: str) -> None:
    """Bytes that are no UTF-8 are named in one line: nothing in the archive has them."""
    shown = answer(command, os.fsdecode(b"st\xf8j"), archive=archive, exit_code=2)
    assert shown["error"]["code"] == "usage"
    assert "st\ufffdj" in shown["error"]["message"]


def test_an_archive_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    """It is said before anything is made."""
    done = sagsspor("import", str(SAMPLE), archive=tmp_path / os.fsdecode(b"arkiv\xe6"))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "UTF-8" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names, or have no full device")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_output_that_nobody_can_take_is_an_error_of_one_line(archive: Path, options: tuple[str, ...]) -> None:
    """A full disk behind standard output is no bug."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli", "--archive", str(archive), "search", "skole", *options]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 2
    assert done.stderr.startswith("sagsspor: Nothing more can be written")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names, or have no full device")
def test_a_folder_whose_name_is_no_text_hinders_no_other_path(tmp_path: Path) -> None:
    """What lies in it is a `bad-name`; the good file beside it is imported."""
    folder = tmp_path / os.fsdecode(b"m\xe6ppe")
    folder.mkdir()
    for path in (folder / "brev.txt", tmp_path / "notat.txt"):
        path.write_text("Notat\n\nSagsnr. 2011-4711\n\nBroen er bygget.", encoding="utf-8")
    report = answer("import", str(tmp_path / "notat.txt"), str(folder), archive=tmp_path / "archive", exit_code=1)
    failed = answer("failed", archive=tmp_path / "archive")
    assert report["counts"] == {"imported": 1, "failed": 1}
    assert "bad-name" in json.dumps(failed)
