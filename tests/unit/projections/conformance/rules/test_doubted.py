"""Test that what fails if it had happened by then is open for that alone, and its date named."""

import pytest
from tests.support.builders import case
from tests.support.worked_examples import Step, end_of

from answerable.domain.policy.reading import read_document
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

HEAD = (
    'format = "answerable-policy/1"\nid = "s"\nversion = "1"\ntitle = "S"\njurisdictions = ["*"]\n'
)
RULES = (
    'kind = "declare"\ntemplate = "precedence"\nthen = "finding-made"\nfirst = "subject-heard"\n',
    'kind = "chain"\nsteps = ["finding-made", "evidence-registered"]\n',
    'kind = "complete"\nof = "finding-made"\nknown = ["clause"]\n',
)


def verdict(rule: str, as_of: str | None, *steps: Step) -> Verdict:
    text = f'{HEAD}[[rule]]\nid = "x"\ntext = "S."\nsource = "s"\n{rule}'
    record = RecordView(case(*steps), None if as_of is None else end_of(as_of))
    (found,) = Judges(record, alone(read_document(text.encode()))).judge(record.case("c"))
    return found


def steps(occurred: str) -> tuple[Step, ...]:
    return (
        {
            "kind": "finding-made",
            "subject": "person-1",
            "outcome": "substantiated",
            "responsibility": "direct",
            "occurred": occurred,
        },
        {
            "kind": "decision-taken",
            "outcome": "sanction",
            "deciders": ["person-1"],
            "occurred": occurred,
        },
    )


@pytest.mark.parametrize("rule", RULES)
def test_a_fail_that_may_not_have_happened_yet_names_its_date(rule: str) -> None:
    assert verdict(rule, "2026-01-06", *steps("2026-01-06")).verdict == "fail"
    found = verdict(rule, "2026-01-05", *steps("../2026-01-06"))
    assert found.verdict == "indeterminate"
    assert found.explanation.startswith("Whether it had happened by then is not told; if it had, ")
    (missing,) = found.missing
    assert missing.startswith("the date of the finding about ")
    assert found.settles == found.missing


def test_a_deadline_that_no_day_judges_is_not_called_untold() -> None:
    rule = (
        'kind = "declare"\ntemplate = "response"\nwhen = "report-received"\n'
        'then = "report-acknowledged"\nwithin = { years = 50 }\n'
    )
    step: Step = {"kind": "report-received", "occurred": "2026-01-05"}
    assert verdict(rule, None, step).explanation.startswith(
        "No acknowledgement yet, and no day was asked about"
    )
    assert verdict(rule, "2026-02-01", step).verdict == "pending"
