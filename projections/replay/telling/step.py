"""A step of a case in lines, and how the case stands after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, say_count, to_say, to_say_count
from answerable.domain.reader import Reader
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.accountability import Accountability, Person
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.names import Name, Names
from answerable.projections.replay.changes import sentence
from answerable.projections.replay.effects import effect_sentence
from answerable.projections.replay.replay import ReplayStep
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital, number_words
from answerable.projections.wording.dates import date
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.measures import Measured, measured, worded
from answerable.projections.wording.obligation import obligation_words
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.party import party_words
from answerable.projections.wording.person import accountable_words, those_accountable
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words
from answerable.projections.wording.vocabulary import as_term

Section = tuple[str, list[str]]
"""Hold a line that says what follows, and what follows."""


def heading(step: ReplayStep, zone: Zone) -> str:
    """Say where the event lies, when it happened, and how far it is asserted."""
    event = step.event
    standing = event.fields["standing"]
    marks = (
        f"#{event.position}",
        date(event.occurred, zone),
        None if standing == "asserted" else as_term(standing),
        by_then(step.as_of),
    )
    return " · ".join(mark for mark in marks if mark)


def changed(step: ReplayStep, known: Names, *, beside: bool = False) -> Iterator[str]:
    """Say what changed in who is accountable, and what else the event's own line does not say.

    Args:
        step: the step.
        known: what to call the parties.
        beside: whether the event's own line stands beside it, so that what it brought is left out.
    """
    own = step.event.event_id
    for change in step.changes:
        if beside and change.event_id == own and change.field is None and change.was is None:
            continue
        said = sentence(change, known.called)
        if said is not None:
            yield said
    for effect in step.effects:
        if effect.event_id != own:
            yield effect_sentence(effect)


def opens(step: ReplayStep, known: Names) -> str | None:
    """Say how much is open after a step, what it began and what it ended; None: it did neither."""
    duties = [f"+ {duty(each, known)}" for each in step.begun]
    duties += [f"- {duty(each, known)}" for each in step.ended]
    if not duties:
        return None
    apart = punctuation("; ")
    return say("open now: {number} ({duties})", number=step.open, duties=apart.join(duties))


Tone = Literal["bad", "good", "quiet"]
"""Name how a line on verdicts is taken."""

FAILS = to_say("Fails from now on: {rules}")


def judged(step: ReplayStep) -> Iterator[tuple[str, Tone]]:
    """Say which rules fail from a step on, which no longer do, and how many others changed.

    Each line comes with its tone.
    """
    failing = [each.title for each in step.verdicts if each.now == "fail"]
    kept = [each.title for each in step.verdicts if each.was == "fail"]
    if failing:
        yield say(FAILS, rules=punctuation("; ").join(failing)), "bad"
    if kept:
        yield say("Fails no longer: {rules}", rules=punctuation("; ").join(kept)), "good"
    others = Counter(each.now for each in step.verdicts if "fail" not in (each.was, each.now))
    said = [say_count(*words, others[now]) for now, words in VERDICTS.items() if others[now]]
    if said:
        rules = punctuation("; ").join(said)
        yield say("Judged otherwise: {rules}", rules=rules), "quiet"


VERDICTS: Mapping[Judgement, tuple[str, str]] = {
    "pass": to_say_count("{number} rule kept", "{number} rules kept"),
    "indeterminate": to_say_count("{number} rule not to be told", "{number} rules not to be told"),
    "pending": to_say_count("{number} rule pending", "{number} rules pending"),
    "not-applicable": to_say_count(
        "{number} rule with nothing to judge", "{number} rules with nothing to judge"
    ),
}
"""Say how many rules are judged so, by their verdict."""


def duty(obligation: Obligation, known: Names) -> str:
    """Say one thing that is open, and since which event."""
    said = obligation_words(obligation, known.called)
    return say("{what} #{position}", what=said, position=obligation.position)


def answerable(
    state: Accountability, known: Names, *, reader: Reader | None = None, then: bool = False
) -> Section:
    """Say who is accountable, and for what; measures in their own words, if `reader` is given."""
    return Standing(known, reader).told(state, then=then)


class Standing:
    """Tells who is accountable after each of several steps; who is as before is not worded anew."""

    def __init__(self, known: Names, reader: Reader | None = None) -> None:
        """Make ready to tell.

        Args:
            known: what to call the parties.
            reader: the record, if measures are to be told in their own words.
        """
        self._known = known
        self._reader = reader
        self._numbers: dict[str, str] = {}
        # A person has no cheap hash; each is held, so that no other has its identity.
        self._worded: dict[int, _Worded] = {}

    def told(self, state: Accountability, *, then: bool = False) -> Section:
        """Say who is accountable, and for what."""
        self._word([each for each in state.people if id(each) not in self._worded])
        people = [self._worded[id(person)] for person in state.people]
        sure = [each.name for each in people if each.accountable == "yes"]
        people.sort(key=lambda each: each.accountable == "no")
        said = say("{sentence}.", sentence=capital(those_accountable(sure, then=then)))
        return said, [each.said for each in people]

    def _word(self, people: list[Person]) -> None:
        known = self._known
        known.read(_named(people))
        self._numbers.update(
            (each.event_id, f"#{each.position}") for person in people for each in person.findings
        )
        sanctions = [each for person in people for each in person.sanctions]
        measure_of = worded if self._reader is None else measured(self._reader, sanctions)
        for person in people:
            stands = punctuation("; ").join(_stands(person, known, self._numbers, measure_of))
            name = known.of(person.party)
            said = say("{party}: {what}", party=party_words(name), what=stands)
            self._worded[id(person)] = _Worded(person, name, person.accountable, said)


class _Worded(NamedTuple):
    """Hold a person's standing, who it is, and how it is said."""

    person: Person
    name: Name
    accountable: When
    said: str


def still(due: Iterable[Obligation], known: Names) -> Section:
    """Say what is open."""
    each = [(obligation_words(one, known.called), one.position) for one in due]
    return open_words(len(each)), [*owed_words(each)]


def owed_words(due: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Say what is open; what several events leave open in the same words, once.

    Args:
        due: what each is in words, and the position of the event that leaves it open.
    """
    found: dict[str, list[int]] = {}
    for said, position in due:
        found.setdefault(said, []).append(position)
    for said, positions in found.items():
        yield say("{what} {events}", what=said, events=number_words(positions))


def open_words(number: int) -> str:
    """Say how much is open, before what is."""
    if not number:
        return say("Nothing is open.")
    return capital(say_count("{letters} matter is open.", "{letters} matters are open.", number))


def _named(people: Iterable[Person]) -> Iterator[str]:
    """Yield the parties that people's state names, those among them to whom blame passed."""
    for person in people:
        yield person.party
        yield from (each.reassigned_party for each in person.findings if each.reassigned_party)


def _stands(
    person: Person, known: Names, numbers: Mapping[str, str], measure_of: Measured
) -> Iterator[str]:
    if person.accountable != "yes":
        yield accountable_words(person, known.type_of)
    for finding in person.findings:
        yield finding_words(finding, numbers.__getitem__, name_of=known.called)
    for sanction in person.sanctions:
        yield sanction_words(measure_of(sanction), sanction_marks(sanction, known.called))
    yield from (interim_line(each, known.called) for each in person.interim)
    for proceeding in person.proceedings:
        yield proceeding_line(proceeding, known.called)
