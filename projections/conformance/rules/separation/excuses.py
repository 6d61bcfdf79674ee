"""Find what excuses somebody who acted in a matter in which they had an interest.

Waived first, by someone else, after it was declared, an interest is no conflict. One who leads an
inquiry becomes its subject later, and can stand aside until then. Standing aside is no excuse for
deciding all the same: where the record says both, it contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.language.saying import say
from answerable.projections.conformance.rules.naming import numbered
from answerable.projections.conformance.rules.separation.interests import Interest
from answerable.projections.conformance.rules.separation.matter import Act, Matter
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of
from answerable.projections.wording.vocabulary import words


class Excuse(NamedTuple):
    """Something that may excuse an act.

    Attributes:
        answer: whether it does, having come in time.
        fact: what it is.
        missing: what leaves that open.
    """

    answer: When
    fact: Fact
    missing: tuple[str, ...]


def excuses(matter: Matter, act: Act, party: str, interest: Interest) -> Iterator[Excuse]:
    """Yield what may excuse a party, and whether each came in time."""
    if "conflict-waived" in matter.rule.excused_by:
        yield from _waivers(matter, party, interest, act)
    if act.inquiry:
        for each in recusals(matter, party):
            what = _came_first(each)
            yield Excuse(matter.view.precedes(each, interest.since), each, (what,))


def _came_first(fact: Fact) -> str:
    return say("whether {number} ({kind}) came first", number=numbered(fact), kind=words(fact.kind))


def recusals(matter: Matter, party: str) -> Iterator[Fact]:
    """Yield that a party stood aside, where the rule takes that for an excuse."""
    if "recused" in matter.rule.excused_by:
        for fact in matter.view.standing("recused"):
            if fact.fields["party"] == party and not fact.alleged:
                yield fact


def _waivers(matter: Matter, party: str, interest: Interest, act: Act) -> Iterator[Excuse]:
    """Yield the waivers of conflicts that a party declared, and whether each excuses the act.

    Nobody can waive their own. A conflict that was declared towards someone else is another one.
    """
    view = matter.view
    for declared in view.standing("conflict-declared"):
        towards: When = "yes"
        if interest.subject is not None:
            told = declared.fields.get("subject")
            towards = "unknown" if told is None else "yes" if told == interest.subject else "no"
        if declared.fields["party"] != party or towards == "no":
            continue
        for waiver in view.upon(declared, "conflict-waived"):
            by = waiver.fields.get("waived_by")
            other: When = "unknown" if by is None else "no" if by == party else "yes"
            order = (view.precedes(declared, waiver), view.precedes(waiver, act.fact))
            missing = []
            if "unknown" in order:
                missing.append(_came_first(waiver))
            if towards == "unknown":
                number = numbered(declared)
                missing.append(
                    say("towards whom the conflict {number} was declared", number=number)
                )
            if other == "unknown":
                number = numbered(waiver)
                missing.append(say("who waived the conflict ({number})", number=number))
            yield Excuse(all_of((towards, other, *order)), waiver, tuple(missing))
