"""A batch that is written at once gives what its documents give one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import Archive
from corpus.ledger import Input
from corpus.records import Facts, Record, Segment, Text
from corpus.similarity import signature
from tests.corpus.test_catalogue import record

_MEMBER = "/in/brev.eml!/1/6.txt"
_WORDS = [f"ord{number}" for number in range(120)]


def version(number: int, changed: int) -> Record:
    """Make one of several versions of a paper, of which so many words differ."""
    string = " ".join([*_WORDS[changed:], *(f"nyt{at}" for at in range(changed))])
    made = record(number, Facts(case_numbers=("2012-77",), doc_type="memo"), string)
    text = Text(string, (Segment(0, len(string), 1),), 1)
    return Record(made.id, made.sha256, made.path, 1, made.media_type, text, made.facts, signature=signature(string))


ENTRIES: list[tuple[Record | None, Input]] = [
    (version(1, 0), Input("/in/1.txt", 1, 1, "imported")),
    (version(2, 5), Input("/in/2.txt", 1, 1, "imported")),
    (version(1, 0), Input("/in/copy.txt", 1, 1, "imported")),
    (record(3), Input("/in/2.txt", 1, 2, "imported")),
    (None, Input("/in/4.txt", 1, 1, "failed", "damaged", "ulæselig")),
    (record(4), Input("/in/4.txt", 1, 2, "imported")),
    (record(5), Input("/in/5.txt", 1, 1, "imported")),
    (None, Input("/in/5.txt", 1, 2, "failed", "vanished", "væk")),
    (replace(record(6), path=_MEMBER), Input(_MEMBER, 1, 1, "imported", parent="/in/brev.eml")),
    (record(6), Input("/in/6.txt", 1, 1, "imported")),
    (version(7, 4), Input("/in/7.txt", 1, 1, "imported")),
]


def shown(archive: Archive) -> list[Any]:
    """Give everything that the catalogue says of the papers."""
    catalogue = archive.catalogue
    ids = [f"{number:016x}" for number in range(1, 8)]
    paths = sorted({entry.path for _, entry in ENTRIES})
    heads = catalogue.heads(ids)
    return [
        catalogue.records(ids),
        heads,
        catalogue.ledger.inputs(paths),
        catalogue.ledger.counts(),
        catalogue.changes_after(0, 99),
    ]


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("size", [1, 2, 3, len(ENTRIES)])
def test_batches_of_any_size_give_the_same(tmp_path: Path, size: int, anew: bool) -> None:
    """Copies, versions and files that changed twice are the same however the batches are cut, also read anew."""
    archives = [Archive.create(tmp_path / name) for name in ("one", "many")]
    stored = []
    for archive, step in zip(archives, (1, size), strict=True):
        archive.catalogue.ledger.begin_run(["/in"])
        for _ in range(2 if anew else 1):
            parts = [ENTRIES[start : start + step] for start in range(0, len(ENTRIES), step)]
            stored.append([each for part in parts for each in archive.catalogue.put(part, 1, anew=anew)])
    assert shown(archives[0]) == shown(archives[1])
    assert stored[: len(stored) // 2] == stored[len(stored) // 2 :]
    heads = archives[0].catalogue.heads([f"{number:016x}" for number in (2, 6, 7)])
    assert [head.group for head in heads.values()] == [f"{1:016x}", f"{6:016x}", f"{1:016x}"]
    assert heads[f"{6:016x}"].path == "/in/6.txt"
