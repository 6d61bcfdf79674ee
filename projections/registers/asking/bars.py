"""Make registers of the bars, and of the contacts that were made since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.asking.standing import BARRED, bar_cells
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    OCCURRED,
    POSITION,
    RESTS_ON,
    TITLE,
    party,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.accountability.bars import Bar, Contact
    from answerable.projections.bar_register import BarEntry
    from answerable.projections.registers.asking.said import Naming

BARS = Register(
    "bars",
    "Bars",
    (
        *BARRED.columns,
        Column("scope", "Scope"),
        RESTS_ON,
        Column("contacts_inside", "Contacts inside it", "whole"),
        Column("contacts_perhaps_inside", "Contacts perhaps inside it", "whole", usual=0),
    ),
)

CONTACTS = Register(
    "contacts",
    "Contacts since",
    (
        Column("bar", "Bar", "event"),
        party("party", "Party"),
        *(CASE, TITLE, POSITION, OCCURRED),
        Column("inside", "Inside the bar", "truth"),
        Column("breach", "Breaks a bar of this house", "truth"),
        EVENT_ID,
    ),
)


def bars_registers(entries: Iterable[BarEntry], naming: Naming) -> Registers:
    """Make registers of bars: a row a bar, and a row a contact that is or may be inside one.

    Args:
        entries: the bars.
        naming: what things are called.
    """
    return Registers((BARS, CONTACTS), _rows(entries, naming))


def _rows(entries: Iterable[BarEntry], naming: Naming) -> Iterator[Row]:
    for entry in entries:
        bar = entry.bar
        breaches = [each.breach for each in bar.contacts]
        numbers = (breaches.count("yes"), breaches.count("unknown"))
        behind = tuple(each.position for each in entry.rests_on)
        yield Row(BARS.name, (*bar_cells(bar, naming), sealed(entry.scope), behind, *numbers))
        for each in bar.contacts:
            yield since_row(bar, each, naming)


def since_row(bar: Bar, each: Contact, naming: Naming) -> Row:
    """Return the row of a contact that is, or may be, inside a bar."""
    where = (*naming.case(each.case_id), each.position, each.occurred)
    said = (each.inside, each.breach, each.event_id)
    return Row(CONTACTS.name, (bar.position, naming.party(bar.counterparty), *where, *said))
