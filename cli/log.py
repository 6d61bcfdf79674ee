"""`answerable log`."""

from __future__ import annotations

import shutil
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

from answerable.cli.base import json_option, ledger_option, open_ledger, visible, write_json

if TYPE_CHECKING:
    from answerable.domain.recorded import RecordedEvent
    from answerable.ledger.ledger import Ledger

NOT_TOLD = "-"
"""Stands for a date that is not known."""


class Since(click.ParamType[Any]):
    """A position, or a date: from its first moment on."""

    name = "POSITION|DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A position, or the moment at which a date begins."""
        text = str(value).removeprefix("#")
        if text.isdecimal() and (len(text) != len("2026") or text != str(value)):
            return int(text)
        from answerable.domain import dates

        try:
            earliest = dates.parse(text).earliest
        except dates.DateError as error:
            self.fail(f"{error}, or give a position", param, ctx)
        if earliest is None:
            self.fail(f"{text!r} has no beginning.", param, ctx)
        return earliest


@click.command("log")
@click.option("--case", metavar="CASE", help="Only the events of this case.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only events of this kind. Repeatable."
)
@click.option(
    "--since",
    type=Since(),
    help="From this position on (#2026), or from what was recorded on this date (2026-01-05).",
)
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", help="Only the first so many.")
@click.option("--last", type=click.IntRange(1), metavar="NUMBER", help="Only the last so many.")
@ledger_option
@json_option
def command(
    case: str | None,
    kinds: tuple[str, ...],
    since: Any,
    limit: int | None,
    last: int | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """List what was recorded, oldest first.

    An event takes one line: position, when it was recorded, when it happened, kind, case, what it
    says in short, id. In a terminal it takes two, so that they fit. Sealed texts are not opened,
    but for names.

    \b
    Example:
      answerable log --case acme
      answerable log --kind sanction --since 2026-01-05
      answerable log --last 10 --json
    """
    if limit is not None and last is not None:
        raise click.UsageError("--limit and --last exclude each other.")
    with open_ledger(ledger) as opened:
        events = _chosen(opened, case, kinds, since, limit, last)
        if as_json:
            for event in events:
                write_json(_json(event))
            return
        called = _called(opened)
        layout = _folded if sys.stdout.isatty() else _line
        for event in events:
            click.echo(layout(event, called))


def _chosen(
    opened: Ledger,
    case: str | None,
    words: tuple[str, ...],
    since: Any,
    limit: int | None,
    last: int | None,
) -> Iterator[RecordedEvent]:
    from answerable.domain.kinds import kind_named

    kinds = {kind_named(word) for word in words} or None
    first = _position(opened, since)
    if last is not None and case is None and kinds is None:
        first = max(first, len(opened) - last)
    events = opened.events(case=case, kinds=kinds, since=first)
    if last is not None:
        return iter(deque(events, maxlen=last))
    return islice(events, limit)


def _position(opened: Ledger, since: Any) -> int:
    if since is None or isinstance(since, int):
        return since or 0
    from datetime import timedelta

    return opened.size_at(since - timedelta(microseconds=1))


def _called(opened: Ledger) -> Callable[[str], str]:
    from answerable.projections.names import names

    return names(opened).called


def _gist(event: RecordedEvent, called: Callable[[str], str]) -> str:
    from answerable.projections.gist import gist

    return visible(gist(event.kind, event.fields, called))


def _recorded(event: RecordedEvent) -> str:
    """When it was recorded, to the second."""
    return f"{event.recorded_at[:19]}Z"


def _line(event: RecordedEvent, called: Callable[[str], str]) -> str:
    occurred = event.occurred or NOT_TOLD
    return (
        f"{event.position:>6}  {_recorded(event)}  {occurred:<13}  {event.kind:<22}  "
        f"{event.case_id}  {_gist(event, called)}  {event.event_id}"
    )


def _folded(event: RecordedEvent, called: Callable[[str], str]) -> str:
    """Two lines of no more than the terminal's width."""
    width = shutil.get_terminal_size().columns
    occurred = event.occurred or NOT_TOLD
    first = f"{event.position:>6}  {_recorded(event)}  {event.event_id}  {event.case_id}"
    second = f"{'':>6}  {occurred:<13}  {event.kind}: {_gist(event, called)}"
    return f"{_cut(first, width)}\n{_cut(second, width)}"


def _cut(text: str, width: int) -> str:
    """The text, cut short where it is wider. Ideographs take two columns."""
    ends = list(accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in text))
    return text if not ends or ends[-1] <= width else f"{text[: bisect_right(ends, width - 1)]}…"


def _json(event: RecordedEvent) -> dict[str, Any]:
    fields = {name: value for name, value in event.fields.items() if name != "_sd"}
    return {"position": event.position, **fields, "sealed": len(event.fields["_sd"])}
