"""Make a register of what usually follows in a case, and of what is missing or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import CASE, EVENT_ID, KIND, POSITION, SORT, WHAT

if TYPE_CHECKING:
    from answerable.projections.following.steps import Step

NEXT = Register(
    "next",
    "What follows",
    (
        *(SORT, WHAT),
        Column("about", "About"),
        *(CASE, POSITION, KIND),
        Column("command", "Command"),
        EVENT_ID,
    ),
)


def next_register(steps: Iterable[Step], command: Callable[[Step], str]) -> Registers:
    """Make a register of steps that can be recorded next: a row each.

    Args:
        steps: the steps.
        command: writes the command that records one, or tells what is behind it.
    """
    rows = (
        Row(
            NEXT.name,
            (
                *(each.sort, each.what, each.about or None, each.case_id, each.position, each.kind),
                *(command(each), each.event_id),
            ),
        )
        for each in steps
    )
    return Registers((NEXT,), rows)
