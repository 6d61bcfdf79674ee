"""Finding the texts that an erasure would leave, and in which a name of its subject stands.

A title, another's statement or who recorded something may tell a person's name without being about
them. An erasure can name the events that such texts belong to; but once it is recorded, the names
are gone, and nothing can be looked for any more. So whoever is about to erase looks first.

Every text at hand is read once, none is kept, and nothing is indexed.
"""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, cast

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.kinds.record import PersonalDataErased
from answerable.domain.parsing import as_event
from answerable.domain.record import RECORDED_BY, SIGNATURE, RecordedEvent
from answerable.domain.search.mentions import Mention, NamesSought
from answerable.domain.search.request import CORRECTED, Passage
from answerable.ledger.entry.codec import decode
from answerable.ledger.entry.destroyed import Coverage
from answerable.ledger.entry.disclosure import open_disclosure
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import position_of, text_errors
from answerable.ledger.store.reader import StoreReader

NAMING = ("name", "aliases")
"""The fields that give a party a name."""

STANDARD = bytes.maketrans(b"-_", b"+/")
"""Base64 for base64url."""

MOST_EVENTS = 1_000
"""The most events that one erasure is made to name: an entry has room for some more."""

TEXTS = (
    "SELECT position, number, field, about, disclosure FROM disclosures "
    "WHERE disclosure IS NOT NULL AND position >= ? ORDER BY position, number"
)


class RemainingText(NamedTuple):
    """A text that an erasure would leave, and in which a name stands.

    Attributes:
        event: the event that it belongs to.
        field: which of its sealed fields.
        whole: whether a whole name stands there, or only a part of one.
        passage: the piece of the text, and the field that it says something of; None of the
            signature of someone who is named as the recorder, which is known by their key.
    """

    event: RecordedEvent
    field: str
    whole: bool
    passage: Passage | None


def names_of_party(reader: StoreReader, party: str, called: Iterable[str] = ()) -> NamesSought:
    """Return the names of a party: all that it was ever registered or corrected to have, if open.

    Args:
        reader: the ledger.
        party: the pseudonym.
        called: names that the party is known by beside those.
    """
    registrations = reader.amended(reader.registrations((party,)))
    opened = reader.opened(event.position for event in registrations)
    names: list[str] = []
    for texts in opened.values():
        for told in (texts.fields, texts.fields.get(CORRECTED) or {}):
            for field in NAMING:
                value = told.get(field) or ()
                names += (value,) if isinstance(value, str) else value
    types = {event.fields.get("type") for event in registrations}
    types |= {event.fields.get("fields", {}).get("type") for event in registrations}
    named = (*names, *called)
    return NamesSought(named, person="person" in types or not registrations)


def remaining_texts(
    reader: StoreReader,
    erasure: Event | Mapping[str, Any],
    sought: NamesSought,
    *,
    since: int = 0,
    recorded: int | None = None,
) -> Iterator[RemainingText]:
    """Yield the texts at hand that have a name in them and that an erasure would not destroy.

    Args:
        reader: the ledger.
        erasure: the erasure, recorded or not.
        sought: the names (`names_of_party`).
        since: looks at entries from this position on.
        recorded: the position of the erasure, where it is recorded: it covers what is before it.

    Raises:
        InvalidEvent: it is no erasure.
        NotVerified: a text is not what was recorded.
    """
    event = as_event(erasure)
    if not isinstance(event, PersonalDataErased):
        raise InvalidEvent(f"a {event.kind} is no erasure.", field="kind")
    if not sought:
        return
    with reader._reading() as cursor:
        yield from _remaining(cursor, _coverage(cursor, event), sought, since, recorded)


def _remaining(
    cursor: Cursor,
    coverage: Coverage,
    sought: NamesSought,
    since: int,
    recorded: int | None,
) -> Iterator[RemainingText]:
    rows = cursor.stream(TEXTS, (since,))
    for position, texts in groupby(rows, itemgetter(0)):
        at_hand = {field: (about, text) for _, _, field, about, text in texts if text is not None}
        with text_errors(position):
            found: dict[str, Mention | None] = dict(_mentions(at_hand, sought))
        recorder = found.get(RECORDED_BY)
        if recorder is not None and SIGNATURE in at_hand:
            found.setdefault(SIGNATURE, None)
        reached = recorded is None or position < recorded
        for field, mention in found.items():
            if reached and coverage.covers(position, field, at_hand[field][0]):
                continue
            whole = (mention or cast("Mention", recorder)).whole
            passage = None if mention is None else mention.passage
            yield RemainingText(_event_at(cursor, position), field, whole, passage)


def erasures_naming(erasure: Event, texts: Iterable[tuple[str, str]]) -> list[Event]:
    """Return the erasures that destroy some texts too, and no others.

    One erasure destroys the same fields of all events that it names, so there is one for each set
    of fields, and for each thousand events. Record them together, by `append_all`, in this order.

    Args:
        erasure: the erasure as it is without them. It comes last, or it would lose its own texts.
        texts: the texts, by the ids of their events and their fields.
    """
    fields_of: dict[str, set[str]] = {}
    for event_id, field in texts:
        fields_of.setdefault(event_id, set()).add(field)
    events_of: dict[tuple[str, ...], list[str]] = {}
    for event_id, fields in fields_of.items():
        events_of.setdefault(tuple(sorted(fields)), []).append(event_id)
    named = [
        {"events": tuple(events[start : start + MOST_EVENTS]), "fields": fields}
        for fields, events in events_of.items()
        for start in range(0, len(events), MOST_EVENTS)
    ]
    names_events = isinstance(erasure, PersonalDataErased) and bool(erasure.events)
    last = {} if names_events or not named else named.pop()
    return [
        *(erasure.model_copy(update={**each, "event_id": None, "sources": ()}) for each in named),
        erasure.model_copy(update=last),
    ]


def _coverage(cursor: Cursor, erasure: PersonalDataErased) -> Coverage:
    try:
        return Coverage.told_by(erasure.__dict__, partial(position_of, cursor))
    except ValueError as error:
        raise InvalidEvent(f"{error}.", field="events") from None


def _mentions(
    texts: Mapping[str, tuple[str, bytes]], sought: NamesSought
) -> Iterator[tuple[str, Mention]]:
    """Yield the fields of an entry whose texts have a name in them, and where."""
    for field, (_, text) in texts.items():
        plain = a2b_base64(text.translate(STANDARD) + b"=" * (-len(text) % 4))
        if field == SIGNATURE or sought.may_be_in(plain):
            mention = sought.find(field, open_disclosure(text)[1])
            if mention is not None:
                yield field, mention


def _event_at(cursor: Cursor, position: int) -> RecordedEvent:
    statement = "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid = ?"
    return decode(*cursor.execute(statement, (position + 1,)).fetchone())
