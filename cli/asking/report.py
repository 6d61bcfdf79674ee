"""`answerable report`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.answering.envelope import enveloped
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.case_named import case_argument
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import ledger_option, open_ledger, times_options
from answerable.cli.shared.zone.moments import localised
from answerable.domain.zone.day_end import Asked

if TYPE_CHECKING:
    from answerable.projections.report.report import Report


@click.command("report", cls=PagedVerdict)
@case_argument
@click.option(
    "--format",
    "form",
    type=Choice(("markdown", "json")),
    default="markdown",
    show_default=True,
    help="Markdown to read, or JSON for programs.",
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
    form: str,
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
      answerable report acme > acme.md
      answerable report acme --as-of 2026-03-31 --check
      answerable report acme --format json --output acme.json
    """
    from answerable.ledger.system.atomic_file import new_file
    from answerable.projections.report.report import report_on

    with open_ledger(ledger) as opened:
        made = report_on(opened, case, version=_version(), as_of=as_of, known_by=known_by)
    content = FORMS[form](made)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        with new_file(output, force=force, private=True) as file:
            file.write(content)
    return 1 if check and made.failed else 0


def _json(made: Report) -> bytes:
    from pydantic_core import to_json

    from answerable.domain.answers import json_value

    zone = made.header.zone
    return to_json(enveloped(localised(json_value(made), zone), zone=zone)) + b"\n"


def _markdown(made: Report) -> bytes:
    from answerable.projections.blocks.markdown import markdown
    from answerable.projections.report.written import written

    return markdown(written(made)).encode()


FORMS: Mapping[str, Callable[[Report], bytes]] = {"markdown": _markdown, "json": _json}
"""Write a report in each of the formats."""


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("answerable")
    except PackageNotFoundError:
        return "of a checkout"
