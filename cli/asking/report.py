"""`answerable report`."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.asking.report_formats import FORMATS, Made, content, format_meant, show
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.case_named import case_argument
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import ledger_option, open_ledger, times_options
from answerable.domain.zone.day_end import Asked


@click.command("report", cls=PagedVerdict)
@case_argument
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
    case: str,
    form: str | None,
    output: Path | None,
    force: bool,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
) -> int:
    """Write the report on a case.

    It begins with what the case comes to: who is accountable for what, under which sanctions,
    what the record does not tell, what is open. Then the register, the timeline, decisions, bars,
    how long each step took, and which rules of policies fail. Every line cites its events.

    Deadlines are judged as of the date that --as-of gives; without one, none is.

    \b
    Example:
      answerable report acme
      answerable report acme --output acme.md
      answerable report acme --as-of 2026-03-31 --check
      answerable report acme --format json --output acme.json
      answerable report acme --output acme.html
    """
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


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("answerable")
    except PackageNotFoundError:
        return "of a checkout"
