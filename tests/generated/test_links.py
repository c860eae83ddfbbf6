"""Links over papers made by rule, whose truth is known; and over any order in which they come."""

import random
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.ledger import Input
from corpus.records import Record
from search.network import links_json
from tests.extraction import extract_file
from tests.generated.papers import generate

KINDS = {"case", "letter", "meeting", "near_duplicate"}
Pair = tuple[str, str, str]


def found_links(archive: Archive) -> set[Pair]:
    """Give every resolved link as (file, file, kind), the smaller name first."""
    found: set[Pair] = set()
    for row in links_json(archive, None, pairs=True):
        if row["state"] == "resolved" and row["kind"] in KINDS and row["from"] != row["to"]:
            one, other = sorted((row["from_path"].rsplit("/")[-1], row["to_path"].rsplit("/")[-1]))
            if one != other:
                found.add((one, other, row["kind"]))
    return found


def put(folder: Path, records: list[Record], size: int = 1000) -> Archive:
    """Make an archive of records, so many at a time."""
    archive = Archive.create(folder)
    for start in range(0, len(records), size):
        run = archive.catalogue.ledger.begin_run([])
        batch = [(record, Input(record.path, 1, 1, "imported")) for record in records[start : start + size]]
        archive.catalogue.put(batch, run)
    return archive


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], set[Pair]]:
    """Sixty matters, read as an import reads them."""
    truth = generate(60)
    folder = tmp_path_factory.mktemp("generated")
    truth.write(folder)
    return [extract_file(path).record for path in sorted(folder.iterdir())], truth.links


def test_generated_links_are_found(papers: tuple[list[Record], set[Pair]], tmp_path: Path) -> None:
    """Of the true links at least 97 in 100 are found, and of those found at least 99 in 100 are true."""
    records, truth = papers
    assert len(records) >= 300
    found = found_links(put(tmp_path / "archive", records))
    right = len(found & truth)
    assert right / len(found) >= 0.99, sorted(found - truth)[:10]
    assert right / len(truth) >= 0.97, sorted(truth - found)[:10]


def test_links_do_not_depend_on_the_order(papers: tuple[list[Record], set[Pair]], tmp_path: Path) -> None:
    """The same papers in any order, in one run or in many, have the same links."""
    records = papers[0][:120]
    wanted = found_links(put(tmp_path / "sorted", records))
    assert wanted
    for seed in range(3):
        mixed = records[:]
        random.Random(seed).shuffle(mixed)
        assert found_links(put(tmp_path / f"mixed{seed}", mixed, size=7 + 20 * seed)) == wanted


if __name__ == "__main__":
    # `python -m tests.generated.test_links` prints the figures that the test holds to their bounds.
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        made = generate(60)
        made.write(Path(name) / "papers")
        read = [extract_file(path).record for path in sorted((Path(name) / "papers").iterdir())]
        got = found_links(put(Path(name) / "archive", read))
    right = len(got & made.links)
    figures = f"precision {right / len(got):.4f}, recall {right / len(made.links):.4f}"
    print(f"{len(read)} papers, {len(made.links)} links: {figures}")
