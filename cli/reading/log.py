"""`answerable log`."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.length import at_length_option
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_line
from answerable.cli.shared.terminal.screen import screen_width
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import localised
from answerable.cli.shared.zone.since import SincePoint, first_position
from answerable.domain.language.saying import say, to_say
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.domain.record import RecordedEvent
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.log import LoggedEvent

    Say = Callable[[RecordedEvent], str]
    """Says an event in one line."""

NOT_TOLD = "-"
"""Stands for a date that is not known."""

MARK = to_say("[indeterminate by then] {line}")
"""Marks what may not have happened by the moment asked about."""


@click.command("log", cls=PagedCommand)
@click.option("--case", metavar="CASE", help="Only the events of this case.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only events of this kind. Repeatable."
)
@click.option(
    "--since",
    type=SincePoint(),
    help="From this position on (#2026), or from what was recorded on this date (2026-01-05).",
)
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", help="Only the first so many.")
@at_length_option("In a terminal, cut nothing, and say the kind and the id of each event.")
@click.option("--last", type=click.IntRange(1), metavar="NUMBER", help="Only the last so many.")
@times_options
@ledger_option
@answer_formats("log")
def command(
    case: str | None,
    kinds: tuple[str, ...],
    since: Any,
    limit: int | None,
    at_length: bool,
    last: int | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """List what was recorded, oldest first.

    An event takes one line. In a terminal: its number, when it happened, and what it says, cut to
    the width, below the case and the day on which it was recorded; with -v also its kind and id.
    In a pipe: position, when it was recorded, when it happened, kind, case, what it says, id.
    Sealed texts are not opened, but for names and titles.

    Dates are shown as first recorded. --as-of goes by what they were corrected to, and shows that
    too; what may or may not have happened by then is marked as indeterminate.

    \b
    Example:
      answerable log --case acme
      answerable log --as-of 2026-01-31 --known-by 2026-03-31
      answerable log --kind sanction --since 2026-01-05
      answerable log --last 10 --json
    """
    if limit is not None and last is not None:
        raise click.UsageError("--limit and --last exclude each other.")
    with open_to_ask(ledger) as opened:
        events = _chosen(opened, case, kinds, since, last, as_of, known_by)
        shown = _first(events, limit) if last is None else _last(events, last)
        zone_of = zones_of(opened, known_by)
        if form.name == "json":
            for each in shown:
                value = _json(each, as_of)
                write_line(localised(value, opened.zone, zone_of))
            return
        line_of = _saying(opened, known_by)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.reading.log import log_register

            made = log_register(shown, lambda each: _told(each, line_of))
            write_answer(opened, form, made, as_of, known_by, case=case)
            return
        width = screen_width()
        if width is None:
            for each in shown:
                click.echo(_line(each, line_of, zone_of(each.event.case_id)))
            return
        _show(opened, shown, line_of, known_by, width, at_length=at_length)


def _show(
    opened: Ledger,
    shown: Iterator[LoggedEvent],
    line_of: Say,
    known_by: Asked | None,
    width: int,
    *,
    at_length: bool,
) -> None:
    """Write events to a terminal."""
    from answerable.cli.reading.log_text import Showing, log_lines
    from answerable.projections.titles import Titles

    title_of, zone_of = Titles(opened, known_by).of, zones_of(opened, known_by)
    how = Showing(lambda each: _sentence(each, line_of), title_of, zone_of, width, at_length)
    write = line_writer()
    for line in log_lines(shown, how):
        write(line.text, line.style or None)


def _first(events: Iterator[LoggedEvent], number: int | None) -> Iterator[LoggedEvent]:
    return islice(events, None if number is None else min(number, sys.maxsize))


def _last(events: Iterator[LoggedEvent], number: int) -> Iterator[LoggedEvent]:
    return iter(deque(events, maxlen=min(number, sys.maxsize)))


def _chosen(
    opened: Ledger,
    case: str | None,
    words: tuple[str, ...],
    since: Any,
    last: int | None,
    as_of: Asked | None,
    known_by: Asked | None,
) -> Iterator[LoggedEvent]:
    from answerable.cli.shared.references import check_case
    from answerable.domain.kinds import kind_named
    from answerable.projections.facts.known_by.day import KnownByDay, known_by_then
    from answerable.projections.log import logged

    kinds = {kind_named(word) for word in words} or None
    if case is not None:
        check_case(opened, case, known_by)
    reader, moment = known_by_then(opened, known_by)
    first = first_position(opened, since, case)
    by_moment = moment is None or reader is opened
    if last is not None and case is None and kinds is None and as_of is None and by_moment:
        size = len(opened) if moment is None else opened.size_at(moment)
        first = max(first, size - last)
    events = opened.events(case=case, kinds=kinds, known_by=moment, since=first)
    if isinstance(reader, KnownByDay):
        events = filter(reader.knew, events)
    return logged(opened, events, case=case, as_of=as_of, known_by=known_by)


def _saying(opened: Ledger, known_by: Asked | None) -> Say:
    """Return what says an event in one line, as it was first recorded."""
    from answerable.projections.facts.names import names
    from answerable.projections.wording.lines.things import Told
    from answerable.projections.wording.sentence import sentence

    called = names(opened, known_by=known_by).called

    def find(event_id: str) -> Told | None:
        event = opened.event(event_id)
        return None if event is None else Told(event.kind, event.fields)

    return lambda event: sentence(event.kind, event.fields, called, find)


def _told(event: RecordedEvent, line_of: Say) -> str:
    """Say an event, and of its clock what was accepted."""
    from answerable.projections.wording.dates import accepted_clock

    accepted = accepted_clock(event.fields)
    line = line_of(event)
    return say("{what} ({marks})", what=line, marks=accepted) if accepted else line


def _sentence(logged: LoggedEvent, line_of: Say) -> str:
    line = visible(_told(logged.event, line_of))
    return say(MARK, line=line) if logged.as_of == "unknown" else line


def _occurred(logged: LoggedEvent, zone: Zone) -> str:
    """Say when an event happened, as first recorded, and as corrected where that differs."""
    from answerable.projections.wording.dates import in_zone

    first = in_zone(logged.event.occurred or NOT_TOLD, zone)
    now = in_zone(logged.occurred or NOT_TOLD, zone)
    return first if now == first else f"{first}→{now}"


def _recorded(event: RecordedEvent, zone: Zone) -> str:
    """Say when an event was recorded, to the second."""
    from answerable.projections.wording.dates import in_zone

    return in_zone(f"{event.recorded_at[:19]}Z", zone)


def _line(logged: LoggedEvent, line_of: Say, zone: Zone) -> str:
    event = logged.event
    return (
        f"{event.position:>6}  {_recorded(event, zone)}  {_occurred(logged, zone):<13}  "
        f"{event.kind:<22}  "
        f"{event.case_id}  {_sentence(logged, line_of)}  {event.event_id}"
    )


def _json(logged: LoggedEvent, as_of: Asked | None) -> dict[str, Any]:
    value = logged.event.as_dict()
    if as_of is not None:
        value["by_then"] = {"happened": logged.as_of, "occurred": logged.occurred}
    return value
