"""Judge whether every act against somebody has its grounds, as `answerable why` tells them.

What has no grounds on record, or grounds that cannot bear it, fails: a sanction without a finding,
a finding without a hearing, a measure that no authority covers. What is merely not told (who
decided, by which authority) is indeterminate.
"""

from __future__ import annotations

from answerable.projections.conformance.verdict import Point, Verdict, nothing, unless_told, verdict
from answerable.projections.facts.case_view import CaseView
from answerable.projections.grounds.problems import Problem, acts, problems_of
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.wording.counts import capital


def grounds(view: CaseView) -> Verdict:
    """Check that every act held against somebody has its grounds (traceability)."""
    rule = "grounds"
    held = acts(view)
    if not held:
        return nothing(rule, "nothing is held against anybody.")
    points = (_point(each) for each in problems_of(view) if each.against != "no")
    return verdict(rule, points, "Every act against somebody has its grounds.", held)


def _point(problem: Problem) -> Point:
    number = f"#{problem.position}"
    missing = f"{ASKED[problem.link]} ({number})" if problem.link else None
    point = Point(problem.verdict, (problem.event_id,), capital(problem.text), number, missing)
    return unless_told(point, problem.against)
