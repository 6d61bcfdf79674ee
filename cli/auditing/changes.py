"""`answerable changes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_by_zone, localised
from answerable.cli.shared.zone.since import SincePoint, first_position
from answerable.domain.search.folding import plain_key

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.projections.auditing.changes import Change
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.names import Names

Found = tuple["CaseView", "Change"]


@click.command("changes", cls=PagedCommand)
@click.argument("case", required=False)
@click.option(
    "--since",
    type=SincePoint(),
    help="Only what was changed from this position (#2026) or date (2026-01-05, today) on.",
)
@click.option(
    "--by",
    metavar="WHO",
    help="Only what was recorded by someone of this name, or is a party's doing.",
)
@times_options
@ledger_option
@answer_formats("changes", "fields")
def command(
    case: str | None,
    since: Any,
    by: str | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show what was corrected, retracted, disputed, withdrawn or erased.

    For each: who recorded it and when, which event it changed, what each field said before and
    says since, and why. What is sealed and not open to read says so, and so does what was erased.

    CASE is a case; left out, the changes in all cases are shown. WHO is a name, a part of one, or a
    pseudonym. With --json, a line for each change.

    \b
    Example:
      answerable changes acme
      answerable changes --since 2026-02-01 --by jane
      answerable changes acme --since yesterday --json
    """
    from answerable.cli.shared.references import check_case
    from answerable.projections.auditing.changes import changes
    from answerable.projections.facts.names import names

    with open_to_ask(ledger, named=by is not None) as opened:
        if case is not None:
            check_case(opened, case, known_by)
        known = names(opened, known_by=known_by)
        first = first_position(opened, since, case)
        every = changes(opened, case=case, since=first, as_of=as_of, known_by=known_by, known=known)
        found = every if by is None else _by(every, by, known)
        if form.tabular:
            from answerable.cli.auditing.changes_text import value_words
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.auditing.changes import (
                ChangeWords,
                change_registers,
            )
            from answerable.projections.titles import Titles

            words = ChangeWords(
                Titles(opened, known_by).of,
                known.called,
                lambda view, field, text: value_words(view, field, text, known),
            )
            write_answer(opened, form, change_registers(found, words), as_of, known_by, case=case)
            return
        if form.name == "json":
            times_in = asked_by_zone(as_of, known_by, opened.head())
            for view, each in found:
                write_json({**times_in(view.zone), **localised(each.as_dict(), view.zone)})
            return
        from answerable.cli.auditing.changes_text import lines
        from answerable.cli.shared.answering.head import asked_line, head_line
        from answerable.projections.wording.counts import capital

        write = line_writer()
        zone = None if case is None else zones_of(opened, known_by)(case)
        if asked := asked_line(as_of, known_by, zone):
            write(capital(asked), "dim")
        for line in lines(opened, found, known, narrowed=(by or since) is not None):
            write(visible(line.text), line.style or None)
        write("", None)
        write(head_line(opened.head()), "dim")


def _by(found: Iterator[Found], who: str, known: Names) -> Iterator[Found]:
    """Choose the changes that somebody recorded, or that are a party's doing."""
    wanted = plain_key(who)
    for view, each in found:
        recorder = plain_key(str(each.recorded_by.value or ""))
        named = (plain_key(name) for party in each.by for name in (party, known.called(party)))
        if wanted in recorder or wanted in named:
            yield view, each
