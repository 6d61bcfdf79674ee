"""Clocks that tell what nothing can bear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tests.support.signed_ledger import house

from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.errors import ClockUnusable
from answerable.ledger.ledger import Ledger
from answerable.ledger.system.clock import checked

CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}


def beyond_the_calendar() -> datetime:
    raise ValueError("year 10000 is out of range")


def beyond_the_system() -> datetime:
    raise OverflowError("timestamp out of range for platform time_t")


ASTRAY: dict[str, Callable[[], Any]] = {
    "before 1970": lambda: datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
    "the first year": lambda: datetime.min.replace(tzinfo=UTC),
    "before the first year": lambda: datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
    "after 9999": lambda: datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))),
    "beyond the calendar": beyond_the_calendar,
    "beyond the system": beyond_the_system,
    "no time": lambda: None,
    "a number": lambda: 1_700_000_000.0,
}


@pytest.fixture(params=ASTRAY)
def clock(request: pytest.FixtureRequest) -> Callable[[], datetime]:
    return ASTRAY[request.param]


@pytest.fixture
def ledger(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db", clock=clock) as made:
        yield made


def test_nothing_is_recorded_by_a_clock_that_is_astray(ledger: Ledger) -> None:
    for way in (ledger.append, ledger.preview, ledger.prepare):
        with pytest.raises(ClockUnusable, match="the clock tells no time from 1970 to 9999"):
            way(CONTACT, recorded_by="jane")
    assert len(ledger) == 0


def test_nothing_is_signed_by_a_clock_that_is_astray(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    made = house(tmp_path)
    with made.ledger:
        made.record(1)
        with pytest.raises(ClockUnusable):
            sign_head(made.ledger, made.signers, made.memory, clock=clock)
        assert not made.memory.exists()


@pytest.mark.parametrize(
    "time",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC)],
    ids=str,
)
def test_the_first_time_and_the_last_are_recorded(tmp_path: Path, time: datetime) -> None:
    with Ledger.create(tmp_path / "a.db", clock=lambda: time) as ledger:
        receipt = ledger.append(CONTACT, recorded_by="jane")
        assert receipt.recorded_at == f"{time:%Y-%m-%dT%H:%M:%S.%f}Z"
        assert len(list(ledger.events(known_by=time))) == 1


def test_a_clock_of_another_zone_is_told_in_utc() -> None:
    there = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=9)))
    assert checked(lambda: there)() == datetime(2026, 3, 1, tzinfo=UTC)
