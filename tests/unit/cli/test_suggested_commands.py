"""Every command that the code suggests is one that the command line takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.suggestions import Suggested, fault, suggestions

ROOT = Path(__file__).parents[3]
PACKAGES = ("cli", "domain", "ledger", "projections")


def texts(code: str) -> Iterator[str]:
    """The texts in some code, with X for what is put into them; not what opens the module."""
    tree = ast.parse(code)
    if ast.get_docstring(tree) is not None:
        del tree.body[0]
    within = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (each.value if isinstance(each, ast.Constant) else "X" for each in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in within:
            yield node.value


def told() -> list[tuple[str, Suggested]]:
    found: dict[Suggested, str] = {}
    for package in PACKAGES:
        for place in sorted((ROOT / package).rglob("*.py")):
            for text in texts(place.read_text(encoding="utf-8")):
                # Not what writes suggestions.
                writes = place.name == "suggestions.py"
                for each in () if writes else suggestions(text):
                    found.setdefault(each, str(place.relative_to(ROOT)))
    return [(place, each) for each, place in found.items()]


@pytest.mark.parametrize(("place", "suggested"), told(), ids=lambda each: str(each))
def test_a_command_that_is_suggested_is_written_as_the_command_line_takes_it(
    place: str, suggested: Suggested
) -> None:
    assert fault(suggested) is None
