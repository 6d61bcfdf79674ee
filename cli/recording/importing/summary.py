"""Saying what an import came to: how much was recorded, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.recording.importing.refreshed_text import refreshed_values
from answerable.cli.shared.answering.head import head_line
from answerable.cli.shared.output import folded, note, tell, visible, write_json
from answerable.cli.suggestions import suggested, upon_the_ledger
from answerable.domain.kinds import HOUSE_CASE
from answerable.projections.wording.counts import counted, listed

if TYPE_CHECKING:
    from answerable.cli.recording.importing.erased import Left
    from answerable.cli.recording.importing.refreshing import Refreshing
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.error_list import ErrorList
    from answerable.ledger.transfer.import_ import ImportTally

MOST_LISTED = 20
"""The errors that are told one by one; JSON has more of them."""

MOST_CASES = 3
"""The cases that are told by their titles."""

MOST_SHOWN = 200
"""The most characters of a value that are told."""


class Outcome(NamedTuple):
    """The outcome of an import beside its counts.

    Attributes:
        complete: whether all of it was recorded.
        dry_run: whether nothing was to be.
        left: the texts that erasures left.
        nobody: the parties that nobody registered.
        errors: what is wrong.
        refreshed: what a refreshed source tells otherwise, where it is one.
        cases: the cases into which something was recorded.
    """

    complete: bool = True
    dry_run: bool = False
    left: Sequence[Left] = ()
    nobody: Sequence[str] = ()
    errors: ErrorList | None = None
    refreshed: Refreshing | None = None
    cases: Sequence[str] = ()


def summarise(
    opened: Ledger, tally: ImportTally, what: str, outcome: Outcome, *, as_json: bool
) -> None:
    """Say how much was recorded, in which cases, what is next, and the head of the log after it."""
    head = opened.head()
    if as_json:
        errors = outcome.errors
        write_json(
            {
                "complete": outcome.complete,
                "dry_run": outcome.dry_run,
                "lines": tally.mark.lines,
                "recorded": tally.recorded,
                "known": _known(tally, outcome),
                "size": head.size,
                "root": head.root.hex(),
                "remaining": [_left_json(each) for each in outcome.left],
                "unregistered": [*outcome.nobody],
                "errors": [] if errors is None else [error_json(each) for each in errors.kept],
                "error_count": 0 if errors is None else errors.count,
                "unchecked": 0 if errors is None else errors.unchecked,
                **refreshed_values(outcome.refreshed),
            },
            head,
        )
        return
    click.echo(
        f"{what}: {counted(tally.recorded, 'event', 'events')}; on record already: "
        f"{_known(tally, outcome):,}"
    )
    for line in _where(opened, outcome.cases):
        tell(visible(line))
    click.echo(head_line(head))


def _where(opened: Ledger, cases: Sequence[str]) -> Iterator[str]:
    """Say in which cases something was recorded, and what is next in them."""
    from answerable.projections.titles import title_of

    if not cases:
        return
    called = [title_of(opened, case) for case in cases[:MOST_CASES]]
    more = len(cases) - len(called)
    yield f"  in {listed([*called, f'{more:,} more'] if more else called)}"
    asked = ("next", cases[0]) if len(cases) == 1 else ("status",)
    yield f"Next: {suggested(*asked)}"


def cases_since(opened: Ledger, first: int) -> list[str]:
    """List the cases, the house's registers apart, of which something lies at a position or after.

    Args:
        opened: the ledger.
        first: the position.
    """
    return [
        each.case_id for each in opened.cases() if each.last >= first and each.case_id != HOUSE_CASE
    ]


def _known(tally: ImportTally, outcome: Outcome) -> int:
    found = outcome.refreshed
    on_record = 0 if found is None else found.known + found.changed_count + found.retracted_count
    return tally.known + on_record


def say_errors(errors: ErrorList) -> None:
    """List the first errors, each with its line, and say how many there are."""
    if not errors:
        return
    import sys

    if errors.count == 1:
        told = f"Error: {_text(errors.kept[0])}"
    else:
        listed = (f"  {_text(each)}" for each in errors.kept[:MOST_LISTED])
        told = "\n".join((f"Error: {errors.count:,} errors:", *listed))
    styled = click.style("Error:", fg="red", bold=True)
    click.echo(folded(told, sys.stderr).replace("Error:", styled, 1), err=True)
    if errors.count > MOST_LISTED:
        note(f"And {counted(errors.count - MOST_LISTED, 'more error', 'more errors')}.")
    if errors.unchecked:
        lines = counted(errors.unchecked, "more line refers", "more lines refer")
        note(f"{lines} to lines with errors, and cannot be checked whole before those are mended.")


def _text(error: AnswerableError) -> str:
    return upon_the_ledger(error.cli_text())


def error_json(error: AnswerableError) -> dict[str, Any]:
    """Return an error as JSON values; what is not known is left out."""
    value = error.value
    told = {
        "line": error.line,
        "place": error.place,
        "field": error.field,
        "value": value[:MOST_SHOWN] if isinstance(value, str) else value,
        "error": type(error).__name__,
        "message": error.message,
        "hint": error.cli_hint and upon_the_ledger(error.cli_hint),
        "allowed": [*error.allowed],
        "near": [*error.near],
    }
    return {name: each for name, each in told.items() if each not in (None, [])}


def _left_json(left: Left) -> dict[str, Any]:
    return {**left._asdict(), "texts": [each._asdict() for each in left.texts]}
