"""The rule that every event is signed where a policy demanded it."""

from datetime import datetime
from typing import Any

from tests.support.builders import Memory
from tests.support.policies import generic

from answerable.projections.conformance.judgement import Verdict
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


def judged(memory: Memory, known_by: datetime | None = None) -> Verdict:
    return generic(RecordView(memory, known_by=known_by))["signed"]


def test_without_such_a_policy_there_is_nothing_to_judge() -> None:
    memory = record(CONTACT, {**ADOPTED, "requires": []}, CONTACT)
    assert judged(memory).verdict == "not-applicable"


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
    assert judged(memory, first).verdict == "not-applicable"
