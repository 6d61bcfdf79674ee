"""Tell what a case came to: closed or not, substantiated or not, and which measure is the gravest.

Each answer is the set of what it can be: more than one thing where dates, or what is still open,
allow that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.terms.outcome import ACQUITTING, BLAMING
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.event_head import ALLEGED
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.caseload.dated import NEVER, Dated, first_of, one_of
from answerable.projections.consistency.gravity import GRAVITY, STEPS
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import case_closed
from answerable.projections.facts.three_valued import any_of

Result = Literal["substantiated", "partly substantiated", "unsubstantiated", "no outcome"]
"""Tells what the findings of a case come to. Partly: some are substantiated, others are not."""

BY_DISPOSITION: dict[str, Result] = {
    "sanctioned": "substantiated",
    "unsubstantiated": "unsubstantiated",
    "exonerated": "unsubstantiated",
}
"""The results of cases without findings, by how they were closed; all others tell none."""

CLOSING = "case-closed"

OTHER = 0.5
"""The place of a measure that the scale does not know: beyond none, below all that it knows."""

MEASURES = {0.0: STEPS[0], OTHER: "other", **{float(step): STEPS[step] for step in STEPS if step}}
"""Names the places of the gravest measure of a case."""


class Confirmed(NamedTuple):
    """A class of offence of which a finding in the case holds somebody responsible.

    Attributes:
        offence: the class; None: not told.
        blames: whether such a finding stands.
        found: when the first such finding was made.
    """

    offence: str | None
    blames: When
    found: Dated


def closure(view: CaseView) -> Dated:
    """Tell whether the case is closed, and when it was for the last time."""
    closed = case_closed(view) if CLOSING in view.kinds else "no"
    return NEVER if closed == "no" else one_of(view, _closings(view), closed)


def results(view: CaseView) -> tuple[Result, ...]:
    """List what the findings of the case can come to, or where there are none, its closure."""
    reached = {(False, False)}
    for person in accountability_of(view).people:
        for finding in person.findings:
            if finding.standing != ALLEGED:
                ways = set(_ways(finding))
                reached = {(p or x, c or y) for p, c in reached for x, y in ways}
    found: set[Result] = set()
    for proved, cleared in reached:
        if proved:
            found.add("partly substantiated" if cleared else "substantiated")
        elif cleared:
            found.add("unsubstantiated")
        else:
            found.update(_by_disposition(view))
    return tuple(sorted(found))


def gravest(view: CaseView) -> tuple[str, ...]:
    """List what the gravest measure in force can be, by its step of gravity, the mildest first."""
    least, perhaps = 0.0, set[float]()
    for person in accountability_of(view).people:
        for sanction in person.sanctions:
            if sanction.in_force != "no":
                places = [*_places(sanction)]
                perhaps.update(places)
                if sanction.in_force == "yes":
                    least = max(least, min(places))
    return tuple(
        MEASURES[each] for each in sorted({least, *(each for each in perhaps if each > least)})
    )


def confirmed(view: CaseView) -> Iterator[Confirmed]:
    """Yield the classes of offence for which somebody is, or may be, held responsible."""
    classes: dict[str | None, list[Finding]] = {}
    for person in accountability_of(view).people:
        for finding in person.findings:
            if finding.blames != "no":
                classes.setdefault(finding.offence_class, []).append(finding)
    for offence, findings in classes.items():
        facts = [view.facts[each.event_id] for each in findings]
        yield Confirmed(offence, any_of(each.blames for each in findings), first_of(view, facts))


def _by_disposition(view: CaseView) -> set[Result]:
    """Tell what a case without findings can come to, by how it was closed."""
    closed = (each.fields["disposition"] for each in _closings(view))
    return {BY_DISPOSITION.get(each, "no outcome") for each in closed} or {"no outcome"}


def _closings(view: CaseView) -> list[Fact]:
    """List the closings of which one may be the last."""
    found: list[Fact] = []
    if CLOSING not in view.kinds:
        return found
    for fact in reversed(list(view.standing(CLOSING))):
        found.append(fact)
        if view.when(fact) == "yes":
            break
    return found


def _ways(finding: Finding) -> Iterator[tuple[bool, bool]]:
    """Yield in which ways a finding can count: as proved, as cleared, as neither.

    What was undone (overturned, superseded, its blame withdrawn) is not proved any more.
    """
    blames, clears = finding.outcome in BLAMING, finding.outcome in ACQUITTING
    if finding.as_of != "yes" or not (blames or clears):
        yield False, False
    if blames or clears:
        if finding.undone != "yes":
            yield blames, clears
        if finding.undone != "no":
            yield False, blames


def _places(sanction: Sanction) -> Iterator[float]:
    yield float(GRAVITY.get(sanction.measure, OTHER))
    if sanction.perhaps_measure is not None:
        yield float(GRAVITY.get(sanction.perhaps_measure, OTHER))
