"""The times that a clock may tell: those that an entry, an id and a signature can bear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from answerable.ledger.errors import ClockUnusable

Clock = Callable[[], datetime]

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Event ids (RFC 9562) and signed notes count from here; texts of years sort up to 9999."""


def checked(clock: Clock | None) -> Clock:
    """Return a clock that tells no time which cannot be recorded.

    Args:
        clock: the clock; the system's by default. It raises `ClockUnusable` where what it tells is
            no time, or one before 1970 or after 9999.
    """
    source = clock or _system_time
    return lambda: _told_by(source)


def _system_time() -> datetime:
    return datetime.now(UTC)


def _told_by(clock: Clock) -> datetime:
    try:
        told = clock()
    except (OverflowError, ValueError, OSError) as error:
        raise _unusable(str(error)) from error
    if not isinstance(told, datetime):
        raise _unusable(f"{told!r:.80}")
    try:
        now = told.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        raise _unusable(str(told)) from None
    if now < EARLIEST:
        raise _unusable(str(told))
    return now


def _unusable(said: str) -> ClockUnusable:
    return ClockUnusable(
        f"the clock tells no time from 1970 to 9999, but: {said}.",
        hint="Set it right, then try again.",
    )
