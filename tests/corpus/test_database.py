"""The database under the catalogue says in words what it cannot do."""

import tempfile
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import ArchiveError
from tests.ingest.test_run import as_somebody


def test_archive_of_somebody_else_is_refused() -> None:
    """Who may not write in the folder learns that, also for a search: no traceback, no advice to make room."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "archive"
        Archive.create(folder).catalogue.close()
        for path in (folder, folder / "sagsspor.db"):
            path.chmod(0o555)
        with as_somebody(), pytest.raises(ArchiveError) as caught:
            Archive.open(folder)
        folder.chmod(0o755)
    assert "must be able to write in its folder" in (caught.value.hint or "")
