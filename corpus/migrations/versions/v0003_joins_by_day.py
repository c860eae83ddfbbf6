"""Names and numbers are joined by key and day; bands have one tree; SQLite's planner is told what its indexes hold.

The tables of facts are filled from the records, so that the spelling of every number is there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"

_CASE = sa.text("kind = 'case'")
_CONTINUED = sa.text("rule IN ('continued-as', 'continued-from')")
_STATISTICS = (
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


def upgrade() -> None:
    """Go from 0002 to 0003."""
    op.drop_index("ix_documents_date", "documents")
    with op.batch_alter_table("numbers") as table:
        table.add_column(sa.Column("printed", sa.String()))
        table.add_column(sa.Column("serial", sa.String()))
    _index("numbers_by_key", "numbers", "kind", "key", "dated", "doc", "item")
    op.create_index("cases_by_serial", "numbers", ["serial", "key"], sqlite_where=_CASE, postgresql_where=_CASE)
    for name in ("bodies", "parties"):
        op.execute(f"DELETE FROM {name}")
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("dated", sa.String(10), nullable=False))
        _index(f"{name}_by_key", name, "key", "dated", "doc")
    op.drop_index("refs_by_date", "refs")
    _index("refs_by_key", "refs", "kind", "key", "date", "dated", "doc", "item")
    _index("refs_of_document", "refs", "doc", "kind", "key", "item")
    for name, column in (("continued_cases", "key"), ("continuing_papers", "doc")):
        op.create_index(name, "refs", [column], sqlite_where=_CONTINUED, postgresql_where=_CONTINUED)
    op.drop_table("sketches")
    op.create_table(
        "sketches",
        sa.Column("band", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("doc", sa.Integer(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM properties WHERE name = 'derive'")
    op.execute("INSERT INTO properties (name, value) VALUES ('derive', '1')")
    if op.get_bind().dialect.name == "sqlite":
        _tell_planner()


def downgrade() -> None:
    """Go back to 0002."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_stat1")
    _two_trees()
    op.drop_index("continuing_papers", "refs")
    op.drop_index("continued_cases", "refs")
    _index("refs_of_document", "refs", "doc")
    _index("refs_by_key", "refs", "kind", "key", "date", "dated")
    op.create_index("refs_by_date", "refs", ["kind", "date", "dated"])
    for name in ("parties", "bodies"):
        _index(f"{name}_by_key", name, "key")
        with op.batch_alter_table(name) as table:
            table.drop_column("dated")
    _index("numbers_by_key", "numbers", "kind", "key", "dated")
    op.drop_index("cases_by_serial", "numbers")
    with op.batch_alter_table("numbers") as table:
        table.drop_column("printed")
        table.drop_column("serial")
    op.create_index("ix_documents_date", "documents", ["date"])


def _index(name: str, table: str, *columns: str) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, list(columns))


def _two_trees() -> None:
    op.rename_table("sketches", "sketches_after")
    op.create_table(
        "sketches",
        sa.Column("doc", sa.Integer(), sa.ForeignKey("documents.doc", ondelete="CASCADE"), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
    )
    op.execute("INSERT INTO sketches (doc, band) SELECT doc, band FROM sketches_after ORDER BY doc, band")
    op.drop_table("sketches_after")
    op.create_index("sketches_by_band", "sketches", ["band"])
    op.create_index("sketches_of_document", "sketches", ["doc"])


def _tell_planner() -> None:
    op.execute("ANALYZE sqlite_schema")
    op.execute("DELETE FROM sqlite_stat1")
    for table, index, told in _STATISTICS:
        op.execute(f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{told}')")
