"""Find what an event leaves untold that a reader of the record will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds import FAMILY
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.grounds.problems import problems_of
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.timeline.timeline import UNDATED_FAMILIES


def untold(view: CaseView, fact: Fact) -> Iterator[str]:
    """Say what is not on record of an event: its date, and the links that it must have."""
    if "occurred" not in fact.fields and FAMILY[fact.kind] not in UNDATED_FAMILIES:
        yield "when it happened"
    for problem in problems_of(view):
        if problem.event_id == fact.event_id and problem.sort == "missing":
            yield ASKED[problem.link]
