"""Show what holds of every screen: rules that find fault with the lines of an output."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.support.screens import width

SCREENFUL = 24
TOP = 5
HASH = re.compile(r"\b[0-9a-f]{32,}\b")
BYTES = re.compile(r'[{"]|The case id ')
"""Tell what tells of a slug itself, or shows the bytes that are hashed."""
COMMAND = re.compile(r"`[^`]*`|\banswerable .*")


def too_wide(lines: Sequence[str], columns: int) -> list[str]:
    """The lines that are wider than the terminal, but for what shows bytes as they are hashed."""
    return [line for line in lines if width(line.rstrip()) > columns and not line.startswith("{")]


def hashes_above(lines: Sequence[str]) -> list[str]:
    """The hashes that something else follows: they belong at the end, a label each at most."""
    found = [number for number, line in enumerate(lines) if HASH.search(line)]
    if not found:
        return []
    others = len(lines) - found[0] - len(found)
    above = not found[0] and len(lines) > 1
    return [lines[number] for number in found] if above or others > len(found) else []


def slugs_on_top(lines: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    """The pseudonyms and case ids among the first lines that stand there without their titles."""
    return [
        f"{slug} in: {line}"
        for line in lines[:TOP]
        for slug, title in titles.items()
        if not BYTES.match(line)
        and re.search(rf"(?<![\w-]){re.escape(slug)}(?![\w-])", COMMAND.sub("", line))
        and title not in line
    ]


def not_answered(lines: Sequence[str], phrase: str) -> list[str]:
    """The phrase that is the answer, where the first screen does not have it."""
    first = " ".join(" ".join(lines[:SCREENFUL]).split())
    return [] if " ".join(phrase.split()) in first else [f"not on the first screen: {phrase}"]
