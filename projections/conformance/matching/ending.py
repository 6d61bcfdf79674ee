"""Tell what ends the time for an answer: the closing of the case, or what a rule names."""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Declare
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import LIFECYCLE, case_closed
from answerable.projections.facts.three_valued import all_of, any_of

CLOSING = "case-closed"


class Ending(NamedTuple):
    """Hold what ends the time for an answer.

    Attributes:
        chooser: the events that do; None: the closing of the case alone.
    """

    chooser: Chooser | None

    @classmethod
    def of(cls, rule: Declare, policy: Policy) -> Ending:
        """Take the ending of a rule."""
        return cls(None if rule.until is None else Chooser(policy.selected(rule.until)))

    def ended(self, on: Situation) -> When:
        """Tell whether the time had ended by the moment of judgement."""
        had = (all_of((each.match, _had(on, each.fact))) for each in self.endings(on))
        return any_of((_closed(on), *had))

    def doubtful(self, on: Situation) -> Fact | None:
        """Return the closing of the case, where it alone may have ended the time, or may not."""
        if self.chooser is not None:
            return None
        last, *earlier = [*reversed(list(on.view.standing(*LIFECYCLE)))] or [None]
        if last is None or last.kind != CLOSING or on.view.when(last) != "unknown":
            return None
        return last if all(on.view.when(each) == "yes" for each in earlier[:1]) else None

    def witnesses(self, on: Situation) -> list[Fact]:
        """List the events by which the time had ended, or may have."""
        closings = () if _closed(on) == "no" else on.view.standing(CLOSING)
        ending = (*(each.fact for each in self.endings(on)), *closings)
        return list({each.event_id: each for each in ending}.values())

    def endings(self, on: Situation) -> list[Chosen]:
        """List the events, other than a closing that was undone, that end the time, or may."""
        if self.chooser is None:
            return []
        open_again = _closed(on) == "no"
        return [
            each
            for each in self.chooser.candidates(on)
            if each.match != "no"
            and on.view.when(each.fact) != "no"
            and not (each.fact.kind == CLOSING and open_again)
        ]


def _closed(on: Situation) -> When:
    """Tell whether the case was closed by then; one without a closing was not."""
    return case_closed(on.view) if CLOSING in on.view.kinds else "no"


def _had(on: Situation, fact: Fact) -> When:
    return "no" if fact.kind == CLOSING else on.view.when(fact)
