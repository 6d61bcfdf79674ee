"""`answerable replay`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.base import (
    console,
    json_option,
    ledger_option,
    open_ledger,
    times_options,
    visible,
    write_json,
)

if TYPE_CHECKING:
    from rich.text import Text

    from answerable.ledger.ledger import Ledger
    from answerable.projections.accountability import Accountability, Person
    from answerable.projections.names import Names
    from answerable.projections.obligations import Obligation
    from answerable.projections.replay import Step, Until
    from answerable.projections.texts import Sealed

INDENT = 2

NOT_YET = {"unknown": "may not have happened by then", "no": "had not happened by then"}

YEAR = re.compile(r"[0-9]{4}")
"""Four digits mean a year; `#2026` means the position."""


@click.command("replay")
@click.argument("case", metavar="CASE")
@click.option(
    "--until",
    metavar="EVENT|POSITION|DATE",
    help="Stop after this event, this position (#2026), or what was recorded by this date.",
)
@times_options
@ledger_option
@json_option
def command(
    case: str,
    until: str | None,
    as_of: datetime | None,
    known_by: datetime | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Go through a case step by step, as it came to be decided.

    For each event in the order of recording: what it was, what it changed, and what is open then.
    At the end: who is accountable. With --json, a step a line.

    \b
    Example:
      answerable replay xiaomi-kol
      answerable replay xiaomi-kol --until 2026-01-05
      answerable replay xiaomi-kol --until 20 --json
    """
    from answerable.projections.names import names
    from answerable.projections.replay import replay

    with open_ledger(ledger) as opened:
        known = names(opened, known_by=known_by)
        steps = replay(
            opened,
            case,
            until=None if until is None else _stop(opened, until),
            known_by=known_by,
            as_of=as_of,
            called=known.called,
        )
        if as_json:
            for step in steps:
                write_json(_told(step, _sealed(opened, step)))
        else:
            _draw(opened, case, steps, known, as_of, known_by)


def _stop(ledger: Ledger, text: str) -> Until:
    from answerable.cli.references import ID_START, POSITION, find_event
    from answerable.domain import dates

    wanted = text.strip().lower()
    if POSITION.fullmatch(wanted) and not YEAR.fullmatch(wanted):
        return int(wanted.removeprefix("#"))
    if ID_START.fullmatch(wanted):
        return find_event(ledger, wanted).event_id
    try:
        return dates.moment(text)
    except dates.DateError as error:
        raise click.BadParameter(str(error), param_hint="--until") from None


def _told(step: Step, sealed: Sealed) -> dict[str, Any]:
    """A step as data. The changes lead from one state to the next, so no state is repeated."""
    from answerable.projections.plain import plain

    told: dict[str, Any] = plain(
        {name: value for name, value in step._asdict().items() if name not in ("event", "state")}
    )
    fields = {name: value for name, value in step.event.fields.items() if name != "_sd"}
    told["event"] = {"position": step.event.position, **fields}
    told["sealed"] = plain(sealed.told)
    told["accountable"] = [person.party for person in step.state.accountable]
    return told


def _draw(
    ledger: Ledger,
    case: str,
    steps: Iterator[Step],
    known: Names,
    as_of: datetime | None,
    known_by: datetime | None,
) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from answerable.cli.texts import holds_for

    out = console()
    last: Step | None = None
    due: dict[tuple[str, str], Obligation] = {}
    for step in steps:
        if last is None:
            out.print(f"Case {case}", style="bold")
            out.print(holds_for(as_of, known_by, ledger.head()), style="dim")
        last = step
        for each in step.ended:
            del due[each.what, each.event_id]
        due.update(((each.what, each.event_id), each) for each in step.begun)
        out.print()
        sealed = _sealed(ledger, step)
        out.print(_heading(step), style="dim")
        out.print(Text(visible(step.gist), "bold"))
        for line in _lines(step, sealed, known):
            out.print(Padding(line, (0, 0, 0, INDENT), expand=False))
    if last is None:
        out.print("Nothing of it had happened by then.")
        return
    out.print()
    for line in _summary(last.state, due.values(), known):
        out.print(Padding(line, (0, 0, 0, 0 if line.style else INDENT), expand=False))


def _sealed(ledger: Ledger, step: Step) -> Sealed:
    """What is sealed in the event itself: as it was first told, before any correction of it."""
    from answerable.projections.facts import fold
    from answerable.projections.texts import opened_all

    facts = fold(step.event.case_id, [step.event])
    return opened_all(ledger, facts, facts.facts.values())[step.event.event_id]


def _recorded(step: Step, sealed: Sealed) -> str:
    from answerable.cli.texts import recorded_by

    at = step.event.recorded_at
    return f"recorded {at[:10]} {at[11:16]} UTC by {recorded_by(sealed)}"


def _heading(step: Step) -> str:
    from answerable.cli.texts import date

    event = step.event
    marks = [f"#{event.position}", date(event.occurred)]
    if event.fields["standing"] != "asserted":
        marks.append(event.fields["standing"])
    if step.as_of != "yes":
        marks.append(NOT_YET[step.as_of])
    return " · ".join(marks)


def _lines(step: Step, sealed: Sealed, known: Names) -> Iterator[Text]:
    """What is shown of a step below its heading and its gist."""
    from rich.text import Text

    from answerable.cli.texts import lines

    yield from map(Text, lines(sealed))
    yield Text(_recorded(step, sealed), "dim")
    for change in _changed(step, known):
        yield Text(f"→ {visible(change)}", "cyan")
    if step.begun or step.ended:
        duties = [f"+ {_duty(each, known)}" for each in step.begun]
        duties += [f"- {_duty(each, known)}" for each in step.ended]
        yield Text(f"open now: {step.open} ({'; '.join(duties)})")


def _changed(step: Step, known: Names) -> Iterator[str]:
    """What changed in who is accountable, and in what else the event's own line does not say."""
    from answerable.projections.changes import sentence
    from answerable.projections.status import effect_sentence

    own = step.event.event_id
    for change in step.changes:
        said = sentence(change, known.called)
        if said is not None:
            yield said
    for effect in step.effects:
        if effect.event_id != own:
            yield effect_sentence(effect)


def _duty(duty: Obligation, known: Names) -> str:
    party = "" if duty.party is None else f", {known.called(duty.party)}"
    due = "" if duty.due is None else f", due {duty.due}"
    return visible(f"{duty.what}{party}{due}, #{duty.position}")


def _summary(state: Accountability, due: Iterable[Obligation], known: Names) -> Iterator[Text]:
    """Who is accountable in the end, and what is open."""
    from rich.text import Text

    number = sum(person.accountable == "yes" for person in state.people)
    who = {0: "Nobody is", 1: "One person is"}.get(number, f"{number} people are")
    yield Text(f"{who} accountable.", "bold")
    for person in sorted(state.people, key=lambda person: person.accountable == "no"):
        yield Text(visible(f"{known.called(person.party)}: {'; '.join(_stands(person))}"))
    still = [_duty(each, known) for each in due]
    yield Text(f"Open: {len(still) or 'nothing'}.", "bold")
    for each in still:
        yield Text(each)


def _stands(person: Person) -> Iterator[str]:
    from answerable.projections.gist import measure, words

    if person.accountable != "yes":
        doubt = "indeterminate whether" if person.accountable == "unknown" else "not"
        yield f"{doubt} accountable"
    for finding in person.findings:
        blame = "no" if finding.responsibility == "none" else finding.responsibility
        appeal = "" if finding.appeal == "none" else f", appeal {words(finding.appeal)}"
        yield f"{finding.outcome}, {blame} responsibility{appeal}"
    for sanction in person.sanctions:
        yield f"{measure(sanction._asdict())}: {sanction.state}"
    for interim in person.interim:
        yield f"{words(interim.measure)} (not a sanction)"
    if person.disputed:
        yield "disputed"
