"""Judge that nobody judges their own matter, or one in which they had another part.

Announcing is not deciding, so it is worth a warning and no more, and only what is linked to a
decision in the matter announces it: what else somebody said in public is beside the point. Deciding
something else in a case in which one is a subject oneself is worth a warning, too. An organisation
is no person: which persons decided for it is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Separation
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.rules.naming import named, not_yet, numbered, single
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.rules.separation.excuses import excuses, recusals
from answerable.projections.conformance.rules.separation.interests import (
    Interest,
    first_of_each_kind,
    interests,
)
from answerable.projections.conformance.rules.separation.matter import Act, Matter
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.lines.nouns import any_of_kinds
from answerable.projections.wording.vocabulary import words

SANCTION = "sanction-imposed"
DECISION = "decision-taken"

NOTHING = to_say("nobody who acted in the matter, or nobody whom it is about, is on record")


def prepare(rule: Separation, policy: Policy) -> Prepared:
    """Make a rule on roles that one person may not both hold ready to judge cases."""
    named_kinds = [each.partition(".")[0] for each in (*(rule.of or rule.acts), *rule.near)]
    asks_who = f"{DECISION}.deciders" in (rule.of or rule.acts)
    kinds = frozenset((*named_kinds, SANCTION) if asks_who else named_kinds)

    def judge(on: Situation) -> Iterator[Judged]:
        matter = Matter(on, rule)
        if not matter.subjects:
            return
        for act in matter.judged:
            for each in _of_act(matter, act):
                yield not_yet(on, act.fact, each)
        if asks_who:
            yield from (_undecided(on, fact) for fact in _without_decision(matter))
        for act in matter.announcements():
            yield from (
                _warned(matter, act, party) for party in act.parties if party in matter.subjects
            )

    return Prepared(kinds, judge, _nothing(rule))


def _nothing(rule: Separation) -> str:
    """Say why there is nothing to judge, where there is not."""
    if not rule.of:
        return say(NOTHING)
    what = any_of_kinds(each.partition(".")[0] for each in rule.of)
    return say("no {what} in the matter, or nobody whom it is about, is on record", what=what)


def _of_act(matter: Matter, act: Act) -> Iterator[Judged]:
    """Judge an act of each who did it."""
    if not act.parties:
        told = {"done": act.done, "number": numbered(act.fact)}
        yield _untold(say("who {done} ({number})", **told), act.fact)
    for party in act.parties:
        found = [
            _conflict(matter, act, party, interest) for interest in interests(matter, act, party)
        ]
        yield from found
        if party in matter.subjects:
            if party not in matter.own_subjects(act):
                yield _warned(matter, act, party)
        elif matter.view.type_of(party) not in (None, "person"):
            who = matter.view.name_of(party)
            told = {"done": act.done, "party": who, "number": numbered(act.fact)}
            yield _untold(say("which persons {done} for {party} ({number})", **told), act.fact)
        elif not found:
            yield Judged(ANSWERED, (act.fact.event_id,), partial(_apart, matter, act, party))


def _apart(matter: Matter, act: Act, party: str) -> Telling:
    told = {"party": matter.view.name_of(party), "done": act.done, "number": numbered(act.fact)}
    said = say("Neither a subject of the matter nor with another part in it")
    return Telling(said, say("{party}, who {done} ({number})", **told))


def _conflict(matter: Matter, act: Act, party: str, interest: Interest) -> Judged:
    """Judge an act of somebody who had an interest."""
    who, number = matter.view.name_of(party), numbered(act.fact)
    events = (act.fact.event_id, *interest.events)
    item = say(
        "{party} {done} ({number}), {interest}",
        party=who,
        done=act.done,
        number=number,
        interest=interest.text,
    )
    found = list(excuses(matter, act, party, interest))
    excused = next((each for each in found if each.answer == "yes"), None)
    if excused is not None:
        what = words(excused.fact.kind)
        said = say("Excused before by {number} ({kind})", number=numbered(excused.fact), kind=what)
        return Judged(ANSWERED, (*events, excused.fact.event_id), Telling(said, item))
    open_ = next((each for each in found if each.answer == "unknown"), None)
    if open_ is not None:
        missing = open_.missing
        what = punctuation("; ").join(missing)
        said = say("Whether it was excused is not told ({what})", what=what)
        events = (*events, open_.fact.event_id)
        return Judged(OPEN, events, Telling(said, item, missing, single(missing)))
    asides = [] if act.inquiry else list(recusals(matter, party))
    if asides:
        told = {"party": who, "number": number, "aside": numbered(asides[0]), "done": act.done}
        what = say("whether {party} took part in {number}", **told)
        said = say("Stood aside ({aside}), and named as taking part all the same", **told)
        near = say("{party} stood aside ({aside}), and {done} all the same ({number})", **told)
        events = (*events, asides[0].event_id)
        return Judged(OPEN, events, Telling(said, item, (what,), what, near=near))
    if interest.held == "unknown":
        told = {"party": who, "number": number, "done": act.done}
        what = say("whether that was so when {party} {done} ({number})", **told)
        telling = Telling(say("Whether that was so then is not told"), item, (what,), what)
        return Judged(OPEN, events, telling)
    return Judged(FAILED, events, Telling(say("Not independent"), item))


def _warned(matter: Matter, act: Act, party: str) -> Judged:
    """Warn of a subject of the case who decided something else in it, or announced what was."""
    about = matter.subjects[party]
    sanctioned = any(fact.kind == SANCTION for fact in about)
    told = {"party": matter.view.name_of(party), "done": act.done, "number": numbered(act.fact)}
    item = (
        say("{party}, who is sanctioned in this case, {done} ({number})", **told)
        if sanctioned
        else say("{party}, who is a subject in this case, {done} ({number})", **told)
    )
    events = (act.fact.event_id, *first_of_each_kind(about))
    return Judged(ANSWERED, events, Telling(say("Worth a look, and no conflict"), item, near=item))


def _untold(what: str, fact: Fact) -> Judged:
    return Judged(OPEN, (fact.event_id,), Telling(say("Not told"), what, (what,), what))


def _without_decision(matter: Matter) -> Iterator[Fact]:
    """Yield the sanctions behind which no decision is on record. An alleged one asks for none."""
    for fact in matter.view.standing(SANCTION):
        if fact.alleged or other_house(matter.view, fact) is not None:
            continue
        if all(each.kind != DECISION for each in matter.view.basis(fact).facts.values()):
            yield fact


def _undecided(on: Situation, fact: Fact) -> Judged:
    judged = _untold(say("who decided on {thing}", thing=named(on, fact)), fact)
    return not_yet(on, fact, judged)
