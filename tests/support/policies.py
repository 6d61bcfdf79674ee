"""Policies written in a test: one rule, or some, with the head that every document has."""

from __future__ import annotations

from answerable.domain.policy.reading import read_document
from answerable.domain.policy.shipped import profile
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

HEAD = """\
format = "answerable-policy/1"
id = "house"
version = "1"
title = "As a test has it"
jurisdictions = ["*"]
"""

RULE = """
[[rule]]
id = "{kind}"
kind = "{kind}"
text = "As it should be."
source = "a test"
"""


def rule(kind: str, body: str) -> str:
    """Write a policy of one rule, by its kind and what else it says in TOML."""
    return HEAD + RULE.format(kind=kind) + body


def judged(record: RecordView, policy: str, case: str = "c") -> Verdict:
    """Judge a case by the one rule of a policy."""
    judges = Judges(record, alone(read_document(policy.encode())))
    (verdict,) = judges.judge(record.case(case))
    return verdict


def generic(record: RecordView, case: str = "c") -> dict[str, Verdict]:
    """Judge a case by the generic profile: each rule's verdict, by its id."""
    found = Judges(record, alone(profile("generic"))).judge(record.case(case))
    return {each.rule: each for each in found}
