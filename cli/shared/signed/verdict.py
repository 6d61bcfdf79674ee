"""Ending with the verdict's code, whether or not anybody reads what is said.

A check whose reader went away (`verify --json | true`), or whose output could not be written, must
not end as if all were well.
"""

from __future__ import annotations

from typing import Any

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.terminal.streams import let_nothing_break


class Verdict(Command):
    """A command whose exit code is a verdict: where it has an option --check, if that is given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it so that nothing but the verdict becomes its exit code."""
        if ctx.params.get("check", True):
            let_nothing_break()
        return super().invoke(ctx)
