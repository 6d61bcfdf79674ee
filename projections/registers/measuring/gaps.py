"""Make a register of what is open, overdue or unexplained, and from whom it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    DUE_BY,
    IN_WORDS,
    IS_OPEN,
    OVERDUE,
    POSITION,
    SORT,
    TITLE,
    called,
    party,
)

if TYPE_CHECKING:
    from answerable.projections.facts.names import NameOf
    from answerable.projections.gaps import Need

GAPS = Register(
    "gaps",
    "What is open, overdue or unexplained",
    (
        *(SORT, OVERDUE, DUE_BY, IS_OPEN),
        Column("task", "What to do or to ask"),
        Column("what", "What is needed", "word"),
        IN_WORDS,
        party("needed_from", "Needed from"),
        Column("role", "Who", "word"),
        *(CASE, TITLE, POSITION),
        Column("rule", "Rule id", "id"),
        Column("event_ids", "Event ids", "id", many=True),
    ),
)


def gaps_register(
    needs: Iterable[Need],
    task: Callable[[str], str],
    name_of: NameOf,
    title_of: Callable[[str], str | None],
) -> Registers:
    """Make a register of what is needed: a row a thing.

    Args:
        needs: the things.
        task: says what there is to do or to ask, by what is needed.
        name_of: what to call a party.
        title_of: tells the title of a case.
    """
    rows = (
        Row(
            GAPS.name,
            (
                *(each.sort, each.overdue, each.due, each.open),
                *(task(each.what), each.what, each.text),
                called(each.whom, name_of),
                *(each.role, each.case_id, title_of(each.case_id), each.position, each.rule),
                each.events,
            ),
        )
        for each in needs
    )
    return Registers((GAPS,), rows)
