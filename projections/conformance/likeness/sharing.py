"""Judge a case by what was found in another of its pattern, where that holds for both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Final

from answerable.projections.conformance.in_force.versions import Version
from answerable.projections.conformance.likeness.dates import Ends, ends_at, ends_of, together
from answerable.projections.conformance.likeness.pattern import Pattern, Patterns
from answerable.projections.conformance.likeness.shared import Shared
from answerable.projections.facts.case_view import CaseView

MOST_PATTERNS = 4_096
"""The most patterns of which is kept what rules found."""

TRIED = 512
"""Of so many cases in a row it is told whether enough are of a pattern that was met before."""

ENOUGH = 8
"""One of so many cases has to be of such a pattern, for patterns to be worth telling."""

WORTH_IT = 6
"""So few rules judge a case as soon as its pattern is told."""

APART: Final = "apart"
"""Tell of a rule that it turns on more than the pattern of a case."""

Found = list[Shared | str | None]
"""Hold what each rule found in the cases of a pattern, or `APART`; None: that is not known yet."""


class Sharing:
    """Keeps what rules found in cases, by the patterns of these."""

    def __init__(self, versions: Sequence[Version], rules: int) -> None:
        """Keep what some rules find.

        Args:
            versions: the versions of policies that judge.
            rules: the number of their rules.
        """
        self._rules = rules
        self._policies = [each.document.policy for each in versions]
        spans = [span for each in versions for span in (each.begins, each.ends) if span is not None]
        self._limits = together(ends_of(each) for each in spans)
        self._fixed: dict[datetime, Ends] = {}
        self._found: dict[Pattern, Found | None] = {}
        self._told = self._met = 0
        self._in_vain = rules < WORTH_IT

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self._policies)

    def of_each(self, views: Sequence[CaseView]) -> list[Found | None]:
        """Return what `of` does of each of some cases; of one alone, nothing is shared."""
        return [self.of(view) for view in views] if len(views) > 1 else [None] * len(views)

    def of(self, view: CaseView) -> Found | None:
        """Return what was found in cases of the pattern of one; None where nothing is shared.

        From the second case of a pattern on it is kept: most patterns never have one. As of no
        moment nothing is shared: then dates are held against the time of the last entry.
        """
        if view.as_of is None or self._in_vain:
            return None
        if self._told == TRIED:
            self._try_again()
            return self.of(view)
        fixed = self._fixed.get(view.as_of)
        if fixed is None:
            fixed = self._fixed[view.as_of] = together((self._limits, ends_at(view.as_of)))
        self._told += 1
        pattern = self._patterns(view, fixed)
        if pattern is None:
            return None
        if pattern not in self._found:
            if len(self._found) >= MOST_PATTERNS:
                self._found.clear()
            self._found[pattern] = None
            return None
        self._met += 1
        found = self._found[pattern]
        if found is None:
            found = self._found[pattern] = [None] * self._rules
        return found

    def _try_again(self) -> None:
        """Go on where enough cases were of a pattern that was met before; else share no more."""
        if self._met * ENOUGH < TRIED:
            self._in_vain = True
            self._found.clear()
        self._told = self._met = 0
