"""The classes that every command is made of, and no other: what is mistyped is asked about.

An option that is given twice and takes one value is refused: of two, the first would be lost. One
that takes several values says so in its help. All that is missing is told at once; and of a case
or a party that is not on record, which one may have been meant.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from answerable.cli.shared.envelope import remember_command

if TYPE_CHECKING:
    from answerable.projections.errors import NotFound


class Command(click.Command):
    """A command whose options are given once, unless they take several values."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line.

        Raises:
            UsageError: an option that takes one value is given twice.
        """
        remember_command(ctx)
        check_once(self, ctx, args)
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter:
            self.check_given(ctx, given)
            raise

    def needed(self, ctx: click.Context) -> list[click.Parameter]:
        """List the parameters that the command cannot do without."""
        return [each for each in self.get_params(ctx) if each.required]

    def check_given(self, ctx: click.Context, args: list[str]) -> None:
        """Check that nothing is missing.

        Args:
            ctx: the context of the command.
            args: the command line.

        Raises:
            UsageError: something is; all of it is told.
        """
        from answerable.cli.shared.mistyped.missing import all_missing, missing

        if absent := missing(ctx, args, self.needed(ctx)):
            raise all_missing(ctx, absent)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Raises:
            NotFound: with what was meant, where that is a case or a party.
        """
        try:
            return super().invoke(ctx)
        except Exception as error:
            if getattr(error, "sought", None) is not None:
                from answerable.cli.shared.mistyped.on_record import ask_what_was_meant

                ask_what_was_meant(cast("NotFound", error), ctx)
            raise


class Group(click.Group):
    """A group of which the same holds, and of its commands."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line.

        Raises:
            UsageError: an option that takes one value is given twice.
        """
        remember_command(ctx)
        check_once(self, ctx, args)
        return super().parse_args(ctx, args)


def check_once(command: click.Command, ctx: click.Context, args: list[str]) -> None:
    """Check that no option that takes one value is given twice, here or before the command.

    A switch says the same however often it is given, unless it has an opposite.

    Raises:
        UsageError: one is.
    """
    if ctx.resilient_parsing or not args:
        return
    _, _, given = command.make_parser(ctx).parse_args(args=list(args))
    single = [each for each in given if isinstance(each, click.Option) and _takes_one(each)]
    counts = Counter(each.name for each in single)
    for option in single:
        times = counts[option.name] + _times_before(ctx, option)
        if times > 1:
            often = "twice" if times == 2 else f"{times} times"
            raise click.UsageError(
                f"{_names(single, option)} takes one value, and is given {often}. Give it once: "
                "all but one of them would be lost.",
                ctx,
            )


def _times_before(ctx: click.Context, option: click.Option) -> int:
    """Count the commands above one, as `append` is above a kind, at which an option was given."""
    times, above = 0, ctx.parent
    while above is not None:
        times += above.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        above = above.parent
    return times


def _takes_one(option: click.Option) -> bool:
    """Tell whether an option says another thing where it is given again."""
    plain = option.is_flag and not option.secondary_opts and not isinstance(option.flag_value, str)
    return not (option.multiple or option.count or option.is_eager or plain)


def _names(given: list[click.Option], option: click.Option) -> str:
    """Tell how the options are written that say the same thing as one does."""
    alike = (max(each.opts, key=len) for each in given if each.name == option.name)
    return " or ".join(dict.fromkeys(alike))
