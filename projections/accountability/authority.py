"""The authority that bears a decision: who held it, when, and for which measures.

The decider must have held authority for the measure (21 CFR 11.10(g); UK SM&CR). Each of the three
is `unknown` where the record does not tell: an authority from a date that is not told may have
begun too late, and one that lists no measures may or may not reach this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import Span, When
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of
from answerable.projections.facts.time import begun, lasted


class AuthorityHeld(NamedTuple):
    """An authority that a decision was taken under.

    Attributes:
        decision: the decision, by event id.
        authority: the `authority-granted` event, by event id.
        position: the position of that event.
        party: to whom it was granted.
        held: whether that is one of those who decided. Where it is not, they may have acted for
            it, so this is never `no`.
        in_force: whether it was in force when the decision was taken, its first and last days
            included.
        covers: whether it covers the measure asked about; None where none is.
    """

    decision: str
    authority: str
    position: int
    party: str
    held: When
    in_force: When
    covers: When | None


def authority_held(
    taken: FactInCase, granted: FactInCase, measure: str | None = None
) -> AuthorityHeld:
    """Work out how far an authority bears a decision.

    Args:
        taken: the decision, in its case.
        granted: the `authority-granted` event, in its case.
        measure: the measure that was imposed, if the question is about one.
    """
    house, grant = granted
    decision = taken.fact
    return AuthorityHeld(
        decision=decision.event_id,
        authority=grant.event_id,
        position=grant.event.position,
        party=grant.fields["party"],
        held="yes" if grant.fields["party"] in decision.fields.get("deciders", ()) else "unknown",
        in_force=in_force(house, grant, taken.view.span(decision)),
        covers=None if measure is None else covers(grant.fields, measure),
    )


def covers(grant: Mapping[str, Any], measure: str) -> When:
    """Tell whether an authority, by its fields, covers a measure."""
    measures = grant.get("measures", ())
    if not measures or measure == "other":
        # Which other measure was meant, the public record does not tell of either.
        return "no" if measures and measure not in measures else "unknown"
    return "yes" if measure in measures else "no"


def in_force(house: CaseView, grant: Fact, decided: Span | None) -> When:
    """Tell whether an authority was in force when something was decided.

    Args:
        house: the case that it is recorded in.
        grant: the `authority-granted` event.
        decided: when that was.
    """
    answers = [begun(grant.span("from"), decided)]
    if "until" in grant.fields:
        answers.append(lasted(grant.span("until"), decided))
    answers.extend(
        dates.precedes(decided, house.effect_span(revoked))
        for revoked in house.endings(grant, "authority-revoked")
    )
    return all_of(answers)
