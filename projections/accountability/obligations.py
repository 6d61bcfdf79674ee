"""The obligations open in a case: things begun, imposed or promised, with no end on record.

What is only alleged leaves nothing open, unless it is a claim by its nature, and ends nothing.
An end that is on record, but may lie after the moment asked about, leaves it `unknown` whether
the thing was open. Whether something is overdue is judged only by a deadline that is on record,
and only as of a moment that is given: there is no clock here.

`obligations_of` tells it of a whole case; `RunningObligations` keeps it up to date event by event.
Whether one thing is open rests on the event that it began with, on what acts upon that, and, of an
investigation or of the case itself, on the others of its family: a conclusion may not name what it
concludes. So only that much is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.kinds.catalogue.kind import Duty, OpenItem
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.outside.agreements import binding
from answerable.projections.accountability.outside.commitments import COMMITMENT
from answerable.projections.accountability.sanctions import ran_out, suspended
from answerable.projections.accountability.withdrawals import undone
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import CARRIED, Fact, facts_affected_by
from answerable.projections.facts.lifecycle import LIFECYCLE, case_open
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed


class Obligation(NamedTuple):
    """One thing that is open.

    Attributes:
        event_id: the event that it began with.
        party: who owes it, or whom it is about, where that is told: the person sanctioned, the
            appellant, the subject of an allegation or of a hold, the lead of an investigation,
            who promised, who owns the remediation or the case.
        due: by when (EDTF), where that is told.
        occurred: since when it is open (EDTF), where that is told.
        open: `unknown` where it may have ended, or may not have begun, by the moment asked about.
        overdue: whether it was open by then, and its deadline had passed; None where no moment
            was asked about.
        suspended: whether a sanction is on hold.
        breached: whether a promise was breached; it is owed all the same.
        breached_by: the event that tells so, or may, by id.
    """

    what: OpenItem
    case_id: str
    event_id: str
    position: int
    party: str | None
    due: str | None
    occurred: str | None
    recorded_at: str
    open: When
    overdue: When | None
    suspended: When = "no"
    breached: When = "no"
    breached_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the obligation as JSON has it."""
        return as_dict(self)


DUTIES = {row.name: row.leaves_open for row in ROWS if row.leaves_open}
"""The duties that each kind leaves open."""


@once
def obligations_of(view: CaseView) -> tuple[Obligation, ...]:
    """List what is open in a case, in the order of recording.

    What began after the moment asked about is left out, and deadlines are judged as of then.
    """
    return tuple(sorted(_found(view), key=lambda each: each.position))


@once
def open_investigations(view: CaseView) -> Mapping[str, When]:
    """Find the investigations not known to be concluded, each open or perhaps open, by event id.

    A conclusion that names none concludes the only one that was open; of several, it is unknown
    which. Where the dates do not tell, those were open that were recorded before it.
    """
    opened = [each for each in view.standing("investigation-opened") if not each.alleged]
    found: dict[str, When] = {fact.event_id: view.when(fact) for fact in opened}
    concluded = view.standing("investigation-concluded")
    for fact in (each for each in concluded if not each.alleged):
        about = fact.fields.get("investigation")
        begun = (each for each in opened if each.came_first(fact) == "yes")
        closed = [about] if about else [each.event_id for each in begun if each.event_id in found]
        for event_id in closed:
            if event_id in found:
                if len(closed) == 1 and view.when(fact) == "yes":
                    del found[event_id]
                else:
                    found[event_id] = "unknown"
    return found


def _found(view: CaseView) -> Iterator[Obligation]:
    investigations = open_investigations(view)
    for fact in view.standing(*DUTIES):
        if fact.alleged and not (CATALOGUE[fact.kind].claim or fact.kind in LIFECYCLE):
            continue
        for duty in DUTIES[fact.kind]:
            if fact.kind == "investigation-opened":
                still = investigations.get(fact.event_id, "no")
            elif fact.kind == "case-opened":
                still = case_open(view)
            else:
                still = _still_open(view, fact, duty)
            if still != "no":
                yield _obligation(view, fact, duty.what, duty.party, still)


def _still_open(view: CaseView, fact: Fact, duty: Duty) -> When:
    ends = [view.in_effect(later) for later in view.endings(fact, *duty.ended_by)]
    if fact.kind == "sanction-imposed":
        ends.extend((undone(view, fact), ran_out(view, fact)))
    owed = binding(view, fact) if fact.kind == COMMITMENT else "yes"
    return all_of((view.when(fact), owed, opposite(any_of(ends))))


def _obligation(view: CaseView, fact: Fact, what: OpenItem, party: str, still: When) -> Obligation:
    fields = fact.fields
    held = suspended(view, fact) if what == "sanction to execute" else "no"
    breaches = {each.event_id: view.in_effect(each) for each in view.endings(fact, BREACH)}
    return Obligation(
        what=what,
        case_id=view.case_id,
        event_id=fact.event_id,
        position=fact.event.position,
        party=fields.get(party),
        due=fields.get("due"),
        occurred=fields.get("occurred"),
        recorded_at=fact.event.recorded_at,
        open=still,
        overdue=None if view.as_of is None else all_of((still, _overdue(fact, view.as_of, held))),
        suspended=held,
        breached=any_of(breaches.values()),
        breached_by=next(iter(breaches), None),
    )


def _overdue(fact: Fact, as_of: datetime, held: When) -> When:
    """Tell whether a deadline on record had passed; that of a suspended sanction may have moved."""
    answer = passed(fact.span("due"), as_of)
    return "unknown" if held != "no" and answer == "yes" else answer


INVESTIGATION = "investigation-opened"
BREACH = "commitment-breached"

COMMON: tuple[frozenset[str], ...] = (
    LIFECYCLE,
    frozenset((INVESTIGATION, *DUTIES[INVESTIGATION][0].ended_by)),
)
"""Kinds of which each may bear on whether any other of them left something open."""


class Shift(NamedTuple):
    """The changes that an event makes in the obligations of a case.

    Attributes:
        begun: those open from now on.
        ended: those no longer open.
        altered: those still open that read otherwise: by when, by whom, whether on hold.
    """

    begun: tuple[Obligation, ...] = ()
    ended: tuple[Obligation, ...] = ()
    altered: tuple[Obligation, ...] = ()


class RunningObligations:
    """The obligations of a case so far, kept up to date event by event."""

    def __init__(self) -> None:
        self._common: dict[frozenset[str], dict[str, None]] = {kinds: {} for kinds in COMMON}
        self._open: dict[str, Mapping[str, Obligation]] = {}
        self.count = 0

    def take_in(self, view: CaseView, event: RecordedEvent) -> Shift:
        """Take in the latest event of the case, and tell what it began, ended and altered.

        Args:
            view: the case, with this event.
            event: the event.
        """
        roots = dict.fromkeys(self._roots(view, event))
        if not roots:
            return Shift()
        near = view
        if view.as_of is None:
            near = view.part({fact.event_id: fact for fact in _near(view, roots)})
        now: dict[str, dict[str, Obligation]] = {event_id: {} for event_id in roots}
        for each in obligations_of(near):
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
        """Iterate over the events, by id, whose obligations an event may have changed."""
        if view.as_of is not None:
            # Links bound dates, so that any event can bear on whether any other had happened.
            yield from (fact.event_id for fact in view.facts.values() if fact.kind in DUTIES)
            return
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
    """Gather some events, all that acts upon them, and what they stand or fall with.

    That is the decisions that carry them, and the agreement whose terms they are.
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
        if fact.fields.get("agreement") in view.facts:
            waiting.append(fact.fields["agreement"])
    return sorted(found.values(), key=lambda fact: fact.event.position)
