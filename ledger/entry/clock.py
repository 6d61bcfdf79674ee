"""Holding the clock against the last entry before something is recorded by it.

What was *known by* a moment is where the log is cut by its times, and these never decrease. So one
entry that is recorded by a clock far ahead makes every later one late, and a clock far behind has
the new ones bear the time of the last: both make each answer as known by a moment wrong, and
nothing that is recorded later mends it. Such a clock is refused, unless somebody accepts it. Then
the first entry that is recorded by it tells so, in its own bytes:

    "clock":{"said":"2026-01-05T14:03:00.000000Z","last":"2028-06-01T09:00:00.000000Z"},

what the clock said, and when the entry before was recorded. The later of the two is the time that
the entry bears.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from answerable.domain.record import ClockReading
from answerable.ledger.entry.errors import ClockAstray
from answerable.ledger.errors import NotVerified

MOST_BEHIND = timedelta(minutes=1)
"""The time that a clock may be behind the last entry: machines never agree to the second."""

MAX_GAP = timedelta(days=400)
"""The time that a clock may be ahead of the last entry, unless the caller says otherwise."""


class ClockRule(NamedTuple):
    """Which clocks are believed.

    Attributes:
        max_gap: how far one may be ahead of the last entry.
        accepted: whether somebody vouches for the clock as it is, wherever it stands.
    """

    max_gap: timedelta = MAX_GAP
    accepted: bool = False

    def stated_of(self, reading: ClockReading, position: int) -> bytes:
        """Return what the first entry that is recorded states of the clock; mostly nothing.

        Args:
            reading: what the clock says, and when the last entry was recorded.
            position: the position of that entry.

        Raises:
            ClockAstray: it is too far from the last entry, and nobody accepted it.
            NotVerified: what the last entry bears is no time.
        """
        try:
            ahead = reading.ahead
        except ValueError:
            raise NotVerified(
                f"the entry at position {position} bears no time, so nothing can be recorded "
                "after it.",
                hint="`verify_ledger` says more.",
                cli_hint="`answerable verify` says more.",
            ) from None
        if -MOST_BEHIND <= ahead <= self.max_gap:
            return b""
        if not self.accepted:
            raise _astray(reading, position)
        return stated(reading)


def stated(reading: ClockReading) -> bytes:
    """Write what an entry states of a clock that was accepted."""
    return b'"clock":{"said":"%b","last":"%b"},' % (reading.said.encode(), reading.last.encode())


def clock_problem(fields: Mapping[str, Any]) -> str | None:
    """Return what is wrong with what an entry tells of its clock; None if nothing is."""
    try:
        ClockReading.told_by(fields)
    except ValueError:
        return "tells of an accepted clock otherwise than a ledger does"
    return None


def _astray(reading: ClockReading, position: int) -> ClockAstray:
    longer = cli_longer = ""
    if reading.said > reading.last:
        longer = " Or allow for it with `max_gap`."
        cli_longer = " Or allow for it with ANSWERABLE_MAX_GAP."
    return ClockAstray(
        f"the clock says {_second(reading.said)}, {reading.distance} (position {position}, "
        f"recorded at {_second(reading.last)}). A wrong time makes every answer as known by a "
        "moment wrong, and no later entry mends it.",
        field="recorded_at",
        hint="Set the clock right. If it is right, open the ledger with `accept_clock=True`, and "
        f"the entry tells so.{longer}",
        cli_hint="Set the clock right. If it is right, give --accept-clock, and the entry tells "
        f"so.{cli_longer}",
    )


def _second(time: str) -> str:
    return f"{time[:19]}Z"
