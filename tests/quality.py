"""Score the program on the labelled documents, and show what was gained and lost since the recorded figures.

    python -m tests.quality [--record] [--misses] [--only SET] [--facts]

Sets: `own` (corpus/sample and tests/gold), and where they lie beside the repository `shared` (../shared/gold) and
`seeds` (../shared/seeds). The recorded figures are in tests/gold/recorded.json, labels held to be wrong in
tests/gold/disputed.toml; the keys these touch are printed a second time without them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from cli import main as sagsspor
from corpus.errors import ReadError
from corpus.records import record_to_json
from tests.extraction import extract_file
from tests.ranking import judge_links, judge_ranking, link_pairs
from tests.scoring import HIGH, JUDGES, SIDE_KEYS, Figures, Miss, Score, keep_high

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
RECORDED = GOLD / "recorded.json"
DISPUTED = GOLD / "disputed.toml"
#: A figure that is lower by less than this did not fall.
TOLERANCE = 1e-9

Extract = Callable[[Path], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Documents by file name, and the folder with what is expected of them."""

    name: str
    documents: Mapping[str, Path]
    labels: Path

    def answer(self, file: str) -> dict[str, Any]:
        """Give the expected answer for one document."""
        found: dict[str, Any] = json.loads((self.labels / f"{file}.gold.json").read_text("utf-8"))
        return found

    def text(self, file: str) -> str | None:
        """Give the expected text, where there is one."""
        path = self.labels / f"{file}.txt.gold"
        return path.read_text("utf-8") if path.exists() else None

    def table(self, name: str) -> list[dict[str, Any]]:
        """Give the rows of `queries.json` or `links.json`; none where the set has no such file."""
        path = self.labels / name
        found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
        return found


@dataclass(slots=True)
class Result:
    """The figures of one set, every miss, and the documents and questions that gave nothing."""

    figures: dict[str, Figures] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    undisputed: dict[str, Figures] = field(default_factory=dict)
    #: What is scored where only the values of high confidence are given.
    high: Score = field(default_factory=Score)


def find_sets() -> list[LabelledSet]:
    """Give the sets that are on this machine."""
    found = [LabelledSet("own", _documents(GOLD, GOLD, ROOT / "corpus" / "sample"), GOLD)]
    for name, folder in (("shared", SHARED / "gold"), ("seeds", SHARED / "seeds")):
        if folder.is_dir():
            found.append(LabelledSet(name, _documents(folder, folder), folder))
    return found


def _documents(labels: Path, *folders: Path) -> dict[str, Path]:
    names = sorted(path.name.removesuffix(".gold.json") for path in labels.glob("*.gold.json"))
    places = {name: [folder / name for folder in folders if (folder / name).exists()] for name in names}
    return {name: paths[0] for name, paths in places.items() if paths}


def extract_answer(path: Path) -> dict[str, Any] | None:
    """Give what the program knows of a document, or `None` where it cannot read it."""
    try:
        return record_to_json(extract_file(path).record)
    except ReadError:
        return None


def score_facts(labelled: LabelledSet, extract: Extract = extract_answer) -> Score:
    """Score facts and text of every document of the set."""
    score = Score()
    for file, path in labelled.documents.items():
        score.add(file, labelled.answer(file), extract(path), labelled.text(file))
    return score


def score_high(labelled: LabelledSet, answers: Mapping[str, dict[str, Any] | None]) -> Score:
    """Score what is left of the answers where only the values of high confidence are given."""
    score = Score()
    for file, answer in answers.items():
        if answer is not None:
            score.add(file, labelled.answer(file), keep_high(answer))
    return score


def measure(labelled: LabelledSet, *, archive: bool = True) -> Result:
    """Give every figure of a set; search and links are measured on an archive made for it."""
    answers = {file: extract_answer(path) for file, path in labelled.documents.items()}
    score = score_facts(labelled, lambda path: answers[path.name])
    result = Result(score.figures(), score.misses, score.failed, high=score_high(labelled, answers))
    result.undisputed = _without_disputed(score, labelled.name)
    if archive and (labelled.labels / "queries.json").exists():
        with tempfile.TemporaryDirectory() as folder:
            made = make_archive(labelled, Path(folder))
            _measure_search(result, labelled, made)
            _measure_links(result, labelled, made)
    return result


def _without_disputed(score: Score, name: str) -> dict[str, Figures]:
    """Give the figures of the keys with a disputed label, without the misses that the labels cause."""
    section = "gold" if name == "own" else "shared"
    rows = tomllib.loads(DISPUTED.read_text("utf-8")).get(section, [])
    disputed = {(row["file"], row["key"], row["value"]) for row in rows}
    touched = set()
    for miss in score.misses:
        if (miss.file, miss.key, miss.value) in disputed and (tally := score.tallies.get(miss.key)):
            tally.wrong -= miss.fault == "extra"
            tally.missing -= miss.fault == "missing"
            touched.add(miss.key)
    return {key: score.tallies[key].figures() for key in sorted(touched)}


# --- search and links, over the command line -------------------------------------------------------------------------


def make_archive(labelled: LabelledSet, folder: Path) -> Path:
    """Import the documents of the set, and nothing of its labels, into a new archive."""
    papers, archive = folder / "papers", folder / "archive"
    papers.mkdir()
    for path in labelled.documents.values():
        shutil.copy(path, papers)
    command = [sys.executable, "-m", "cli", "--archive", str(archive), "import", str(papers), "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"import ended with {done.returncode}: {done.stderr.strip()}")
    return archive


def ask(result: Result, archive: Path, *arguments: str) -> str:
    """Run a command on the archive in this process and give its output; one that fails is noted and gives nothing."""
    done = CliRunner().invoke(sagsspor, ["--archive", str(archive), *arguments])
    if done.exit_code == 0:
        return done.stdout
    result.failed.append(f"{arguments[0]} {arguments[-1]}: {done.exception!r} {done.stderr.strip()}"[:300])
    return ""


def rank(result: Result, archive: Path, query: str) -> list[str]:
    """Give the file names of the best ten hits."""
    answer = ask(result, archive, "search", "--json", "--limit", "10", "--", query)
    return [str(hit["path"]).rsplit("/", 1)[-1] for hit in json.loads(answer)["hits"]] if answer else []


def _measure_search(result: Result, labelled: LabelledSet, archive: Path) -> None:
    judged: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for query in labelled.table("queries.json"):
        ranked = rank(result, archive, query["query"])
        figures = judge_ranking(ranked, query["relevant"])
        judged[""].append(figures)
        if "class" in query:
            judged[f" {query['class']}"].append(figures)
        if figures != (1.0, 1.0):
            absent = [file for file in query["relevant"] if file not in ranked]
            said = f"nDCG {figures[0]:.3f} missing {' '.join(absent) or '-'} found {' '.join(ranked) or '-'}"
            result.misses.append(Miss(query["query"], "low", "search", said))
    for name, pairs in judged.items():
        for index, measure_name in enumerate(("nDCG@10", "recall@10")):
            mean = sum(pair[index] for pair in pairs) / len(pairs)
            result.figures[f"{measure_name}{name}"] = {"f1": mean, "gold": len(pairs)}


def _measure_links(result: Result, labelled: LabelledSet, archive: Path) -> None:
    rows = [json.loads(line) for line in ask(result, archive, "links", "--pairs", "--json").splitlines()]
    want = link_pairs(labelled.table("links.json"))
    got = link_pairs(rows, frozenset(labelled.documents))
    result.figures |= judge_links(want, got)
    for fault, pairs in (("missing", want - got), ("extra", got - want)):
        result.misses += [Miss(one, fault, f"link {kind}", other) for one, other, kind in sorted(pairs)]


# --- precision by confidence -----------------------------------------------------------------------------------------


def high_lines(results: Iterable[Result]) -> Iterable[str]:
    """Give the precision of the values of high confidence, key by key over all sets, and of all of them."""
    results = list(results)
    yield f"values of high confidence (at least {HIGH}), all sets"
    yield f"{'key':<24}{'precision':>10}{'found':>7}{'of all':>8}"
    all_right, all_found, every = 0, 0, 0
    for key in JUDGES:
        right = sum(result.high.tallies[key].right for result in results)
        found = right + sum(result.high.tallies[key].wrong for result in results)
        given = sum(int(result.figures[key]["found"] or 0) for result in results)
        if key not in SIDE_KEYS:
            all_right, all_found, every = all_right + right, all_found + found, every + given
        if found:
            yield f"{key:<24}{right / found:>10.4f}{found:>7}{found / given:>8.2f}"
    if all_found:
        yield f"{'all':<24}{all_right / all_found:>10.4f}{all_found:>7}{all_found / every:>8.2f}"


def high_misses(results: Mapping[str, Result]) -> Iterable[str]:
    """Give the values of high confidence that are wrong."""
    for result in results.values():
        yield from (f"    {miss.file} {miss.key} {miss.value}" for miss in result.high.misses if miss.fault == "extra")


# --- recorded figures ------------------------------------------------------------------------------------------------


def read_recorded() -> dict[str, dict[str, float]]:
    """Give the recorded figure of every key by set."""
    found: dict[str, dict[str, float]] = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}
    return found


def fallen(figures: Mapping[str, Figures], recorded: Mapping[str, float]) -> list[str]:
    """Name the recorded figures that are higher than today's."""
    lower = []
    for key, before in recorded.items():
        now = figures.get(key, {}).get("f1", 0.0)
        if now is not None and now < before - TOLERANCE:
            lower.append(f"{key}: {now:.4f} after {before:.4f}")
    return lower


def record(results: Mapping[str, Result]) -> None:
    """Write the figures of these sets; those of other sets stay as they are."""
    kept = read_recorded()
    for name, result in results.items():
        kept[name] = {key: value for key, row in result.figures.items() if (value := row.get("f1")) is not None}
    RECORDED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


# --- the tables ------------------------------------------------------------------------------------------------------


def table_lines(name: str, result: Result, recorded: Mapping[str, float]) -> Iterable[str]:
    """Give the table of a set, line by line."""
    yield f"{name}: {result.figures['doc_type']['gold']} documents, {len(result.failed)} documents or questions failed"
    yield f"{'key':<24}{'precision':>10}{'recall':>9}{'F1':>9}{'gold':>7}{'found':>7}{'change':>10}"
    for key, row in result.figures.items():
        yield _table_line(key, row, recorded.get(key))
    for key, row in result.undisputed.items():
        yield _table_line(f"{key} *", row, None)
    if result.undisputed:
        yield "* without the labels in disputed.toml"
    for file in result.failed:
        yield f"! {file}"


def _table_line(key: str, row: Figures, before: float | None) -> str:
    cells = "".join(_cell(row.get(name), width) for name, width in (("precision", 10), ("recall", 9), ("f1", 9)))
    sizes = "".join(f"{row.get(name, ''):>7}" for name in ("gold", "found"))
    now = row.get("f1")
    change = "" if now is None or before is None or abs(now - before) <= TOLERANCE else f"{now - before:+.4f}"
    return f"{key:<24}{cells}{sizes}{change:>10}".rstrip()


def _cell(value: float | int | None, width: int) -> str:
    return f"{value:>{width}.4f}" if value is not None else " " * width


def miss_lines(misses: Iterable[Miss]) -> Iterable[str]:
    """Give the misses by document."""
    by_file: dict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        by_file[miss.file].append(miss)
    for file, found in by_file.items():
        yield file
        yield from (f"    {miss.fault:<8} {miss.key:<18} {miss.value}" for miss in found)


def main() -> int:
    """Run the command; exit 1 where a recorded figure fell."""
    options = _parse_options()
    recorded = read_recorded()
    results, lower = {}, []
    for labelled in find_sets():
        if options.only in (None, labelled.name):
            result = results[labelled.name] = measure(labelled, archive=not options.facts)
            before = recorded.get(labelled.name, {})
            _print([*table_lines(labelled.name, result, before), ""])
            if options.misses:
                _print([*miss_lines(result.misses), ""])
            missing = {key for key in before if key not in result.figures and options.facts}
            lower += fallen(result.figures, {key: value for key, value in before.items() if key not in missing})
    _print([*high_lines(results.values()), *high_misses(results), ""])
    if options.record:
        record(results)
        return 0
    _print(f"fallen: {line}" for line in lower)
    return 1 if lower else 0


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", action="store_true", help="write the figures to tests/gold/recorded.json")
    parser.add_argument("--misses", action="store_true", help="list what is missing, extra or wrong, by document")
    parser.add_argument("--only", metavar="SET", help="own, shared or seeds")
    parser.add_argument("--facts", action="store_true", help="leave out search and links")
    return parser.parse_args()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
