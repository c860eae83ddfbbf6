"""Saved searches: a question with a name, and what is new to it since it was last asked (for a nightly mail)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from corpus.archive import Archive
from corpus.errors import NotFoundError
from search.find import Question, search
from search.reader import open_reader

#: So many hits are looked through for new ones.
MOST = 1000


def save_question(archive: Archive, name: str, question: Question) -> None:
    """Keep a question under a name; what is in the archive now counts as seen."""
    archive.catalogue.save_question(name, json.dumps(asdict(question)), archive.catalogue.last_change())


def list_questions(archive: Archive) -> dict[str, Any]:
    """Give the saved questions by name."""
    found = archive.catalogue.saved_questions()
    shown = [{"name": name, "query": json.loads(kept)["query"]} for name, (kept, _) in sorted(found.items())]
    return {"schema": 1, "saved": shown}


def ask_saved(archive: Archive, name: str, *, since: int | None = None) -> dict[str, Any]:
    """Give the hits of papers that came after the question was last asked, or after change `since`.

    The page has the shape of a search; its `total` counts the new hits. Asking moves the mark on.
    """
    kept = archive.catalogue.saved_questions().get(name)
    if kept is None:
        raise NotFoundError(f"No search {name!r} is saved.", hint="See `sagsspor saved list`.")
    question = Question(**{**json.loads(kept[0]), "limit": MOST, "offset": 0})
    last = archive.catalogue.last_change()
    new = archive.catalogue.ids_since(kept[1] if since is None else since)
    reader, engine = open_reader(archive)
    page = search(reader, engine, question).to_json()
    page["hits"] = [hit for hit in page["hits"] if hit["id"] in new and not hit["partial"]]
    archive.catalogue.save_question(name, kept[0], last)
    return {**page, "total": len(page["hits"]), "total_partial": 0, "saved": name}


def forget_question(archive: Archive, name: str) -> None:
    """Forget a saved question; raise NotFoundError where there is none."""
    if not archive.catalogue.forget_question(name):
        raise NotFoundError(f"No search {name!r} is saved.", hint="See `sagsspor saved list`.")
