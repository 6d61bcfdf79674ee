"""The class of commands whose answers may be long: in a terminal, these are paged."""

from __future__ import annotations

import sys
from typing import Any

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.signed.verdict import Verdict

UNPAGED = ("as_json", "as_csv", "raw", "output")
"""The parameters with which a command writes for programs, or not to the terminal."""

PAGED = (None, "text", "markdown")
"""The formats that people read."""


def _keep(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    ctx.meta[__name__] = given


class PagedCommand(Command):
    """A command that pages its answer in a terminal where it is longer than the screen."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        option = click.Option(
            ["--no-pager"],
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help="Do not page. [default: page what is longer than the screen, by "
            "$ANSWERABLE_PAGER, else $PAGER, else less]",
        )
        self.params.append(option)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        told = any(ctx.params.get(each) for each in UNPAGED)
        unpaged = ctx.meta.get(__name__) or told or ctx.params.get("form") not in PAGED
        if unpaged or not sys.stdout.isatty():
            return super().invoke(ctx)
        from answerable.cli.shared.answering.pages import paged

        with paged():
            return super().invoke(ctx)


class PagedVerdict(Verdict, PagedCommand):
    """A command whose answer may be long, and whose exit code is a verdict, with --check."""
