"""Links by meaning: `--finding 16` is `--basis 16`, and is held to be a finding.

The options are made of the catalogue's words. What they name goes into the basis, in the order
in which it was given, whichever option gave it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import click

from answerable.cli.shared.once import Command
from answerable.domain.kinds import LINKS

ORDER = "answerable.cli.recording.given.links"
"""Where a command keeps in which order its options were given."""


class Link(NamedTuple):
    """Something that an event rests on, as it was given.

    Attributes:
        option: the option that gave it.
        text: what it gave.
        kinds: the kinds that it may be of; none listed: any.
    """

    option: str
    text: str
    kinds: tuple[str, ...] = ()


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


def link_options(fields: Collection[str]) -> Iterator[click.Option]:
    """Make the options of a kind's links; of those whose word is a field of its own, none.

    Args:
        fields: the kind's fields.
    """
    for word, kind in LINKS.items():
        if word not in fields:
            yield click.Option(
                [f"--{word}", _parameter(word)],
                multiple=True,
                metavar="EVENT",
                help=f"The {word} that this rests on: as --basis, and held to be {kind}. "
                "May be given more than once.",
            )


def links_given(order: Sequence[str], values: Mapping[str, Any]) -> list[Link]:
    """List what an event rests on, in the order in which it was given.

    Several events may stand in one option, between commas: `#16,#9`.

    Args:
        order: the names of the options, as often as each was given.
        values: what they gave.
    """
    ways = {"basis": ("--basis", ())} | {
        _parameter(word): (f"--{word}", (kind,)) for word, kind in LINKS.items()
    }
    left = {name: iter(values.get(name) or ()) for name in ways}
    return [
        Link(option, each, kinds)
        for name in order
        if name in ways
        for option, kinds in (ways[name],)
        for each in events_in(next(left[name]))
    ]


def events_in(text: str) -> list[str]:
    """Part a text into the events that it names, between commas: `#16,#9`."""
    return [each.strip() for each in text.split(",")] if "," in text else [text]


def _parameter(word: str) -> str:
    return f"link_{word}"
