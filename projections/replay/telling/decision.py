"""The context of a decision in lines; what came on record only later is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from answerable.domain.dates import When
from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.projections.replay.decision_moment import Material
from answerable.projections.replay.hindsight import DecisionContext
from answerable.projections.replay.material import EventThen
from answerable.projections.replay.subsequent import Subsequent
from answerable.projections.wording.answers import marked
from answerable.projections.wording.counts import number_words, repeated
from answerable.projections.wording.dates import date, recorded_day
from answerable.projections.wording.lines.nouns import noun
from answerable.projections.wording.vocabulary import as_term

HINDSIGHT = to_say("⟲ hindsight: {what}")
INDETERMINATE = to_say("⟲ indeterminate: {what}")
SINCE = to_say("⟲ since then: {what}")
AFTER_THE_FACT = to_say("⟲ hindsight: decided before anything of the case was on record")

Saying = Callable[[Sequence[Material]], str]
"""Name the way in which events are said to be meant."""

HAPPENED: Callable[[Material], When] = attrgetter("happened")
KIND: Callable[[Material], str] = attrgetter("stood.kind")
"""Tells of material whether it had happened, and of what kind it is."""

SHOWN = 5
"""The number of entries that a line names. `--at` and `--json` name all."""


def borne(argument: DecisionContext) -> Iterator[str]:
    """Say what was on record before the decision."""
    yield from _before(argument, _few, _kinds)
    if argument.together:
        yield say("recorded below it, in one go: {events}", events=_kinds(argument.together))
    if number := argument.at_once:
        told = figures(number)
        yield say("in one go with {number} of these, so the order tells nothing", number=told)


def in_numbers(argument: DecisionContext, above: Container[int]) -> Iterator[str]:
    """Say what was on record before the decision, where the events that are meant stand above it.

    Args:
        argument: the context.
        above: the positions of the events above; of others it is told what they are.
    """

    def numbered(materials: Iterable[Material]) -> str:
        return _numbered(materials, above)

    yield from _before(argument, numbered, numbered)
    if argument.together:
        below = number_words(each.stood.position for each in argument.together)
        yield say("recorded below it, in one go: {events}", events=below)


def _before(argument: DecisionContext, grounds: Saying, others: Saying) -> Iterator[str]:
    """Say which grounds the decision names, and what else was on record, each in its own way."""
    named, rest = argument.named, argument.not_named
    told = grounds(named) if named else say("nothing")
    if argument.behind:
        behind = grounds(argument.behind)
        yield say(
            "names as its ground: {grounds}; behind that: {others}", grounds=told, others=behind
        )
    else:
        yield say("names as its ground: {grounds}", grounds=told)
    for event_id in argument.absent:
        yield say("names {event}, and there is no such event on record", event=event_id)
    if rest:
        perhaps = [*map(HAPPENED, rest)].count("unknown")
        said = say("on record, not named: {events}", events=others(rest))
        yield (
            say(
                "{said} (indeterminate whether {number} came first)",
                said=said,
                number=figures(perhaps),
            )
            if perhaps
            else said
        )


def _numbered(materials: Iterable[Material], above: Container[int]) -> str:
    """Say which events are meant: `#2, #6 to #9, #11 (disputed), #40 subject-heard`."""
    every = [each.stood for each in materials]
    plain = {each.position for each in every if each.position in above and not each.marks}
    others = [each for each in every if each.position not in plain]
    words = [
        marked(f"#{each.position}", [_marks(each)])
        if each.position in above
        else f"#{each.position} {_short(each)}"
        for each in others
    ]
    return punctuation(", ").join(([number_words(plain)] if plain else []) + words)


def hindsight(argument: DecisionContext, *, since: bool = True) -> Iterator[str]:
    """Say what came on record, or became of the decision, only later; each line is marked.

    Args:
        argument: the context.
        since: whether to say what became of it, too.
    """
    yield from _late(argument)
    if later := argument.hindsight:
        what = say("had happened before, recorded only later: {events}", events=_few(later))
        yield say(HINDSIGHT, what=what)
    if vague := argument.indeterminate:
        what = say("recorded later, may have happened before: {events}", events=_few(vague))
        yield say(INDETERMINATE, what=what)
    if number := len(argument.named_later):
        what = say_count(
            "{number} ground named only by a later correction",
            "{number} grounds named only by a later correction",
            number,
        )
        yield say(HINDSIGHT, what=what)
    for each in argument.since if since else ():
        yield say(SINCE, what=became(each))


def became(since: Subsequent) -> str:
    """Say what became of an event: `#16 finding: retracted by #40`."""
    told = {"position": since.position, "kind": noun(since.kind), "what": as_term(since.what)}
    if since.at is None:
        return say("#{position} {kind}: {what}", **told)
    return say("#{position} {kind}: {what} by #{by}", by=since.at, **told)


def whole(
    material: Material, argument: DecisionContext, said: Collection[str] = frozenset()
) -> str:
    """Say in full one thing that could bear a decision: what it was, when, and how it stood.

    Args:
        material: the thing.
        argument: the context of the decision.
        said: asides that are said above, of this and of others.
    """
    asides = [each for each in asides_of(material, argument) if each not in said]
    stood = material.stood
    return marked(
        f"#{stood.position} · {date(stood.occurred, argument.zone)} · {stood.gist}", asides
    )


def asides_of(material: Material, argument: DecisionContext) -> list[str]:
    """Say how a thing stood, and how it lies in time to the decision."""
    stood = material.stood
    if stood.recorded_at > argument.recorded_at:
        day = recorded_day(stood.recorded_at, argument.zone)
        return [*map(as_term, stood.marks), say("recorded {day}", day=day)]
    return [*map(as_term, stood.marks), *_relates(material, argument)]


def _relates(material: Material, argument: DecisionContext) -> Iterator[str]:
    if material.happened == "unknown":
        yield say("indeterminate whether it came first")
    if material.happened == "no":
        yield say("dated later")
    if material.on_record == "unknown":
        yield say("indeterminate whether on record when decided")
    if material.on_record == "no" and not argument.after_the_fact:
        day = recorded_day(material.stood.recorded_at, argument.zone)
        yield say("⟲ on record only from {day}", day=day)


def _late(argument: DecisionContext) -> Iterator[str]:
    """Say what was on record when the decision was recorded, but not when it was taken.

    Of what was recorded in one go with it, another line says that the order tells nothing.
    """
    if argument.after_the_fact:
        yield say(AFTER_THE_FACT)
    elif late := argument.on_record_late:
        what = say("on record only after it was decided: {events}", events=_few(late))
        yield say(HINDSIGHT, what=what)
    if dated := argument.dated_later:
        what = say("it names what is dated later than itself: {events}", events=_few(dated))
        yield say(HINDSIGHT, what=what)


def _few(materials: Iterable[Material]) -> str:
    """Say the first in short, and how many more there are: `#3, #7 finding-made, 2 more`."""
    every = [each.stood for each in materials]
    shown = every if len(every) == SHOWN + 1 else every[:SHOWN]
    comma = punctuation(", ")
    few = [
        f"{comma.join(f'#{each.position}' for each in alike)} {words}"
        for words, alike in groupby(shown, key=_short)
    ]
    if len(shown) < len(every):
        few.append(say("{number} more", number=figures(len(every) - len(shown))))
    return comma.join(few)


def _kinds(materials: Iterable[Material]) -> str:
    """Say how many there are of each kind: `hearing, 2 × evidence`."""
    counts = Counter(map(KIND, materials))
    said = (repeated(number, noun(kind)) for kind, number in counts.items())
    return punctuation(", ").join(said)


def _short(stood: EventThen) -> str:
    return marked(noun(stood.kind), [_marks(stood)])


def _marks(stood: EventThen) -> str:
    return punctuation(", ").join(map(as_term, stood.marks))
