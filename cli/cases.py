"""`answerable cases`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

import click

from answerable.cli.base import json_option, ledger_option, note, open_ledger, visible, write_json

if TYPE_CHECKING:
    from answerable.domain.recorded import RecordedEvent
    from answerable.ledger.ledger import Ledger


class Case(NamedTuple):
    """A case in short."""

    case_id: str
    events: int
    state: str
    first_recorded: str
    last_recorded: str
    title: str | None


@click.command("cases")
@ledger_option
@json_option
def command(ledger: str | None, as_json: bool) -> None:
    """List the cases.

    A case takes one line: its slug, how many events it has, whether it is open, on which days the
    first and the last of them were recorded, and its title, where that is open to read.

    \b
    Example:
      answerable cases
    """
    with open_ledger(ledger) as opened:
        none = True
        for case in _cases(opened):
            none = False
            if as_json:
                write_json(case._asdict())
            else:
                click.echo(_line(case))
    if none and not as_json:
        note("There are no cases yet: `answerable append` records the first event of one.")


def _line(case: Case) -> str:
    days = f"{case.first_recorded[:10]}  {case.last_recorded[:10]}"
    line = f"{case.case_id:<16}  {case.events:>6}  {case.state:<10}  {days}"
    return line if case.title is None else f"{line}  {visible(case.title)}"


def _cases(opened: Ledger) -> Iterator[Case]:
    """Every case, by its slug. Of each, only what bears on its beginning and end is kept."""
    for case_id, events in groupby(opened.events_by_case(), key=lambda event: event.case_id):
        yield _case(opened, case_id, events)


def _case(opened: Ledger, case_id: str, events: Iterator[RecordedEvent]) -> Case:
    from answerable.domain.kinds import FAMILIES
    from answerable.projections.facts import fold
    from answerable.projections.texts import opened_all

    lifecycle = FAMILIES["case"]
    first = last = next(events)
    kept = []
    count = 0
    for event in chain((first,), events):
        count, last = count + 1, event
        if event.kind in (*lifecycle, "correction", "retraction"):
            kept.append(event)
    facts = fold(case_id, kept)
    steps = [fact for fact in facts.facts.values() if fact.kind in lifecycle]
    titled = next((fact for fact in steps if fact.kind == "case-opened"), None)
    title = (
        None
        if titled is None
        else opened_all(opened, facts, [titled])[titled.event_id].text("title").value
    )
    state = "not opened" if not steps else "closed" if steps[-1].kind == "case-closed" else "open"
    return Case(case_id, count, state, first.recorded_at, last.recorded_at, title)
