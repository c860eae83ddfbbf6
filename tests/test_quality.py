"""The program is as good as it was: no score on the labelled documents falls below the recorded one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.quality import (
    GOLD,
    ROOT,
    LabelledSet,
    Result,
    extract_answer,
    fallen,
    find_sets,
    miss_lines,
    read_recorded,
    score_facts,
    score_high,
    table_lines,
)
from tests.scoring import HIGH, JUDGES, Figures, Miss, keep_high

SETS = {labelled.name: labelled for labelled in find_sets()}
#: Scans stand in the set `shared`; without Tesseract its figures mean nothing.
NEEDS_OCR = frozenset({"shared"})


@pytest.fixture(scope="module")
def own() -> LabelledSet:
    """The set that comes with the repository."""
    return SETS["own"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["own", "shared", "seeds"])
def test_quality_does_not_fall(name: str) -> None:
    """Every figure is at least the recorded one; after a gain `python -m tests.quality --record` writes the new."""
    if name not in SETS:
        pytest.skip("../shared is not on this machine")
    if name in NEEDS_OCR and not shutil.which("tesseract"):
        pytest.skip("Tesseract is not on this machine")
    # In a process of its own: registers and word caches that other tests have filled must not show in the figures.
    command = [sys.executable, "-m", "tests.quality", "--only", name, "--misses"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_recorded_figures_are_complete() -> None:
    """Every set has a recorded figure for each key, and for search and links where the set has queries and links."""
    recorded = read_recorded()
    assert recorded.keys() == {"own", "shared", "seeds"}
    for name, figures in recorded.items():
        expected = {"doc_type", "title", "case_numbers", "date", "committees", "text words", "reading order"}
        if name != "seeds":
            expected |= {"nDCG@10", "recall@10", "link case", "links together", "items", "item outcomes"}
        assert expected <= figures.keys(), name
        assert all(0.0 <= value <= 1.0 for value in figures.values()), name


def test_gate_sees_a_damaged_program(own: LabelledSet) -> None:
    """When the program loses every case number, the gate names that key, and no other of the facts."""

    def hurt(path: Path) -> dict[str, Any] | None:
        answer = extract_answer(path)
        return {**answer, "case_numbers": []} if answer else None

    whole = {key: row["f1"] or 0.0 for key, row in score_facts(own).figures().items() if key in JUDGES}
    lower = fallen(score_facts(own, hurt).figures(), whole)
    assert [line.partition(":")[0] for line in lower] == ["case_numbers"]


def test_gate_sees_damaged_labels(own: LabelledSet, tmp_path: Path) -> None:
    """The expected answers with every date moved by a year, scored against the true ones, fall in the dates only."""
    answers = {file: own.answer(file) for file in own.documents}

    def moved(path: Path) -> dict[str, Any]:
        answer = json.loads(json.dumps(answers[path.name]))
        for fact in answer["dates"]:
            fact["date"] = f"{int(fact['date'][:4]) + 1}{fact['date'][4:]}"
        return {**answer, "text": own.text(path.name)}

    whole = score_facts(own, lambda path: {**answers[path.name], "text": own.text(path.name)}).figures()
    assert all(row["f1"] == 1.0 for row in whole.values() if row["gold"])
    lower = fallen(score_facts(own, moved).figures(), {key: row["f1"] or 0.0 for key, row in whole.items()})
    assert {line.partition(":")[0] for line in lower} <= {"dates", "dates with role", "deadlines", "mean F1 of keys"}
    assert len(lower) == 4


@pytest.mark.parametrize("name", sorted(SETS))
def test_values_of_high_confidence_are_right(name: str) -> None:
    """Of the values that are called sure, 99 of 100 are right, whatever their key."""
    if name in NEEDS_OCR and not shutil.which("tesseract"):
        pytest.skip("Tesseract is not on this machine")
    labelled = SETS[name]
    score = score_high(labelled, {file: extract_answer(path) for file, path in labelled.documents.items()})
    right, wrong = (sum(getattr(tally, side) for tally in score.tallies.values()) for side in ("right", "wrong"))
    assert right > 100
    assert wrong <= 0.01 * right, [miss for miss in score.misses if miss.fault == "extra"]


def test_values_of_low_confidence_are_left_out_of_the_high() -> None:
    """Lists lose their doubtful values, single values become none; what is sure stays."""
    place = {"key": "dates", "start": 0, "end": 1, "page": 1, "rule": "x"}
    answer = {
        "title": "A",
        "dates": [{"date": "2012-05-04"}, {"date": "2012-05-05"}],
        "places": [
            {**place, "index": 0, "confidence": 0.9},
            {**place, "index": 1, "confidence": HIGH},
            {**place, "key": "title", "index": 0, "confidence": 0.6},
        ],
    }
    kept = keep_high(answer)
    assert (kept["title"], kept["dates"]) == (None, [{"date": "2012-05-05"}])


@pytest.mark.parametrize(
    ("now", "before", "lower"),
    [(0.9, 0.9, 0), (0.9, 0.95, 1), (0.95, 0.9, 0), (0.9 - 1e-12, 0.9, 0), (0.9 - 1e-6, 0.9, 1), (None, 0.5, 0)],
)
def test_fallen(now: float | None, before: float, lower: int) -> None:
    """A figure fell when it is lower by more than rounding; a key with nothing expected and nothing found did not."""
    assert len(fallen({"title": {"f1": now}}, {"title": before})) == lower


def test_fallen_names_a_lost_key() -> None:
    """A recorded key that is no longer measured counts as fallen."""
    assert fallen({}, {"title": 0.5}) == ["title: 0.0000 after 0.5000"]


def test_table_shows_gain_and_loss() -> None:
    """The table prints each figure with its change since the recorded one, and marks what could not be read."""
    figures: dict[str, Figures] = {
        "doc_type": {"f1": 0.9, "gold": 10},
        "title": {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "gold": 4},
    }
    lines = list(table_lines("own", Result(figures, failed=["a.pdf"]), {"doc_type": 0.95, "title": 0.5}))
    assert lines[2].split() == ["doc_type", "0.9000", "10", "-0.0500"]
    assert lines[3].split() == ["title", "1.0000", "0.5000", "0.6667", "4", "+0.1667"]
    assert lines[-1] == "! a.pdf"


def test_misses_are_grouped_by_document() -> None:
    """Misses are listed under their document, with fault, key and value."""
    misses = [
        Miss("a.pdf", "extra", "date", "x"),
        Miss("b.pdf", "missing", "title", "y"),
        Miss("a.pdf", "low", "text", "z"),
    ]
    assert [line.split() for line in miss_lines(misses)] == [
        ["a.pdf"],
        ["extra", "date", "x"],
        ["low", "text", "z"],
        ["b.pdf"],
        ["missing", "title", "y"],
    ]


def test_disputed_labels_have_a_reason() -> None:
    """Each disputed label names a document of its set, a key of the table and why."""
    import tomllib

    disputed = tomllib.loads((GOLD / "disputed.toml").read_text("utf-8"))
    assert disputed.keys() == {"gold", "shared"}
    for row in [row for rows in disputed.values() for row in rows]:
        assert row.keys() == {"file", "key", "value", "reason"}
        assert row["key"] in JUDGES
        assert len(row["reason"]) > 20
