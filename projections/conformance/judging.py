"""Judge a case by policies: every rule by the version in force when each thing happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import Span
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import House, Situation
from answerable.projections.conformance.in_force.jurisdiction import applies
from answerable.projections.conformance.in_force.versions import (
    Version,
    Versions,
    covered,
    versions_of,
)
from answerable.projections.conformance.judgement import (
    Judged,
    Outcome,
    RuleHead,
    Verdict,
    added_up,
)
from answerable.projections.conformance.rules.kinds import prepare
from answerable.projections.conformance.rules.naming import date_of
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import NONE, judgement_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
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
    """Judge the cases of a record, by the rules of policies, made ready, and by its registers.

    Attributes:
        versions: the versions of the policies.
    """

    def __init__(
        self,
        record: RecordView,
        versions: Versions | None = None,
        *,
        every: bool = False,
        now: bool = False,
    ) -> None:
        """Make ready to judge the cases of a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            versions: the versions to judge by; None: those in force on the record.
            every: whether every case will be judged: what is asked of each is then read once.
            now: whether no moment was asked about: the record is looked at as of now, so that
                deadlines are judged, and findings are compared as of no moment.
        """
        self.versions = versions_of(record) if versions is None else versions
        self._house = House(record, every=every, now=now)
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
    for_it = [applies(each.version.document.policy, view) for each in same]
    if "yes" not in for_it:
        where = "elsewhere" if "elsewhere" in for_it else "not told"
        return Outcome(latest.head, "not-applicable", (), ELSEWHERE[where])
    asking = [
        (ruled, Situation(view, ruled.version.document.policy, house))
        for ruled, answer in zip(same, for_it, strict=True)
        if answer == "yes"
        if ruled.prepared.kinds is None or not ruled.prepared.kinds.isdisjoint(view.kinds)
    ]
    judged: Iterable[Judged]
    if not latest.version.adopted:
        judged = (each for ruled, on in asking for each in ruled.prepared.judge(on))
    else:
        judged = _united([each for ruled, on in asking for each in _in_force(on, ruled)])
    return added_up(latest.head, judged, latest.prepared.nothing)


class _Held(NamedTuple):
    """Tell what a version of a rule says of an activation for which it held, or may have.

    Attributes:
        which: the activation: its event, and which of those that are judged of it.
        fact: the event; None: it is about the case as a whole.
    """

    on: Situation
    which: tuple[str, int]
    judged: Judged
    version: Version
    fact: Fact | None

    @property
    def when(self) -> Span | None:
        """Return when it happened."""
        return None if self.fact is None else bounded(self.on.view, self.fact)


def _in_force(on: Situation, ruled: Ruled) -> Iterator[_Held]:
    """Judge what happened while a version of a rule was in force, or may have been."""
    number: Counter[str] = Counter()
    for each in ruled.prepared.judge(on):
        event = each.events[0] if each.events else ""
        number[event] += 1
        judged = each._replace(version=on.policy.version)
        fact = on.view.facts.get(event)
        held = _Held(on, (event, number[event]), judged, ruled.version, fact)
        if ruled.version.in_force(held.when) != "no":
            yield held


def _united(held: Sequence[_Held]) -> Iterator[Judged]:
    """Unite what several versions say of one activation, where its date leaves open which held."""
    found: dict[tuple[str, int], list[_Held]] = {}
    for each in held:
        found.setdefault(each.which, []).append(each)
    for same in found.values():
        told = max((each.judged for each in same), key=lambda each: len(each.missing))
        values = frozenset().union(*(each.judged.values for each in same))
        if not covered([each.version for each in same], same[0].when):
            values |= NONE
        if len(same) > 1:
            told = told._replace(version=" or ".join(each.judged.version for each in same))
        if values != told.values and judgement_of(values) == "indeterminate":
            told = _by_version(told, same[0], alone=len(same) == 1)
        yield told._replace(values=values)


def _by_version(told: Judged, held: _Held, *, alone: bool) -> Judged:
    """Name the date that tells which version held, or whether the only one did, as missing."""
    if held.fact is None:
        return told
    date = date_of(held.on, held.fact)
    missing = tuple(dict.fromkeys((date, *told.missing)))
    settles = date if len(missing) == 1 else None
    said = "Which version of the policy held is not told, and they differ"
    if alone:
        said = "Whether it was before the policy came into force is not told"
    return told._replace(said=said, missing=missing, settles=settles, late=None)


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
