"""What somebody may only read, or not read: another user's archive is searched, a closed folder is no loss."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.archive import Archive
from index.engines import NAMES
from index.sync import Follower
from tests.test_cli import ROOT, SAMPLE

NOBODY = 65534
#: Root may write everywhere: it goes without that.
PLAIN = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


def run(archive: Path, *args: str, engine: str = "tantivy", plain: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command, `plain` as somebody who owns nothing of the archive, or may write nothing of it."""
    command = [sys.executable, "-m", "cli", "--archive", str(archive), *args]
    if plain and os.getuid() == 0:
        if shutil.which(PLAIN[0]) is None:
            pytest.skip("setpriv is not installed, and root may write everywhere")
        command = [*PLAIN, *command]
    environment = os.environ | {"SAGSSPOR_ENGINE": engine}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def close(archive: Path) -> None:
    """Give every file to somebody else, where this process may do so, and let nobody write."""
    for path in (*archive.rglob("*"), archive):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o555)
            if os.getuid() == 0:
                os.chown(path, NOBODY, NOBODY)


@pytest.fixture(params=NAMES)
def closed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An archive that this process may read."""
    archive, papers = tmp_path / "archive", [str(path) for path in sorted(SAMPLE.glob("charter-*"))]
    done = run(archive, "import", "-q", *papers, engine=request.param, plain=False)
    assert done.returncode == 0, done.stderr
    close(archive)
    yield archive, request.param
    for path in (archive, *archive.rglob("*")):
        path.chmod(path.stat().st_mode | 0o700)


def test_archive_of_somebody_else_is_searched(closed: tuple[Path, str], tmp_path: Path) -> None:
    """Who may only read searches, looks, and makes a backup; what would be written is refused with the reason."""
    archive, engine = closed
    before = sorted((path.name, path.stat().st_mtime_ns) for path in archive.rglob("*"))
    for args in (
        ("search", "charter", "--facets"),
        ("show", "charter-br.pdf"),
        ("case", "2011-98211"),
        ("trail", "Clean Harbours Charter"),
        ("suggest", "chart"),
        ("status",),
        ("backup", str(tmp_path / "b.tar")),
    ):
        done = run(archive, *args, engine=engine)
        assert (done.returncode, done.stderr) == (0, ""), args
        assert done.stdout
    for args in (("correct", "charter-br.pdf", "date", "2011-01-01"), ("reindex",), ("import", str(SAMPLE))):
        done = run(archive, *args, engine=engine)
        assert done.returncode == 2, args
        assert "cannot be written" in done.stderr
    assert sorted((path.name, path.stat().st_mtime_ns) for path in archive.rglob("*")) == before


@pytest.mark.skipif(os.getuid() != 0, reason="only root makes files of another user")
def test_archive_of_somebody_else_is_searched_while_they_write(tmp_path: Path) -> None:
    """What another user has committed a moment ago is found while their import goes on."""
    folder = tmp_path / "archive"
    assert run(folder, "import", "-q", str(SAMPLE / "charter-br.pdf"), plain=False).returncode == 0
    with Archive.open(folder) as archive, archive.lock(), Follower(archive):
        id_ = archive.catalogue.resolve_id("charter-br.pdf")[0]
        archive.catalogue.correct(id_, "title", "Et charter om badebroer", "asta")
        assert (folder / "sagsspor.db-wal").stat().st_size
        for path in (folder, *folder.glob("sagsspor.db*"), folder / "lock"):
            os.chown(path, NOBODY, NOBODY)
        done = run(folder, "show", "charter-br.pdf")
        assert done.returncode == 0, done.stderr
        assert "Et charter om badebroer" in done.stdout
        assert "Charter" in run(folder, "search", "charter").stdout


def test_closed_folder_hides_its_files(tmp_path: Path) -> None:
    """Files below a folder that cannot be read now are not gone, and the lines of those that had failed stay."""
    archive, folder = tmp_path / "archive", tmp_path / "in"
    secret = folder / "lukket" / "under"
    secret.mkdir(parents=True)
    (secret / "brev.txt").write_text("Brev om havnebadet", encoding="utf-8")
    (secret / "tom.txt").touch()
    (folder / "notat.txt").write_text("Notat om havnebadet", encoding="utf-8")
    (folder / "væk.txt").write_text("Referat om havnebadet", encoding="utf-8")
    assert run(archive, "import", str(folder)).returncode == 1
    (folder / "væk.txt").unlink()
    secret.parent.chmod(0)
    try:
        done = run(archive, "import", str(folder), "--quiet", "--json")
    finally:
        secret.parent.chmod(0o755)
    shown = json.loads(done.stdout)
    assert [Path(path).name for path in shown["vanished"]] == ["væk.txt"]
    assert [failure["code"] for failure in shown["failures"]] == ["no-permission"]
    failed = json.loads(run(archive, "failed", "--json").stdout)["failures"]
    assert sorted(Path(failure["path"]).name for failure in failed) == ["lukket", "tom.txt"]
    run(archive, "import", str(folder), "--quiet")
    failed = json.loads(run(archive, "failed", "--json").stdout)["failures"]
    assert [Path(failure["path"]).name for failure in failed] == ["tom.txt"]
