"""Telling all options and arguments that are missing, at once, each with what it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

WIDEST = 28
"""The widest an option is written beside what it means, in columns."""

CASE_MEANS = "which case. `answerable cases` lists them; ANSWERABLE_CASE names one for good."


def missing(
    ctx: click.Context, args: Sequence[str], needed: Iterable[click.Parameter]
) -> list[click.Parameter]:
    """List those of some parameters that neither a command line nor the environment gives.

    Args:
        ctx: the context of the command.
        args: the command line.
        needed: the parameters.
    """
    given, _, _ = ctx.command.make_parser(ctx).parse_args(args=list(args))
    values = ((each, each.consume_value(ctx, given)[0]) for each in needed)
    return [each for each, value in values if value is None or each.value_is_missing(value)]


def all_missing(ctx: click.Context, absent: Sequence[click.Parameter]) -> click.UsageError:
    """Make the error that tells all that is missing.

    Args:
        ctx: the context of the command.
        absent: what is missing, at least one.
    """
    kinds = {each.param_type_name for each in absent}
    what = kinds.pop() if len(kinds) == 1 else "parameter"
    if len(absent) == 1:
        (only,) = absent
        means = _means(only)
        told = f": {means}" if means else "."
        return click.UsageError(f"Missing {what} {only.get_error_hint(ctx)}{told}", ctx)
    from click.formatting import HelpFormatter

    formatter = HelpFormatter(width=ctx.make_formatter().width)
    with formatter.indentation():
        formatter.write_dl([(_written(each, ctx), _means(each)) for each in absent], WIDEST)
    return click.UsageError(f"Missing {what}s:\n{formatter.getvalue().rstrip()}", ctx)


def _written(parameter: click.Parameter, ctx: click.Context) -> str:
    if isinstance(parameter, click.Option):
        return f"{max(parameter.opts, key=len)} {parameter.make_metavar(ctx)}"
    return parameter.make_metavar(ctx)


def _means(parameter: click.Parameter) -> str:
    if not isinstance(parameter, click.Option):
        return CASE_MEANS if parameter.name == "case" else ""
    text = parameter.help or ""
    if isinstance(parameter.type, click.Choice) and "One of" not in text:
        text += f" One of {', '.join(map(str, parameter.type.choices))}."
    return text.replace(" [required, here or with --edit]", " Or --edit, to write it there.")
