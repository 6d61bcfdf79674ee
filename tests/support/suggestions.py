"""The commands that outputs suggest: `answerable …` in backticks, found, filled in and parsed.

A command with a word in capitals, or with an ellipsis, is a template: whoever reads it fills in
what only they know. Any other is run as it stands.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

import click

from answerable.cli.main import cli

TOLD = re.compile(r"`answerable ([^`]+)`")
PLACEHOLDER = re.compile(r"(?<![\w-])(?:[A-Z][A-Z-]*|…)(?![\w-])")
"""A word that stands for what only the reader knows: FILE, VKEY, or an ellipsis."""

STANDING_FOR = {"KIND": "contact-made", "…": "contact-made"}
"""A command that a placeholder can stand for."""


class Suggested(NamedTuple):
    """A command, in words, without the name of the program."""

    words: tuple[str, ...]

    @property
    def template(self) -> bool:
        return any(PLACEHOLDER.search(word) for word in self.words)

    def __str__(self) -> str:
        return shlex.join(self.words)


def suggestions(text: str) -> Iterator[Suggested]:
    """The commands that a text tells, wherever its lines are folded."""
    for told in TOLD.findall(" ".join(text.split())):
        yield Suggested(tuple(shlex.split(told)))


def fault(suggested: Suggested) -> str | None:
    """What the command line would say of how the command is written; None where it is well."""
    command, words = _command(suggested.words)
    if isinstance(command, click.Group):
        return None if "--help" in words else "it names no command of its group"
    context = click.Context(command, info_name=command.name)
    try:
        given, left, _ = command.make_parser(context).parse_args(args=[*words])
    except click.UsageError as error:
        return error.format_message()
    if "--help" in words or "…" in suggested.words:
        return None
    if left:
        return f"it has {left} left over"
    lacking = [each.name for each in command.params if each.required and not given.get(each.name)]
    return f"it lacks {lacking}" if lacking else None


def _command(words: tuple[str, ...]) -> tuple[click.Command, tuple[str, ...]]:
    command: click.Command = cli
    rest = list(words)
    while isinstance(command, click.Group) and rest and rest[0] != "--help":
        if rest[0] == "--ledger":
            rest = rest[2:]
            continue
        name = STANDING_FOR.get(rest[0], rest[0])
        found = command.get_command(click.Context(command), name)
        if found is None:
            break
        command = found
        rest.pop(0)
    return command, tuple(rest)
