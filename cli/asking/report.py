"""`answerable report`."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.asking.report_formats import FORMATS, Made, content, format_meant, show
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.case_named import case_or_all
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import ledger_option, open_ledger, times_options
from answerable.domain.zone.day_end import Asked


@click.command("report", cls=PagedVerdict)
@case_or_all("On all cases: figures, how long steps took, who is accountable or barred.")
@click.option(
    "--format",
    "form",
    type=Choice(tuple(FORMATS)),
    help="Text fitted to the terminal; Markdown; one page of HTML, with its record; PDF; or JSON "
    "for programs. [default: by the ending of --output; else text on a terminal, and Markdown "
    "elsewhere]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to, whole or not at all. [default: stdout]",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@click.option("--check", is_flag=True, help="End with exit code 1 if a check fails.")
@times_options
@ledger_option
def command(
    case: str | None,
    every: bool,
    form: str | None,
    output: Path | None,
    force: bool,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
) -> int:
    """Write the report on a case, or on all of them.

    It begins with what the case comes to: who is accountable for what, under which sanctions,
    what the record does not tell, what is open. Then the register, the timeline, decisions, bars,
    how long each step took, and which rules of policies fail. Every line cites its events.

    --all begins with what all cases come to, and goes on with the figures that programmes
    publish, how long the steps took, who is accountable, whether like findings were answered
    alike, and who is barred.

    Deadlines are judged as of the date that --as-of gives; without one, none is.

    \b
    Example:
      answerable report acme
      answerable report acme --output acme.md
      answerable report acme --as-of 2026-03-31 --check
      answerable report acme --format json --output acme.json
      answerable report acme --output acme.html
      answerable report --all --as-of 2026-03-31 --output all.html
    """
    meant = format_meant(form, output)
    if case is None:
        if check:
            raise click.UsageError("--check is about one case: `answerable check` judges all.")
        _on_all(meant, output, force, as_of, known_by, ledger)
        return 0
    from answerable.ledger.system.atomic_file import new_file
    from answerable.projections.report.report import report_on

    with open_ledger(ledger) as opened:
        report = report_on(opened, case, version=_version(), as_of=as_of, known_by=known_by)
        made = Made(report, opened, as_of, known_by)
        meant = format_meant(form, output)
        if output is None:
            show(made, meant)
        else:
            with new_file(output, force=force, private=True) as file:
                file.write(content(made, meant))
    return 1 if check and report.failed else 0


def _on_all(
    form: str,
    output: Path | None,
    force: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
) -> None:
    """Write the report on all cases."""
    from answerable.cli.asking import report_all
    from answerable.ledger.system.atomic_file import new_file
    from answerable.projections.across.across import across_cases

    report_all.check_form(form)
    with open_ledger(ledger) as opened:
        across = across_cases(opened, version=_version(), as_of=as_of, known_by=known_by)
        if output is None:
            report_all.show(across, form)
        else:
            with new_file(output, force=force, private=True) as file:
                file.write(report_all.content(across, form))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("answerable")
    except PackageNotFoundError:
        return "of a checkout"
