"""Entries that one answer would read otherwise than another, by one who writes the whole log."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from tests.tamper.test_seals import WHO, write

from answerable.domain.errors import AnswerableError
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.ledger import verify_ledger

TALKS = ("purpose", b'"talks"')


@pytest.mark.parametrize(
    ("public", "said"),
    [
        ('"purpose" :"bribes",', "tells 'purpose' in the open, which is sealed"),
        ('"channel" :"fair",', "is written with spaces between its parts, which no ledger does"),
        ('"counterparty":"p-2",', "tells 'counterparty' twice"),
        ('"kind":"lesson-recorded",', "tells 'kind' twice"),
        ('"occurred":' + "[" * 3_000 + "]" * 3_000 + ",", "is not an entry that answerable wrote"),
    ],
)
def test_an_entry_that_reads_in_two_ways_is_refused(tmp_path: Path, public: str, said: str) -> None:
    place = tmp_path / "a.db"
    write(place, [WHO, TALKS], public)
    with Ledger.open(place) as ledger:
        found = verify_ledger(ledger, Trust([]))
        told = b"".join(line + b"\n" for line in exported_entries(ledger))
    assert (found.problems[0].position, found.problems[0].what) == (0, said)
    with Ledger.create(tmp_path / "b.db") as other, pytest.raises(AnswerableError):
        restore(other, lines(BytesIO(told)))


def test_spaces_between_the_parts_are_not_restored(tmp_path: Path) -> None:
    """Everything else in this entry is as a ledger writes it."""
    place = tmp_path / "a.db"
    write(place, [WHO, TALKS], '"occurred": "2026-01-05",')
    with Ledger.open(place) as ledger:
        told = b"".join(line + b"\n" for line in exported_entries(ledger))
    with (
        Ledger.create(tmp_path / "b.db") as other,
        pytest.raises(AnswerableError, match="written with spaces"),
    ):
        restore(other, lines(BytesIO(told)))


@pytest.mark.parametrize(
    "public",
    [
        '"requires":5,',
        '"requires":["signature"],',
        '"policy":"a","policy_version":"1","requires":["signature"],"from":"x",',
    ],
)  # fmt: skip
def test_a_policy_that_says_what_none_can_is_named(tmp_path: Path, public: str) -> None:
    place = tmp_path / "a.db"
    write(place, [WHO], public, kind="policy-adopted")
    with Ledger.open(place) as ledger:
        (problem,) = verify_ledger(ledger, Trust([])).problems
    assert problem.what.startswith("an event says what none of its kind can say")
