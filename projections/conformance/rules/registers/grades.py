"""Find which grade somebody had, as far as findings about them and their roles tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answerable.domain.dates import Span, When
from answerable.projections.accountability.reporting_lines import at_the_time
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact


def grades_then(view: CaseView, fact: Fact, at: Span | None) -> frozenset[str | None]:
    """Find the grades that the subject of an act may have had; None among them: it is not told.

    The findings that the act rests on tell the grade at the time of the conduct, the roles that at
    the time asked about. Where they differ, either may be meant.

    Args:
        view: the case.
        fact: what was done to the subject.
        at: when it was decided.
    """
    subject = fact.fields.get("subject")
    findings = view.basis(fact).of("finding-made")
    found: set[str | None] = {
        each.fields.get("grade") for each in findings if each.fields["subject"] == subject
    } - {None}
    sure = bool(found)
    for role in _roles(view, subject):
        held = at_the_time(role, at)
        grade = role.fact.fields.get("grade")
        if held != "no" and grade is not None:
            found.add(grade)
            sure = sure or held == "yes"
    return frozenset(found if sure else found | {None})


def among(grades: frozenset[str | None], wanted: Sequence[str]) -> When:
    """Tell whether a grade is one of those wanted; where none is wanted, any is."""
    if not wanted:
        return "yes"
    inside = {each in wanted for each in grades}
    if len(inside) > 1 or None in grades:
        return "unknown" if inside != {False} or None in grades else "no"
    return "yes" if True in inside else "no"


def _roles(view: CaseView, party: Any) -> Sequence[FactInCase]:
    own = [FactInCase(view, fact) for fact in view.standing("role-assigned")]
    told = {each.fact.event_id: each for each in (*own, *(view.roles(party) if party else ()))}
    return [each for each in told.values() if each.fact.fields["party"] == party]
