"""Put together what one case adds to the figures, so that it can be kept, and read again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILY
from answerable.projections.caseload.dated import Dated, every, first_of, ordinals, some
from answerable.projections.caseload.money import MoneyPart, money_of
from answerable.projections.caseload.outcome import Confirmed, closure, confirmed, gravest, results
from answerable.projections.caseload.reports import ReportPart, reports_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.timeline.durations import durations, milestone
from answerable.projections.timeline.timeline import UNDATED_FAMILIES

STEPS = (
    "first signal to investigation",
    "investigation to investigation's end",
    "first signal to findings",
    "first signal to apology",
    "first signal to termination",
    "first signal to sanctions",
)
"""The steps of which the length is counted."""


class StepPart(NamedTuple):
    """The length of one step of the case, in whole calendar days.

    Attributes:
        name: from which point to which: one of `STEPS`.
        begun: whether it had begun.
        reached: whether it had come to its end.
        least: how long it took at least; None: no limit.
        most: how long it took at most.
    """

    name: str
    begun: When
    reached: When
    least: int | None
    most: int | None


class CasePart(NamedTuple):
    """All that one case adds to the figures.

    Attributes:
        organisation: whose case it is, where that is told.
        incident: whether it is more than a register of the house.
        signal: when it was first signalled.
        happened: when the thing itself happened, or the conduct that is alleged or was found.
        reports: its reports.
        closed: whether it is closed, and when it was for the last time.
        results: what its findings can come to.
        gravest: what its gravest measure in force can be.
        confirmed: the classes of offence for which somebody is held responsible.
        investigations: when each began.
        proceedings: when each outside of the house was opened.
        endings: when each end of an engagement was.
        steps: how long its steps took.
        money: what its sanctions took.
    """

    organisation: str | None
    incident: When
    signal: Dated
    happened: Dated
    reports: tuple[ReportPart, ...]
    closed: Dated
    results: tuple[str, ...]
    gravest: tuple[str, ...]
    confirmed: tuple[Confirmed, ...]
    investigations: tuple[Dated, ...]
    proceedings: tuple[Dated, ...]
    endings: tuple[Dated, ...]
    steps: tuple[StepPart, ...]
    money: tuple[MoneyPart, ...]


def case_part(view: CaseView) -> CasePart:
    """Work out what a case adds to the figures."""
    opened = next(view.standing("case-opened"), None)
    return CasePart(
        None if opened is None else opened.fields.get("organisation"),
        any_of(
            view.when(fact) for fact in view.standing() if FAMILY[fact.kind] not in UNDATED_FAMILIES
        ),
        _signal(view),
        _happened(view),
        tuple(reports_of(view)),
        closure(view),
        results(view),
        gravest(view),
        tuple(confirmed(view)),
        tuple(_each(view, "investigation-opened")),
        tuple(_each(view, "proceeding-opened")),
        tuple(_each(view, "engagement-terminated")),
        tuple(_steps(view)),
        tuple(money_of(view)),
    )


def _signal(view: CaseView) -> Dated:
    found = milestone(view, "first signal")
    happened = any_of(view.when(view.facts[each]) for each in found.events)
    return Dated(happened, *ordinals(found))


def _happened(view: CaseView) -> Dated:
    """Tell when the incident was; where none is on record, when the conduct was."""
    incidents = [each for each in view.standing("incident-occurred") if not each.alleged]
    if incidents:
        return first_of(view, incidents)
    told = [
        fact
        for fact in view.standing("allegation-made", "finding-made")
        if "conduct_occurred" in fact.fields
    ]
    days = [ordinals(fact.span("conduct_occurred", margins=view.margins)) for fact in told]
    return Dated(
        any_of(view.when(fact) for fact in told),
        every(min, [first for first, _ in days]),
        some(min, [last for _, last in days]),
    )


def _each(view: CaseView, kind: str) -> Iterator[Dated]:
    return (first_of(view, [fact]) for fact in view.standing(kind) if not fact.alleged)


def _steps(view: CaseView) -> Iterator[StepPart]:
    for each in durations(view):
        if each.name not in STEPS:
            continue
        least, most = each.days or (None, None)
        begun, reached = (
            any_of(view.when(view.facts[event_id]) for event_id in events)
            for events in (each.from_events, each.to_events)
        )
        yield StepPart(each.name, begun, reached, least, most)


def part_of(told: list[Any]) -> CasePart:
    """Read what was kept of a case: the values above, in their order.

    Raises:
        ValueError, TypeError: it is not what `case_part` gives.
    """
    (
        organisation,
        incident,
        signal,
        happened,
        reports,
        closed,
        results,
        gravest,
        confirmed,
        investigations,
        proceedings,
        endings,
        steps,
        money,
    ) = told
    return CasePart(
        organisation,
        incident,
        Dated(*signal),
        Dated(*happened),
        tuple(_report(each) for each in reports),
        Dated(*closed),
        tuple(results),
        tuple(gravest),
        tuple(Confirmed(offence, blames, Dated(*found)) for offence, blames, found in confirmed),
        tuple(Dated(*each) for each in investigations),
        tuple(Dated(*each) for each in proceedings),
        tuple(Dated(*each) for each in endings),
        tuple(StepPart(*each) for each in steps),
        tuple(
            MoneyPart(currency, least, most, in_force, paid, Dated(*imposed))
            for currency, least, most, in_force, paid, imposed in money
        ),
    )


def _report(told: list[Any]) -> ReportPart:
    event_id, received, *fields, acknowledged, answered, followed_up = told
    reporter_is, route, channel, issue = fields
    return ReportPart(
        event_id,
        Dated(*received),
        reporter_is,
        route,
        channel,
        issue,
        Dated(*acknowledged),
        Dated(*answered),
        followed_up,
    )
