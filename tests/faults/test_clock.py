"""Clocks step back, and writers have different ones: what is recorded never runs back."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from tests.support.lengths import SOAK

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.entry.clock import MAX_GAP, MOST_BEHIND
from answerable.ledger.entry.errors import ClockAstray
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger

pytestmark = pytest.mark.sqlite_file("tries a file and a server itself")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

STEPS = (0, 1, 30, 59, 60, 61, 3_600, 86_400 * 400, 86_400 * 401)
"""Seconds that a clock steps, ahead or back: about what is let pass, and far beyond."""


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def contact(case: str) -> Event:
    return parse({"kind": "contact-made", "case_id": case, "counterparty": "org-1"})


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize("seed", range(20 if SOAK else 2))
def test_what_two_writers_record_by_clocks_of_their_own_never_runs_back(
    new_place: Path | str, seed: int
) -> None:
    chance = Random(seed)
    Ledger.create(new_place).close()
    clocks = [Clock(), Clock(), Clock()]
    last: datetime | None = None
    size = 0
    with ExitStack() as stack:
        # The third believes its clock, wherever it stands.
        writers = [
            stack.enter_context(Ledger.open(new_place, clock=clock, accept_clock=number == 2))
            for number, clock in enumerate(clocks)
        ]
        for _ in range(40):
            number = chance.choice((0, 0, 0, 1, 1, 1, 2))
            clock, writer = clocks[number], writers[number]
            clock.now = (last or NOON) + timedelta(seconds=chance.choice(STEPS)) * chance.choice(
                (1, 1, -1)
            )
            ahead = clock.now - (last or clock.now)
            if number != 2 and not -MOST_BEHIND <= ahead <= MAX_GAP:
                with pytest.raises(ClockAstray, match="the clock says"):
                    writer.append(contact("acme"), recorded_by="jane")
                assert len(writer) == size
                continue
            receipt = writer.append(contact("acme"), recorded_by="jane")
            last = max(last or clock.now, clock.now)
            assert receipt.recorded_at == written(last)
            told = writer.events_at([size])[0].fields.get("clock")
            astray = not -MOST_BEHIND <= ahead <= MAX_GAP
            assert (told is not None) is astray
            size += 1
        events = [*writers[0].events()]
        assert all(
            one.fields["recorded_at"] <= other.fields["recorded_at"]
            for one, other in pairwise(events)
        )
        # Where the log is cut by a moment, it is cut once: nothing after it was known before.
        for event in events:
            known = writers[1].size_known_by(
                datetime.fromisoformat(str(event.fields["recorded_at"]))
            )
            assert known > event.position
        report = verify_ledger(writers[0], Trust([]))
        assert report.problems == ()


def test_a_clock_that_steps_back_in_a_batch_dates_the_whole_batch_alike(
    new_place: Path | str,
) -> None:
    Ledger.create(new_place).close()
    times = iter([NOON, *(NOON - timedelta(seconds=each) for each in range(1, 9))])
    with Ledger.open(new_place, clock=lambda: next(times)) as ledger:
        for size in (1, 3, 60):
            receipts = ledger.append_all([contact("acme") for _ in range(size)], recorded_by="jane")
            assert {each.recorded_at for each in receipts} == {written(NOON)}
        assert verify_ledger(ledger, Trust([])).problems == ()
