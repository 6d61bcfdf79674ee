"""One bound on when a fact happened, and one end of a span with the fact that says so."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from answerable.domain.dates import Span
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.facts import Fact

Side = Literal["not before", "not after"]

Reason = Literal["basis", "resting", "case", "announcement"]
"""Names what links a fact to what bounds it: it rests on that, that rests on it, that opened
the case and tells its earliest day, or it was announced then itself."""


class Bound(NamedTuple):
    """A bound on when a fact happened that its own date does not give.

    Attributes:
        limit: on which side.
        day: not before the beginning of this day (ISO 8601), or not after its end.
        by: the event whose date it is, by id: its own, where that was announced.
        position: the position of that event.
        reason: what links the two.
        holds: whether it was used; not where the dates contradict it.
    """

    limit: Side
    day: str
    by: str
    position: int
    reason: Reason
    holds: bool = True


class End(NamedTuple):
    """One end of when something happened, and the fact that says so."""

    at: datetime
    span: Span
    fact: Fact
    reason: Reason | None = None


def announced(fact: Fact) -> bool:
    """Tell whether a fact tells when it was announced: by then it had happened."""
    fields = CATALOGUE[fact.event.kind].announced_in
    return bool(fields) and any(fact.fields.get(field) for field in fields)
