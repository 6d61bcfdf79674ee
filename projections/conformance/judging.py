"""Judge a case by policies: every rule by the version in force when each thing happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple, Self

from answerable.domain.language.saying import say, to_say
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.errors import RuleTooWide
from answerable.projections.conformance.handfuls import handfuls
from answerable.projections.conformance.house import OPENED, House, Situation
from answerable.projections.conformance.in_force.jurisdiction import (
    ANY,
    Applies,
    applies,
    jurisdictions,
)
from answerable.projections.conformance.in_force.versions import Version, Versions, versions_of
from answerable.projections.conformance.judgement import (
    Judged,
    Outcome,
    RuleHead,
    Verdict,
    added_up,
)
from answerable.projections.conformance.likeness.known import Met
from answerable.projections.conformance.likeness.shared import Anew, Shared
from answerable.projections.conformance.likeness.sharing import Sharing, Watched
from answerable.projections.conformance.preparing import Preparing
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.templates import errors as templates
from answerable.projections.conformance.uniting import Held, united
from answerable.projections.conformance.windows import errors as windows
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView

ELSEWHERE = {
    "not told": to_say("no jurisdiction is on record"),
    "elsewhere": to_say("the case is in another jurisdiction"),
}


MOST_SORTS = 1_024
"""The most sorts of cases, by the kinds of their events, of which is kept what rules ask."""


class Ruled(NamedTuple):
    """A rule of a version of a policy, made ready.

    Attributes:
        at: which of the versions that judge it is, from 0.
    """

    version: Version
    at: int
    rule: Rule
    prepared: Prepared
    head: RuleHead


class _Asking(NamedTuple):
    """A rule that may find something to judge in a case, by the kinds of its events.

    Attributes:
        latest: it, as the latest version of its policy has it.
        versions: it, as each version has it that is for the case.
    """

    latest: Ruled
    versions: tuple[Ruled, ...]


class Judges:
    """Judge the cases of a record, by the rules of policies, made ready, and by its registers.

    Attributes:
        versions: the versions of the policies.
        house: what tells of the record beside a case.
    """

    def __init__(
        self,
        record: RecordView,
        versions: Versions | None = None,
        *,
        every: bool = False,
        now: bool = False,
        house: House | None = None,
        preparing: Preparing | None = None,
    ) -> None:
        """Make ready to judge the cases of a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            versions: the versions to judge by; None: those in force on the record.
            every: whether every case will be judged: what is asked of each is then read once.
            now: whether no moment was asked about: the record is looked at as of now, so that
                deadlines are judged, and findings are compared as of no moment.
            house: what tells of the record beside a case, where other judges ask it, too.
            preparing: makes rules ready, where other judges of the same house share them.
        """
        self.versions = versions_of(record) if versions is None else versions
        self.house = House(record, every=every, now=now) if house is None else house
        self._preparing = preparing = Preparing() if preparing is None else preparing
        rules: dict[tuple[str, str], list[Ruled]] = {}
        for at, version in enumerate(self.versions.readable):
            for ruled in prepared_rules(version, at, preparing):
                rules.setdefault((ruled.head.policy, ruled.rule.id), []).append(ruled)
        self._rules = tuple(rules.values())
        self._policies = [each.document.policy for each in self.versions.readable]
        self._anywhere = all(ANY in each.jurisdictions for each in self._policies)
        self._asking = lru_cache(maxsize=MOST_SORTS)(self._of_sort)
        self._apart = lru_cache(maxsize=MOST_SORTS)(self._not_for)

    @cached_property
    def _sharing(self) -> Sharing[Outcome | _Asking]:
        """Return what keeps what rules find, by the patterns of cases; it is of use for many."""
        return Sharing(self.versions.readable, len(self._rules), self._asks, self._bounded_by)

    @property
    def rules(self) -> tuple[RuleHead, ...]:
        """List the rules in their order, each as the latest version of its policy has it."""
        return tuple(same[-1].head for same in self._rules)

    def not_for(self, view: CaseView) -> Mapping[str, str]:
        """Find the policies that are not for a case, each with why."""
        return self._apart(jurisdictions(view))

    def judge_by(self, versions: Versions) -> bool:
        """Tell whether these are the versions that they judge by."""
        known = self.versions.readable
        return len(known) == len(versions.readable) and all(
            one.document is other.document and one[1:] == other[1:]
            for one, other in zip(known, versions.readable, strict=True)
        )

    def of(self, house: House) -> Self:
        """Return judges by the same versions of the record as it was known by another moment."""
        other = copy(self)
        other.house = house
        vars(other).pop("_sharing", None)  # What rules found holds as that house told it.
        return other

    def judge(self, view: CaseView) -> tuple[Verdict, ...]:
        """Judge a case by each rule of each policy, in their order."""
        return tuple(each.in_words() for each in self.outcomes(view))

    def outcomes(self, view: CaseView) -> tuple[Outcome, ...]:
        """Judge a case as `judge` does, without putting the verdicts into words."""
        return self._of_some((view,), (None,))[0]

    def outcomes_of_each(
        self, views: Iterable[CaseView]
    ) -> Iterator[tuple[CaseView, tuple[Outcome, ...]]]:
        """Judge many cases as `outcomes` does each, in their order; a handful are in memory.

        Each rule judges a handful of cases in a row. So its code, and what it compares with, stay
        near at hand, which saves an eighth of the time or so (docs/performance.md). Of cases that
        are of one pattern, one is judged by what turns on nothing else.

        Raises:
            RuleTooWide: the first case that a rule is too wide for, after those before it.
        """
        return ((view, found) for view, (found,) in outcomes_by_each((self,), views))

    def outcomes_of_some(self, views: Sequence[CaseView]) -> list[tuple[Outcome, ...]]:
        """Judge a handful of cases, by one rule after the other.

        Raises:
            RuleTooWide: a rule is too wide for a case, which may be any of them.
        """
        return self._of_some(views, self._sharing.of_each(views))

    def _of_some(
        self, views: Sequence[CaseView], met: Sequence[Met[Outcome | _Asking] | None]
    ) -> list[tuple[Outcome, ...]]:
        """Judge a handful of cases.

        Args:
            views: the cases.
            met: what is known of cases of the pattern of each; None: nothing is shared.
        """
        self._preparing.turn_to(views)
        self.house.record.read_parties([name for each in met if each for name in each.case.named])
        alone = [view for view, each in zip(views, met, strict=True) if each is None]
        on = [self._situations(view) for view in alone]
        asked = [self._asks(view) for view in alone]
        by_rule = (
            [
                each if isinstance(each, Outcome) else _judged(where, each)
                for where, each in zip(on, rule, strict=True)
            ]
            for rule in zip(*asked, strict=True)
        )
        found = iter([*zip(*by_rule, strict=True)] or [() for _ in alone])
        return [
            next(found) if each is None else self._alike(view, each)
            for view, each in zip(views, met, strict=True)
        ]

    def _alike(self, view: CaseView, told: Met[Outcome | _Asking]) -> tuple[Outcome, ...]:
        """Judge a case by what was found in others of its pattern, as far as that is known."""
        like = self._sharing.at_hand(told)
        if like is None:
            return self._of_some((view,), (None,))[0]

        def alone(at: int) -> Outcome:
            asking = rules[at]
            return asking if isinstance(asking, Outcome) else _judged(anew.on, asking)

        rules = like.pattern.rules
        anew = Anew(view, self._situations, alone)
        found: list[Outcome] = []
        for at, known in enumerate(like.alike.decisions):
            asking = rules[at]
            if known.__class__ is Shared:
                found.append(known.outcome(anew, at))
            elif isinstance(asking, Outcome):
                found.append(asking)
            else:
                shared = self._sharing.found(at, like, partial(self._watched, asking))
                found.append(alone(at) if shared is None else shared.outcome(anew, at))
        self._sharing.settle(like)
        return tuple(found)

    def _watched(self, asking: _Asking, view: CaseView) -> Watched:
        """Judge a case by a rule that is watched."""
        chosen: dict[object, Any] = {}
        on = [Situation(view, policy, self.house, chosen) for policy in self._policies]
        before = self.house.consulted
        outcome = _judged(on, asking)
        return Watched(outcome, OPENED in chosen or self.house.consulted != before)

    def _situations(self, view: CaseView) -> list[Situation]:
        chosen = self._preparing.chosen(view)
        return [Situation(view, policy, self.house, chosen) for policy in self._policies]

    def _asks(self, view: CaseView) -> tuple[Outcome | _Asking, ...]:
        return self._asking(view.kinds, self._bounded_by(view))

    def _bounded_by(self, view: CaseView) -> tuple[str, ...]:
        return () if self._anywhere else jurisdictions(view)

    def _not_for(self, told: tuple[str, ...]) -> Mapping[str, str]:
        """Find the policies that are not for a case, each with why.

        Args:
            told: its jurisdictions.
        """
        return {
            policy: say(ELSEWHERE[why])
            for policy, versions in self.versions.by_policy().items()
            if (why := _best([applies(each.document.policy, told) for each in versions])) != "yes"
        }

    def _of_sort(
        self, kinds: frozenset[str], told: tuple[str, ...]
    ) -> tuple[Outcome | _Asking, ...]:
        """Tell which rules may find something in a case that has events of some kinds.

        Args:
            kinds: the kinds of its events.
            told: its jurisdictions.

        Returns:
            For each rule, as which versions have it a case is judged; or its outcome already.
        """
        return tuple([_of_sort(same, kinds, told) for same in self._rules])


def outcomes_by_each(
    judging: Sequence[Judges], views: Iterable[CaseView]
) -> Iterator[tuple[CaseView, tuple[tuple[Outcome, ...], ...]]]:
    """Judge many cases by several judges, in the order of the cases; a handful are in memory.

    Judges that share what makes their rules ready share what these find in a case.

    Args:
        judging: those that judge, in the order in which each case has what they find.
        views: the cases.

    Raises:
        RuleTooWide: the first case that a rule is too wide for, after those before it.
    """
    for some in handfuls(views):
        try:
            found = [judges.outcomes_of_some(some) for judges in judging]
        except RuleTooWide:
            yield from ((view, tuple([each.outcomes(view) for each in judging])) for view in some)
        else:
            yield from zip(some, zip(*found, strict=True), strict=True)
        for view in some:
            view.forget()  # Else the collector alone would free it, which takes longer.


def _best(found: Sequence[Applies]) -> Applies:
    """Return the answer that is most for a case, of those of the versions of one policy."""
    return next(each for each in ("yes", "elsewhere", "not told") if each in found)


def _of_sort(
    same: Sequence[Ruled], kinds: frozenset[str], told: Sequence[str]
) -> Outcome | _Asking:
    latest = same[-1]
    for_it = [applies(each.version.document.policy, told) for each in same]
    if (why := _best(for_it)) != "yes":
        return Outcome(latest.head, "not-applicable", (), say(ELSEWHERE[why]))
    asking = tuple(
        ruled
        for ruled, answer in zip(same, for_it, strict=True)
        if answer == "yes"
        if ruled.prepared.kinds is None or not ruled.prepared.kinds.isdisjoint(kinds)
    )
    if not asking:
        return Outcome(latest.head, "not-applicable", (), latest.prepared.nothing)
    return _Asking(latest, asking)


def _judged(on: Sequence[Situation], asking: _Asking) -> Outcome:
    """Judge a case by one rule, as each version of its policy has it.

    Args:
        on: the case, as each of the versions that judge is to judge it.
        asking: the rule.

    Raises:
        RuleTooWide: it selects too many events of the case; its message names the rule.
    """
    try:
        return _outcome(on, asking)
    except (templates.TooManyCandidates, windows.TooManyCandidates) as error:
        head, case_id = asking.latest.head, on[0].view.case_id
        raise RuleTooWide(
            f"The case {case_id} cannot be judged by the rule {head.rule} of the policy "
            f"{head.policy}: {error.message}",
            hint=error.hint,
        ) from error


def _outcome(on: Sequence[Situation], asking: _Asking) -> Outcome:
    latest, versions = asking
    judged: Iterable[Judged]
    if not latest.version.adopted:
        judged = chain.from_iterable(ruled.prepared.judge(on[ruled.at]) for ruled in versions)
        return added_up(latest.head, judged, latest.prepared.nothing)
    judged = united([each for ruled in versions for each in _in_force(on[ruled.at], ruled)])
    known = tuple(each.version.document.policy.version for each in versions)
    return added_up(latest.head, judged, latest.prepared.nothing)._replace(known=known)


def _in_force(on: Situation, ruled: Ruled) -> Iterator[Held]:
    """Judge what happened while a version of a rule was in force, or may have been."""
    number: Counter[str] = Counter()
    for each in ruled.prepared.judge(on):
        event = each.events[0] if each.events and not each.whole else ""
        number[event] += 1
        fact = on.view.facts.get(event)
        held = Held(on, (event, number[event]), each, ruled.version, fact)
        if held.in_force != "no":
            yield held


def prepared_rules(version: Version, at: int, preparing: Preparing) -> Iterator[Ruled]:
    """Make the rules of a version of a policy ready to judge cases.

    Args:
        version: the version.
        at: which of the versions that judge it is, from 0.
        preparing: makes rules ready.
    """
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
        yield Ruled(version, at, rule, preparing(rule, policy), head)
