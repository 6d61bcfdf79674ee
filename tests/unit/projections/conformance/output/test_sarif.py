"""Results in SARIF: what a rule finds several times in one event is told apart, from run to run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from tests.support.builders import Memory
from tests.support.sarif import faults

from answerable.domain.policy.reading import Document, read_document
from answerable.domain.policy.shipped import profile
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.output.judged_case import judge_case
from answerable.projections.conformance.output.sarif import FINGERPRINT, About, sarif
from answerable.projections.facts.record_view import RecordView

AT_MOST = read_document(
    b"""
format = "answerable-policy/1"
id = "house-rules"
version = "1"
title = "House rules"
jurisdictions = ["*"]
[[rule]]
id = "seldom"
kind = "declare"
template = "absence"
count = 2
when = "contact-made"
text = "At most one contact."
source = "House rules"
"""
)


def results(log: Memory, document: Document | None = None) -> list[dict[str, Any]]:
    record = RecordView(log, datetime(2026, 6, 1, tzinfo=UTC))
    judges = Judges(record, alone(document or profile("generic")))
    case = judge_case(judges, record.case("c"), None)
    about = About("1", "c", "2026-06-01", None, len(log), "")
    told = json.loads("".join(sarif(judges.rules, [case], about, lambda _: about[2:4], whole=True)))
    assert list(faults(told)) == []
    found: list[dict[str, Any]] = told["runs"][0]["results"]
    return found


def prints(found: list[dict[str, Any]], rule: str, verdict: str) -> dict[str, str]:
    return {
        each["message"]["text"]: each["partialFingerprints"][FINGERPRINT]
        for each in found
        if each["ruleId"] == rule and each["properties"]["verdict"] == verdict
    }


def test_what_a_rule_finds_several_times_in_one_event_has_a_fingerprint_each() -> None:
    log = Memory()
    log.add(
        "house", kind="policy-adopted", policy="code", policy_version="1", **{"from": "2026-05"}
    )
    log.add(
        "house", kind="policy-adopted", policy="rules", policy_version="1", **{"from": "2026-05"}
    )
    finding = log.add(
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="direct",
        clause=["code 1", "rules 2"],
        conduct_occurred="2026-01-02",
        occurred="2026-02-01",
    )
    log.add(kind="sanction-imposed", subject="p-1", measure="fine", occurred="2026-02-03")
    found = results(log)
    before = prints(found, "generic/notice", "fail")
    assert len(set(before.values())) == 2
    assert all(each.startswith(f"generic/notice:{finding}/") for each in before.values())
    assert len(set(prints(found, "generic/traceable", "fail").values())) == 2
    log.add("house", kind="policy-adopted", policy="code", policy_version="0", **{"from": "2025"})
    after = prints(results(log), "generic/notice", "fail")
    assert after == {text: each for text, each in before.items() if "rules" in text}, (
        "what is still wrong keeps its fingerprint where the other is mended"
    )


def test_what_a_rule_finds_of_the_case_keeps_its_fingerprint_whatever_it_rests_on() -> None:
    log = Memory()
    for day in (5, 6, 4):
        log.add(kind="contact-made", counterparty="p-1", occurred=f"2026-01-0{day}")
        log.add(kind="contact-made", counterparty="p-1", occurred=f"2026-01-{day + 10}")
        found = results(log, AT_MOST)
        (one,) = prints(found, "house-rules/seldom", "fail").values()
        assert one == "house-rules/seldom:c"
        assert [each["properties"]["whole"] for each in found] == [True]
