"""The tables of the catalogue, as SQLAlchemy Core sees them.

`documents` holds a record but for its text; `texts` holds that, cut at page borders and compressed. The tables below
them repeat facts of the records in the form that joins need (keys, references, bodies, parties): they are derived, and
are written and removed together with their document. `inputs` is the ledger: one row for every file ever seen, members
of archives and mails included. `changes` is what the index has to follow.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, text

#: The newest migration (corpus/migrations): a change of the tables is a further one.
REVISION = "0004"

metadata = MetaData()

#: Numbers of cases, not of documents.
IS_CASE = text("kind = 'case'")
#: References that say under which other number a case goes on, or was before; indexes hold them apart.
CONTINUED = text("rule IN ('continued-as', 'continued-from')")


def _document() -> Column[int]:
    return Column("doc", Integer, ForeignKey("documents.doc", ondelete="CASCADE"), nullable=False)


properties = Table("properties", metadata, Column("name", String, primary_key=True), Column("value", String))

documents = Table(
    "documents",
    metadata,
    Column("doc", Integer, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("path", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", String, nullable=False),
    Column("doc_type", String, nullable=False),
    Column("title", String),
    Column("date", String(10)),
    Column("pages", Integer, nullable=False),
    #: Pages that wait for OCR.
    Column("unread", Integer, nullable=False),
    Column("parent", String(16), index=True),
    Column("replaces", String(16)),
    Column("group", String(16)),
    #: 1 where the original was left where it was: the archive has no copy of its own, unless one came later.
    Column("in_place", Integer, nullable=False, server_default="0"),
    #: Facts, marks and meta as compressed JSON.
    Column("record", LargeBinary, nullable=False),
)

texts = Table(
    "texts",
    metadata,
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
    #: The segments of this slice as compressed JSON.
    Column("segments", LargeBinary, nullable=False),
    Index("texts_of_document", "doc", "ordinal", unique=True),
)

items = Table(
    "items",
    metadata,
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("number", String),
    Column("title", String),
    Column("outcome", String),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Index("items_of_document", "doc", "ordinal", unique=True),
)

numbers = Table(
    "numbers",
    metadata,
    _document(),
    #: Index of the agenda item that the number belongs to; null where it is the document's.
    Column("item", Integer),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("value", String, nullable=False),
    #: The document's date, empty where it has none: the first page of a long list is found without its documents.
    Column("dated", String(10), nullable=False),
    #: The spelling in the text, white space folded; null where the number was not read from it.
    Column("printed", String),
    #: The running number in the year, by which people ask for a case in short; null where the number has none.
    Column("serial", String),
    Index("numbers_by_key", "kind", "key", "dated", "doc", "item"),
    Index("numbers_of_document", "doc", "kind", "key"),
    Index("cases_by_serial", "serial", "key", sqlite_where=IS_CASE, postgresql_where=IS_CASE),
)

references = Table(
    "refs",
    metadata,
    _document(),
    Column("ordinal", Integer, nullable=False),
    Column("item", Integer),
    Column("kind", String, nullable=False),
    #: The join key: of the number, the body, the instrument, the law or the attachment's title; none of a letter.
    Column("key", String),
    Column("date", String(10)),
    Column("number", String),
    Column("label", String),
    Column("shown", String),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("rule", String, nullable=False),
    Column("confidence", Float, nullable=False),
    #: The citing document's date, empty where it has none.
    Column("dated", String(10), nullable=False),
    Index("refs_by_key", "kind", "key", "date", "dated", "doc", "item"),
    Index("refs_of_document", "doc", "kind", "key", "item"),
    #: Cases that go on under another number, and the papers that say so: few, and so found at once.
    Index("continued_cases", "key", sqlite_where=CONTINUED, postgresql_where=CONTINUED),
    Index("continuing_papers", "doc", sqlite_where=CONTINUED, postgresql_where=CONTINUED),
)

bodies = Table(
    "bodies",
    metadata,
    _document(),
    Column("key", String, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    #: The document's date, empty where it has none.
    Column("dated", String(10), nullable=False),
    Index("bodies_by_key", "key", "dated", "doc"),
    Index("bodies_of_document", "doc"),
)

parties = Table(
    "parties",
    metadata,
    _document(),
    #: `signatory` or `recipient`: how the name stands to the document; `subject`: a word of what it is about.
    Column("relation", String, nullable=False),
    Column("key", String, nullable=False),
    Column("name", String, nullable=False),
    #: The document's date, empty where it has none.
    Column("dated", String(10), nullable=False),
    Index("parties_by_key", "key", "dated", "doc"),
    Index("parties_of_document", "doc"),
)

#: The meeting that a paper belongs to: the body and the day, for agenda, minutes and decisions.
meetings = Table(
    "meetings",
    metadata,
    _document(),
    Column("body", String, nullable=False),
    Column("date", String(10), nullable=False),
    Index("meetings_by_body", "body", "date"),
    Index("meetings_of_document", "doc"),
)

#: The bands of MinHash signatures (corpus/similarity.py). Each falls anywhere among the others: one tree holds them, as
#: a second, by document, costs an import as much again. Who removes a document removes its bands.
sketches = Table(
    "sketches",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("doc", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

inputs = Table(
    "inputs",
    metadata,
    Column("path", String, primary_key=True),
    Column("size", Integer),
    Column("modified", Integer),
    #: `imported`, `duplicate`, `failed`, `skipped` or `removed`.
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("message", String),
    Column("id", String(16), index=True),
    Column("parent", String, index=True),
    Column("run", Integer, nullable=False),
    Index("inputs_by_state", "state", "reason"),
)

runs = Table(
    "runs",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("paths", String, nullable=False),
    Column("counts", String),
    #: `import`, `retry` or `reprocess`.
    Column("kind", String, nullable=False, server_default="import"),
    #: The program's version.
    Column("program", String),
    #: `finished`, or `stopped` by Ctrl-C or an error; null while it runs, and where it was killed.
    Column("outcome", String),
    Column("seconds", Float),
    #: Files that the scan met, and files that it did not meet any more.
    Column("files", Integer),
    Column("vanished", Integer),
    #: The failures by reason, as JSON.
    Column("reasons", String),
)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    #: Of a document that need not be there any more, or not yet.
    Column("id", String(16), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("undone", Integer, nullable=False),
)

removals = Table(
    "removals",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("reason", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

#: Parts of words of instruments' names (corpus/names.py), and each name whole.
name_parts = Table(
    "name_parts",
    metadata,
    Column("part", String, primary_key=True),
    #: Words of the name, without those that carry no identity; 0 where the part is not one of a word.
    Column("words", Integer, primary_key=True, autoincrement=False),
    #: Its years and periods, by a blank; empty where it has none.
    Column("years", String, primary_key=True),
    #: The join key of the name, as references have it.
    Column("key", String, primary_key=True),
    sqlite_with_rowid=False,
)

#: Names that people put under an instrument (corpus/register.py).
instrument_names = Table(
    "instrument_names",
    metadata,
    Column("key", String, primary_key=True),
    Column("shown", String, nullable=False),
    Column("instrument", String, nullable=False, index=True),
)

#: What people said of links: `confirmed` or `rejected`, for a reference (by what it shows) and a target.
judgements = Table(
    "judgements",
    metadata,
    Column("source", String(16), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("shown", String, primary_key=True),
    Column("target", String(16), primary_key=True),
    Column("verdict", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

saved = Table(
    "saved",
    metadata,
    Column("name", String, primary_key=True),
    Column("question", String, nullable=False),
    #: The newest change when it was last asked.
    Column("sequence", Integer, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(16), nullable=False),
    sqlite_autoincrement=True,
)

#: What SQLite's planner is told of indexes, whose first columns tell little: rows, and rows for each value of the first
#: column, the first two, ... Untold it takes ten for any, and to find the numbers of one document reads those of all.
#: The figures are those of a million documents with three references each, rounded.
STATISTICS = (
    ("numbers", "numbers_by_key", "2000000 1000000 6 2 1 1"),
    ("numbers", "numbers_of_document", "2000000 2 2 1"),
    ("numbers", "cases_by_serial", "1000000 10 6"),
    ("refs", "refs_by_key", "3000000 500000 6 4 2 1 1"),
    ("refs", "refs_of_document", "3000000 3 2 1 1"),
    ("refs", "continued_cases", "1000 1"),
    ("refs", "continuing_papers", "1000 1"),
    ("bodies", "bodies_by_key", "2000000 20000 20 1"),
    ("bodies", "bodies_of_document", "2000000 2"),
    ("parties", "parties_by_key", "2000000 100 2 1"),
    ("parties", "parties_of_document", "2000000 2"),
    ("items", "items_of_document", "1000000 2 1"),
    ("meetings", "meetings_by_body", "200000 20000 3"),
    ("meetings", "meetings_of_document", "200000 1"),
)
