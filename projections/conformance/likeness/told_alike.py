"""Keep what rules find in the cases of a pattern that tell the same in some fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answerable.projections.conformance.likeness import at_hand
from answerable.projections.conformance.likeness.at_hand import AtHand, Question
from answerable.projections.conformance.likeness.deciding import Decision, learned
from answerable.projections.conformance.likeness.shared import Shared


class ToldAlike:
    """Keep what is known of the cases of a pattern that tell the same in some fields.

    Attributes:
        decisions: what is known of each rule.
        fields: the fields.
        several: whether there was a second such case: of many there never is one.
    """

    __slots__ = ("decisions", "fields", "several")

    def __init__(
        self, decisions: Sequence[Decision], fields: frozenset[tuple[object, ...]]
    ) -> None:
        self.decisions: list[Decision] = [*decisions]
        self.fields = fields
        self.several = False

    def learn(
        self, rule: int, case: AtHand, answers: Mapping[Question, object], found: Shared | str
    ) -> None:
        """Keep what a rule found in a case; the arguments are those of `Known.learn`."""
        left = {
            asked: answer
            for asked, answer in answers.items()
            if asked[0] is not at_hand.field or asked[1] not in self.fields
        }
        self.decisions[rule] = learned(self.decisions[rule], case, left, found)
