"""The DECLARE part of a policy as pm4py's model, and the other way round."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.kinds import FAMILY
from answerable.domain.policy.document import Policy
from answerable.domain.policy.reading import read_document
from answerable.domain.policy.rules import ALONE, PAST, Declare, Template
from answerable.domain.policy.shipped import profiles
from answerable.projections.interchange.declare_model import EITHER, declare_model
from answerable.projections.interchange.declare_names import NAMES, OTHERWISE, OURS
from answerable.projections.interchange.declare_rules import (
    TEXTS,
    InvalidModel,
    document_of,
    rules_from,
    toml_of,
)

HEAD = """
format = "answerable-policy/1"
id = "made"
version = "1"
title = "Made"
jurisdictions = ["*"]
[select.grave]
event = "finding-made"
where = { severity = "gross" }
"""


def policy(*rules: dict[str, Any]) -> Policy:
    told = [
        {"id": f"r-{place}", "kind": "declare", "text": "A text.", "source": "a source", **rule}
        for place, rule in enumerate(rules)
    ]
    return Policy.model_validate(
        {
            "format": "answerable-policy/1",
            "id": "made",
            "version": "1",
            "title": "Made",
            "jurisdictions": ["*"],
            "select": {"grave": {"event": "finding-made", "where": {"severity": "gross"}}},
            "rule": told,
        }
    )


def as_pm4py(document: Any) -> Any:
    """The model as pm4py takes it: what the module tells readers to do."""
    return {
        name: {tuple(key) if isinstance(key, list) else key: value for key, value in constraints}
        for name, constraints in document["model"].items()
    }


def test_activities_stand_in_pm4pys_order() -> None:
    made = declare_model(
        policy(
            {"template": "response", "when": "report-received", "then": "feedback-given"},
            {"template": "precedence", "then": "finding-made", "first": "subject-heard"},
            {"template": "exactly", "when": "case-opened"},
        )
    )
    document = json.loads(json.dumps(made.document))
    one = {"support": 1, "confidence": 1}
    assert as_pm4py(document) == {
        "response": {("report-received", "feedback-given"): one},
        "precedence": {("subject-heard", "finding-made"): one},
        "exactly_one": {"case-opened": one},
    }
    assert document["policy"] == "made@1"
    assert (document["left_out"], document["warnings"]) == ([], [])


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ({"same": ["subject"]}, "same subject: "),
        ({"link": "report"}, "link report: "),
        ({"via": "basis"}, "via basis: "),
        ({"within": {"days": 7}}, "within: "),
        ({"due": {"field": "due"}}, "due due: "),
        ({"until": "case-closed"}, "until: "),
        ({"unless": {"during": "legal-hold-set", "ends": "legal-hold-lifted"}}, "unless legal"),
        ({"then": ["feedback-given", "case-closed"]}, "then: any of feedback-given, case-closed"),
        ({"when": "grave"}, "when: an activity has no fields, and it asks for severity"),
        ({"template": "choice"}, "template choice: "),
        ({"template": "existence", "then": None, "count": 2}, "count 2: "),
    ],
)
def test_what_pm4py_cannot_say_is_named_and_left_out_or_loosely_said_without(
    rule: dict[str, Any], part: str
) -> None:
    told = {"template": "response", "when": "report-received", "then": "feedback-given", **rule}
    made = policy({name: value for name, value in told.items() if value is not None})
    strict, loose = declare_model(made), declare_model(made, loosely=True)
    assert strict.model == {}
    (left_out,) = strict.left_out
    assert [each for each in left_out.parts if each.startswith(part)] == [*left_out.parts]
    assert not left_out.said
    assert loose.left_out[0].said == (told["template"] != "choice") == bool(loose.model)


def test_of_several_kinds_each_has_its_constraint_where_that_says_the_same() -> None:
    several = ["sanction-executed", "sanction-lifted"]
    made = declare_model(
        policy({"template": "response", "when": several, "then": "lesson-recorded"})
    )
    assert [key for key, _ in made.model["response"]] == [
        (each, "lesson-recorded") for each in several
    ]


def test_what_means_something_else_to_pm4py_is_warned_of_both_ways() -> None:
    made = declare_model(
        policy({"template": "not-succession", "when": "case-closed", "then": "finding-made"})
    )
    assert [each.partition(":")[0] for each in made.warnings] == ["nonsuccession"]
    assert rules_from(made.document).warnings == made.warnings


def test_every_rule_of_a_profile_is_in_the_model_or_named() -> None:
    for document in profiles():
        for loosely in (False, True):
            made = declare_model(document.policy, loosely=loosely)
            named = {each.rule for each in made.left_out}
            said = {
                rule.id
                for rule in document.policy.rule
                if isinstance(rule, Declare) and rule.id not in named
            }
            assert named | said == {rule.id for rule in document.policy.rule}
            assert bool(made.model) or not said
            json.dumps(made.document)


def test_the_names_of_templates() -> None:
    templates = set(get_args(Template))
    assert templates - set(NAMES) == {"end", "choice", "exclusive-choice"}
    assert set(TEXTS) == set(NAMES)
    assert len(OURS) == len(NAMES)
    assert set(OTHERWISE) <= set(OURS)
    assert set(EITHER) <= set(NAMES)


@st.composite
def sayable(draw: st.DrawFn) -> dict[str, Any]:
    """A rule that pm4py can say wholly."""
    template = draw(st.sampled_from(sorted(NAMES)))
    kinds = st.sampled_from(sorted(FAMILY))
    two = ("first", "then") if template in PAST else ("when", "then")
    names = ("when",) if template in ALONE else two
    return {"template": template, **{name: draw(kinds) for name in names}}


@given(st.lists(sayable(), min_size=1, max_size=8), st.sampled_from(("pairs", "keys")))
def test_what_is_said_wholly_comes_back(rules: list[dict[str, Any]], form: str) -> None:
    document = declare_model(policy(*rules)).document
    told = document if form == "pairs" else {
        name: {str(tuple(key)) if isinstance(key, list) else key: value for key, value in pairs}
        for name, pairs in document["model"].items()
    }  # fmt: skip
    read = rules_from(json.loads(json.dumps(told))).rules
    fields = ("template", "when", "first", "then")

    def essence(rule: Any) -> tuple[Any, ...]:
        return tuple(getattr(rule, name) for name in fields)

    assert {*map(essence, read)} == {*map(essence, policy(*rules).rule)}
    again = read_document((HEAD + toml_of(read)).encode()).policy
    assert again.rule == read


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"responce": []}, "'responce' is no template of pm4py. Did you mean response"),
        ({"alternate-response": []}, "Did you mean altresponse?"),
        ({"model": {"end": [["case-closed", {}]]}}, "'end' is no template of pm4py."),
        ({"response": [[["report-received"], {}]]}, "response takes two activities."),
        ({"absence": [[["case-closed", "x"], {}]]}, "absence takes one activity."),
        ({"absence": [["case-clsed", {}]]}, "is no kind of event. Did you mean case-closed"),
        ({"absence": [["Pay fine", {}]]}, "'Pay fine' is no kind of event."),
        ({"absence": ["case-closed"]}, "a constraint is a pair"),
        ({"absence": 7}, "its constraints are a list of pairs, or a dictionary."),
        ({"response": {"('report-received', 7)": {}}}, "response takes two activities."),
        ({"response": {"(" * 200: {}}}, "response takes two activities."),
        ({"response": []}, "this model has no constraints"),
        ({}, "this is no model of pm4py."),
        ([], "this is no model of pm4py."),
    ],
)
def test_what_is_refused(told: Any, said: str) -> None:
    with pytest.raises(InvalidModel) as refused:
        rules_from(told)
    error = refused.value
    assert said in f"{error} {error.hint}"


def test_a_rule_says_what_it_asks_and_where_it_comes_from() -> None:
    key = ["investigation-opened", "subject-heard"]
    (rule,) = rules_from({"response": [[key, {"support": 12, "confidence": 0.91666}]]}).rules
    assert rule.id == "response-investigation-opened-subject-heard"
    assert rule.text == "Every “investigation opened” is followed by a “subject heard”."
    assert rule.source == "a model of pm4py, with confidence 0.9167"


def test_a_long_id_is_cut_and_stays_apart() -> None:
    one, other = (
        rules_from({"nonchainsuccession": [[[kind, "verification-completed"], {}]]}).rules[0].id
        for kind in ("investigation-concluded", "investigation-opened")
    )
    assert len(one) <= 64
    assert one != other


@given(st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
def test_a_model_makes_a_document_that_reads_as_a_policy(title: str) -> None:
    key = ["case-closed", "finding-made"]
    read = rules_from({"nonsuccession": [[key, {}]], "init": [["case-opened", {}]]})
    text = document_of(read, "found", title)
    made = read_document(text).policy
    assert (made.id, made.title, made.rule) == ("found", title, read.rules)
    assert text.count(b"# nonsuccession: pm4py negates") == 1
