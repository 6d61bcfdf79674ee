"""Independence: nobody decides or investigates in a matter of which they are the subject.

ISO/TS 37008 asks for it, unless the conflict was waived first, by someone else.
Announcing is not deciding, so it is worth a warning and no more, and only what is linked to a
decision in the matter announces it: what else somebody said in public is beside the point. Deciding
something else in a case in which one is a subject oneself is worth a warning, too. Standing aside
is no excuse for deciding all the same: where the record says both, it contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import starmap
from typing import NamedTuple

from answerable.domain.kinds import FAMILY
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.projections.conformance.verdict import (
    Point,
    Verdict,
    nothing,
    numbered,
    unless_told,
    verdict,
)
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.wording.vocabulary import words

RULE = "conflict"

ABOUT = tuple(row.name for row in ROWS if row.accuses)
"""The kinds that make someone the subject of a case."""

ACTS = tuple(row.name for row in ROWS if row.deeds)
"""The kinds of act that the subject must not do."""

ANNOUNCING = tuple(row.name for row in ROWS if row.announcing)


class Act(NamedTuple):
    """Something done by someone, in words: "led the investigation"."""

    fact: Fact
    done: str
    parties: tuple[str, ...]

    @property
    def inquiry(self) -> bool:
        """Tell whether the act was done to find out, and not to settle anything."""
        return FAMILY[self.fact.kind] == "investigation"


def conflict(view: CaseView) -> Verdict:
    """Judge the independence of those who dealt with a case."""
    subjects = _subjects(view)
    if not subjects:
        return nothing(RULE, "nobody is the subject of an allegation, a finding or a sanction.")
    acts = list(_acts(view))
    points = list(_points(view, subjects))
    if not acts and not points:
        return nothing(RULE, "nobody has investigated or decided anything.")
    said = "Nobody decided or investigated in a matter of which they are the subject."
    return verdict(RULE, points, said, (act.fact.event_id for act in acts))


def _points(view: CaseView, subjects: dict[str, list[Fact]]) -> Iterator[Point]:
    resting = _resting(view, subjects)
    unknown: dict[str, list[Fact]] = {}
    for act in _acts(view):
        if not act.parties:
            unknown.setdefault(f"who {act.done}", []).append(act.fact)
        inquiry = act.inquiry
        own = set(subjects) if inquiry else _subjects_of(view, act, resting)
        for party in act.parties:
            if party in own:
                yield from _in_own_matter(view, act, party, subjects[party])
            elif party in subjects:
                yield _warned(view, act, party, subjects[party])
            elif view.type_of(party) not in (None, "person"):
                what = f"which persons {act.done} for {view.name_of(party)}"
                unknown.setdefault(what, []).append(act.fact)
    for fact in _undecided(view):
        unknown.setdefault("who decided on the sanction", []).append(fact)
    yield from starmap(_unknown, unknown.items())
    for act in _announcements(view):
        for party in act.parties:
            if party in subjects:
                yield _warned(view, act, party, subjects[party])


def _subjects(view: CaseView) -> dict[str, list[Fact]]:
    """Find whom the case is about, with what was alleged, found or imposed, in order."""
    found: dict[str, list[Fact]] = {}
    for fact in view.standing(*ABOUT):
        found.setdefault(fact.fields["subject"], []).append(fact)
    return found


def _acts(view: CaseView) -> Iterator[Act]:
    for fact in view.standing(*ACTS):
        for field, done in CATALOGUE[fact.kind].deeds.items():
            told = fact.fields.get(field, ())
            parties = (told,) if isinstance(told, str) else tuple(told)
            yield Act(fact, done, parties)


def _announcements(view: CaseView) -> Iterator[Act]:
    """Yield who announced what was decided in the matter; statements tell it by their links."""
    settled = _settled(view)
    for fact in view.standing(*ANNOUNCING):
        for field, done in CATALOGUE[fact.kind].announcing.items():
            if field in fact.fields and _announces(view, fact, settled):
                yield Act(fact, done, (fact.fields[field],))


def _announces(view: CaseView, fact: Fact, settled: AbstractSet[str]) -> bool:
    if CATALOGUE[fact.kind].act:
        return True
    if "announce" not in fact.fields["acts"]:
        return False
    resting = (each for each in settled if fact.event_id in direct_basis(view.facts[each]))
    return not settled.isdisjoint(view.basis(fact).facts) or any(resting)


def _settled(view: CaseView) -> frozenset[str]:
    """Find what was decided in the matter: each act upon a party, and each decision about one.

    A decision is about a party that carries such an act, or rests on what is said of somebody.
    """
    acts = [fact for fact in view.standing() if CATALOGUE[fact.kind].act]
    found = {fact.event_id for fact in acts}
    for fact in acts:
        found.update(each.event_id for each in view.basis(fact).of("decision-taken"))
    for fact in view.standing("decision-taken", "appeal-decided"):
        if any(CATALOGUE[each.kind].accuses for each in view.basis(fact).facts.values()):
            found.add(fact.event_id)
    return frozenset(found)


def _resting(view: CaseView, subjects: dict[str, list[Fact]]) -> dict[str, set[str]]:
    """Map each event to the subjects of what rests on it."""
    found: dict[str, set[str]] = {}
    for subject, said in subjects.items():
        for fact in said:
            for event_id in view.basis(fact).facts:
                found.setdefault(event_id, set()).add(subject)
    return found


def _subjects_of(view: CaseView, act: Act, resting: dict[str, set[str]]) -> set[str]:
    """Find whom a decision is about, as the references tell."""
    fact = act.fact
    if fact.kind == "appeal-decided":
        lodged = view.facts[fact.fields["appeal"]]
        fact = view.facts[lodged.fields["against"]]
    under = (fact, *view.basis(fact).facts.values())
    own = {each.fields["subject"] for each in under if each.kind in ABOUT}
    return own | resting.get(fact.event_id, set())


def _in_own_matter(view: CaseView, act: Act, party: str, about: list[Fact]) -> Iterator[Point]:
    who, number = view.name_of(party), numbered(act.fact)
    events = (act.fact.event_id, *(fact.event_id for fact in about))
    inquiry = act.inquiry
    answers = [(waiver.precedes(act.fact), waiver) for waiver in _waivers(view, party)]
    if inquiry:
        # One who leads an inquiry becomes its subject later, and can stand aside until then.
        answers.extend((aside.precedes(about[0]), aside) for aside in _recusals(view, party))
    told = dict(answers)
    if "yes" in told:
        return
    if "unknown" in told:
        excuse = told["unknown"]
        what = f"whether {numbered(excuse)} ({words(excuse.kind)}) came first"
        yield Point(
            "indeterminate",
            (*events, excuse.event_id),
            f"{who} {act.done} ({number}), being a subject; {what} is not told",
            missing=what,
        )
        return
    asides = [] if inquiry else list(_recusals(view, party))
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
    point = Point("fail", events, f"{who} {act.done} ({number}), being a subject of the matter")
    subject = any_of(view.when(fact) for fact in about)
    yield unless_told(point, view.when(act.fact), subject)


def _waivers(view: CaseView, party: str) -> Iterator[Fact]:
    """Yield the waivers of conflicts that a party declared. Nobody can waive their own."""
    for declared in view.standing("conflict-declared"):
        if declared.fields["party"] == party:
            for waiver in view.upon(declared, "conflict-waived"):
                if waiver.fields.get("waived_by") != party:
                    yield waiver


def _recusals(view: CaseView, party: str) -> Iterator[Fact]:
    for fact in view.standing("recused"):
        if fact.fields["party"] == party:
            yield fact


def _warned(view: CaseView, act: Act, party: str, about: list[Fact]) -> Point:
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
    """Yield the sanctions behind which no decision is on record."""
    for fact in view.standing("sanction-imposed"):
        if not view.basis(fact).of("decision-taken"):
            yield fact
