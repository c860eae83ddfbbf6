"""Saved searches: a question with a name, and what is new to it since it was last asked (for a nightly mail)."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from search.find import Question, search
from search.reader import open_reader

#: So many new documents are asked about at once.
BATCH = 1000


def save_question(archive: Archive, name: str, question: Question) -> None:
    """Keep a question under a name; what is in the archive now counts as seen."""
    archive.catalogue.save_question(name, json.dumps(asdict(question)), archive.catalogue.last_change())


def list_questions(archive: Archive) -> dict[str, Any]:
    """Give the saved questions by name."""
    found = archive.catalogue.saved_questions()
    shown = [{"name": name, "query": json.loads(kept)["query"]} for name, (kept, _) in sorted(found.items())]
    return {"schema": 1, "saved": shown}


def ask_saved(archive: Archive, name: str, *, since: int | None = None) -> tuple[dict[str, Any], int]:
    """Give the hits of papers that came after the question was last asked, or after change `since`; best first.

    The page has the shape of a search, its `total` counts the new hits. The mark stays until `note_asked` is told the
    number that comes with the page, so that an answer nobody read comes again.
    """
    kept = _kept(archive, name)
    last = archive.catalogue.last_change()
    new = sorted(archive.catalogue.ids_since(kept[1] if since is None else since))
    question = Question(**{**json.loads(kept[0]), "limit": BATCH, "offset": 0, "with_facets": False})
    reader, engine = open_reader(archive)
    pages = [
        search(reader, engine, replace(question, among=tuple(new[at : at + BATCH]))).to_json()
        for at in range(0, max(1, len(new)), BATCH)
    ]
    hits = [hit for page in pages for hit in page["hits"] if not hit["partial"]]
    hits.sort(key=lambda hit: -hit["score"])
    return {**pages[0], "hits": hits, "total": len(hits), "total_partial": 0, "saved": name}, last


def note_asked(archive: Archive, name: str, last: int) -> None:
    """Count what came up to change `last` as seen."""
    archive.catalogue.save_question(name, _kept(archive, name)[0], last)


def _kept(archive: Archive, name: str) -> tuple[str, int]:
    kept = archive.catalogue.saved_questions().get(name)
    if kept is None:
        raise NotFoundError(f"No search {name!r} is saved.", hint="See `sagsspor saved list`.")
    return kept


def forget_question(archive: Archive, name: str) -> None:
    """Forget a saved question; raise NotFoundError where there is none."""
    if not archive.catalogue.forget_question(name):
        raise NotFoundError(f"No search {name!r} is saved.", hint="See `sagsspor saved list`.")
