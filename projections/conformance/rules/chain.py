"""Judge that each step rests on the next, however deep, and on none that is dated later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.language.saying import say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Chain
from answerable.projections.conformance.fact_order import dated_before
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen, still_bears, undoing
from answerable.projections.conformance.matching.standing import CLAIMS
from answerable.projections.conformance.matching.tests import alike
from answerable.projections.conformance.rules.naming import Named, doubted, field_of, single
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.facts.basis import Basis
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of
from answerable.projections.wording.lines.nouns import any_of_kinds


class _Step(NamedTuple):
    """A step that the one before rests on, and the fields that both hold alike."""

    chooser: Chooser
    same: tuple[str, ...]


def prepare(rule: Chain, policy: Policy) -> Prepared:
    """Make a rule on what rests on what ready to judge cases."""
    first, *others = (policy.selected(each) for each in rule.steps)
    chooser = Chooser(first)
    steps = [
        _Step(Chooser(choices), tuple(dict.fromkeys(n for each in choices for n in each.same)))
        for choices in others
    ]

    def judge(on: Situation) -> Iterator[Judged]:
        for each in chooser.activations(on):
            yield from _judged(on, chooser, each, steps)

    nothing = say("no {what} asks for it", what=any_of_kinds(chooser.kinds))
    return Prepared(chooser.kinds, judge, nothing)


def _judged(
    on: Situation, chooser: Chooser, chosen: Chosen, steps: Sequence[_Step]
) -> Iterator[Judged]:
    """Yield what each step amounts to; one judgement where all of them are there."""
    fact = chosen.fact
    basis = on.view.basis(fact)
    bearing = [fact]
    whole = True
    for step in steps:
        found = list(_bearing(on, fact, basis, step))
        for judged in _missing(on, fact, basis, step, found):
            whole = False
            yield doubted(on, chooser, chosen, judged)
        bearing.extend(each.fact for each in found if each.answer != "no")
    if whole:
        events = tuple(each.event_id for each in bearing)
        judged = Judged(ANSWERED, events, lambda: _whole(on, fact))
        yield doubted(on, chooser, chosen, judged)


def _whole(on: Situation, fact: Fact) -> Telling:
    return Telling(say("Each step rests on the next"), Named(on, fact))


class _Borne(NamedTuple):
    """Tell what another rests on, and whether it is what is asked for.

    Attributes:
        match: by what its fields tell.
        bears: whether nothing has undone it.
        undoing: the events that did, or may have, by id.
    """

    fact: Fact
    match: When
    bears: When
    undoing: tuple[str, ...]

    @property
    def answer(self) -> When:
        """Tell whether it is what is asked for, and bears what rests on it."""
        return all_of((self.match, self.bears))

    @property
    def events(self) -> tuple[str, ...]:
        """List it with what undid it, or may have, by id."""
        return (self.fact.event_id, *self.undoing)


def _bearing(on: Situation, fact: Fact, basis: Basis, step: _Step) -> Iterator[_Borne]:
    """Yield the facts of a step that another rests on, and whether each is what is asked for."""
    for other in basis.facts.values():
        if other.alleged and other.event.kind not in CLAIMS:
            continue
        match = step.chooser.match(on, other)
        if match != "no" and step.same:
            match = all_of((match, alike(fact.fields, other.fields, step.same)))
        if match != "no":
            bears = still_bears(on.view, other)
            by = () if bears == "yes" else undoing(on.view, other)
            yield _Borne(other, match, bears, by)


def _missing(
    on: Situation, fact: Fact, basis: Basis, step: _Step, borne: Sequence[_Borne]
) -> Iterator[Judged]:
    """Yield what is wrong with a step: not there, fallen, dated later, or perhaps not meant."""
    if any(each.answer == "yes" and not _dated_later(on, each.fact, fact) for each in borne):
        return
    found = [each for each in borne if each.answer != "no"]
    earlier = [each for each in found if not _dated_later(on, each.fact, fact)]
    events = (fact.event_id, *(event for each in borne for event in each.events))

    def tell() -> Telling:
        what = any_of_kinds(sorted(step.chooser.kinds))
        if "subject" in step.same:
            what = say("{what} about the same person", what=what)
        item = Named(on, fact)
        if not found and basis.absent:
            said = say(
                "Part of the ground is out of sight, so whether there is {what} cannot be told",
                what=what,
            )
            return Telling(said, item, basis.absent)
        if not found:
            said = say("There is no {what} on record behind", what=what)
            if borne:
                said = say("The {what} behind it was overturned or withdrawn", what=what)
            wanting = say("{what} behind {thing}", what=what, thing=item.alone)
            return Telling(said, item, (wanting,))
        if not earlier:
            said = say("The {what} behind it is dated later than what rests on it", what=what)
            wanting = say("earlier {what} behind {thing}", what=what, thing=item.alone)
            return Telling(said, item, (wanting,))
        missing = tuple(
            field_of(on, each.fact, name)
            for each in earlier
            for name in _untold(on, step, fact, each.fact)
        )
        said = say("Whether there is {what} behind it is not told", what=what)
        return Telling(said, item, missing, single(missing))

    cannot_tell = bool(earlier) or (not found and bool(basis.absent))
    yield Judged(OPEN if cannot_tell else FAILED, events, tell)


def _dated_later(on: Situation, other: Fact, fact: Fact) -> bool:
    """Tell whether what something rests on is dated after it, against the link between them."""
    return dated_before(on.view, fact, other)


def _untold(on: Situation, step: _Step, fact: Fact, other: Fact) -> list[str]:
    """List the fields by which it is not told whether something is the step that is asked for."""
    alike_ = [name for name in step.same if None in (fact.fields.get(name), other.fields.get(name))]
    return [*step.chooser.untold(on, other), *alike_]
