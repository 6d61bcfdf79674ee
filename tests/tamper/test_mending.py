"""Whatever was done to what is made from the record, it can be made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import attacker
from tests.support.attacker import Attack
from tests.tamper.conftest import House, ask, named_by_verify

from answerable.cli.main import run
from answerable.ledger.indexes.differences import derived_differences
from answerable.ledger.ledger import Ledger
from answerable.projections.documents import VIEWS

pytestmark = pytest.mark.sqlite_file("unit/ledger/indexes/test_differences.py mends a server")

DERIVED = ("documents", "named", "texts_", "tracking", "withheld", "index: ")


def attacks(house: House) -> Iterator[Attack]:
    for family in (
        attacker.column_attacks,
        attacker.row_attacks,
        attacker.added_row_attacks,
        attacker.schema_attacks,
    ):
        yield from (each for each in family(house.place) if each.name.startswith(DERIVED))


def test_it_is_made_again_from_whatever_state(house: House, tmp_path: Path) -> None:
    mended = 0
    for attack in attacks(house):
        place = house.copied(tmp_path)
        try:
            attack.apply(place)
        except (sqlite3.Error, ValueError):
            continue
        assert run(["views", "rebuild", "--ledger", str(place)]) == 0, attack.name
        assert run(["views", "check", "--ledger", str(place)]) == 0, attack.name
        mended += 1
    assert mended > 100


def test_what_was_made_again_answers_as_before(house: House, tmp_path: Path) -> None:
    place = house.copied(tmp_path)
    with attacker.in_hand(place) as connection:
        for table in ("documents", "named", "texts_data", "withheld"):
            connection.execute(f"DELETE FROM {table}")
    assert named_by_verify(place, house.keys)
    assert run(["views", "rebuild", "--ledger", str(place)]) == 0
    assert named_by_verify(place, house.keys) == []
    assert {question: ask(place, question) for question in house.answers} == house.answers


def test_views_check_names_what_differs(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = house.copied(tmp_path)
    with attacker.in_hand(place) as connection:
        connection.execute("DELETE FROM named WHERE position = 1")
    assert run(["views", "check", "--ledger", str(place)]) == 1
    said = capsys.readouterr()
    assert "the index of names lacks a name that the entry at 1 gives" in said.out
    assert f"`answerable views rebuild --ledger {place}` makes them again" in said.err


def test_what_this_version_never_made_is_not_compared(house: House, tmp_path: Path) -> None:
    """After an update of answerable, what the last version made is made again when one asks."""
    place = house.copied(tmp_path)
    with attacker.in_hand(place) as connection:
        connection.execute(
            "UPDATE tracking SET application_name = replace(application_name, ' ', ' 0') "
            "WHERE application_name LIKE 'names%'"
        )
        connection.execute(
            "UPDATE tracking SET application_name = 'view person 0' "
            "WHERE application_name LIKE 'view person %'"
        )
    assert named_by_verify(place, house.keys) == []
    assert {question: ask(place, question) for question in house.answers} == house.answers


@pytest.mark.parametrize("name", ["view person 99", "view nobody 1", "mine"])
def test_what_no_version_up_to_this_one_made_is_named(
    house: House, tmp_path: Path, name: str
) -> None:
    place = house.copied(tmp_path)
    with attacker.in_hand(place) as connection:
        connection.execute("INSERT INTO tracking VALUES (?, 46)", (name,))
    with Ledger.open(place) as ledger:
        (found,) = derived_differences(ledger, VIEWS)
    assert name in found
