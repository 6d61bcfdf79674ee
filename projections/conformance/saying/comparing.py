"""Compare what two policies find in a case: which verdicts differ, and which sanctions are moved.

A rule of one is that rule of the other which has its id, whatever policies they are in: a house
that makes a policy its own gives it another id, and keeps those of the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from answerable.domain.policy.reading import Document
from answerable.projections.conformance.in_force.versions import Version, Versions
from answerable.projections.conformance.judgement import Judged, Outcome
from answerable.projections.conformance.preparing import asked_by
from answerable.projections.conformance.worlds import Judgement

GUIDELINE = "guideline"

NOTHING: Judgement = "not-applicable"


class Replaced(NamedTuple):
    """Tell what a policy would stand in for.

    Attributes:
        policy: the id of the policy that it replaces; None: it would be one more.
        versions: the versions of that.
    """

    policy: str | None
    versions: Versions


class Switch(NamedTuple):
    """A rule whose verdict on a case differs.

    Attributes:
        rule: its id.
        was: what it comes to now; None: no such rule judges.
        now: what it would come to; None: no such rule would judge.
        leaves: the measures that a guideline allows now, or may, and would not allow.
        enters: the measures that it does not allow now, and would, or might.
    """

    rule: str
    was: Outcome | None
    now: Outcome | None
    leaves: tuple[Judged, ...] = ()
    enters: tuple[Judged, ...] = ()

    @property
    def text(self) -> str:
        """Return the rule in words, as it would be."""
        told = self.now or self.was
        return "" if told is None else told.head.text

    @property
    def course(self) -> tuple[Judgement, Judgement]:
        """Return what it comes to now, and what it would come to: no rule judges nothing."""
        return _verdict(self.was), _verdict(self.now)


def replaced_by(versions: Versions, document: Document) -> Replaced:
    """Find what a policy would stand in for, of those in force.

    That is the policy of its id; else the one that has most of its rules, and more than half of
    them; else none.
    """
    policy = document.policy
    by_policy = versions.by_policy()
    if policy.id in by_policy:
        return Replaced(policy.id, Versions(tuple(by_policy[policy.id])))
    own = {rule.id for rule in policy.rule}
    shared = {
        name: len(own & {rule.id for each in found for rule in each.document.policy.rule})
        for name, found in by_policy.items()
    }
    best = max(shared, key=lambda name: shared[name], default=None)
    if best is None or 2 * shared[best] <= len(own):
        return Replaced(None, Versions(()))
    return Replaced(best, Versions(tuple(by_policy[best])))


def instead_of(versions: Versions, policy: str) -> Replaced | None:
    """Find a policy in force by its id; None: there is none."""
    found: list[Version] | None = versions.by_policy().get(policy)
    return None if found is None else Replaced(policy, Versions(tuple(found)))


def differing(old: Versions, new: Versions) -> tuple[Versions, Versions]:
    """Leave the rules out that two sets of policies judge alike: on these no verdict differs.

    Those are the rules of one id that ask the same, in policies for the same jurisdictions, where
    both hold at all times. Where a house adopted the old one, what happened before is judged by the
    new one alone, so that verdicts may differ all the same.
    """
    if len(old.readable) != 1 or len(new.readable) != 1:
        return old, new
    (one,), (other,) = old.readable, new.readable
    was, now = one.document.policy, other.document.policy
    if one.adopted or other.adopted or {*was.jurisdictions} != {*now.jurisdictions}:
        return old, new
    before = {rule.id: asked_by(rule, was) for rule in was.rule}
    alike = {rule.id for rule in now.rule if before.get(rule.id) == asked_by(rule, now)}
    was_left, now_left = (
        Versions((each._replace(document=_without(each.document, alike)),)) for each in (one, other)
    )
    return was_left, now_left


def _without(document: Document, rules: Collection[str]) -> Document:
    """Return a document that lacks some rules."""
    kept = tuple(rule for rule in document.policy.rule if rule.id not in rules)
    return document._replace(policy=document.policy.model_copy(update={"rule": kept}))


def switches(old: Sequence[Outcome], new: Sequence[Outcome]) -> tuple[Switch, ...]:
    """List the rules whose verdicts on a case differ, or that find other measures at fault.

    Args:
        old: what is found now.
        new: what would be found.
    """
    return tuple(_switches(old, new))


def _switches(old: Sequence[Outcome], new: Sequence[Outcome]) -> Iterator[Switch]:
    before = {each.head.rule: each for each in old}
    after = {each.head.rule for each in new}
    for now in new:
        was = before.get(now.head.rule)
        leaves, enters = _moved(was, now)
        if now.verdict != _verdict(was) or leaves or enters:
            yield Switch(now.head.rule, was, now, leaves, enters)
    for was in old:
        if was.head.rule not in after and was.verdict != NOTHING:
            yield Switch(was.head.rule, was, None)


def _verdict(outcome: Outcome | None) -> Judgement:
    return NOTHING if outcome is None else outcome.verdict


def _moved(was: Outcome | None, now: Outcome) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Find which measures a guideline would cease to allow, and which it would begin to allow."""
    if now.head.kind != GUIDELINE:
        return (), ()
    barred_before = {} if was is None else _failing(was.judged)
    barred_after = _failing(now.judged)
    judged_after = {_act(each) for each in now.judged}
    leaves = (each for act, each in barred_after.items() if act not in barred_before)
    enters = (
        each
        for act, each in barred_before.items()
        if act not in barred_after and act in judged_after
    )
    return tuple(leaves), tuple(enters)


def _failing(judged: Iterable[Judged]) -> dict[str, Judged]:
    return {_act(each): each for each in judged if each.judgement == "fail"}


def _act(judged: Judged) -> str:
    return judged.events[0] if judged.events else ""
