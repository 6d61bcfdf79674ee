"""The state that a decider had before them, on a terminal: `answerable replay CASE --at EVENT`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.head import head_line
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import say
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
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import date, minute, recorded_minute
from answerable.projections.wording.leading.case import case_words

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
    yield TextLine(visible(f"{title}, just before #{before.position}"), "bold")
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
        for heading in headings if lines else [" ".join(headings)]:
            yield TextLine("")
            yield TextLine(visible(heading), "bold" if lines else "")
            yield from (TextLine(f"  {visible(line)}") for line in lines)
    yield TextLine("")
    yield TextLine(head_line(reader.head()), "dim")


def _held(before: StateBefore, zone: Zone) -> str:
    """Say what the state holds for, and what it does not tell."""
    of = "" if before.as_of is None else f", as of {minute(before.as_of, zone)}"
    events = counted(before.on_record, "event was", "events were")
    state = before.state or "not opened yet"
    return (
        f"{events} on record by then ({recorded_minute(before.recorded_at, zone)}{of}), and the "
        f"case was {state}. What was on record is told here, not what anybody knew."
    )


def _state(before: StateBefore, known: Names) -> Iterator[Section]:
    """Say what was open, who was barred, who had an interest, and what was amended."""
    yield still(before.open, known)
    yield f"Bars: {len(before.bars) or 'none'}.", [_bar(bar, known) for bar in before.bars]
    yield (
        f"Interests declared: {len(before.conflicts) or 'none'}.",
        [_conflict(each, known) for each in before.conflicts],
    )
    yield (
        f"Amended by then: {len(before.amended) or 'nothing'}.",
        [f"#{each.position} · {each.gist} ({', '.join(each.marks)})" for each in before.amended],
    )


def _argument(argument: DecisionContext) -> Iterator[Section]:
    def section(heading: str, materials: Sequence[Material], none: str = "nothing") -> Section:
        of_all = _of_all(materials, argument)
        lines = [whole(each, argument, of_all) for each in materials]
        return marked(f"{heading}: {len(materials) or none}", of_all) + ".", lines

    yield section("Named as its ground", argument.named)
    for event_id in argument.absent:
        yield f"It names {event_id}, and there is no such event on record.", []
    if argument.behind:
        yield section("Behind that", argument.behind)
    yield section("On record, not named", argument.not_named)
    if argument.together:
        yield section("Recorded below it, in one go", argument.together)
    if number := argument.at_once:
        yield f"In one go with {number:,} of these, so the order tells nothing.", []
    if argument.after_the_fact:
        yield f"{say(AFTER_THE_FACT)}.", []
    if argument.hindsight:
        heading = say(HINDSIGHT, what="had happened before, recorded only later")
        yield section(heading, argument.hindsight)
    if argument.indeterminate:
        heading = say(INDETERMINATE, what="recorded later, may have happened before")
        yield section(heading, argument.indeterminate)
    if argument.named_later:
        heading = say(HINDSIGHT, what="named as its ground only by a later correction:")
        yield heading, list(argument.named_later)
    if argument.since:
        yield say(SINCE, what="").rstrip(), [became(each) for each in argument.since]


def _of_all(materials: Sequence[Material], argument: DecisionContext) -> list[str]:
    """Return the asides that hold of each of several things, to be said once above them."""
    if len(materials) < 2:
        return []
    first, *others = (asides_of(each, argument) for each in materials)
    return [aside for aside in first if all(aside in each for each in others)]


def _bar(bar: Bar, known: Names) -> str:
    return f"{known.called(bar.counterparty)}: {bar_words(bar, known.called)} #{bar.position}"


def _conflict(conflict: Conflict, known: Names) -> str:
    towards = "" if conflict.subject is None else f" towards {known.called(conflict.subject)}"
    return f"{known.called(conflict.party)}{towards}: {conflict.state} #{conflict.position}"
