"""The direction of imports is a rule of the house; the code's own imports are checked."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "index": {"index", "corpus"},
    "search": {"search", "index", "corpus"},
    "commands": {"commands", "search", "index", "ingest", "corpus"},
}


def imports_of(path: Path) -> set[str]:
    """Give the top-level names that a module imports, wherever in it they stand."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_run_one_way(package: str) -> None:
    """A package imports only itself and the packages below it."""
    ours = {*MAY_IMPORT, "cli", "web", "tests"}
    modules = list((ROOT / package).rglob("*.py"))
    assert modules
    for module in modules:
        wrong = imports_of(module) & ours - MAY_IMPORT[package]
        assert not wrong, f"{module.relative_to(ROOT)} imports {wrong}"
