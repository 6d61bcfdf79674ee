"""Between a domain event and what is stored of it: entry bytes and disclosures.

The entry is the JSON that pydantic wrote of the event's public fields, once, between a head and a
tail of the ledger's own:

    {"event_id":"…","case_id":"…","version":7,"kind":"…","schema":1,"standing":"…",
     …the kind's public fields…,
     "recorded_at":"…Z","_sd":["…","…"]}

without the line breaks. Nothing is ever serialised again to be verified: what is hashed is what is
stored. The event id stands first, at a fixed place, so that the store can index it.

A sealed field leaves only a commitment in `_sd` (`answerable.ledger.seals`). Commitments are
sorted, so that their order tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from answerable.domain.event import Event
from answerable.domain.recorded import RecordedEvent
from answerable.ledger.errors import EntryTooLarge
from answerable.ledger.seals import Disclosure, commitment, disclosure

MAX_ENTRY = 65_535
"""An entry bundle gives an entry's length in 16 bits (C2SP tlog-tiles)."""

LEDGERS_OWN = frozenset(("version", "schema", "recorded_at", "_sd"))
"""What the ledger adds to the fields of an event."""

RECORDED_BY = "recorded_by"
"""Sealed with every event: who recorded it."""


class Entry(NamedTuple):
    """What is stored of one event; the disclosures in the order of their commitments."""

    state: bytes
    disclosures: tuple[Disclosure, ...]


class _Shape(NamedTuple):
    """How events of one kind are taken apart; worked out once a kind."""

    head_and_sealed: set[str]
    sealed: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    schema: int


@cache
def _shape(model: type[Event]) -> _Shape:
    attributes = model.attributes
    sealed = tuple((name, attributes[name]) for name in model.sealed)
    head = ("event_id", "case_id", "kind", "standing")
    return _Shape(
        head_and_sealed={*head, *(attribute for _, attribute in sealed)},
        sealed=sealed,
        parties=tuple(attributes[name] for name in model.parties),
        schema=model.schema_version,
    )


def tail(recorded_at: str, commitments: Sequence[bytes]) -> bytes:
    """The end of an entry: when it was recorded, and the sorted commitments to what is sealed."""
    return b'"recorded_at":"%b","_sd":["%b"]}' % (recorded_at.encode(), b'","'.join(commitments))


def head(case_id: str, version: int, kind: str) -> bytes:
    """What follows the event id: which case, which version, which kind."""
    return f'","case_id":"{case_id}","version":{version},"kind":"{kind}",'.encode()


def encode(
    event: Event,
    *,
    event_id: str,
    version: int,
    recorded_at: str,
    recorded_by: str,
    salt: Iterator[str],
) -> Entry:
    """Take an event apart into the entry that is hashed and the disclosures kept beside it.

    What is sealed in an event is about the parties that the event names; who recorded it is
    about nobody else, and about the recorder where they are named by a pseudonym.

    Raises:
        EntryTooLarge: the public part is over 65,535 bytes.
    """
    shape = _shape(type(event))
    about = _parties(event, shape)
    opened = [
        Disclosure(RECORDED_BY, disclosure(next(salt), RECORDED_BY, recorded_by), recorded_by)
    ]
    for name, attribute in shape.sealed:
        value = getattr(event, attribute)
        if value:
            opened.append(Disclosure(name, disclosure(next(salt), name, value), about))
    committed = sorted((commitment(item.text), item) for item in opened)
    public = event.__pydantic_serializer__.to_json(
        event, exclude=shape.head_and_sealed, exclude_defaults=True, by_alias=True
    )
    state = b'{"event_id":"%b%b"schema":%d,"standing":"%b",%b%b' % (
        event_id.encode(),
        head(event.case_id, version, event.kind),
        shape.schema,
        event.standing.encode(),
        public[1:-1] + b"," if len(public) > 2 else b"",
        tail(recorded_at, [letters for letters, _ in committed]),
    )
    if len(state) > MAX_ENTRY:
        raise EntryTooLarge(
            f"the event's public part is {len(state):,} bytes; an entry holds {MAX_ENTRY:,}.",
            field=_largest(public),
            hint="Long text belongs in a sealed field or in evidence; split long lists.",
        )
    return Entry(state, tuple(item for _, item in committed))


def _parties(event: Event, shape: _Shape) -> str:
    named: dict[str, None] = {}
    for attribute in shape.parties:
        value = getattr(event, attribute)
        if isinstance(value, str):
            named[value] = None
        elif value:
            named.update(dict.fromkeys(value))
    return " ".join(named)


def _largest(public: bytes) -> str:
    fields: dict[str, Any] = from_json(public)
    return max(fields, key=lambda name: len(to_json(fields[name])))


def decode(position: int, kind: str, state: bytes) -> RecordedEvent:
    """The structure of a stored entry. Nothing sealed is opened."""
    return RecordedEvent(position, kind, from_json(state))


def facts(fields: Mapping[str, Any], opened: Mapping[str, Any], model: type[Event]) -> bytes:
    """The event as its producer told it: one line of JSON that `import` takes again.

    What the ledger added (version, times, actor) is left out. Fields stand in the model's order,
    so that importing an export and exporting it again gives the same bytes.
    """
    merged = {**fields, **opened}
    ordered = {"kind": merged["kind"]}
    ordered.update((name, merged[name]) for name in model.attributes if name in merged)
    return to_json(ordered)
