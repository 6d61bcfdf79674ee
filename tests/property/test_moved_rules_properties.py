"""Hold the shortcut of a replay's steps against judging every rule at every step, by any rules.

The profiles that come with this program use a few of the forms that a rule may have. Here rules
are drawn: any template of DECLARE over any kinds, with a link, a deadline or neither, and beside
them one of each other kind.
"""

from __future__ import annotations

from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_replay_steps import MOMENTS, in_days, same_at_each_step
from tests.property.test_sharing_properties import GIVEN
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.policies import HEAD

from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.domain.kinds import TARGETS
from answerable.domain.policy.reading import read_document
from answerable.domain.policy.rules import Template
from answerable.projections.conformance.in_force.versions import Version, Versions
from answerable.projections.replay.moving import moved, sight

KINDS = (
    *("allegation-made", "finding-made", "decision-taken", "sanction-imposed"),
    *("sanction-lifted", "sanction-suspended", "counterparty-barred", "bar-lifted"),
    *("appeal-lodged", "appeal-decided", "commitment-made", "agreement-made", "contact-made"),
    *("correction", "retraction", "dispute", "decision-withdrawn", "conflict-declared"),
)
"""The kinds that rules are drawn over: those that the cases here are mostly made of."""

FORMS = (("when", "then"), ("then", "first"), ("then",))
"""The roles that a template has, one of these."""


@st.composite
def rules(draw: st.DrawFn) -> list[str]:
    """Draw a rule by a template of DECLARE, in TOML, in the forms of which its template has one."""
    kinds = {role: draw(st.sampled_from(KINDS)) for role in ("when", "then", "first")}
    lines = [f'template = "{draw(st.sampled_from(get_args(Template)))}"']
    link = TARGETS.get(kinds["then"])
    if link is not None and draw(st.booleans()):
        lines.append(f'link = "{link}"')
    if draw(st.sampled_from((True, False, False))):
        lines.append(f"within = {{ days = {draw(st.integers(1, 3))} }}")
    head = ('kind = "declare"', 'text = "As it is."', 'source = "a test"', *lines)
    return ["\n".join((*head, *(f'{each} = "{kinds[each]}"' for each in form))) for form in FORMS]


def versions(drawn: list[list[str]]) -> Versions:
    """Return the policy of the rules that are ones, and one of a rule of each other kind."""
    taken = list[str]()
    for number, forms in enumerate(drawn):
        for each in forms:
            rule = f'\n[[rule]]\nid = "r-{number}"\n{each}\n'
            with suppress(AnswerableError):
                read_document((HEAD + rule).encode())
                taken.append(rule)
                break
    if not taken:
        return GIVEN
    return Versions((Version(read_document((HEAD + "".join(taken)).encode())), *GIVEN.readable))


POLICIES = st.lists(rules(), min_size=20, max_size=30).map(versions)


@settings(max_examples=examples(6), deadline=None)
@given(records(moves=9, imprecise=2), MOMENTS, POLICIES, st.booleans())
def test_a_step_judges_all_that_its_event_moves_by_any_rules(
    log: Memory, as_of: None, by: Versions, days: bool
) -> None:
    same_at_each_step(in_days(log) if days else log, by, as_of)


@settings(max_examples=examples(6), deadline=None)
@given(histories(cases=("c", "other"), max_events=14), POLICIES)
def test_so_it_does_whatever_the_case_is_made_of(events: list[Event], by: Versions) -> None:
    log = Memory()
    for event in events:
        with suppress(AnswerableError):
            log.record(event)
    same_at_each_step(log, by)


def by(template: str, **roles: str) -> Versions:
    """Return a policy of one rule, which its roles tell."""
    lines = "".join(f'{role} = "{kind}"\n' for role, kind in roles.items())
    rule = f'\n[[rule]]\nid = "r"\nkind = "declare"\ntemplate = "{template}"\n{lines}'
    return Versions(
        (Version(read_document(f'{HEAD}{rule}text = "As."\nsource = "a test"'.encode())),)
    )


def test_what_comes_directly_after_is_moved_by_any_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge anew what a rule does not name, where what stands between two events counts."""
    log = Memory()
    log.add(kind="decision-taken", outcome="sanction", occurred="2026-01-05")
    log.add(kind="contact-made", counterparty="p-9", occurred="2026-01-06")
    log.add(kind="contact-made", counterparty="p-9", occurred="2026-01-07")
    rule = by("chain-response", when="decision-taken", then="sanction-imposed")
    same_at_each_step(log, rule)
    monkeypatch.setattr(sight, "_kinds", lambda rule, policy, asking: asking)
    with pytest.raises(AssertionError):
        same_at_each_step(log, rule)


def test_a_correction_moves_rules_on_what_it_corrects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge anew where a fact that a rule sees is retracted, disputed, or read otherwise."""
    log = Memory()
    heard = log.add(kind="subject-heard", subject="p-1", occurred="2026-01-04")
    log.add(kind="finding-made", subject="p-1", outcome="substantiated",
            responsibility="direct", occurred="2026-01-05")  # fmt: skip
    log.add(kind="retraction", target=heard, reason="a mistake")
    rule = by("precedence", then="finding-made", first="subject-heard")
    same_at_each_step(log, rule)
    monkeypatch.setattr(moved, "SETTLING", frozenset())
    monkeypatch.setattr(moved, "BROAD", frozenset())
    monkeypatch.setattr(moved, "facts_affected_by", lambda case, event: ())
    monkeypatch.setattr(moved, "_bounds_nothing", lambda view, fact: True)
    with pytest.raises(AssertionError):
        same_at_each_step(log, rule)
