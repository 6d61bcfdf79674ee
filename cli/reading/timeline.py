"""`answerable timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.length import at_length_option
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.case_named import case_argument
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.cli.shared.terminal.screen import fold, screen_width
from answerable.cli.shared.zone.moments import asked_json, localised

if TYPE_CHECKING:
    from answerable.cli.reading.timeline_text import TimelineAnswer
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.case_view import CaseView


@click.command("timeline", cls=PagedCommand)
@case_argument
@click.option(
    "--by",
    "order",
    type=Choice(("occurred", "recorded")),
    default="occurred",
    show_default=True,
    help="In the order of happening, as far as it is told, or of recording.",
)
@at_length_option("Say all of each event: what bounds its date, when it was recorded.")
@times_options
@ledger_option
@answer_formats("timeline", "date_gaps")
def command(
    case: str,
    order: str,
    at_length: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show what happened in a case, when, and when it was recorded.

    An event takes a line: its date, what happened, its number. What holds of most, as the day on
    which they were recorded, is said once above; -v says the rest of each, too. Nothing is left
    out: what was corrected shows how it read before, what was retracted is struck through. What has
    no date stands where what it rests on, or its recording, puts it. Where dates do not tell which
    came first, the order is only a way to write them down.

    \b
    Example:
      answerable timeline acme
      answerable timeline acme -v
      answerable timeline acme --by recorded
      answerable timeline acme --as-of 2026-01-31 --known-by 2026-03-31
    """
    from answerable.cli.reading.timeline_text import TimelineAnswer
    from answerable.cli.shared.references import check_case
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.timeline.order import in_order
    from answerable.projections.timeline.timeline import date_gaps, timeline_of
    from answerable.projections.titles import Titles

    with open_to_ask(ledger) as opened:
        check_case(opened, case, known_by)
        known = names(opened, known_by=known_by)
        view = RecordView(opened, as_of, known_by, name_of=known.called).case(case)
        gaps = date_gaps(view)
        roles = _roles(opened, view)
        answer = TimelineAnswer(timeline_of(view), gaps, {}, roles)
        if order == "occurred":
            ordered = in_order(view)
            answer = TimelineAnswer(ordered.entries, gaps, ordered.placed, roles)
        head = opened.head()
        title = Titles(opened, known_by).of(case)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.reading.timeline import timeline_registers

            said = _announcements(answer, view)
            made = timeline_registers(view, answer.entries, gaps, answer.placed, said)
            write_answer(opened, form, made, as_of, known_by, case=case)
            return
        if form.name == "json":
            from answerable.domain.answers import json_value

            asked = {"case_id": case, **asked_json(as_of, known_by, head, view.zone)}
            told = json_value({"by": order, **answer._asdict()})
            write_json({**asked, **localised(told, view.zone)})
            return
        _show(answer, view, title, asked_line(as_of, known_by, view.zone), at_length=at_length)
    write = line_writer()
    write("", None)
    write(head_line(head), "dim")


def _show(
    answer: TimelineAnswer, view: CaseView, title: str | None, asked: str, *, at_length: bool
) -> None:
    """Write the title of the case, the times asked about, if any, and the events."""
    from answerable.cli.reading.timeline_text import timeline_lines
    from answerable.projections.wording.counts import capital
    from answerable.projections.wording.leading.case import case_words

    width, write = screen_width(), line_writer()
    for text in fold(visible(case_words(view.case_id, title)), width):
        write(text, "bold")
    if asked:
        write(capital(asked), "dim")
    announced = _announcements(answer, view)
    for line in timeline_lines(answer, announced, view.zone, width=width, at_length=at_length):
        write(line.text, line.style or None)


def _announcements(answer: TimelineAnswer, view: CaseView) -> dict[str, str]:
    """Say of each event that was announced who did so, and when."""
    from answerable.projections.wording.lines.phrases import announced

    said = {
        entry.event_id: announced(view.facts[entry.event_id].fields, view.name_of)
        for entry in answer.entries
    }
    return {event_id: each for event_id, each in said.items() if each is not None}


def _roles(opened: Ledger, view: CaseView) -> dict[str, str]:
    """Read which roles the events of a case gave."""
    given = [fact for fact in view.facts.values() if fact.kind == "role-assigned"]
    if not given:
        return {}
    from answerable.projections.facts.disclosed import disclose

    texts = {
        event_id: each.text("role") for event_id, each in disclose(opened, view.case, given).items()
    }
    return {event_id: each.value for event_id, each in texts.items() if each.state == "told"}
