"""Saying what a refreshed source tells otherwise, with the commands that correct the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from pydantic_core import to_json

from answerable.cli.shared.output import visible
from answerable.cli.suggestions import suggested
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from answerable.cli.recording.importing.comparing import Change, FieldChange
    from answerable.cli.recording.importing.refreshing import Refreshing
    from answerable.domain.record import RecordedEvent

MOST_LISTED = 20
"""The changes that are told one by one; JSON has more of them, and a file of drafts all."""

MOST_SHOWN = 60
"""The most characters of a value that are shown."""


def say_refreshed(found: Refreshing, drafts: Path | None) -> None:
    """Say what the source tells otherwise, what it tells no more, and what to do about it."""
    click.echo(
        f"  the same {found.known:,}, changed {found.changed_count:,}, "
        f"gone from the source {found.gone_count:,}"
    )
    if found.changed:
        click.echo("\nChanged in the source:")
    for change in found.changed[:MOST_LISTED]:
        for line in _change_lines(change, found.unit, with_command=drafts is None):
            click.echo(line)
    _say_more(found.changed_count, "--corrections FILE writes a correction of each.")
    if found.gone:
        click.echo("\nGone from the source, and on record still:")
    for event in found.gone[:MOST_LISTED]:
        click.echo(f"  {_called(event)}")
        click.echo(f"    {_retracting(event)}")
    _say_more(found.gone_count, "")
    if found.retracted:
        click.echo("\nRetracted here, and told by the source still:")
    for each in found.retracted[:MOST_LISTED]:
        click.echo(f"  {found.unit} {each.line:,}: {_called(each.event)}")
    _say_more(found.retracted_count, "")
    if drafts is not None and found.drafted:
        many = counted(found.drafted, "correction is", "corrections are")
        click.echo(f"\n{many} drafted in {drafts}. Read them, then: {suggested('import', drafts)}")


def _say_more(count: int, hint: str) -> None:
    if count > MOST_LISTED:
        click.echo(f"  And {count - MOST_LISTED:,} more. {hint}".rstrip())


def _change_lines(change: Change, unit: str, *, with_command: bool) -> Iterator[str]:
    yield f"  {unit} {change.line:,}: {_called(change.event)}"
    for each in change.fields:
        yield f"    {_told(each)}"
    if change.fields and with_command:
        yield f"    {_correcting(change)}"
    for each in change.fixed:
        yield f"    {_told(each)} (no correction can say that)"
    if change.fixed:
        yield f"    {_retracting(change.event)}, and give the {unit} another key"


def _called(event: RecordedEvent) -> str:
    return f"#{event.position} {event.kind} of {event.case_id}"


def _told(change: FieldChange) -> str:
    return f"{change.field}: {_shown(change.before)} -> {_shown(change.after)}"


def _shown(value: Any) -> str:
    if value is None:
        return "not told"
    text = visible(value if isinstance(value, str) else to_json(value).decode())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _correcting(change: Change) -> str:
    words: list[object] = []
    for name, _, after in change.fields:
        plain = isinstance(after, str) and after
        told = after if plain else to_json(after).decode()
        words += ["--set" if plain else "--set-json", f"{name}={told}"]
    event = change.event
    which = ("--case", event.case_id, "--target", event.position)
    return suggested("append", "correction", *which, *words)


def _retracting(event: RecordedEvent) -> str:
    return suggested("append", "retraction", "--case", event.case_id, "--target", event.position)


def refreshed_values(found: Refreshing | None) -> dict[str, Any]:
    """Return what the source tells otherwise as JSON values; nothing where none was compared."""
    if found is None:
        return {}
    return {
        "same": found.known,
        "changed": [
            {
                "line": each.line,
                **_event_json(each.event),
                "fields": [field._asdict() for field in each.fields],
                "fixed": [field._asdict() for field in each.fixed],
                "correction": each.correction,
            }
            for each in found.changed
        ],
        "changed_count": found.changed_count,
        "gone": [_event_json(event) for event in found.gone],
        "gone_count": found.gone_count,
        "retracted": [{"line": each.line, **_event_json(each.event)} for each in found.retracted],
        "drafted": found.drafted,
    }


def _event_json(event: RecordedEvent) -> dict[str, Any]:
    return {
        "position": event.position,
        "event_id": event.event_id,
        "case_id": event.case_id,
        "kind": event.kind,
    }
