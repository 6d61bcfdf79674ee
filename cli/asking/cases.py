"""`answerable cases`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import cut, note, visible, write_json
from answerable.cli.shared.terminal.screen import ASIDE, columns, fold, padded, screen_width
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import localised
from answerable.domain.language.saying import say, say_count
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.projections.status.cases import Case


SHORTEST = 10
"""The fewest columns of a title that are worth showing."""


@click.command("cases", cls=PagedCommand)
@times_options
@ledger_option
@answer_formats("cases")
def command(as_of: Asked | None, known_by: Asked | None, ledger: str | None, form: Form) -> None:
    """List the cases.

    A case takes one line. In a terminal: its title, where that is open to read, and its slug;
    whether it is open; how many events it has, and on which day the last was recorded. In a pipe:
    its slug, its events, whether it is open, on which days the first and the last of them were
    recorded, and its title.

    With --as-of, only events that had or may have happened by then count, and the state of a case
    is indeterminate where dates do not tell it.

    \b
    Example:
      answerable cases
      answerable cases --as-of 2026-03-31
    """
    from answerable.projections.status.cases import each_in_short

    width = screen_width()
    with open_to_ask(ledger) as opened:
        none = True
        zone_of = zones_of(opened, known_by)
        found = each_in_short(opened, as_of=as_of, known_by=known_by)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.asking.cases import cases_register

            write_answer(opened, form, cases_register(found), as_of, known_by)
            return
        for case in found:
            none = False
            if form.name == "json":
                zone = zone_of(case.case_id)
                write_json({**localised(case._asdict(), zone), "zone": zone._asdict()})
            else:
                zone = zone_of(case.case_id)
                for line in [_line(case, zone)] if width is None else _lines(case, zone, width):
                    click.echo(line)
    if none and form.name == "text":
        by_then = as_of is not None or known_by is not None
        note(
            say("There were no cases by then.")
            if by_then
            else say("There are no cases yet: {command} tells how to begin one.", command=BEGIN)
        )


BEGIN = "`answerable append --help`"
"""The command that tells how a case is begun."""


def _state(case: Case) -> str:
    """Say how a case stands."""
    from answerable.projections.wording.vocabulary import state_words

    ours = {"not opened": say("not opened"), "indeterminate": say("indeterminate")}
    return ours.get(case.state) or state_words(case.state)


def _line(case: Case, zone: Zone) -> str:
    from answerable.projections.wording.dates import recorded_day

    days = f"{recorded_day(case.first_recorded, zone)}  {recorded_day(case.last_recorded, zone)}"
    line = f"{case.case_id:<16}  {case.events:>6}  {padded(_state(case), 13)}  {days}"
    return line if case.title is None else f"{line}  {visible(case.title)}"


def _lines(case: Case, zone: Zone, width: int) -> Iterator[str]:
    """Say a case in a terminal: by its title, in one line where it is wide enough."""
    from answerable.projections.wording.dates import recorded_day
    from answerable.projections.wording.leading.case import case_words

    said = visible(case_words(case.case_id, case.title))
    last = recorded_day(case.last_recorded, zone)
    events = say_count("{number} event", "{number} events", case.events)
    if width < ASIDE:
        yield from fold(said, width)
        told = say(
            "{state}, {events}, last recorded {day}", state=_state(case), events=events, day=last
        )
        yield from fold(f"  {told}", width)
        return
    before = " " * (12 - columns(events))
    told = say("{events}, last {day}", events=events, day=last)
    end = f"{padded(_state(case), 13)}  {before}{told}"
    room = width - columns(end) - 2
    shown = _fitted(said, visible(case.case_id), room)
    if shown is None:
        yield from fold(said, width)
        shown = ""
    yield f"{shown}{' ' * (room - columns(shown))}  {end}"


def _fitted(said: str, slug: str, room: int) -> str | None:
    """Cut a case's title short where it is too long; its slug stays, which one has to type.

    Returns:
        None where there is too little room beside the slug: the title takes lines of its own.
    """
    behind = _behind(said, slug)
    left = room - columns(behind)
    if columns(said) <= room:
        return said
    if left < SHORTEST:
        return None
    return f"{cut(said.removesuffix(behind), left)}{behind}"


def _behind(said: str, slug: str) -> str:
    """Return what stands behind a title: its slug, with what it is set in; "" of a slug alone."""
    title, _, rest = said.rpartition(slug)
    name = title.rstrip(" (（")
    return f"{title[len(name) :]}{slug}{rest}"
