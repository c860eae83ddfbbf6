"""The tables of the first version, as they were; a catalogue from before migrations counts as this one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "changes",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_id"), ["id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("doc_type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=16), nullable=True),
        sa.Column("replaces", sa.String(length=16), nullable=True),
        sa.Column("group", sa.String(length=16), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("doc"),
        sa.UniqueConstraint("id"),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_date"), ["date"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_parent"), ["parent"], unique=False)

    op.create_table(
        "inputs",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("modified", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=True),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    with op.batch_alter_table("inputs", schema=None) as batch_op:
        batch_op.create_index("inputs_by_state", ["state", "reason"], unique=False)
        batch_op.create_index(batch_op.f("ix_inputs_id"), ["id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inputs_parent"), ["parent"], unique=False)

    op.create_table(
        "instrument_names",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("instrument_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instrument_names_instrument"), ["instrument"], unique=False)

    op.create_table(
        "judgements",
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "shown", "target"),
    )
    op.create_table(
        "properties",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "removals",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "runs",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("paths", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("run"),
    )
    op.create_table(
        "saved",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "bodies",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.create_index("bodies_by_key", ["key"], unique=False)
        batch_op.create_index("bodies_of_document", ["doc"], unique=False)

    op.create_table(
        "items",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index("items_of_document", ["doc", "ordinal"], unique=True)

    op.create_table(
        "meetings",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index("meetings_by_body", ["body", "date"], unique=False)
        batch_op.create_index("meetings_of_document", ["doc"], unique=False)

    op.create_table(
        "numbers",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("numbers", schema=None) as batch_op:
        batch_op.create_index("numbers_by_key", ["kind", "key", "dated"], unique=False)
        batch_op.create_index("numbers_of_document", ["doc", "kind", "key"], unique=False)

    op.create_table(
        "parties",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index("parties_by_key", ["key"], unique=False)
        batch_op.create_index("parties_of_document", ["doc"], unique=False)

    op.create_table(
        "refs",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("shown", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("refs", schema=None) as batch_op:
        batch_op.create_index("refs_by_date", ["kind", "date", "dated"], unique=False)
        batch_op.create_index("refs_by_key", ["kind", "key", "date", "dated"], unique=False)
        batch_op.create_index("refs_of_document", ["doc"], unique=False)

    op.create_table(
        "sketches",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("sketches", schema=None) as batch_op:
        batch_op.create_index("sketches_by_band", ["band"], unique=False)
        batch_op.create_index("sketches_of_document", ["doc"], unique=False)

    op.create_table(
        "texts",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("segments", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["doc"], ["documents.doc"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.create_index("texts_of_document", ["doc", "ordinal"], unique=True)


def downgrade() -> None:
    """Stay: there is nothing before the first version."""
