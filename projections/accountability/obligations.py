"""What is open in a case: what was begun, imposed or promised, and has no end on record.

An end that is on record, but may lie after the moment asked about, leaves it `unknown` whether
the thing was open. Whether something is overdue is judged only by a deadline that is on record,
and only as of a moment that is given: there is no clock here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS, Duty, OpenItem
from answerable.projections.accountability.appeals import overturned
from answerable.projections.accountability.sanctions import suspended
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
)
from answerable.projections.facts.lifecycle import case_open
from answerable.projections.facts.order import no_later
from answerable.projections.facts.three_valued import (
    all_of,
    any_of,
    opposite,
)
from answerable.projections.facts.time import (
    passed,
    span,
)


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


DUTIES = {row.name: row.leaves_open for row in ROWS if row.leaves_open}
"""What each kind leaves open."""


def obligations(facts: CaseFacts, *, as_of: datetime | None = None) -> tuple[Obligation, ...]:
    """What is open in a case, in the order of recording.

    Args:
        facts: the case.
        as_of: looks from this moment: what began later is left out, and deadlines are judged.
    """
    return tuple(sorted(_found(facts, as_of), key=lambda each: each.position))


def open_investigations(facts: CaseFacts, *, as_of: datetime | None = None) -> dict[str, When]:
    """The investigations not known to be concluded, by event id: open, or perhaps open.

    A conclusion that names none concludes the only one that was open; of several, it is unknown
    which. Where the dates do not tell, those were open that were recorded before it.
    """
    opened = list(facts.standing("investigation-opened", as_of=as_of))
    found: dict[str, When] = {fact.event_id: fact.when(as_of) for fact in opened}
    for fact in facts.standing("investigation-concluded", as_of=as_of):
        about = fact.fields.get("investigation")
        begun = (each for each in opened if no_later(each, fact, None) == "yes")
        closed = [about] if about else [each.event_id for each in begun if each.event_id in found]
        for event_id in closed:
            if event_id in found:
                if len(closed) == 1 and fact.when(as_of) == "yes":
                    del found[event_id]
                else:
                    found[event_id] = "unknown"
    return found


def _found(facts: CaseFacts, as_of: datetime | None) -> Iterator[Obligation]:
    investigations = open_investigations(facts, as_of=as_of)
    for fact in facts.standing(*DUTIES, as_of=as_of):
        for duty in DUTIES[fact.kind]:
            if fact.kind == "investigation-opened":
                still = investigations.get(fact.event_id, "no")
            elif fact.kind == "case-opened":
                still = case_open(facts, as_of=as_of)
            else:
                still = _still_open(facts, fact, duty, as_of)
            if still != "no":
                yield _obligation(facts, fact, duty.what, duty.party, still, as_of)


def _still_open(facts: CaseFacts, fact: Fact, duty: Duty, as_of: datetime | None) -> When:
    ends = [later.when(as_of) for later in facts.upon(fact, *duty.ended_by, as_of=as_of)]
    if fact.kind == "sanction-imposed":
        ends.append(overturned(facts, fact, as_of).answer)
    return all_of((fact.when(as_of), opposite(any_of(ends))))


def _obligation(
    facts: CaseFacts, fact: Fact, what: OpenItem, party: str, still: When, as_of: datetime | None
) -> Obligation:
    fields = fact.fields
    held = suspended(facts, fact, as_of) if what == "sanction to execute" else "no"
    return Obligation(
        what=what,
        case_id=facts.case_id,
        event_id=fact.event_id,
        position=fact.event.position,
        party=fields.get(party),
        due=fields.get("due"),
        occurred=fields.get("occurred"),
        recorded_at=fact.event.recorded_at,
        open=still,
        overdue=None if as_of is None else all_of((still, _overdue(fact, as_of, held))),
        suspended=held,
    )


def _overdue(fact: Fact, as_of: datetime, held: When) -> When:
    """Whether a deadline on record had passed. Being on hold, a sanction may have another."""
    answer = passed(span(fact.fields, "due"), as_of)
    return "unknown" if held != "no" and answer == "yes" else answer
