"""Judge a case by what was found in others of its pattern, where that holds for it, too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Generic, NamedTuple

from answerable.projections.conformance.errors import Unshared
from answerable.projections.conformance.in_force.versions import Version
from answerable.projections.conformance.judgement import Outcome
from answerable.projections.conformance.likeness.at_hand import by_number
from answerable.projections.conformance.likeness.deciding import APART
from answerable.projections.conformance.likeness.known import Known, Learned, Like, Met, Rules
from answerable.projections.conformance.likeness.letters import IN_VAIN
from answerable.projections.conformance.likeness.pattern import Pattern, Patterns
from answerable.projections.conformance.likeness.shared import Shared
from answerable.projections.conformance.likeness.watching import Watch
from answerable.projections.facts.case_view import CaseView

MOST_PATTERNS = 4_096
"""The most patterns of which is kept what rules found."""

TRIED = 512
"""Of so many cases in a row it is told whether enough are of a pattern that was met before."""

ENOUGH = 8
"""One of so many cases has to be of such a pattern, for patterns to be worth telling."""

WORTH_IT = 6
"""So few rules judge a case as soon as its pattern is told."""


class Watched(NamedTuple):
    """Hold what a rule found in a case while it was watched.

    Attributes:
        beside: whether it asked what the case does not tell: a register, or a sealed text.
    """

    outcome: Outcome
    beside: bool


class Sharing(Generic[Rules]):
    """Keeps what rules found in cases, by the patterns of these."""

    def __init__(
        self,
        versions: Sequence[Version],
        rules: int,
        asking: Callable[[CaseView], Sequence[Rules]],
        bounds: Callable[[CaseView], Hashable],
    ) -> None:
        """Keep what some rules find.

        Args:
            versions: the versions of policies that judge.
            rules: the number of their rules.
            asking: returns what judges a case.
            bounds: returns by what, beside the kinds of events, that is chosen.
        """
        self._policies = [each.document.policy for each in versions]
        self._asking = asking
        self._bounds = bounds
        self._found: dict[Hashable, dict[Pattern, Known[Rules] | None]] = {}
        self._shared: dict[Shared, Shared] = {}
        self._told = self._met = 0
        self._in_vain = rules < WORTH_IT
        self._by_letters = IN_VAIN

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self._policies)

    def of_each(self, views: Sequence[CaseView]) -> list[Met[Rules] | None]:
        """Return what `of` does of each of some cases; of one alone, nothing is shared."""
        return [self.of(view) for view in views] if len(views) > 1 else [None] * len(views)

    def of(self, view: CaseView) -> Met[Rules] | None:
        """Return what is known of cases of the pattern of one; None where nothing is shared.

        From the second case of a pattern on it is kept: most patterns never have one.
        """
        if view.as_of is None or self._in_vain:
            return None
        if self._told == TRIED:
            self._try_again()
            return self.of(view)
        self._told += 1
        found = self._meet(view, anew=False)
        self._met += found is not None
        return found

    def at_hand(self, met: Met[Rules]) -> Like[Rules] | None:
        """Return what is known of the cases that are like one whose pattern was met before.

        Its pattern is told once more, where it was learned since what patterns tell.
        """
        if met.reading != self._patterns.readings:
            again = self._meet(met.case.view, anew=False)
            if again is None:
                return None
            met = again
        case, pattern, _ = met
        alike = pattern.letters.of(case) if self._by_letters else None
        if alike is None:
            return Like(case, pattern, pattern.of(case), False, [], set())
        self._by_letters = min(self._by_letters + 1, IN_VAIN)
        return Like(case, pattern, alike, True, [], set())

    def _meet(self, view: CaseView, *, anew: bool) -> Met[Rules] | None:
        """Return what is known of cases of the pattern of one.

        Args:
            view: the case.
            anew: whether it is kept from the first case on.
        """
        told = self._patterns(view)
        if told is None:
            return None
        pattern, case = told
        found = self._found.setdefault((view.as_of, self._bounds(view)), {})
        if pattern not in found and not anew:
            if len(found) >= MOST_PATTERNS:
                found.clear()
            found[pattern] = None
            return None
        known = found.get(pattern)
        if known is None:
            known = found[pattern] = Known(self._asking(view))
        return Met(case, known, self._patterns.readings)

    def found(
        self, rule: int, like: Like[Rules], judge: Callable[[CaseView], Watched]
    ) -> Shared | None:
        """Return what a rule finds in a case; None where it is to be judged by itself.

        Args:
            rule: the number of the rule.
            like: the case, and what is known of others of its pattern.
            judge: judges the case as it is to be seen.
        """
        found = like.pattern.find(rule, like.case, like.alike)
        if found is None and like.pattern.may_learn(rule):
            found = self._learned(rule, like, judge)
        return found if isinstance(found, Shared) else None

    def _learned(
        self, rule: int, like: Like[Rules], judge: Callable[[CaseView], Watched]
    ) -> Shared | str:
        """Judge a case by a rule that is watched; what it finds is kept by `settle`."""
        watch = Watch(like.case)
        try:
            outcome, beside = judge(watch.view())
        except Unshared:
            found = None
        else:
            found = None if beside else Shared.of(outcome, like.case.view)
        if found is not None:
            found = self._shared.setdefault(found, found)
        like.read.update(watch.read)
        like.learned.append(Learned(rule, watch.answers, found or APART))
        return found or APART

    def settle(self, like: Like[Rules]) -> None:
        """Keep what rules found in a case while they were watched, for others of its pattern.

        Where they read what no pattern told so far, patterns tell that from now on.
        """
        if not like.learned:
            if self._by_letters and not like.by_letters:
                self._by_letters -= 1
                like.pattern.learn_by_letters(like.case)
            return
        case, pattern, alike = like.case, like.pattern, like.alike
        if self._patterns.learn(like.read):
            self._found.clear()
            met = self._meet(case.view, anew=True)
            if met is None:
                return
            case, pattern, _ = met
            alike = pattern.of(case)
        for each in like.learned:
            answers = by_number(each.answers, case.numbers)
            found = APART if answers is None else each.found
            pattern.learn(each.rule, case, alike, answers or {}, found)

    def _try_again(self) -> None:
        """Go on where enough cases were of a pattern that was met before; else share no more."""
        if self._met * ENOUGH < TRIED:
            self._in_vain = True
            self._found.clear()
        self._told = self._met = 0
