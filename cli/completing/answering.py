"""Answering a shell that asks what a word may become.

A shell asks between two keys: what takes seconds, or goes wrong, is answered with
nothing, and nothing is said of it. The record is read, and never written: neither an index is
caught up nor a file of an earlier version upgraded.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete

from answerable.cli.completing.on_record import WORDS_ON_RECORD
from answerable.cli.completing.shells import SHELLS, VARIABLE

LONGEST = 5.0
"""The longest that an answer may take, in seconds."""


class TooSlow(Exception):
    """An answer takes too long."""


def answer(cli: click.Command, asked: str) -> None:
    """Write what the word at the cursor may become.

    Args:
        cli: the whole command line.
        asked: what the shell asks.
    """
    shell, _, what = asked.partition("_")
    if shell not in SHELLS or what != "complete":
        return
    # Whatever it is, the shell would write it into the middle of what is being typed.
    with suppress(Exception), _in_time():
        asking = SHELLS[shell](cli, {"obj": {}}, "answerable", VARIABLE)
        args, word = asking.get_completion_args()
        lines = [asking.format_completion(each) for each in completions(asking, args, word)]
        click.echo("\n".join(lines).encode())


def completions(asking: ShellComplete, args: list[str], word: str) -> Iterator[CompletionItem[str]]:
    """Yield what a word may become.

    Args:
        asking: the shell that asks.
        args: the words before it.
        word: the word, as far as it is typed.
    """
    from click.shell_completion import _resolve_context, _resolve_incomplete

    ctx = _resolve_context(asking.cli, asking.ctx_args, asking.prog_name, list(args))
    if isinstance(ctx.command, click.Group) and (*ctx._protected_args, *ctx.args):
        return  # a word stands before that is no command
    asked, word = _resolve_incomplete(ctx, list(args), word)
    if isinstance(asked, click.Parameter):
        on_record = WORDS_ON_RECORD.get((asked.metavar or asked.make_metavar(ctx)).strip("[].…"))
        if on_record is not None:
            yield from on_record(ctx, asked, word)
            return
    elif not word and not isinstance(asked, click.Group):
        # Nothing is typed, and no argument is left: options are what can follow.
        word = "--"
    yield from asked.shell_complete(ctx, word)


@contextmanager
def _in_time() -> Iterator[None]:
    """Give up what takes too long."""

    def give_up(*_: Any) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
