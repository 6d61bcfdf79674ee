"""An event makes worse what is said of its case anew, and not what was said of it before."""

from __future__ import annotations

from answerable.projections.conformance.judgement import Judged, RuleHead, Telling, added_up
from answerable.projections.conformance.saying.worsening import worse
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN

HEAD = RuleHead("p", "1", False, "r", "custody", "The rule.", "A source", "error")


def judged(
    values: frozenset[str], said: str, *events: str, item: str | None = None, whole: bool = False
) -> Judged:
    return Judged(values, events, Telling(said, item), whole=whole)  # type: ignore[arg-type]


def explained(before: list[Judged], after: list[Judged]) -> list[str]:
    found = worse([added_up(HEAD, before, "")], [added_up(HEAD, after, "")])
    return [each.explanation for each in found]


def test_a_second_fault_of_one_event_is_said_beside_the_first() -> None:
    one = judged(FAILED, "A gap", "e-1", "e-2", item="from day 1 to day 3")
    two = judged(FAILED, "A gap", "e-1", "e-3", item="from day 5 to day 9")
    assert explained([one], [one, two]) == ["A gap: from day 5 to day 9."]
    assert explained([one, two], [two, one]) == []
    assert explained([one, two], [one]) == []


def test_a_fault_that_is_told_otherwise_is_no_other() -> None:
    before = judged(FAILED, "Overdue by 3 days", "e-1")
    assert explained([before], [judged(FAILED, "Overdue by 4 days", "e-1")]) == []
    assert explained([before], [judged(OPEN, "Not told", "e-1")]) == []
    assert explained([judged(OPEN, "Not told", "e-1")], [before]) == ["Overdue by 3 days."]


def test_the_case_as_a_whole_is_one_thing_whatever_it_rests_on() -> None:
    before = judged(FAILED, "Happens more than twice", "e-1", "e-2", whole=True)
    after = judged(FAILED, "Happens more than twice: 3", "e-0", "e-1", whole=True)
    assert explained([before], [after]) == []
    assert explained([judged(ANSWERED, "Kept", "e-1", whole=True)], [after]) == [
        "Happens more than twice: 3."
    ]
