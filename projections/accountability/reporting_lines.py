"""To whom a party reported at a time, directly and through others, as the house's roles tell.

A role tells to whom its holder reports from its beginning to its end. Where the dates do not tell
whether it was held then, the answer is `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import Span, When
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.three_valued import all_of
from answerable.projections.facts.time import begun


class Tie(NamedTuple):
    """Tells whether one party reported to another at a time; the roles that say so, by event id."""

    answer: When
    roles: tuple[str, ...]
    positions: tuple[int, ...]


def superiors(view: CaseView, party: str, at: Span | None) -> dict[str, Tie]:
    """Find everyone to whom a party reported at a time, or may have.

    Args:
        view: any case; its record tells the roles.
        party: who reports.
        at: when.
    """
    found: dict[str, Tie] = {}
    waiting = [(party, Tie("yes", (), ()))]
    while waiting:
        below, tie = waiting.pop(0)
        for role in _held(view, below):
            above = role.fact.fields["reports_to"]
            answer = all_of((tie.answer, at_the_time(role, at)))
            known = found.get(above)
            if answer == "no" or above == party or (known and known.answer in ("yes", answer)):
                continue
            found[above] = Tie(
                answer,
                (*tie.roles, role.fact.event_id),
                (*tie.positions, role.fact.event.position),
            )
            waiting.append((above, found[above]))
    return found


def ever_above(view: CaseView, party: str) -> frozenset[str]:
    """Find everyone to whom a party ever reported, at whichever time, as the registers tell.

    Whoever is not among them need not be looked for at a time.
    """
    found: set[str] = set()
    waiting = [party]
    while waiting:
        for role in view.roles(waiting.pop()):
            above = role.fact.fields.get("reports_to")
            if above is not None and above not in found:
                found.add(above)
                waiting.append(above)
    return frozenset(found)


def _held(view: CaseView, party: str) -> Iterator[FactInCase]:
    """Yield the roles of a party that tell to whom it reports."""
    own = (FactInCase(view, fact) for fact in view.standing("role-assigned"))
    seen: set[str] = set()
    for role in (*own, *view.roles(party)):
        fields, event_id = role.fact.fields, role.fact.event_id
        if fields["party"] == party and "reports_to" in fields and event_id not in seen:
            seen.add(event_id)
            yield role


def at_the_time(role: FactInCase, at: Span | None) -> When:
    """Tell whether a role was held at a time."""
    house, assigned = role
    start = assigned.span("from") or house.span(assigned)
    ends = (house.effect_span(ended) for ended in house.endings(assigned, "role-ended"))
    return all_of((begun(start, at), *(dates.precedes(at, end) for end in ends)))
