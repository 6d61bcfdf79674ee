"""`answerable audit`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.cli.shared.zone.asked import this_moment, zones_of
from answerable.cli.shared.zone.moments import asked_by_zone, verdicts_as_of
from answerable.cli.suggestions import times_words

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.auditing.audit import CaseAudit
    from answerable.projections.facts.case_view import CaseView

Found = tuple["CaseView", "CaseAudit"]


KEPT = 32
"""The number of other cases, on which those looked at rest, in memory at a time."""


@click.command("audit", cls=PagedVerdict)
@click.argument("case", required=False)
@click.option("--person", "about", metavar="WHO", help="Only what is against this party.")
@click.option(
    "--jurisdiction",
    metavar="CODE",
    help="Only cases of this jurisdiction, or of a part of it: cn, us-ca.",
)
@click.option("--check", is_flag=True, help="End with exit code 1 if one is not fully backed.")
@click.option("--csv", "as_csv", is_flag=True, help="Short for --format csv.")
@times_options
@ledger_option
@answer_formats("audit")
def command(
    case: str | None,
    about: str | None,
    jurisdiction: str | None,
    check: bool,
    as_csv: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> int:
    """Show what backs each sanction, bar and termination, and what is missing.

    A row each: the decision, finding, evidence, authority, clause and hearing that it rests on, by
    the numbers of their events, and whether it was executed. One is fully backed where nothing of
    that is missing, wrong or not told. What another house imposed is shown, and not counted; what
    fell, or is only alleged, needs no backing.

    CASE is a case; left out, every case is audited. WHO is a pseudonym or a registered name. With
    --json, a line for each case.

    \b
    Example:
      answerable audit acme
      answerable audit --jurisdiction cn --check
      answerable audit acme --as-of 2026-03-31 --csv > audit.csv
    """
    if as_csv:
        form = form.also("csv", "--csv")
    from answerable.cli.shared.references import asked_about, check_case, check_on_record
    from answerable.projections.auditing.audit import audit
    from answerable.projections.facts.names import names

    with open_to_ask(ledger, named=about is not None) as opened:
        if case is not None:
            check_case(opened, case, known_by)
        known = names(opened, known_by=known_by)
        who = None if about is None else asked_about(opened, known, about)
        found = audit(
            opened,
            case=case,
            about=who,
            jurisdiction=_code(jurisdiction),
            as_of=as_of,
            known_by=known_by,
            known=known,
        )

        def check_named(named: bool) -> None:
            if who is not None:
                check_on_record(known, who, named=named)

        tally = _Tally(found, check_named)
        if form.name == "json":
            now = this_moment()
            times_in = asked_by_zone(as_of, known_by, opened.head())
            from answerable.domain.answers import json_value
            from answerable.projections.conformance.judging import Judges
            from answerable.projections.facts.record_view import RecordView

            moment = now if as_of is None else as_of
            name_of, type_of = known.called, known.type_of
            record = RecordView(
                opened, moment, known_by, name_of=name_of, type_of=type_of, keep=KEPT
            )
            judges = Judges(record, every=case is None, now=as_of is None)
            for view, each in tally:
                then = view if as_of is not None else record.look_at(view.case)
                verdicts = [v for v in judges.judge(then) if v.applies]
                said = {**times_in(view.zone), **verdicts_as_of(as_of, now, view.zone)}
                write_json({**said, **_value(opened, view, each), "verdicts": json_value(verdicts)})
        elif form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.auditing.audit import audit_register
            from answerable.projections.titles import Titles

            made = audit_register(tally, known.called, Titles(opened, known_by).of)
            write_answer(opened, form, made, as_of, known_by, case=case)
        else:
            from answerable.cli.auditing.audit_text import lines
            from answerable.cli.shared.answering.head import asked_line, head_line
            from answerable.cli.shared.answering.rules import rule_lines
            from answerable.projections.conformance.saying.in_brief import verdicts_on
            from answerable.projections.wording.counts import capital

            write = line_writer()
            zone = None if case is None else zones_of(opened, known_by)(case)
            if asked := asked_line(as_of, known_by, zone):
                write(capital(asked), "dim")
            times = tuple(times_words(as_of, known_by, opened.zone))
            for line in lines(opened, tally, alone=case is not None, times=times):
                write(visible(line.text), line.style or None)
            if case is not None and who is None:
                now = this_moment()
                judged = verdicts_on(opened, case, known, as_of=as_of, known_by=known_by, now=now)
                for line in rule_lines(case, judged, times, now=as_of is None):
                    write(visible(line.text), line.style or None)
            write("", None)
            write(head_line(opened.head()), "dim")
    return 1 if check and not tally.sound else 0


class _Tally:
    """Cases as they are audited, and whether all that was found in them is fully backed."""

    def __init__(self, found: Iterator[Found], check: Callable[[bool], None]) -> None:
        self._found, self._check = found, check
        self.sound = True

    def __iter__(self) -> Iterator[Found]:
        some = False
        for view, each in self._found:
            some = some or bool(each.rows or each.fallen)
            self.sound = self.sound and each.backed == each.counted
            yield view, each
        self._check(some)


def _code(jurisdiction: str | None) -> str | None:
    """Check the code of a jurisdiction.

    Raises:
        BadParameter: there is no such country.
    """
    from answerable.domain.terms.jurisdiction import check_jurisdiction

    try:
        return None if jurisdiction is None else check_jurisdiction(jurisdiction.lower())
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="'--jurisdiction'") from None


def _value(opened: Ledger, view: CaseView, found: CaseAudit) -> dict[str, Any]:
    """Write the audit of a case for programs."""
    from answerable.domain.answers import json_value
    from answerable.projections.titles import title_in

    value: dict[str, Any] = json_value(found)
    return {"title": title_in(opened, view), **value}
