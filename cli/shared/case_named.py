"""The case that a command is about: as the command line names it, else as the environment does.

The variable stands in only where a case has to be named. It narrows no question that is about all
cases: who is barred must not depend on a variable that somebody set last week.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from answerable.cli.shared.output import note

Command = TypeVar("Command", bound=Callable[..., Any])

VARIABLE = "ANSWERABLE_CASE"


def case_argument(command: Command) -> Command:
    """Add the argument CASE, which a command cannot do without."""
    return click.argument("case", metavar="CASE", envvar=VARIABLE, callback=say_whence)(command)


def case_or_all(what: str) -> Callable[[Command], Command]:
    """Add the argument CASE and `--all`, of which a command needs one.

    Args:
        what: what `--all` does.
    """

    def add(command: Command) -> Command:
        argument = click.argument(
            "case", metavar="CASE", envvar=VARIABLE, required=False, callback=_unless_all
        )
        every = click.option("--all", "every", is_flag=True, is_eager=True, help=what)
        return argument(every(command))

    return add


def _unless_all(ctx: click.Context, parameter: click.Parameter, case: str | None) -> str | None:
    """Return the case; none with `--all`, whatever the environment says."""
    if ctx.params.get("every"):
        if ctx.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--all is about all cases: give it without CASE.")
        return None
    if case is None and not ctx.resilient_parsing:
        from answerable.cli.shared.mistyped.missing import all_missing

        raise all_missing(ctx, [parameter])
    return say_whence(ctx, parameter, case)


def say_whence(ctx: click.Context, parameter: click.Parameter, case: str | None) -> str | None:
    """Say which case it is, where the environment names it: whoever set it may have forgotten."""
    told = ctx.get_parameter_source(parameter.name or "")
    if told is ParameterSource.ENVIRONMENT and not ctx.resilient_parsing:
        note(f"The case is {case}, by {VARIABLE}.")
    return case
