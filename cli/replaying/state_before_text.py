"""The state that a decider had before them, on a terminal: `answerable replay CASE --at EVENT`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from answerable.cli.replaying.decision_text import HINDSIGHT, INDETERMINATE, SINCE, became, whole
from answerable.cli.replaying.step_text import Section, answerable, still
from answerable.cli.shared.output import console, visible
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.bar import bar_words
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import date, minute, recorded_minute

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.bars import Bar
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.hindsight import DecisionContext, Material
    from answerable.projections.replay.state_before import Conflict, StateBefore


def draw(before: StateBefore, known: Names, reader: Reader, zone: Zone) -> None:
    """Write the state, and then, apart, what came on record only later."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print(Text(f"Before #{before.position} · {date(before.occurred, zone)}", "dim"))
    out.print(Text(visible(before.gist), "bold"))
    out.print(Text(visible(_held(before, zone)), "dim"))
    for heading, lines in (*_state(before, known, reader), *_argument(before.argument)):
        out.print()
        out.print(Text(heading, "bold"))
        for line in lines:
            out.print(Padding(Text(visible(line)), (0, 0, 0, 2), expand=False))


def _held(before: StateBefore, zone: Zone) -> str:
    """Say what the state holds for, and what it does not tell."""
    of = "." if before.as_of is None else f", as of {minute(before.as_of, zone)}."
    return (
        f"The case {before.case_id} as it was on record just before this was recorded "
        f"({recorded_minute(before.recorded_at, zone)}){of} "
        "What was on record is told here, not what anybody knew."
    )


def _state(before: StateBefore, known: Names, reader: Reader) -> Iterator[Section]:
    """Say who was accountable and barred, what was open, who had an interest, what was amended."""
    events = counted(before.on_record, "event was", "events were")
    yield f"{events} on record. The case was {before.state or 'not opened yet'}.", []
    yield answerable(before.accountability, known, reader=reader, then=True)
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
        lines = [whole(each, argument) for each in materials]
        return f"{heading}: {len(materials) or none}.", lines

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
        yield f"{HINDSIGHT} decided before anything of the case was on record.", []
    if argument.hindsight:
        yield section(f"{HINDSIGHT} had happened before, recorded only later", argument.hindsight)
    if argument.indeterminate:
        heading = f"{INDETERMINATE} recorded later, may have happened before"
        yield section(heading, argument.indeterminate)
    if argument.named_later:
        heading = f"{HINDSIGHT} named as its ground only by a later correction:"
        yield heading, list(argument.named_later)
    if argument.since:
        yield SINCE, [became(each) for each in argument.since]


def _bar(bar: Bar, known: Names) -> str:
    return f"{known.called(bar.counterparty)}: {bar_words(bar, known.called)} #{bar.position}"


def _conflict(conflict: Conflict, known: Names) -> str:
    towards = "" if conflict.subject is None else f" towards {known.called(conflict.subject)}"
    return f"{known.called(conflict.party)}{towards}: {conflict.state} #{conflict.position}"
