"""Every table, column and index of a ledger is in the list of what `verify` covers."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from answerable.ledger.store.sqlite.guards import SchemaObject, allowed_objects

PROVING = Path(__file__).parents[2] / "docs" / "proving.md"
SECTION = (
    PROVING.read_text(encoding="utf-8")
    .partition("## What `verify` covers")[2]
    .partition("\n## ")[0]
)
NAMES = re.compile(r"`(\w+)`")


def listed() -> dict[str, set[str]]:
    """The columns of each table, as the documentation lists them."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in SECTION.splitlines():
        if row.startswith("| `"):
            table, columns, _ = (cell.strip() for cell in row.strip("|").split("|"))
            found[table.strip("`")] |= {*NAMES.findall(columns)}
    return found


def columns(table: SchemaObject) -> set[str]:
    """The columns of a table that a ledger may have."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(table.text or "")
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}


TABLES = sorted((each for each in allowed_objects() if each.type == "table"), key=str)


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.name)
def test_each_column_is_covered(table: SchemaObject) -> None:
    assert listed()[table.name] == columns(table)


def test_nothing_is_listed_that_is_not_there() -> None:
    assert listed().keys() == {each.name for each in TABLES}


def test_each_index_is_covered() -> None:
    rest = {
        name
        for line in SECTION.splitlines()
        if not line.startswith("|")
        for name in NAMES.findall(line)
    }
    for each in allowed_objects():
        if each.type == "index" and each.text is not None:
            assert each.name in rest
