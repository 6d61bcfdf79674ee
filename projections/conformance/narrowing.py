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


class Frame(NamedTuple):
    """Both ends of when a fact happened, in one frame: of what tells a zone, or of what tells none.

    Ends of different frames may lie hours apart, and are not compared.
    """

    low: End = End(LONG_AGO, -inf)
    high: End = End(NEVER, inf)

    def before(self, other: Frame) -> bool:
        """Tell whether all that this allows is before all that another does."""
        return self.high < other.low


class Ends(NamedTuple):
    """The ends of when a fact happened, in either frame: its own, and those that its links lend."""

    zoned: Frame = Frame()
    unzoned: Frame = Frame()

    def before(self, other: Ends) -> bool:
        """Tell whether all that this allows is before all that another does."""
        return self.zoned.before(other.zoned) or self.unzoned.before(other.unzoned)


def narrowed(
    facts: Mapping[str, tuple[Fact, Span]], links: Mapping[str, Sequence[str]]
) -> dict[str, Ends]:
    """Narrow the ends of some facts by their links.

    Args:
        facts: facts by id, each with the dates between which it happened.
        links: by id, what a fact rests on.
    """
    turns = list(_bases_first(facts, links))
    zoned, unzoned = (_in_frame(facts, links, turns, zoned=each) for each in (True, False))
    return {event_id: Ends(zoned[event_id], unzoned[event_id]) for event_id in facts}


def _in_frame(
    facts: Mapping[str, tuple[Fact, Span]],
    links: Mapping[str, Sequence[str]],
    turns: Sequence[str],
    *,
    zoned: bool,
) -> dict[str, Frame]:
    """Narrow the ends of facts in one frame; a fact of the other has there what links lend it."""
    found = {
        event_id: _own(fact, span) if span.zoned is zoned else Frame()
        for event_id, (fact, span) in facts.items()
    }
    for event_id in turns:
        ends = found[event_id]
        lows = [_after(found[base].low) for base in links.get(event_id, ()) if base in found]
        if lows:
            found[event_id] = ends._replace(low=max(ends.low, *lows))
    for event_id in reversed(turns):
        ends = found[event_id]
        for base in links.get(event_id, ()):
            other = found.get(base)
            if other is not None:
                found[base] = other._replace(high=min(other.high, _before(ends.high)))
    return found


def _own(fact: Fact, span: Span) -> Frame:
    exact = span.earliest is not None and span.earliest == span.latest
    turn = fact.event.position
    return Frame(
        End(span.earliest or LONG_AGO, turn if exact else -inf),
        End(span.latest or NEVER, turn if exact else inf),
    )


def _after(low: End) -> End:
    return low if low.turn == -inf else low._replace(side=1)


def _before(high: End) -> End:
    return high if high.turn == inf else high._replace(side=-1)


def _bases_first(found: Mapping[str, object], links: Mapping[str, Sequence[str]]) -> Iterator[str]:
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
