"""Make a register of the texts that were found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    DISPUTED,
    EVENT_ID,
    FIELD,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RECORDED,
    RETRACTED,
    TITLE,
    called,
    party,
)

if TYPE_CHECKING:
    from answerable.projections.facts.names import NameOf
    from answerable.projections.search.search import Result, SearchAnswer

SEARCH = Register(
    "search",
    "Texts found",
    (
        *(POSITION, CASE, TITLE, KIND, FIELD),
        Column("correction", "Of a correction", "truth"),
        Column("excerpt", "Excerpt"),
        party("about", "About", many=True),
        *(OCCURRED, HAPPENED, RECORDED),
        Column("corrected", "Later corrected", "truth"),
        *(RETRACTED, DISPUTED, EVENT_ID),
    ),
)


def search_register(
    answer: SearchAnswer, name_of: NameOf, title_of: Callable[[str], str | None]
) -> Registers:
    """Make a register of the texts that were found: a row each, the best first.

    Args:
        answer: what was found.
        name_of: what to call a party.
        title_of: tells the title of a case.
    """
    rows = (_row(each, name_of, title_of(each.case_id)) for each in answer.results)
    return Registers((SEARCH,), rows)


def _row(each: Result, name_of: NameOf, title: str | None) -> Row:
    return Row(
        SEARCH.name,
        (
            *(each.position, each.case_id, title, each.kind, each.field),
            *(each.corrects is not None, "".join(piece.text for piece in each.excerpt)),
            tuple(called(party, name_of) for party in each.about),
            *(each.occurred, each.happened),
            *(each.recorded_at, each.corrected, each.retracted_by is not None),
            *(bool(each.disputed_by), each.event_id),
        ),
    )
