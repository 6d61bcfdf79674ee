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
        if ctx is not None and (argument := _argument(ctx, typed)):
            path = ctx.command_path
            return click.UsageError(
                f"{path} takes the {typed.strip('-')} by itself: `{path} {argument}`.", ctx
            )
        known = [] if ctx is None else _options(ctx)
    elif isinstance(error, click.exceptions.NoSuchCommand):
        kind, typed, ctx = "command", error.command_name, error.ctx
        known = _commands(ctx)
    else:
        return _unexpected(error)
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    asked = did_you_mean(nearest(typed, known))
    return click.UsageError(f"No such {kind} {typed!r:.80}. {asked}".rstrip(), ctx)


def _argument(ctx: click.Context, option: str) -> str | None:
    """Return how the argument is written that goes by the name of an option that there is not."""
    for each in ctx.command.get_params(ctx):
        if isinstance(each, click.Argument) and each.make_metavar(ctx).strip("[]") == (
            option.strip("-").upper()
        ):
            return each.make_metavar(ctx)
    return None


def _unexpected(error: click.UsageError) -> click.UsageError:
    """Say by which option a case is named, where one is given by itself to no argument."""
    ctx = error.ctx
    if ctx is None or not error.message.startswith("Got unexpected extra argument"):
        return error
    if "--case" not in _options(ctx):
        return error
    return click.UsageError(f"{error.message.rstrip('.')}. A case is named by --case CASE.", ctx)


def _options(ctx: click.Context) -> list[str]:
    params = ctx.command.get_params(ctx)
    return [name for each in params if isinstance(each, click.Option) for name in each.opts]


def _commands(ctx: click.Context | None) -> list[str]:
    group = None if ctx is None else ctx.command
    return group.list_commands(ctx) if isinstance(group, click.Group) and ctx is not None else []
