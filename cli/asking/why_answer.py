"""The answer of `answerable why`, before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from answerable.cli.shared.options import Times
    from answerable.domain.zone.zone import Zone
    from answerable.projections.conformance.judgement import Verdict
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.facts.names import Names
    from answerable.projections.why.why import Derivation


class WhyAnswer(NamedTuple):
    """Hold a derivation as it was found, and what it takes to show it.

    Attributes:
        about: the party asked about, if it is one.
        found: the derivation.
        known: who parties are.
        texts: what is sealed in the events of the derivation, by event id.
        times: the two times of the question.
        comparable: the findings of the derivation that have like ones, by event id.
        zone_of: tells the zone of a case.
        judged: what the rules of policies say of what was asked about, by case.
    """

    about: str | None
    found: Derivation
    known: Names
    texts: Mapping[str, DisclosedTexts]
    times: Times
    comparable: AbstractSet[str]
    zone_of: Callable[[str], Zone]
    judged: Mapping[str, tuple[Verdict, ...]]
