"""What is missing is asked of the keys, and is what resolving every reference of every document gives."""

import random
from collections import defaultdict
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.archive import Archive
from corpus.links import EXPECTED, Links
from corpus.missing import SOURCES, Missing, find_missing
from corpus.records import DocType, Facts, Item, Place, Record, Reference, Signatory
from tests.corpus.test_catalogue import put, record

BODIES = ("Byrådet", "Skoleudvalget", "Teknisk Udvalg")
TYPES: tuple[DocType, ...] = ("letter", "memo", "hearing", "decision", "minutes", "attachment")


def day(rng: random.Random) -> str:
    return f"2012-05-{rng.randint(1, 12):02}"


def make(rng: random.Random, number: int) -> Record:
    """Make a paper that cites a few of the few keys that there are."""
    kinds = (
        lambda: Reference("case", target=f"2012-{rng.randint(100, 130)}"),
        lambda: Reference("document", target=f"2012-{rng.randint(50000, 50040)}"),
        lambda: Reference("letter", date=day(rng)),
        lambda: Reference("meeting", body=rng.choice(BODIES), date=rng.choice([day(rng), None])),
        lambda: Reference("meeting", body=None, date=day(rng)),
        lambda: Reference("attachment", label="Bilag 1"),
        lambda: Reference("law", target="lov om planlægning"),
    )
    cited = tuple(dict.fromkeys(rng.choice(kinds)() for _ in range(rng.randint(0, 4))))
    at = [rng.randint(0, 60) for _ in cited]
    kind = rng.choice(TYPES)
    cases = tuple(f"2012-{n}" for n in sorted({rng.randint(100, 118) for _ in range(rng.randint(0, 2))}))
    items = tuple(Item(str(n), "Sag", (case,), None, 0, 1, 1) for n, case in enumerate(cases))
    facts = Facts(
        doc_type=kind,
        date=rng.choice([day(rng), None]),
        case_numbers=cases,
        document_numbers=(f"2012-{rng.randint(50000, 50020)}",) if rng.random() < 0.4 else (),
        signatories=(Signatory(rng.choice(("Asta Brohave", "Ib Lund", "Bodil Krag"))),) if rng.random() < 0.4 else (),
        recipients=(rng.choice(BODIES),) if rng.random() < 0.2 else (),
        committees=(rng.choice(BODIES),) if rng.random() < 0.4 else (),
        items=items if kind == "minutes" else items[:1] if kind == "decision" else (),
        references=cited,
        places=tuple(Place("references", n, start, start + 9, 1, "cited", 0.9) for n, start in enumerate(at)),
    )
    return record(number, facts, "Brev " * 20)


def resolved(archive: Archive) -> dict[tuple[str, str | None, str | None], set[str]]:
    """Give what is missing, with the citing papers, from the links of every document."""
    links = Links(archive.catalogue)
    found: dict[tuple[str, str | None, str | None], set[str]] = defaultdict(set)
    for id_ in links.ids():
        for link in links.out_of(id_):
            if link.state == "missing" and link.kind in EXPECTED:
                found[link.kind, link.shown, link.date].add(link.source.path)
    return found


def as_sets(found: list[Missing]) -> dict[tuple[str, str | None, str | None], tuple[int, set[str]]]:
    return {(each.kind, each.shown, each.date): (each.cited, set(each.sources)) for each in found}


@pytest.mark.parametrize("seed", range(6))
def test_missing_is_what_resolving_everything_gives(tmp_path: Path, seed: int) -> None:
    """The queries and the links of every document agree, with judged links too, and however it is paged."""
    rng = random.Random(seed)
    archive = Archive.create(tmp_path / "archive")
    put(archive, *(make(rng, number) for number in range(80)))
    links = Links(archive.catalogue)
    for id_ in list(links.ids())[:40]:
        for link in links.out_of(id_)[:1]:
            for paper in link.targets[:2]:
                links.judge(link, paper.id, rng.choice(("confirmed", "rejected")), "prøve")
    wanted = resolved(archive)
    assert wanted
    found, total = find_missing(archive.catalogue, 1000)
    assert total == len(found) == len(wanted)
    for thing, (cited, sources) in as_sets(found).items():
        assert cited == len(wanted[thing]), thing
        assert sources <= wanted[thing]
        assert len(sources) == min(SOURCES, cited)
    assert [each.cited for each in found] == sorted((each.cited for each in found), reverse=True)
    pages = [find_missing(archive.catalogue, 7, offset)[0] for offset in range(0, total, 7)]
    assert [each for page in pages for each in page] == found


def test_missing_costs_no_more_statements_with_more_papers(tmp_path: Path) -> None:
    """The number of queries is that of the kinds of references, not that of the papers."""
    archive = Archive.create(tmp_path / "archive")
    asked: list[str] = []
    sa.event.listen(archive.catalogue.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    rng, counts = random.Random(1), []
    for first in (0, 40):
        put(archive, *(make(rng, number) for number in range(first, first + 40)))
        asked.clear()
        assert find_missing(archive.catalogue, 200)[0]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9


def test_nothing_is_missing_of_an_empty_archive(tmp_path: Path) -> None:
    """Where there is nothing, nothing is missing."""
    assert find_missing(Archive.create(tmp_path / "archive").catalogue, 200) == ([], 0)
