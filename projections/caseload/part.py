"""Put together what one case adds to the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILY
from answerable.projections.caseload.dated import NEVER, Dated, every, first_of, ordinals, some
from answerable.projections.caseload.money import MoneyPart, money_of
from answerable.projections.caseload.outcome import Confirmed, closure, confirmed, gravest, results
from answerable.projections.caseload.reports import ReportPart, reports_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.timeline.durations import MILESTONES, is_step
from answerable.projections.timeline.timeline import UNDATED_FAMILIES

POINTS = (
    "first signal",
    "investigation",
    "investigation's end",
    "findings",
    "apology",
    "termination",
    "sanctions",
)
"""The points in the course of a case between which steps are measured."""


class CasePart(NamedTuple):
    """All that one case adds to the figures.

    Attributes:
        organisation: whose case it is, where that is told.
        incident: whether it is more than a register of the house.
        happened: when the thing itself happened, or the conduct that is alleged or was found.
        reports: its reports.
        closed: whether it is closed, and when it was for the last time.
        results: what its findings can come to.
        gravest: what its gravest measure in force can be.
        confirmed: the classes of offence for which somebody is held responsible.
        investigations: when each began.
        proceedings: when each outside of the house was opened.
        endings: when each end of an engagement was.
        points: when each of `POINTS` was.
        money: what its sanctions took.
    """

    organisation: str | None
    incident: When
    happened: Dated
    reports: tuple[ReportPart, ...]
    closed: Dated
    results: tuple[str, ...]
    gravest: tuple[str, ...]
    confirmed: tuple[Confirmed, ...]
    investigations: tuple[Dated, ...]
    proceedings: tuple[Dated, ...]
    endings: tuple[Dated, ...]
    points: tuple[Dated, ...]
    money: tuple[MoneyPart, ...]


def case_part(view: CaseView) -> CasePart:
    """Work out what a case adds to the figures."""
    opened = next(view.standing("case-opened"), None)
    return CasePart(
        None if opened is None else opened.fields.get("organisation"),
        any_of(
            view.when(fact) for fact in view.standing() if FAMILY[fact.kind] not in UNDATED_FAMILIES
        ),
        _happened(view),
        tuple(reports_of(view)),
        closure(view),
        results(view),
        gravest(view),
        tuple(confirmed(view)),
        tuple(_each(view, "investigation-opened")),
        tuple(_each(view, "proceeding-opened")),
        tuple(_each(view, "engagement-terminated")),
        tuple(_point(view, name) for name in POINTS),
        tuple(money_of(view)),
    )


def _point(view: CaseView, name: str) -> Dated:
    """Tell when the first of the events was that make a point in the course of a case."""
    kinds = MILESTONES[name]
    if view.kinds.isdisjoint(kinds):
        return NEVER
    return first_of(view, (each for each in view.standing(*kinds) if is_step(each)))


def _happened(view: CaseView) -> Dated:
    """Tell when the incident was; where none is on record, when the conduct was."""
    incidents = [each for each in view.standing("incident-occurred") if not each.alleged]
    if incidents:
        return first_of(view, incidents)
    said = (*view.standing("allegation-made"), *view.standing("finding-made"))
    told = [fact for fact in said if "conduct_occurred" in fact.fields]
    if not told:
        return NEVER
    days = [ordinals(fact.span("conduct_occurred", margins=view.margins)) for fact in told]
    return Dated(
        any_of(view.when(fact) for fact in told),
        every(min, [first for first, _ in days]),
        some(min, [last for _, last in days]),
    )


def _each(view: CaseView, kind: str) -> Iterator[Dated]:
    if kind not in view.kinds:
        return iter(())
    return (first_of(view, [fact]) for fact in view.standing(kind) if not fact.alleged)
