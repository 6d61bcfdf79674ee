"""Make a register of the events of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RECORDED,
    SAYS,
    STANDING,
)

if TYPE_CHECKING:
    from answerable.domain.record import RecordedEvent
    from answerable.projections.log import LoggedEvent

LOG = Register(
    "log",
    "What was recorded",
    (
        *(POSITION, RECORDED, OCCURRED),
        Column("occurred_as_corrected", "Happened, as corrected", "date"),
        *(HAPPENED, KIND, STANDING, CASE, SAYS, EVENT_ID),
    ),
)


def log_register(events: Iterable[LoggedEvent], say: Callable[[RecordedEvent], str]) -> Registers:
    """Make a register of events: a row each.

    Args:
        events: the events, as they are asked about.
        say: says an event in a line.
    """
    rows = (
        Row(
            LOG.name,
            (
                each.event.position,
                each.event.recorded_at,
                each.event.occurred,
                each.occurred,
                each.as_of,
                each.event.kind,
                each.event.fields.get("standing"),
                each.event.case_id,
                say(each.event),
                each.event.event_id,
            ),
        )
        for each in events
    )
    return Registers((LOG,), rows)
