"""Links by meaning: `--finding 16` is `--basis 16`, and is held to be a finding.

The options are made of the catalogue's words. What they name goes into the basis, in the order
in which it was given, whichever option gave it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import click

from answerable.domain.kinds import LINKS


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
