"""Which of two things came first."""

from __future__ import annotations

from datetime import datetime

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.time import span


def no_later(one: Fact, other: Fact, as_of: datetime | None) -> When:
    """Whether one thing happened no later than another.

    Their dates tell. Where these do not, and no moment is given, the record is taken at its word:
    what was recorded first came first. As of a moment it is unknown.
    """
    answer = dates.precedes(span(one.fields), span(other.fields))
    if answer != "unknown" or as_of is not None:
        return answer
    return "yes" if one.event.position < other.event.position else "no"
