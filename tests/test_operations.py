"""What docs/operations.md tells operators to type and to install can be typed and installed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", PAGE, re.DOTALL))


def commands_shown() -> Iterator[str]:
    """Give every call of the program in a block of code, from its name to the end of the command."""
    for block in re.findall(r"```[a-z]*\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if not line.startswith("#"):
                yield from re.findall(r"(?:^|/bin/|&& |\|\| |  |exec )sagsspor ([^|&#\n']+)", line)


@pytest.mark.parametrize("line", sorted(set(commands_shown())))
def test_command_exists(line: str) -> None:
    """Each command and each of its options is one that the program has."""
    words = line.split()
    group = {name: option for option in main.params if isinstance(option, click.Option) for name in option.opts}
    values = {place + 1 for place, word in enumerate(words) if word in group and not group[word].is_flag}
    name = next(word for place, word in enumerate(words) if word in main.commands and place not in values)
    before, after = words[: words.index(name)], words[words.index(name) + 1 :]
    command = main.commands[name]
    known = [opt for option in command.params if isinstance(option, click.Option) for opt in option.opts]
    assert {word for word in before if word.startswith("-")} <= group.keys()
    assert {word for word in after if word.startswith("-")} <= set(known)


def test_every_unit_is_shown() -> None:
    """A watch, a nightly import and a backup, each with what starts it."""
    assert {"sagsspor-watch.service", "sagsspor-import.service", "sagsspor-import.timer"} <= UNITS.keys()
    assert {"sagsspor-backup.service", "sagsspor-backup.timer"} <= UNITS.keys()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_units_are_valid(tmp_path: Path) -> None:
    """Systemd takes every unit as it stands in the page, but for where the program is."""
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace("/opt/sagsspor/bin/sagsspor", sys.executable), encoding="utf-8")
    paths = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "sagsspor" in line]
    assert ours == []
