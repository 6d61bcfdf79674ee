"""Judge a case by policies: every rule by the version in force when each thing happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import House, Situation
from answerable.projections.conformance.in_force.jurisdiction import applies
from answerable.projections.conformance.in_force.versions import Version, Versions, versions_of
from answerable.projections.conformance.judgement import (
    Judged,
    Outcome,
    RuleHead,
    Verdict,
    added_up,
)
from answerable.projections.conformance.rules.kinds import prepare
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import NONE
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView

ELSEWHERE = {
    "not told": "no jurisdiction is on record",
    "elsewhere": "the case is in another jurisdiction",
}


class Ruled(NamedTuple):
    """A rule of a version of a policy, made ready."""

    version: Version
    rule: Rule
    prepared: Prepared
    head: RuleHead


class Judges:
    """What judges the cases of a record: the rules of policies, made ready, and the registers.

    Attributes:
        versions: the versions of the policies.
    """

    def __init__(
        self, record: RecordView, versions: Versions | None = None, *, every: bool = False
    ) -> None:
        """Make ready to judge the cases of a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            versions: the versions to judge by; None: those in force on the record.
            every: whether every case will be judged: what is asked of each is then read once.
        """
        self.versions = versions_of(record) if versions is None else versions
        self._house = House(record, every=every)
        rules: dict[tuple[str, str], list[Ruled]] = {}
        for version in self.versions.readable:
            for ruled in prepared_rules(version):
                rules.setdefault((ruled.head.policy, ruled.rule.id), []).append(ruled)
        self._rules = tuple(rules.values())

    @property
    def rules(self) -> tuple[RuleHead, ...]:
        """List the rules in their order, each as the latest version of its policy has it."""
        return tuple(same[-1].head for same in self._rules)

    def judge(self, view: CaseView) -> tuple[Verdict, ...]:
        """Judge a case by each rule of each policy, in their order."""
        return tuple(each.in_words() for each in self.outcomes(view))

    def outcomes(self, view: CaseView) -> tuple[Outcome, ...]:
        """Judge a case as `judge` does, without putting the verdicts into words."""
        return tuple(_by_rule(view, same, self._house) for same in self._rules)


def _by_rule(view: CaseView, same: Sequence[Ruled], house: House) -> Outcome:
    """Judge a case by one rule, as each version of its policy has it."""
    latest = same[-1]
    for_it = {applies(each.version.document.policy, view) for each in same}
    if "yes" not in for_it:
        where = "elsewhere" if "elsewhere" in for_it else "not told"
        return Outcome(latest.head, "not-applicable", (), ELSEWHERE[where])
    judged = [
        each
        for ruled in same
        if ruled.prepared.kinds is None or not ruled.prepared.kinds.isdisjoint(view.kinds)
        if applies(ruled.version.document.policy, view) == "yes"
        for each in _in_force(view, ruled, house)
    ]
    united = _united(judged) if len(same) > 1 else judged
    return added_up(latest.head, united, latest.prepared.nothing)


def _in_force(view: CaseView, ruled: Ruled, house: House) -> Iterator[Judged]:
    """Judge what happened while a version of a rule was in force, or may have been."""
    policy = ruled.version.document.policy
    judged = ruled.prepared.judge(Situation(view, policy, house))
    if not ruled.version.adopted:
        yield from judged
        return
    for each in judged:
        answer = _version_in_force(view, ruled.version, each)
        if answer != "no":
            values = each.values if answer == "yes" else each.values | NONE
            yield each._replace(values=values, version=policy.version)


def _version_in_force(view: CaseView, version: Version, judged: Judged) -> When:
    fact = view.facts.get(judged.events[0]) if judged.events else None
    return version.in_force(None if fact is None else bounded(view, fact))


def _united(judged: Sequence[Judged]) -> list[Judged]:
    """Unite what several versions say of one activation, where its date leaves open which held.

    One of them held, so that it was none is left out where each of them says something else.
    """
    found: dict[tuple[str, str], list[Judged]] = {}
    for each in judged:
        key = (each.events[0] if each.events else "", str(each.item))
        found.setdefault(key, []).append(each)
    united: list[Judged] = []
    for same in found.values():
        if len(same) == 1:
            united.extend(same)
            continue
        values = frozenset().union(*(each.values for each in same))
        told = max(same, key=lambda each: len(each.missing))
        united.append(
            told._replace(
                values=values - NONE or values,
                version=" or ".join(dict.fromkeys(each.version for each in same)),
            )
        )
    return united


def prepared_rules(version: Version) -> Iterator[Ruled]:
    """Make the rules of a version of a policy ready to judge cases."""
    policy = version.document.policy
    for rule in policy.rule:
        head = RuleHead(
            policy.id,
            policy.version,
            version.adopted,
            rule.id,
            rule.kind,
            rule.text,
            rule.source,
            rule.severity,
        )
        yield Ruled(version, rule, prepare(rule, policy), head)
