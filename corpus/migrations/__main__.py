"""Begin the next migration from what corpus/tables.py has changed: `python -m corpus.migrations "what for"`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from corpus import tables
from corpus.upgrade import configuration, migrate, open_for_upgrade


def main(title: str) -> None:
    """Write corpus/migrations/versions/v000N_title.py; what to do with what is in the tables is left to be written."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_for_upgrade(Path(folder) / "sagsspor.db")
        with engine.begin() as to:
            migrate(to, target="heads")
        with engine.connect() as to:
            config = configuration()
            config.attributes["connection"] = to
            command.revision(config, title, autogenerate=True, rev_id=f"{int(tables.REVISION) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
