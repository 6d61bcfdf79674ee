"""`answerable figures`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.measuring.period import Day, period, period_json
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import (
    EXISTING,
    ledger_option,
    open_to_ask,
    read_file,
    times_options,
)
from answerable.cli.shared.output import line_writer, write_json
from answerable.cli.shared.zone.moments import asked_json

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked, DayByNow
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.figures.figures import Figures, Wanted
    from answerable.projections.metrics.metrics import Period


class People(click.ParamType[Any]):
    """Read how many people work for an organisation: `1200`, or of several `org-1=1200`."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the organisation as it was given, "" where none was, and the number."""
        who, _, number = value.rpartition("=")
        if not number.isascii() or not number.isdecimal() or int(number) < 1:
            self.fail(f"{value!r:.80} is no number of people, as 1200 or WHO=1200.", param, ctx)
        return who, int(number)


class FigureName(click.ParamType[Any]):
    """The name of a figure."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name, if there is such a figure."""
        from answerable.projections.figures.catalogue import BY_NAME

        return Choice(tuple(BY_NAME)).convert(value, param, ctx)


@click.command("figures", cls=PagedCommand)
@click.option("--figure", "name", type=FigureName(), help="Only this figure, at length.")
@click.option("--organisation", metavar="WHO", help="Only the cases of this organisation.")
@click.option("--from", "first", type=Day(last=False), help="Only what falls on this day or later.")
@click.option("--to", "last", type=Day(last=True), help="Only what falls on this day or before.")
@click.option(
    "--by", type=Choice(("year", "organisation")), help="Each figure by year, or by organisation."
)
@click.option(
    "--people",
    type=People(),
    multiple=True,
    help="How many people work there; of one of several organisations, WHO=NUMBER.",
)
@click.option(
    "--fewest",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="What rests on fewer is called few, and is in no median over organisations.",
)
@click.option(
    "--against",
    type=EXISTING,
    metavar="FILE",
    help="Figures of others, in TOML or CSV: say of each whether ours is above, below or within.",
)
@times_options
@ledger_option
@answer_formats("figures", "parts", "left_out", "against", usual="figures")
def command(
    name: str | None,
    organisation: str | None,
    first: date | DayByNow | None,
    last: date | DayByNow | None,
    by: str | None,
    people: tuple[tuple[str, int], ...],
    fewest: int,
    against: Path | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show the figures that ethics and compliance programmes publish.

    How many reports came in, how many were anonymous, substantiated, acknowledged in time; how
    long it took to answer and to close them; what followed. Each figure has its counts beside it,
    and is told as the least and the greatest that it can be, where dates are not precise or
    outcomes are open. With several organisations, also the median over them. --figure tells how
    one is defined, who publishes it so, and which cases it does not count, and why.

    WHO is a pseudonym or a registered name.

    \b
    Example:
      answerable figures
      answerable figures --from 2025 --to 2025 --people 1200 --as-of 2026-03-31
      answerable figures --by year
      answerable figures --figure substantiation-rate
      answerable figures --against benchmark.toml
      answerable figures --format csv --output figures.csv
    """
    within = period(first, last)
    from answerable.projections.facts.names import names
    from answerable.projections.figures.benchmark import LARGEST, read_benchmark
    from answerable.projections.figures.figures import figures_of, held_against

    others = None if against is None else read_benchmark(read_file(against, LARGEST), against.name)
    with open_to_ask(ledger, views=True) as opened:
        known = names(opened, known_by=known_by)
        wanted = _wanted(opened, known, organisation, within, people, fewest)
        found = figures_of(opened, wanted, as_of=as_of, known_by=known_by)
        if others is not None:
            found = held_against(found, others)
        if name is not None:
            found = found.only(name)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.measuring.figures import figures_registers

            write_answer(opened, form, figures_registers(found, known.called), as_of, known_by)
        elif form.name == "json":
            write_json(_value(found, opened.zone))
        else:
            write = line_writer()
            for each in _lines(opened, found, known, by, at_length=name is not None):
                write(each.text, each.style or None)


def _wanted(
    opened: Ledger,
    known: Names,
    organisation: str | None,
    within: Period,
    people: tuple[tuple[str, int], ...],
    fewest: int,
) -> Wanted:
    from answerable.cli.shared.references import asked_about
    from answerable.projections.figures.figures import Wanted

    who = None if organisation is None else asked_about(opened, known, organisation)
    heads = {asked_about(opened, known, of) if of else "": number for of, number in people}
    if who is not None and who not in heads and "" in heads:
        heads[who] = heads.pop("")
    return Wanted(within, who, heads, fewest)


def _value(found: Figures, zone: Zone) -> Any:
    """Write the figures for programs."""
    from answerable.domain.answers import json_value
    from answerable.domain.record import TreeHead

    told = {**found._asdict(), "period": period_json(found.period)}
    head = TreeHead(found.size, found.root)
    return {**json_value(told), **asked_json(found.as_of, found.known_by, head, zone)}


def _lines(
    opened: Ledger, found: Figures, known: Names, by: str | None, *, at_length: bool
) -> Iterator[Any]:
    from answerable.cli.measuring import figures_text
    from answerable.projections.titles import Titles

    if at_length:
        return figures_text.one(found, known.called, Titles(opened, found.known_by).of)
    return figures_text.all_of_them(found, known.called, by)
