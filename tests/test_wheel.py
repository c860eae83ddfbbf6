"""The wheel, as a user installs it: into an environment of its own, run from another folder."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_all_packages_and_no_tests(wheel: Path) -> None:
    """The wheel holds the command, every package and the sample archive; tests stay out."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "cli.py" in names
    for needed in (
        "corpus/",
        "ingest/facts/",
        "index/engines/",
        "search/",
        "corpus/sample/",
        "corpus/data/",
        "corpus/migrations/versions/",
    ):
        assert any(name.startswith(needed) for name in names), needed
    assert not any(name.startswith("tests/") for name in names)


@pytest.mark.slow
@pytest.mark.wheel
def test_wheel_runs_the_demo_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Installed into a fresh environment, `sagsspor demo` works from another folder."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    binaries = tmp_path / "venv" / "bin"
    install = [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, check=True, timeout=900)
    work = tmp_path / "elsewhere"
    work.mkdir()
    done = subprocess.run([binaries / "sagsspor", "demo", "--json"], cwd=work, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert "failed" not in shown["import"]["counts"]
    assert shown["search_number"]["case"]
    assert shown["case"]["documents"]
    assert shown["trail"]["steps"]
    assert (work / "sagsspor-demo" / "sagsspor.db").is_file()
    upgraded = upgrade_from_first(binaries, work / "sagsspor-demo")
    assert (upgraded["from"], upgraded["to"]) == ("0001", shown_revision(binaries))


GO_DOWN = """
import pathlib, sys
from alembic import command
from corpus.upgrade import configuration, open_for_upgrade
with open_for_upgrade(pathlib.Path(sys.argv[1])).begin() as to:
    config = configuration()
    config.attributes["connection"] = to
    command.downgrade(config, "0001")
"""


def upgrade_from_first(binaries: Path, archive: Path) -> dict[str, Any]:
    """Take the catalogue down to the first version with the installed program, and let its command bring it up."""
    subprocess.run([binaries / "python", "-c", GO_DOWN, archive / "sagsspor.db"], cwd=archive, check=True)
    command = [binaries / "sagsspor", "--archive", archive, "upgrade", "--json"]
    return json.loads(subprocess.run(command, cwd=archive, check=True, capture_output=True, text=True).stdout)


def shown_revision(binaries: Path) -> str:
    """Give the version of the tables that the installed program makes."""
    code = "from corpus.tables import REVISION; print(REVISION)"
    shown = subprocess.run([binaries / "python", "-c", code], cwd="/", check=True, capture_output=True, text=True)
    return shown.stdout.strip()
