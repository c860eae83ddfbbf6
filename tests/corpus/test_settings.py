"""What the environment and an archive's own file may set."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.bodies import abbreviations, add_registers, added_registers, body_key, canonical, stated_council
from corpus.errors import UsageError
from corpus.settings import body_registers, user_name

REGISTER = """place = "Egelund Kommune"

[[body]]
name = "Havne- og Fiskeriudvalget"
kind = "committee"
short = ["HFU"]
also = ["Fiskeriudvalget"]
"""


@pytest.fixture(autouse=True)
def only_packaged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end with the registers that come with the program."""
    monkeypatch.delenv("SAGSSPOR_BODIES", raising=False)
    yield
    add_registers([])


def test_registers_of_environment_and_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's registers come first; those of the archive count from its folder."""
    monkeypatch.setenv("SAGSSPOR_BODIES", os.pathsep.join(["/a/one.toml", "", "/b/two.toml"]))
    (tmp_path / "sagsspor.toml").write_text('bodies = ["egelund.toml", "/c/three.toml"]')
    expected = [Path("/a/one.toml"), Path("/b/two.toml"), tmp_path / "egelund.toml", Path("/c/three.toml")]
    assert list(body_registers(tmp_path)) == expected
    assert list(body_registers()) == expected[:2]


def test_no_settings_name_no_registers(tmp_path: Path) -> None:
    """An archive needs no file of settings."""
    assert body_registers(tmp_path) == ()


@pytest.mark.parametrize("content", ['bodies = "egelund.toml"', "bodies = [1]", "bodies = ["])
def test_settings_that_are_none(tmp_path: Path, content: str) -> None:
    """What is no list of paths is refused with the file's path."""
    (tmp_path / "sagsspor.toml").write_text(content)
    with pytest.raises(UsageError) as caught:
        body_registers(tmp_path)
    assert caught.value.path == str(tmp_path / "sagsspor.toml")


def test_an_archive_knows_its_bodies_while_it_is_open(tmp_path: Path) -> None:
    """Its folder may hold the settings before it is made; another archive has its own."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    (one / "sagsspor.toml").write_text('bodies = ["../egelund.toml"]')
    (tmp_path / "egelund.toml").write_text(REGISTER)
    with Archive.create(one):
        assert canonical("Fiskeriudvalgets") == "Havne- og Fiskeriudvalget"
    with Archive.create(other):
        assert canonical("Fiskeriudvalgets") == "Fiskeriudvalget"
    with Archive.open(one):
        assert canonical("HFU") == "Havne- og Fiskeriudvalget"


def test_an_archive_states_its_council_while_it_is_open(tmp_path: Path) -> None:
    """Its council's abbreviations count and no other's; an archive that states none has those of every register."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    (one / "sagsspor.toml").write_text('council = "Egelund Kommune"\nbodies = ["../egelund.toml"]')
    (tmp_path / "egelund.toml").write_text(REGISTER)
    with Archive.create(one):
        assert stated_council() == "Egelund Kommune"
        assert canonical("HFU") == "Havne- og Fiskeriudvalget"
        assert abbreviations().keys() >= {"HFU"}
        assert not abbreviations().keys() & {"BIU", "TMU"}
        assert body_key("BIU") == "biu"
        assert abbreviations(frozenset(("Københavns Kommune",)))["BIU"] == "Beskæftigelses- og Integrationsudvalget"
    with Archive.create(other):
        assert stated_council() is None
        assert body_key("BIU") == "beskæftigelses- og integrationsudvalget"


@pytest.mark.parametrize("content", ["council = 3", 'council = " "', 'council = ["Egelund Kommune"]'])
def test_a_council_that_is_no_name(tmp_path: Path, content: str) -> None:
    """What names no council is refused with the file's path."""
    (tmp_path / "sagsspor.toml").write_text(content)
    with pytest.raises(UsageError, match="council") as caught:
        Archive.create(tmp_path)
    assert caught.value.path == str(tmp_path / "sagsspor.toml")


def test_a_broken_register_keeps_an_archive_shut(tmp_path: Path) -> None:
    """Nothing is made or opened with half a register."""
    (tmp_path / "sagsspor.toml").write_text('bodies = ["absent.toml"]')
    with pytest.raises(UsageError):
        Archive.create(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sagsspor.toml"]
    assert added_registers() == ()


def test_name_of_a_user_whom_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the user may be a number only; what the environment says comes first."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    def know_nobody(uid: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.setattr(pwd, "getpwuid", know_nobody)
    assert user_name() == f"uid {os.getuid()}"
    monkeypatch.setenv("USER", "asta")
    assert user_name() == "asta"
