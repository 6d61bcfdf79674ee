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


@pytest.mark.parametrize(
    ("told", "path", "text"),
    [
        ('holidays = ["2026-02-30"]', "calendar.holidays.0", "'2026-02-30' is no day: give a date"),
        ("holidays = [2026-01-01T08:00:00]", "calendar.holidays.0", "'2026-01-01T08:00:00' is no"),
        ("workdays = [20260101]", "calendar.workdays.0", "20260101 is no day"),
        ('known_until = "soon"', "calendar.known_until", "'soon' is no day"),
        ('holidays = "2026-01-01"', "calendar.holidays", "'2026-01-01' must be a list"),
        ("zone = 5", "calendar.zone", "5 must be a text"),
        ('weekend = ["sunday"]', "calendar.weekend.0", "'sunday' must be one of"),
    ],
)
def test_a_bad_value_is_told_with_what_it_is(told: str, path: str, text: str) -> None:
    (found,) = faults(ONE_RULE.replace("[[rule]]", f"[calendar]\n{told}\n\n[[rule]]"))
    assert found[0] == path
    assert found[1].startswith(text)


def test_what_is_no_table_or_list_says_so_in_the_words_of_toml() -> None:
    head, rule = ONE_RULE.split("[[rule]]")
    assert faults(head + 'calendar = "x"\n[[rule]]' + rule) == [("calendar", "'x' must be a table")]
    assert ("rule.0.declare.same", "'subject' must be a list, in brackets") in faults(
        ONE_RULE.replace('same = ["subject"]', 'same = "subject"')
    )
