"""Find the line of a TOML file on which a key stands, which tomllib does not tell."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Keys from the outermost inwards, and places in arrays of tables, from 0."""

HEADING = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: Path) -> int:
    """Return the line of a key: of what stands on a line by itself, the nearest around it."""
    places = _places(text)
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
    return 1


def _places(text: str) -> dict[Path, int]:
    places: dict[Path, int] = {}
    tables: dict[Path, int] = {}
    under: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        if found := HEADING.fullmatch(line):
            under = _within(_parts(found[2]), tables)
            if found[1] == "[[":
                tables[under] = tables.get(under, -1) + 1
                under = (*under, tables[under])
            places.setdefault(under, number)
        elif found := KEY.match(line):
            places.setdefault((*under, *_parts(found[1])), number)
    return places


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in PART.findall(dotted))


def _within(path: Path, tables: dict[Path, int]) -> Path:
    """Return a path with the place in each array of tables that it goes through."""
    found: Path = ()
    for at, part in enumerate(path, 1):
        found = (*found, part)
        if at < len(path) and found in tables:
            found = (*found, tables[found])
    return found
