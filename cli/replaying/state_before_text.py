"""The state that a decider had before them, on a terminal: `answerable replay CASE --at EVENT`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.head import head_line
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.replay.telling.decision import (
    AFTER_THE_FACT,
    HINDSIGHT,
    INDETERMINATE,
    SINCE,
    asides_of,
    became,
    whole,
)
from answerable.projections.replay.telling.step import Section, answerable, still
from answerable.projections.titles import Titles
from answerable.projections.wording.answers import marked
from answerable.projections.wording.bar import bar_words
from answerable.projections.wording.counts import in_a_row
from answerable.projections.wording.dates import date, minute, recorded_minute
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.vocabulary import as_term, state_words

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.projections.accountability.bars import Bar
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.decision_moment import Material
    from answerable.projections.replay.hindsight import DecisionContext
    from answerable.projections.replay.state_before import Conflict, StateBefore


def before_text(
    before: StateBefore, known: Names, reader: Ledger, zone: Zone
) -> Iterator[TextLine]:
    """Tell the state, and then, apart, what came on record only later; the log comes last."""
    title = case_words(before.case_id, Titles(reader).of(before.case_id))
    head = say("{case}, just before #{position}", case=title, position=before.position)
    yield TextLine(visible(head), "bold")
    yield TextLine(visible(f"{date(before.occurred, zone)} · {before.gist}"))
    who, people = answerable(before.accountability, known, reader=reader, then=True)
    yield TextLine("")
    yield TextLine(visible(who), "bold")
    yield from (TextLine(f"  {visible(line)}") for line in people)
    yield TextLine("")
    yield TextLine(visible(_held(before, zone)), "dim")
    sections = [*_state(before, known), *_argument(before.argument)]
    for lines, alike in groupby(sections, key=lambda section: section[1]):
        headings = [heading for heading, _ in alike]
        for heading in headings if lines else [in_a_row(headings)]:
            yield TextLine("")
            yield TextLine(visible(heading), "bold" if lines else "")
            yield from (TextLine(f"  {visible(line)}") for line in lines)
    yield TextLine("")
    yield TextLine(head_line(reader.head()), "dim")


def _held(before: StateBefore, zone: Zone) -> str:
    """Say what the state holds for, and what it does not tell."""
    when = recorded_minute(before.recorded_at, zone)
    if before.as_of is not None:
        moment = minute(before.as_of, zone)
        when = say("{recorded}, as of {moment}", recorded=when, moment=moment)
    return say_count(
        "{number} event was on record by then ({when}), and the case was {state}. What was on "
        "record is told here, not what anybody knew.",
        "{number} events were on record by then ({when}), and the case was {state}. What was on "
        "record is told here, not what anybody knew.",
        before.on_record,
        when=when,
        state=state_words(before.state) if before.state else say("not opened yet"),
    )


def _state(before: StateBefore, known: Names) -> Iterator[Section]:
    """Say what was open, who was barred, who had an interest, and what was amended."""
    yield still(before.open, known)
    bars = [_bar(bar, known) for bar in before.bars]
    yield say("Bars: {number}.", number=_number(before.bars)), bars
    interests = _number(before.conflicts)
    yield (
        say("Interests declared: {number}.", number=interests),
        [_conflict(each, known) for each in before.conflicts],
    )
    amended = len(before.amended) or say("nothing")
    yield (
        say("Amended by then: {number}.", number=amended),
        [f"#{each.position} · {_amended(each.gist, each.marks)}" for each in before.amended],
    )


def _number(things: Sequence[object]) -> str:
    return str(len(things)) if things else say("none")


def _amended(what: str, marks: Sequence[str]) -> str:
    """Say something with its marks: "the finding (corrected, disputed)"."""
    said = punctuation(", ").join(map(as_term, marks))
    return say("{what} ({marks})", what=what, marks=said)


def _argument(argument: DecisionContext) -> Iterator[Section]:
    def section(heading: str, materials: Sequence[Material]) -> Section:
        of_all = _of_all(materials, argument)
        lines = [whole(each, argument, of_all) for each in materials]
        number = len(materials) or say("nothing")
        said = marked(say("{heading}: {number}", heading=heading, number=number), of_all)
        return say("{sentence}.", sentence=said), lines

    yield section(say("Named as its ground"), argument.named)
    for event_id in argument.absent:
        yield say("It names {event}, and there is no such event on record.", event=event_id), []
    if argument.behind:
        yield section(say("Behind that"), argument.behind)
    yield section(say("On record, not named"), argument.not_named)
    if argument.together:
        yield section(say("Recorded below it, in one go"), argument.together)
    if number := argument.at_once:
        at_once = figures(number)
        yield (
            say("In one go with {number} of these, so the order tells nothing.", number=at_once),
            [],
        )
    if argument.after_the_fact:
        after = say(AFTER_THE_FACT)
        yield say("{sentence}.", sentence=after), []
    if argument.hindsight:
        later = say("had happened before, recorded only later")
        yield section(say(HINDSIGHT, what=later), argument.hindsight)
    if argument.indeterminate:
        later = say("recorded later, may have happened before")
        yield section(say(INDETERMINATE, what=later), argument.indeterminate)
    if argument.named_later:
        later = say("named as its ground only by a later correction:")
        yield say(HINDSIGHT, what=later), list(argument.named_later)
    if argument.since:
        yield say(SINCE, what="").rstrip(), [became(each) for each in argument.since]


def _of_all(materials: Sequence[Material], argument: DecisionContext) -> list[str]:
    """Return the asides that hold of each of several things, to be said once above them."""
    if len(materials) < 2:
        return []
    first, *others = (asides_of(each, argument) for each in materials)
    return [aside for aside in first if all(aside in each for each in others)]


def _bar(bar: Bar, known: Names) -> str:
    said = say("{what} #{position}", what=bar_words(bar, known.called), position=bar.position)
    return say("{party}: {what}", party=known.called(bar.counterparty), what=said)


def _conflict(conflict: Conflict, known: Names) -> str:
    who, towards = known.called(conflict.party), conflict.subject
    if towards is not None:
        other = known.called(towards)
        who = say("{party} towards {other}", party=who, other=other)
    state = say(STATES.get(conflict.state, conflict.state))
    said = say("{what} #{position}", what=state, position=conflict.position)
    return say("{party}: {what}", party=who, what=said)


STATES = {
    "neither recused nor waived": to_say("neither recused nor waived"),
    "recused": to_say("recused"),
    "waived": to_say("waived"),
}
"""Says what became of a declared interest."""
