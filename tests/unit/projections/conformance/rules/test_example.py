"""The example's verdicts by the rules on people, measures and registers, as they were worked out.

The expected verdicts are those that were reasoned before the judges were written.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.builders import Memory

from answerable.domain.parsing import parse
from answerable.domain.policy.shipped import profile
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

EXAMPLE = Path(__file__).parents[5] / "examples/xiaomi-kol.jsonl"


def verdicts(*, every: bool) -> dict[str, Verdict]:
    log = Memory()
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        log.record(parse(json.loads(line)))
    record = RecordView(log)
    judges = Judges(record, alone(profile("generic")), every=every)
    return {each.rule: each for each in judges.judge(record.case("xiaomi-kol"))}


@pytest.mark.parametrize("every", [False, True])
def test_the_example_is_judged_as_was_worked_out(every: bool) -> None:
    found = verdicts(every=every)
    assert {rule: found[rule].verdict for rule in EXPECTED} == EXPECTED
    assert [rule for rule in EXPECTED if found[rule].warning] == ["independent"]
    assert "no register" in found["authorised"].explanation.lower()
    assert "(#11)" in found["independent"].warnings[0]
    assert len(found["guideline"].activations) == 6


EXPECTED = {
    "independent": "indeterminate",
    "authorised": "indeterminate",
    "guideline": "pass",
    "alike": "not-applicable",
    "notice": "indeterminate",
}
