"""Make a register of what falls due, when, and from whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    OVERDUE,
    POSITION,
    TITLE,
    WHAT,
    called,
    limits,
    party,
)

if TYPE_CHECKING:
    from answerable.projections.due import Due
    from answerable.projections.facts.names import NameOf

DUE = Register(
    "due",
    "What falls due",
    (
        OVERDUE,
        Column("earliest", "Due at the earliest", "date"),
        Column("latest", "Due at the latest", "date"),
        *limits("late", "Days late"),
        WHAT,
        Column("about", "About"),
        *(CASE, TITLE, POSITION),
        party("needed_from", "Needed from"),
        Column("role", "Who", "word"),
        Column("policy", "Policy id", "id"),
        Column("policy_title", "Policy", "word"),
        Column("version", "Version"),
        Column("rule", "Rule id", "id"),
        Column("source", "Source", "word"),
        EVENT_ID,
    ),
)


def due_register(
    found: Iterable[Due],
    name_of: NameOf,
    title_of: Callable[[str], str | None],
    policies: Mapping[str, str],
) -> Registers:
    """Make a register of what falls due: a row a thing.

    Args:
        found: the things.
        name_of: what to call a party.
        title_of: tells the title of a case.
        policies: the titles of the policies, by their ids.
    """
    rows = (
        Row(
            DUE.name,
            (
                *(each.overdue, each.earliest, each.latest),
                *(each.late or (None, None)),
                *(each.what, each.about, each.case_id, title_of(each.case_id), each.position),
                called(each.whom, name_of),
                *(each.role, each.policy, policies.get(each.policy or ""), each.version),
                *(each.rule, each.source, each.event_id),
            ),
        )
        for each in found
    )
    return Registers((DUE,), rows)
