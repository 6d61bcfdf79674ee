"""Writing a domain event as entry bytes and disclosures, and reading it back.

The entry is the JSON that pydantic wrote of the event's public fields, once, between a head and a
tail of the ledger's own:

    {"event_id":"…","case_id":"…","version":7,"kind":"…","schema":1,"standing":"…",
     …the kind's public fields…,
     "destroyed":{…} (in an erasure: `answerable.ledger.entry.destroyed`),
     "clock":{…} (where a clock was accepted by hand: `answerable.ledger.entry.clock`),
     "recorded_at":"…Z","_sd":["…","…"]}

without the line breaks. Nothing is ever serialised again to be verified: what is hashed is what is
stored. The event id stands first, at a fixed place, so that the store can index it.

A sealed field leaves only a commitment in `_sd` (`answerable.ledger.entry.disclosure`). Commitments
are sorted, so that their order tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.record import RECORDED_BY, RecordedEvent
from answerable.ledger.entry.about import join_parties, recorder_about
from answerable.ledger.entry.errors import EntryTooLarge
from answerable.ledger.errors import NotVerified

RECORDED_AT = b'"recorded_at":"'
"""Stands before the time of recording, which is followed by nothing but commitments."""

MAX_ENTRY = 65_535
"""An entry bundle gives an entry's length in 16 bits (C2SP tlog-tiles)."""

HEAD_FIELDS = ("event_id", "case_id", "kind", "standing")
"""The fields in the head of an entry."""

ALWAYS = frozenset((*HEAD_FIELDS, "version", "recorded_at", "_sd"))
"""The fields that every entry has."""


class Outline(NamedTuple):
    """An event taken apart: the entry up to the ledger's own tail, and what is to be sealed.

    `sealed` holds names and JSON values; `about` names the parties that these are about.
    """

    opening: bytes
    sealed: list[tuple[str, bytes]]
    about: str


class _Shape(NamedTuple):
    """The parts that events of one kind are taken apart into, worked out once a kind."""

    head_and_sealed: set[str]
    sealed: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    head: str


@cache
def _shape(model: type[Event]) -> _Shape:
    sealed = tuple((name, model.attributes[name]) for name in model.sealed)
    kind: str = model.model_fields["kind"].default
    return _Shape(
        head_and_sealed={*HEAD_FIELDS, *(attribute for _, attribute in sealed)},
        sealed=sealed,
        parties=tuple(model.attributes[name] for name in model.parties),
        head=f'"kind":"{kind}","schema":{model.schema_version},"standing":',
    )


def take_apart(event: Event, event_id: str, version: int) -> Outline:
    """Take an event apart into what is public and what is to be sealed.

    What is sealed in an event is about the parties that the event names.
    """
    shape = _shape(type(event))
    fields = event.__dict__
    sealed = [
        (name, to_json(value) if type(value) is str else _json_bytes(value))
        for name, attribute in shape.sealed
        if (value := fields[attribute])
    ]
    public = event.__pydantic_serializer__.to_json(
        event, exclude=shape.head_and_sealed, exclude_defaults=True, by_alias=True
    )
    head = (
        f'{{"event_id":"{event_id}","case_id":"{event.case_id}","version":{version},'
        f'{shape.head}"{event.standing}",'
    ).encode()
    opening = head + public[1:-1] + b"," if len(public) > 2 else head
    return Outline(opening, sealed, parties_of(event) if sealed else "")


def _json_bytes(value: Any) -> bytes:
    return to_json(value, exclude_none=True, by_alias=True)


def check_recorder(who: object) -> None:
    """Check that someone records.

    Raises:
        InvalidEvent: it is nobody.
    """
    if not isinstance(who, str) or not who.strip():
        raise InvalidEvent(f"{who!r:.80} is nobody: say who records.", field=RECORDED_BY)
    try:
        who.encode()
    except UnicodeEncodeError:
        raise InvalidEvent(f"{who!r:.80} cannot be written in UTF-8.", field=RECORDED_BY) from None


def recorder_field(who: str) -> tuple[tuple[str, bytes], str]:
    """Return who records as a field to be sealed, and whom that is about.

    Someone who is named by a pseudonym can have it erased under that pseudonym.

    Raises:
        InvalidEvent: it is nobody.
    """
    check_recorder(who)
    return (RECORDED_BY, to_json(who)), recorder_about(who)


def entry_bytes(
    opening: bytes, recorded_at: bytes, commitments: Sequence[bytes], stated: bytes = b""
) -> bytes:
    """Write the whole entry: its opening, when it was recorded, the sorted commitments.

    Args:
        opening: the event's head and public fields.
        recorded_at: when it was recorded.
        commitments: to what is sealed in it.
        stated: what the ledger says of an erasure (`answerable.ledger.entry.destroyed`) and of a
            clock that was accepted (`answerable.ledger.entry.clock`), in this order.

    Raises:
        EntryTooLarge: it is over 65,535 bytes.
    """
    state = b'%b%b"recorded_at":"%b","_sd":["%b"]}' % (
        opening,
        stated,
        recorded_at,
        b'","'.join(commitments),
    )
    if len(state) > MAX_ENTRY:
        fields: dict[str, Any] = from_json(state)
        raise EntryTooLarge(
            f"the event's public part is {len(state):,} bytes; an entry holds {MAX_ENTRY:,}.",
            field=max(fields, key=lambda name: len(to_json(fields[name]))),
            hint="Long text belongs in a sealed field or in evidence; split long lists.",
        )
    return state


def time_at(entry: bytes) -> int:
    """Return at which byte of an entry its time of recording stands."""
    return entry.rindex(RECORDED_AT) + len(RECORDED_AT)


def at_time(entry: bytes, recorded_at: str) -> bytes:
    """Return an entry as of another time of recording."""
    at = time_at(entry)
    return b"%b%b%b" % (entry[:at], recorded_at.encode(), entry[at + len(recorded_at) :])


def parties_of(event: Event) -> str:
    """Return the parties that an event names, each once, spaces between them."""
    fields = event.__dict__
    named: list[str] = []
    for attribute in _shape(type(event)).parties:
        value = fields[attribute]
        if isinstance(value, str):
            named.append(value)
        elif value:
            named.extend(value)
    return named[0] if len(named) == 1 else join_parties(*named)


def decode(position: int, kind: str, state: bytes) -> RecordedEvent:
    """Decode the structure of a stored entry. Nothing sealed is opened.

    Raises:
        NotVerified: it is not what answerable wrote.
    """
    try:
        fields = from_json(state, cache_strings="keys")
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or not fields.keys() >= ALWAYS:
        raise NotVerified(
            f"the entry at position {position} is not what was recorded there.",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        )
    return RecordedEvent(position, kind, fields)


def producer_line(
    fields: Mapping[str, Any], opened: Mapping[str, Any], model: type[Event]
) -> bytes:
    """Write an event as its producer told it: one line of JSON that `import` takes again.

    What the ledger added (version, times, actor) is left out. Fields stand in the model's order,
    so that importing an export and exporting it again gives the same bytes.
    """
    merged = {**opened, **fields}
    ordered = {"kind": merged["kind"]}
    ordered.update((name, merged[name]) for name in model.attributes if name in merged)
    return to_json(ordered)
