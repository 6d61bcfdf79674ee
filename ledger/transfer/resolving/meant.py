"""Saying of a name that was not found what it may have been meant for, when all lines were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from answerable.domain.errors import AnswerableError
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.ledger.transfer.resolving.draft_fields import Lookup, NoSuchParty, NotTold
from answerable.ledger.transfer.resolving.told_earlier import ToldEarlier

MOST_EXPLAINED = 20
"""The names that are looked at: as many as are told one by one."""


def explain(errors: Iterable[AnswerableError], earlier: ToldEarlier, lookup: Lookup) -> None:
    """Say of references and parties that were not found what they may have been meant for.

    Args:
        errors: what is wrong, of which some may be such.
        earlier: what the lines told, all of them.
        lookup: the record.
    """
    explained = 0
    for error in errors:
        name = error.value
        if not isinstance(name, str) or not isinstance(error, NotTold | NoSuchParty):
            continue
        if isinstance(error, NotTold) and _is_forward(error, name, earlier):
            continue
        explained += 1
        if explained > MOST_EXPLAINED:
            continue
        if isinstance(error, NotTold):
            near = [f"${each}" for each in nearest(name.removeprefix("$"), earlier.refs())]
        else:
            near = [*nearest(name, earlier.names()), *lookup.near(name)]
        _ask(error, near)


def _is_forward(error: NotTold, name: str, earlier: ToldEarlier) -> bool:
    """Tell whether a later line has a name; say so, where it has."""
    later = earlier.ref(name.removeprefix("$"))
    if later is None:
        return False
    error.message = (
        f"{name} is a forward reference: line {later.line:,} has this name, and comes later."
    )
    error.hint = error.cli_hint = "Put that line first."
    return True


def _ask(error: AnswerableError, near: Sequence[str]) -> None:
    if near:
        error.near = near
        asked = did_you_mean(near)
        error.hint = f"{asked} {error.hint}" if error.hint else asked
        error.cli_hint = f"{asked} {error.cli_hint}" if error.cli_hint else asked
