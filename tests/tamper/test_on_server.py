"""Every change of who owns a ledger's tables either alters no answer, or is named by `verify`.

The changes are made of the schema as it is, as in `test_every_change.py`.
"""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.support.attacker import Attack
from tests.support.lengths import sample
from tests.support.server_attacker import FAMILIES
from tests.tamper.conftest import House, ask, named_by_verify

SHORT = {
    "columns": 28,
    "rows deleted": 16,
    "rows added": 12,
    "indexes": 16,
    "guards": 16,
    "tables": 9,
}
"""The number of changes of a family that are tried, but in a soak; of those not listed all are."""


ACTING = ("indexes", "guards", "planted", "tables")
"""The families of which each change is named, whatever it alters: it may act on what is to come."""

ALLOWED = {
    "erased_texts: dropped": "it only makes a count quicker",
    "planted: keys counted anew": "keys are told apart by when they were adopted",
    "planted: another schema first": "each transaction names the schema",
    "planted: nulls that are equal": "nothing is compared to NULL",
    "planted: no row security": "it hides nothing: no policy is in a ledger",
}
"""Says why a change that `verify` does not name can alter nothing, now or later."""


def unnoticed(house: House, folder: Path, attack: Attack, acting: bool) -> list[str]:
    """Tell what an attack does though `verify` names nothing: it is there, or alters answers."""
    place = house.copied(folder)
    try:
        attack.apply(place)
    except psycopg.Error:
        return []  # The server itself would not do it.
    if named_by_verify(place, house.keys):
        return []
    if acting and attack.name not in ALLOWED:
        return [f"{attack.name}"]
    return [
        f"{attack.name} alters {' '.join(question)}"
        for question, answer in house.answers.items()
        if ask(place, question) != answer
    ]


def test_the_ledger_as_it_is_holds(house_on_server: House, tmp_path: Path) -> None:
    place = house_on_server.copied(tmp_path)
    assert named_by_verify(place, house_on_server.keys) == []
    answers = {question: ask(place, question) for question in house_on_server.answers}
    assert answers == house_on_server.answers
    assert {code for code, _ in answers.values()} == {0}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_change_alters_an_answer_unnoticed(
    house_on_server: House, tmp_path: Path, family: str
) -> None:
    attacks = list(FAMILIES[family](house_on_server.place))
    assert len(attacks) > 10
    found = [
        what
        for attack in sample(attacks, SHORT.get(family, len(attacks)))
        for what in unnoticed(house_on_server, tmp_path, attack, family in ACTING)
    ]
    assert not found, "\n".join(found)
