"""Changes made together, as one would who wants each to hide the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.attacker import Attack
from tests.support.lengths import examples
from tests.tamper.conftest import House, ask, named_by_verify
from tests.tamper.test_every_change import FAMILIES

pytestmark = pytest.mark.sqlite_file("changes a file, its pages and its own schema")


@cache
def attacks(house: House) -> Sequence[Attack]:
    """Every attack that there is."""
    return [attack for family in FAMILIES.values() for attack in family(house)]


def altered(house: House, numbers: Sequence[int]) -> list[str]:
    """Some attacks, if they alter an answer and `verify` names nothing."""
    every = attacks(house)
    together = [every[number % len(every)] for number in numbers]
    with TemporaryDirectory() as folder:
        place = house.copied(Path(folder))
        for attack in together:
            try:
                attack.apply(place)
            except (sqlite3.Error, ValueError, TypeError):
                continue  # An earlier one made it impossible.
        if named_by_verify(place, house.keys):
            return []
        answers = house.answers.items()
        changed = any(ask(place, question) != answer for question, answer in answers)
        return [each.name for each in together] if changed else []


numbers = st.integers(0, 2**20)


@settings(max_examples=examples(45))
@given(numbers=st.lists(numbers, min_size=2, max_size=4))
def test_changes_made_together_alter_no_answer_unnoticed(house: House, numbers: list[int]) -> None:
    assert altered(house, numbers) == []


@pytest.mark.soak
@settings(max_examples=10_000)
@given(numbers=st.lists(numbers, min_size=1, max_size=6))
def test_changes_made_together_alter_no_answer_unnoticed_for_long(
    house: House, numbers: list[int]
) -> None:
    assert altered(house, numbers) == []
