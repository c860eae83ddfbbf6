"""Saved searches: what is new is found however much is old, and comes again until somebody has read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.ledger import Input
from corpus.records import Record
from index.sync import Follower, rebuild
from search.find import Question
from search.saved import ask_saved, note_asked, save_question
from tests.index.papers import make_paper


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Give an archive of many papers that all say more of a harbour than any that comes later."""
    made = Archive.create(tmp_path / "archive")
    put(made, *(make_paper(f"Havnen {number}\n\nhavnen og havnens havn") for number in range(1100)))
    save_question(made, "havn", Question("havn"))
    return made


def put(archive: Archive, *papers: Record) -> None:
    """Put papers as an import does, and index them."""
    run = archive.catalogue.ledger.begin_run(["/in"])
    archive.catalogue.put([(each, Input(each.path, each.size, 1, "imported", id=each.id)) for each in papers], run)
    with Follower(archive):
        pass


def test_new_paper_is_found_behind_a_thousand_old_ones(archive: Archive) -> None:
    """A weak hit that is new is told, though a thousand old papers rank above it."""
    assert ask_saved(archive, "havn")[0]["total"] == 0
    late = make_paper("Referat\n\n" + "om skoler og stier " * 40 + "samt en havn")
    put(archive, late, make_paper("Om skoler"))
    page, _ = ask_saved(archive, "havn")
    assert [hit["id"] for hit in page["hits"]] == [late.id]


def test_answer_comes_again_until_it_is_noted(archive: Archive) -> None:
    """Asking alone moves no mark: an answer that did not reach its reader is not lost."""
    put(archive, make_paper("Ny havn"))
    page, last = ask_saved(archive, "havn")
    assert ask_saved(archive, "havn")[0]["hits"] == page["hits"] != []
    note_asked(archive, "havn", last)
    assert ask_saved(archive, "havn")[0]["hits"] == []


def test_rebuild_puts_each_document_once(archive: Archive) -> None:
    """Making the index anew costs what the documents cost, not what ever happened to them."""
    for _ in range(3):
        put(archive, make_paper("Havnen 1\n\nhavnen og havnens havn"))
    heard: list[tuple[int, int]] = []
    with archive.lock():
        rebuild(archive, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (1100, 1100)
    assert ask_saved(archive, "havn", since=0)[0]["total"] == 1100
