"""Commands and options that there are not: the ones that were meant are asked about."""

from __future__ import annotations

import click


def asking(error: click.UsageError) -> click.UsageError:
    """Return an error of the command line with what was meant, in our words.

    Args:
        error: what click raised.
    """
    if isinstance(error, click.NoSuchOption):
        kind, typed, ctx = "option", error.option_name, error.ctx
        known = [] if ctx is None else _options(ctx)
    elif isinstance(error, click.exceptions.NoSuchCommand):
        kind, typed, ctx = "command", error.command_name, error.ctx
        known = _commands(ctx)
    else:
        return error
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    asked = did_you_mean(nearest(typed, known))
    return click.UsageError(f"No such {kind} {typed!r:.80}. {asked}".rstrip(), ctx)


def _options(ctx: click.Context) -> list[str]:
    params = ctx.command.get_params(ctx)
    return [name for each in params if isinstance(each, click.Option) for name in each.opts]


def _commands(ctx: click.Context | None) -> list[str]:
    group = None if ctx is None else ctx.command
    return group.list_commands(ctx) if isinstance(group, click.Group) and ctx is not None else []
