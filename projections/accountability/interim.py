"""The interim measures of a case: for the time of the inquiry, and no sanctions.

One runs until it is ended, or until its last day has passed, whether or not the party is found
responsible of anything. Whether it runs is answered by what the dates allow, else `unknown`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

TAKEN = "interim-measure-taken"
ENDED = "interim-measure-ended"

InterimState = Literal["running", "ended", "unknown"]

STATE: dict[When, InterimState] = {"yes": "running", "no": "ended", "unknown": "unknown"}
"""The state of a measure by whether it runs."""


class Interim(NamedTuple):
    """A measure for the time of the inquiry. It is not a sanction.

    Attributes:
        until: its last day (EDTF); None: no end is stated, and it runs until it is ended.
        as_of: whether it had been taken by the moment asked about.
        state: whether it runs then. Without a moment: as far as the record tells, so `unknown`
            where a last day is stated, and nothing has ended it.
        ended_by: the event that ended it, or may have, by id.
        said_by_others: what it is only alleged to have become.
        manner: in which manner that ended it: ended, lifted, replaced, lapsed; None where it is
            not told.
        imposed_by: who took it, where that is told; mostly another house.
    """

    event_id: str
    position: int
    measure: str
    occurred: str | None
    until: str | None
    as_of: When = "yes"
    state: InterimState = "running"
    ended_by: str | None = None
    standing: str = "asserted"
    disputed_by: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    manner: str | None = None
    said_by_others: tuple[Hearsay, ...] = ()
    imposed_by: str | None = None


def interim_of(view: CaseView, fact: Fact) -> Interim:
    """Tell of an interim measure, and whether it runs."""
    fields = fact.fields
    ending = next(view.endings(fact, ENDED), None)
    return Interim(
        event_id=fact.event_id,
        position=fact.event.position,
        measure=fields["measure"],
        occurred=fields.get("occurred"),
        until=fields.get("until"),
        as_of=view.when(fact),
        state=STATE[running(view, fact)],
        ended_by=None if ending is None else ending.event_id,
        standing=fields["standing"],
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        said_by_others=hearsay_of(view, fact),
        imposed_by=fields.get("imposed_by"),
        manner=None if ending is None else ending.fields.get("manner"),
    )


def running(view: CaseView, fact: Fact) -> When:
    """Tell whether an interim measure runs at the moment asked about."""
    ended = [view.in_effect(each) for each in view.endings(fact, ENDED)]
    until = fact.span("until")
    if until is not None:
        ended.append("unknown" if view.as_of is None else passed(until, view.as_of))
    return all_of((view.when(fact), opposite(any_of(ended))))
