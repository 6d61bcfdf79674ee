"""The command of a kind of event."""

from __future__ import annotations

import click

from answerable.cli.shared.once import Command

ORDER = "answerable.cli.recording.given.command"
"""Where a command keeps in which order its options were given."""


class KindCommand(Command):
    """The command of a kind: it keeps in which order its options were given.

    Attributes:
        narratives: the names of the options without which only an editor will do.
    """

    narratives: frozenset[str] = frozenset()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line, and keep the order."""
        if not ctx.resilient_parsing:
            _, _, given = self.make_parser(ctx).parse_args(args=list(args))
            ctx.meta[ORDER] = [each.name for each in given]
        told = list(args)
        left = super().parse_args(ctx, args)
        if self.narratives and not ctx.resilient_parsing:
            self.check_given(ctx, told)
        return left

    def check_given(self, ctx: click.Context, args: list[str]) -> None:
        """Check that nothing is missing.

        Raises:
            UsageError: something is; of an event, it is told which it may be.
        """
        try:
            super().check_given(ctx, args)
        except click.UsageError as error:
            from answerable.cli.recording.given.wanted import events_wanted

            told = (error.message, *events_wanted(ctx, args))
            raise click.UsageError("\n".join(told), ctx) from None

    def needed(self, ctx: click.Context) -> list[click.Parameter]:
        """List the parameters that the command cannot do without: narratives, if none edits."""
        edits = "edit" in ctx.meta.get(ORDER, ())
        return [
            each
            for each in self.get_params(ctx)
            if each.required or (each.name in self.narratives and not edits)
        ]
