"""Names of instruments are found by parts of their words, however many there are.

The table is filled from the references; no record is read.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Go from 0003 to 0004."""
    op.create_table(
        "name_parts",
        sa.Column("part", sa.String(), primary_key=True),
        sa.Column("words", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("years", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM properties WHERE name = 'names'")
    op.execute("INSERT INTO properties (name, value) VALUES ('names', '1')")


def downgrade() -> None:
    """Go back to 0003."""
    op.drop_table("name_parts")
