"""Refuse a question to the projections."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal, NamedTuple, Self

from answerable.domain.errors import AnswerableError


class Sought(NamedTuple):
    """A case, a party or an event that was asked for, as it was written."""

    what: Literal["case", "party", "event"]
    text: str


class NotFound(AnswerableError):
    """There is no such case, event, person or sanction in the record.

    Attributes:
        sought: the case, the party or the event that is not there, where it is one of these.
    """

    exit_code: ClassVar[int] = 2
    sought: Sought | None = None

    def seeking(self, what: Literal["case", "party", "event"], text: str) -> Self:
        """Return this error, keeping which case, party or event is not there."""
        self.sought = Sought(what, text)
        return self


def no_case(case_id: str, known_by: datetime | None = None) -> NotFound:
    """Make the error that nothing is recorded of a case, or nothing was by a moment."""
    by_then = "" if known_by is None else " that was recorded by then"
    return NotFound(
        f"there is no case {case_id!r}{by_then}.",
        hint="The `cases` of the reader are all that there are.",
        cli_hint="`answerable cases` lists them.",
    ).seeking("case", case_id)


class ViewDamaged(AnswerableError):
    """A view that was made from the record is not what was made. The record itself may be whole."""

    exit_code: ClassVar[int] = 4
