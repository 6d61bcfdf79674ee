"""Independence: nobody judges their own matter, or a matter in which they had another part.

Waived first, by someone else, after it was declared, an interest is no conflict. Announcing is not
deciding, so it is worth a warning and no more, and only what is linked to a decision in the matter
announces it: what else somebody said in public is beside the point. Deciding something else in a
case in which one is a subject oneself is worth a warning, too. Standing aside is no excuse for
deciding all the same: where the record says both, it contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap

from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.conformance.acts import Act, acts, announcements, own_subjects, subjects
from answerable.projections.conformance.interests import Interest, interests
from answerable.projections.conformance.verdict import (
    Point,
    Verdict,
    nothing,
    numbered,
    unless_told,
    verdict,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.vocabulary import words

RULE = "conflict"


def conflict(view: CaseView) -> Verdict:
    """Judge the independence of those who dealt with a case."""
    if not subjects(view):
        return nothing(RULE, "nobody is the subject of an allegation, a finding or a sanction.")
    points = list(_points(view))
    if not acts(view) and not points:
        return nothing(RULE, "nobody has investigated or decided anything.")
    said = "Nobody decided or investigated where they were a subject, or had another part."
    return verdict(RULE, points, said, (act.fact.event_id for act in acts(view)))


def _points(view: CaseView) -> Iterator[Point]:
    about = subjects(view)
    unknown: dict[str, list[Fact]] = {}
    for act in acts(view):
        if not act.parties:
            unknown.setdefault(f"who {act.done}", []).append(act.fact)
        own = own_subjects(view, act)
        for party in act.parties:
            for interest in interests(view, act, party):
                yield from _judged(view, act, party, interest)
            if party in about and party not in own:
                yield _warned(view, act, party, about[party])
            elif party not in about and view.type_of(party) not in (None, "person"):
                what = f"which persons {act.done} for {view.name_of(party)}"
                unknown.setdefault(what, []).append(act.fact)
    for fact in _undecided(view):
        unknown.setdefault("who decided on the sanction", []).append(fact)
    yield from starmap(_unknown, unknown.items())
    for act in announcements(view):
        for party in act.parties:
            if party in about:
                yield _warned(view, act, party, about[party])


def _judged(view: CaseView, act: Act, party: str, interest: Interest) -> Iterator[Point]:
    """Judge an act of somebody who had an interest: waived, stood aside, or a conflict."""
    who, number = view.name_of(party), numbered(act.fact)
    events = (act.fact.event_id, *interest.events)
    said = f"{who} {act.done} ({number}), {interest.text}"
    answers = [
        (view.precedes(waiver, act.fact), waiver)
        for waiver in _waivers(view, party, interest.subject)
    ]
    if act.inquiry:
        # One who leads an inquiry becomes its subject later, and can stand aside until then.
        answers.extend(
            (view.precedes(each, interest.since), each) for each in _recusals(view, party)
        )
    told = dict(answers)
    if "yes" in told:
        return
    if "unknown" in told:
        excuse = told["unknown"]
        what = f"whether {numbered(excuse)} ({words(excuse.kind)}) came first"
        text = f"{said}; {what} is not told"
        yield Point("indeterminate", (*events, excuse.event_id), text, missing=what)
        return
    asides = [] if act.inquiry else list(_recusals(view, party))
    if asides:
        yield Point(
            "indeterminate",
            (*events, asides[0].event_id),
            f"{who} stood aside ({numbered(asides[0])}), and is named among those who {act.done} "
            f"all the same ({number})",
            missing=f"whether {who} took part in {number}",
            warning=True,
        )
        return
    if interest.held == "unknown":
        what = f"whether that was so when {who} {act.done} ({number})"
        yield Point(
            "indeterminate", events, f"{said}; whether that was so then is not told", None, what
        )
        return
    yield unless_told(Point("fail", events, said), view.when(act.fact))


def _waivers(view: CaseView, party: str, subject: str | None) -> Iterator[Fact]:
    """Yield the waivers of conflicts that a party declared. Nobody can waive their own.

    Args:
        view: the case.
        party: whose conflict it is.
        subject: towards whom; a conflict that was declared towards someone else is another one.
    """
    for declared in view.standing("conflict-declared"):
        towards = declared.fields.get("subject")
        if declared.fields["party"] == party and (None in (towards, subject) or towards == subject):
            for waiver in view.upon(declared, "conflict-waived"):
                if (
                    waiver.fields.get("waived_by") != party
                    and view.precedes(declared, waiver) != "no"
                ):
                    yield waiver


def _recusals(view: CaseView, party: str) -> Iterator[Fact]:
    for fact in view.standing("recused"):
        if fact.fields["party"] == party:
            yield fact


def _warned(view: CaseView, act: Act, party: str, about: Sequence[Fact]) -> Point:
    sanctioned = any(fact.kind == "sanction-imposed" for fact in about)
    return Point(
        "pass",
        (act.fact.event_id, *(fact.event_id for fact in about)),
        f"{view.name_of(party)}, who is {'sanctioned' if sanctioned else 'a subject'} in this "
        f"case, {act.done} ({numbered(act.fact)})",
        warning=True,
    )


def _unknown(what: str, facts: list[Fact]) -> Point:
    """Make one point of what is not told of some events alike."""
    missing = f"{what} ({', '.join(map(numbered, facts))})"
    events = tuple(fact.event_id for fact in facts)
    return Point("indeterminate", events, "Not told", missing, missing)


def _undecided(view: CaseView) -> Iterator[Fact]:
    """Yield the sanctions behind which no decision is on record. An alleged one asks for none."""
    for fact in view.standing("sanction-imposed"):
        if fact.alleged or other_house(view, fact) is not None:
            continue
        if not view.basis(fact).of("decision-taken"):
            yield fact
