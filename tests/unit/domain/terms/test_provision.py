"""A provision that is cited by its parts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from tests.support.history_strategies import provisions

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.parsing import parse, parse_line
from answerable.domain.terms.provision import Provision
from answerable.domain.terms.several import cited, one_or_several
from answerable.projections.conformance.rules.registers.provisions import provisions as read
from answerable.projections.wording.sentence import sentence

FINDING = {
    "kind": "finding-made",
    "case_id": "acme",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
}
CONDUCT = {"policy": "conduct", "version": "2", "number": "4.2"}


def clause(told: Any) -> Any:
    event: Event = parse({**FINDING, "clause": told})
    assert parse_line(json.dumps({**FINDING, "clause": told})) == event
    return json.loads(event.model_dump_json(exclude_defaults=True))["clause"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("code 4.2", "code 4.2"),
        (CONDUCT, CONDUCT),
        ([CONDUCT], CONDUCT),
        ({**CONDUCT, "version": None}, {"policy": "conduct", "number": "4.2"}),
        ([CONDUCT, "gdpr art. 17(1)(a)"], [CONDUCT, "gdpr art. 17(1)(a)"]),
        ("conduct@2 4.2", CONDUCT),
        (["conduct@2 4.2", "gdpr art. 17(1)(a)"], [CONDUCT, "gdpr art. 17(1)(a)"]),
    ],
)
def test_a_clause_is_a_citation_an_object_or_several(told: Any, kept: Any) -> None:
    assert clause(told) == kept


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "the object tells no `policy`"),
        ({"policy": "conduct"}, "the object tells no `number`"),
        ({**CONDUCT, "number": 4.2}, "`number` must be a text"),
        ({**CONDUCT, "clause": "4"}, "'clause' is no part of a provision"),
        ({**CONDUCT, "policy": "Conduct"}, "must be a term"),
        ({**CONDUCT, "version": "2\n"}, "must be a version"),
        ({**CONDUCT, "number": "he lied to her about all of it that day"}, "must cite"),
        ([CONDUCT, dict(CONDUCT)], "must not say the same twice"),
        ([CONDUCT, "conduct@2 4.2"], "must not say the same twice"),
        ("Conduct@2 4.2", "must be a term"),
        ("conduct@2 he lied to her about all of it that day", "must cite"),
        ("jane@example.com", "must cite"),
        ([], "must not be an empty list"),
        ([[CONDUCT]], "must be a text, or an object"),
        (7, "must be a text, or an object"),
    ],
)
def test_what_is_no_provision_is_refused_with_an_example(told: Any, said: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        parse({**FINDING, "clause": told})
    assert caught.value.field == "clause"
    assert said in caught.value.message


def test_a_provision_is_said_as_one_cites_it() -> None:
    told = {**FINDING, "clause": [CONDUCT, "code 1"]}
    assert "under conduct@2 4.2; code 1" in sentence("finding-made", told)
    assert one_or_several([CONDUCT, "code 1"]) == ("conduct@2 4.2", "code 1")


@given(provisions)
def test_a_rule_reads_the_policy_and_says_it_as_every_answer_does(provision: Provision) -> None:
    told = provision.model_dump(exclude_none=True)
    (found,) = read(told, {"another"})
    assert found == (cited(told), provision.policy, provision.version)


@given(provisions)
def test_what_an_answer_says_of_a_provision_of_a_version_can_be_given_back(
    provision: Provision,
) -> None:
    told = provision.model_dump(exclude_none=True)
    kept = clause(cited(told))
    assert kept == (told if provision.version else cited(told))
