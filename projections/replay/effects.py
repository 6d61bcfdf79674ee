"""The state of what runs on: a case open or closed, a bar in force or lifted, an appeal pending.

Findings and sanctions are told in `accountability`; this is the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import say, say_as, to_say
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import SAYING
from answerable.projections.accountability.appeals import appeal_outcomes, appeal_state, overturned
from answerable.projections.accountability.outside.agreements import AGREEMENT, agreement_course
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact, facts_affected_by
from answerable.projections.facts.lifecycle import LIFECYCLE, case_status
from answerable.projections.facts.three_valued import any_of
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import reading, state_words

INDETERMINATE = "indeterminate"

CASE = to_say("case")


class Effect(NamedTuple):
    """Something other than the accountability state that a step changed.

    Attributes:
        event_id: the event that now reads or stands otherwise; None of the case itself.
        label: that event in one line.
        field: `status`, `disputed`, or the public field that was corrected.
        was: the value before; None where there was none.
        now: the value after.
    """

    event_id: str | None
    label: str
    field: str
    was: Any
    now: Any


OR = " or "
"""Joins the states between which the dates of an event leave it open."""


def status(view: CaseView, fact: Fact) -> str | None:
    """Tell how an event that runs on stands; None of an event that is over when it has happened.

    `indeterminate` where the dates of what acts upon it do not tell.
    """
    if not fact.stands:
        return "retracted"
    if fact.kind == "appeal-lodged":
        return _one({*appeal_outcomes(view, fact)})
    if fact.kind == AGREEMENT:
        found = agreement_course(view, fact)
        return OR.join(found.may_be) or found.state
    possible = _possible(view, fact)
    over, gone = overturned(view, fact).answer, withdrawn(view, fact).answer
    appeal = appeal_state(view, fact)
    if over == "yes":
        return "overturned"
    if gone == "yes":
        return "withdrawn"
    if "unknown" in (over, gone) or appeal == "indeterminate":
        return INDETERMINATE
    return "under appeal" if appeal == "pending" else _one(possible)


def effects(before: CaseView, after: CaseView, event: RecordedEvent) -> Iterator[Effect]:
    """Yield the effects of an event on its case, the accountability state apart.

    The event can change how those read that it acts upon, directly or through what it retracts.

    Args:
        before: the case without the event.
        after: the case with it. What had not happened by the moment asked about changes nothing.
        event: the event.
    """
    affected = {fact.event_id: fact for fact in facts_affected_by(after.case, event)}.values()
    if any(fact.kind in LIFECYCLE for fact in affected):
        was, now = case_status(before), case_status(after)
        if was != now:
            yield Effect(None, CASE, "status", was, now)
    for fact in affected:
        if fact.kind not in SAYING and after.when(fact) != "no":
            yield from _affected(before, after, fact)


def effect_sentence(effect: Effect) -> str:
    """Put an effect into words."""
    what = say(CASE) if effect.event_id is None else effect.label
    return say("{what}: {change}", what=what, change=_change_words(effect))


def _change_words(effect: Effect) -> str:
    """Say what changed, without what it is of."""
    if effect.field == "status" and effect.was is None:
        return _status_words(effect.now)
    if effect.field == "disputed":
        return say("disputed") if effect.now else say("no longer disputed")
    if effect.field == "status":
        # Where an act was taken back, it has no state any more.
        was, now = (each and _status_words(each) for each in (effect.was, effect.now))
        return reading("", was, now)
    return reading(effect.field, effect.was, effect.now)


def _status_words(status: str) -> str:
    """Say how an event stands; between which states, where its dates allow several."""
    return say_as("list", " or ").join(map(state_words, status.split(OR)))


def _affected(before: CaseView, after: CaseView, fact: Fact) -> Iterator[Effect]:
    old = before.facts.get(fact.event_id)
    label = sentence_in(after, fact, fact.event.fields if old is None else old.fields)
    was = None if old is None else status(before, old)
    now = status(after, fact)
    if was != now:
        yield Effect(fact.event_id, label, "status", was, now)
    if old is None:
        return
    if bool(old.disputes) != bool(fact.disputes):
        yield Effect(fact.event_id, label, "disputed", bool(old.disputes), bool(fact.disputes))
    if old.fields is not fact.fields:
        for name in dict.fromkeys((*old.fields, *fact.fields)):
            if old.fields.get(name) != fact.fields.get(name):
                yield Effect(
                    fact.event_id, label, name, old.fields.get(name), fact.fields.get(name)
                )


def _possible(view: CaseView, fact: Fact) -> set[str | None]:
    """List the words of an event's course that the dates allow."""
    row = CATALOGUE[fact.kind]
    found: set[str | None] = set()
    for kind in reversed(tuple(row.becomes)):
        made = any_of(view.in_effect(later) for later in view.endings(fact, kind))
        if made != "no":
            found.add(row.becomes[kind])
        if made == "yes":
            return found
    return found | {row.begins}


def _one(words: set[str | None]) -> str | None:
    return words.pop() if len(words) == 1 else INDETERMINATE
