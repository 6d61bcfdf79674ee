"""The map for newcomers is of this house: what it names is there, and what is there it names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAP = ROOT / "ARCHITECTURE.md"
PACKAGES = ("domain", "ledger", "projections", "cli")

MOST_MODULES = 13
"""The most modules that a folder holds, beside the one that says what it is for."""

NAMED = re.compile(
    r"`((?:cli|docs|domain|examples|ledger|projections|tests)/[\w./-]*)(?::([\w.]+))?`"
)
"""A file or a folder, and what is defined in it: `ledger/ledger.py:Ledger.append`."""


def folders() -> list[str]:
    return sorted(
        str(init.parent.relative_to(ROOT))
        for package in PACKAGES
        for init in (ROOT / package).rglob("__init__.py")
    )


def defined(body: list[ast.stmt]) -> Iterator[tuple[str, list[ast.stmt]]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.body
        elif isinstance(node, ast.Assign):
            yield from ((t.id, []) for t in node.targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, []


def holds(module: Path, name: str) -> bool:
    """Tell whether a module defines a name; of a dotted one, each part in the one before."""
    body = ast.parse(module.read_text(encoding="utf-8")).body
    for part in name.split("."):
        found = dict(defined(body))
        if part not in found:
            return False
        body = found[part]
    return True


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_what_a_page_names_is_there(page: str) -> None:
    named = NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert named
    gone = [
        f"{place}:{name}" if name else place
        for place, name in named
        if not (ROOT / place).exists() or (name and not holds(ROOT / place, name))
    ]
    assert gone == []


def test_every_folder_is_on_the_map() -> None:
    drawn = re.findall(r"^    .*$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    tree = {name for line in drawn for name in re.findall(r"(\w+)/", line)}
    assert sorted({folder.split("/")[-1] for folder in folders()} - tree) == []


@pytest.mark.parametrize("folder", folders())
def test_a_folder_says_what_it_is_for_and_is_not_crowded(folder: str) -> None:
    modules = [each for each in (ROOT / folder).glob("*.py") if each.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES
    said = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text("utf-8")))
    assert said
    assert "mport" in said
