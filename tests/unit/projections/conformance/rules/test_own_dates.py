"""Test that what tells of one event dates no other, and that no event answers itself."""

from tests.support.builders import case
from tests.support.worked_examples import Step, end_of

from answerable.domain.policy.reading import read_document
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

HEAD = (
    'format = "answerable-policy/1"\nid = "s"\nversion = "1"\ntitle = "S"\njurisdictions = ["*"]\n'
)


def verdict(rule: str, as_of: str, *steps: Step) -> str:
    text = f'{HEAD}[[rule]]\nid = "x"\ntext = "S."\nsource = "s"\n{rule}'
    record = RecordView(case(*steps), end_of(as_of))
    (found,) = Judges(record, alone(read_document(text.encode()))).judge(record.case("c"))
    return found.verdict


def test_a_link_that_bounds_one_event_does_not_date_another_of_that_day() -> None:
    steps: tuple[Step, ...] = (
        {"as": "a", "kind": "report-received", "occurred": "2026-01-08~"},
        {"kind": "verification-completed", "occurred": "2026-01-08", "basis": ["@a"]},
        {"kind": "apology-issued", "occurred": "2026-01-08~"},
    )
    rule = 'kind = "declare"\ntemplate = "absence"\nwhen = "apology-issued"\n'
    assert verdict(rule, "2026-01-08", *steps) == "indeterminate"


def test_an_event_does_not_answer_itself_in_time() -> None:
    rule = (
        'kind = "declare"\ntemplate = "response"\nwhen = "report-received"\n'
        'then = "report-received"\nwithin = { days = 1 }\n'
    )
    steps: tuple[Step, ...] = ({"kind": "report-received", "occurred": "2026-01-05"},)
    assert verdict(rule, "2026-01-20", *steps) == "fail"


def test_what_is_undated_and_rests_on_something_had_happened_when_it_was_recorded() -> None:
    rule = (
        'kind = "declare"\ntemplate = "precedence"\nthen = "apology-issued"\n'
        'first = "decision-taken"\n'
    )
    report: Step = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}
    decided: Step = {"kind": "decision-taken", "outcome": "terminate", "basis": ["@r"]}
    for zone in ({}, {"zone": "Asia/Shanghai"}):
        opened: Step = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01", **zone}
        # All is recorded on the 1st of February.
        apology: Step = {"kind": "apology-issued", "speaker": "p-1", "occurred": "2026-02-10"}
        steps = (opened, report, decided, apology)
        assert verdict(rule, "2026-03-01", *steps) == "pass"
        earlier = (*steps[:3], {**apology, "occurred": "2026-01-20"})
        assert verdict(rule, "2026-03-01", *earlier) == "indeterminate"
        first = (*steps[:3], {**apology, "occurred": "2026-01-03"})
        assert verdict(rule, "2026-03-01", *first) == "fail"


def test_a_day_without_a_zone_is_before_what_follows_an_instant_that_rests_on_it() -> None:
    rule = (
        'kind = "declare"\ntemplate = "precedence"\nthen = "apology-issued"\n'
        'first = "decision-taken"\n'
    )
    decided: Step = {"as": "a", "kind": "decision-taken", "outcome": "terminate"}
    said: Step = {"kind": "statement-published", "acts": ["announce"], "speaker": "p-2"}
    apology: Step = {"kind": "apology-issued", "speaker": "p-1"}
    steps: tuple[Step, ...] = (
        {**decided, "occurred": "2026-01-07~"},
        {**said, "basis": ["@a"], "occurred": "2026-01-07T10:00:00Z"},
    )
    after: Step = {**apology, "occurred": "2026-01-07T12:00:00Z"}
    assert verdict(rule, "2026-01-20", *steps, after) == "pass"
    before: Step = {**apology, "occurred": "2026-01-07T09:00:00Z"}
    assert verdict(rule, "2026-01-20", *steps, before) == "indeterminate"
