"""Make a register of what backs each consequence: the matrix of an auditor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from answerable.projections.auditing.audit import COLUMNS
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    HAPPENED,
    KIND,
    POSITION,
    TITLE,
    WHAT,
    called,
    party,
)

if TYPE_CHECKING:
    from answerable.projections.auditing.audit import CaseAudit, Cell
    from answerable.projections.auditing.audit import Row as Consequence
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.names import NameOf

AUDIT = Register(
    "audit",
    "What backs each consequence",
    (
        *(CASE, TITLE, POSITION, EVENT_ID, KIND),
        party("against", "Against"),
        *(WHAT, HAPPENED),
        Column("backed", "Fully backed", "truth"),
        Column("another_house", "Another house's", "truth"),
        *(Column(each, each.capitalize(), "word") for each in COLUMNS),
        Column("problems", "What is missing or wrong", many=True),
    ),
)


def audit_register(
    found: Iterable[tuple[CaseView, CaseAudit]],
    name_of: NameOf,
    title_of: Callable[[str], str | None],
) -> Registers:
    """Make a register of consequences: a row each.

    Args:
        found: the cases, as audited.
        name_of: what to call a party.
        title_of: tells the title of a case.
    """
    rows = (
        audit_row(each, name_of, title_of(each.case_id))
        for _, audited in found
        for each in audited.rows
    )
    return Registers((AUDIT,), rows)


def audit_row(row: Consequence, name_of: NameOf, title: str | None) -> Row:
    """Return the row of a consequence."""
    problems = (text for cell in row.cells.values() for text in cell.problems)
    return Row(
        AUDIT.name,
        (
            *(row.case_id, title, row.position, row.event_id, row.kind),
            called(row.about, name_of),
            *(row.gist, row.as_of, row.backed, row.other_house),
            *(told(row.cells[column]) for column in COLUMNS),
            tuple(dict.fromkeys(problems)),
        ),
    )


def told(cell: Cell) -> str | None:
    """Say a link in words: "#19 untold", "missing"; None where none is needed."""
    named = [f"#{position}" for position in cell.positions]
    state = [] if cell.state in ("backed", "not asked") else [cell.state]
    return " ".join((*named, *state)) or None
