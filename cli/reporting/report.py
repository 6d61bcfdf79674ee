"""`answerable report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.reporting import report_all
from answerable.cli.reporting.audience import (
    Asker,
    audience_options,
    checked_audience,
    disclosed_to,
    record,
)
from answerable.cli.reporting.formats import (
    FORMATS,
    REGISTERS,
    check_form,
    content,
    for_terminal,
    form_of_template,
    format_meant,
    show,
)
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.answering.version import version
from answerable.cli.shared.case_named import case_or_all
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.formats.language import in_language_asked, language_option
from answerable.cli.shared.formats.options import register_option
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import (
    EXISTING,
    OutputFile,
    actor_option,
    at_one_moment,
    ledger_option,
    open_ledger,
    open_to_ask,
    times_options,
)
from answerable.cli.shared.output import note
from answerable.domain.zone.day_end import Asked

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger


@click.command("report", cls=PagedVerdict)
@case_or_all("On all cases: figures, how long steps took, who is accountable or barred.")
@click.option(
    "--format",
    "form",
    type=Choice(tuple(FORMATS)),
    help="Text fitted to the terminal; Markdown; one page of HTML, with its record; PDF; JSON "
    "for programs; or CSV or XLSX for spreadsheets. [default: by the ending of --output; else text "
    "on a terminal, and Markdown elsewhere]",
)
@register_option(REGISTERS, "CSV or XLSX", {"--all": report_all.REGISTERS})
@click.option(
    "-o",
    "--output",
    type=OutputFile(),
    metavar="FILE",
    help="Where to, whole or not at all. [default: stdout]",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@click.option(
    "--against",
    type=EXISTING,
    metavar="FILE",
    help="With --all: figures of others, in TOML or CSV, beside ours.",
)
@click.option(
    "--template",
    type=EXISTING,
    metavar="FILE",
    help="Your own template of the page, in Jinja2. It is told what docs/templates.md lists.",
)
@audience_options
@language_option
@click.option("--check", is_flag=True, help="End with exit code 1 if a check fails.")
@times_options
@clock_option
@actor_option
@ledger_option
def command(
    case: str | None,
    every: bool,
    form: str | None,
    register: str | None,
    output: Path | None,
    force: bool,
    against: Path | None,
    template: Path | None,
    audience: str | None,
    subject: str | None,
    recorded_as: str | None,
    legal_basis: str | None,
    language: str | None,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    accept_clock: bool,
    actor: str | None,
    ledger: str | None,
) -> int:
    """Write the report on a case, or on all of them.

    It begins with what the case comes to: who is accountable for what, under which sanctions,
    what the record does not tell, what is open. Then the register, the timeline, decisions, bars,
    how long each step took, and which rules of policies fail. Every line cites its events.

    --all begins with what all cases come to, and goes on with the figures that programmes
    publish, how long the steps took, who is accountable, whether like findings were answered
    alike, and who is barred.

    --for chooses what is shown, and what is withheld, which is counted at the end: the board sees
    all but who recorded what and where things are kept; an auditor or a regulator everything; the
    person concerned what is said of them; the public nothing of natural persons. --recorded-as
    records that it was given away.

    --template writes the page by a template of your own, in bounds and in a sandbox.

    --language says it in another language; names and texts stay as they were recorded.

    Deadlines are judged as of the date that --as-of gives; without one, none is.

    \b
    Example:
      answerable report acme
      answerable report acme --output acme.md
      answerable report acme --as-of 2026-03-31 --check
      answerable report acme --format json --output acme.json
      answerable report acme --output acme.html
      answerable report acme --output acme.xlsx
      answerable report acme --for subject --subject "Jane Doe" --output jane.txt
      answerable report acme --language zh-Hans --output acme.pdf
      answerable report --all --as-of 2026-03-31 --output all.html
    """
    meant = format_meant(form, output) if template is None else form_of_template(form, output)
    if case is None:
        if template is not None:
            raise click.UsageError("--template is about one case: name it.")
        if check:
            raise click.UsageError("--check is about one case: `answerable check` judges all.")
        report_all.check_whom(audience, subject, recorded_as, legal_basis)
        with in_language_asked(language, meant):
            _on_all(meant, register, output, force, against, audience, as_of, known_by, ledger)
        return 0
    if against is not None:
        raise click.UsageError("--against goes with --all: it is about the figures of all cases.")
    from answerable.ledger.system.atomic_file import new_file

    check_form(meant, register, output, REGISTERS)
    whom = checked_audience(audience, subject)
    disclosure = disclosed_to(recorded_as, legal_basis)
    opening = (
        open_ledger(ledger)
        if disclosure is None
        else open_to_record(ledger, accept_clock=accept_clock)
    )
    with in_language_asked(language, meant), opening as opened:

        def written() -> tuple[Made, bytes]:
            with at_one_moment(opened, views=True, named=subject is not None):
                made = _made(opened, case, whom, as_of, known_by)._replace(
                    register=register, template=template
                )
                return made, b"" if on_screen else content(made, meant)

        on_screen = output is None and disclosure is None and for_terminal(meant)
        if output is None:
            made, data = written()
            if disclosure is not None:
                record(made, data, disclosure, actor)
            show(made, meant, data)
        else:
            with new_file(output, force=force, private=True) as file:
                made, data = written()
                file.write(data)
                if disclosure is not None:
                    # Before the file appears: nothing leaves the house without a record.
                    record(made, data, disclosure, actor)
    return 1 if check and made.report.failed else 0


def _made(
    opened: Ledger, case: str, whom: Asker | None, as_of: Asked | None, known_by: Asked | None
) -> Made:
    """Make the report: the whole of it, or what those may see whom it is for."""
    if whom is None:
        from answerable.projections.report.looked import look
        from answerable.projections.report.report import report_of

        looked = look(opened, case, as_of=as_of, known_by=known_by)
        return Made(report_of(looked, version=version()), opened, looked)
    from answerable.projections.report.audience.audiences import FIELDS
    from answerable.projections.report.audience.report_for import report_for

    meant = whom.within(opened)
    gated = report_for(opened, case, meant, version=version(), as_of=as_of, known_by=known_by)
    fields = FIELDS.get(meant.audience, ())
    if gated.part is not None and gated.part.matter.unsaid.told_by_identifier(case):
        note(
            f"The id of the case, {case}, tells a part of the name of somebody whom they may not "
            "read of, and stands wherever the case is named. It cannot be changed: say so to "
            "whoever decides on handing this out."
        )
    return Made(gated.report, opened, gated.looked, fields, gated.part)


def _on_all(
    form: str,
    register: str | None,
    output: Path | None,
    force: bool,
    against: Path | None,
    audience: str | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
) -> None:
    """Write the report on all cases."""
    from answerable.ledger.system.atomic_file import new_file
    from answerable.projections.across.across import across_cases

    check_form(form, register, output, report_all.REGISTERS)
    others = report_all.benchmark(against)
    with open_to_ask(ledger, views=True) as opened:
        across = across_cases(
            opened, version=version(), as_of=as_of, known_by=known_by, benchmark=others
        )
        across = report_all.narrowed(across, audience)
        made = report_all.MadeOfAll(across, opened, register)
        if output is None:
            report_all.show(made, form)
        else:
            with new_file(output, force=force, private=True) as file:
                file.write(report_all.content(made, form))
