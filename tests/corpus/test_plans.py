"""Every statement of a case page, of a document's links and of its page is answered from indexes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.archive import Archive
from corpus.links import Links
from corpus.records import Facts, Item, Reference, Signatory
from search.case import show_case
from search.document import find_document, show_document
from tests.corpus.test_catalogue import put, record

CASE = "2011-4711"
ID = f"{3:016x}"
#: A step that reads a whole table or index, or all rows of one kind: of a million papers a million.
READS_ALL = re.compile(
    r"^SCAN (?:documents|numbers|refs|bodies|parties|meetings|items|sketches|texts|inputs)\b|\(kind=\?\)$"
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A few papers with references of every kind, so that every statement is made."""
    made = Archive.create(tmp_path / "archive")
    references = (
        Reference("case", target="2012-900"),
        Reference("document", target="2012-55123"),
        Reference("letter", date="2012-05-03"),
        Reference("meeting", body="Byrådet", date="2012-05-03", number="4"),
        Reference("attachment", label="Bilag 1", title="Takster for havnen"),
    )
    items = (Item("4", "Havnen", ("2012-900",), None, 0, 1, 1), Item("5", "Broen", (CASE,), None, 0, 1, 1))
    signed = (Signatory("Asta Brohave"),)
    put(
        made,
        record(1, Facts(doc_type="letter", date="2012-05-03", case_numbers=(CASE,), signatories=signed)),
        record(2, Facts(doc_type="minutes", date="2012-05-03", committees=("Byrådet",), items=items)),
        record(
            3,
            Facts(
                doc_type="hearing_response",
                date="2012-06-03",
                case_numbers=(CASE,),
                document_numbers=("2012-55123",),
                signatories=signed,
                references=references,
            ),
        ),
        record(4, Facts(doc_type="letter", date="2012-06-04", references=(Reference("case", target=CASE),))),
    )
    return made


@pytest.mark.parametrize(
    "ask",
    [
        lambda archive: show_case(archive, CASE),
        lambda archive: show_case(archive, CASE, 1, 1),
        lambda archive: show_case(archive, "4711"),
        lambda archive: Links(archive.catalogue).out_of(ID),
        lambda archive: Links(archive.catalogue).into(ID),
        lambda archive: show_document(archive, find_document(archive, ID)),
    ],
    ids=["case", "later page", "serial", "out", "into", "document"],
)
def test_no_statement_reads_a_whole_table(archive: Archive, ask: Callable[[Archive], Any]) -> None:
    """SQLite's own plan of each statement searches an index by more than the kind of a row."""
    engine = archive.catalogue.engine
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked[statement] = values

    sa.event.listen(engine, "before_cursor_execute", note)
    ask(archive)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert len(asked) > 3
    with engine.connect() as to:
        for statement, values in asked.items():
            plan = [row[3] for row in to.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert not [step for step in plan if READS_ALL.search(step)], (statement, plan)
