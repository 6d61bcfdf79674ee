"""Documents read from bytes as editors write them, and faults told once, in plain words."""

from __future__ import annotations

import pytest
from tests.support.house_policy import HOUSE_POLICY

from answerable.domain.policy.document import Policy
from answerable.domain.policy.faults import InvalidPolicy
from answerable.domain.policy.form import PATTERNS
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


@pytest.mark.parametrize(
    ("was", "is_", "path", "text"),
    [
        ('severity = "', 'sevrity = "', "rule.0.declare.sevrity", "Did you mean severity?"),
        ('version = "', 'verson = "', "verson", "Did you mean version?"),
        ("event = ", "evnt = ", "select.adverse.evnt", "Did you mean event?"),
        ("text = ", "banana = ", "rule.0.declare.banana", "this place: it has count, due, first"),
        ('"precedence"', '"precedense"', "rule.0.declare.template", "Did you mean precedence"),
        ('kind = "declare"', 'kind = "declair"', "rule.0", "Did you mean declare?"),
        ("answerable-policy/1", "answerable-policy/2", "format", "must be 'answerable-policy/1'"),
        (
            'jurisdictions = ["*"]',
            'jurisdictions = ["usa"]',
            "jurisdictions.0",
            "'usa' must be the",
        ),
        (
            'id = "heard"',
            'id = "The Heard"',
            "rule.0.declare.id",
            "is not an id: lower-case letters",
        ),
    ],
)
def test_a_fault_says_what_may_have_been_meant(was: str, is_: str, path: str, text: str) -> None:
    asked = (
        'format = "answerable-policy/1"\nid = "a"\nversion = "1"\ntitle = "A"\n'
        'jurisdictions = ["*"]\n[select.adverse]\nevent = "finding-made"\n'
        '[[rule]]\nid = "heard"\nkind = "declare"\ntemplate = "precedence"\nseverity = "error"\n'
        'then = "adverse"\nfirst = "subject-heard"\ntext = "A"\nsource = "b"\n'
    )
    read_document(asked.encode())
    assert was in asked
    found = dict(faults(asked.replace(was, is_, 1)))
    assert text in found[path], found
    assert "^" not in found[path], "no pattern is shown"


def test_what_may_have_several_forms_is_one_fault() -> None:
    told = ONE_RULE.replace('then = "finding-made"', "then = 5")
    assert told != ONE_RULE
    (fault,) = faults(told)
    text = "5 must be a text, in quotation marks, or a table, or a list, in brackets"
    assert fault == ("rule.0.declare.then", text)
    within = ONE_RULE.replace('then = "finding-made"', 'then = { evnt = "finding-made" }')
    paths = {path for path, _ in faults(within)}
    assert paths == {"rule.0.declare.then.evnt", "rule.0.declare.then.event"}


REVIEWED = """[[rule]]
id = "reviewed"
kind = "declare"
template = "response"
when = "report-received"
then = "report-acknowledged"
link = "report"
within = { days = 7 }
unless = { during = "legal-hold-set", ends = "legal-hold-lifted" }
text = "Reviewed."
source = "a test"

[[rule]]
id = "kept"
kind = "not-during"
forbidden = "contact-made"
interval = { from = "counterparty-barred.from", ended_by = "bar-lifted" }
text = "Kept."
source = "a test"
"""


@pytest.mark.parametrize(
    ("was", "is_", "path", "text"),
    [
        ('when = "report-received"', "when = []", "rule.0.declare.when", "has 0, and needs 1"),
        (
            'when = "report-received"',
            'when = { event = "report-received", where = { channel = [] } }',
            "rule.0.declare.when.where.channel",
            "has 0, and needs 1",
        ),
        ('"contact-made"', "[]", "rule.1.not-during.forbidden", "has 0, and needs 1"),
        ('"legal-hold-lifted"', '"bar-lifted"', "rule.0.unless.ends",
         "bar-lifted does not act upon a legal-hold-set, as legal-hold-lifted does"),
        (', ends = "legal-hold-lifted"', "", "rule.0.unless", "a hold ends: tell `ends`"),
        ('"bar-lifted"', '"contact-made"', "rule.1.interval.ended_by",
         "contact-made does not act upon a counterparty-barred, as "),
        ('barred.from"', 'barred.scope"', "rule.1.interval", "scope of counterparty-barred holds"),
        ('link = "report"', 'link = "channel"', "rule.0.link",
         "channel of report-received names no event"),
        ('link = "report"', 'via = "channel"', "rule.0.via", "channel of report-received names no"),
        ("within = { days = 7 }", 'due = { field = "channel" }', "rule.0.due.field",
         "channel of report-received holds no date"),
    ],
)  # fmt: skip
def test_what_could_never_be_is_a_fault_and_not_a_rule_about_nothing(
    was: str, is_: str, path: str, text: str
) -> None:
    document = ONE_RULE[: ONE_RULE.index("[[rule]]")] + REVIEWED
    read_document(document.encode())
    (fault,) = faults(document.replace(was, is_))
    assert fault[0] == path
    assert fault[1].startswith(text)


def test_every_pattern_of_a_document_is_said_in_words() -> None:
    def patterns(schema: object) -> set[str]:
        if isinstance(schema, list):
            return {each for part in schema for each in patterns(part)}
        if not isinstance(schema, dict):
            return set()
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns, schema.values()))

    found = patterns(Policy.model_json_schema())
    assert found
    assert found <= PATTERNS.keys()
