"""What alembic runs: the migrations over the connection that `corpus/upgrade.py` hands it, all in one transaction."""

from __future__ import annotations

from alembic import context

from corpus.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
