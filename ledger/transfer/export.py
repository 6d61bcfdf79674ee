"""Exporting the record as JSON lines: events as their producers gave them, or entries as they are.

Events can be imported into any ledger, where they get positions, times and salts of its own.
Entries can be restored into an empty one (`answerable.ledger.transfer.restore`), and are then what
they were here: the same bytes, positions, times and root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from pydantic_core import to_json

from answerable.domain.kinds import model
from answerable.domain.record import Disclosed, RecordedEvent
from answerable.ledger.entry.codec import producer_line
from answerable.ledger.store.reader import StoreReader

Item = TypeVar("Item")

CHUNK = 500
"""The events read at a time."""

ENTRIES = "SELECT rowid - 1, state FROM stored_events ORDER BY rowid"
TEXTS = "SELECT field, about, disclosure FROM disclosures WHERE position = ? ORDER BY number"


class ExportedEvent(NamedTuple):
    """An event as its producer gave it, without what is erased or withheld.

    Attributes:
        line: JSON.
        erased: how many fields are left out because their text was destroyed.
        withheld: how many are left out because their text is not at hand.
        whole: whether it can be imported again: nothing that its kind requires is left out.
    """

    line: bytes
    erased: int
    withheld: int
    whole: bool


def exported_events(ledger: StoreReader, *, case: str | None = None) -> Iterator[ExportedEvent]:
    """Yield the events of the log, or of one case, in their order."""
    ledger._check_texts_shown("events are not exported as they were told")
    for events in _chunks(ledger.events(case=case), CHUNK):
        opened = ledger.opened([event.position for event in events])
        for event in events:
            yield _exported(event, opened[event.position])


def _exported(event: RecordedEvent, opened: Disclosed) -> ExportedEvent:
    kind = model(event.kind)
    required = {
        name
        for name in kind.sealed
        if kind.model_fields[kind.attributes[name]].is_required() and name not in opened.fields
    }
    # Who recorded an event is sealed with it, but is not the producer's to tell.
    erased = [name for name in opened.erased if name in kind.sealed]
    return ExportedEvent(
        producer_line(event.fields, opened.fields, kind),
        len(erased),
        opened.missing,
        whole=not required,
    )


def exported_entries(ledger: StoreReader) -> Iterator[bytes]:
    """Yield every entry with the texts behind its commitments, a JSON object each.

    `entry` is the entry's text; `disclosures` holds a text for each of its commitments, in their
    order, null where it was erased; `erased` names the fields of those; `about` names for each
    text the parties that it is about, spaces between them, who can have it erased.
    """
    ledger._check_texts_shown("entries are not exported with their texts")
    with ledger._reading() as cursor:
        for position, entry in cursor.stream(ENTRIES):
            rows = cursor.execute(TEXTS, (position,)).fetchall()
            yield to_json(
                {
                    "entry": entry.decode(),
                    "disclosures": [text and text.decode() for _, _, text in rows],
                    "erased": [field for field, _, text in rows if text is None],
                    "about": [about for _, about, _ in rows],
                }
            )


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
