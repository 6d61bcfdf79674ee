"""What is still to be done in a case, kept up to date event by event.

`obligations` tells it of a whole case. Whether one thing is open rests on the event that it began
with, on what acts upon that, and, of an investigation or of the case itself, on the others of its
family: a conclusion may not name what it concludes. So only that much is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.obligations import (
    DUTIES,
    Obligation,
    obligations,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import (
    CARRIED,
    CaseFacts,
    Fact,
    facts_affected_by,
)
from answerable.projections.facts.lifecycle import LIFECYCLE

INVESTIGATION = "investigation-opened"

COMMON: tuple[frozenset[str], ...] = (
    LIFECYCLE,
    frozenset((INVESTIGATION, *DUTIES[INVESTIGATION][0].ended_by)),
)
"""Kinds of which each may bear on whether any other of them left something open."""


class Shift(NamedTuple):
    """What an event did to what is to be done.

    Attributes:
        begun: what is to be done from now on.
        ended: what no longer is.
        altered: what still is, but reads otherwise: by when, by whom, whether it is on hold.
    """

    begun: tuple[Obligation, ...] = ()
    ended: tuple[Obligation, ...] = ()
    altered: tuple[Obligation, ...] = ()


class Due:
    """What is to be done in a case so far."""

    def __init__(self) -> None:
        self._common: dict[frozenset[str], dict[str, None]] = {kinds: {} for kinds in COMMON}
        self._open: dict[str, Mapping[str, Obligation]] = {}
        self.count = 0

    def take_in(self, view: CaseView, event: RecordedEvent) -> Shift:
        """What the latest event of the case began, ended and altered.

        Args:
            view: the case, with this event.
            event: the event.
        """
        roots = dict.fromkeys(self._roots(view, event))
        if not roots:
            return Shift()
        nearby = {fact.event_id: fact for fact in _near(view, roots)}
        near = view.of(CaseFacts(view.case_id, nearby))
        now: dict[str, dict[str, Obligation]] = {event_id: {} for event_id in roots}
        for each in obligations(near):
            # Of the others only a part is near: what ended them may be out of sight.
            if each.event_id in now:
                now[each.event_id][each.what] = each
        begun: list[Obligation] = []
        ended: list[Obligation] = []
        altered: list[Obligation] = []
        for event_id, open_ in now.items():
            was = self._open.get(event_id, {})
            begun.extend(each for what, each in open_.items() if what not in was)
            ended.extend(each for what, each in was.items() if what not in open_)
            altered.extend(each for what, each in open_.items() if was.get(what, each) != each)
            self._open[event_id] = open_
        self.count += len(begun) - len(ended)
        return Shift(*(tuple(sorted(those, key=_place)) for those in (begun, ended, altered)))

    def _roots(self, view: CaseView, event: RecordedEvent) -> Iterator[str]:
        """The events of which it is to be asked again what they left open."""
        for fact in facts_affected_by(view.case, event):
            if fact.kind in DUTIES:
                yield fact.event_id
            for kinds, own in self._common.items():
                if fact.kind in kinds:
                    own[fact.event_id] = None
                    yield from own


def _place(obligation: Obligation) -> int:
    return obligation.position


def _near(view: CaseView, event_ids: Iterable[str]) -> Iterable[Fact]:
    """Some events, all that acts upon them, and what those rest on that a decision carries.

    An appeal against the decision can overturn them.
    """
    found: dict[str, Fact] = {}
    waiting = list(event_ids)
    while waiting:
        fact = view.facts[waiting.pop()]
        if fact.event_id in found:
            continue
        found[fact.event_id] = fact
        waiting.extend(fact.upon)
        if fact.kind in CARRIED:
            waiting.extend(each for each in fact.fields.get("basis", ()) if each in view.facts)
    return sorted(found.values(), key=lambda fact: fact.event.position)
