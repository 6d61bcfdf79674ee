"""A choice of words that asks what was meant by another one."""

from __future__ import annotations

from typing import Any

import click

MOST = 12
"""The most words that are listed where none of them is like what was typed."""


class Choice(click.Choice[str]):
    """A choice of words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Say that a value is none of the choice, and which was meant, else which there are."""
        from answerable.domain.mistyped.nearest import did_you_mean, nearest

        asked = did_you_mean(nearest(str(value), self.choices))
        if asked:
            return f"{value!r:.80} is not one of its values. {asked}"
        return f"{value!r:.80} is not one of {', '.join(self.choices)}."
