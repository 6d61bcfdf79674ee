"""Worked examples of rules: a tiny log, and the verdict that the rule gives of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

from tests.support.builders import Memory, case

from answerable.domain.policy.reading import Document
from answerable.domain.policy.shipped import profile
from answerable.domain.zone.day_end import DayEnd
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.rules.kinds import JUDGES
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]


class Example(NamedTuple):
    """A log, and the verdict of one rule on it.

    Attributes:
        rule: the rule's id.
        verdict: what it says.
        steps: the events, as `builders.case` takes them.
        as_of: the day at whose end it is judged; None: whatever is recorded has happened.
        late: by how many days something was done late.
        says: what the explanation contains.
    """

    rule: str
    verdict: str
    steps: tuple[Step, ...]
    as_of: str | None = None
    late: int | None = None
    says: str = ""

    @property
    def name(self) -> str:
        """Name it for a test's report."""
        return f"{self.rule}-{self.verdict}"


def end_of(day: str) -> DayEnd:
    """Return the moment that `--as-of` means by a day: its end, in the zone of the case."""
    return DayEnd(day, datetime.combine(datetime.fromisoformat(day), time.max))


def only(document: Document, rule: str) -> Document:
    """Return a policy without its other rules."""
    kept = tuple(each for each in document.policy.rule if each.id == rule)
    return document._replace(policy=document.policy.model_copy(update={"rule": kept}))


def judged(memory: Memory, document: Document, as_of: str | None = None) -> tuple[Verdict, ...]:
    """Judge the case `c` of a record by a policy, as if it had always been in force."""
    record = RecordView(memory, None if as_of is None else end_of(as_of))
    return Judges(record, alone(document)).judge(record.case("c"))


def verdict_of(policy: str, example: Example, *, opened: Mapping[str, Any]) -> Verdict:
    """Judge an example by its rule of a profile, in a case that was opened so."""
    log = case({"kind": "case-opened", "title": "An example", **opened}, *example.steps)
    (found,) = judged(log, only(profile(policy), example.rule), example.as_of)
    return found


def holds(policy: str, example: Example, *, opened: Mapping[str, Any]) -> None:
    """Hold what a rule of a profile says of an example against what is right."""
    found = verdict_of(policy, example, opened=opened)
    assert found.verdict == example.verdict, found.explanation
    assert example.says in found.explanation
    if example.late is not None:
        assert found.late == (example.late, example.late)


def unshown(policy: str, examples: Iterable[Example], *, never: Iterable[str] = ()) -> set[str]:
    """List the rules of a profile that pass, or fail, in no example.

    Args:
        policy: the profile's id.
        examples: all of its examples.
        never: the rules that cannot fail on a record that is whole.
    """
    shown = {(each.rule, each.verdict) for each in examples}
    return {
        f"{rule.id}: {verdict}"
        for rule in profile(policy).policy.rule
        if rule.kind in JUDGES
        for verdict in ("pass", "fail")
        if (rule.id, verdict) not in shown and not (verdict == "fail" and rule.id in never)
    }


def judgeable(policy: str, examples: Iterable[Example]) -> list[Example]:
    """List the examples of rules whose kind has a judge."""
    kinds = {rule.id: rule.kind for rule in profile(policy).policy.rule}
    return [each for each in examples if kinds[each.rule] in JUDGES]
