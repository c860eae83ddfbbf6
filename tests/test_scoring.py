"""The measuring tools measure: right answers score 1, each kind of damage shows where it was done, and nowhere else."""

from __future__ import annotations

import copy
import importlib.util
import json
import math
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ranking import judge_links, judge_ranking, link_pairs
from tests.scoring import JUDGES, Score, alike, fold, fold_body, fold_number, fold_person, judge_text

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).parents[2] / "shared"
Answer = dict[str, Any]


def load_set(folder: Path) -> dict[str, Answer]:
    """Give the expected answers of a folder by file name."""
    return {
        path.name.removesuffix(".gold.json"): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.gold.json"))
    }


def score_answers(want: dict[str, Answer], got: dict[str, Answer]) -> Score:
    """Score the answers `got` against `want`."""
    score = Score()
    for file, expected in want.items():
        score.add(file, expected, got.get(file))
    return score


def damage(answers: dict[str, Answer], change: Callable[[Answer], None]) -> dict[str, Answer]:
    """Give a copy of the answers in which `change` was done to each."""
    copied = copy.deepcopy(answers)
    for answer in copied.values():
        change(answer)
    return copied


@pytest.mark.parametrize(
    ("folding", "one", "other"),
    [
        (fold, "Beskæftigelses‑  og\nIntegration", "beskæftigelses- og integration"),
        (fold, "„Én indgang”", '"én indgang"'),
        (fold, "2011 - 2014", "2011-2014"),
        (fold_number, "2010 – 0016508", "2010-16508"),
        (fold_number, "018733-2013", "18733-2013"),
        (fold_number, "18/033412-4", "18/33412-4"),
        (fold_number, "emn-2017-02087", "EMN-2017-2087"),
        (fold_body, "Socialudvalgets", "Socialudvalget"),
        (fold_body, "Havlunde Byråd", "Byrådet i Havlunde Kommune"),
        (fold_body, "Kgs. Enghave Lokaludvalg", "Kongens Enghave Lokaludvalg"),
        (fold_person, "Att.: Jens B. Holm", "Jens B Holm"),
    ],
)
def test_folding_same(folding: Callable[[object], str], one: str, other: str) -> None:
    """Two ways to write one value fold to the same."""
    assert folding(one) == folding(other)


@pytest.mark.parametrize(
    ("folding", "one", "other"),
    [
        (fold_number, "2010-16508", "2010-16509"),
        (fold_number, "01.02.05-P16-3-21", "01.02.05-P16-3-22"),
        (fold_number, "18/33412", "18/33412-4"),
        (fold_body, "Socialudvalget", "Socialforvaltningen"),
        (fold_body, "Byrådet", "Kommunalbestyrelsen"),
    ],
)
def test_folding_different(folding: Callable[[object], str], one: str, other: str) -> None:
    """Different values stay different."""
    assert folding(one) != folding(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Integrating Cites Charter", "Integrating Cities Charter", True),
        ("Skolegårdsplan 2014-2018", "Skolegårdsplan 2019-2022", False),
        ("integrationspolitikken", "den københavnske integrationspolitikken", True),
        ("", "noget", False),
        ("", "", True),
    ],
)
def test_alike(one: str, other: str, same: bool) -> None:
    """Likeness forgives a slip of the pen and a longer form, never other digits."""
    assert alike(one, other, 0.8) is same


def test_score_of_the_set_against_itself() -> None:
    """The expected answers score 1 against themselves in every key, with no miss."""
    want = load_set(GOLD)
    score = score_answers(want, want)
    figures = score.figures()
    assert score.misses == []
    assert {key: figures[key]["f1"] for key in JUDGES if figures[key]["gold"]} == {
        key: 1.0 for key in JUDGES if figures[key]["gold"]
    }
    assert figures["doc_type"]["f1"] == figures["item outcomes"]["f1"] == figures["mean F1 of keys"]["f1"] == 1.0


def test_score_of_nothing() -> None:
    """A program that gives nothing finds nothing, and every document is listed as failed."""
    want = load_set(GOLD)
    score = score_answers(want, {})
    assert len(score.failed) == len(want)
    assert {tally.right for tally in score.tallies.values()} == {0}
    assert score.figures()["mean F1 of keys"]["f1"] == 0.0


def _drop_first(key: str) -> Callable[[Answer], None]:
    def change(answer: Answer) -> None:
        answer[key] = answer[key][1:]

    return change


def _drop_references(kind: str) -> Callable[[Answer], None]:
    def change(answer: Answer) -> None:
        answer["references"] = [link for link in answer["references"] if link["kind"] != kind]

    return change


def _invent_case(answer: Answer) -> None:
    answer["case_numbers"] = [*answer["case_numbers"], "1999-999"]


def _lose_title(answer: Answer) -> None:
    answer["title"] = None


def _mistake_roles(answer: Answer) -> None:
    for fact in answer["dates"]:
        fact["role"] = "mention"


def _mistake_outcomes(answer: Answer) -> None:
    for item in answer["items"]:
        item["outcome"] = "other"


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (_drop_first("case_numbers"), {"case_numbers"}),
        (_drop_first("document_numbers"), {"document_numbers"}),
        (_drop_first("committees"), {"committees"}),
        (_drop_first("departments"), {"departments"}),
        (_drop_first("recipients"), {"recipients"}),
        (_drop_first("signatories"), {"signatories", "signatory roles"}),
        (_drop_first("items"), {"items", "item outcomes", "item case_numbers"}),
        (_drop_references("law"), {"ref law"}),
        (_drop_references("letter"), {"ref letter"}),
        (_drop_references("meeting"), {"ref meeting"}),
        (_drop_references("case"), {"ref case"}),
        (_drop_references("instrument"), {"ref instrument"}),
        (_drop_references("attachment"), {"ref attachment", "attachment titles"}),
        (_invent_case, {"case_numbers"}),
        (_lose_title, {"title"}),
        (_mistake_roles, {"dates with role", "deadlines"}),
        (_mistake_outcomes, {"item outcomes"}),
    ],
)
def test_damage_shows_where_it_was_done(change: Callable[[Answer], None], touched: set[str]) -> None:
    """Damage to one key lowers the score of that key and of no other."""
    want = load_set(GOLD)
    whole, hurt = (score_answers(want, got).figures() for got in (want, damage(want, change)))
    changed = {key for key in whole if whole[key] != hurt[key]} - {"mean F1 of keys"}
    assert changed <= touched
    assert any((hurt[key]["f1"] or 0.0) < (whole[key]["f1"] or 0.0) for key in changed)


def test_damage_has_the_right_size() -> None:
    """One missing and one invented number among all move precision and recall by exactly one value."""
    want = load_set(GOLD)
    hurt = copy.deepcopy(want)
    first = next(answer for answer in hurt.values() if len(answer["case_numbers"]) == 1)
    first["case_numbers"] = ["1999-999"]
    figures = score_answers(want, hurt).figures()["case_numbers"]
    total = sum(len(set(answer["case_numbers"])) for answer in want.values())
    expected = (total - 1) / total
    assert figures == {"precision": expected, "recall": expected, "f1": expected, "gold": total, "found": total}


@pytest.mark.parametrize(
    ("want", "got", "right", "wrong", "missing", "order"),
    [
        ("en to tre fire", "en to tre fire", 4, 0, 0, 1.0),
        ("en to tre fire", "tre fire en to", 4, 0, 0, 0.5),
        ("en to tre fire", "en to", 2, 0, 2, 1.0),
        ("kommunen", "kom munen", 0, 2, 1, 0.0),
        ("en en to", "en to to", 2, 1, 1, 0.0),
    ],
)
def test_text_figures(want: str, got: str, right: int, wrong: int, missing: int, order: float) -> None:
    """Words count with their number, and order is the longest rise among the words that are unique in both."""
    tally, found = judge_text(want, got)
    assert (tally.right, tally.wrong, tally.missing, found) == (right, wrong, missing, order)


RELEVANT = {"a.pdf": 3, "b.pdf": 2, "c.pdf": 1}


@pytest.mark.parametrize(
    ("ranked", "ndcg", "recall"),
    [
        (["a.pdf", "b.pdf", "c.pdf"], 1.0, 1.0),
        ([], 0.0, 0.0),
        (["a.pdf", "a.pdf", "b.pdf", "c.pdf"], 1.0, 1.0),
        (["x.pdf", "b.pdf", "a.pdf"], (3 / math.log2(3) + 7 / 2) / (7 + 3 / math.log2(3) + 1 / 2), 2 / 3),
        ([*(f"{n}.txt" for n in range(10)), "a.pdf"], 0.0, 0.0),
    ],
)
def test_ranking_figures(ranked: list[str], ndcg: float, recall: float) -> None:
    """Gain, discount, cut at ten and double names are as the contract says."""
    assert judge_ranking(ranked, RELEVANT) == pytest.approx((ndcg, recall))


def test_link_figures() -> None:
    """Links count once per pair and kind in either direction; candidates and links to nothing do not count."""
    want = link_pairs(
        [
            {"from": "a.pdf", "to": "b.pdf", "kind": "case"},
            {"from": "b.pdf", "to": "c.pdf", "kind": "case"},
            {"from": "b.pdf", "to": "a.pdf", "kind": "letter"},
        ]
    )
    got = link_pairs(
        [
            {"from_path": "/x/b.pdf", "to_path": "/x/a.pdf", "kind": "case", "state": "resolved"},
            {"from_path": "/x/a.pdf", "to_path": "/x/b.pdf", "kind": "case", "state": "resolved"},
            {"from_path": "/x/b.pdf", "to_path": "/x/c.pdf", "kind": "case", "state": "ambiguous"},
            {"from_path": "/x/a.pdf", "to_path": "/x/c.pdf", "kind": "letter", "state": "resolved"},
            {"from_path": "/x/a.pdf", "to_path": None, "kind": "law", "state": "missing"},
            {"from_path": "/x/a.pdf", "to_path": "/x/q.pdf", "kind": "case", "state": "resolved"},
        ],
        frozenset({"a.pdf", "b.pdf", "c.pdf"}),
    )
    figures = judge_links(want, got)
    assert figures["link case"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "gold": 2, "found": 1}
    assert figures["link letter"]["f1"] == 0.0
    assert figures["links together"]["found"] == 2


# --- the same figures as the reference tool -----------------------------------------------------------------------


def _load_tool(name: str) -> ModuleType:
    path = SHARED / f"{name}.py"
    if not path.exists():
        pytest.skip("the reference tool is not on this machine")
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _worsen(answer: Answer) -> None:
    """Damage an answer in many ways at once, each depending on the document only."""
    seed = len(json.dumps(answer))
    for key in ("case_numbers", "committees", "recipients", "signatories", "items", "dates", "references"):
        answer[key] = [value for index, value in enumerate(answer[key]) if (index + seed) % 4]
    answer["title"] = (answer["title"] or "x")[seed % 9 :]
    answer["departments"] = [*answer["departments"], "Økonomiforvaltningen"]
    answer["committees"] = [f"{name}s" for name in answer["committees"]]
    for index, link in enumerate(answer["references"]):
        for key in ("target", "title", "body"):
            if link.get(key) and (index + seed) % 3 == 0:
                link[key] = link[key][: -1 - seed % 12]
    for item in answer["items"][:: 1 + seed % 3]:
        item["outcome"], item["case_numbers"] = "approved", item["case_numbers"][1:]
    for person in answer["signatories"][::2]:
        person["role"] = None if person["role"] else "direktør"
    answer["references"].append({"kind": "attachment", "label": "Bilag 1", "title": "Noget helt andet"})
    answer["doc_type"] = "memo" if seed % 5 == 0 else answer["doc_type"]
    if seed % 7 == 0:
        answer["date"] = "1999-01-01"


@pytest.mark.parametrize("folder", ["own", "gold", "seeds"])
def test_facts_score_agrees_with_the_reference(folder: str, tmp_path: Path) -> None:
    """On damaged answers our figures are those of the reference tool, key by key."""
    tool = _load_tool("score")
    source = GOLD if folder == "own" else SHARED / folder
    want = load_set(source)
    got = damage(want, _worsen)
    wanted_folder, got_folder = tmp_path / "want", tmp_path / "got"
    for place, answers in ((wanted_folder, want), (got_folder, got)):
        place.mkdir()
        for file, answer in answers.items():
            text = (source / f"{file}.txt.gold").read_text("utf-8")
            (place / file).touch()
            if place is wanted_folder:
                (place / f"{file}.txt.gold").write_text(text, "utf-8")
                (place / f"{file}.gold.json").write_text(json.dumps(answer), "utf-8")
            else:
                answer["text"] = text[len(text) // 3 :] + text[: len(text) // 4]
                (place / f"{file}.json").write_text(json.dumps(answer), "utf-8")
    theirs, _, _ = tool.score(wanted_folder, results=got_folder)
    ours = Score()
    for file, answer in want.items():
        ours.add(file, answer, got[file], (source / f"{file}.txt.gold").read_text("utf-8"))
    figures = ours.figures()
    assert {key: figures[key] for key in theirs["keys"]} == dict(theirs["keys"])
    assert figures["doc_type"]["f1"] == theirs["doc_type_accuracy"]
    assert figures["item outcomes"] == {"f1": theirs["item_outcome_accuracy"], "gold": theirs["items_matched"]}
    assert figures["reading order"]["f1"] == pytest.approx(theirs["reading_order"], abs=1e-12)
    assert figures["mean F1 of keys"]["f1"] == pytest.approx(theirs["macro_f1"], abs=1e-12)


def test_ranking_agrees_with_the_reference() -> None:
    """Gain and recall of shuffled rankings are those of the reference tool."""
    tool = _load_tool("score_search")
    for query in json.loads((GOLD / "queries.json").read_text("utf-8")):
        relevant = query["relevant"]
        for ranked in (sorted(relevant), ["x.pdf", *sorted(relevant, reverse=True)], sorted(relevant)[1:]):
            assert judge_ranking(ranked, relevant) == pytest.approx(tool.judge(ranked, relevant))


def test_links_agree_with_the_reference() -> None:
    """Figures of links, a third of them lost and some invented, are those of the reference tool."""
    tool = _load_tool("score_links")
    rows = json.loads((GOLD / "links.json").read_text("utf-8"))
    got = [row for index, row in enumerate(rows) if index % 3]
    got += [{"from": row["to"], "to": row["from"], "kind": "meeting", "state": "resolved"} for row in rows[::5]]
    ours = judge_links(link_pairs(rows), link_pairs(got))
    theirs = tool.figures(tool.pairs(rows)[0], tool.pairs(got)[0])
    assert {key.removeprefix("link "): value for key, value in ours.items() if key != "links together"} == theirs[
        "kinds"
    ]
    assert ours["links together"] == theirs["all"]
