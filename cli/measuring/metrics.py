"""`answerable metrics`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.measuring.period import Day, period, period_json
from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import console, line_writer, note, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_json
from answerable.domain.language.saying import figures, say, say_as, to_say, to_say_as
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.counts import capital
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from rich.table import Table

    from answerable.domain.zone.day_end import Asked, DayByNow
    from answerable.projections.intervals import Range
    from answerable.projections.metrics.metrics import Count, Length, Metrics


@click.command("metrics", cls=PagedCommand)
@click.option("--case", metavar="CASE", help="Only this case; the numbers cite its events.")
@click.option(
    "--from", "first", type=Day(last=False), help="Only cases first signalled from this day on."
)
@click.option(
    "--to", "last", type=Day(last=True), help="Only cases first signalled until this day."
)
@times_options
@ledger_option
@answer_formats("metrics")
def command(
    case: str | None,
    first: date | DayByNow | None,
    last: date | DayByNow | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show how long each step took, and how many things stand how.

    Over all cases: from the first signal to acknowledgement, apology, investigation, sanctions and
    their execution, the median with the shortest and the longest, in days; and how many cases,
    obligations, sanctions and appeals stand how. Where dates are not precise, a number is told as
    the least and the greatest that it can be. With --json, with the cases behind each.

    Whether something is overdue is judged as of the date that --as-of gives; without one, it is
    not.

    \b
    Example:
      answerable metrics
      answerable metrics --from 2026-01 --to 2026-03 --as-of 2026-06-30
      answerable metrics --case acme --json
      answerable metrics --format csv > metrics.csv
    """
    within = period(first, last)
    from answerable.projections.metrics.metrics import metrics_of
    from answerable.projections.titles import Titles

    with open_to_ask(ledger) as opened:
        found = metrics_of(opened, case=case, period=within, as_of=as_of, known_by=known_by)
        zone = None if case is None else zones_of(opened, known_by)(case)
        titles = Titles(opened, known_by)
        title = _title(found) if case is None else case_words(case, titles.of(case))
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.measuring.metrics import metrics_register

            write_answer(opened, form, metrics_register(found), as_of, known_by, case=case)
    if form.name == "json":
        write_json(_value(found, zone or opened.zone))
    elif form.name == "text":
        _draw(found, title, zone)
    if as_of is None and form.name != "json":
        note(say("Nothing is judged to be overdue: --as-of gives the date to judge by."))


def _value(found: Metrics, zone: Zone) -> Any:
    """Write the metrics for programs."""
    from answerable.domain.answers import json_value
    from answerable.domain.record import TreeHead

    head = TreeHead(found.size, found.root)
    asked = asked_json(found.as_of, found.known_by, head, zone)
    return {**json_value({**found._asdict(), "period": period_json(found.period)}), **asked}


def _spans(length: Length) -> tuple[Range[float] | None, ...]:
    return (length.median, length.shortest, length.longest)


def _number(count: Count) -> str:
    """Say how many: "3", or "3 to 5"."""
    if count.least == count.most:
        return figures(count.least)
    return say("{least} to {most}", least=figures(count.least), most=figures(count.most))


def _draw(found: Metrics, title: str, zone: Zone | None) -> None:
    """Write how many things stand how, and how long each step took; the log comes last."""
    from answerable.domain.record import TreeHead

    out = console()
    write = line_writer()
    write(visible(title), "bold")
    if asked := asked_line(found.as_of, found.known_by, zone):
        write(capital(asked), "dim")
    for table, none in (_counts(found), _lengths(found)):
        write("", None)
        if table.row_count:
            out.print(table)
        if none:
            write(say("None: {names}.", names=say_as("list", ", ").join(none)), "dim")
    if found.amounts:
        from answerable.projections.extents import extent_words

        write("", None)
        write(say("amounts"), "bold")
        for each in found.amounts:
            write(f"  {visible(extent_words(each))}", None)
    write("", None)
    write(head_line(TreeHead(found.size, found.root)), "dim")


def _title(found: Metrics) -> str:
    """Say which cases these are."""
    first, last = found.period
    cases = say("Cases: {number}", number=_number(found.cases))
    if not first and not last:
        return cases
    days = {"cases": cases, "first": first, "last": last}
    if not last:
        return say("{cases}, first signalled from {first}", cases=cases, first=first)
    if not first:
        return say("{cases}, first signalled until {last}", cases=cases, last=last)
    return say("{cases}, first signalled from {first} until {last}", **days)


def _table(*columns: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(
        box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, collapse_padding=True
    )
    made.add_column(columns[0], no_wrap=True)
    for each in columns[1:]:
        made.add_column(each, justify="right")
    return made


def _lengths(found: Metrics) -> tuple[Table, list[str]]:
    """Draw the lengths, by where they are counted from; and name those that no case has."""
    from answerable.projections.timeline.steps import step_words

    made = _table(*(say_as("column", each) for each in LENGTHS))
    starts: dict[str, list[Length]] = {}
    none: list[str] = []
    for each in found.lengths:
        start, _, end = each.name.partition(" to ")
        if each.known.most or each.unknown.most or each.not_reached.most:
            starts.setdefault(start, []).append(each)
        else:
            none.append(step_words(f"{start} to {end}"))
    for start, lengths in starts.items():
        made.add_row(say("from {milestone} to", milestone=say_as("milestone", start)))
        for each in lengths:
            counts = (each.known, each.unknown, each.not_reached)
            made.add_row(
                f"  {say_as('milestone', each.name.partition(' to ')[2])}",
                *map(_number, counts),
                *map(_limits, _spans(each)),
            )
    return made, none


def _limits(span: Range[float] | None) -> str:
    """Say between which limits a number of days lies, in few signs; of no case, say nothing."""
    from answerable.projections.intervals import in_words

    words = "" if span is None else in_words(span)
    return words.replace(say(AT_LEAST), "≥").replace(say(AT_MOST), "≤")


AT_LEAST, AT_MOST = to_say("at least"), to_say("at most")
"""Begin an interval that is open at one end, in words, as `in_words` says it."""

LENGTHS = (
    to_say_as("column", "days"),
    to_say_as("column", "known"),
    to_say_as("column", "unknown"),
    to_say_as("column", "no end"),
    to_say_as("column", "median"),
    to_say_as("column", "shortest"),
    to_say_as("column", "longest"),
)
"""The heads of the table of lengths."""

MILESTONES = (
    to_say_as("milestone", "incident"),
    to_say_as("milestone", "contact"),
    to_say_as("milestone", "backlash"),
    to_say_as("milestone", "first signal"),
    to_say_as("milestone", "acknowledgement"),
    to_say_as("milestone", "apology"),
    to_say_as("milestone", "termination"),
    to_say_as("milestone", "investigation"),
    to_say_as("milestone", "investigation's end"),
    to_say_as("milestone", "findings"),
    to_say_as("milestone", "sanctions"),
    to_say_as("milestone", "execution"),
    to_say_as("milestone", "all sanctions executed"),
)
"""Names from what a step is counted, and to what: the parts of its name."""


def _counts(found: Metrics) -> tuple[Table, list[str]]:
    """Draw the numbers, those of people first; and name those that are zero."""
    from answerable.projections.metrics.wording import number_words

    made = _table(say("number of"), "")
    for each in sorted(found.counts, key=lambda count: not count.name.startswith("people")):
        if each.most:
            made.add_row(number_words(each.name), _number(each))
    none = [each.name for each in found.counts if not each.most and ":" not in each.name]
    return made, [number_words(each) for each in none]
