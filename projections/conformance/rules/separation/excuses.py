"""Find what excuses somebody who acted in a matter in which they had an interest.

Waived first, by someone else, after it was declared, an interest is no conflict. One who leads an
inquiry becomes its subject later, and can stand aside until then. Standing aside is no excuse for
deciding all the same: where the record says both, it contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.dates import When
from answerable.projections.conformance.rules.separation.interests import Interest
from answerable.projections.conformance.rules.separation.matter import Act, Matter
from answerable.projections.facts.facts import Fact

Excuse = tuple[When, Fact]
"""Whether something came in time to be an excuse, and what it is."""


def excuses(matter: Matter, act: Act, party: str, interest: Interest) -> Iterator[Excuse]:
    """Yield what may excuse a party, and whether each came in time."""
    view = matter.view
    if "conflict-waived" in matter.rule.excused_by:
        for waiver in _waivers(matter, party, interest.subject):
            yield view.precedes(waiver, act.fact), waiver
    if act.inquiry:
        for each in recusals(matter, party):
            yield view.precedes(each, interest.since), each


def recusals(matter: Matter, party: str) -> Iterator[Fact]:
    """Yield that a party stood aside, where the rule takes that for an excuse."""
    if "recused" in matter.rule.excused_by:
        for fact in matter.view.standing("recused"):
            if fact.fields["party"] == party and not fact.alleged:
                yield fact


def _waivers(matter: Matter, party: str, subject: str | None) -> Iterator[Fact]:
    """Yield the waivers of conflicts that a party declared. Nobody can waive their own.

    Args:
        matter: the case.
        party: whose conflict it is.
        subject: towards whom; a conflict that was declared towards someone else is another one.
    """
    view = matter.view
    for declared in view.standing("conflict-declared"):
        towards = declared.fields.get("subject")
        if declared.fields["party"] == party and (None in (towards, subject) or towards == subject):
            for waiver in view.upon(declared, "conflict-waived"):
                own = waiver.fields.get("waived_by") == party
                if not own and view.precedes(declared, waiver) != "no":
                    yield waiver
