"""Choose how much of an answer is said: in short, or, with `-v`, all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def at_length_option(what: str) -> Callable[[Command], Command]:
    """Add `-v`, of a question that is answered in short.

    Args:
        what: what is said with it, for its help.
    """
    return click.option("-v", "--verbose", "at_length", is_flag=True, help=what)
