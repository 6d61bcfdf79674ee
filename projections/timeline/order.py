"""The order in which the events of a case are told: as they happened, as far as that is known.

Dated events stand by the latest moment at which each can have happened, which is no later than that
of what rests on it: the decision of a day before the sanction of its evening. An undated one stands
right after what it rests on or acts upon; else right before what rests on it; else where it was
recorded. Where the dates do not tell which came first, an order is only a way to write them down.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Literal, NamedTuple

from answerable.domain.kinds import FAMILY
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.time import beginning, read
from answerable.projections.timeline.timeline import Entry, timeline_of

Reason = Literal["rests on", "rested on", "recorded"]
"""Why an undated event stands where it does: by what it rests on, by what rests on it, or as it was
recorded."""

BEFORE, AT, AFTER = -1, 0, 1


class Rank(NamedTuple):
    """A place in the order: before, at or after a dated event, by its number among those."""

    dated: int
    side: int
    behind: int
    position: int


class Place(NamedTuple):
    """The place of a dated event among those: by the latest moment at which it can have happened.

    Attributes:
        open: whether no latest moment is known; such events come last.
    """

    open: bool
    latest: str
    earliest: str
    position: int


class Ordered(NamedTuple):
    """The events of a case in order, and why each undated one stands where it does."""

    entries: tuple[Entry, ...]
    placed: Mapping[str, Reason]


def in_order(view: CaseView) -> Ordered:
    """Order the events of a case. Ties stand in the order of recording."""
    entries = timeline_of(view)
    links = {each.event_id: direct_basis(view.facts[each.event_id]) for each in entries}
    places = {each.event_id: _place_in_time(each, view.zone) for each in entries if each.occurred}
    _before_what_rests_on_it(places, links, {each.event_id for each in entries if _bounds(each)})
    dated = sorted(
        (each for each in entries if each.event_id in places),
        key=lambda each: places[each.event_id],
    )
    ranks = {each.event_id: Rank(at, AT, 0, each.position) for at, each in enumerate(dated)}
    resting = _turned(links)
    placed: dict[str, Reason] = {}
    last = Rank(-1, AFTER, 0, -1)
    for entry in entries:
        if entry.occurred is None:
            rank, reason = _place(entry, links, resting, ranks, last)
            ranks[entry.event_id], placed[entry.event_id] = rank, reason
        last = ranks[entry.event_id]
    return Ordered(tuple(sorted(entries, key=lambda each: ranks[each.event_id])), placed)


def _place(
    entry: Entry,
    links: Mapping[str, Iterable[str]],
    resting: Mapping[str, Iterable[str]],
    ranks: Mapping[str, Rank],
    last: Rank,
) -> tuple[Rank, Reason]:
    """Find the place of an undated event among those that have one by now."""
    below = [ranks[each] for each in links[entry.event_id] if each in ranks]
    if below:
        return _right_after(max(below), entry), "rests on"
    above = [ranks[each] for each in resting.get(entry.event_id, ()) if each in ranks]
    if above:
        first = min(above)
        return Rank(first.dated, BEFORE, entry.position, entry.position), "rested on"
    return _right_after(last, entry), "recorded"


def _right_after(rank: Rank, entry: Entry) -> Rank:
    side = AFTER if rank.side == AT else rank.side
    return Rank(rank.dated, side, max(rank.behind, entry.position), entry.position)


def _turned(links: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Tell of each event which ones rest on it."""
    found: dict[str, list[str]] = {}
    for event_id, below in links.items():
        for each in below:
            found.setdefault(each, []).append(event_id)
    return found


def _bounds(entry: Entry) -> bool:
    """Tell whether a link of an event tells which came first: not where it is only alleged."""
    return entry.standing != "alleged" and FAMILY[entry.kind] != "record"


def _before_what_rests_on_it(
    places: dict[str, Place], links: Mapping[str, Iterable[str]], bounding: Container[str]
) -> None:
    """Move each event before what rests on it, where the dates do not contradict that."""
    waiting = list(places)
    while waiting:
        resting = waiting.pop()
        limit = places[resting]
        for event_id in links.get(resting, ()) if resting in bounding else ():
            place = places.get(event_id)
            if place is None or event_id not in bounding or _contradicts(place, limit):
                continue
            if place[:2] > limit[:2]:
                places[event_id] = place._replace(open=limit.open, latest=limit.latest)
                waiting.append(event_id)


def _contradicts(place: Place, limit: Place) -> bool:
    return not limit.open and place.earliest > limit.latest


def _place_in_time(entry: Entry, zone: Zone) -> Place:
    when = read(beginning(entry.kind, entry.occurred), zone)
    latest, earliest = (when.latest, when.earliest) if when else (None, None)
    return Place(
        latest is None,
        "" if latest is None else latest.isoformat(timespec="microseconds"),
        "" if earliest is None else earliest.isoformat(timespec="microseconds"),
        entry.position,
    )
