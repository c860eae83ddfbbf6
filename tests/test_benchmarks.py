"""The benchmarks run: figures that are quoted come from commands that work."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (("search", "--size", "300", "--no-rivals"), "whole search(), ten snippets"),
        (("links", "--size", "12000"), "case"),
        (("many", "--size", "40"), "files"),
        (("facts", "--size", "20"), "facts"),
    ],
)
def test_benchmark_runs(args: tuple[str, ...], shown: str) -> None:
    """A benchmark of a small size prints its tables."""
    command = [sys.executable, "-m", "tests.benchmarks", *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout
    assert "| --" in done.stdout
