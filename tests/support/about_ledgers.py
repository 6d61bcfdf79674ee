"""Tell which tests another store may fail: on it, the others would only say the same again.

These are tests that can open a ledger: their module names what opens one or runs the command, or
imports a module of the tests that does; or one of their fixtures comes from such a module. But not
those that try a server themselves, wherever the others keep their ledgers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

OPENS = re.compile(
    r"\b(Ledger\.(open|create)|(open|make|carried)_(store|there)|open_or_make"
    r"|cli\.main import|answerable\.Ledger)\b|import answerable\b"
)
"""Finds what opens a ledger, in a module's text."""

IMPORTED = re.compile(r"^ *(?:from|import) (tests\.[\w.]+)(?: import ([\w, ]+|\([^)]*\)))?", re.M)
"""Finds the modules of the tests that a module imports, and what it takes of them."""

FOR_ALL = "tests.conftest"
"""Names the module whose fixtures every test has."""


THEIR_OWN = frozenset(("postgresql", "new_place"))
"""Names fixtures of tests that try a server themselves."""


def depends_on_the_store(item: pytest.Item) -> bool:
    """Tell whether a test says something else where ledgers are in another store."""
    fixtures = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return not THEIR_OWN & fixtures.keys() and _can_open_a_ledger(item, fixtures.values())


def _can_open_a_ledger(item: pytest.Item, fixtures: Iterable[Sequence[Any]]) -> bool:
    modules = {each.func.__module__ for found in fixtures for each in found}
    places = {Path(item.path)}
    for name in modules - {FOR_ALL}:
        place = _place(name) if name.startswith("tests.") else None
        places |= {place} if place else set()
    return any(_opens(place) for place in places)


@cache
def _place(module: str) -> Path | None:
    found = find_spec(module)
    origin = found.origin if found else None
    return Path(origin) if origin and origin.endswith(".py") else None


@cache
def _opens(place: Path) -> bool:
    text = place.read_text(encoding="utf-8")
    return bool(OPENS.search(text)) or any(_opens(each) for each in _imported(text))


def _imported(text: str) -> set[Path]:
    """Return the modules of the tests that a text imports: `tests.support` has nothing itself."""
    found: set[Path] = set()
    for module, names in IMPORTED.findall(text):
        within = [f"{module}.{name}" for name in re.findall(r"\w+", names)]
        for each in (module, *within):
            place = _place_or_none(each)
            found |= {place} if place else set()
    return found


def _place_or_none(module: str) -> Path | None:
    try:
        return _place(module)
    except ModuleNotFoundError:
        return None
