"""Every change behind the ledger's back either alters no answer, or is named by `verify`.

The changes are made of the schema as it is: a column that is added is attacked from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.support import attacker
from tests.support.attacker import Attack
from tests.support.lengths import sample
from tests.tamper.conftest import House, ask, named_by_verify

pytestmark = pytest.mark.sqlite_file("test_on_server.py changes a server")

FAMILIES: dict[str, Callable[[House], Iterator[Attack]]] = {
    "columns": lambda house: attacker.column_attacks(house.place),
    "rows deleted": lambda house: attacker.row_attacks(house.place),
    "rows added": lambda house: attacker.added_row_attacks(house.place),
    "indexes": lambda house: attacker.index_attacks(house.place),
    "schema": lambda house: attacker.schema_attacks(house.place),
    "pages": lambda house: attacker.page_attacks(house.place, house.older),
}

SHORT = 100
"""The number of changes of a family that are tried, evenly spaced, but in a soak."""


OF_ROWS = frozenset(("columns", "rows deleted", "rows added"))
"""The families that change rows alone: where all rows are as they were, nothing was changed."""


def rows(place: Path) -> dict[str, str]:
    """All rows of each table, with their types."""
    with closing(sqlite3.connect(place)) as connection:
        return {
            table: repr(connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall())
            for table, names in attacker.tables(place).items()
        }


def unnoticed(
    house: House, folder: Path, attack: Attack, before: dict[str, str] | None
) -> list[str]:
    """The answers that an attack alters, though `verify` names nothing.

    `before` is all rows as they are, where it changes nothing else.
    """
    place = house.copied(folder)
    try:
        attack.apply(place)
    except (sqlite3.Error, ValueError):
        return []  # SQLite itself would not do it.
    with suppress(sqlite3.Error):
        if before is not None and rows(place) == before:
            return []  # The place of the row was taken, or it said that already.
    if named_by_verify(place, house.keys):
        return []
    return [
        f"{attack.name} alters {' '.join(question)}"
        for question, answer in house.answers.items()
        if ask(place, question) != answer
    ]


def test_the_ledger_as_it_is_holds(house: House, tmp_path: Path) -> None:
    place = house.copied(tmp_path)
    assert named_by_verify(place, house.keys) == []
    assert {question: ask(place, question) for question in house.answers} == house.answers
    assert {code for code, _ in house.answers.values()} == {0}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_change_alters_an_answer_unnoticed(house: House, tmp_path: Path, family: str) -> None:
    attacks = list(FAMILIES[family](house))
    assert len(attacks) > 10
    tried = sample(attacks, SHORT)
    before = rows(house.place) if family in OF_ROWS else None
    found = [what for attack in tried for what in unnoticed(house, tmp_path, attack, before)]
    assert not found, "\n".join(found)
