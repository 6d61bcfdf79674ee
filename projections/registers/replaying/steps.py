"""Make registers of a replay: a row a step, and a row a thing that a decision could rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.asking.said import OF_PEOPLE, Naming, person_rows
from answerable.projections.registers.asking.standing import BARRED, OPEN, bar_row, open_row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RECORDED,
    SAYS,
    STANDING,
    called,
    party,
)
from answerable.projections.replay.telling.step import changed, duty, judged

if TYPE_CHECKING:
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.hindsight import DecisionContext
    from answerable.projections.replay.replay import ReplayStep
    from answerable.projections.replay.state_before import StateBefore

STEPS = Register(
    "steps",
    "How it came to be decided",
    (
        *(CASE, POSITION, OCCURRED),
        Column("says", "What happened"),
        *(KIND, RECORDED),
        Column("changed", "What it changed", many=True),
        Column("begun", "Open from then on", many=True),
        Column("ended", "Open no longer", many=True),
        Column("open", "Things open", "whole"),
        party("accountable", "Accountable then", many=True),
        Column("rules", "What it changed in the rules", many=True),
        *(STANDING, HAPPENED, EVENT_ID),
    ),
)

GROUNDS = Register(
    "grounds",
    "What decisions could rest on",
    (
        CASE,
        Column("decision", "Decision", "event"),
        Column("relation", "How", "word"),
        *(POSITION, OCCURRED, SAYS, KIND),
        Column("stood", "How it stood", "word", many=True),
        Column("came_first", "Had happened when it was decided", "truth"),
        Column("on_record", "Was on record when it was decided", "truth"),
        *(RECORDED, EVENT_ID),
    ),
)

RELATIONS = {
    "named": "named as its ground",
    "behind": "behind that",
    "not_named": "on record, not named",
    "together": "recorded below it, in one go",
    "hindsight": "hindsight: recorded only later",
    "indeterminate": "recorded later, may have happened before",
}
"""Say how a thing relates to a decision, by the list of the decision's context that has it."""

BEFORE = (*OF_PEOPLE, OPEN, BARRED, GROUNDS)
"""The registers of how a case stood just before one of its events."""


def step_registers(steps: Iterable[ReplayStep], known: Names) -> Registers:
    """Make registers of the steps of a case; one is in memory at a time.

    Args:
        steps: the steps.
        known: what to call the parties.
    """
    return Registers((STEPS, GROUNDS), _rows(steps, known))


def before_registers(before: StateBefore, naming: Naming) -> Registers:
    """Make registers of how a case stood just before one of its events was recorded.

    Args:
        before: how it stood.
        naming: what things are called.
    """
    return Registers(BEFORE, _rows_before(before, naming))


def _rows(steps: Iterable[ReplayStep], known: Names) -> Iterator[Row]:
    for step in steps:
        yield _step(step, known)
        if step.argument is not None:
            event = step.event
            yield from _grounds(event.case_id, event.position, step.argument)


def _rows_before(before: StateBefore, naming: Naming) -> Iterator[Row]:
    for person in before.accountability.people:
        yield from person_rows(person, naming)
    for owed in before.open:
        yield open_row(owed, naming)
    for bar in before.bars:
        yield bar_row(bar, naming)
    yield from _grounds(before.case_id, before.position, before.argument)


def _step(step: ReplayStep, known: Names) -> Row:
    event, people = step.event, step.state.accountable
    cells = (
        *(event.case_id, event.position, event.occurred, step.gist, event.kind, event.recorded_at),
        tuple(changed(step, known, beside=True)),
        *(tuple(duty(each, known) for each in every) for every in (step.begun, step.ended)),
        *(step.open, tuple(called(each.party, known.called) for each in people)),
        tuple(text for text, _ in judged(step)),
        *(event.fields["standing"], step.as_of, event.event_id),
    )
    return Row(STEPS.name, cells)


def _grounds(case_id: str, decision: int, argument: DecisionContext) -> Iterator[Row]:
    for name, relation in RELATIONS.items():
        for stood, happened, on_record in getattr(argument, name):
            cells = (
                *(case_id, decision, relation, stood.position, stood.occurred, stood.gist),
                *(stood.kind, stood.marks, happened, on_record, stood.recorded_at, stood.event_id),
            )
            yield Row(GROUNDS.name, cells)
