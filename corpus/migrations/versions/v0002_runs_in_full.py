"""Runs say what they were, how long they took and why files failed; originals may stay where they are.

Of runs from before, these are not known. Every original from before is in the archive. The version leaves `properties`:
alembic's own table holds it now, and a program from before finds none and says so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

ADDED = ("kind", "program", "outcome", "seconds", "files", "vanished", "reasons")


def upgrade() -> None:
    """Go from 0001 to 0002."""
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("in_place", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("runs") as table:
        table.add_column(sa.Column("kind", sa.String(), server_default="import", nullable=False))
        table.add_column(sa.Column("program", sa.String()))
        table.add_column(sa.Column("outcome", sa.String()))
        table.add_column(sa.Column("seconds", sa.Float()))
        table.add_column(sa.Column("files", sa.Integer()))
        table.add_column(sa.Column("vanished", sa.Integer()))
        table.add_column(sa.Column("reasons", sa.String()))
    op.execute("UPDATE runs SET outcome = 'finished' WHERE ended IS NOT NULL")
    op.execute("DELETE FROM properties WHERE name = 'version'")


def downgrade() -> None:
    """Go back to 0001."""
    op.execute("INSERT INTO properties (name, value) VALUES ('version', '1')")
    with op.batch_alter_table("runs") as table:
        for name in ADDED:
            table.drop_column(name)
    with op.batch_alter_table("documents") as table:
        table.drop_column("in_place")
