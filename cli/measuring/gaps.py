"""`answerable gaps`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, note, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_by_zone
from answerable.cli.suggestions import times_words
from answerable.domain.language.saying import say, to_say

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.gaps import Need

SHOWN = 8
"""The most things of one kind, over all cases, of which the places are told."""


AS_OF_NO_DAY = to_say(
    "As of no day: nothing is judged to be overdue, and rules go by the last entry of a case. "
    "--as-of today, or a date, judges."
)
"""Says what is not judged where no day is asked about."""


@click.command("gaps", cls=PagedVerdict)
@click.option("--case", metavar="CASE", help="Only this case, with everything at length.")
@click.option(
    "--consistency",
    is_flag=True,
    help="Also what is unusual among like findings, and has no reason on record.",
)
@click.option("--check", is_flag=True, help="End with exit code 1 if anything is overdue.")
@times_options
@ledger_option
@answer_formats("gaps")
def command(
    case: str | None,
    consistency: bool,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> int:
    """Show what is open, overdue or unexplained, and from whom it is needed.

    What was imposed, promised or begun and has no end on record; which links are missing behind a
    sanction, a bar, a decision or a finding; which dates are not told; which rules of policies
    fail, or cannot be told. Each under whom it is needed from, where the record names them: who
    promised it, who leads the investigation, else who owns the case. What is overdue comes first.

    Deadlines are judged as of the date that --as-of gives; without one, none is, and rules say of
    what fell due after the last entry of a case that it cannot be told, where `check` judges it as
    of now. With --json, each thing takes a line, case by case.

    \b
    Example:
      answerable gaps --as-of 2026-03-31
      answerable gaps --case acme
      answerable gaps --as-of 2026-03-31 --check --json
      answerable gaps --consistency
    """
    if check and as_of is None:
        raise click.UsageError("--check judges deadlines, and needs --as-of to judge them by.")
    with open_to_ask(ledger, views=True) as opened:
        steps = form.name == "text" or (form.name == "json" and case is not None)
        known, found = _needs(opened, case, consistency, as_of, known_by, steps=steps)
        head = opened.head()
        zone = None if case is None else zones_of(opened, known_by)(case)
        if form.tabular:
            from answerable.cli.measuring.gaps_tasks import task
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.measuring.gaps import gaps_register
            from answerable.projections.titles import Titles

            tally = _Tally(found)
            made = gaps_register(tally, task, known.called, Titles(opened, known_by).of)
            write_answer(opened, form, made, as_of, known_by, case=case)
            overdue = tally.overdue
        elif form.name == "json":
            tally = _Tally(found)
            asked = asked_by_zone(as_of, known_by, head)
            zone_of = zones_of(opened, known_by)
            for each in tally:
                write_json(_value(opened, each, asked(zone_of(each.case_id)), known))
            overdue = tally.overdue
        else:
            from answerable.cli.measuring.gaps_text import Answer
            from answerable.cli.shared.answering.head import asked_line, head_line
            from answerable.projections.owners import by_owner
            from answerable.projections.titles import Titles
            from answerable.projections.wording.counts import capital

            listed = by_owner(found, keep=None if case else SHOWN)
            overdue = any(pile.rank == 0 for heap in listed for pile in heap.piles)
            write = line_writer()
            if asked_about := asked_line(as_of, known_by, zone):
                write(capital(asked_about), "dim")
            times = tuple(times_words(as_of, known_by, opened.zone))
            titles = Titles(opened, known_by).of
            for line in Answer(opened, known, titles, listed, case, times).lines():
                write(visible(line.text), line.style or None)
            write("", None)
            write(head_line(head), "dim")
    if as_of is None and form.name == "text":
        note(say(AS_OF_NO_DAY))
    return 1 if check and overdue else 0


class _Tally:
    """Things that are needed, as they are gone through, and whether any is overdue."""

    def __init__(self, found: Iterator[Need]) -> None:
        self._found = found
        self.overdue = False

    def __iter__(self) -> Iterator[Need]:
        for each in self._found:
            self.overdue = self.overdue or each.overdue == "yes"
            yield each


def _needs(
    opened: Ledger,
    case: str | None,
    consistency: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    *,
    steps: bool,
) -> tuple[Names, Iterator[Need]]:
    from answerable.projections.facts.names import names
    from answerable.projections.gaps import needs

    known = names(opened, known_by=known_by)
    return known, needs(
        opened,
        case=case,
        consistency=consistency,
        as_of=as_of,
        known_by=known_by,
        known=known,
        steps=steps,
    )


def _value(opened: Ledger, need: Need, asked: dict[str, Any], known: Names) -> Any:
    """Write one thing for programs; with the command that records it, where that is known."""
    from answerable.cli.measuring.gaps_tasks import task
    from answerable.cli.shared.drafts import command_words
    from answerable.domain.answers import json_value

    name = None if need.whom is None else known.called(need.whom)
    told = need._asdict()
    step = told.pop("step")
    words = [] if step is None else ["answerable", *command_words(opened, known, step)]
    said = {"needed_from": name, "task": task(need.what), "command": words or None}
    return json_value({**asked, **told, **said})
