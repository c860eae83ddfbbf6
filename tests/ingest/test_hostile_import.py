"""Hostile files among good ones: the import ends, every file is in the ledger, and nothing is left behind."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from corpus.archive import Archive
from tests.ingest.hostile import hostile_files

ROOT = Path(__file__).parent.parent.parent
GOOD = 5_000


def write_hostile(folder: Path) -> int:
    """Write the hostile set, and names and kinds of files that no content makes; give how many files that are."""
    folder.mkdir(parents=True)
    for name, data in hostile_files():
        (folder / name.replace("/", "_")).write_bytes(data)
    (folder / ("langt-" * 40 + ".txt")).write_text("Brev med langt navn", encoding="utf-8")
    (folder / "linje\nskift.txt").write_text("Brev med linjeskift i navnet", encoding="utf-8")
    (folder / "-rf.txt").write_text("Brev, hvis navn ligner en kommando", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe6ble.txt")).write_text("Brev", encoding="utf-8")
    os.mkfifo(folder / "rør.pdf")
    (folder / "ring").symlink_to(folder)
    (folder / "væk.txt").symlink_to(folder / "findes ikke")
    return len(list(folder.iterdir()))


def grow(path: Path, stop: threading.Event) -> None:
    """Write to a file for as long as the import runs."""
    with path.open("w", encoding="utf-8") as file:
        while not stop.is_set():
            file.write("Endnu en linje om havnen.\n")
            file.flush()
            time.sleep(0.01)


def write_good(folder: Path, number: int) -> str:
    """Write a letter into the folder that is read before the hostile files or into theirs; give its path."""
    path = folder / ("onde" if number % 5 == 0 else "gode") / f"brev-{number}.txt"
    path.parent.mkdir(exist_ok=True)
    text = f"Brev nummer {number}\n\nSagsnr. 2012-{2000 + number}\n\nHavnebad {number} er åbent."
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_hostile_files_cost_only_themselves(tmp_path: Path) -> None:
    """Every good file gets in, every bad one has its reason, and no process or temporary file is left."""
    folder, temporary = tmp_path / "in", tmp_path / "tmp"
    temporary.mkdir()
    bad = write_hostile(folder / "onde")
    good = [write_good(folder, number) for number in range(GOOD)]
    stop = threading.Event()
    writer = threading.Thread(target=grow, args=(folder / "gode" / "vokser.txt", stop))
    writer.start()
    try:
        environment = os.environ | {"TMPDIR": str(temporary)}
        command = [sys.executable, "-m", "cli", "--archive", str(tmp_path / "archive"), "import", str(folder), "--json"]
        options = ["--timeout", "30", "--ocr", "never"]
        done = subprocess.run(
            [*command, *options], cwd=ROOT, capture_output=True, text=True, env=environment, timeout=500
        )
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    shown = json.loads(done.stdout.splitlines()[-1])
    with Archive.open(tmp_path / "archive") as archive:
        known = archive.catalogue.ledger.inputs(good)
        assert Counter(entry.state for entry in known.values()) == {"imported": GOOD}
        lines = archive.catalogue.ledger.paths_below(str(folder))
        failures = archive.catalogue.ledger.failures()
    assert len(lines) == bad + GOOD + 1
    assert all(entry.reason and entry.message for entry in failures)
    assert sum(shown["counts"].values()) == shown["total"]
    assert not [path for path in temporary.rglob("*") if path.is_file()]
    assert not [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path / "archive") in (p.info["cmdline"] or [])]
