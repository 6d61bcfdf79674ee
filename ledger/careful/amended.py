"""Reading an event on record as the corrections that stand have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from answerable.domain.record import RecordedEvent
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import disclosed_at
from answerable.ledger.store.rows import AMENDED, AMENDS

AMENDING = (
    f"SELECT rowid - 1, topic, state FROM stored_events WHERE {AMENDS} AND {AMENDED} = ? "
    "ORDER BY rowid"
)


class Amended(NamedTuple):
    """An event as it reads now.

    Attributes:
        fields: what it says, public and sealed.
        unknown: the fields of which it is not known what they say: their texts are gone.
        retracted: whether it was taken back.
    """

    fields: Mapping[str, Any]
    unknown: frozenset[str]
    retracted: bool


def amended(cursor: Cursor, event: RecordedEvent) -> Amended:
    """Read an event on record as what amends it has it."""
    opened = disclosed_at(cursor, event.position)
    fields = {**opened.fields, **event.fields}
    unknown = set(opened.erased)
    amending = _amending(cursor, event)
    for each in amending:
        if each.kind != "correction":
            continue
        upon = {later.kind for later in _amending(cursor, each)}
        if "retraction" in upon:
            continue
        texts = disclosed_at(cursor, each.position)
        given = {**each.fields.get("fields", {}), **(texts.fields.get("sealed_fields") or {})}
        fields.update(given)
        unknown.difference_update(given)
        if "sealed_fields" in texts.erased:
            unknown.update(fields)
        if "correction" in upon:
            unknown.update(given)
    retracted = any(each.kind == "retraction" for each in amending)
    return Amended(fields, frozenset(unknown), retracted)


def _amending(cursor: Cursor, event: RecordedEvent) -> list[RecordedEvent]:
    return [decode(*row) for row in cursor.execute(AMENDING, (event.event_id.encode(),)).fetchall()]
