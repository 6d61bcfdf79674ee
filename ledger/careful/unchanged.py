"""Telling a correction that changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from answerable.ledger.careful.amended import amended
from answerable.ledger.careful.errors import Unchanged
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.domain.kinds.record import Correction


def check_changes(cursor: Cursor, event: Event) -> None:
    """Check that a correction of an event on record changes something.

    What was erased may have been anything: it is not said already.

    Raises:
        Unchanged: all that it says is said already.
    """
    correction = cast("Correction", event)
    target = find_event(cursor, correction.target)
    if target is None:
        return
    now = amended(cursor, target)
    given = {**correction.fields, **correction.sealed_fields}
    if now.unknown.isdisjoint(given) and all(
        _told(now.fields.get(name)) == _told(value) for name, value in given.items()
    ):
        raise Unchanged(target.position, list(given))


def _told(value: Any) -> Any:
    """Return what a field says; an empty list says nothing, as one that is not there."""
    return None if value in ([], ()) else value
