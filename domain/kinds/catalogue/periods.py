"""Check that no term ends before it begins: a bar, an authority, a measure with an end.

Which fields begin and end a term, the kind's row in the catalogue says. Only what is certain is
refused: dates that may be in order, for all that they tell, are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answerable.domain import edtf
from answerable.domain.dates import Span, wholly_before, widened
from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.kinds.catalogue import CATALOGUE

TellsField = Callable[[str], Any]
"""Tells what stands in a field of an event, by its name in JSON; None where nothing does."""


def check_periods(
    kind: str, told: TellsField, refuse: Callable[..., AnswerableError] = InvalidEvent
) -> None:
    """Check that the terms of an event end no earlier than they begin.

    Args:
        kind: the event's kind.
        told: tells what stands in its fields.
        refuse: makes the error.

    Raises:
        AnswerableError: one of them is known to end before it begins. What `refuse` makes.
    """
    for begin, end in CATALOGUE[kind].periods:
        start, until = told(begin), told(end)
        if start and until and wholly_before(_read(until), _read(start)):
            raise refuse(
                f"{until} lies before `{begin}`, which is {start}.",
                field=end,
                hint=f"A term ends no earlier than it begins: change `{end}`, or else `{begin}`.",
            )


def _read(date: str) -> Span:
    return widened(edtf.parse(date))
