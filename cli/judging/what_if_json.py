"""Tell programs what another policy would have found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from answerable.domain.answers import json_value
from answerable.projections.conformance.judgement import explained

if TYPE_CHECKING:
    from answerable.projections.conformance.judgement import Judged, Outcome
    from answerable.projections.conformance.saying.comparing import Switch


def case_json(case_id: str, switches: Sequence[Switch]) -> dict[str, Any]:
    """Return what differs in a case as JSON values."""
    return {
        "case_id": case_id,
        "changes": [
            {
                "rule": each.rule,
                "text": each.text,
                "from": each.course[0],
                "to": each.course[1],
                "was": _verdict(each.was),
                "now": _verdict(each.now),
            }
            for each in switches
        ],
        "leave_the_guideline": _measures(j for each in switches for j in each.leaves),
        "come_within_it": _measures(j for each in switches for j in each.enters),
    }


def _verdict(outcome: Outcome | None) -> Any:
    """Return what a rule comes to; None: no such rule judges."""
    return None if outcome is None else json_value(outcome.in_words())


def _measures(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    return [{"events": [*each.events], "explanation": explained((each,))} for each in judged]
