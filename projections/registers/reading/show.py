"""Make registers of one event whole: what it is, and all that is on record of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from answerable.projections.blocks.spans import plain
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    FIELD,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RECORDED,
    RETRACTED,
    SAYS,
    STANDING,
    TITLE,
)
from answerable.projections.show.fields import fields
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import label

if TYPE_CHECKING:
    from answerable.projections.facts.names import Name
    from answerable.projections.show.show import ShownEvent

EVENT = Register(
    "event",
    "What it is",
    (
        *(POSITION, OCCURRED, SAYS, KIND, CASE, TITLE, RECORDED, RETRACTED, STANDING, HAPPENED),
        Column("leaf", "Hash of its entry"),
        EVENT_ID,
    ),
)

FIELDS = Register(
    "fields",
    "What is on record of it",
    (POSITION, FIELD, Column("value", "Value")),
)


def event_registers(
    shown: ShownEvent,
    named: Callable[[str], Name],
    title: str | None,
    leaf: bytes,
    signed: Iterable[tuple[str, str]],
) -> Registers:
    """Make registers of an event: one row of what it is, and a row a line that is said of it.

    Args:
        shown: the event.
        named: tells who a party is.
        title: what its case is called.
        leaf: the hash of its entry.
        signed: what is said of its signature, by field; "" where that goes on with the one above.
    """
    fact = shown.fact
    cells = (
        *(fact.event.position, fact.fields.get("occurred"), sentence_in(shown.view, fact)),
        *(fact.kind, fact.event.case_id, title, fact.event.recorded_at, not fact.stands),
        *(fact.fields.get("standing"), shown.happened, leaf.hex(), fact.event_id),
    )
    told = ((each.name, plain(each.value)) for each in fields(shown, named))
    rows = _fields(fact.event.position, chain(told, signed))
    return Registers((EVENT, FIELDS), chain((Row(EVENT.name, cells),), rows))


def _fields(position: int, told: Iterable[tuple[str, str]]) -> Iterator[Row]:
    above = ""
    for name, value in told:
        above = name or above
        yield Row(FIELDS.name, (position, label(above), value))
