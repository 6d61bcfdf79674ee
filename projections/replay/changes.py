"""The changes that an event makes in the accountability state of a case.

`diff` tells two states apart and `patch` applies what it told: `patch(a, diff(a, b)) == b`.
`RunningAccountability` follows a case event by event, and looks only at what each event bears upon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.language.saying import say, say_as, to_say
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import (
    Accountability,
    Person,
    Said,
    accountability_of,
    person_of,
    said,
)
from answerable.projections.accountability.interim import Interim
from answerable.projections.accountability.outside.proceedings import Proceeding
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.accountability.sanctions import Terms
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import facts_affected_by
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import alleged_mark, hearsay_mark, marked, shown_answer
from answerable.projections.wording.outside.proceeding import proceeding_state
from answerable.projections.wording.provisional import INTERIM_STATES
from answerable.projections.wording.sanction import sanction_words
from answerable.projections.wording.vocabulary import (
    cause_words,
    found,
    interim_words,
    outcome_words,
    proceeding_words,
    reading,
    state_words,
    term,
)

About = Literal["person", "finding", "sanction", "interim", "proceeding"]


class Change(NamedTuple):
    """One difference between two states.

    Attributes:
        about: what changed: a finding, a sanction, an interim measure, a proceeding outside, or
            whether the person is accountable (yes, no or unknown; no where nothing is said of
            them).
        party: whom it concerns, by their pseudonym.
        event_id: the event of the finding, the sanction or the measure; None of a person.
        label: the same in words: "formal reprimand".
        field: which of its fields changed; None where all of it came or went.
        was: the value before; None where there was none.
        now: the value after; None where there is none.
    """

    about: About
    party: str
    event_id: str | None
    label: str
    field: str | None
    was: Any
    now: Any


class _Held(NamedTuple):
    """An item that is said of a party."""

    party: str
    item: Said

    @property
    def about(self) -> About:
        """Return the sort of the item."""
        if isinstance(self.item, Interim):
            return "interim"
        if isinstance(self.item, Proceeding):
            return "proceeding"
        return "finding" if isinstance(self.item, Finding) else "sanction"

    @property
    def label(self) -> str:
        """Name the item in words."""
        if isinstance(self.item, Proceeding):
            return proceeding_words(self.item.type)
        if isinstance(self.item, Finding):
            return say_as("noun", "finding")
        return term(self.item.measure)


def diff(before: Accountability, after: Accountability) -> tuple[Change, ...]:
    """List the changes from one state of a case to another."""
    was = {person.party: person for person in before.people}
    now = {person.party: person for person in after.people}
    return (*_items_changed(_held(before), _held(after)), *_people_changed(was, now))


def patch(before: Accountability, changes: Iterable[Change]) -> Accountability:
    """Apply to a state the changes that `diff` listed."""
    held = _held(before)
    for _, party, event_id, _, field, _, now in changes:
        if event_id is None:
            continue
        if field is not None:
            was = held[event_id]
            held[event_id] = was._replace(item=was.item._replace(**{field: now}))
        elif now is not None:
            held[event_id] = _Held(party, now)
        else:
            del held[event_id]
    items: dict[str, list[Said]] = {}
    for party, item in held.values():
        items.setdefault(party, []).append(item)
    people = (_person(before.case_id, party, own) for party, own in items.items())
    return _state(before.case_id, people)


class RunningAccountability:
    """The accountability state of a case, kept up to date event by event.

    Attributes:
        state: always equal to the `accountability_of` the facts so far.
    """

    def __init__(self, case_id: str) -> None:
        self.state = Accountability(case_id)
        self._held: dict[str, _Held] = {}
        self._said: dict[str, dict[str, Said]] = {}
        self._people: dict[str, Person] = {}

    def take_in(self, view: CaseView, event: RecordedEvent) -> tuple[Change, ...]:
        """Take in the latest event of the case, and tell what it changed.

        Args:
            view: the case, with this event.
            event: the event.
        """
        if view.as_of is not None:
            # Links bound dates, so that any event can bear on whether any other had happened.
            was, self.state = self.state, accountability_of(view)
            return diff(was, self.state)
        old: dict[str, _Held] = {}
        new: dict[str, _Held] = {}
        for fact in facts_affected_by(view.case, event):
            if fact.event_id in self._held:
                old[fact.event_id] = self._held[fact.event_id]
            item = said(view, fact)
            if item is not None:
                new[fact.event_id] = _Held(fact.fields["subject"], item)
        if old == new:
            return ()
        before, now = self._settle(old, new)
        return (*_items_changed(old, new), *_people_changed(before, now))

    def _settle(
        self, old: Mapping[str, _Held], new: Mapping[str, _Held]
    ) -> tuple[dict[str, Person], dict[str, Person]]:
        """Put new items in the place of old; return the people concerned, before and after."""
        for event_id, (party, _) in old.items():
            del self._held[event_id], self._said[party][event_id]
        for event_id, held in new.items():
            self._held[event_id] = held
            self._said.setdefault(held.party, {})[event_id] = held.item
        case_id = self.state.case_id
        parties = dict.fromkeys(held.party for held in (*old.values(), *new.values()))
        was = {party: self._people.pop(party) for party in parties if party in self._people}
        now = {
            party: _person(case_id, party, self._said[party].values())
            for party in parties
            if self._said[party]
        }
        self._people.update(now)
        self.state = _state(case_id, self._people.values())
        return was, now


def sentence(change: Change, name_of: NameOf = str) -> str | None:
    """Put a change into words; None where another change of the same step says the same."""
    who = name_of(change.party)
    if change.about == "person":
        return say(_ACCOUNTABLE[change.now], party=who)
    if change.field is None:
        return _came_or_went(change, who)
    told = {"what": change.label, "party": who}
    if change.about == "proceeding":
        return _field_changed(change, say("{what} against {party}", **told), name_of)
    return _field_changed(change, say("{what} of {party}", **told), name_of)


_ACCOUNTABLE = {
    "yes": to_say("{party} is now accountable"),
    "no": to_say("{party} is no longer accountable"),
    "unknown": to_say("whether {party} is accountable is now indeterminate"),
}

_SAID_BY_OTHERS = (
    "corrected_by",
    "concluded",
    "concluded_by",
    "ended_by",
    "executed_by",
    *(f"{when}_{name}" for when in ("first", "perhaps") for name in Terms._fields),
    "may_be",
    "overturned",
    "superseded_by",
    "varied_by",
    "withdrawn_by",
    "withdrawn_from",
    "withdrawn_at",
    "reassigned_to",
)
"""Fields whose change is said by another's: the corrected fields, the state, the appeal."""

_SUPERSEDED = {
    "yes": to_say("superseded"),
    "no": to_say("no longer superseded"),
    "unknown": to_say("whether it is superseded is indeterminate"),
}


_WITHDRAWN = {
    "yes": to_say("withdrawn"),
    "no": to_say("no longer withdrawn"),
    "unknown": to_say("whether it is withdrawn is indeterminate"),
}


def _came_or_went(change: Change, who: str) -> str:
    item = change.now
    if item is None:
        return say("{what} of {party}: no longer stands", what=change.label, party=who)
    if isinstance(item, Finding):
        what = found(item.outcome, item.responsibility)
        said = marked(what, (alleged_mark(item.standing),))
        return say("finding about {party}: {what}", party=who, what=said)
    if isinstance(item, Sanction):
        marks = (state_words(item.state), alleged_mark(item.standing))
        said = sanction_words(change.label, marks)
        return say("sanction against {party}: {what}", party=who, what=said)
    if isinstance(item, Proceeding):
        told = {"what": change.label, "party": who, "state": proceeding_state(item)}
        return say("{what} against {party}: {state}", **told)
    said = marked(interim_words(item.measure), (alleged_mark(item.standing),))
    return say("interim measure for {party}: {measure}", party=who, measure=said)


def _field_changed(change: Change, what: str, name_of: NameOf) -> str | None:
    said = _field_words(change, name_of)
    return None if said is None else say("{what}: {change}", what=what, change=said)


def _field_words(change: Change, name_of: NameOf) -> str | None:
    """Say what changed of something, without what it is of; None: another change says it."""
    field, was, now = change.field, change.was, change.now
    if field in _SAID_BY_OTHERS or (field == "withdrawn" and change.about == "sanction"):
        return None
    if field == "said_by_others":
        return hearsay_mark(now) or say("no longer said by others to have ended")
    if field == "disputed_by":
        return say("disputed") if now else say("no longer disputed")
    if field == "varied":
        varied = now == "unknown"
        return say("whether an appeal varied it is indeterminate") if varied else None
    if field == "cause":
        why = None if now is None else cause_words(now)
        return why and say("what kept it from being executed: {why}", why=why)
    if field == "superseded":
        return say(_SUPERSEDED[now])
    if field == "withdrawn":
        return say(_WITHDRAWN[now])
    if field == "reassigned_party":
        party = name_of(now) if now else None
        return say("reassigned to {party}", party=party) if now else say("no longer reassigned")
    if field == "as_of":
        told = {"was": shown_answer(was), "now": shown_answer(now)}
        return say("whether it had happened by then was {was}, is now {now}", **told)
    if field == "state" and change.about == "interim":
        return reading("", say(INTERIM_STATES[was]), say(INTERIM_STATES[now]))
    if field == "state" and change.about == "proceeding":
        return reading("", was, now)
    if field == "outcome" and change.about == "proceeding":
        return None if now is None else outcome_words(now)
    if field == "state":
        return reading("", state_words(was), state_words(now))
    return reading(str(field), was, now)


def _items_changed(old: Mapping[str, _Held], new: Mapping[str, _Held]) -> Iterator[Change]:
    for event_id in dict.fromkeys((*old, *new)):
        was, now = old.get(event_id), new.get(event_id)
        if was is not None and now is not None and _same(was, now):
            for field, before, after in zip(now.item._fields, was.item, now.item, strict=True):
                if before != after:
                    yield Change(now.about, now.party, event_id, now.label, field, before, after)
            continue
        if was is not None:
            yield Change(was.about, was.party, event_id, was.label, None, was.item, None)
        if now is not None:
            yield Change(now.about, now.party, event_id, now.label, None, None, now.item)


def _same(was: _Held, now: _Held) -> bool:
    return was.party == now.party and type(was.item) is type(now.item)


def _people_changed(old: Mapping[str, Person], new: Mapping[str, Person]) -> Iterator[Change]:
    for party in dict.fromkeys((*old, *new)):
        was = old[party].accountable if party in old else "no"
        now = new[party].accountable if party in new else "no"
        if was != now:
            yield Change("person", party, None, "accountable", "accountable", was, now)


def _held(state: Accountability) -> dict[str, _Held]:
    held: dict[str, _Held] = {}
    for person in state.people:
        items: tuple[Said, ...] = (
            *person.findings,
            *person.sanctions,
            *person.interim,
            *person.proceedings,
        )
        held.update((item.event_id, _Held(person.party, item)) for item in items)
    return held


def _person(case_id: str, party: str, items: Iterable[Said]) -> Person:
    return person_of(case_id, party, sorted(items, key=lambda item: item.position))


def _state(case_id: str, people: Iterable[Person]) -> Accountability:
    """Put the state in its one order: people by what was said of them first."""
    return Accountability(case_id, tuple(sorted(people, key=_first_said)))


def _first_said(person: Person) -> int:
    return min(items[0].position for items in person[2:] if items)
