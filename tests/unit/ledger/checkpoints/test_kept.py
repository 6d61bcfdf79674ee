"""Test that `verify` names a checkpoint that was taken away, or says who alone can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.oracles import raw
from tests.support.signed_ledger import House, house

from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import LedgerReport, verify_ledger

pytestmark = pytest.mark.both_stores

ONLY_OTHERS = "was taken away: only who was given it can tell"
BESIDE = "is beside the keys and not in the ledger"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[House]:
    found = house(tmp_path)
    with found.ledger:
        for _ in range(3):
            found.record(2)
            found.sign()
        yield found


def report(made: House) -> LedgerReport:
    return verify_ledger(made.ledger, Trust([]), memory=made.memory)


def take_away(made: House, where: str) -> None:
    with raw(made.place, guarded=False) as hand:
        hand.execute(f"DELETE FROM checkpoints WHERE {where}")


def unchecked(found: LedgerReport, said: str) -> list[str]:
    assert found.problems == ()
    return [each for each in found.unchecked if said in each]


def test_it_is_said_that_only_others_can_tell_of_older_ones(made: House) -> None:
    assert unchecked(report(made), BESIDE) == []
    take_away(made, "size = 2")
    found = report(made)
    assert len(unchecked(found, ONLY_OTHERS)) == 1
    assert unchecked(found, BESIDE) == []
    assert found.signed.checkpoints == 2


@pytest.mark.parametrize("where", ["size = 6", "true"])
def test_the_last_is_known_beside_the_keys(made: House, where: str) -> None:
    take_away(made, where)
    found = report(made)
    (said,) = unchecked(found, BESIDE)
    assert "the last checkpoint signed, of 6 entries" in said
    assert found.signed.unkept == 6
    # As the sentence says.
    made.sign()
    assert report(made).signed.unkept is None


def test_what_was_signed_and_is_cut_off_is_a_problem(made: House) -> None:
    take_away(made, "true")
    with raw(made.place, guarded=False) as hand:
        hand.execute("DELETE FROM stored_events WHERE rowid > 4")
    assert any("6 entries were signed" in each.what for each in report(made).problems)
