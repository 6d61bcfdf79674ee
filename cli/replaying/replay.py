"""`answerable replay`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.replaying.step_text import opened
from answerable.cli.shared.case_named import case_argument
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    Times,
    at_one_moment,
    ledger_option,
    open_ledger,
    times_options,
)
from answerable.cli.shared.output import line_writer, note, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import localised
from answerable.domain.language.saying import say
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.domain.record import RecordedEvent
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.output.register import Registers
    from answerable.projections.replay.replay import ReplayStep, Until

REGISTERS = (
    *("steps", "grounds", "accountable", "findings", "sanctions", "interim", "proceedings"),
    *("amounts", "open", "barred"),
)
"""The tables of a replay: the first two; and with --at, what is open and said, and its grounds."""

YEAR = re.compile(r"[0-9]{4}")
"""Four digits may be a year or a position; `#2026` is the position."""

DATE = re.compile(r"[./]*[0-9]{4}([-/.~?%].*)?")
"""Matches what begins as a date does, and so is meant for one. No id of an event does."""

STEP = re.compile(r"step:([1-9][0-9]{0,6})")
"""A step by its number among those shown, as `--interactive` counts them."""


@click.command("replay", cls=Command)
@case_argument
@click.option(
    "--until",
    metavar="EVENT|STEP",
    help="Stop after this event (its id, or its position as 20), or this step (step:3). Dates go "
    "through --as-of and --known-by.",
)
@click.option(
    "--at",
    metavar="EVENT",
    help="Show what was on record just before this event, and, apart, what came later.",
)
@click.option("--interactive", is_flag=True, help="Step with the arrow keys, in a terminal.")
@times_options
@ledger_option
@answer_formats(*REGISTERS)
def command(
    case: str,
    until: str | None,
    at: str | None,
    interactive: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Go through a case step by step, as it came to be decided.

    For each event in the order of recording: what it was, what it changed, and what is open then.
    For each decision: what it names as its ground, what else was on record, and, marked as
    hindsight, what came on record only later. At the end: who is accountable. With --json, a step
    a line; in tables, `steps`, and `grounds` of the decisions among them.

    \b
    Example:
      answerable replay xiaomi-kol
      answerable replay xiaomi-kol --until 20
      answerable replay xiaomi-kol --until step:3 --json
      answerable replay xiaomi-kol --as-of 2026-01-05 --known-by 2026-12-31
      answerable replay xiaomi-kol --at 19
      answerable replay xiaomi-kol --interactive
    """
    if interactive:
        form = form.also("text", "--interactive")
    _check(until, at, interactive)
    from answerable.projections.facts.names import names
    from answerable.projections.replay.replay import replay_case

    with open_ledger(ledger) as record, ExitStack() as moment:
        moment.enter_context(at_one_moment(record, views=True))
        known = names(record, known_by=known_by)
        for option, text in (("--until", until), ("--at", at)):
            _check_no_date(option, text)
        if at is not None and not interactive:
            _state_before(record, case, at, known, Times(as_of, known_by), form)
            return
        number = None if until is None else STEP.fullmatch(until.strip().lower())
        steps = replay_case(
            record,
            case,
            until=None if until is None or number else _stop(record, until),
            known_by=known_by,
            as_of=as_of,
            name_of=known.called,
            type_of=known.type_of,
            judged=True,
        )
        if number:
            steps = islice(steps, int(number[1]))
        if interactive:
            zone = zones_of(record, known_by)(case)
            _step_through(record, case, steps, known, at, zone, known_by, moment)
        elif form.tabular:
            from answerable.projections.registers.replaying.steps import step_registers

            _write_tables(record, case, step_registers(steps, known), Times(as_of, known_by), form)
        elif form.name == "json":
            zone = zones_of(record, known_by)(case)
            for step in steps:
                write_json(localised(_value(step, record), zone))
        else:
            from answerable.cli.replaying.case_text import case_text

            write = line_writer()
            for line in case_text(record, case, steps, known, as_of, known_by):
                write(*line)


def _check(until: str | None, at: str | None, interactive: bool) -> None:
    """Check that the options go together.

    Raises:
        UsageError: they do not, or there is no terminal to step in.
    """
    if at is not None and until is not None:
        raise click.UsageError("--at shows the state at one event, and --until stops a replay.")
    if interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("--interactive takes a terminal. Leave it out to read it all.")


def _check_no_date(option: str, text: str | None) -> None:
    """Check that an option which takes an event is given no date.

    Raises:
        UsageError: it is, or it may be: of four digits nobody can tell.
    """
    from answerable.domain import edtf

    if text is None or not DATE.fullmatch(text.strip()):
        return
    try:
        edtf.moment(text)
        when = text
    except edtf.DateError:
        when = "DATE"
    position = f" For the event at position {text}, write '#{text}'."
    raise click.UsageError(
        f"{option} takes an event or a step, and {text} {'may be' if _is_year(text) else 'is'} a "
        f"date. Use --as-of {when} to leave out what happened later, or --known-by {when} to leave "
        f"out what was recorded later.{position if _is_year(text) else ''}"
    )


def _is_year(text: str) -> bool:
    return YEAR.fullmatch(text) is not None


def _stop(ledger: Ledger, text: str) -> Until:
    from answerable.cli.shared.references import POSITION, find_event

    reference = text.strip().lower()
    if POSITION.fullmatch(reference):
        return int(reference.removeprefix("#"))
    return find_event(ledger, reference).event_id


def _event_in(ledger: Ledger, case: str, text: str) -> RecordedEvent:
    """Find the event of a case that a text means.

    Raises:
        NotFound: there is none.
    """
    from answerable.cli.shared.references import check_case, find_event
    from answerable.projections.errors import NotFound

    check_case(ledger, case)
    event = find_event(ledger, text)
    if event.case_id != case:
        raise NotFound(
            f"#{event.position} is an event of the case {event.case_id!r}, not of {case!r}.",
            field="at",
            hint=f"`answerable log --case {case}` lists the events and their ids.",
        )
    return event


def _state_before(
    ledger: Ledger,
    case: str,
    at: str,
    known: Names,
    times: Times,
    form: Form,
) -> None:
    from answerable.cli.replaying.state_before_text import before_text
    from answerable.domain.answers import json_value
    from answerable.projections.replay.state_before import state_before

    event = _event_in(ledger, case, at)
    found = state_before(ledger, event, **times._asdict(), name_of=known.called)
    zone = zones_of(ledger, times.known_by)(case)
    if form.tabular:
        from answerable.projections.registers.asking.said import Naming
        from answerable.projections.registers.replaying.steps import before_registers
        from answerable.projections.titles import Titles

        naming = Naming(known, Titles(ledger, times.known_by).of)
        _write_tables(ledger, case, before_registers(found, naming), times, form)
    elif form.name == "json":
        write_json({**localised(json_value(found), zone), "zone": zone._asdict()})
    else:
        write = line_writer()
        for line in before_text(found, known, ledger, zone):
            write(*line)


def _write_tables(ledger: Ledger, case: str, made: Registers, times: Times, form: Form) -> None:
    from answerable.cli.shared.formats.writing import write_answer

    write_answer(ledger, form, made, *times, case=case)


def _step_through(
    ledger: Ledger,
    case: str,
    steps: Iterator[ReplayStep],
    known: Names,
    at: str | None,
    zone: Zone,
    known_by: Asked | None,
    moment: ExitStack,
) -> None:
    from answerable.ledger.errors import MissingExtra
    from answerable.projections.titles import Titles
    from answerable.projections.wording.leading.case import case_words

    try:
        from answerable.cli.replaying.stepper import step_through, view
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        raise MissingExtra(
            "what steps in a terminal is not installed.",
            hint="pip install 'answerable[interactive]'",
        ) from None
    position = None if at is None else _event_in(ledger, case, at).position
    shown = [view(step, opened(ledger, step), zone) for step in steps]
    if shown:
        title = visible(case_words(case, Titles(ledger, known_by).of(case)))
        # Who steps takes their time, and holds nobody up meanwhile.
        moment.close()
        step_through(title, shown, known, ledger, position)
    else:
        note(say("Nothing of it had happened by then."))


def _value(step: ReplayStep, ledger: Ledger) -> dict[str, Any]:
    """Write a step as data. Its changes lead from state to state, so no state is repeated."""
    from answerable.domain.answers import json_value
    from answerable.projections.replay.in_brief import in_brief

    elsewhere = ("event", "state", "argument")
    value: dict[str, Any] = json_value(
        {name: value for name, value in step._asdict().items() if name not in elsewhere}
    )
    fields = {name: value for name, value in step.event.fields.items() if name != "_sd"}
    value["event"] = {"position": step.event.position, **fields}
    value["sealed"] = json_value(opened(ledger, step).told)
    value["accountable"] = [person.party for person in step.state.accountable]
    value["argument"] = None if step.argument is None else in_brief(step.argument)
    return value
