"""Documents read from bytes as editors write them, and faults told once, in plain words."""

from __future__ import annotations

import pytest
from tests.support.house_policy import HOUSE_POLICY

from answerable.domain.policy.faults import InvalidPolicy
from answerable.domain.policy.reading import read_document

ONE_RULE = HOUSE_POLICY[: HOUSE_POLICY.index("[[rule]]", HOUSE_POLICY.index("[[rule]]") + 1)]


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPolicy) as told:
        read_document(text.encode())
    return [(fault.path, fault.text) for fault in told.value.faults]


def test_a_byte_order_mark_and_ends_of_lines_of_windows_say_nothing() -> None:
    plain = read_document(ONE_RULE.encode())
    marked = read_document(b"\xef\xbb\xbf" + ONE_RULE.replace("\n", "\r\n").encode())
    assert marked.policy == plain.policy
    assert marked.digest != plain.digest


def test_a_fault_in_the_only_rule_does_not_make_it_a_policy_without_rules() -> None:
    (fault,) = faults(ONE_RULE.replace('template = "precedence"', 'template = "precedense"'))
    assert fault[0] == "rule.0.declare.template"


def test_a_list_that_is_too_short_is_told_in_plain_words() -> None:
    told = faults(ONE_RULE.replace('jurisdictions = ["*"]', "jurisdictions = []"))
    assert told == [("jurisdictions", "has 0, and needs 1 at least")]


def test_a_rule_judges_only_acts_that_it_names() -> None:
    apart = """[[rule]]
id = "apart"
kind = "separation"
acts = ["decision-taken.deciders"]
of = ["appeal-decided.deciders"]
about = ["finding-made.subject"]
text = "Apart."
source = "a test"
"""
    (fault,) = faults(ONE_RULE[: ONE_RULE.index("[[rule]]")] + apart)
    assert fault[1].startswith("`of` names appeal-decided.deciders, which is not among its `acts`")
