"""Narrow when facts happened by the ends of what they rest on, and of what rests on them.

`Bounds` narrows dates by whole days, as they are shown. Within a day, an order follows: what is
before an event of 6 o'clock is before all that rests on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import inf
from typing import NamedTuple

from answerable.domain.dates import Span
from answerable.projections.facts.facts import Fact

LONG_AGO = datetime.min.replace(tzinfo=UTC)

NEVER = datetime.max.replace(tzinfo=UTC)


class End(NamedTuple):
    """One end of when a fact happened; they compare as what they say.

    Attributes:
        at: the moment.
        turn: of an exact instant, the position of whose it is, for equal ones are in that order;
            else without end.
        side: 1 where the fact comes after that, -1 where it comes before.
    """

    at: datetime
    turn: float
    side: int = 0


class Ends(NamedTuple):
    """Both ends of when a fact happened, and whether they are told in a zone."""

    low: End
    high: End
    zoned: bool

    def before(self, other: Ends) -> bool:
        """Tell whether all that this allows is before all that another does."""
        return self.zoned == other.zoned and self.high < other.low


def narrowed(
    facts: Mapping[str, tuple[Fact, Span]], links: Mapping[str, Sequence[str]]
) -> dict[str, Ends]:
    """Narrow the ends of some facts by their links.

    Args:
        facts: facts by id, each with the dates between which it happened.
        links: by id, what a fact rests on.
    """
    found = {event_id: _own(fact, span) for event_id, (fact, span) in facts.items()}
    turns = list(_bases_first(found, links))
    for event_id in turns:
        ends = found[event_id]
        lows = [_after(each.low) for each in _linked(found, links, event_id, ends)]
        if lows:
            found[event_id] = ends._replace(low=max(ends.low, *lows))
    for event_id in reversed(turns):
        ends = found[event_id]
        for base in links.get(event_id, ()):
            other = found.get(base)
            if other is not None and other.zoned == ends.zoned:
                found[base] = other._replace(high=min(other.high, _before(ends.high)))
    return found


def _own(fact: Fact, span: Span) -> Ends:
    exact = span.earliest is not None and span.earliest == span.latest
    turn = fact.event.position
    return Ends(
        End(span.earliest or LONG_AGO, turn if exact else -inf),
        End(span.latest or NEVER, turn if exact else inf),
        span.zoned,
    )


def _after(low: End) -> End:
    return low if low.turn == -inf else low._replace(side=1)


def _before(high: End) -> End:
    return high if high.turn == inf else high._replace(side=-1)


def _linked(
    found: Mapping[str, Ends], links: Mapping[str, Sequence[str]], event_id: str, ends: Ends
) -> Iterator[Ends]:
    for base in links.get(event_id, ()):
        other = found.get(base)
        if other is not None and other.zoned == ends.zoned:
            yield other


def _bases_first(found: Mapping[str, Ends], links: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the facts in an order in which each comes after what it rests on."""
    seen: set[str] = set()
    for root in found:
        waiting = [(root, False)]
        while waiting:
            event_id, ready = waiting.pop()
            if ready:
                yield event_id
            elif event_id not in seen and event_id in found:
                seen.add(event_id)
                waiting.append((event_id, True))
                waiting.extend((base, False) for base in links.get(event_id, ()))
