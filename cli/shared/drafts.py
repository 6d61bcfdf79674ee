"""Writing a step that can be recorded next as the command that records it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.suggestions import suggested
from answerable.domain.kinds import FAMILY, HOUSE_CASE, model

if TYPE_CHECKING:
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.projections.facts.names import Names
    from answerable.projections.following.steps import Step

ONLY_YOU = "…"
"""Stands for what only the reader knows."""

EXHIBIT = "evidence-registered"
"""The kind that a command of its own records, which finds the digest out."""


def command_line(opened: IndexedReader, known: Names, step: Step) -> str:
    """Write a step as a command in backticks, parties by their names, where these tell them."""
    return suggested(*command_words(opened, known, step))


def command_words(opened: IndexedReader, known: Names, step: Step) -> list[str]:
    """Return the words of the command that records a step, without the program's name.

    Where no event mends what is wrong, they ask for all that is behind it.
    """
    from answerable.projections.following.steps import LOOK

    if step.kind == LOOK:
        return ["why", str(step.position)]
    case = [] if FAMILY[step.kind] == HOUSE_CASE else ["--case", step.case_id]
    if step.kind == EXHIBIT:
        return ["evidence", "add", "FILE", *case]
    return ["append", step.kind, *case, *_options(opened, known, step)]


def _options(opened: IndexedReader, known: Names, step: Step) -> Iterator[str]:
    from answerable.projections.following.steps import whole

    parties = model(step.kind).parties
    for name, value in whole(step):
        yield "--set" if (step.kind, name) == ("correction", "fields") else _flag(name)
        if value is not None and name in parties:
            yield called(opened, known, value)
        else:
            yield ONLY_YOU if value is None else value


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def called(opened: IndexedReader, known: Names, party: str) -> str:
    """Return how to name a party in a command: by name, if that means no other, and is plain."""
    from answerable.cli.shared.references import party as meant
    from answerable.projections.errors import NotFound

    name = known.called(party)
    try:
        plain = name.isprintable() and "`" not in name and not name.startswith("-")
        return name if plain and meant(opened, name) == party else party
    except NotFound:
        return party
