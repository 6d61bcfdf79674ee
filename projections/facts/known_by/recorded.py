"""Choose among events at hand those that were on record by a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from answerable.domain.record import RecordedEvent


def recorded_by(
    events: Iterable[RecordedEvent], known_by: datetime | None
) -> Iterator[RecordedEvent]:
    """Yield those of some events that were recorded by a moment; None: all."""
    if known_by is None:
        return iter(events)
    # As entries tell it, whose texts sort as the times do.
    by = known_by.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return (event for event in events if event.recorded_at <= by)
