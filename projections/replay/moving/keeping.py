"""Keep what rules found at the step before, where nothing that they see has moved."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged
from answerable.projections.conformance.preparing import Preparing
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ORDER, Judgement
from answerable.projections.replay.moving.moved import EVERYTHING, Moved
from answerable.projections.replay.moving.sight import sight_of

WAITING: frozenset[Judgement] = frozenset(("pending", "indeterminate"))
"""The judgements that time alone may change."""


class Keeping(Preparing):
    """Makes rules ready to judge one case step by step; what nothing moved is not judged again."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[int, Sequence[Judged]] = {}
        self._numbers = 0
        self._moved = EVERYTHING
        self._adopted = False

    def go_on(self, moved: Moved, *, adopted: bool) -> None:
        """Go on by one step.

        Args:
            moved: what may have moved.
            adopted: whether versions that the house adopted judge it, each from a day on: then
                what was found is held against these days at every step.
        """
        self._moved, self._adopted = moved, adopted
        if moved.kinds is None:
            self._kept.clear()

    def __call__(self, rule: Rule, policy: Policy) -> Prepared:
        """Make a rule ready to judge the case at each step."""
        prepared = super().__call__(rule, policy)
        sight = sight_of(rule, policy, prepared.kinds)
        number = self._numbers = self._numbers + 1

        def judge(on: Situation) -> Sequence[Judged]:
            known = self._kept.get(number)
            if known is not None:
                waiting = any(each.judgement in WAITING for each in known)
                if not self._moved.reaches(sight, waiting=waiting):
                    return known
            found = tuple(prepared.judge(on))
            self._keep(number, found)
            return found

        return prepared._replace(judge=judge)

    def _keep(self, number: int, found: Sequence[Judged]) -> None:
        """Keep what a rule found, or of it what its verdict is."""
        if not self._adopted:
            told = [each for each in found if each.judgement != "not-applicable"]
            graver = min(told, key=lambda each: ORDER.index(each.judgement), default=None)
            self._kept[number] = () if graver is None else (graver,)
        elif any(each.whole for each in found):
            self._kept.pop(number, None)  # It is held against the day of the last entry.
        else:
            self._kept[number] = found
