"""The check `signed` of the report."""

from datetime import datetime
from typing import Any

from tests.support.builders import Memory

from answerable.projections.conformance.checks import CHECKS
from answerable.projections.conformance.signatures import signed
from answerable.projections.conformance.verdict import Verdict
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.report import report_on

ADOPTED: dict[str, Any] = {
    "as": "a",
    "kind": "policy-adopted",
    "case_id": "house",
    "policy": "signing",
    "policy_version": "1",
    "requires": ["signature"],
}
CONTACT: dict[str, Any] = {"as": "c", "kind": "contact-made", "counterparty": "p-1"}


def record(*steps: dict[str, Any]) -> Memory:
    memory = Memory()
    for step in steps:
        memory.add(**step)
    return memory


def verdicts(memory: Memory) -> tuple[Verdict, ...]:
    facts = memory.facts().facts.values()
    return signed(RecordView(memory), facts, memory.opened(range(len(memory.log))))


def judged(memory: Memory) -> Verdict:
    (found,) = verdicts(memory)
    assert found.rule == "signed"
    return found


def test_without_such_a_policy_there_is_no_such_check() -> None:
    memory = record(CONTACT, {**ADOPTED, "requires": []}, CONTACT)
    assert verdicts(memory) == ()
    made = report_on(memory, "c", version="1")
    assert [each.rule for each in made.checks] == list(CHECKS)


def test_nothing_to_judge() -> None:
    found = judged(record(CONTACT, ADOPTED))
    assert (found.verdict, found.explanation[:16]) == ("not-applicable", "Nothing to judge")


def test_an_event_without_a_signature_fails_and_is_named() -> None:
    memory = record(CONTACT, ADOPTED, CONTACT, CONTACT)
    found = judged(memory)
    assert found.verdict == "fail"
    assert found.explanation == (
        "Recorded without a signature while signing 1 demanded one: #2; #3."
    )
    assert found.witnesses == tuple(memory.log[at].event_id for at in (2, 3))
    made = report_on(memory, "c", version="1")
    assert [each.rule for each in made.checks] == [*CHECKS, "signed"]
    assert made.failed


def test_a_signature_passes_and_so_does_one_that_was_erased() -> None:
    memory = record(ADOPTED, CONTACT)
    memory.texts[1]["signature"] = "-----BEGIN SSH SIGNATURE-----"
    assert judged(memory).verdict == "pass"
    memory.erase(memory.ids["c"], "signature")
    assert judged(memory).verdict == "pass"


def test_what_is_withheld_may_be_a_signature() -> None:
    memory = record(ADOPTED, CONTACT)
    memory.withhold(memory.ids["c"], "recorded_by")
    found = judged(memory)
    assert (found.verdict, found.missing) == ("indeterminate", ("a signature of #1",))


def test_what_was_known_later_demands_nothing_yet() -> None:
    memory = record(CONTACT, ADOPTED, CONTACT)
    first = datetime.fromisoformat(memory.log[0].recorded_at)
    made = report_on(memory, "c", version="1", known_by=first)
    assert [each.rule for each in made.checks] == list(CHECKS)
