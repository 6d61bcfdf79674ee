"""Tell what falls due, when and from whom: `answerable due`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.judging.answer import write_text
from answerable.cli.judging.asked import as_of_now, check_cases, judges_for, record_view, views
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import EXISTING, Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import write_json
from answerable.cli.shared.zone.asked import zone_asked, zones_of
from answerable.cli.shared.zone.moments import asked_by_zone
from answerable.domain.language.saying import say_count

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.conformance.output.ics import CalendarEntry
    from answerable.projections.due import Due
    from answerable.projections.facts.names import Names
    from answerable.projections.facts.record_view import RecordView

CALENDAR = "ics"
"""The format that tells no names: a calendar is shared."""

LENGTH = re.compile(r"([0-9]{1,5}) ?(d|days?|w|weeks?)?", re.ASCII | re.IGNORECASE)


class Length(click.ParamType[int]):
    """A number of days: 14, 14d, or weeks: 2w."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of days that the text means."""
        if isinstance(value, int):
            return value
        found = LENGTH.fullmatch(value.strip())
        if found is None:
            self.fail(f"{value!r:.40} is no length of time: 14d is 14 days, 2w two weeks.")
        return int(found[1]) * (7 if (found[2] or "d").casefold().startswith("w") else 1)


@click.command("due", cls=PagedCommand)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@click.option(
    "--within",
    type=Length(),
    metavar="TIME",
    help="Only what is overdue, or falls due within this time: 14d, 2w.",
)
@click.option(
    "--policy",
    "policies",
    metavar="FILE",
    multiple=True,
    type=EXISTING,
    help="By this document, as if it had always been in force. May be given several times.",
)
@times_options
@ledger_option
@answer_formats("due", others={CALENDAR: "a calendar (iCalendar), to subscribe to"})
def command(
    cases: tuple[str, ...],
    within: int | None,
    policies: tuple[Path, ...],
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show what falls due, when, in which case, and from whom.

    By the rules of the policies in force, and by the due dates that events tell themselves. What is
    overdue comes first, then what may be, since a date is not told; then by deadline, each with the
    earliest and the latest that it may be. Judged as of now, or of the date that --as-of gives.

    CASE is a case; left out, all are asked about. A calendar tells pseudonyms, and no names.

    \b
    Example:
      answerable due
      answerable due --within 14d
      answerable due acme --format ics > due.ics
    """
    now = as_of is None
    times = Times(as_of_now(as_of), known_by)
    with open_to_ask(ledger, views=True) as opened:
        check_cases(opened, cases, known_by)
        record = record_view(opened, times, named=form.name != CALENDAR)
        judges = judges_for(record, policies, every=not cases)
        found = _found(record, judges, cases, within)
        if form.name == "text":
            _write_text(opened, judges, found, cases, times, within, now=now)
        elif form.name == "json":
            _write_json(opened, found, times)
        elif form.tabular:
            _write_tables(opened, judges, found, cases, times, form)
        else:
            _write_calendar(found, times)


def _found(
    record: RecordView, judges: Judges, cases: Sequence[str], within: int | None
) -> Iterator[Due]:
    from answerable.projections.due import due_in, until

    for view, outcomes in judges.outcomes_of_each(views(record, cases)):
        last = None if within is None else until(view, within)
        for each in due_in(view, outcomes):
            if last is None or each.falls_by(last):
                yield each


def _names(opened: Ledger, times: Times) -> Names:
    from answerable.projections.facts.names import names

    return names(opened, known_by=times.known_by)


def _write_text(
    opened: Ledger,
    judges: Judges,
    found: Iterator[Due],
    cases: Sequence[str],
    times: Times,
    within: int | None,
    *,
    now: bool,
) -> None:
    from answerable.cli.judging.check_text import policies_called, unreadable_lines
    from answerable.cli.judging.due_text import counted_due, due_lines
    from answerable.projections.titles import Titles

    lines = due_lines(
        counted_due(found),
        _names(opened, times).called,
        Titles(opened, times.known_by).of,
        None if within is None else say_count("{number} day", "{number} days", within),
        policies_called(judges.versions),
    )
    unreadable = unreadable_lines(judges.versions.unreadable)
    write_text(opened, cases, times, chain(unreadable, lines), now=now)


def _write_json(opened: Ledger, found: Iterator[Due], times: Times) -> None:
    asked = asked_by_zone(*times, opened.head())
    zone_of = zones_of(opened, times.known_by)
    known = _names(opened, times)
    for each in found:
        name = None if each.whom is None else known.called(each.whom)
        write_json({**asked(zone_of(each.case_id)), **each.as_dict(), "needed_from": name})


def _write_tables(
    opened: Ledger,
    judges: Judges,
    found: Iterator[Due],
    cases: Sequence[str],
    times: Times,
    form: Form,
) -> None:
    from answerable.cli.shared.formats.writing import write_answer
    from answerable.projections.registers.judging.due import due_register
    from answerable.projections.titles import Titles

    titles = Titles(opened, times.known_by).of
    policies = judges.versions.titles
    made = due_register(found, _names(opened, times).called, titles, policies)
    case = cases[0] if len(cases) == 1 else None
    write_answer(opened, form, made, *times, case=case, versions=judges.versions)


def _write_calendar(found: Iterator[Due], times: Times) -> None:
    from answerable.domain.zone.day_end import moment_in
    from answerable.projections.conformance.output.ics import calendar_of

    stamp = moment_in(times.as_of, zone_asked())
    if stamp is not None:
        click.echo(calendar_of(map(_entry, found), stamp=stamp), nl=False)


def _entry(each: Due) -> CalendarEntry:
    """Return a thing as an entry of a calendar. What an event tells itself is under `record`."""
    from answerable.projections.conformance.judgement import Deadline
    from answerable.projections.conformance.output.ics import CalendarEntry
    from answerable.projections.conformance.output.words import deadline_words
    from answerable.projections.wording.counts import capital

    whom = "" if each.whom is None else f"From {each.whom}, who {each.role}.\n"
    by = capital(deadline_words(Deadline(each.earliest, each.latest)))
    rule = "" if each.rule is None else f"\n{each.source} ({each.policy} {each.version})"
    return CalendarEntry(
        each.policy or "record",
        each.rule or "due",
        each.event_id,
        each.earliest,
        each.latest,
        f"{capital(each.about)}: {each.what.rstrip('.')}",
        f"{by}, in {each.case_id} (#{each.position}).\n{whom}{rule}".strip(),
    )
