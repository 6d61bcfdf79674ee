"""Tell of each report of a case: by whom it came, along which route, and what the reporter heard.

What a report says may be only alleged: that it came in is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.caseload.dated import Dated, first_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.three_valued import any_of

REPORT = "report-received"

FOLLOW_UP = "follow-up"
"""The term of a `step-taken` upon a report that says that the reporter came back to it."""


class ReportPart(NamedTuple):
    """One report.

    Attributes:
        event_id: that of `report-received`.
        received: when it came in.
        reporter_is: named, confidential or anonymous; None: not told.
        route: internal, external or public; None: not told.
        channel: by which channel; None: not told.
        issue: what it is about, as the house classes its reports; None: not told.
        acknowledged: when its reporter was first told that it had arrived.
        answered: when its reporter was first told what followed.
        followed_up: whether its reporter came back to it.
    """

    event_id: str
    received: Dated
    reporter_is: str | None
    route: str | None
    channel: str | None
    issue: str | None
    acknowledged: Dated
    answered: Dated
    followed_up: When


def reports_of(view: CaseView) -> Iterator[ReportPart]:
    """Yield the reports of a case that stand, and had or may have come in by then."""
    if REPORT not in view.kinds:
        return
    for fact in view.standing(REPORT):
        told = fact.fields
        back = (
            view.when(each)
            for each in view.upon(fact, "step-taken")
            if each.fields["term"] == FOLLOW_UP
        )
        yield ReportPart(
            fact.event_id,
            first_of(view, [fact]),
            told.get("reporter_is"),
            told.get("route"),
            told.get("channel"),
            told.get("issue"),
            first_of(view, view.upon(fact, "report-acknowledged")),
            first_of(view, view.upon(fact, "feedback-given")),
            any_of(back),
        )
