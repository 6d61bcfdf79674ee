"""Test what a rule asks, in words: of every kind, and of every template."""

from __future__ import annotations

from typing import get_args

import pytest

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import ALONE, PAST, Rule, Template
from answerable.domain.policy.shipped import profiles
from answerable.projections.conformance.saying.rule_words import KINDS, TEMPLATES, rule_words

HEAD = {
    "format": "answerable-policy/1",
    "id": "a",
    "version": "1",
    "title": "A",
    "jurisdictions": ["*"],
}
RULE = {"id": "r", "text": "A rule.", "source": "a test"}


def said(**rule: object) -> list[str]:
    policy = Policy.model_validate({**HEAD, "rule": [{**RULE, **rule}]})
    return list(rule_words(policy, policy.rule[0]))


def test_every_kind_of_rule_and_every_template_has_its_words() -> None:
    (union, _) = get_args(Rule)
    assert {get_args(each.model_fields["kind"].annotation)[0] for each in get_args(union)} == {
        *KINDS
    }
    assert {*TEMPLATES} == {*get_args(Template)}


@pytest.mark.parametrize("template", get_args(Template))
def test_a_template_names_both_sides(template: Template) -> None:
    sides = {"first": "subject-heard", "then": "finding-made"}
    if template in ALONE:
        sides = {"when": "finding-made"}
    elif template not in PAST:
        sides = {"when": "subject-heard", "then": "finding-made"}
    (first, *_) = said(kind="declare", template=template, **sides)
    assert "finding" in first
    assert ("hearing" in first) == (template not in ALONE)
    assert "{" not in first


def test_every_rule_that_is_shipped_is_said_in_whole_sentences() -> None:
    for document in profiles():
        for rule in document.policy.rule:
            for each in rule_words(document.policy, rule):
                assert each[0].isupper(), each
                assert each.endswith(".")
                assert "_" not in each, each


def test_terms_say_by_when() -> None:
    told = said(
        kind="declare",
        template="response",
        when="report-received",
        then="feedback-given",
        link="report",
        within={"months": 3, "from": {"event": "report-acknowledged", "else_days": 7}},
        unless={"during": "legal-hold-set", "ends": "legal-hold-lifted"},
        near={"days": 1},
    )
    assert told == [
        "Each report is followed by feedback.",
        "One names the other as its report.",
        "Within 3 months from an acknowledgement; without one, from the end of 7 days.",
        "The time stands still from a legal hold until a lifting of a legal hold.",
        "What is done on the last day is worth a look.",
    ]


def test_a_chain_a_bar_and_a_band_are_said() -> None:
    chain = said(
        kind="chain",
        steps=["sanction-imposed", {"event": "finding-made", "same": ["subject"]}],
    )
    assert chain[0] == "Each sanction rests on a finding (the same subject)."
    bar = said(
        kind="not-during",
        forbidden="contact-made",
        interval={"from": "counterparty-barred.from", "ended_by": "bar-lifted"},
    )
    assert bar == ["No contact from the beginning of a bar until a lifting of a bar."]
    band = said(
        kind="comparators",
        key=["grade"],
        band={"quantiles": ["0.1", "0.9"], "least": 5},
        reason="sanction-imposed.reason",
    )
    assert "from 10% to 90%; alike by grade" in band[0]
