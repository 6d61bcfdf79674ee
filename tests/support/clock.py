"""A clock for the command, where it runs in the test's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

import pytest

from answerable.ledger.ledger import Ledger
from answerable.ledger.system import clock as system_clock


def set_clock(patch: pytest.MonkeyPatch, clock: Callable[[], datetime]) -> None:
    """Have whatever opens a ledger record by this clock, unless it brings one of its own.

    What asks the system for the time is told the same.
    """
    patch.setattr(Ledger, "open", staticmethod(partial(Ledger.open, clock=clock)))
    patch.setattr(system_clock, "_system_time", clock)


class Steps:
    """A clock that stands still until it is told to go on, however often it is asked.

    A server may draft an append twice.
    """

    def __init__(self, times: Iterable[datetime]) -> None:
        self._times = iter(times)
        self._now: datetime | None = None

    def __call__(self) -> datetime:
        assert self._now is not None
        return self._now

    def go_on(self) -> None:
        """Tell the next time from now on."""
        self._now = next(self._times)
