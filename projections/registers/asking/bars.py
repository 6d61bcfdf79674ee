"""Make registers of the bars, and of the contacts that were made since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    HAPPENED,
    OCCURRED,
    POSITION,
    STANDING,
    TITLE,
    called,
    party,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.bar_register import BarEntry
    from answerable.projections.facts.names import NameOf

BARS = Register(
    "bars",
    "Bars",
    (
        CASE,
        TITLE,
        POSITION,
        party("party", "Barred"),
        OCCURRED,
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("term", "Term"),
        Column("notice_date", "Told to them", "date"),
        Column("scope", "Scope"),
        Column("in_force", "In force", "truth"),
        Column("in_force_as_alleged", "In force, as alleged", "truth"),
        Column("lifted", "Lifted", "date"),
        Column("appeal", "Appeal"),
        STANDING,
        Column("disputed", "Disputed", "truth"),
        party("imposed_by", "Imposed by"),
        Column("another_house", "Another house's", "truth"),
        Column("rests_on", "Rests on", "event", many=True),
        Column("contacts_inside", "Contacts inside it", "whole"),
        Column("contacts_perhaps_inside", "Contacts perhaps inside it", "whole"),
        HAPPENED,
        EVENT_ID,
    ),
)

CONTACTS = Register(
    "contacts",
    "Contacts since",
    (
        Column("bar", "Bar", "event"),
        party("party", "Barred"),
        CASE,
        TITLE,
        POSITION,
        OCCURRED,
        Column("inside", "Inside the bar", "truth"),
        Column("breach", "Breaks a bar of this house", "truth"),
        EVENT_ID,
    ),
)


def bars_registers(
    entries: Iterable[BarEntry], name_of: NameOf, title_of: Callable[[str], str | None]
) -> Registers:
    """Make registers of bars: a row a bar, and a row a contact that is or may be inside one.

    Args:
        entries: the bars.
        name_of: what to call a party.
        title_of: tells the title of a case.
    """
    return Registers((BARS, CONTACTS), _rows(entries, name_of, title_of))


def _rows(
    entries: Iterable[BarEntry], name_of: NameOf, title_of: Callable[[str], str | None]
) -> Iterator[Row]:
    for entry in entries:
        yield _bar(entry, name_of, title_of(entry.bar.case_id))
        barred = called(entry.bar.counterparty, name_of)
        for each in entry.bar.contacts:
            where = (each.case_id, title_of(each.case_id), each.position, each.occurred)
            said = (each.inside, each.breach, each.event_id)
            yield Row(CONTACTS.name, (entry.bar.position, barred, *where, *said))


def _bar(entry: BarEntry, name_of: NameOf, title: str | None) -> Row:
    bar = entry.bar
    breaches = [each.breach for each in bar.contacts]
    return Row(
        BARS.name,
        (
            *(bar.case_id, title, bar.position),
            called(bar.counterparty, name_of),
            *(bar.occurred, bar.from_, bar.until, bar.term, bar.notice_date),
            *(sealed(entry.scope), bar.in_force, bar.in_force_as_alleged, bar.lifted),
            *(bar.appeal, bar.standing, bool(bar.disputed_by)),
            called(bar.imposed_by, name_of),
            bar.other_house,
            tuple(each.position for each in entry.rests_on),
            *(breaches.count("yes"), breaches.count("unknown")),
            *(bar.as_of, bar.event_id),
        ),
    )
